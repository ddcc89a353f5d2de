"""Search: the files of the index for the reader's browser, which static/search.js reads.

Postings have forms of their own (render/postings.py). A part is a list of number, title, address,
day and text of each of its documents. The index is what a browser has to know of its documents.
"""

import json
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from softsite.plan.search import BitmapsView, Group, IndexView, PartView, SegmentView, ShardView
from softsite.records import json_text
from softsite.render.postings import Postings, segment
from softsite.text.seen import seen
from softsite.text.slots import slot

_DOCUMENT_ENDS, _FIELD_ENDS = "\x1f", "\x1e"  # in no text: text/characters.py


class Indexed(NamedTuple):
    """A segment in two pieces: its postings, and a line of JSON for each text."""

    postings: bytes
    texts: bytes


# What is drawn from a view.


def segment_source(view: SegmentView) -> str:
    """The documents of a segment as text, their bodies still open."""
    return _DOCUMENT_ENDS.join(
        _FIELD_ENDS.join((str(each.number), each.title, "\n".join(each.notes), slot(each.body)))
        for each in view.entries
    )


def range_source(view: ShardView | BitmapsView) -> str:
    """Which postings a file has, as JSON."""
    return json_text(view)


def part_source(view: PartView) -> str:
    """The place of the first document, and what stands before each text."""
    return "\n".join((str(view.start), *map(json_text, view.headings)))


def index_source(view: IndexView) -> str:
    """The index without the frequent pairs."""
    groups = list(map(_group, view.groups))
    return json_text({"fold": view.fold, "columns": view.columns, "shards": view.shards, "groups": groups})


def _group(group: Group) -> Mapping[str, Any]:
    numbers = b"".join(each.to_bytes(2, "little") for each in group.numbers)
    return {
        "name": group.name, "version": group.version, "numbers": b64encode(numbers).decode(),
        "columns": group.columns, "years": group.years, "parts": group.parts,
    }  # fmt: skip


SOURCES: Mapping[str, Callable[[Any], str]] = {
    "search/segment": segment_source,
    "search/shard": range_source,
    "search/bitmaps": range_source,
    "search/part": part_source,
    "search/index": index_source,
}


# What is made of it, once the bodies are known.


def indexed(source: bytes) -> Indexed:
    """A segment from its documents, with their bodies."""
    documents = [each.split(_FIELD_ENDS) for each in source.decode().split(_DOCUMENT_ENDS)]
    texts = [f"{notes}\n{seen(body)}" if notes else seen(body) for _, _, notes, body in documents]
    postings = segment(
        [int(number) for number, *_ in documents], [title for _, title, *_ in documents], texts
    )
    return Indexed(postings, "\n".join(json.dumps(each, ensure_ascii=False) for each in texts).encode())


def part(source: bytes, texts: Sequence[bytes]) -> bytes:
    """The file of a part, of the texts of its segment."""
    start, *heads = source.split(b"\n")
    some = texts[int(start) : int(start) + len(heads)]
    made = (head[:-1] + b"," + text + b"]" for head, text in zip(heads, some, strict=True))
    return b"[" + b",\n".join(made) + b"]"


def shard(source: bytes, postings: Postings) -> bytes:
    """The file of a shard."""
    return postings.shard(*json.loads(source))


def bitmaps(source: bytes, postings: Postings) -> bytes:
    """A file of bitmaps."""
    first, end, segments, version = json.loads(source)
    return postings.bitmaps(first, end, tuple(segments), version)


def index(source: bytes, postings: Postings) -> bytes:
    """The index, with the frequent pairs."""
    return source[:-1] + b',"frequent":"' + b64encode(postings.frequent()) + b'"}'


# What is made of a skeleton and of all postings.
OF_POSTINGS: Mapping[str, Callable[[bytes, Postings], bytes]] = {
    "search/shard": shard,
    "search/bitmaps": bitmaps,
    "search/index": index,
}
