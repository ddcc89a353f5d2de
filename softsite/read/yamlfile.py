"""YAML as editors write it: every value is text that knows its place; nothing is guessed or run.

A top-level entry is read on its own, so that one fault hides no other. Full-width
colons, commas, dashes, quotes and spaces are read as YAML's signs where YAML needs a
sign there; inside a value they stay. A plain value is the text as it stands: `0101`,
`17:42`, `通报: 双阳区` and `*重要*` are no numbers, times, maps or aliases.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

import yaml

from softsite.read.findings import Findings
from softsite.text.citations import is_braced

MAX_DEPTH = 40


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
    """A mapping; keys in the order of the file, each with its place."""

    entries: "dict[str, tuple[Text, Value]]"
    line: int
    column: int


Value: TypeAlias = Text | Seq | Map

_KEY = re.compile(r"([^\s:：#\-\[\]{}\"'|>&*!%@`,，][^:：]{0,60}?)([ \t\u3000\xa0]*)([:：])(?!//)")
_NESTED_KEY = re.compile(
    r"([ ]*(?:- +)*)([^\s:：#\-\[\]{}\"'|>&*!%@`,，][^:：\"'\[\]{}]{0,60}?)([ ]*)([:：])(?=$|[ \t\u3000\xa0]|(?<=：))"
)
_ITEM = re.compile(r"([ ]*)([-－—–])([ \t\u3000\xa0]+|(?<=[－—–]))")
_INDENT = re.compile(r"[ \t\u3000\xa0]*")
_SPACES = " \t\u3000\xa0"
_ALIAS = re.compile(r"[&!*][\w!:/.,-]*(\s|$)", re.ASCII)
_COMMENT = re.compile(r"[ \t]#")
_FLAT_ITEM = re.compile(
    r"""\s*("[^"\\]*"|'[^']*'|“[^“”]*”|[^,，、"'“”\s](?:[^,，、"'“”]*[^,，、"'“”\s])?)\s*(?:[,，、]|$)"""
)
_BLOCK_SCALAR = re.compile(r"[|>][+-]?\d?[+-]?\s*(?:#.*)?$")
_QUOTED = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*(?:\s#.*)?$""")
_CLOSING = {"[": "]", "［": "]", "{": "}", "｛": "}"}
_TIME = re.compile(r"(?<=\d)：(?=\d)")
_FULLWIDTH = str.maketrans(
    {"，": ",", "：": ": ", "“": '"', "”": '"', "［": "[", "］": "]", "｛": "{", "｝": "}"}
)


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
    return Map(found, first_line, 1)


def _entries(lines: list[str], findings: Findings, first_line: int) -> Iterator[tuple[int, int]]:
    """Where each top-level entry starts and ends: a key at the margin and what is indented below it."""
    start = None
    for number, line in enumerate(lines):
        if not line.strip() or line.lstrip(_SPACES).startswith("#") or line.startswith("- "):
            continue
        if line[0] in _SPACES:
            if start is None:
                findings.add("yaml-indent", number + first_line, 1, fix=line.strip(_SPACES))
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
    value = rest.strip(_SPACES)
    column = match.end() + len(rest) - len(rest.lstrip(_SPACES)) + 1
    more = any(each.strip() and not each.lstrip(_SPACES).startswith("#") for each in lines[1:])
    if not more and (simple := _simple(value, line, column, findings)) is not None:
        return key, simple
    if value and value[0] not in "|>[［{｛\"'#" and (wrong := _key_below(lines)):
        findings.add("yaml-indent", line + wrong, 1, fix=lines[wrong].strip(_SPACES))
        return None
    pair = _composed(lines, line, findings)
    return None if pair is None else (key, pair[1])


def _key_below(lines: list[str]) -> int:
    """The line that looks like a key but is indented, so that YAML would take it for part of the text above it."""
    return next((n for n, each in enumerate(lines) if n and _NESTED_KEY.match(each.lstrip(_SPACES))), 0)


def _simple(value: str, line: int, column: int, findings: Findings) -> Value | None:
    """A value on one line, without the help of a YAML parser; None when it needs one."""
    if not value or value == "#" or (value[0] == "#" and value[1] in _SPACES):
        if value:
            findings.add("value-comment", line, column, severity="warning", value=value)
        return Text("", line, column)
    first, last = value[0], value[-1]
    if first == '"' and last == '"' and len(value) > 1 and '"' not in value[1:-1] and "\\" not in value:
        return Text(value[1:-1], line, column + 1)
    if first in "[［" and last in "]］" and not _is_words_in_brackets(value[1:-1]):
        return _flat_list(value[1:-1], line, column)
    if first in "\"'" and _QUOTED.match(value):
        return None
    if is_braced(value[:2]):
        return Text(_without_comment(value, line, column, findings), line, column)
    if (first in "{｛" and last in "}｝") or _BLOCK_SCALAR.match(value):
        return None
    if first in "[［{｛" and not any(sign in value for sign in "]］}｝"):
        findings.add("bracket-open", line, column, fix=findings.line(line).rstrip() + _CLOSING[first])
        return Text("", line, column)
    if first == '"' and '"' not in value[1:]:
        findings.add("quote-open", line, column, fix=f'{findings.line(line).rstrip()}"')
        return Text("", line, column)
    if _ALIAS.match(value):
        findings.add(
            "yaml-alias",
            line,
            column,
            name=value,
            fix=findings.swapped(line, column, value, _in_quotes(value)),
        )
        return Text("", line, column)
    return Text(_without_comment(value, line, column, findings), line, column)


def _is_words_in_brackets(inner: str) -> bool:
    """Whether `[重要] 通知 [二]` is a text that only begins and ends with a bracket."""
    closes, opens = inner.find("]"), inner.find("[")
    return 0 <= closes < opens


def _without_comment(value: str, line: int, column: int, findings: Findings) -> str:
    """A plain value up to a comment, which is said aloud: editors may not know of comments."""
    if "#" not in value or (match := _COMMENT.search(value)) is None:
        return value
    comment = value[match.start() :].strip()
    findings.add("value-comment", line, column + match.start() + 1, severity="warning", value=comment)
    return value[: match.start()].rstrip(_SPACES)


def _flat_list(inner: str, line: int, column: int) -> Seq | None:
    """A list of scalars on one line; commas may be full-width. None when it is more than that."""
    if any(sign in inner for sign in "[]{}\\#&*!［］｛｝"):
        return None
    items: list[Value] = []
    position = 0
    end = len(inner.rstrip(" ,，、"))
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
    """A guess at a line without a colon: its first word is the key."""
    words = line.split(None, 1)
    return f"{words[0]}: {words[1]}" if len(words) == 2 else f"{line.strip()}: …"


# Entries of several lines, and nested or quoted values: PyYAML reads them after
# full-width signs became YAML's and plain values were put into quotes.


def _composed(lines: list[str], line: int, findings: Findings) -> tuple[Text, Value] | None:
    """An entry read by PyYAML: its key and value, with places of this file."""
    strict, swallowed = _strict(lines)
    for number in swallowed:
        findings.add("yaml-indent", line + number, 1, fix=lines[number].strip(_SPACES))
    if swallowed:
        return None
    try:
        events = list(yaml.parse("\n".join(strict) + "\n", Loader=yaml.CSafeLoader))
    except yaml.YAMLError as error:
        _note_syntax(error, line, findings)
        return None
    built = _Builder(iter(events[2:-2]), line, findings).value(0)
    if not isinstance(built, Map) or not built.entries:
        findings.add("yaml-line", line, 1)
        return None
    if findings_refused(built):
        return None
    return next(iter(built.entries.values()))


def findings_refused(value: Value) -> bool:
    """Whether a part of the value was refused while it was built."""
    return isinstance(value, Map) and _REFUSED in value.entries


def _note_syntax(error: yaml.YAMLError, line: int, findings: Findings) -> None:
    """PyYAML's complaint, at its place in this file."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    reason = getattr(error, "problem", None) or str(error)
    reason_zh = next((zh for en, zh in _REASONS.items() if en in reason), reason)
    at = min(line + (mark.line if mark else 0), len(findings.lines))
    findings.add("yaml-syntax", at, mark.column + 1 if mark else 1, reason=reason, reason_zh=reason_zh)


_REASONS = {
    "expected ',' or '}'": "缺少“,”或“}”",
    "expected ',' or ']'": "缺少“,”或“]”",
    "could not find expected ':'": "缺少冒号",
    "expected key": "缩进没有对齐，或前一行没有写完",
    "block end": "缩进没有对齐",
    "mapping values are not allowed": "多了一个冒号；如果是文字，请加引号",
    "end of stream": "引号或括号没有成对",
    "unknown escape": "双引号里的反斜杠要写成两个",
    "cannot start any token": "这里有不能使用的符号；如果是文字，请加引号",
}


def _strict(lines: list[str]) -> tuple[list[str], list[int]]:
    """The lines with YAML's own signs; a block scalar's lines and flow lines keep their text.

    Also those that look like an entry or item, but are indented so that YAML would
    take them for part of the text above.
    """
    strict: list[str] = []
    swallowed: list[int] = []
    floor = -1  # inside a block scalar: the indent of its key
    depth = 0  # open flow brackets
    last = 0
    for number, raw in enumerate(lines):
        width = _width(raw)
        line = " " * width + raw[width:].rstrip(_SPACES)
        if number <= last and number:
            bare = line.strip()
            if _NESTED_KEY.match(bare) or _ITEM.match(bare):
                swallowed.append(number)
            strict.append(line.replace("'", "''") + ("'" if number == last else ""))
        elif floor >= 0 and (width > floor or not line.strip()):
            strict.append(" " * width + raw[width:])
        elif depth > 0:
            strict.append(_flow(line))
            depth += _flow_depth(strict[-1])
        else:
            last = _continued(lines, number)
            strict.append(_strict_line(line, "" if last > number else "'"))
            floor = width if re.search(r"(?:: |- )[|>][+-]?\d?[+-]?$", strict[-1]) else -1
            depth = max(0, _flow_depth(strict[-1])) if floor < 0 else 0
    return strict, swallowed


def _width(line: str) -> int:
    """How many blanks a line begins with, of whatever kind."""
    match = _INDENT.match(line)
    return match.end() if match else 0


def _continued(lines: list[str], number: int) -> int:
    """The last line of the plain value that begins in this line: it goes on where lines are indented deeper."""
    width = _width(lines[number])
    head, value = _split(" " * width + lines[number][width:])
    if not value or value[0] in "\"'[{［｛|>&!*#":
        return number
    has_key = head.endswith(": ")
    margin = len(head) - len(head.lstrip(" -")) if has_key else width
    last = number
    for later in range(number + 1, len(lines)):
        if lines[later].strip() and _width(lines[later]) <= margin:
            break
        last = later if lines[later].strip() else last
    return last


def _split(line: str) -> tuple[str, str]:
    """A line's dashes and key, as YAML writes them, and the value that follows."""
    prefix = ""
    while match := _ITEM.match(line):
        prefix += match[1] + "-" + " " * max(1, len(match[3]))
        line = line[match.end() :]
    match = _NESTED_KEY.match(line)
    if match is None:
        return prefix, line.strip(_SPACES) if prefix else ""
    return f"{prefix}{match[1]}{match[2]}: ", line[match.end() :].strip(_SPACES)


def _strict_line(line: str, end: str) -> str:
    """One line outside flow and block scalars, its plain value put into quotes that `end` closes."""
    head, value = _split(line)
    return (head + _quoted(value, end)).rstrip() if head else line


def _quoted(value: str, end: str) -> str:
    """A plain value between quotes, so that no sign in it means anything to YAML."""
    if not value or value[0] == "#" or _QUOTED.match(value) or _BLOCK_SCALAR.match(value):
        return value
    if value[0] in "[{［｛" and not is_braced(value[:2]):
        return _flow(value)
    if _ALIAS.match(value) or value[0] == '"':
        return value
    if match := _COMMENT.search(value):
        value = value[: match.start()].rstrip(_SPACES)
    return "'" + value.replace("'", "''") + end


def _flow(text: str) -> str:
    """A flow list or map with ASCII signs outside its quotes."""
    parts = re.split(r"""("(?:[^"\\]|\\.)*"|'[^']*')""", text)
    return "".join(
        part if n % 2 else _TIME.sub(":", part).translate(_FULLWIDTH) for n, part in enumerate(parts)
    )


def _flow_depth(line: str) -> int:
    """How many more flow brackets a line opens than it closes, outside quotes."""
    bare = re.sub(r"""'(?:[^']|'')*'|"(?:[^"\\]|\\.)*\"""", "", line)
    return sum(bare.count(sign) for sign in "[{") - sum(bare.count(sign) for sign in "]}")


_REFUSED = "\x00refused"


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
            return Text(event.value, line, self._column(event.value, line, column))
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(depth, line, column)
        return self._mapping(depth, line, column)

    def _sequence(self, depth: int, line: int, column: int) -> Value:
        items: list[Value] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self.value(depth + 1, event))
            if findings_refused(items[-1]):
                return items[-1]
        return Seq(items, line, column)

    def _mapping(self, depth: int, line: int, column: int) -> Value:
        entries: dict[str, tuple[Text, Value]] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.value(depth + 1, event)
            if not isinstance(key, Text):
                return self._refused("yaml-line", event, key.line, key.column)
            value = self.value(depth + 1)
            if findings_refused(value):
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
        return Map({_REFUSED: (Text("", line, column), Text("", line, column))}, line, column)
