"""Seen: the words of a piece of HTML as a reader sees them: a line for each block, blanks as one.

Not for any HTML, but for what sanitiser and templates write: every tag is closed, every `<` of a text escaped.
"""

import re
from html import unescape

# A value may hold the sign > between its quotes.
_TAG = re.compile(r"""</?([a-zA-Z][a-zA-Z0-9-]*)(?:[^"'<>]|"[^"]*"|'[^']*')*>""")
_INLINE = frozenset(
    "a abbr b bdi bdo big cite code data del dfn em font i ins kbd mark q rp rt ruby s samp small span strike strong "
    "sub sup time tspan tt u var wbr".split()
)
_COMMON = re.compile("</?p>|<br>|</?strong>")
_LEAVES = {"<strong>": "", "</strong>": ""}
_ENDS = "\r"  # a line; in no text, unlike a line break of the source, which is a blank


def seen(html: str) -> str:
    """The words in `html`; elements inside a line leave no trace, the others end it."""
    text = _COMMON.sub(lambda match: _LEAVES.get(match[0], _ENDS), html)
    if "<" in text:
        text = _TAG.sub(lambda match: "" if match[1].lower() in _INLINE else _ENDS, text)
    if "&" in text:
        text = unescape(text)
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split(_ENDS))))
