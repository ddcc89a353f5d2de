"""softsite schema: what softsite reads, the schemas take; what is wrong, they tell; a person's settings stay."""

import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from softsite.cli import main
from softsite.commands.schema import FOLDER, MARK, SETTINGS, mapped, mentions, merged, schemas
from softsite.config import load_config
from softsite.read import fields, source
from softsite.read.bulletin import keys
from softsite.read.declaration import builtin_types, load_types
from softsite.read.declared import BulletinType, Declared
from softsite.read.fields import Reading
from softsite.read.findings import Findings
from softsite.read.kinds import KINDS, cell
from softsite.read.schema import VALUES, of_type
from softsite.read.yamlfile import Text
from tests.bulletins import TYPE, bulletin_site, notice
from tests.support import Site, article, make_site, tree

REPOSITORY = Path(__file__).parents[2]
TYPES, _ = load_types(builtin_types(), {})
SAMPLES = sorted((REPOSITORY / "content/bulletins").glob("*/**/*.yaml"))
PAGES = sorted((REPOSITORY / "content").rglob("*.md"))


class Core(yaml.SafeLoader):
    """YAML 1.2's core schema, as VS Code's extension reads it: no dates, no yes and no, no octal 0101."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - PyYAML's way


def _integer(loader: Core, node: yaml.ScalarNode) -> int:
    return int(node.value, 0) if node.value[:2] in ("0x", "0o") else int(node.value)


for tag, pattern, first in (
    ("null", r"(?:null|Null|NULL|~|)$", ["~", "n", "N", ""]),
    ("bool", r"(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$", list("-+0123456789")),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", list("-+.0123456789")),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), first)
Core.add_constructor("tag:yaml.org,2002:int", _integer)
Core.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(node.value))


def core(text: str) -> Any:
    """A YAML text as JSON has it: keys are text."""
    return _text_keys(yaml.load(text, Loader=Core))


def _text_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _text_keys(each) for key, each in value.items()}
    return [_text_keys(each) for each in value] if isinstance(value, list) else value


@cache
def validator(name: str) -> Draft7Validator:
    """The schema of this name, for this repository's own site."""
    config, _ = load_config(REPOSITORY)
    assert config is not None
    made = json.loads(json.dumps(schemas(config, TYPES)[f"{name}.json"]))
    return Draft7Validator(made)


def schema(name: str) -> dict[str, Any]:
    """A schema as a mapping."""
    made = validator(name).schema
    assert isinstance(made, dict)
    return made


def told(name: str, text: str) -> list[str]:
    """What a schema has against a text, as JSON paths."""
    return [each.json_path for each in validator(name).iter_errors(core(text))]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site with a type of its own."""
    return bulletin_site(tmp_path / "site", {"content/bulletins/notices/2026-10.yaml": notice()})


def schema_of(site: Site, name: str) -> dict[str, Any]:
    made: dict[str, Any] = json.loads((site.root / FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return made


# The schemas themselves


def test_every_schema_is_one(site: Site) -> None:
    assert main(["schema", str(site.root)]) == 0
    made = sorted(path.name for path in (site.root / FOLDER).iterdir())
    assert len(made) == 5 + len(TYPES)
    for name in made:
        Draft7Validator.check_schema(schema_of(site, name.removesuffix(".json")))


def test_every_kind_has_a_shape() -> None:
    assert VALUES.keys() == KINDS.keys()


def test_patterns_mean_the_same_to_javascript() -> None:
    """With its flag u, JavaScript takes a backslash only before signs of syntax and a few letters."""
    config, _ = load_config(REPOSITORY)
    assert config is not None
    found = re.findall(
        r'"pattern": ("(?:[^"\\]|\\.)*")', json.dumps(schemas(config, TYPES), ensure_ascii=False)
    )
    assert len(found) > 100
    for each in map(json.loads, found):
        assert set(re.findall(r"\\(.)", each)) <= set("s.+-()[]{}|/^$?*"), each
        assert r"\d" not in each
        re.compile(each)


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    """All schemas that are in a schema."""
    if isinstance(schema, dict):
        yield schema
        for each in schema.values():
            yield from parts(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from parts(each)


@pytest.mark.parametrize("slug", TYPES)
def test_the_words_of_editors_are_offered_the_others_taken(slug: str) -> None:
    made = schema(f"bulletin-{slug}")
    typed = [each for each in TYPES[slug].fields if not each.value]
    offered = [name for name, each in made["properties"].items() if "doNotSuggest" not in each]
    assert offered[: len(typed)] == [each.label for each in typed]
    assert {"标题", "日期", "标签"} <= made["properties"].keys()
    for each in TYPES[slug].fields:
        is_known = {name in made["properties"] for name in (each.name, each.label, *each.words)}
        assert is_known == {not each.value}, each.name
    for each in typed:
        assert each.help in made["definitions"][each.name]["description"]


def test_nothing_else_is_taken(site: Site) -> None:
    """Every mapping names its keys."""
    main(["schema", str(site.root)])
    for path in (site.root / FOLDER).iterdir():
        for each in parts(json.loads(path.read_text(encoding="utf-8"))):
            if each.get("type") == "object":
                assert each["additionalProperties"] is False
                assert each["errorMessage"]


# What is right


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_samples_are_valid(path: Path) -> None:
    slug = path.relative_to(REPOSITORY / "content/bulletins").parts[0]
    assert told(f"bulletin-{slug}", path.read_text(encoding="utf-8")) == []


def test_there_are_samples_of_every_type() -> None:
    assert {path.relative_to(REPOSITORY / "content/bulletins").parts[0] for path in SAMPLES} == TYPES.keys()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(REPOSITORY / "content")))
def test_front_matter_is_valid(path: Path) -> None:
    """Some are saved as Windows does, or have full-width colons, which only softsite reads."""
    head = source.lines_of(source.text(path.read_bytes())).split("---\n")[1]
    head = re.sub(r"^([^\s:：]+)：", r"\1: ", head, flags=re.MULTILINE)
    assert told("page" if path.parent.name == "content" else "front-matter", head) == []


@pytest.mark.parametrize("path", ["site.yaml", "softsite/starter/site.yaml"])
def test_site_yaml_is_valid(path: str) -> None:
    assert told("site", (REPOSITORY / path).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("slug", TYPES)
def test_declarations_are_valid(slug: str) -> None:
    assert told("type", builtin_types()[slug].read_text(encoding="utf-8")) == []
    assert told("type", TYPE) == []


def test_the_calendar_is_valid() -> None:
    assert told("workdays", (REPOSITORY / "softsite/calendar.yaml").read_text(encoding="utf-8")) == []
    assert told("workdays", "2027: {放假: 01-01、1月4日, 上班: [1.3], 文号: 国办发明电〔2026〕1号}") == []


NOTICE = "期别: 2026-10\n日期: 2026-11-01\n通报机关: 县软环境办\n通报单位数: 4\n通报人数: 7\n"


@pytest.mark.parametrize("line", [
    "通报人数: 7人", "通报人数: 1,007", "通报人数: １２人", "通报人数: ' 7 人 '", "通报人数: +7", "people: 7",
    "期别: 2026年10月", "期别: 2026.10", "期别: 2026.11", "期别: 2026/9", "期别: ２０２６－１０", "月份: 2026-10", "period: 2026-10",
    "日期: 2026.11.1", "日期: 2026/11/01", "日期: 2026年11月1日 9时30分", "日期: 2026-11-01T09:30:05+08:00", "时间: 2026-11-01 9:30",
    "日期: 2017-11-27 17:42:54", "日期: 2017年11月27日17时", "日期: 2026年11月1日 9：30", "date: 2026-11-01",
    "文号: 青软办〔2026〕31号", "文号:", "已整改单位数:", "按职级:", "按职级: []", "按职级: [{职级: 科级, 人数: 2}, {level: 处级, people: 5人}]",
    "标签: 作风、监督", "标签: [2026, 作风]", "特别关注: 是", "特别关注: true", "特别关注: {排序: 1, 结束: 2027-01-01}", "草稿: 否",
    "更正: {日期: 2026-11-02, 说明: 改了}", "更正: [{日期: 2026-11-02, 内容: 改了}]", "同时发布: news/headlines、policy",
    "整改要求: 一句话", "标题: 2026", "责任编辑: true",
])  # fmt: skip
def test_what_softsite_takes_is_taken(line: str) -> None:
    key = line.partition(":")[0]
    twins = {"people": "通报人数", "月份": "期别", "period": "期别", "时间": "日期", "date": "日期"}
    base = "".join(each for each in NOTICE.splitlines(True) if each.partition(":")[0] != twins.get(key, key))
    assert told("bulletin-notices", f"{base}{line}\n") == []


# What is wrong


@pytest.mark.parametrize(("name", "before", "after", "where"), [
    ("bulletin-notices", "通报人数: 7\n", "", "$"),
    ("bulletin-notices", "期别: 2026-10\n", "", "$"),
    ("bulletin-notices", "日期: 2026-11-01\n", "", "$"),
    ("bulletin-notices", "通报人数: 7", "通报人数:", "$['通报人数']"),
    ("bulletin-notices", "通报人数: 7", "通报人数: 七", "$['通报人数']"),
    ("bulletin-notices", "通报人数: 7", "通报人数: 7个", "$['通报人数']"),
    ("bulletin-notices", "通报人数: 7", "通报人数: 7.5", "$['通报人数']"),
    ("bulletin-notices", "通报人数: 7", "通报人数: -1", "$['通报人数']"),
    ("bulletin-notices", "通报人数: 7", "通报人数: 10001", "$['通报人数']"),
    ("bulletin-notices", "通报人数: 7", "通报人数: 1,00", "$['通报人数']"),
    ("bulletin-notices", "通报人数: 7", "通报人数: [7]", "$['通报人数']"),
    ("bulletin-notices", "通报人数: 7", "通报人数: 7\n人均: 2", "$"),
    ("bulletin-notices", "通报人数: 7", "通报人数: 7\n通报人: 2", "$"),
    ("bulletin-notices", "2026-10", "2026-13", "$['期别']"),
    ("bulletin-notices", "2026-10", "2026", "$['期别']"),
    ("bulletin-notices", "2026-10", "十月", "$['期别']"),
    ("bulletin-notices", "2026-11-01", "2026-11-32", "$['日期']"),
    ("bulletin-notices", "2026-11-01", "11月1日", "$['日期']"),
    ("bulletin-notices", "2026-11-01", "20261101", "$['日期']"),
    ("bulletin-notices", "2026-11-01", "2026-11-01 25:00", "$['日期']"),
    ("bulletin-notices", "通报人数: 7", "通报人数: 7\n文号: 青软办(2026)31号", "$['文号']"),
    ("bulletin-notices", "通报人数: 7", "通报人数: 7\n按职级: 科级", "$['按职级']"),
    ("bulletin-notices", "通报人数: 7", "通报人数: 7\n按职级: [科级]", "$['按职级']"),
    ("bulletin-notices", "通报人数: 7", "通报人数: 7\n按职级: [{职级: 科级}]", "$['按职级']"),
    ("bulletin-notices", "通报人数: 7", "通报人数: 7\n按职级: [{职级: 科员, 人数: 7}]", "$['按职级']"),
    ("bulletin-notices", "通报人数: 7", "通报人数: 7\n按职级: [{职级: 科级, 人数: 7, 占比: 100%}]", "$['按职级']"),
    ("bulletin-notices", "通报人数: 7", "通报人数: 7\n草稿: 也许", "$['草稿']"),
    ("bulletin-notices", "通报人数: 7", "通报人数: 7\n草稿: 2", "$['草稿']"),
    ("bulletin-notices", "通报人数: 7", "通报人数: 7\n更正: [{说明: 改了}]", "$['更正']"),
    ("bulletin-notices", "通报人数: 7", "通报人数: 7\n原文链接: www.example.org", "$['原文链接']"),
    ("bulletin-notices", "通报机关: 县软环境办", "通报机关: [甲, 乙]", "$['通报机关']"),
    ("front-matter", NOTICE, "标题: 甲", "$"),
    ("front-matter", NOTICE, "日期: 2026-11-01", "$"),
    ("front-matter", NOTICE, "标题: 甲\n日期: 2026-11-01\n標題党: 乙", "$"),
    ("front-matter", NOTICE, "标题:\n日期: 2026-11-01", "$['标题']"),
    ("page", NOTICE, "日期: 2026-11-01", "$"),
    ("site", NOTICE, "name: 甲\nurl: https://a.example.org/", "$"),
    ("site", NOTICE, "name: 甲\nurl: a.example.org\ncolumns: []", "$.url"),
    ("site", NOTICE, "name: 甲\nurl: https://a.example.org/\ncolumns: [{slug: A, name: 乙}]", "$.columns[0].slug"),
    ("site", NOTICE, "name: 甲\nurl: https://a.example.org/\ncolumns: [{slug: a}]", "$.columns[0]"),
    ("site", NOTICE, "name: 甲\nurl: https://a.example.org/\ncolumns: [{slug: a, name: 乙, columns: [{slug: b}]}]", "$.columns[0].columns"),
    ("site", NOTICE, "name: 甲\nurl: https://a.example.org/\ncolumns: []\nlists: {page: 很多}", "$.lists"),
    ("site", NOTICE, "name: 甲\nurl: https://a.example.org/\ncolumns: []\nchecks: {links: strict}", "$.checks"),
    ("site", NOTICE, "name: 甲\nurl: https://a.example.org/\ncolumns: []\ngovernment: {site_id: 12}", "$.government"),
    ("type", NOTICE, "name: 甲\ndescription: 乙\ntitle: period", "$"),
    ("type", NOTICE, "name: 甲\ndescription: 乙\ntitle: a\nfields: [{name: a, label: 丙, kind: number}]", "$.fields[0].kind"),
    ("type", NOTICE, "name: 甲\ndescription: 乙\ntitle: a\nfields: [{name: a, label: 丙, kind: table, fields: [{name: b}]}]", "$.fields[0].fields"),
    ("type", NOTICE, "name: {en: A}\ndescription: 乙\ntitle: a\nfields: []", "$.name"),
    ("workdays", NOTICE, "2027: {放假: 元旦}", "$['2027']['放假']"),
    ("workdays", NOTICE, "明年: {放假: 01-01}", "$"),
])  # fmt: skip
def test_what_is_wrong_is_told(name: str, before: str, after: str, where: str) -> None:
    assert before in NOTICE
    found = told(name, NOTICE.replace(before, after))
    assert found
    assert all(each.startswith(where) for each in found), found


# What softsite reads, the schema takes, whatever else it may take


spaces = st.sampled_from(["", "", " ", "  "])


def one_of(*words: str) -> st.SearchStrategy[str]:
    return st.sampled_from(words)


@st.composite
def figures(draw: st.DrawFn, *units: str, decimals: tuple[str, ...] = ("", ".5", ".050")) -> str:
    number = draw(st.integers(0, 40_000_000))
    whole = f"{number:,}" if draw(st.booleans()) else str(number)
    return (
        draw(one_of("", "", "-", "+", "−"))
        + whole
        + draw(one_of(*decimals))
        + draw(spaces)
        + draw(one_of("", *units))
    )


@st.composite
def dates(draw: st.DrawFn) -> str:
    first, second, last = draw(
        st.sampled_from([("-", "-", ""), ("/", "/", ""), (".", ".", ""), ("年", "月", "日"), ("年", "-", "")])
    )
    width = draw(one_of("", "02"))
    year, month, day = draw(st.integers(1899, 9001)), draw(st.integers(1, 12)), draw(st.integers(1, 31))
    text = f"{year}{first}{draw(spaces)}{month:{width}}{second}{day:{width}}{last}"
    if draw(st.booleans()):
        text += (
            draw(one_of("", " ", "T", "t"))
            + f"{draw(st.integers(0, 24)):{width}}{draw(one_of(':', '：', '时', '時'))}"
        )
        text += draw(one_of("", "5", "05", "59", "05:07", "5分", "05分7秒", "05:07.250"))
    return text + draw(spaces) + draw(one_of("", "", "Z", "+08:00", "-0330"))


@st.composite
def periods(draw: st.DrawFn, last: int, *forms: str) -> str:
    year, number = draw(st.integers(1899, 9001)), draw(st.integers(1, last))
    return draw(one_of(*forms)).format(y=year, n=number, c="〇一二三四五六七八九十百千"[number])


QUARTERS = (
    "{y}-Q{n}", "{y}q{n}", "{y} Q{n}", "{y}年Q{n}", "{y} 年 第{n}季度", "{y}第{n}季", "{y}-第{n}季度", "{y}.{n}季度", "{y}年第{c}季度", "{y}{c}季",
)  # fmt: skip
TRUTH = sorted(fields._TRUE | fields._FALSE)
WORDS = st.text("是否0123456789.-年月〔〕号人 ", max_size=12) | one_of(
    "甲 乙", "../a.md", "2026", "1e3", "0101", "=", "~x", "true", "No"
)
WRITTEN: dict[str, st.SearchStrategy[str]] = dict.fromkeys(KINDS, WORDS) | {
    "integer": figures("人", decimals=("",)),
    "decimal": figures("人"),
    "percent": figures("%", "％"),
    "money": figures("元", "万元", "亿元"),
    "date": dates(),
    "instant": dates(),
    "month": periods(12, "{y}-{n}", "{y}-{n:02}", "{y}/{n}", "{y}.{n}", "{y}.{n:02}", "{y}年{n}月", "{y} 年 {n} 月"),
    "quarter": periods(4, *QUARTERS),
    "year": periods(1, "{y}", "{y}年", "{y}年度", "{y} 年"),
    "choice": one_of("是", "0101", "2026", "2027"),
    "yes_no": one_of(*(form for word in TRUTH for form in (word, word.upper(), word.title()))),
    "document_number": st.builds("{}〔{}〕{}{}号".format, one_of("青软办", "青政办发"), st.integers(1899, 2101), one_of("", "第"), st.integers(0, 99_999)),
}  # fmt: skip
WIDE = str.maketrans({chr(n): chr(n + 0xFEE0) for n in range(0x21, 0x7F)})


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_schema_is_stricter_than_softsite(kind: str) -> None:
    """An editor who is told off for what would have been published stops to listen."""
    choices = ("是", "0101", "2026") if kind == "choice" else ()
    declared = Declared("n", "数", kind, unit="万元" if kind == "money" else "人", choices=choices)
    made = Draft7Validator(of_type(BulletinType("x", "", "甲", "", "", declared, "", (declared,)), [], {}))
    read = []

    @given(WRITTEN[kind], st.booleans())
    def looks(text: str, is_wide: bool) -> None:
        text = text.translate(WIDE) if is_wide else text
        reading = Reading(Findings("x", text), ZoneInfo("Asia/Shanghai"), frozenset())
        if cell(declared)("数", Text(text, 1, 1), reading) is None or reading.findings.problems:
            return
        read.append(text)
        try:
            value = core(f"数: {text}")["数"]
        except yaml.YAMLError:
            value = text
        assert value is None or made.is_valid({"数": value}), (text, value)
        assert made.is_valid({"数": text}), text

    looks()
    assert len(set(read)) > (2 if kind == "choice" else 20)


def test_that_test_is_no_sham() -> None:
    """Wide signs are read, and are what the test makes."""
    assert unicodedata.normalize("NFKC", "2026-10".translate(WIDE)) == "2026-10"
    assert "2026-10".translate(WIDE) == "２０２６－１０"


@pytest.mark.parametrize("choice", ["1", "是", "2.5", "true", "0101"])
def test_choices_that_yaml_takes_for_something_else(choice: str) -> None:
    declared = Declared("n", "数", "choice", choices=(choice, "甲"))
    made = of_type(BulletinType("x", "", "甲", "", "", declared, "", (declared,)), [], {})
    assert Draft7Validator(made).is_valid(core(f"数: {choice}"))
    assert Draft7Validator(made).is_valid({"数": choice})
    assert not Draft7Validator(made).is_valid({"数": "乙"})


def test_every_key_of_softsite_is_in_the_schema() -> None:
    for slug, each in TYPES.items():
        derived = {word for one in each.fields if one.value for word in (one.name, one.label, *one.words)}
        assert schema(f"bulletin-{slug}")["properties"].keys() == keys(each).by_name.keys() - derived


# The settings


def test_a_new_site_gets_settings(site: Site) -> None:
    assert main(["schema", str(site.root)]) == 0
    held = json.loads((site.root / SETTINGS).read_text(encoding="utf-8"))["yaml.schemas"]
    assert held["./.vscode/softsite/site.json"] == ["site.yaml"]
    assert "content/bulletins/notices/**/*.yaml" in held["./.vscode/softsite/bulletin-notices.json"]
    assert {name.removeprefix("./") for name in held} == {
        f"{FOLDER}/{path.name}" for path in (site.root / FOLDER).iterdir()
    }
    assert (site.root / SETTINGS).read_bytes().endswith(b"}\n")


def test_a_second_run_writes_nothing(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    main(["schema", str(site.root)])
    before = {path: path.stat().st_mtime_ns for path in (site.root / ".vscode").rglob("*")}
    capsys.readouterr()
    assert main(["schema", str(site.root)]) == 0
    assert "更新了 0 个文件" in capsys.readouterr().out
    assert {path: path.stat().st_mtime_ns for path in (site.root / ".vscode").rglob("*")} == before


FOREIGN = """\
{
    "editor.fontSize": 18,
    "yaml.schemas": {
        "https://json.example.org/a.json": "a.yaml",
        "./.vscode/softsite/gone.json": ["gone.yaml"],
        "./mine.json": ["b.yaml"]
    },
    "标题": {"x": [1, 2.5, null, "\\u4e2d"]}
}
"""


def test_what_others_wrote_stays(site: Site) -> None:
    site.write({SETTINGS: FOREIGN})
    assert main(["schema", str(site.root)]) == 0
    text = (site.root / SETTINGS).read_text(encoding="utf-8")
    held, before = json.loads(text), json.loads(FOREIGN)
    assert [*held] == [*before]
    assert held["标题"] == before["标题"]
    assert [*held["yaml.schemas"]][:2] == ["https://json.example.org/a.json", "./mine.json"]
    assert not any("gone" in name for name in held["yaml.schemas"])
    assert '\n    "editor.fontSize"' in text


def test_windows_line_ends_and_a_byte_order_mark_stay(site: Site) -> None:
    site.write({SETTINGS: ("\ufeff" + FOREIGN.replace("\n", "\r\n")).encode()})
    assert main(["schema", str(site.root)]) == 0
    after = (site.root / SETTINGS).read_bytes().decode()
    assert after.startswith("\ufeff{\r\n")
    assert after.count("\n") == after.count("\r\n")
    assert main(["schema", str(site.root)]) == 0
    assert (site.root / SETTINGS).read_bytes().decode() == after


def test_empty_settings_are_filled(site: Site) -> None:
    site.write({SETTINGS: "\n"})
    assert main(["schema", str(site.root)]) == 0
    assert [*json.loads((site.root / SETTINGS).read_text(encoding="utf-8"))] == ["yaml.schemas"]


COMMENTED = """\
{
  // 字号
  "editor.fontSize": 18, /* 大 */
  "a": "// no comment, [1,]",
%s}
"""


def test_settings_with_comments_are_left_alone(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """The lines to paste are printed; once they are there, all is well."""
    site.write({SETTINGS: COMMENTED % ""})
    assert main(["schema", str(site.root)]) == 1
    assert (site.root / SETTINGS).read_text(encoding="utf-8") == COMMENTED % ""
    said = capsys.readouterr().out
    lines = said[said.index('  "yaml.schemas"') :]
    assert json.loads("{" + lines + "}").keys() == {"yaml.schemas"}
    assert (site.root / FOLDER / "site.json").exists(), "what the lines name has to be there"
    pasted = COMMENTED % (lines.rstrip() + ",\n")
    site.write({SETTINGS: pasted})
    assert main(["schema", str(site.root)]) == 0
    assert (site.root / SETTINGS).read_text(encoding="utf-8") == pasted


@pytest.mark.parametrize("text", [
    "[]", "null", "{", '{"a": 1,}', '{"yaml.schemas": []}', '{"yaml.schemas": null}', '{"a": 1, "a": 2}', '{"a": NaN}',
    '{"a": 1e999}', '{"a": "\\ud800"}', "[" * 100_000, "\ud800{}".encode("utf-8", "surrogatepass"), b"\xff\xfe{}",
])  # fmt: skip
def test_settings_that_cannot_be_merged_are_left_alone(
    site: Site, text: str | bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    site.write({SETTINGS: text})
    before = (site.root / SETTINGS).read_bytes()
    assert main(["schema", str(site.root), "--lang", "en"]) == 1
    assert (site.root / SETTINGS).read_bytes() == before
    assert "Paste these lines" in capsys.readouterr().out


def test_comments_do_not_hide_other_schemas_of_ours() -> None:
    ours = mapped({})
    assert not mentions('{// a\n"yaml.schemas": {}}', ours)
    assert mentions('{// a\n"yaml.schemas": ' + json.dumps({**ours, "other.json": "x"}) + ",}", ours)
    assert not mentions(
        '{// a\n"yaml.schemas": ' + json.dumps({**ours, "./.vscode/softsite/x.json": "x"}) + "}", ours
    )
    assert merged("{}", ours) is not None


# When something is wrong


@pytest.mark.parametrize("files", [
    {"site.yaml": "name: 甲\n"},
    {"content/bulletins/notices/_type.yaml": TYPE.replace("kind: month", "kind: moon")},
    {"content/bulletins/other/_type.yaml": b"\xff\xfe\x00"},
    {f"{FOLDER}/site.json": "{}"},
    {".vscode": "a file"},
])  # fmt: skip
def test_nothing_is_written_when_something_is_wrong(site: Site, files: dict[str, str | bytes]) -> None:
    site.write(files)
    before = tree(site.root)
    assert main(["schema", str(site.root)]) == 1
    assert tree(site.root) == before


def test_a_folder_that_is_no_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", str(tmp_path)]) == 1
    assert "site.yaml" in capsys.readouterr().out
    assert not [*tmp_path.iterdir()]


def test_schemas_of_types_that_are_gone_go_too(site: Site) -> None:
    site.write({"content/bulletins/mine/_type.yaml": TYPE, f"{FOLDER}/notes.json": "{}"})
    main(["schema", str(site.root)])
    assert MARK in schema_of(site, "bulletin-mine")["$comment"]
    (site.root / "content/bulletins/mine/_type.yaml").unlink()
    main(["schema", str(site.root)])
    assert not (site.root / FOLDER / "bulletin-mine.json").exists()
    assert (site.root / FOLDER / "notes.json").exists()


def test_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    trees = []
    for seed in ("1", "2"):
        site = make_site(tmp_path / seed, {"content/policy/a.md": article()})
        done = subprocess.run(
            [sys.executable, "-m", "softsite", "schema", str(site.root)], check=False,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(REPOSITORY)},
        )  # fmt: skip
        assert done.returncode == 0
        trees.append(tree(site.root / ".vscode"))
    assert trees[0] == trees[1]
    assert len(trees[0]) == 6 + len(TYPES)
