"""Work: the tasks that worker processes do; each depends only on its task and the state they were given."""

import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from softsite.config import Pictures
from softsite.plan.outputs import BODY, COPY, JSON_BODY, TEXTS, XML_BODY, Output, Planned
from softsite.plan.pictures import VARIANT, Shot, Variant
from softsite.problems import Problem, problem
from softsite.read import source
from softsite.read.alarm import alarm
from softsite.read.declared import BulletinType
from softsite.read.options import Options
from softsite.records import digest, encoded, key
from softsite.render.theme import TemplateError
from softsite.text.editions import Edition
from softsite.text.links import address_of, href, is_bulletin
from softsite.text.pictures import INSIDE, PICTURE
from softsite.text.slots import OPEN, filled
from softsite.write.gallery import Kept, keep, kept
from softsite.write.lock import forget
from softsite.write.mirror import same, stage
from softsite.write.pieces import Lost, Pieces, Place
from softsite.write.spoken import Spoken

if TYPE_CHECKING:
    from softsite.render.postings import Postings

MAX_COPY = 1_000_000_000
FEW = 48
MAX_WORKERS = 60  # Windows can wait for no more
START = "fork" if sys.platform == "linux" else "spawn"  # macOS and Windows cannot fork safely, or at all
_CHUNKS_EACH = 12

T = TypeVar("T")
R = TypeVar("R")


def spread(
    task: Callable[[Sequence[T]], R],
    items: Sequence[T],
    jobs: int,
    prepare: Callable[..., None],
    state: tuple[Any, ...],
    few: int = FEW,
) -> Iterator[R]:
    """The results of `task` for the chunks of `items`, in any number of processes; fewer than `few` items stay in this one.

    `prepare(*state)` runs once in each process. Workers are forked where the system
    can, so that the state costs nothing to hand over.
    """
    if jobs <= 1 or len(items) < few:
        prepare(*state)
        try:
            yield from map(task, _chunks(items, 1))
        finally:
            _release()
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    jobs = min(jobs, MAX_WORKERS, max(2, len(items) // (few // 2)))
    worker_state = (os.getpid(), prepare, state)
    with ProcessPoolExecutor(jobs, get_context(START), _begin, worker_state) as pool:
        yield from pool.map(task, _chunks(items, jobs * _CHUNKS_EACH))


def _begin(parent: int, prepare: Callable[..., None], state: tuple[Any, ...]) -> None:
    """The first thing that a worker does: it holds no lock, and ends when its parent does."""
    forget()
    threading.Thread(target=_outlive_nobody, args=(parent,), daemon=True).start()
    prepare(*state)


def _outlive_nobody(parent: int) -> None:
    """Ends this process soon after its parent was killed: nobody else would."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _release() -> None:
    """Closes the files that this process holds open; a worker's are closed by its end."""
    for holder in (_reader, _makers):
        if holder is not None:
            holder.pieces.close()


def _chunks(items: Sequence[T], count: int) -> Iterator[Sequence[T]]:
    """The items in about so many runs of equal length."""
    size = max(1, -(-len(items) // count))
    return (items[start : start + size] for start in range(0, len(items), size))


# Reading


class ToRead(NamedTuple):
    """An article to read; `known` is the digest of what is remembered of it, or nothing."""

    path: str
    known: bytes
    file: str


class Read(NamedTuple):
    """An article that was read; `name` is the digest of its record. No document: it is as it was (no problems), or cannot be published."""

    path: str
    digest: bytes
    document: bytes
    name: bytes
    body: bytes
    problems: tuple[Problem, ...]


class _Reader(NamedTuple):
    root: Path
    options: Options
    types: Mapping[str, BulletinType]
    program: bytes
    pieces: Pieces


_reader: _Reader | None = None


def prepare_reading(
    root: Path, options: Options, types: Mapping[str, BulletinType], program: bytes, folder: Path
) -> None:
    """Gives this process what it needs to read articles and bulletins."""
    global _reader  # noqa: PLW0603 - a worker process has one state
    _reader = _Reader(root, options, types, program, Pieces(folder, {}))


def read_articles(chunk: Sequence[ToRead]) -> tuple[list[Read], dict[bytes, Place]]:
    """Reads articles; their bodies go to a pack."""
    assert _reader is not None
    with alarm():
        found = [_read(each, _reader) for each in chunk]
    return found, _reader.pieces.flushed()


def _read(wanted: ToRead, reader: _Reader) -> Read:
    label = f"content/{wanted.path}"
    data = source.content(f"{reader.root}/content/{wanted.file}", label)
    if isinstance(data, Problem):
        return Read(wanted.path, b"", b"", b"", b"", (data,))
    name = digest(data)
    if name == wanted.known:
        return Read(wanted.path, name, b"", b"", b"", ())
    if is_bulletin(wanted.path):
        return _read_bulletin(wanted.path, name, data, reader)
    from softsite.read.document import document

    article = document(wanted.path, reader.options, data)
    if article.document is None:
        return Read(wanted.path, name, b"", b"", b"", article.problems)
    body_key = key(reader.program, reader.options, wanted.path, name)
    reader.pieces.put(body_key, article.body.encode("utf-8", "replace"))
    record = encoded(article.document)
    return Read(wanted.path, name, record, digest(record), body_key, article.problems)


def _read_bulletin(path: str, name: bytes, data: bytes, reader: _Reader) -> Read:
    from softsite.read.bulletin import bulletin

    found = bulletin(path, reader.options, reader.types, data)
    record = encoded(found.bulletin) if found.bulletin is not None else b""
    return Read(path, name, record, digest(record) if record else b"", b"", found.problems)


def look_at_files(
    root: Path, paths: Iterable[str], spelled: Mapping[str, str]
) -> Iterator[tuple[str, bytes, str]]:
    """The digest of each picture or attachment, and why it may not be published, if so."""
    for path in paths:
        data = source.content(root / "content" / spelled.get(path, path), f"content/{path}", MAX_COPY)
        if isinstance(data, Problem):
            yield path, b"", dict(data.facts).get("reason", data.code)
        else:
            from softsite.read.picture import svg_fault

            yield path, digest(data), svg_fault(data) if path.lower().endswith(".svg") else ""


# Pictures


class ToDevelop(NamedTuple):
    """A picture to develop; `digest` is that of its file as it was read before, `name` what its shot goes by."""

    path: str
    digest: bytes
    name: bytes
    file: str


class _Darkroom(NamedTuple):
    root: Path
    settings: Pictures
    gallery: Path


_darkroom: _Darkroom | None = None


def prepare_developing(root: Path, settings: Pictures, gallery: Path) -> None:
    """Gives this process what it needs to develop pictures."""
    global _darkroom  # noqa: PLW0603 - a worker process has one state
    _darkroom = _Darkroom(root, settings, gallery)


def develop(chunk: Sequence[ToDevelop]) -> list[tuple[bytes, Shot | Problem]]:
    """The shot of each picture by its name; or a problem that does not know yet who names the picture."""
    assert _darkroom is not None
    return [(each.name, _develop(each, _darkroom)) for each in chunk]


def _develop(wanted: ToDevelop, room: _Darkroom) -> Shot | Problem:
    label = f"content/{wanted.path}"
    data = source.content(room.root / "content" / wanted.file, label, MAX_COPY)
    if isinstance(data, Problem):
        return data
    if digest(data) != wanted.digest:
        return problem("file-changing", label)
    if wanted.path.lower().endswith(".svg"):
        from softsite.read.picture import svg_size

        return Shot(*svg_size(data))
    from softsite.render.images import Unfit, developed, tools

    name = key(wanted.digest, room.settings, tools())
    if before := kept(room.gallery, name):
        return before.shot
    try:
        made = developed(data, room.settings)
    except Unfit as error:
        return problem(error.code, label, name=wanted.path, size=len(data), **error.facts)
    if not made.data:
        return Shot(made.width, made.height)
    variants = tuple(Variant(each.type, each.width, digest(each.data)) for each in made.variants)
    shot = Shot(made.width, made.height, name, digest(made.data), variants)
    keep(room.gallery, Kept(shot, (made.data, *(each.data for each in made.variants))))
    return shot


# Making


class State(NamedTuple):
    """What is needed to make outputs: keys of all pieces, views of those that may have to be drawn, pictures.

    `postings` are those of the search index, when a file of it is to be made.
    """

    root: Path
    spelled: Mapping[str, str]
    output: str
    staging: str
    origin: str
    editions: Sequence[Edition]
    outputs: Sequence[Output]
    segments: Mapping[str, Output]
    planned: Mapping[str, Planned]
    names: Mapping[str, bytes]
    shots: Mapping[str, Shot]
    gallery: Path
    static: Mapping[str, bytes]
    templates: Any
    standing: bool
    postings: "Postings | None" = None


class Made(NamedTuple):
    """An output that was made: staged, or the same as what stands there; or why it was not."""

    path: str
    staged: bool
    size: int
    modified: int
    drawn: bool
    problem: Problem | None


class _Maker:
    """Makes the outputs of one edition from pieces, in one process."""

    def __init__(self, state: State, pieces: Pieces, edition: Edition) -> None:
        self.state = state
        self.pieces = Spoken(pieces, edition)
        self.edition = edition
        self.words = edition.words()
        self.shared: dict[str, bytes] = {}
        self.texts: tuple[str, list[bytes]] = "", []
        self.held: Kept | None = None  # the variants of a picture are made one after the other

    def make(self, output: Output) -> Made:
        """Puts one output where it waits to be published, unless it is there already."""
        drawn = False
        if output.renderer == COPY:
            data = self._copied(output.slots[0])
        else:
            skeleton = self.pieces.get(output.skeleton)
            if skeleton is None:
                skeleton, drawn = self._drawn(output), True
            data = self._composed(output, self._settled(skeleton))
        if isinstance(data, Problem):
            return Made(output.path, False, 0, 0, drawn, data)
        if self.state.standing and same(self.state.output, output.path, data):
            return Made(output.path, False, 0, 0, drawn, None)
        size, modified = stage(self.state.staging, output.path, data)
        return Made(output.path, True, size, modified, drawn, None)

    def draw(self, name: str) -> None:
        """Draws a part and keeps it."""
        from softsite.render.renderers import rendered

        part = self.state.planned[name]
        self.pieces.put(self.state.names[name], rendered(self.state.templates, part.renderer, part.view, {}))

    def index(self, slot: str) -> None:
        """Makes a segment of the search index and keeps it."""
        from softsite.render.search import indexed

        segment = self.state.segments[slot]
        skeleton = self.pieces.get(segment.skeleton)
        made = indexed(filled(skeleton if skeleton is not None else self._drawn(segment), self._piece))
        self.pieces.put(self.state.names[slot], made.postings)
        self.pieces.put(self.state.names[texts_of(slot)], made.texts)

    def _composed(self, output: Output, skeleton: bytes) -> bytes:
        """An output from its skeleton and the pieces that its slots name."""
        if not output.renderer.startswith("search/"):
            return filled(skeleton, self._piece)
        from softsite.render.search import OF_POSTINGS, part

        if make := OF_POSTINGS.get(output.renderer):
            assert self.state.postings is not None
            return make(skeleton, self.state.postings)
        return part(skeleton, self._texts(output.slots[0]))

    def _texts(self, slot: str) -> list[bytes]:
        """The texts of a segment; they are large, and only the last are at hand."""
        if slot != self.texts[0]:
            self.texts = slot, self.kept(slot).split(b"\n")
        return self.texts[1]

    def _drawn(self, output: Output) -> bytes:
        from softsite.render.renderers import rendered

        planned = self.state.planned.get(output.path.removeprefix(output.edition))
        if planned is None or self.state.templates is None:
            raise Lost
        skeleton = rendered(self.state.templates, output.renderer, planned.view, planned.slots)
        return self.pieces.put(output.skeleton, skeleton)

    def _copied(self, slot: str) -> bytes | Problem:
        kind, _, name = slot.partition(":")
        if kind == "static":
            return self.state.static[name]
        if kind == VARIANT:
            gallery_key, _, number = name.partition(":")
            return self._developed(bytes.fromhex(gallery_key), int(number), slot)
        shot = self.state.shots.get(name)
        if shot is not None and shot.key:
            return self._developed(shot.key, 0, slot)
        file = self.state.spelled.get(name, name)
        data = source.content(self.state.root / "content" / file, f"content/{name}", MAX_COPY)
        if isinstance(data, bytes) and digest(data) != self.state.names[slot]:
            return problem("file-changing", f"content/{name}")
        return data

    def _developed(self, gallery_key: bytes, number: int, slot: str) -> bytes:
        """One of the files that were made of a picture. Raises Lost."""
        if self.held is None or self.held.shot.key != gallery_key:
            self.held = kept(self.state.gallery, gallery_key)
        if self.held is None or digest(self.held.data[number]) != self.state.names[slot]:
            raise Lost
        return self.held.data[number]

    def _piece(self, slot: str) -> bytes:
        known = self.shared.get(slot)
        if known is not None:
            return known
        kind, _, path = slot.partition(":")
        if kind in (XML_BODY, JSON_BODY):
            return self._in_feed(kind, path)
        if kind == PICTURE:
            return self._picture(path)
        if kind == BODY:
            return self._stored(slot, self._piece)
        self.shared[slot] = self._stored(slot, self._piece)
        return self.shared[slot]

    def _stored(self, slot: str, piece: Callable[[str], bytes]) -> bytes:
        data = self.kept(slot)
        return filled(data, piece) if OPEN in data else data

    def _picture(self, mark: str) -> bytes:
        """What stands at the mark of a picture."""
        from softsite.render.picture import filling

        part, place, path = mark.split(":", 2)
        return filling(part, place, self.state.shots.get(path), self.state.editions[0].base).encode()

    def _piece_of_feed(self, slot: str) -> bytes:
        """What fills a slot inside a feed: there, pictures are only those at their own addresses."""
        kind, _, mark = slot.partition(":")
        if kind == PICTURE:
            return self._picture(mark) if mark.startswith(INSIDE) else b""
        return self._stored(slot, self._piece_of_feed)

    def kept(self, slot: str) -> bytes:
        """A piece as it was made, by its slot. Raises Lost."""
        return self._settled(_there(self.pieces.get(self.state.names[slot])))

    def _in_feed(self, kind: str, path: str) -> bytes:
        """A body for a feed, escaped for XML or JSON."""
        whole = self.body(kind, path)
        escaped = (
            escape(whole, quote=False) if kind == XML_BODY else json.dumps(whole, ensure_ascii=False)[1:-1]
        )
        return escaped.encode()

    def body(self, kind: str, path: str) -> str:
        """A body as it goes elsewhere, with all addresses absolute."""
        from softsite.text.markup import absolute

        slot = f"{kind}:{path}"
        stored = slot if slot in self.state.names else f"{BODY}:{path}"
        html = self._stored(stored, self._piece_of_feed).decode()
        page = self.state.origin + href(self.edition.base, address_of(path))
        return absolute(html, page, self.state.origin)

    def _settled(self, data: bytes) -> bytes:
        """A piece with the edition's words for its marks."""
        for mark, word in self.words:
            data = data.replace(mark, word)
        return data


class _Makers(NamedTuple):
    """A maker for each edition by its folder, all with the same pieces."""

    pieces: Pieces
    state: State
    by_edition: Mapping[str, _Maker]


def texts_of(segment: str) -> str:
    """The slot of the texts of a segment of the search index."""
    return f"{TEXTS}:{segment.partition(':')[2]}"


_makers: _Makers | None = None


def prepare_making(state: State, folder: Path, index: Mapping[bytes, Place]) -> None:
    """Gives this process what it needs to make outputs."""
    global _makers  # noqa: PLW0603 - a worker process has one state
    pieces = Pieces(folder, index)
    _makers = _Makers(pieces, state, {each.folder: _Maker(state, pieces, each) for each in state.editions})


def draw_parts(chunk: Sequence[str]) -> tuple[list[Problem], dict[bytes, Place]]:
    """Draws parts, named by their slots; gives what is wrong with their templates."""
    assert _makers is not None
    found: list[Problem] = []
    for name in chunk:
        try:
            _makers.by_edition[""].draw(name)
        except TemplateError as error:
            found.append(error.problem)
            break
    return found, _makers.pieces.flushed()


def body(path: str) -> str:
    """The body of a page as it goes elsewhere: without charts, all addresses absolute."""
    assert _makers is not None
    return _makers.by_edition[""].body(XML_BODY, path)


def index_segments(chunk: Sequence[str]) -> dict[bytes, Place]:
    """Makes segments of the search index, named by their slots."""
    assert _makers is not None
    for slot in chunk:
        _makers.by_edition[""].index(slot)
    return _makers.pieces.flushed()


def postings(state: State, folder: Path, index: Mapping[bytes, Place]) -> "Postings":
    """What the segments of the search index say together. Raises Lost."""
    from softsite.render.postings import Postings

    pieces = Pieces(folder, index)
    try:
        found = (pieces.get(state.names[slot]) for slot in state.segments)
        return Postings([_there(each) for each in found])
    finally:
        pieces.close()


def _there(piece: bytes | None) -> bytes:
    """A piece that has to be there. Raises Lost."""
    if piece is None:
        raise Lost
    return piece


def make_outputs(chunk: Sequence[int]) -> tuple[list[Made], dict[bytes, Place]]:
    """Makes outputs, named by their number."""
    assert _makers is not None
    made = []
    for number in chunk:
        output = _makers.state.outputs[number]
        try:
            made.append(_makers.by_edition[output.edition].make(output))
        except TemplateError as error:
            made.append(Made(output.path, False, 0, 0, False, error.problem))
            break
    return made, _makers.pieces.flushed()
