"""Formulas: they compute exactly, know which cells they name, and cannot reach anything else."""

import contextlib
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from softsite.text.expression import CALL, ExpressionError, cells, formula, function, sides
from softsite.text.period import period


@function
def total(rows: list[dict[str, int]], name: str) -> int:
    return sum(row[name] for row in rows)


NAMES: dict[str, Any] = {
    "people": 25,
    "units": 12,
    "none_given": None,
    "text": "甲",
    "day": date(2026, 11, 25),
    "month": period("2026-11", "month"),
    "rows": [{"people": 2}, {"people": 5}],
    f"{CALL}sum": total,
    "sum": 3,
}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("people + units", 37),
        ("people / 4", Decimal("6.25")),
        ("people * 1.1", Decimal("27.5")),
        ("0.1 + 0.2", Decimal("0.3")),
        ("people / 0", None),
        ("people - none_given", None),
        ("none_given * 2", None),
        ("'大' if people > units else '小'", "大"),
        ("text ~ '局'", "甲局"),
        ("people ~ '人，' ~ 0.50 ~ month ~ day", "25人，0.52026年11月2026-11-25"),
        ("text ~ none_given", None),
        ("[text, none_given, people]|join('、')", "甲、25"),
        ("day.year", 2026),
        ("month.last == day", False),
        ("month.first", date(2026, 11, 1)),
        ("rows|length", 2),
        ("rows|selectattr('people', 'gt', 2)|list|length", 1),
        ("sum(rows, 'people') + sum", 10),
        ("none_given is none", True),
        ("people in [1, 25]", True),
        ("[2.5|round, 3.5|round, (0 - 2.5)|round, people|round]", [3, 4, -3, 25]),
        ("[0.25|round(1), (people / 8)|round(2)]", [Decimal("0.3"), Decimal("3.13")]),
        ("none_given|round", None),
    ],
)
def test_value(written: str, value: object) -> None:
    assert formula(written)(NAMES) == value


@pytest.mark.parametrize(
    "written",
    [
        "''.__class__", "text.__class__.__mro__", "'%s' % text", "'{}'.format(text)", "'a' * 1000000", "9 ** 9 ** 9",
        "'a'.center(1000000)", "text.upper()", "range(10)", "lipsum()", "cycler", "joiner", "namespace", "dict()",
        "self", "rows.append(1)", "[].append(1)", "rows|attr('append')", "text|upper", "text|format(1)", "text|replace('a', 'b')",
        "sum.__globals__", "unknown", "people.real", "day.replace(1)", "month.__init__", "people()", "[1]|map('upper')|list", "rows|max",
        "1 +", "people }} {{ units", "people %}", "", "{% raw %}", "x" * 700, "(" * 300 + ")" * 300, "people = 3", "a; b",
        "text + 'b'", "{'a': 1}['b']", "text ~ rows", "text ~ [text]", "rows|join", "text ~ (people > 3)", "TEXT(people)", "text(people)",
    ],
)  # fmt: skip
def test_nothing_else_can_be_done(written: str) -> None:
    with pytest.raises(ExpressionError):
        print(formula(written)(NAMES))


@given(st.text(max_size=80))
def test_whatever_is_written_ends_as_a_value_or_an_error(written: str) -> None:
    with contextlib.suppress(ExpressionError, TypeError):
        formula(written)(NAMES)


@given(st.decimals(-(10**12), 10**12, places=3), st.decimals(-(10**12), 10**12, places=3))
def test_arithmetic_is_exact(one: Decimal, other: Decimal) -> None:
    assert formula("(one + other) - other")({"one": one, "other": other}) == one


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("people", [("", "people")]),
        ("sum(ranks, 'people') == people", [("ranks", "people"), ("", "people")]),
        ("count(steps, state='办结') + done", [("steps", "state"), ("", "done")]),
        ("share(part, whole) > 3", [("", "part"), ("", "whole")]),
        ("find(rows, name=name).score - max(a, b)", [("rows", "score"), ("rows", "name"), ("", "name"), ("", "a"), ("", "b")]),
        ("previous.people + bulletin['people']", [("previous", "people"), ("bulletin", "people")]),
        ("find(previous.rows, name=name).score", [("previous.rows", "score"), ("previous.rows", "name"), ("", "name")]),
        ("sum(rows|selectattr('done', 'gt', done)|list, 'days')", [("rows", "days"), ("rows", "done"), ("", "done")]),
        ("rows|map(attribute='name')|unique|list|length", [("rows", "name")]),
        ("(rows|first).name", [("rows", "name")]),
        ("rows|length", [("", "rows")]),
        ("count(bulletin.rows)", [("bulletin", "rows")]),
        ("months_after(day, 3).year ~ '年'", [("", "day")]),
        ("period.number", [("", "period")]),
    ],
)  # fmt: skip
def test_the_cells_that_it_names(written: str, named: list[tuple[str, str]]) -> None:
    assert list(cells(written)) == named


def test_both_sides_of_a_comparison() -> None:
    both = sides("sum(rows, 'people') == people")
    assert both is not None
    assert [side.formula(NAMES) for side in both] == [7, 25]
    assert sides("people >= units") is None
    assert sides("1 == 1 == 1") is None


def test_names_tell_fields_from_functions() -> None:
    assert formula("sum(rows, 'people') + sum * 0.5").names == {f"{CALL}sum", "rows", "sum"}
