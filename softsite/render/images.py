"""Images: what is published of an editor's picture: upright, in sRGB, without what the camera noted, and in variants.

Every picture is decoded and encoded anew, so nothing of its file but pixels gets out; only moving ones stay as they
are. Encoders run on one thread with fixed settings: the same picture gives the same bytes, whoever makes it.
"""

import io
import warnings
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import PIL
from PIL import Image, ImageCms, ImageOps, JpegImagePlugin, features

from softsite.config import Pictures
from softsite.records import digest, key

Image.MAX_IMAGE_PIXELS = None  # MEMORY is our limit, asked before anything is decoded

MEMORY = 240_000_000  # bytes that a picture may take while it is decoded
SMALL = 12_000  # bytes; below, a variant would spare a reader nothing that can be felt
NEAR = 1.25  # a variant this little narrower than the widest is left out
MOST_PIXELS = 4_000_000  # of a variant: one to five seconds of AVIF
WEBP_SIDE = 16_383  # WebP knows nothing longer
DRAWN = 512  # a picture of so few colours is drawn, not photographed

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "BMP")
_MOVING = frozenset({"PNG", "WEBP", "GIF", "AVIF"})
_TURNED = frozenset({5, 6, 7, 8})  # orientations of EXIF that lie on their side
# Bytes for each decoded pixel, measured (tests/render/test_images.py); WebP and AVIF have buffers of their own.
_COST = {"WEBP": 18, "AVIF": 27}
_USUAL_COST = 11
_PROGRESSIVE = 6  # more for each pixel of the whole picture, which a progressive JPEG keeps as coefficients

_AVIF: Mapping[str, Any] = {"speed": 6, "max_threads": 1, "autotiling": False, "codec": "aom"}
# By format, and whether the picture is drawn: the smallest of these is taken.
_ENCODERS: Mapping[tuple[str, bool], tuple[Mapping[str, Any], ...]] = {
    ("avif", False): ({"format": "AVIF", "quality": 63, **_AVIF},),
    ("avif", True): ({"format": "AVIF", "quality": 70, "subsampling": "4:4:4", **_AVIF},),
    ("webp", False): ({"format": "WEBP", "quality": 80, "method": 4},),
    ("webp", True): (
        {"format": "WEBP", "lossless": True, "quality": 60, "method": 4},
        {"format": "WEBP", "quality": 90, "method": 4},
    ),
}


class Unfit(Exception):
    """A picture cannot be published: the code of its message, and facts."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class Encoded(NamedTuple):
    """A picture in one format and width."""

    type: str
    width: int
    data: bytes


class Developed(NamedTuple):
    """What is published of a picture: its size, the bytes at its own address, and variants.

    No bytes: its file is published as it is.
    """

    width: int
    height: int
    data: bytes
    variants: tuple[Encoded, ...]


@cache
def tools() -> bytes:
    """The name of all that decides what a picture becomes, besides the picture and the settings."""
    libraries = [features.version(each) for each in ("avif", "webp", "libjpeg_turbo", "littlecms2", "zlib")]
    return key(PIL.__version__, libraries, digest(Path(__file__).read_bytes()))


def developed(data: bytes, settings: Pictures) -> Developed:
    """What is published of the picture whose file holds `data`. Raises Unfit."""
    try:
        with warnings.catch_warnings(action="ignore"):  # of notes of cameras that are damaged
            return _developed(data, settings)
    except (Unfit, MemoryError):
        raise
    except PIL.UnidentifiedImageError:
        raise Unfit("picture-unknown") from None
    except Exception as error:  # decoders raise whatever a broken file makes them raise
        raise Unfit("picture-broken", reason=error) from error


def _developed(data: bytes, settings: Pictures) -> Developed:
    image = Image.open(io.BytesIO(data), formats=_FORMATS)
    kind = "JPEG" if image.format == "MPO" else str(image.format)
    _refuse_bomb(image, settings)
    if kind in _MOVING and getattr(image, "is_animated", False):
        return _moving(image)
    shown = _upright(image, settings)
    published = _saved(shown, **_own_encoder(kind, image, shown, data))
    variants = () if len(published) <= SMALL else tuple(_variants(shown, len(published), settings))
    return Developed(*shown.size, published, variants)


def _refuse_bomb(image: Image.Image, settings: Pictures) -> None:
    """Raises Unfit for a picture that would take too much memory; a large JPEG is then decoded at a part of its size."""
    width, height = image.size
    cost = _PROGRESSIVE * width * height if image.info.get("progressive") else 0
    if image.format in ("JPEG", "MPO"):
        across = height if _orientation(image) in _TURNED else width
        share = settings.largest / across
        image.draft(image.mode, (max(1, int(width * share)), max(1, int(height * share))))
    cost += _COST.get(image.format or "", _USUAL_COST) * image.width * image.height
    if cost > MEMORY:
        raise Unfit("picture-large", width=width, height=height)


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(0x0112, 1))
    except Exception:  # damaged notes of a camera: they go anyway
        return 1


def _moving(image: Image.Image) -> Developed:
    """A moving picture stays as it is; one that has notes of a camera is refused, since they would get out."""
    image.load()
    if image.info.get("exif") or image.info.get("xmp"):
        raise Unfit("picture-moving")
    return Developed(*image.size, b"", ())


def _upright(image: Image.Image, settings: Pictures) -> Image.Image:
    """The picture as it is shown: not too wide, upright, in sRGB."""
    orientation, profile = _orientation(image), image.info.get("icc_profile")
    image.load()
    width, height = image.size[::-1] if orientation in _TURNED else image.size
    shown = image
    if width > settings.largest:
        size = (settings.largest, max(1, round(height * settings.largest / width)))
        shown = _plain(image).resize(
            size[::-1] if orientation in _TURNED else size, Image.Resampling.LANCZOS, reducing_gap=3
        )
    if orientation != 1:
        turned = Image.Exif()
        turned[0x0112] = orientation
        shown = shown.copy() if shown is image else shown
        shown.info["exif"] = turned.tobytes()
        shown = ImageOps.exif_transpose(shown)
    shown = _in_srgb(shown, profile)
    notes = shown.info
    shown.info = (
        {"transparency": notes["transparency"]} if "transparency" in notes and shown.mode == "P" else {}
    )
    return shown


def _plain(image: Image.Image) -> Image.Image:
    """A picture in a mode that can be resized and encoded: L, RGB, RGBA, or still CMYK."""
    if image.mode in ("L", "RGB", "RGBA", "CMYK") and not (
        image.mode != "RGBA" and image.has_transparency_data
    ):
        return image
    if image.mode.startswith(("I", "F")):
        return _of_16_bits(image)
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image.convert("L" if image.mode == "1" else "RGB")


def _of_16_bits(image: Image.Image) -> Image.Image:
    """A grey picture of 16 bits in 8: Pillow itself would cut off what is above 255."""
    return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """A picture whose numbers mean what browsers take them for; a profile that does not fit it is passed over."""
    if profile:
        try:
            source = ImageCms.getOpenProfile(io.BytesIO(profile))
            if "srgb" not in ImageCms.getProfileDescription(source).lower():
                plain = _plain(image)
                mode = "RGBA" if plain.mode == "RGBA" else "RGB"
                made = ImageCms.profileToProfile(plain, source, _srgb(), outputMode=mode)
                return made if made is not None else plain
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    if image.mode == "P":
        return image
    plain = _plain(image)
    return plain.convert("RGB") if plain.mode == "CMYK" else plain


@cache
def _srgb() -> Any:
    return ImageCms.createProfile("sRGB")


def _own_encoder(kind: str, image: Image.Image, shown: Image.Image, data: bytes) -> dict[str, Any]:
    """How a picture is encoded in its own format, as well as it was."""
    if kind == "JPEG":
        tables: Any = getattr(image, "quantization", {})
        same = (
            shown.mode in ("L", "RGB")
            and image.mode == shown.mode
            and image.size in (shown.size, shown.size[::-1])
        )
        if same and tables and all(max(table) < 256 for table in tables.values()) and not _was_reduced(image):
            sampling = JpegImagePlugin.get_sampling(image)
            kept: dict[str, Any] = {"qtables": list(tables.values())}
            return {"format": kind, "progressive": True, "optimize": True, **kept} | (
                {"subsampling": sampling} if sampling >= 0 and shown.size == image.size else {}
            )
        return {"format": kind, "quality": 85, "progressive": True, "optimize": True}
    if kind == "WEBP":
        return {"format": kind, "method": 4} | ({"lossless": True} if _is_lossless(data) else {"quality": 88})
    if kind == "AVIF":
        return {"format": kind, "quality": 75, **_AVIF}
    return {"format": kind}


def _is_lossless(data: bytes) -> bool:
    """Whether a WebP file holds its pixels as they were: which of the two kinds of chunk comes first."""
    lossless, lossy = data.find(b"VP8L"), data.find(b"VP8 ")
    return lossless >= 0 and not 0 <= lossy < lossless


def _was_reduced(image: Image.Image) -> bool:
    """Whether a JPEG was decoded at a part of its size."""
    return bool(getattr(image, "decoderconfig", None)) and image.decoderconfig[0] > 1  # type: ignore[attr-defined]


def _variants(shown: Image.Image, published: int, settings: Pictures) -> Iterator[Encoded]:
    """The variants that are worth it: each smaller than the picture itself, up to its own width."""
    plain = _opaque(_plain(shown))
    drawn = plain.getcolors(DRAWN) is not None
    widest = min(plain.width, settings.widths[-1]) if settings.widths else 0
    widths = [*(each for each in settings.widths if each * NEAR <= widest), widest]
    if not widest or widest * widest * plain.height / plain.width > MOST_PIXELS:
        return
    sized = [_narrowed(plain, width) for width in widths]
    for kind in settings.formats:
        if kind == "webp" and plain.height > WEBP_SIDE:
            continue
        encoders = _ENCODERS[kind, drawn]
        made = [
            Encoded(kind, each.width, min((_saved(each, **how) for how in encoders), key=len))
            for each in sized
        ]
        if len(made[-1].data) < published:
            yield from (each for each in made if len(each.data) < len(made[-1].data) or each is made[-1])


def _opaque(image: Image.Image) -> Image.Image:
    """A picture without the transparency that it does not use."""
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        return image.convert("RGB")
    return image


def _narrowed(image: Image.Image, width: int) -> Image.Image:
    """A picture at this width, which is at most its own."""
    if width == image.width:
        return image
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3)


def _saved(image: Image.Image, **how: Any) -> bytes:
    """The bytes of a picture in a format."""
    made = io.BytesIO()
    image.save(made, **how)
    return made.getvalue()
