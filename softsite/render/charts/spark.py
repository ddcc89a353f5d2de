"""Chart spark: a line of a few figures as small as a word, without words."""

from decimal import Decimal

from softsite.plan.chartview import ChartView
from softsite.render.charts import marks

WIDTH, HEIGHT = Decimal(120), Decimal(32)
EDGE = Decimal(5)


def spark(view: ChartView) -> str:
    """The first series from its lowest figure to its highest, with a dot at the last."""
    values = [marks.number(text) for text in view.series[0].values] if view.series else []
    points = _points([(n, value) for n, value in enumerate(values) if value is not None], len(values) - 1)
    drawn = "".join(_dot(x, y) for x, y in points[-1:])
    if len(points) > 1:
        pairs = " ".join(f"{marks.plain(x, 1)},{marks.plain(y, 1)}" for x, y in points)
        line = {
            "points": pairs,
            "fill": "none",
            "stroke": "currentColor",
            "vector_effect": "non-scaling-stroke",
        }
        drawn = marks.element("polyline", **line, class_="line") + drawn
    size = {"width": f"{WIDTH}", "height": f"{HEIGHT}", "viewBox": f"0 0 {WIDTH} {HEIGHT}"}
    return marks.framed(view, marks.element("g", drawn, class_=marks.style(0)), **size)


def _points(figures: list[tuple[int, Decimal]], last: int) -> list[tuple[Decimal, Decimal]]:
    """Where figures stand in the picture; in its middle where all are alike."""
    low = min((value for _, value in figures), default=Decimal(0))
    span = max((value for _, value in figures), default=Decimal(0)) - low
    return [
        (
            EDGE + (WIDTH - 2 * EDGE) * (Decimal(n) / last if last else Decimal(1)),
            HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * ((value - low) / span if span else Decimal("0.5")),
        )
        for n, value in figures
    ]


def _dot(x: Decimal, y: Decimal) -> str:
    return marks.element("circle", cx=marks.plain(x, 1), cy=marks.plain(y, 1), r="3")
