"""Open data: the figures of bulletins as CSV and JSON, exact, with their units; only what readers may see."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from softsite.config import SiteConfig
from softsite.model.shown import Shown
from softsite.model.site import Site
from softsite.plan.outputs import Planned
from softsite.plan.views import Download
from softsite.read.declared import BulletinType, Declared
from softsite.read.kinds import NAMING, digits, exported, unit
from softsite.records import Record, replaced
from softsite.text.links import BULLETINS, address_of, href

CSV = "data.csv"
JSON = "data.json"
ALL = "data"  # the name of a type's own files

Href = Callable[[str], str]


class CsvView(Record, frozen=True):
    """A table; its first row is its head."""

    rows: tuple[tuple[str, ...], ...]


class JsonView(Record, frozen=True):
    """A value of JSON; figures are exact."""

    data: dict[str, Any]


def opendata(site: Site) -> Iterator[Planned]:
    """The data files of every visible bulletin, and of each type over all periods."""
    for slug, series in site.bulletins.items():
        for each in series:
            yield from _files(site.config, each)
        folder = f"{BULLETINS}{slug}/{ALL}"
        yield Planned(f"{folder}.csv", CSV, CsvView(tuple(_periods(site.config, series))), {}, "")
        yield Planned(f"{folder}.json", JSON, JsonView(_series(site.config, series)), {}, "")


def downloads(found: Shown, link: Href) -> tuple[Download, ...]:
    """The data files of a bulletin as links."""
    stem = _stem(found)
    tables = (
        Download(table.label, link(f"{stem}-{table.name}.csv"), "CSV")
        for table in found.type.tables
        if found.rows[table.name]
    )
    return (
        Download("主要数据", link(f"{stem}.csv"), "CSV"),
        *tables,
        Download("全部数据", link(f"{stem}.json"), "JSON"),
    )


def series_downloads(declared: BulletinType, link: Href) -> tuple[Download, ...]:
    """The data files of a type as links."""
    stem = f"{BULLETINS}{declared.slug}/{ALL}"
    return Download(declared.whole, link(f"{stem}.csv"), "CSV"), Download(
        declared.whole, link(f"{stem}.json"), "JSON"
    )


def _stem(found: Shown) -> str:
    return address_of(found.path).removesuffix(".html")


def _files(config: SiteConfig, found: Shown) -> Iterator[Planned]:
    stem = _stem(found)
    yield Planned(f"{stem}.csv", CSV, CsvView(tuple(_values(config, found))), {}, found.path)
    for table in found.type.tables:
        if rows := found.rows[table.name]:
            view = CsvView(tuple(_table(config, table, rows)))
            yield Planned(f"{stem}-{table.name}.csv", CSV, view, {}, found.path)
    yield Planned(f"{stem}.json", JSON, JsonView(_whole(config, found)), {}, found.path)


# CSV


def _single(declared: BulletinType) -> Iterable[Declared]:
    """The fields that hold one value."""
    return (each for each in declared.fields if each.kind not in ("table", "prose"))


def _values(config: SiteConfig, found: Shown) -> Iterator[tuple[str, ...]]:
    yield "项目", "数值", "单位"
    yield "标题", _guarded(found.title), ""
    for each in _single(found.type):
        yield each.label, _text(config, each, found.values.get(each.name)), unit(each)


def _table(
    config: SiteConfig, table: Declared, rows: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[str, ...]]:
    yield tuple(map(_head, table.fields))
    for row in rows:
        yield tuple(_text(config, column, row.get(column.name)) for column in table.fields)


def _periods(config: SiteConfig, series: Sequence[Shown]) -> Iterator[tuple[str, ...]]:
    named = list(_single(series[0].type))
    yield "标题", "发布日期", *map(_head, named)
    for each in series:
        date = each.bulletin.document.date
        day = date.day if date else ""
        yield (
            _guarded(each.title),
            day,
            *(_text(config, field, each.values.get(field.name)) for field in named),
        )


def _head(declared: Declared) -> str:
    return f"{declared.label}（{unit(declared)}）" if unit(declared) else declared.label


def _text(config: SiteConfig, declared: Declared, value: Any) -> str:
    """A value as a cell of CSV."""
    found = _handed_on(config, declared, value)
    if found is None:
        return ""
    if isinstance(found, bool):
        return "是" if found else "否"
    if isinstance(found, str):
        return _guarded(found)
    return _guarded("；".join(map(str, found))) if isinstance(found, list) else digits(found)


def _guarded(text: str) -> str:
    """A text that a spreadsheet does not take for a formula (OWASP: CSV injection)."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


# JSON


def _whole(config: SiteConfig, found: Shown) -> dict[str, Any]:
    """A bulletin with all its data and what their names mean."""
    document = found.bulletin.document
    assert document.date is not None
    return {
        "type": found.type.slug,
        "name": found.type.name,
        "title": found.title,
        "url": config.origin + href(config.base, address_of(found.path)),
        "date": document.date.iso,
        "source": document.source or config.name,
        "data": _data(config, found),
        "fields": {each.name: _meaning(each) for each in found.type.fields if each.kind != "prose"},
    }


def _series(config: SiteConfig, series: Sequence[Shown]) -> dict[str, Any]:
    """All bulletins of a type, the newest first."""
    declared = series[0].type
    items = [
        {key: value for key, value in _whole(config, each).items() if key not in ("type", "name", "fields")}
        for each in series
    ]
    meanings = {each.name: _meaning(each) for each in declared.fields if each.kind != "prose"}
    return {"type": declared.slug, "name": declared.name, "items": items, "fields": meanings}


def _data(config: SiteConfig, found: Shown) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for each in found.type.fields:
        if each.kind == "table":
            made[each.name] = [
                {column.name: _handed_on(config, column, row.get(column.name)) for column in each.fields}
                for row in found.rows[each.name]
            ]
        elif each.kind != "prose":
            made[each.name] = _handed_on(config, each, found.values.get(each.name))
    return made


def _handed_on(config: SiteConfig, declared: Declared, value: Any) -> Any:
    """A value for others; what names a page or file is its full address."""
    if isinstance(value, list):
        return [_handed_on(config, replaced(declared, kind=declared.items), each) for each in value]
    if declared.kind in NAMING and value is not None:
        return config.origin + href(config.base, address_of(value))
    return exported(declared, value)


def _meaning(declared: Declared) -> dict[str, Any]:
    """What a name of the data means: its label, and its unit or columns."""
    made: dict[str, Any] = {"label": declared.label}
    if unit(declared):
        made["unit"] = unit(declared)
    if declared.kind == "table":
        made["columns"] = {each.name: _meaning(each) for each in declared.fields}
    return made
