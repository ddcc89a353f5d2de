"""Bulletins: data with all that follows from it: derived figures, what must agree, the bulletin of the period before."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from softsite.model.formulas import NOTHING, Clock, Values, functions
from softsite.model.results import fits, given, wanted
from softsite.model.shown import Shown
from softsite.problems import Problem, problem
from softsite.read.bulletin import Bulletin, Row
from softsite.read.declared import BulletinType, Check, Declared
from softsite.read.kinds import digits, shown, typed, unit
from softsite.read.workdays import Calendar
from softsite.text.expression import ExpressionError, Formula, cells, formula, sides
from softsite.text.period import Period

Line = tuple[str, int, int]  # a cell's word for people, its line and column
_MANY_LINES = 12


class Desk:
    """Computes with bulletins at one moment; collects what does not agree."""

    def __init__(self, clock: Clock, calendar: Calendar, *, government: bool) -> None:
        self.clock = clock
        self.functions = functions(clock, calendar)
        self.government = government
        self.problems: list[Problem] = []

    def series(
        self, declared: BulletinType, visible: Iterable[Bulletin], waiting: Iterable[Bulletin]
    ) -> list[Shown]:
        """The visible bulletins of a type in the order of their periods, the newest first; those that wait are only checked.

        Each is compared with the bulletin of the period just before its own; where there is none, with nothing.
        """
        made: list[Shown] = []
        followed: dict[Period | None, Shown] = {}  # by the period that begins when theirs ends
        for bulletin in sorted(visible, key=lambda each: _order(declared, each)):
            if made:
                self._note_twice(declared, bulletin, made[-1].bulletin)
            found = self._shown(declared, bulletin, followed.get(_period(declared, bulletin)))
            made.append(found)
            if found.period:
                followed[found.period.next] = found
        for bulletin in waiting:
            self._shown(declared, bulletin, followed.get(_period(declared, bulletin)))
        made.reverse()
        return made

    def _note_twice(self, declared: BulletinType, bulletin: Bulletin, before: Bulletin) -> None:
        """Says that two bulletins are of one period: mostly a copy whose period was forgotten."""
        cell, other = bulletin.cells.get(declared.period), before.cells.get(declared.period)
        field = declared.field(declared.period)
        if cell and other and field and cell.value == other.value:
            self.problems.append(
                problem(
                    "period-repeated", f"content/{bulletin.document.path}", line=cell.line, column=cell.column,
                    severity="warning", key=field.label, value=cell.value, other=f"content/{before.document.path}",
                )
            )  # fmt: skip

    def _shown(self, declared: BulletinType, bulletin: Bulletin, previous: Shown | None) -> Shown:
        """A bulletin, checked with all its rows, shown with those that are not over."""
        sheet = _Sheet(self, declared, bulletin, bulletin.tables, previous)
        sheet.check()
        kept = {
            table.name: tuple(
                row for row in bulletin.tables.get(table.name, ()) if not self._is_over(table, row)
            )
            for table in declared.tables
        }
        if any(len(kept[name]) < len(rows) for name, rows in bulletin.tables.items()):
            sheet = _Sheet(self, declared, bulletin, kept, previous)
        return Shown(
            bulletin, declared, sheet.values, sheet.rows,
            bulletin.document.title or sheet.title(), bulletin.document.summary or _summary(declared, sheet.values), previous,
        )  # fmt: skip

    def _is_over(self, table: Declared, row: Row) -> bool:
        """Whether a row's time is over: it is shown through the day that it names."""
        spec = next((each for each in table.fields if each.name == table.until), None)
        return spec is not None and self.clock.is_past(typed(spec, row.cells.get(spec.name)))


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


class _Sheet:
    """One bulletin on its way: typed values, then the derived ones in the order of their declaration."""

    def __init__(
        self, desk: Desk, declared: BulletinType, bulletin: Bulletin, tables: Mapping[str, tuple[Row, ...]],
        previous: Shown | None,
    ) -> None:  # fmt: skip
        self.desk = desk
        self.type = declared
        self.bulletin = bulletin
        self.path = f"content/{bulletin.document.path}"
        self.tables = tables
        self.values: dict[str, Any] = {
            each.name: typed(each, bulletin.cells.get(each.name))
            for each in declared.fields
            if each.kind != "table" and not each.value
        }
        self.rows: dict[str, list[dict[str, Any]]] = {
            table.name: [
                {each.name: typed(each, row.cells.get(each.name)) for each in table.fields if not each.value}
                for row in tables.get(table.name, ())
            ]
            for table in declared.tables
        }
        self.names: dict[str, Any] = desk.functions | self.values
        self.names |= {name: [Values(row) for row in rows] for name, rows in self.rows.items()}
        self.names["bulletin"] = Values(self.names)
        self.names["previous"] = Values({**previous.values, **_tables(previous)}) if previous else NOTHING
        self._derive()

    def title(self) -> str:
        """The title that the type gives."""
        told = len(self.desk.problems)
        found = self._computed(self.type.title, self.names)
        if found is None and len(self.desk.problems) == told:
            self._note_kind(self.type.title, None)
        return found or self.type.name

    def check(self) -> None:
        """Notes everything that is not as it has to be."""
        for check in self.type.checks:
            if check.only and not self.desk.government:
                continue
            if check.table:
                for row, values in zip(self.tables.get(check.table, ()), self.rows[check.table], strict=True):
                    if not self._holds(check, self.names | values):
                        self._note_row(check, row)
            elif not self._holds(check, self.names):
                self._note(check)

    def _derive(self) -> None:
        for table in self.type.tables:
            for column in table.fields:
                for row in self.rows[table.name] if column.value else ():
                    row[column.name] = self._computed(column, self.names | row)
        for each in self.type.fields:
            if each.value:
                self.values[each.name] = self.names[each.name] = self._computed(each, self.names)

    def _computed(self, declared: Declared, names: Mapping[str, Any]) -> Any:
        """What the formula of a field gives; None where something that it needs is not given."""
        found = self._value(declared.value, declared.line, names)
        if found is None or fits(declared, found):
            return found
        self._note_kind(declared, found)
        return None

    def _value(self, written: str, line: int, names: Mapping[str, Any]) -> Any:
        try:
            return formula(written)(names)
        except TypeError as error:
            if "NoneType" not in str(error):
                self._note_formula(written, line, error)
        except ExpressionError as error:
            self._note_formula(written, line, error)
        return None

    def _holds(self, check: Check, names: Mapping[str, Any]) -> bool:
        """Whether a check holds; one that compares with what is not given does."""
        try:
            if formula(check.that)(names):
                return True
            return any(side.formula(names) is None for side in sides(check.that) or ())
        except TypeError as error:
            if "NoneType" not in str(error):
                self._note_formula(check.that, check.line, error)
        except ExpressionError as error:
            self._note_formula(check.that, check.line, error)
        return True

    def _note_formula(self, written: str, line: int, error: Exception) -> None:
        self.desk.problems.append(
            problem("formula", self.type.path, line=line, value=written, reason=error, where=self.path)
        )

    def _note_kind(self, declared: Declared, found: Any) -> None:
        is_now, takes = given(found), wanted(declared)
        self.desk.problems.append(
            problem(
                "formula-kind", self.type.path, line=declared.line, value=declared.value, key=declared.label,
                given_zh=is_now.zh, given_en=is_now.en, kind_zh=takes.zh, kind_en=takes.en, where=self.path,
            )
        )  # fmt: skip

    # Where the fault is

    def _note(self, check: Check) -> None:
        """A check of the bulletin that fails: both figures where it compares two, and all lines that they come from."""
        both = sides(check.that)
        found = [line for side in both or () for line in self._lines(side.cells)]
        found = found or self._lines(cells(check.that))
        at = self._at(check, found)
        if both is None:
            self._add("check-failed", check, at, says=check.says, where=_where(found))
            return
        one, other = (f"{self._figure(side.formula)}{_where(self._lines(side.cells))}" for side in both)
        self._add("sum-differs", check, at, says=check.says, one=one, other=other)

    def _at(self, check: Check, found: Sequence[Line]) -> tuple[int, int]:
        """The cell to point at: the one that the check names, else a single figure rather than one of many."""
        if check.at in self.bulletin.cells:
            cell = self.bulletin.cells[check.at]
            return cell.line, cell.column
        single = [line for line in found if self._is_single(line)]
        return next(((line, column) for _, line, column in [*single, *found]), (0, 0))

    def _is_single(self, line: Line) -> bool:
        return any((each.line, each.column) == line[1:] for each in self.bulletin.cells.values())

    def _figure(self, side: Formula) -> str:
        value = side(self.names)  # the comparison has computed it without an error
        return digits(value, ",") if isinstance(value, int | Decimal) else str(value)

    def _lines(self, named: Iterable[tuple[str, str]]) -> list[Line]:
        """Where the cells stand that a formula names; of derived ones those that they are made from."""
        return list(dict.fromkeys(self._places(named)))

    def _places(self, named: Iterable[tuple[str, str]]) -> Iterator[Line]:
        for table, name in named:
            declared = self.type.field(table or name)
            if declared is None:
                continue
            if declared.value:
                yield from self._places(cells(declared.value))
            elif table:
                column = next((each for each in declared.fields if each.name == name), None)
                yield from self._column(declared, column) if column else ()
            elif name in self.bulletin.cells:
                cell = self.bulletin.cells[name]
                yield declared.label, cell.line, cell.column

    def _column(self, table: Declared, column: Declared) -> Iterator[Line]:
        for row in self.tables.get(table.name, ()):
            cell = row.cells.get(column.name)
            yield (f"{table.label}“{column.label}”", *((cell.line, cell.column) if cell else (row.line, 0)))

    def _note_row(self, check: Check, row: Row) -> None:
        cell = row.cells.get(check.at) or self.bulletin.cells.get(check.at)
        table = self.type.field(check.table)
        first = (
            next((row.cells[each.name].value for each in table.fields if each.name in row.cells), "")
            if table
            else ""
        )
        place = (cell.line, cell.column) if cell else (row.line, 0)
        self._add("row-failed", check, place, says=check.says, table=table.label if table else "", row=first)

    def _add(self, code: str, check: Check, at: tuple[int, int], **facts: str) -> None:
        self.desk.problems.append(
            problem(code, self.path, line=at[0], column=at[1], severity=check.severity, **facts)
        )


def _tables(previous: Shown) -> dict[str, Any]:
    return {name: [Values(row) for row in rows] for name, rows in previous.rows.items()}


def _where(lines: Iterable[Line]) -> str:
    """（按职级“人数”第 8、9、10 行）."""
    by_word: dict[str, list[str]] = {}
    for word, line, _ in lines:
        by_word.setdefault(word, []).append(str(line))
    said = [
        f"{word}第 {'、'.join(dict.fromkeys(numbers[:_MANY_LINES]))}{'…' if len(numbers) > _MANY_LINES else ''} 行"
        for word, numbers in by_word.items()
    ]
    return f"（{'；'.join(said)}）" if said else ""
