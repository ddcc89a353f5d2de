"""Plan: what the output is to be, as before or made anew, and whether it may be published."""

from collections.abc import Callable, Mapping
from pathlib import Path

from softsite import work
from softsite.config import clock
from softsite.plan.outputs import Output, Planned
from softsite.problems import ERROR, has_errors, problem
from softsite.read import source
from softsite.records import digest, encoded, key, replaced
from softsite.steps.state import Build, Outline
from softsite.write.memo import FileMemo, PlanMemo


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


def _made_from(build: Build) -> bytes:
    """The name of all that a plan depends on: documents without their bodies, files, settings, theme."""
    documents = b"".join(build.sources[path].name for path in sorted(build.sources))
    sizes = sorted((path, stamp.size) for path, stamp in build.files.items() if path not in build.sources)
    return key(
        build.memo.program, build.config, build.theme.digest(), build.request.drafts, digest(documents), sizes
    )


def _new_plan(build: Build, made_from: bytes, now: int) -> Outline:
    from softsite.model.site import hidden_counts, load_site
    from softsite.plan.checks import unused_files
    from softsite.plan.pages import site_view
    from softsite.plan.plan import plan
    from softsite.read.document import Document
    from softsite.records import decoder

    decode = decoder(Document).decode
    documents = [decode(build.sources[path].document) for path in sorted(build.sources)]
    site = load_site(build.config, documents, now, build.request.drafts)
    broken = {each.path.removeprefix("content/") for each in build.problems if each.severity == ERROR}
    sizes = {path: stamp.size for path, stamp in build.files.items()}
    made = plan(site, sizes, build.theme.paths, _locator(build.root, build.spelled), broken)
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
        hidden_counts(site.states),
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
