"""Chart lines: figures over time on a scale, with the last, the highest and the first of them written at their points."""

from decimal import Decimal

from softsite.plan.chartview import ChartView
from softsite.render.charts import marks, words
from softsite.render.charts.axis import Name, names
from softsite.render.charts.figures import HEAD, Figures
from softsite.render.charts.marks import BASE, KEY, LINE, MIDDLE, em, percent
from softsite.render.charts.plot import DASHES, HEIGHT, SIGNS, Plot, Point, present, runs, sign

FOOT = Decimal("0.4")  # em below the plot, before the names
WIDER = Decimal(7)  # em beyond the narrowest place that a chart has where `.wide` is shown
MARKED = 40  # points, of all lines together, that have a sign each
PIECE = KEY - Decimal("0.3")  # em of a line before its name


def line(view: ChartView, lines: int) -> tuple[str, Decimal]:
    """A line for each series, and where the drawing ends; names in at most `lines` lines."""
    plot = Plot(view)
    start = f"纵轴从 {next(plot.scale.ticks())[1]} 起" if plot.scale.low > 0 else ""
    heading, top = marks.heading(view, lines, start)
    if len(view.series) > 1:
        legend, top = marks.legend(view, top, lines, _key)
        heading += legend
    foot, depth = _foot(plot)
    figures = Figures(plot)
    written = figures.drawn()
    inside = _grid(plot) + _curves(plot) + _points(plot, figures.told) + written + foot
    place = {"x": em(plot.gutter), "y": em(top + HEAD), "height": em(HEIGHT)}
    drawn = marks.element("svg", inside, **place, **plot.attributes)
    return _signs(view) + heading + drawn, top + HEAD + HEIGHT + depth


def _signs(view: ChartView) -> str:
    """The signs of the lines, defined."""
    shapes = (marks.element("path", d=SIGNS[n], id=sign(view, n)[1:]) for n in range(len(view.series)))
    return marks.element("defs", "".join(shapes))


def _stroke(number: int) -> dict[str, str]:
    """How a line is drawn."""
    dashes = DASHES[number]
    return {"class_": f"line {marks.style(number)}", "stroke": "currentColor", "stroke_dasharray": dashes}


def _key(view: ChartView, number: int, left: Decimal, top: Decimal) -> str:
    """A piece of a line with its sign."""
    middle = em(top + BASE - MIDDLE)
    piece = marks.element("line", x1=em(left), x2=em(left + PIECE), y1=middle, y2=middle)
    mark = marks.element("use", href=sign(view, number), x=em(left + PIECE / 2), y=middle, stroke="none")
    return marks.element("g", piece + mark, **_stroke(number))


# Scale and names


def _grid(plot: Plot) -> str:
    """The lines of the scale, and what is written at them."""
    axis, ticks = plot.scale.axis(), tuple(plot.scale.ticks())
    lines = "".join(_level(down) for down, _ in ticks if down != axis)
    said = "".join(
        marks.words(text, x=em(-marks.GAP), y=percent(down), dy=em(MIDDLE)) for down, text in ticks
    )
    return (
        marks.element("g", lines, class_="grid", stroke="currentColor")
        + marks.element("g", _level(axis), class_="axis", stroke="currentColor")
        + marks.element("g", said if plot.ticked else "", class_="soft", text_anchor="end")
    )


def _level(down: Decimal) -> str:
    """A line across the plot."""
    return marks.element("line", x2="100%", y1=percent(down), y2=percent(down))


def _foot(plot: Plot) -> tuple[str, Decimal]:
    """The names below the plot, more of them where a chart is wide, and how far they reach."""
    ends, labels = min(plot.gutter, plot.beside), plot.view.labels
    few, more = names(labels, plot.wide, ends), names(labels, plot.wide + WIDER, ends)
    depth = FOOT + LINE * max(len(each.lines) for each in (*few, *more))
    if few == more:
        return _row(plot, few, class_="soft"), depth
    return _row(plot, few, class_="soft narrow") + _row(plot, more, class_="soft wide", display="none"), depth


def _row(plot: Plot, chosen: tuple[Name, ...], **attributes: str) -> str:
    said = "".join(_name(plot, name) for name in chosen)
    return marks.element("g", said, text_anchor="middle", **attributes)


def _name(plot: Plot, name: Name) -> str:
    """A name below its point, the first and the last as far inside as they have to be."""
    x, moved = percent(plot.across(name.at)), _moved(plot, name)
    return "".join(
        marks.words(text, x=x, dx=em(moved) if moved else "", y="100%", dy=em(FOOT + BASE + LINE * n))
        for n, text in enumerate(name.lines)
    )


def _moved(plot: Plot, name: Name) -> Decimal:
    """How far to the right of its point a name stands, in em."""
    half, last = max(map(words.width, name.lines)) / 2, len(plot.view.labels) - 1
    if name.at == 0 < last:
        return max(half - plot.gutter, Decimal(0))
    return min(plot.beside - half, Decimal(0)) if name.at == last > 0 else Decimal(0)


# Lines


def _curves(plot: Plot) -> str:
    """The lines, stretched to whatever width the plot has."""
    lines = "".join(_curve(plot, number) for number in range(len(plot.rows)))
    box = {"viewBox": "0 0 100 100", "preserveAspectRatio": "none"}
    return marks.element("svg", lines, **box, overflow="visible", fill="none")


def _curve(plot: Plot, number: int) -> str:
    """A line, broken where figures are missing."""
    pieces = (
        " ".join(_pair(plot.point(number, index)) for index in run)
        for run in runs(plot.rows[number])
        if len(run) > 1
    )
    lines = (marks.element("polyline", points=each, vector_effect="non-scaling-stroke") for each in pieces)
    return marks.element("g", "".join(lines), **_stroke(number))


def _pair(point: Point) -> str:
    return ",".join(marks.plain(each, 1) for each in point)


def _points(plot: Plot, told: set[tuple[int, int]]) -> str:
    """Signs at all points, or where these are many, at the ends, at those `told` and those that stand alone."""
    every = sum(len(present(row)) for row in plot.rows) <= MARKED
    made = ""
    for number, row in enumerate(plot.rows):
        shown, alone = present(row), (run[0] for run in runs(row) if len(run) == 1)
        some = {*shown[:1], *shown[-1:], *alone, *(index for which, index in told if which == number)}
        points = (plot.point(number, index) for index in (shown if every else sorted(some)))
        used = (
            marks.element("use", href=sign(plot.view, number), x=percent(x), y=percent(y)) for x, y in points
        )
        made += marks.element("g", "".join(used), class_=marks.style(number))
    return made
