"""Publish: draws what is out of date, makes the output what was planned, remembers it."""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from softsite import work
from softsite.plan.outputs import BODY, COPY, JSON_BODY, SEGMENTS, XML_BODY, Output
from softsite.plan.pictures import SHOT, VARIANT, outputs, shot_name
from softsite.problems import WARNING, ordered, problem
from softsite.read.dates import from_epoch
from softsite.records import digest, encoded, key
from softsite.steps.state import Build, Outline, Report
from softsite.write import gallery, mirror, pieces
from softsite.write import memo as memos
from softsite.write.memo import Memo, PlanMemo, Written
from softsite.write.spoken import spoken_key

if TYPE_CHECKING:
    from softsite.plan.views import SiteView
    from softsite.render.templates import Templates

FEW_PIECES = 50  # so many new ones are kept beside what they replace, until there are more
T = TypeVar("T")
R = TypeVar("R")
_BODIES = (BODY, XML_BODY, JSON_BODY)
FEW_SEGMENTS = 4


def publish(build: Build, outline: Outline, staging: Path, started: float) -> Report:
    """Draws what is out of date, then makes the output what was planned."""
    plan, output = outline.memo, build.request.output
    planned = _planned(build, plan)
    keys = _keys(build, plan)
    seen = build.look.found()
    _refuse(build, mirror.blocked(keys, seen))
    before = build.memo.outputs if build.memo.target == os.fsencode(output) else {}
    stale = [
        n for n, each in enumerate(planned)
        if (known := before.get(each.path)) is None
        or known.key != keys[each.path]
        or seen.files.get(each.path) != (known.size, known.modified)
    ]  # fmt: skip
    made, drawn = _make(build, outline, stale, staging) if stale else ([], 0)
    staged = {each.path: Written(keys[each.path], each.size, each.modified) for each in made if each.staged}
    _refuse(build, (path for path in staged if path in seen.files and path not in seen.own))
    build.say(f"write {len(staged)}")
    removed = mirror.publish(output, staging, staged, keys, seen) if staged or seen.own != keys.keys() else []
    for path in mirror.left_alone(seen, keys):
        build.problems.append(problem("output-left", f"{output.name}/{path}", severity=WARNING))
    written = {
        each.path: staged.get(each.path) or Written(keys[each.path], *seen.files[each.path]) for each in made
    }
    _remember(build, plan, {path: written.get(path) or before[path] for path in keys}, bool(made or removed))
    until = from_epoch(plan.until, build.config.zone).iso if plan.until is not None else ""
    return Report(
        problems=ordered(build.problems),
        seconds=time.perf_counter() - started,
        planned=len(keys),
        rendered=drawn,
        written=len(staged),
        unchanged=len(keys) - len(staged),
        removed=len(removed),
        next_change_at=until,
        hidden=plan.hidden,
    )


def _refuse(build: Build, paths: Iterable[str]) -> None:
    """Ends the build when somebody else's files stand where ours have to."""
    build.problems += [problem("output-foreign", f"{build.request.output.name}/{path}") for path in paths]
    build.stop_on_errors()


def _keys(build: Build, plan: PlanMemo) -> dict[str, bytes]:
    """The key of every output: what it shows, and what fills its slots.

    As long as the plan is the old one, a key is new only where a body or file is.
    """
    memo, variants = build.memo, _variants(build)
    of_pictures = {each.path: _key(each, variants, {"": b""}) for each in outputs(build.shots)}
    if (
        memo.plan is None
        or plan.outputs is not memo.plan.outputs
        or memo.target != os.fsencode(build.request.output)
    ):
        names, keys = _names(build, plan), _edition_keys(plan)
        return {each.path: _key(each, names, keys) for each in plan.outputs} | of_pictures
    changed = {f"{kind}:{path}" for path, known in build.sources.items() if known is not memo.sources.get(path)
               and known.body != memo.sources[path].body for kind in _BODIES}  # fmt: skip
    changed |= {f"{kind}:{path}" for path, known in build.assets.items()
                if known.digest != memo.files[path].digest for kind in ("asset", SHOT)}  # fmt: skip
    for each in plan.segments:
        if not changed.isdisjoint(each.slots):
            changed |= {SEGMENTS, work.texts_of(each.path)}
    names, keys = (_names(build, plan), _edition_keys(plan)) if changed else ({}, {})
    return {
        each.path: memo.outputs[each.path].key if changed.isdisjoint(each.slots) else _key(each, names, keys)
        for each in plan.outputs
    } | of_pictures


def _segment_keys(build: Build, plan: PlanMemo) -> Iterator[bytes]:
    """The keys of the segments of the search index, of their texts, and of what they are made from."""
    names = _names(build, plan) if plan.segments else {}
    for each in plan.segments:
        yield from (each.skeleton, names[each.path], names[work.texts_of(each.path)])


def _names(build: Build, plan: PlanMemo) -> dict[str, bytes]:
    """The key of everything that can fill a slot."""
    static = {f"static:{name}": digest(path.encode()) for name, path in build.theme.paths.items()}
    assets = {f"asset:{path}": known.digest for path, known in build.assets.items()}
    assets |= {f"asset:{path}": shot.name for path, shot in build.shots.items() if shot.key}
    shots = {f"{SHOT}:{path}": digest(encoded(build.shots.get(path))) for path in build.assets}
    bodies = {f"{BODY}:{path}": known.body for path, known in build.sources.items() if known.body}
    names = plan.parts | static | assets | shots | bodies | _variants(build)
    editions = _edition_keys(plan)
    for each in plan.segments:
        names[each.path] = _key(each, names, editions)
        names[work.texts_of(each.path)] = digest(names[each.path])
    names[SEGMENTS] = digest(b"".join(names[each.path] for each in plan.segments))
    return names


def _variants(build: Build) -> dict[str, bytes]:
    """The name of every variant by the slot of its output."""
    return {
        f"{VARIANT}:{shot.key.hex()}:{number}": each.name
        for shot in build.shots.values()
        for number, each in enumerate(shot.variants, 1)
    }


def _edition_keys(plan: PlanMemo) -> dict[str, bytes]:
    """The name of each edition by its folder."""
    return {each.folder: key(each) for each in plan.editions}


def _key(output: Output, names: Mapping[str, bytes], editions: Mapping[str, bytes]) -> bytes:
    """The key of an output; a body is the same piece whether a page or a feed shows it."""
    fillings = [names.get(slot) or names[f"{BODY}:{slot.partition(':')[2]}"] for slot in output.slots]
    return digest(output.skeleton + b"".join(fillings) + editions[output.edition])


def _planned(build: Build, plan: PlanMemo) -> tuple[Output, ...]:
    """All outputs: those of the plan, and the variants of the pictures among them."""
    return (*plan.outputs, *outputs(build.shots))


def _make(build: Build, outline: Outline, stale: list[int], staging: Path) -> tuple[list[work.Made], int]:
    """Makes the outputs that are out of date; gives them, and how many had to be drawn."""
    mirror.clear(staging)
    state = _with_postings(build, stale, prepared(build, outline, staging))
    made: list[work.Made] = []
    for done, places in _spread(build, work.make_outputs, stale, state):
        build.fresh |= places
        made += done
        build.problems += [each.problem for each in done if each.problem is not None]
        build.say(f"{len(made)}/{len(stale)}")
    build.stop_on_errors()
    return made, sum(each.drawn for each in made)


def prepared(build: Build, outline: Outline, staging: Path) -> work.State:
    """What is needed to make outputs, all parts that pages share drawn."""
    templates = _templates(build, outline.site) if outline.site is not None else None
    state = work.State(
        build.root, build.spelled, str(build.request.output), str(staging), build.config.origin, outline.memo.editions,
        _planned(build, outline.memo), {each.path: each for each in outline.memo.segments}, outline.views, _names(build, outline.memo), build.shots, build.gallery,
        build.theme.static, templates, build.request.output.exists(),
    )  # fmt: skip
    if templates is not None:
        _draw_parts(build, outline, state)
    return state


def known_pieces(build: Build) -> dict[bytes, pieces.Place]:
    """Where all pieces lie, the new ones too. Raises Lost."""
    if build.known is None:
        build.known = pieces.loaded(build.folder / "pieces", build.memo.pieces) if build.memo.pieces else {}
    return build.known | build.fresh


def _templates(build: Build, site: "SiteView") -> "Templates":
    from softsite.render.templates import Templates

    return Templates(build.theme, site)


def _draw_parts(build: Build, outline: Outline, state: work.State) -> None:
    """Draws the parts that many pages share, and the bodies of bulletins, where they are new."""
    index = known_pieces(build)
    new = list(
        {part_key: name for name, part_key in outline.memo.parts.items() if part_key not in index}.values()
    )
    for found, places in _spread(build, work.draw_parts, new, state):
        build.fresh |= places
        build.problems += found
    build.stop_on_errors()


def _with_postings(build: Build, stale: list[int], state: work.State) -> work.State:
    """Makes the segments of the search index that are new, and puts all together, when a file of the index is stale."""
    if not any(state.outputs[number].renderer.startswith("search/") for number in stale):
        return state
    import softsite.render.search  # noqa: F401 - once, not in each worker

    index = known_pieces(build)
    new = [slot for slot in state.segments if state.names[slot] not in index]
    for places in _spread(build, work.index_segments, new, state, FEW_SEGMENTS):
        build.fresh |= places
    return state._replace(postings=work.postings(state, build.folder / "pieces", known_pieces(build)))


def _spread(
    build: Build, task: Callable[[Sequence[T]], R], items: Sequence[T], state: work.State, few: int = work.FEW
) -> Iterator[R]:
    """The results of a task of making, in as many processes as were asked for."""
    held = (state, build.folder / "pieces", known_pieces(build))
    return work.spread(task, items, build.request.jobs, work.prepare_making, held, few)


def _used(build: Build, plan: PlanMemo) -> Iterator[bytes]:
    """The keys of all pieces that the output is made of, in every script."""
    skeletons = (each.skeleton for each in plan.outputs if each.renderer != COPY and not each.edition)
    bodies = (known.body for known in build.sources.values() if known.body)
    own = [*skeletons, *plan.parts.values(), *bodies, *_segment_keys(build, plan)]
    yield from own
    for edition in plan.editions:
        if edition.converts:
            edition_key = key(edition)
            yield from (spoken_key(edition_key, each) for each in own)


def _remember(build: Build, plan: PlanMemo, written: dict[str, Written], changed: bool) -> None:
    """Writes the memo for the next build, unless it would say the same."""
    shots = {shot_name(path, build.assets[path].digest): shot for path, shot in build.shots.items()}
    memo, options_key, folder = build.memo, key(build.config.options()), build.folder / "pieces"
    same = (
        not changed
        and not build.settled
        and memo.plan == plan
        and memo.options == options_key
        and memo.rules == build.rules.name
        and memo.target == os.fsencode(build.request.output)
        and memo.sources == build.sources
        and memo.files == build.assets
        and memo.pictures == key(build.config.pictures)
        and memo.shots == shots
    )
    if same:
        return
    gallery.sweep(build.gallery, {shot.key for shot in shots.values()}, build.seen)
    pieces_name = memo.pieces
    if build.fresh or not memo.pieces:
        index = known_pieces(build)
        if len(build.fresh) > FEW_PIECES or pieces.are_many(folder):
            index = pieces.tidied(folder, index, _used(build, plan))
        pieces_name = pieces.saved(folder, index)
        pieces.sweep(folder, index)
    memos.save(build.folder, Memo(
        memo.program, options_key, build.rules.name, build.seen, build.sources, build.assets,
        key(build.config.pictures), shots, plan, os.fsencode(build.request.output), written, pieces_name,
    ))  # fmt: skip
