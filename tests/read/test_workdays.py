"""Workdays: which days are worked, counting in them, a site's own years, and what is wrong with its file."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from softsite.problems import Problem, as_text
from softsite.read.workdays import BUILTIN, Calendar, load_calendar
from softsite.records import decoder, encoded

LABEL = "content/bulletins/_workdays.yaml"
CALENDAR, PROBLEMS = load_calendar(None, LABEL)
FIRST_YEAR, LAST_YEAR = 2004, 2026
ONE_DAY = timedelta(days=1)

days = st.dates(date(1999, 1, 1), date(2040, 12, 31))
workdays = days.filter(CALENDAR.is_workday)


def own(text: str) -> tuple[Calendar, list[Problem]]:
    return load_calendar(text.encode(), LABEL)


def span(first: date, last: date) -> list[date]:
    return [first + ONE_DAY * n for n in range((last - first).days + 1)]


def worked(*spans: tuple[date, date]) -> set[date]:
    return {day for first, last in spans for day in span(first, last) if CALENDAR.is_workday(day)}


# The notices


def test_our_own_file_is_sound() -> None:
    """By its own rules: days that exist, each once, off on Monday to Friday, worked on Saturday and Sunday."""
    assert PROBLEMS == []
    assert CALENDAR.years == tuple(range(FIRST_YEAR, LAST_YEAR + 1))
    assert {date.fromordinal(number).weekday() for number in CALENDAR.off} == {0, 1, 2, 3, 4}
    assert {date.fromordinal(number).weekday() for number in CALENDAR.worked} == {5, 6}
    assert {date.fromordinal(number).year for number in CALENDAR.off} == set(CALENDAR.years)


def test_our_own_file_is_plain_yaml_in_order() -> None:
    """What any YAML reader makes of it is what we make of it."""
    read = yaml.safe_load(BUILTIN.read_text(encoding="utf-8"))
    assert list(read) == [str(year) for year in CALENDAR.years]
    for lists, numbers in (("holidays", CALENDAR.off), ("workdays", CALENDAR.worked)):
        written = [f"{year}-{day}" for year, said in read.items() for day in said[lists]]
        assert written == [date.fromordinal(number).isoformat() for number in numbers]
        assert all(former < latter for former, latter in pairwise(written))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2017, 10, 1), date(2017, 10, 8)),
        (date(2020, 1, 24), date(2020, 2, 2)),  # three days longer, for the epidemic
        (date(2026, 1, 1), date(2026, 1, 3)),
        (date(2026, 2, 15), date(2026, 2, 23)),
        (date(2026, 4, 4), date(2026, 4, 6)),
        (date(2026, 5, 1), date(2026, 5, 5)),
        (date(2026, 6, 19), date(2026, 6, 21)),
        (date(2026, 9, 25), date(2026, 9, 27)),
        (date(2026, 10, 1), date(2026, 10, 7)),
        (date(2019, 5, 1), date(2019, 5, 4)),  # longer than the notice first said
        (date(2015, 9, 3), date(2015, 9, 5)),  # only in that year
        (date(2007, 12, 30), date(2008, 1, 1)),  # in the notice for 2008
        (date(2025, 10, 1), date(2025, 10, 8)),
    ],
)
def test_holidays(first: date, last: date) -> None:
    """No day of these is worked; the days before and after are no holiday."""
    assert worked((first, last)) == set()
    assert CALENDAR.between(first - ONE_DAY, last) == 0


@pytest.mark.parametrize(
    "day",
    [
        date(2017, 9, 30),
        date(2026, 1, 4),
        date(2026, 2, 14),
        date(2026, 2, 28),
        date(2026, 5, 9),
        date(2026, 9, 20),
        date(2026, 10, 10),
        date(2020, 1, 19),
        date(2019, 4, 28),
        date(2005, 12, 31),  # in the notice for 2006
        date(2011, 12, 31),  # in the notice for 2012
    ],
)
def test_weekends_worked(day: date) -> None:
    assert day.weekday() >= 5
    assert CALENDAR.is_workday(day)


@pytest.mark.parametrize(
    "day",
    [
        date(2004, 1, 2),  # 元旦 was one day
        date(2020, 2, 3),  # the first day after the longer 春节
        date(2024, 2, 9),  # 除夕: leave that the notice recommends, not a day off
        date(2026, 2, 24),
    ],
)
def test_days_that_are_none_of_the_notices(day: date) -> None:
    assert CALENDAR.is_workday(day)


@pytest.mark.parametrize(
    "day",
    [
        date(2020, 2, 1),  # was to be worked, until the holiday was made longer
        date(2016, 4, 2),
        date(2008, 6, 7),
    ],
)
def test_weekends_that_stayed_free(day: date) -> None:
    assert not CALENDAR.is_workday(day)


@pytest.mark.parametrize(("year", "count"), [(2017, 249), (2024, 251), (2025, 248), (2026, 248)])
def test_working_days_of_a_year(year: int, count: int) -> None:
    assert CALENDAR.between(date(year - 1, 12, 31), date(year, 12, 31)) == count


@given(days.filter(lambda day: not CALENDAR.knows(day.year)))
def test_a_year_that_is_not_known_works_from_monday_to_friday(day: date) -> None:
    assert CALENDAR.is_workday(day) == (day.weekday() < 5)


def test_years_that_are_known() -> None:
    assert CALENDAR.knows(FIRST_YEAR)
    assert CALENDAR.knows(LAST_YEAR)
    assert not CALENDAR.knows(FIRST_YEAR - 1)
    assert not CALENDAR.knows(LAST_YEAR + 1)


def test_a_calendar_is_a_record() -> None:
    assert decoder(Calendar).decode(encoded(CALENDAR)) == CALENDAR
    assert encoded(load_calendar(None, "elsewhere")[0]) == encoded(CALENDAR)


# Counting


@given(days, days)
def test_between_counts_the_days_one_by_one(first: date, last: date) -> None:
    low, high = min(first, last), max(first, last)
    walked = sum(CALENDAR.is_workday(day) for day in span(low, high)[1:])
    assert CALENDAR.between(first, last) == (walked if first <= last else -walked)


@given(days, days, days)
def test_between_adds_up(one: date, two: date, three: date) -> None:
    assert CALENDAR.between(one, two) + CALENDAR.between(two, three) == CALENDAR.between(one, three)


@given(days, st.integers(-9000, 9000))
def test_add_is_undone_by_between(first: date, count: int) -> None:
    reached = CALENDAR.add(first, count)
    assert CALENDAR.between(first, reached) == count
    assert CALENDAR.is_workday(reached) or count == 0


@given(workdays, workdays)
def test_between_is_undone_by_add(first: date, last: date) -> None:
    assert CALENDAR.add(first, CALENDAR.between(first, last)) == last


@given(days)
def test_add_nothing_stays(day: date) -> None:
    assert CALENDAR.add(day, 0) == day


@pytest.mark.parametrize(
    ("first", "count", "reached"),
    [
        (date(2017, 9, 29), 1, date(2017, 9, 30)),
        (date(2017, 9, 30), 1, date(2017, 10, 9)),
        (date(2017, 10, 4), 5, date(2017, 10, 13)),
        (date(2017, 10, 9), -1, date(2017, 9, 30)),
        (date(2026, 2, 13), 2, date(2026, 2, 24)),
        (date(2026, 11, 25), 15, date(2026, 12, 16)),
    ],
)
def test_add(first: date, count: int, reached: date) -> None:
    assert CALENDAR.add(first, count) == reached


@pytest.mark.parametrize("count", [10**7, -(10**7)])
def test_add_beyond_the_calendar(count: int) -> None:
    with pytest.raises(ValueError, match=r"ordinal|year"):
        CALENDAR.add(date(2026, 1, 1), count)


def test_the_ends_of_time() -> None:
    assert CALENDAR.is_workday(date.min)
    assert CALENDAR.is_workday(date.max)
    assert CALENDAR.between(date.min, date.max) > 2_600_000


# A site's own file

NEXT_YEAR = """\
2027:
  文号：国办发明电〔2026〕9号
  放假：[01-01，02-08，02-09]
  上班：[01-03，02-14]
"""


def test_a_site_adds_a_year() -> None:
    calendar, problems = own(NEXT_YEAR)
    assert problems == []
    assert calendar.knows(2027)
    assert calendar.between(date(2026, 12, 31), date(2027, 1, 3)) == 1
    assert not calendar.is_workday(date(2027, 1, 1))
    assert calendar.is_workday(date(2027, 2, 14))
    assert not calendar.is_workday(date(2026, 10, 1))


def test_a_site_replaces_a_year_and_no_other() -> None:
    calendar, problems = own('"2026":\n  holidays: [01-05]\n')
    assert problems == []
    assert not calendar.is_workday(date(2026, 1, 5))
    assert calendar.is_workday(date(2026, 1, 1))
    assert not calendar.is_workday(date(2026, 1, 4))
    assert calendar.is_workday(date(2025, 1, 26))
    assert calendar.years == CALENDAR.years


@pytest.mark.parametrize(
    "text",
    [
        '"2027":\n  holidays: [01-01, 02-08, 02-09]\n  workdays: [01-03, 02-14]\n',
        "2027:\n  workdays: [02-14, 01-03]\n  holidays: [02-09, 02-08, 01-01]\n",
        "2027：\n  放假：01-01、02-08、02-09\n  上班：01-03，02-14\n",
        "2027:\n  放假: [1月1日、2月8日、2月9日]\n  上班: [1月3日 2月14日]\n",
        "2027:\n  holidays:\n    - 1-1\n    # 除夕以后\n    - 2027-02-08\n    - 2027年2月9日\n  workdays:\n    - 01/03\n    - ２.１４\n",
        "2027: {holidays: [01-01, 02-08, 02-09], workdays: [01-03, 02-14]}\n",
    ],
)
def test_spellings(text: str) -> None:
    """However it is written, it is the same calendar."""
    assert own(text) == own(NEXT_YEAR)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_encodings(encoding: str) -> None:
    assert load_calendar(NEXT_YEAR.replace("\n", "\r\n").encode(encoding), LABEL) == own(NEXT_YEAR)


@pytest.mark.parametrize(
    "text", ["", "# 还没有\n", "2027:\n  上班:\n  放假: [01-01]\n", "2027:\n  放假: []\n"]
)
def test_files_that_say_little(text: str) -> None:
    calendar, problems = own(text)
    assert problems == []
    assert calendar.worked == CALENDAR.worked


# What is wrong with it


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A day that does not exist.
        (
            "2027:\n  holidays: [01-01, 02-30]\n",
            ("date-impossible", 2, 21, "02-30", "  holidays: [01-01, 02-28]"),
        ),
        ("2027:\n  放假：[02-29]\n", ("date-impossible", 2, 7, "02-29", "  放假：[02-28]")),
        ("2027:\n  holidays:\n    - 13-01\n", ("date-impossible", 3, 7, "13-01", "    - 12-01")),
        ("2027:\n  上班: 0月3日\n", ("date-impossible", 2, 7, "0月3日", "  上班: 01-03")),
        # A day that needs no entry, or is in the wrong list.
        ("2027:\n  holidays: [01-01, 01-02]\n", ("weekday-wrong", 2, 21, "01-02", "")),
        ("2027:\n  workdays: [01-04]\n", ("weekday-wrong", 2, 14, "01-04", "")),
        ("2027:\n  上班：\n    - 01-03\n    - 01-04\n", ("weekday-wrong", 4, 7, "01-04", "")),
        # A day given twice.
        ("2027:\n  holidays: [01-01, 01-04, 01-01]\n", ("key-repeated", 2, 28, "01-01", "")),
        ("2027:\n  holidays:\n    - 01-01\n    - 1月1日\n", ("key-repeated", 4, 7, "1月1日", "")),
        ("2027:\n  workdays: [01-03, 1-3]\n", ("key-repeated", 2, 21, "1-3", "")),
        ("2027:\n  放假：01-01，01-04、01-01\n", ("key-repeated", 2, 18, "01-01", "")),
        ("2027:\n  holidays: [01-01]\n  workdays: [01-01]\n", ("key-repeated", 3, 14, "01-01", "")),
        # No days of that year.
        ("2027:\n  holidays: [01-01, 元旦]\n", ("value-kind", 2, 21, "元旦", "")),
        ("2027:\n  holidays: [2026-01-01]\n", ("value-kind", 2, 14, "2026-01-01", "")),
        ("2027:\n  放假：1月1日至3日\n", ("value-kind", 2, 6, "1月1日至3日", "")),
        ("2027:\n  holidays: {a: 01-01}\n", ("value-kind", 2, 13, "{…}", "")),
        ("2027:\n  notice: [甲]\n", ("value-kind", 2, 11, "[…]", "")),
        ("2027:\n", ("value-kind", 1, 6, "", "")),
        ("2027: [01-01]\n", ("value-kind", 1, 7, "[…]", "")),
        # Keys.
        ("27:\n  holidays: [01-01]\n", ("key-unknown", 1, 1, "27", "")),
        ("holidays: [01-01]\n", ("key-unknown", 1, 1, "holidays", "")),
        ("2027:\n  备注：无\n", ("key-unknown", 2, 3, "备注", "")),
        ("2027:\n  holiday: [01-01]\n", ("key-similar", 2, 3, "holiday", "  holidays: [01-01]")),
        ("2027:\n  放假: [01-01]\n  holidays: []\n", ("key-repeated", 3, 3, "holidays", "")),
        ("2027:\n  放假: [01-01]\n2027:\n  上班: [01-03]\n", ("key-repeated", 3, 1, "2027", "")),
    ],
)
def test_what_is_wrong_is_told_at_its_place(text: str, expected: tuple[str, int, int, str, str]) -> None:
    _, problems = own(text)
    assert [_seen(each) for each in problems] == [expected]
    assert [each.path for each in problems] == [LABEL]
    assert all(as_text(each, lang) for each in problems for lang in ("zh", "en"))


def _seen(found: Problem) -> tuple[str, int, int, str, str]:
    """The parts of a problem that an editor needs."""
    facts = dict(found.facts)
    return found.code, found.line, found.column, facts.get("value", facts.get("key", "")), found.fix


def test_where_a_day_stands_first_is_told() -> None:
    _, problems = own("2027:\n  holidays: [01-01]\n  notice: 甲\n  workdays: [01-01]\n")
    assert [dict(each.facts)["first"] for each in problems] == ["2"]


def test_the_day_of_the_week_is_told() -> None:
    _, problems = own("2027:\n  holidays: [01-02]\n")
    assert "周六" in as_text(problems[0], "zh")
    assert "Saturday" in as_text(problems[0], "en")


def test_every_fault_is_told_at_once() -> None:
    _, problems = own("2027:\n  holidays: [01-02, 02-30]\n2028:\n  workdays: [01-03, x]\n年:\n")
    assert [(each.code, each.line) for each in problems] == [
        ("weekday-wrong", 2),
        ("date-impossible", 2),
        ("weekday-wrong", 4),
        ("value-kind", 4),
        ("key-unknown", 5),
    ]


def test_a_year_with_a_fault_is_left_out() -> None:
    """Ours stays in force; the other years of the file count."""
    calendar, problems = own("2026:\n  holidays: [01-05, 01-10]\n" + NEXT_YEAR)
    assert len(problems) == 1
    assert calendar.is_workday(date(2026, 1, 5))
    assert not calendar.is_workday(date(2026, 1, 1))
    assert calendar.knows(2027)


def test_a_file_that_is_no_text() -> None:
    calendar, problems = load_calendar(b"\xff\xfe2", LABEL)
    assert [(each.code, each.path) for each in problems] == [("encoding", LABEL)]
    assert calendar == CALENDAR


def test_one_site_does_not_show_in_another() -> None:
    own(NEXT_YEAR + "年:\n")
    assert load_calendar(None, LABEL) == (CALENDAR, [])
