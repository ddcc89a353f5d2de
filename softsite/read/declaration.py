"""Declaration: reads the YAML file that declares a type of bulletin; what does not fit together is told at its line."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from softsite.problems import Problem, has_errors, problem
from softsite.read import source
from softsite.read.declared import BulletinType, Chart, Check, Declared
from softsite.read.document import FRONT_MATTER
from softsite.read.fields import Field, Fields, Reading, fields, number, read, text, words, wrong, yes_no
from softsite.read.findings import Findings
from softsite.read.kinds import KINDS, MONEY, PERIODS, WITH_PARTS
from softsite.read.yamlfile import Map, Seq, Text, Value, load
from softsite.text.expression import CALL, ExpressionError, formula

FILE = "_type.yaml"
BUILTIN = Path(__file__).parent.parent / "types"
FUNCTIONS = frozenset(
    "sum count find rank share change max min days workdays months_after weeks_missed past today".split()
)
_GIVEN = frozenset({"bulletin", "previous", "万", "亿", *(CALL + name for name in FUNCTIONS)})
CHARTS = ("bars", "line", "share")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_WORDS_OF_JINJA = frozenset(
    "and or not in is if else none true false loop self context environment decimal".split()
)
_TAKEN = frozenset({"bulletin", "previous", "result", *_WORDS_OF_JINJA, *FRONT_MATTER.by_name})


class Names(NamedTuple):
    """The words that a field goes by."""

    zh: str
    en: str


def declaration(data: bytes, slug: str, label: str) -> tuple[BulletinType | None, list[Problem]]:
    """The type that the file `label` declares; None when something is wrong with it."""
    try:
        content = source.lines_of(source.text(data))
    except source.NotText:
        return None, [problem("encoding", label)]
    findings = Findings(label, content)
    if not _SLUG.fullmatch(slug):
        findings.add(
            "declaration",
            zh=f"文件夹名“{slug}”要用小写字母、数字和“-”",
            en=f"the folder `{slug}` takes a-z, 0-9 and -",
        )
    head = load(content, findings)
    values = read(TYPE, head, Reading(findings, ZoneInfo("UTC"), frozenset()))
    if has_errors(findings.problems):
        return None, findings.problems
    names = values.pop("name")
    made = BulletinType(slug, label, names.zh, names.en, **({"period": ""} | values))
    lines = {field.name: key.line for key, _ in head.entries.values() if (field := TYPE.find(key.value))}
    _Review(made, findings, lines).all()
    return (None if has_errors(findings.problems) else made), findings.problems


def builtin_types() -> dict[str, Path]:
    """The files of the types that come with softsite, by their slug."""
    return {path.stem: path for path in sorted(BUILTIN.glob("*.yaml"))}


def load_types(wanted: Iterable[str], own: dict[str, bytes]) -> tuple[dict[str, BulletinType], list[Problem]]:
    """The types of these slugs: a site's own by the bytes of its file, else the built-in one. Unknown ones are left out."""
    found: dict[str, BulletinType] = {}
    problems: list[Problem] = []
    known = builtin_types()
    for slug in wanted:
        if slug in own:
            label = f"content/bulletins/{slug}/{FILE}"
            made, wrong_ones = declaration(own[slug], slug, label)
        elif slug in known:
            made, wrong_ones = declaration(known[slug].read_bytes(), slug, f"softsite/types/{slug}.yaml")
        else:
            continue
        problems += wrong_ones
        if made is not None:
            found[slug] = made
    return found, problems


# The keys of a declaration


def _name(key: str, value: Value, reading: Reading) -> Names | None:
    """A name, or one in Chinese and one in English."""
    if isinstance(value, Text):
        return Names(value.value, "")
    if not isinstance(value, Map):
        wrong(key, value, reading, "名称，或 {zh: …, en: …}", "a name, or {zh: …, en: …}")
        return None
    found = read(_NAMES, value, reading)
    return Names(found.get("zh", ""), found.get("en", ""))


def _identifiers(key: str, value: Value, reading: Reading) -> tuple[str, ...] | None:
    """Names of fields."""
    return words(key, value, reading)


def _places(key: str, value: Value, reading: Reading) -> int | None:
    found = number(key, value, reading)
    if found is not None and found > 6:
        wrong(key, value, reading, "0 到 6", "0 to 6")
        return None
    return found


def _one_of(choices: Iterable[str]) -> Callable[[str, Value, Reading], str | None]:
    """A kind that takes one of some words."""

    def kind(key: str, value: Value, reading: Reading) -> str | None:
        written = value.value.strip() if isinstance(value, Text) else "…"
        if written in choices:
            return written
        wanted = "、".join(choices)
        wrong(key, value, reading, f"其中之一：{wanted}", f"one of: {wanted}")
        return None

    return kind


def _severity(key: str, value: Value, reading: Reading) -> str | None:
    found = _one_of(("error", "warn"))(key, value, reading)
    return "warning" if found == "warn" else found


def _list_of(
    declared: Callable[[], Fields], make: Callable[..., Any]
) -> Callable[[str, Value, Reading], Any]:
    """A kind that reads a list of mappings into records that know their line."""

    def kind(key: str, value: Value, reading: Reading) -> tuple[Any, ...] | None:
        if not isinstance(value, Seq):
            wrong(key, value, reading, "一列内容，每项以“- ”开头", "a list")
            return None
        made = []
        for item in value.items:
            if not isinstance(item, Map):
                wrong(key, item, reading, "几个“名称: 内容”", "keys and values")
                continue
            before = len(reading.findings.problems)
            values = read(declared(), item, reading)
            if len(reading.findings.problems) == before:
                made.append(make(line=item.line, **values))
        return tuple(made)

    return kind


_NAMES = fields(
    Field(("zh", "中文"), text, "中文名称", required=True), Field(("en", "英文"), text, "英文名称")
)
_FIELD: Fields = fields(
    Field(("name", "名称"), text, "英文小写字母的名称", required=True),
    Field(("label", "标签"), text, "编辑看到的名称", required=True),
    Field(("kind", "类型"), _one_of((*KINDS, *WITH_PARTS)), "内容的类型", required=True),
    Field(("words", "别名"), words, "同样意思的其他写法"),
    Field(("unit", "单位"), text, "计量单位"),
    Field(("required", "必填"), yes_no, "是否必须填写"),
    Field(("help", "说明"), text, "怎样填写"),
    Field(("key", "关键数据"), yes_no, "是否放大显示"),
    Field(("value", "公式"), text, "由程序算出"),
    Field(("min", "最小"), text, "最小值"),
    Field(("max", "最大"), text, "最大值"),
    Field(("choices", "选项"), words, "可选的内容"),
    Field(("of", "取自"), text, "另一张表的一列"),
    Field(("within", "限于"), text, "必须在这个期间之内"),
    Field(("places", "小数位"), _places, "显示几位小数"),
    Field(("total", "合计"), _identifiers, "表尾要合计的列"),
    Field(("until", "公示到"), text, "这一天以后该行不再显示"),
    Field(("back", "反向链接"), text, "对方页面上链接回来时的说明"),
    Field(("items", "每项"), _one_of(tuple(KINDS)), "列表里每项的类型"),
    Field(("fields", "字段"), _list_of(lambda: _FIELD, Declared), "表的各列"),
)
_CHECK = fields(
    Field(("that", "条件"), text, "必须成立的公式", required=True),
    Field(("says", "提示"), text, "不成立时的提示", required=True),
    Field(("table", "for", "表"), text, "逐行检查的表"),
    Field(("at", "位置"), text, "指向哪个字段"),
    Field(("severity", "程度"), _severity, "error 或 warn"),
    Field(("only", "仅限"), _one_of(("government",)), "只在政府网站检查"),
)
_CHART = fields(
    Field(("kind", "类型"), _one_of(CHARTS), "图的类型", required=True),
    Field(("title", "标题"), text, "图的标题", required=True),
    Field(("table", "表"), text, "画哪张表", required=True),
    Field(("label", "标签"), text, "作为标签的列", required=True),
    Field(("values", "数值"), _identifiers, "要画的列", required=True),
)
TYPE = fields(
    Field(("name", "名称"), _name, "这种数据的名称", required=True),
    Field(("description", "说明"), text, "这种数据的说明", required=True),
    Field(("title", "标题"), text, "标题的公式", required=True),
    Field(("period", "期间"), text, "说明期间的字段"),
    Field(("fields", "字段"), _list_of(lambda: _FIELD, Declared), "各个字段", required=True),
    Field(("checks", "检查"), _list_of(lambda: _CHECK, Check), "必须成立的条件"),
    Field(("charts", "图"), _list_of(lambda: _CHART, Chart), "图"),
    Field(("trend", "走势"), _identifiers, "画出各期走势的字段"),
    Field(("list", "列表"), _identifiers, "各期列表的列"),
    Field(("order", "次序"), number, "在数据看板上的次序，小的在前"),
)


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
        self._formula(made.title, self.lines["title"], self.typed | {each.name for each in made.fields})
        for check in made.checks:
            self._check(check)
        for chart in made.charts:
            self._chart(chart)
        self._refers("trend", made.trend, made.fields, self.lines.get("trend", 1), numeric=True)
        listed = [each for each in made.fields if each.kind not in ("table", "prose")]
        self._refers("list", made.list, listed, self.lines.get("list", 1))

    def _note(self, line: int, zh: str, en: str) -> None:
        self.findings.add("declaration", line, zh=zh, en=en)

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
        for bound in filter(None, (declared.min, declared.max)):
            self._bound(declared, bound)

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
        self._formula(check.that, check.line, known | set(columns))
        if check.at and check.at not in columns and self.type.field(check.at) is None:
            self._note(check.line, f"at 写的“{check.at}”没有这个字段", f"`at: {check.at}` names no field")

    def _chart(self, chart: Chart) -> None:
        table = self.type.field(chart.table)
        if table is None or table.kind != "table":
            self._note(chart.line, f"没有“{chart.table}”这张表", f"there is no table `{chart.table}`")
            return
        self._refers("label", (chart.label,), table.fields, chart.line)
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
        for name in sorted(each.removeprefix(CALL) for each in unknown):
            self._note(
                line,
                f"公式“{written}”里的“{name}”没有，或在后面才算出",
                f"`{name}` in `{written}` is not there, or not yet",
            )


def own_types(files: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The files of content/ that declare a type, each with the type's slug."""
    for path in files:
        folder, _, name = path.rpartition("/")
        if name == FILE and folder.startswith("bulletins/") and folder.count("/") == 1:
            yield folder.removeprefix("bulletins/"), path
