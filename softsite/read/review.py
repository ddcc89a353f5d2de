"""Review: whether the parts of a type's declaration fit together: names, kinds, what refers to what, formulas."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from softsite.read.declared import BulletinType, Chart, Check, Declared
from softsite.read.document import FRONT_MATTER
from softsite.read.findings import Findings
from softsite.read.kinds import KINDS, MONEY, PERIODS
from softsite.text.expression import CALL, OTHERS, ExpressionError, cells, formula

FUNCTIONS = frozenset(
    "sum count find rank share change max min days workdays months_after weeks_missed past today".split()
)
_GIVEN = frozenset({"bulletin", "previous", "万", "亿", *(CALL + name for name in FUNCTIONS)})
TYPED = ("prose", "choice", "document_number", "link", "attachment", "table")  # kinds of no formula
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_WORDS_OF_JINJA = frozenset("and or not in is if else none true false loop self context environment".split())
_TAKEN = frozenset({"bulletin", "previous", "result", *_WORDS_OF_JINJA, *FRONT_MATTER.by_name})


def review(made: BulletinType, findings: Findings, lines: Mapping[str, int]) -> None:
    """Notes everything that does not fit; `lines` are those of the declaration's keys."""
    _Review(made, findings, lines).all()


class _Review:
    """Looks whether the parts of a declaration fit together."""

    def __init__(self, made: BulletinType, findings: Findings, lines: Mapping[str, int]) -> None:
        self.type = made
        self.findings = findings
        self.lines = lines
        self.typed = {each.name for each in made.fields if not each.value}
        self.tables = {each.name: {column.name: column for column in each.fields} for each in made.tables}

    def all(self) -> None:
        """Notes everything that does not fit."""
        made = self.type
        self._names(made.fields)
        self._period()
        for declared in made.fields:
            self._field(declared)
            if declared.kind == "table":
                self._table(declared)
        self._derived()
        self._formula(made.title.value, made.title.line, self.typed | {each.name for each in made.fields})
        for check in made.checks:
            self._check(check)
        for chart in made.charts:
            self._chart(chart)
        self._refers("trend", made.trend, made.fields, self.lines.get("trend", 1), numeric=True)
        listed = [each for each in made.fields if each.kind not in ("table", "prose")]
        self._refers("list", made.list, listed, self.lines.get("list", 1))

    def _note(self, line: int, zh: str, en: str) -> None:
        text = self.findings.line(line)
        self.findings.add("declaration", line, len(text) - len(text.lstrip()) + 1, zh=zh, en=en)

    def _names(self, declared: tuple[Declared, ...]) -> None:
        """Names are identifiers; no word means two fields, or one of the keys that all bulletins have."""
        seen: set[str] = set()
        for each in declared:
            if not _NAME.fullmatch(each.name) or each.name.startswith(CALL):
                self._note(
                    each.line,
                    f"字段名“{each.name}”要用小写字母、数字和下划线，以字母开头",
                    f"`{each.name}` is no name: a-z, 0-9 and _",
                )
            for word in dict.fromkeys((each.name, each.label, *each.words)):
                if word in seen or word in _TAKEN:
                    self._note(
                        each.line, f"“{word}”已经有别的意思，请换一个名称", f"`{word}` has a meaning already"
                    )
                seen.add(word)

    def _period(self) -> None:
        found = self.type.field(self.type.period) if self.type.period else None
        if self.type.period and (found is None or found.kind not in PERIODS or not found.required):
            self._note(self.lines["period"], f"period 写的“{self.type.period}”要是一个必填的字段，类型为 {'、'.join(PERIODS)}",
                       "`period` names a required field that is a month, quarter or year")  # fmt: skip

    def _table(self, table: Declared) -> None:
        if not table.fields:
            self._note(
                table.line, f"表“{table.label}”没有列（fields）", f"the table `{table.name}` has no fields"
            )
        self._names(table.fields)
        known = set(self.typed) | _GIVEN
        known |= {column.name for column in table.fields if not column.value}
        for column in table.fields:
            if column.kind in ("table", "prose"):
                self._note(column.line, "表里不能再有表或长文", "a table holds no tables and no prose")
            self._field(column)
            if column.value:
                self._formula(column.value, column.line, known)
                known.add(column.name)
        self._refers("total", table.total, table.fields, table.line, numeric=True)
        self._refers("unique", table.unique, [c for c in table.fields if not c.value], table.line)
        if table.until:
            self._refers("until", (table.until,), [c for c in table.fields if c.kind == "date"], table.line)

    def _derived(self) -> None:
        """A derived field computes with what is typed and with the derived ones above it."""
        known = set(self.typed) | _GIVEN
        for declared in self.type.fields:
            if declared.value:
                self._formula(declared.value, declared.line, known)
                known.add(declared.name)

    def _field(self, declared: Declared) -> None:
        """The options of one field."""
        line = declared.line
        if declared.kind == "choice" and not declared.choices and not declared.of:
            self._note(line, f"“{declared.label}”缺少选项（choices）", f"`{declared.name}` has no choices")
        if declared.of and not self._has_column(declared.of):
            self._note(
                line, f"of 写的“{declared.of}”不是“表.列”", f"`of: {declared.of}` names no table.column"
            )
        if declared.kind == "money" and declared.unit not in MONEY:
            self._note(line, f"金额的单位要写 {'、'.join(MONEY)}", "money has the unit 元, 万元 or 亿元")
        if declared.key and not KINDS.get(declared.kind, KINDS["text"]).numeric:
            self._note(
                line, f"关键数据“{declared.label}”要是数字", f"the key figure `{declared.name}` is no number"
            )
        if declared.within:
            periods = [each for each in self.type.fields if each.kind in PERIODS]
            self._refers("within", (declared.within,), periods, line)
        if declared.past and declared.kind not in ("date", "instant"):
            self._note(
                line, f"“{declared.label}”写了 past，要是日期", f"`past` is for a date: `{declared.name}`"
            )
        for bound in filter(None, (declared.min, declared.max)):
            self._bound(declared, bound)
        if declared.value:
            self._computed(declared)

    def _computed(self, declared: Declared) -> None:
        """What is said of how a field is typed means nothing for one that is computed."""
        wrong = [f"kind: {kind}" for kind in TYPED if kind == declared.each_kind]
        wrong += [
            each
            for each in ("required", "min", "max", "choices", "of", "within", "back")
            if getattr(declared, each)
        ]
        if wrong:
            self._note(
                declared.line, f"“{declared.label}”有公式，不能写 {'、'.join(wrong)}；要检查算出来的数，写进 checks",
                f"`{declared.name}` is computed and takes no {', '.join(wrong)}; `checks` can look at what it gives",
            )  # fmt: skip

    def _bound(self, declared: Declared, bound: str) -> None:
        try:
            (date.fromisoformat if declared.kind == "date" else Decimal)(bound)
        except (ValueError, InvalidOperation):
            self._note(
                declared.line, f"“{declared.label}”的范围“{bound}”不是数字或日期", f"`{bound}` is no bound"
            )

    def _has_column(self, of: str) -> bool:
        table, _, column = of.partition(".")
        return column in self.tables.get(table, {})

    def _check(self, check: Check) -> None:
        known = {each.name for each in self.type.fields} | _GIVEN
        columns = self.tables.get(check.table, {})
        if check.table and not columns:
            self._note(check.line, f"没有“{check.table}”这张表", f"there is no table `{check.table}`")
        for written in filter(None, (check.when, check.that)):
            self._formula(written, check.line, known | set(columns))
        if check.at and check.at not in columns and self.type.field(check.at) is None:
            self._note(check.line, f"at 写的“{check.at}”没有这个字段", f"`at: {check.at}` names no field")

    def _chart(self, chart: Chart) -> None:
        table = self.type.field(chart.table)
        if table is None or table.kind != "table":
            self._note(chart.line, f"没有“{chart.table}”这张表", f"there is no table `{chart.table}`")
            return
        self._refers("label", (chart.label,), table.fields, chart.line)
        if chart.most and not chart.values:
            self._note(chart.line, "写了 most，也要写 values", "`most` needs `values`")
        self._refers("values", chart.values, table.fields, chart.line, numeric=True)

    def _refers(
        self,
        key: str,
        names: Iterable[str],
        declared: Iterable[Declared],
        line: int,
        *,
        numeric: bool = False,
    ) -> None:
        """Notes names that are none of these fields, or none with figures."""
        known = {
            each.name: each for each in declared if not numeric or KINDS.get(each.kind, KINDS["text"]).numeric
        }
        for name in names:
            if name not in known:
                wanted = "、".join(known) or "—"
                self._note(
                    line, f"{key} 写的“{name}”不对，可以写：{wanted}", f"`{key}: {name}` is none of: {wanted}"
                )

    def _formula(self, written: str, line: int, known: Iterable[str]) -> None:
        """Notes a formula that cannot be read, or that names what there is not (yet)."""
        try:
            unknown = formula(written).names - set(known) - _GIVEN
        except ExpressionError as error:
            self._note(line, f"公式“{written}”写得不对：{error}", f"`{written}` is no formula: {error}")
            return
        unknown |= {
            f"{table}.{name}" for table, name in cells(written) if table and not self._is_there(table, name)
        }
        for name in sorted(each.removeprefix(CALL) for each in unknown):
            self._note(
                line,
                f"公式“{written}”里的“{name}”没有，或在后面才算出",
                f"`{name}` in `{written}` is not there, or not yet",
            )

    def _is_there(self, table: str, name: str) -> bool:
        """Whether a table has this column; `previous` and `bulletin` have all fields, and the tables too."""
        first, _, rest = table.partition(".")
        if first not in OTHERS:
            return name in self.tables.get(table, {})
        return name in self.tables.get(rest, {}) if rest else self.type.field(name) is not None
