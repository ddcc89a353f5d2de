"""Slug: the address of a heading inside its page, made from the heading's own words."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_DROPPED = re.compile(r"[^\w.:\-]|(?<=\W)[.:](?=\W|$)")


def slug(text: str) -> str:
    """`text` without punctuation, its blanks as `-`; what it gives, it leaves as it is."""
    spaced = _SPACES.sub("-", unicodedata.normalize("NFC", text).strip())
    return _DROPPED.sub("", spaced)
