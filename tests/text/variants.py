"""Variants: makes softsite/text/variants.txt: characters that OpenCC, or our words, turn into one another.

`python -m tests.text.variants` writes the file anew; a test says when that is due.
"""

from collections import defaultdict
from collections.abc import Iterator

import opencc

from softsite.text.editions import REGIONS
from softsite.text.fold import FILE
from softsite.text.words import words

_CONFIGS = ("t2s", "tw2s", "hk2s", "s2t", "s2tw", "s2hk")
_HAN = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x32000))


def families() -> list[str]:
    """Each family of characters up to U+FFFF, the one that stands for all first."""
    above: dict[str, str] = {}
    for one, other in _turned():
        above.setdefault(_top(above, one), _top(above, one))
        above[_top(above, one)] = _top(above, other)
    members = defaultdict(set)
    for sign in [*above, *above.values()]:
        if len(sign.encode("utf-16-le")) == 2:
            members[_top(above, sign)].add(sign)
    ordered = (sorted(each, key=_rank) for each in members.values() if len(each) > 1)
    return sorted("".join(each) for each in ordered)


def _turned() -> Iterator[tuple[str, str]]:
    """A character and what it becomes, by any dictionary."""
    for config in _CONFIGS:
        convert = opencc.OpenCC(config).convert
        for sign in (chr(n) for first, last in _HAN for n in range(first, last)):
            becomes = convert(sign)
            if becomes != sign and len(becomes) == 1:
                yield sign, becomes
    known = words()
    for word, form in known.words.items():
        if len(word) == len(form):
            yield from zip(word, form, strict=True)
    for region in REGIONS:
        yield from known.forms.get(region, {}).items()


def _top(above: dict[str, str], sign: str) -> str:
    """The character that a family is kept under."""
    while above.get(sign, sign) != sign:
        sign = above[sign]
    return sign


def _rank(sign: str) -> tuple[bool, bool, str]:
    """Characters of daily life first (GB 2312), among them those that are simplified."""
    try:
        rare = not sign.encode("gb2312")
    except UnicodeEncodeError:
        rare = True
    return rare, _simplified.convert(sign) != sign, sign


_simplified = opencc.OpenCC("t2s")

if __name__ == "__main__":
    FILE.write_text("".join(f"{each}\n" for each in families()), encoding="utf-8")
