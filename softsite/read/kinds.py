"""Kinds: what the fields of bulletins can hold: how each kind is read, computed with, shown and handed on.

A cell keeps its value as text in one spelling; `typed` gives what formulas compute
with. Figures are exact: whole numbers, or decimals that are never a float.
"""

import difflib
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from softsite.read import fields
from softsite.read.declared import Declared
from softsite.read.fields import Reading
from softsite.read.yamlfile import Seq, Text, Value
from softsite.records import Record, replaced
from softsite.text.characters import cleaned
from softsite.text.period import Moment, period

MONEY = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
EMPTY = "—"
MAX_DIGITS = 16  # so that sums of 5,000 such figures in 元 are exact in Decimal's 28 digits
_NUMBER = re.compile(r"([+\-−]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*(\D*)")
_DOCUMENT_NUMBER = re.compile(r"[^\s〔〕]{1,40}〔(?:19|20)\d{2}〕第?\d{1,5}号")
_NEARLY_DOCUMENT_NUMBER = re.compile(
    r"(\S{1,40}?)\s*[\[(（【〔{［](\d{4})年?[\])）】〕}］]\s*(第?\d{1,5})\s*号?"
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
        found = KINDS[declared.kind].read(declared, key, value, reading)
        return None if found is None else Cell(found, value.line, value.column)

    return kind


def _list(declared: Declared, key: str, value: Value, reading: Reading) -> Cell | None:
    """A list: items below each other, in brackets, or parted by 、 or ；."""
    if isinstance(value, Text):
        parts = re.split(r"[、;；\n]", value.value)
        items: list[Value] = [Text(part.strip(), value.line, value.column) for part in parts if part.strip()]
    else:
        items = value.items if isinstance(value, Seq) else [value]
    read = cell(_item(declared))
    found = [read(key, item, reading) for item in items]
    good = [each for each in found if isinstance(each, Cell)]
    if len(good) < len(items):
        return None
    return Cell(
        "；".join(each.value for each in good), value.line, value.column, tuple(each.value for each in good)
    )


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
        figure = _plain(Decimal(value) / MONEY.get(declared.unit, 1))
    if declared.kind == "integer" and figure == int(figure):
        return int(figure)
    places = declared.places if declared.places is not None else (_PLACES if declared.value else None)
    if places is None:
        return figure
    rounded = +Decimal(figure).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return rounded if declared.places is not None else _plain(rounded)


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


def _plain(figure: Decimal) -> Decimal:
    """A figure without zeros at its end, and without an exponent."""
    bare = figure.normalize()
    return bare.quantize(Decimal(1)) if bare == bare.to_integral_value() else bare


def _item(declared: Declared) -> Declared:
    return replaced(declared, kind=declared.items)


# How each kind is read


def _text(declared: Declared, key: str, value: Text, reading: Reading) -> str | None:
    found = fields.text(key, value, reading)
    return _one_of(declared, key, value, found, reading) if found and declared.choices else found


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
    match = _NUMBER.fullmatch(unicodedata.normalize("NFKC", value.value).strip())
    if match is None or (whole and match[3]):
        kind = KINDS[declared.kind]
        fields.wrong(key, value, reading, f"{kind.zh}，如 {kind.example}", f"a figure like {kind.example}")
        return None
    written = match[4].strip()
    if written and written not in units:
        _note_unit(declared, key, value, written, units, reading)
        return None
    sign = "-" if match[1] in ("-", "−") else ""
    figure = Decimal(sign + match[2].replace(",", "") + (match[3] or ""))
    if len(figure.as_tuple().digits) > MAX_DIGITS:
        _note_bounds(key, value, f"不多于 {MAX_DIGITS} 位数字", f"of at most {MAX_DIGITS} digits", reading)
        return None
    factor = units.get(written or declared.unit, 1)
    if not _is_within(declared, key, value, figure * factor / units.get(declared.unit, 1), reading):
        return None
    return f"{_plain(figure * factor) if factor > 1 else figure:f}"


def _note_unit(
    declared: Declared, key: str, value: Text, written: str, units: Mapping[str, int], reading: Reading
) -> None:
    known = [each for each in units if each]
    near = difflib.get_close_matches(written, known, 1, 0.3) or known[:1]
    fix = reading.findings.swapped(value.line, value.column, written, near[0] if near else "")
    shown_units = "、".join(known) or "（不写单位）"
    reading.findings.add("number-unit", value.line, value.column, key=key, value=value.value, unit=written,
                         known=shown_units, fix=fix)  # fmt: skip


def _is_within(declared: Declared, key: str, value: Text, figure: Any, reading: Reading) -> bool:
    """Whether a figure or day keeps to the bounds of its field; notes it where not."""
    make = date.fromisoformat if isinstance(figure, date) else Decimal
    low = make(declared.min) if declared.min else None
    high = make(declared.max) if declared.max else None
    if (low is None or figure >= low) and (high is None or figure <= high):
        return True
    _note_bounds(key, value, *_bounds(declared), reading)
    return False


def _note_bounds(key: str, value: Text, zh: str, en: str, reading: Reading) -> None:
    reading.findings.add(
        "value-bounds", value.line, value.column, key=key, value=value.value, bounds_zh=zh, bounds_en=en
    )


def _bounds(declared: Declared) -> tuple[str, str]:
    """The bounds of a field in words."""
    if declared.min and declared.max:
        return f"在 {declared.min} 到 {declared.max} 之间", f"from {declared.min} to {declared.max}"
    if declared.min:
        return f"不小于 {declared.min}", f"at least {declared.min}"
    return f"不大于 {declared.max}", f"at most {declared.max}"


def _date(declared: Declared, key: str, value: Text, reading: Reading) -> str | None:
    found = fields.moment(key, value, reading)
    if found is None or not _is_within(declared, key, value, date.fromisoformat(found.day), reading):
        return None
    return found.day


def _instant(declared: Declared, key: str, value: Text, reading: Reading) -> str | None:
    found = fields.moment(key, value, reading)
    return None if found is None else (found.iso if found.timed else found.day)


def _period(declared: Declared, key: str, value: Text, reading: Reading) -> str | None:
    try:
        return period(value.value, declared.kind).name
    except ValueError:
        kind = KINDS[declared.kind]
        fields.wrong(
            key, value, reading, f"{kind.zh}，如 {kind.example}", f"a {declared.kind} like {kind.example}"
        )
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
    "person": Kind("一个姓名", "…", _text, str),
    "organisation": Kind("一个单位名称", "…", _text, str),
    "document_number": Kind("文号", "青软办〔2026〕3号", _document_number, str),
    "link": Kind("文章或数据文件的路径", "../../policy/explained/a.md", _text, str),
    "attachment": Kind("附件的路径", "../../attachments/a.pdf", _text, str),
}
PERIODS = ("month", "quarter", "year")
WITH_PARTS = ("list", "table")
NAMING = ("link", "attachment")  # they name a page or file of the site
