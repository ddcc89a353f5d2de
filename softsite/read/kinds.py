"""Kinds: what the fields of bulletins can hold: how each kind is read, computed with, shown and handed on.

A cell keeps its value as text in one spelling; `typed` gives what formulas compute
with. Figures are exact: whole numbers, or decimals that are never a float.
"""

import difflib
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from softsite.read import fields, figures
from softsite.read.declared import Declared
from softsite.read.fields import Reading
from softsite.read.yamlfile import Seq, Text, Value
from softsite.records import Record, replaced
from softsite.text.characters import cleaned
from softsite.text.period import Moment, period

MONEY = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
EMPTY = "—"
_PART = re.compile(r"(?:[^、，；;,\s]|(?<=\d),(?=\d))(?:[^、，；;,\n]|(?<=\d),(?=\d))*")
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:|//|\\|www\.|.*\\")
_NOTHING = frozenset("无 無 暂无 暫無 没有 沒有 不详 不詳 待定 未定 空 空缺 / - — ——".split())
_DOCUMENT_NUMBER = re.compile(r"[^\s〔〕]{1,40}〔(?:19|20)\d{2}〕第?\d{1,5}号")
_NEARLY_DOCUMENT_NUMBER = re.compile(
    r"(\S{1,40}?)\s*[\[({（【〔［｛﹝〖](\d{4})年?[\])}）】〕］｝﹞〗]\s*(第?\d{1,5})\s*号?"
)


class Cell(Record, frozen=True):
    """A value of a bulletin, where it stands in its file, and its parts where it is a list."""

    value: str
    line: int
    column: int
    items: tuple[str, ...] = ()


Read = Callable[[Declared, str, Text, Reading], str | None]


class Kind(NamedTuple):
    """One kind: its name for people and an example; how it is read, and what formulas get of it."""

    zh: str
    example: str
    read: Read
    typed: Callable[[str], Any]
    numeric: bool = False


def cell(declared: Declared) -> fields.Kind:
    """How a field of this declaration is read: a located cell, or a note of what is wrong."""

    def kind(key: str, value: Value, reading: Reading) -> Cell | None:
        if declared.kind == "list":
            return _list(declared, key, value, reading)
        if not isinstance(value, Text):
            fields.wrong(key, value, reading, KINDS[declared.kind].zh, declared.kind)
            return None
        if not declared.required and value.value.strip() in _NOTHING.difference(declared.choices):
            _leave_out(declared, key, value, reading)
            return None
        found = KINDS[declared.kind].read(declared, key, value, reading)
        return None if found is None else Cell(found, value.line, value.column)

    return kind


def _list(declared: Declared, key: str, value: Value, reading: Reading) -> Cell | None:
    """A list: an item a line, or several in one line, in brackets or not, parted by 、 ， ； or their ASCII forms."""
    if isinstance(value, Text):
        items: list[Value] = [
            Text(match[0].strip(), value.line, value.column + match.start())
            for match in _PART.finditer(value.value)
        ]
    else:
        items = value.items if isinstance(value, Seq) else [value]
    if not items and declared.required:
        reading.findings.add("value-empty", value.line, value.column, key=key)
    read = cell(_item(declared))
    found = [_listed(read, key, item, reading) for item in items]
    good = [each for each in found if isinstance(each, Cell)]
    if len(good) < len(items) or not items:
        return None
    return Cell(
        "；".join(each.value for each in good), value.line, value.column, tuple(each.value for each in good)
    )


def _listed(read: fields.Kind, key: str, item: Value, reading: Reading) -> Any:
    """An item of a list; one that is empty is noted."""
    if isinstance(item, Text) and not item.value.strip():
        reading.findings.add("item-empty", item.line, item.column, key=key)
        return None
    return read(key, item, reading)


def typed(declared: Declared, found: Cell | None) -> Any:
    """What formulas compute with; None where nothing is given."""
    if found is None:
        return None
    if declared.kind == "list":
        return [KINDS[declared.items].typed(item) for item in found.items]
    return KINDS[declared.kind].typed(found.value)


def shown(declared: Declared, value: Any) -> str:
    """A value as readers see it, without its unit."""
    if value is None:
        return EMPTY
    if isinstance(value, list):
        return "、".join(shown(_item(declared), each) for each in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | Decimal):
        return digits(in_unit(declared, value), ",")
    return getattr(value, "shown", None) or str(value)


def exported(declared: Declared, value: Any) -> Any:
    """A value as data files hand it on: figures in the field's unit, days and periods as ISO 8601 spells them."""
    if isinstance(value, list):
        return [exported(_item(declared), each) for each in value]
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return in_unit(declared, value)
    if isinstance(value, date):
        return value.isoformat()
    return getattr(value, "iso", None) or getattr(value, "name", None) or value


def in_unit(declared: Declared, value: int | Decimal) -> int | Decimal:
    """A figure in the field's own unit; computed ones rounded to the places that are shown (half up)."""
    figure: int | Decimal = +value  # + makes -0 to 0
    if declared.kind == "money":
        figure = figures.plain(Decimal(value) / MONEY.get(declared.unit, 1))
    if declared.kind == "integer" and figure == int(figure):
        return int(figure)
    places = declared.places if declared.places is not None else (_PLACES if declared.value else None)
    if places is None:
        return figure
    rounded = +Decimal(figure).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return rounded if declared.places is not None else figures.plain(rounded)


def digits(figure: int | Decimal, between: str = "") -> str:
    """A figure with all its digits; `between` stands between thousands."""
    return f"{figure:{between}}" if isinstance(figure, int) else f"{figure:{between}f}"


def change(now: int | Decimal | None, before: int | Decimal | None) -> Decimal | None:
    """By how many percent a figure is larger than the one before; None where that is not more than 0."""
    if now is None or before is None or before <= 0:
        return None
    return (Decimal(now) - Decimal(before)) * 100 / Decimal(before)


def is_numeric(declared: Declared) -> bool:
    """Whether a field holds figures."""
    return declared.kind in KINDS and KINDS[declared.kind].numeric


def unit(declared: Declared) -> str:
    """The unit that stands beside a figure."""
    return declared.unit or ("%" if declared.kind == "percent" else "")


_PLACES = 2
_MANY = 30  # choices that a message names


def _item(declared: Declared) -> Declared:
    return replaced(declared, kind=declared.items)


# How each kind is read


def _text(declared: Declared, key: str, value: Text, reading: Reading) -> str | None:
    found = fields.text(key, value, reading)
    return _one_of(declared, key, value, found, reading) if found and declared.choices else found


def _name(declared: Declared, key: str, value: Text, reading: Reading) -> str | None:
    """The name of somebody: nobody has the name 无, and no person one without a letter."""
    written = value.value.strip()
    if written in _NOTHING or (declared.kind == "person" and not any(map(str.isalpha, written))):
        _leave_out(declared, key, value, reading)
        return None
    return _text(declared, key, value, reading)


def _leave_out(declared: Declared, key: str, value: Text, reading: Reading) -> None:
    """Notes a value that is not of its kind, and that there need not be one."""
    kind = KINDS[declared.kind].zh
    fields.wrong(
        key, value, reading, f"{kind}；没有的不写这一项", f"a {declared.kind}; leave it out if there is none"
    )


def _prose(declared: Declared, key: str, value: Text, reading: Reading) -> str | None:
    return cleaned(value.value)


def _choice(declared: Declared, key: str, value: Text, reading: Reading) -> str | None:
    found = fields.text(key, value, reading)
    return found if declared.of else _one_of(declared, key, value, found or "", reading)


def _one_of(declared: Declared, key: str, value: Text, found: str, reading: Reading) -> str | None:
    """One of the choices, or a note that says which it resembles."""
    if found in declared.choices:
        return found
    note_choice(key, value, found, declared.choices, reading)
    return None


def note_choice(key: str, value: Text | Cell, found: str, choices: tuple[str, ...], reading: Reading) -> None:
    """Notes that a value is none of those that there are."""
    near = difflib.get_close_matches(found, choices, 1, 0.5)
    fix = reading.findings.swapped(value.line, value.column, value.value, near[0]) if near else ""
    known = "、".join(choices[:_MANY]) + ("…" if len(choices) > _MANY else "")
    reading.findings.add(
        "choice-unknown", value.line, value.column, key=key, value=found, known=known, fix=fix
    )


def _yes_no(declared: Declared, key: str, value: Text, reading: Reading) -> str | None:
    found = fields.yes_no(key, value, reading)
    return None if found is None else str(found).lower()


def _integer(declared: Declared, key: str, value: Text, reading: Reading) -> str | None:
    return _number(declared, key, value, reading, {declared.unit: 1}, whole=True)


def _decimal(declared: Declared, key: str, value: Text, reading: Reading) -> str | None:
    return _number(declared, key, value, reading, {declared.unit: 1}, whole=False)


def _percent(declared: Declared, key: str, value: Text, reading: Reading) -> str | None:
    return _number(declared, key, value, reading, {"%": 1}, whole=False)


def _money(declared: Declared, key: str, value: Text, reading: Reading) -> str | None:
    return _number(declared, key, value, reading, MONEY, whole=False)


def _number(
    declared: Declared, key: str, value: Text, reading: Reading, units: Mapping[str, int], *, whole: bool
) -> str | None:
    """An exact figure in the unit that formulas use; its own unit may stand behind it."""
    written = figures.written(value.value)
    if written is None:
        _wrong(declared, key, value, reading)
        return None
    found = figures.read(declared, key, value, written, units, reading)
    if found is not None and whole and written.places:
        _wrong(declared, key, value, reading)
        return None
    return found


def _wrong(declared: Declared, key: str, value: Text, reading: Reading) -> None:
    kind = KINDS[declared.kind]
    fields.wrong(
        key, value, reading, f"{kind.zh}，如 {kind.example}", f"a {declared.kind} like {kind.example}"
    )


def _date(declared: Declared, key: str, value: Text, reading: Reading) -> str | None:
    found = fields.moment(key, value, reading)
    if found is None or not figures.is_within(declared, key, value, date.fromisoformat(found.day), reading):
        return None
    return found.day


def _instant(declared: Declared, key: str, value: Text, reading: Reading) -> str | None:
    found = fields.moment(key, value, reading)
    return None if found is None else (found.iso if found.timed else found.day)


def _period(declared: Declared, key: str, value: Text, reading: Reading) -> str | None:
    try:
        return period(value.value, declared.kind).name
    except ValueError:
        _wrong(declared, key, value, reading)
        return None


def _document_number(declared: Declared, key: str, value: Text, reading: Reading) -> str | None:
    found = fields.text(key, value, reading) or ""
    if _DOCUMENT_NUMBER.fullmatch(found):
        return found
    match = _NEARLY_DOCUMENT_NUMBER.fullmatch(found)
    right = f"{match[1]}〔{match[2]}〕{match[3]}号" if match else ""
    fix = reading.findings.swapped(value.line, value.column, value.value, right) if right else ""
    reading.findings.add("document-number", value.line, value.column, key=key, value=found, fix=fix)
    return None


def _path(declared: Declared, key: str, value: Text, reading: Reading) -> str | None:
    """The path of something of the site: no address, and no path of somebody's computer."""
    if _ELSEWHERE.match(value.value.strip()) is None:
        return _text(declared, key, value, reading)
    reading.findings.add(f"{declared.kind}-elsewhere", value.line, value.column, key=key, value=value.value)
    return None


KINDS: Mapping[str, Kind] = {
    "text": Kind("一行文字", "…", _text, str),
    "prose": Kind("一段或几段文字", "…", _prose, str),
    "integer": Kind("一个整数", "25", _integer, int, numeric=True),
    "decimal": Kind("一个数", "86.5", _decimal, Decimal, numeric=True),
    "percent": Kind("百分数", "18%", _percent, Decimal, numeric=True),
    "money": Kind("金额", "3.5亿元", _money, Decimal, numeric=True),
    "date": Kind("一个日期", "2026-11-25", _date, date.fromisoformat),
    "month": Kind("一个月份", "2026-11", _period, lambda text: period(text, "month")),
    "quarter": Kind("一个季度", "2026-Q3", _period, lambda text: period(text, "quarter")),
    "year": Kind("一个年份", "2026", _period, lambda text: period(text, "year")),
    "instant": Kind("日期和时间", "2026-11-25 09:30", _instant, Moment),
    "yes_no": Kind("“是”或“否”", "是", _yes_no, lambda text: text == "true"),
    "choice": Kind("规定的选项之一", "…", _choice, str),
    "person": Kind("一个姓名", "于某某", _name, str),
    "organisation": Kind("一个单位名称", "…", _name, str),
    "document_number": Kind("文号", "青软办〔2026〕3号", _document_number, str),
    "link": Kind("文章或数据文件的路径", "../../policy/explained/a.md", _path, str),
    "attachment": Kind("附件的路径", "../../attachments/a.pdf", _path, str),
}
PERIODS = ("month", "quarter", "year")
WITH_PARTS = ("list", "table")
NAMING = ("link", "attachment")  # they name a page or file of the site
