"""Chart plot: where the figures of a line chart stand, in percent of the plot and in em of the narrowest place."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from softsite.plan.chartview import ChartView
from softsite.render.charts import marks, words
from softsite.render.charts.axis import scale
from softsite.render.charts.marks import NARROW, PERCENT

HEIGHT = Decimal(10)  # em: how high a plot is; the style sheet says it too (`.plot`)
BESIDE = Decimal("0.7")  # em from a point to a figure beside it
SIGN = Decimal("1.1")  # em for the sign of a line before its figure
MOST = Decimal(9)  # em beside a plot; figures that need more stand over their points, or not at its side

Point = tuple[Decimal, Decimal]
Row = Sequence[Decimal | None]

# A sign for each line, and how its stroke is broken: both tell it apart without colour.
SIGNS = (
    "M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z", "M-3.2-3.2h6.4v6.4h-6.4z", "M0-4.4l4.4 7.6h-8.8z",
    "M0-4.6l4.6 4.6-4.6 4.6-4.6-4.6z", "M0 4.4l4.4-7.6h-8.8z",
    "M-1.4-4h2.8v2.6h2.6v2.8h-2.6v2.6h-2.8v-2.6h-2.6v-2.8h2.6z",
)  # fmt: skip
DASHES = ("", "7 4", "2 3", "10 3 2 3", "4 2", "12 5")


class Plot:
    """The measures of a plot: its scale, and how much of the chart is left for it.

    `gutter` em are free at its left for the scale, `beside` em at its right; it is
    `wide` em wide in the narrowest place. `ticked`: there is room for the scale;
    `ended`: there is room for the last figures at the right.
    """

    def __init__(self, view: ChartView) -> None:
        self.view = view
        self.rows: list[Row] = [[marks.number(text) for text in each.values] for each in view.series]
        self.scale = scale([value for row in self.rows for value in row if value is not None])
        written = max(words.width(text) for _, text in self.scale.ticks())
        self.ticked = written <= MOST
        self.gutter = (written if self.ticked else 0) + marks.GAP
        lasts = (words.width(self.text(n, last(row))) for n, row in enumerate(self.rows) if present(row))
        ending = max(lasts) + BESIDE + SIGN * (len(self.rows) > 1)
        self.ended = self.gutter + ending <= MOST
        self.wide, self.attributes = marks.reserve(self.gutter + (ending if self.ended else BESIDE), "plot")
        self.beside = NARROW - self.gutter - self.wide

    def across(self, index: int) -> Decimal:
        """Where a label stands, in percent."""
        end = len(self.view.labels) - 1
        return index * PERCENT / end if end else PERCENT / 2

    def point(self, number: int, index: int) -> Point:
        """Where a figure's point stands, in percent across and down."""
        value = self.rows[number][index]
        assert value is not None
        return self.across(index), self.scale.down(value)

    def spot(self, number: int, index: int) -> Point:
        """The same in em, in the narrowest place."""
        across, down = self.point(number, index)
        return across * self.wide / PERCENT, down * HEIGHT / PERCENT

    def text(self, number: int, index: int) -> str:
        """A figure as it is read."""
        return marks.shown(self.view.series[number].values[index])

    def strokes(self) -> Iterator[tuple[Point, Point]]:
        """All pieces of all lines, in em."""
        for number, row in enumerate(self.rows):
            for run in runs(row):
                yield from pairwise([self.spot(number, index) for index in run])


def sign(view: ChartView, number: int) -> str:
    """The address of a line's sign in its chart."""
    return f"#s-{marks.safe(view.id)}-p{number + 1}"


def present(row: Row) -> list[int]:
    """Where a line has figures."""
    return [index for index, value in enumerate(row) if value is not None]


def first(row: Row) -> int:
    """Where the first figure of a line stands."""
    return present(row)[0]


def last(row: Row) -> int:
    """Where the last figure of a line stands."""
    return present(row)[-1]


def highest(row: Row) -> int:
    """Where the highest figure of a line stands, the latest of equal ones."""
    return max((value, index) for index, value in enumerate(row) if value is not None)[1]


def runs(row: Row) -> Iterator[list[int]]:
    """Figures that follow each other without a gap."""
    run: list[int] = []
    for index in (*present(row), -1):
        if run and index != run[-1] + 1:
            yield run
            run = []
        run.append(index)
