"""Pictures: what is known of each picture that is published, and the outputs that its variants are."""

import posixpath
from collections.abc import Iterable, Iterator, Mapping

from softsite.plan.outputs import COPY, Output
from softsite.records import Record
from softsite.text.links import IMAGES, Reference

SHOT = "shot"
VARIANT = "variant"
FOLDER = "static/pictures/"


class Variant(Record, frozen=True):
    """A picture in another format and at most its own width; `name` is the digest of its bytes, `type` avif or webp."""

    type: str
    width: int
    name: bytes

    @property
    def path(self) -> str:
        """Where it stands in the output: by its content, and never changing."""
        name = self.name.hex()
        return f"{FOLDER}{name[:10]}.{name[10:20]}.{self.type}"


class Shot(Record, frozen=True):
    """A picture as readers get it: its size in pixels (0: not known), and its variants, each type's narrowest first.

    `name` is the digest of the bytes that are published at the picture's own address,
    and `key` names what was made from it; without a key its file is published as it is.
    """

    width: int
    height: int
    key: bytes = b""
    name: bytes = b""
    variants: tuple[Variant, ...] = ()


def is_picture(path: str) -> bool:
    """Whether a file of content/ is a picture."""
    return posixpath.splitext(path)[1].lower() in IMAGES


def shot_name(path: str, digest: bytes) -> bytes:
    """What the shot of a picture goes by: its bytes, and whether they are read as SVG."""
    return digest + b"svg" if path.lower().endswith(".svg") else digest


def pictures_of(references: Iterable[Reference], files: Mapping[str, object]) -> dict[str, str]:
    """The slots by which a page depends on the pictures that its texts name."""
    return {
        name: name
        for each in references
        if each.kind == "asset" and each.target in files and is_picture(each.target)
        for name in (f"{SHOT}:{each.target}",)
    }


def outputs(shots: Mapping[str, Shot]) -> Iterator[Output]:
    """The variants of all pictures as outputs; pictures that are alike share theirs."""
    made = {
        variant.path: Output(variant.path, COPY, b"", (f"{VARIANT}:{shot.key.hex()}:{number}",))
        for shot in shots.values()
        for number, variant in enumerate(shot.variants, 1)
    }
    return iter(made.values())
