"""Chart share: the parts of a whole in one bar, and below it each part's name, figure and percentage."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from softsite.plan.chartview import ChartView, Series
from softsite.read.kinds import EMPTY
from softsite.render.charts import marks, words
from softsite.render.charts.marks import BASE, KEY, LINE, NARROW, PERCENT, em, percent

THICK = Decimal("1.5")
GAP = Decimal("0.6")
BETWEEN = Decimal("0.25")  # em between rows
LEAST = Decimal(5)  # em beside the figures, for names to stand there

_TENTH = Decimal("0.1")
_PERCENTS = Decimal("4.2")  # em for `100.0%` and a blank before it


def share(view: ChartView, lines: int) -> tuple[str, Decimal]:
    """A bar and its rows for each series, and where they end; names in at most `lines` lines."""
    made, top = marks.heading(view, lines)
    for each in view.series:
        if len(view.series) > 1:
            name = words.wrapped(each.name, NARROW, lines)
            made, top = made + marks.lines_of(name, top, class_="figure"), top + LINE * len(name)
        parts = _percentages(each)
        stack, top = _stack(view, parts, top)
        rows, top = _rows(view, each, parts, top, lines)
        made, top = made + stack + rows, top + GAP
    return marks.hatches(view, len(view.labels)) + made, top - GAP


def _percentages(series: Series) -> tuple[Decimal | None, ...]:
    """What part of the whole each figure is; a figure that is missing or below zero is none."""
    values = [marks.number(text) for text in series.values]
    whole = marks.total([value for value in values if value and value > 0])
    return tuple(
        None if value is None or value < 0 or not whole else value / whole * PERCENT for value in values
    )


def _stack(view: ChartView, parts: Sequence[Decimal | None], top: Decimal) -> tuple[str, Decimal]:
    """The bar of all parts, with the percentage over those that are wide enough, and where rows begin."""
    over = _over(parts, top)
    top += LINE if over else 0
    place = {"y": em(top), "height": em(THICK)}
    made, left = "", Decimal(0)
    for number, part in enumerate(parts):
        if part:
            where = {"x": percent(left), "width": percent(part)}
            made += marks.element("rect", **where, **place, **marks.filling(view, number))
            left += part
    made = made or marks.element("rect", width="100%", **place, fill="none", stroke="currentColor")
    return marks.element("g", over, class_="figure") * bool(over) + marks.element(
        "g", made, class_="stack"
    ), top + THICK + GAP


def _over(parts: Sequence[Decimal | None], top: Decimal) -> str:
    """The percentages over a bar."""
    made, left = "", Decimal(0)
    for part in parts:
        if part and words.width(_said(part)) < part * NARROW / PERCENT:
            made += marks.words(_said(part), x=percent(left), y=em(top + BASE))
        left += part or 0
    return made


def _rows(
    view: ChartView, series: Series, parts: Sequence[Decimal | None], top: Decimal, lines: int
) -> tuple[str, Decimal]:
    """Name, figure and percentage of every part; figures below the names where these have too little room beside them."""
    figure = max((words.width(marks.shown(text)) for text in series.values), default=KEY)
    beside = NARROW - KEY - _PERCENTS - figure - marks.GAP
    below = beside < LEAST
    made = ""
    for number, (label, text, part) in enumerate(zip(view.labels, series.values, parts, strict=False)):
        name = words.wrapped(label, NARROW - KEY if below else beside, lines)
        made += marks.key(view, number, Decimal(0), top) + marks.lines_of(name, top, x=em(KEY))
        top += LINE * (len(name) - 1 + below)
        made += _figures(text, part, top)
        top += LINE + BETWEEN
    return made, top


def _figures(text: str, part: Decimal | None, top: Decimal) -> str:
    """A figure and its percentage, at the right edge."""
    foot = em(top + BASE)
    return marks.element(
        "g",
        marks.words(marks.shown(text), x="100%", dx=em(-_PERCENTS), y=foot, class_="figure")
        + marks.words(_said(part), x="100%", y=foot),
        text_anchor="end",
    )


def _said(part: Decimal | None) -> str:
    """A percentage with one decimal."""
    if part is None:
        return EMPTY
    rounded = part.quantize(_TENTH, ROUND_HALF_UP)
    return f"<{_TENTH}%" if part and not rounded else f"{rounded}%"
