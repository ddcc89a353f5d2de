"""Problem: what is wrong in somebody's file, where, and how to mend it; a value, never an exception."""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from softsite.messages import MESSAGES
from softsite.records import Record

ERROR = "error"
WARNING = "warning"
MOST_OF_A_FILE = 40
_SHOWN, _BEFORE = 200, 100  # so many characters of a line are shown, so many of them before its column


class Problem(Record, frozen=True):
    """One thing that is wrong. `line` and `column` count from 1; 0: the file as a whole.

    `text` is the line as it stands, `fix` the line as it should be, where known.
    `facts` are what the message of this `code` names; `written` is what to look for
    in the file when its lines may have moved.
    """

    code: str
    path: str
    line: int = 0
    column: int = 0
    facts: tuple[tuple[str, str], ...] = ()
    text: str = ""
    fix: str = ""
    severity: str = ERROR
    written: str = ""


def problem(
    code: str,
    path: str,
    *,
    line: int = 0,
    column: int = 0,
    text: str = "",
    fix: str = "",
    severity: str = ERROR,
    **facts: object,
) -> Problem:
    """A problem of the kind `code`, with the facts that its message names."""
    named = tuple((name, _shown(str(value))) for name, value in sorted(facts.items()))
    return Problem(code, path, line, column, named, around(text, column), around(fix, column), severity)


def around(text: str, column: int) -> str:
    """What is shown of a line: a long one is cut around its column."""
    start = _start(column)
    shown = text[start : start + _SHOWN]
    return f"{'…' if start else ''}{shown[1:] if start else shown}{'…' if len(text) > start + _SHOWN else ''}"


def _start(column: int) -> int:
    """Where what is shown of a line begins."""
    return max(0, column - 1 - _BEFORE)


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of these holds the build back."""
    return any(each.severity == ERROR for each in problems)


def ordered(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once, by file, line and column."""
    return sorted(set(problems), key=lambda p: (p.path, p.line, p.column, p.code, p.facts))


def message(found: Problem, lang: str) -> str:
    """What is wrong, in words."""
    return MESSAGES[found.code].said(lang).format_map(dict(found.facts))


def hint(found: Problem, lang: str) -> str:
    """How to mend it, in words."""
    return MESSAGES[found.code].hinted(lang).format_map(dict(found.facts))


def as_text(found: Problem, lang: str) -> str:
    """The problem as an editor reads it: place, message, the line, the line as it should be."""
    rows = [f"{_place(found)}: {_LABELS[lang][found.severity]}{message(found, lang)}"]
    if found.text:
        rows.append(f"    {found.text}")
        rows += [f"    {_pointer(found)}^"] if found.column else []
    if found.fix:
        rows.append(f"  {_LABELS[lang]['fix']}{found.fix}")
    if said := hint(found, lang):
        rows.append(f"  {said}")
    return "\n".join(rows)


def listed(problems: Iterable[Problem], lang: str) -> Iterator[str]:
    """Problems as an editor reads them, file by file; of too many in one file the first errors, and how many more there are."""
    for path, group in groupby(problems, key=lambda each: each.path):
        found = list(group)
        if len(found) > MOST_OF_A_FILE:
            found.sort(key=lambda each: each.severity != ERROR)
        yield from (as_text(each, lang) for each in found[:MOST_OF_A_FILE])
        if more := found[MOST_OF_A_FILE:]:
            yield f"{path}: {_LABELS[lang]['more'].format(n=len(more))}"


def as_json(found: Problem, lang: str) -> dict[str, Any]:
    """The problem by the contract's names."""
    return {
        "code": found.code,
        "severity": found.severity,
        "path": found.path,
        "line": found.line,
        "column": found.column,
        "message": message(found, lang),
        "hint": hint(found, lang) or found.fix,
        "text": found.text,
        "fix": found.fix,
    }


def dump(value: object) -> str:
    """A value as one line of JSON."""
    return json.dumps(value, ensure_ascii=False)


_LABELS = {
    "zh": {ERROR: "错误：", WARNING: "提醒：", "fix": "应为：", "more": "另有 {n} 处，改好上面的再看"},
    "en": {
        ERROR: "error: ",
        WARNING: "warning: ",
        "fix": "should be: ",
        "more": "{n} more; mend these first",
    },
}


def _place(found: Problem) -> str:
    """`path:line:column`, as far as known."""
    return ":".join([found.path, *(str(n) for n in (found.line, found.column) if n)])


def _pointer(found: Problem) -> str:
    """Blanks as wide as the text before the column; a Han character is two wide."""
    return "".join(
        " " if ord(c) < 0x1100 else "\u3000" for c in found.text[: found.column - 1 - _start(found.column)]
    )


def _shown(text: str) -> str:
    """A fact cut to a length that fits a message, without line breaks."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 300 else flat[:299] + "…"
