"""Places: where the cells stand that a formula names; of derived ones those that they are made from."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from softsite.model.sheet import Scope, Sheet
from softsite.read.declared import Declared
from softsite.read.kinds import KINDS, Cell, shown, unit
from softsite.text.excerpt import excerpt
from softsite.text.expression import Cell as Named
from softsite.text.expression import cells

MANY_LINES = 12
_LONG = 24  # characters of a value
_LOOKED_AT = MANY_LINES + 1  # rows of a table; a message names no more


class Place(NamedTuple):
    """A cell: the file, its word for people, line and column (0: none), its declaration and what stands in it."""

    path: str
    word: str
    line: int
    column: int
    declared: Declared
    value: str = ""


def places(sheet: Sheet, named: Iterable[Named], scope: Scope) -> list[Place]:
    """The places of the cells that these names mean; of columns those in the first rows."""
    return list(dict.fromkeys(place for each in named for place in _places(sheet, each, scope)))


def said(found: Iterable[Place], here: str) -> str:
    """（按职级“人数”第 8、9、10 行）; cells of other files than `here` with their file."""
    by_word: dict[str, list[str]] = {}
    for each in found:
        word = each.word if each.path == here else f"{each.path} 的{each.word}"
        by_word.setdefault(word, []).extend([str(each.line)] if each.line else [])
    parts = [f"{word}{_lines(list(dict.fromkeys(numbers)))}" for word, numbers in by_word.items()]
    return f"（{'；'.join(parts)}）" if parts else ""


def with_values(found: Iterable[Place]) -> Iterator[Place]:
    """Places whose words say also what stands there, where one cell alone has that word."""
    held = list(found)
    words = Counter((each.path, each.word) for each in held)
    for each in held:
        is_alone = each.value and words[each.path, each.word] == 1
        yield each._replace(word=f"{each.word} {_written(each)}，") if is_alone else each


def _written(place: Place) -> str:
    """What stands in a cell, as readers see it; of a long text the beginning."""
    declared = place.declared
    if declared.each_kind != declared.kind:
        return excerpt(place.value, _LONG)
    return excerpt(f"{shown(declared, KINDS[declared.kind].typed(place.value))}{unit(declared)}", _LONG)


def _lines(numbers: list[str]) -> str:
    more = "…" if len(numbers) > MANY_LINES else ""
    return f"第 {'、'.join(numbers[:MANY_LINES])}{more} 行" if numbers else ""


def _places(sheet: Sheet, named: Named, scope: Scope) -> Iterator[Place]:
    owner, name = named
    first, _, rest = owner.partition(".")
    if first == "previous":
        yield from _before(sheet.previous, (rest, name)) if sheet.previous else ()
    elif first == "bulletin":
        yield from _places(sheet, (rest, name), Scope(sheet.names))
    elif owner:
        yield from _column(sheet, owner, name)
    elif column := _own(scope, name):
        yield from _in_row(sheet, column, scope)
    elif declared := sheet.type.field(name):
        yield from _field(sheet, declared)


def _before(sheet: Sheet, named: Named) -> Iterator[Place]:
    """Cells of the bulletin of the period before. What is derived there is named alone: it may go on without end."""
    table, name = named
    declared = sheet.type.field(table or name)
    column = next((each for each in declared.fields if each.name == name), None) if declared else None
    if found := column or declared:
        if found.value:
            yield Place(sheet.path, found.label, 0, 0, found)
        else:
            yield from _places(sheet, named, Scope(sheet.names))


def _own(scope: Scope, name: str) -> Declared | None:
    """The column of the row that a formula is about."""
    return next((each for each in scope.table.fields if each.name == name), None) if scope.table else None


def _field(sheet: Sheet, declared: Declared) -> Iterator[Place]:
    if declared.value:
        yield from places(sheet, cells(declared.value), Scope(sheet.names))
    elif declared.kind == "table":
        for row in sheet.bulletin.tables.get(declared.name, ())[:_LOOKED_AT]:
            yield Place(sheet.path, declared.label, row.line, 0, declared)
    elif declared.name in sheet.bulletin.cells:
        yield _place(sheet, declared.label, sheet.bulletin.cells[declared.name], declared)


def _column(sheet: Sheet, table: str, name: str) -> Iterator[Place]:
    for scope in islice(sheet.scopes(table), _LOOKED_AT):
        if column := _own(scope, name):
            yield from _in_row(sheet, column, scope)


def _in_row(sheet: Sheet, column: Declared, scope: Scope) -> Iterator[Place]:
    """A cell of a row; the row where nothing is written."""
    assert scope.table is not None
    assert scope.row is not None
    word = f"{scope.table.label}“{column.label}”"
    if column.value:
        yield from places(sheet, cells(column.value), scope)
    elif column.name in scope.row.cells:
        yield _place(sheet, word, scope.row.cells[column.name], column)
    else:
        yield Place(sheet.path, word, scope.row.line, 0, column)


def _place(sheet: Sheet, word: str, cell: Cell, declared: Declared) -> Place:
    return Place(sheet.path, word, cell.line, cell.column, declared, cell.value)
