"""Pieces: rendered bodies and skeletons by key, appended to pack files; a cache that may vanish at any time."""

import os
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

from softsite.records import DecodeError, Record, decoder, digest, dumped

INDEX = "index"
MANY_PACKS = 12
WASTE = 2  # packs may hold so many times what is still used


class Place(Record, frozen=True):
    """Where a piece lies: its pack, the first byte, how many bytes, and their checksum (CRC 32)."""

    pack: str
    offset: int
    length: int
    checksum: int


class Pieces:
    """Reads pieces by key, and appends new ones to a pack of its own."""

    def __init__(self, folder: Path, index: Mapping[bytes, Place]) -> None:
        self.folder = folder
        self.index = dict(index)
        self.added: dict[bytes, Place] = {}
        self.readers: dict[str, BinaryIO] = {}
        self.writer: BinaryIO | None = None
        self.pack = ""

    def get(self, key: bytes) -> bytes | None:
        """The bytes of a piece; None when it was never made. Raises Lost when it should be there and is not."""
        place = self.index.get(key)
        if place is None:
            return None
        data = self._read(place)
        if data is None or crc32(data) != place.checksum:
            raise Lost
        return data

    def put(self, key: bytes, data: bytes) -> None:
        """Keeps the bytes of a piece."""
        if self.writer is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.pack = f"{os.getpid()}-{time.time_ns()}-{os.urandom(3).hex()}"
            self.writer = open(self.folder / self.pack, "xb", buffering=1 << 20)  # noqa: SIM115 - lives long
        place = Place(self.pack, self.writer.tell(), len(data), crc32(data))
        self.writer.write(data)
        self.index[key] = self.added[key] = place

    def flushed(self) -> dict[bytes, Place]:
        """The pieces added since the last call; others can read them now."""
        if self.writer is not None:
            self.writer.flush()
        added, self.added = self.added, {}
        return added

    def close(self) -> None:
        """Closes all files."""
        for file in (*self.readers.values(), *filter(None, [self.writer])):
            file.close()
        self.readers.clear()
        self.writer = None

    def _read(self, place: Place) -> bytes | None:
        if self.writer is not None and self.pack == place.pack:
            self.writer.flush()
        try:
            file = self.readers.get(place.pack) or self._open(place.pack)
            file.seek(place.offset)
            data = file.read(place.length)
        except OSError:
            return None
        return data if len(data) == place.length else None

    def _open(self, pack: str) -> BinaryIO:
        self.readers[pack] = open(self.folder / pack, "rb", buffering=0)  # noqa: SIM115 - lives long
        return self.readers[pack]


def saved(folder: Path, index: Mapping[bytes, Place]) -> bytes:
    """Writes the index beside its packs; gives its name, by which `loaded` knows it again."""
    data = dumped(index)
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / "index.new"
    fresh.write_bytes(data)
    os.replace(fresh, folder / INDEX)
    return digest(data)


def loaded(folder: Path, name: bytes) -> dict[bytes, Place]:
    """The index of that name. Raises Lost when it, or a piece that it names, is not there."""
    try:
        data = (folder / INDEX).read_bytes()
        if digest(data) == name and _whole(folder, index := _decoder.decode(data)):
            return index
    except (OSError, DecodeError):
        pass
    raise Lost


class Lost(Exception):
    """The pieces are not all there: what was remembered with them is of no use."""


_decoder = decoder(dict[bytes, Place])


def _whole(folder: Path, index: Mapping[bytes, Place]) -> bool:
    """Whether every pack that the index names is there, as long as it has to be."""
    ends: dict[str, int] = {}
    for place in index.values():
        end = place.offset + place.length
        if end > ends.get(place.pack, -1):
            ends[place.pack] = end
    return all(os.stat(folder / pack).st_size >= end for pack, end in ends.items())


def are_many(folder: Path) -> bool:
    """Whether there are more packs than is good."""
    return len(os.listdir(folder)) > MANY_PACKS


def tidied(folder: Path, index: dict[bytes, Place], used: Iterable[bytes]) -> dict[bytes, Place]:
    """The index of what is still used; copies it to one pack when packs are many or mostly waste.

    Packs that nothing names any more are left for `sweep`.
    """
    live = {key: index[key] for key in used if key in index}
    packs = {place.pack for place in live.values()}
    total = sum(os.stat(folder / pack).st_size for pack in packs)
    if len(packs) <= MANY_PACKS and total <= WASTE * sum(place.length for place in live.values()) + 1_000_000:
        return live
    old, new = Pieces(folder, live), Pieces(folder, {})
    for key in live:
        data = old.get(key)
        if data is not None:
            new.put(key, data)
    moved = new.flushed()
    old.close()
    new.close()
    return moved


def sweep(folder: Path, index: Mapping[bytes, Place]) -> None:
    """Removes the packs that the index does not name."""
    packs = {place.pack for place in index.values()}
    if folder.is_dir():
        for file in os.scandir(folder):
            if file.name not in packs and file.name != INDEX:
                os.unlink(file.path)
