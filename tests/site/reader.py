"""Reader: a segment of the search index as search.js reads it, in Python."""

import itertools
import struct

from softsite.render.search import FINE, FIRST, FREQUENT_HERE, KEY_BITS, SECOND
from softsite.text.fold import units

_BITMAP = 32


def documents(shards: bytes, run: str) -> set[int]:
    """The documents of a segment that have all pairs of units of each word of a run."""
    found = [_having(shards, one, other) for word in run.split() for one, other in _pairs(word)]
    (count,) = struct.unpack_from("<I", shards)
    return set(range(count)).intersection(*found)


def _pairs(word: str) -> list[tuple[int, int]]:
    data = word.encode("utf-16-le")
    numbers = [units()[unit] for (unit,) in struct.iter_unpack("<H", data)]
    return list(itertools.pairwise(numbers))


def _having(shards: bytes, one: int, other: int) -> set[int]:
    """The documents whose texts have a pair."""
    key = (one * FIRST + other * SECOND & 0xFFFFFFFF) >> 9
    fine, short = key >> KEY_BITS, key & 0xFFFF
    (count,) = struct.unpack_from("<I", shards)
    head = 4 * (2 + count + FREQUENT_HERE)
    ends = [0, *struct.unpack_from(f"<{FINE}I", shards, head)]
    block = shards[head + 4 * FINE + ends[fine] : head + 4 * FINE + ends[fine + 1]]
    in_text, in_titles = struct.unpack_from("<HH", block)
    keys = struct.unpack_from(f"<{in_text}H", block, 4)
    sizes = block[4 + 2 * (in_text + in_titles) :]
    start = in_text + in_titles
    for found, size in zip(keys, sizes, strict=False):
        data = sizes[start : start + (size or _BITMAP)]
        if found == short:
            return set(data) if size else {n for n in range(255) if data[n >> 3] & 0x80 >> (n & 7)}
        start += len(data)
    return set()
