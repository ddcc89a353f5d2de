"""What a reader sets: the size of type, and 长者模式; without a script for one page, with it for all."""

import re

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Open
from tests.browser.kinds import KINDS
from tests.browser.test_axe import ALL, ALWAYS, AXE, FOUND
from tests.browser.test_layout import faults

SIZE = "() => parseFloat(getComputedStyle(document.documentElement).fontSize)"
READ = [kind for kind in KINDS if kind != "redirect"]
# Parts of the page that stand side by side, but for those of one line and of tables.
BESIDE = """() => [...document.querySelectorAll("main, main > *, main section, main ul, .story, .blocks, .front")].flatMap(e => {
    const boxes = [...e.children].filter(c => c.getClientRects().length).map(c => c.getBoundingClientRect());
    return boxes.some((box, n) => n && box.top < boxes[n - 1].bottom - 4 && box.height > 140 && boxes[n - 1].height > 140)
        ? [`${e.localName}.${e.className}`] : [];
})"""
SMALL = """() => [...document.querySelectorAll(".nav a, .tools label, .tools a, .service a, .index a, .pager a, .section-nav a, .crumbs a, .recent a, .top h3 a, .special h3 a, .entry h2 a")]
    .filter(e => e.getClientRects().length && e.getBoundingClientRect().height < 44).map(e => `${e.outerHTML.slice(0, 80)}: ${e.getBoundingClientRect().height}`)"""
CONTRAST = """() => [...document.querySelectorAll("main :is(p, li, dd, td, th, time, h1, h2, h3)")].map(e => getComputedStyle(e).color)"""


@pytest.mark.parametrize("scripts", [False, True])
def test_larger_type(scripts: bool, open_page: Open) -> None:
    page = open_page(KINDS["article with a table"].path, scripts=scripts)
    sizes = []
    for name in ("标准", "大", "特大", "标准"):
        page.get_by_label(name, exact=True).check()
        sizes.append(page.evaluate(SIZE))
    assert [round(size / sizes[0], 2) for size in sizes] == [1, 1.2, 1.45, 1]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("kind", READ)
def test_large_plain_and_one_column(kind: str, width: int, open_page: Open) -> None:
    page = open_page(KINDS[kind].path, width, scripts=False)
    before = page.evaluate(SIZE)
    page.get_by_label("长者模式").check()
    assert page.evaluate(SIZE) >= 1.4 * before
    assert page.evaluate(BESIDE) == []
    assert page.evaluate(SMALL) == []
    assert faults(page) == []
    page.get_by_label("长者模式").uncheck()
    assert page.evaluate(SIZE) == before


def test_plain_colours(open_page: Open) -> None:
    page = open_page("news/headlines/", scripts=False)
    page.get_by_label("长者模式").check()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert {_luminance(colour) for colour in page.evaluate(CONTRAST)} <= {0.0}


@pytest.mark.parametrize("kind", READ)
def test_axe_finds_nothing_in_it(kind: str, open_page: Open) -> None:
    page = open_page(KINDS[kind].path, 360)
    page.get_by_label("长者模式").check()
    page.evaluate(AXE)
    assert page.evaluate(FOUND, ALWAYS | ALL) == []
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(FOUND, ALWAYS | ALL) == []
    page.get_by_label("长者模式").uncheck()


def test_it_is_remembered(browser: Browser, home: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(home)
    page.get_by_label("长者模式").check()
    page.get_by_label("特大", exact=True).check()
    page.goto(home + "zh-hant/about.html")
    assert _checked(page) == ["s-size-3", "s-elder"]
    other = context.new_page()
    other.goto(home + "archive/")
    assert _checked(other) == ["s-size-3", "s-elder"]
    other.get_by_label("长者模式").uncheck()
    page.reload()
    assert _checked(page) == ["s-size-3"]
    context.close()


def test_their_words_are_seen(open_page: Open) -> None:
    """The controls lie over their words, so nothing is painted with them."""
    page = open_page("about.html")
    painted = "[...document.querySelectorAll('.tools input')].map(e => getComputedStyle(e).backgroundColor)"
    assert set(page.evaluate(painted)) == {"rgba(0, 0, 0, 0)"}


def test_by_keyboard(open_page: Open) -> None:
    page = open_page("about.html", scripts=False)
    page.get_by_label("标准", exact=True).focus()
    page.keyboard.press("ArrowRight")
    assert _checked(page) == ["s-size-2"]
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert _checked(page) == ["s-size-2", "s-elder"]


def test_the_script_leads_to_the_same_article(open_page: Open) -> None:
    path = KINDS["article with a table"].path
    page = open_page(path, scripts=False)
    page.get_by_role("link", name="繁體").click()
    assert page.url.endswith(f"/zh-hant/{path}")
    assert page.evaluate("document.documentElement.lang") == "zh-Hant"
    page.get_by_role("link", name="简体").click()
    assert page.url.endswith(f"/ruanhuanjing/{path}")


def _checked(page: Page) -> list[str]:
    found: list[str] = page.evaluate("[...document.querySelectorAll('.tools :checked')].map(e => e.id)")
    return found


def _luminance(colour: str) -> float:
    """0 for black; links and the page's headings have colours of their own."""
    red, green, blue = (int(each) for each in re.findall(r"\d+", colour)[:3])
    return 0.0 if max(red, green, blue) < 0x60 else 1.0
