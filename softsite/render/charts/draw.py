"""Charts: a view becomes an SVG for the page itself, without script or style, and never larger than its limit."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from softsite.plan.chartview import ChartView, Series
from softsite.records import replaced
from softsite.render.charts import marks, words
from softsite.render.charts.bars import bars
from softsite.render.charts.lines import line
from softsite.render.charts.marks import em
from softsite.render.charts.share import share
from softsite.render.charts.spark import spark

LIMIT = 15_000  # bytes
MOST_SERIES = 6
MOST_PARTS = 8  # of a whole: as many fillings as there are
MOST_POINTS = 120  # on a line
TITLE, DESCRIPTION, UNIT = 100, 600, 40  # characters
NONE = "暂无数据"
TOO_LARGE = "数据过多，图中无法显示，请看数据表。"


class Measure(NamedTuple):
    """How much is drawn: bars, and the lines of words that a label may have."""

    bars: int
    lines: int


# From all that is wanted to what always fits, unless single figures are longer than any figure is.
MEASURES = (Measure(40, 4), Measure(40, 2), Measure(40, 1), Measure(20, 1), Measure(8, 1))

Drawing = Callable[[ChartView, int], tuple[str, Decimal]]
DRAWINGS: Mapping[str, Drawing] = {"bars": bars, "line": line, "share": share}


def svg(view: ChartView) -> str:
    """The chart as one `<svg>` element of less than `LIMIT` bytes; what it leaves out, its description says."""
    view = _bounded(view)
    if view.kind == "spark":
        return spark(_thinned(view))
    if not any(text for each in view.series for text in each.values):
        return _framed(view, *_message(NONE))
    for measure in MEASURES:
        condensed = _condensed(view, measure.bars)
        made = _framed(condensed, *DRAWINGS[view.kind](condensed, measure.lines))
        if len(made.encode()) < LIMIT:
            return made
    return _framed(view, *_message(TOO_LARGE))


def _bounded(view: ChartView) -> ChartView:
    """A view whose words have a length that people would write."""
    return replaced(
        view,
        title=words.cut(view.title, TITLE),
        description=words.cut(view.description, DESCRIPTION),
        unit=words.cut(view.unit, UNIT),
    )


def _framed(view: ChartView, inside: str, height: Decimal) -> str:
    return marks.framed(view, inside, width="100%", height=em(height + marks.EDGE))


def _message(text: str) -> tuple[str, Decimal]:
    """Words where a chart would be."""
    said = words.wrapped(text, marks.NARROW, 2)
    return marks.lines_of(said, Decimal(0), class_="soft"), marks.LINE * len(said)


# What is left out


def _condensed(view: ChartView, most: int) -> ChartView:
    """What can be drawn of a view; what is left out stands in the description."""
    view = _with_fewer_series(view)
    if view.kind == "line":
        return _thinned(view)
    groups = MOST_PARTS if view.kind == "share" else max(most // len(view.series), 2)
    return _with_rest(view, min(groups, most))


def _with_fewer_series(view: ChartView) -> ChartView:
    if len(view.series) <= MOST_SERIES:
        return view
    note = f"图中只有前 {MOST_SERIES} 项指标，共 {len(view.series)} 项。"
    return replaced(_noted(view, note), series=view.series[:MOST_SERIES])


def _with_rest(view: ChartView, most: int) -> ChartView:
    """The largest labels in their order, and one for the sum of the others."""
    if len(view.labels) <= most:
        return view
    ranked = sorted(range(len(view.labels)), key=lambda n: _size(view.series, n), reverse=True)
    kept, rest = sorted(ranked[: most - 1]), sorted(ranked[most - 1 :])
    name = f"其余 {len(rest)} 项"
    series = tuple(
        Series(each.name, (*(each.values[n] for n in kept), _sum(each.values[n] for n in rest)))
        for each in view.series
    )
    note = f"图中列出最大的 {len(kept)} 项，其余 {len(rest)} 项合为一项。"
    return replaced(_noted(view, note), labels=(*(view.labels[n] for n in kept), name), series=series)


def _size(series: Sequence[Series], index: int) -> Decimal:
    """How large a label's figures are; one without any is the smallest."""
    values = [value for each in series if (value := marks.number(each.values[index])) is not None]
    return marks.total([abs(value) for value in values]) if values else Decimal(-1)


def _sum(texts: Iterator[str]) -> str:
    values = [value for text in texts if (value := marks.number(text)) is not None]
    return f"{marks.total(values):f}" if values else ""


def _thinned(view: ChartView) -> ChartView:
    """A view of at most `MOST_POINTS` labels, evenly chosen, with the first and the last."""
    last = len(view.labels) - 1
    if last < MOST_POINTS:
        return view
    chosen = [n * last // (MOST_POINTS - 1) for n in range(MOST_POINTS)]
    note = f"图中画出 {len(view.labels)} 个数据点中的 {MOST_POINTS} 个。"
    series = tuple(Series(each.name, tuple(each.values[n] for n in chosen)) for each in view.series)
    return replaced(_noted(view, note), labels=tuple(view.labels[n] for n in chosen), series=series)


def _noted(view: ChartView, note: str) -> ChartView:
    """A view whose description says `note` too."""
    return replaced(view, description=view.description + note)
