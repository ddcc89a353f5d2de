"""Chart view: a chart as data, before anything is drawn."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from softsite.records import Record


class Series(Record, frozen=True):
    """Figures of one kind, one for each label: decimal numbers as text, `""` where there is none."""

    name: str
    values: tuple[str, ...]


class ChartView(Record, frozen=True):
    """A chart; its `title` and `description` are for those who cannot see it.

    `kind` is `bars` (a bar a label), `line` (points over time), `share` (parts of a
    whole, the first series) or `spark` (a small line without words). `unit` holds for
    all values. `id` is unique on a page; what needs an id in the chart has `s-` and this
    before its own.
    """

    kind: str
    title: str
    description: str
    unit: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    id: str


MANY = 12  # figures that a description names one by one
NONE = "无数据"


def described(kind: str, labels: Sequence[str], unit: str, series: Sequence[Series]) -> str:
    """A chart in words: all figures where they are few, else of each series the largest and the smallest.

    Of points over time also the first and the last.
    """
    few = len(labels) * len(series) <= MANY
    said = (
        (f"{each.name}：" if len(series) > 1 else "")
        + "，".join(_all(labels, unit, each) if few else _ends(kind, labels, unit, each))
        for each in series
    )
    return "；".join(said) + "。"


def _all(labels: Sequence[str], unit: str, series: Series) -> Iterator[str]:
    return (_figure(label, value, unit) for label, value in zip(labels, series.values, strict=True))


def _ends(kind: str, labels: Sequence[str], unit: str, series: Series) -> Iterator[str]:
    """共 30 项，最大的是甲 9项，最小的是乙 1项，2 项无数据."""
    given = [(Decimal(value), n) for n, value in enumerate(series.values) if value]
    yield f"共 {len(labels)} 项"
    if given:
        named = {"最大的是": max(given, key=lambda pair: pair[0])[1], "最小的是": min(given)[1]}
        if kind == "line":
            named |= {"最早的是": given[0][1], "最近的是": given[-1][1]}
        for words, n in named.items():
            yield words + _figure(labels[n], series.values[n], unit)
    if len(given) < len(labels):
        yield f"{len(labels) - len(given)} 项{NONE}"


def _figure(label: str, value: str, unit: str) -> str:
    return f"{label} {Decimal(value):,f}{unit}" if value else f"{label} {NONE}"
