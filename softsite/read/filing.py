"""Filing: where the files of content/bulletins/ have to stand, and what they have to be called."""

import difflib
import posixpath
import re
from collections.abc import Iterable, Iterator

from softsite.problems import WARNING, Problem, problem
from softsite.read.declaration import FILE as TYPE
from softsite.read.workdays import FILE as WORKDAYS
from softsite.text.links import BULLETINS, DATA, is_bulletin, type_of

_SETTING = re.compile(r"_?(type|workdays)(\.ya?ml)?(\.txt)?", re.IGNORECASE)
_LIKE_DATA = re.compile(r"(.+?)(\.ya?ml\.\w+|\.json|\.txt)", re.IGNORECASE)


def misplaced(paths: Iterable[str], known: Iterable[str]) -> Iterator[Problem]:
    """Bulletins that stand in no folder of a type."""
    names = sorted(known)
    for path in paths:
        slug = type_of(path)
        if slug in names:
            continue
        near = difflib.get_close_matches(slug, names, 1, 0.5)
        fix = f"content/bulletins/{near[0]}/{posixpath.basename(path)}" if near else ""
        yield problem(
            "bulletin-type", f"content/{path}", value=slug or "bulletins", known="、".join(names), fix=fix
        )


def misnamed(paths: Iterable[str]) -> Iterator[Problem]:
    """Files of content/bulletins/ that nothing uses, and that would be data or a declaration by another name."""
    for path in paths:
        right = _right(path)
        if right and right != path:
            yield problem("bulletin-name", f"content/{path}", severity=WARNING, fix=f"content/{right}",
                          name=posixpath.basename(path))  # fmt: skip


def _right(path: str) -> str:
    """What a file should be called; empty for what is no data."""
    folder, name = posixpath.split(path)
    if match := _SETTING.fullmatch(name):
        return (
            f"{BULLETINS}{type_of(path) or '种类'}/{TYPE}"
            if match[1].lower() == "type"
            else f"{BULLETINS}{WORKDAYS}"
        )
    if is_bulletin(path):
        return path
    if name.lower().endswith(DATA):
        return f"{folder}/{name.lstrip('_')}"
    match = _LIKE_DATA.fullmatch(name)
    return f"{folder}/{match[1].lstrip('_')}{DATA[0]}" if match else ""
