"""A reader without a mouse, and one with large fingers."""

from itertools import product

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import SCHEMES, Open, Scheme
from tests.browser.kinds import KINDS

SOME = (
    "home",
    "further page",
    "article with a bulletin, footnotes and files",
    "bulletin with cases",
    "bulletins",
)
STOPS = "a[href], button, input:not([type=radio]), [type=radio]:checked, select, textarea, summary, [tabindex='0']"
# Of every stop: the outline that it has when the keyboard stands on it, and the contrast with what lies behind.
UNSEEN = """stops => {
    const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
    const light = colour => {
        canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
        const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
        const [x, y, z] = [r, g, b].map(c => (c /= 255) <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4);
        return a < 255 ? null : .2126 * x + .7152 * y + .0722 * z;
    };
    const behind = e => e ? light(getComputedStyle(e).backgroundColor) ?? behind(e.parentElement) : 1;
    return [...document.querySelectorAll(stops)].filter(e => e.getClientRects().length).flatMap(e => {
        e.focus();
        const style = getComputedStyle(e);
        const [front, back] = [light(style.outlineColor), behind(parseFloat(style.outlineOffset) < 0 ? e : e.parentElement)];
        const contrast = (Math.max(front, back) + .05) / (Math.min(front, back) + .05);
        const seen = e.matches(":focus-visible") && style.outlineStyle != "none" && parseFloat(style.outlineWidth) >= 2;
        return seen && front !== null && contrast >= 3 ? [] : [`${e.outerHTML.slice(0, 80)}: ${style.outline} ${contrast.toFixed(1)}`];
    });
}"""
# What the keyboard stands on, and whether it can be seen.
HERE = """() => {
    const e = document.activeElement, box = e.getBoundingClientRect();
    return {words: e.textContent.trim(), id: e.id, shown: box.height > 0 && box.top >= 0 && box.bottom <= innerHeight};
}"""
SMALL = """selector => [...document.querySelectorAll(selector)].filter(e => e.getClientRects().length).flatMap(e => {
    const {width, height} = e.getBoundingClientRect();
    return width >= 24 && height >= 24 ? [] : [`${e.outerHTML.slice(0, 90)}: ${width.toFixed(0)} × ${height.toFixed(0)}`];
})"""
TARGETS = (
    "nav a, .name a, .pager a, .tally a, .rubric a, .entry h2 a, .block a, .top h3 a, .recent a, .related a, .special h3 a, "
    ".card h3 a, .attachments a, .downloads a, .subscribe a, .message li a, .foot a, .report a, .skip"
)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "redirect"])
def test_the_first_stop_leads_past_the_head(kind: str, open_page: Open) -> None:
    page = open_page(KINDS[kind].path, 360)
    page.keyboard.press("Tab")
    assert page.evaluate(HERE) == {"words": "跳到正文", "id": "", "shown": True}
    page.keyboard.press("Enter")
    assert page.evaluate(HERE)["id"] == "s-main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('#s-main').contains(document.activeElement)")


@pytest.mark.parametrize(("kind", "scheme"), list(product(SOME, SCHEMES)))
def test_where_the_keyboard_stands_is_seen(kind: str, scheme: Scheme, open_page: Open) -> None:
    """At every stop: an outline of 2 px or more, whose contrast with what lies behind is 3 or more."""
    page = open_page(KINDS[kind].path, scheme=scheme)
    page.keyboard.press("Tab")  # from here on the page knows that there is a keyboard
    assert page.evaluate(UNSEEN, STOPS) == []


@pytest.mark.parametrize("kind", SOME)
def test_the_keyboard_goes_through_the_page_in_its_order(kind: str, open_page: Open) -> None:
    page = open_page(KINDS[kind].path)
    page.evaluate(
        "stops => [...document.querySelectorAll(stops)].filter(e => e.getClientRects().length)"
        ".forEach((e, at) => e.dataset.stop = at)",
        STOPS,
    )
    stops = page.locator("[data-stop]").count()
    walked = [_next(page) for _ in range(stops)]
    assert walked == [str(at) for at in range(stops)]


@pytest.mark.parametrize("selector", [".skip", ".nav a", "main h2 a", ".foot a"])
def test_focus_changes_what_is_painted(selector: str, open_page: Open) -> None:
    page = open_page("news/headlines/")
    page.keyboard.press("Tab")
    page.evaluate("document.activeElement.blur()")
    target = page.locator(selector).nth(1 if selector != ".skip" else 0)
    target.scroll_into_view_if_needed()
    before = page.screenshot()
    target.focus()
    assert page.screenshot() != before


@pytest.mark.parametrize("kind", KINDS)
def test_targets_are_large_enough(kind: str, open_page: Open) -> None:
    """Links of lists and navigation are 24 px high and wide (WCAG 2.5.8), without counting on the space around."""
    page = open_page(KINDS[kind].path, 360)
    assert page.evaluate(SMALL, TARGETS) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.evaluate(SMALL, TARGETS) == []


def _next(page: Page) -> str | None:
    page.keyboard.press("Tab")
    stop: str | None = page.evaluate("document.activeElement.dataset.stop")
    return stop
