"""Checks: two claims to one address, links that lead nowhere, files that may not be published."""

import difflib
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain

from softsite.model.site import Site
from softsite.model.visibility import STATE_ZH, State
from softsite.plan.outputs import Planned
from softsite.problems import Problem, problem
from softsite.read.document import Document
from softsite.text.characters import folded
from softsite.text.links import ASSETS, IMAGES, SOUNDS, VIDEOS, Reference

Locate = Callable[[str, str], tuple[int, int, str]]
_LOADED = IMAGES | VIDEOS | SOUNDS


class Place:
    """Where in the files of content/ something stands; asked only when something is wrong."""

    def __init__(self, locate: Locate) -> None:
        self.locate = locate

    def problem(self, code: str, path: str, written: str, severity: str, **facts: str) -> Problem:
        """A problem of the article `path` about what it writes."""
        line, column, text = self.locate(path, written) if written else (0, 0, "")
        return problem(
            code, f"content/{path}", line=line, column=column, text=text, severity=severity, **facts
        )


def collisions(outputs: Iterable[Planned], locate: Locate) -> Iterator[Problem]:
    """Addresses that two outputs claim, or that are a file and a folder at once.

    Windows and macOS take names that differ in case for the same, so we do.
    """
    place = Place(locate)
    taken: dict[str, Planned] = {}
    folders: dict[str, Planned] = {}
    for output in outputs:
        name = folded(output.path) if not output.path.isascii() else output.path.lower()
        other = taken.setdefault(name, output)
        if other is not output:
            both = sorted((output, other), key=lambda each: (not each.claimant, each.claimant, each.path))
            yield _clash("path-taken", both[0], both[1], place)
        folder = name.rpartition("/")[0]
        while folder and folder not in folders:
            folders[folder] = output
            folder = folder.rpartition("/")[0]
    for name, output in taken.items():
        if name in folders:
            yield _clash("path-blocked", output, folders[name], place)


def _clash(code: str, one: Planned, other: Planned, place: Place) -> Problem:
    """A problem of the file that an editor can rename, naming the other claimant."""
    shown = f"content/{other.claimant}" if other.claimant else f"/{other.path}"
    if one.claimant:
        written = one.path if one.renderer == "redirect.html" else ""
        return place.problem(code, one.claimant, written, "error", address=one.path, other=shown)
    return problem(code, "site.yaml", address=one.path, other=shown)


class Targets:
    """What links may lead to."""

    def __init__(self, site: Site, files: Mapping[str, object], addresses: Iterable[str]) -> None:
        self.site = site
        self.files = files
        self.addresses = frozenset(addresses)
        shown = chain(site.articles, site.pages)
        self.anchors = {document.path: document.anchors for document in shown}


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
            if code == "file-type":
                severity = "error"
            if severity != "off":
                yield place.problem(code, document.path, reference.written, severity, **facts)


def _fault(document: Document, reference: Reference, targets: Targets) -> tuple[str, dict[str, str]] | None:
    """What is wrong with a link: the problem's code and facts."""
    target, shown = reference.target, reference.written
    if reference.kind == "asset":
        if target not in targets.files:
            return _missing("image", shown, target, targets.files)
        if posixpath.splitext(target)[1].lower() not in ASSETS:
            return "file-type", {"name": target}
        return None
    if reference.kind == "address":
        known = target in targets.addresses or f"{target}/index.html" in targets.addresses
        return None if known else _missing("link", shown, target, targets.addresses)
    anchors = targets.anchors.get(target)
    if anchors is None:
        state = targets.site.states.get(target)
        if state is State.WITHDRAWN and not reference.fragment:
            return None
        if state is not None:
            return "link-hidden", {"target": shown, "state_zh": STATE_ZH[state], "state_en": str(state)}
        return _missing("link", shown, target, targets.site.states)
    if reference.fragment and reference.fragment not in anchors:
        return "anchor-dead", {"target": shown, "known": "、".join(anchors) or "—"}
    return None


def _missing(kind: str, shown: str, target: str, known: Iterable[str]) -> tuple[str, dict[str, str]]:
    """Nothing stands there; perhaps something with nearly that name does."""
    wanted = folded(target)
    same = next((each for each in sorted(known) if folded(each) == wanted), None)
    if same is None:
        folder = [each for each in known if posixpath.dirname(each) == posixpath.dirname(target)]
        same = next(iter(difflib.get_close_matches(target, folder[:2000], 1, 0.8)), None)
    if same is not None:
        return f"{kind}-similar", {"target": shown, "near": same}
    return f"{kind}-dead", {"target": shown}


def published_assets(site: Site, files: Mapping[str, object]) -> list[str]:
    """The pictures and attachments that something visible names: these, and no others, are published."""
    named = {
        reference.target
        for document in chain(site.articles, site.pages)
        for reference in document.references
        if reference.kind == "asset"
    }
    return sorted(path for path in named if path in files and posixpath.splitext(path)[1].lower() in ASSETS)
