"""Bulletins: what readers get of data: pages with figures, tables and charts, the overview, the cards in articles."""

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from softsite.model.shown import Shown
from softsite.model.site import Site
from softsite.plan import comparison, views
from softsite.plan.charts import chart_of, trend
from softsite.plan.chartview import ChartView
from softsite.plan.opendata import downloads, series_downloads
from softsite.plan.outputs import BODY, JSON_BODY, XML_BODY, Part
from softsite.read.declared import BulletinType, Declared
from softsite.read.kinds import NAMING, is_numeric, shown, unit
from softsite.records import replaced
from softsite.text.citations import CITING, FIGURE, SHOWN, slot_of
from softsite.text.links import BULLETINS, Reference, address_of

CARD_FIGURES = 3
KEPT = ("date", "document_number")  # kinds whose values are read at one glance

Href = Callable[[str], str]
Titles = Mapping[str, str]


class Bulletins:
    """Makes the views of all bulletins of one site. `titles` are those of visible pages by their file."""

    def __init__(self, site: Site, href: Href, titles: Titles, templates: Iterable[str]) -> None:
        self.site = site
        self.href = href
        self.titles = {address_of(path): title for path, title in titles.items()}
        self.templates = frozenset(templates)
        self.columns = {column.path: column for column in site.config.all_columns()}

    def parts(self, references: Iterable[Reference]) -> dict[str, Part]:
        """The pieces that show bulletins: their bodies, and what these references of articles name."""
        made: dict[str, Part] = {}
        for each in (each for series in self.site.bulletins.values() for each in series):
            body = self._body(each)
            made[f"{BODY}:{each.path}"] = Part(self._template(each.type), body)
            in_feeds = Part(self._template(each.type), replaced(body, charts=()))  # feeds hold no SVG
            made |= {f"{XML_BODY}:{each.path}": in_feeds, f"{JSON_BODY}:{each.path}": in_feeds}
        return made | dict(self._cited(references))

    def cards(self) -> tuple[views.Card, ...]:
        """The newest bulletin of each type, in short."""
        return tuple(self._card(series[0], self._spark(series)) for series in self.site.bulletins.values())

    def type_page(self, slug: str) -> dict[str, Any]:
        """What the page of a type shows: the table of all its periods, their trend, their data."""
        series = self.site.bulletins.get(slug, [])
        if not series:
            return {"total": 0, "counted": "", "table": None, "trends": (), "downloads": ()}
        return {
            "total": len(series),
            "counted": series[0].type.counted,
            "table": self._periods(series),
            "trends": tuple(self._trends(series)),
            "downloads": series_downloads(series[0].type, self.href),
        }

    def backlinks(self) -> dict[str, tuple[views.Backlinks, ...]]:
        """The bulletins whose data name a page, by the page's file; only links whose type gives words for it."""
        found: dict[str, dict[str, list[views.Mention]]] = {}
        for series in self.site.bulletins.values():
            for each in series:
                for words, target in dict.fromkeys(_named(each)):
                    found.setdefault(target, {}).setdefault(words, []).append(self._mention(each))
        return {
            target: tuple(views.Backlinks(words, tuple(items)) for words, items in by_words.items())
            for target, by_words in found.items()
        }

    # Pieces

    def _template(self, declared: BulletinType) -> str:
        """A theme may draw a type in its own way."""
        own = f"bulletin/{declared.slug}.html"
        return own if own in self.templates else "parts/bulletin.html"

    def _cited(self, references: Iterable[Reference]) -> Iterator[tuple[str, Part]]:
        for reference in references:
            found = self.site.bulletin(reference.target) if reference.kind in CITING else None
            if found is None:
                continue
            if reference.kind == SHOWN:
                chart = next(iter(self._charts(found)), None)
                if chart is not None:
                    chart = replaced(chart, id=f"{chart.id}-shown{reference.fragment}")
                yield slot_of(reference), Part("parts/embed.html", self._card(found, chart))
            elif (declared := found.type.cited(reference.fragment)) is not None:
                value = shown(declared, found.values.get(declared.name))
                address = self._address(found) if reference.kind == FIGURE else ""
                yield slot_of(reference), Part("parts/figure.html", views.CitedFigure(value, address))

    def _body(self, found: Shown) -> views.BulletinBody:
        return views.BulletinBody(
            type=found.type.slug,
            figures=tuple(self._figures(found)),
            facts=tuple(self._facts(found)),
            charts=tuple(self._charts(found)),
            tables=tuple(self._tables(found)),
            passages=tuple(_passages(found)),
            compared=comparison.table(found),
            downloads=downloads(found, self.href),
        )

    def _card(self, found: Shown, chart: ChartView | None) -> views.Card:
        date = found.bulletin.document.date
        assert date is not None
        column = self.columns[f"{BULLETINS}{found.type.slug}"]
        kind = views.Link(column.name, self.href(f"{column.path}/index.html"))
        figures = tuple(self._figures(found))[:CARD_FIGURES]
        return views.Card(kind, found.title, self._address(found), date.shown, date.iso, figures, chart)

    def _figures(self, found: Shown) -> Iterator[views.Figure]:
        for each in found.type.fields:
            if each.key and found.values.get(each.name) is not None:
                said, direction = comparison.told(each, found)
                yield views.Figure(each.label, found.text(each), unit(each), said, direction)

    def _facts(self, found: Shown) -> Iterator[views.Fact]:
        for each in found.type.fields:
            value = found.values.get(each.name)
            if each.key or each.kind in ("table", "prose") or value is None:
                continue
            said = self._cell(each, value)
            yield views.Fact(each.label, said.text + (unit(each) if is_numeric(each) else ""), said.links)

    def _tables(self, found: Shown) -> Iterator[views.Table]:
        for table in found.type.tables:
            rows = found.rows[table.name]
            if rows:
                cells = tuple(
                    tuple(self._cell(column, row.get(column.name)) for column in table.fields) for row in rows
                )
                yield views.Table(
                    f"s-table-{table.name}",
                    table.label,
                    tuple(map(_head, table.fields)),
                    cells,
                    () if table.name in found.partial else _totals(table, rows),
                )

    def _cell(self, column: Declared, value: Any) -> views.TableCell:
        if column.each_kind not in NAMING or value is None:
            return views.TableCell(shown(column, value))
        links = tuple(self._link(column, path) for path in _several(value))
        return views.TableCell("、".join(link.name for link in links), links)

    def _link(self, declared: Declared, path: str) -> views.Link:
        """A link to a page by its title, if it has one (withdrawn, a list), else by the field; to a file by its name."""
        name = posixpath.basename(path) if declared.each_kind == "attachment" else declared.label
        return views.Link(self.titles.get(address_of(path)) or name, self.href(address_of(path)))

    def _charts(self, found: Shown) -> Iterator[ChartView]:
        for number, chart in enumerate(found.type.charts):
            made = chart_of(found, chart, number)
            if made is not None:
                yield made

    # All periods

    def _periods(self, series: Sequence[Shown]) -> views.Table:
        declared = series[0].type
        named = [each for name in declared.list if (each := declared.field(name)) and name != declared.period]
        first = declared.field(declared.period)
        heads = (
            views.TableHead(first.label if first else "标题", "", False), *map(_head, named),
            views.TableHead("发布日期", "", False, True),
        )  # fmt: skip
        rows = tuple(
            (
                self._name(each),
                *(self._cell(field, each.values.get(field.name)) for field in named),
                views.TableCell(each.day),
            )
            for each in series
        )
        return views.Table("s-periods", f"{declared.name}{declared.whole}", heads, rows)

    def _trends(self, series: Sequence[Shown]) -> Iterator[ChartView]:
        declared = series[0].type
        for number, name in enumerate(declared.trend):
            field = declared.field(name)
            made = trend(series, field, "line", f"{declared.slug}-trend-{number}") if field else None
            if made is not None:
                yield made

    def _spark(self, series: Sequence[Shown]) -> ChartView | None:
        declared = series[0].type
        field = declared.field(declared.trend[0]) if declared.trend else None
        return trend(series, field, "spark", f"{declared.slug}-spark") if field else None

    def _name(self, found: Shown) -> views.TableCell:
        """What a bulletin is called among those of its type, as a link."""
        said = str(found.period or found.title)
        return views.TableCell(said, (views.Link(said, self._address(found)),))

    def _address(self, found: Shown) -> str:
        return self.href(address_of(found.path))

    def _mention(self, found: Shown) -> views.Mention:
        date = found.bulletin.document.date
        assert date is not None
        return views.Mention(found.title, self._address(found), date.shown, date.iso)


def slots_of(references: Iterable[Reference]) -> dict[str, str]:
    """The slots that are inside an article's body."""
    return {name: name for each in references if each.kind in CITING for name in (slot_of(each),)}


def _named(found: Shown) -> Iterator[tuple[str, str]]:
    """The pages that a bulletin's data name, each with the words by which they link back."""
    for each in found.type.fields:
        held = [(each, found.values.get(each.name))]
        held += [
            (column, row.get(column.name)) for row in found.rows.get(each.name, ()) for column in each.fields
        ]
        yield from ((field.back, path) for field, value in held if field.back for path in _several(value))


def _several(value: Any) -> Sequence[str]:
    """The paths that a link or a list of links names; none where nothing is given."""
    return value if isinstance(value, list) else [value] if value else []


def _passages(found: Shown) -> Iterator[views.Passage]:
    for each in found.type.fields:
        if each.kind == "prose" and found.values.get(each.name):
            yield views.Passage(each.label, found.values[each.name])


def _head(declared: Declared) -> views.TableHead:
    return views.TableHead(declared.label, unit(declared), is_numeric(declared), declared.kind in KEPT)


def _totals(table: Declared, rows: Sequence[Mapping[str, Any]]) -> tuple[views.TableCell, ...]:
    """The foot of a table: the sums of the columns that its declaration names."""
    if not table.total:
        return ()
    sums = {name: sum(row[name] for row in rows if row.get(name) is not None) for name in table.total}
    first = "" if table.fields[0].name in sums else "合计"
    cells = [
        views.TableCell(shown(column, sums[column.name]) if column.name in sums else "")
        for column in table.fields
    ]
    return (views.TableCell(first or cells[0].text), *cells[1:])
