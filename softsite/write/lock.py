"""Lock: one build at a time in a site; the system takes the lock away when its holder dies."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Locked(Exception):
    """Another build holds the lock."""


_held: set[int] = set()


def forget() -> None:
    """In a forked process: lets go of locks that are its parent's, which would else outlive the parent."""
    while _held:
        os.close(_held.pop())


@contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Holds the lock of the site whose memo is in `folder`. Raises Locked."""
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o666)
    _held.add(descriptor)
    try:
        _take(descriptor)
        yield
    finally:
        if descriptor in _held:
            _held.remove(descriptor)
            os.close(descriptor)


def _take(descriptor: int) -> None:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
            raise
        raise Locked from error
