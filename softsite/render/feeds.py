"""Feeds: RSS 2.0 and Atom by feedgen, JSON Feed by json; bodies are slots, filled later."""

import json
import re
from datetime import datetime
from typing import Any

from feedgen.feed import FeedGenerator

from softsite.plan.feeds import Entry, FeedView
from softsite.text.slots import slot

_TAG_START = re.compile(r"<(?=[a-zA-Z!/?])")
_EPOCH = "1970-01-01T00:00:00+00:00"


def rss(view: FeedView) -> str:
    """The feed as RSS 2.0; the link is the guid, so it never changes."""
    return str(_feed(view).rss_str(pretty=False).decode())


def atom(view: FeedView) -> str:
    """The feed as Atom."""
    return str(_feed(view).atom_str(pretty=False).decode())


def json_feed(view: FeedView) -> str:
    """The feed as JSON Feed 1.1."""
    return json.dumps({
        "version": "https://jsonfeed.org/version/1.1",
        "title": _plain(view.title),
        "home_page_url": view.url,
        "feed_url": view.feed_url,
        "description": view.description,
        "language": view.lang,
        "items": [_item(entry) for entry in view.entries],
    }, ensure_ascii=False)  # fmt: skip


def _item(entry: Entry) -> dict[str, Any]:
    """An article in a JSON Feed."""
    return {
        "id": entry.url,
        "url": entry.url,
        "title": _plain(entry.title),
        "content_html": slot(entry.body),
        "summary": _plain(entry.summary),
        "date_published": entry.iso,
        "date_modified": entry.updated,
        "authors": [{"name": entry.author}],
        "tags": list(entry.tags),
    }


def _feed(view: FeedView) -> FeedGenerator:
    """The feed in feedgen's own form; its clock is the newest entry's."""
    feed = FeedGenerator()
    feed.id(view.url)
    feed.title(_plain(view.title))
    feed.description(_plain(view.description))
    feed.language(view.lang)
    feed.link(href=view.feed_url, rel="self")
    feed.link(href=view.url, rel="alternate")  # the last one is RSS's <link>
    feed.generator("softsite")
    changed = datetime.fromisoformat(view.updated or _EPOCH)
    feed.updated(changed)
    feed.lastBuildDate(changed)
    for entry in view.entries:
        _add(feed, entry)
    return feed


def _plain(text: str) -> str:
    """Text in which no reader can find markup: some take titles for HTML, whatever the standard says."""
    return _TAG_START.sub("＜", text)


def _add(feed: FeedGenerator, entry: Entry) -> None:
    """An article, below those that are there."""
    made = feed.add_entry(order="append")
    made.id(entry.url)
    made.guid(entry.url, permalink=True)
    made.title(_plain(entry.title))
    made.link(href=entry.url)
    made.published(datetime.fromisoformat(entry.iso))
    made.updated(datetime.fromisoformat(entry.updated))
    made.author(name=entry.author)
    made.summary(_plain(entry.summary))
    made.content(slot(entry.body), type="html")
    for tag in entry.tags:
        made.category(term=tag)
