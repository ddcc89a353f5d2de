"""Chart bars: a bar for each figure, below its label, with the figure at its end."""

from decimal import Decimal

from softsite.plan.chartview import ChartView, Series
from softsite.render.charts import marks, words
from softsite.render.charts.marks import LINE, NARROW, PERCENT, em, percent

PITCH = Decimal("1.25")  # em from one bar to the next of its group
THICK = Decimal("0.75")
GAP = Decimal("0.6")  # em between groups
MOST_ROOM = Decimal(9)  # em: figures that need more stand on lines of their own


def bars(view: ChartView, lines: int) -> tuple[str, Decimal]:
    """A group of bars for each label, with the figure at the end of each bar; labels in at most `lines` lines."""
    room = max(
        (words.width(marks.shown(text)) for each in view.series for text in each.values), default=THICK
    )
    drawing = _Bars(view, lines, beside=room + marks.GAP if room <= MOST_ROOM else Decimal(0))
    return drawing.drawn(), drawing.bottom


class _Bars:
    """One drawing of bars; `bottom` is where it ends."""

    def __init__(self, view: ChartView, lines: int, beside: Decimal) -> None:
        self.view = view
        self.lines = lines
        self.beside = beside
        values = [
            value for each in view.series for text in each.values if (value := marks.number(text)) is not None
        ]
        self.low = min([Decimal(0), *values])
        self.span = max([Decimal(0), *values]) - self.low or Decimal(1)
        self.tops: list[Decimal] = []
        self.bottom = Decimal(0)

    def drawn(self) -> str:
        """All of it."""
        heading = self._heading()
        labels = "".join(self._label(label) for label in self.view.labels)
        _, plot = marks.reserve(self.beside)
        groups = "".join(self._series(number, each) for number, each in enumerate(self.view.series))
        return (
            marks.hatches(self.view, len(self.view.series))
            + heading
            + labels
            + marks.element("svg", self._zeros() + groups, **plot)
        )

    def _heading(self) -> str:
        """The unit, and the names of several series."""
        made, self.bottom = marks.heading(self.view, self.lines)
        if len(self.view.series) > 1:
            names, self.bottom = marks.legend(self.view, self.bottom, self.lines, marks.key)
            made, self.bottom = made + names, self.bottom + marks.GAP
        return made

    def _label(self, label: str) -> str:
        """A label, and room for its bars below it."""
        said = words.wrapped(label, NARROW, self.lines)
        made = marks.lines_of(said, self.bottom)
        self.tops.append(self.bottom + LINE * len(said) + Decimal("0.15"))
        self.bottom = self.tops[-1] + self.pitch * len(self.view.series) + GAP
        return made

    @property
    def pitch(self) -> Decimal:
        """From one bar of a group to the next."""
        return PITCH if self.beside else PITCH + LINE

    def _zeros(self) -> str:
        """Where bars begin, when they go both ways."""
        if not self.low:
            return ""
        zero, height = percent(self._across(Decimal(0))), self.pitch * len(self.view.series)
        lines = (
            marks.element("line", x1=zero, x2=zero, y1=em(top), y2=em(top + height - PITCH + THICK))
            for top in self.tops
        )
        return marks.element("g", "".join(lines), class_="axis", stroke="currentColor")

    def _series(self, number: int, series: Series) -> str:
        """The bars of one series, and their figures."""
        tops = [top + self.pitch * number for top in self.tops]
        drawn = "".join(self._bar(text, top) for text, top in zip(series.values, tops, strict=False))
        figures = "".join(self._figure(text, top) for text, top in zip(series.values, tops, strict=False))
        return marks.element("g", drawn, **marks.filling(self.view, number)) + marks.element(
            "g", figures, class_="figure"
        )

    def _bar(self, text: str, top: Decimal) -> str:
        value = marks.number(text)
        if not value:
            return ""
        start, end = sorted((self._across(Decimal(0)), self._across(value)))
        return marks.element(
            "rect", x=percent(start) if start else "", y=em(top), width=percent(end - start), height=em(THICK)
        )

    def _figure(self, text: str, top: Decimal) -> str:
        """The figure at the end of its bar; of a bar to the left, and of none, right of where bars begin."""
        if not self.beside:
            return marks.words(marks.shown(text), y=em(top + THICK + LINE - Decimal("0.3")))
        end = self._across(max(marks.number(text) or Decimal(0), Decimal(0)))
        return marks.words(
            marks.shown(text), x=percent(end), dx=em(marks.GAP), y=em(top + THICK - Decimal("0.02"))
        )

    def _across(self, value: Decimal) -> Decimal:
        return (value - self.low) / self.span * PERCENT
