"""Strict: the lines of an entry with YAML's own signs, so that a YAML parser reads them as they were meant.

Full-width signs become YAML's outside of texts; plain values are put into quotes, so that no
sign in them means anything. What a parser would take for something else is noted at its own line.
"""

import json
import re

from softsite.read.findings import Findings
from softsite.text.citations import is_braced

SPACES = " \t\u3000\xa0"
ALIAS = re.compile(r"[&!*][\w!:/.,-]*(\s|$)", re.ASCII)
BLOCK_SCALAR = re.compile(r"[|>｜＞][+-]?\d?[+-]?\s*(?:#.*)?$")
QUOTED = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*(?:\s#.*)?$""")
ITEM = re.compile(r"([ ]*)([-－—–])([ \t\u3000\xa0]+|$|(?<=[－—–]))")
_NESTED_KEY = re.compile(
    r"([ ]*(?:- +)*)(\"[^\"\\]*\"|'[^']*'|[^\s:：#\-\[\]{}\"'|>&*!%@`,，][^:：\"'\[\]{}]{0,60}?)([ ]*)([:：])(?=$|[ \t\u3000\xa0]|(?<=：))"
)
_TIGHT_KEY = re.compile(r"([^\s:：#\d\-\[\]{}\"'][^:：\s]{0,30}):(?![/\\])")
_TIGHT_DASH = re.compile(r"-(?=[^\s\d.\-])")
_TIGHT = re.compile(rf" *(?:{_TIGHT_DASH.pattern}|{_TIGHT_KEY.pattern})")
_COLON = re.compile(r"[:：](?:\s|$)")
_INDENT = re.compile(r"[ \t\u3000\xa0]*")
_COMMENT = re.compile(r"[ \t]#")
IN_QUOTES = re.compile(r"""("(?:[^"\\]|\\.)*"|'[^']*'|“[^“”]*”)""")
_AFTER_QUOTES = re.compile(r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*[^\s#]""")
_CLOSING_QUOTE = {'"': re.compile(r'(?<!\\)"'), "'": re.compile(r"(?<!')'(?!')")}
_TIME = re.compile(r"(?<=\d)：(?=\d)")
_BLOCK_SIGNS = str.maketrans("｜＞", "|>")
_FULLWIDTH = {"，": ",", "：": ": ", "［": "[", "］": "]", "｛": "{", "｝": "}"}


def strict(lines: list[str], first_line: int, findings: Findings) -> list[str] | None:
    """The lines of an entry with YAML's own signs; None when one of them cannot be meant as it stands."""
    made = _Strict(lines, first_line, findings)
    made.read()
    return made.strict if made.good else None


def without_comment(value: str, line: int, column: int, findings: Findings, seen: str = "") -> str:
    """A plain value up to a comment, which is said aloud: editors may not know of comments.

    `seen` is the value with what cannot be a comment left blank.
    """
    if value == "#" or (value[:1] == "#" and value[1] in SPACES):
        start = 0
    elif "#" in value and (match := _COMMENT.search(seen or value)):
        start = match.start() + 1
    else:
        return value
    findings.add("value-comment", line, column + start, severity="warning", value=value[start:].strip())
    return value[:start].rstrip(SPACES)


def is_key(line: str) -> bool:
    """Whether a line looks like an entry."""
    return _NESTED_KEY.match(line.strip(SPACES)) is not None


class _Strict:
    """Makes the lines of one entry strict, one after the other."""

    def __init__(self, lines: list[str], first_line: int, findings: Findings) -> None:
        self.lines = lines
        self.first_line = first_line
        self.findings = findings
        self.strict: list[str] = []
        self.good = True
        self.floor = -1  # inside a block scalar: the indent of its key
        self.open: list[str] = []  # flow brackets that are not closed yet
        self.last = 0  # the last line of the plain value that is being read
        self.closing = 0  # the last line of the quoted value that is being read
        self.opened = 0  # the line where the first of them stands
        self.empty = -1  # below a key or dash without a value: its indent
        self.margins: set[int] = set()  # where keys stand

    def read(self) -> None:
        """Makes every line strict."""
        for number, raw in enumerate(self.lines):
            width = _width(raw)
            line = " " * width + raw[width:].rstrip(SPACES)
            if 0 < number <= self.last:
                self.strict.append(line.replace("'", "''") + ("'" if number == self.last else ""))
            elif 0 < number <= self.closing:
                self.strict.append(line)
            elif self.floor >= 0 and (width > self.floor or not line.strip()):
                self.strict.append(" " * width + raw[width:])
            elif not line.strip() or line.lstrip().startswith("#"):
                self.strict.append(line)
            elif self.open:
                self.strict.append(self._flow(line, number))
            else:
                self._begin(line, number)
        if self.open:
            closing = "".join("]" if sign == "[" else "}" for sign in reversed(self.open))
            self._note(self.opened, "bracket-open", self.lines[self.opened].rstrip(SPACES) + closing)

    def _begin(self, line: str, number: int) -> None:
        """A line that begins a key, an item or a value."""
        head, value = _split(line)
        width = len(line) - len(line.lstrip())
        tight = _TIGHT_DASH.match(line, width)
        if number and not head and (tight or not _COLON.search(line)):
            if width > self.empty >= 0 and not tight:
                head, value = line[:width], line[width:]
            else:
                self._note_bare(line, number)
        margin = self._margin(head, width)
        self.empty = margin if head and not value else -1
        self.floor = width if BLOCK_SCALAR.match(value) else -1
        self.opened = number
        made = head + self._value(value, number, margin) if head else line
        self.strict.append(made.rstrip())
        self.margins.add(margin)

    def _margin(self, head: str, width: int) -> int:
        """The indent that everything below a line has to exceed."""
        if head.endswith(": "):
            return len(head) - len(head.lstrip(" -"))
        return width if head.strip() else self.empty

    def _value(self, value: str, number: int, margin: int) -> str:
        """A value as a parser has to see it; a plain one between quotes, so that no sign in it means anything."""
        if BLOCK_SCALAR.match(value):
            return value.translate(_BLOCK_SIGNS)
        if not value or QUOTED.match(value) or ALIAS.match(value):
            return value
        if value[0] in "[{［｛" and _is_flow(value):
            return self._flow(value, number)
        if value[0] in "\"'" and not _AFTER_QUOTES.match(value):
            self._close(value, number, margin)
            return value
        self._continue(value, number, margin)
        kept = without_comment(value, self.first_line + number, self._column(value, number), self.findings)
        return "'" + kept.replace("'", "''") + ("" if self.last > number else "'") if kept else ""

    def _continue(self, value: str, number: int, margin: int) -> None:
        """Finds the last line of a plain value: it goes on where lines are indented deeper."""
        for later in range(number + 1, len(self.lines)):
            if self.lines[later].strip() and _width(self.lines[later]) <= margin:
                break
            if self.lines[later].strip():
                self.last = later
        inside = [(n, self.lines[n].strip(SPACES)) for n in range(number + 1, self.last + 1)]
        swallowed = [n for n, bare in inside if is_key(bare) or ITEM.match(bare)]
        tight = _TIGHT_KEY.match(value)
        if tight and (swallowed or any(_TIGHT_KEY.match(bare) for _, bare in inside)):
            column = self._column(value, number)
            line, at = self.lines[number], column - 1 + tight.end()
            self._note(number, "yaml-blank", f"{line[:at]} {line[at:]}", column, sign=":")
        elif swallowed and (width := _width(self.lines[swallowed[0]])) in self.margins:
            self._note_indent(number, width)
        else:
            for each in swallowed:
                self._note_indent(each, margin)

    def _close(self, value: str, number: int, margin: int) -> None:
        """Finds the line that closes a quotation: it may be one of the next that are indented deeper."""
        sign = value[0]
        for later in range(number + 1, len(self.lines)):
            line = self.lines[later]
            if line.strip() and _width(line) <= margin:
                break
            if match := _CLOSING_QUOTE[sign].search(line):
                if re.fullmatch(r"\s*(?:\s#.*)?", line[match.end() :]):
                    self.closing = later
                    return
                break
        self._note(number, "quote-open", f"{self.lines[number].rstrip()}{sign}", self._column(value, number))

    def _note_bare(self, line: str, number: int) -> None:
        """A line that is neither entry nor item, nor part of a text above it."""
        if match := _TIGHT.match(line):
            self._note(number, "yaml-blank", f"{match[0]} {line[match.end() :]}", sign=match[0][-1])
        else:
            self._note(number, "yaml-line", "")

    def _note_indent(self, number: int, width: int) -> None:
        """A line that stands deeper, or less deep, than it can be meant."""
        self._note(number, "yaml-align", " " * width + self.lines[number].strip(SPACES))

    def _note(self, number: int, code: str, fix: str, column: int = 0, **facts: str) -> None:
        self.good = False
        column = column or _width(self.lines[number]) + 1
        self.findings.add(code, self.first_line + number, column, fix=fix, **facts)

    def _flow(self, text: str, number: int) -> str:
        """A flow list or map with ASCII signs outside its quotes; in a list any sign that parts words parts items."""
        seen = IN_QUOTES.sub(lambda match: "-" * len(match[0]), text)
        at = self._column(text.lstrip(), number) - (len(text) - len(text.lstrip()))
        kept = without_comment(text, self.first_line + number, at, self.findings, seen)
        made = ""
        for n, part in enumerate(IN_QUOTES.split(kept)):
            if n % 2 == 0:
                made += "".join(map(self._sign, _TIME.sub(":", part)))
            elif part[0] == "“" and made.rstrip()[-1:] in ("[", "{", ",", ":", ""):
                made += json.dumps(part[1:-1], ensure_ascii=False)
            else:
                made += part
        return made

    def _sign(self, character: str) -> str:
        """A character of a flow list or map as YAML's sign; brackets are counted."""
        sign = _FULLWIDTH.get(character, character)
        if sign in "[{":
            self.open.append(sign)
        elif sign in "]}" and self.open:
            self.open.pop()
        elif sign in "、；;" and self.open[-1:] == ["["]:
            return ","
        return sign

    def _column(self, value: str, number: int) -> int:
        """Where the value at the end of a line begins."""
        return len(self.lines[number].rstrip(SPACES)) - len(value) + 1


def _is_flow(value: str) -> bool:
    """Whether a value that begins with a bracket is a list or map, and no text like `[重要] 通知` or a citation."""
    if is_braced(value[:2]):
        return False
    depth = 0
    for n, sign in enumerate(IN_QUOTES.sub(lambda match: "-" * len(match[0]), value), 1):
        depth += (sign in "[{［｛") - (sign in "]}］｝")
        if depth == 0:
            return not value[n:].strip() or _COMMENT.match(value, n) is not None
    return True


def _width(line: str) -> int:
    """How many blanks a line begins with, of whatever kind."""
    match = _INDENT.match(line)
    return match.end() if match else 0


def _split(line: str) -> tuple[str, str]:
    """A line's dashes and key, as YAML writes them, and the value that follows."""
    prefix = ""
    while match := ITEM.match(line):
        prefix += match[1] + "-" + " " * max(1, len(match[3]))
        line = line[match.end() :]
    match = _NESTED_KEY.match(line)
    if match is None:
        return prefix, line.strip(SPACES) if prefix else ""
    return f"{prefix}{match[1]}{match[2]}: ", line[match.end() :].strip(SPACES)
