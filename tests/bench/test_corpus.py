"""Corpus: the articles are what the benchmark promises of them."""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bench import lay
from tests.bench.corpus import BOLD, LINKS, LIST, PICTURE, SPECIAL, TABLE, Article, articles

CORPUS = articles(1500)
LINK = re.compile(r"\]\(((?!https:)[^)]+)\)")


@pytest.mark.parametrize(
    ("share", "has"),
    [
        (BOLD, lambda article: "**" in article.body),
        (LIST, lambda article: "\n### 要点\n" in article.body),
        (TABLE, lambda article: "\n| ---" in article.body),
        (PICTURE, lambda article: "![" in article.body),
        (LINKS, lambda article: re.search(r"(?m)^\[|：\[", article.body) is not None),
        (SPECIAL, lambda article: article.special),
    ],
    ids=["bold", "list", "table", "picture", "links", "special"],
)
def test_shares(share: float, has: Callable[[Article], bool]) -> None:
    """Each trait is as common as in real news, within what chance allows."""
    found = sum(map(has, CORPUS)) / len(CORPUS)
    assert found == pytest.approx(share, abs=4 * (share * (1 - share) / len(CORPUS)) ** 0.5)


def test_lengths() -> None:
    """Bodies have 300 to 3,000 characters, summaries 60 to 70, files about 4 KB."""
    sizes = [len(article.body) for article in CORPUS]
    assert min(sizes) >= 300
    assert max(sizes) <= 3000
    assert all(60 <= len(article.summary) <= 70 for article in CORPUS)
    mean = sum(len((article.body + article.summary).encode()) for article in CORPUS) / len(CORPUS)
    assert 3300 < mean < 4300


def test_folders() -> None:
    """Addresses differ, and no folder holds more than 20 articles."""
    paths = [article.headline.path for article in CORPUS]
    assert len(set(paths)) == len(paths)
    assert max(Counter(path.rpartition("/")[0] for path in paths).values()) <= 20


def test_same_again() -> None:
    """The same number gives the same articles."""
    assert articles(1500) == CORPUS


def test_links_lead_somewhere(tmp_path: Path) -> None:
    """Every link between files has its target, in both sites."""
    lay.softsite_site(tmp_path / "softsite", CORPUS)
    lay.hugo_project(tmp_path / "hugo", CORPUS)
    for file in (tmp_path / "softsite" / "content").rglob("*.md"):
        for target in LINK.findall(file.read_text(encoding="utf-8")):
            assert (file.parent / target).is_file(), (file, target)
    addresses = {f"/{article.headline.path}.html" for article in CORPUS}
    addresses |= {f"/images/p{number}.svg" for number in range(10)}
    for file in (tmp_path / "hugo" / "articles").rglob("*.md"):
        assert set(LINK.findall(file.read_text(encoding="utf-8"))) <= addresses
