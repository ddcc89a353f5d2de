"""Workdays: the days on which China works, by the State Council's yearly notices, and counting in them.

A notice takes days out of the week (放假) and has weekends worked for them (调休上班).
The notices come with softsite; a site adds a newer one in a file of its own.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from itertools import chain, islice
from pathlib import Path
from typing import TypeAlias
from zoneinfo import ZoneInfo

from softsite.problems import Problem, problem
from softsite.read import source
from softsite.read.fields import Field, Fields, Kind, Reading, fields, record, text, wrong
from softsite.read.findings import Findings
from softsite.read.yamlfile import Seq, Text, Value, load
from softsite.records import Record

FILE = "_workdays.yaml"
BUILTIN = Path(__file__).parent.parent / "calendar.yaml"

Days: TypeAlias = tuple[date, ...]

_LABEL = "softsite/calendar.yaml"
_MONDAY_TO_FRIDAY, _WEEKEND = range(5), range(5, 7)
_WEEK, _WORKING_WEEK = 7, len(_MONDAY_TO_FRIDAY)
_NAMES_ZH = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_NAMES_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_YEAR = re.compile(r"[12][0-9]{3}")
_YEARS_SHOWN = "2026、2027……"
_DAY = re.compile(r"(?:(?P<year>[0-9]{4})[-/.年])?(?P<month>[0-9]{1,2})[-/.月](?P<day>[0-9]{1,2})日?")
_PART = re.compile(r"[^\s,，、;；]+")


class Calendar(Record, frozen=True):
    """The days that are worked. Of a year that it does not know, these are Monday to Friday.

    `off` are days from Monday to Friday that are free, `worked` Saturdays and Sundays
    that are not: both in order, numbered as by `date.toordinal`.
    """

    years: tuple[int, ...] = ()
    off: tuple[int, ...] = ()
    worked: tuple[int, ...] = ()

    def knows(self, year: int) -> bool:
        """Whether the notice for this year is at hand."""
        return year in self.years

    def is_workday(self, day: date) -> bool:
        """Whether this day is worked."""
        number = day.toordinal()
        return self._worked_by(number) > self._worked_by(number - 1)

    def between(self, first: date, last: date) -> int:
        """Working days after `first`, up to and including `last`; when `last` is before `first`, minus those between.

        `between(a, b)` is always `-between(b, a)`.
        """
        return self._worked_by(last.toordinal()) - self._worked_by(first.toordinal())

    def unknown(self, first: date, last: date) -> tuple[int, ...]:
        """The years that `between` counts days of without knowing their holidays; of many only the first."""
        start, end = sorted((first, last))
        years = range((start + timedelta(days=1)).year, end.year + 1) if start < end else ()
        return tuple(islice((year for year in years if not self.knows(year)), 1))

    def add(self, first: date, days: int) -> date:
        """The working day that is so many after `first`, or before it, as `between` counts; `first` for 0.

        Raises ValueError where that is before the year 1 or after 9999.
        """
        if not days:
            return first
        wanted = self._worked_by(first.toordinal()) + days
        return date.fromordinal(bisect_left(_NUMBERS, wanted, key=self._worked_by))

    def _worked_by(self, number: int) -> int:
        """How many days are worked from day 1, a Monday, up to and including the day of this number."""
        weeks, rest = divmod(number, _WEEK)
        regular = weeks * _WORKING_WEEK + min(rest, _WORKING_WEEK)
        return regular - bisect_right(self.off, number) + bisect_right(self.worked, number)


_NUMBERS = range(date.max.toordinal() + 1)


def load_calendar(site_file: bytes | None, label: str) -> tuple[Calendar, list[Problem]]:
    """The calendar that comes with softsite; a year in the site's own file takes the place of ours.

    What is wrong in the site's file is told under `label`, and that year of it left out.
    """
    years, problems = _builtin()
    if site_file is None:
        return _calendar(years), list(problems)
    own, found = _years(site_file, label)
    return _calendar({**years, **own}), [*problems, *found]


def _calendar(years: Mapping[int, Days]) -> Calendar:
    """The days of all years, parted by where they fall in the week."""
    days = sorted(chain.from_iterable(years.values()))
    off, worked = (
        tuple(day.toordinal() for day in days if day.weekday() in weekdays)
        for weekdays in (_MONDAY_TO_FRIDAY, _WEEKEND)
    )
    return Calendar(tuple(sorted(years)), off, worked)


@cache
def _builtin() -> tuple[Mapping[int, Days], list[Problem]]:
    """The years that come with softsite."""
    return _years(BUILTIN.read_bytes(), _LABEL)


def _years(data: bytes, label: str) -> tuple[dict[int, Days], list[Problem]]:
    """By year, the days of a file that are not what the week makes of them."""
    try:
        content = source.lines_of(source.text(data))
    except source.NotText:
        return {}, [problem("encoding", label)]
    findings = Findings(label, content)
    reading = Reading(findings, ZoneInfo("UTC"), frozenset())
    years: dict[int, Days] = {}
    for key, value in load(content, findings).entries.values():
        if not _YEAR.fullmatch(key.value):
            findings.add("key-unknown", key.line, key.column, key=key.value, known=_YEARS_SHOWN)
        elif (days := record(keys(int(key.value)), _together)(key.value, value, reading)) is not None:
            years[int(key.value)] = days
    return years, findings.problems


def keys(year: int) -> Fields:
    """What is said of a year."""
    days = _DaysOf(year)
    return fields(
        Field(("holidays", "放假"), days.on(_MONDAY_TO_FRIDAY), "周一至周五放假的日期"),
        Field(("workdays", "上班"), days.on(_WEEKEND), "周六、周日上班（调休）的日期"),
        Field(("notice", "文号"), text, "通知的文号"),
    )


def _together(holidays: Days = (), workdays: Days = (), notice: str = "") -> Days:
    """The days of a year; which of them are worked, the week tells."""
    return holidays + workdays


class _DaysOf:
    """Reads the days of one year; none of them is given twice, be it in another list."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.seen: dict[date, Text] = {}

    def on(self, weekdays: range) -> Kind:
        """A kind: a list of days that fall on these weekdays."""

        def kind(key: str, value: Value, reading: Reading) -> Days:
            found = [self._day(key, item, weekdays, reading) for item in _items(value)]
            return tuple(day for day in found if day)

        return kind

    def _day(self, key: str, item: Value, weekdays: range, reading: Reading) -> date | None:
        """The day that an item names, if it may stand here."""
        match = _DAY.fullmatch(unicodedata.normalize("NFKC", item.value)) if isinstance(item, Text) else None
        if not isinstance(item, Text) or match is None or int(match["year"] or self.year) != self.year:
            wrong(key, item, reading, f"{self.year}年的日期，如 01-04", f"days of {self.year} like 01-04")
            return None
        nearest = _nearest(self.year, int(match["month"]), int(match["day"]))
        if (nearest.month, nearest.day) != (int(match["month"]), int(match["day"])):
            _note_impossible(key, item, nearest, reading.findings)
        elif first := self.seen.get(nearest):
            reading.findings.add("key-repeated", item.line, item.column, key=item.value, first=first.line)
        elif nearest.weekday() not in weekdays:
            _note_weekday(key, item, nearest, reading.findings)
        else:
            self.seen[nearest] = item
            return nearest
        return None


def _items(value: Value) -> list[Value]:
    """The items of a list or of a line of text; commas of any kind and blanks part them."""
    if isinstance(value, Text):
        return [
            Text(each[0], value.line, value.column + each.start()) for each in _PART.finditer(value.value)
        ]
    return [part for item in value.items for part in _items(item)] if isinstance(value, Seq) else [value]


def _nearest(year: int, month: int, day: int) -> date:
    """The day itself, or the nearest that exists."""
    month = min(max(month, 1), 12)
    return date(year, month, min(max(day, 1), monthrange(year, month)[1]))


def _note_impossible(key: str, item: Text, near: date, findings: Findings) -> None:
    """Notes a day that is in no calendar."""
    fix = findings.swapped(item.line, item.column, item.value, f"{near:%m-%d}")
    findings.add("date-impossible", item.line, item.column, key=key, value=item.value, fix=fix)


def _note_weekday(key: str, item: Text, day: date, findings: Findings) -> None:
    """Notes a day that is off, or worked, without saying so."""
    weekday = day.weekday()
    findings.add(
        "weekday-wrong",
        item.line,
        item.column,
        key=key,
        value=item.value,
        day_zh=_NAMES_ZH[weekday],
        day_en=_NAMES_EN[weekday],
    )
