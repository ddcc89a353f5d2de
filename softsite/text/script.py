"""Script: a text in the other script of Chinese, with the names in it kept right.

OpenCC converts words by its dictionaries (`s2tw`, `s2hk` and back, never the phrase configurations, which
rename things). Three things are added. What these dictionaries write wrongly stands in script/words.toml and is
read by OpenCC itself, before its own. Names, and the words of the site's glossary, are found first;
each is replaced by a mark that no text holds and put back, in its own form, into what was converted around
it: one call for a whole page. And in HTML only what people read is converted (text/visible.py); every
other byte stays.
"""

import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

import opencc

from softsite.text.addresses import addresses
from softsite.text.editions import LANG, SIMPLIFIED, TRADITIONAL, Names
from softsite.text.names import MARKUP, finder, shown
from softsite.text.review import Risk, marks, risks
from softsite.text.visible import Place, visible
from softsite.text.words import words

# Noncharacters, as slots use them (text/slots.py): no text that was read holds any.
_HELD = "\ufdd3"  # stands for a name
_NEXT = "\ufdd2"  # stands between two texts that are converted together
_CONFIGS = {
    (SIMPLIFIED, TRADITIONAL): {"tw": "s2tw", "hk": "s2hk"},
    (TRADITIONAL, SIMPLIFIED): {"tw": "tw2s", "hk": "hk2s"},
}
# What `lang` may say of an element that is converted with the text around it; on <html> the source itself besides.
_OWN = {
    SIMPLIFIED: frozenset({LANG, "zh", "cmn", "zh-cn", "zh-sg", "zh-my"}),
    TRADITIONAL: frozenset({LANG, "zh", "cmn", "zh-tw", "zh-hk", "zh-mo"}),
}
_MANY = 30_000  # pieces of text that are kept
_BARE = frozenset({"zh", "cmn"})
_DICTIONARIES = Path(opencc.__file__).parent / "clib" / "share" / "opencc"

Span = tuple[int, int, str]


@lru_cache(maxsize=8)
def converter(source: str, target: str, region: str = "tw", names: Names = Names()) -> "Converter":  # noqa: B008
    """What turns text of the script `source` into `target`, traditional script being that of `region`: tw or hk.

    Scripts are "zh-Hans" and "zh-Hant"; one that is both changes nothing. KeyError: there is no
    such script or region. ValueError: a form in `names.words` could be markup.
    """
    return Converter(source, target, region, names)


class Converter:
    """Converts text and HTML from one script into another; made by `converter`."""

    def __init__(self, source: str, target: str, region: str, names: Names) -> None:
        for _, form in names.words:
            if MARKUP.intersection(form):
                raise ValueError(form)
        self.source = source
        self.target = target
        self._engine = None if source == target else _engine(source, target, region)
        self._done: dict[str, str] = {}
        self._shown: dict[str, str] = {}
        self._people: set[str] = set()
        self._names: re.Pattern[str] | None = None
        if self._engine:
            self._shown = shown(names, cache(self._engine.convert), self._whole, _kept(target))
            given = {*names.organisations, *names.keep, *dict(names.words)}
            self._people = set(names.persons) - given
            self._names = finder(self._shown, self._people)

    def convert(self, text: str) -> str:
        """A text in the other script."""
        if self._engine is None or text.isascii():
            return text
        if _HELD in text:
            return _HELD.join(map(self.convert, text.split(_HELD)))
        return self._around(text, self._spans(text))

    def convert_html(self, html: str) -> str:
        """A page, or a piece of one, in the other script; all but what people read stays, byte by byte."""
        if self._engine is None or html.isascii():
            return html
        found = visible(html, _OWN[self.source], frozenset({self.source.lower()}))
        edits = self._converted(html, found.words)
        if found.languages:
            edits = sorted(edits + self._languages(html, found.languages))
        parts: list[str] = []
        position = 0
        for start, end, text in edits:
            parts += (html[position:start], text)
            position = end
        parts.append(html[position:])
        return "".join(parts)

    def risky(self, text: str) -> list[Risk]:
        """The conversions in a text that an editor should look at; only of simplified into traditional."""
        if self._engine is None or self.target != TRADITIONAL or _HELD in text:
            return []
        return risks(text, self._spans(text), self._people, _marked().convert, self._engine.convert)

    def _converted(self, html: str, places: list[Place]) -> list[Span]:
        """The words at these places, converted together."""
        if len(self._done) > _MANY:
            self._done.clear()
        found = [(start, end, html[start:end]) for start, end in places]
        self._learn(list(dict.fromkeys(text for _, _, text in found if text not in self._done)))
        return [(start, end, self._done[text]) for start, end, text in found]

    def _learn(self, texts: list[str]) -> None:
        """Converts texts and keeps them: a title stands in many pages."""
        joined = _NEXT.join(texts)
        if joined.count(_NEXT) >= len(texts):  # a mark that is not ours
            done = [_NEXT.join(map(self.convert, text.split(_NEXT))) for text in texts]
        else:
            done = self.convert(joined).split(_NEXT)
        self._done.update(zip(texts, done, strict=False))

    def _languages(self, html: str, places: list[Place]) -> list[Span]:
        """Those values of `lang` that name the source, as they are now true."""
        return [
            (start, end, self.target) for start, end in places if html[start:end].strip().lower() not in _BARE
        ]

    def _spans(self, text: str) -> list[Span]:
        """What is not converted like the rest: from, to, what is shown for it."""
        spans = [(start, end, text[start:end]) for start, end in addresses(text)]
        if self._names is None:
            return spans
        named = [(*each.span(), self._shown[each[0]]) for each in self._names.finditer(text)]
        return list(_apart(sorted(spans + named, key=_first_and_longest))) if spans else named

    def _around(self, text: str, spans: list[Span]) -> str:
        """A text converted around these spans."""
        assert self._engine
        if not spans:
            done: str = self._engine.convert(text)
            return done
        parts: list[str] = []
        position = 0
        for start, end, _ in spans:
            parts.append(text[position:start])
            position = end
        parts.append(text[position:])
        done_parts = self._engine.convert(_HELD.join(parts)).split(_HELD)
        forms = (*(form for *_, form in spans), "")
        return "".join(chain.from_iterable(zip(done_parts, forms, strict=True)))

    def _whole(self, name: str, people: dict[str, str]) -> str:
        """An organisation by itself, the persons in its name as they are shown."""
        found = finder(people, people) if people else None
        spans = [(*each.span(), people[each[0]]) for each in found.finditer(name)] if found else []
        return self._around(name, spans)


def _first_and_longest(span: Span) -> tuple[int, int]:
    return span[0], -span[1]


def _apart(spans: Iterable[Span]) -> Iterator[Span]:
    """Those spans that do not begin inside one before."""
    last = 0
    for span in spans:
        if span[0] >= last:
            yield span
            last = span[1]


def _kept(target: str) -> dict[str, str]:
    """The characters that have a form of their own in names; 於 is the one surname that simplification left alone."""
    if target == SIMPLIFIED:
        return {"於": "於"}
    surnames = words().surnames
    return {sign: sign for sign in surnames.kept} | surnames.given


# OpenCC


@cache
def _engine(source: str, target: str, region: str) -> opencc.OpenCC:
    """OpenCC for one direction, with our words where they are traditional ones."""
    config = _CONFIGS[source, target][region]
    if target == SIMPLIFIED:
        return opencc.OpenCC(config)
    return _with_words(config, words().forms[region], {})


@cache
def _marked() -> opencc.OpenCC:
    """OpenCC that converts words, and puts marks for what no word decides."""
    return _with_words("s2tw", {}, marks())


def _with_words(config: str, forms: Mapping[str, str], marked: Mapping[str, str]) -> opencc.OpenCC:
    """OpenCC by one of its configurations, with our words before its own, and our `forms` after all.

    With marks, these stand for single characters, and what a region writes is left out. Text is not cut into
    segments first, as these configurations have it: the longest word wins in either case, and the time is
    less than half. OpenCC reads dictionaries from files alone, so ours are written for the moment of reading.
    """
    rules = _located(json.loads((_DICTIONARIES / f"{config}.json").read_text(encoding="utf-8")))
    del rules["segmentation"]
    first, last = (step["dict"]["dicts"] for step in rules["conversion_chain"])
    with tempfile.TemporaryDirectory(prefix="softsite-") as folder:
        first[0]["dicts"][:0] = [_dictionary(folder, "words", words().words)]
        if marked:
            first[1:1] = [_dictionary(folder, "marks", marked)]
            del rules["conversion_chain"][1:]
        else:
            last[:0] = [_dictionary(folder, "forms", forms)]
        path = Path(folder, "rules.json")
        path.write_text(json.dumps(rules), encoding="utf-8")
        return opencc.OpenCC(str(path))


def _dictionary(folder: str, name: str, entries: Mapping[str, str]) -> dict[str, str]:
    """A dictionary in a file, as OpenCC's rules name it."""
    path = Path(folder, f"{name}.txt")
    path.write_text("".join(f"{word}\t{form}\n" for word, form in entries.items()), encoding="utf-8")
    return {"type": "text", "file": str(path)}


def _located(rules: Any) -> Any:
    """OpenCC's rules with the whole path of each of its dictionaries."""
    if isinstance(rules, dict):
        return {
            key: str(_DICTIONARIES / value) if key == "file" else _located(value)
            for key, value in rules.items()
        }
    return [_located(each) for each in rules] if isinstance(rules, list) else rules
