"""State: what a build is asked for, what it knows on its way, and what it reports."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from softsite.config import SiteConfig
from softsite.plan.outputs import Planned
from softsite.problems import Problem, has_errors
from softsite.read import source
from softsite.render.theme import Theme
from softsite.write import memo as memos
from softsite.write import mirror, pieces
from softsite.write.memo import FileMemo, Memo, PlanMemo, SourceMemo


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


class Outline(NamedTuple):
    """A plan, and the views of it where it was made just now."""

    memo: PlanMemo
    views: Mapping[str, Planned]
