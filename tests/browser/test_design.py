"""What makes the pages one design: the measure of text, one form of dates, no empty boxes, no story twice, little weight."""

import gzip
import io
from pathlib import Path
from statistics import median

import pytest
from PIL import Image
from playwright.sync_api import Locator

from tests.browser.conftest import Open
from tests.browser.kinds import KINDS

READ = (
    "article with pictures",
    "article with a table",
    "article with code",
    "bulletin with text",
    "page of its own",
)
# Of every paragraph: how many Han characters its lines hold.
MEASURES = """() => [...document.querySelectorAll(".body > p, .passages > p")].map(
    e => e.clientWidth / parseFloat(getComputedStyle(e).fontSize))"""
# A date as a reader sees it, unless it is what the machine's own date begins with.
ODD_DATES = r"""() => [...document.querySelectorAll("time")].filter(e => {
    const shown = e.textContent;
    return !/^\d{4}-\d\d-\d\d( \d\d:\d\d(:\d\d)?)?$/.test(shown) || !e.dateTime.replace("T", " ").startsWith(shown);
}).map(e => e.outerHTML)"""
EMPTY = """() => [...document.querySelectorAll("body *:not(svg *, .codehilite *, br, hr, img, input, script, td, th, col)")].filter(
    e => e.getBoundingClientRect().height > 0 && !e.textContent.trim() && !e.querySelector("img, svg, input, video, audio")
).map(e => e.outerHTML.slice(0, 80))"""
BROKEN = """() => [...document.querySelectorAll("h1 .phrase, h2 .phrase, h3 .phrase")].filter(
    e => e.getClientRects().length && e.offsetHeight > 1.5 * parseFloat(getComputedStyle(e).lineHeight)
        && e.scrollWidth < e.parentElement.closest("h1, h2, h3").clientWidth - 1
        && e.textContent.length * parseFloat(getComputedStyle(e).fontSize) <= e.closest("h1, h2, h3").clientWidth
).map(e => e.textContent)"""
LOOKS = "e => { const {color, textDecorationLine, backgroundColor} = getComputedStyle(e); return [color, textDecorationLine, backgroundColor]; }"


@pytest.mark.parametrize("width", [768, 1024, 1280, 1920])
@pytest.mark.parametrize("kind", READ)
def test_lines_of_text_hold_35_to_42_characters(kind: str, width: int, open_page: Open) -> None:
    measures = open_page(KINDS[kind].path, width).evaluate(MEASURES)
    assert measures
    assert [each for each in measures if not 35 <= each <= 42] == []


@pytest.mark.parametrize("kind", KINDS)
def test_dates_have_one_form(kind: str, open_page: Open) -> None:
    """2026-11-20, with the time where it matters."""
    assert open_page(KINDS[kind].path).evaluate(ODD_DATES) == []


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_an_empty_box(kind: str, open_page: Open) -> None:
    assert open_page(KINDS[kind].path).evaluate(EMPTY) == []


def test_the_lead_story_stands_once_on_the_front_page(open_page: Open) -> None:
    page = open_page("")
    lead = page.locator(".lead h2 a").get_attribute("href")
    assert page.locator(f"main a[href='{lead}']").count() == 1


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("kind", ["home", "column", "article with a bulletin, footnotes and files"])
def test_headlines_break_at_their_blanks(kind: str, width: int, open_page: Open) -> None:
    """A part of a headline that a line can hold is on one line."""
    page = open_page(KINDS[kind].path, width)
    assert page.locator("main .phrase").count()
    assert page.evaluate(BROKEN) == []


def test_a_table_that_goes_on_shows_it(open_page: Open) -> None:
    """At the edge of a table that is wider than the screen lies a shade, and it is gone at the end."""
    page = open_page(KINDS["bulletin with many rows"].path, 360)
    region = page.locator(".scroll:not(.narrow)").first
    assert _light_at_the_edge(region) < 240
    region.evaluate("e => e.scrollLeft = e.scrollWidth")
    assert _light_at_the_edge(region) > 250


@pytest.mark.parametrize(
    ("path", "selector"),
    [
        ("", ".nav li:nth-child(2) a"),
        ("", ".lead h2 a"),
        ("", ".recent a"),
        ("news/headlines/", ".entry h2 a"),
        ("news/headlines/", ".pager a"),
        ("bulletins/", ".card h3 a"),
        ("archive/", ".tally a"),
    ],
)
def test_links_answer_the_mouse(path: str, selector: str, open_page: Open) -> None:
    page = open_page(path)
    link = page.locator(selector).first
    before = link.evaluate(LOOKS)
    link.hover()
    assert link.evaluate(LOOKS) != before


def test_articles_are_light(built: Path) -> None:
    """At most 40 KB of HTML and CSS after gzip."""
    (style,) = built.glob("static/style.*.css")
    css = _size(style)
    pages = [each for each in built.rglob("*.html") if b'class="story"' in each.read_bytes()]
    assert len(pages) > 100
    assert [each.name for each in pages if _size(each) + css > 40_000] == []


def _light_at_the_edge(region: Locator) -> float:
    """The usual lightness of the picture points 2 px from the right edge, 255 for white."""
    picture = Image.open(io.BytesIO(region.screenshot())).convert("L")
    return median(picture.crop((picture.width - 3, 0, picture.width - 2, picture.height)).tobytes())


def _size(path: Path) -> int:
    return len(gzip.compress(path.read_bytes()))
