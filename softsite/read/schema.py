"""Schema: a bulletin type as JSON Schema (draft-07), so that an editor completes and checks its files while they are typed.

softsite reads every value as text; an editor's YAML reads 25 as a number and leaves what is
not written empty. So a schema allows whatever softsite reads, in either form, and leaves
to softsite what cannot be said here.
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from softsite.read import patterns
from softsite.read.declared import BulletinType, Declared
from softsite.read.explained import contents, example, key
from softsite.read.kinds import KINDS, MONEY
from softsite.records import replaced

Schema = dict[str, Any]

DIALECT = "http://json-schema.org/draft-07/schema#"


class Key(NamedTuple):
    """A key of a mapping: its names, the one to offer first, and the name of its definition."""

    names: tuple[str, ...]
    definition: str
    required: bool = False


def of_type(made: BulletinType, common: Iterable[Key], definitions: Mapping[str, Schema]) -> Schema:
    """The schema of a type's files; `common` are the keys that every bulletin has, with their `definitions`."""
    held: dict[str, Schema] = {**SHARED, **definitions}
    for each in made.fields:
        held[each.name] = _field(each, made)
        for column in each.fields:
            held[f"{each.name}.{column.name}"] = _field(column, made)
    own = [_key(each, each.name) for each in made.fields if not each.value]
    body = mapping([*own, *common], f"{made.name}里没有这一项。可以写：{_words(own)}，以及文章开头能写的各项")
    used = {name: held[name] for name in _used(body, held)}
    return {**head(made.name, made.description), **body, "definitions": used}


def head(title: str, description: str) -> Schema:
    """How a schema begins."""
    return {"$schema": DIALECT, "title": title, "description": description}


def mapping(keys: Iterable[Key], says: str) -> Schema:
    """A mapping with these keys and no others; `says` tells what it takes.

    Each key goes by any of its names. Required means one of them: told by itself, for
    a list of `required` for each combination would hide what completions need.
    """
    keys = list(keys)
    properties: Schema = {}
    for each in keys:
        offered, *others = dict.fromkeys(each.names)
        properties[offered] = ref(each.definition)
        properties |= {name: {"doNotSuggest": True, "allOf": [ref(each.definition)]} for name in others}
    needed = [_required(each.names) for each in keys if each.required]
    body: Schema = {
        "type": "object",
        "errorMessage": says,
        "properties": properties,
        "additionalProperties": False,
    }
    return {**body, "allOf": needed} if needed else body


def ref(definition: str) -> Schema:
    """A reference to a definition."""
    return {"$ref": f"#/definitions/{definition}"}


def loosely(schema: Schema, *, words: bool, required: bool) -> Schema:
    """A schema that also takes what YAML makes of a text: true for a word, nothing where nothing has to be."""
    more = [ref("yaml-truth")] if words else []
    more += [] if required else [ref("yaml-empty")]
    return {"anyOf": [schema, *more]} if more else schema


def is_text(schema: Schema) -> bool:
    """Whether a schema takes any text."""
    return schema.get("type") == TEXT["type"] and "pattern" not in schema


def _required(names: tuple[str, ...]) -> Schema:
    missing = f"缺少“{names[0]}”"
    return {"anyOf": [{"required": [name], "errorMessage": missing} for name in dict.fromkeys(names)]}


def _used(schema: Any, definitions: Mapping[str, Schema]) -> dict[str, None]:
    """The names of definitions that a schema refers to, and those refer to, each once."""
    found: dict[str, None] = {}
    waiting = [schema]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            name = str(part.get("$ref", "")).removeprefix("#/definitions/")
            if name and name not in found:
                found[name] = None
                waiting.append(definitions[name])
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
    return dict.fromkeys(name for name in definitions if name in found)


# Fields


def _key(declared: Declared, definition: str) -> Key:
    return Key((declared.label, declared.name, *declared.words), definition, declared.required)


def _words(keys: Iterable[Key]) -> str:
    return "、".join(each.names[0] for each in keys)


def _field(declared: Declared, made: BulletinType) -> Schema:
    """What a field takes, and what people are told of it."""
    said = [declared.help, f"{'必填' if declared.required else '选填'}：{contents(declared, made)}"]
    shown = example(declared) if declared.kind not in ("table", "list") else ""
    said += [f"例：{shown}"] if shown not in declared.help else []
    described: Schema = {"title": declared.label, "description": "\n\n".join(filter(None, said))}
    if declared.kind == "table":
        return described | _table(declared)
    if declared.kind == "list":
        return described | _list(declared)
    found = _value(declared)
    return described | loosely(found, words=is_text(found), required=declared.required)


def _value(declared: Declared) -> Schema:
    """What a value that is no list has to look like."""
    if declared.choices:
        return _choices(declared)
    found = VALUES[declared.kind] | (_figure(declared) if KINDS[declared.kind].numeric else {})
    if is_text(found):
        return found | {"errorMessage": f"“{declared.label}”要写{KINDS[declared.kind].zh}"}
    wanted = f"“{declared.label}”要写{KINDS[declared.kind].zh}，如 {example(declared)}"
    then = {"then": {**found["then"], "errorMessage": wanted}} if "then" in found else {}
    return {**found, **then, "errorMessage": wanted}


def _choices(declared: Declared) -> Schema:
    both = [form for each in declared.choices for form in dict.fromkeys((each, plain(each)))]
    return {"enum": both, "errorMessage": f"“{declared.label}”要写其中之一：{'、'.join(declared.choices)}"}


def plain(text: str) -> str | int | float | bool:
    """What YAML makes of a text that is not in quotes."""
    if re.fullmatch(r"[-+]?[0-9]+", text):
        return int(text)
    if re.fullmatch(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", text):
        return float(text)
    return text.lower() == "true" if text in ("true", "True", "TRUE", "false", "False", "FALSE") else text


def _list(declared: Declared) -> Schema:
    """A list, or its items in one text."""
    each = replaced(declared, kind=declared.items)
    item = _value(each)
    items = loosely(item, words=is_text(item), required=True)
    snippet = {"label": "- …", "description": "每项一行", "sortText": "～", "body": ["$1"]}
    several = {"type": "array", "items": items, "errorMessage": f"“{declared.label}”要写几项"}
    return {
        **loosely({"anyOf": [several, TEXT]}, words=True, required=declared.required),
        "defaultSnippets": [snippet],
    }


def _table(declared: Declared) -> Schema:
    """A list of rows; a snippet has the columns that have to be there, or else all."""
    typed = [each for each in declared.fields if not each.value]
    keys = [_key(each, f"{declared.name}.{each.name}") for each in typed]
    first = [each for each in typed if each.required] or typed
    body = {key(each.label): f"${n}" for n, each in enumerate(first, 1)}
    takes = f"“{declared.label}”每行写：{_words(keys)}"
    row = mapping(keys, takes) | {
        "title": declared.label,
        "defaultSnippets": [{"label": "一行", "body": body}],
    }
    rows = {"type": "array", "items": row, "errorMessage": f"{takes}；每行以“- ”开头"}
    snippet = {"label": "- …", "description": takes, "sortText": "～", "body": [body]}
    return {**loosely(rows, words=False, required=declared.required), "defaultSnippets": [snippet]}


# What softsite reads as each kind

TEXT: Schema = {"type": ["string", "number"]}
DATE: Schema = {"type": "string", "pattern": patterns.DATE}
YES_NO: Schema = {
    "anyOf": [
        {"enum": ["是", "否"], "errorMessage": "要写“是”或“否”"},
        {
            "type": ["string", "integer"],
            "pattern": patterns.word(*"是 对 對 真 true yes on 1 否 不 假 false no off 0".split()),
            "minimum": 0,
            "maximum": 1,
        },
        ref("yaml-truth"),
    ]
}
# YAML takes 2026.11 for a number; a whole one is no month.
_MONTH: Schema = {
    "type": ["string", "number"],
    "pattern": patterns.MONTH,
    "if": {"type": "integer"},
    "then": {"type": "string"},
}
_YEAR: Schema = {"type": ["string", "integer"], "pattern": patterns.YEAR, "minimum": 1900, "maximum": 9000}

VALUES: Mapping[str, Schema] = {
    "text": TEXT,
    "prose": TEXT,
    "integer": {"type": ["string", "integer"]},
    "decimal": {"type": ["string", "number"]},
    "percent": {"type": ["string", "number"]},
    "money": {"type": ["string", "number"]},
    "date": DATE,
    "month": _MONTH,
    "quarter": {"type": "string", "pattern": patterns.QUARTER},
    "year": _YEAR,
    "instant": DATE,
    "yes_no": YES_NO,
    "choice": TEXT,
    "person": TEXT,
    "organisation": TEXT,
    "document_number": {"type": "string", "pattern": patterns.DOCUMENT_NUMBER},
    "link": TEXT,
    "attachment": TEXT,
}


def _figure(declared: Declared) -> Schema:
    """A number within its bounds, or as text with its unit behind it."""
    units = {"percent": ["%"], "money": MONEY}.get(declared.kind, [declared.unit])
    pattern = patterns.figure(units, whole=declared.kind == "integer")
    bounds = {"minimum": declared.min, "maximum": declared.max}
    return {"pattern": pattern, **{name: _number(value) for name, value in bounds.items() if value}}


def _number(text: str) -> int | float:
    exact = Decimal(text)
    return int(exact) if exact == int(exact) else float(exact)


# Neither is offered by completions, as a type `boolean` or `null` would be.
SHARED: Mapping[str, Schema] = {
    "yaml-truth": {"not": {"type": ["string", "number", "null", "array", "object"]}},
    "yaml-empty": {"not": {"type": ["number", "boolean", "array", "object"]}, "maxLength": 0},
}
