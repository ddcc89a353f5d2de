"""Chart marks: what charts are drawn with; across in percent of the width, down in em of the chart's small type.

So a chart fills the place that it is given and its words keep their size, on a phone as
on paper. What has to fit is measured for the narrowest place. Marks have classes for
the style sheet; without one they are black.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal, localcontext
from html import escape

from softsite.plan.chartview import ChartView
from softsite.read.kinds import EMPTY
from softsite.text.characters import replaced

NARROW = Decimal("15.5")  # em: an embedded card on a phone of 320 px
LINE = Decimal("1.45")  # em from one line of words to the next
BASE = Decimal("1.05")  # em from a line's top to the foot of its words
KEY = Decimal("1.3")  # em: the sign before a name in a legend
PERCENT = Decimal(100)
HALF = Decimal("0.5")
ELLIPSIS = "…"
STYLES = 8  # ways to fill: `s1` to `s8` in the style sheet

_DIGITS = 400  # exact for any figure that a bulletin can hold
_WORD = re.compile(r"[!-~]+|.", re.DOTALL)
_CLOSING = frozenset("，。、；：！？）》”’」』】〉%％,.;:!?)")
_WIDE = Decimal(1)
_SLIM = Decimal("0.6")  # em: a digit or Latin letter, rather too much than too little
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


def reserve(room: Decimal) -> tuple[Decimal, dict[str, str]]:
    """A plot beside which `room` em stay free: its width in the narrowest place, and its attributes.

    The class makes it exact at any width; the attribute stands in where the style sheet is missing.
    """
    free = min(-int(-room // 1), _RESERVES)
    width = NARROW - free
    return width, {"class_": f"r{free}", "width": percent(PERCENT * width / NARROW), "overflow": "visible"}


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


def unit_line(view: ChartView, more: str = "") -> str:
    """What all figures are given in, and what else a reader has to know first."""
    return "；".join(part for part in (f"单位：{view.unit}" if view.unit else "", more) if part)


# Words


def width(text: str) -> Decimal:
    """About how wide a text is, in em."""
    return sum((_width(sign) for sign in text), Decimal(0))


def _width(sign: str) -> Decimal:
    if unicodedata.combining(sign):
        return Decimal(0)
    return _SLIM if unicodedata.east_asian_width(sign) in ("Na", "N", "H") else _WIDE


def wrapped(text: str, room: Decimal, most: int) -> tuple[str, ...]:
    """`text` in at most `most` lines of `room` em, never with a closing sign first; what is left over becomes `…`."""
    lines = [""]
    for word in _words(" ".join(text.split()), room):
        if lines[-1] and width(lines[-1] + word) > room and not _hangs(lines[-1], word, room):
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += word if lines[-1] else word.lstrip()
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], _cut(lines[most - 1], room))


def _hangs(line: str, word: str, room: Decimal) -> bool:
    """Whether a closing sign may stand over the end of a full line."""
    return word in _CLOSING and width(line) <= room


def _words(text: str, room: Decimal) -> Iterator[str]:
    """What a line is not broken within: a sign, or a Latin word that has room on a line."""
    for word in _WORD.findall(text):
        if width(word) > room:
            yield from word
        else:
            yield word


def _cut(line: str, room: Decimal) -> str:
    """A line that ends with `…`."""
    while line and width(line + ELLIPSIS) > room:
        line = line[:-1]
    return line + ELLIPSIS


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
