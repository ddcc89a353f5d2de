"""Picture: a picture as HTML; the browser chooses among its variants by the width that it has in the theme."""

from collections.abc import Iterable
from typing import NamedTuple

from softsite.plan.pictures import Shot, Variant
from softsite.text.pictures import BODY, CLOSE, FIRST, INSIDE, OPEN


class _Place(NamedTuple):
    """How wide pictures are in a place of the theme (`sizes` of HTML), and when they are loaded."""

    sizes: str
    loading: str


_NOW = ' fetchpriority="high"'
_LATER = ' loading="lazy" decoding="async"'
# As wide as static/style.css makes them. A card crops its picture to 4:3, so it needs one that is wider than itself.
_TEXT = "(min-width: 1680px) 760px, (min-width: 1024px) 720px, (min-width: 721px) 680px, calc(100vw - 41px)"
_PLACES = {
    "lead": _Place(
        "(min-width: 1680px) 792px, (min-width: 1242px) 750px, (min-width: 960px) calc(65.5vw - 64px), "
        "calc(100vw - 41px)",
        _NOW,
    ),
    "card": _Place("(min-width: 640px) 280px, 180px", _LATER),
    FIRST: _Place(_TEXT, _NOW),
    BODY: _Place(_TEXT, _LATER),
}


def filling(part: str, place: str, shot: Shot | None, base: str) -> str:
    """What a mark of a picture stands for; nothing is known of a picture without a shot."""
    found = _PLACES.get(place) or _Place(f"{place}px", _LATER)
    if part == INSIDE:
        return _size(place, shot) + found.loading
    if shot is None or not shot.variants:
        return ""
    return {OPEN: _opening(shot.variants, found.sizes, base), CLOSE: "</picture>"}[part]


def _opening(variants: Iterable[Variant], sizes: str, base: str) -> str:
    """The beginning of a picture element: for each format the addresses of its variants."""
    sources: dict[str, list[str]] = {}
    for each in variants:
        sources.setdefault(each.type, []).append(f"{base}{each.path} {each.width}w")
    return "<picture>" + "".join(
        f'<source type="image/{kind}" srcset="{", ".join(found)}" sizes="{sizes}">'
        for kind, found in sources.items()
    )


def _size(place: str, shot: Shot | None) -> str:
    """Width and height: the picture's own, or the width that an editor wrote."""
    if shot is None or not shot.width:
        return f' width="{place}"' if place.isdecimal() else ""
    width = int(place) if place.isdecimal() else shot.width
    return f' width="{width}" height="{max(1, round(width * shot.height / shot.width))}"'
