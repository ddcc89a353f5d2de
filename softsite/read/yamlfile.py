"""YAML as editors write it: every value is text that knows its place; nothing is guessed or run.

A top-level entry is read on its own, so that one fault hides no other. Full-width
colons, commas, dashes, quotes and spaces are read as YAML's signs where YAML needs a
sign there; inside a value they stay. A plain value is the text as it stands: `0101`,
`17:42`, `通报: 双阳区` and `*重要*` are no numbers, times, maps or aliases.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import yaml

from softsite.read.findings import Findings
from softsite.read.strict import (
    ALIAS,
    BLOCK_SCALAR,
    IN_QUOTES,
    QUOTED,
    SPACES,
    is_key,
    strict,
    without_comment,
)
from softsite.text.characters import joins
from softsite.text.citations import is_braced

MAX_DEPTH = 40
_FEW = 8  # signs by which the beginning of a line is found


class Text(NamedTuple):
    """A scalar, exactly as written."""

    value: str
    line: int
    column: int


class Seq(NamedTuple):
    """A list."""

    items: "list[Value]"
    line: int
    column: int


class Map(NamedTuple):
    """A mapping; keys in the order of the file, each with its place. Column 0: it is the file as a whole."""

    entries: "dict[str, tuple[Text, Value]]"
    line: int
    column: int


Value: TypeAlias = Text | Seq | Map

_KEY = re.compile(r"([^\s:：#\-\[\]{}\"'|>&*!%@`,，][^:：]{0,60}?)([ \t\u3000\xa0]*)([:：])(?!//)")
_FLAT_ITEM = re.compile(
    r"""\s*("[^"\\]*"|'[^']*'|“[^“”]*”|[^,，、；;"'“”\s](?:[^,，、；;"'“”]*[^,，、；;"'“”\s])?)\s*(?:[,，、；;]|$)"""
)
_CLOSING = {"[": "]", "［": "]", "{": "}", "｛": "}"}


def load(text: str, findings: Findings, first_line: int = 1) -> Map:
    """The entries of a YAML document; what cannot be read is noted and left out."""
    found: dict[str, tuple[Text, Value]] = {}
    lines = text.split("\n")
    for start, end in _entries(lines, findings, first_line):
        pair = _entry(lines[start:end], start + first_line, findings)
        if pair is None:
            continue
        key, value = pair
        if key.value in found:
            first = found[key.value][0].line
            findings.add("key-repeated", key.line, key.column, key=key.value, first=first)
        else:
            found[key.value] = (key, value)
    return Map(found, first_line, 0)


def _entries(lines: list[str], findings: Findings, first_line: int) -> Iterator[tuple[int, int]]:
    """Where each top-level entry starts and ends: a key at the margin and what is indented below it."""
    start = None
    for number, line in enumerate(lines):
        if not line.strip() or line.lstrip(SPACES).startswith("#") or line.startswith("- "):
            continue
        if line[0] in SPACES:
            if start is None:
                findings.add("yaml-indent", number + first_line, 1, fix=line.strip(SPACES))
            continue
        if line[0] in "－—–" and start is not None:
            continue
        if start is not None and line[0] in "]}":
            continue
        if start is not None:
            yield start, number
        start = number
    if start is not None:
        yield start, len(lines)


def _entry(lines: list[str], line: int, findings: Findings) -> tuple[Text, Value] | None:
    """One top-level key and its value."""
    head = lines[0]
    match = _KEY.match(head)
    if match is None:
        quoted = head[:1] in "\"'" and _composed(lines, line, findings)
        if quoted:
            return quoted
        findings.add("yaml-line", line, 1, fix=_with_colon(head))
        return None
    key = Text(match[1], line, 1)
    rest = head[match.end() :]
    value = rest.strip(SPACES)
    column = match.end() + len(rest) - len(rest.lstrip(SPACES)) + 1
    more = any(each.strip() and not each.lstrip(SPACES).startswith("#") for each in lines[1:])
    if not more and (simple := _simple(value, line, column, findings)) is not None:
        return key, simple
    if value and value[0] not in "|>｜＞[［{｛\"'#" and (wrong := _key_below(lines)):
        findings.add("yaml-indent", line + wrong, 1, fix=lines[wrong].strip(SPACES))
        return None
    if rest == rest.lstrip(SPACES) and value:
        lines = [f"{head[: match.end()]} {rest}", *lines[1:]]  # YAML wants a blank behind the colon
    pair = _composed(lines, line, findings)
    return None if pair is None else (key, pair[1])


def _key_below(lines: list[str]) -> int:
    """The line that looks like a key but is indented, so that YAML would take it for part of the text above it."""
    return next((n for n, each in enumerate(lines) if n and is_key(each)), 0)


def _simple(value: str, line: int, column: int, findings: Findings) -> Value | None:
    """A value on one line, without the help of a YAML parser; None when it needs one."""
    if value[:1] not in "\"'":
        seen = IN_QUOTES.sub(lambda match: "-" * len(match[0]), value) if value[0] in _CLOSING else value
        value = without_comment(value, line, column, findings, seen)
    if not value:
        return Text("", line, column)
    first, last = value[0], value[-1]
    if first == '"' and last == '"' and len(value) > 1 and '"' not in value[1:-1] and "\\" not in value:
        return Text(value[1:-1], line, column + 1)
    if first in "[［" and last in "]］" and not _is_words_in_brackets(value[1:-1]):
        return _flat_list(value[1:-1], line, column)
    if first in "\"'" and QUOTED.match(value):
        return None
    if (first in "{｛" and last in "}｝" and not is_braced(value[:2])) or BLOCK_SCALAR.match(value):
        return None
    if first in "[［{｛" and not any(sign in value for sign in "]］}｝"):
        findings.add("bracket-open", line, column, fix=findings.line(line).rstrip() + _CLOSING[first])
        return Text("", line, column)
    if first == '"' and '"' not in value[1:]:
        findings.add("quote-open", line, column, fix=f'{findings.line(line).rstrip()}"')
        return Text("", line, column)
    if ALIAS.match(value):
        findings.add(
            "yaml-alias",
            line,
            column,
            name=value,
            fix=findings.swapped(line, column, value, _in_quotes(value)),
        )
        return Text("", line, column)
    return Text(value, line, column)


def _is_words_in_brackets(inner: str) -> bool:
    """Whether `[重要] 通知 [二]` is a text that only begins and ends with a bracket."""
    closes, opens = inner.find("]"), inner.find("[")
    return 0 <= closes < opens


def _flat_list(inner: str, line: int, column: int) -> Seq | None:
    """A list of scalars on one line; any sign that parts words parts items. None when it is more than that."""
    if any(sign in inner for sign in "[]{}\\&*!［］｛｝"):
        return None
    items: list[Value] = []
    position = 0
    end = len(inner.rstrip(" ,，、；;"))
    while position < end:
        match = _FLAT_ITEM.match(inner, position)
        if match is None:
            return None
        text = match[1]
        bare = text[1:-1] if text[0] in "\"'“" else text
        items.append(Text(bare, line, column + 1 + match.start(1)))
        position = match.end()
    return Seq(items, line, column)


def _in_quotes(value: str) -> str:
    """A value as YAML's text, whatever is in it."""
    return f'"{value}"' if '"' not in value and "\\" not in value else "'" + value.replace("'", "''") + "'"


def _with_colon(line: str) -> str:
    """A guess at a line without a colon: its first word is the key; nothing where there is no word."""
    words = line.split(None, 1)
    if not re.search(r"\w", line):
        return ""
    return f"{words[0]}: {words[1]}" if len(words) == 2 else f"{line.strip()}: …"


# Entries of several lines, and nested or quoted values: PyYAML reads them after
# full-width signs became YAML's and plain values were put into quotes.


def _composed(lines: list[str], line: int, findings: Findings) -> tuple[Text, Value] | None:
    """An entry read by PyYAML: its key and value, with places of this file."""
    made = strict(lines, line, findings)
    if made is None:
        return None
    try:
        events = list(yaml.parse("\n".join(made) + "\n", Loader=yaml.CSafeLoader))
    except yaml.YAMLError as error:
        _note_syntax(error, lines, line, findings)
        return None
    built = _Builder(iter(events[2:-2]), line, findings).value(0)
    if not isinstance(built, Map) or not built.entries:
        findings.add("yaml-line", line, 1)
        return None
    if _refused(built):
        return None
    return next(iter(built.entries.values()))


def _refused(value: Value) -> bool:
    """Whether a part of the value was refused while it was built."""
    return isinstance(value, Map) and _MARK in value.entries


def _note_syntax(error: yaml.YAMLError, lines: list[str], line: int, findings: Findings) -> None:
    """PyYAML's complaint, at its place in this file."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    reason = getattr(error, "problem", None) or str(error)
    found = (zh for en, zh in _REASONS.items() if en in reason)
    reason_zh = _TABS if _has_tabs(lines) else next(found, "缩进没有对齐，或多了、少了符号")
    at = min(line + (mark.line if mark else 0), len(findings.lines))
    findings.add("yaml-syntax", at, mark.column + 1 if mark else 1, reason=reason, reason_zh=reason_zh)


def _has_tabs(lines: list[str]) -> bool:
    """Whether some lines are indented by tabs and others by blanks, so that nobody can say what stands below what."""
    indents = {line[: len(line) - len(line.lstrip(SPACES))] for line in lines}
    return any("\t" in each for each in indents) and any(" " in each for each in indents)


_TABS = "有的行用 Tab 缩进，有的行用空格，对不齐；请都用空格"
_REASONS = {
    "expected ',' or '}'": "缺少“,”或“}”",
    "expected ',' or ']'": "缺少“,”或“]”",
    "could not find expected ':'": "缺少冒号",
    "expected key": "缩进没有对齐，或前一行没有写完",
    "expected '-'": "缩进没有对齐，或这一行前面少了“- ”",
    "block end": "缩进没有对齐",
    "sequence entries are not allowed": "以“- ”开头的行不能接在这里",
    "mapping values are not allowed": "多了一个冒号；如果是文字，请加引号",
    "end of stream": "引号或括号没有成对",
    "unknown escape": "双引号里的反斜杠要写成两个",
    "cannot start any token": "这里有不能使用的符号；如果是文字，请加引号",
}


_MARK = "\x00refused"


class _Builder:
    """Builds located values from PyYAML's events; refuses aliases, tags and deep nesting."""

    def __init__(self, events: Iterator[yaml.Event], line: int, findings: Findings) -> None:
        self.events = events
        self.line = line
        self.findings = findings

    def value(self, depth: int, event: yaml.Event | None = None) -> Value:
        """The next value of the stream."""
        event = next(self.events) if event is None else event
        mark = event.start_mark
        assert mark is not None
        line, column = self.line + mark.line, mark.column + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) or self._tagged(event):
            return self._refused("yaml-alias", event, line, column)
        if depth > MAX_DEPTH:
            return self._refused("yaml-deep", event, line, column)
        if isinstance(event, yaml.ScalarEvent):
            value = event.value if event.style == "|" else self._joined(event)
            return Text(value, line, self._column(value, line, column))
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(depth, line, column)
        return self._mapping(depth, line, column)

    def _joined(self, event: yaml.ScalarEvent) -> str:
        """A value of several lines without the blanks that YAML puts between two lines of Han text."""
        value, at = event.value, 0
        assert event.start_mark is not None
        assert event.end_mark is not None
        numbers = range(self.line + event.start_mark.line, self.line + event.end_mark.line + 1)
        lines = [each for n in numbers if (each := self.findings.line(n).strip())]
        for above, below in pairwise(lines):
            fold = value.find(f"{above[-1]} {below[:_FEW]}".rstrip("\"'"), at)
            if fold >= 0 and joins(above[-1], below[0]):
                at = fold + 1
                value = value[:at] + value[at + 1 :]
        return value

    def _sequence(self, depth: int, line: int, column: int) -> Value:
        items: list[Value] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self.value(depth + 1, event))
            if _refused(items[-1]):
                return items[-1]
        return Seq(items, line, column)

    def _mapping(self, depth: int, line: int, column: int) -> Value:
        entries: dict[str, tuple[Text, Value]] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.value(depth + 1, event)
            if not isinstance(key, Text):
                return self._refused("yaml-line", event, key.line, key.column)
            value = self.value(depth + 1)
            if _refused(value):
                return value
            if key.value in entries:
                first = entries[key.value][0].line
                self.findings.add("key-repeated", key.line, key.column, key=key.value, first=first)
            else:
                entries[key.value] = (key, value)
        return Map(entries, line, column)

    def _column(self, value: str, line: int, column: int) -> int:
        """Where a value stands as it was typed: what PyYAML reads has more signs before it, never fewer."""
        text, end = self.findings.line(line), column + len(value)
        start = text.rfind(value, 0, end) if value else -1
        if start < 0 and value:
            start = text.rfind(value.split(None, 1)[0] if value.strip() else value, 0, end)
        return column if start < 0 else start + 1

    def _tagged(self, event: yaml.Event) -> bool:
        return bool(getattr(event, "tag", None))

    def _refused(self, code: str, event: yaml.Event, line: int, column: int) -> Value:
        self.findings.add(
            code, line, column, name=getattr(event, "anchor", None) or getattr(event, "tag", "")
        )
        return Map({_MARK: (Text("", line, column), Text("", line, column))}, line, column)
