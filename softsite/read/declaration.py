"""Declaration: reads the YAML file that declares a type of bulletin; what does not fit together is told at its line."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from softsite.problems import Problem, has_errors, problem
from softsite.read import source
from softsite.read.declared import BulletinType, Chart, Check, Declared
from softsite.read.fields import Field, Fields, Reading, fields, number, read, text, words, wrong, yes_no
from softsite.read.findings import Findings
from softsite.read.kinds import KINDS, WITH_PARTS
from softsite.read.yamlfile import Map, Seq, Text, Value, load

FILE = "_type.yaml"
BUILTIN = Path(__file__).parent.parent / "types"
CHARTS = ("bars", "line", "share")
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


class Names(NamedTuple):
    """The words that a field goes by."""

    zh: str
    en: str


def declaration(data: bytes, slug: str, label: str) -> tuple[BulletinType | None, list[Problem]]:
    """The type that the file `label` declares; None when something is wrong with it."""
    from softsite.read.review import review

    try:
        findings = Findings(label, source.lines_of(source.text(data)))
    except source.NotText:
        return None, [problem("encoding", label)]
    made = _declared(slug, findings, review)
    return made, findings.problems


def _declared(
    slug: str, findings: Findings, review: Callable[[BulletinType, Findings, Mapping[str, int]], None]
) -> BulletinType | None:
    """The type that the lines of `findings` declare."""
    if not _SLUG.fullmatch(slug):
        findings.add(
            "declaration",
            zh=f"文件夹名“{slug}”要用小写字母、数字和“-”",
            en=f"the folder `{slug}` takes a-z, 0-9 and -",
        )
    head = load("\n".join(findings.lines), findings)
    values = read(TYPE, head, Reading(findings, ZoneInfo("UTC"), frozenset()))
    if has_errors(findings.problems):
        return None
    lines = {field.name: key.line for key, _ in head.entries.values() if (field := TYPE.find(key.value))}
    names = values.pop("name")
    title = Declared("title", "标题", "text", value=values.pop("title"), line=lines["title"])
    made = BulletinType(slug, findings.path, names.zh, names.en, title=title, **({"period": ""} | values))
    review(made, findings, lines)
    return None if has_errors(findings.problems) else made


def builtin_types() -> dict[str, Path]:
    """The files of the types that come with softsite, by their slug."""
    return {path.stem: path for path in sorted(BUILTIN.glob("*.yaml"))}


def load_types(
    wanted: Iterable[str], own: Mapping[str, bytes]
) -> tuple[dict[str, BulletinType], list[Problem]]:
    """The types of these slugs: a site's own by the bytes of its file, else the built-in one. Unknown ones are left out."""
    found: dict[str, BulletinType | None] = {}
    problems: list[Problem] = []
    known = builtin_types()
    for slug in wanted:
        if slug in own:
            found[slug], wrong_ones = declaration(own[slug], slug, f"content/bulletins/{slug}/{FILE}")
            problems += wrong_ones
        elif slug in known:
            findings = Findings(f"softsite/types/{slug}.yaml", known[slug].read_text(encoding="utf-8"))
            found[slug] = _declared(slug, findings, _trusted)
    return {slug: made for slug, made in found.items() if made is not None}, problems


def _trusted(made: BulletinType, findings: Findings, lines: Mapping[str, int]) -> None:
    """Our own types are reviewed by our tests, not in every build: compiling their formulas takes long."""


# The keys of a declaration


def _name(key: str, value: Value, reading: Reading) -> Names | None:
    """A name, or one in Chinese and one in English."""
    if isinstance(value, Text):
        return Names(value.value, "")
    if not isinstance(value, Map):
        wrong(key, value, reading, "名称，或 {zh: …, en: …}", "a name, or {zh: …, en: …}")
        return None
    found = read(NAMES, value, reading)
    return Names(found.get("zh", ""), found.get("en", ""))


def _identifiers(key: str, value: Value, reading: Reading) -> tuple[str, ...] | None:
    """Names of fields."""
    return words(key, value, reading)


def _places(key: str, value: Value, reading: Reading) -> int | None:
    found = number(key, value, reading)
    if found is not None and found > 6:
        wrong(key, value, reading, "0 到 6", "0 to 6")
        return None
    return found


def _one_of(choices: Iterable[str]) -> Callable[[str, Value, Reading], str | None]:
    """A kind that takes one of some words."""

    def kind(key: str, value: Value, reading: Reading) -> str | None:
        written = value.value.strip() if isinstance(value, Text) else "…"
        if written in choices:
            return written
        wanted = "、".join(choices)
        wrong(key, value, reading, f"其中之一：{wanted}", f"one of: {wanted}")
        return None

    return kind


def _severity(key: str, value: Value, reading: Reading) -> str | None:
    found = _one_of(("error", "warn"))(key, value, reading)
    return "warning" if found == "warn" else found


def _list_of(
    declared: Callable[[], Fields], make: Callable[..., Any]
) -> Callable[[str, Value, Reading], Any]:
    """A kind that reads a list of mappings into records that know their line."""

    def kind(key: str, value: Value, reading: Reading) -> tuple[Any, ...] | None:
        if not isinstance(value, Seq):
            wrong(key, value, reading, "一列内容，每项以“- ”开头", "a list")
            return None
        made = []
        for item in value.items:
            if not isinstance(item, Map):
                wrong(key, item, reading, "几个“名称: 内容”", "keys and values")
                continue
            before = len(reading.findings.problems)
            values = read(declared(), item, reading)
            if len(reading.findings.problems) == before:
                made.append(make(line=item.line, **values))
        return tuple(made)

    return kind


NAMES = fields(
    Field(("zh", "中文"), text, "中文名称", required=True), Field(("en", "英文"), text, "英文名称")
)
_FIELD: Fields = fields(
    Field(("name", "名称"), text, "英文小写字母的名称", required=True),
    Field(("label", "标签"), text, "编辑看到的名称", required=True),
    Field(("kind", "类型"), _one_of((*KINDS, *WITH_PARTS)), "内容的类型", required=True),
    Field(("words", "别名"), words, "同样意思的其他写法"),
    Field(("unit", "单位"), text, "计量单位"),
    Field(("required", "必填"), yes_no, "是否必须填写"),
    Field(("help", "说明"), text, "怎样填写"),
    Field(("key", "关键数据"), yes_no, "是否放大显示"),
    Field(("value", "公式"), text, "由程序算出"),
    Field(("min", "最小"), text, "最小值"),
    Field(("max", "最大"), text, "最大值"),
    Field(("choices", "选项"), words, "可选的内容"),
    Field(("of", "取自"), text, "另一张表的一列"),
    Field(("within", "限于"), text, "必须在这个期间之内"),
    Field(("past", "已发生"), yes_no, "已经发生的事，日期不能在今天以后"),
    Field(("places", "小数位"), _places, "最多写几位小数，显示几位小数"),
    Field(("total", "合计"), _identifiers, "表尾要合计的列"),
    Field(("unique", "不重复"), words, "表里没有两行在这些列里都一样"),
    Field(("until", "公示到"), text, "这一天以后该行不再显示"),
    Field(("back", "反向链接"), text, "对方页面上链接回来时的说明"),
    Field(("items", "每项"), _one_of(tuple(KINDS)), "列表里每项的类型"),
    Field(("fields", "字段"), _list_of(lambda: _FIELD, Declared), "表的各列"),
)
_CHECK = fields(
    Field(("that", "条件"), text, "必须成立的公式", required=True),
    Field(("says", "提示"), text, "不成立时的提示", required=True),
    Field(("when", "前提"), text, "成立时才检查的公式"),
    Field(("table", "for", "表"), text, "逐行检查的表"),
    Field(("at", "位置"), text, "指向哪个字段"),
    Field(("severity", "程度"), _severity, "error 或 warn"),
    Field(("only", "仅限"), _one_of(("government",)), "只在政府网站检查"),
)
_CHART = fields(
    Field(("kind", "类型"), _one_of(CHARTS), "图的类型", required=True),
    Field(("title", "标题"), text, "图的标题", required=True),
    Field(("table", "表"), text, "画哪张表", required=True),
    Field(("label", "标签"), text, "作为标签的列", required=True),
    Field(("values", "数值"), _identifiers, "要画的列；不写就数每个标签有几行"),
    Field(("most", "最多"), number, "行数多时只画最大的几个"),
)
TYPE = fields(
    Field(("name", "名称"), _name, "这种数据的名称", required=True),
    Field(("description", "说明"), text, "这种数据的说明", required=True),
    Field(("title", "标题"), text, "标题的公式", required=True),
    Field(("period", "期间"), text, "说明期间的字段"),
    Field(("fields", "字段"), _list_of(lambda: _FIELD, Declared), "各个字段", required=True),
    Field(("checks", "检查"), _list_of(lambda: _CHECK, Check), "必须成立的条件"),
    Field(("charts", "图"), _list_of(lambda: _CHART, Chart), "图"),
    Field(("trend", "走势"), _identifiers, "画出各期走势的字段"),
    Field(("list", "列表"), _identifiers, "各期列表的列"),
    Field(("order", "次序"), number, "在数据看板上的次序，小的在前"),
)


def own_types(files: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The files of content/ that declare a type, each with the type's slug."""
    for path in files:
        folder, _, name = path.rpartition("/")
        if name == FILE and folder.startswith("bulletins/") and folder.count("/") == 1:
            yield folder.removeprefix("bulletins/"), path
