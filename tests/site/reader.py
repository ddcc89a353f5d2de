"""Reader: the postings of a site as search.js reads them, in Python."""

import itertools
import struct
from collections.abc import Iterator

from softsite.plan.search import borders
from softsite.render.postings import FIRST, SECOND, Postings
from softsite.text.fold import folded

END = 1 << 24


def numbers(postings: Postings, run: str, shards: int) -> set[int]:
    """The numbers of documents that have all pairs of units of each word of a run, frequent ones apart; all if it has no others."""
    frequent = postings.frequent()
    often = {int.from_bytes(frequent[n : n + 3], "little") for n in range(0, len(frequent), 3)}
    everyone = {number for each in postings.segments for number in each.numbers.tolist()}
    hashes = {hashed for word in run.split() for hashed in _hashes(word)}
    return everyone.intersection(*(_listed(postings, hashed, shards) for hashed in hashes - often))


def _hashes(word: str) -> Iterator[int]:
    data = folded(word).encode("utf-16-le", "surrogatepass")
    units = [unit for (unit,) in struct.iter_unpack("<H", data)]
    for one, other in itertools.pairwise(units):
        yield (one * FIRST + other * SECOND & 0xFFFFFFFF) >> 8


def _listed(postings: Postings, hashed: int, shards: int) -> set[int]:
    """The documents of a pair, from the shard that has it."""
    starts = [*borders(shards), END]
    ((first, end),) = [(a, b) for a, b in itertools.pairwise(starts) if a <= hashed < b]
    data = postings.shard(first, end)
    in_text, in_titles = struct.unpack_from("<II", data)
    both = in_text + in_titles
    hashes = struct.unpack_from(f"<{both}I", data, 8)
    counts = struct.unpack_from(f"<{both}I", data, 8 + 4 * both)
    start = 8 + 8 * both
    for n in range(in_text):
        if hashes[n] == hashed:
            return set(struct.unpack_from(f"<{counts[n]}H", data, start))
        start += 2 * counts[n]
    return set()
