"""Patterns: the spellings that softsite reads, as regular expressions that mean the same to Python and to JavaScript.

So digits are written out, and nothing is escaped that need not be. A value with
full-width signs is not judged: softsite reads such signs as their ASCII forms.
"""

import re
import unicodedata
from collections.abc import Iterable

_WIDE = "[！-～　]"
_YEAR = r"(?:19[0-9]{2}|[2-8][0-9]{3}|9000)"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_HOUR = r"(?:[01]?[0-9]|2[0-3])"
_SIXTIETH = r"[0-5]?[0-9]"
_OFFSET = r"(?:[Zz]|[+\-][0-9]{2}:?[0-9]{2})"
_TIME = rf"[Tt\s]*{_HOUR}\s*[:时時]\s*(?:{_SIXTIETH})?\s*(?:[:分]\s*(?:{_SIXTIETH}(?:\.[0-9]+)?秒?)?)?"
_FIGURE = r"[+\-−]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)"


def like(pattern: str) -> str:
    """The pattern of a whole value, with blanks around it."""
    return rf"^\s*(?:{pattern})\s*$|{_WIDE}"


def word(*words: str) -> str:
    """The pattern of one of some words, in small letters or capitals."""
    return like("|".join("".join(map(_any_case, each)) for each in words))


def figure(units: Iterable[str], *, whole: bool) -> str:
    """The pattern of a number, with one of its units behind it or none."""
    forms = (form for unit in units for form in (unit, unicodedata.normalize("NFKC", unit)))
    behind = "|".join(map(_literally, filter(None, dict.fromkeys(forms))))
    decimals = "" if whole else r"(?:\.[0-9]+)?"
    return like(rf"{_FIGURE}{decimals}\s*(?:{behind})?")


DATE = like(rf"{_YEAR}\s*[-/.年]\s*{_MONTH}\s*[-/.月]\s*{_DAY}\s*日?(?:{_TIME})?\s*{_OFFSET}?")
MONTH = like(rf"{_YEAR}\s*[-/.年]\s*{_MONTH}\s*月?")
QUARTER = like(
    rf"{_YEAR}\s*(?:年\s*)?(?:[-/. ]?\s*[Qq][1-4]|第?[一二三四1-4]季度?)|{_YEAR}\s*[-/.]\s*第?[1-4]季度?"
)
YEAR = like(rf"{_YEAR}\s*(?:年度?)?")
DAY_OF_YEAR = r"(?:[0-9]{4}[-/.年])?[0-9]{1,2}[-/.月][0-9]{1,2}日?"
DOCUMENT_NUMBER = like(r"[^\s〔〕]{1,40}〔(?:19|20)[0-9]{2}〕第?[0-9]{1,5}号")


def _any_case(character: str) -> str:
    is_letter = character.isascii() and character.isalpha()
    return f"[{character.upper()}{character.lower()}]" if is_letter else character


def _literally(text: str) -> str:
    """A text as a pattern."""
    return re.sub(r"[\\^$.*+?()\[\]{}|/]", r"\\\g<0>", text)
