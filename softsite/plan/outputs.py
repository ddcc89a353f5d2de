"""Outputs: what is to stand in output/, as data.

An output is made of pieces: its own skeleton, and what fills the skeleton's slots
(parts that many pages share, and bodies of articles). Each piece has a key; the key
of the output is made from theirs, so what is out of date shows by comparing keys.
"""

from typing import Any, NamedTuple

from softsite.problems import Problem
from softsite.records import Record
from softsite.text.editions import Edition

BODY = "body"
XML_BODY = "xml"
JSON_BODY = "json"
SEGMENT = "segment"  # of the search index: its postings
SEGMENTS = "segments"  # all of them
TEXTS = "texts"  # of the documents of a segment
COPY = "copy"


class Output(Record, frozen=True):
    """One file of the output.

    `renderer` names a template or a renderer; `skeleton` is the key of what it makes
    from its view; `slots` are the pieces that fill it, like "header:news" or
    "body:news/a.md". A copy has the renderer "copy" and its source as only slot.
    `edition` is the folder of the edition that it belongs to.
    """

    path: str
    renderer: str
    skeleton: bytes
    slots: tuple[str, ...]
    edition: str = ""


class Planned(NamedTuple):
    """An output and the view that it shows; `slots` by the names that its template uses.

    One in another `edition` than the first shows the same view as the one in the first, and stands behind it.
    """

    path: str
    renderer: str
    view: Any
    slots: dict[str, str]
    claimant: str
    edition: str = ""


class Part(NamedTuple):
    """A piece that many pages share: its template and view."""

    template: str
    view: Any


class Plan(NamedTuple):
    """All outputs, the parts that fill their slots, the files to copy, what is wrong, and the editions.

    `segments` are pieces that are made of other pieces, named by their slots.
    """

    outputs: list[Planned]
    segments: list[Planned]
    parts: dict[str, Part]
    assets: list[str]
    problems: list[Problem]
    next_change: int | None
    editions: tuple[Edition, ...]
