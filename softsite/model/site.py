"""Site: all that is to be seen at one moment, in order; built once, then only read."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from softsite.config import SiteConfig
from softsite.model.visibility import State, changes, is_special, state
from softsite.read.document import Document
from softsite.text.characters import folded

Articles = list[Document]


class Tag(NamedTuple):
    """A tag, by the spelling of its newest article, and its articles."""

    name: str
    articles: Articles


class Site(NamedTuple):
    """The visible site. Every list of articles begins with the newest."""

    config: SiteConfig
    articles: Articles
    pages: Articles
    withdrawn: Articles
    special: Articles
    columns: Mapping[str, Articles]
    own_columns: Mapping[str, Articles]
    tags: Mapping[str, Tag]
    months: Mapping[str, Articles]
    states: Mapping[str, State]
    next_change: int | None


def load_site(config: SiteConfig, documents: Iterable[Document], now: int, drafts: bool) -> Site:
    """The site at the moment `now`; every document passes the gate here, and nowhere else."""
    states: dict[str, State] = {}
    by_state: dict[State, Articles] = {each: [] for each in State}
    next_change: int | None = None
    for document in documents:
        found = state(document, now, drafts)
        states[document.path] = found
        by_state[found].append(document)
        if found is not State.DRAFT:
            for moment in changes(document):
                if moment > now and (next_change is None or moment < next_change):
                    next_change = moment
    visible = by_state[State.VISIBLE]
    articles = sorted((each for each in visible if each.column), key=_newest_first)
    return Site(
        config=config,
        articles=articles,
        pages=sorted((each for each in visible if not each.column), key=_by_path),
        withdrawn=sorted(by_state[State.WITHDRAWN], key=_by_path),
        special=_special(articles, now),
        columns=_columns(config, articles),
        own_columns=_own_columns(articles),
        tags=_tags(articles),
        months=_months(articles),
        states=states,
        next_change=next_change,
    )


def hidden_counts(states: Mapping[str, State]) -> tuple[tuple[str, int], ...]:
    """How many documents are not to be seen, by the reason."""
    counts = Counter(states.values())
    return tuple((str(each), counts[each]) for each in State if each is not State.VISIBLE and counts[each])


def _newest_first(document: Document) -> tuple[int, str]:
    return -(document.date.epoch if document.date is not None else 0), document.path


def _by_path(document: Document) -> str:
    return document.path


def _special(articles: Articles, now: int) -> Articles:
    """特别关注: the ranked picks by rank, then the others, the newest first."""
    picked = [each for each in articles if each.special is not None and is_special(each, now)]
    return sorted(picked, key=lambda each: (each.special.rank or 10**9) if each.special else 0)


def _columns(config: SiteConfig, articles: Articles) -> dict[str, Articles]:
    """What each column lists: its own articles, those of columns below it, and those that name it in `also`."""
    found: dict[str, Articles] = {column.path: [] for column in config.all_columns()}
    for article in articles:
        for path in _listed_in(article):
            if path in found:
                found[path].append(article)
    return found


def _listed_in(article: Document) -> Iterable[str]:
    """The columns that list an article, each once."""
    if not article.also and "/" not in article.column:
        return (article.column,)
    paths: dict[str, None] = {}
    for column in (article.column, *article.also):
        path = column
        while path:
            paths[path] = None
            path = path.rpartition("/")[0]
    return paths


def _own_columns(articles: Articles) -> dict[str, Articles]:
    """The articles that stand in each column, for previous and next."""
    found: dict[str, Articles] = {}
    for article in articles:
        found.setdefault(article.column, []).append(article)
    return found


def _tags(articles: Articles) -> dict[str, Tag]:
    """The articles of each tag; spellings that differ only in case or width of form are one tag."""
    found: dict[str, Tag] = {}
    keys: dict[str, str] = {}
    for article in articles:
        for name in article.tags:
            key = keys.get(name) or keys.setdefault(name, folded(name))
            tag = found.get(key) or found.setdefault(key, Tag(name, []))
            if not tag.articles or tag.articles[-1] is not article:
                tag.articles.append(article)
    return found


def _months(articles: Articles) -> dict[str, Articles]:
    """The articles of each month, like 2017-11, the newest month first."""
    found: dict[str, Articles] = {}
    for article in articles:
        if article.date is not None:
            found.setdefault(article.date.iso[:7], []).append(article)
    return found
