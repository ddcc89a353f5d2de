"""Bulletins: what readers get of data: pages with figures, tables and charts, the overview, the cards in articles."""

import posixpath
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from softsite.model.shown import Shown
from softsite.model.site import Site
from softsite.plan import views
from softsite.plan.chartview import ChartView, Series
from softsite.plan.opendata import downloads, series_downloads
from softsite.plan.outputs import BODY, JSON_BODY, XML_BODY, Part
from softsite.read.declared import BulletinType, Chart, Declared
from softsite.read.kinds import EMPTY, KINDS, NAMING, change, digits, in_unit, shown, unit
from softsite.records import digest, replaced
from softsite.text.blocks import EMBED, FIGURE
from softsite.text.links import BULLETINS, Reference, address_of

CARD_FIGURES = 3
MOST_POINTS = 120  # of a trend that shows every period
MANY = 12  # labels that the description of a chart names
PLACES = Decimal("0.1")  # of a change in percent

Href = Callable[[str], str]
Titles = Mapping[str, str]


class Bulletins:
    """Makes the views of all bulletins of one site. `titles` are those of visible pages by their file."""

    def __init__(self, site: Site, href: Href, titles: Titles, templates: Iterable[str]) -> None:
        self.site = site
        self.href = href
        self.titles = titles
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
            return {"total": 0, "table": None, "trends": (), "downloads": ()}
        return {
            "total": len(series),
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
            found = self.site.bulletin(reference.target) if reference.kind == EMBED else None
            if found is None:
                continue
            if not reference.fragment:
                chart = next(iter(self._charts(found)), None)
                yield slot_of(reference), Part("parts/embed.html", self._card(found, chart))
            elif (declared := found.type.cited(reference.fragment)) is not None:
                value = shown(declared, found.values.get(declared.name))
                yield (
                    slot_of(reference),
                    Part("parts/figure.html", views.CitedFigure(value, self._address(found))),
                )

    def _body(self, found: Shown) -> views.BulletinBody:
        return views.BulletinBody(
            type=found.type.slug,
            figures=tuple(self._figures(found)),
            facts=tuple(self._facts(found)),
            charts=tuple(self._charts(found)),
            tables=tuple(self._tables(found)),
            passages=tuple(_passages(found)),
            compared=_compared(found),
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
                said, direction = _change(each, found)
                yield views.Figure(each.label, found.text(each), unit(each), said, direction)

    def _facts(self, found: Shown) -> Iterator[views.Fact]:
        for each in found.type.fields:
            value = found.values.get(each.name)
            if each.key or each.kind in ("table", "prose") or value is None:
                continue
            said = self._cell(each, value)
            yield views.Fact(each.label, said.text + (unit(each) if _is_numeric(each) else ""), said.links)

    def _tables(self, found: Shown) -> Iterator[views.Table]:
        for table in found.type.tables:
            rows = found.rows[table.name]
            if rows:
                cells = tuple(
                    tuple(self._cell(column, row.get(column.name)) for column in table.fields) for row in rows
                )
                yield views.Table(
                    f"s-{table.name}",
                    table.label,
                    tuple(map(_head, table.fields)),
                    cells,
                    () if table.name in found.partial else _totals(table, rows),
                )

    def _cell(self, column: Declared, value: Any) -> views.TableCell:
        if column.each_kind not in NAMING or value is None:
            return views.TableCell(shown(column, value))
        links = tuple(self._link(path) for path in _several(value))
        return views.TableCell("、".join(link.name for link in links), links)

    def _link(self, path: str) -> views.Link:
        """A link to a page by its title, or to a file by its name."""
        return views.Link(self.titles.get(path) or posixpath.basename(path), self.href(address_of(path)))

    def _charts(self, found: Shown) -> Iterator[ChartView]:
        for number, chart in enumerate(found.type.charts):
            made = _chart(found, chart, number)
            if made is not None:
                yield made

    # All periods

    def _periods(self, series: Sequence[Shown]) -> views.Table:
        declared = series[0].type
        named = [each for name in declared.list if (each := declared.field(name)) and name != declared.period]
        first = declared.field(declared.period)
        heads = (
            views.TableHead(first.label if first else "标题", "", False), *map(_head, named),
            views.TableHead("发布日期", "", False),
        )  # fmt: skip
        rows = tuple(
            (
                self._name(each),
                *(self._cell(field, each.values.get(field.name)) for field in named),
                views.TableCell(_day(each)),
            )
            for each in series
        )
        return views.Table("s-periods", f"{declared.name}各期数据", heads, rows)

    def _trends(self, series: Sequence[Shown]) -> Iterator[ChartView]:
        declared = series[0].type
        for number, name in enumerate(declared.trend):
            field = declared.field(name)
            made = _trend(series, field, "line", f"{declared.slug}-trend-{number}") if field else None
            if made is not None:
                yield made

    def _spark(self, series: Sequence[Shown]) -> ChartView | None:
        declared = series[0].type
        field = declared.field(declared.trend[0]) if declared.trend else None
        return _trend(series, field, "spark", f"{declared.slug}-spark") if field else None

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


def slot_of(reference: Reference) -> str:
    """The slot that an article leaves where it shows a bulletin or cites one of its figures."""
    name = reference.target.removeprefix(BULLETINS)
    return f"{FIGURE}:{name}.{reference.fragment}" if reference.fragment else f"{EMBED}:{name}"


def slots_of(references: Iterable[Reference]) -> dict[str, str]:
    """The slots that are inside an article's body."""
    return {name: name for each in references if each.kind == EMBED for name in (slot_of(each),)}


def _is_numeric(declared: Declared) -> bool:
    """Whether a field holds figures."""
    return declared.kind in KINDS and KINDS[declared.kind].numeric


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
    return views.TableHead(declared.label, unit(declared), _is_numeric(declared))


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


# Comparison with the period before


def _change(declared: Declared, found: Shown) -> tuple[str, str]:
    """How a figure compares with the one before, in words, and its direction."""
    before = found.previous
    if before is None or before.values.get(declared.name) is None:
        return "", ""
    said, direction = _difference(declared, found.values[declared.name], before.values[declared.name])
    return (
        f"与{_period_name(before)}持平" if direction == "same" else f"比{_period_name(before)}{said}"
    ), direction


def _difference(declared: Declared, now: Any, before: Any) -> tuple[str, str]:
    """增加3人，增长13.6%."""
    step = _step(declared, now, before)
    if not step:
        return "持平", "same"
    direction = "up" if step > 0 else "down"
    size = digits(abs(step), ",")
    if declared.kind == "percent":
        return f"{'上升' if step > 0 else '下降'}{size}个百分点", direction
    said = f"{'增加' if step > 0 else '减少'}{size}{unit(declared)}"
    percent = change(now, before)
    if percent is None:
        return said, direction
    return f"{said}，{'增长' if step > 0 else '下降'}{_percent(abs(percent))}%", direction


def _step(declared: Declared, now: Any, before: Any) -> Decimal:
    """By how much a figure differs from the one before, as both are shown."""
    step = (Decimal(in_unit(declared, now)) - Decimal(in_unit(declared, before))).normalize()
    return step.quantize(Decimal(1)) if step == step.to_integral_value() else step


def _percent(change_in_percent: Decimal) -> str:
    return digits(change_in_percent.quantize(PLACES, ROUND_HALF_UP), ",")


def _compared(found: Shown) -> views.Table | None:
    """All figures beside those of the period before."""
    before = found.previous
    if before is None:
        return None
    rows = tuple(
        tuple(map(views.TableCell, _row(each, found.values[each.name], before.values[each.name])))
        for each in found.type.fields
        if _is_numeric(each)
        and found.values.get(each.name) is not None
        and before.values.get(each.name) is not None
    )
    heads = (
        views.TableHead("项目", "", False), views.TableHead(_period_name(found), "", True),
        views.TableHead(_period_name(before), "", True), views.TableHead("增减", "", True), views.TableHead("增幅", "%", True),
    )  # fmt: skip
    return views.Table("s-compared", "与上期比较", heads, rows) if rows else None


def _row(declared: Declared, now: Any, before: Any) -> tuple[str, ...]:
    """A figure, the one before, and how they differ; a percentage by points alone."""
    step, percent = _step(declared, now, before), change(now, before)
    signed = ("+" if step > 0 else "") + digits(step, ",")
    rise = (
        EMPTY
        if declared.kind == "percent" or percent is None
        else ("+" if percent > 0 else "") + _percent(percent)
    )
    named = f"{declared.label}（{unit(declared)}）" if unit(declared) else declared.label
    return (
        named,
        shown(declared, now),
        shown(declared, before),
        signed.replace("-", "−"),
        rise.replace("-", "−"),
    )


def _period_name(found: Shown) -> str:
    """What a bulletin is called among those of its type: its period, or its title."""
    return str(found.period) if found.period else f"“{found.title}”"


def _day(found: Shown) -> str:
    date = found.bulletin.document.date
    return date.day if date is not None else EMPTY


# Charts


def _chart(found: Shown, chart: Chart, number: int) -> ChartView | None:
    """A chart of a table's columns, or of how many rows have each label; None where the table is empty."""
    table = found.type.field(chart.table)
    rows = found.rows.get(chart.table, ())
    if table is None or not rows:
        return None
    columns = {each.name: each for each in table.fields}
    title = chart.title
    if chart.most and len(rows) > chart.most:
        title = f"{chart.title}（最多的 {chart.most} 个）"
        rows = sorted(rows, key=lambda row: row.get(chart.values[0]) or 0, reverse=True)[: chart.most]
    names = [shown(columns[chart.label], row.get(chart.label)) for row in rows]
    if chart.values:
        labels, measure = tuple(names), unit(columns[chart.values[0]])
        series = tuple(
            Series(columns[name].label, tuple(_number(columns[name], row.get(name)) for row in rows))
            for name in chart.values
        )
    else:
        counted = Counter(names)
        labels, measure = tuple(counted), ""
        series = (Series(table.label, tuple(map(str, counted.values()))),)
    described = "；".join(
        f"{label} {value}{measure}"
        for label, value in list(zip(labels, series[0].values, strict=True))[:MANY]
    )
    name = digest(found.path.encode()).hex()[:8]
    said = f"{found.title}，{title}：{described}。"
    return ChartView(chart.kind, title, said, measure, labels, series, f"{name}-{number}")


def _trend(series: Sequence[Shown], field: Declared, kind: str, name: str) -> ChartView | None:
    """A figure over all periods; None before there are two."""
    points = [each for each in reversed(series) if each.values.get(field.name) is not None]
    if len(points) < 2:
        return None
    held = {_label(each): _number(field, each.values[field.name]) for each in points}
    labels = tuple(_labels(points))
    values = tuple(held.get(label, "") for label in labels)
    first, last = points[0], points[-1]
    described = f"{field.label}：{_period_name(first)} {first.text(field)}{unit(field)}，{_period_name(last)} {last.text(field)}{unit(field)}。"
    return ChartView(kind, field.label, described, unit(field), labels, (Series(field.label, values),), name)


def _label(found: Shown) -> str:
    return found.period.name if found.period else _day(found)


def _labels(points: Sequence[Shown]) -> Iterator[str]:
    """The periods from the first to the last, also those without a bulletin: a gap in time is a gap in the line."""
    first, last = points[0].period, points[-1].period
    if first is None or last is None or (last.year - first.year) * 12 > MOST_POINTS:
        yield from map(_label, points)
        return
    while first <= last:
        yield first.name
        first = first.next


def _number(declared: Declared, value: Any) -> str:
    return "" if value is None else digits(in_unit(declared, value))
