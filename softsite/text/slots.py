"""Slots: holes in a rendered text that other pieces fill, marked by characters no text can hold.

U+FDD0 and U+FDD1 are noncharacters: XML allows them, every text that is read loses
them (text/characters.py), so nothing that an editor writes can be taken for a slot.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import quote, unquote, unquote_to_bytes

_OPEN = "\ufdd0"
_CLOSE = "\ufdd1"
OPEN = _OPEN.encode()
_SLOT = re.compile(re.escape(OPEN) + b"(.*?)" + re.escape(_CLOSE.encode()))
_MARK = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}")


@lru_cache(maxsize=1024)
def slot(name: str) -> str:
    """The mark of a slot; in letters that mean the same in HTML, XML and JSON."""
    return f"{_OPEN}{quote(name, safe='/:')}{_CLOSE}"


def parted(text: str) -> list[str]:
    """A text and the names of its slots in turns: text, name, text, … ."""
    parts = _MARK.split(text) if _OPEN in text else [text]
    parts[1::2] = map(unquote, parts[1::2])
    return parts


def without_slots(text: str) -> str:
    """A text without any mark of a slot."""
    return _MARK.sub("", text).replace(_OPEN, "").replace(_CLOSE, "")


def filled(skeleton: bytes, piece: Callable[[str], bytes]) -> bytes:
    """`skeleton` with each slot replaced by what `piece` gives for its name."""
    parts = _SLOT.split(skeleton)
    parts[1::2] = [piece(_name(mark)) for mark in parts[1::2]]
    return b"".join(parts)


@lru_cache(maxsize=4096)
def _name(mark: bytes) -> str:
    return (unquote_to_bytes(mark) if b"%" in mark else mark).decode()
