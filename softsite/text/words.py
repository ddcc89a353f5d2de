"""Words: what OpenCC's dictionaries do not know of the traditional script, as script/words.toml has it."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from softsite.text.editions import REGIONS

HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_HAS_HAN = re.compile(f"[{HAN}]")
_FILE = Path(__file__).parent.parent / "script" / "words.toml"


class Surnames(NamedTuple):
    """How persons are named.

    `kept` are characters that stay in any name, `surnames` such, or several, that stay at its
    beginning, `given` those with a form of their own. `begins` is a pattern that matches two characters
    behind a place where a name may begin.
    """

    kept: frozenset[str]
    surnames: tuple[str, ...]
    given: dict[str, str]
    begins: str


class Words(NamedTuple):
    """All of the file.

    `words` are words with their forms; `forms` single characters of a region, after all else; `review` are
    characters that can become several, each with these, by why an editor should look.
    """

    words: dict[str, str]
    forms: dict[str, dict[str, str]]
    surnames: Surnames
    review: dict[str, dict[str, str]]


@cache
def words() -> Words:
    """What OpenCC does not know."""
    read = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    found = _pairs(read["common"]["words"])
    for group in read["borders"]:
        after = _pairs(group["after"]).items()
        for before, form in _pairs(group["before"]).items():
            found |= {before + word: form + its for word, its in after}
    for group in read["words"]:
        found |= _pairs(group["words"])
    both = _pairs(read["forms"]["both"])
    names = read["names"]
    return Words(
        found,
        {region: both | _pairs(read["forms"][region]) for region in REGIONS},
        Surnames(
            frozenset(names["kept"]),
            tuple(sorted(names["surnames"].split(), key=len, reverse=True)),
            _pairs(names["given"]),
            f"(?:(?<![{HAN}]..)|(?<=[{names['titles']}]..))",
        ),
        {why: {each[0]: each[1:] for each in listed.split()} for why, listed in read["review"].items()},
    )


def has_han(text: str) -> bool:
    """Whether a text has a Chinese character."""
    return _HAS_HAN.search(text) is not None


def _pairs(text: str) -> dict[str, str]:
    """`源=果` by its source; a word alone is its own form."""
    return {source: form or source for source, _, form in (each.partition("=") for each in text.split())}
