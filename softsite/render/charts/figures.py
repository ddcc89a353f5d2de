"""Chart figures: where the figures of a line chart are written so that each can be read, and none that cannot."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from softsite.render.charts import marks, words
from softsite.render.charts.marks import MIDDLE, em, percent
from softsite.render.charts.plot import BESIDE, HEIGHT, SIGN, Plot, Point, first, highest, last, present, sign

HEAD = Decimal("1.4")  # em above the plot, for a figure over the highest point
OVER = Decimal("0.6")  # em from a point to the foot of a figure above it
UNDER = Decimal("1.4")  # em from a point to the foot of a figure below it
TALL = Decimal("1.1")  # em: the height of a figure
DESCENT = Decimal("0.2")  # em of it below its foot
SIGN_LEFT = Decimal("0.6")  # em from the middle of a sign to its figure

# What makes a place bad: other figures most, then the edges, then lines that run through it.
MEETS, OUTSIDE, CROSSED = 16, 8, 7


class Box(NamedTuple):
    """The place of a figure, in em in the narrowest plot."""

    left: Decimal
    top: Decimal
    right: Decimal
    bottom: Decimal

    def meets(self, other: "Box") -> bool:
        """Whether two places overlap."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def crossed(self, piece: tuple[Point, Point]) -> bool:
        """Whether a piece of a line runs through it."""
        (x1, y1), (x2, y2) = piece
        left, right = max(self.left, x1), min(self.right, x2)
        if left >= right:
            return False
        ys = sorted(y1 + (y2 - y1) * (x - x1) / (x2 - x1) for x in (left, right))
        return ys[0] < self.bottom and self.top < ys[1]


class Place(NamedTuple):
    """Where a figure can stand: its box, and the same as SVG."""

    box: Box
    attributes: dict[str, str]


class Figures:
    """The figures written on a plot; `told` are those at their points, by line and label."""

    def __init__(self, plot: Plot) -> None:
        self.plot = plot
        self.taken: list[Box] = []
        self.told: set[tuple[int, int]] = set()

    def drawn(self) -> str:
        """The last figure of each line beside its point; the highest and the first at theirs, of several where free."""
        made = self._lasts() if self.plot.ended else ""
        for number, row in enumerate(self.plot.rows):
            if present(row):
                chosen = dict.fromkeys((last(row), highest(row), first(row)))
                made += "".join(
                    self._figure(number, index)
                    for index in chosen
                    if not (self.plot.ended and index == last(row))
                )
        return marks.element("g", made, class_="figure", paint_order="stroke")

    # Beside the plot

    def _lasts(self) -> str:
        """The last figures; where they would meet, moved apart, with the signs of their lines."""
        rows = self.plot.rows
        ends = sorted((self.plot.spot(n, last(row))[1], n) for n, row in enumerate(rows) if present(row))
        heights = [y for y, _ in ends]
        moved = apart(heights)
        draw = self._end if moved == heights else self._signed_end
        return "".join(draw(number, y) for (_, number), y in zip(ends, moved, strict=True))

    def _end(self, number: int, y: Decimal) -> str:
        """The last figure of a line, beside its point."""
        return self._beside(number, y, BESIDE, "")

    def _signed_end(self, number: int, y: Decimal) -> str:
        """The last figure of a line after the sign of the line."""
        left = BESIDE + SIGN
        mark = marks.element("use", href=sign(self.plot.view, number), x=em(left - SIGN_LEFT), y=em(y))
        return self._beside(number, y, left, mark)

    def _beside(self, number: int, y: Decimal, left: Decimal, mark: str) -> str:
        index = last(self.plot.rows[number])
        text, x = self.plot.text(number, index), self.plot.spot(number, index)[0] + left
        self.taken.append(Box(x, y - TALL / 2, x + words.width(text), y + TALL / 2))
        inside = mark + marks.words(text, x=em(left), y=em(y + MIDDLE))
        where = percent(self.plot.across(index))
        return marks.element("svg", inside, x=where, class_=marks.style(number), overflow="visible")

    # At the points

    def _figure(self, number: int, index: int) -> str:
        """A figure in the best of its places; among several lines only where nothing is in its way."""
        text = self.plot.text(number, index)
        place = min(self._places(number, index, words.width(text)), key=self._trouble)
        if len(self.plot.rows) > 1 and self._trouble(place):
            return ""
        self.taken.append(place.box)
        self.told.add((number, index))
        return marks.words(text, **place.attributes)

    def _places(self, number: int, index: int, width: Decimal) -> Iterator[Place]:
        """Above, below, and further up."""
        x, y = self.plot.spot(number, index)
        anchor = self._anchor(x, width)
        left = x - {"middle": width / 2, "start": Decimal(0), "end": width}[anchor]
        for foot in (y - OVER, y + UNDER, y - OVER - TALL):
            box = Box(left, foot + DESCENT - TALL, left + width, foot + DESCENT)
            where = {"x": percent(self.plot.across(index)), "y": em(foot), "text_anchor": anchor}
            yield Place(box, where)

    def _anchor(self, x: Decimal, width: Decimal) -> str:
        """How a figure stands at `x`: over its middle, unless it leaves the plot on that side alone."""
        left, right = x < width / 2, x + width / 2 > self.plot.wide
        return "middle" if left == right else "start" if left else "end"

    def _trouble(self, place: Place) -> int:
        """How badly a place suits; 0 when nothing is in the way."""
        box = place.box
        crossed = sum(map(box.crossed, self.plot.strokes()))
        outside = box.top < -HEAD or box.bottom > HEIGHT
        return MEETS * sum(map(box.meets, self.taken)) + OUTSIDE * outside + min(crossed, CROSSED)


def apart(heights: Sequence[Decimal]) -> list[Decimal]:
    """Ascending heights, moved until no two are closer than a figure is tall, and the lowest is on the plot."""
    moved: list[Decimal] = []
    for height in heights:
        moved.append(max(height, moved[-1] + TALL) if moved else height)
    bottom = HEIGHT
    for n in range(len(moved) - 1, -1, -1):
        moved[n] = min(moved[n], bottom)
        bottom = moved[n] - TALL
    return moved
