"""Form: the file of a bulletin that is still to be filled in, or of one that shows how; every field by its label."""

from collections.abc import Iterator

from softsite.read.declared import BulletinType, Declared
from softsite.read.document import FRONT_MATTER
from softsite.read.explained import contents, example, key

_HOW = "内容写在冒号后面，中间空一格。名称前面有“#”的可以不填，要填就去掉这个“#”。"
_ROWS = "表格的每一行从“- ”开始，再加一行就把这几行抄一遍；要填的表格，每行前面的“#”都去掉。"


def form(made: BulletinType, day: str, period: str) -> str:
    """An empty form: what to write stands above each field, those that may be left out behind a `#`.

    `day` is the day of publication; `period` is what the type's period is filled with.
    """
    date = FRONT_MATTER.by_name["date"]
    blocks = [
        [f"# {made.name}：{made.description}", f"# {_HOW}", *([f"# {_ROWS}"] if made.tables else [])],
        [f"# {date.names[1]}（必填）：{date.help}", f"{date.names[1]}: {day}"],
    ]
    for each in made.fields:
        if not each.value:
            lines = _blank(each, period if each.name == made.period else "")
            blocks.append([*_notes(each, made), *(lines if each.required else map(_aside, lines))])
    further = "、".join(each.names[1] for each in FRONT_MATTER.declared if each is not date)
    blocks.append([f"# 还可以写（和文章一样）：{further}"])
    return _text(blocks)


def filled(made: BulletinType, day: str, period: str) -> str:
    """A form that is filled in, all fields of it, as an example."""
    head = [f"{FRONT_MATTER.by_name['date'].names[1]}: {day}"]
    body = [
        line
        for each in made.fields
        if not each.value
        for line in _example(each, period if each.name == made.period else "")
    ]
    return _text([[*head, *body]])


def aside(declared: Declared) -> list[str]:
    """An empty table as lines behind `#`."""
    return [*map(_aside, _blank(declared, ""))]


def _text(blocks: list[list[str]]) -> str:
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _aside(line: str) -> str:
    return f"#{line}"


def _notes(declared: Declared, made: BulletinType) -> Iterator[str]:
    """What to write into a field; for a table also into each of its columns."""
    yield f"# {_note(declared, made)}"
    if declared.kind == "table":
        yield from (f"#   {_note(each, made)}" for each in _columns(declared))


def _note(declared: Declared, made: BulletinType) -> str:
    needed = "必填" if declared.required else "选填"
    said = f"{declared.label}（{needed}，{contents(declared, made)}）"
    return f"{said}：{declared.help}" if declared.help else said


def _columns(table: Declared) -> list[Declared]:
    """The columns that are typed, those that have to be there first."""
    return sorted((each for each in table.fields if not each.value), key=lambda each: not each.required)


def _blank(declared: Declared, value: str) -> list[str]:
    """A field with nothing in it, or with `value`."""
    word = key(declared.label)
    if declared.kind == "prose":
        return [f"{word}: |"]
    if declared.kind != "table":
        return [f"{word}: {value}" if value else f"{word}:"]
    first, *others = _columns(declared)
    rows = [f"    {'' if each.required else '#'}{key(each.label)}:" for each in others]
    return [f"{word}:", f"  - {key(first.label)}:", *rows]


def _example(declared: Declared, value: str) -> list[str]:
    """A field that is filled in."""
    word = key(declared.label)
    if declared.kind == "table":
        first, *others = _columns(declared)
        cells = [f"    {key(each.label)}: {_value(each)}" for each in others]
        return [f"{word}:", f"  - {key(first.label)}: {_value(first)}", *cells]
    if declared.kind == "prose":
        return [f"{word}: |", "  第一段。", "", "  第二段。"]
    if declared.kind == "list":
        return [f"{word}:", "  - …", "  - …"]
    return [f"{word}: {value or _value(declared)}"]


def _value(declared: Declared) -> str:
    return example(declared) or "…"
