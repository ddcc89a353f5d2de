"""Renderers: what turns each view into text, by the name that its output gives."""

from collections.abc import Callable, Mapping
from typing import Any

from softsite.render.templates import Templates


def _rss(view: Any) -> str:
    from softsite.render.feeds import rss

    return rss(view)


def _atom(view: Any) -> str:
    from softsite.render.feeds import atom

    return atom(view)


def _json_feed(view: Any) -> str:
    from softsite.render.feeds import json_feed

    return json_feed(view)


def _sitemap(view: Any) -> str:
    from softsite.render.sitemap import sitemap

    return sitemap(view)


def _sitemap_index(view: Any) -> str:
    from softsite.render.sitemap import sitemap_index

    return sitemap_index(view)


def _robots(view: Any) -> str:
    from softsite.render.sitemap import robots

    return robots(view)


def _csv(view: Any) -> str:
    from softsite.render.opendata import csv_file

    return csv_file(view)


def _json(view: Any) -> str:
    from softsite.render.opendata import json_file

    return json_file(view)


def _search(renderer: str) -> Callable[[Any], str]:
    def source(view: Any) -> str:
        from softsite.render.search import SOURCES

        return SOURCES[renderer](view)

    return source


_SEARCH = ("search/segment", "search/shard", "search/bitmaps", "search/part", "search/index")

# Each loads its libraries when it is first used: a build with no feed to draw does not load feedgen.
RENDERERS: Mapping[str, Callable[[Any], str]] = {
    "feed.xml": _rss,
    "atom.xml": _atom,
    "feed.json": _json_feed,
    "sitemap.xml": _sitemap,
    "sitemap-index.xml": _sitemap_index,
    "robots.txt": _robots,
    "data.csv": _csv,
    "data.json": _json,
    **{name: _search(name) for name in _SEARCH},
}


def rendered(templates: Templates, renderer: str, view: Any, slots: Mapping[str, str]) -> bytes:
    """The skeleton of an output: its renderer's text, slots still open. Raises TemplateError."""
    if own := RENDERERS.get(renderer):
        return own(view).encode("utf-8", "replace")
    variable = "part" if renderer.startswith(("parts/", "bulletin/")) else "page"
    return templates.render(renderer, variable, view, slots).encode("utf-8", "replace")
