"""Pages: every page of the site, each with the view that it shows."""

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from softsite.config import Column, SiteConfig
from softsite.model.site import Articles, Site
from softsite.plan import views
from softsite.plan.lists import Leaf, file_name, leaves
from softsite.plan.outputs import BODY, Part, Planned
from softsite.plan.related import related
from softsite.plan.views import Head, Link, Picture, Teaser
from softsite.read.document import Document
from softsite.text.characters import folded
from softsite.text.links import address_of, href

HOME = "首页"
SPECIAL = "特别关注"
TAGS = "标签"
ARCHIVE = "归档"
BLOCK_ITEMS = 6
TOP_ITEMS = 4
_LISTS = {"recent": "recent", "special": "special"}


class Pages:
    """Makes the views of one site; what many views share is made once."""

    def __init__(self, site: Site, sizes: Mapping[str, int]) -> None:
        self.site = site
        self.config = site.config
        self.sizes = sizes
        self.base = site.config.base
        self.columns = {column.path: column for column in site.config.all_columns()}
        self.home = Link(HOME, self.base)
        self.crumbs = {path: self._crumbs(path) for path in self.columns}
        self.feeds = {path: self._feeds(path) for path in ("", *self.columns)}
        self.teasers = {article.path: self._teaser(article) for article in site.articles}

    def parts(self) -> dict[str, Part]:
        """The pieces that fill slots of many pages."""
        lists = self.config.lists
        recent = tuple(self._teasers(self.site.articles[: lists.recent]))
        special = tuple(self._teasers(self.site.special[: lists.special]))
        tops = ["", "home", *(column.slug for column in self.config.columns)]
        return {
            **{f"header:{top}": Part("parts/header.html", views.HeaderPart(top)) for top in tops},
            "footer": Part("parts/footer.html", views.FooterPart()),
            "recent": Part("parts/recent.html", views.RecentPart(recent)),
            "special": Part("parts/special.html", views.SpecialPart(special, Link(SPECIAL, self.base + "special/"))),
        }

    def all(self) -> Iterator[Planned]:
        """Every page, in the order of the site's tree."""
        return chain(
            [self._home()],
            chain.from_iterable(self._column(column) for column in self.columns.values()),
            self._articles(),
            (self._plain(page) for page in self.site.pages),
            (self._withdrawn(document) for document in self.site.withdrawn),
            self._aliases(),
            self._special(),
            self._tags(),
            self._archive(),
            [self._not_found()],
        )

    # The tree

    def _home(self) -> Planned:
        lead = self._lead()
        rest = [article for article in self.site.articles if article is not lead]
        blocks = tuple(
            views.Block(column.name, self._href(f"{column.path}/index.html"),
                        tuple(self._teasers(self.site.columns[column.path][:BLOCK_ITEMS])))
            for column in self.config.columns
        )  # fmt: skip
        head = self._head("index.html", self.config.name, "home", (), self.config.description, top="home",
                          column=views.Column(HOME, HOME, self.config.description, ()))  # fmt: skip
        view = views.HomePage(head, self.teasers[lead.path] if lead else None,
                              tuple(self._teasers(rest[:TOP_ITEMS])), blocks)  # fmt: skip
        return self._planned("index.html", "home.html", view, "home", _LISTS, "")

    def _lead(self) -> Document | None:
        """The lead story: the first pick with a picture, else the first pick, else the newest with a picture."""
        picked, newest = self.site.special, self.site.articles[: self.config.lists.page]
        with_picture = (article for articles in (picked, newest) for article in articles if article.picture)
        first = next(iter(picked), None)
        found = next((article for article in picked if article.picture), first) or next(with_picture, None)
        return found or next(iter(newest), None)

    def _column(self, column: Column) -> Iterator[Planned]:
        children = tuple(Link(child.name, self._href(f"{child.path}/index.html")) for child in column.columns)
        yield from self._list(
            column.path, column.name, "column", self.crumbs[column.path], self.site.columns[column.path],
            description=column.description or f"{column.name} - {self.config.name}",
            column=_tags_of(column), children=children, feeds=self.feeds[column.path] + self.feeds[""],
            top=column.path.partition("/")[0],
        )  # fmt: skip

    def _articles(self) -> Iterator[Planned]:
        near = related(self.site)
        for column, articles in self.site.own_columns.items():
            top = column.partition("/")[0]
            feeds = self.feeds[column] + self.feeds[""]
            for position, article in enumerate(articles):
                newer = articles[position - 1] if position else None
                older = articles[position + 1] if position + 1 < len(articles) else None
                view = self._article(article, feeds, top, older, newer, near.get(article.path, ()))
                slots = {**_LISTS, BODY: f"{BODY}:{article.path}"}
                yield self._planned(address_of(article.path), "article.html", view, top, slots, article.path)

    def _article(
        self, article: Document, feeds: tuple[views.Feed, ...], top: str,
        older: Document | None, newer: Document | None, near: Sequence[Document],
    ) -> views.ArticlePage:  # fmt: skip
        teaser = self.teasers[article.path]
        column = self.columns[article.column]
        own = article.source in ("", self.config.name)
        notices = self.config.notices
        notice = (notices.own if own else notices.reprint).replace("{site}", self.config.name)
        return views.ArticlePage(
            head=self._head(address_of(article.path), article.title, "article", self.crumbs[article.column],
                            article.summary, feeds=feeds, column=_tags_of(column), top=top),
            title=article.title,
            time=teaser.time,
            iso=teaser.iso,
            updated_iso=updated(article),
            source=teaser.source,
            source_url=article.source_url,
            author=article.author,
            editor=article.editor,
            own=own,
            notice=notice.replace("{source}", article.source),
            keywords=article.tags or column.keywords,
            tags=tuple(Link(name, self._href(_tag_address(name))) for name in article.tags),
            picture=Picture(article.picture, article.image_alt) if article.picture else None,
            corrections=tuple(views.Note(each.date.day, each.note) for each in article.correction),
            attachments=tuple(self._attachment(path, words) for path, words in article.documents),
            previous=self.teasers[older.path] if older else None,
            next=self.teasers[newer.path] if newer else None,
            related=tuple(self.teasers[each.path] for each in near),
        )  # fmt: skip

    def _plain(self, page: Document) -> Planned:
        address = address_of(page.path)
        head = self._head(address, page.title, "page", (self.home,), page.summary)
        slots = {**_LISTS, BODY: f"{BODY}:{page.path}"}
        return self._planned(address, "page.html", views.PlainPage(head, page.title), "", slots, page.path)

    def _withdrawn(self, document: Document) -> Planned:
        assert document.withdrawn is not None
        address = address_of(document.path)
        head = self._head(address, "撤稿说明", "withdrawn",
                          self.crumbs.get(document.column, (self.home,)), "", index=False)  # fmt: skip
        note = views.Note(document.withdrawn.date.day, document.withdrawn.reason)
        view = views.WithdrawnPage(head, note)
        return self._planned(address, "withdrawn.html", view, "", _LISTS, document.path)

    def _aliases(self) -> Iterator[Planned]:
        for document in chain(self.site.articles, self.site.pages, self.site.withdrawn):
            for alias in document.aliases:
                target = self._href(address_of(document.path))
                title = document.title if document.withdrawn is None else "撤稿说明"
                head = self._head(alias, title, "redirect", (), "", index=False)
                view = views.RedirectPage(head, Link(title, target), self.config.origin + target)
                yield Planned(alias, "redirect.html", view, {}, document.path)

    # Lists

    def _special(self) -> Iterator[Planned]:
        return self._list("special", SPECIAL, "special", (self.home,), self.site.special, f"{self.config.name}{SPECIAL}")

    def _tags(self) -> Iterator[Planned]:
        tags = sorted(self.site.tags.values(), key=lambda tag: (-len(tag.articles), tag.name))
        counts = tuple(views.TagCount(t.name, self._href(_tag_address(t.name)), len(t.articles)) for t in tags)
        head = self._head("tags/index.html", TAGS, "tags", (self.home,), f"{self.config.name}的全部标签")
        yield self._planned("tags/index.html", "tags.html", views.TagsPage(head, counts), "", _LISTS, "")
        crumbs = (self.home, Link(TAGS, self.base + "tags/"))
        for tag in tags:
            folder = _tag_address(tag.name).rpartition("/")[0]
            yield from self._list(folder, tag.name, "tag", crumbs, tag.articles, f"标签“{tag.name}”下的文章")

    def _archive(self) -> Iterator[Planned]:
        years: dict[str, list[views.TagCount]] = {}
        for month, articles in self.site.months.items():
            count = views.TagCount(month, self._href(f"archive/{month}/index.html"), len(articles))
            years.setdefault(month[:4], []).append(count)
        shown = tuple(views.Year(y, sum(m.count for m in months), tuple(months)) for y, months in years.items())
        head = self._head("archive/index.html", ARCHIVE, "archive", (self.home,), f"{self.config.name}按月归档")
        yield self._planned("archive/index.html", "archive.html", views.ArchivePage(head, shown), "", _LISTS, "")
        crumbs = (self.home, Link(ARCHIVE, self.base + "archive/"))
        for month, articles in self.site.months.items():
            name = f"{month[:4]}年{int(month[5:])}月"
            yield from self._list(f"archive/{month}", name, "month", crumbs, articles, f"{name}发布的文章")

    def _not_found(self) -> Planned:
        head = self._head("404.html", "找不到这个网页", "404", (self.home,), "", index=False)
        return self._planned("404.html", "404.html", views.NotFoundPage(head), "", _LISTS, "")

    def _list(
        self, folder: str, title: str, kind: str, crumbs: tuple[Link, ...], articles: Articles, description: str,
        column: views.Column | None = None, children: tuple[Link, ...] = (),
        feeds: tuple[views.Feed, ...] | None = None, top: str = "",
    ) -> Iterator[Planned]:  # fmt: skip
        """The pages of one list; only its front page is told how many articles there are."""
        for leaf in leaves(articles, self.config.lists.page):
            address = f"{folder}/{file_name(leaf.number)}"
            named = f"{title}（第 {leaf.number} 页）" if leaf.number else title
            head = self._head(address, named, kind, crumbs, description, feeds, column, top)
            view = views.ListPage(
                head, title, children, tuple(self._teasers(leaf.items)), leaf.number,
                0 if leaf.number else len(articles), *self._beside(folder, leaf),
            )  # fmt: skip
            yield self._planned(address, "list.html", view, top, _LISTS, "")

    def _beside(self, folder: str, leaf: Leaf) -> tuple[Link | None, Link | None, Link | None]:
        """The links to the newer, the older and the oldest page."""

        def link(number: int | None) -> Link | None:
            if number is None:
                return None
            return Link(f"第 {number} 页" if number else "最新", self._href(f"{folder}/{file_name(number)}"))

        return link(leaf.newer), link(leaf.older), link(1) if leaf.older and leaf.older > 1 else None

    # What views are made of

    def _planned(
        self, address: str, template: str, view: object, top: str, slots: Mapping[str, str], claimant: str
    ) -> Planned:
        return Planned(address, template, view, {"header": f"header:{top}", "footer": "footer", **slots}, claimant)

    def _head(
        self, address: str, title: str, kind: str, crumbs: tuple[Link, ...], description: str,
        feeds: tuple[views.Feed, ...] | None = None, column: views.Column | None = None, top: str = "",
        index: bool = True,
    ) -> Head:  # fmt: skip
        link = self._href(address)
        return Head(
            title, link, self.config.origin + link, kind, crumbs, description,
            self.feeds[""] if feeds is None else feeds, column, top, index,
        )  # fmt: skip

    def _teaser(self, article: Document) -> Teaser:
        assert article.date is not None
        column = self.columns[article.column]
        return Teaser(
            article.title, self._href(address_of(article.path)), article.date.shown, article.date.iso,
            article.summary, article.source or self.config.name, self.crumbs[column.path][-1],
            Picture(article.picture, article.image_alt) if article.picture else None,
        )  # fmt: skip

    def _teasers(self, articles: Sequence[Document]) -> Iterator[Teaser]:
        return (self.teasers[article.path] for article in articles)

    def _attachment(self, path: str, words: str) -> views.Attachment:
        stem, extension = posixpath.splitext(posixpath.basename(path))
        return views.Attachment(words or stem, self._href(path), extension[1:].upper(), self.sizes.get(path, 0))

    def _crumbs(self, path: str) -> tuple[Link, ...]:
        """The way from the home page to a column."""
        parts = path.split("/")
        above = ["/".join(parts[: n + 1]) for n in range(len(parts))]
        return (self.home, *(Link(self.columns[each].name, self._href(f"{each}/index.html")) for each in above))

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


def updated(article: Document) -> str:
    """When an article was last changed: its newest correction, or its own date (iso)."""
    assert article.date is not None
    newest = max((each.date for each in article.correction), key=lambda date: date.epoch, default=article.date)
    return max(newest, article.date, key=lambda date: date.epoch).iso


def site_view(config: SiteConfig, assets: Mapping[str, str]) -> views.SiteView:
    """The site's settings as templates see them; `assets` are the addresses of static files by name."""
    nav = tuple(
        views.NavItem(column.name, href(config.base, f"{column.path}/index.html"), column.slug,
                      tuple(Link(c.name, href(config.base, f"{c.path}/index.html")) for c in column.columns))
        for column in config.columns
    )  # fmt: skip
    return views.SiteView(
        config.name, config.url, config.base, config.origin.partition("//")[2], config.description,
        config.editions[0], views.Owner(config.owner.organisation, config.owner.address, config.owner.phone),
        _government(config), nav, config.notices.footer, dict(sorted(assets.items())),
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
    """The front page of a tag; signs that no file name can hold become `-`."""
    safe = "".join("-" if c in '/\\:*?"<>|#%&' or c.isspace() else c for c in folded(name)).strip(".-")
    return f"tags/{safe or 'tag'}/index.html"
