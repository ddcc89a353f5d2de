"""Chart marks: what charts are drawn with; across in percent of the width, down in em of the chart's small type.

So a chart fills the place that it is given and its words keep their size, on a phone as
on paper. What has to fit is measured for the narrowest place. Marks have classes for
the style sheet; without one they are black.
"""

from collections.abc import Callable, Sequence
from decimal import ROUND_CEILING, Decimal, localcontext
from html import escape

from softsite.plan.chartview import ChartView
from softsite.read.kinds import EMPTY
from softsite.render.charts.words import width, wrapped
from softsite.text.characters import replaced

NARROW = Decimal("15.5")  # em: an embedded card on a phone of 320 px
GAP = Decimal("0.5")  # em between words and what they belong to
MIDDLE = Decimal("0.35")  # em from the middle of a line of words to their foot
LINE = Decimal("1.45")  # em from one line of words to the next
BASE = Decimal("1.05")  # em from a line's top to the foot of its words
KEY = Decimal("1.3")  # em from the sign before a name to the name
SIDE = Decimal("0.85")  # em: the sides of a field before a name
SIDE_TOP = Decimal("0.27")
PERCENT = Decimal(100)
EDGE = Decimal("0.3")  # em below all, for what hangs under a line
STYLES = 8  # ways to fill: `s1` to `s8` in the style sheet

_DIGITS = 400  # exact for any figure that a bulletin can hold
_SPARE = Decimal("0.3")  # em: how much less than it is measured a figure takes
_RESERVES = 11  # classes `r0` to `r11`: em that a plot leaves beside itself

# What fills each series beyond the first, which is solid: a tile's side in px, and what stands in it.
_TILES = (
    (6, '<path d="M-1 1l2-2M0 6l6-6M5 7l2-2"/>'),
    (6, '<circle cx="3" cy="3" r="1.2"/>'),
    (4, '<path d="M0 2h4"/>'),
    (5, '<path d="M-1 4l2 2M0 0l5 5M4-1l2 2"/>'),
    (5, '<path d="M0 2.5h5M2.5 0v5"/>'),
    (4, '<path d="M2 0v4"/>'),
)


def element(name: str, content: str = "", **attributes: str) -> str:
    """An element; `class_` is its class, `_` in a name stands for `-`, an empty attribute is left out."""
    said = "".join(
        f' {key.strip("_").replace("_", "-")}="{value}"' for key, value in attributes.items() if value
    )
    return f"<{name}{said}>{content}</{name}>" if content else f"<{name}{said}/>"


def framed(view: ChartView, inside: str, **size: str) -> str:
    """A whole chart, with its title and description for those who do not see it."""
    name = f"s-{safe(view.id)}"
    told = element("title", safe(view.title), id=f"{name}-title") + element(
        "desc", safe(view.description), id=f"{name}-desc"
    )
    return element(
        "svg", told + inside, xmlns="http://www.w3.org/2000/svg", class_=f"chart chart-{safe(view.kind)}", role="img",
        aria_labelledby=f"{name}-title {name}-desc", fill="currentColor", **size,
    )  # fmt: skip


def words(text: str, **attributes: str) -> str:
    """Text that is read; `attributes` as of `element`."""
    return element("text", safe(text), **attributes)


def safe(text: str) -> str:
    """Text for an element or an attribute."""
    return escape(replaced(text))


def em(length: Decimal) -> str:
    """A length down the chart."""
    return f"{plain(length, 2)}em"


def percent(part: Decimal) -> str:
    """A length across the chart."""
    return f"{plain(part, 1)}%"


def plain(number: Decimal, places: int) -> str:
    """A number with at most so many decimals."""
    text = f"{number:.{places}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def reserve(room: Decimal, name: str = "") -> tuple[Decimal, dict[str, str]]:
    """A plot of class `name` that leaves `room` em free: its width in the narrowest place, and its attributes.

    The class makes it exact at any width; the attribute stands in where the style sheet is missing.
    """
    free = min(int((room - _SPARE).to_integral_value(ROUND_CEILING)), _RESERVES)
    width = NARROW - free
    return width, {
        "class_": f"{name} r{free}".strip(),
        "width": percent(PERCENT * width / NARROW),
        "overflow": "visible",
    }


# Figures


def number(text: str) -> Decimal | None:
    """A figure; None where there is none."""
    return Decimal(text) if text else None


def shown(text: str) -> str:
    """A figure as it is read: all its digits, in groups of three."""
    return f"{Decimal(text):,f}" if text else EMPTY


def total(values: Sequence[Decimal]) -> Decimal:
    """The exact sum."""
    with localcontext(prec=_DIGITS):
        return sum(values, Decimal(0))


def lines_of(text: Sequence[str], top: Decimal, **attributes: str) -> str:
    """Lines of words, one below the other."""
    return "".join(words(line, y=em(top + LINE * n + BASE), **attributes) for n, line in enumerate(text))


# Fillings


def style(number: int) -> str:
    """The class of a series: its colour."""
    return f"s{number % STYLES + 1}"


def filling(view: ChartView, number: int) -> dict[str, str]:
    """Class and filling of what shows a series: colour, and a hatch that needs no colour."""
    kind = number % STYLES
    if not kind:
        return {"class_": style(number)}
    fill = f"url(#s-{safe(view.id)}-{kind + 1})" if kind <= len(_TILES) else "none"
    return {"class_": style(number), "fill": fill, "stroke": "currentColor"}


def hatches(view: ChartView, count: int) -> str:
    """The tiles that the first `count` fillings are made of."""
    made = "".join(
        element("pattern", mark, id=f"s-{safe(view.id)}-{n}", class_=style(n - 1), width=str(side), height=str(side),
                patternUnits="userSpaceOnUse", stroke="currentColor")
        for n, (side, mark) in enumerate(_TILES[: max(count - 1, 0)], 2)
    )  # fmt: skip
    return element("defs", made) if made else ""


# Heading


def heading(view: ChartView, lines: int, more: str = "") -> tuple[str, Decimal]:
    """What all figures are given in, and what else a reader has to know first; and where it ends."""
    said = "；".join(part for part in (f"单位：{view.unit}" if view.unit else "", more) if part)
    if not said:
        return "", Decimal(0)
    unit = wrapped(said, NARROW, lines)
    return lines_of(unit, Decimal(0), class_="soft"), LINE * len(unit) + GAP


Key = Callable[[ChartView, int, Decimal, Decimal], str]


def legend(view: ChartView, top: Decimal, lines: int, sign: Key) -> tuple[str, Decimal]:
    """The names of all series, each after its `sign`, and where they end; a name in at most `lines` lines."""
    made, left = "", Decimal(0)
    for number, each in enumerate(view.series):
        name = wrapped(each.name, NARROW - KEY, lines)
        room = KEY + max(map(width, name))
        if left and left + room > NARROW:
            left, top = Decimal(0), top + LINE
        made += sign(view, number, left, top) + lines_of(name, top, x=em(left + KEY))
        left += room + 1
        top += LINE * (len(name) - 1)
    return made, top + LINE


def key(view: ChartView, number: int, left: Decimal, top: Decimal) -> str:
    """A small field of a series' filling."""
    return element(
        "rect", x=em(left), y=em(top + SIDE_TOP), width=em(SIDE), height=em(SIDE), **filling(view, number)
    )
