"""Markup: an article's Markdown becomes HTML that is safe to publish, and what it names.

Python-Markdown reads the text (it alone bolds the right words next to Chinese
punctuation); nh3 then lets through only what an article may hold. Nothing touches
the HTML after nh3, so links are resolved inside it, raw and Markdown ones alike.
"""

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from html import unescape
from typing import NamedTuple

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension

from softsite.records import Record
from softsite.text import blocks, citations, links
from softsite.text.characters import forbidden, replaced
from softsite.text.excerpt import excerpt
from softsite.text.links import Reference
from softsite.text.options import Options
from softsite.text.pictures import PICTURE, Marked, marked
from softsite.text.slots import parted, slot, without_slots

_GLOBAL_ATTRIBUTES = {"id", "class", "title", "lang", "dir"}
_ATTRIBUTES = {
    "*": _GLOBAL_ATTRIBUTES,
    "a": {"href", "hreflang"},
    "div": {"role", "tabindex", "aria-label"},
    "img": {"src", "alt", "width", "height"},
    "video": {"src", "controls", "preload", "poster", "width", "height", "loop", "muted"},
    "audio": {"src", "controls", "preload", "loop", "muted"},
    "source": {"src", "type"},
    "track": {"src", "kind", "srclang", "label", "default"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope", "abbr"},
    "col": {"span"},
    "colgroup": {"span"},
    "ol": {"start", "reversed", "type"},
    "li": {"value"},
    "time": {"datetime"},
    "data": {"value"},
    "details": {"open"},
    "blockquote": {"cite"},
    "q": {"cite"},
    "del": {"cite", "datetime"},
    "ins": {"cite", "datetime"},
}
_TAGS = frozenset(
    "a abbr address article aside audio b bdi bdo blockquote br caption cite code col colgroup data dd del details dfn "
    "div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li mark ol p pre q rp rt ruby s "
    "samp section small source span strong sub summary sup table tbody td tfoot th thead time tr track u ul var video wbr "
    "center font tt strike big".split()
)
_LOADED = frozenset(
    {
        ("img", "src"),
        ("video", "src"),
        ("video", "poster"),
        ("audio", "src"),
        ("source", "src"),
        ("track", "src"),
    }
)
_FOLLOWED = frozenset(
    {("a", "href"), ("blockquote", "cite"), ("q", "cite"), ("del", "cite"), ("ins", "cite")}
)
_CHART = re.compile(r'<figure class="chart-figure.*?</figure>', re.DOTALL)
_DEFINITION = re.compile(r"^ {0,3}: ", re.MULTILINE)
_TAG = re.compile(r"<([a-zA-Z][^\s/>]*)")
_SILENT = frozenset(
    {"h1", "h2", "h3", "h4", "h5", "h6", "table", "figure", "pre", "sup", "dl", "script", "style"}
)


MAX_DEPTH = 1500
_CITED = "\ufdd2"  # one sign in the place of a citation, while an excerpt is cut
THEME_ID = "s-"
# Elements that are closed by a sign of their own; the others end by themselves, or hold nothing.
_BRACKETS = re.compile(
    r"<(/?)(?!(?:p|li|dt|dd|td|th|tr|br|hr|img|wbr|source|track|col|input)\b)[a-z][^\s/>]*", re.IGNORECASE
)
_SCHEMES = re.compile(
    r"""\b(?:href|src)="((?!(?:https?|mailto|tel):)[a-z][a-z0-9+.\-]*:[^"]*)""", re.IGNORECASE
)


class Rendered(Record, frozen=True):
    """An article's body and what it names; `untold` are its pictures without a text alternative, as written."""

    html: str
    anchors: tuple[str, ...]
    references: tuple[Reference, ...]
    documents: tuple[tuple[str, str], ...]
    picture: str
    picture_alt: str
    untold: tuple[str, ...]
    unsafe: tuple[str, ...]
    remote: tuple[str, ...]
    dropped: tuple[str, ...]
    braces: tuple[str, ...]


def render(source: str, path: str, options: Options, above: Sequence[Rendered] = ()) -> Rendered:
    """The body of the article at `path`, or one of several texts of a page; `above` are those before it.

    RecursionError: it is nested too deeply.
    """
    raw, cited = _converted(source.strip("\n"), options, len(above))
    _refuse_depth(raw)
    taken = [anchor for each in above for anchor in each.anchors]
    html, visitor = _sanitised(raw, path, options, taken)
    plain = html if options.page_base == options.base else html.replace(options.page_base, options.base)
    if forbidden(_without(cited, plain)):
        html, visitor = _sanitised(_replaced(cited, plain), path, options, taken)
    braces: tuple[str, ...] = ()
    if citations.is_braced(source):
        before = (each for one in above for each in one.references)
        html, named, braces = citations.placed(html, cited, before)
        visitor.references += named
    shown = marked(html, visitor.pictures) if visitor.pictures else Marked(html, "", "", ())
    return Rendered(
        html=shown.html,
        anchors=tuple(visitor.anchors),
        references=tuple(dict.fromkeys(visitor.references)),
        documents=_documents(source, visitor.references),
        picture=shown.first,
        picture_alt=shown.alt,
        untold=shown.untold,
        unsafe=tuple(visitor.unsafe) + _unseen(raw, visitor.seen),
        remote=tuple(visitor.remote),
        dropped=_dropped(raw) if "<" in source else (),
        braces=braces,
    )


def _without(marks: Iterable[str], html: str) -> str:
    """HTML without these marks: what an article itself has brought along."""
    for mark in marks:
        html = html.replace(mark, "")
    return html


def _replaced(marks: Iterable[str], html: str) -> str:
    """HTML with U+FFFD for what no page can hold, these marks kept."""
    if not marks:
        return replaced(html)
    parts = re.split("(" + "|".join(map(re.escape, marks)) + ")", html)
    return "".join(part if n % 2 else replaced(part) for n, part in enumerate(parts))


def absolute(html: str, page_url: str, origin: str) -> str:
    """A published body with every address made absolute, for feeds; without charts, which feeds cannot hold."""

    def resolve(tag: str, attribute: str, value: str) -> str | None:
        if (tag, attribute) in _LOADED or (tag, attribute) in _FOLLOWED:
            if value.startswith("/") and not value.startswith("//"):
                return origin + value
            return page_url + value if value.startswith("#") else value
        return value

    return _sanitiser.clean(_CHART.sub("", html) if "<svg" in html else html, resolve)


def restyled(html: str, styles: Mapping[str, str], renamed: Mapping[str, str]) -> str:
    """A body of elements that have styles of their own, and no other attributes but those of pictures and cells.

    Elements are `renamed` first. What `styles` does not name is dropped, its text kept; charts, films and sounds go.
    """
    for old, new in renamed.items():
        html = re.sub(rf"<(/?){old}(?=[\s>])", rf"<\1{new}", html)
    return nh3.clean(
        html,
        tags=set(styles),
        clean_content_tags={"svg", "video", "audio", "script", "style"},
        attributes={"img": {"src", "alt"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}},
        set_tag_attribute_values={tag: {"style": style} for tag, style in styles.items() if style},
        link_rel=None,
    )


def plain(html: str) -> str:
    """The running text of a published body, without headings, tables and captions."""
    return unescape(nh3.clean(html, tags=set(), attributes={}, clean_content_tags=set(_SILENT)))


def summary(html: str) -> str:
    """The excerpt of a body; figures that it cites are slots in it, and count as one character each.

    Pictures leave nothing.
    """
    parts = parted(plain(html))
    names = [name for name in parts[1::2] if _is_figure(name)]
    signs = (_CITED if _is_figure(name) else "" if name.startswith(PICTURE) else " " for name in parts[1::2])
    text = "".join(part + sign for part, sign in zip(parts[::2], [*signs, ""], strict=True))
    words = excerpt(text).split(_CITED)
    return (
        "".join(word + slot(name) for word, name in zip(words, names, strict=False)) + words[-1]
        if names
        else words[0]
    )


def _is_figure(name: str) -> bool:
    """Whether a slot holds a figure in a sentence."""
    return name.partition(":")[0] in (citations.FIGURE, citations.VALUE)


class _Visitor:
    """Sees every attribute that nh3 lets through: resolves links, collects what the article names."""

    def __init__(self, path: str, options: Options, taken: Iterable[str]) -> None:
        self.path = path
        self.options = options
        self.taken = frozenset(taken)
        self.anchors: dict[str, None] = {}
        self.references: list[Reference] = []
        self.unsafe: list[str] = []
        self.remote: list[str] = []
        self.pictures: dict[str, Reference] = {}
        self.seen = 0

    def visit(self, tag: str, attribute: str, value: str) -> str | None:
        """The value to publish; None: leave the attribute out."""
        value = without_slots(value)
        if attribute == "id":
            return self._claimed(value)
        loaded = (tag, attribute) in _LOADED
        if not loaded and (tag, attribute) not in _FOLLOWED:
            return value
        self.seen += 1
        found = links.resolved(value, self.path, self.options.base, self.options.page_base)
        if found.href is None:
            self.unsafe.append(value)
            return None
        if loaded and found.reference is None:
            self.remote.append(value)
            return None
        if found.reference is not None:
            self._note(tag, found.href, found.reference)
        return found.href

    def _claimed(self, anchor: str) -> str | None:
        """An id, which stands once in a page: the first keeps it, and the theme's own are not to be had."""
        if anchor in self.anchors or anchor in self.taken or anchor.startswith(THEME_ID):
            return None
        self.anchors[anchor] = None
        return anchor

    def _note(self, tag: str, href: str, reference: Reference) -> None:
        self.references.append(reference)
        if tag == "img" and reference.kind == "asset":
            self.pictures[href] = reference


def _as_it_is(_tag: str, _attribute: str, value: str) -> str:
    return value


class _Sanitiser:
    """nh3 with the allow-list of articles, made once; `resolve` is what sees each attribute now."""

    def __init__(self) -> None:
        self.resolve: Callable[[str, str, str], str | None] = _as_it_is
        self.cleaner = nh3.Cleaner(
            tags=set(_TAGS),
            attributes=_ATTRIBUTES,
            attribute_filter=lambda *seen: self.resolve(*seen),  # noqa: PLW0108 - the one of the moment
            url_schemes={"http", "https", "mailto", "tel"},
            link_rel=None,
            strip_comments=True,
        )

    def clean(self, html: str, resolve: Callable[[str, str, str], str | None]) -> str:
        """`html` with what may stand in an article, each attribute as `resolve` gives it."""
        self.resolve = resolve
        return self.cleaner.clean(html)


_sanitiser = _Sanitiser()


def _sanitised(raw: str, path: str, options: Options, taken: Iterable[str]) -> tuple[str, _Visitor]:
    """Safe HTML without the ids that are `taken`, and what was seen in it."""
    visitor = _Visitor(path, options, taken)
    return _sanitiser.clean(raw, visitor.visit), visitor


class _Needed(NamedTuple):
    """Which of Markdown's parts a text can need; a reader without the others is much faster and reads it the same."""

    fences: bool
    footnotes: bool
    html: bool
    attributes: bool
    tables: bool
    definitions: bool
    escapes: bool
    whitespace: bool
    indents: bool
    braces: bool
    numbered_headings: bool


def _needed(source: str, options: Options) -> _Needed:
    """What the signs in a text call for."""
    return _Needed(
        fences="```" in source or "~~~" in source,
        footnotes="[^" in source,
        html="<" in source,
        attributes="{" in source,
        tables="|" in source or "｜" in source,
        definitions=": " in source and _DEFINITION.search(source) is not None,
        escapes="\\" in source,
        whitespace="\t" in source or " \n" in source,
        indents=any(sign in source for sign in blocks.INDENTS),
        braces=citations.is_braced(source),
        numbered_headings=options.numbered_headings,
    )


@lru_cache(maxsize=128)
def _converter(needed: _Needed) -> tuple[Markdown, dict[str, Reference]]:
    """A Markdown reader with the extensions that a text needs, and where it puts what the text cites.

    Pygments is loaded only for fenced code.
    """
    extensions: list[Extension] = [
        SaneListExtension(),
        *([AttrListExtension()] if needed.attributes else []),
        *([DefListExtension()] if needed.definitions else []),
        *([TableExtension()] if needed.tables else []),
        *(_code() if needed.fences else []),
        *([FootnoteExtension(BACKLINK_TITLE="回到正文的注 {}")] if needed.footnotes else []),
    ]
    converter = Markdown(extensions=extensions, output_format="html")
    converter.treeprocessors.deregister(
        "prettify"
    )  # blanks between blocks: a tenth of the time, seen by nobody
    if not needed.escapes:
        converter.treeprocessors.deregister("unescape")
    if not needed.html and not needed.fences:
        converter.preprocessors.deregister("html_block")
        if not needed.whitespace:
            converter.preprocessors.deregister("normalize_whitespace")
    cited: dict[str, Reference] = {}
    blocks.extend(
        converter,
        cited,
        numbered_headings=needed.numbered_headings,
        plain=not (needed.definitions or needed.footnotes),
        indents=needed.indents,
        braces=needed.braces,
    )
    return converter, cited


def _converted(source: str, options: Options, number: int) -> tuple[str, dict[str, Reference]]:
    """The HTML of a text, not yet safe, and what it cites, by its marks.

    `number` texts stand before it, and its footnotes are apart from theirs.
    """
    if not options.numbered_headings and (html := blocks.plain_html(source)) is not None:
        return html, {}
    needed = _needed(source, options)
    converter, cited = _converter(needed)
    converter.reset()
    cited.clear()
    if needed.footnotes:
        footnotes = next(
            each for each in converter.registeredExtensions if isinstance(each, FootnoteExtension)
        )
        footnotes.setConfig("UNIQUE_IDS", bool(number))
        footnotes.unique_prefix = number
    return converter.convert(source), {**cited}


def _code() -> list[Extension]:
    """Fenced code with colours; imported here, since Pygments takes long to load."""
    from markdown.extensions.codehilite import CodeHiliteExtension
    from markdown.extensions.fenced_code import FencedCodeExtension

    return [FencedCodeExtension(), CodeHiliteExtension(guess_lang=False)]


def _refuse_depth(raw: str) -> None:
    """Raises RecursionError for elements nested so deeply that nh3, which is quadratic there, would not end."""
    if raw.count("<") < MAX_DEPTH:
        return
    depth = deepest = 0
    for match in _BRACKETS.finditer(raw):
        depth += -1 if match[1] else 1
        deepest = max(deepest, depth)
    if deepest > MAX_DEPTH:
        raise RecursionError


def _unseen(raw: str, seen: int) -> tuple[str, ...]:
    """The addresses that nh3 took away before anyone saw them, for their scheme."""
    if raw.count('href="') + raw.count('src="') <= seen:
        return ()
    return tuple(_SCHEMES.findall(raw))


def _dropped(raw: str) -> tuple[str, ...]:
    """The names of the elements that the sanitiser takes away, once each."""
    return tuple(sorted({tag for tag in _TAG.findall(raw) if tag.lower() not in _TAGS}))


def _documents(source: str, references: list[Reference]) -> tuple[tuple[str, str], ...]:
    """The documents that an article links to, each with the words of its first link."""
    found: dict[str, str] = {}
    words: dict[str, str] | None = None
    for each in references:
        if each.kind == "asset" and posixpath.splitext(each.target)[1].lower() in links.DOCUMENTS:
            words = blocks.link_words(source) if words is None else words
            found.setdefault(each.target, words.get(each.written, ""))
    return tuple(found.items())
