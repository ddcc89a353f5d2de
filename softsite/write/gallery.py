"""Gallery: what was made of each picture, by key; a cache that may vanish at any time.

A file for each picture holds all that is published of it, and the digest of that, so
a damaged one is noticed. It outlives the memo: a new release of the program, or a
clean build, encodes nothing anew that the same encoders have made before.
"""

import os
from collections.abc import Collection
from pathlib import Path

from softsite.plan.pictures import Shot
from softsite.records import DIGEST_SIZE, DecodeError, Record, decoder, digest, encoded

KEPT_FOR = 30 * 86_400 * 10**9  # ns; so long a picture is kept that no build asks for


class Kept(Record, frozen=True):
    """A shot and its bytes: those at the picture's own address, then each variant's."""

    shot: Shot
    data: tuple[bytes, ...]


_decoder = decoder(Kept)


def kept(folder: Path, key: bytes) -> Kept | None:
    """What was made under this key, if it is there and whole."""
    try:
        held = (folder / key.hex()).read_bytes()
        if digest(held[DIGEST_SIZE:]) == held[:DIGEST_SIZE]:
            return _decoder.decode(held[DIGEST_SIZE:])
    except (OSError, DecodeError):
        pass
    return None


def keep(folder: Path, made: Kept) -> None:
    """Keeps what was made, in one step. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    data = encoded(made)
    waiting = folder / f"{made.shot.key.hex()}.{os.getpid()}"
    waiting.write_bytes(digest(data) + data)
    os.replace(waiting, folder / made.shot.key.hex())


def sweep(folder: Path, used: Collection[bytes], now: int) -> None:
    """Removes what nobody uses and was made long before `now` (ns)."""
    if folder.is_dir():
        names = {key.hex() for key in used}
        for file in os.scandir(folder):
            if file.name not in names and file.stat().st_mtime_ns < now - KEPT_FOR:
                os.unlink(file.path)
