"""Pictures on pages: their variants, their size, when they are loaded; who may see them; when they are made again."""

import os
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from tests.bulletins import FOLDER, notice, some
from tests.pictures import RIGHT, jpeg, notes, photo, read, saved
from tests.site.look import BASE, HOME, Page, dead, good, loaded_from_elsewhere, page, settings
from tests.support import SITE, Site, article, make_site, tree

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 {height}"><rect width="9" height="9"/></svg>'
BODY = """\
开头。

![甲](../images/a.jpg "说明")

![乙](../images/b.jpg)

看这个![小](../images/small.png)图，再看<img src="../images/b.jpg" alt="丙 &quot;引&quot;" width="300">。

![图表](../images/c.svg)
"""
FILES: dict[str, str | bytes] = {
    "content/policy/x.md": article(
        "甲文", "2026-11-20", BODY, image="../images/lead.jpg", image_alt="题图", special="true"
    ),
    "content/policy/y.md": article("乙文", "2026-11-19", "![丁](../images/b.jpg)"),
    "content/about.md": article("关于", body="![戊](images/a.jpg)"),
    "content/images/a.jpg": jpeg(1000, 500, 1),
    "content/images/b.jpg": saved(photo(500, 900, 2), exif=notes(RIGHT)),
    "content/images/lead.jpg": jpeg(1700, 900, 3),
    "content/images/small.png": saved(photo(20, 10), "PNG"),
    "content/images/c.svg": SVG.format(height=48),
}
VARIANTS = "static/pictures/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    made = make_site(tmp_path_factory.mktemp("pictures"), FILES, settings())
    good(made.build(jobs=2))
    return made


def variants(site: Site) -> set[str]:
    return {path for path in site.output() if path.startswith(VARIANTS)}


def image(found: Page, alt: str) -> Element:
    return found.one("img", alt=alt)


def sources(found: Page, alt: str) -> list[Element]:
    """The sources beside a picture; none where it stands alone."""
    around = [each for each in found.all("picture") if any(img.get("alt") == alt for img in each.iter("img"))]
    return [each for picture in around for each in picture.iter("source")]


# On pages


def test_every_picture_has_its_width_and_height(site: Site) -> None:
    for path in ("index.html", "policy/index.html", "policy/x.html", "policy/y.html", "about.html"):
        for each in page(site, path).all("img"):
            assert int(each.get("width") or 0) > 0, each.attrib
            assert int(each.get("height") or 0) > 0, each.attrib


@pytest.mark.parametrize(
    ("alt", "size"),
    [("甲", (1000, 500)), ("乙", (900, 500)), ("小", (20, 10)), ('丙 "引"', (300, 167)), ("图表", (64, 48))],
)
def test_sizes_are_those_of_the_upright_picture(site: Site, alt: str, size: tuple[int, int]) -> None:
    found = image(page(site, "policy/x.html"), alt)
    assert (int(found.get("width") or 0), int(found.get("height") or 0)) == size


def test_a_picture_has_variants_in_both_formats_the_better_first(site: Site) -> None:
    found = sources(page(site, "policy/x.html"), "甲")
    assert [each.get("type") for each in found] == ["image/avif", "image/webp"]
    for each in found:
        parts = [part.split() for part in (each.get("srcset") or "").split(",")]
        assert [width for _, width in parts] == ["420w", "1000w"]
        assert "760px" in (each.get("sizes") or "")
        for address, width in parts:
            assert re.fullmatch(rf"{BASE}{VARIANTS}[0-9a-f]{{10}}\.[0-9a-f]{{10}}\.(avif|webp)", address)
            data = (site.root / "output" / address.removeprefix(BASE)).read_bytes()
            assert f"{read(data).width}w" == width


def test_the_picture_itself_is_the_last_choice_at_its_own_address(site: Site) -> None:
    found = page(site, "policy/x.html")
    assert image(found, "甲").get("src") == f"{BASE}images/a.jpg"
    published = (site.root / "output/images/b.jpg").read_bytes()
    assert b"SecretCam" not in published
    assert read(published).size == (900, 500)


@pytest.mark.parametrize("alt", ["小", "图表"])
def test_a_small_picture_and_a_drawing_stand_alone(site: Site, alt: str) -> None:
    assert sources(page(site, "policy/x.html"), alt) == []


def test_an_editor_s_width_stays(site: Site) -> None:
    found = sources(page(site, "policy/x.html"), '丙 "引"')
    assert {each.get("sizes") for each in found} == {"300px"}


def test_the_first_picture_is_loaded_first_the_others_when_they_come_near(site: Site) -> None:
    found = page(site, "policy/x.html")
    first, others = image(found, "甲"), [image(found, alt) for alt in ("乙", "小", '丙 "引"', "图表")]
    assert (first.get("fetchpriority"), first.get("loading")) == ("high", None)
    assert {(each.get("fetchpriority"), each.get("loading")) for each in others} == {(None, "lazy")}


def test_the_home_page_leads_with_its_picture(site: Site) -> None:
    found = page(site, "index.html")
    lead, card = image(found, "题图"), image(found, "丁")
    assert (lead.get("fetchpriority"), lead.get("loading")) == ("high", None)
    assert (card.get("fetchpriority"), card.get("loading")) == (None, "lazy")
    assert all("750px" in (each.get("sizes") or "") for each in sources(found, "题图"))
    assert all("280px" in (each.get("sizes") or "") for each in sources(found, "丁"))


def test_a_list_shows_small_variants(site: Site) -> None:
    found = page(site, "policy/index.html")
    assert {each.get("sizes") for each in sources(found, "题图")} == {"(min-width: 640px) 280px, 180px"}


def test_a_picture_of_the_text_brings_its_words_along(site: Site) -> None:
    """Without a picture of its own an article is listed with the first one of its text, and that one's words."""
    assert image(page(site, "policy/index.html"), "丁").get("src") == f"{BASE}images/b.jpg"


def test_no_link_is_dead_and_nothing_comes_from_elsewhere(site: Site) -> None:
    assert dead(site) == []
    assert loaded_from_elsewhere(site) == []


@pytest.mark.parametrize("path", ["policy/x.html", "index.html", "policy/index.html"])
def test_nothing_is_styled_in_the_page(site: Site, path: str) -> None:
    for each in page(site, path).tree.iter():
        assert "style" not in each.attrib


def test_others_get_the_picture_itself(site: Site) -> None:
    whole = f"{HOME}images/lead.jpg"
    for name in ("og:image", "Image"):
        assert page(site, "policy/x.html").meta(name) == whole
    assert f'"image":["{whole}"]' in site.read("policy/x.html")
    for feed in ("feed.xml", "atom.xml", "feed.json"):
        text = site.read(feed)
        assert f"{HOME}images/a.jpg" in text
        assert VARIANTS not in text
        assert not re.search(
            r"picture|source|srcset|loading", re.sub(r"https?://[^\s\"<]+", "", text.replace("来源", ""))
        ), feed


def test_summaries_do_not_show_where_pictures_were(site: Site) -> None:
    assert "看这个图，再看。" in page(site, "policy/x.html").meta("description")


def test_both_scripts_show_the_same_pictures(tmp_path: Path) -> None:
    made = make_site(tmp_path, FILES, settings("editions: [zh-Hans, zh-Hant]\n"))
    good(made.build(jobs=2))
    assert dead(made) == []
    for path in ("policy/x.html", "index.html", "policy/index.html"):
        pages = [made.read(path), made.read(f"zh-hant/{path}")]
        ours, others = ([re.findall(r'(?:src|srcset|width|loading)="[^"]*"', each)] for each in pages)
        assert ours == others
        assert "<picture>" in pages[1]
    assert image(page(made, "zh-hant/policy/x.html"), "圖表").get("height") == "48"
    assert f"{HOME}images/a.jpg" in made.read("zh-hant/feed.xml")


# Settings


def test_off_publishes_files_as_they_are(tmp_path: Path) -> None:
    made = make_site(tmp_path, FILES, settings("pictures: off\n"))
    good(made.build())
    assert (tmp_path / "output/images/b.jpg").read_bytes() == FILES["content/images/b.jpg"]
    assert variants(made) == set()
    assert image(page(made, "policy/x.html"), '丙 "引"').get("width") == "300"
    assert not (tmp_path / ".softsite/pictures").exists()
    assert dead(made) == []


def test_settings_change_what_is_made(tmp_path: Path) -> None:
    made = make_site(tmp_path, FILES, settings())
    good(made.build())
    more = "pictures: {格式: webp, 宽度: [300], largest: 800}\n"
    made.write({"site.yaml": settings(more)})
    good(made.build())
    clean = make_site(tmp_path / "clean", FILES, settings(more))
    good(clean.build())
    assert made.output() == clean.output()
    assert {Path(each).suffix for each in variants(made)} == {".webp"}
    assert read((tmp_path / "output/images/lead.jpg").read_bytes()).width == 800


@pytest.mark.parametrize(
    "wrong", ["maybe", "{formats: jxl}", "{widths: [12]}", "{widths: x}", "{largest: 9000}", "{quality: 3}"]
)
def test_settings_that_are_none(tmp_path: Path, wrong: str) -> None:
    assert make_site(tmp_path, {}, SITE + f"pictures: {wrong}\n").codes() != []


# What is hidden


@pytest.mark.parametrize(
    "rows",
    [
        "draft: true",
        "expires: 2026-11-21",
        "publish: 2099-01-01",
        "withdrawn: {date: 2026-11-21, reason: 误}",
    ],
)
def test_a_picture_leaves_with_all_its_variants(tmp_path: Path, rows: str) -> None:
    files: dict[str, str | bytes] = {
        "content/policy/a.md": article("甲", body="![图](a.jpg)"),
        "content/policy/b.md": article("乙", body="![图](b.jpg)"),
        "content/policy/a.jpg": jpeg(600, 400, 1),
        "content/policy/b.jpg": jpeg(600, 400, 2),
    }
    made = make_site(tmp_path, files)
    good(made.build())
    both = variants(made)
    key, _, value = rows.partition(": ")
    made.write({"content/policy/a.md": article("甲", body="![图](a.jpg)", **{key: value})})
    good(made.build())
    assert not (tmp_path / "output/policy/a.jpg").exists()
    own = (tmp_path / "output/.softsite-files").read_text("utf-8").split("\n")
    assert variants(made) == {each for each in own if each.startswith(VARIANTS)} < both
    assert len(both) == 2 * len(variants(made)) == 8
    clean = make_site(
        tmp_path / "clean",
        files | {"content/policy/a.md": made.root.joinpath("content/policy/a.md").read_bytes()},
    )
    good(clean.build())
    assert made.output() == clean.output()


def test_a_picture_that_two_articles_share_stays_with_the_other(tmp_path: Path) -> None:
    made = make_site(tmp_path, {
        "content/policy/a.md": article("甲", body="![图](a.jpg)"), "content/policy/b.md": article("乙", body="![图](a.jpg)"),
        "content/policy/a.jpg": jpeg(600, 400),
    })  # fmt: skip
    good(made.build())
    both = variants(made)
    made.write({"content/policy/a.md": article("甲", body="![图](a.jpg)", draft="true")})
    good(made.build())
    assert variants(made) == both


# What is wrong


def test_a_broken_picture_is_one_problem_where_it_is_named(tmp_path: Path) -> None:
    made = make_site(tmp_path, {
        "content/policy/a.md": article("甲", body="文。\n\n![图](坏.jpg)\n\n![图](../policy/坏.jpg)"),
        "content/policy/b.md": article("乙", body="![图](坏.jpg)"),
        "content/policy/draft.md": article("稿", body="![图](稿.jpg)", draft="true"),
        "content/policy/坏.jpg": jpeg(600, 400)[:9000], "content/policy/稿.jpg": b"x",
    })  # fmt: skip
    found = made.build(jobs=2).problems
    assert [(each.code, each.path, each.line, each.column) for each in found] == [
        ("picture-broken", "content/policy/a.md", 8, 6)
    ]
    assert ("name", "policy/坏.jpg") in found[0].facts
    assert not (tmp_path / "output").exists()
    made.write({"content/policy/坏.jpg": jpeg(600, 400)})
    good(made.build())


@pytest.mark.parametrize("rows", ["图片: 坏.jpg\n图片说明: 图\n", "说明: 见 ![图](坏.jpg)\n"])
def test_a_picture_of_a_bulletin_is_named_there(tmp_path: Path, rows: str) -> None:
    made = make_site(
        tmp_path, {**some(), f"{FOLDER}/2026-10.yaml": notice(more=rows), f"{FOLDER}/坏.jpg": b"x"}
    )
    found = made.build().problems
    assert [(each.code, each.path) for each in found] == [("picture-unknown", f"{FOLDER}/2026-10.yaml")]
    assert "坏.jpg" in found[0].text
    made.write({f"{FOLDER}/坏.jpg": jpeg(600, 400)})
    good(made.build())
    if "说明: 见" in rows:
        text = made.read("bulletins/notices/2026-10.html")
        assert '<picture><source type="image/avif"' in text
        assert ' width="600" height="400"' in text
        assert "\ufdd0" not in made.read("feed.json")


UNTOLD = {
    "body": (article(body="![](a.jpg)"), 6, 5),
    "blank": (article(body="![ ](a.jpg)"), 6, 6),
    "html": (article(body='<img src="a.jpg">'), 6, 11),
    "a title is none": (article(body='![](a.jpg "题")'), 6, 5),
    "front matter": (article(image="a.jpg"), 4, 8),
}


@pytest.mark.parametrize("case", UNTOLD)
def test_a_government_site_s_pictures_have_words(tmp_path: Path, case: str) -> None:
    text, line, column = UNTOLD[case]
    files: dict[str, str | bytes] = {"content/policy/a.md": text, "content/policy/a.jpg": jpeg(40, 30)}
    made = make_site(tmp_path, files, settings())
    found = made.build().problems
    assert [(each.code, each.severity, each.line, each.column) for each in found] == [
        ("image-alt", "error", line, column)
    ]
    made.write({"site.yaml": settings("checks: {images: warn}\n")})
    assert [(each.code, each.severity) for each in made.build().problems] == [("image-alt", "warning")]
    made.write({"site.yaml": settings("checks: {images: off}\n")})
    assert made.codes() == []
    made.write({"site.yaml": SITE})
    assert made.codes() == []


@pytest.mark.parametrize(
    "text",
    [article(body="![话](a.jpg)"), article(image="a.jpg", image_alt="话"), article(body="`![](a.jpg)`")],
)
def test_words_are_enough(tmp_path: Path, text: str) -> None:
    assert (
        make_site(
            tmp_path, {"content/policy/a.md": text, "content/policy/a.jpg": jpeg(40, 30)}, settings()
        ).codes()
        == []
    )


# Made once


def kept(site: Site) -> dict[str, int]:
    """What was made of pictures, each with the time when it was."""
    return {each.name: each.stat().st_mtime_ns for each in (site.root / ".softsite/pictures").iterdir()}


def test_nothing_is_encoded_twice(tmp_path: Path) -> None:
    made = make_site(tmp_path, FILES, settings())
    good(made.build())
    before, output = kept(made), made.output()
    assert len(before) == 4
    for lost in (*variants(made), "images/a.jpg"):
        (tmp_path / "output" / lost).unlink()
    good(made.build())
    shutil.rmtree(tmp_path / "output")
    good(made.build())
    for each in tmp_path.rglob("content/images/*"):
        os.utime(each, (1, 1))
    good(made.build(clean=True))
    (tmp_path / ".softsite/memo").unlink()
    good(made.build())
    assert kept(made) == before
    assert made.output() == output


@pytest.mark.parametrize("harm", ["gone", "cut", "changed"])
def test_a_damaged_gallery_is_made_anew(tmp_path: Path, harm: str) -> None:
    made = make_site(tmp_path, FILES, settings())
    good(made.build())
    output = made.output()
    for each in (tmp_path / ".softsite/pictures").iterdir():
        if harm == "gone":
            each.unlink()
        else:
            data = each.read_bytes()
            each.write_bytes(data[:-9] if harm == "cut" else data[:-9] + b"x" + data[-8:])
    shutil.rmtree(tmp_path / "output")
    good(made.build())
    assert made.output() == output


def test_what_no_build_asks_for_goes_in_the_end(tmp_path: Path) -> None:
    made = make_site(tmp_path, FILES, settings())
    good(made.build())
    old, *_ = (tmp_path / ".softsite/pictures").iterdir()
    stranger = old.with_name("00" * 16)
    shutil.copy(old, stranger)
    made.write({"content/policy/y.md": article("新", body="新。")})
    good(made.build())
    assert stranger.exists()
    os.utime(stranger, (1, 1))
    os.utime(old, (1, 1))
    made.write({"content/policy/y.md": article("再新", body="新。")})
    good(made.build())
    assert not stranger.exists()
    assert old.exists()


def test_a_build_without_pictures_loads_no_encoder(tmp_path: Path) -> None:
    make_site(
        tmp_path,
        {"content/policy/a.md": article(body="![图](c.svg)"), "content/policy/c.svg": SVG.format(height=9)},
    )
    look = "import sys\nfrom softsite.cli import main\nmain(['build', 'SITE', '--jobs', '1'])\nprint('PIL' in sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", look.replace("SITE", str(tmp_path))], capture_output=True, text=True,
                          check=True, env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])})  # fmt: skip
    assert done.stderr.strip() == "False"


@pytest.mark.parametrize("seed", range(3))
def test_incremental_is_clean(tmp_path: Path, seed: int) -> None:
    """Pictures added, changed, taken away, shown by others, hidden: the output is that of a clean build elsewhere."""
    rng = random.Random(seed)
    made = make_site(tmp_path / "site", {}, SITE + "checks: {images: off}\n")
    pool = [
        jpeg(430, 300, 1),
        jpeg(900, 300, 2),
        saved(photo(430, 200, 3), "PNG", exif=notes(RIGHT)),
        jpeg(40, 30),
    ]
    names = [f"content/policy/{name}.jpg" for name in "ab"]
    for _ in range(9):
        path = rng.choice(names)
        kind = rng.choice(["put", "put", "take", "article", "article", "copy"])
        if kind == "put":
            made.write({path: rng.choice(pool)})
        elif kind == "take":
            (made.root / path).unlink(missing_ok=True)
        elif kind == "copy" and (made.root / names[0]).exists():
            shutil.copy(made.root / names[0], made.root / names[1])
        else:
            shown = Path(rng.choice(names)).name
            text = article(
                "题", body=f"![图]({shown})", draft=rng.choice(["true", "false"]), image=Path(path).name
            )
            made.write({f"content/policy/{rng.choice('xy')}.md": text})
        good(made.build(jobs=rng.choice([1, 2])))
        elsewhere = tmp_path / "clean"
        shutil.copytree(made.root, elsewhere, ignore=shutil.ignore_patterns("output", ".softsite"))
        good(Site(elsewhere).build())
        assert tree(made.root / "output") == tree(elsewhere / "output")
        shutil.rmtree(elsewhere)
