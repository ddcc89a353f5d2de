"""Blocks: what Chinese editors mean that Markdown does not say; an extension of Python-Markdown.

- A run of text without any inline sign is marked as done (`AtomicString`), paragraphs
  without any sign are done at once, and only those inline patterns are tried whose sign
  stands in the text: this spares most of Python-Markdown's time and changes no output.
- A line break between two Han characters vanishes; browsers would show a blank.
- An indented paragraph, as pasted from Word, is a paragraph and no code; so are two U+3000.
- A list, or a numbered clause, right below a line of text begins a block of its own.
- Headings get their words as ids; a picture alone in a paragraph becomes a figure.
- Citations of bulletins (text/citations.py) become slots: figures in a sentence, a bulletin on a line of its own.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from posixpath import splitext
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.inlinepatterns import InlineProcessor, Pattern
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from softsite.text import citations
from softsite.text.characters import joins, unbroken
from softsite.text.citations import Citation
from softsite.text.links import SOUNDS, VIDEOS, Reference
from softsite.text.slots import without_slots
from softsite.text.slug import slug

_INLINE_SIGN = re.compile(r"[\\`*_\[\]!<>&\x02\x03{}｛]|  \n")
# A line of text whose only signs are pairs of `**` and simple links. No part can begin where another goes on, so
# it fails in one pass; possessive quantifiers would say so, but Python before 3.11.5 gets them wrong.
_WORD = r"[^\n\\`*_\[\]!<>&\x02\x03{}｛|]"
_BOLD = rf"\*\*(?!\s){_WORD}+(?<!\s)\*\*(?!\*)"
_LINK = rf"\[(?!\^){_WORD}+\]\([\w./:?=#%~+-]+\)"
_PLAIN = re.compile(
    rf"(?![0-9]+[.)]\s)(?=(?:\*\*|\[)?[\w“‘《（【「『〔]){_WORD}*(?:(?:{_BOLD}|{_LINK}){_WORD}*)*"
)
_PAIR = re.compile(r"\*\*([^*]+)\*\*")
_SIMPLE_LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
_WRITTEN_LINK = re.compile(r"(?<!!)\[([^\[\]\n]+)\]\(<?([^)>\s]+)")
INDENTS = "\u3000\xa0\uf06c\uf0b7\uf06e\uf075\uf0d8●•▪◦｜"
_INDENT = re.compile(r"^[ \t]*[\u3000\xa0][\u3000\xa0 \t]*", re.MULTILINE)
_BULLET = re.compile("^([ \t\u3000]*)[\uf06c\uf0b7\uf06e\uf075\uf0d8●•▪◦][ \t\u3000]*", re.MULTILINE)
_BARS = re.compile("^[ \u3000]*｜.*$", re.MULTILINE)
_ASCII_BARS = str.maketrans({"｜": "|", "：": ":", "－": "-", "—": "-"})
_CLAUSE = r"(?:[一二三四五六七八九十百]{1,4}、|（[一二三四五六七八九十百]{1,4}）|[0-9０-９]{1,3}[、．]|（[0-9０-９]{1,3}）|[①-⑳])"
_ENDS = "。；！？：，、…"
_LIST_ITEM = re.compile(r" {0,3}(?:[-*+]|[0-9]{1,3}\.) +\S")
_CLAUSE_START = re.compile(rf"[ \u3000]*{_CLAUSE}")
_RULE_OF_TABLE = re.compile(r" {0,3}\|? *:?-+:? *(?:\|[ :|-]*)?$")
_FIRST_LEVEL = re.compile(r"[一二三四五六七八九十百]{1,4}、\s*\S")
_SECOND_LEVEL = re.compile(r"（[一二三四五六七八九十百]{1,4}）\s*\S")
_MAX_HEADING = 50
_SIGNS = re.compile(r"\]\(|!\[|\[\^|  \n|[\\`*_<&]")
_REFERENCE = "]:"
# What has to stand in a text for each of Python-Markdown's inline patterns to match.
_OPENERS = {
    "backtick": "`",
    "escape": "\\",
    "footnote": "[^",
    "link": "](",
    "image_link": "![",
    "reference": _REFERENCE,
    "image_reference": _REFERENCE,
    "short_reference": _REFERENCE,
    "short_image_ref": _REFERENCE,
    "autolink": "<",
    "automail": "<",
    "html": "<",
    "linebreak": "  \n",
    "entity": "&",
}
_BLOCKS = frozenset(
    {"p", "li", "ul", "ol", "blockquote", "div", "dl", "dt", "dd", "tr", "h1", "h2", "h3", "h4", "h5", "h6"}
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_STASHED = re.compile("\x02[^\x03]*\x03")
_ESCAPED = re.compile("\x02([0-9]+)\x03")
_ALIGN = re.compile(r"text-align:\s*(left|center|right);?")


def extend(
    converter: Markdown,
    cited: dict[str, Reference],
    *,
    numbered_headings: bool,
    plain: bool,
    indents: bool,
    braces: bool,
) -> None:
    """Teaches a Markdown reader all of this.

    `plain`: no paragraph turns out to be more than that; `indents`: one of INDENTS is in the text; `braces`: double
    braces are. What a text cites is put into `cited`, by its marks.
    """
    converter.parser.blockprocessors.deregister("code")
    if indents:
        converter.preprocessors.register(_Indents(converter), "softsite-indents", 24)
    converter.parser.blockprocessors.register(_Splits(converter.parser), "softsite-splits", 12)
    if braces:
        converter.parser.blockprocessors.register(_Shown(converter.parser, cited), "softsite-shown", 190)
        converter.inlinePatterns.register(_Cited(converter, cited), "softsite-cited", 85)
    if numbered_headings:
        converter.parser.blockprocessors.register(_Numbered(converter.parser), "softsite-numbered", 75)
    elif plain:
        converter.parser.blockprocessors.register(_Plain(converter.parser), "softsite-plain", 200)
    converter.treeprocessors.register(_Runs(converter), "softsite-runs", 21)
    converter.treeprocessors.register(_Finish(converter), "softsite-finish", 5)


def plain_html(source: str) -> str | None:
    """The HTML of a text that is nothing but paragraphs of words, bold and simple links; None for any other."""
    paragraphs = source.split("\n\n")
    return _paragraphs(paragraphs) if all(map(_PLAIN.fullmatch, paragraphs)) else None


def _paragraphs(blocks: list[str]) -> str:
    """Plain blocks as HTML."""
    html = "<p>" + "</p>\n<p>".join(blocks) + "</p>"
    if "*" in html:
        html = _PAIR.sub(r"<strong>\1</strong>", html)
    return _SIMPLE_LINK.sub(r'<a href="\2">\1</a>', html) if "](" in html else html


def link_words(source: str) -> dict[str, str]:
    """The words of each link of a text, by its address as written."""
    return {address: words for words, address in reversed(_WRITTEN_LINK.findall(source))}


class _Indents(Preprocessor):
    """Takes away U+3000 before a paragraph; reads bullets of Word as a list, full-width bars as a table."""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        text = _BARS.sub(_with_ascii_bars, _BULLET.sub(r"\1- ", text))
        return _INDENT.sub("", text).split("\n")


def _with_ascii_bars(match: re.Match[str]) -> str:
    """A row of a table whose bars are full-width; in the rule below its head everything is."""
    row = match[0].strip()
    return row.translate(_ASCII_BARS) if not row.strip("｜-—－:： ") else row.replace("｜", "|")


class _Splits(BlockProcessor):
    """Lets a list or a numbered clause begin right below a line of text."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002 - Python-Markdown's signature
        return "\n" in block and len(_parted(block)) > 1

    def run(self, parent: Element, blocks: list[str]) -> None:
        first, *others = _parted(blocks.pop(0))
        blocks[:0] = others
        self.parser.parseBlocks(parent, [first])


def _parted(block: str) -> list[str]:
    """The lines of a block as the blocks that an editor means."""
    parts: list[list[str]] = []
    in_list = False
    lines = block.split("\n")
    for number, line in enumerate(lines):
        is_item = _LIST_ITEM.match(line) is not None
        is_clause = _CLAUSE_START.match(line) is not None
        is_table = "|" in line and number + 1 < len(lines) and _RULE_OF_TABLE.match(lines[number + 1])
        starts = is_clause or is_table or (is_item and not in_list) or _is_title(lines[number - 1])
        if number == 0 or (starts and lines[number - 1].strip()):
            parts.append([line])
        else:
            parts[-1].append(line)
        in_list = is_item or (in_list and not starts)
    return ["\n".join(part) for part in parts]


def _is_title(line: str) -> bool:
    """Whether a line is a numbered clause that is a title: short, and no sentence."""
    text = line.strip()
    return len(text) <= _MAX_HEADING and text[-1:] not in _ENDS and _CLAUSE_START.match(text) is not None


class _Plain(BlockProcessor):
    """A line with no signs but bold and simple links is a paragraph: it goes past all other steps as finished HTML."""

    def test(self, parent: Element, block: str) -> bool:
        return parent.tag == "div" and _PLAIN.fullmatch(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        count = 1
        while count < len(blocks) and _PLAIN.fullmatch(blocks[count]):
            count += 1
        html = _paragraphs(blocks[:count])
        del blocks[:count]
        SubElement(parent, "p").text = AtomicString(self.parser.md.htmlStash.store(html))


class _Shown(BlockProcessor):
    """`{{ bulletin: notices/2017-11 }}` alone on a line: a slot that shows the bulletin."""

    def __init__(self, parser: BlockParser, held: dict[str, Reference]) -> None:
        super().__init__(parser)
        self.held = held

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002 - Python-Markdown's signature
        return citations.is_braced(block) and any(map(_shown, block.split("\n")))

    def run(self, parent: Element, blocks: list[str]) -> None:
        lines = blocks.pop(0).split("\n")
        at = next(n for n, line in enumerate(lines) if _shown(line))
        cited = _shown(lines[at])
        above, below = ("\n".join(each).strip("\n") for each in (lines[:at], lines[at + 1 :]))
        if below:
            blocks.insert(0, below)
        if above:
            self.parser.parseBlocks(parent, [above])
        assert cited is not None
        mark = citations.marked(cited, lines[at].strip(), self.held)
        SubElement(parent, "div", {"class": "shown"}).text = AtomicString(mark)


def _shown(line: str) -> Citation | None:
    """The bulletin that a line shows."""
    match = citations.BRACES.fullmatch(line.strip())
    cited = citations.citation(match) if match else None
    return None if cited is None or cited.field else cited


class _Cited(InlineProcessor):
    """`{{ notices/2026-10.people }}`: a slot that holds the figure; after raw HTML, before emphasis."""

    def __init__(self, converter: Markdown, held: dict[str, Reference]) -> None:
        super().__init__(citations.BRACES.pattern, converter)
        self.held = held

    def handleMatch(self, match: re.Match[str], data: str) -> tuple[str | None, int | None, int | None]:  # type: ignore[override] # noqa: ARG002, N802 - Python-Markdown's names
        cited = citations.citation(match)
        if cited is None or not cited.field:
            return None, None, None
        return citations.marked(cited, match[0], self.held), match.start(0), match.end(0)


class _Numbered(BlockProcessor):
    """公文: `一、…` alone on a line is a heading, `（一）…` one below it."""

    def test(self, parent: Element, block: str) -> bool:
        return parent.tag in ("div", "section", "article") and self._heading(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        tag, title, rest = self._heading(block) or ("p", block, "")
        SubElement(parent, tag).text = title
        if rest:
            blocks.insert(0, rest)

    def _heading(self, block: str) -> tuple[str, str, str] | None:
        """The heading that begins a block: its tag, its words, and what follows it."""
        first, _, rest = block.partition("\n")
        title = first.strip()
        if len(title) > _MAX_HEADING or title[-1:] in _ENDS:
            return None
        if _FIRST_LEVEL.match(title):
            return "h2", title, rest
        return ("h3", title, rest) if _SECOND_LEVEL.match(title) else None


class _Runs(Treeprocessor):
    """Before inline signs are read: joins lines of Han text, marks runs without any sign as done."""

    def run(self, root: Element) -> None:
        self.broken: list[Element] = []
        signs: set[str] = {_REFERENCE} if self.md.references else set()
        for element in root.iter():
            text = element.text
            if not text or isinstance(text, AtomicString):
                continue
            if _INLINE_SIGN.search(text) is None:
                element.text = AtomicString(unbroken(text) if "\n" in text else text)
                continue
            signs.update(_SIGNS.findall(text))
            if "\n" in text:
                self.broken.append(element)
        inline: Any = self.md.treeprocessors["inline"]
        inline.inlinePatterns = self._patterns(frozenset(signs))

    @lru_cache(maxsize=256)  # noqa: B019 - a reader lives as long as the program
    def _patterns(self, signs: frozenset[str]) -> list[Pattern]:
        """The inline patterns that can match where only these signs stand."""
        patterns = self.md.inlinePatterns
        openers = {id(patterns[name]): opener for name, opener in _OPENERS.items() if name in patterns}
        return [each for each in patterns if openers.get(id(each), "") in signs or id(each) not in openers]


class _Finish(Treeprocessor):
    """After inline signs are read: headings, figures, media, cells; joins lines across bold and links."""

    def run(self, root: Element) -> None:
        runs = self.md.treeprocessors["softsite-runs"]
        for element in runs.broken if isinstance(runs, _Runs) else ():
            _join(element)
        headings: list[Element] = []
        tables: list[Element] = []
        for element in list(root.iter()):
            tag = element.tag
            if tag == "img":
                _play(element)
            elif tag == "p":
                _figure(element)
            elif tag in _HEADINGS:
                headings.append(element)
            elif tag in ("td", "th"):
                _align(element)
            elif tag == "table":
                tables.append(element)
            elif tag == "br":
                element.tail = "\n" + (element.tail or "")
            if tag in _BLOCKS and not element.tail:
                element.tail = "\n"
        if headings:
            _name(headings)
        for table in tables:
            _in_region(table)


def _join(block: Element) -> None:
    """Takes out line breaks between Han characters that inline elements part."""
    nodes = list(_text_nodes(block))
    texts = [(e.text if own else e.tail) or "" for e, own in nodes]
    for n, (element, own) in enumerate(nodes):
        if "\n" not in texts[n] or (not own and element.tag == "br"):
            continue
        before, after = "".join(texts[max(0, n - 2) : n])[-1:], "".join(texts[n + 1 : n + 3])[:1]
        joined = _joined(texts[n], before, after)
        if own:
            element.text = joined
        else:
            element.tail = joined


def _text_nodes(element: Element) -> Iterator[tuple[Element, bool]]:
    """Every run of text of an element in reading order: (element, whether it is its text or its tail)."""
    if element.tag not in ("code", "pre"):
        yield element, True
        for child in element:
            yield from _text_nodes(child)
            yield child, False


def _joined(text: str, before: str, after: str) -> str:
    """A run of text without its breaks between Han characters; `before` and `after` are its neighbours."""
    if text.startswith("\n") and joins(before, text.lstrip()[:1] or after):
        text = text.lstrip()
    if text.endswith("\n") and joins(text.rstrip()[-1:] or before, after):
        text = text.rstrip()
    return unbroken(text)


def _play(image: Element) -> None:
    """`![words](film.mp4)` is a film that plays."""
    extension = splitext(image.get("src", "").partition("#")[0].partition("?")[0])[1].lower()
    if extension not in VIDEOS and extension not in SOUNDS:
        return
    words = image.attrib.pop("alt", "")
    image.tag = "video" if extension in VIDEOS else "audio"
    image.set("controls", "controls")
    image.set("preload", "metadata")
    if words and not image.get("title"):
        image.set("title", words)


def _figure(paragraph: Element) -> None:
    """A paragraph that holds one picture and nothing else is a figure; the picture's title is its caption."""
    if len(paragraph) != 1 or (paragraph.text or "").strip() or (paragraph[0].tail or "").strip():
        return
    content = paragraph[0]
    shown = (
        content[0]
        if content.tag == "a" and len(content) == 1 and not (content.text or "").strip()
        else content
    )
    if shown.tag not in ("img", "video", "audio"):
        return
    paragraph.tag = "figure"
    content.tail = None
    if caption := shown.attrib.pop("title", ""):
        SubElement(paragraph, "figcaption").text = AtomicString(caption)


def _align(cell: Element) -> None:
    """A cell's alignment as a class, and a head's scope."""
    if match := _ALIGN.fullmatch(cell.get("style", "")):
        del cell.attrib["style"]
        cell.set("class", f"{cell.get('class', '')} {match[1]}".strip())
    if cell.tag == "th" and "scope" not in cell.attrib:
        cell.set("scope", "col")


def _in_region(table: Element) -> None:
    """Puts a table into a region that scrolls by itself, which a keyboard can reach."""
    inner = Element("table", table.attrib)
    inner[:] = table[:]
    inner.text, inner.tail = table.text, "\n"
    heads = "、".join(words for cell in table.iter("th") if (words := _words(cell)))
    table.clear()
    table.tag, table.text, table.tail = "div", "\n", "\n"
    table.attrib.update(
        {"class": "scroll", "tabindex": "0", "role": "region", "aria-label": f"表格：{heads}"}
    )
    table.append(inner)


def _name(headings: list[Element]) -> None:
    """Gives headings their ids and, since the page's title is its h1, lets them begin at h2."""
    lower = any(heading.tag == "h1" for heading in headings)
    ids = dict.fromkeys((heading.get("id", "") for heading in headings), 1)
    for heading in headings:
        if lower:
            heading.tag = f"h{min(6, int(heading.tag[1]) + 1)}"
        if not heading.get("id"):
            heading.set("id", _unused(slug(_words(heading)) or "section", ids))


def _unused(name: str, ids: dict[str, int]) -> str:
    """`name`, or with the first number that makes it new; it is then taken. `ids` count how often each was asked for."""
    new = name
    while new in ids:
        ids[name] += 1
        new = f"{name}-{ids[name]}"
    ids[new] = 1
    return new


def _words(element: Element) -> str:
    """The text of an element, without what Python-Markdown keeps in its stash."""
    text = _ESCAPED.sub(lambda match: chr(int(match[1])), "".join(element.itertext()))
    return without_slots(_STASHED.sub("", text)).strip()
