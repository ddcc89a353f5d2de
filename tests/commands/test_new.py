"""softsite new: forms that ask for what is needed, and build once they are filled in; no file is ever lost."""

import re
import shutil
from pathlib import Path

import pytest

from softsite.cli import main
from softsite.problems import as_text
from softsite.read.declaration import builtin_types, load_types
from softsite.read.explained import key
from softsite.read.findings import Findings
from softsite.read.form import filled
from softsite.read.yamlfile import load
from tests.bulletins import TYPE, bulletin_site
from tests.support import AS_OF, Site, make_site, tree

REPOSITORY = Path(__file__).parents[2]
TYPES, _ = load_types(builtin_types(), {})
TO_FILL_IN = {"value-empty", "key-missing"}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site with a type of its own."""
    return bulletin_site(tmp_path / "site")


def new(site: Site, *arguments: str, as_of: str = AS_OF) -> int:
    """Runs the command in the site."""
    kind, *rest = arguments
    return main(["new", kind, str(site.root), "--as-of", as_of, *rest])


def made(site: Site) -> list[str]:
    """The files of content/ but the type's declaration."""
    return sorted(path for path in tree(site.root / "content") if not path.endswith("_type.yaml"))


# Forms


@pytest.mark.parametrize("slug", TYPES)
def test_a_form_asks_only_for_what_is_to_be_filled_in(tmp_path: Path, slug: str) -> None:
    site = make_site(tmp_path / "site")
    assert new(site, slug) == 0
    (name,) = made(site)
    found = site.build().problems
    assert {each.code for each in found} <= TO_FILL_IN, [as_text(each, "zh") for each in found]
    assert {each.path for each in found} <= {f"content/{name}"}
    typed = [each for each in TYPES[slug].fields if each.required and each.name != TYPES[slug].period]
    assert len(found) >= len(typed)


@pytest.mark.parametrize("slug", TYPES)
def test_a_form_names_and_explains_every_field(tmp_path: Path, slug: str) -> None:
    site = make_site(tmp_path / "site")
    new(site, slug)
    lines = (site.root / "content" / made(site)[0]).read_text(encoding="utf-8").split("\n")
    assert lines[0].startswith(f"# {TYPES[slug].name}：{TYPES[slug].description}")
    assert "日期: 2026-11-23" in lines
    for each in (one for field in TYPES[slug].fields for one in (field, *field.fields)):
        blank = re.compile(rf"#? *(?:- )?#?{re.escape(key(each.label))}:")
        needed = "必填" if each.required else "选填"
        notes = [line for line in lines if re.match(rf"# +{re.escape(each.label)}（{needed}，", line)]
        if not each.value:
            assert any(blank.match(line) for line in lines), each.label
            assert any(line.endswith(f"：{each.help}") for line in notes), each.label
    derived = {each.label for each in TYPES[slug].fields if each.value}
    typed = {each.label for table in TYPES[slug].tables for each in table.fields if not each.value}
    assert not any(line.strip("#: ") in derived - typed for line in lines)


def test_the_form_of_an_own_type(site: Site) -> None:
    """As it stands in the file, word for word."""
    assert new(site, "notices") == 0
    assert (
        (site.root / "content/bulletins/notices/2026-10.yaml").read_text(encoding="utf-8")
        == """\
# 问责通报：按月通报。
# 内容写在冒号后面，中间空一格。名称前面有“#”的可以不填，要填就去掉这个“#”。
# 表格的每一行从“- ”开始，再加一行就把这几行抄一遍；要填的表格，每行前面的“#”都去掉。

# 日期（必填）：发布日期和时间
日期: 2026-11-23

# 期别（必填，一个月份）：如 2026-11
期别: 2026-10

# 文号（选填，文号）
#文号:

# 通报单位（必填，一个整数，单位“个”可写可不写，不小于 0）
通报单位:

# 通报人数（必填，一个整数，单位“人”可写可不写，不小于 0）
通报人数:

# 按职级（选填，一张表，每行以“- ”开头）
#   职级（必填，其中之一：处级、科级、科级以下）
#   人数（必填，一个整数，单位“人”可写可不写，不小于 1）
#按职级:
#  - 职级:
#    人数:

# 典型案例（选填，一张表，每行以“- ”开头）
#   单位（必填，一个单位名称）
#   处理日期（必填，一个日期，在“期别”之内，不晚于今天）
#   公示截止（必填，一个日期）
#   姓名（选填，一个姓名）
#典型案例:
#  - 单位:
#    处理日期:
#    公示截止:
#    #姓名:

# 罚款（选填，金额，单位写 元、万元、亿元，不写就是万元）
#罚款:

# 说明（选填，一段或几段文字）
#说明: |

# 解读（选填，文章或数据文件的路径）
#解读:

# 原件（选填，附件的路径）
#原件:

# 还可以写（和文章一样）：标题、来源、原文链接、作者、责任编辑、摘要、关键词、图片、图片说明、同时发布、特别关注、草稿、定时发布、下线时间、旧网址、更正、撤稿、审核
"""
    )
    assert site.codes() == ["value-empty", "value-empty"]


def test_a_form_that_is_filled_in_builds(site: Site) -> None:
    """As a person does it: the blanks filled, the marks before the tables taken away, rows copied."""
    new(site, "notices")
    path = site.root / "content/bulletins/notices/2026-10.yaml"
    text = path.read_text(encoding="utf-8")
    for before, after in [
        ("\n通报单位:\n", "\n通报单位: 4个\n"),
        ("\n通报人数:\n", "\n通报人数: 5\n"),
        ("\n#文号:\n", "\n文号: 青软办〔2026〕3号\n"),
        ("#按职级:\n#  - 职级:\n#    人数:\n", "按职级:\n  - 职级: 科级\n    人数: 2\n  - 职级: 科级以下\n    人数: 3\n"),
        ("#典型案例:\n#  - 单位:\n#    处理日期:\n#    公示截止:\n#    #姓名:\n",
         "典型案例:\n  - 单位: 县甲局\n    处理日期: 2026-10-09\n    公示截止: 2027-10-09\n    #姓名:\n"),
        ("#说明: |\n", "说明: |\n  第一段。\n"),
    ]:  # fmt: skip
        assert before in text
        text = text.replace(before, after)
    path.write_text(text, encoding="utf-8")
    assert [as_text(each, "zh") for each in site.build().problems] == []
    assert "第一段。" in site.read("bulletins/notices/2026-10.html")


def test_required_tables_begin_with_an_empty_row(tmp_path: Path) -> None:
    needed = TYPE.replace("kind: table\n    until", "kind: table\n    required: true\n    until")
    site = make_site(tmp_path / "site", {"content/bulletins/notices/_type.yaml": needed})
    new(site, "notices")
    text = (site.root / "content/bulletins/notices/2026-10.yaml").read_text(encoding="utf-8")
    assert "\n典型案例:\n  - 单位:\n    处理日期:\n    公示截止:\n    #姓名:\n" in text
    assert site.codes() == ["value-empty"] * 5


def test_forms_take_the_values_of_samples(tmp_path: Path) -> None:
    """Every sample of this repository, written into the form of its type, builds as it did."""
    site = Site(tmp_path / "site")
    shutil.copytree(REPOSITORY / "content", site.root / "content")
    shutil.copy(REPOSITORY / "site.yaml", site.root)
    before = site.build()
    assert before.good
    pages = site.output()
    samples = sorted((site.root / "content/bulletins").glob("*/*.yaml"))
    for path in samples:
        text = path.read_text(encoding="utf-8")
        path.rename(path.with_suffix(".old"))
        assert new(site, path.parent.name, "--name", path.stem) == 0
        path.write_text(_filled(path.read_text(encoding="utf-8"), text), encoding="utf-8")
        path.with_suffix(".old").unlink()
    after = site.build()
    assert [as_text(each, "zh") for each in after.problems] == [
        as_text(each, "zh") for each in before.problems
    ]
    assert site.output() == pages
    assert len(samples) > 30


def _filled(form: str, sample: str) -> str:
    """A form with the entries of a sample in their places; what has no place there comes last."""
    lines, blank = sample.rstrip("\n").split("\n"), form.split("\n")
    starts = [entry.line - 1 for entry, _ in load(sample.rstrip("\n"), Findings("", sample)).entries.values()]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        word = lines[start].partition(":")[0]
        at = next((n for n, line in enumerate(blank) if line.lstrip("#").startswith(f"{word}:")), len(blank))
        last = at + 1
        while (
            last < len(blank)
            and blank[last].lstrip("#").startswith("  ")
            and not blank[last].startswith("# ")
        ):
            last += 1
        blank[at:last] = lines[start:end]
    return "\n".join(blank)


@pytest.mark.parametrize("slug", TYPES)
def test_examples_are_of_their_kind(tmp_path: Path, slug: str) -> None:
    """A file made of the declaration's own examples is read; whether its figures agree is another matter."""
    text = filled(
        TYPES[slug],
        "2026-11-23",
        "2026-Q3" if "quarter" in {f.kind for f in TYPES[slug].fields} else "2026-10",
    )
    site = make_site(tmp_path / "site", {f"content/bulletins/{slug}/a.yaml": text})
    unread = {
        "value-kind",
        "choice-unknown",
        "number-unit",
        "document-number",
        "date-form",
        "key-unknown",
        "value-empty",
        "value-bounds",
    }
    found = [each for each in site.build().problems if each.code in unread]
    of = {each.label for one in TYPES[slug].fields for each in (one, *one.fields) if each.of}
    assert [each for each in found if dict(each.facts).get("key") not in of] == []


# Names and periods


@pytest.mark.parametrize(("slug", "as_of", "name"), [
    ("notices", "2026-11-23", "2026-10"),
    ("notices", "2026-01-01", "2025-12"),
    ("notices", "2026-10-31 23:59", "2026-09"),
    ("notices", "2026-11-01", "2026-10"),
    ("quotas", "2026-11-23", "2026-Q3"),
    ("quotas", "2026-10-01", "2026-Q3"),
    ("quotas", "2026-09-30", "2026-Q2"),
    ("quotas", "2026-02-01", "2025-Q4"),
    ("yearly", "2026-11-23", "2025"),
    ("yearly", "2026-12-31", "2025"),
    ("yearly", "2027-01-01", "2026"),
    ("rules", "2026-11-23", "2026-11-23"),
])  # fmt: skip
def test_the_last_period_that_is_over(site: Site, slug: str, as_of: str, name: str) -> None:
    site.write({"content/bulletins/yearly/_type.yaml": TYPE.replace("kind: month", "kind: year")})
    assert new(site, slug, as_of=as_of) == 0
    assert made(site) == [f"bulletins/{slug}/{name}.yaml"]
    if slug != "rules":
        text = (site.root / "content" / made(site)[0]).read_text(encoding="utf-8")
        assert f": {name}\n" in text


def test_the_day_is_that_of_the_site(site: Site) -> None:
    """At 17:00 in Greenwich it is tomorrow in Shanghai."""
    new(site, "notices", as_of="2026-10-31T17:00:00Z")
    assert made(site) == ["bulletins/notices/2026-10.yaml"]


@pytest.mark.parametrize(("name", "path", "period"), [
    ("2026-08", "2026-08", "2026-08"),
    ("2026-08.yaml", "2026-08", "2026-08"),
    ("tongbao-8", "tongbao-8", "2026-10"),
    ("2026/2026-08", "2026/2026-08", "2026-08"),
    ("八月", "八月", "2026-10"),
])  # fmt: skip
def test_a_name_that_is_given(site: Site, name: str, path: str, period: str) -> None:
    """One that is a period says which."""
    assert new(site, "notices", "--name", name) == 0
    assert made(site) == [f"bulletins/notices/{path}.yaml"]
    assert f"期别: {period}\n" in (site.root / "content" / made(site)[0]).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name",
    [
        "../a",
        "/etc/a",
        "a/../b",
        "a//b",
        "_a",
        ".a",
        "a\\b",
        "C:a",
        "a?",
        "~a",
        " a",
        "a ",
        "a\nb",
        "a.",
        "\u202e",
    ],
)
def test_names_that_lead_elsewhere(site: Site, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = tree(site.root.parent)
    assert new(site, "notices", "--name", name) == 2
    assert new(site, "article", "--column", "policy", "--name", name) == 2
    assert tree(site.root.parent) == before
    assert "--name" in capsys.readouterr().err


def test_a_type_by_its_chinese_name(site: Site) -> None:
    assert new(site, "社会评议") == 0
    assert made(site) == ["bulletins/appraisals/2026-Q3.yaml"]


# What is there stays


@pytest.mark.parametrize("other", ["2026-10.yaml", "2026-10.yml", "2026-10.YAML"])
def test_no_file_is_overwritten(site: Site, other: str, capsys: pytest.CaptureFixture[str]) -> None:
    site.write({f"content/bulletins/notices/{other}": "mine"})
    before = tree(site.root)
    assert new(site, "notices") == 2
    assert other in capsys.readouterr().err
    assert tree(site.root) == before


def test_no_article_is_overwritten(site: Site) -> None:
    assert new(site, "article", "--column", "policy", "--name", "a") == 0
    before = tree(site.root)
    assert new(site, "article", "--column", "policy", "--name", "A.md") == 2
    assert tree(site.root) == before


def test_a_file_that_appears_meanwhile_stays(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.write({"content/bulletins/notices/2026-10.yaml": "mine"})
    monkeypatch.setattr("softsite.commands.new._refuse_same", lambda root, path: None)
    assert new(site, "notices") == 2
    assert (site.root / "content/bulletins/notices/2026-10.yaml").read_text() == "mine"


def test_a_folder_that_cannot_be_made(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.write({"content/bulletins/quotas": "a file"})
    before = tree(site.root)
    assert new(site, "quotas") in (1, 2)
    assert tree(site.root) == before
    assert "Traceback" not in capsys.readouterr().err


# Wrong use, in both languages


@pytest.mark.parametrize(("arguments", "zh", "en"), [
    (["notces"], "是不是 notices", "did you mean `notices`"),
    (["问责通告"], "是不是 notices", "did you mean `notices`"),
    (["zzz"], "可以写：article（文章）", "Known: article"),
    (["article"], "--column", "--column"),
    (["article", "--column", "news/headline"], "是不是 news/headlines", "did you mean `news/headlines`"),
    (["article", "--column", "今日头条"], "是不是 news/headlines", "did you mean `news/headlines`"),
    (["article", "--column", "zzz"], "news/headlines（今日头条）", "news/headlines"),
    (["notices", "--column", "policy"], "只用于文章", "for articles"),
    (["notices", "--as-of", "yesterday"], "--as-of", "--as-of"),
])  # fmt: skip
def test_wrong_use_is_told(
    site: Site, arguments: list[str], zh: str, en: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(site.root)
    assert new(site, *arguments) == 2
    assert zh in capsys.readouterr().err
    assert new(site, *arguments, "--lang", "en") == 2
    said = capsys.readouterr().err
    assert en in said
    assert said.isprintable() or "\n" in said
    assert tree(site.root) == before


def test_a_type_whose_declaration_is_wrong(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """It is told; the other types can be used all the same."""
    site.write({"content/bulletins/notices/_type.yaml": TYPE.replace("kind: month", "kind: moon")})
    assert new(site, "notices") == 2
    assert "_type.yaml" in capsys.readouterr().err
    assert new(site, "quotas") == 0


def test_a_site_whose_settings_are_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = make_site(tmp_path, settings="name: 甲\n")
    before = tree(site.root)
    assert new(site, "notices") == 1
    assert "site.yaml" in capsys.readouterr().out
    assert tree(site.root) == before


# Articles


def test_an_article(site: Site) -> None:
    assert new(site, "article", "--column", "news/headlines", "--name", "202611/23-hui") == 0
    path = site.root / "content/news/headlines/202611/23-hui.md"
    assert path.read_text(encoding="utf-8") == "---\n标题:\n日期: 2026-11-23 12:00\n来源:\n---\n\n"
    assert site.codes() == ["value-empty"]
    path.write_text(
        path.read_text(encoding="utf-8").replace("标题:", "标题: 会议") + "正文。\n", encoding="utf-8"
    )
    assert site.codes() == []
    assert "正文。" in site.read("news/headlines/202611/23-hui.html")


def test_an_article_without_a_name_goes_by_its_day(site: Site) -> None:
    assert new(site, "article", "--column", "/policy/") == 0
    assert made(site) == ["policy/202611/23.md"]
    assert new(site, "article", "--column", "policy") == 2
