"""Plan: what the output is to be, as before or made anew, and whether it may be published."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from softsite import work
from softsite.config import clock
from softsite.plan.outputs import Output, Planned
from softsite.problems import ERROR, Problem, around, has_errors, problem
from softsite.read import source
from softsite.records import digest, encoded, key, replaced
from softsite.steps.state import Build, Outline
from softsite.text.editions import GLOSSARY, Names
from softsite.text.links import is_bulletin
from softsite.write.memo import FileMemo, PlanMemo

if TYPE_CHECKING:
    from softsite.model.site import Data
    from softsite.read.document import Document


def planned(build: Build) -> "Outline":
    """What the output is to be: as before when nothing that a plan depends on has changed, else planned anew."""
    now = clock(build.request.as_of, build.config).epoch
    made_from = _made_from(build)
    before = build.memo.plan
    if (
        before is not None
        and not has_errors(build.problems)
        and before.made_from == made_from
        and before.since <= now
        and (before.until is None or now < before.until)
    ):
        outline = Outline(_located(build, before), {}, None)
    else:
        build.say("plan")
        outline = _new_plan(build, made_from, now)
    build.problems += outline.memo.problems
    build.stop_on_errors()
    _look_at_assets(build, outline.memo)
    build.stop_on_errors()
    return outline


def _located(build: Build, plan: PlanMemo) -> PlanMemo:
    """A plan whose problems have the lines of today."""
    if not plan.problems:
        return plan
    from softsite.plan.checks import located

    locate = locator(build.root, build.spelled)
    return replaced(plan, problems=tuple(located(each, locate) for each in plan.problems))


def _made_from(build: Build) -> bytes:
    """The name of all that a plan depends on: documents without their bodies, files, settings, theme."""
    documents = b"".join(build.sources[path].name for path in sorted(build.sources))
    sizes = sorted((path, stamp.size) for path, stamp in build.files.items() if path not in build.sources)
    return key(
        build.memo.program, build.config, build.rules.name, build.theme.digest(), build.request.drafts,
        digest(documents), sizes, _glossary(build),
    )  # fmt: skip


def _new_plan(build: Build, made_from: bytes, now: int) -> Outline:
    from softsite.model.site import hidden_counts, load_site
    from softsite.plan.checks import unused_files
    from softsite.plan.pages import site_view
    from softsite.plan.plan import plan

    articles = documents(build)
    data = _data(build)
    site = load_site(build.config, articles, data, now, build.request.drafts)
    broken = {each.path.removeprefix("content/") for each in build.problems if each.severity == ERROR}
    sizes = {path: stamp.size for path, stamp in build.files.items()}
    locate = locator(build.root, build.spelled)
    glossary, wrong = _words(build)
    made = plan(site, sizes, build.theme.paths, locate, broken, build.theme.templates, glossary)
    view = site_view(site.config, {name: site.config.base + path for name, path in build.theme.paths.items()})
    setting = digest(encoded((build.memo.program, view, build.theme.digest())))
    outputs = tuple(_outputs(made.outputs, setting))
    segments = tuple(_outputs(made.segments, setting))
    parts = {name: digest(setting + encoded((part.template, part.view))) for name, part in made.parts.items()}
    named = [*articles, *(each.document for each in data.bulletins)]
    remembered = PlanMemo(
        made_from,
        now,
        made.next_change,
        outputs,
        segments,
        parts,
        tuple(made.assets),
        (*_with_lines(made.problems, build), *wrong, *unused_files(named, sizes)),
        hidden_counts(site.states),
        made.editions,
    )
    return Outline(
        remembered,
        {each.path: each for each in (*made.outputs, *made.segments) if not each.edition}
        | {name: Planned(name, part.template, part.view, {}, "") for name, part in made.parts.items()},
        view,
    )


def _outputs(planned: Iterable[Planned], setting: bytes) -> Iterator[Output]:
    """The outputs with the keys of their skeletons; one in another edition has that of the one before it."""
    skeleton = b""
    for each in planned:
        if not each.edition:
            skeleton = digest(setting + encoded((each.renderer, each.view, each.slots)))
        yield Output(each.path, each.renderer, skeleton, tuple(each.slots.values()), each.edition)


def _glossary(build: Build) -> bytes:
    """The site's file of words for the other script; empty where there is none, or no other script."""
    path = build.root / GLOSSARY
    if len(build.config.editions) < 2 or not path.is_file():
        return b""
    data = source.content(path, GLOSSARY)
    if isinstance(data, Problem):
        build.problems.append(data)
        build.stop_on_errors()
        return b""
    return data


def _words(build: Build) -> tuple[Names, list[Problem]]:
    """The site's words for the other script, and what is wrong with their file."""
    from softsite.read.glossary import load_glossary

    return load_glossary(data) if (data := _glossary(build)) else (Names(), [])


def documents(build: Build) -> "list[Document]":
    """The articles and pages that were read."""
    from softsite.read.document import Document
    from softsite.records import decoder

    decode = decoder(Document).decode
    return [decode(build.sources[path].document) for path in sorted(build.sources) if not is_bulletin(path)]


def _data(build: Build) -> "Data":
    """The bulletins that were read, with all that computing with them takes; what is wrong with that is noted."""
    from softsite.model.site import Data
    from softsite.read.bulletin import Bulletin
    from softsite.read.declaration import builtin_types
    from softsite.read.filing import misplaced
    from softsite.read.workdays import Calendar
    from softsite.records import decoder

    paths = [path for path in sorted(build.files) if is_bulletin(path)]
    if not paths and not build.rules.files:
        return Data((), {}, Calendar())
    types, problems = build.rules.types
    calendar, more = build.rules.calendar
    build.problems += [*problems, *more, *misplaced(paths, {*builtin_types(), *build.rules.own})]
    decode = decoder(Bulletin).decode
    bulletins = [decode(build.sources[path].document) for path in paths if path in build.sources]
    return Data([each for each in bulletins if each.type in types], types, calendar)


def _with_lines(problems: Iterable[Problem], build: Build) -> Iterator[Problem]:
    """Problems with the lines that they are about, as they stand in their files; each file is read once."""
    lines: dict[str, list[str]] = {}
    for found in problems:
        if found.text or not found.line or not found.path.startswith("content/"):
            yield found
            continue
        if found.path not in lines:
            lines[found.path] = _lines(found.path, build)
        held = lines[found.path]
        yield (
            replaced(found, text=around(held[found.line - 1], found.column))
            if found.line <= len(held)
            else found
        )


def _lines(label: str, build: Build) -> list[str]:
    path = label.removeprefix("content/")
    data = source.content(build.root / "content" / build.spelled.get(path, path), label)
    return source.lines_of(source.text(data)).split("\n") if isinstance(data, bytes) else []


def locator(root: Path, spelled: Mapping[str, str]) -> Callable[[str, str], tuple[int, int, str]]:
    """Finds where an article writes something: its line, column and the line's text."""

    def locate(path: str, written: str) -> tuple[int, int, str]:
        from softsite.read.document import place

        data = source.content(root / "content" / spelled.get(path, path), path)
        text = source.lines_of(source.text(data)) if isinstance(data, bytes) else ""
        line, column = place(text, written)
        return line, column, text.split("\n")[line - 1] if line else ""

    return locate


def _look_at_assets(build: Build, plan: PlanMemo) -> None:
    """The digests of the pictures and attachments to publish."""
    unknown = []
    for path in plan.assets:
        before, stamp = build.memo.files.get(path), build.files[path]
        if before is not None and before.stamp == stamp and stamp.settled(build.memo.seen):
            build.assets[path] = before
        else:
            unknown.append(path)
    for path, name, fault in work.look_at_files(build.root, unknown, build.spelled):
        build.assets[path] = FileMemo(build.files[path], name, fault)
    for path, known in build.assets.items():
        if known.fault:
            code = "svg-unsafe" if known.digest else "asset-unreadable"
            build.problems.append(problem(code, f"content/{path}", reason=known.fault))
