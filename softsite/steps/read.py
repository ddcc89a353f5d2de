"""Read: finds what is in content/, and reads what is new or changed."""

from collections.abc import Mapping

from softsite import work
from softsite.read import source
from softsite.records import key, replaced
from softsite.steps.state import Build
from softsite.write.memo import SourceMemo


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
            build.settled |= before is not None and before.stamp == stamp and stamp.settled(build.seen)
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
        build.sources[read.path] = SourceMemo(
            stamp, read.digest, read.document, read.name, read.body, read.problems
        )
    elif before is not None and read.digest == before.digest:
        build.sources[read.path] = replaced(before, stamp=stamp)
    else:
        build.problems += read.problems
