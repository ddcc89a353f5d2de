"""Bulletins: data with all that follows from it: derived figures, what must agree, the bulletin of the period before."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from softsite.model.agreement import disagreements
from softsite.model.current import current, fewer
from softsite.model.formulas import Clock, functions
from softsite.model.issues import Issues
from softsite.model.sheet import Sheet, Tools
from softsite.model.shown import Shown
from softsite.problems import Problem, problem
from softsite.read.bulletin import Bulletin, each_cell
from softsite.read.declared import BulletinType
from softsite.read.kinds import shown, typed, unit
from softsite.read.workdays import Calendar
from softsite.text.period import Period


class Desk:
    """Computes with bulletins at one moment; collects what does not agree."""

    def __init__(self, clock: Clock, calendar: Calendar, *, government: bool) -> None:
        unknown_years: set[int] = set()
        self.clock = clock
        self.government = government
        self.problems: list[Problem] = []
        self.issues = Issues()
        self.tools = Tools(functions(clock, calendar, unknown_years), unknown_years, self.problems)

    def series(
        self, declared: BulletinType, visible: Iterable[Bulletin], waiting: Iterable[Bulletin]
    ) -> list[Shown]:
        """The visible bulletins of a type in the order of their periods, the newest first; those that wait are only checked.

        Each is compared with the bulletin of the period just before its own; where there is none, with nothing.
        """
        made: list[Shown] = []
        followed: dict[Period | None, _Computed] = {}  # by the period that begins when theirs ends
        for bulletin in sorted(visible, key=lambda each: _order(declared, each)):
            found = self._computed(declared, bulletin, followed.get(_period(declared, bulletin)))
            made.append(found.shown)
            if found.shown.period:
                followed[found.shown.period.next] = found
        for bulletin in waiting:
            self._computed(declared, bulletin, followed.get(_period(declared, bulletin)))
        made.reverse()
        return made

    def _computed(
        self, declared: BulletinType, bulletin: Bulletin, before: "_Computed | None"
    ) -> "_Computed":
        """A bulletin, checked with all its rows, shown with those that are not over."""
        whole = Sheet(self.tools, declared, bulletin, before.whole if before else None)
        self.problems += disagreements(whole, government=self.government)
        self.problems += self.issues.repeated(declared, bulletin, whole.title())
        self._note_to_come(declared, bulletin)
        left = current(declared, bulletin, self.clock)
        sheet = whole
        if left is not bulletin or (before and before.current is not before.whole):
            sheet = Sheet(self.tools, declared, left, before.current if before else None)
        readers = Shown(
            bulletin, declared, sheet.values, sheet.rows,
            bulletin.document.title or sheet.title(), bulletin.document.summary or _summary(declared, sheet.values),
            before.shown if before else None, fewer(left.tables, bulletin),
        )  # fmt: skip
        return _Computed(whole, sheet, readers)

    def _note_to_come(self, declared: BulletinType, bulletin: Bulletin) -> None:
        """Notes days of what has happened that are still to come, when it is published."""
        published = bulletin.document.date
        today = max(self.clock.day.isoformat(), published.day if published else "")
        for spec, cell in each_cell(declared, bulletin.cells, bulletin.tables):
            if spec.past and cell.value[:10] > today:
                self.problems.append(
                    problem("date-future", f"content/{bulletin.document.path}", line=cell.line, column=cell.column,
                            key=spec.label, value=cell.value[:10])
                )  # fmt: skip


class _Computed(NamedTuple):
    """A bulletin computed with all its rows, with those that are not over, and as readers get it."""

    whole: Sheet
    current: Sheet
    shown: Shown


def _order(declared: BulletinType, bulletin: Bulletin) -> tuple[str, int, str]:
    """By period, then by date and path; names of periods of one kind are in the order of time."""
    cell = bulletin.cells.get(declared.period)
    date = bulletin.document.date
    return cell.value if cell else "", date.epoch if date else 0, bulletin.document.path


def _period(declared: BulletinType, bulletin: Bulletin) -> Period | None:
    """What period a bulletin is of, if its type has periods."""
    field = declared.field(declared.period)
    found = typed(field, bulletin.cells.get(field.name)) if field else None
    return found if isinstance(found, Period) else None


def _summary(declared: BulletinType, values: Mapping[str, Any]) -> str:
    """What lists say of a bulletin: its key figures."""
    said = [
        f"{each.label}{shown(each, values[each.name])}{unit(each)}"
        for each in declared.fields
        if each.key and values.get(each.name) is not None
    ]
    return "，".join(said) + "。" if said else declared.description
