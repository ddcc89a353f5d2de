"""What axe-core finds on one page of every kind: nothing."""

from importlib.resources import files
from itertools import product

import pytest

from tests.browser.conftest import SCHEMES, Open
from tests.browser.kinds import KINDS

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
# `target-size` (WCAG 2.2) is off unless asked for; there are no frames to look into.
ALL = {"runOnly": TAGS, "rules": {"target-size": {"enabled": True}}}
OF_COLOUR = {"runOnly": ["color-contrast", "link-in-text-block"]}
ALWAYS = {"resultTypes": ["violations"], "preload": False, "iframes": False}
FOUND = """async options => (await axe.run(document, options)).violations.flatMap(
    found => found.nodes.map(node => `${found.id}: ${node.target}: ${node.failureSummary}`))"""


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_found(kind: str, open_page: Open) -> None:
    path, shows = KINDS[kind]
    page = open_page(path)
    page.wait_for_selector(shows, state="attached")
    page.evaluate(AXE)
    found = []
    for width, scheme in product((360, 1280), SCHEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        faults = page.evaluate(FOUND, ALWAYS | (ALL if scheme == "light" else OF_COLOUR))
        found += [f"{width} px, {scheme}: {fault}" for fault in faults]
    assert found == []
