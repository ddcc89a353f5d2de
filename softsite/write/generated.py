"""Generated: files that softsite makes in a person's folder, all or none, and never over a file that the person made.

Every generated file carries a mark, by which it is known again.
"""

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple


class TakenError(Exception):
    """A file of this name is there, and is not ours."""


class Written(NamedTuple):
    """How many files were written, and how many that are not generated any more were removed."""

    written: int
    removed: int


def generate(folder: Path, files: Mapping[str, str], mark: str, *, alone: bool = True) -> Written:
    """Makes the generated files of a folder what `files` says; each has the `mark` in it.

    Others of that mark are removed where these stand `alone`. Raises TakenError before anything is written, and OSError.
    """
    for name in files:
        if (folder / name).exists() and not _is_ours(folder / name, mark):
            raise TakenError(str(folder / name))
    changed = {name: text for name, text in files.items() if not _holds(folder / name, text)}
    gone = [path for path in _others(folder, files) if alone and _is_ours(path, mark)]
    for name, text in changed.items():
        put(folder / name, text)
    for path in gone:
        path.unlink()
    return Written(len(changed), len(gone))


def put(path: Path, text: str) -> None:
    """Writes a file in one step: it is as before, or new. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    waiting = path.with_name(f".{path.name}.softsite")
    try:
        waiting.write_text(text, encoding="utf-8", newline="")
        if path.exists():
            shutil.copymode(path, waiting)
        os.replace(waiting, path)
    finally:
        waiting.unlink(missing_ok=True)


def put_new(path: Path, text: str) -> None:
    """Writes a file that is not there yet. Raises FileExistsError, also where one appears meanwhile, and OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="") as file:
        try:
            file.write(text)
            file.flush()
        except OSError:
            path.unlink()
            raise


def _others(folder: Path, files: Iterable[str]) -> list[Path]:
    """The files of a folder that are none of these."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.is_file() and path.name not in set(files))


def _is_ours(path: Path, mark: str) -> bool:
    try:
        return path.is_file() and mark.encode() in path.read_bytes()
    except OSError:
        return False


def _holds(path: Path, text: str) -> bool:
    try:
        return path.read_bytes() == text.encode()
    except OSError:
        return False
