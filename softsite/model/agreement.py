"""Agreement: whether everything that must be true of a bulletin is; if not, which cells are to blame."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from softsite.model.places import Place, places, said, with_values
from softsite.model.results import given
from softsite.model.sheet import Scope, Sheet, Unknown
from softsite.problems import Problem, problem
from softsite.read.declared import Check, Declared
from softsite.read.kinds import digits, in_unit
from softsite.read.workdays import FILE
from softsite.records import replaced
from softsite.text.expression import Side, cells, sides


def disagreements(sheet: Sheet, *, government: bool) -> Iterator[Problem]:
    """All that is not as it has to be."""
    for table in sheet.type.tables:
        yield from _repeated(sheet, table)
    for check in sheet.type.checks:
        if government or not check.only:
            for scope in sheet.scopes(check.table):
                if _applies(sheet, check, scope) and not _holds(sheet, check, scope):
                    yield _failed(sheet, check, scope)
    first = {each.year: each for each in reversed(sheet.unknown)}
    yield from (_without_holidays(sheet, each) for each in first.values())


def _repeated(sheet: Sheet, table: Declared) -> Iterator[Problem]:
    """Rows that have the same in all columns that make a row unique."""
    seen: dict[tuple[str, ...], int] = {}  # the line of the first
    columns = [each for each in table.fields if each.name in table.unique]
    for row in sheet.bulletin.tables.get(table.name, ()) if columns else ():
        held = [row.cells[each.name] for each in columns if each.name in row.cells]
        if len(held) < len(columns):
            continue
        values = tuple(each.value for each in held)
        if values in seen:
            yield problem(
                "row-repeated", sheet.path, line=held[-1].line, column=held[-1].column, table=table.label,
                key="、".join(each.label for each in columns), value="、".join(values), first=seen[values],
            )  # fmt: skip
        seen.setdefault(values, held[-1].line)


def _applies(sheet: Sheet, check: Check, scope: Scope) -> bool:
    return not check.when or bool(sheet.computed(check.when, check.line, scope))


def _holds(sheet: Sheet, check: Check, scope: Scope) -> bool:
    """Whether a check holds; one that compares with what is not given does."""
    if sheet.computed(check.that, check.line, scope, otherwise=True):
        return True
    return any(side.formula(scope.names) is None for side in sides(check.that) or ())


def _failed(sheet: Sheet, check: Check, scope: Scope) -> Problem:
    """Both figures of a comparison, and all lines that they come from; else what the check says."""
    both = sides(check.that)
    found = places(sheet, cells(check.that), scope)
    line, column = _at(sheet, check, scope, found)
    row = f"{scope.table.label}“{_first(scope)}”：" if scope.table else ""
    code = "check-failed"
    facts = {"says": f"{row}{check.says}", "where": said(with_values(found), sheet.path)}
    if both and not any(isinstance(side.formula(scope.names), bool) for side in both):
        is_money = bool(found) and all(each.declared.kind == "money" for each in found)
        measure = found[0].declared if is_money else None
        one, other = (_side(sheet, side, scope, measure) for side in both)
        code, facts = "sum-differs", {"says": f"{row}{check.says}", "one": one, "other": other}
    return problem(code, sheet.path, line=line, column=column, severity=check.severity, **facts)


def _at(sheet: Sheet, check: Check, scope: Scope, found: Sequence[Place]) -> tuple[int, int]:
    """The cell to point at: the one that the check names, else the row, else a single figure rather than one of many."""
    cell = (scope.row.cells.get(check.at) if scope.row else None) or sheet.bulletin.cells.get(check.at)
    if cell:
        return cell.line, cell.column
    if scope.row:
        return scope.row.line, 0
    own = [each for each in found if each.path == sheet.path]
    alone = {(each.line, each.column) for each in sheet.bulletin.cells.values()}
    single = [each for each in own if (each.line, each.column) in alone]
    return next(((each.line, each.column) for each in [*single, *own]), (0, 0))


def _first(scope: Scope) -> str:
    """What a row is called: by its first cell."""
    held = scope.row.cells if scope.row else {}
    columns = scope.table.fields if scope.table else ()
    return next((held[each.name].value for each in columns if each.name in held), "")


def _side(sheet: Sheet, side: Side, scope: Scope, measure: Declared | None) -> str:
    """A figure of a comparison, and where it comes from."""
    value = side.formula(scope.names)  # the comparison has computed it without an error
    return f"{_figure(value, measure)}{said(places(sheet, side.cells, scope), sheet.path)}"


def _figure(value: Any, measure: Declared | None) -> str:
    """A value with all its digits; money in the unit in which it is typed."""
    if not isinstance(value, int | Decimal):
        return given(value).zh
    if measure is None:
        return digits(value, ",")
    return digits(in_unit(replaced(measure, places=None, value=""), value), ",") + measure.unit


def _without_holidays(sheet: Sheet, found: Unknown) -> Problem:
    """A warning at the cell whose date is in the year that the calendar does not know, else at the row."""
    named = places(sheet, cells(found.formula), found.scope)
    year = f"{found.year:04}-"
    at = [
        (each.line, each.column) for each in named if each.path == sheet.path and each.value.startswith(year)
    ]
    line, column = at[0] if at else (found.scope.row.line if found.scope.row else 0, 0)
    return problem(
        "holidays-unknown", sheet.path, line=line, column=column, severity="warning", year=found.year,
        file=f"content/bulletins/{FILE}",
    )  # fmt: skip
