"""Chart view: a chart as data, before anything is drawn."""

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
