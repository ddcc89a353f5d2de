"""Links: what an address written in an article means, seen from the article's own file."""

import posixpath
import re
from typing import NamedTuple
from urllib.parse import quote, unquote

from softsite.records import Record
from softsite.text.slug import slug

ARTICLE = ".md"
BULLETINS = "bulletins/"  # the folder of content/ whose YAML files are pages, too
DATA = (".yaml", ".yml")
IMAGES = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".bmp"})
VIDEOS = frozenset({".mp4", ".webm", ".ogv", ".m4v"})
SOUNDS = frozenset({".mp3", ".ogg", ".oga", ".wav", ".m4a", ".flac", ".aac"})
DOCUMENTS = frozenset({
    ".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".wps", ".et", ".dps", ".ofd", ".rtf", ".odt", ".ods",
    ".odp", ".csv", ".tsv", ".txt", ".json", ".geojson", ".zip", ".rar", ".7z", ".vtt", ".srt",
})  # fmt: skip
ASSETS = IMAGES | VIDEOS | SOUNDS | DOCUMENTS
_SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ufffd]")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.\-]*):")
_ASCII_PATH = re.compile(r"[A-Za-z0-9/._-]*")
_HREF_SAFE = "/-._~!$&'()*+,;=:@"


class Reference(Record, frozen=True):
    """Something of the site that an article names: the `target` by its path in content/.

    `kind` is "article" (also a bulletin), "asset", "address" (a page of the site by its address), or that of a
    citation (text/citations.py);
    `written` is how the article spells it, for messages.
    """

    kind: str
    target: str
    fragment: str
    written: str


class Resolved(NamedTuple):
    """The address to publish, and what of the site it names, if anything; no href: not to be published."""

    href: str | None
    reference: Reference | None


def resolved(written: str, path: str, base: str, page_base: str = "") -> Resolved:
    """What `written` in the article `path` means; `base` is the site's own path, with slashes.

    Addresses of pages, not of files, begin with `page_base` where that is another.
    """
    if _CONTROL.search(written):
        return Resolved(None, None)
    address = written.strip()
    if match := _SCHEME.match(address):
        return Resolved(address if match[1].lower() in _SAFE_SCHEMES else None, None)
    if address.startswith(("//", "\\")):
        return Resolved(address if address.startswith("//") else None, None)
    return _inside(address, written, path, base, page_base or base)


def address_of(path: str) -> str:
    """Where a file of content/ stands on the site, from the site's root: the one rule of addresses."""
    if path.lower().endswith(ARTICLE):
        return path[: -len(ARTICLE)] + ".html"
    return posixpath.splitext(path)[0] + ".html" if is_bulletin(path) else path


def is_bulletin(path: str) -> bool:
    """Whether a file of content/ holds the data of a bulletin; files that begin with `_` say something of a folder."""
    return (
        path.startswith(BULLETINS)
        and path.lower().endswith(DATA)
        and not posixpath.basename(path).startswith("_")
    )


def type_of(path: str) -> str:
    """The slug of the type whose folder holds a bulletin; empty when it stands outside of any."""
    parts = path.split("/")
    return parts[1] if len(parts) > 2 else ""


def is_page(address: str) -> bool:
    """Whether an address is that of a page, or of a feed, which each edition has; all else is a file that they share."""
    return posixpath.splitext(address)[1].lower() in (".html", "", ".xml") or address.endswith("feed.json")


def href(base: str, address: str, fragment: str = "") -> str:
    """An address as a link, from the server's root; index.html goes by its folder."""
    folder = (
        address[: -len("index.html")]
        if address == "index.html" or address.endswith("/index.html")
        else address
    )
    quoted = folder if _ASCII_PATH.fullmatch(folder) else quote(folder, safe=_HREF_SAFE)
    return base + quoted + ("#" + quote(fragment, safe=_HREF_SAFE) if fragment else "")


def _inside(address: str, written: str, path: str, base: str, page_base: str) -> Resolved:
    """A link to something of the site itself."""
    location, _, rest = address.partition("#")
    fragment = slug(unquote(rest))
    location = unquote(location.partition("?")[0])
    if not location:
        reference = Reference("article", path, fragment, written) if fragment else None
        return Resolved("#" + quote(fragment, safe=_HREF_SAFE) if fragment else address or "#", reference)
    target = _target(location, path, base)
    kind = _kind(target)
    public = address_of(target) if kind == "article" else target
    return Resolved(
        href(page_base if is_page(public) else base, public, fragment),
        Reference(kind, target, fragment, written),
    )


def _target(location: str, path: str, base: str) -> str:
    """The path in content/ that a location names; one that begins with `/` starts at the site's root."""
    if location.startswith("/"):
        inside = location[len(base) :] if base != "/" and location.startswith(base) else location[1:]
        joined = posixpath.normpath(inside) if inside else "."
    else:
        joined = posixpath.normpath(posixpath.join(posixpath.dirname(path), location))
    folder = location.endswith("/") or joined == "."
    return ("index.html" if joined == "." else f"{joined}/index.html") if folder else joined


def _kind(target: str) -> str:
    """Whether a path names an article, a file to publish, or a page of the site."""
    extension = posixpath.splitext(target)[1].lower()
    if extension == ARTICLE or is_bulletin(target):
        return "article"
    return "address" if is_page(target) else "asset"
