"""Checks: two claims to one address, links that lead nowhere, files that may not be published."""

import difflib
import posixpath
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from softsite.model.shown import Shown
from softsite.model.site import Site
from softsite.model.visibility import STATE_ZH, State
from softsite.plan.outputs import Planned
from softsite.problems import Problem, around, problem
from softsite.read.document import Document
from softsite.records import replaced
from softsite.text.characters import folded
from softsite.text.citations import CITING, SHOWN
from softsite.text.links import (
    ASSETS,
    BULLETINS,
    DATA,
    IMAGES,
    SOUNDS,
    VIDEOS,
    Reference,
    address_of,
    is_bulletin,
)

Locate = Callable[[str, str], tuple[int, int, str]]
_LIKE_ARTICLES = (
    ".yaml",
    ".yml",
    ".txt",
    ".markdown",
    ".mdown",
    ".doc",
    ".docx",
    ".wps",
    ".rtf",
    ".html",
    ".htm",
)
MAX_NAME = 240  # bytes of one part of a path; file systems take 255
_LOADED = IMAGES | VIDEOS | SOUNDS


class Place:
    """Where in the files of content/ something stands; asked only when something is wrong."""

    def __init__(self, locate: Locate) -> None:
        self.locate = locate

    def problem(self, code: str, path: str, written: str, severity: str, **facts: Any) -> Problem:
        """A problem of the article `path` about what it writes."""
        found = problem(code, f"content/{path}", severity=severity, **facts)
        return located(replaced(found, written=written), self.locate)


def located(found: Problem, locate: Locate) -> Problem:
    """A problem with the line where its file says now what the problem is about."""
    if not found.written:
        return found
    line, column, text = locate(found.path.removeprefix("content/"), found.written)
    return replaced(found, line=line, column=column, text=around(text, column))


def collisions(outputs: Iterable[Planned], locate: Locate) -> Iterator[Problem]:
    """Addresses that two outputs claim, or that are a file and a folder at once.

    Windows and macOS take names that differ in case for the same, so we do.
    """
    place = Place(locate)
    taken: dict[str, Planned] = {}
    folders: dict[str, Planned] = {}
    for output in outputs:
        if len(output.path) > MAX_NAME // 4 and any(
            len(p.encode()) > MAX_NAME for p in output.path.split("/")
        ):
            yield place.problem(
                "address-long", output.claimant or "site.yaml", "", "error", address=output.path
            )
        name = folded(output.path) if not output.path.isascii() else output.path.lower()
        other = taken.setdefault(name, output)
        if other is not output:
            both = sorted((output, other), key=_blame)
            yield _clash("path-taken", both[0], both[1], place)
        folder = name.rpartition("/")[0]
        while folder and folder not in folders:
            folders[folder] = output
            folder = folder.rpartition("/")[0]
    for name, output in taken.items():
        if name in folders:
            first, second = sorted((output, folders[name]), key=_blame)
            yield _clash("path-blocked", first, second, place)


def _blame(output: Planned) -> tuple[bool, bool, str]:
    """Of two claimants, the one to change comes first: an old address, then an article."""
    return output.renderer != "redirect.html", not output.claimant, output.claimant


def _clash(code: str, one: Planned, other: Planned, place: Place) -> Problem:
    """A problem of the file that an editor can rename, naming the other claimant."""
    shown = f"content/{other.claimant}" if other.claimant else f"/{other.path}"
    if one.claimant:
        code = code if other.claimant else "path-ours"
        written = one.path.removesuffix("/index.html") if one.renderer == "redirect.html" else ""
        return place.problem(code, one.claimant, written, "error", address=one.path, other=shown)
    return problem(code, "site.yaml", address=one.path, other=shown)


class Targets:
    """What links may lead to. Of `broken` files nothing is known: their own faults come first."""

    def __init__(
        self, site: Site, files: Mapping[str, object], addresses: Iterable[str], broken: Collection[str]
    ) -> None:
        self.broken = broken
        self.site = site
        self.files = files
        self.addresses = frozenset(addresses)
        self.bulletins = {posixpath.splitext(path)[0]: path for path in files if is_bulletin(path)}
        shown = chain(site.articles, site.pages)
        self.anchors = {document.path: document.anchors for document in shown}
        self.by_address = {address_of(path): anchors for path, anchors in self.anchors.items()}


def dead_links(site: Site, targets: Targets, locate: Locate) -> Iterator[Problem]:
    """Every link, anchor, picture and attachment of a visible article that leads nowhere."""
    place = Place(locate)
    for document in chain(site.articles, site.pages):
        for reference in document.references:
            found = _fault(document, reference, targets)
            if found is None:
                continue
            code, facts = found
            loaded = posixpath.splitext(reference.target)[1].lower() in _LOADED
            severity = site.config.checks.images if loaded else site.config.checks.links
            if code == "file-type" or reference.kind in CITING:
                severity = "error"
            if severity != "off":
                yield place.problem(code, document.path, reference.written, severity, **facts)


Fault = tuple[str, dict[str, str]]  # a problem's code and facts


def _fault(document: Document, reference: Reference, targets: Targets) -> Fault | None:
    """What is wrong with a link."""
    if reference.written.startswith("www."):
        return "link-scheme", {"target": reference.written}
    if reference.kind in CITING:
        return _bulletin_fault(document, reference, targets)
    if reference.kind == "asset":
        return _asset_fault(document, reference, targets)
    if reference.kind == "address":
        return _address_fault(document, reference, targets)
    return _article_fault(document, reference, targets)


def _asset_fault(document: Document, reference: Reference, targets: Targets) -> Fault | None:
    """What is wrong with a link to a picture or attachment."""
    if reference.target not in targets.files:
        return _missing("image", document, reference, (each for each in targets.files if each[-3:] != ".md"))
    if posixpath.splitext(reference.target)[1].lower() not in ASSETS:
        return "file-type", {"name": reference.target}
    return None


def _address_fault(document: Document, reference: Reference, targets: Targets) -> Fault | None:
    """What is wrong with a link to a page by its address."""
    target = reference.target
    if target in targets.addresses or f"{target}/index.html" in targets.addresses:
        return _anchor_fault(reference, targets.by_address.get(target))
    if target in targets.files:
        return "file-type", {"name": target}
    return _missing("link", document, reference, targets.addresses)


def _article_fault(document: Document, reference: Reference, targets: Targets) -> Fault | None:
    """What is wrong with a link to an article by its file."""
    target = reference.target
    if target in targets.broken and target != document.path:
        return None
    if target in targets.anchors:
        return _anchor_fault(reference, targets.anchors[target])
    state = targets.site.states.get(target)
    if state is None:
        return _missing("link", document, reference, targets.site.states)
    if state is State.WITHDRAWN and not reference.fragment:
        return None
    return "link-hidden", {"target": reference.written, "state_zh": STATE_ZH[state], "state_en": str(state)}


def _bulletin_fault(document: Document, reference: Reference, targets: Targets) -> Fault | None:
    """What is wrong with a bulletin that an article shows, or with a figure that it cites."""
    path = targets.bulletins.get(reference.target)
    if path is None:
        names = [each.removeprefix(BULLETINS) for each in targets.bulletins]
        near = difflib.get_close_matches(reference.target.removeprefix(BULLETINS), names, 1, 0.7)
        facts = {"target": reference.written}
        return ("link-similar", facts | {"near": near[0]}) if near else ("link-dead", facts)
    if path in targets.broken or path not in targets.site.states:
        return None
    found = targets.site.bulletin(reference.target)
    if found is None:
        state = targets.site.states[path]
        return "link-hidden", {
            "target": reference.written,
            "state_zh": STATE_ZH[state],
            "state_en": str(state),
        }
    return _figure_fault(reference, found) if reference.kind != SHOWN else None


def _figure_fault(reference: Reference, found: Shown) -> Fault | None:
    """What is wrong with the citation of a figure: no such field, or nothing in it."""
    declared = found.type.cited(reference.fragment)
    if declared is None:
        known = "、".join(each.label for each in found.type.fields if each.kind not in ("table", "prose"))
        return "figure-dead", {"target": reference.written, "known": known}
    if found.values.get(declared.name) in (None, [], ""):
        return "figure-empty", {"target": reference.written, "key": declared.label, "title": found.title}
    return None


def _anchor_fault(reference: Reference, anchors: tuple[str, ...] | None) -> Fault | None:
    """What is wrong with the part of a link after #, where the page's anchors are known."""
    if anchors is None or not reference.fragment or reference.fragment in anchors:
        return None
    return "anchor-dead", {"target": reference.written, "known": "、".join(anchors) or "—"}


def _missing(kind: str, document: Document, reference: Reference, known: Iterable[str]) -> Fault:
    """Nothing stands there; perhaps something with nearly that name does. It is proposed as it can be typed."""
    target, shown = reference.target, reference.written
    itself = (document.path, address_of(document.path))
    wanted, candidates = folded(target), sorted(each for each in known if each not in itself)
    same = next((each for each in candidates if folded(each) == wanted), None)
    if same is None:
        folder, name = posixpath.split(target)
        beside = {posixpath.basename(each): each for each in candidates if posixpath.dirname(each) == folder}
        near_names = difflib.get_close_matches(name, list(beside)[:2000], 1, 0.75)
        same = beside[near_names[0]] if near_names else None
    if same is None:
        return f"{kind}-dead", {"target": shown}
    near = (
        "/" + same
        if shown.startswith("/")
        else posixpath.relpath(same, posixpath.dirname(document.path) or ".")
    )
    return f"{kind}-similar", {"target": shown, "near": near}


def unused_files(documents: Iterable[Document], files: Iterable[str]) -> Iterator[Problem]:
    """Files that an editor may take for articles: nothing names them, so they are nowhere on the site."""
    from softsite.read.filing import misnamed

    named = {reference.target for document in documents for reference in document.references}
    unused = sorted(set(files) - named)
    told = {each.path: each for each in misnamed(path for path in unused if path.startswith(BULLETINS))}
    yield from told.values()
    for path in unused:
        if (
            path.lower().endswith(_LIKE_ARTICLES)
            and f"content/{path}" not in told
            and not _is_of_bulletins(path)
        ):
            yield problem("file-unused", f"content/{path}", severity="warning", name=posixpath.basename(path))


def _is_of_bulletins(path: str) -> bool:
    """Whether a file holds the data of a bulletin, or says something of them."""
    return path.startswith(BULLETINS) and path.lower().endswith(DATA)


def published_assets(site: Site, files: Mapping[str, object]) -> list[str]:
    """The pictures and attachments that something visible names: these, and no others, are published."""
    named = {
        reference.target
        for document in chain(site.articles, site.pages)
        for reference in document.references
        if reference.kind == "asset"
    }
    return sorted(path for path in named if path in files and posixpath.splitext(path)[1].lower() in ASSETS)
