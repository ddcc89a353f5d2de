"""Review: the conversions of a text that an editor should look at, since no dictionary can be sure of them."""

import re
from collections.abc import Callable, Container, Iterator, Sequence
from functools import cache
from itertools import chain

from softsite.records import Record
from softsite.text.words import has_han, words

UNDECIDED, BORDER, WORD = "undecided", "border", "word"
_NUMERALS = "〇零一二三四五六七八九十百千万亿两多几"
_FIRST_MARK = 0xF0000  # of private use
_WINDOW = 3


class Risk(Record, frozen=True):
    """A conversion that an editor should look at: where in the text, what was written for what, and why.

    `why` is "undecided": no word in the dictionaries says which of several characters it is; "border": a name was
    found where it may be the end of one word and the beginning of another; or "word": what was found is also
    a word that is written otherwise, as 沈阳 is a person (沈陽) and a city (瀋陽). `others` is what it
    could be instead.
    """

    position: int
    source: str
    result: str
    why: str
    others: str = ""


@cache
def marks() -> dict[str, str]:
    """A mark for each character that is reviewed."""
    signs = dict.fromkeys(chain.from_iterable(words().review.values()))
    return {sign: chr(_FIRST_MARK + number) for number, sign in enumerate(signs)}


def risks(
    text: str,
    spans: Sequence[tuple[int, int, str]],
    people: Container[str],
    marked: Callable[[str], str],
    alone: Callable[[str], str],
) -> list[Risk]:
    """What no word decides in a text, and the persons in it who may be parts of words.

    `spans` are what is not converted like the rest: from, to, what is shown; of these only `people` can be
    doubtful. `marked` converts words and puts marks for what none of them decides; `alone` converts a
    character, or a word.
    """
    found: list[Risk] = []
    for start, end, form in spans:
        name = text[start:end]
        if name not in people:
            continue
        if (word := alone(name)) != form and not _open(marked(name)):
            found.append(Risk(start, name, form, WORD, word))
        elif _joined(text, start, end, marked):
            found.append(Risk(start, name, form, BORDER))
    for start, end in _between(spans, len(text)):
        found += _undecided(text, start, end, marked, alone)
    return sorted(found, key=lambda risk: risk.position)


def _between(spans: Sequence[tuple[int, int, str]], length: int) -> Iterator[tuple[int, int]]:
    """What lies between the names."""
    position = 0
    for start, end, _ in spans:
        yield position, start
        position = end
    yield position, length


def _undecided(
    text: str, start: int, end: int, marked: Callable[[str], str], alone: Callable[[str], str]
) -> Iterator[Risk]:
    """The characters of a part that no word decides, where what stands around leaves room for doubt."""
    done = marked(text[start:end])
    if len(done) != end - start:  # does not happen: every word has the length of its form
        return
    for position, sign in enumerate(done, start):
        own = text[position]
        if marks().get(own) == sign and _is_doubtful(text, position):
            form = alone(own)
            others = "".join(other for other in _others(own) if other != form)
            yield Risk(position, own, form, UNDECIDED, others)


def _open(done: str) -> bool:
    """Whether a text has marks: characters that no word decides."""
    return not set(done).isdisjoint(marks().values())


def _others(sign: str) -> str:
    """The characters that a simplified one may stand for."""
    return next(listed[sign] for listed in words().review.values() if sign in listed)


def _is_doubtful(text: str, position: int) -> bool:
    """Whether what stands around a character leaves room for doubt."""
    sign, before, after = text[position], text[:position][-1:], text[position + 1 : position + 2]
    review = words().review
    if sign in review["names"]:
        return has_han(after) and _begins(before + sign + after)
    if sign in review["inside"]:
        return has_han(after)
    return sign not in review["uncounted"] or not (before.isnumeric() or (before and before in _NUMERALS))


def _begins(text: str) -> bool:
    """Whether a name may begin at the second last character."""
    return re.compile(words().surnames.begins).match(text, len(text)) is not None


def _joined(text: str, start: int, end: int, marked: Callable[[str], str]) -> bool:
    """Whether a word of the dictionaries goes across the beginning or the end of a name."""
    first, last = text[start], text[end - 1]
    before, after = text[max(0, start - _WINDOW) : start], text[end : end + _WINDOW]
    return (bool(before) and first in marks() and marked(before + first)[-1] != marks()[first]) or (
        bool(after) and last in marks() and marked(last + after)[0] != marks()[last]
    )
