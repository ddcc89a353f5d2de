"""Search: what the index for the reader's browser is made of, cut so that a new article changes little of it.

Four kinds of files. A *shard* lists, for the pairs of characters in a range of hashes, all documents
of the site that have them. Pairs that very many documents have stand in *bitmaps* instead, of a
*group* of documents each. A *part* holds the texts of some documents, which hits are checked against
and shown from. The *index* names the documents, and is read first.

Documents stand in order of rank: articles by date, then bulletins by date; what comes last is shown
first. A *segment* of them is indexed at once, and some segments are a group. Borders are where the
digests of files' names have a certain form, so that a document that comes between others moves the
borders around it and no more. In shards a document has a number that is its own, whatever stands
around it; the few that share one are told apart by their texts.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, groupby
from typing import NamedTuple, TypeVar
from zlib import crc32

from softsite.model.site import Site
from softsite.plan.bulletins import slots_of
from softsite.plan.outputs import BODY, SEGMENT, SEGMENTS, Planned
from softsite.plan.outputs import TEXTS as OF_SEGMENT
from softsite.read.document import Document
from softsite.records import Record, digest
from softsite.text.fold import pairs
from softsite.text.links import address_of, href, is_bulletin

FOLDER = "search/"
INDEX = "search/index.json"
TEXTS = "search/texts/"
HASH_BITS = 24  # of a pair of characters
BITMAP_FILES = 32  # of a group
COLUMN_SIGN = 0x30  # of the first column; a page of its own has the sign before
T = TypeVar("T")


class Border(NamedTuple):
    """Where runs end: after `least` items, at the first whose digest one in `chance` has; after `most` in any case."""

    name: str
    least: int
    most: int
    chance: int


BY_SEGMENT = Border("segment", 192, 255, 32)
BY_GROUP = Border("group", 3, 4, 2)
BY_PART = Border("part", 4, 7, 4)


class Entry(Record, frozen=True):
    """A document to index: its number, `notes` are corrections, `body` a slot."""

    number: int
    title: str
    notes: tuple[str, ...]
    body: str


class SegmentView(Record, frozen=True):
    """The documents of a segment, for the index."""

    entries: tuple[Entry, ...]


class ShardView(Record, frozen=True):
    """A range of hashes, from `first` to before `end`."""

    first: int
    end: int


class BitmapsView(Record, frozen=True):
    """A range of hashes, for a group: `segments` are the numbers of its first, and of the one after its last."""

    first: int
    end: int
    segments: tuple[int, int]
    version: int


class Heading(Record, frozen=True):
    """A document as a hit names it: `day` like 2017-11-27."""

    number: int
    title: str
    href: str
    day: str


class PartView(Record, frozen=True):
    """Documents of a segment that stand side by side, from the one in place `start` on."""

    start: int
    headings: tuple[Heading, ...]


class Group(Record, frozen=True):
    """Documents as the browser knows them: numbers, a sign for each one's column, how many are of each year.

    `parts` are names, and how many documents each has. `version` is another when the documents are.
    """

    name: str
    version: int
    numbers: tuple[int, ...]
    columns: str
    years: tuple[tuple[str, int], ...]
    parts: tuple[tuple[str, int], ...]


class IndexView(Record, frozen=True):
    """What a browser has to know before it can search: how to fold, the columns, how many shards, the groups."""

    fold: tuple[str, str]
    columns: tuple[str, ...]
    shards: int
    groups: tuple[Group, ...]


class Index(NamedTuple):
    """The files of the index, the texts that each edition has in its own script, and the segments that all are made from."""

    outputs: list[Planned]
    texts: list[Planned]
    segments: list[Planned]


def search_index(site: Site) -> Index:
    """The index of all that is to be seen."""
    columns = tuple(column.path for column in site.config.all_columns())
    signs = {path: chr(COLUMN_SIGN + n) for n, path in enumerate(columns)} | {"": chr(COLUMN_SIGN - 1)}
    documents = sorted(chain(site.articles, site.pages), key=_rank)
    outputs: list[Planned] = []
    texts: list[Planned] = []
    segments: list[Planned] = []
    groups: list[Group] = []
    for run in cut(list(cut(documents, _path, BY_SEGMENT)), _last_path, BY_GROUP):
        members = list(map(_segment, run))
        parts = [each for pair in zip(members, run, strict=True) for each in _parts(*pair)]
        group = _group([each for segment in run for each in segment], signs, parts)
        texts += parts
        outputs += _bitmaps(group, (len(segments), len(segments) + len(run)))
        segments += members
        groups.append(group)
    shards = max(1, len(documents) // 2)
    outputs += _shards(shards)
    view = IndexView(pairs(), columns, shards, tuple(groups))
    outputs.append(Planned(INDEX, "search/index", view, {SEGMENTS: SEGMENTS}, ""))
    return Index(outputs, texts, segments)


def cut(items: Sequence[T], name: Callable[[T], str], border: Border) -> Iterator[Sequence[T]]:
    """The items in runs."""
    start = 0
    for end, item in enumerate(items, 1):
        length = end - start
        if length >= border.most or (
            length >= border.least and digest(f"{border.name} {name(item)}".encode())[0] % border.chance == 0
        ):
            yield items[start:end]
            start = end
    if start < len(items):
        yield items[start:]


def borders(count: int) -> list[int]:
    """Where so many ranges of hashes begin: one range more cuts another one in two, and leaves the rest (linear hashing)."""
    bits = count.bit_length() - 1
    size, halved = 1 << (HASH_BITS - bits), count - (1 << bits)
    return [
        start
        for n in range(1 << bits)
        for start in range(n * size, n * size + size, size // 2 if n < halved else size)
    ]


def _rank(document: Document) -> tuple[bool, int, str]:
    epoch = document.date.epoch if document.date is not None else 0
    return is_bulletin(document.path), epoch, document.path


def _path(document: Document) -> str:
    return document.path


def _last_path(documents: Sequence[Document]) -> str:
    return documents[-1].path


def _name(documents: Sequence[Document]) -> str:
    """The name of a run of documents, by the file of its first."""
    return digest(documents[0].path.encode()).hex()[:10]


def _number(document: Document) -> int:
    """A document's own number, of 16 bits."""
    return int.from_bytes(digest(document.path.encode())[:2], "little")


def _ranges(count: int) -> Iterator[tuple[int, int]]:
    starts = borders(count)
    return zip(starts, (*starts[1:], 1 << HASH_BITS), strict=True)


def _shards(count: int) -> Iterator[Planned]:
    """The files with all documents of a pair."""
    for first, end in _ranges(count):
        yield Planned(
            f"{FOLDER}pairs/{first:06x}.bin", "search/shard", ShardView(first, end), {SEGMENTS: SEGMENTS}, ""
        )


def _bitmaps(group: Group, segments: tuple[int, int]) -> Iterator[Planned]:
    """The files with the documents of a group that have a frequent pair."""
    for first, end in _ranges(BITMAP_FILES):
        view = BitmapsView(first, end, segments, group.version)
        yield Planned(
            f"{FOLDER}{group.name}/{first:06x}.bin", "search/bitmaps", view, {SEGMENTS: SEGMENTS}, ""
        )


def _segment(documents: Sequence[Document]) -> Planned:
    """What a segment is indexed from."""
    entries = tuple(
        Entry(_number(each), each.title, tuple(note.note for note in each.correction), f"{BODY}:{each.path}")
        for each in documents
    )
    return Planned(
        f"{SEGMENT}:{_name(documents)}", "search/segment", SegmentView(entries), _bodies(documents), ""
    )


def _bodies(documents: Iterable[Document]) -> dict[str, str]:
    """The bodies of documents as slots, and what stands in these."""
    found: dict[str, str] = {}
    for each in documents:
        found[f"{BODY}:{each.path}"] = f"{BODY}:{each.path}"
        found |= slots_of(each.references)
    return found


def _parts(planned: Planned, segment: Sequence[Document]) -> Iterator[Planned]:
    """The texts of a segment."""
    name = planned.path.partition(":")[2]
    start = 0
    for documents in cut(segment, _path, BY_PART):
        view = PartView(start, tuple(map(_heading, documents)))
        yield Planned(
            f"{TEXTS}{_name(documents)}.json", "search/part", view, {OF_SEGMENT: f"{OF_SEGMENT}:{name}"}, ""
        )
        start += len(documents)


def _heading(document: Document) -> Heading:
    day = document.date.day if document.column and document.date is not None else ""
    return Heading(_number(document), document.title, href("", address_of(document.path)), day)


def _group(documents: Sequence[Document], signs: dict[str, str], parts: Sequence[Planned]) -> Group:
    numbers = tuple(map(_number, documents))
    return Group(
        _name(documents),
        crc32(b"".join(each.to_bytes(2, "little") for each in numbers)),
        numbers,
        "".join(signs[each.column] for each in documents),
        tuple((year, sum(1 for _ in found)) for year, found in groupby(documents, key=_year)),
        tuple((each.path[-15:-5], len(each.view.headings)) for each in parts),
    )


def _year(document: Document) -> str:
    return document.date.iso[:4] if document.column and document.date is not None else ""
