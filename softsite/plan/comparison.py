"""Comparison: how the figures of a bulletin differ from those of the period before.

Differences are made of exact figures and rounded once, when they are shown. In percent
they are told only where the figure before was more than 0.
"""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from softsite.model.shown import Shown
from softsite.plan import views
from softsite.read.declared import Declared
from softsite.read.kinds import EMPTY, change, digits, in_unit, is_numeric, shown, unit

Number = int | Decimal
PLACES = Decimal("0.1")  # of a change in percent


def told(declared: Declared, found: Shown) -> tuple[str, str]:
    """How a figure compares with the one before, in words, and its direction."""
    before = found.previous
    if before is None or before.values.get(declared.name) is None:
        return "", ""
    now, then = found.values[declared.name], before.values[declared.name]
    step = _step(declared, now, then)
    if not step:
        return f"与{before.name}持平", "same"
    return f"比{before.name}{_difference(declared, step, _growth(now, then))}", "up" if step > 0 else "down"


def _difference(declared: Declared, step: Decimal, growth: Decimal | None) -> str:
    """增加3人，增长13.6%; of a percentage only the points."""
    size = digits(abs(step), ",")
    if declared.kind == "percent":
        return f"{'上升' if step > 0 else '下降'}{size}个百分点"
    said = f"{'增加' if step > 0 else '减少'}{size}{unit(declared)}"
    return f"{said}，{'增长' if growth > 0 else '下降'}{digits(abs(growth), ',')}%" if growth else said


def table(found: Shown) -> views.Table | None:
    """The figures that the list of the type shows, and the key figures, beside those of the period before."""
    before = found.previous
    if before is None:
        return None
    rows = tuple(
        tuple(map(views.TableCell, _row(each, found.values[each.name], before.values[each.name])))
        for each in _compared(found)
        if found.values.get(each.name) is not None and before.values.get(each.name) is not None
    )
    heads = (
        views.TableHead("项目", "", False), views.TableHead(found.name, "", True),
        views.TableHead(before.name, "", True), views.TableHead("增减", "", True), views.TableHead("增幅", "%", True),
    )  # fmt: skip
    return views.Table("s-compared", "与上期比较", heads, rows) if rows else None


def _compared(found: Shown) -> Iterator[Declared]:
    for each in found.type.fields:
        if (each.key or each.name in found.type.list) and is_numeric(each):
            yield each


def _row(declared: Declared, now: Any, before: Any) -> tuple[str, ...]:
    """A figure, the one before, and how they differ; a percentage by points alone."""
    growth = None if declared.kind == "percent" else _growth(now, before)
    return (
        f"{declared.label}（{unit(declared)}）" if unit(declared) else declared.label,
        shown(declared, now),
        shown(declared, before),
        _signed(_step(declared, now, before)),
        EMPTY if growth is None else _signed(growth),
    )


def _step(declared: Declared, now: Number, before: Number) -> Decimal:
    """By how much a figure differs from the one before, as it is shown."""
    return Decimal(in_unit(declared, Decimal(now) - Decimal(before)))


def _growth(now: Number, before: Number) -> Decimal | None:
    """By how many percent, as it is shown."""
    exact = change(now, before)
    return None if exact is None else exact.quantize(PLACES, ROUND_HALF_UP)


def _signed(figure: Decimal) -> str:
    """+5, −5 or 0."""
    return f"{'+' if figure > 0 else '−'}{digits(abs(figure), ',')}" if figure else "0"
