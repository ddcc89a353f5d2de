"""Lists: pages of a list whose numbers never change.

Pages are numbered from the oldest item: page 1 holds the oldest `size` items for ever.
The front page has no number; it holds the newest items, from one page's worth up to
just below two. So a new article rewrites the front page alone; every `size` articles
the front page's older half becomes a numbered page, and the page before it gets a new
neighbour.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple


class Leaf(NamedTuple):
    """One page of a list: its number (0: the front page), its items, and the numbers beside it."""

    number: int
    items: Sequence[Any]
    newer: int | None
    older: int | None


def leaves(items: Sequence[Any], size: int) -> Iterator[Leaf]:
    """The pages of a list that begins with the newest item; the front page comes first."""
    size = max(1, size)
    numbered = max(0, len(items) // size - 1)
    front = len(items) - numbered * size
    yield Leaf(0, items[:front], None, numbered or None)
    for number in range(1, numbered + 1):
        start = len(items) - number * size
        newer = number + 1 if number < numbered else 0
        yield Leaf(number, items[start : start + size], newer, number - 1 or None)


def file_name(number: int) -> str:
    """The file of a page of a list."""
    return f"list-{number}.html" if number else "index.html"
