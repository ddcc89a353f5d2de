"""Pipeline: read, model, plan, render, write; a build on one screen."""

import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from softsite.config import FILE, load_config
from softsite.problems import Problem, ordered, problem
from softsite.render.theme import load_theme
from softsite.steps.pictures import develop
from softsite.steps.plan import planned
from softsite.steps.publish import publish
from softsite.steps.read import read
from softsite.steps.state import Build, Failed, Outline, Progress, Report, Request
from softsite.write import memo as memos
from softsite.write import mirror, pieces
from softsite.write.lock import Locked, lock

__all__ = ["Progress", "Report", "Request", "build"]


Finish = Callable[[Build, Outline, Path, float], Report]


def build(request: Request, say: Progress, finish: Finish = publish) -> Report:
    """Builds a site. Content that is wrong, and a disk that fails, are problems of the report.

    `finish` is what is done with the plan: to publish it, unless told otherwise.
    """
    started = time.perf_counter()
    if not (request.root / FILE).is_file():
        return _report(started, [problem("site-missing", FILE)])
    try:
        with lock(request.root / memos.FOLDER):
            try:
                return _build(request, say, finish, started)
            except pieces.Lost:
                return _build(request._replace(clean=True), say, finish, started)
    except Locked:
        found = [problem("build-running", memos.FOLDER)]
    except mirror.HalfPublishedError as half:
        reason = half.error.strerror or str(half.error)
        found = [problem("output-half", str(half.error.filename or request.output), reason=reason)]
    except OSError as error:
        found = [
            problem(
                "output-failed", str(error.filename or request.output), reason=error.strerror or str(error)
            )
        ]
    return _report(started, found)


def _build(request: Request, say: Progress, finish: Finish, started: float) -> Report:
    config, problems = load_config(request.root)
    if config is None:
        return _report(started, problems)
    theme, wrong = load_theme(request.root)
    program = memos.program()
    folder = request.root / memos.FOLDER
    seen = _now_on_disk(folder)
    look = mirror.Look(request.output)
    memo = memos.nothing(program) if request.clean else memos.load(folder, program)
    work_in_hand = Build(request, config, theme, memo, seen, look, say)
    work_in_hand.problems += [*problems, *wrong]
    staging = mirror.staging_folder(request.root, request.output)
    try:
        read(work_in_hand)
        plan = planned(work_in_hand)
        develop(work_in_hand, plan.memo)
        return finish(work_in_hand, plan, staging, started)
    except Failed:
        return _report(started, work_in_hand.problems)
    finally:
        look.close()
        mirror.clear(staging)


def _now_on_disk(folder: Path) -> int:
    """The time by the clock of the file system that holds the site (ns)."""
    folder.mkdir(parents=True, exist_ok=True)
    mark = folder / "clock"
    mark.write_bytes(b"")
    os.utime(mark)
    return mark.stat().st_mtime_ns


def _report(started: float, problems: Iterable[Problem]) -> Report:
    """The report of a build that published nothing."""
    return Report(ordered(problems), time.perf_counter() - started)
