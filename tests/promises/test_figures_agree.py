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
from softsite.read.kinds import KINDS, Cell
from softsite.text.expression import cells, sides
from tests.support import SITE, Site, make_site

REPOSITORY = Path(__file__).parents[2]
AS_OF = "2026-11-25 12:00"
_FIGURE = re.compile(r"-?[0-9][0-9,]*")
_LINES = re.compile(r"(?:（|；)(?:(content/\S+) 的)?[^（；]*?第 ([0-9、]+)…? 行")


class Place(NamedTuple):
    """A figure that takes part in a check: its file, line and column."""

    path: str
    line: int
    column: int


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
    """The typed figures that either side of a comparison for equality names, in this bulletin or, by `previous`, in others."""
    for check in declared.checks:
        table = declared.field(check.table)
        for side in sides(check.that) or ():
            for owner, name in side.cells:
                of = owner.removeprefix("bulletin").removeprefix("previous").strip(".")
                own = (
                    table if table and not owner and any(each.name == name for each in table.fields) else None
                )
                for cell in _cells(found, declared, own.name if own else of, name):
                    yield Place(found.document.path, cell.line, cell.column)


def _cells(found: Bulletin, declared: BulletinType, table: str, name: str) -> Iterator[Cell]:
    """The cells of a field or of a column; of what is derived those that it is made from."""
    field = declared.field(table or name)
    specs = field.fields if field and table else declared.fields
    spec = next((each for each in specs if each.name == name), None)
    if spec and spec.value:
        for owner, inner in cells(spec.value):
            here = table if table and not owner and any(each.name == inner for each in specs) else owner
            yield from _cells(found, declared, here.removeprefix("bulletin").strip("."), inner)
    elif spec and _is_figure(spec):
        held = [row.cells for row in found.tables.get(table, ())] if table else [found.cells]
        yield from (each[name] for each in held if name in each)


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
    assert checked == {"appraisals", "commitments", "notices", "quotas", "supervision"}


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
    """Whether a problem stands at the cell, or tells of a sum with the cell's line; from another file also with its own."""
    path, said = f"content/{place.path}", message(found, "zh")
    if found.path == path and found.line == place.line:
        return True
    if found.code != "sum-differs":
        return False
    lines = {
        (match[1] or found.path, int(line))
        for match in _LINES.finditer(said)
        for line in match[2].split("、")
    }
    return (path, place.line) in lines
