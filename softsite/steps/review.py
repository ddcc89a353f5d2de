"""Review: what is wrong in a site, and what an editor should look at in its other script; nothing is published."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from softsite.problems import WARNING, Problem, ordered, problem
from softsite.read import source
from softsite.steps.state import Build, Outline, Report
from softsite.text.editions import Edition


def review(files: Sequence[str], build: Build, outline: Outline, _staging: Path, started: float) -> Report:
    """The problems of a site, and its doubtful conversions: those of these files, or how many each file has."""
    found = list(build.problems)
    for edition in outline.memo.editions:
        if edition.converts:
            found += _doubts(files, build, edition)
    return Report(ordered(found), time.perf_counter() - started, len(outline.memo.outputs))


def _doubts(files: Sequence[str], build: Build, edition: Edition) -> Iterator[Problem]:
    for path in sorted(build.sources.keys() & files if files else build.sources):
        found = list(_in_file(build, path, edition))
        if files:
            yield from found
        elif found:
            yield problem(
                "script-review", f"content/{path}", severity=WARNING, count=len(found), file=f"content/{path}"
            )


def _in_file(build: Build, path: str, edition: Edition) -> Iterator[Problem]:
    """The doubtful conversions of a file, where they stand in it."""
    from softsite.text.script import converter

    label = f"content/{path}"
    data = source.content(build.root / "content" / build.spelled.get(path, path), label)
    text = source.lines_of(source.text(data)) if isinstance(data, bytes) else ""
    lines = text.split("\n")
    for risk in converter(edition.source, edition.lang, edition.region, edition.names).risky(text):
        line = text.count("\n", 0, risk.position) + 1
        column = risk.position - text.rfind("\n", 0, risk.position)
        yield problem(f"script-{risk.why}", label, line=line, column=column, text=lines[line - 1], severity=WARNING,
                      source=risk.source, result=risk.result, others="、".join(risk.others) if risk.why == "undecided" else risk.others)  # fmt: skip
