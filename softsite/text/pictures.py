"""Pictures: marks around the pictures of a text, for what only the picture's file can tell: its size, its variants.

A mark is a slot `picture:PART:PLACE:PATH`. PART is where in the element it stands: before it ("open"), in its
tag ("inside"), after it ("close"). PLACE is where in a page: the theme's places, "first" and "body" for those of a
text, or a width in CSS pixels that an editor wrote. PATH is the picture's file in content/.
"""

from collections.abc import Iterator, Mapping
from html import unescape
from typing import NamedTuple

from softsite.text.links import Reference
from softsite.text.slots import slot
from softsite.text.visible import Attribute, attributes

PICTURE = "picture"
OPEN, INSIDE, CLOSE = "open", "inside", "close"
FIRST, BODY = "first", "body"
_SIZE = frozenset({"width", "height"})  # the file knows them; an editor's width is the PLACE


class Marked(NamedTuple):
    """HTML with its marks; the first picture and its text alternative; how those without one are written."""

    html: str
    first: str
    alt: str
    untold: tuple[str, ...]


def mark(part: str, place: str, path: str) -> str:
    """The mark of one part of a picture."""
    return slot(f"{PICTURE}:{part}:{place}:{path}")


def marked(html: str, named: Mapping[str, Reference]) -> Marked:
    """Sanitised HTML with marks at its pictures; `named` are the files behind their addresses."""
    parts: list[str] = []
    untold: dict[str, None] = {}
    first, alt, position = "", "", 0
    for start, end, found in _tags(html):
        values = {each.name: unescape(html[each.start : each.end]) for each in found}
        reference = named.get(values.get("src", ""))
        if reference is None:
            continue
        words, path = values.get("alt", "").strip(), reference.target
        if not words:
            untold[reference.written] = None
        width = values.get("width", "")
        place = (
            width
            if width.isdecimal() and width.isascii() and 0 < int(width) < 10_000
            else BODY
            if first
            else FIRST
        )
        kept = "".join(
            f' {each.name}="{html[each.start : each.end]}"' for each in found if each.name not in _SIZE
        )
        parts += [html[position:start], mark(OPEN, place, path), "<img", kept, mark(INSIDE, place, path), ">",
                  mark(CLOSE, place, path)]  # fmt: skip
        position = end
        if not first:
            first, alt = path, words
    return Marked("".join(parts) + html[position:], first, alt, tuple(untold))


def _tags(html: str) -> Iterator[tuple[int, int, list[Attribute]]]:
    """Where each `<img>` begins and ends, with its attributes; `<` stands nowhere else in sanitised HTML."""
    start = html.find("<img ")
    while start >= 0:
        found, end = attributes(html, start)
        yield start, end + 1, found
        start = html.find("<img ", end)
