"""Memo: what was read, planned and written before; always safe to delete.

One file, read in one go. Nothing in it is believed that does not belong to this
program, this site and these settings.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from softsite.plan.outputs import Output
from softsite.plan.pictures import Shot
from softsite.problems import Problem
from softsite.read.source import Stamp
from softsite.records import DecodeError, Record, decoder, digest, dumped, key
from softsite.text.editions import Edition

FOLDER = ".softsite"


class SourceMemo(Record, frozen=True):
    """An article or bulletin as it was read: `document` is its record's bytes, `name` their digest, `body` the key of its body.

    A bulletin has no body of its own: it is made from data, and from what other bulletins say.
    """

    stamp: Stamp
    digest: bytes
    document: bytes
    name: bytes
    body: bytes
    problems: tuple[Problem, ...]


class FileMemo(Record, frozen=True):
    """A file to copy: its stamp, digest, and why it may not be published, if so."""

    stamp: Stamp
    digest: bytes
    fault: str


class PlanMemo(Record, frozen=True):
    """A plan, and what it was made from; it holds from `since` until before `until`."""

    made_from: bytes
    since: int
    until: int | None
    outputs: tuple[Output, ...]
    segments: tuple[Output, ...]
    parts: dict[str, bytes]
    assets: tuple[str, ...]
    problems: tuple[Problem, ...]
    hidden: tuple[tuple[str, int], ...]
    editions: tuple[Edition, ...]


class Written(Record, frozen=True):
    """An output as it was written: the key of what it shows, and its stamp."""

    key: bytes
    size: int
    modified: int


class Memo(Record, frozen=True):
    """Everything that is remembered between builds.

    `options` and `rules` name what articles and bulletins were read by;
    `shots` are by the names of pictures (their bytes), made by the settings that `pictures` names;
    `seen` is when files were looked at (ns, by their own file system's clock); `pieces` is the name of the index of pieces that belongs to it.
    """

    program: bytes
    options: bytes
    rules: bytes
    seen: int
    sources: dict[str, SourceMemo]
    files: dict[str, FileMemo]
    pictures: bytes
    shots: dict[bytes, Shot]
    plan: PlanMemo | None
    target: bytes
    outputs: dict[str, Written]
    pieces: bytes


_decoder = decoder(Memo)


def nothing(program: bytes) -> Memo:
    """The memo of a site that was never built."""
    return Memo(program, b"", b"", 0, {}, {}, b"", {}, None, b"", {}, b"")


def load(folder: Path, program: bytes) -> Memo:
    """The memo in `folder`, or an empty one when it is not there, damaged, or another program's."""
    try:
        memo = _decoder.decode((folder / "memo").read_bytes())
    except (OSError, DecodeError, UnicodeDecodeError):
        return nothing(program)
    return memo if memo.program == program else nothing(program)


def save(folder: Path, memo: Memo) -> None:
    """Writes the memo in one step."""
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / "memo.new"
    fresh.write_bytes(dumped(memo))
    os.replace(fresh, folder / "memo")


def program() -> bytes:
    """The name of this program: its own files, its libraries, Python."""
    package = Path(__file__).parent.parent
    return key(sys.version, sorted(_libraries()), sorted(_modules(str(package), "")))


def _modules(folder: str, inside: str) -> Iterator[tuple[str, bytes]]:
    """The program's own files with their digests."""
    for entry in os.scandir(folder):
        if entry.is_dir():
            if entry.name not in ("__pycache__", "theme", "starter"):
                yield from _modules(entry.path, f"{inside}{entry.name}/")
        elif entry.name.endswith((".py", ".yaml", ".toml", ".txt")):
            with open(entry.path, "rb") as file:
                yield inside + entry.name, digest(file.read())


def _libraries() -> Iterator[str]:
    """The names and versions of what is installed, as the folders beside the libraries tell them."""
    for folder in {path for path in sys.path if path.endswith(("site-packages", "dist-packages"))}:
        if os.path.isdir(folder):
            yield from (name for name in os.listdir(folder) if name.endswith(".dist-info"))
