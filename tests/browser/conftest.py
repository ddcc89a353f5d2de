"""Conftest: the sample site, handed out with strict headers, in the machine's own Chromium."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import FLAGS, chromium
from tests.browser.kinds import REDIRECTS
from tests.browser.sample import build_sample
from tests.browser.server import BASE, served

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the browser last: its server and driver leave threads in this process, and other tests fork."""
    items.sort(key=lambda item: Path(__file__).parent in item.path.parents)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site's output, under its sub-path."""
    root = tmp_path_factory.mktemp("browser")
    output = root / "served" / BASE.strip("/")
    build_sample(root, output)
    return output


@pytest.fixture(scope="session")
def home(built: Path) -> Iterator[str]:
    """The address of the front page."""
    with served(built.parent) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def open_page(browser: Browser, home: str) -> Open:
    """Opens a page of the site by its path, `width` px wide; what was opened before in the same way is gone."""
    opened: dict[bool, Page] = {}

    def opening(path: str, width: int = 1280, scheme: Scheme = "light", *, scripts: bool = True) -> Page:
        if scripts not in opened:  # a window of its own for each test would take most of the time
            opened[scripts] = browser.new_context(java_script_enabled=scripts).new_page()
        page = opened[scripts]
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(media="null", color_scheme=scheme, reduced_motion="reduce")
        page.unroute_all()
        if path in REDIRECTS:  # where it leads, nothing answers: the page stays
            page.route(home + REDIRECTS[path], lambda route: route.fulfill(status=204))
        page.goto(home + path)
        return page

    return opening
