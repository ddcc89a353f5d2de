"""Sitemap and robots: every page that a search engine may show, in files of a size that they take."""

from collections.abc import Iterable, Iterator

from softsite.config import SiteConfig
from softsite.plan.outputs import Planned
from softsite.records import Record
from softsite.text.editions import Names

MAX_ADDRESSES = 40_000  # sitemaps.org: at most 50,000 in a file
FILE = "sitemap.xml"


class SitemapView(Record, frozen=True):
    """The addresses of one file, each with its last change or nothing."""

    entries: tuple[tuple[str, str], ...]


class SitemapIndexView(Record, frozen=True):
    """The addresses of the sitemap's files."""

    files: tuple[str, ...]


class RobotsView(Record, frozen=True):
    """Where the sitemap of each edition is."""

    sitemaps: tuple[str, ...]


def robots(config: SiteConfig) -> Planned:
    """robots.txt."""
    sitemaps = tuple(config.origin + each.base + FILE for each in config.in_scripts(Names()))
    return Planned("robots.txt", "robots.txt", RobotsView(sitemaps), {}, "")


def sitemap(config: SiteConfig, pages: Iterable[Planned]) -> Iterator[Planned]:
    """The sitemap of these pages."""
    entries = tuple(
        (page.view.head.url, getattr(page.view, "updated_iso", "")) for page in pages if page.view.head.index
    )
    if len(entries) <= MAX_ADDRESSES:
        yield Planned(FILE, FILE, SitemapView(entries), {}, "")
        return
    starts = range(0, len(entries), MAX_ADDRESSES)
    names = [f"sitemap-{number}.xml" for number in range(1, len(starts) + 1)]
    yield Planned(
        FILE,
        "sitemap-index.xml",
        SitemapIndexView(tuple(config.origin + config.page_base + name for name in names)),
        {},
        "",
    )
    for name, start in zip(names, starts, strict=True):
        yield Planned(name, FILE, SitemapView(entries[start : start + MAX_ADDRESSES]), {}, "")
