"""Shown: a bulletin as readers get it, all that follows from its data computed."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from softsite.read.bulletin import Bulletin
from softsite.read.declared import BulletinType, Declared
from softsite.read.kinds import EMPTY, shown
from softsite.text.period import Period


class Shown(NamedTuple):
    """A bulletin as readers get it: typed values by name, rows without those whose time is over, what it follows.

    `partial` are the tables of which not all rows are shown.
    """

    bulletin: Bulletin
    type: BulletinType
    values: Mapping[str, Any]
    rows: Mapping[str, Sequence[Mapping[str, Any]]]
    title: str
    summary: str
    previous: "Shown | None"
    partial: frozenset[str] = frozenset()

    @property
    def path(self) -> str:
        """Its file in content/."""
        return self.bulletin.document.path

    @property
    def period(self) -> Period | None:
        """What period it is of, if its type has periods."""
        found = self.values.get(self.type.period)
        return found if isinstance(found, Period) else None

    @property
    def name(self) -> str:
        """What it is called among those of its type: its period, or its title."""
        return str(self.period) if self.period else f"“{self.title}”"

    @property
    def day(self) -> str:
        """The day of its publication."""
        date = self.bulletin.document.date
        return date.day if date is not None else EMPTY

    def text(self, declared: Declared) -> str:
        """One of its values as readers see it."""
        return shown(declared, self.values.get(declared.name))
