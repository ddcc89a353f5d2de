"""Charts: what is to be drawn of a bulletin and of all periods of a type."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from softsite.model.shown import Shown
from softsite.plan.chartview import ChartView, Series, described
from softsite.read.declared import Chart, Declared
from softsite.read.kinds import digits, in_unit, shown, unit
from softsite.records import digest

MOST_POINTS = 120  # of a trend that shows every period


def chart_of(found: Shown, chart: Chart, number: int) -> ChartView | None:
    """A chart of a table's columns, or of how many rows have each label; None where there is nothing to draw."""
    table = found.type.field(chart.table)
    rows = found.rows.get(chart.table, ())
    if table is None or not rows:
        return None
    columns = {each.name: each for each in table.fields}
    title = chart.title
    if chart.most and len(rows) > chart.most:
        title = f"{chart.title}（最多的 {chart.most} 个）"
        rows = sorted(rows, key=lambda row: row.get(chart.values[0]) or 0, reverse=True)[: chart.most]
    names = [shown(columns[chart.label], row.get(chart.label)) for row in rows]
    if chart.values:
        labels, measure = tuple(names), unit(columns[chart.values[0]])
        series = tuple(
            Series(columns[name].label, tuple(_number(columns[name], row.get(name)) for row in rows))
            for name in chart.values
        )
    else:
        counted = Counter(names)
        labels, measure = tuple(counted), ""
        series = (Series(table.label, tuple(map(str, counted.values()))),)
    if chart.kind == "share" and any(value.startswith("-") for value in series[0].values):
        return None  # what is less than nothing is no part of a whole
    name = digest(found.path.encode()).hex()[:8]
    said = f"{found.title}，{title}：{described(chart.kind, labels, measure, series)}"
    return ChartView(chart.kind, title, said, measure, labels, series, f"{name}-{number}")


def trend(series: Sequence[Shown], field: Declared, kind: str, name: str) -> ChartView | None:
    """A figure over all periods; None before there are two."""
    points = [each for each in reversed(series) if each.values.get(field.name) is not None]
    if len(points) < 2:
        return None
    held = {_label(each): _number(field, each.values[field.name]) for each in points}
    labels = tuple(_labels(points))
    values = tuple(held.get(label, "") for label in labels)
    drawn = (Series(field.label, values),)
    said = f"{field.label}：{described('line', labels, unit(field), drawn)}"
    return ChartView(kind, field.label, said, unit(field), labels, drawn, name)


def _label(found: Shown) -> str:
    return str(found.period) if found.period else found.day


def _labels(points: Sequence[Shown]) -> Iterator[str]:
    """The periods from the first to the last, also those without a bulletin: a gap in time is a gap in the line."""
    first, last = points[0].period, points[-1].period
    if first is None or last is None or (last.year - first.year) * 12 > MOST_POINTS:
        yield from map(_label, points)
        return
    while first <= last:
        yield str(first)
        first = first.next


def _number(declared: Declared, value: Any) -> str:
    return "" if value is None else digits(in_unit(declared, value))
