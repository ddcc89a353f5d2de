"""Visible: where in HTML the words stand that people read; nothing else is ever looked at, or changed.

A scanner of tags, since no library has what is needed here: lxml, html5lib and nh3 write the whole
document anew, and `html.parser` knows where a tag begins but not where its values do, and is five
times slower. The scanner splits text from tags as browsers do, down to quotes around a `>`, and finds
values only in the few tags that hold any words. What it takes is HTML as sanitiser and templates write
it: elements that are left alone (`<code>`, `lang="en"`) have their end tags.
"""

from functools import cached_property
from string import ascii_lowercase, ascii_uppercase
from typing import NamedTuple

# Elements whose text is not for conversion: code, and what is no text at all.
_ALONE = frozenset({"code", "pre", "kbd", "samp", "tt", "script", "style"})
_RAW = frozenset({"script", "style"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
# Attributes that people read, or hear.
_READ = frozenset(
    "alt title placeholder label summary abbr aria-label aria-description aria-placeholder aria-roledescription "
    "aria-valuetext".split()
)
_DATA = "application/ld+json"
_SPACE = " \t\n\r\f"
_SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)  # keeps lengths, which `lower` does not
_NAME_ENDS = frozenset(_SPACE + "/>=")

Place = tuple[int, int]


class Visible(NamedTuple):
    """Where the words of a piece of HTML stand, in its order, and the values of `lang` that speak of them."""

    words: list[Place]
    languages: list[Place]


class Attribute(NamedTuple):
    """An attribute of a tag: its name in small letters, and where its value stands."""

    name: str
    start: int
    end: int


def visible(html: str, own: frozenset[str], page: frozenset[str]) -> Visible:
    """The words in a page or a piece of one; places of pure ASCII are left out.

    `own` are the languages, in small letters, that an element may name and still belong to the text
    around it; `page` those that `<html>` may name.
    """
    scan = _Scan(html, own, page)
    scan.all()
    return Visible(scan.words, scan.languages)


class _Scan:
    """Walks through HTML from tag to tag."""

    def __init__(self, html: str, own: frozenset[str], page: frozenset[str]) -> None:
        self.html = html
        self.own = own
        self.page = page
        self.words: list[Place] = []
        self.languages: list[Place] = []
        self.alone = ""  # the element that is left alone, as long as we are in it
        self.depth = 0  # how many elements of that name are open
        self.in_capitals = False  # whether an end tag was not found in small letters

    def all(self) -> None:
        """Notes all words from the beginning to the end."""
        html, find = self.html, self.html.find
        position = 0
        while (start := find("<", position)) >= 0:
            if start > position and not self.alone:
                self._note(position, start)
            sign = html[start + 1 : start + 2]
            if sign == "/":
                position = self._end_tag(start)
            elif sign.isascii() and sign.isalpha():
                position = self._start_tag(start)
            elif sign and sign in "!?":
                position = self._comment(start)
            else:
                position = start + 1
        if not self.alone:
            self._note(position, len(html))

    @cached_property
    def small(self) -> str:
        """The HTML in small ASCII letters, for end tags that are written in capitals."""
        return self.html.translate(_SMALL)

    def _note(self, start: int, end: int) -> None:
        """Words from `start` to `end`, if there are any."""
        if not self.html[start:end].isascii():
            self.words.append((start, end))

    def _comment(self, start: int) -> int:
        """Passes over a comment or a declaration."""
        closing = "-->" if self.html.startswith("<!--", start) else ">"
        end = self.html.find(closing, start)
        return len(self.html) if end < 0 else end + len(closing)

    def _end_tag(self, start: int) -> int:
        """Passes over an end tag, which may end what was left alone."""
        end = self.html.find(">", start)
        if end < 0:
            return len(self.html)
        if self.alone and self.html[start + 2 : end].strip(_SPACE).lower() == self.alone:
            self.depth -= 1
            if not self.depth:
                self.alone = ""
        return end + 1

    def _start_tag(self, start: int) -> int:
        """Passes over a start tag: notes its values, and begins what is left alone."""
        html = self.html
        end = html.find(">", start)
        if end < 0:
            return len(html)
        tag = html[start + 1 : end]
        if ("'" in tag or tag.count('"') % 2) and (end := attributes(html, start)[1]) < len(html):
            tag = html[start + 1 : end]
        name = _name(tag)
        if self.alone:
            self.depth += name == self.alone
            return end + 1
        if name in _ALONE:
            return self._raw(name, start, end) if name in _RAW else self._leave(name, tag, end)
        if len(tag) > len(name) and (not tag.isascii() or "lang" in tag or "translate" in tag):
            found = attributes(html, start)[0]
            if self._is_foreign(name, found):
                return self._leave(name, tag, end)
            self._values(name, found)
        return end + 1

    def _leave(self, name: str, tag: str, end: int) -> int:
        """Begins an element that is left alone."""
        if name not in _VOID and not tag.endswith("/"):
            self.alone, self.depth = name, 1
        return end + 1

    def _is_foreign(self, name: str, found: list[Attribute]) -> bool:
        """Whether an element is of another language, or asks to be left alone; notes the language when it is ours."""
        for each in found:
            value = self.html[each.start : each.end].strip(_SPACE).lower()
            if each.name == "translate" and value == "no":
                return True
            if each.name in ("lang", "xml:lang") and value:
                if value not in self.own and not (name == "html" and value in self.page):
                    return True
                self.languages.append((each.start, each.end))
        return False

    def _values(self, name: str, found: list[Attribute]) -> None:
        """Notes the values that people read."""
        is_meta = name == "meta" and all(each.name != "http-equiv" for each in found)
        for each in found:
            if each.name in _READ or (is_meta and each.name == "content"):
                self._note(each.start, each.end)

    def _raw(self, name: str, start: int, end: int) -> int:
        """Passes over a script or a style sheet; the texts of JSON-LD are noted."""
        html = self.html
        closing = -1 if self.in_capitals else html.find(f"</{name}", end)
        if closing < 0:
            self.in_capitals = True
            closing = self.small.find(f"</{name}", end)
        closing = len(html) if closing < 0 else closing
        if _DATA in html[start:end]:
            for first, last in _strings(html, end, closing):
                self._note(first, last)
        return closing


def attributes(html: str, start: int) -> tuple[list[Attribute], int]:
    """The attributes of the tag that begins at `start`, and where its `>` stands; the end of `html` if nowhere."""
    length = len(html)
    position = start + 1
    while position < length and html[position] not in _NAME_ENDS:
        position += 1
    found: list[Attribute] = []
    while True:
        while position < length and html[position] in " \t\n\r\f/":
            position += 1
        if position >= length or html[position] == ">":
            return found, position
        first = position
        position += 1  # a name may begin with =
        while position < length and html[position] not in _NAME_ENDS:
            position += 1
        name = html[first:position].lower()
        begin, end, position = _value(html, position)
        found.append(Attribute(name, begin, end))


def _value(html: str, position: int) -> tuple[int, int, int]:
    """Where the value stands that follows an attribute's name, and where the rest of the tag begins."""
    length = len(html)
    after = position
    while after < length and html[after] in _SPACE:
        after += 1
    if after >= length or html[after] != "=":
        return position, position, position
    after += 1
    while after < length and html[after] in _SPACE:
        after += 1
    if after < length and html[after] in "\"'":
        end = html.find(html[after], after + 1)
        return (after + 1, length, length) if end < 0 else (after + 1, end, end + 1)
    end = after
    while end < length and html[end] not in " \t\n\r\f>":
        end += 1
    return after, end, end


def _name(tag: str) -> str:
    """The name of a tag, in small letters."""
    name = tag.partition(" ")[0]
    if not name.isalnum():
        end = next((n for n, sign in enumerate(tag) if sign in _NAME_ENDS), len(tag))
        name = tag[:end]
    return name.lower()


def _strings(text: str, start: int, end: int) -> list[Place]:
    """Where the strings of JSON stand, without their quotation marks."""
    found: list[Place] = []
    position = text.find('"', start, end)
    while position >= 0:
        first = last = position + 1
        while (last := text.find('"', last, end)) >= 0 and _is_escaped(text, last):
            last += 1
        if last < 0:
            break
        found.append((first, last))
        position = text.find('"', last + 1, end)
    return found


def _is_escaped(text: str, position: int) -> bool:
    """Whether an odd number of backslashes stands before."""
    start = position
    while text[start - 1] == "\\":
        start -= 1
    return (position - start) % 2 == 1
