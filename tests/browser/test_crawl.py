"""Every page of the sample site, read in a browser: all comes from the site's own server, and nothing is amiss."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urldefrag, urljoin

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

from tests.browser.hosting import POLICY, static_headers

# What the browser tells the page of its policy goes where the test listens.
WATCH = """addEventListener("securitypolicyviolation", event =>
    console.error(`policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`))"""
# Pictures further down are loaded too; what the page links to, without anchors, other hosts and the other edition.
LINKS = """async home => {
    const pictures = [...document.images];
    pictures.forEach(each => each.loading = "eager");
    await Promise.all(pictures.map(each => each.decode().catch(() => console.error(`picture: ${each.src}`))));
    return [...document.querySelectorAll("a[href]:not([hreflang]), link[href]:not([rel=canonical], [hreflang])")]
        .map(each => each.href).filter(href => href.startsWith(new URL(home).origin + "/"));
}"""


class Seen(NamedTuple):
    """What a crawl saw: every request, every complaint, every link."""

    pages: set[str]
    requests: set[str]
    complaints: list[str]
    links: set[str]


@pytest.fixture(scope="module")
def seen(browser: Browser, home: str, built: Path) -> Iterator[Seen]:
    """Every page of the output, opened one after the other."""
    found = Seen(set(), set(), [], set())
    context = browser.new_context()
    context.add_init_script(WATCH)
    page = _watched(context, found)
    for path in _pages(built):
        page.goto(home + quote(path))
        if target := _leads_to(built / path):
            page.wait_for_url(urljoin(home, target))
        here = home + quote(path.removesuffix("index.html"))
        found.pages.add(here)
        found.links.update({urldefrag(link).url for link in page.evaluate(LINKS, home)} - {here})
    yield found
    context.close()


def test_nothing_but_the_site_is_asked(seen: Seen, home: str) -> None:
    assert len(seen.requests) > len(seen.pages) > 150
    assert {url for url in seen.requests if not url.startswith(home)} == set()


def test_no_page_breaks_the_policy_or_lacks_a_thing(seen: Seen) -> None:
    """No failed request, no violation, no message in the console, no error of a script, no broken picture."""
    assert seen.complaints == []


def test_the_policy_was_in_force(browser: Browser, home: str) -> None:
    """The same listening hears a page that breaks it."""
    found = Seen(set(), set(), [], set())
    context = browser.new_context()
    context.add_init_script(WATCH)
    page = _watched(context, found)
    answer = page.goto(home)
    assert answer
    assert answer.headers[POLICY.lower()] == static_headers("/")[POLICY]
    page.evaluate("document.body.innerHTML = '<p style=color:red><img src=https://www.example.org/x.png>'")
    page.wait_for_timeout(100)
    context.close()
    told = "\n".join(found.complaints)
    assert "policy: style-src-attr inline" in told
    assert "policy: img-src https://www.example.org/x.png" in told
    assert "csp: https://www.example.org/x.png" in told  # refused before it was sent


def test_all_links_lead_somewhere(seen: Seen, browser: Browser) -> None:
    context = browser.new_context()
    rest = sorted(seen.links - seen.pages)
    assert any(link.endswith("feed.xml") for link in rest)
    assert [link for link in rest if context.request.head(link).status != 200] == []
    context.close()


def test_every_page_can_be_reached(seen: Seen, home: str, built: Path) -> None:
    """From the front page by links alone, but for what stands at addresses of old."""
    old = {home + quote(path) for path in _pages(built) if _leads_to(built / path)}
    unlinked = {
        home + edition + path
        for edition in ("", "zh-hant/")
        for path in ("404.html", "news/departments/202609/18-banjian-tongji.html")
    }
    assert seen.pages - seen.links - old == unlinked


def _pages(built: Path) -> list[str]:
    """The paths of all pages."""
    return sorted(path.relative_to(built).as_posix() for path in built.rglob("*.html"))


def _leads_to(page: Path) -> str:
    """Where a page sends its readers at once; empty when it does not."""
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]*)"', page.read_text("utf-8"))
    return found[1] if found else ""


def _watched(context: BrowserContext, found: Seen) -> Page:
    """A page whose requests and complaints are kept."""

    def answered(response: Response) -> None:
        if response.status >= 400:
            found.complaints.append(f"{response.status}: {response.url}")

    def said(message: ConsoleMessage) -> None:
        found.complaints.append(f"{message.type}: {message.text} {message.location.get('url')}")

    def failed(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the next page came before the icon
            found.complaints.append(f"{request.failure}: {request.url}")

    page = context.new_page()
    page.on("request", lambda request: found.requests.add(request.url))
    page.on("requestfailed", failed)
    page.on("response", answered)
    page.on("console", said)
    page.on("pageerror", lambda error: found.complaints.append(str(error)))
    return page
