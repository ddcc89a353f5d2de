"""Period: a month, a quarter or a year, as bulletins are dated by them; and a moment."""

import re
import unicodedata
from calendar import monthrange
from datetime import date
from typing import NamedTuple

from softsite.records import Record

_FORMS = {
    "month": re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?"),
    "quarter": re.compile(
        r"(\d{4})\s*(?:年\s*)?(?:[-/. ]?\s*[Qq]([1-4])|第?([一二三四1-4])季度?)|(\d{4})\s*[-/.]\s*第?([1-4])季度?"
    ),
    "year": re.compile(r"(\d{4})\s*(?:年度?)?"),
}
_QUARTERS = "一二三四"
_MONTHS_EACH = {"month": 1, "quarter": 3, "year": 12}


class Period(Record, frozen=True, order=True):
    """A period of the kind "month", "quarter" or "year"; periods of one kind are ordered by time."""

    year: int
    number: int
    kind: str

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, (self.number - 1) * _MONTHS_EACH[self.kind] + 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        month = self.number * _MONTHS_EACH[self.kind]
        return date(self.year, month, monthrange(self.year, month)[1])

    @property
    def next(self) -> "Period":
        """The period that begins when this one ends."""
        year, number = divmod(self.number, 12 // _MONTHS_EACH[self.kind])
        return Period(self.year + year, number + 1, self.kind)

    @property
    def name(self) -> str:
        """2017-11, 2017-Q4 or 2017: how data and addresses spell it."""
        if self.kind == "month":
            return f"{self.year}-{self.number:02}"
        return f"{self.year}-Q{self.number}" if self.kind == "quarter" else str(self.year)

    def __str__(self) -> str:
        """2017年11月, 2017年第四季度 or 2017年: how people read it."""
        if self.kind == "month":
            return f"{self.year}年{self.number}月"
        return (
            f"{self.year}年第{_QUARTERS[self.number - 1]}季度" if self.kind == "quarter" else f"{self.year}年"
        )


class Moment(NamedTuple):
    """An instant as formulas and readers see it; `iso` has the offset of the site's time zone, or is a day alone."""

    iso: str

    @property
    def shown(self) -> str:
        """2026-11-25 09:30:00, or the day alone."""
        return self.iso[:19].replace("T", " ")

    @property
    def day(self) -> date:
        """Its day."""
        return date.fromisoformat(self.iso[:10])


def period(text: str, kind: str) -> Period:
    """The period that `text` names; raises ValueError for another form, or a month that does not exist."""
    match = _FORMS[kind].fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None:
        raise ValueError(text)
    year, number = [part for part in match.groups() if part] if kind != "year" else (match[1], "1")
    made = Period(int(year), _QUARTERS.find(number) + 1 or int(number), kind)
    if not 1900 <= made.year <= 9000 or not 1 <= made.number <= 12 // _MONTHS_EACH[kind]:
        raise ValueError(text)
    return made


def same_day(day: date, months: int) -> date:
    """The same day so many months later; the month's last day where it has no such day."""
    at = day.year * 12 + day.month - 1 + months
    year, month = divmod(at, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
