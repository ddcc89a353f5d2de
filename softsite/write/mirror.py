"""Mirror: output/ becomes what was planned; what is not softsite's own is left alone.

New bytes wait in a staging folder until all are there; then each file takes its place
in one step, so that a reader sees the old version or the new one, and a build that
fails or dies has changed nothing or is completed by the next one. A list of softsite's
own files stands in the output itself, and always names at least what is there: so a
file is never taken for somebody else's, not even when `.softsite/` is gone.
"""

import os
import shutil
import signal
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from softsite.records import DecodeError, decoder, dumped
from softsite.write.lock import forget

LARGE = 60_000  # bytes of the list of own files: about a thousand of them
OWN = ".softsite-files"
STAGING = ".softsite-staging"


class Found(NamedTuple):
    """What stands in the output: files by path with (size, mtime ns), folders, and what is neither.

    `own` are the files that softsite made, or was about to make.
    """

    files: dict[str, tuple[int, int]]
    folders: set[str]
    odd: set[str]
    own: set[str]


def found(output: Path) -> Found:
    """What stands in the output now; links are not followed. Raises OSError when it cannot be looked at."""
    seen = Found({}, set(), set(), _own_files(output))
    if output.is_dir():
        _look(str(output), "", seen)
    seen.files.pop(OWN, None)
    return seen


class Look:
    """A look at the output that is under way.

    A large output is looked at by a forked process while this one does other things:
    that spares a tenth of a build with nothing to do. If it fails, the look is taken here.
    """

    def __init__(self, output: Path) -> None:
        self.output = output
        self.child = 0
        self.pipe: int | None = None
        if sys.platform == "linux" and _size(output / OWN) >= LARGE:
            self.pipe, writer = os.pipe()
            self.child = os.fork()
            if not self.child:
                os.close(self.pipe)
                _send(writer, output)
            os.close(writer)

    def found(self) -> Found:
        """What stands in the output. Raises OSError when it cannot be looked at."""
        data = b""
        if self.pipe is not None:
            with open(self.pipe, "rb", closefd=False) as pipe:
                data = pipe.read()
            self.close()
        try:
            return _decoder.decode(data) if data else found(self.output)
        except DecodeError:
            return found(self.output)

    def close(self) -> None:
        """Ends the look, whether or not anybody wants to know."""
        if self.pipe is not None:
            os.close(self.pipe)
            os.kill(self.child, signal.SIGKILL)
            os.waitpid(self.child, 0)
            self.pipe = None


_decoder = decoder(Found)


def _send(writer: int, output: Path) -> None:
    """What the forked process does: looks, tells, and ends without a trace."""
    try:
        forget()
        with open(writer, "wb") as pipe:
            pipe.write(dumped(found(output)))
    finally:
        os._exit(0)


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _look(folder: str, inside: str, seen: Found) -> None:
    files = seen.files
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_file(follow_symlinks=False):
                status = entry.stat(follow_symlinks=False)
                files[inside + entry.name] = (status.st_size, status.st_mtime_ns)
            elif not entry.is_dir(follow_symlinks=False):
                seen.odd.add(inside + entry.name)
            elif inside + entry.name != STAGING:
                seen.folders.add(inside + entry.name)
                _look(entry.path, f"{inside}{entry.name}/", seen)


def _own_files(output: Path) -> set[str]:
    """The files that the output's own list names."""
    try:
        text = (output / OWN).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return set()
    return {line for line in text.split("\n") if line}


def stage(staging: str, path: str, data: bytes) -> tuple[int, int]:
    """Puts the bytes of an output where they wait; gives (size, mtime ns)."""
    target = f"{staging}/{path}"
    try:
        descriptor = os.open(target, _FLAGS, 0o666)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        descriptor = os.open(target, _FLAGS, 0o666)
    try:
        written = os.write(descriptor, data)
        while written < len(data):
            written += os.write(descriptor, memoryview(data)[written:])
        status = os.fstat(descriptor)
    finally:
        os.close(descriptor)
    return status.st_size, status.st_mtime_ns


_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


def same(output: str, path: str, data: bytes) -> bool:
    """Whether an output already holds these bytes."""
    try:
        with open(f"{output}/{path}", "rb", buffering=0) as file:
            return os.fstat(file.fileno()).st_size == len(data) and file.read() == data
    except OSError:
        return False


def blocked(planned: Iterable[str], seen: Found) -> list[str]:
    """What stands where a folder of the output has to be, or is no ordinary file."""
    wanted, own = set(planned), seen.own
    if own >= seen.files.keys() and not seen.odd and seen.folders.isdisjoint(wanted):
        return []
    needed, own_folders = _folders(wanted), _folders(own)
    theirs = {folder for folder in seen.folders & wanted if folder not in own_folders}
    theirs |= {path for path in seen.files.keys() - own if not wanted.isdisjoint(_folders([path]))}
    return sorted(theirs | (seen.odd & (needed | wanted)) | ((seen.files.keys() - own) & needed))


def staging_folder(root: Path, output: Path) -> Path:
    """Where new files wait: on the output's own file system, so that each takes its place in one step."""
    if output.is_dir() and os.path.ismount(output):
        return output / STAGING
    return (
        root / ".softsite" / "staging"
        if output.parent == root
        else output.parent / f".{output.name}.softsite"
    )


def publish(
    output: Path, staging: Path, staged: Iterable[str], planned: Iterable[str], seen: Found
) -> list[str]:
    """Makes the output what was planned; gives what was removed. Raises OSError."""
    wanted, own = set(planned), seen.own
    gone = sorted((own - wanted) & seen.files.keys())
    if not output.exists() and staging.is_dir():
        (staging / OWN).write_text(_listed(wanted), encoding="utf-8", newline="\n")
        output.parent.mkdir(parents=True, exist_ok=True)
        os.rename(staging, output)
        return []
    output.mkdir(parents=True, exist_ok=True)
    _write_own(output, staging, own, own | wanted)
    in_the_way = _in_the_way(gone, wanted)
    try:
        _remove(output, in_the_way)
        _replace(str(output), str(staging), staged)
        _remove(output, _really_gone(output, (path for path in gone if path not in in_the_way), wanted))
        _write_own(output, staging, own | wanted, wanted)
    except OSError as error:
        raise HalfPublishedError(error) from error
    return gone


class HalfPublishedError(Exception):
    """The disk failed while files were taking their places; the next build completes it."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.error = error


def _really_gone(output: Path, paths: Iterable[str], wanted: set[str]) -> Iterator[str]:
    """The files to remove: not one that only changed the case of its name, where that is the same file."""
    lowered = {path.lower(): path for path in wanted}
    for path in paths:
        same_name = lowered.get(path.lower())
        if same_name is None or not os.path.samefile(output / path, output / same_name):
            yield path


def _replace(output: str, staging: str, staged: Iterable[str]) -> None:
    """Moves every staged file to its place."""
    for path in staged:
        target = f"{output}/{path}"
        try:
            os.replace(f"{staging}/{path}", target)
        except (FileNotFoundError, NotADirectoryError):
            os.makedirs(os.path.dirname(target), exist_ok=True)
            os.replace(f"{staging}/{path}", target)


def _in_the_way(gone: Iterable[str], wanted: set[str]) -> set[str]:
    """The files to remove first: where a file was there comes a folder, or the other way round."""
    folders = _folders(wanted)
    return {path for path in gone if path in folders or any(above in wanted for above in _folders([path]))}


def _folders(paths: Iterable[str]) -> set[str]:
    """Every folder above these paths."""
    found: set[str] = set()
    for folder in {path.rpartition("/")[0] for path in paths}:
        above = folder
        while above and above not in found:
            found.add(above)
            above = above.rpartition("/")[0]
    return found


def _remove(output: Path, paths: Iterable[str]) -> None:
    """Removes files, and the folders that they leave empty."""
    for path in paths:
        os.unlink(output / path)
        _remove_empty(output, path)


def _remove_empty(output: Path, path: str) -> None:
    """Removes the folders that a removed file leaves empty."""
    folder = path.rpartition("/")[0]
    while folder:
        try:
            os.rmdir(output / folder)
        except OSError:
            return
        folder = folder.rpartition("/")[0]


def _write_own(output: Path, staging: Path, old: set[str], new: set[str]) -> None:
    """Writes the list of softsite's own files, when it changes."""
    if new != old or not (output / OWN).exists():
        staging.mkdir(parents=True, exist_ok=True)
        (staging / OWN).write_text(_listed(new), encoding="utf-8", newline="\n")
        os.replace(staging / OWN, output / OWN)


def _listed(paths: Iterable[str]) -> str:
    return "".join(f"{path}\n" for path in sorted(paths))


def clear(staging: Path) -> None:
    """Takes the staging folder away, whatever is in it."""
    shutil.rmtree(staging, ignore_errors=True)


def left_alone(seen: Found, planned: Mapping[str, object]) -> list[str]:
    """The files that are not softsite's own, and no plan names."""
    return sorted(path for path in (seen.files.keys() | seen.odd) - seen.own - planned.keys())
