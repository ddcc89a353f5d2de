"""Results: whether what a formula gives is what its field is declared to hold, and what to call it if not."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from softsite.model.formulas import Values
from softsite.read.declared import Declared
from softsite.read.kinds import KINDS
from softsite.records import replaced
from softsite.text.period import Moment, Period

MOST = Decimal(10) ** 21  # so that six places of a figure keep within Decimal's 28 digits


class Named(NamedTuple):
    """What something is called in both languages."""

    zh: str
    en: str


def fits(declared: Declared, value: Any) -> bool:
    """Whether a value is of the kind that a field is declared with."""
    if declared.kind == "list":
        return isinstance(value, list) and all(fits(_item(declared), each) for each in value)
    return _FITS[declared.kind](value)


def wanted(declared: Declared) -> Named:
    """What a field takes."""
    if declared.kind == "list":
        item = wanted(_item(declared))
        return Named(f"列表，每项是{item.zh}", f"list, each item {item.en}")
    return Named(KINDS[declared.kind].zh, declared.kind)


def given(value: Any) -> Named:
    """What a value is: itself where it is short and plain."""
    if isinstance(value, str | int | Decimal) and not isinstance(value, bool):
        return Named(f"“{value}”", f"“{value}”")
    return next((named for kind, named in _NAMES.items() if isinstance(value, kind)), _OTHER)


def _item(declared: Declared) -> Declared:
    return replaced(declared, kind=declared.items)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value != ""


def _is_figure(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool) and abs(Decimal(value)) < MOST


def _is_whole(value: Any) -> bool:
    return _is_figure(value) and int(value) == value


def _is_period(kind: str) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, Period) and value.kind == kind


_FITS: Mapping[str, Callable[[Any], bool]] = {
    "text": _is_text,
    "person": _is_text,
    "organisation": _is_text,
    "integer": _is_whole,
    "decimal": _is_figure,
    "percent": _is_figure,
    "money": _is_figure,
    "date": lambda value: isinstance(value, date),
    "month": _is_period("month"),
    "quarter": _is_period("quarter"),
    "year": _is_period("year"),
    "instant": lambda value: isinstance(value, Moment),
    "yes_no": lambda value: isinstance(value, bool),
}
_NAMES: Mapping[type, Named] = {
    type(None): Named("空的", "nothing"),
    bool: Named("“是”或“否”", "yes or no"),
    date: Named("日期", "a date"),
    Period: Named("期间", "a period"),
    Moment: Named("日期和时间", "an instant"),
    list: Named("一列内容", "a list"),
    Values: Named("表的一行或者一期数据", "a row or a bulletin"),
}
_OTHER = Named("别的内容", "something else")
