"""Slots: holes in a rendered text that other pieces fill, marked by characters no text can hold.

U+FDD0 and U+FDD1 are noncharacters: XML allows them, every text that is read loses
them (text/characters.py), so nothing that an editor writes can be taken for a slot.
"""

import re
from collections.abc import Callable

_OPEN = "\ufdd0"
_CLOSE = "\ufdd1"
_SLOT = re.compile(re.escape(_OPEN.encode()) + b"(.*?)" + re.escape(_CLOSE.encode()))


def slot(name: str) -> str:
    """The mark of a slot."""
    return f"{_OPEN}{name}{_CLOSE}"


def filled(skeleton: bytes, piece: Callable[[str], bytes]) -> bytes:
    """`skeleton` with each slot replaced by what `piece` gives for its name."""
    parts = _SLOT.split(skeleton)
    parts[1::2] = [piece(name.decode()) for name in parts[1::2]]
    return b"".join(parts)
