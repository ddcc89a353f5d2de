"""Feeds: RSS 2.0 and Atom by feedgen, JSON Feed by json; bodies are slots, filled later."""

import json
import re
from datetime import datetime
from html import escape
from typing import Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from feedgen.util import xml_elem

from softsite.plan.feeds import Entry, FeedView
from softsite.text.slots import slot

_MARKUP = re.compile(r"<(?=[a-zA-Z!/?])|&(?=#?\w+;)")
_HARMLESS = {"<": "＜", "&": "＆"}
_DC = "http://purl.org/dc/elements/1.1/"
_ATOM = "http://www.w3.org/2005/Atom"
_EPOCH = "1970-01-01T00:00:00+00:00"


def rss(view: FeedView) -> str:
    """The feed as RSS 2.0; the link is the guid, so it never changes."""
    return str(_feed(view, "application/rss+xml").rss_str(pretty=False).decode())


def atom(view: FeedView) -> str:
    """The feed as Atom."""
    return str(_feed(view, "application/atom+xml").atom_str(pretty=False).decode())


def json_feed(view: FeedView) -> str:
    """The feed as JSON Feed 1.1."""
    return json.dumps({
        "version": "https://jsonfeed.org/version/1.1",
        "title": _plain(view.title),
        "home_page_url": view.url,
        "feed_url": view.feed_url,
        "description": view.description,
        "language": view.lang,
        "authors": [{"name": view.author}],
        "items": [_item(entry) for entry in view.entries],
    }, ensure_ascii=False)  # fmt: skip


def _item(entry: Entry) -> dict[str, Any]:
    """An article in a JSON Feed."""
    return {
        "id": entry.url,
        "url": entry.url,
        "title": _plain(entry.title),
        "content_html": _content(entry),
        "summary": _plain(entry.summary),
        "date_published": entry.iso,
        "date_modified": entry.updated,
        "authors": [{"name": entry.author}],
        "tags": list(entry.tags),
    }


class _Namespaces(BaseExtension):  # type: ignore[misc] # not typed
    """The namespaces of what `_Said` adds."""

    def extend_ns(self) -> dict[str, str]:
        """Their prefixes and names."""
        return {"dc": _DC}


class _Said(BaseEntryExtension):  # type: ignore[misc] # not typed
    """What RSS has no element for: who wrote an article (its own wants an e-mail address), and when it was changed."""

    author = updated = ""

    def extend_rss(self, item: Any) -> None:
        """Adds it to an item."""
        xml_elem(f"{{{_DC}}}creator", item).text = self.author
        xml_elem(f"{{{_ATOM}}}updated", item).text = self.updated


def _feed(view: FeedView, kind: str) -> FeedGenerator:
    """The feed in feedgen's own form; its clock is the newest entry's."""
    feed = FeedGenerator()
    feed.register_extension("said", _Namespaces, _Said, atom=False)
    feed.id(view.url)
    feed.title(_plain(view.title))
    feed.description(_plain(view.description))
    feed.language(view.lang)
    feed.author(name=_plain(view.author))
    feed.link(href=view.feed_url, rel="self", type=kind)
    feed.link(href=view.url, rel="alternate", type="text/html")  # the last one is RSS's <link>
    feed.generator("softsite")
    changed = datetime.fromisoformat(view.updated or _EPOCH)
    feed.updated(changed)
    feed.lastBuildDate(changed)
    for entry in view.entries:
        _add(feed, entry)
    return feed


def _plain(text: str) -> str:
    """Text in which no reader can find markup: some take titles for HTML, whatever the standard says."""
    return _MARKUP.sub(lambda match: _HARMLESS[match[0]], text)


def _add(feed: FeedGenerator, entry: Entry) -> None:
    """An article, below those that are there."""
    made = feed.add_entry(order="append")
    made.id(entry.url)
    made.guid(entry.url, permalink=True)
    made.title(_plain(entry.title))
    made.link(href=entry.url)
    made.published(datetime.fromisoformat(entry.iso))
    made.updated(datetime.fromisoformat(entry.updated))
    made.author(name=_plain(entry.author))
    made.said.author, made.said.updated = _plain(entry.author), entry.updated
    if entry.summary:
        made.summary(_plain(entry.summary))
    made.content(_content(entry), type="html")
    for tag in entry.tags:
        made.category(term=_plain(tag))


def _content(entry: Entry) -> str:
    """The article in full, what was corrected first, as on its page."""
    notes = (f"<p>更正（{each.date}）：{escape(each.text)}</p>" for each in entry.corrections)
    return "".join(notes) + slot(entry.body)
