"""Formulas: what the expressions of bulletin types can call, and the clock that they ask."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from softsite.read.kinds import change
from softsite.read.workdays import Calendar
from softsite.text.expression import CALL, function
from softsite.text.period import Period, same_day

Number = int | Decimal
NUMBERS = {"万": 10_000, "亿": 100_000_000}
THURSDAY = 3  # a week belongs to the month of its Thursday (ISO 8601)


class Values:
    """A bulletin, or a row of a table, as formulas see it: its fields by name, and nothing else."""

    __slots__ = ("held",)

    def __init__(self, held: Mapping[str, Any]) -> None:
        self.held = held

    def __getitem__(self, name: str) -> Any:
        return self.held[name]

    def __repr__(self) -> str:
        return "<values>"  # not an address in memory, which would differ from build to build


class _Nothing(Values):
    """A bulletin or row that is not there: all its fields are none."""

    __slots__ = ()

    def __getitem__(self, name: str) -> None:
        return None

    def __bool__(self) -> bool:
        return False


NOTHING = _Nothing({})


class Clock:
    """The day of a build. `until` is when something that it said will no longer be so (seconds since 1970)."""

    def __init__(self, now: int, zone: ZoneInfo) -> None:
        self.now = now
        self.zone = zone
        self.day = datetime.fromtimestamp(now, zone).date()
        self.until: int | None = None

    def today(self) -> date:
        """The day of the build."""
        self._holds_through(self.day)
        return self.day

    def is_past(self, day: date | None) -> bool:
        """Whether a day is over; false for none."""
        if day is None or day < self.day:
            return day is not None
        self._holds_through(day)
        return False

    def _holds_through(self, day: date) -> None:
        """What was said holds to the end of a day."""
        if day.year > 9000:
            return
        next_day = datetime.combine(day + timedelta(days=1), datetime.min.time(), self.zone)
        moment = int(next_day.timestamp())
        self.until = moment if self.until is None else min(self.until, moment)


def functions(clock: Clock, calendar: Calendar, unknown_years: set[int]) -> dict[str, Any]:
    """All that a formula can call, and the words for large numbers.

    Years whose days were counted though the calendar does not know them go to `unknown_years`.
    """

    def workdays(first: date | None, last: date | None) -> int | None:
        if first is None or last is None:
            return None
        unknown_years.update(calendar.unknown(first, last))
        return calendar.between(first, last)

    named: dict[str, Callable[..., Any]] = {
        "sum": _sum, "count": _count, "find": _find, "rank": _rank, "share": _share, "change": change,
        "max": _largest, "min": _smallest, "days": _days, "workdays": workdays, "months_after": _months_after,
        "weeks_missed": _weeks_missed, "past": clock.is_past, "today": clock.today,
    }  # fmt: skip
    return {CALL + name: function(partial(made)) for name, made in named.items()} | NUMBERS


def _sum(rows: Sequence[Values] | None, name: str) -> Number | None:
    if rows is None:
        return None
    figures: Iterable[Number] = (row[name] for row in rows if row[name] is not None)
    return sum(figures)


def _count(rows: Sequence[Values] | None, **wanted: Any) -> int | None:
    return None if rows is None else sum(_matches(row, wanted) for row in rows)


def _find(rows: Sequence[Values] | None, **wanted: Any) -> Values:
    return next((row for row in rows or () if _matches(row, wanted)), NOTHING)


def _matches(row: Values, wanted: Mapping[str, Any]) -> bool:
    return all(row[name] == value for name, value in wanted.items())


def _rank(rows: Sequence[Values] | None, name: str, value: Number | None) -> int | None:
    if rows is None or value is None:
        return None
    larger = [row for row in rows if row[name] is not None and row[name] > value]
    return 1 + len(larger)


def _share(part: Number | None, whole: Number | None) -> Decimal | None:
    return None if part is None or not whole else Decimal(part) * 100 / Decimal(whole)


def _largest(*given: Any) -> Any:
    return max((each for each in given if each is not None), default=None)


def _smallest(*given: Any) -> Any:
    return min((each for each in given if each is not None), default=None)


def _days(first: date | None, last: date | None) -> int | None:
    return None if first is None or last is None else (last - first).days


def _months_after(day: date | None, months: int) -> date | None:
    return None if day is None else same_day(day, months)


def _weeks_missed(dates: Iterable[date | None] | None, period: Period | None) -> int | None:
    """How many weeks of a period have none of these days; a week belongs to where its Thursday is."""
    if dates is None or period is None:
        return None
    kept = {each - timedelta(days=each.weekday()) for each in dates if each is not None}
    thursday = period.first + timedelta(days=(THURSDAY - period.first.weekday()) % 7)
    missed = 0
    while thursday <= period.last:
        missed += thursday - timedelta(days=THURSDAY) not in kept
        thursday += timedelta(days=7)
    return missed
