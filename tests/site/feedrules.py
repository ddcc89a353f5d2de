"""Feed rules: what the W3C feed validation service would say of a feed, told from its source and documentation.

The service (github.com/w3c/feedvalidator) is in no registry of packages; these are its rules that a feed of ours could
break, and those of RFC 4287 and JSON Feed 1.1.
"""

import json
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

import html5lib
from html5lib.html5parser import ParseError
from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# Elements that may stand in each place, with how often: "?" at most once, "1" once, "*" any number of times.
_CHANNEL = {"title": "1", "link": "1", "description": "1", "language": "1", "lastBuildDate": "1", "docs": "?",
            "generator": "?", f"{ATOM}link": "1", "item": "*"}  # fmt: skip
_ITEM = {"title": "1", "link": "1", "description": "1", f"{CONTENT}encoded": "?", "guid": "1", "category": "*",
         "pubDate": "1", f"{DC}creator": "1", f"{ATOM}updated": "1"}  # fmt: skip
_FEED = {f"{ATOM}{name}": times for name, times in {
    "id": "1", "title": "1", "updated": "1", "author": "*", "link": "*", "generator": "?", "subtitle": "?", "entry": "*",
}.items()}  # fmt: skip
_ENTRY = {f"{ATOM}{name}": times for name, times in {
    "id": "1", "title": "1", "updated": "1", "author": "*", "content": "1", "link": "*", "summary": "?", "category": "*",
    "published": "1",
}.items()}  # fmt: skip
_ADDRESS = re.compile(r"https?://[^/\s]+/[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,#]*")
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_LOOKS_LIKE_HTML = re.compile(r"<[/a-zA-Z]|&#?\w+;")
_ELEMENTS = frozenset(
    "a abbr address article aside audio b bdi big blockquote br caption center cite code col colgroup data dd del details dfn "
    "div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li mark ol p picture pre q rp rt "
    "ruby s samp section small source span strike strong sub summary sup table tbody td tfoot th thead time tr track tt u ul "
    "var video wbr".split()
)
_ATTRIBUTES = frozenset(
    "abbr alt cite class colspan controls datetime decoding default dir headers height href hreflang id kind label lang loading "
    "loop media muted open poster preload reversed rowspan scope sizes span src srclang srcset start title type value "
    "width".split()
)
_JSON_FEED = {"version": str, "title": str, "home_page_url": str, "feed_url": str, "description": str, "language": str,
              "authors": list, "items": list}  # fmt: skip
_JSON_ITEM = {"id": str, "url": str, "title": str, "content_html": str, "summary": str, "date_published": str,
              "date_modified": str, "authors": list, "tags": list}  # fmt: skip


def faults(data: bytes, address: str) -> list[str]:
    """All that is wrong with the feed at `address`."""
    if data.startswith(b"\xef\xbb\xbf"):
        return ["a byte order mark"]
    if re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ufffe\uffff]", data.decode()):
        return ["a character that no reader takes"]
    if address.endswith(".json"):
        return list(_json(json.loads(data), address))
    root = etree.fromstring(data, etree.XMLParser(huge_tree=True))
    return list(_rss(root, address) if root.tag == "rss" else _atom(root, address))


def _rss(root: Any, address: str) -> Iterator[str]:
    if root.get("version") != "2.0" or [each.tag for each in root] != ["channel"]:
        yield "no RSS 2.0"
    channel = root[0]
    yield from _children(channel, _CHANNEL, "item")
    yield from _self(channel, address, "application/rss+xml")
    yield from _plain(channel, ("title", "description"))
    yield from _addresses(_text(channel, "link"))
    yield from _rfc_822(_text(channel, "lastBuildDate"))
    if not re.match(r"zh\b", _text(channel, "language")):
        yield f"language {_text(channel, 'language')}"
    items = channel.findall("item")
    yield from _unique(_text(each, "guid") for each in items)
    for item in items:
        yield from _children(item, _ITEM, "")
        yield from _plain(item, ("title", "category", f"{DC}creator"))
        yield from _addresses(_text(item, "link"))
        yield from (
            f"{each.text} is no address" for each in item.findall("guid") if each.get("isPermaLink") != "true"
        )
        yield from _addresses(_text(item, "guid"))
        yield from _rfc_822(_text(item, "pubDate"))
        yield from _rfc_3339(_text(item, f"{ATOM}updated"))
        yield from html_faults(_text(item, f"{CONTENT}encoded"))
        yield from html_faults(_text(item, "description"))


def _atom(root: Any, address: str) -> Iterator[str]:
    if root.tag != f"{ATOM}feed":
        yield "no Atom"
    if not root.get(LANG):
        yield "no xml:lang"
    yield from _children(root, _FEED, f"{ATOM}entry")
    yield from _self(root, address, "application/atom+xml")
    yield from _of_atom(root)
    entries = root.findall(f"{ATOM}entry")
    yield from _unique(_text(each, f"{ATOM}id") for each in entries)
    for entry in entries:
        yield from _children(entry, _ENTRY, "")
        yield from _of_atom(entry)
        yield from _rfc_3339(_text(entry, f"{ATOM}published"))
        content = entry.find(f"{ATOM}content")
        if content.get("type") != "html":
            yield f"content of type {content.get('type')}"
        yield from html_faults(content.text or "")
    if root.find(f"{ATOM}author") is None and not (
        entries and all(each.find(f"{ATOM}author") is not None for each in entries)
    ):
        yield "nobody is the author"


def _of_atom(element: Any) -> Iterator[str]:
    """What holds for a feed and for an entry."""
    yield from _addresses(_text(element, f"{ATOM}id"))
    yield from _rfc_3339(_text(element, f"{ATOM}updated"))
    yield from _plain(
        element, (f"{ATOM}title", f"{ATOM}subtitle", f"{ATOM}summary", f"{ATOM}author/{ATOM}name")
    )
    links = element.findall(f"{ATOM}link")
    yield from _addresses(*(each.get("href") for each in links))
    yield from _unique(
        (each.get("rel", "alternate"), each.get("type"), each.get("hreflang")) for each in links
    )
    if not any(each.get("rel", "alternate") == "alternate" for each in links):
        yield "no link to the page"
    for category in element.findall(f"{ATOM}category"):
        if not category.get("term"):
            yield "a category without a term"


def _json(feed: Any, address: str) -> Iterator[str]:
    if feed["version"] != "https://jsonfeed.org/version/1.1" or feed["feed_url"] != address:
        yield "no JSON Feed 1.1, or another one's"
    yield from _keys(feed, _JSON_FEED)
    yield from _addresses(feed["feed_url"], feed["home_page_url"])
    yield from _unique(each["id"] for each in feed["items"])
    for item in feed["items"]:
        yield from _keys(item, _JSON_ITEM)
        yield from _addresses(item["id"], item["url"])
        yield from _rfc_3339(item["date_published"])
        yield from _rfc_3339(item["date_modified"])
        yield from html_faults(item["content_html"])
        if not all(isinstance(tag, str) and tag for tag in item["tags"]):
            yield f"tags {item['tags']}"
    for one in (feed, *feed["items"]):
        if not one.get("authors", [{"name": "nobody"}]) or not all(
            each.get("name") for each in one.get("authors", [])
        ):
            yield f"authors {one['authors']}"


def html_faults(html: str) -> Iterator[str]:
    """What is wrong with the HTML of an entry: it has to stand anywhere, and does nothing there."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = parser.parseFragment(html)
    except ParseError as error:
        yield f"HTML: {error} in {html[:200]}"
        return
    for each in tree.iter():
        if not isinstance(each.tag, str) or each.tag == "DOCUMENT_FRAGMENT":
            continue
        if each.tag not in _ELEMENTS:
            yield f"<{each.tag}>"
        for name, value in each.attrib.items():
            if name not in _ATTRIBUTES:
                yield f"<{each.tag} {name}>"
            addresses = _candidates(value) if name == "srcset" else [value]
            if name in ("href", "src", "poster", "cite", "srcset"):
                yield from (
                    f"<{each.tag} {name}={a}>" for a in addresses if not re.match(r"(https?|mailto|tel):", a)
                )


def _candidates(srcset: str) -> list[str]:
    return [each.split()[0] for each in srcset.split(", ")]


def _children(element: Any, known: dict[str, str], last: str) -> Iterator[str]:
    """Elements that may not be there, are there too often or not at all, are empty, or stand below the entries."""
    tags = [each.tag for each in element]
    yield from (f"{tag} in {element.tag}" for tag in tags if tag not in known)
    for tag, times in known.items():
        if (times != "*" and tags.count(tag) > 1) or (times == "1" and tag not in tags):
            yield f"{tags.count(tag)} of {tag} in {element.tag}"
    if last in tags and set(tags[tags.index(last) :]) != {last}:
        yield f"metadata below {last}"
    for each in element:
        if not len(each) and not (each.text or "").strip() and not each.attrib:
            yield f"{each.tag} is empty"
        if (
            each.text
            and each.text != each.text.strip()
            and not each.tag.endswith(("encoded", "content", "description"))
        ):
            yield f"blanks around {each.tag}"


def _self(element: Any, address: str, kind: str) -> Iterator[str]:
    found = [
        (each.get("href"), each.get("type"))
        for each in element.findall(f"{ATOM}link")
        if each.get("rel") == "self"
    ]
    if found != [(address, kind)]:
        yield f"rel=self {found}"


def _plain(element: Any, names: Iterable[str]) -> Iterator[str]:
    """Text that a reader might take for HTML."""
    for name in names:
        for each in element.findall(name):
            if _LOOKS_LIKE_HTML.search(each.text or ""):
                yield f"HTML in {name}: {each.text[:80]}"


def _addresses(*found: str | None) -> Iterator[str]:
    yield from (f"address {each}" for each in found if not _ADDRESS.fullmatch(each or ""))


def _rfc_822(text: str) -> Iterator[str]:
    """A date with its right day of the week, in four digits of a year and a numeric zone."""
    if format_datetime(parsedate_to_datetime(text)) != text or not text.endswith("+0800"):
        yield f"date {text}"


def _rfc_3339(text: str) -> Iterator[str]:
    if not _RFC_3339.fullmatch(text):
        yield f"date {text}"


def _unique(found: Iterable[Any]) -> Iterator[str]:
    seen: set[Any] = set()
    for each in found:
        if each in seen:
            yield f"twice: {each}"
        seen.add(each)


def _keys(record: Mapping[str, Any], known: Mapping[str, type]) -> Iterator[str]:
    yield from (f"{name} in JSON" for name in record if name not in known)
    yield from (
        f"{name} is {value!r}"
        for name, value in record.items()
        if not isinstance(value, known.get(name, object))
    )


def _text(element: Any, name: str) -> str:
    return element.findtext(name) or ""
