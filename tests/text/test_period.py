"""Periods: the spellings of editors, their days and their order."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from softsite.text.period import Period, period, same_day


@pytest.mark.parametrize(
    ("written", "kind", "name", "shown"),
    [
        ("2017-11", "month", "2017-11", "2017年11月"),
        ("2017年11月", "month", "2017-11", "2017年11月"),
        ("２０１７．３", "month", "2017-03", "2017年3月"),
        ("2017/3", "month", "2017-03", "2017年3月"),
        ("2026-Q3", "quarter", "2026-Q3", "2026年第三季度"),
        ("2026Q3", "quarter", "2026-Q3", "2026年第三季度"),
        ("2026年第三季度", "quarter", "2026-Q3", "2026年第三季度"),
        ("2026年3季度", "quarter", "2026-Q3", "2026年第三季度"),
        ("2026年三季度", "quarter", "2026-Q3", "2026年第三季度"),
        ("2026 第4季度", "quarter", "2026-Q4", "2026年第四季度"),
        ("2026-4季度", "quarter", "2026-Q4", "2026年第四季度"),
        ("2017", "year", "2017", "2017年"),
        ("2017年", "year", "2017", "2017年"),
        ("2017年度", "year", "2017", "2017年"),
    ],
)
def test_spelling(written: str, kind: str, name: str, shown: str) -> None:
    made = period(written, kind)
    assert (made.name, str(made)) == (name, shown)
    assert period(made.name, kind) == period(shown, kind) == made


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("2017-13", "month"), ("2017-0", "month"), ("2017", "month"), ("201711", "month"), ("2017-11-27", "month"), ("", "month"),
        ("2026-Q5", "quarter"), ("2026-Q0", "quarter"), ("第三季度", "quarter"), ("2026", "quarter"), ("17", "year"), ("1700", "year"),
        ("9999", "year"), ("十一月", "month"),
    ],
)  # fmt: skip
def test_no_period(written: str, kind: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        period(written, kind)


@given(st.integers(1900, 9000), st.integers(1, 12))
def test_days(year: int, month: int) -> None:
    made = Period(year, month, "month")
    quarter = Period(year, (month + 2) // 3, "quarter")
    assert quarter.first <= made.first <= made.last <= quarter.last
    assert Period(year, 1, "year").first <= quarter.first <= quarter.last <= Period(year, 1, "year").last
    assert same_day(made.first, 1) == date.fromordinal(made.last.toordinal() + 1)


def test_next() -> None:
    assert Period(2017, 12, "month").next == Period(2018, 1, "month")
    assert Period(2017, 3, "quarter").next.first == date(2017, 10, 1)
    assert Period(2017, 4, "quarter").next == Period(2018, 1, "quarter")
    assert Period(2017, 1, "year").next == Period(2018, 1, "year")


def test_order() -> None:
    assert Period(2017, 2, "month") < Period(2017, 11, "month") < Period(2018, 1, "month")


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [("2026-01-31", 1, "2026-02-28"), ("2026-11-30", 3, "2027-02-28"), ("2026-08-25", 3, "2026-11-25"), ("2026-03-31", -1, "2026-02-28")],
)  # fmt: skip
def test_the_same_day_of_another_month(day: str, months: int, later: str) -> None:
    assert same_day(date.fromisoformat(day), months) == date.fromisoformat(later)
