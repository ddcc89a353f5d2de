"""Fold: characters that mean the same to who searches become one: both scripts, full width, capitals.

Each UTF-16 unit is folded by itself, so a folded text is as long as the text, and the browser needs
no more than the two strings of `pairs`. Characters beyond U+FFFF stay as they are.
"""

from array import array
from functools import cache
from pathlib import Path

UNITS = 0x10000
# Characters that OpenCC turns into one another, a line for each family; the first stands for all of them. Made by
# `python -m tests.text.variants`.
FILE = Path(__file__).with_name("variants.txt")
_FULL_WIDTH = 0xFEE0  # from ! to ！
_CAPITALS = ((0x41, 0x5B), (0xC0, 0x250), (0x370, 0x530))  # Latin, Greek, Cyrillic
_ALIKE = {"“": '"', "”": '"', "‘": "'", "’": "'", "\u3000": " ", "\u00a0": " "}


@cache
def pairs() -> tuple[str, str]:
    """The characters that change, and what each becomes, as two strings of one length."""
    found = dict(_ALIKE)
    found |= {chr(n): chr(n - _FULL_WIDTH).lower() for n in range(0xFF01, 0xFF5F)}
    for first, last in _CAPITALS:
        for sign in map(chr, range(first, last)):
            small = sign.lower()
            if small != sign and len(small) == 1:
                found[sign] = small
    for family in FILE.read_text(encoding="utf-8").split():
        found |= dict.fromkeys(family[1:], family[0])
    return "".join(found), "".join(found.values())


@cache
def units() -> "array[int]":
    """What each UTF-16 unit becomes."""
    table = array("H", range(UNITS))
    for sign, becomes in zip(*pairs(), strict=True):
        table[ord(sign)] = ord(becomes)
    return table


def folded(text: str) -> str:
    """A text with every unit folded."""
    return text.translate(str.maketrans(*pairs()))
