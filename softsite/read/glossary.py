"""Glossary: the site's own words for the other script (glossary.yaml): names of persons, words to keep, words to map."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from softsite.problems import Problem, problem
from softsite.read import source
from softsite.read.fields import Field, Kind, Reading, fields, read, wrong
from softsite.read.findings import Findings
from softsite.read.yamlfile import Map, Seq, Text, Value, load
from softsite.text.characters import cleaned
from softsite.text.editions import GLOSSARY, Names
from softsite.text.names import MARKUP
from softsite.text.words import has_han

_PARTS = str.maketrans("，、;；\n", ",,,,,")


def load_glossary(data: bytes, label: str = GLOSSARY) -> tuple[Names, list[Problem]]:
    """The words of the file `label`; what is wrong in it is told, and left out."""
    try:
        content = source.lines_of(source.text(data))
    except source.NotText:
        return Names(), [problem("encoding", label)]
    findings = Findings(label, content)
    seen: dict[str, int] = {}
    declared = fields(
        Field(("names", "人名"), _once(seen, _listed), "人名，逐字转换，可能是姓的字不变"),
        Field(("keep", "保留"), _once(seen, _listed), "保留原样的词"),
        Field(("map", "对应", "對應"), _once(seen, _mapped), "有固定写法的词"),
    )
    found = read(declared, load(content, findings), Reading(findings, ZoneInfo("UTC"), frozenset()))
    names, keep, mapped = (tuple(found.get(key, {}).items()) for key in ("names", "keep", "map"))
    return Names(persons=_words(names), keep=_words(keep), words=mapped), findings.problems


def _words(pairs: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    return tuple(word for word, _ in pairs)


_Entries = list[tuple[Text, Text]]


def _once(seen: dict[str, int], entries: Callable[[str, Value, Reading], _Entries | None]) -> Kind:
    """A kind: words with their forms; none of them stands twice in the file."""

    def kind(key: str, value: Value, reading: Reading) -> dict[str, str]:
        made: dict[str, str] = {}
        for written, form in entries(key, value, reading) or ():
            word = _word(written, reading)
            shown = word if form is written else _word(form, reading, least=1)
            if not word or not shown:
                continue
            if first := seen.get(word):
                reading.findings.add("key-repeated", written.line, written.column, key=word, first=first)
            else:
                seen[word] = written.line
                made[word] = shown
        return made

    return kind


def _listed(key: str, value: Value, reading: Reading) -> _Entries | None:
    """A list of words, or a line of them parted by commas of any kind."""
    items: list[Any] = (
        value.items if isinstance(value, Seq) else _parts(value) if isinstance(value, Text) else [value]
    )
    for item in items:
        if not isinstance(item, Text):
            wrong(key, item, reading, "一串词语", "a list of words")
    return [(item, item) for item in items if isinstance(item, Text)]


def _parts(value: Text) -> list[Text]:
    """The words of a line, each at its place."""
    found: list[Text] = []
    column = value.column
    for part in value.value.translate(_PARTS).split(","):
        if part.strip():
            found.append(Text(part.strip(), value.line, column + len(part) - len(part.lstrip())))
        column += len(part) + 1
    return found


def _mapped(key: str, value: Value, reading: Reading) -> _Entries | None:
    """A mapping of words to their forms."""
    if not isinstance(value, Map):
        wrong(key, value, reading, "几个“词: 詞”", "pairs of words")
        return None
    found: _Entries = []
    for word, form in value.entries.values():
        if not isinstance(form, Text):
            wrong(word.value, form, reading, "一个词", "a word")
        elif not form.value.strip():
            reading.findings.add("value-empty", word.line, word.column, key=word.value)
        else:
            found.append((word, form))
    return found


def _word(written: Text, reading: Reading, least: int = 2) -> str:
    """A word as texts have it; empty, and noted, when it is none."""
    word = " ".join(cleaned(written.value).split())
    if len(word) >= least and has_han(word) and not MARKUP.intersection(word):
        return word
    reading.findings.add("glossary-word", written.line, written.column, value=written.value)
    return ""
