"""Current: a bulletin without the rows whose time is over, and without all that names such a row."""

from collections.abc import Iterable, Mapping

from softsite.model.formulas import Clock
from softsite.read.bulletin import Bulletin, Row
from softsite.read.declared import BulletinType, Declared
from softsite.read.kinds import Cell, typed
from softsite.records import replaced

Tables = Mapping[str, tuple[Row, ...]]
Known = Mapping[str, frozenset[str]]  # by `table.column`, what stands there


def current(declared: BulletinType, bulletin: Bulletin, clock: Clock) -> Bulletin:
    """What is left of a bulletin on the day of a build; itself where nothing is over."""
    tables = {
        table.name: tuple(
            row for row in bulletin.tables.get(table.name, ()) if not _is_over(table, row, clock)
        )
        for table in declared.tables
    }
    if not fewer(tables, bulletin):
        return bulletin
    named = {each.of for field in declared.fields for each in (field, *field.fields) if each.of}
    while True:
        known = {of: _names_in(of, tables) for of in named}
        left = {table.name: _rows_left(table, tables[table.name], known) for table in declared.tables}
        if left == tables:
            return replaced(bulletin, cells=_cells_left(declared.fields, bulletin.cells, known), tables=left)
        tables = left


def fewer(tables: Tables, bulletin: Bulletin) -> frozenset[str]:
    """The tables that have fewer rows than the bulletin gives them."""
    return frozenset(name for name, rows in tables.items() if len(rows) < len(bulletin.tables.get(name, ())))


def _is_over(table: Declared, row: Row, clock: Clock) -> bool:
    """Whether a row's time is over: it is shown through the day that it names."""
    spec = next((each for each in table.fields if each.name == table.until), None)
    return spec is not None and clock.is_past(typed(spec, row.cells.get(spec.name)))


def _names_in(of: str, tables: Tables) -> frozenset[str]:
    """What stands in a `table.column`."""
    table, _, column = of.partition(".")
    return frozenset(row.cells[column].value for row in tables.get(table, ()) if column in row.cells)


def _rows_left(table: Declared, rows: Iterable[Row], known: Known) -> tuple[Row, ...]:
    """The rows of a table all of whose names are still known; a list keeps those that are."""
    made = ((row, _cells_left(table.fields, row.cells, known)) for row in rows)
    return tuple(Row(left, row.line) for row, left in made if len(left) == len(row.cells))


def _cells_left(declared: Iterable[Declared], cells: Mapping[str, Cell], known: Known) -> dict[str, Cell]:
    """The cells without those that name what is not known."""
    made = dict(cells)
    for spec in declared:
        if spec.of and spec.name in made:
            held = made.pop(spec.name)
            named = [each for each in held.items or (held.value,) if each in known[spec.of]]
            if named:
                items = tuple(named) if held.items else ()
                made[spec.name] = replaced(held, value="；".join(named), items=items)
    return made
