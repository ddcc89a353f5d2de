"""Views: all that a template may see of a page, frozen; nothing of the live site.

Every address (`href`) starts at the server's root and carries the site's sub-path;
every `url` is absolute. A time is text in the site's time zone,
`2017-11-27 17:42:54`; an `iso` time has the offset, `2017-11-27T17:42:54+08:00`.
"""

from softsite.config import Owner
from softsite.plan.chartview import ChartView
from softsite.records import Record


class Link(Record, frozen=True):
    """A name that leads somewhere."""

    name: str
    href: str


class Feed(Record, frozen=True):
    """A feed that a page announces: its title, address and media type."""

    title: str
    href: str
    type: str


class Picture(Record, frozen=True):
    """A picture with its text alternative; `src` is the picture itself, `path` its file in content/, which its variants go by."""

    src: str
    alt: str
    path: str


class Mention(Record, frozen=True):
    """An article as a link: before, after and beside another."""

    title: str
    href: str
    time: str
    iso: str


class Teaser(Record, frozen=True):
    """An article as lists and blocks show it."""

    title: str
    href: str
    time: str
    iso: str
    excerpt: str
    source: str
    column: Link
    picture: Picture | None = None


class Attachment(Record, frozen=True):
    """A document that an article links to; `size` in bytes, `kind` like PDF."""

    name: str
    href: str
    kind: str
    size: int


class Note(Record, frozen=True):
    """A dated remark: a correction, or the reason of a withdrawal."""

    date: str
    text: str


class Government(Record, frozen=True):
    """The identity of a government site; every link is ready made."""

    site_id: str
    icp: str
    icp_href: str
    police: str
    police_href: str
    party_mark_href: str
    report_href: str


class NavItem(Record, frozen=True):
    """A column of the main navigation and the columns below it."""

    name: str
    href: str
    slug: str
    children: tuple[Link, ...]


class EditionView(Record, frozen=True):
    """The site in one script: its language and path."""

    lang: str
    base: str


class Other(Record, frozen=True):
    """The edition in the other script, seen from a page: its name in its own script, its language and path."""

    name: str
    lang: str
    base: str


class SiteView(Record, frozen=True):
    """The site's settings, as every template sees them (`site`); `search` is the address of that page, or empty.

    A site in one script has no `editions` and no `other`; `sharing`: articles offer a QR code and ways to share.
    """

    name: str
    url: str
    base: str
    domain: str
    description: str
    lang: str
    owner: Owner
    government: Government | None
    nav: tuple[NavItem, ...]
    footer_notice: str
    search: str
    asset_hrefs: dict[str, str]
    editions: tuple[EditionView, ...] = ()
    other: Other | None = None
    sharing: bool = False


class Column(Record, frozen=True):
    """What the page tags say of a column."""

    name: str
    type: str
    description: str
    keywords: tuple[str, ...]


class Head(Record, frozen=True):
    """What a page says of itself (`page.head`); what it shares with others is in the slots `head` and `crumbs`.

    `here` is the last, unlinked word of the breadcrumb.
    """

    title: str
    href: str
    url: str
    kind: str
    description: str
    here: str = ""
    index: bool = True


class HomePage(Record, frozen=True):
    """`home.html`: the lead story, blocks of the columns' newest; 特别关注 and 最近更新 are slots; all without the lead.

    `cards` are the newest figures of bulletins, none on a site without them; `data`
    leads to the overview of all.
    """

    head: Head
    lead: Teaser | None
    blocks: tuple["Block", ...]
    cards: tuple["Card", ...]
    data: Link


class Block(Record, frozen=True):
    """One column on the home page, with its newest articles."""

    name: str
    href: str
    items: tuple[Teaser, ...]


class ListPage(Record, frozen=True):
    """`list.html`: a column, a tag, a month or 特别关注, one page of it.

    `number` is 0 on the front page, else the page's own number, counted from the
    oldest, so that it never changes. `newer` and `older` are the neighbouring pages.
    `total` counts the articles, on the front page alone. A column's page knows its
    `column`, its RSS `feed`, the columns below it and those beside it.
    """

    head: Head
    title: str
    column: Column | None
    feed: str
    children: tuple[Link, ...]
    siblings: tuple[Link, ...]
    items: tuple[Teaser, ...]
    number: int
    total: int
    newer: Link | None
    older: Link | None
    oldest: Link | None


class ArticlePage(Record, frozen=True):
    """`article.html`: one article; its body is the slot `body`. `counted` is the word for one of its kind: 篇, 期, 份."""

    head: Head
    title: str
    column: Link
    column_type: str
    time: str
    iso: str
    updated_iso: str
    source: str
    source_url: str
    author: str
    editor: str
    own: bool
    notice: str
    keywords: tuple[str, ...]
    tags: tuple[Link, ...]
    picture: Picture | None
    corrections: tuple[Note, ...]
    attachments: tuple[Attachment, ...]
    counted: str
    previous: Mention | None
    next: Mention | None
    related: tuple[Mention, ...]
    linked: tuple["Backlinks", ...] = ()


class Backlinks(Record, frozen=True):
    """The bulletins whose data name a page, under the words that their type gives (解读的文件)."""

    words: str
    items: tuple[Mention, ...]


class WithdrawnPage(Record, frozen=True):
    """`withdrawn.html`: what stands at the address of a withdrawn article."""

    head: Head
    note: Note


class PlainPage(Record, frozen=True):
    """`page.html`: a page of its own (about, contact); its body is the slot `body`."""

    head: Head
    title: str


class TagCount(Record, frozen=True):
    """A tag and how many articles bear it."""

    name: str
    href: str
    count: int


class TagsPage(Record, frozen=True):
    """`tags.html`: all tags, the most used first."""

    head: Head
    tags: tuple[TagCount, ...]


class SubscribePage(Record, frozen=True):
    """`subscribe.html`: how to subscribe, and the address of each RSS feed, the site's own first."""

    head: Head
    feeds: tuple[Link, ...]


class Year(Record, frozen=True):
    """A year of the archive; a month's name is like 2017-11."""

    name: str
    count: int
    months: tuple[TagCount, ...]


class ArchivePage(Record, frozen=True):
    """`archive.html`: the months, newest first."""

    head: Head
    years: tuple[Year, ...]


class Choice(Record, frozen=True):
    """A column to search in; `level` is 0 for those of the main navigation."""

    path: str
    name: str
    href: str
    level: int


class SearchPage(Record, frozen=True):
    """`search.html`: what can be searched, and where to look without a script; `index` is the address of the index, `texts` of the folder of texts.

    `years` are those of the archive, the newest first; `data` says whether there are bulletins.
    """

    head: Head
    index: str
    texts: str
    columns: tuple[Choice, ...]
    years: tuple[str, ...]
    data: bool


class NotFoundPage(Record, frozen=True):
    """`404.html`."""

    head: Head


class RedirectPage(Record, frozen=True):
    """`redirect.html`: an old address that leads to the new one."""

    head: Head
    target: Link
    target_url: str


class Figure(Record, frozen=True):
    """A key figure: `value` as shown, `change` in words against the period before, or empty.

    `direction` is "up", "down", "same" or "".
    """

    label: str
    value: str
    unit: str
    change: str = ""
    direction: str = ""


class Fact(Record, frozen=True):
    """A field that is no key figure: its name and value; where it leads somewhere, the links that it consists of."""

    label: str
    value: str
    links: tuple[Link, ...] = ()


class TableHead(Record, frozen=True):
    """The head of a column; `numeric` columns are set flush right, what is `kept` stands on one line."""

    label: str
    unit: str
    numeric: bool
    kept: bool = False


class TableCell(Record, frozen=True):
    """A cell as shown; where it leads somewhere, also the links that it consists of."""

    text: str
    links: tuple[Link, ...] = ()


class Table(Record, frozen=True):
    """A table; the first cell of each row is its head. `totals` is empty, or a cell for each column."""

    id: str
    caption: str
    heads: tuple[TableHead, ...]
    rows: tuple[tuple[TableCell, ...], ...]
    totals: tuple[TableCell, ...] = ()


class Passage(Record, frozen=True):
    """A long text of a bulletin; `html` is safe."""

    label: str
    html: str


class Download(Record, frozen=True):
    """A file of open data: what is in it, its address, its format (CSV or JSON)."""

    name: str
    href: str
    kind: str


class BulletinBody(Record, frozen=True):
    """`parts/bulletin.html` or `bulletin/<type>.html`, the slot `body` of a bulletin's page: all of its data.

    `compared` sets the key figures beside those of the period before.
    """

    type: str
    figures: tuple[Figure, ...]
    facts: tuple[Fact, ...]
    charts: tuple[ChartView, ...]
    tables: tuple[Table, ...]
    passages: tuple[Passage, ...]
    compared: Table | None
    downloads: tuple[Download, ...]


class Card(Record, frozen=True):
    """The newest of one type of bulletin, in short: `parts/card.html`, and where an article shows a bulletin.

    `chart` is a small line of the past periods, or the bulletin's first chart in an article.
    """

    type: Link
    title: str
    href: str
    time: str
    iso: str
    figures: tuple[Figure, ...]
    chart: ChartView | None


class OverviewPage(Record, frozen=True):
    """`overview.html`: 数据看板, the newest figures of all types of bulletins."""

    head: Head
    title: str
    cards: tuple[Card, ...]


class TypePage(Record, frozen=True):
    """`bulletins.html`: a type of bulletin with all its periods, their trend, feeds and data; `counted` is 期 or 份."""

    head: Head
    title: str
    column: Column
    feed: str
    siblings: tuple[Link, ...]
    total: int
    counted: str
    table: Table | None
    trends: tuple[ChartView, ...]
    downloads: tuple[Download, ...]


class CitedFigure(Record, frozen=True):
    """`parts/figure.html`: one figure of a bulletin inside a sentence; within a link it has no address of its own."""

    value: str
    href: str


class HeadPart(Record, frozen=True):
    """`parts/head.html`, the slot `head`: what the heads of many pages share.

    On the home page and in columns `column` goes into the page tags of the 2017 guide.
    """

    column: Column | None
    crumbs: tuple[Link, ...]
    feeds: tuple[Feed, ...]


class CrumbsPart(Record, frozen=True):
    """`parts/crumbs.html`, the slot `crumbs`: the way from the home page to where a page stands."""

    crumbs: tuple[Link, ...]


class HeaderPart(Record, frozen=True):
    """`parts/header.html`, the slot `header`: `top` is the slug of the column to mark, or "home", or ""."""

    top: str


class FooterPart(Record, frozen=True):
    """`parts/footer.html`, the slot `footer`."""


class RecentPart(Record, frozen=True):
    """`parts/recent.html`, the slot `recent`: 最近更新."""

    items: tuple[Teaser, ...]


class SpecialPart(Record, frozen=True):
    """`parts/special.html`, the slot `special`: 特别关注, first the ranked ones; `more` is its page."""

    items: tuple[Teaser, ...]
    more: Link
