"""Related: articles that share tags with an article, found near it in time.

Only a few neighbours of the article in each tag's list are looked at: the cost does not
grow with the tag, and a new article changes a few old pages instead of all.
"""

from collections.abc import Iterator, Mapping

from softsite.model.site import Articles, Site
from softsite.read.document import Document

REACH = 4
COUNT = 5


def related(site: Site) -> Mapping[str, Articles]:
    """For each article with tags, by its path: up to five that share most tags, the nearest in time first."""
    near: dict[str, dict[str, int]] = {}
    order = {article.path: n for n, article in enumerate(site.articles)}
    for tag in site.tags.values():
        for article, other in _neighbours(tag.articles):
            shared = near.setdefault(article.path, {})
            shared[other.path] = shared.get(other.path, 0) + 1
    return {path: [site.articles[order[other]] for other in _best(path, shared, order)] for path, shared in near.items()}


def _neighbours(articles: Articles) -> Iterator[tuple[Document, Document]]:
    """Each article of a tag with those near it."""
    for position, article in enumerate(articles):
        for other in articles[max(0, position - REACH) : position + REACH + 1]:
            if other is not article:
                yield article, other


def _best(path: str, shared: Mapping[str, int], order: Mapping[str, int]) -> list[str]:
    """The paths that share most tags; of equal ones the nearest in time, then the newer."""
    here = order[path]
    return sorted(shared, key=lambda other: (-shared[other], abs(order[other] - here), order[other]))[:COUNT]
