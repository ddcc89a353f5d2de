"""Open data: the figures of bulletins as CSV and JSON, exact, with their units; only what readers may see."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from html import escape
from typing import Any

from softsite.config import SiteConfig
from softsite.model.shown import Shown
from softsite.model.site import Site
from softsite.plan.outputs import Planned
from softsite.plan.views import Download
from softsite.read.declared import BulletinType, Declared
from softsite.read.kinds import NAMING, digits, exported, unit
from softsite.records import Record, replaced
from softsite.text.citations import cited_by
from softsite.text.links import BULLETINS, address_of, href
from softsite.text.slots import parted

CSV = "data.csv"
JSON = "data.json"
ALL = "data"  # the name of a type's own files
_NUMBER = re.compile(r"[+-]?[0-9][0-9,]*(?:\.[0-9]+)?%?")

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
            yield from _files(site, each)
        folder = f"{BULLETINS}{slug}/{ALL}"
        yield Planned(f"{folder}.csv", CSV, CsvView(tuple(_periods(site.config, series))), {}, "")
        yield Planned(f"{folder}.json", JSON, JsonView(_series(site, series)), {}, "")


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


def _files(site: Site, found: Shown) -> Iterator[Planned]:
    config, stem = site.config, _stem(found)
    yield Planned(f"{stem}.csv", CSV, CsvView(tuple(_values(config, found))), {}, found.path)
    for table in found.type.tables:
        if rows := found.rows[table.name]:
            view = CsvView(tuple(_table(config, table, rows)))
            yield Planned(f"{stem}-{table.name}.csv", CSV, view, {}, found.path)
    yield Planned(f"{stem}.json", JSON, JsonView(_whole(site, found)), {}, found.path)


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
    """A text that a spreadsheet does not take for a formula (OWASP: CSV injection); a plain number is none."""
    risky = text.startswith(("=", "+", "-", "@", "\t", "\r")) and not _NUMBER.fullmatch(text)
    return f"'{text}" if risky else text


# JSON


def _whole(site: Site, found: Shown) -> dict[str, Any]:
    """A bulletin with all its data and what their names mean."""
    config, document = site.config, found.bulletin.document
    assert document.date is not None
    return {
        "type": found.type.slug,
        "name": found.type.name,
        "title": found.title,
        "url": config.origin + href(config.base, address_of(found.path)),
        "date": document.date.iso,
        "source": document.source or config.name,
        "corrections": [{"date": each.date.iso, "note": each.note} for each in document.correction],
        "data": _data(site, found),
        "fields": {each.name: _meaning(each) for each in found.type.fields},
    }


def _series(site: Site, series: Sequence[Shown]) -> dict[str, Any]:
    """All bulletins of a type, the newest first."""
    declared = series[0].type
    items = [
        {key: value for key, value in _whole(site, each).items() if key not in ("type", "name", "fields")}
        for each in series
    ]
    meanings = {each.name: _meaning(each) for each in declared.fields}
    return {"type": declared.slug, "name": declared.name, "items": items, "fields": meanings}


def _data(site: Site, found: Shown) -> dict[str, Any]:
    config = site.config
    made: dict[str, Any] = {}
    for each in found.type.fields:
        if each.kind == "table":
            made[each.name] = [
                {column.name: _handed_on(config, column, row.get(column.name)) for column in each.fields}
                for row in found.rows[each.name]
            ]
        elif each.kind == "prose":
            html = found.values.get(each.name)
            made[each.name] = _told(site, found, html) if html else None
        else:
            made[each.name] = _handed_on(config, each, found.values.get(each.name))
    return made


def _told(site: Site, found: Shown, html: str) -> str:
    """A long text as HTML that stands for itself: figures in their places, bulletins that it shows as links."""
    from softsite.text.markup import absolute  # loads the sanitiser

    parts = parted(html)
    parts[1::2] = map(partial(_filled, site), parts[1::2])
    page = href(site.config.base, address_of(found.path))
    return absolute("".join(parts), site.config.origin + page, site.config.origin)


def _filled(site: Site, slot: str) -> str:
    """What stands for a slot: a figure, or the bulletin's title with its address."""
    name, field = cited_by(slot)
    cited = site.bulletin(BULLETINS + name)
    if cited is None:
        return ""
    if not field:
        return f'<a href="{href(site.config.base, address_of(cited.path))}">{escape(cited.title)}</a>'
    declared = cited.type.cited(field)
    return escape(cited.text(declared)) if declared else ""


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
    if declared.kind == "prose":
        made["format"] = "html"
    if unit(declared):
        made["unit"] = unit(declared)
    if declared.kind == "table":
        made["columns"] = {each.name: _meaning(each) for each in declared.fields}
    return made
