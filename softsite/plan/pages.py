"""Pages: every page of the site, each with the view that it shows."""

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from softsite.config import Column, SiteConfig
from softsite.model.site import OVERVIEW, Articles, Site
from softsite.plan import views
from softsite.plan.bulletins import Bulletins, slots_of
from softsite.plan.lists import Leaf, file_name, leaves
from softsite.plan.outputs import BODY, Part, Planned
from softsite.plan.pictures import SHOT, pictures_of
from softsite.plan.related import related
from softsite.plan.search import FOLDER, INDEX, TEXTS
from softsite.plan.views import Head, Link, Picture, Teaser
from softsite.read.document import Document
from softsite.records import digest, key
from softsite.text.characters import folded
from softsite.text.editions import LANG, OTHER_BASE, OTHER_LANG, OTHER_NAME, Names
from softsite.text.links import BULLETINS, address_of, href, is_bulletin

HOME = "首页"
SPECIAL = "特别关注"
TAGS = "标签"
ARCHIVE = "归档"
SUBSCRIBE = "订阅"
SEARCH = "搜索"
WITHDRAWN = "撤稿说明"
WITHDRAWN_SAYS = "本网撤回了原先刊登在此处的文章，正文不再提供。"
MISSING = "找不到这个网页"
MISSING_SAYS = "网址可能输错了，也可能网页已经移走。"
BLOCK_ITEMS = 6
LEAD_DAYS = 14
MAX_TAG = 40
_LISTS = {"recent": "recent", "special": "special"}


class _Listed(NamedTuple):
    """A list of articles, and what its pages say of it."""

    folder: str
    title: str
    kind: str
    articles: Articles
    description: str
    crumbs: tuple[Link, ...]
    top: str = ""
    column: views.Column | None = None
    children: tuple[Link, ...] = ()
    siblings: tuple[Link, ...] = ()
    feeds: tuple[views.Feed, ...] = ()


class Pages:
    """Makes the views of one site; what many views share is made once."""

    def __init__(self, site: Site, sizes: Mapping[str, int], templates: Iterable[str]) -> None:
        self.site = site
        self.config = site.config
        self.sizes = sizes
        self.base = site.config.page_base
        self.columns = {column.path: column for column in site.config.all_columns()}
        self.home = Link(HOME, self.base)
        self.crumbs = {path: self._crumbs(path) for path in self.columns}
        self.feeds = {path: self._feeds(path) for path in ("", *self.columns)}
        self.heads: dict[str, Part] = {}
        self.tag_links: dict[str, Link] = {}
        self.own_notice = self.config.notices.own.replace("{site}", self.config.name)
        self.reprint_notice = self.config.notices.reprint.replace("{site}", self.config.name)
        self.teasers = {article.path: self._teaser(article) for article in site.articles}
        self.mentions = {
            path: views.Mention(t.title, t.href, t.time, t.iso) for path, t in self.teasers.items()
        }
        titles = {document.path: document.title for document in chain(site.articles, site.pages)}
        self.bulletins = Bulletins(site, site.config.href, titles if site.bulletins else {}, templates)
        self.backlinks = self.bulletins.backlinks()
        self.counted = {each.path: each.type.counted for series in site.bulletins.values() for each in series}

    def parts(self) -> dict[str, Part]:
        """The pieces that fill slots of many pages; complete once all pages are made."""
        lead = self._lead()
        tops = ["", "home", *(column.slug for column in self.config.columns)]
        named = chain.from_iterable(each.references for each in chain(self.site.articles, self.site.pages))
        return {
            **self.heads,
            **self.bulletins.parts(named),
            **{f"header:{top}": Part("parts/header.html", views.HeaderPart(top)) for top in tops},
            "footer": Part("parts/footer.html", views.FooterPart()),
            "recent": self._recent(self.site.articles),
            "special": self._picks(self.site.special),
            "recent:home": self._recent(_without(lead, self.site.articles)),
            "special:home": self._picks(_without(lead, self.site.special)),
        }

    def _recent(self, articles: Sequence[Document]) -> Part:
        items = self._teasers(articles[: self.config.lists.recent])
        return Part("parts/recent.html", views.RecentPart(tuple(items)))

    def _picks(self, articles: Sequence[Document]) -> Part:
        items = self._teasers(articles[: self.config.lists.special])
        more = Link(SPECIAL, self.base + "special/")
        return Part("parts/special.html", views.SpecialPart(tuple(items), more))

    def all(self) -> Iterator[Planned]:
        """Every page, in the order of the site's tree."""
        return chain(
            [self._home()],
            chain.from_iterable(self._any_column(column) for column in self.columns.values()),
            self._articles(),
            (self._plain(page) for page in self.site.pages),
            (self._withdrawn(document) for document in self.site.withdrawn),
            self._aliases(),
            self._special(),
            self._tags(),
            self._archive(),
            [self._subscribe()],
            [self._search()] if self.config.search else [],
            [self._not_found()],
        )

    # The tree

    def _home(self) -> Planned:
        lead = self._lead()
        blocks = tuple(
            views.Block(column.name, self._href(f"{column.path}/index.html"),
                        tuple(self._teasers(self._block(column, lead))))
            for column in self.config.columns
            if column.slug != "bulletins" and self.site.columns[column.path]
        )  # fmt: skip
        head = self._head("index.html", self.config.name, "home", self.config.description)
        view = views.HomePage(head, self.teasers[lead.path] if lead else None, blocks,
                              self.bulletins.cards(), Link(OVERVIEW, f"{self.base}{BULLETINS}"))  # fmt: skip
        names = tuple(column.name for column in self.config.columns)
        column = views.Column(
            HOME, HOME, self.config.description or self.config.name, (self.config.name, *names)
        )
        slots = self._slots((), "home", views.HeadPart(column, (), self.feeds[""]))
        own = {name: f"{name}:home" for name in _LISTS}
        shown = chain([view.lead] if view.lead else [], *(block.items[:1] for block in blocks))
        return Planned("index.html", "home.html", view, slots | own | self._pictures(*shown), "")

    def _block(self, column: Column, lead: Document | None) -> Sequence[Document]:
        """The newest articles of a column; the lead story stands above, unless the column has no other."""
        articles = self.site.columns[column.path]
        return (_without(lead, articles[: BLOCK_ITEMS + 1]) or articles)[:BLOCK_ITEMS]

    def _lead(self) -> Document | None:
        """The lead story: the first pick, or one nearly as new that has a picture; without picks, the newest."""
        stories = self.site.special or self.site.articles[: self.config.lists.page]
        first = next(iter(stories), None)
        return next((each for each in stories if each.picture and first and _is_near(first, each)), first)

    def _any_column(self, column: Column) -> Iterator[Planned]:
        if column.path == "bulletins":
            yield self._data_overview(column)
        elif column.path.startswith(BULLETINS):
            yield self._type(column)
        else:
            yield from self._column(column)

    def _data_overview(self, column: Column) -> Planned:
        address = f"{BULLETINS}index.html"
        head = self._head(address, column.name, "overview", column.description, column.name)
        shared = views.HeadPart(_tags_of(column), (self.home,), self.feeds[column.path] + self.feeds[""])
        view = views.OverviewPage(head, column.name, self.bulletins.cards())
        return Planned(address, "overview.html", view, self._slots((self.home,), column.slug, shared), "")

    def _type(self, column: Column) -> Planned:
        address, above = f"{column.path}/index.html", self.crumbs["bulletins"]
        head = self._head(address, column.name, "bulletins", column.description, column.name)
        feeds = self.feeds[column.path] + self.feeds[""]
        shared = views.HeadPart(_tags_of(column), above, feeds)
        view = views.TypePage(
            head=head, title=column.name, column=_tags_of(column), feed=feeds[0].href,
            siblings=self._links(self.columns["bulletins"].columns), **self.bulletins.type_page(column.slug),
        )  # fmt: skip
        return Planned(address, "bulletins.html", view, self._slots(above, "bulletins", shared), "")

    def _column(self, column: Column) -> Iterator[Planned]:
        above = column.path.rpartition("/")[0]
        beside = self.columns[above].columns if above else ()
        listed = _Listed(
            folder=column.path, title=column.name, kind="column", articles=self.site.columns[column.path],
            description=column.description or f"{column.name} - {self.config.name}",
            crumbs=self.crumbs[above] if above else (self.home,), top=column.path.partition("/")[0],
            column=_tags_of(column), children=self._links(column.columns),
            siblings=self._links(beside), feeds=self.feeds[column.path] + self.feeds[""],
        )  # fmt: skip
        return self._list(listed)

    def _links(self, columns: Sequence[Column]) -> tuple[Link, ...]:
        return tuple(Link(column.name, self._href(f"{column.path}/index.html")) for column in columns)

    def _articles(self) -> Iterator[Planned]:
        near = related(self.site)
        for path, articles in self.site.own_columns.items():
            crumbs = self.crumbs[path]
            head = views.HeadPart(None, crumbs, self.feeds[path] + self.feeds[""])
            shared = self._slots(crumbs, path.partition("/")[0], head)
            for position, article in enumerate(articles):
                newer = articles[position - 1] if position else None
                older = articles[position + 1] if position + 1 < len(articles) else None
                view = self._article(article, older, newer, near.get(article.path, ()))
                slots = shared | self._body(article)
                yield Planned(address_of(article.path), "article.html", view, slots, article.path)

    def _article(
        self, article: Document, older: Document | None, newer: Document | None, near: Sequence[Document]
    ) -> views.ArticlePage:
        teaser = self.teasers[article.path]
        column = self.columns[article.column]
        own = article.source in ("", self.config.name)
        kind, here = ("bulletin", "数据") if is_bulletin(article.path) else ("article", "正文")
        return views.ArticlePage(
            head=Head(article.title, teaser.href, self.config.origin + teaser.href, kind, article.summary, here),
            title=article.title,
            column=teaser.column,
            column_type=column.type,
            time=teaser.time,
            iso=teaser.iso,
            updated_iso=updated(article),
            source=teaser.source,
            source_url=article.source_url,
            author=article.author,
            editor=article.editor,
            own=own,
            notice=self.own_notice if own else self.reprint_notice.replace("{source}", article.source),
            keywords=article.tags or column.keywords,
            tags=tuple(self._tag(name) for name in article.tags),
            picture=teaser.picture,
            corrections=corrections(article),
            attachments=tuple(self._attachment(path, words) for path, words in article.documents),
            counted=self.counted.get(article.path, "篇"),
            previous=self.mentions[older.path] if older else None,
            next=self.mentions[newer.path] if newer else None,
            related=tuple(self.mentions[each.path] for each in near),
            linked=self.backlinks.get(article.path, ()),
        )  # fmt: skip

    def _plain(self, page: Document) -> Planned:
        address = address_of(page.path)
        view = views.PlainPage(self._head(address, page.title, "page", page.summary, page.title), page.title)
        slots = self._slots((self.home,)) | self._body(page)
        return Planned(address, "page.html", view, slots, page.path)

    def _withdrawn(self, document: Document) -> Planned:
        assert document.withdrawn is not None
        address = address_of(document.path)
        note = views.Note(document.withdrawn.date.day, document.withdrawn.reason)
        view = views.WithdrawnPage(
            self._head(address, WITHDRAWN, "withdrawn", WITHDRAWN_SAYS, WITHDRAWN, index=False), note
        )
        path = document.column
        slots = self._slots(self.crumbs[path], path.partition("/")[0]) if path else self._slots((self.home,))
        return Planned(address, "withdrawn.html", view, slots, document.path)

    def _aliases(self) -> Iterator[Planned]:
        for document in chain(self.site.articles, self.site.pages, self.site.withdrawn):
            for alias in document.aliases:
                target = self._href(address_of(document.path))
                title = document.title if document.withdrawn is None else WITHDRAWN
                head = self._head(alias, title, "redirect", "", index=False)
                view = views.RedirectPage(head, Link(title, target), self.config.origin + target)
                yield Planned(alias, "redirect.html", view, {}, document.path)

    # Lists

    def _special(self) -> Iterator[Planned]:
        description = f"{self.config.name}{SPECIAL}"
        return self._list(
            _Listed("special", SPECIAL, "special", self.site.special, description, (self.home,))
        )

    def _tags(self) -> Iterator[Planned]:
        tags = sorted(self.site.tags.values(), key=lambda tag: (-len(tag.articles), tag.name))
        counts = tuple(views.TagCount(t.name, self._tag(t.name).href, len(t.articles)) for t in tags)
        yield self._overview(
            "tags", TAGS, "tags.html", f"{self.config.name}的全部标签", counts, views.TagsPage
        )
        crumbs = (self.home, Link(TAGS, self.base + "tags/"))
        for tag in tags:
            folder = _tag_address(tag.name).rpartition("/")[0]
            description = f"标签“{tag.name}”下的文章"
            yield from self._list(_Listed(folder, tag.name, "tag", tag.articles, description, crumbs))

    def _archive(self) -> Iterator[Planned]:
        years: dict[str, list[views.TagCount]] = {}
        for month, articles in self.site.months.items():
            count = views.TagCount(month, self._href(f"archive/{month}/index.html"), len(articles))
            years.setdefault(month[:4], []).append(count)
        shown = tuple(
            views.Year(y, sum(m.count for m in months), tuple(months)) for y, months in years.items()
        )
        yield self._overview(
            "archive", ARCHIVE, "archive.html", f"{self.config.name}按月归档", shown, views.ArchivePage
        )
        crumbs = (self.home, Link(ARCHIVE, self.base + "archive/"))
        for month, articles in self.site.months.items():
            name = f"{month[:4]}年{int(month[5:])}月"
            yield from self._list(
                _Listed(f"archive/{month}", name, "month", articles, f"{name}发布的文章", crumbs)
            )

    def _subscribe(self) -> Planned:
        """What a reader is shown who wants to subscribe: browsers show the feeds themselves as code."""
        names = {"": "全站", **{path: column.name for path, column in self.columns.items()}}
        feeds = tuple(Link(name, self.feeds[path][0].href) for path, name in names.items())
        return self._overview(
            "subscribe",
            SUBSCRIBE,
            "subscribe.html",
            f"用阅读软件订阅{self.config.name}",
            feeds,
            views.SubscribePage,
        )

    def _overview(
        self,
        folder: str,
        title: str,
        template: str,
        description: str,
        items: tuple[Any, ...],
        shape: Callable[..., Any],
    ) -> Planned:
        address = f"{folder}/index.html"
        view = shape(self._head(address, title, folder, description, title), items)
        return Planned(address, template, view, self._slots((self.home,)), "")

    def _search(self) -> Planned:
        columns = tuple(
            views.Choice(path, column.name, self._href(f"{path}/index.html"), path.count("/"))
            for path, column in self.columns.items()
        )
        years = tuple(dict.fromkeys(month[:4] for month in self.site.months))
        address = f"{FOLDER}index.html"
        head = self._head(address, SEARCH, "search", f"在{self.config.name}的全部文章里查找", SEARCH)
        view = views.SearchPage(
            head, href(self.config.base, INDEX), self.base + TEXTS, columns, years, bool(self.site.bulletins)
        )
        return Planned(address, "search.html", view, self._slots((self.home,)), "")

    def _not_found(self) -> Planned:
        head = self._head("404.html", MISSING, "404", MISSING_SAYS, MISSING, index=False)
        return Planned("404.html", "404.html", views.NotFoundPage(head), self._slots((self.home,)), "")

    def _list(self, listed: "_Listed") -> Iterator[Planned]:
        """The pages of one list; only its front page is told how many articles there are."""
        whole = (*listed.crumbs, Link(listed.title, self._href(f"{listed.folder}/index.html")))
        for leaf in leaves(listed.articles, self.config.lists.page):
            address = f"{listed.folder}/{file_name(leaf.number)}"
            named = f"{listed.title}（第 {leaf.number} 页）" if leaf.number else listed.title
            here = f"第 {leaf.number} 页" if leaf.number else listed.title
            view = views.ListPage(
                self._head(address, named, listed.kind, listed.description, here),
                listed.title, listed.column, listed.feeds[0].href if listed.feeds else "", listed.children, listed.siblings,
                tuple(self._teasers(leaf.items)), leaf.number,
                0 if leaf.number else len(listed.articles), *self._beside(listed.folder, leaf),
            )  # fmt: skip
            shared = views.HeadPart(listed.column, whole, listed.feeds or self.feeds[""])
            slots = self._slots(whole if leaf.number else listed.crumbs, listed.top, shared)
            yield Planned(address, "list.html", view, slots | self._pictures(*view.items), "")

    def _beside(self, folder: str, leaf: Leaf) -> tuple[Link | None, Link | None, Link | None]:
        """The links to the newer, the older and the oldest page."""

        def link(number: int | None) -> Link | None:
            if number is None:
                return None
            return Link(f"第 {number} 页" if number else "最新", self._href(f"{folder}/{file_name(number)}"))

        return link(leaf.newer), link(leaf.older), link(1) if leaf.older and leaf.older > 1 else None

    # What views are made of

    def _slots(
        self, crumbs: tuple[Link, ...], top: str = "", head: views.HeadPart | None = None
    ) -> dict[str, str]:
        """The slots of a page; pages that say the same share their head and breadcrumb."""
        head = head or views.HeadPart(None, crumbs, self.feeds[""])
        name = key(head, crumbs).hex()[:16]
        self.heads[f"head:{name}"] = Part("parts/head.html", head)
        self.heads[f"crumbs:{name}"] = Part("parts/crumbs.html", views.CrumbsPart(crumbs))
        return {
            "head": f"head:{name}",
            "crumbs": f"crumbs:{name}",
            "header": f"header:{top}",
            "footer": "footer",
            **_LISTS,
        }

    def _head(
        self, address: str, title: str, kind: str, description: str, here: str = "", *, index: bool = True
    ) -> Head:
        link = self._href(address)
        return Head(title, link, self.config.origin + link, kind, description, here, index)

    def _tag(self, name: str) -> Link:
        """A tag as a link."""
        if name not in self.tag_links:
            self.tag_links[name] = Link(name, self._href(_tag_address(name)))
        return self.tag_links[name]

    def _teaser(self, article: Document) -> Teaser:
        assert article.date is not None
        column = self.columns[article.column]
        return Teaser(
            article.title, self._href(address_of(article.path)), article.date.shown, article.date.iso,
            article.summary, article.source or self.config.name, self.crumbs[column.path][-1],
            self._picture(article),
        )  # fmt: skip

    def _picture(self, article: Document) -> Picture | None:
        found = article.picture
        return Picture(self.config.href(found), article.image_alt, found) if found else None

    def _body(self, document: Document) -> dict[str, str]:
        """The slots of a text: its body, and what is inside of it."""
        inside = slots_of(document.references) | pictures_of(document.references, self.sizes)
        return {BODY: f"{BODY}:{document.path}"} | inside

    def _pictures(self, *teasers: Teaser) -> dict[str, str]:
        """The slots by which a page depends on the pictures of articles that it lists."""
        return {
            name: name
            for each in teasers
            if each.picture is not None and each.picture.path in self.sizes
            for name in (f"{SHOT}:{each.picture.path}",)
        }

    def _teasers(self, articles: Sequence[Document]) -> Iterator[Teaser]:
        return (self.teasers[article.path] for article in articles)

    def _attachment(self, path: str, words: str) -> views.Attachment:
        stem, extension = posixpath.splitext(posixpath.basename(path))
        return views.Attachment(
            words or stem, self.config.href(path), extension[1:].upper(), self.sizes.get(path, 0)
        )

    def _crumbs(self, path: str) -> tuple[Link, ...]:
        """The way from the home page to a column."""
        parts = path.split("/")
        above = ["/".join(parts[: n + 1]) for n in range(len(parts))]
        return (
            self.home,
            *(Link(self.columns[each].name, self._href(f"{each}/index.html")) for each in above),
        )

    def _feeds(self, path: str) -> tuple[views.Feed, ...]:
        """The feeds of the site or of a column."""
        name = f"{self.config.name} - {self.columns[path].name}" if path else self.config.name
        folder = self.base + (f"{path}/" if path else "")
        return tuple(views.Feed(f"{name}（{label}）", folder + file, kind) for file, kind, label in FEEDS)

    def _href(self, address: str) -> str:
        return href(self.base, address)


FEEDS = (
    ("feed.xml", "application/rss+xml", "RSS"),
    ("atom.xml", "application/atom+xml", "Atom"),
    ("feed.json", "application/feed+json", "JSON Feed"),
)


def corrections(article: Document) -> tuple[views.Note, ...]:
    """What was corrected, as editors wrote it."""
    return tuple(views.Note(each.date.day, each.note) for each in article.correction)


def updated(article: Document) -> str:
    """When an article was last changed: its newest correction, or its own date (iso)."""
    assert article.date is not None
    newest = max(
        (each.date for each in article.correction), key=lambda date: date.epoch, default=article.date
    )
    return max(newest, article.date, key=lambda date: date.epoch).iso


def _without(lead: Document | None, articles: Sequence[Document]) -> Sequence[Document]:
    return [article for article in articles if article is not lead]


def _is_near(one: Document, other: Document) -> bool:
    """Whether two articles are at most so many days apart."""
    assert one.date is not None
    assert other.date is not None
    return abs(one.date.epoch - other.date.epoch) <= LEAD_DAYS * 86_400


def site_view(config: SiteConfig, assets: Mapping[str, str]) -> views.SiteView:
    """The site's settings as templates see them; `assets` are the addresses of static files by name."""
    base, both = config.page_base, len(config.editions) > 1
    nav = tuple(
        views.NavItem(column.name, config.href(f"{column.path}/index.html"), column.slug,
                      tuple(Link(c.name, config.href(f"{c.path}/index.html")) for c in column.columns))
        for column in config.columns
    )  # fmt: skip
    return views.SiteView(
        config.name, config.origin + base, base, config.origin.partition("//")[2], config.description,
        LANG if both else config.editions[0], config.owner,
        _government(config), nav, config.notices.footer,
        f"{base}{FOLDER}" if config.search else "", dict(sorted(assets.items())),
        tuple(views.EditionView(each.lang, each.base) for each in config.in_scripts(Names())) if both else (),
        views.Other(OTHER_NAME, OTHER_LANG, OTHER_BASE) if both else None,
        config.sharing,
    )  # fmt: skip


def _government(config: SiteConfig) -> views.Government | None:
    """The identity of a government site with its links ready made."""
    found = config.government
    if found is None:
        return None
    digits = "".join(c for c in found.police if c.isdigit())
    return views.Government(
        found.site_id, found.icp, found.icp_href, found.police, found.police_href.replace("{code}", digits),
        found.party_mark_href.replace("{code}", found.party_mark) if found.party_mark else "",
        found.report_href.replace("{code}", found.site_id),
    )  # fmt: skip


def _tags_of(column: Column) -> views.Column:
    """What the page tags say of a column."""
    return views.Column(column.name, column.type, column.description, column.keywords)


def _tag_address(name: str) -> str:
    """The front page of a tag; signs that no file name can hold become `-`, and a digest keeps such tags apart."""
    safe = "".join("-" if c in '/\\:*?"<>|#%&' or c.isspace() else c for c in folded(name)).strip(".-")
    safe = safe[:MAX_TAG]
    if safe != folded(name) or safe.endswith(".html"):
        safe += f"-{digest(folded(name).encode()).hex()[:6]}"
    return f"tags/{safe}/index.html"
