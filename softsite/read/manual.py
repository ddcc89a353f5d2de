"""Manual: the page of a handbook on a type of bulletin, for editors: all of it from the type's declaration."""

import re
from collections.abc import Iterable, Iterator

from softsite.read.declared import BulletinType, Check, Declared
from softsite.read.document import FRONT_MATTER
from softsite.read.explained import contents
from softsite.read.kinds import unit
from softsite.text.links import BULLETINS

MARK = "<!-- softsite handbook"
PERIODS = {"month": "2026-10", "quarter": "2026-Q3", "year": "2025"}  # those of examples
_HEAD = f"{MARK}：由数据种类的声明生成，再运行一次就会更新，请不要手改。 -->"
_EACH = {"month": "一个月", "quarter": "一个季度", "year": "一年"}
_ASIDE = re.compile(
    r"^#\S", re.MULTILINE
)  # what may be left out; words for people have a blank after the sign
_TYPED = ("名称", "必填", "内容", "说明")
_DATE = ("日期", "是", "一个日期，可以带时间", "发布的日期，如 2026-11-14 09:00")


def page(made: BulletinType, sample: str) -> str:
    """The page of a type; `sample` is a file of it."""
    typed = [each for each in made.fields if not each.value]
    parts = [
        _HEAD,
        f"# {made.name}",
        made.description,
        *_place(made),
        "## 填什么",
        _table(_TYPED, (_DATE, *(_typed(each, made) for each in typed))),
        *(part for each in typed if each.kind == "table" for part in _columns(each, made)),
        _further(made),
        *_computed(made),
        *_checked(made),
        *_cited(made),
        "## 例子",
        *(["行首有“#”的可以不填；要填就去掉这个“#”。"] if _ASIDE.search(sample) else []),
        f"```yaml\n{sample}```",
    ]
    return "\n\n".join(parts) + "\n"


def index(ordered: Iterable[BulletinType]) -> str:
    """The page that lists the types."""
    rows = ((f"[{each.name}]({each.slug}.md)", f"`{each.slug}`", each.description) for each in ordered)
    parts = [
        _HEAD,
        "# 各种数据怎样填",
        "一种数据一页：文件放在哪里、填什么、什么由程序算出、程序检查什么，最后是一个例子。",
        "新建一期用 `softsite new 种类`，例如 `softsite new notices`。",
        _table(("种类", "文件夹", "内容"), rows),
    ]
    return "\n\n".join(parts) + "\n"


def _place(made: BulletinType) -> Iterator[str]:
    """Where the files go, and how one begins."""
    field, name = made.field(made.period), _name(made)
    yield "## 文件放在哪里"
    yield (
        f"{_EACH[field.kind] if field else '一份'}一个文件：`content/{BULLETINS}{made.slug}/{name}.yaml`，"
        f"网址是 `/{BULLETINS}{made.slug}/{name}.html`。"
        "文件名可以自己定，只用字母、数字和“-”，发布以后不要改。"
    )
    yield f"新建一个空表：\n\n```\nsoftsite new {made.slug}\n```"


def _name(made: BulletinType) -> str:
    """The name of a file as examples have it."""
    field = made.field(made.period)
    return PERIODS[field.kind] if field else "example"


# What is typed


def _typed(declared: Declared, made: BulletinType) -> tuple[str, ...]:
    said = [declared.help]
    if declared.words:
        said.append(f"也可以写作：{'、'.join(declared.words)}")
    return (
        declared.label,
        "是" if declared.required else "",
        contents(declared, made),
        "。".join(filter(None, said)),
    )


def _columns(table: Declared, made: BulletinType) -> Iterator[str]:
    yield f"### {table.label}"
    yield _table(_TYPED, (_typed(each, made) for each in table.fields if not each.value))
    until = next((each for each in table.fields if each.name == table.until), None)
    if until:
        yield f"“{until.label}”的第二天起，这一行从网页、数据文件和订阅里一起消失。"


def _further(made: BulletinType) -> str:
    words = "、".join(each.names[1] for each in FRONT_MATTER.declared if each.name not in ("date", "title"))
    return (
        f"还可以像文章一样写：标题（不写就按期别取一个）、{words}。"
        if made.period
        else f"还可以像文章一样写：标题、{words}。"
    )


# What is computed, and what is checked


def _computed(made: BulletinType) -> Iterator[str]:
    """What is not typed."""
    rows = [("", each) for each in made.fields if each.value]
    rows += [(table.label, each) for table in made.tables for each in table.fields if each.value]
    totals = [
        f"“{table.label}”的{'、'.join(each.label for each in table.fields if each.name in table.total)}"
        for table in made.tables
        if table.total
    ]
    if not rows and not totals:
        return
    yield "## 由程序算出，不要填"
    if rows:
        shown = ((each.label, table and f"“{table}”的每一行", unit(each), each.help) for table, each in rows)
        yield _table(("名称", "在哪里", "单位", "说明"), shown)
    if totals:
        yield f"表尾的合计也由程序算出：{'；'.join(totals)}。"


def _checked(made: BulletinType) -> Iterator[str]:
    """What has to be true, in words."""
    wrong = [_said(each, made) for each in made.checks if each.severity == "error"]
    fields = [*made.fields, *(column for table in made.tables for column in table.fields)]
    periods = {each.name: each.label for each in made.fields}
    wrong += [f"“{each.label}”不在“{periods[each.within]}”之内" for each in fields if each.within]
    wrong += [f"“{each.label}”在今天以后" for each in fields if each.past]
    wrong += [f"“{table.label}”里有两行的{_all_of(table)}相同" for table in made.tables if table.unique]
    warned = [_said(each, made) for each in made.checks if each.severity != "error"]
    if wrong or warned:
        yield "## 程序检查什么"
    if wrong:
        yield f"有下面情况的，指出在哪一行，改好以前什么也不发布：\n\n{_list(wrong)}"
    if warned:
        yield f"有下面情况的，只提醒，照常发布：\n\n{_list(warned)}"


def _all_of(table: Declared) -> str:
    """The columns that tell the rows of a table apart."""
    return "和".join(f"“{each.label}”" for each in table.fields if each.name in table.unique)


def _said(check: Check, made: BulletinType) -> str:
    table = made.field(check.table)
    where = f"（逐行检查“{table.label}”）" if table else ""
    return f"{check.says}{where}{'（只在政府网站检查）' if check.only else ''}"


def _cited(made: BulletinType) -> Iterator[str]:
    """How an article cites a bulletin of the type."""
    name = f"{made.slug}/{_name(made)}"
    figure = next((each for each in made.fields if each.key), None)
    yield "## 在文章里引用"
    yield f"单独一行的 `{{{{ 数据: {name} }}}}` 放上这一期的主要数字和图。" + (
        f"句子里的 `{{{{ {name}.{figure.label} }}}}` 换成这一期的“{figure.label}”，上面的名称除了表和长文都可以这样引用。"
        if figure
        else ""
    )


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {each}" for each in dict.fromkeys(lines))


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table of Markdown."""
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
