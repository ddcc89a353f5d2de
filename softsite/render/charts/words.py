"""Chart words: how wide words are, about, and where they break, since no font is at hand when a chart is drawn."""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

ELLIPSIS = "…"
SHORT = Decimal(3)  # em: a last line below this shares with those before it

_WORD = re.compile(r"[!-~]+|.", re.DOTALL)
_CLOSING = frozenset("，。、；：！？）》”’」』】〉%％,.;:!?)")
_WIDE = Decimal(1)
_SLIM = Decimal("0.6")  # em: a digit or Latin letter, rather too much than too little
_THIN = Decimal("0.32")
_THIN_SIGNS = frozenset(".,:;'|!il ")
_BROAD_SIGNS = frozenset("%MWmw@")


def width(text: str) -> Decimal:
    """About how wide a text is, in em."""
    return sum((_width(sign) for sign in text), Decimal(0))


def _width(sign: str) -> Decimal:
    if unicodedata.combining(sign):
        return Decimal(0)
    if sign in _THIN_SIGNS:
        return _THIN
    return (
        _SLIM
        if unicodedata.east_asian_width(sign) in ("Na", "N", "H") and sign not in _BROAD_SIGNS
        else _WIDE
    )


def wrapped(text: str, room: Decimal, most: int) -> tuple[str, ...]:
    """`text` in at most `most` lines of `room` em, never with a closing sign first; what is left over becomes `…`."""
    flat = " ".join(text.split())
    lines = _lines(flat, room)
    if len(lines) > most:
        return (*lines[: most - 1], _cut(lines[most - 1], room))
    if len(lines) > 1 and width(lines[-1]) < SHORT:
        even = _lines(flat, min(room, width(flat) / len(lines) + SHORT / 2))
        return tuple(even if len(even) == len(lines) else lines)
    return tuple(lines)


def _lines(text: str, room: Decimal) -> list[str]:
    """`text` in full lines."""
    lines = [""]
    for word in _words(text, room):
        if lines[-1] and width(lines[-1] + word) > room and not _hangs(lines[-1], word, room):
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += word if lines[-1] else word.lstrip()
    return lines


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


def cut(text: str, most: int) -> str:
    """`text` on one line of at most `most` characters."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1] + ELLIPSIS
