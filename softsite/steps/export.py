"""Export: one page of a site for another place; nothing is published."""

import time
from pathlib import Path
from typing import Any, NamedTuple

from softsite import work
from softsite.problems import ordered, problem
from softsite.steps.publish import known_pieces, prepared
from softsite.steps.state import Build, Outline, Report
from softsite.text.links import address_of, href


class Page(NamedTuple):
    """A page as readers get it: its address, the view of its template, and its body with all addresses absolute.

    In a view, addresses of pages begin with the mark of an edition.
    """

    url: str
    view: Any
    body: str


def export(
    path: str, taken: list[Page], build: Build, outline: Outline, staging: Path, started: float
) -> Report:
    """Puts the page of the file `path` of content/ into `taken`, if it is to be seen. The plan has to be a new one."""
    planned = outline.views.get(address_of(path))
    if planned is None or planned.renderer not in ("article.html", "page.html"):
        build.problems.append(problem("export-hidden", f"content/{path}"))
    else:
        state = prepared(build, outline, staging)
        work.prepare_making(state, build.folder / "pieces", known_pieces(build))
        url = build.config.origin + href(build.config.base, address_of(path))
        taken.append(Page(url, planned.view, work.body(path)))
    return Report(ordered(build.problems), time.perf_counter() - started)
