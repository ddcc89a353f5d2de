"""Pipeline: read, model, plan, render, write; a build on one screen, and what each step remembers."""

import os
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from softsite import work
from softsite.config import SiteConfig, clock, load_config
from softsite.plan.outputs import Output
from softsite.problems import WARNING, Problem, has_errors, ordered, problem
from softsite.read import source
from softsite.read.dates import from_epoch
from softsite.records import digest, encoded, key
from softsite.render.theme import Theme, load_theme
from softsite.write import memo as memos
from softsite.write import mirror, pieces
from softsite.write.lock import Locked, lock
from softsite.write.memo import FileMemo, Memo, PlanMemo, SourceMemo, Written


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


class Failed(Exception):  # noqa: N818 - a build that cannot go on; its problems say why
    """The build stops before anything is published."""


@dataclass
class Build:
    """One build on its way: what is known so far."""

    request: Request
    config: SiteConfig
    theme: Theme
    memo: Memo
    seen: int
    say: Progress
    problems: list[Problem]
    files: dict[str, source.Stamp] = field(default_factory=dict)
    sources: dict[str, SourceMemo] = field(default_factory=dict)
    assets: dict[str, FileMemo] = field(default_factory=dict)
    index: dict[bytes, pieces.Place] = field(default_factory=dict)

    @property
    def root(self) -> Path:
        return self.request.root

    @property
    def folder(self) -> Path:
        return self.request.root / memos.FOLDER

    def stop_on_errors(self) -> None:
        """Ends the build here if anything is wrong."""
        if has_errors(self.problems):
            raise Failed


def build(request: Request, say: Progress) -> Report:
    """Builds a site. Content that is wrong, and a disk that fails, are problems of the report."""
    started = time.perf_counter()
    try:
        with lock(request.root / memos.FOLDER):
            return _build(request, say, started)
    except Locked:
        found = [problem("build-running", memos.FOLDER)]
    except OSError as error:
        found = [problem("output-failed", str(error.filename or request.output), reason=error.strerror or str(error))]
    return _report(started, found)


def _build(request: Request, say: Progress, started: float) -> Report:
    config, problems = load_config(request.root)
    if config is None:
        return _report(started, problems)
    theme, wrong = load_theme(request.root)
    program = memos.program()
    folder = request.root / memos.FOLDER
    memo = memos.nothing(program) if request.clean else memos.load(folder, program)
    work_in_hand = Build(request, config, theme, memo, _now_on_disk(folder), say, [*problems, *wrong])
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
    build.files = found.files
    build.index = dict(memo.pieces)
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
            to_read.append(work.ToRead(path, before.digest if before else b""))
    state = (build.root, options, memo.program, build.folder / "pieces")
    for done, places in work.spread(work.read_articles, to_read, build.request.jobs, work.prepare_reading, state):
        build.index |= places
        for each in done:
            _take(build, each, known)
        build.say(f"{len(build.sources)}/{len(build.sources) + len(to_read)}")
    for remembered in build.sources.values():
        build.problems += remembered.problems
    build.stop_on_errors()


def _take(build: Build, read: work.Read, known: Mapping[str, SourceMemo]) -> None:
    """Keeps what an article gave, or its problems."""
    stamp = build.files[read.path]
    before = known.get(read.path)
    if read.document:
        build.sources[read.path] = SourceMemo(stamp, read.digest, read.document, read.body, read.problems)
    elif before is not None and read.digest == before.digest:
        build.sources[read.path] = SourceMemo(stamp, before.digest, before.document, before.body, before.problems)
    else:
        build.problems += read.problems


# Plan


def planned(build: Build) -> "Outline":
    """What the output is to be: as before when nothing that a plan depends on has changed, else planned anew."""
    now = clock(build.request.as_of, build.config).epoch
    made_from = _made_from(build)
    before = build.memo.plan
    if before is not None and before.made_from == made_from and before.since <= now and (
        before.until is None or now < before.until
    ):
        outline = Outline(before, {})
    else:
        build.say("plan")
        outline = _new_plan(build, made_from, now)
    build.problems += outline.memo.problems
    _look_at_assets(build, outline.memo)
    build.stop_on_errors()
    return outline


class Outline(NamedTuple):
    """A plan, and the views of it where it was made just now."""

    memo: PlanMemo
    views: Mapping[str, "work.Planned"]


def _made_from(build: Build) -> bytes:
    """The name of all that a plan depends on: documents without their bodies, files, settings, theme."""
    documents = b"".join(digest(build.sources[path].document) for path in sorted(build.sources))
    sizes = sorted((path, stamp.size) for path, stamp in build.files.items() if path not in build.sources)
    return key(build.memo.program, build.config, build.theme.digest(), build.request.drafts, digest(documents), sizes)


def _new_plan(build: Build, made_from: bytes, now: int) -> Outline:
    from softsite.model.site import load_site
    from softsite.plan.pages import site_view
    from softsite.plan.plan import plan
    from softsite.read.document import Document
    from softsite.records import decoder

    decode = decoder(Document).decode
    documents = [decode(build.sources[path].document) for path in sorted(build.sources)]
    site = load_site(build.config, documents, now, build.request.drafts)
    sizes = {path: stamp.size for path, stamp in build.files.items()}
    made = plan(site, sizes, build.theme.paths, _locator(build.root))
    view = site_view(build.config, {name: build.config.base + path for name, path in build.theme.paths.items()})
    setting = digest(encoded((build.memo.program, view, build.theme.digest())))
    outputs = tuple(
        Output(each.path, each.renderer, digest(setting + encoded((each.renderer, each.view, each.slots))),
               tuple(each.slots.values()))
        for each in made.outputs
    )  # fmt: skip
    parts = {name: digest(setting + encoded((part.template, part.view))) for name, part in made.parts.items()}
    remembered = PlanMemo(
        made_from, now, made.next_change, outputs, parts, tuple(made.assets), tuple(made.problems)
    )
    return Outline(remembered, {each.path: each for each in made.outputs} | {
        name: work.Planned(name, part.template, part.view, {}, "") for name, part in made.parts.items()
    })


def _locator(root: Path) -> Callable[[str, str], tuple[int, int, str]]:
    """Finds where an article writes something: its line, column and the line's text."""

    def locate(path: str, written: str) -> tuple[int, int, str]:
        from softsite.read.document import place

        data = source.content(root / "content" / path, path)
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
    for path, name, fault in work.look_at_files(build.root, unknown):
        build.assets[path] = FileMemo(build.files[path], name, fault)
    for path, known in build.assets.items():
        if known.fault:
            code = "svg-unsafe" if known.digest else "asset-unreadable"
            build.problems.append(problem(code, f"content/{path}", reason=known.fault))


# Render and write


def publish(build: Build, outline: Outline, staging: Path, started: float) -> Report:
    """Draws what is out of date, then makes the output what was planned."""
    plan, output = outline.memo, build.request.output
    names = _names(build, plan)
    keys = {each.path: _key(each, names) for each in plan.outputs}
    seen, own = mirror.found(output), mirror.own_files(output)
    for path in mirror.blocked(keys, own, seen):
        build.problems.append(problem("output-foreign", f"{output.name}/{path}"))
    build.stop_on_errors()
    before = build.memo.outputs if build.memo.target == str(output) else {}
    stale = [n for n, each in enumerate(plan.outputs) if not _stands(before.get(each.path), keys[each.path], seen, each.path)]
    made, drawn = _make(build, outline, names, stale, staging)
    for each in made:
        if each.staged and each.path in seen.files and each.path not in own:
            build.problems.append(problem("output-foreign", f"{output.name}/{each.path}"))
    build.stop_on_errors()
    staged = [each.path for each in made if each.staged]
    build.say(f"write {len(staged)}")
    removed = mirror.publish(output, staging, staged, keys, seen)
    for path in mirror.left_alone(seen, own, keys):
        build.problems.append(problem("output-left", f"{output.name}/{path}", severity=WARNING))
    stamps = {each.path: (each.size, each.modified) for each in made if each.staged}
    written = {path: Written(name, *(stamps.get(path) or seen.files[path])) for path, name in keys.items()}
    _remember(build, plan, written, bool(made or removed))
    until = from_epoch(plan.until, build.config.zone).iso if plan.until is not None else ""
    return Report(len(keys), drawn, len(staged), len(keys) - len(staged), len(removed),
                  time.perf_counter() - started, until, ordered(build.problems))  # fmt: skip


def _names(build: Build, plan: PlanMemo) -> dict[str, bytes]:
    """The key of everything that can fill a slot."""
    static = {f"static:{name}": digest(path.encode()) for name, path in build.theme.paths.items()}
    assets = {f"asset:{path}": known.digest for path, known in build.assets.items()}
    bodies = {f"body:{path}": known.body for path, known in build.sources.items()}
    return plan.parts | static | assets | bodies


def _key(output: Output, names: Mapping[str, bytes]) -> bytes:
    """The key of an output: what it shows, and what fills its slots."""
    fillings = [names.get(slot) or names["body:" + slot.partition(":")[2]] for slot in output.slots]
    return digest(output.skeleton + b"".join(fillings))


def _stands(before: Written | None, name: bytes, seen: mirror.Found, path: str) -> bool:
    """Whether an output stands there as it is to be."""
    return before is not None and before.key == name and seen.files.get(path) == (before.size, before.modified)


def _make(
    build: Build, outline: Outline, names: Mapping[str, bytes], stale: list[int], staging: Path
) -> tuple[list[work.Made], int]:
    """Makes the outputs that are out of date; gives them, and how many had to be drawn."""
    from softsite.plan.pages import site_view
    from softsite.render.theme import Templates

    if not stale:
        return [], 0
    view = site_view(build.config, {name: build.config.base + path for name, path in build.theme.paths.items()})
    templates = Templates(build.theme, view)
    mirror.clear(staging)
    _draw_parts(build, outline, templates)
    state = work.State(
        build.root, str(build.request.output), str(staging), build.config.origin, build.config.base,
        outline.memo.outputs, outline.views, names, {n: build.theme.static[n] for n in build.theme.paths}, templates,
    )  # fmt: skip
    made: list[work.Made] = []
    results = work.spread(
        work.make_outputs, stale, build.request.jobs, work.prepare_making, (state, build.folder / "pieces", build.index)
    )
    for done, places in results:
        build.index |= places
        made += done
        build.problems += [each.problem for each in done if each.problem is not None]
        build.say(f"{len(made)}/{len(stale)}")
    build.stop_on_errors()
    return made, sum(each.drawn for each in made)


def _draw_parts(build: Build, outline: Outline, templates: "object") -> None:
    """Draws the parts that many pages share, where they are new."""
    from softsite.render.renderers import rendered
    from softsite.render.theme import TemplateError, Templates

    assert isinstance(templates, Templates)
    store = pieces.Pieces(build.folder / "pieces", build.index)
    try:
        for name, part_key in outline.memo.parts.items():
            if part_key not in build.index:
                part = outline.views[name]
                store.put(part_key, rendered(templates, part.renderer, part.view, {}))
    except TemplateError as error:
        build.problems.append(error.problem)
    build.index |= store.flushed()
    store.close()
    build.stop_on_errors()


def _remember(build: Build, plan: PlanMemo, written: dict[str, Written], changed: bool) -> None:
    """Writes the memo for the next build, unless it would say the same."""
    memo, options_key = build.memo, key(build.config.options())
    same = (
        not changed and memo.plan is plan and memo.options == options_key and memo.target == str(build.request.output)
        and memo.sources == build.sources and memo.files == build.assets
    )
    if same:
        return
    skeletons = (each.skeleton for each in plan.outputs if each.renderer != "copy")
    used = [*skeletons, *plan.parts.values(), *(known.body for known in build.sources.values())]
    folder = build.folder / "pieces"
    index = pieces.tidied(folder, build.index, used)
    memos.save(build.folder, Memo(
        memo.program, options_key, build.seen, build.sources, build.assets, plan,
        str(build.request.output), written, index,
    ))  # fmt: skip
    pieces.sweep(folder, index)


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


