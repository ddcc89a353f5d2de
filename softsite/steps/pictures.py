"""Pictures: what is published of each picture, as remembered or made now."""

from itertools import chain

from softsite import work
from softsite.plan.pictures import is_picture, shot_name
from softsite.problems import Problem
from softsite.records import decoder, key, replaced
from softsite.steps.state import Build
from softsite.text.links import address_of, is_bulletin
from softsite.write.memo import PlanMemo

FEW = 2  # so many pictures are worth another process


def develop(build: Build, plan: PlanMemo) -> None:
    """Develops the pictures that are to be published, unless pictures are off."""
    settings = build.config.pictures
    if not settings.largest:
        return
    known = build.memo.shots if build.memo.pictures == key(settings) else {}
    pictures = {path: shot_name(path, each.digest) for path, each in build.assets.items() if is_picture(path)}
    first = {name: path for path, name in sorted(pictures.items(), reverse=True)}
    new = [
        work.ToDevelop(path, build.assets[path].digest, name, build.spelled.get(path, path))
        for name, path in sorted(first.items())
        if name not in known
    ]
    shots = dict(known)
    state = (build.root, settings, build.gallery)
    for done in work.spread(work.develop, new, build.request.jobs, work.prepare_developing, state, FEW):
        for name, made in done:
            if isinstance(made, Problem):
                build.problems.append(_placed(made, first[name], build, plan))
            else:
                shots[name] = made
        build.say(f"pictures {len(shots) - len(known)}/{len(new)}")
    build.stop_on_errors()
    build.shots = {path: shots[name] for path, name in pictures.items() if name in shots}


def _placed(found: Problem, path: str, build: Build, plan: PlanMemo) -> Problem:
    """A problem of a picture at the line of the first article that shows it."""
    from softsite.read.bulletin import Bulletin
    from softsite.steps.plan import documents, locator

    addresses = {each.path for each in plan.outputs}
    bulletins = (
        decoder(Bulletin).decode(build.sources[path].document)
        for path in sorted(build.sources)
        if is_bulletin(path)
    )
    for document in chain(documents(build), (each.document for each in bulletins)):
        for each in document.references:
            if each.target == path and address_of(document.path) in addresses:
                line, column, text = locator(build.root, build.spelled)(document.path, each.written)
                return replaced(found, path=f"content/{document.path}", line=line, column=column, text=text)
    return found
