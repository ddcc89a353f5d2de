"""What a narrow screen and large type do to a page: it reflows, and only tables scroll, in regions of their own."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Open
from tests.browser.kinds import KINDS

# How far the page can be scrolled sideways, and what sticks out, unless it stands in something that scrolls by itself.
TOO_WIDE = """() => {
    const room = document.documentElement.clientWidth;
    const scrolls = e => e && (/auto|scroll/.test(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
    const out = [...document.body.querySelectorAll("*")].filter(e =>
        e.getClientRects().length && e.getBoundingClientRect().right > room + 1 && !scrolls(e.parentElement) && !e.closest("svg"));
    const wider = document.scrollingElement.scrollWidth - room;
    return [...(wider > 0 ? [`page: ${wider} px`] : []), ...out.map(e => `${e.localName}.${e.className}: ${e.textContent.slice(0, 30)}`)];
}"""
DOUBLED = """() => {
    const root = document.documentElement;
    root.style.fontSize = `${2 * parseFloat(getComputedStyle(root).fontSize)}px`;
}"""
# Text that its own box cuts off.
CUT = """() => [...document.body.querySelectorAll("*")].filter(e => {
    const style = getComputedStyle(e);
    return e.getClientRects().length && style.overflow == "hidden" && style.webkitLineClamp == "none" && !e.closest("svg")
        && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1);
}).map(e => `${e.localName}.${e.className}`)"""


@pytest.mark.parametrize("kind", KINDS)
def test_reflows(kind: str, open_page: Open) -> None:
    """At 320 px (WCAG 1.4.10), and with text of twice its size (1.4.4), nothing is wider than the screen."""
    page = open_page(KINDS[kind].path, 320)
    assert faults(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    page.evaluate(DOUBLED)
    assert faults(page) == []
    page.set_viewport_size({"width": 640, "height": 900})
    assert faults(page) == []


@pytest.mark.parametrize("kind", [kind for kind, page in KINDS.items() if ".scroll" in page.shows])
def test_wide_tables_scroll_by_keyboard(kind: str, open_page: Open) -> None:
    page = open_page(KINDS[kind].path, 320)
    tables = page.locator("main table")
    regions = page.locator("main .scroll:has(table)")
    assert regions.count() == tables.count() > 0
    wide = [each for each in regions.all() if each.evaluate("e => e.scrollWidth > e.clientWidth")]
    assert wide
    for region in wide:
        # Chromium lets the keyboard in without it, other browsers do not.
        assert region.get_attribute("tabindex") == "0"
        assert region.get_attribute("role") == "region"
        assert region.get_attribute("aria-label")
        region.focus()
        assert region.evaluate("e => e == document.activeElement")
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(300)  # it glides
        assert region.evaluate("e => e.scrollLeft") > 0


def faults(page: Page) -> list[str]:
    """What is wider than the screen, or cut off."""
    found: list[str] = page.evaluate(TOO_WIDE) + page.evaluate(CUT)
    return found
