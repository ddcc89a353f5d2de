"""Postings: which documents hold which pairs of characters, as arrays, and as the files that static/search.js reads.

A pair is two UTF-16 units side by side, both folded; its hash has 24 bits. Different pairs may share
a hash: hits are checked against the texts before they are shown.

A shard, everything little-endian:

    uint32 n, m              how many hashes there are of titles or texts, and of titles alone
    uint32 hashes[n + m]     of pairs, frequent ones left out; of pairs in titles, and of single units there
    uint32 counts[n + m]     how many documents each has
    uint16 numbers[...]      their numbers, first hash first

Bitmaps:

    uint32 version           of the group
    uint32 n                 how many hashes follow
    uint32 hashes[n]         of frequent pairs
    uint8 bitmaps[n][...]    a bit for each document of the group, the first is the highest
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from softsite.text.fold import units

FIRST, SECOND = 0x9E3779B1, 0x85EBCA77  # odd, and without a pattern
FREQUENT = 32  # a pair is frequent that more than one document in so many has
FEW = 4096  # of fewer documents, as many as of so many
_HASH = np.uint32(0xFFFFFF00)
_ZERO = np.zeros(1, np.int32)
_LINE = ord("\n")

Bytes = NDArray[np.uint8]
Shorts = NDArray[np.uint16]
Words = NDArray[np.uint32]
Counts = NDArray[np.int32]
Flags = NDArray[np.bool_]


class Lists(NamedTuple):
    """Hashes in order, how many documents each has, and which, first hash first: their numbers, or places in a segment."""

    hashes: Words
    counts: Counts
    documents: Shorts

    def only(self, some: Flags) -> "Lists":
        """Those of some of the hashes."""
        return Lists(self.hashes[some], self.counts[some], self.documents[np.repeat(some, self.counts)])


class _Shelf:
    """Lists as they stand in files."""

    def __init__(self, lists: Lists) -> None:
        self.columns = lists.hashes.astype("<u4"), lists.counts.astype("<u4"), lists.documents.astype("<u2")
        self.ends = np.append(_ZERO, np.cumsum(lists.counts))

    def between(self, first: int, end: int) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
        """The lists of the hashes from `first` to before `end`."""
        hashes, counts, documents = self.columns
        start, stop = hashes.searchsorted(
            np.array((first, end), hashes.dtype)
        )  # of another kind, all would be copied
        return hashes[start:stop], counts[start:stop], documents[self.ends[start] : self.ends[stop]]


class Segment(NamedTuple):
    """Up to 255 documents: their own numbers, and the places of those that have a pair in title or text, or in the title."""

    numbers: Shorts
    in_text: Lists
    in_titles: Lists


class Postings:
    """All documents of a site, from its segments in order."""

    def __init__(self, segments: Sequence[bytes]) -> None:
        self.segments = list(map(_read, segments))
        in_text = [_numbered(each.in_text, each.numbers) for each in self.segments]
        in_titles = [_numbered(each.in_titles, each.numbers) for each in self.segments]
        documents = sum(len(each.numbers) for each in self.segments)
        rare, self.often, self.counts = _joined(in_text, max(FEW, documents))
        titles, _, _ = _joined(in_titles, documents * FREQUENT)  # however frequent
        self.shelves = [_Shelf(lists) for lists in (rare, titles)]
        self.group, self.matrix = (0, 0), np.zeros((0, 0), np.uint8)

    def frequent(self) -> bytes:
        """The hashes of frequent pairs, the most frequent first, in three bytes each."""
        order = np.argsort(-self.counts, kind="stable")
        return self.often[order].astype("<u4").view(np.uint8).reshape(-1, 4)[:, :3].tobytes()

    def shard(self, first: int, end: int) -> bytes:
        """The documents that have pairs with hashes from `first` to before `end`."""
        both = [each.between(first, end) for each in self.shelves]
        head = b"".join(len(hashes).to_bytes(4, "little") for hashes, _, _ in both)
        return head + b"".join(column.tobytes() for columns in zip(*both, strict=True) for column in columns)

    def bitmaps(self, first: int, end: int, segments: tuple[int, int], version: int) -> bytes:
        """The documents of a group, which are those of some segments, that have frequent pairs."""
        if self.group != segments:
            self.group, self.matrix = segments, _matrix(self.often, self.segments[slice(*segments)])
        start, stop = np.searchsorted(self.often, (first, end))
        head = [version, stop - start]
        return _packed(("<u4", head), ("<u4", self.often[start:stop]), ("u1", self.matrix[start:stop]))


def _packed(*columns: tuple[str, ArrayLike]) -> bytes:
    return b"".join(np.asarray(values).astype(kind).tobytes() for kind, values in columns)


# A segment


def segment(numbers: Sequence[int], titles: Sequence[str], texts: Sequence[str]) -> bytes:
    """The postings of up to 255 documents: their own numbers, their titles, their texts without these."""
    in_text = _lists(_pairs([f"{title}\n{text}" for title, text in zip(titles, texts, strict=True)]))
    in_titles = _lists(np.concatenate((_pairs(titles), _singles(titles))))
    columns: list[NDArray[Any]] = [np.array(numbers, np.uint16), *in_text, *in_titles]
    return _packed(("<u4", [len(each) for each in columns]), *zip(_STORED, columns, strict=True))


def _read(data: bytes) -> Segment:
    """A segment from its bytes."""
    columns = []
    at = 4 * len(_STORED)
    for count, kind, used in zip(np.frombuffer(data, "<u4", len(_STORED)), _STORED, _USED, strict=True):
        stored = np.frombuffer(data, kind, count, at)
        columns.append(stored.astype(used))
        at += stored.nbytes
    return Segment(columns[0], Lists(*columns[1:4]), Lists(*columns[4:]))


_STORED = "<u2", "<u4", "u1", "u1", "<u4", "u1", "u1"
_USED = np.uint16, np.uint32, np.int32, np.uint16, np.uint32, np.int32, np.uint16


def _pairs(texts: Sequence[str]) -> Words:
    """All pairs of units that stand side by side in a line, as codes: a hash, and in the low 8 bits the place of the text."""
    found, places = _units(texts)
    both = (found[:-1] != _LINE) & (found[1:] != _LINE)
    hashes: Words = found[:-1] * np.uint32(FIRST) + found[1:] * np.uint32(SECOND)
    codes: Words = _codes(hashes, places[:-1])[both]
    return codes


def _singles(texts: Sequence[str]) -> Words:
    """All single units, as codes: like pairs with nothing."""
    found, places = _units(texts)
    codes: Words = _codes(found * np.uint32(FIRST), places)[found != _LINE]
    return codes


def _codes(hashes: Words, places: Words) -> Words:
    return (hashes & _HASH) | places


def _units(texts: Sequence[str]) -> tuple[Words, Words]:
    """The folded units of texts, a line end after each; and for each unit which text it is of."""
    data = [f"{text}\n".encode("utf-16-le") for text in texts]
    places = np.repeat(np.arange(len(data), dtype=np.uint32), [len(each) // 2 for each in data])
    return _fold()[np.frombuffer(b"".join(data), "<u2")], places


@cache
def _fold() -> Words:
    return np.array(units(), np.uint32)


def _lists(codes: Words) -> Lists:
    """The places of each hash, each once."""
    codes.sort()
    codes = codes[_are_first(codes)]
    hashes = codes >> np.uint32(8)
    firsts = np.flatnonzero(_are_first(hashes))
    return Lists(
        hashes[firsts],
        np.diff(np.append(firsts, len(hashes))).astype(np.int32),
        codes.astype(np.uint8).astype(np.uint16),
    )


# All segments


def _numbered(lists: Lists, numbers: Shorts) -> Lists:
    """Lists with the documents' own numbers in place of their places in a segment."""
    return lists._replace(documents=numbers[lists.documents])


def _joined(segments: Sequence[Lists], limit: int) -> tuple[Lists, Words, Counts]:
    """The lists of all segments, one for each hash; those too long for the limit are only named and counted."""
    columns = zip(*segments, (np.zeros(0, kind) for kind in _USED[1:4]), strict=True)
    hashes, counts, documents = map(np.concatenate, columns)
    order = np.argsort(hashes, kind="stable")  # quick where runs are in order
    firsts = np.flatnonzero(_are_first(hashes[order]))
    each, lengths = hashes[order][firsts], np.diff(np.append(firsts, len(order)))
    sums = np.diff(np.append(_ZERO, np.cumsum(counts[order], dtype=np.int32))[np.append(firsts, len(order))])
    # Not one limit for all: else many pairs would pass it at once when a site grows.
    are_short = sums <= (limit + each % FREQUENT) // FREQUENT
    order = order[np.repeat(are_short, lengths)]
    starts, sizes = (np.cumsum(counts, dtype=np.int32) - counts)[order], counts[order]
    taken = np.repeat(starts - np.cumsum(sizes, dtype=np.int32) + sizes, sizes)
    taken += np.arange(len(taken), dtype=np.int32)
    lists = Lists(each[are_short], sums[are_short], documents[taken])
    return lists, each[~are_short], sums[~are_short]


def _matrix(often: Words, segments: Sequence[Segment]) -> Bytes:
    """A row for each frequent pair, a bit for each document of some segments."""
    made = np.zeros((len(often), sum(len(each.numbers) for each in segments)), np.bool_)
    start = 0
    for numbers, lists, _ in segments:
        rows = np.searchsorted(often, lists.hashes)
        are_often = np.append(often, _HASH)[rows] == lists.hashes
        some = lists.only(are_often)
        made[np.repeat(rows[are_often], some.counts), start + some.documents.astype(np.intp)] = True
        start += len(numbers)
    return np.packbits(made, axis=1)


def _are_first(values: Words) -> Flags:
    """Which of some ordered values are not the same as the one before."""
    made = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=made[1:])
    return made
