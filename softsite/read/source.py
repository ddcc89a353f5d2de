"""Source: the files below a folder, and their text in whatever encoding they were saved."""

import codecs
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from io import RawIOBase
from pathlib import Path
from typing import NamedTuple

from softsite.problems import Problem, problem
from softsite.records import Record
from softsite.text.characters import cleaned, forbidden, name, told

MAX_TEXT = 2_000_000
MAX_DEPTH = 60
_BLOCK = 1 << 16
_LITTER = re.compile(
    r"[.]|~\$|.*(?:~|\.tmp|\.bak|\.swp|\.part|\.crdownload)$|(?:thumbs\.db|e?hthumbs\.db|desktop\.ini)$",
    re.IGNORECASE,
)


class Stamp(Record, frozen=True):
    """What the file system says of a file; while it says the same, the content is the same.

    A file whose times are not clearly older than the look at it may change unseen:
    see `settled`.
    """

    size: int
    modified: int
    changed: int
    inode: int

    def settled(self, seen: int) -> bool:
        """Whether a change after the look at `seen` (ns) would show in the times."""
        return self.modified < seen - _CLOCK_STEP and self.changed < seen - _CLOCK_STEP


_CLOCK_STEP = 2_100_000_000  # ns; FAT keeps times by two seconds


class Listing(NamedTuple):
    """The files of a folder by their path in it, with `/`, and what cannot be read.

    Paths are in NFC, as links to them are; `spelled` has those that the disk spells otherwise.
    """

    files: dict[str, Stamp]
    problems: list[Problem]
    spelled: dict[str, str]


class NotText(ValueError):
    """The bytes are in no encoding that is known."""


def stamp(status: os.stat_result) -> Stamp:
    """The stamp of a file's status."""
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def listing(folder: Path, label: str) -> Listing:
    """Every file below `folder`; messages name them below `label`. Litter of Windows and editors is passed over."""
    found = Listing({}, [], {})
    if folder.is_dir():
        home = os.path.realpath(folder)
        _scan(str(folder), "", label, home, found)
        _compose(found, label)
    return found


def _compose(found: Listing, label: str) -> None:
    """Puts paths into NFC; macOS and some archives spell é or が in two signs."""
    for path in [
        path for path in found.files if not path.isascii() and not unicodedata.is_normalized("NFC", path)
    ]:
        name = unicodedata.normalize("NFC", path)
        if name in found.files:
            found.problems.append(problem("path-taken", label + path, address=name, other=label + name))
        else:
            found.files[name] = found.files.pop(path)
            found.spelled[name] = path


def _scan(folder: str, inside: str, label: str, home: str, found: Listing) -> None:
    """Adds the files of one folder, and of those below it."""
    if inside.count("/") > MAX_DEPTH:
        found.problems.append(problem("file-unreadable", label + inside, reason="too deep"))
        return
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if (entry.name[-3:] != ".md" or entry.name[0] in ".~") and _LITTER.match(entry.name):
                    continue
                if (
                    entry.is_file(follow_symlinks=False)
                    and entry.name.isprintable()
                    and "\\" not in entry.name
                ):
                    found.files[inside + entry.name] = stamp(entry.stat(follow_symlinks=False))
                else:
                    _add(entry, inside, label, home, found)
    except OSError as error:
        found.problems.append(problem("file-unreadable", label + inside.rstrip("/"), reason=_reason(error)))


def _add(entry: "os.DirEntry[str]", inside: str, label: str, home: str, found: Listing) -> None:
    """Adds an entry that is no ordinary file, or has no ordinary name."""
    path = inside + entry.name
    shown = label + path.encode("utf-8", "replace").decode("utf-8")
    if (forbidden(entry.name) or "\\" in entry.name) and os.sep != "\\":
        found.problems.append(
            problem("file-name", shown, name=entry.name.encode("utf-8", "replace").decode())
        )
        return
    try:
        if entry.is_symlink() and not os.path.realpath(entry.path).startswith(home + os.sep):
            found.problems.append(problem("file-outside", shown))
        elif entry.is_dir():
            if entry.is_symlink():
                found.problems.append(problem("folder-linked", shown, severity="warning"))
            else:
                _scan(entry.path, path + "/", label, home, found)
        else:
            status = entry.stat()
            if stat.S_ISREG(status.st_mode):
                found.files[path] = stamp(status)
            else:
                found.problems.append(problem("file-not-regular", shown))
    except OSError as error:
        found.problems.append(problem("file-unreadable", shown, reason=_reason(error)))


def content(path: Path | str, label: str, limit: int = MAX_TEXT) -> bytes | Problem:
    """The bytes of a file, or why they are not to be had."""
    try:
        with open(path, "rb", buffering=0) as file:
            size = os.fstat(file.fileno()).st_size
            if size > limit:
                return problem("file-too-large", label, size=size, limit=limit)
            return _all(file, limit)
    except OSError as error:
        return problem("file-unreadable", label, reason=_reason(error))


def _all(file: RawIOBase, limit: int) -> bytes:
    """The bytes of a file that may grow or shrink while it is read, up to the limit."""
    parts = []
    while limit > 0 and (part := file.read(min(limit, _BLOCK))):
        parts.append(part)
        limit -= len(part)
    return b"".join(parts)


def text(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or GB18030; raises NotText."""
    if data.startswith(codecs.BOM_UTF8):
        data = data[3:]
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(data, "utf-16")
    elif encoding := _utf16_without_mark(data):
        return _decoded(data, encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        if _is_damaged_utf8(data):
            raise NotText from None
        return _decoded(data, "gb18030")


def lines_of(raw: str) -> str:
    """A text with LF line ends and without invisible characters; NFC, as names of files and headings are."""
    clean = cleaned(raw)
    return (
        clean
        if clean.isascii() or unicodedata.is_normalized("NFC", clean)
        else unicodedata.normalize("NFC", clean)
    )


def control_characters(raw: str) -> Iterator[tuple[int, str]]:
    """The first control character of a text, as (line, name), if there is one."""
    bare = raw.replace("\r", "").replace("\x0b", "").replace("\x0c", "").replace("\x85", "")
    if match := told(bare):
        yield bare.count("\n", 0, match.start()) + 1, name(match[0])


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotText from error


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 shows by its zero bytes, every other one between ASCII characters."""
    head = data[:400]
    if len(data) % 2 or head.count(0) < max(1, len(head) // 20):
        return None
    return "utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be"


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether most of the text is UTF-8 and only some bytes are not: GB18030 would read it as nonsense."""
    read = data.decode("utf-8", "replace")
    wrong = read.count("\ufffd")
    return wrong * 10 < sum(1 for c in read if c > "\u07ff" and c != "\ufffd")


def _reason(error: OSError) -> str:
    """What the system says, without the path that stands before it."""
    return error.strerror or str(error)
