"""What a reader gets without scripts, and on paper."""

import re

import pytest

from tests.browser.conftest import SCHEMES, Open, Scheme
from tests.browser.kinds import KINDS


@pytest.mark.parametrize(
    "kind", [kind for kind, page in KINDS.items() if not page.path.startswith("search/")]
)
def test_scripts_are_not_needed_to_read(kind: str, open_page: Open) -> None:
    path = KINDS[kind].path
    text = open_page(path).inner_text("body")
    assert len(text) > 20
    assert open_page(path, scripts=False).inner_text("body") == text


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    ("kind", "pages"),
    [("article with corrections", 2), ("bulletin with cases", 4), ("bulletin with text", 4)],
)
def test_what_is_printed_is_the_article(kind: str, pages: int, scheme: Scheme, open_page: Open) -> None:
    """Site, title, date, text and address, black on white; no navigation, on few sheets."""
    page = open_page(KINDS[kind].path, scheme=scheme)
    title, first = page.inner_text("h1"), page.inner_text(".body")[:40]
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= pages
    page.emulate_media(media="print")
    text = page.inner_text("body")
    for words in (
        "青溪县软环境网",
        title,
        "时间：2026-",
        "来源：",
        first,
        "本文网址：https://www.example.org/ruanhuanjing/",
    ):
        assert words in text
    for selector in ("nav", ".skip", ".rail", ".after", ".report"):
        assert not any(each.is_visible() for each in page.locator(selector).all()), selector
    colours = "(() => { const s = getComputedStyle(document.body); return [s.color, s.backgroundColor] })()"
    assert page.evaluate(colours) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
