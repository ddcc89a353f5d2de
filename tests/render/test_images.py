"""Images: what is published of each kind of picture, and which are refused."""

import contextlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from softsite.config import Pictures
from softsite.render.images import SMALL, Developed, Unfit, developed
from tests.pictures import RIGHT, jpeg, notes, photo, png_of, read, saved

USUAL = Pictures()
KINDS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "BMP")
HAVE_NOTES = ("JPEG", "PNG", "WEBP", "AVIF")


def made(data: bytes, settings: Pictures = USUAL) -> Developed:
    return developed(data, settings)


def widths(found: Developed, kind: str) -> list[int]:
    return [each.width for each in found.variants if each.type == kind]


def refused(data: bytes) -> str:
    with pytest.raises(Unfit) as error:
        made(data)
    return error.value.code


# What every picture gets


@pytest.mark.parametrize("kind", KINDS)
def test_its_own_format_stays(kind: str) -> None:
    found = made(saved(photo(300, 200), kind))
    assert read(found.data).format == kind
    assert (found.width, found.height) == read(found.data).size == (300, 200)


@pytest.mark.parametrize("kind", HAVE_NOTES)
def test_nothing_that_a_camera_noted_is_left(kind: str) -> None:
    xmp = b"<x:xmpmeta>SecretCam</x:xmpmeta>"
    data = saved(photo(900, 600), kind, exif=notes(), xmp=xmp) + b"SecretCam: the film of a moving photo"
    assert data.count(b"SecretCam") > 1
    found = made(data)
    assert found.variants
    for each in (found.data, *(variant.data for variant in found.variants)):
        assert b"SecretCam" not in each
        assert not read(each).getexif()
        assert not {"exif", "xmp", "icc_profile", "comment", "photoshop"} & read(each).info.keys()


@pytest.mark.parametrize("name", ["comment", "text"])
def test_no_words_are_left(name: str) -> None:
    from PIL.PngImagePlugin import PngInfo

    words = PngInfo()
    words.add_text("Author", "SecretCam", zip=False)
    data = (
        saved(photo(90, 60), "PNG", pnginfo=words)
        if name == "text"
        else saved(photo(90, 60), comment="SecretCam")
    )
    assert b"SecretCam" in data
    assert b"SecretCam" not in made(data).data


@pytest.mark.parametrize("kind", HAVE_NOTES)
@pytest.mark.parametrize("width", [400, 3000])
def test_pictures_are_upright(kind: str, width: int) -> None:
    scene = Image.new("RGB", (width, width // 2), (200, 30, 30))
    scene.paste((30, 30, 200), (width // 2, 0, width, width // 2))
    held = scene.transpose(Image.Transpose.ROTATE_90)  # as it lies in the file
    found = made(saved(held, kind, exif=notes(RIGHT)))
    assert (found.width, found.height) == (min(width, USUAL.largest), min(width, USUAL.largest) // 2)
    left, right = (
        read(found.data).convert("RGB").getpixel((9, 9)),
        read(found.data).convert("RGB").getpixel((found.width - 9, 9)),
    )
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert left[0] > 150 > left[2]
    assert right[2] > 150 > right[0]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_colours_are_those_of_srgb(kind: str) -> None:
    """A profile in which red and green have changed places: the picture looks as its maker saw it."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    at = {name: profile.index(name) for name in (b"rXYZ", b"gXYZ")}
    swapped = bytearray(profile)
    swapped[at[b"rXYZ"] : at[b"rXYZ"] + 4], swapped[at[b"gXYZ"] : at[b"gXYZ"] + 4] = b"gXYZ", b"rXYZ"
    other = bytes(swapped).replace("sRGB".encode("utf-16-be"), "odd!".encode("utf-16-be"))
    red = Image.new("RGB", (64, 64), (200, 20, 20))
    for name, wanted in ((profile, (200, 20, 20)), (other, (20, 200, 20)), (b"no profile", (200, 20, 20))):
        seen = (
            read(made(saved(red, kind, icc_profile=name, quality=95)).data).convert("RGB").getpixel((32, 32))
        )
        assert isinstance(seen, tuple)
        assert all(abs(one - other) < 25 for one, other in zip(seen, wanted, strict=True)), (kind, seen)


# Variants


@pytest.mark.parametrize(
    ("width", "wanted"),
    [
        (420, [420]),
        (500, [500]),
        (600, [420, 600]),
        (1000, [420, 1000]),
        (1600, [420, 840, 1600]),
        (2400, [420, 840, 1600]),
    ],
)
def test_variants_are_few_and_never_wider_than_the_picture(width: int, wanted: list[int]) -> None:
    found = made(jpeg(width, 300))
    assert widths(found, "avif") == widths(found, "webp") == wanted
    for each in found.variants:
        assert read(each.data).size == (each.width, max(1, round(300 * each.width / width)))
        assert read(each.data).format == each.type.upper()
        assert len(each.data) < len(found.data)


def test_the_better_format_stands_first() -> None:
    assert [each.type for each in made(jpeg(700, 300)).variants] == ["avif", "avif", "webp", "webp"]


def test_a_small_file_has_no_variants() -> None:
    found = made(jpeg(200, 150))
    assert len(found.data) <= SMALL
    assert found.variants == ()


def test_a_variant_that_is_larger_than_the_picture_is_left_out() -> None:
    """Stripes of single points: PNG writes one row, the others every point."""
    stripes = Image.new("1", (1500, 1500))
    stripes.putdata([(x * 7919 // 64) % 2 for x in range(1500)] * 1500)
    data = saved(stripes, "PNG")
    for each in made(data).variants:
        assert len(each.data) < len(made(data).data)


def test_formats_and_widths_are_settings() -> None:
    found = made(jpeg(1000, 500), Pictures(("webp",), (500,), 800))
    assert (found.width, found.height) == (800, 400)
    assert [(each.type, each.width) for each in found.variants] == [("webp", 500)]
    assert made(jpeg(1000, 500), Pictures((), (500,), 800)).variants == ()
    assert made(jpeg(1000, 500), Pictures(("webp",), (), 800)).variants == ()


def test_the_same_picture_gives_the_same_bytes() -> None:
    data = saved(photo(1000, 700), exif=notes())
    assert made(data) == made(data)


def test_a_photograph_keeps_its_quality() -> None:
    """Saved again with its own tables, a JPEG hardly changes, in looks or in size."""
    data = jpeg(800, 600)
    again = made(data).data
    differences = [
        abs(one - other)
        for one, other in zip(
            read(data).convert("L").tobytes(), read(again).convert("L").tobytes(), strict=True
        )
    ]
    assert sum(differences) / len(differences) < 0.5
    assert len(again) < 1.05 * len(data)


# Kinds of pictures


def test_cmyk_becomes_rgb() -> None:
    found = made(saved(photo(700, 500).convert("CMYK")))
    assert read(found.data).mode == "RGB"
    assert widths(found, "avif") == [420, 700]


def test_sixteen_bits_become_eight() -> None:
    grey = b"".join(b"\0" + b"\x80\0" * 50 for _ in range(50))
    color = b"".join(b"\0" + b"\xff\xff\x80\0\0\0" * 50 for _ in range(50))
    assert read(made(png_of(50, 50, 16, 0, grey)).data).getpixel((9, 9)) in (127, 128)
    assert read(made(png_of(50, 50, 16, 2, color)).data).getpixel((9, 9)) == (255, 128, 0)


@pytest.mark.parametrize("kind", ["PNG", "GIF"])
def test_a_palette_stays_and_so_does_what_shows_through(kind: str) -> None:
    image = photo(900, 600).quantize(64)
    image.paste(0, (0, 0, 450, 600))
    found = made(saved(image, kind, transparency=0))
    again = read(found.data)
    assert again.mode == "P"
    assert again.convert("RGBA").getchannel("A").getextrema() == (0, 255)
    assert found.variants
    for each in found.variants:
        assert read(each.data).convert("RGBA").getchannel("A").getpixel((5, 5)) == 0


@pytest.mark.parametrize("mode", ["1", "L", "LA", "RGBA", "I;16"])
def test_other_modes(mode: str) -> None:
    image = photo(1200, 400).convert("L" if mode == "I;16" else mode)
    found = made(saved(image if mode != "I;16" else image.convert("I;16"), "PNG"))
    assert (found.width, found.height) == (1200, 400)
    for each in found.variants:
        assert read(each.data).size[0] == each.width


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "AVIF"])
def test_a_moving_picture_stays_as_it_is(kind: str) -> None:
    frames = [photo(120, 80, seed) for seed in range(3)]
    found = made(saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100))
    assert found == Developed(120, 80, b"", ())


@pytest.mark.parametrize("kind", ["WEBP", "PNG", "AVIF"])
def test_a_moving_picture_with_notes_of_a_camera_is_refused(kind: str) -> None:
    frames = [photo(120, 80, seed) for seed in range(3)]
    assert (
        refused(saved(frames[0], kind, save_all=True, append_images=frames[1:], exif=notes()))
        == "picture-moving"
    )


def test_a_telephone_s_picture_with_a_second_one_inside() -> None:
    """MPO: the small one for a preview is not published."""
    data = saved(photo(900, 600), "MPO", save_all=True, append_images=[photo(90, 60, 1)], exif=notes())
    assert read(data).format == "MPO"
    found = made(data)
    assert read(found.data).format == "JPEG"
    assert found.data.count(b"\xff\xd8\xff") == 1


@pytest.mark.parametrize(
    ("size", "wanted"), [((1, 1), (1, 1)), ((20_000, 10), (2560, 1)), ((10, 20_000), (10, 20_000))]
)
def test_odd_shapes(size: tuple[int, int], wanted: tuple[int, int]) -> None:
    found = made(saved(photo(*size), "PNG"))
    assert (found.width, found.height) == read(found.data).size == wanted


def test_a_very_long_picture_has_no_variants() -> None:
    found = made(saved(Image.effect_mandelbrot((1080, 12_000), (-3, -2.5, 2, 2.5), 40), "JPEG"))
    assert (found.width, found.height, found.variants) == (1080, 12_000, ())


# What is refused


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_cut_off_is_refused(kind: str) -> None:
    data = saved(photo(300, 200), kind)
    assert refused(data[: len(data) * 2 // 3]) == ("picture-unknown" if kind == "AVIF" else "picture-broken")
    assert refused(data[:40]) in {"picture-broken", "picture-unknown"}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0",
        b"no picture",
        b"\x89PNG\r\n\x1a\n",
        b"\0\0\0\x18ftypheic\0\0\0\0",
        b"%PDF-1.4",
        b"\xff\xd8\xff",
    ],
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    assert refused(data) == "picture-unknown"


def _with_size(data: bytes, old: tuple[int, int], new: tuple[int, int]) -> bytes:
    """A JPEG whose head promises another size."""
    here, there = (bytes([*h.to_bytes(2), *w.to_bytes(2)]) for w, h in (old, new))
    assert data.count(here) == 1
    return data.replace(here, there)


def _wide_webp(width: int) -> bytes:
    """A WebP whose head promises a square of this width."""
    data = bytearray(saved(Image.new("RGB", (3, 3)), "WEBP", lossless=True))
    at = data.index(b"VP8L") + 9
    data[at : at + 4] = ((width - 1) | (width - 1) << 14 | data[at + 3] >> 4 << 28).to_bytes(4, "little")
    return bytes(data)


BOMBS: dict[str, Callable[[], bytes]] = {
    "png": lambda: png_of(50_000, 50_000, 8, 2, b"\0" * 9),
    "png of one bit": lambda: png_of(30_000, 30_000, 1, 0, b"\0" * 9),
    "gif": lambda: saved(Image.new("P", (3, 3)), "GIF").replace(b"\x03\0\x03\0", b"\xff\xff\xff\xff"),
    "bmp": lambda: saved(Image.new("RGB", (3, 3)), "BMP").replace(
        b"\x03\0\0\0\x03\0\0\0", b"\x50\xc3\0\0\x50\xc3\0\0"
    ),
    "jpeg": lambda: _with_size(jpeg(300, 200), (300, 200), (65_000, 65_000)),
    "webp": lambda: _wide_webp(16_383),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_before_it_is_opened(name: str) -> None:
    with pytest.raises(Unfit) as error:
        made(BOMBS[name]())
    assert error.value.code == "picture-large"
    assert error.value.facts["width"] >= 16_000


# The largest that are taken, each of one colour, so that they are quickly made.
HEAVY = {
    "png": "saved(Image.new('RGB', (4600, 4700)), 'PNG')",
    "palette": "saved(Image.new('P', (4600, 4700)), 'PNG', transparency=0)",
    "long": "saved(Image.new('RGB', (8700, 2500)), 'JPEG', exif=notes(RIGHT))",
    "cmyk": "saved(Image.new('CMYK', (9000, 9000)), 'JPEG')",
    "telephone": "saved(Image.new('RGB', (9248, 6936)), 'JPEG', exif=notes(RIGHT))",
    "progressive": "saved(Image.new('RGB', (5400, 4000)), 'JPEG', progressive=True, subsampling=0)",
    "webp": "saved(Image.new('RGBA', (2500, 5300), (1, 2, 3, 99)), 'WEBP', lossless=True, method=0)",
    "avif": "saved(Image.new('RGBA', (2500, 3500), (1, 2, 3, 99)), 'AVIF', speed=10)",
}


@pytest.mark.parametrize("name", HEAVY)
def test_no_picture_takes_more_than_300_mb(name: str, tmp_path: Path) -> None:
    make = f"from PIL import Image; from tests.pictures import *; open('p', 'wb').write({HEAVY[name]})"
    look = (
        "import re; from softsite.config import Pictures; from softsite.render.images import developed\n"
        "developed(open('p', 'rb').read(), Pictures())\n"
        "print(re.search(r'VmHWM:\\s*([0-9]+)', open('/proc/self/status').read())[1])"
    )
    path = {"PYTHONPATH": str(Path(__file__).parents[2])}
    subprocess.run([sys.executable, "-c", make], check=True, cwd=tmp_path, env=path)
    done = subprocess.run(
        [sys.executable, "-c", look], check=True, cwd=tmp_path, env=path, capture_output=True, text=True
    )
    assert int(done.stdout) < 300_000


def test_any_damage_is_a_refusal() -> None:
    """Whatever byte is wrong, there is a picture or a reason."""
    for kind in KINDS:
        data = bytearray(saved(photo(60, 40), kind))
        for at in range(0, len(data), max(1, len(data) // 60)):
            wrong = bytearray(data)
            wrong[at] ^= 0x55
            with contextlib.suppress(Unfit):
                made(bytes(wrong))
