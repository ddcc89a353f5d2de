"""Figures: numbers as clerks type them, with a unit or none; exact, in the field's unit, within its bounds and places."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from softsite.read.declared import Declared
from softsite.read.fields import Reading
from softsite.read.yamlfile import Text

MAX_DIGITS = 16  # so that sums of 5,000 such figures in 元 are exact in Decimal's 28 digits
_FIGURE = re.compile(r"([+\-−]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?\s*(\D*|[^\W\d].*)")
_LARGE = {"百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_PARTS = {"‰": Decimal("0.1"), "‱": Decimal("0.01")}  # in percent


class Written(NamedTuple):
    """A figure as it was typed: the number, how many digits stand behind its point, and its unit."""

    number: Decimal
    places: int
    unit: str


def written(text: str) -> Written | None:
    """What a text says; None when it is no figure. Full-width signs are read as plain ones; ① and ² are no digits."""
    match = _FIGURE.fullmatch("".join(map(_plain_sign, text)).strip())
    if match is None:
        return None
    sign = "-" if match[1] in ("-", "−") else ""
    number = Decimal(f"{sign}{match[2].replace(',', '')}.{match[3] or ''}")
    return Written(number, len(match[3] or ""), match[4].strip())


def read(
    declared: Declared, key: str, value: Text, found: Written, units: Mapping[str, int], reading: Reading
) -> str | None:
    """A figure in the unit that formulas use, as text; `units` says how many of these each unit is."""
    sizes = {_folded(unit): size for unit, size in units.items()}
    unit = _folded(found.unit)
    size, own = sizes.get(unit or _folded(declared.unit), 1), units.get(declared.unit, 1)
    if unit and unit not in sizes:
        _note_unit(declared, key, value, found, units, reading)
        return None
    if len(found.number.as_tuple().digits) > MAX_DIGITS:
        note_bounds(key, value, f"不多于 {MAX_DIGITS} 位数字", f"of at most {MAX_DIGITS} digits", reading)
        return None
    shown = found.number * size / own
    if not is_within(declared, key, value, shown, reading) or not _has_places(
        declared, key, value, shown, reading
    ):
        return None
    return f"{plain(found.number * size) if size > 1 else found.number:f}"


def plain(figure: Decimal) -> Decimal:
    """A figure without zeros at its end, and without an exponent."""
    bare = figure.normalize()
    return bare.quantize(Decimal(1)) if bare == bare.to_integral_value() else bare


def is_within(declared: Declared, key: str, value: Text, figure: Any, reading: Reading) -> bool:
    """Whether a figure or day keeps to the bounds of its field; notes it where not."""
    make = date.fromisoformat if isinstance(figure, date) else Decimal
    low = make(declared.min) if declared.min else None
    high = make(declared.max) if declared.max else None
    if (low is None or figure >= low) and (high is None or figure <= high):
        return True
    note_bounds(key, value, *_bounds(declared), reading)
    return False


def note_bounds(key: str, value: Text, zh: str, en: str, reading: Reading) -> None:
    """Notes that a value is not what its field takes, in words."""
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


def _has_places(declared: Declared, key: str, value: Text, shown: Decimal, reading: Reading) -> bool:
    """Whether a figure, in the field's unit, is shown with all its digits; notes it where not."""
    exponent = plain(shown).as_tuple().exponent
    if declared.places is None or not isinstance(exponent, int) or -exponent <= declared.places:
        return True
    reading.findings.add("figure-places", value.line, value.column, key=key, value=value.value,
                         figure=_with_unit(declared, plain(shown)), places=declared.places)  # fmt: skip
    return False


def _note_unit(
    declared: Declared, key: str, value: Text, found: Written, units: Mapping[str, int], reading: Reading
) -> None:
    meant = _converted(declared, found, units)
    fix = reading.findings.swapped(value.line, value.column, value.value, meant) if meant else ""
    known = "、".join(unit for unit in units if unit) or "（不写单位）"
    reading.findings.add("number-unit", value.line, value.column, key=key, value=value.value, unit=found.unit,
                         known=known, fix=fix)  # fmt: skip


def _converted(declared: Declared, found: Written, units: Mapping[str, int]) -> str:
    """The same figure in the field's own unit, where it is known how large the written one is; else nothing."""
    if declared.kind == "percent":
        size = _PARTS.get(_folded(found.unit))
    else:
        single = next(_folded(unit) for unit, size in units.items() if size == 1)
        large = {word + unit: Decimal(size) for word, size in _LARGE.items() for unit in ("", single)}
        size = large.get(_folded(found.unit))
    if size is None:
        return ""
    figure = plain(found.number * size / units.get(declared.unit, 1))
    is_broken = declared.kind == "integer" and figure != int(figure)
    return "" if is_broken else _with_unit(declared, figure)


def _with_unit(declared: Declared, figure: Decimal) -> str:
    return f"{figure:f}{declared.unit or ('%' if declared.kind == 'percent' else '')}"


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _plain_sign(sign: str) -> str:
    """A sign in its plain form; one that only looks like a digit stays: it is the mark of a note, or part of a unit."""
    return sign if sign.isnumeric() and not sign.isdecimal() else _folded(sign)
