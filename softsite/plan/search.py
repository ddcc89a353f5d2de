"""Search: what the index for the reader's browser is made of, cut so that a new article changes little of it.

Everything stands in order of date, the oldest first. Up to 255 documents are a segment, which is
indexed at once; some segments are a group, whose shards are the files that a query loads; some
documents of a segment are a part, the file with the texts that hits are checked against and shown
from. All are cut where the digests of files' names happen to have a certain form, so that a document
that comes between others moves the borders around it and no more.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, groupby
from typing import NamedTuple, TypeVar

from softsite.model.site import Site
from softsite.plan.bulletins import slots_of
from softsite.plan.outputs import BODY, SEGMENT, TEXTS, Planned
from softsite.read.document import Document
from softsite.records import Record, digest, key
from softsite.text.fold import pairs
from softsite.text.links import address_of, href

FOLDER = "search/"
INDEX = "search/index.json"
SHARD_BITS = 7  # a group has at most 128 shards, and at least 16 documents for each
COLUMN_SIGN = 0x30  # of the first column; a page of its own has the sign before
T = TypeVar("T")


class Border(NamedTuple):
    """Where runs end: after `least` items, at the first whose digest one in `chance` has; after `most` in any case."""

    name: str
    least: int
    most: int
    chance: int


SEGMENTS = Border("segment", 192, 255, 32)
GROUPS = Border("group", 8, 9, 2)
PARTS = Border("part", 6, 12, 4)


class Entry(Record, frozen=True):
    """A document to index: `notes` are corrections, `body` a slot."""

    title: str
    notes: tuple[str, ...]
    body: str


class SegmentView(Record, frozen=True):
    """The documents of a segment, for the index."""

    entries: tuple[Entry, ...]


class ShardView(Record, frozen=True):
    """Which of the finest shards stand in a file, from the first to before the last."""

    first: int
    last: int


class Heading(Record, frozen=True):
    """A document as a hit names it: `day` like 2017-11-27."""

    title: str
    href: str
    day: str


class PartView(Record, frozen=True):
    """Documents of a segment that stand side by side, from number `start` on."""

    start: int
    headings: tuple[Heading, ...]


class Segment(Record, frozen=True):
    """A segment as the browser knows it: a sign for the column of each document, and how many are of each year.

    `parts` are names, numbers of documents, and the digests of their views.
    """

    name: str
    columns: str
    years: tuple[tuple[str, int], ...]
    parts: tuple[tuple[str, int, str], ...]


class Group(Record, frozen=True):
    """Segments with common shards, two to the power of `bits`."""

    name: str
    bits: int
    segments: tuple[Segment, ...]


class IndexView(Record, frozen=True):
    """What a browser has to know before it can search: how to fold, the columns, the groups."""

    fold: tuple[str, str]
    columns: tuple[tuple[str, str], ...]
    groups: tuple[Group, ...]


class Index(NamedTuple):
    """The files of the index, and the segments that they are made from."""

    outputs: list[Planned]
    segments: list[Planned]


def search_index(site: Site) -> Index:
    """The index of all that is to be seen."""
    columns = tuple((column.path, column.name) for column in site.config.all_columns())
    signs = {path: chr(COLUMN_SIGN + n) for n, (path, _) in enumerate(columns)} | {"": chr(COLUMN_SIGN - 1)}
    documents = sorted(chain(site.articles, site.pages), key=_age)
    outputs: list[Planned] = []
    segments: list[Planned] = []
    groups: list[Group] = []
    for run in cut(list(cut(documents, _path, SEGMENTS)), _last_path, GROUPS):
        bits = min(SHARD_BITS, (sum(map(len, run)) // 16).bit_length())
        name, members = _name(run[0]), [_segment(each) for each in run]
        outputs += _shards(name, bits, {each.path: each.path for each in members})
        described = []
        for planned, segment in zip(members, run, strict=True):
            parts = list(_parts(planned, segment))
            outputs += parts
            described.append(_described(segment, signs, parts))
        segments += members
        groups.append(Group(name, bits, tuple(described)))
    view = IndexView(pairs(), columns, tuple(groups))
    outputs.append(Planned(INDEX, "search/index", view, {each.path: each.path for each in segments}, ""))
    return Index(outputs, segments)


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


def _age(document: Document) -> tuple[int, str]:
    return (document.date.epoch if document.date is not None else 0), document.path


def _path(document: Document) -> str:
    return document.path


def _last_path(documents: Sequence[Document]) -> str:
    return documents[-1].path


def _name(run: Sequence[Document] | Sequence[Sequence[Document]]) -> str:
    """The name of a run of documents or of segments, by the file of its first document."""
    first = run[0]
    return digest((first if isinstance(first, Document) else first[0]).path.encode()).hex()[:12]


def _shards(name: str, bits: int, slots: dict[str, str]) -> Iterator[Planned]:
    """The files of a group that a query looks into."""
    size = 1 << (SHARD_BITS - bits)
    for n in range(1 << bits):
        view = ShardView(n * size, (n + 1) * size)
        yield Planned(f"{FOLDER}{name}/{n:02x}.bin", "search/shard", view, slots, "")


def _segment(documents: Sequence[Document]) -> Planned:
    """What a segment is indexed from."""
    entries = tuple(
        Entry(each.title, tuple(note.note for note in each.correction), f"{BODY}:{each.path}")
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
    for documents in cut(segment, _path, PARTS):
        view = PartView(start, tuple(map(_heading, documents)))
        path = f"{FOLDER}{name}/{_name(documents)[:6]}.json"
        yield Planned(path, "search/part", view, {TEXTS: f"{TEXTS}:{name}"}, "")
        start += len(documents)


def _heading(document: Document) -> Heading:
    day = document.date.day if document.column and document.date is not None else ""
    return Heading(document.title, href("", address_of(document.path)), day)


def _described(segment: Sequence[Document], signs: dict[str, str], parts: Sequence[Planned]) -> Segment:
    return Segment(
        _name(segment),
        "".join(signs[each.column] for each in segment),
        tuple((year, sum(1 for _ in found)) for year, found in groupby(segment, key=_year)),
        tuple(
            (each.path[-11:-5], len(each.view.headings), key(each.view.headings).hex()[:6]) for each in parts
        ),
    )


def _year(document: Document) -> str:
    return document.date.iso[:4] if document.column and document.date is not None else ""
