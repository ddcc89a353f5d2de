"""softsite handbook: a page on each type, from its declaration alone; the committed pages are what it makes."""

import re
from pathlib import Path

import pytest

from softsite.cli import main
from softsite.commands.handbook import FOLDER, INDEX, pages
from softsite.config import load_config
from softsite.problems import as_text
from softsite.read.declaration import builtin_types, load_types
from softsite.read.manual import MARK
from tests.bulletins import TYPE, bulletin_site, notice
from tests.support import Site, article, make_site, tree

REPOSITORY = Path(__file__).parents[2]
TYPES, _ = load_types(builtin_types(), {})
COMMITTED = REPOSITORY / FOLDER


def made_for(site: Site) -> dict[str, str]:
    """The pages of a site."""
    assert main(["handbook", str(site.root)]) == 0
    return {path.name: path.read_text(encoding="utf-8") for path in (site.root / FOLDER).iterdir()}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site with a type of its own."""
    return bulletin_site(tmp_path / "site", {"content/bulletins/notices/2026-10.yaml": notice()})


def test_the_committed_pages_are_those_of_the_declarations() -> None:
    """`softsite handbook` in this repository makes them new."""
    config, _ = load_config(REPOSITORY)
    assert config is not None
    made = pages(REPOSITORY, config, TYPES)
    assert sorted(path.name for path in COMMITTED.glob("*")) == sorted(made), "run: softsite handbook"
    for name, text in made.items():
        assert (COMMITTED / name).read_text(encoding="utf-8") == text, f"{name}: run softsite handbook"


def test_a_page_a_type_and_one_that_lists_them(site: Site) -> None:
    made = made_for(site)
    assert made.keys() == {INDEX, *(f"{slug}.md" for slug in TYPES)}
    assert all(text.startswith(MARK) and text.endswith("\n") for text in made.values())
    for slug, each in TYPES.items():
        name = "问责通报" if slug == "notices" else each.name
        assert f"[{name}]({slug}.md)" in made[INDEX]
        assert f"# {name}\n" in made[f"{slug}.md"]


@pytest.mark.parametrize("slug", TYPES)
def test_a_page_tells_all_that_a_declaration_says(tmp_path: Path, slug: str) -> None:
    declared, text = TYPES[slug], made_for(make_site(tmp_path))[f"{slug}.md"]
    assert declared.description in text
    assert f"content/bulletins/{slug}/" in text
    for each in (one for field in declared.fields for one in (field, *field.fields)):
        row = re.compile(rf"^\| {re.escape(each.label)} \| (.*)$", re.MULTILINE)
        assert any(each.help in match[1] for match in row.finditer(text)), each.label
        assert all(word in text for word in each.words)
    for table in declared.tables:
        assert f"### {table.label}\n" in text
    for check in declared.checks:
        assert f"\n- {check.says}" in text
    assert "## 由程序算出，不要填" in text
    head = text.index("## 由程序算出，不要填")
    for each in declared.fields:
        if each.value:
            assert f"| {each.label} |" in text[head:]


def test_an_own_type_word_for_word(site: Site) -> None:
    assert made_for(site)["notices.md"] == EXPECTED


EXPECTED = """\
<!-- softsite handbook：由数据种类的声明生成，再运行一次就会更新，请不要手改。 -->

# 问责通报

按月通报。

## 文件放在哪里

一个月一个文件：`content/bulletins/notices/2026-10.yaml`，网址是 `/bulletins/notices/2026-10.html`。文件名可以自己定，只用字母、数字和“-”，发布以后不要改。

新建一个空表：

```
softsite new notices
```

## 填什么

| 名称 | 必填 | 内容 | 说明 |
| --- | --- | --- | --- |
| 日期 | 是 | 一个日期，可以带时间 | 发布的日期，如 2026-11-14 09:00 |
| 期别 | 是 | 一个月份 | 如 2026-11。也可以写作：月份 |
| 文号 |  | 文号 |  |
| 通报单位 | 是 | 一个整数，单位“个”可写可不写，不小于 0 |  |
| 通报人数 | 是 | 一个整数，单位“人”可写可不写，不小于 0 |  |
| 按职级 |  | 一张表，每行以“- ”开头 |  |
| 典型案例 |  | 一张表，每行以“- ”开头 |  |
| 罚款 |  | 金额，单位写 元、万元、亿元，不写就是万元 |  |
| 说明 |  | 一段或几段文字 |  |
| 解读 |  | 文章或数据文件的路径 |  |
| 原件 |  | 附件的路径 |  |

### 按职级

| 名称 | 必填 | 内容 | 说明 |
| --- | --- | --- | --- |
| 职级 | 是 | 其中之一：处级、科级、科级以下 |  |
| 人数 | 是 | 一个整数，单位“人”可写可不写，不小于 1 |  |

### 典型案例

| 名称 | 必填 | 内容 | 说明 |
| --- | --- | --- | --- |
| 单位 | 是 | 一个单位名称 |  |
| 姓名 |  | 一个姓名 |  |
| 处理日期 | 是 | 一个日期，在“期别”之内，不晚于今天 |  |
| 公示截止 | 是 | 一个日期 |  |

“公示截止”的第二天起，这一行从网页、数据文件和订阅里一起消失。

还可以像文章一样写：标题（不写就按期别取一个）、来源、原文链接、作者、责任编辑、摘要、关键词、图片、图片说明、同时发布、特别关注、草稿、定时发布、下线时间、旧网址、更正、撤稿、审核。

## 由程序算出，不要填

| 名称 | 在哪里 | 单位 | 说明 |
| --- | --- | --- | --- |
| 增长 |  | % |  |
| 占比 | “按职级”的每一行 | % |  |

表尾的合计也由程序算出：“按职级”的人数。

## 程序检查什么

有下面情况的，指出在哪一行，改好以前什么也不发布：

- 各职级人数之和与通报人数不一致
- 公示截止早于处理日期（逐行检查“典型案例”）
- “处理日期”不在“期别”之内
- “处理日期”在今天以后

有下面情况的，只提醒，照常发布：

- 没有解读（只在政府网站检查）

## 在文章里引用

单独一行的 `{{ 数据: notices/2026-10 }}` 放上这一期的主要数字和图。句子里的 `{{ notices/2026-10.通报单位 }}` 换成这一期的“通报单位”，上面的名称除了表和长文都可以这样引用。

## 例子

行首有“#”的可以不填；要填就去掉这个“#”。

```yaml
期别: 2026-10
日期: 2026-10-28 09:00
通报单位: 12个
通报人数: 25人
按职级:
  - 职级: 处级
    人数: 2
  - 职级: 科级
    人数: 5
  - 职级: 科级以下
    人数: 18
#典型案例:
#  - 单位:
#    处理日期:
#    公示截止:
#    #姓名:
```
"""


# Examples


def example_of(site: Site, slug: str = "notices") -> str:
    """The example on the page of a type."""
    return made_for(site)[f"{slug}.md"].split("```yaml\n")[1].removesuffix("```\n")


def test_the_newest_sample_is_the_example(site: Site) -> None:
    """By its period, not by its name or the day when it was published."""
    folder = "content/bulletins/notices"
    site.write({f"{folder}/a.yaml": notice("2026-11"), f"{folder}/z.yaml": notice("2026-09")})
    assert example_of(site).startswith("期别: 2026-11\n")


@pytest.mark.parametrize(
    "more", ["草稿: 是\n", "定时发布: 2027-01-01\n", "撤稿: {日期: 2026-11-20, 原因: 有误}\n", "人数: 5\n"]
)
def test_what_nobody_may_see_is_no_example(site: Site, more: str) -> None:
    site.write({"content/bulletins/notices/2026-11.yaml": notice("2026-11", more=more)})
    assert example_of(site).startswith("期别: 2026-10\n")


def test_people_whose_rows_are_to_vanish_are_in_no_example(site: Site) -> None:
    """A page stays when the notice is over."""
    assert "于建国" in notice()
    assert not any("于建国" in text for text in made_for(site).values())


def test_without_a_sample_the_declaration_gives_one(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/bulletins/notices/_type.yaml": TYPE})
    shown = example_of(site)
    assert "期别: 2026-10\n" in shown
    assert "  - 职级: 处级\n" in shown
    assert "增长" not in shown


@pytest.mark.parametrize("slug", TYPES)
def test_the_examples_of_this_repository_are_good(tmp_path: Path, slug: str) -> None:
    """An editor who copies one gets no message but of links to what is not there."""
    config, _ = load_config(REPOSITORY)
    assert config is not None
    shown = (
        pages(REPOSITORY, config, {slug: TYPES[slug]})[f"{slug}.md"]
        .split("```yaml\n")[1]
        .removesuffix("```\n")
    )
    site = make_site(tmp_path, {f"content/bulletins/{slug}/a.yaml": shown})
    dead = {"link-dead", "image-dead"}
    assert [as_text(each, "zh") for each in site.build().problems if each.code not in dead] == []


HANDBOOK = (REPOSITORY / "docs/handbook.md").read_text(encoding="utf-8")


def block(heading: str, word: str) -> str:
    """The first block of code below a heading of the handbook that holds a word."""
    blocks = HANDBOOK.partition(f"\n### {heading}\n")[2].split("```\n")[1::2]
    return next(each for each in blocks if word in each)


def test_the_examples_of_the_handbook_build(tmp_path: Path) -> None:
    """A new bulletin, a type of one's own with data of it, and an article that cites."""
    own = "期别: 2026-10\n日期: 2026-11-01\n走访企业: 4\n反映问题: 8\n已解决: 6\n"
    body = block("在文章里引用数据", "数据: ") + "\n" + block("在文章里引用数据", "通报人数")
    files = {
        "content/bulletins/notices/2026-10.yaml": block("新建一期", "期别"),
        "content/bulletins/firms/_type.yaml": block("自己的种类", "fields:"),
        "content/bulletins/firms/2026-10.yaml": own,
        "content/bulletins/_workdays.yaml": block("放假和调休", "holidays"),
        "content/policy/a.md": article(body=body),
    }
    site = make_site(tmp_path, files)
    assert [as_text(each, "zh") for each in site.build().problems] == []
    assert "75.0" in site.read("bulletins/firms/2026-10.html")
    assert re.search(r"10月通报 <a [^>]*>7</a> 人", site.read("policy/a.html"))


# Files


def test_a_second_run_writes_nothing(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    made_for(site)
    before = tree(site.root), (site.root / FOLDER / INDEX).stat().st_mtime_ns
    capsys.readouterr()
    made_for(site)
    assert "写入 0，删除 0" in capsys.readouterr().out
    assert (tree(site.root), (site.root / FOLDER / INDEX).stat().st_mtime_ns) == before


def test_pages_of_types_that_are_gone_go_too(site: Site) -> None:
    site.write({"content/bulletins/mine/_type.yaml": TYPE, f"{FOLDER}/notes.md": "mine"})
    assert "mine.md" in made_for(site)
    (site.root / "content/bulletins/mine/_type.yaml").unlink()
    made = made_for(site)
    assert "mine.md" not in made
    assert made["notes.md"] == "mine"


def test_another_folder(site: Site, tmp_path: Path) -> None:
    assert main(["handbook", str(site.root), "--output", str(tmp_path / "pages")]) == 0
    assert (tmp_path / "pages/notices.md").read_text(encoding="utf-8") == EXPECTED
    assert not (site.root / "docs").exists()


@pytest.mark.parametrize("files", [
    {"site.yaml": "name: 甲\n"},
    {"content/bulletins/notices/_type.yaml": TYPE.replace("kind: month", "kind: moon")},
    {f"{FOLDER}/quotas.md": "# mine\n"},
    {f"{FOLDER}/README.md/x": "a folder"},
    {"docs": "a file"},
])  # fmt: skip
def test_nothing_is_written_when_something_is_wrong(site: Site, files: dict[str, str]) -> None:
    site.write(files)
    before = tree(site.root)
    assert main(["handbook", str(site.root)]) == 1
    assert tree(site.root) == before


def test_what_is_wrong_is_told_in_english(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.write({f"{FOLDER}/quotas.md": "# mine\n"})
    assert main(["handbook", str(site.root), "--lang", "en"]) == 1
    assert "was not made by softsite" in capsys.readouterr().err
