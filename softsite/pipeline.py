"""Pipeline: read, model, plan, render, write; a build on one screen, and what each step remembers."""

import os
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from softsite import work
from softsite.config import FILE, SiteConfig, clock, load_config
from softsite.plan.outputs import BODY, COPY, JSON_BODY, XML_BODY, Output, Planned
from softsite.problems import WARNING, Problem, has_errors, ordered, problem
from softsite.read import source
from softsite.read.dates import from_epoch
from softsite.records import digest, encoded, key, replaced
from softsite.render.theme import Theme, load_theme
from softsite.write import memo as memos
from softsite.write import mirror, pieces
from softsite.write.lock import Locked, lock
from softsite.write.memo import FileMemo, Memo, PlanMemo, SourceMemo, Written

if TYPE_CHECKING:
    from softsite.render.templates import Templates


class Request(NamedTuple):
    """What a build is asked for."""

    root: Path
    output: Path
    as_of: str | None = None
    jobs: int = 1
    clean: bool = False
    drafts: bool = False


class Report(NamedTuple):
    """What a build did; counts of outputs, seconds, the moment when the site changes by itself."""

    planned: int
    rendered: int
    written: int
    unchanged: int
    removed: int
    seconds: float
    next_change_at: str
    problems: list[Problem]

    @property
    def good(self) -> bool:
        """Whether the output is now what was planned."""
        return not has_errors(self.problems)


Progress = Callable[[str], None]
_BODIES = (BODY, XML_BODY, JSON_BODY)


class Failed(Exception):
    """The build stops before anything is published."""


class Build:
    """One build on its way: what is known so far."""

    def __init__(
        self, request: Request, config: SiteConfig, theme: Theme, memo: Memo, seen: int, say: Progress
    ) -> None:
        self.request = request
        self.config = config
        self.theme = theme
        self.memo = memo
        self.seen = seen
        self.say = say
        self.problems: list[Problem] = []
        self.files: dict[str, source.Stamp] = {}
        self.spelled: dict[str, str] = {}
        self.sources: dict[str, SourceMemo] = {}
        self.assets: dict[str, FileMemo] = {}
        self.known: dict[bytes, pieces.Place] | None = None
        self.fresh: dict[bytes, pieces.Place] = {}

    @property
    def root(self) -> Path:
        """The site's folder."""
        return self.request.root

    @property
    def folder(self) -> Path:
        """Where everything is remembered."""
        return self.request.root / memos.FOLDER

    def stop_on_errors(self) -> None:
        """Ends the build here if anything is wrong."""
        if has_errors(self.problems):
            raise Failed


def build(request: Request, say: Progress) -> Report:
    """Builds a site. Content that is wrong, and a disk that fails, are problems of the report."""
    started = time.perf_counter()
    if not (request.root / FILE).is_file():
        return _report(started, [problem("site-missing", FILE)])
    try:
        with lock(request.root / memos.FOLDER):
            try:
                return _build(request, say, started)
            except pieces.Lost:
                return _build(request._replace(clean=True), say, started)
    except Locked:
        found = [problem("build-running", memos.FOLDER)]
    except OSError as error:
        found = [
            problem(
                "output-failed", str(error.filename or request.output), reason=error.strerror or str(error)
            )
        ]
    return _report(started, found)


def _build(request: Request, say: Progress, started: float) -> Report:
    config, problems = load_config(request.root)
    if config is None:
        return _report(started, problems)
    theme, wrong = load_theme(request.root)
    program = memos.program()
    folder = request.root / memos.FOLDER
    memo = memos.nothing(program) if request.clean else memos.load(folder, program)
    work_in_hand = Build(request, config, theme, memo, _now_on_disk(folder), say)
    work_in_hand.problems += [*problems, *wrong]
    staging = mirror.staging_folder(request.root, request.output)
    try:
        work_in_hand.stop_on_errors()
        read(work_in_hand)
        plan = planned(work_in_hand)
        return publish(work_in_hand, plan, staging, started)
    except Failed:
        return _report(started, work_in_hand.problems)
    finally:
        mirror.clear(staging)


# Read


def read(build: Build) -> None:
    """Finds out what is in content/; reads what is new or changed."""
    memo, options = build.memo, build.config.options()
    found = source.listing(build.root / "content", "content/")
    build.problems += found.problems
    build.files, build.spelled = found.files, found.spelled
    options_key = key(options)
    known = memo.sources if memo.options == options_key else {}
    to_read: list[work.ToRead] = []
    for path, stamp in found.files.items():
        if not path.lower().endswith(".md"):
            continue
        before = known.get(path)
        if before is not None and before.stamp == stamp and stamp.settled(memo.seen):
            build.sources[path] = before
        else:
            to_read.append(work.ToRead(path, before.digest if before else b"", found.spelled.get(path, path)))
    state = (build.root, options, memo.program, build.folder / "pieces")
    for done, places in work.spread(
        work.read_articles, to_read, build.request.jobs, work.prepare_reading, state
    ):
        build.fresh |= places
        for each in done:
            _take(build, each, known)
        build.say(f"{len(build.sources)}/{len(build.sources) + len(to_read)}")
    for remembered in build.sources.values():
        build.problems += remembered.problems


def _take(build: Build, read: work.Read, known: Mapping[str, SourceMemo]) -> None:
    """Keeps what an article gave, or its problems."""
    stamp = build.files[read.path]
    before = known.get(read.path)
    if read.document:
        name = digest(read.document)
        build.sources[read.path] = SourceMemo(
            stamp, read.digest, read.document, name, read.body, read.problems
        )
    elif before is not None and read.digest == before.digest:
        build.sources[read.path] = replaced(before, stamp=stamp)
    else:
        build.problems += read.problems


# Plan


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
        outline = Outline(_located(build, before), {})
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

    locate = _locator(build.root, build.spelled)
    return replaced(plan, problems=tuple(located(each, locate) for each in plan.problems))


class Outline(NamedTuple):
    """A plan, and the views of it where it was made just now."""

    memo: PlanMemo
    views: Mapping[str, Planned]


def _made_from(build: Build) -> bytes:
    """The name of all that a plan depends on: documents without their bodies, files, settings, theme."""
    documents = b"".join(build.sources[path].name for path in sorted(build.sources))
    sizes = sorted((path, stamp.size) for path, stamp in build.files.items() if path not in build.sources)
    return key(
        build.memo.program, build.config, build.theme.digest(), build.request.drafts, digest(documents), sizes
    )


def _new_plan(build: Build, made_from: bytes, now: int) -> Outline:
    from softsite.model.site import load_site
    from softsite.plan.checks import unused_files
    from softsite.plan.pages import site_view
    from softsite.plan.plan import plan
    from softsite.read.document import Document
    from softsite.records import decoder

    decode = decoder(Document).decode
    documents = [decode(build.sources[path].document) for path in sorted(build.sources)]
    site = load_site(build.config, documents, now, build.request.drafts)
    sizes = {path: stamp.size for path, stamp in build.files.items()}
    made = plan(site, sizes, build.theme.paths, _locator(build.root, build.spelled))
    view = site_view(
        build.config, {name: build.config.base + path for name, path in build.theme.paths.items()}
    )
    setting = digest(encoded((build.memo.program, view, build.theme.digest())))
    outputs = tuple(
        Output(each.path, each.renderer, digest(setting + encoded((each.renderer, each.view, each.slots))),
               tuple(each.slots.values()))
        for each in made.outputs
    )  # fmt: skip
    parts = {name: digest(setting + encoded((part.template, part.view))) for name, part in made.parts.items()}
    remembered = PlanMemo(
        made_from,
        now,
        made.next_change,
        outputs,
        parts,
        tuple(made.assets),
        (*made.problems, *unused_files(documents, sizes)),
    )
    return Outline(
        remembered,
        {each.path: each for each in made.outputs}
        | {name: Planned(name, part.template, part.view, {}, "") for name, part in made.parts.items()},
    )


def _locator(root: Path, spelled: Mapping[str, str]) -> Callable[[str, str], tuple[int, int, str]]:
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


# Render and write


def publish(build: Build, outline: Outline, staging: Path, started: float) -> Report:
    """Draws what is out of date, then makes the output what was planned."""
    plan, output = outline.memo, build.request.output
    keys = _keys(build, plan)
    seen, own = mirror.found(output), mirror.own_files(output)
    _refuse(build, mirror.blocked(keys, own, seen))
    before = build.memo.outputs if build.memo.target == str(output) else {}
    stale = [
        n for n, each in enumerate(plan.outputs)
        if (known := before.get(each.path)) is None
        or known.key != keys[each.path]
        or seen.files.get(each.path) != (known.size, known.modified)
    ]  # fmt: skip
    made, drawn = _make(build, outline, stale, staging) if stale else ([], 0)
    staged = {each.path: Written(keys[each.path], each.size, each.modified) for each in made if each.staged}
    _refuse(build, (path for path in staged if path in seen.files and path not in own))
    build.say(f"write {len(staged)}")
    removed = mirror.publish(output, staging, staged, keys, seen) if staged or own != keys.keys() else []
    for path in mirror.left_alone(seen, own, keys):
        build.problems.append(problem("output-left", f"{output.name}/{path}", severity=WARNING))
    written = {
        each.path: staged.get(each.path) or Written(keys[each.path], *seen.files[each.path]) for each in made
    }
    _remember(build, plan, {path: written.get(path) or before[path] for path in keys}, bool(made or removed))
    until = from_epoch(plan.until, build.config.zone).iso if plan.until is not None else ""
    return Report(len(keys), drawn, len(staged), len(keys) - len(staged), len(removed),
                  time.perf_counter() - started, until, ordered(build.problems))  # fmt: skip


def _refuse(build: Build, paths: Iterable[str]) -> None:
    """Ends the build when somebody else's files stand where ours have to."""
    build.problems += [problem("output-foreign", f"{build.request.output.name}/{path}") for path in paths]
    build.stop_on_errors()


def _keys(build: Build, plan: PlanMemo) -> dict[str, bytes]:
    """The key of every output: what it shows, and what fills its slots.

    As long as the plan is the old one, a key is new only where a body or file is.
    """
    memo = build.memo
    if memo.plan is None or plan.outputs is not memo.plan.outputs or memo.target != str(build.request.output):
        names = _names(build, plan)
        return {each.path: _key(each, names) for each in plan.outputs}
    changed = {f"{kind}:{path}" for path, known in build.sources.items() if known is not memo.sources.get(path)
               and known.body != memo.sources[path].body for kind in _BODIES}  # fmt: skip
    changed |= {
        f"asset:{path}" for path, known in build.assets.items() if known.digest != memo.files[path].digest
    }
    names = _names(build, plan) if changed else {}
    return {
        each.path: memo.outputs[each.path].key if changed.isdisjoint(each.slots) else _key(each, names)
        for each in plan.outputs
    }


def _names(build: Build, plan: PlanMemo) -> dict[str, bytes]:
    """The key of everything that can fill a slot."""
    static = {f"static:{name}": digest(path.encode()) for name, path in build.theme.paths.items()}
    assets = {f"asset:{path}": known.digest for path, known in build.assets.items()}
    bodies = {f"{BODY}:{path}": known.body for path, known in build.sources.items()}
    return plan.parts | static | assets | bodies


def _key(output: Output, names: Mapping[str, bytes]) -> bytes:
    """The key of an output; a body is the same piece whether a page or a feed shows it."""
    fillings = [names.get(slot) or names[f"{BODY}:{slot.partition(':')[2]}"] for slot in output.slots]
    return digest(output.skeleton + b"".join(fillings))


def _make(build: Build, outline: Outline, stale: list[int], staging: Path) -> tuple[list[work.Made], int]:
    """Makes the outputs that are out of date; gives them, and how many had to be drawn."""
    mirror.clear(staging)
    index = _index(build)
    templates = _templates(build) if outline.views else None
    if templates is not None:
        _draw_parts(build, outline, templates, index)
    state = work.State(
        build.root, build.spelled, str(build.request.output), str(staging), build.config.origin, build.config.base,
        outline.memo.outputs, outline.views, _names(build, outline.memo), build.theme.static, templates, build.request.output.exists(),
    )  # fmt: skip
    made: list[work.Made] = []
    results = work.spread(
        work.make_outputs,
        stale,
        build.request.jobs,
        work.prepare_making,
        (state, build.folder / "pieces", index),
    )
    for done, places in results:
        build.fresh |= places
        made += done
        build.problems += [each.problem for each in done if each.problem is not None]
        build.say(f"{len(made)}/{len(stale)}")
    build.stop_on_errors()
    return made, sum(each.drawn for each in made)


def _index(build: Build) -> dict[bytes, pieces.Place]:
    """Where all pieces lie, the new ones too. Raises Lost."""
    if build.known is None:
        build.known = pieces.loaded(build.folder / "pieces", build.memo.pieces) if build.memo.pieces else {}
    return build.known | build.fresh


def _templates(build: Build) -> "Templates":
    from softsite.plan.pages import site_view
    from softsite.render.templates import Templates

    addresses = {name: build.config.base + path for name, path in build.theme.paths.items()}
    return Templates(build.theme, site_view(build.config, addresses))


def _draw_parts(
    build: Build, outline: Outline, templates: "Templates", index: dict[bytes, pieces.Place]
) -> None:
    """Draws the parts that many pages share, where they are new."""
    from softsite.render.renderers import rendered
    from softsite.render.templates import TemplateError

    store = pieces.Pieces(build.folder / "pieces", index)
    try:
        for name, part_key in outline.memo.parts.items():
            if part_key not in store.index:
                part = outline.views[name]
                store.put(part_key, rendered(templates, part.renderer, part.view, {}))
    except TemplateError as error:
        build.problems.append(error.problem)
    drawn = store.flushed()
    store.close()
    build.fresh |= drawn
    index |= drawn
    build.stop_on_errors()


def _remember(build: Build, plan: PlanMemo, written: dict[str, Written], changed: bool) -> None:
    """Writes the memo for the next build, unless it would say the same."""
    memo, options_key, folder = build.memo, key(build.config.options()), build.folder / "pieces"
    same = (
        not changed
        and memo.plan == plan
        and memo.options == options_key
        and memo.target == str(build.request.output)
        and memo.sources == build.sources
        and memo.files == build.assets
    )
    if same:
        return
    pieces_name = memo.pieces
    if build.fresh or not memo.pieces:
        skeletons = (each.skeleton for each in plan.outputs if each.renderer != COPY)
        used = [*skeletons, *plan.parts.values(), *(known.body for known in build.sources.values())]
        index = pieces.tidied(folder, _index(build), used)
        pieces_name = pieces.saved(folder, index)
        pieces.sweep(folder, index)
    memos.save(build.folder, Memo(
        memo.program, options_key, build.seen, build.sources, build.assets, plan,
        str(build.request.output), written, pieces_name,
    ))  # fmt: skip


def _now_on_disk(folder: Path) -> int:
    """The time by the clock of the file system that holds the site (ns)."""
    folder.mkdir(parents=True, exist_ok=True)
    mark = folder / "clock"
    mark.write_bytes(b"")
    os.utime(mark)
    return mark.stat().st_mtime_ns


def _report(started: float, problems: Iterable[Problem]) -> Report:
    """The report of a build that published nothing."""
    return Report(0, 0, 0, 0, 0, time.perf_counter() - started, "", ordered(problems))
