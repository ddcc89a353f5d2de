"""Lay: the same articles written as a site for softsite and as a project for Hugo."""

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from tests.bench.corpus import COLUMNS, PICTURES, Article

# Only what Hugo makes, too.
PLAIN = "editions: [zh-Hans]\nsearch: no\npictures: off\n"
SITE_NAME, SITE_URL = "新闻文库", "https://news.example/"
HUGO_PROJECT = Path(__file__).parent / "hugo_site"


def softsite_site(site: Path, corpus: Sequence[Article], more: str = PLAIN) -> None:
    """Write site.yaml and content/ of a softsite site; `more` are its settings beyond the kinds of pages that Hugo has, too."""
    _lay_pictures(site / "content" / "images")
    _write(site / "site.yaml", _site_yaml(more))
    for article in corpus:
        softsite_article(site, article)


def softsite_article(site: Path, article: Article) -> None:
    """Write one article as softsite wants it: links are relative paths of files."""
    body = article.body.replace("](@/", "](../../")
    path = site / "content" / f"{article.headline.path}.md"
    _write(path, _front_matter(article, ()) + body)


def hugo_project(project: Path, corpus: Sequence[Article]) -> None:
    """Write a Hugo project: the layouts of `hugo_site/` and the same articles."""
    shutil.copytree(HUGO_PROJECT, project, dirs_exist_ok=True)
    _lay_pictures(project / "static" / "images")
    _write(project / "static" / "style.css", "body{font:16px/1.8 sans-serif}\n")
    _write(project / "columns.yaml", _columns_yaml(""))
    for article in corpus:
        hugo_article(project, article)


def hugo_article(project: Path, article: Article) -> None:
    """Write one article as Hugo wants it: links are addresses from the site's root."""
    body = re.sub(r"\]\(@/([^)]+)\.md\)", r"](/\1.html)", article.body).replace("](@/", "](/")
    column = (f"column: {article.headline.column}",)
    path = project / "articles" / f"{article.headline.path}.md"
    _write(path, _front_matter(article, column) + body)


def _front_matter(article: Article, more: Sequence[str]) -> str:
    headline = article.headline
    tags = ", ".join(f'"{tag}"' for tag in article.tags)
    lines = [
        f'title: "{headline.title}"',
        f"date: {headline.date.isoformat()}+08:00",
        *more,
        f'source: "{article.source}"',
        f'summary: "{article.summary}"',
        f"tags: [{tags}]",
        *(["special: true"] if article.special else []),
    ]
    return "\n".join(["---", *lines, "---", "", ""])


def _site_yaml(more: str) -> str:
    head = f"name: {SITE_NAME}\nurl: {SITE_URL}\ndescription: 测速用的新闻\n"
    return f"{head}timezone: Asia/Shanghai\n{more}columns:\n{_columns_yaml('  ')}"


def _columns_yaml(indent: str) -> str:
    return "".join(
        f"{indent}- {{slug: {slug}, name: {name}, description: {description}}}\n"
        for slug, (name, description) in COLUMNS.items()
    )


def _lay_pictures(folder: Path) -> None:
    for number in range(PICTURES):
        _write(folder / f"p{number}.svg", _picture(number))


def _picture(number: int) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360" viewBox="0 0 640 360">'
        f'<rect width="640" height="360" fill="hsl({number * 36},45%,80%)"/>'
        f'<circle cx="{120 + 40 * number}" cy="150" r="60" fill="#fff"/></svg>\n'
    )


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
