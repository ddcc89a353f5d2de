"""Figures agree: change any one cell that takes part in a check of the samples, and the build names it or its sum."""

import re
import shutil
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st

from softsite.config import load_config
from softsite.problems import Problem, message
from softsite.read.bulletin import Bulletin, bulletin
from softsite.read.declaration import builtin_types, load_types
from softsite.read.declared import BulletinType, Declared
from softsite.read.kinds import KINDS
from softsite.text.expression import cells, sides
from tests.support import SITE, Site, make_site

REPOSITORY = Path(__file__).parents[2]
AS_OF = "2026-11-25 12:00"
_FIGURE = re.compile(r"-?[0-9][0-9,]*")


class Place(NamedTuple):
    """A figure that takes part in a check: its file, line and column, and the lines of what it has to agree with."""

    path: str
    line: int
    column: int
    sums: frozenset[int]


@lru_cache(maxsize=1)
def samples() -> tuple[tuple[Bulletin, BulletinType], ...]:
    """The bulletins of the sample site, with their types."""
    config, _ = load_config(REPOSITORY)
    assert config is not None
    types, _ = load_types(sorted(builtin_types()), {})
    found = []
    for file in sorted((REPOSITORY / "content/bulletins").rglob("[!_]*.yaml")):
        path = file.relative_to(REPOSITORY / "content").as_posix()
        read = bulletin(path, config.options(), types, file.read_bytes())
        assert read.bulletin is not None, read.problems
        found.append((read.bulletin, types[read.bulletin.type]))
    return tuple(found)


def places(found: Bulletin, declared: BulletinType) -> Iterator[Place]:
    """The typed figures that either side of a comparison for equality names, in checks of the whole bulletin."""
    for check in declared.checks:
        both = None if check.table else sides(check.that)
        for side in both or ():
            other = frozenset(line for each in both or () for line, _ in _cells(found, declared, each.cells))
            for line, column in _cells(found, declared, side.cells):
                yield Place(found.document.path, line, column, other)


def _cells(
    found: Bulletin, declared: BulletinType, named: tuple[tuple[str, str], ...]
) -> Iterator[tuple[int, int]]:
    for table, name in named:
        field = declared.field(table or name)
        if field is None:
            continue
        if field.value:
            yield from _cells(found, declared, cells(field.value))
        elif table:
            column = next((each for each in field.fields if each.name == name and _is_figure(each)), None)
            for row in found.tables.get(table, ()) if column else ():
                if name in row.cells:
                    yield row.cells[name].line, row.cells[name].column
        elif name in found.cells and _is_figure(field):
            yield found.cells[name].line, found.cells[name].column


def _is_figure(field: Declared) -> bool:
    return not field.value and field.kind in KINDS and KINDS[field.kind].numeric


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sample site's data alone; what it links to is not there."""
    made = make_site(tmp_path_factory.mktemp("samples"), {}, f"{SITE}checks: {{links: off, images: off}}\n")
    shutil.copytree(REPOSITORY / "content/bulletins", made.root / "content/bulletins")
    assert made.build(AS_OF).good
    return made


def test_every_type_with_figures_has_such_cells() -> None:
    checked = {found.type for found, declared in samples() if any(places(found, declared))}
    assert {"notices", "appraisals"} <= checked


@how(max_examples=60)
@given(data=st.data())
def test_one_cell_changed_is_told(site: Site, data: st.DataObject) -> None:
    found, declared = data.draw(st.sampled_from([each for each in samples() if any(places(*each))]))
    place = data.draw(st.sampled_from(sorted(set(places(found, declared)), key=str)))
    step = data.draw(st.sampled_from([1, 2, -1, 7, 100, 1000]))
    file = site.root / "content" / place.path
    before = file.read_bytes()
    lines = before.decode().split("\n")
    text = lines[place.line - 1]
    match = _FIGURE.match(text, place.column - 1)
    assert match is not None, text
    changed = int(match[0].replace(",", "")) + step
    lines[place.line - 1] = f"{text[: match.start()]}{changed}{text[match.end() :]}"
    file.write_text("\n".join(lines), encoding="utf-8")
    try:
        report = site.build(AS_OF)
    finally:
        file.write_bytes(before)
    told = [each for each in report.problems if each.severity == "error"]
    assert not report.good
    assert any(_names(each, place) for each in told), [message(each, "zh") for each in told]


def _names(found: Problem, place: Place) -> bool:
    """Whether a problem names the cell, or the sum that it is part of: in its own file, or in the next period's."""
    if found.path != f"content/{place.path}":
        return found.code == "sum-differs" and Path(found.path).parent == Path("content", place.path).parent
    return found.line == place.line or (
        found.code == "sum-differs" and found.line in place.sums and str(place.line) in message(found, "zh")
    )
