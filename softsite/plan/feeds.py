"""Feeds: the newest articles of the site and of each column, in full, as RSS, Atom and JSON."""

from collections.abc import Iterator, Mapping

from softsite.model.site import Articles, Site
from softsite.plan.bulletins import slots_of
from softsite.plan.outputs import JSON_BODY, XML_BODY, Planned
from softsite.plan.pages import FEEDS, updated
from softsite.plan.pictures import pictures_of
from softsite.read.document import Document
from softsite.records import Record
from softsite.text.editions import LANG
from softsite.text.links import address_of

_BODIES = {"feed.xml": XML_BODY, "atom.xml": XML_BODY, "feed.json": JSON_BODY}


class Entry(Record, frozen=True):
    """An article in a feed; its body is the slot `body`."""

    title: str
    url: str
    iso: str
    updated: str
    author: str
    summary: str
    tags: tuple[str, ...]
    body: str


class FeedView(Record, frozen=True):
    """One feed. `updated` is that of the entry changed last; empty for a feed without entries."""

    title: str
    url: str
    feed_url: str
    description: str
    lang: str
    updated: str
    entries: tuple[Entry, ...]


def feeds(site: Site, files: Mapping[str, object]) -> Iterator[Planned]:
    """Three feeds of the site and three of each column."""
    config = site.config
    yield from _three(site, files, "", config.name, config.description, site.articles)
    for column in config.all_columns():
        title = f"{config.name} - {column.name}"
        yield from _three(
            site, files, f"{column.path}/", title, column.description, site.columns[column.path]
        )


def _three(
    site: Site, files: Mapping[str, object], folder: str, title: str, description: str, articles: Articles
) -> Iterator[Planned]:
    """One list of articles in each format."""
    config = site.config
    newest = articles[: config.lists.feed]
    page = config.origin + config.href(f"{folder}index.html")
    for file, _, _ in FEEDS:
        entries = tuple(_entry(site, article, _BODIES[file]) for article in newest)
        view = FeedView(
            title, page, config.origin + config.href(folder + file), description or title,
            LANG if len(config.editions) > 1 else config.editions[0], max((entry.updated for entry in entries), default=_newest(site)), entries,
        )  # fmt: skip
        slots = {entry.body: entry.body for entry in entries}
        for article in newest:
            slots |= slots_of(article.references) | pictures_of(article.references, files)
        yield Planned(folder + file, file, view, slots, "")


def _newest(site: Site) -> str:
    """When the site's newest article was changed: what a feed without entries says."""
    return updated(site.articles[0]) if site.articles else ""


def _entry(site: Site, article: Document, kind: str) -> Entry:
    assert article.date is not None
    url = site.config.origin + site.config.href(address_of(article.path))
    author = article.author or article.source or site.config.name
    return Entry(article.title, url, article.date.iso, updated(article), author, article.summary, article.tags,
                 f"{kind}:{article.path}")  # fmt: skip
