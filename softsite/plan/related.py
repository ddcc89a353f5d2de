"""Related: articles that share tags with an article, found near it in time.

Only a few neighbours of the article in each tag's list are looked at: the cost does not
grow with the tag, and a new article changes a few old pages instead of all.
"""

from collections.abc import Mapping

from softsite.model.site import Articles, Site

REACH = 4
COUNT = 5


def related(site: Site) -> Mapping[str, Articles]:
    """For each article with tags, by its path: up to five that share most tags, the nearest in time first."""
    articles = site.articles
    order = {article.path: n for n, article in enumerate(articles)}
    near: dict[int, dict[int, int]] = {}
    for tag in site.tags.values():
        places = [order[article.path] for article in tag.articles]
        for position, here in enumerate(places):
            shared = near.setdefault(here, {})
            for other in places[max(0, position - REACH) : position + REACH + 1]:
                shared[other] = shared.get(other, 0) + 1
    return {articles[here].path: [articles[n] for n in _best(here, shared)] for here, shared in near.items()}


def _best(here: int, shared: dict[int, int]) -> list[int]:
    """Those that share most tags; of equal ones the nearest in time, then the newer. Places count from the newest."""
    del shared[here]
    return sorted(shared, key=lambda other: (-shared[other], abs(other - here), other))[:COUNT]
