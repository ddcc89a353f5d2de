"""Declared: what a bulletin type says of itself; one declaration drives reading, pages, data files and schemas."""

from softsite.records import Record


class Declared(Record, frozen=True):
    """A field of a bulletin, or of a table's rows.

    `words` are further keys that mean it. One with a `value` (an expression) is
    derived and never typed. What is `past` has happened: its day is not to come. Of a
    table, `unique` are the columns that tell its rows apart. `line` is where the declaration says so.
    """

    name: str
    label: str
    kind: str
    words: tuple[str, ...] = ()
    unit: str = ""
    required: bool = False
    help: str = ""
    key: bool = False
    value: str = ""
    min: str = ""
    max: str = ""
    choices: tuple[str, ...] = ()
    of: str = ""
    within: str = ""
    past: bool = False
    places: int | None = None
    total: tuple[str, ...] = ()
    until: str = ""
    unique: tuple[str, ...] = ()
    back: str = ""
    items: str = "text"
    fields: tuple["Declared", ...] = ()
    line: int = 0

    @property
    def each_kind(self) -> str:
        """The kind of its value; of a list, that of each item."""
        return self.items if self.kind == "list" else self.kind


class Check(Record, frozen=True):
    """Something that has to be true of a bulletin or, with a `table`, of each of its rows; `at` is the cell to blame.

    It is asked only `when` that is true.
    """

    that: str
    says: str
    when: str = ""
    table: str = ""
    at: str = ""
    severity: str = "error"
    only: str = ""
    line: int = 0


class Chart(Record, frozen=True):
    """A picture of a table's columns: "bars", "line" or "share"; without columns, of how many rows have each label.

    `most`: of a longer table only so many rows, those with the largest figures.
    """

    kind: str
    title: str
    table: str
    label: str
    values: tuple[str, ...] = ()
    most: int = 0
    line: int = 0


class BulletinType(Record, frozen=True):
    """A type of bulletin. `slug` is its folder; `path` is the file that declares it, for messages; `title` is a formula."""

    slug: str
    path: str
    name: str
    name_en: str
    description: str
    title: Declared
    period: str
    fields: tuple[Declared, ...]
    checks: tuple[Check, ...] = ()
    charts: tuple[Chart, ...] = ()
    trend: tuple[str, ...] = ()
    list: tuple[str, ...] = ()
    order: int = 100

    @property
    def counted(self) -> str:
        """The word that counts its bulletins: 上一期, 共 7 份."""
        return "期" if self.period else "份"

    @property
    def whole(self) -> str:
        """What its data are called all together."""
        return "各期数据" if self.period else "全部数据"

    def cited(self, word: str) -> Declared | None:
        """The field that an article cites by its name or one of its words; no table and no long text."""
        named = (each for each in self.fields if each.kind not in ("table", "prose"))
        return next((each for each in named if word in (each.name, each.label, *each.words)), None)

    def field(self, name: str) -> Declared | None:
        """The field of this name."""
        return next((each for each in self.fields if each.name == name), None)

    @property
    def tables(self) -> tuple[Declared, ...]:
        """The fields that are tables."""
        return tuple(each for each in self.fields if each.kind == "table")
