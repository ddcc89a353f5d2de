"""Sites for the tests of reading: many articles in one build, looked at through what is published."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from softsite.cli import main
from softsite.problems import Problem
from tests.support import SITE, Site, make_site

FOLDER = "content/news/headlines"
LONG_LISTS = f"{SITE}lists: {{feed: 1000, page: 1000, special: 1000}}\n"
LATER = "2030-01-01"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080600000"
    "01f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


class Built(NamedTuple):
    """A site that was built: its problems, and each article of news/headlines as the JSON Feed shows it."""

    site: Site
    problems: list[Problem]
    items: dict[str, dict[str, Any]]

    def page(self, name: str) -> str:
        """The page of an article of news/headlines."""
        return self.site.read(f"news/headlines/{name}.html")

    def of(self, name: str) -> list[Problem]:
        """The problems of an article of news/headlines."""
        return [each for each in self.problems if each.path == f"{FOLDER}/{name}.md"]


def built(root: Path, articles: Mapping[str, str | bytes], settings: str = LONG_LISTS, *,
          files: Mapping[str, str | bytes] | None = None, as_of: str = LATER) -> Built:  # fmt: skip
    """A site of these articles of news/headlines by their name, and of further files."""
    named = {f"{FOLDER}/{name}.md": text for name, text in articles.items()}
    site = make_site(root, {**named, **(files or {})}, settings)
    problems = site.build(as_of).problems
    feed = root / "output/feed.json"
    found = json.loads(feed.read_text(encoding="utf-8"))["items"] if feed.exists() else []
    names = ((re.search(r"/news/headlines/([^/]+)\.html$", item["url"]), item) for item in found)
    return Built(site, problems, {match[1]: item for match, item in names if match})


def tolerant(factory: pytest.TempPathFactory, articles: Mapping[str, str | bytes], settings: str = LONG_LISTS, *,
             files: Mapping[str, str | bytes] | None = None) -> Built:  # fmt: skip
    """As `built`; articles with errors are noted and left out, so that each of many cases fails for itself."""
    first = built(factory.mktemp("first"), articles, settings, files=files)
    broken = {each.path for each in first.problems if each.severity == "error"}
    if not broken:
        return first
    good = {name: text for name, text in articles.items() if f"{FOLDER}/{name}.md" not in broken}
    again = built(factory.mktemp("again"), good, settings, files=files)
    return Built(again.site, first.problems, again.items)


def matter(text: str, body: str = "正文。") -> str:
    """An article with this front matter."""
    return f"---\n{text}\n---\n\n{body}\n"


def shown(problems: list[Problem]) -> list[str]:
    """Problems in short, for messages of tests."""
    return [
        f"{each.severity} {each.code} {each.path}:{each.line}:{each.column} {each.text!r}"
        for each in problems
    ]


def command(capsys: Any, *arguments: str) -> tuple[int, str, str]:
    """Runs `softsite` in this process: exit status, what it prints, what it prints as errors."""
    capsys.readouterr()
    try:
        status = main(list(arguments))
    except SystemExit as stopped:
        status = int(stopped.code or 0)
    said = capsys.readouterr()
    return status, said.out, said.err
