"""Keys: JSON Schemas of the files whose keys are fields: front matter, site.yaml, declarations of types, working days."""

import inspect
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, TypeAlias

from softsite.read import fields, patterns
from softsite.read.declaration import NAMES, TYPE
from softsite.read.document import SPECIAL
from softsite.read.fields import Field, Fields
from softsite.read.kinds import KINDS, WITH_PARTS
from softsite.read.schema import (
    DATE,
    SHARED,
    TEXT,
    YES_NO,
    Key,
    Schema,
    head,
    is_text,
    loosely,
    mapping,
    ref,
)
from softsite.read.workdays import keys as keys_of_a_year

_CHINESE, _ENGLISH = 1, 0  # which of a key's names completions offer


class Rows(NamedTuple):
    """A list of mappings."""

    declared: Fields


class Or(NamedTuple):
    """A plain value, or a mapping."""

    schema: Schema
    declared: Fields


Special: TypeAlias = Mapping[str, Schema | Rows | Or]


def front_matter(declared: Fields, columns: Mapping[str, str]) -> Schema:
    """The schema of front matter; `columns` are the site's, each with its name."""
    keys, definitions = common(declared, columns)
    return _file("文章开头的各项", "写在文章开头两行 --- 之间。", keys, definitions)


def common(declared: Fields, columns: Mapping[str, str]) -> tuple[list[Key], dict[str, Schema]]:
    """The keys of front matter, and their definitions."""
    column: Schema = {
        "anyOf": [{"enum": [*columns], "enumDescriptions": [*columns.values()]}, {"type": "string"}]
    }
    also = column if columns else {"type": "string"}
    made = _Made(_CHINESE, {"also": _some(also), "special": Or(YES_NO, SPECIAL)})
    return made.keys(declared), made.definitions


def site(declared: Fields, column: Iterable[Field], pictures: Fields) -> Schema:
    """The schema of site.yaml, whose columns are described by the fields `column`, and its pictures by `pictures`."""
    below = Field(("columns", "栏目", "子栏目"), fields.text, "下级栏目")
    columns = Rows(fields.fields(*column, below))
    special: Special = {
        "url": {"type": "string", "pattern": r"^\s*https?://[^\s?#]+\s*$", "errorMessage": "要写完整的网址"},
        "timezone": {"anyOf": [{"enum": ["Asia/Shanghai"]}, {"type": "string"}]},
        "editions": _some(
            {"anyOf": [{"enum": ["zh-Hans", "zh-Hant"]}, {"type": "string", "pattern": _EDITIONS}]}
        ),
        "traditional": {"enum": ["tw", "hk"]},
        "government.site_id": {
            "type": ["string", "integer"],
            "pattern": r"^\s*(?:[0-9]{10}|bm[0-9]{8})\s*$",
            "minimum": 1_000_000_000,
            "maximum": 9_999_999_999,
            "errorMessage": "要写十位数字，如 2201120001",
        },
        "checks.links": _SEVERITY,
        "checks.images": _SEVERITY,
        "pictures": Or(YES_NO, pictures),
        "pictures.formats": _some(
            {"anyOf": [{"enum": ["avif", "webp"]}, {"type": "string", "pattern": _FORMATS}]}
        ),
        "pictures.widths": _some(_PIXELS),
        "pictures.largest": _PIXELS,
        "columns": columns,
        "columns.columns": columns,
        "columns.slug": {
            "type": TEXT["type"],
            "pattern": "^[a-z0-9_-]+$",
            "errorMessage": "要用小写字母、数字、“-”和“_”",
        },
    }
    made = _Made(_ENGLISH, special)
    return _file("site.yaml", "整个网站的设置。", made.keys(declared), made.definitions)


def declaration() -> Schema:
    """The schema of the file that declares a type of bulletin."""
    kinds: Schema = {
        "enum": [*KINDS, *WITH_PARTS],
        "enumDescriptions": [*(kind.zh for kind in KINDS.values()), "几项", "一张表"],
    }
    special: Special = {
        "name": Or(TEXT, NAMES),
        "trend": _WORDS,
        "list": _WORDS,
        "fields.kind": kinds,
        "fields.places": {
            "type": ["string", "integer"],
            "pattern": patterns.like("0*[0-6]"),
            "minimum": 0,
            "maximum": 6,
        },
        "fields.total": _WORDS,
        "charts.values": _WORDS,
        "checks.severity": {"enum": ["error", "warn"], "enumDescriptions": ["不能发布", "只提醒"]},
    }
    made = _Made(_ENGLISH, special)
    return _file("数据的种类", "一种数据有哪些内容，怎样检查和显示。", made.keys(TYPE), made.definitions)


def workdays() -> Schema:
    """The schema of a site's own calendar of working days."""
    made = _Made(_ENGLISH, {"holidays": _DAYS, "workdays": _DAYS})
    year = mapping(made.keys(keys_of_a_year(2026)), "一年写 holidays（放假）和 workdays（上班）")
    body: Schema = {
        "type": "object",
        "errorMessage": "名称写年份，如 2027",
        "patternProperties": {"^[12][0-9]{3}$": year},
        "additionalProperties": False,
    }
    return {
        **head("放假和调休", "国务院办公厅放假通知里的日期，按年写。"),
        **body,
        "definitions": made.definitions,
    }


def _file(title: str, description: str, keys: list[Key], definitions: Mapping[str, Schema]) -> Schema:
    says = f"没有这一项。可以写：{'、'.join(each.names[0] for each in keys)}"
    return {**head(title, description), **mapping(keys, says), "definitions": {**definitions}}


class _Made:
    """Makes definitions of keys, each by its path of names; `special` are those that their kind does not tell."""

    def __init__(self, offered: int, special: Special) -> None:
        self.offered = offered
        self.special = special
        self.definitions: dict[str, Schema] = {**SHARED}
        self.rows: dict[int, str] = {}

    def keys(self, declared: Fields, above: str = "") -> list[Key]:
        """The keys of a mapping that stands in the one named `above`."""
        found = []
        for field in declared.declared:
            path = f"{above}{field.name}"
            self.definitions[path] = {}
            self.definitions[path] = self._described(field, path)
            first = field.names[self.offered] if len(field.names) > self.offered else field.name
            found.append(Key((first, *field.names), path, field.required))
        return found

    def _described(self, field: Field, path: str) -> Schema:
        taken = self._value(path, field.kind)
        needed = "必填" if field.required else "选填"
        return {
            "title": field.names[1] if len(field.names) > 1 else field.name,
            "description": f"{field.help}（{needed}）",
            **loosely(taken, words=is_text(taken), required=field.required),
        }

    def _value(self, path: str, kind: Any) -> Schema:
        """What a kind takes: by its path, as a function of fields.py, or by what it is made of."""
        found = self.special.get(path) or _PLAIN.get(kind)
        if isinstance(found, dict):
            return found
        if isinstance(found, Or):
            return {"anyOf": [found.schema, self._row(path, found.declared)]}
        if isinstance(found, Rows):
            return {"type": "array", "items": self._row(path, found.declared), "errorMessage": _LIST}
        # The kinds that are made of keys keep them to themselves.
        inside = inspect.getclosurevars(kind).nonlocals
        if "choices" in inside:
            return {"enum": [*inside["choices"]]}
        if "single" in inside:
            return _some(self._value(path, inside["single"]))
        declared = inside["declared"]
        return self._value_of(path, declared)

    def _value_of(self, path: str, declared: Any) -> Schema:
        """A mapping of declared keys, or a list of them where they are given by a function."""
        if callable(declared):
            return {"type": "array", "items": self._row(path, declared()), "errorMessage": _LIST}
        return self._row(path, declared)

    def _row(self, path: str, declared: Fields) -> Schema:
        """A mapping that stands in another; one that may stand in itself is defined once."""
        name = self.rows.setdefault(id(declared), f"{path}.row")
        if name not in self.definitions:
            self.definitions[name] = {}
            keys = self.keys(declared, f"{path}.")
            self.definitions[name] = mapping(keys, f"可以写：{'、'.join(each.names[0] for each in keys)}")
        return ref(name)


def _some(item: Schema) -> Schema:
    """One, or a list of them."""
    return {"anyOf": [{"type": "array", "items": item}, item]}


_LIST = "每项以“- ”开头"
_WORDS: Schema = {"anyOf": [{"type": "array", "items": {"anyOf": [TEXT, ref("yaml-truth")]}}, TEXT]}
_DATE: Schema = {**DATE, "errorMessage": "要写日期，如 2026-11-27 或 2026-11-27 17:42"}
_PLAIN: Mapping[fields.Kind, Schema] = {
    fields.text: {**TEXT, "errorMessage": "要写一行文字"},
    fields.url: {
        "type": "string",
        "pattern": "^https?://[^ ]*$",
        "errorMessage": "要写以 http:// 或 https:// 开头的网址",
    },
    fields.yes_no: YES_NO,
    fields.number: {
        "type": ["string", "integer"],
        "pattern": patterns.like("[0-9]{1,9}"),
        "minimum": 0,
        "errorMessage": "要写一个整数",
    },
    fields.moment: _DATE,
    fields.words: _WORDS,
    fields.old_addresses: _some({"type": "string", "errorMessage": "要写旧网址，如 /old/name.html"}),
}
_SEVERITY: Schema = {
    "anyOf": [
        {"enum": ["error", "warn", "off"], "errorMessage": "要写 error、warn 或 off"},
        {"type": "string", "pattern": patterns.word(*"error warn warning off false".split())},
        {"not": {"not": {"const": False}}},
    ]
}
_EDITIONS = r"^\s*zh-Han[st](?:\s*[，,、;；]\s*zh-Han[st])*\s*$"
_FORMATS = r"^\s*(?:avif|webp)(?:\s*[，,、;；]\s*(?:avif|webp))*\s*$"
_PIXELS: Schema = {
    "type": ["string", "integer"],
    "pattern": patterns.like("0*(?:[1-9][0-9]{2}|[1-7][0-9]{3}|8000)"),
    "minimum": 100,
    "maximum": 8000,
    "errorMessage": "要写 100 到 8000 之间的像素数",
}
_DAYS: Schema = _some(
    {
        "type": ["string", "number"],
        "pattern": patterns.like(rf"(?:{patterns.DAY_OF_YEAR}[\s,、;]*)+"),
        "errorMessage": "要写日期，如 01-04",
    }
)
