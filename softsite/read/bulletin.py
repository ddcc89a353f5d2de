"""Bulletin: one YAML file of data, read by the declaration of its type; figures are typed, exact, and know their line."""

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from softsite.problems import Problem, has_errors, problem
from softsite.read import source
from softsite.read.alarm import time_limit
from softsite.read.dates import Instant
from softsite.read.declared import BulletinType, Declared
from softsite.read.document import (
    FRONT_MATTER,
    SECONDS,
    Document,
    check_braces,
    check_dates,
    picture,
    rendered,
)
from softsite.read.fields import Field, Fields, Reading, fields, read, wrong
from softsite.read.findings import Findings
from softsite.read.kinds import NAMING, Cell, cell, note_choice, typed
from softsite.read.options import Options
from softsite.read.yamlfile import Map, Seq, Value, load
from softsite.records import Record, replaced
from softsite.text import citations, links
from softsite.text.links import Reference, type_of
from softsite.text.markup import Rendered
from softsite.text.period import Period, period

MAX_ROWS = 5_000


class Row(Record, frozen=True):
    """A row of a table, and the line where it begins."""

    cells: dict[str, Cell]
    line: int


class Bulletin(Record, frozen=True):
    """A bulletin as it stands in its file; `document` is what lists and feeds know of it. Nothing is computed yet."""

    document: Document
    type: str
    cells: dict[str, Cell]
    tables: dict[str, tuple[Row, ...]]


class Read(NamedTuple):
    """What one file gave."""

    bulletin: Bulletin | None
    problems: tuple[Problem, ...]


def bulletin(path: str, options: Options, types: Mapping[str, BulletinType], data: bytes) -> Read:
    """Reads the file `path` of content/, whose bytes are `data`."""
    try:
        with time_limit(SECONDS):
            return _bulletin(path, options, types, data)
    except TimeoutError:
        return Read(None, (problem("markdown-slow", f"content/{path}", seconds=SECONDS),))


def _bulletin(path: str, options: Options, types: Mapping[str, BulletinType], data: bytes) -> Read:
    label, declared = f"content/{path}", types.get(type_of(path))
    if declared is None:
        return Read(None, ())
    try:
        raw = source.text(data)
    except source.NotText:
        return Read(None, (problem("encoding", label),))
    findings = Findings(label, source.lines_of(raw))
    for line, name in source.control_characters(raw):
        findings.add("control-character", line, severity="warning", name=name)
    head = load(_without_fences(findings.lines), findings)
    reading = Reading(findings, ZoneInfo(options.zone), frozenset(options.columns), options.markup.base)
    values = _values(declared, head, reading)
    check_dates(values, head, findings)
    if citations.is_braced(raw):
        marked_up = [each.name for each in declared.fields if each.kind == "prose"]
        check_braces(keys(declared), head, marked_up, findings)
    own = {each.name: values.pop(each.name, None) for each in declared.fields}
    cells = {name: value for name, value in own.items() if isinstance(value, Cell)}
    tables = {name: value for name, value in own.items() if isinstance(value, tuple)}
    _look(declared, cells, tables, reading)
    _look_at_name(declared, cells, path, findings)
    _look_at_date(declared, cells, head, values.get("date"), findings)
    passages, texts = _prose(declared, cells, path, options, findings)
    values["summary"], named = citations.with_figures(values.get("summary", ""))
    named += [reference for each in texts for reference in each.references]
    shown = picture(values.get("image", ""), values.get("image_alt", ""), path, options, findings)
    cells, tables, files = _resolved(declared, cells | passages, tables, path, options)
    named += [each for each, _ in files] + ([shown.reference] if shown.reference else [])
    if has_errors(findings.problems):
        return Read(None, tuple(findings.problems))
    document = Document(
        path, f"bulletins/{declared.slug}", values.pop("title", ""), values.pop("date"),
        anchors=tuple(anchor for each in texts for anchor in each.anchors),
        references=tuple(dict.fromkeys(named)),
        documents=tuple(dict.fromkeys((each.target, words) for each, words in files if each.kind == "asset")),
        picture=shown.reference.target if shown.reference else "", **values,
    )  # fmt: skip
    return Read(Bulletin(document, declared.slug, cells, tables), tuple(findings.problems))


def _without_fences(lines: list[str]) -> str:
    """The text without a `---` before its first entry or `...` behind its last, which YAML allows and means nothing."""
    said = [n for n, line in enumerate(lines) if line.strip() and not line.startswith("#")]
    fences = {n for n in (said[:1] + said[-1:]) if lines[n].strip() in ("---", "...")}
    return "\n".join("" if n in fences else line for n, line in enumerate(lines))


# Keys


def keys(declared: BulletinType) -> Fields:
    """All keys of a bulletin of this type: those of front matter, and its own."""
    common = (Field(each.names, each.kind, each.help, each.name == "date") for each in FRONT_MATTER.declared)
    return fields(*map(_field, declared.fields), *common)


def _field(declared: Declared) -> Field:
    names = (declared.name, declared.label, *declared.words)
    if declared.value:
        return Field(names, _derived, declared.help)
    kind = _table(declared) if declared.kind == "table" else cell(declared)
    return Field(names, kind, declared.help, declared.required)


def _derived(key: str, value: Value, reading: Reading) -> None:
    """What is computed cannot be typed: it could differ."""
    reading.findings.add("key-derived", value.line, value.column, key=key)


def _table(declared: Declared) -> Any:
    """How a table is read: a list of mappings."""
    columns = fields(*map(_field, declared.fields))

    def kind(key: str, value: Value, reading: Reading) -> tuple[Row, ...] | None:
        if not isinstance(value, Seq):
            shape = "、".join(each.label for each in declared.fields if not each.value)
            wrong(key, value, reading, f"一行一项的表，每行以“- ”开头，写：{shape}", "a list of rows")
            return None
        if declared.required and not value.items:
            reading.findings.add("value-empty", value.line, value.column, key=key)
        if len(value.items) > MAX_ROWS:
            reading.findings.add(
                "table-long", value.line, value.column, key=key, rows=len(value.items), most=MAX_ROWS
            )
            return None
        return tuple(row for item in value.items if (row := _row(columns, key, item, reading)) is not None)

    return kind


def _row(columns: Fields, key: str, item: Value, reading: Reading) -> Row | None:
    if not isinstance(item, Map):
        shape = "、".join(field.names[1] for field in columns.declared if field.kind is not _derived)
        wrong(key, item, reading, f"几个“名称: 内容”：{shape}", "keys and values")
        return None
    return Row(read(columns, item, reading), item.line)


def _values(declared: BulletinType, head: Map, reading: Reading) -> dict[str, Any]:
    """The values of a bulletin; what is missing is not noted where a line of it could not be read."""
    problems = reading.findings.problems
    unread = has_errors(problems)
    values = read(keys(declared), head, reading)
    if unread:
        problems[:] = [each for each in problems if each.code not in ("key-missing", "value-empty")]
    return values


# What values have to agree with inside their own file


def _look(
    declared: BulletinType, cells: Mapping[str, Cell], tables: Mapping[str, tuple[Row, ...]], reading: Reading
) -> None:
    """Notes dates outside of their period, and names that another table does not have."""
    for spec, found in each_cell(declared, cells, tables):
        if spec.within and spec.within in cells:
            _within(declared, spec, found, cells, reading)
        if spec.of:
            _known(declared, spec, found, tables, reading)


def _look_at_name(declared: BulletinType, cells: Mapping[str, Cell], path: str, findings: Findings) -> None:
    """Notes that a file is named by another period than its own; a name that is no period is free."""
    field, found = declared.field(declared.period), cells.get(declared.period)
    stem, extension = posixpath.splitext(posixpath.basename(path))
    if field is None or found is None:
        return
    try:
        named = period(stem, field.kind).name
    except ValueError:
        return
    if named != found.value:
        written = findings.line(found.line)[found.column - 1 :].strip()
        fix = findings.swapped(found.line, found.column, written, named)
        findings.add("period-file", found.line, found.column, fix=fix, key=field.label, value=written,
                     name=stem + extension, right=found.value + extension)  # fmt: skip


def _look_at_date(
    declared: BulletinType,
    cells: Mapping[str, Cell],
    head: Map,
    published: Instant | None,
    findings: Findings,
) -> None:
    """Notes a period that begins after it was published. What is dated in the future waits, so no reader sees one to come."""
    field, found = declared.field(declared.period), cells.get(declared.period)
    if field is None or found is None or published is None:
        return
    if typed(field, found).first.isoformat() > published.day:
        key = next(key for key, _ in head.entries.values() if key.value in FRONT_MATTER.by_name["date"].names)
        findings.add("period-future", found.line, found.column, key=field.label, value=found.value,
                     date_key=key.value, date=published.day, first=key.line)  # fmt: skip


def each_cell(
    declared: BulletinType, cells: Mapping[str, Cell], tables: Mapping[str, tuple[Row, ...]]
) -> Iterator[tuple[Declared, Cell]]:
    """Every cell with its declaration."""
    for spec in declared.fields:
        if spec.name in cells:
            yield spec, cells[spec.name]
        for row in tables.get(spec.name, ()):
            yield from (
                (column, row.cells[column.name]) for column in spec.fields if column.name in row.cells
            )


def _within(
    declared: BulletinType, spec: Declared, found: Cell, cells: Mapping[str, Cell], reading: Reading
) -> None:
    of = declared.field(spec.within)
    bounds = typed(of, cells[spec.within]) if of is not None else None
    day = typed(spec, found)
    day = getattr(day, "day", day) if not isinstance(day, date) else day
    if isinstance(bounds, Period) and isinstance(day, date) and not bounds.first <= day <= bounds.last:
        reading.findings.add("date-outside", found.line, found.column, key=spec.label, value=found.value,
                             period=bounds, first=cells[spec.within].line)  # fmt: skip


def _known(
    declared: BulletinType,
    spec: Declared,
    found: Cell,
    tables: Mapping[str, tuple[Row, ...]],
    reading: Reading,
) -> None:
    table, _, column = spec.of.partition(".")
    rows = tables.get(table, ())
    known = tuple(dict.fromkeys(row.cells[column].value for row in rows if column in row.cells))
    of = declared.field(table)
    for value in found.items or (found.value,):
        if not known:
            reading.findings.add("choice-none", found.line, found.column, key=spec.label, value=value,
                                 table=of.label if of else table)  # fmt: skip
        elif value not in known:
            note_choice(spec.label, replaced(found, value=value), value, known, reading)


# Long texts, and what a bulletin names


def _prose(
    declared: BulletinType, cells: Mapping[str, Cell], path: str, options: Options, findings: Findings
) -> tuple[dict[str, Cell], list[Rendered]]:
    """Long texts as safe HTML, in the cells that hold them and one by one."""
    made: dict[str, Cell] = {}
    texts: list[Rendered] = []
    for spec in declared.fields:
        if spec.kind == "prose" and spec.name in cells:
            body = rendered(cells[spec.name].value, path, options, findings, texts)
            if body is not None:
                made[spec.name] = replaced(cells[spec.name], value=body.html)
                texts.append(body)
    return made, texts


def _resolved(
    declared: BulletinType,
    cells: dict[str, Cell],
    tables: dict[str, tuple[Row, ...]],
    path: str,
    options: Options,
) -> tuple[dict[str, Cell], dict[str, tuple[Row, ...]], list[tuple[Reference, str]]]:
    """The cells with what their links and attachments name as paths of content/; and these references."""
    found: list[tuple[Reference, str]] = []

    def resolve(specs: Iterable[Declared], held: dict[str, Cell]) -> dict[str, Cell]:
        made = dict(held)
        for spec in specs:
            if spec.each_kind in NAMING and spec.name in held:
                written = held[spec.name]
                named = [_reference(each, path, options) for each in written.items or (written.value,)]
                found.extend((each, "" if written.items else spec.label) for each in named)
                targets = tuple(each.target for each in named)
                made[spec.name] = replaced(
                    written, value="；".join(targets), items=targets if written.items else ()
                )
        return made

    cells = resolve(declared.fields, cells)
    for spec in declared.tables:
        rows = tables.get(spec.name, ())
        tables = tables | {spec.name: tuple(Row(resolve(spec.fields, row.cells), row.line) for row in rows)}
    return cells, tables, found


def _reference(written: str, path: str, options: Options) -> Reference:
    """What a link or attachment names; if it can be none, a file that is not there."""
    return links.resolved(written, path, options.markup.base).reference or Reference(
        "asset", written, "", written
    )
