"""Characters: what no page, feed or search index can hold, and what only looks like ASCII."""

import re
import unicodedata

REPLACEMENT = "\ufffd"
# XML 1.0 forbids these, or Word leaves them behind; U+FDD0 marks slots (text/slots.py).
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_UNCLEAN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
_BIDI = "\u202a-\u202e\u2066-\u2069"  # they turn the order of what is read: 100 can look like 001
_INVISIBLE = re.compile(f"[\u200b\u2060\ufeff{_BIDI}]")
_TOLD = re.compile(f"{_FORBIDDEN.pattern}|[{_BIDI}]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\u2028\u2029\x85]")
# Ideographs, kana, and the full-width punctuation of Chinese; no Hangul, no Latin.
_HAN = (
    (0x2E80, 0x2FDF), (0x3001, 0x303F), (0x3040, 0x30FF), (0x31C0, 0x31EF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF), (0xFF01, 0xFF60), (0x20000, 0x3FFFF),
)  # fmt: skip
_BREAK = re.compile(r"(\S)\n[ \t\u3000]*(?=(\S))")
_QUOTES = "“”‘’—…"


def forbidden(text: str) -> "re.Match[str] | None":
    """The first character that may not stand in any output."""
    return _FORBIDDEN.search(text)


def told(text: str) -> "re.Match[str] | None":
    """The first character that is taken out of a text, and that an editor is told of."""
    return _TOLD.search(text)


def cleaned(text: str) -> str:
    """`text` with line ends as LF and without characters that nobody can see or no page can hold."""
    if _UNCLEAN.search(text):
        text = _LINE_ENDS.sub("\n", text)
        text = _FORBIDDEN.sub("", _INVISIBLE.sub("", text))
    return text


def replaced(text: str) -> str:
    """`text` with U+FFFD for each character that no page can hold."""
    return _FORBIDDEN.sub(REPLACEMENT, text)


def name(character: str) -> str:
    """A character's number as editors can look it up: U+000B."""
    return f"U+{ord(character):04X}"


def folded(text: str) -> str:
    """What two names share that a reader, or Windows, would take for the same."""
    return unicodedata.normalize("NFC", text).casefold()


def unbroken(text: str) -> str:
    """A text without its line breaks between Han characters; browsers would show a blank."""
    return _BREAK.sub(lambda match: match[1] if joins(match[1], match[2]) else match[0], text)


def joins(left: str, right: str) -> bool:
    """Whether a break between these two characters is none: both of Chinese text, one of them Han."""
    if not left or not right:
        return False
    han_left, han_right = is_han(left), is_han(right)
    return (han_left and (han_right or is_quote(right))) or (han_right and is_quote(left))


def is_han(character: str) -> bool:
    """Whether a character is of Chinese text beyond doubt."""
    number = ord(character)
    return any(first <= number <= last for first, last in _HAN)


def is_quote(character: str) -> bool:
    """Whether a character is punctuation that Chinese and Latin text share."""
    return character in _QUOTES
