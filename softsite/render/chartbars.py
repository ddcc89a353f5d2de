"""Chart bars: figures side by side, as bars below their labels, or parts of a whole in one bar."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from softsite.plan.chartview import ChartView, Series
from softsite.read.kinds import EMPTY
from softsite.render import chartmarks as marks
from softsite.render.chartmarks import KEY, LINE, NARROW, PERCENT, em, percent

PITCH = Decimal("1.25")  # em from one bar to the next of its group
THICK = Decimal("0.75")
GAP = Decimal("0.6")  # em between groups
STACK = Decimal("1.5")  # em: how thick a bar of parts is
WORD_GAP = Decimal("0.4")
MOST_ROOM = Decimal(9)  # em: figures that need more stand on lines of their own

_TENTH = Decimal("0.1")
_PERCENT_ROOM = Decimal("4.4")  # em for `100.0%` and a blank before it


def bars(view: ChartView, lines: int) -> tuple[str, Decimal]:
    """A group of bars for each label, with the figure at the end of each bar; labels in at most `lines` lines."""
    room = max((marks.width(marks.shown(text)) for each in view.series for text in each.values), default=KEY)
    drawing = _Bars(view, lines, beside=room + WORD_GAP if room <= MOST_ROOM else Decimal(0))
    return drawing.drawn(), drawing.bottom


class _Bars:
    """One drawing of bars; `bottom` is where it ends."""

    def __init__(self, view: ChartView, lines: int, beside: Decimal) -> None:
        self.view = view
        self.lines = lines
        self.beside = beside
        values = [value for each in view.series for text in each.values if (value := marks.number(text)) is not None]
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
        return heading + labels + marks.element("svg", self._zeros() + groups, **plot)

    def _heading(self) -> str:
        unit = marks.wrapped(marks.unit_line(self.view), NARROW, self.lines) if self.view.unit else ()
        made = marks.lines_of(unit, self.bottom, class_="soft")
        self.bottom += LINE * len(unit)
        if len(self.view.series) > 1:
            names, self.bottom = legend(self.view, self.bottom, self.lines)
            made += names
        self.bottom += GAP if made else 0
        return made

    def _label(self, label: str) -> str:
        """A label, and room for its bars below it."""
        said = marks.wrapped(label, NARROW, self.lines)
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
        lines = (marks.element("line", x1=zero, x2=zero, y1=em(top), y2=em(top + height - PITCH + THICK)) for top in self.tops)
        return marks.element("g", "".join(lines), class_="axis", stroke="currentColor")

    def _series(self, number: int, series: Series) -> str:
        """The bars of one series, and their figures."""
        tops = [top + self.pitch * number for top in self.tops]
        drawn = "".join(self._bar(text, top) for text, top in zip(series.values, tops, strict=False))
        figures = "".join(self._figure(text, top) for text, top in zip(series.values, tops, strict=False))
        return marks.element("g", drawn, **marks.filling(self.view, number)) + marks.element("g", figures, class_="figure")

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
        return marks.words(marks.shown(text), x=percent(end), dx=em(WORD_GAP), y=em(top + THICK - Decimal("0.02")))

    def _across(self, value: Decimal) -> Decimal:
        return (value - self.low) / self.span * PERCENT


def legend(view: ChartView, top: Decimal, lines: int) -> tuple[str, Decimal]:
    """The names of all series beside their fillings, and where they end."""
    made, left = "", Decimal(0)
    for number, each in enumerate(view.series):
        name = marks.wrapped(each.name, NARROW - KEY, lines)
        room = KEY + max(map(marks.width, name)) + 1
        if left and left + room - 1 > NARROW:
            left, top = Decimal(0), top + LINE
        made += key(view, number, left, top) + marks.lines_of(name, top, x=em(left + KEY))
        left += room
        if len(name) > 1:
            left, top = NARROW, top + LINE * (len(name) - 1)
    return made, top + LINE


def key(view: ChartView, number: int, left: Decimal, top: Decimal) -> str:
    """A small field of a series' filling."""
    return marks.element(
        "rect", x=em(left), y=em(top + Decimal("0.3")), width="0.85em", height="0.85em", **marks.filling(view, number)
    )


# Parts of a whole


def share(view: ChartView, lines: int) -> tuple[str, Decimal]:
    """For each series one bar of its parts, and below it every part's name, figure and percentage."""
    unit = marks.wrapped(marks.unit_line(view), NARROW, lines) if view.unit else ()
    made, top = marks.lines_of(unit, Decimal(0), class_="soft"), LINE * len(unit)
    for each in view.series:
        if len(view.series) > 1:
            name = marks.wrapped(each.name, NARROW, lines)
            made, top = made + marks.lines_of(name, top, class_="figure"), top + LINE * len(name)
        stack, top = _stack(view, each, top)
        rows, top = _parts(view, each, top, lines)
        made, top = made + stack + rows, top + GAP
    return made, top


def _stack(view: ChartView, series: Series, top: Decimal) -> tuple[str, Decimal]:
    """The bar of all parts, with the percentage over those that are wide enough."""
    parts = tuple(_shares(series))
    made, over, left = "", "", Decimal(0)
    for number, part in enumerate(parts):
        if part:
            made += marks.element(
                "rect", x=percent(left), y=em(top + LINE), width=percent(part), height=em(STACK), **marks.filling(view, number)
            )
            said = _percentage(part)
            if marks.width(said) < part * NARROW / PERCENT:
                over += marks.words(said, x=percent(left), y=em(top + BASE_OVER))
            left += part
    frame = "" if left else marks.element("rect", y=em(top + LINE), width="100%", height=em(STACK), class_="none", fill="none", stroke="currentColor")
    return made + frame + marks.element("g", over, class_="figure"), top + LINE + STACK + GAP


def _shares(series: Series) -> Iterator[Decimal]:
    """What part of the whole each figure is, in percent; nothing below zero is a part."""
    values = [max(marks.number(text) or Decimal(0), Decimal(0)) for text in series.values]
    whole = marks.total(values)
    return (value / whole * PERCENT if whole else Decimal(0) for value in values)
