"""Explained: what to write into a field of a declaration, in an editor's words; forms, schemas and the handbook say it alike."""

import re
from zoneinfo import ZoneInfo

from softsite.read.declared import BulletinType, Declared
from softsite.read.fields import Reading
from softsite.read.findings import Findings
from softsite.read.kinds import KINDS, MONEY, cell
from softsite.read.yamlfile import Text
from softsite.records import replaced

LIST = "几项，每项一行，以“- ”开头，也可以写在一行，用“、”“，”或“；”隔开"
TABLE = "一张表，每行以“- ”开头"
_IN_HELP = re.compile(r"如 ([^\s；;，。）]+)")


def contents(declared: Declared, made: BulletinType) -> str:
    """What a field holds: its kind, choices, unit and bounds; `made` is the type that it belongs to."""
    parts = (_kind(declared, made), _unit(declared), _bounds(declared), _places(declared))
    return "，".join(filter(None, parts))


def example(declared: Declared) -> str:
    """A value that the field takes: the one that its help names, else one of its kind; empty where only a person knows."""
    named = [match[1] for match in _IN_HELP.finditer(declared.help)]
    usual = [*declared.choices, KINDS[declared.kind].example + _own_unit(declared)]
    return next((each for each in (*named, *usual) if each != "…" and _is_read(declared, each)), "")


def key(label: str) -> str:
    """A field's word as a key of YAML."""
    return label if _PLAIN_KEY.fullmatch(label) else f'"{label}"'


_PLAIN_KEY = re.compile(r"[^\s:：#\-\[\]{}\"'|>&*!?%@`,，][^:：#\"\[\]{},]*")


def _kind(declared: Declared, made: BulletinType) -> str:
    if declared.kind == "table":
        return TABLE
    if declared.kind == "list":
        each = replaced(declared, kind=declared.items)
        return LIST if _is_any(each) else f"{LIST}；每项：{_kind(each, made)}"
    if declared.choices:
        return "其中之一：" + "、".join(declared.choices)
    if declared.of:
        table, _, column = declared.of.partition(".")
        labels = {(each.name, ""): each.label for each in made.fields}
        labels |= {(each.name, inner.name): inner.label for each in made.tables for inner in each.fields}
        return f"“{labels[table, '']}”里写了的“{labels[table, column]}”"
    within = made.field(declared.within)
    said = [
        KINDS[declared.kind].zh,
        f"在“{within.label}”之内" if within else "",
        "不晚于今天" if declared.past else "",
    ]
    return "，".join(filter(None, said))


def _is_any(declared: Declared) -> bool:
    """Whether any text will do."""
    return declared.kind == "text" and not declared.choices and not declared.of


def _unit(declared: Declared) -> str:
    if declared.kind == "money":
        return f"单位写 {'、'.join(MONEY)}，不写就是{declared.unit}"
    return f"单位“{declared.unit}”可写可不写" if declared.unit else ""


def _bounds(declared: Declared) -> str:
    if declared.min and declared.max:
        return f"从 {declared.min} 到 {declared.max}"
    return f"不小于 {declared.min}" if declared.min else f"不大于 {declared.max}" if declared.max else ""


def _places(declared: Declared) -> str:
    return f"最多 {declared.places} 位小数" if declared.places is not None and not declared.value else ""


def _own_unit(declared: Declared) -> str:
    return declared.unit if declared.kind in ("integer", "decimal") else ""


def _is_read(declared: Declared, value: str) -> bool:
    """Whether softsite takes a value for this field."""
    findings = Findings("", value)
    cell(declared)(declared.label, Text(value, 1, 1), Reading(findings, ZoneInfo("UTC"), frozenset()))
    return not findings.problems
