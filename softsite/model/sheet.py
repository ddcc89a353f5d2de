"""Sheet: one bulletin computed: typed values, then the derived ones in the order of their declaration."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from softsite.model.formulas import NOTHING, Values
from softsite.model.results import fits, given, wanted
from softsite.problems import Problem, problem
from softsite.read.bulletin import Bulletin, Row
from softsite.read.declared import BulletinType, Declared
from softsite.read.kinds import typed
from softsite.text.expression import ExpressionError, formula


class Scope(NamedTuple):
    """What names mean to a formula, and the row that it is about, if it is about one."""

    names: Mapping[str, Any]
    table: Declared | None = None
    row: Row | None = None


class Unknown(NamedTuple):
    """A formula that counted working days of a year whose holidays nobody knows."""

    year: int
    formula: str
    scope: Scope


class Tools(NamedTuple):
    """What formulas call, the years that the calendar was asked for in vain, and where faults are noted."""

    functions: Mapping[str, Any]
    unknown_years: set[int]
    problems: list[Problem]


class Sheet:
    """A bulletin with all that its formulas give; faults of the formulas are noted as faults of the type."""

    def __init__(
        self, tools: Tools, declared: BulletinType, bulletin: Bulletin, previous: "Sheet | None"
    ) -> None:
        self.tools = tools
        self.type = declared
        self.bulletin = bulletin
        self.previous = previous
        self.path = f"content/{bulletin.document.path}"
        self.unknown: list[Unknown] = []
        self.values: dict[str, Any] = {
            each.name: typed(each, bulletin.cells.get(each.name))
            for each in declared.fields
            if each.kind != "table" and not each.value
        }
        self.rows: dict[str, list[dict[str, Any]]] = {
            table.name: [
                {each.name: typed(each, row.cells.get(each.name)) for each in table.fields if not each.value}
                for row in bulletin.tables.get(table.name, ())
            ]
            for table in declared.tables
        }
        self.names: dict[str, Any] = {**tools.functions, **self.values}
        self.names |= {name: [Values(row) for row in rows] for name, rows in self.rows.items()}
        self.names["bulletin"] = Values(self.names)
        self.names["previous"] = Values(previous.names) if previous else NOTHING
        self._derive()

    def title(self) -> str:
        """The title that the type gives."""
        told = len(self.tools.problems)
        found = self._result(self.type.title, Scope(self.names))
        if found is None and len(self.tools.problems) == told:
            self._note_kind(self.type.title, None)
        return found or self.type.name

    def scopes(self, name: str) -> Iterator[Scope]:
        """A scope for each row of a table; for no table, the one of the bulletin."""
        table = self.type.field(name)
        if table is None:
            yield Scope(self.names)
            return
        for row, values in zip(self.bulletin.tables.get(name, ()), self.rows[name], strict=True):
            yield Scope(self.names | values, table, row)

    def computed(self, written: str, line: int, scope: Scope, otherwise: Any = None) -> Any:
        """What a formula gives; `otherwise` where something that it needs is not given, or where it fails, which is told."""
        try:
            return formula(written)(scope.names)
        except TypeError as error:
            if "NoneType" not in str(error):
                self._note_formula(written, line, error)
        except ExpressionError as error:
            self._note_formula(written, line, error)
        finally:
            self.unknown += (Unknown(year, written, scope) for year in sorted(self.tools.unknown_years))
            self.tools.unknown_years.clear()
        return otherwise

    def _derive(self) -> None:
        for table in self.type.tables:
            for column in table.fields:
                if column.value:
                    for scope, row in zip(self.scopes(table.name), self.rows[table.name], strict=True):
                        row[column.name] = self._result(column, scope)
        for each in self.type.fields:
            if each.value:
                self.values[each.name] = self.names[each.name] = self._result(each, Scope(self.names))

    def _result(self, declared: Declared, scope: Scope) -> Any:
        """What the formula of a field gives, if it is of the field's kind."""
        found = self.computed(declared.value, declared.line, scope)
        if found is None or fits(declared, found):
            return found
        self._note_kind(declared, found)
        return None

    def _note_formula(self, written: str, line: int, error: Exception) -> None:
        self.tools.problems.append(
            problem("formula", self.type.path, line=line, value=written, reason=error, where=self.path)
        )

    def _note_kind(self, declared: Declared, found: Any) -> None:
        is_now, takes = given(found), wanted(declared)
        self.tools.problems.append(
            problem(
                "formula-kind", self.type.path, line=declared.line, value=declared.value, key=declared.label,
                given_zh=is_now.zh, given_en=is_now.en, kind_zh=takes.zh, kind_en=takes.en, where=self.path,
            )
        )  # fmt: skip
