"""Chart axes: round numbers up the side of a plot, and as many names below it as there is room for."""

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import zip_longest
from typing import NamedTuple

from softsite.render.charts import words
from softsite.render.charts.marks import PERCENT

INTERVALS = 4  # on a scale, or one more
STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
SPREAD = 5  # a scale begins at zero unless its figures differ by less than this part of the largest
GAP = Decimal("0.6")  # em between two names
LONG_LINES = 3  # of a name that is too long to stand between others

_PERIOD = re.compile(r"(\d{4}年)(.+)")


class Scale(NamedTuple):
    """A scale of round numbers."""

    low: Decimal
    high: Decimal
    step: Decimal

    def down(self, value: Decimal) -> Decimal:
        """How far below the top a value stands, in percent."""
        return (self.high - value) / (self.high - self.low) * PERCENT

    def ticks(self) -> Iterator[tuple[Decimal, str]]:
        """Where the lines of the scale stand, from below, and what is written at them."""
        places = max(0, -int(self.step.normalize().as_tuple().exponent))
        for number in range(int((self.high - self.low) / self.step) + 1):
            value = self.low + number * self.step
            yield self.down(value), f"{value:,.{places}f}"

    def axis(self) -> Decimal:
        """Where zero stands, or else the lowest value."""
        return self.down(max(self.low, Decimal(0)))


def scale(values: Sequence[Decimal]) -> Scale:
    """The scale for all of `values`, with zero on it unless they differ by little."""
    least, most = min(values), max(values)
    low, high = min(least, Decimal(0)), max(most, Decimal(0))
    if 0 < least < most and (most - least) * SPREAD < most:
        low = least
    if low == high:
        high = low + 1
    step = _step((high - low) / INTERVALS, whole=all(value == value.to_integral_value() for value in values))
    bottom, top = (low / step).to_integral_value(ROUND_FLOOR), (high / step).to_integral_value(ROUND_CEILING)
    return Scale(bottom * step, top * step, step)


def _step(least: Decimal, *, whole: bool) -> Decimal:
    """The first round number from `least` on; a whole one for whole figures."""
    unit = Decimal(1).scaleb(least.adjusted())
    allowed = (unit * each for each in STEPS if unit * each >= least)
    return next(each for each in allowed if not whole or each == each.to_integral_value())


class Name(NamedTuple):
    """What stands below a point: which one, and its lines."""

    at: int
    lines: tuple[str, ...]


def names(labels: Sequence[str], room: Decimal, beside: Decimal) -> tuple[Name, ...]:
    """The labels that have room below a plot `room` em wide: the first, the last and regular ones between.

    They may reach `beside` em over its ends.
    Of `2026年3月` the year stands below the month, and only where it changes.
    """
    if len(labels) == 1:
        return (Name(0, words.wrapped(labels[0], room, LONG_LINES)),)
    periods = [_PERIOD.fullmatch(label) for label in labels]
    texts = [
        match[2] if match and all(periods) else label for match, label in zip(periods, labels, strict=True)
    ]
    each = room / (len(labels) - 1)
    widest = max(map(words.width, texts))
    needed = widest + GAP + max(widest / 2 - beside, Decimal(0))
    step = int((needed / each).to_integral_value(ROUND_CEILING))
    if step >= len(labels):
        half = (room - GAP) / 2
        return tuple(Name(n, words.wrapped(labels[n], half, LONG_LINES)) for n in (0, len(labels) - 1))
    chosen = _regular(len(labels) - 1, step)
    years = _years({n: match[1] for n in chosen if (match := periods[n]) and all(periods)}, each)
    return tuple(Name(n, (texts[n], years[n]) if n in years else (texts[n],)) for n in chosen)


def _regular(last: int, step: int) -> list[int]:
    """The first, the last, and as many between as are at least `step` apart."""
    intervals = last // step
    return [n * last // intervals for n in range(intervals + 1)]


def _years(found: dict[int, str], each: Decimal) -> dict[int, str]:
    """The year below the first name of each year, unless the next year follows too closely."""
    firsts = [
        n
        for before, n in zip([None, *found], found, strict=False)
        if before is None or found[before] != found[n]
    ]
    return {
        n: found[n]
        for n, after in zip_longest(firsts, firsts[1:])
        if after is None or (after - n) * each >= words.width(found[n]) + GAP
    }
