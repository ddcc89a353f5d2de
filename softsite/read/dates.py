"""Dates: the spellings that editors use, as instants in the site's time zone."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from softsite.records import Record

_SPELLING = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
    r"(?:[T\s]*(\d{1,2})\s*[:时時]\s*(\d{1,2})?\s*(?:[:分]\s*(?:(\d{1,2})(?:\.\d+)?秒?)?)?)?"
    r"\s*(Z|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_FIRST_YEAR, _LAST_YEAR = 1900, 9000


class Instant(Record, frozen=True):
    """A moment: seconds since 1970 (UTC), and as text with the offset of the site's time zone.

    `timed` is whether a time of day was given; without one the instant is the day's first.
    """

    epoch: int
    iso: str
    timed: bool = True

    @property
    def day(self) -> str:
        """Like 2017-11-27."""
        return self.iso[:10]

    @property
    def shown(self) -> str:
        """Like 2017-11-27 17:42:54, or the day alone when no time was given."""
        return f"{self.iso[:10]} {self.iso[11:19]}" if self.timed else self.iso[:10]


class NotADate(ValueError):
    """The text has not the form of a date."""


def instant(text: str, zone: ZoneInfo) -> Instant:
    """The moment that `text` names; a time without offset is in `zone`.

    Raises NotADate for another form, ValueError for a day or hour that does not exist.
    """
    match = _SPELLING.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None:
        raise NotADate(text)
    year, month, day, hour, minute, second = (int(part) if part else 0 for part in match.groups()[:6])
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise ValueError(text)
    local = datetime(year, month, day, hour, minute, second, tzinfo=_offset(match[7]) or zone)
    return at(local, zone, timed=match[4] is not None)


def at(moment: datetime, zone: ZoneInfo, timed: bool = True) -> Instant:
    """A moment as an Instant of the site's time zone."""
    local = moment.astimezone(zone).replace(microsecond=0)
    return Instant(int(local.timestamp()), local.isoformat(), timed)


def from_epoch(epoch: int, zone: ZoneInfo) -> Instant:
    """The instant so many seconds after 1970 began."""
    return at(datetime.fromtimestamp(epoch, UTC), zone)


def _offset(text: str | None) -> timezone | None:
    """`+08:00`, `+0800` or `Z` as a time zone."""
    if not text:
        return None
    if text in "Zz":
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    span = timedelta(hours=hours, minutes=minutes)
    return timezone(-span if text[0] == "-" else span)
