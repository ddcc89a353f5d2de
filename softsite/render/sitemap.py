"""Sitemap and robots.txt as text."""

from xml.sax.saxutils import escape

from softsite.plan.sitemap import RobotsView, SitemapIndexView, SitemapView

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemap(view: SitemapView) -> str:
    """A file of addresses (sitemaps.org)."""
    rows = "".join(
        f"<url><loc>{escape(url)}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}</url>\n"
        for url, changed in view.entries
    )
    return f"{_HEAD}<urlset {_SPACE}>\n{rows}</urlset>\n"


def sitemap_index(view: SitemapIndexView) -> str:
    """The file that names the others."""
    rows = "".join(f"<sitemap><loc>{escape(url)}</loc></sitemap>\n" for url in view.files)
    return f"{_HEAD}<sitemapindex {_SPACE}>\n{rows}</sitemapindex>\n"


def robots(view: RobotsView) -> str:
    """Everything may be read; here are the maps."""
    maps = "".join(f"Sitemap: {url}\n" for url in view.sitemaps)
    return f"User-agent: *\nAllow: /\n{maps}"
