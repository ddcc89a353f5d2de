"""Fields: the kinds of value that front matter and data hold, and how each is read.

A kind takes a located value and gives what it means, or notes what is wrong and gives None.
"""

import difflib
import posixpath
import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from softsite.read.dates import Instant, NotADate, instant
from softsite.read.findings import Findings
from softsite.read.yamlfile import Map, Seq, Text, Value
from softsite.text.characters import cleaned, unbroken

_YEAR_MONTH_DAY = re.compile(r"(\D*[0-9]{4}\D)(\d{1,2})(\D)(\d{1,2})")
_TRUE = frozenset({"true", "yes", "on", "1", "是", "对", "對", "真"})
_FALSE = frozenset({"false", "no", "off", "0", "否", "不", "假", ""})


class Reading(NamedTuple):
    """What a field needs to know of the site, and where it says what is wrong."""

    findings: Findings
    zone: ZoneInfo
    columns: frozenset[str]
    base: str = "/"


Kind: TypeAlias = Callable[[str, Value, Reading], Any]


class Field(NamedTuple):
    """One key: its names (the first is the contract's), its kind, whether it has to be there, what it is for."""

    names: tuple[str, ...]
    kind: Kind
    help: str
    required: bool = False

    @property
    def name(self) -> str:
        """The contract's name."""
        return self.names[0]


class Fields(NamedTuple):
    """The keys of a mapping, by every name that they have."""

    by_name: Mapping[str, Field]
    declared: tuple[Field, ...]

    def find(self, name: str) -> Field | None:
        """The key that an editor means, in capitals or not."""
        return self.by_name.get(name) or self.by_name.get(name.lower())


def fields(*declared: Field) -> Fields:
    """A declaration that can be looked up by every name."""
    return Fields({name: field for field in declared for name in field.names}, declared)


def read(declared: Fields, found: Map, reading: Reading) -> dict[str, Any]:
    """The values of a mapping by the contract's names; every key that is wrong is noted."""
    values: dict[str, Any] = {}
    written: dict[str, Text] = {}
    meant: set[str] = set()
    for key, value in found.entries.values():
        field = declared.find(key.value)
        if field is None:
            meant.add(_note_unknown(declared, key, reading.findings))
        elif field.name in written:
            first = written[field.name]
            reading.findings.add("key-repeated", key.line, key.column, key=key.value, first=first.line)
        else:
            written[field.name] = key
            values[field.name] = _value(field, key, value, reading)
    for field in declared.declared:
        if field.required and field.name not in written and field.name not in meant:
            shown = field.names[1] if len(field.names) > 1 else field.name
            reading.findings.add("key-missing", found.line, found.column, key=shown, fix=f"{shown}: …")
    return {name: value for name, value in values.items() if value is not None}


def _value(field: Field, key: Text, value: Value, reading: Reading) -> Any:
    """A field's value; an empty one counts as not given, and is noted where it is required."""
    if isinstance(value, Text) and not value.value.strip():
        if field.required:
            reading.findings.add("value-empty", key.line, key.column, key=key.value)
        return None
    return field.kind(key.value, value, reading)


def _note_unknown(declared: Fields, key: Text, findings: Findings) -> str:
    """A key that is none of the declared: say which one it resembles; gives the name of that one, or nothing."""
    near = difflib.get_close_matches(key.value, declared.by_name, 1, 0.6 if key.value.isascii() else 0.5)
    if near:
        fix = findings.swapped(key.line, key.column, key.value, near[0])
        findings.add("key-similar", key.line, key.column, key=key.value, near=near[0], fix=fix)
        return declared.by_name[near[0]].name
    known = "、".join(field.names[1] if len(field.names) > 1 else field.name for field in declared.declared)
    findings.add("key-unknown", key.line, key.column, key=key.value, known=known)
    return ""


# Kinds


def text(key: str, value: Value, reading: Reading) -> str | None:
    """A line of text."""
    if isinstance(value, Text):
        return " ".join(unbroken(cleaned(value.value)).split())
    wrong(key, value, reading, "一行文字", "one line of text")
    return None


def url(key: str, value: Value, reading: Reading) -> str | None:
    """An address of the web."""
    if isinstance(value, Text) and value.value.startswith(("http://", "https://")) and " " not in value.value:
        return value.value
    wrong(key, value, reading, "以 http:// 或 https:// 开头的网址", "an address that begins with http(s)://")
    return None


def yes_no(key: str, value: Value, reading: Reading) -> bool | None:
    """是 or 否."""
    word = value.value.strip().lower() if isinstance(value, Text) else None
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    wrong(key, value, reading, "“是”或“否”", "true or false")
    return None


def number(key: str, value: Value, reading: Reading) -> int | None:
    """A whole number that is not negative."""
    if isinstance(value, Text) and value.value.strip().isdecimal() and len(value.value) < 10:
        return int(value.value)
    wrong(key, value, reading, "一个整数", "a whole number")
    return None


def moment(key: str, value: Value, reading: Reading) -> Instant | None:
    """A date, with or without a time of day."""
    if not isinstance(value, Text):
        wrong(key, value, reading, "一个日期", "a date")
        return None
    try:
        return instant(value.value, reading.zone)
    except NotADate:
        code = "date-form"
    except (ValueError, OverflowError):
        code = "date-impossible"
    fix = ""
    if code == "date-impossible" and (near := _possible(value.value, reading.zone)):
        fix = reading.findings.swapped(value.line, value.column, value.value, near)
    reading.findings.add(code, value.line, value.column, key=key, value=value.value, fix=fix)
    return None


def _possible(written: str, zone: ZoneInfo) -> str:
    """The nearest date that exists, spelled as it was written; empty when only the day is not to blame."""
    match = _YEAR_MONTH_DAY.match(written)
    if match is None:
        return ""
    month = min(max(int(match[2]), 1), 12)
    day = min(max(int(match[4]), 1), monthrange(int(match[1][-5:-1]) or 1, month)[1])
    near = f"{match[1]}{month:02}{match[3]}{day:02}{written[match.end() :]}"
    try:
        instant(near, zone)
    except (ValueError, OverflowError):
        return ""
    return near


def words(key: str, value: Value, reading: Reading) -> tuple[str, ...] | None:
    """A list of words, or text parted by ， , 、 or ;."""
    if isinstance(value, Seq):
        found = [text(key, item, reading) for item in value.items]
        return tuple(dict.fromkeys(word for word in found if word))
    if isinstance(value, Text):
        parted = value.value
        for sign in "，、;；\n":
            parted = parted.replace(sign, ",")
        return tuple(
            dict.fromkeys(word for part in parted.split(",") if (word := " ".join(cleaned(part).split())))
        )
    wrong(key, value, reading, "一串词语", "a list of words")
    return None


def columns(key: str, value: Value, reading: Reading) -> tuple[str, ...] | None:
    """A list of columns that site.yaml names, like news/headlines."""
    found: list[str] = []
    for item in value.items if isinstance(value, Seq) else [value]:
        if not isinstance(item, Text):
            wrong(key, value, reading, "栏目，如 news/headlines", "columns like news/headlines")
            return None
        for part in item.value.replace("，", ",").replace("、", ",").split(","):
            path = part.strip().strip("/")
            if path in reading.columns:
                found.append(path)
            else:
                _note_column(path, item, reading)
    return tuple(dict.fromkeys(found))


def _note_column(path: str, item: Text, reading: Reading) -> None:
    """A column that site.yaml does not name: say which one it resembles."""
    known = "、".join(sorted(reading.columns))
    near = difflib.get_close_matches(path, reading.columns, 1, 0.6)
    fix = reading.findings.swapped(item.line, item.column, path, near[0]) if near else ""
    reading.findings.add("column-unknown", item.line, item.column, value=path, known=known, fix=fix)


def old_addresses(key: str, value: Value, reading: Reading) -> tuple[str, ...] | None:
    """Old addresses that lead to the article: paths like /old/name.html, as output paths."""
    items = value.items if isinstance(value, Seq) else [value]
    found: list[str] = []
    for item in items:
        if not isinstance(item, Text):
            wrong(key, item, reading, "旧网址，如 /old/name.html", "old addresses like /old/name.html")
            return None
        if (path := _old_path(item.value, reading.base)) is None:
            reading.findings.add("alias-form", item.line, item.column, value=item.value)
        else:
            found.append(path)
    return tuple(dict.fromkeys(found))


def _old_path(written: str, base: str) -> str | None:
    """The output path that answers an old address."""
    path = written.strip()
    if not path.strip("/") or not path.isprintable() or any(sign in path for sign in "?#\\:"):
        return None
    if base != "/" and path.startswith(base):
        path = path[len(base) - 1 :]
    parts = path.strip("/").split("/")
    if any(part in ("", ".", "..") or part.startswith(".") for part in parts):
        return None
    inside = "/".join(parts)
    is_page = posixpath.splitext(inside)[1].lower() in (".html", ".htm") and not path.endswith("/")
    return inside if is_page else f"{inside}/index.html"


def records(declared: Fields, make: Callable[..., Any]) -> Kind:
    """A kind that reads a list of mappings (or one alone) into records."""
    single = record(declared, make)

    def kind(key: str, value: Value, reading: Reading) -> tuple[Any, ...] | None:
        items = value.items if isinstance(value, Seq) else [value]
        made = [single(key, item, reading) for item in items]
        return tuple(each for each in made if each is not None)

    return kind


def record(declared: Fields, make: Callable[..., Any]) -> Kind:
    """A kind that reads one mapping into a record."""
    shape = "、".join("/".join(field.names[:2]) for field in declared.declared)

    def kind(key: str, value: Value, reading: Reading) -> Any:
        if not isinstance(value, Map):
            wrong(key, value, reading, f"以下各项：{shape}", f"these keys: {shape}")
            return None
        before = len(reading.findings.problems)
        values = read(declared, value, reading)
        return make(**values) if len(reading.findings.problems) == before else None

    return kind


def wrong(key: str, value: Value, reading: Reading, wanted_zh: str, wanted_en: str) -> None:
    """Notes that a value is not of its field's kind."""
    shown = value.value if isinstance(value, Text) else ("[…]" if isinstance(value, Seq) else "{…}")
    reading.findings.add(
        "value-kind", value.line, value.column, key=key, value=shown, wanted_zh=wanted_zh, wanted_en=wanted_en
    )
