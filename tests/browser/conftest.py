"""Conftest: the sample site, handed out with strict headers, in the machine's own Chromium."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from softsite.pipeline import Request, build
from tests.browser.kinds import REDIRECTS
from tests.browser.server import BASE, served

ROOT = Path(__file__).parents[2]
AS_OF = "2026-11-25 12:00"
NAMES = ("chromium", "chromium-browser", "google-chrome")
# As root, in a container, without a network: nothing that looks for Google's hosts.
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the browser last: its server and driver leave threads in this process, and other tests fork."""
    items.sort(key=lambda item: Path(__file__).parent in item.path.parents)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site's output, under its sub-path; lists are short, so that they have further pages."""
    root = tmp_path_factory.mktemp("browser")
    shutil.copytree(ROOT / "content", root / "content")
    settings = (ROOT / "site.yaml").read_text("utf-8") + "\nlists: {page: 10}\n"
    (root / "site.yaml").write_text(settings, "utf-8")
    output = root / "served" / BASE.strip("/")
    report = build(Request(root, output, AS_OF, 1, clean=False, drafts=False), lambda words: None)
    assert report.good, report.problems
    return output


@pytest.fixture(scope="session")
def home(built: Path) -> Iterator[str]:
    """The address of the front page."""
    with served(built.parent) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's Chromium; CHROMIUM names another."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        pytest.fail(
            "no Chromium on this machine: `make chromium` installs one, CHROMIUM=/path/to/it names one"
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
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
