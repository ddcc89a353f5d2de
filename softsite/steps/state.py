"""State: what a build is asked for, what it knows on its way, and what it reports."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from softsite.config import SiteConfig
from softsite.plan.outputs import Planned
from softsite.plan.pictures import Shot
from softsite.problems import Problem, has_errors
from softsite.read import source
from softsite.records import key
from softsite.render.theme import Theme
from softsite.text.links import BULLETINS
from softsite.write import memo as memos
from softsite.write import mirror, pieces
from softsite.write.memo import FileMemo, Memo, PlanMemo, SourceMemo

if TYPE_CHECKING:
    from softsite.plan.views import SiteView
    from softsite.read.declared import BulletinType
    from softsite.read.workdays import Calendar


class Request(NamedTuple):
    """What a build is asked for."""

    root: Path
    output: Path
    as_of: str | None = None
    jobs: int = 1
    clean: bool = False
    drafts: bool = False


class Report(NamedTuple):
    """What a build did; counts of outputs, seconds, the moment when the site changes by itself.

    `hidden` counts the documents that are not to be seen, by state. Nothing was
    published unless it is `good`.
    """

    problems: list[Problem]
    seconds: float
    planned: int = 0
    rendered: int = 0
    written: int = 0
    unchanged: int = 0
    removed: int = 0
    next_change_at: str = ""
    hidden: tuple[tuple[str, int], ...] = ()

    @property
    def good(self) -> bool:
        """Whether the output is now what was planned."""
        return not has_errors(self.problems)


Progress = Callable[[str], None]


class Failed(Exception):
    """The build stops before anything is published."""


class Rules:
    """What a site says of its bulletins: its own types and calendar. They are read when something asks for them.

    `files` are those of content/bulletins/ whose names begin with `_`, with their
    bytes. Files that cannot be read, or used, are problems.
    """

    def __init__(self, files: Mapping[str, bytes], slugs: Iterable[str]) -> None:
        self.files = files
        self.slugs = sorted(set(slugs))

    @cached_property
    def name(self) -> bytes:
        """The name of all of it; the built-in ones are part of the program."""
        return key(sorted(self.files.items()))

    @cached_property
    def own(self) -> dict[str, bytes]:
        """The site's own types by their slug, as the bytes of their files."""
        from softsite.read.declaration import own_types

        return {slug: self.files[path] for slug, path in own_types(self.files)}

    @cached_property
    def types(self) -> "tuple[dict[str, BulletinType], list[Problem]]":
        """The types that are in use or declared by the site, and what is wrong with their files."""
        from softsite.read.declaration import load_types

        return load_types(sorted({*self.slugs, *self.own}), self.own)

    @cached_property
    def calendar(self) -> "tuple[Calendar, list[Problem]]":
        """The calendar of working days."""
        from softsite.read.workdays import FILE, load_calendar

        path = BULLETINS + FILE
        return load_calendar(self.files.get(path), f"content/{path}")


class Build:
    """One build on its way: what is known so far."""

    def __init__(
        self,
        request: Request,
        config: SiteConfig,
        theme: Theme,
        memo: Memo,
        seen: int,
        look: mirror.Look,
        say: Progress,
    ) -> None:
        self.request = request
        self.config = config
        self.theme = theme
        self.memo = memo
        self.seen = seen
        self.look = look
        self.say = say
        self.problems: list[Problem] = []
        self.settled = False
        self.files: dict[str, source.Stamp] = {}
        self.spelled: dict[str, str] = {}
        self.rules = Rules({}, ())
        self.sources: dict[str, SourceMemo] = {}
        self.assets: dict[str, FileMemo] = {}
        self.shots: dict[str, Shot] = {}
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

    @property
    def gallery(self) -> Path:
        """Where is kept what was made of pictures."""
        return self.folder / "pictures"

    def stop_on_errors(self) -> None:
        """Ends the build here if anything is wrong."""
        if has_errors(self.problems):
            raise Failed


class Outline(NamedTuple):
    """A plan; and, where it was made just now, the views of it and the site's settings as templates see them."""

    memo: PlanMemo
    views: Mapping[str, Planned]
    site: "SiteView | None"
