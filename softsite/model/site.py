"""Site: all that is to be seen at one moment, in order; built once, then only read."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from softsite.config import Column, SiteConfig
from softsite.model.shown import Shown
from softsite.model.visibility import State, changes, is_special, state
from softsite.problems import Problem
from softsite.read.bulletin import Bulletin
from softsite.read.declared import BulletinType
from softsite.read.document import Document
from softsite.read.kinds import shown
from softsite.read.workdays import Calendar
from softsite.records import replaced
from softsite.text.characters import folded
from softsite.text.citations import Citation, cited_by
from softsite.text.slots import parted

Articles = list[Document]


class Tag(NamedTuple):
    """A tag, by the spelling of its newest article, and its articles."""

    name: str
    articles: Articles


class Data(NamedTuple):
    """What editors typed as data: bulletins, their types by slug, and the calendar that formulas count with."""

    bulletins: Sequence[Bulletin]
    types: Mapping[str, BulletinType]
    calendar: Calendar


OVERVIEW = "数据看板"
OVERVIEW_TYPE = "数据发布"


class Site(NamedTuple):
    """The visible site. Every list of articles begins with the newest; bulletins stand in them like articles.

    `config` has a column for each type of bulletin that is in use, below one for all
    of them. `bulletins` are those of each type by the order of their periods;
    `problems` are what does not agree in them.
    """

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
    bulletins: Mapping[str, list[Shown]]
    problems: list[Problem]
    next_change: int | None

    def bulletin(self, stem: str) -> Shown | None:
        """The visible bulletin at this path of content/, without its extension."""
        series = self.bulletins.get(stem.split("/")[1], ())
        return next((each for each in series if each.path.rpartition(".")[0] == stem), None)


def load_site(config: SiteConfig, documents: Iterable[Document], data: Data, now: int, drafts: bool) -> Site:
    """The site at the moment `now`; every document passes the gate here, and nowhere else."""
    states: dict[str, State] = {}
    by_state: dict[State, Articles] = {each: [] for each in State}
    next_change: int | None = None
    for document in [*documents, *(each.document for each in data.bulletins)]:
        found = state(document, now, drafts)
        states[document.path] = found
        by_state[found].append(document)
        if found is not State.DRAFT:
            for moment in changes(document):
                if moment > now and (next_change is None or moment < next_change):
                    next_change = moment
    bulletins, problems, until = _bulletins(config, data, states, now)
    if until is not None and (next_change is None or until < next_change):
        next_change = until
    config = _with_columns(config, data, states)
    visible = _told(by_state[State.VISIBLE], bulletins)
    articles = sorted((each for each in visible if each.column), key=_newest_first)
    return Site(
        config=config,
        articles=articles,
        pages=sorted((each for each in visible if not each.column), key=_by_path),
        withdrawn=sorted(by_state[State.WITHDRAWN], key=_by_path),
        special=_special(articles, now),
        columns=_columns(config, articles),
        own_columns=_own_columns(articles, bulletins),
        tags=_tags(articles),
        months=_months(articles),
        states=states,
        bulletins=bulletins,
        problems=problems,
        next_change=next_change,
    )


def _bulletins(
    config: SiteConfig, data: Data, states: Mapping[str, State], now: int
) -> tuple[dict[str, list[Shown]], list[Problem], int | None]:
    """The visible bulletins of each type, what does not agree in them, and until when what they say holds."""
    if not data.bulletins:
        return {}, [], None
    from softsite.model.bulletins import Desk
    from softsite.model.formulas import Clock

    clock = Clock(now, config.zone)
    desk = Desk(clock, data.calendar, government=config.government is not None)
    by_type: dict[str, dict[State, list[Bulletin]]] = {}
    for bulletin in data.bulletins:
        found = by_type.setdefault(bulletin.type, {each: [] for each in State})
        found[states[bulletin.document.path]].append(bulletin)
    made = {
        slug: desk.series(data.types[slug], found[State.VISIBLE], found[State.WAITING])
        for slug, found in sorted(by_type.items(), key=lambda pair: (data.types[pair[0]].order, pair[0]))
    }
    return {slug: series for slug, series in made.items() if series}, desk.problems, clock.until


def _with_columns(config: SiteConfig, data: Data, states: Mapping[str, State]) -> SiteConfig:
    """The settings with a column for every type of bulletin of which something stands on the site."""
    used = {
        each.type for each in data.bulletins if states[each.document.path] in (State.VISIBLE, State.WITHDRAWN)
    }
    if not used:
        return config
    types = sorted((data.types[slug] for slug in used), key=lambda each: (each.order, each.slug))
    columns = tuple(
        Column(f"bulletins/{each.slug}", each.slug, each.name, OVERVIEW_TYPE, each.description, (each.name, config.name))
        for each in types
    )  # fmt: skip
    description = f"{config.name}发布的全部数据：{'、'.join(each.name for each in types)}。"
    names = (OVERVIEW, *(each.name for each in types))
    overview = Column("bulletins", "bulletins", OVERVIEW, OVERVIEW_TYPE, description, names, columns)
    return replaced(config, columns=(*config.columns, overview))


def _told(documents: Articles, bulletins: Mapping[str, list[Shown]]) -> Articles:
    """Documents with what could not be known before: titles and summaries of bulletins, figures that summaries cite."""
    made = {each.path: each for series in bulletins.values() for each in series}
    if not made:
        return documents
    by_stem = {path.rpartition(".")[0]: each for path, each in made.items()}
    computed = (
        replaced(document, title=found.title, summary=found.summary)
        if (found := made.get(document.path))
        else document
        for document in documents
    )
    return [_cited(document, by_stem) for document in computed]


def _cited(document: Document, by_stem: Mapping[str, Shown]) -> Document:
    """A document whose summary cites figures, with these figures in it."""
    parts = parted(document.summary)
    if len(parts) == 1:
        return document
    words = (part if n % 2 == 0 else _figure(cited_by(part), by_stem) for n, part in enumerate(parts))
    return replaced(document, summary="".join(words))


def _figure(cited: Citation, by_stem: Mapping[str, Shown]) -> str:
    """The figure that a document cites; empty when there is none, which is told elsewhere."""
    found = by_stem.get(f"bulletins/{cited.name}")
    declared = found.type.cited(cited.field) if found is not None else None
    if found is None or declared is None:
        return ""
    return shown(declared, found.values.get(declared.name))


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


def _own_columns(articles: Articles, bulletins: Mapping[str, list[Shown]]) -> dict[str, Articles]:
    """What stands in each column, for previous and next: articles by their date, bulletins by their period."""
    found: dict[str, Articles] = {}
    for article in articles:
        found.setdefault(article.column, []).append(article)
    for slug, series in bulletins.items():
        by_path = {each.path: each for each in found[f"bulletins/{slug}"]}
        found[f"bulletins/{slug}"] = [by_path[each.path] for each in series]
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
