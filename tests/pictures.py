"""Pictures for tests, made here: each the same on every machine."""

import io
import random
import struct
import zlib
from typing import Any

from PIL import Image

CAMERA, PLACE = 0x010F, 0x8825
RIGHT = 6  # orientation: the top of the scene is at the right


def photo(width: int, height: int, seed: int = 0) -> Image.Image:
    """A picture with details of all sizes, as a photograph has."""
    rng, small = random.Random(seed), (max(1, width // 4), max(1, height // 4))
    rough = Image.frombytes("RGB", small, rng.randbytes(small[0] * small[1] * 3))
    coarse = Image.frombytes("RGB", (3, 2), rng.randbytes(18)).resize(
        (width, height), Image.Resampling.BICUBIC
    )
    return Image.blend(coarse, rough.resize((width, height), Image.Resampling.BICUBIC), 0.25)


def saved(image: Image.Image, kind: str = "JPEG", **how: Any) -> bytes:
    """The bytes of a picture's file."""
    made = io.BytesIO()
    image.save(made, kind, **how)
    return made.getvalue()


def read(data: bytes) -> Image.Image:
    """A picture from its file, decoded."""
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def jpeg(width: int, height: int, seed: int = 0) -> bytes:
    """A photograph as a camera saves it, without its notes."""
    return saved(photo(width, height, seed), quality=90)


def notes(orientation: int = 1) -> Image.Exif:
    """What a telephone notes in a picture: its maker, the place, how it was held."""
    made = Image.Exif()
    made[CAMERA] = "SecretCam"
    made[0x0112] = orientation
    made.get_ifd(PLACE)[1] = "N"
    made.get_ifd(PLACE)[2] = (43.0, 53.0, 12.0)
    return made


def png_of(width: int, height: int, depth: int, color: int, rows: bytes) -> bytes:
    """A PNG file of these rows as they come, also one whose head promises what it does not hold."""

    def chunk(name: bytes, held: bytes) -> bytes:
        return struct.pack(">I", len(held)) + name + held + struct.pack(">I", zlib.crc32(name + held))

    head = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )
