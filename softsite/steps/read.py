"""Read: finds what is in content/, and reads what is new or changed."""

from collections.abc import Mapping, Sequence

from softsite import work
from softsite.problems import Problem
from softsite.read import source
from softsite.read.declared import BulletinType
from softsite.records import key, replaced
from softsite.steps.state import Build, Rules
from softsite.text.links import BULLETINS, DATA, is_bulletin, type_of
from softsite.write.memo import SourceMemo


def read(build: Build) -> None:
    """Finds out what is in content/; reads what is new or changed."""
    memo, options = build.memo, build.config.options()
    found = source.listing(build.root / "content", "content/")
    build.problems += found.problems
    build.files, build.spelled = found.files, found.spelled
    options_key = key(options)
    known = memo.sources if memo.options == options_key else {}
    data = [path for path in found.files if path.startswith(BULLETINS) and path.lower().endswith(DATA)]
    bulletins = _rules(build, data)
    if memo.rules != build.rules.name:
        known = {path: each for path, each in known.items() if each.body}
    to_read: list[work.ToRead] = []
    for path, stamp in found.files.items():
        if not path.lower().endswith(".md") and path not in bulletins:
            continue
        before = known.get(path)
        if before is not None and before.stamp == stamp and stamp.settled(memo.seen):
            build.sources[path] = before
        else:
            build.settled |= before is not None and before.stamp == stamp and stamp.settled(build.seen)
            to_read.append(work.ToRead(path, before.digest if before else b"", found.spelled.get(path, path)))
    types: Mapping[str, BulletinType] = {}
    if bulletins and any(each.path in bulletins for each in to_read):
        types, problems = build.rules.types
        build.problems += problems
    state = (build.root, options, types, memo.program, build.folder / "pieces")
    for done, places in work.spread(
        work.read_articles, to_read, build.request.jobs, work.prepare_reading, state
    ):
        build.fresh |= places
        for each in done:
            _take(build, each, known)
        build.say(f"{len(build.sources)}/{len(build.sources) + len(to_read)}")
    for remembered in build.sources.values():
        build.problems += remembered.problems


def _rules(build: Build, data: Sequence[str]) -> frozenset[str]:
    """Reads what the site says of its bulletins; gives the files that hold bulletins. `data` is YAML below bulletins/."""
    bulletins = frozenset(path for path in data if is_bulletin(path))
    files: dict[str, bytes] = {}
    for path in data:
        if path not in bulletins:
            held = source.content(build.root / "content" / build.spelled.get(path, path), f"content/{path}")
            if isinstance(held, Problem):
                build.problems.append(held)
            else:
                files[path] = held
    build.rules = Rules(files, (type_of(path) for path in bulletins))
    return bulletins


def _take(build: Build, read: work.Read, known: Mapping[str, SourceMemo]) -> None:
    """Keeps what an article gave, or its problems."""
    stamp = build.files[read.path]
    before = known.get(read.path)
    if read.document:
        build.sources[read.path] = SourceMemo(
            stamp, read.digest, read.document, read.name, read.body, read.problems
        )
    elif before is not None and read.digest == before.digest:
        build.sources[read.path] = replaced(before, stamp=stamp)
    else:
        build.problems += read.problems
