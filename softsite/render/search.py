"""Search: the index as bytes: which documents hold which pairs of characters; static/search.js reads them.

A pair is two UTF-16 units side by side, both folded. Its hash names one of 128 fine shards by its
first seven bits, and its key there by the next sixteen. Different pairs may share a key: hits are
checked against the texts before they are shown.

A fine shard of a segment, everything little-endian, with an even number of bytes:

    uint16 n, m              how many keys there are of texts, and of titles
    uint16 keys[n + m]       of pairs in titles and texts; then of titles alone, single units too
    uint8 counts[n + m]      how many documents each has; 0: a bitmap of 256 bits follows
    uint8 documents[...]     their numbers in the segment, or the bitmap, first document first

A shard, `<group>/<shard>.bin`, is the version of its group and then, segment by segment, fine shards.
A part, `<segment>/<part>.json`, is a list of title, address, day and text of each of its documents.
"""

import json
import struct
import sys
from array import array
from base64 import b64encode
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate, pairwise
from typing import Any, NamedTuple
from zlib import crc32

from softsite.plan.search import SHARD_BITS, IndexView, PartView, SegmentView, ShardView
from softsite.records import json_text
from softsite.text.fold import UNITS, units
from softsite.text.seen import seen
from softsite.text.slots import slot

FIRST, SECOND = 0x9E3779B1, 0x85EBCA77  # odd, and without a pattern
KEY_BITS = 16
HASH_BITS = SHARD_BITS + KEY_BITS
FINE = 1 << SHARD_BITS
LISTED = 31  # more documents than this take less room as a bitmap
FREQUENT, FREQUENT_HERE = 4096, 1024  # so many pairs are told to be frequent: by the index, by each segment
_SHIFT = 32 - HASH_BITS
_OFTEN = (1 << _SHIFT) - 1
_MASK = 0xFFFFFFFF
_LINE = ord("\n")
_DOCUMENT_ENDS, _FIELD_ENDS = "\x1f", "\x1e"  # in no text: text/characters.py
_SET, _SIGNS = b"\xff" * 70_000, bytes(49 if n == 255 else 48 for n in range(256))

Found = dict[int, bytearray]


class Indexed(NamedTuple):
    """A segment in two pieces, each with a head of numbers of 32 bits.

    `shards`: the number of documents, the checksum of the fine shards, the checksum of each text, the frequent
    pairs, where each fine shard ends; then the fine shards. `texts`: the number of documents, where each text ends; then the texts, as
    JSON.
    """

    shards: bytes
    texts: bytes


# What is drawn from a view.


def segment_source(view: SegmentView) -> str:
    """The documents of a segment as text, their bodies still open."""
    return _DOCUMENT_ENDS.join(
        _FIELD_ENDS.join((each.title, "\n".join(each.notes), slot(each.body))) for each in view.entries
    )


def shard_source(view: ShardView) -> str:
    """Which fine shards a shard is made from."""
    return f"{view.first} {view.last}"


def part_source(view: PartView) -> str:
    """The number of the first document, and what stands before each text."""
    heads = (json_text((each.title, each.href, each.day)) for each in view.headings)
    return "\n".join((str(view.start), *heads))


def index_source(view: IndexView) -> str:
    """The index without the versions of its files."""
    groups = [
        {
            "name": group.name,
            "bits": group.bits,
            "segments": [
                {"name": each.name, "columns": each.columns, "years": each.years, "parts": each.parts}
                for each in group.segments
            ],
        }
        for group in view.groups
    ]
    return json_text({"fold": view.fold, "columns": view.columns, "groups": groups})


SOURCES: Mapping[str, Callable[[Any], str]] = {
    "search/segment": segment_source,
    "search/shard": shard_source,
    "search/part": part_source,
    "search/index": index_source,
}


# What is made of it, once the bodies are known.


def indexed(source: bytes) -> Indexed:
    """A segment from its documents, with their bodies."""
    in_text: Found = defaultdict(bytearray)
    in_titles: Found = defaultdict(bytearray)
    texts = []
    for number, document in enumerate(source.decode().split(_DOCUMENT_ENDS)):
        title, notes, body = document.split(_FIELD_ENDS)
        text = f"{notes}\n{seen(body)}" if notes else seen(body)
        texts.append(json.dumps(text, ensure_ascii=False).encode())
        _note(in_text, f"{title}\n{text}", number)
        _note(in_titles, title, number)
        for unit in _numbers("H", title.encode("utf-16-le")):
            in_titles[unit].append(number)
    keyed = _keyed(in_text)
    shards = list(_fine_shards(keyed, _keyed(in_titles)))
    data = b"".join(shards)
    head = (len(texts), crc32(data), *map(crc32, texts), *_frequent(keyed), *_ends(shards))
    return Indexed(_packed("I", head) + data, _packed("I", (len(texts), *_ends(texts))) + b"".join(texts))


def shard(source: bytes, segments: Sequence[bytes]) -> bytes:
    """The file of a shard, of the shards of its segments."""
    first, last = map(int, source.split())
    return struct.pack("<I", _version(segments)) + b"".join(
        _between(each, 4 * (1 + _count(each) + FREQUENT_HERE), FINE, first, last) for each in segments
    )


def part(source: bytes, texts: Sequence[bytes]) -> bytes:
    """The file of a part, of the texts of its segment."""
    start, *heads = source.split(b"\n")
    first = int(start)
    count = _count(texts[0])
    made = (
        head[:-1] + b"," + _between(texts[0], 0, count, n, n + 1) + b"]"
        for n, head in enumerate(heads, first)
    )
    return b"[" + b",\n".join(made) + b"]"


def index(source: bytes, segments: Sequence[bytes]) -> bytes:
    """The index, with versions that change when the contents of files do."""
    made = json.loads(source)
    frequent: Counter[int] = Counter()
    for piece in segments:
        at = 4 * (2 + _count(piece))
        for number in _numbers("I", piece[at : at + 4 * FREQUENT_HERE]):
            frequent[number >> _SHIFT] += number & _OFTEN
    keys = sorted(filter(frequent.get, frequent), key=lambda key: (-frequent[key], key))[:FREQUENT]
    made["frequent"] = b64encode(b"".join(key.to_bytes(3, "little") for key in keys)).decode()
    found = iter(segments)
    for group in made["groups"]:
        pieces = [next(found) for _ in group["segments"]]
        group["version"] = _version(pieces)
        for described, piece in zip(group["segments"], pieces, strict=True):
            at = 8
            for each in described["parts"]:
                size = 4 * each[1]
                each[2] = f"{crc32(piece[at : at + size], int(each[2], 16)):08x}"
                at += size
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()


# What is made of a skeleton and of the pieces that its slots name.
JOINED: Mapping[str, Callable[[bytes, Sequence[bytes]], bytes]] = {
    "search/shard": shard,
    "search/part": part,
    "search/index": index,
}


# Pairs


def _note(found: Found, text: str, number: int) -> None:
    """Notes each pair of units: it stands in the document of this number, twice if it is there twice."""
    data = text.encode("utf-16-le")
    even, odd = len(data) // 4 * 4, (len(data) - 2) // 4 * 4 + 2
    for pair in _numbers("I", data[:even]):
        found[pair].append(number)
    for pair in _numbers("I", data[2:odd]):
        found[pair].append(number)


@cache
def _hashes() -> tuple[list[int], list[int]]:
    """What each unit adds to the hash of a pair as its first, and as its second."""
    return [unit * FIRST & _MASK for unit in units()], [unit * SECOND & _MASK for unit in units()]


def _keyed(found: Found) -> Found:
    """The documents by fine shard and key. The first unit of a pair is in its low bits."""
    first, second = _hashes()
    made: Found = {}
    for pair, numbers in found.items():
        one, other = pair & (UNITS - 1), pair >> 16
        if _LINE not in (one, other):
            key = (first[one] + second[other] & _MASK) >> _SHIFT
            if key in made:
                made[key] += numbers
            else:
                made[key] = numbers
    return made


def _frequent(found: Found) -> list[int]:
    """The keys of the pairs that are met most often, each with how often, filled up with zeros."""
    count = sorted(map(len, found.values()))[-FREQUENT_HERE:]
    most = [
        key << _SHIFT | min(len(numbers), _OFTEN) for key, numbers in found.items() if len(numbers) > count[0]
    ]
    return sorted(most) + [0] * (FREQUENT_HERE - len(most))


def _fine_shards(in_text: Found, in_titles: Found) -> Iterator[bytes]:
    """The fine shards of a segment."""
    for text_keys, title_keys in zip(_by_shard(in_text), _by_shard(in_titles), strict=True):
        lists = [_listed(in_text[key]) for key in text_keys] + [_listed(in_titles[key]) for key in title_keys]
        keys = array("H", [key & (UNITS - 1) for key in text_keys + title_keys])
        counts = bytes([len(each) if len(each) <= LISTED else 0 for each in lists])
        data = b"".join(lists)
        yield b"".join(
            (_packed("H", (len(text_keys), len(title_keys))), _packed("H", keys), counts, data,
             b"\0" * ((len(counts) + len(data)) % 2))
        )  # fmt: skip


def _by_shard(found: Found) -> Iterator[list[int]]:
    """The keys of each fine shard, in order."""
    keys = sorted(found)
    borders = [bisect_left(keys, n << KEY_BITS) for n in range(FINE + 1)]
    return (keys[start:end] for start, end in pairwise(borders))


def _listed(numbers: bytearray) -> bytes | bytearray:
    """Numbers of documents, below 255, each once; or a bitmap of them."""
    if len(numbers) > len(_SET):
        numbers = bytearray(set(numbers))
    count = len(numbers)
    if count == 1:
        return numbers
    if count > LISTED:
        # A table that turns each of these numbers into 255, like 255 itself; no other number is turned into that.
        bits = int(bytes.maketrans(numbers, _SET[:count]).translate(_SIGNS), 2) - 1
        if bits.bit_count() > LISTED:
            return bits.to_bytes(32, "big")
    return bytes(dict.fromkeys(numbers))


# Bytes


def _numbers(kind: str, data: bytes) -> "array[int]":
    """Little-endian numbers of 16 bits ("H") or 32 ("I")."""
    made = array(kind, data)
    if sys.byteorder == "big":
        made.byteswap()
    return made


def _packed(kind: str, numbers: Iterable[int]) -> bytes:
    """Numbers as little-endian bytes."""
    made = array(kind, numbers)
    if sys.byteorder == "big":
        made.byteswap()
    return made.tobytes()


def _ends(items: Iterable[bytes]) -> Iterator[int]:
    """Where each of some bytes ends that stand one after the other."""
    return accumulate(map(len, items))


def _count(piece: bytes) -> int:
    """How many documents a segment has."""
    return int.from_bytes(piece[:4], "little")


def _version(segments: Iterable[bytes]) -> int:
    """The version of a group: the checksum of the checksums of its segments."""
    return crc32(b"".join(piece[4:8] for piece in segments))


def _between(piece: bytes, before: int, count: int, first: int, last: int) -> bytes:
    """Of `count` things, whose ends stand after `before` bytes and the number at the beginning: some of them."""
    ends = 4 + before
    start, end = (
        int.from_bytes(piece[ends + 4 * n - 4 : ends + 4 * n], "little") if n else 0 for n in (first, last)
    )
    begin = ends + 4 * count
    return piece[begin + start : begin + end]
