"""Types: the bulletin types that a site can use: those that come with softsite, and those of its own."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from softsite.problems import Problem
from softsite.read import source
from softsite.read.declaration import FILE, builtin_types, load_types
from softsite.read.declared import BulletinType
from softsite.text.links import BULLETINS


class Types(NamedTuple):
    """The types of a site by their slug, the site's own as the bytes of their files; and files that cannot be read."""

    slugs: tuple[str, ...]
    own: dict[str, bytes]
    problems: list[Problem]

    def loaded(self, slugs: Iterable[str]) -> tuple[dict[str, BulletinType], list[Problem]]:
        """These types, and what is wrong with their files."""
        found, problems = load_types(slugs, self.own)
        return found, [*self.problems, *problems]


def types(root: Path) -> Types:
    """The types that the site in the folder `root` can use."""
    own: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in sorted((root / "content" / BULLETINS).glob(f"*/{FILE}")):
        slug = path.parent.name
        held = source.content(path, f"content/{BULLETINS}{slug}/{FILE}")
        if isinstance(held, Problem):
            problems.append(held)
        else:
            own[slug] = held
    return Types(tuple(sorted({*builtin_types(), *own})), own, problems)
