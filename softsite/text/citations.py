"""Citations: what double braces mean: a figure of a bulletin in a sentence, or a bulletin that is shown.

`{{ notices/2026-10.people }}` is a figure; `{{ bulletin: notices/2026-10 }}` alone on its line shows the bulletin.
Full-width signs and capitals mean the same. Code keeps its braces as typed; everywhere else they are a citation or
told. A citation becomes a slot (text/slots.py), filled when the page is put together.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from html.parser import HTMLParser
from typing import NamedTuple

from softsite.problems import ERROR, WARNING
from softsite.records import replaced
from softsite.text.links import BULLETINS, Reference
from softsite.text.slots import parted, slot

FIGURE = "figure"  # a figure that leads to its bulletin
VALUE = "value"  # the same within a link
SHOWN = "bulletin"
CITING = frozenset({FIGURE, VALUE, SHOWN})
OPENINGS = ("{{", "｛｛")
BRACES = re.compile(r"(?:\{\{|｛｛)(?:([^{}｛｝\x02\x03]*)(?:\}\}|｝｝))?")
_AROUND = re.compile(r" ?([:：/／.．。]) ?")
_ASCII = str.maketrans("：．。／", ":../")
_NAME = r"[A-Za-z0-9][A-Za-z0-9-]*/\S*?[^\s.]"
_FIGURE = re.compile(rf"({_NAME})\.([^.]+)")
_WHOLE = re.compile(rf"(?:bulletin|数据|數據):({_NAME})", re.IGNORECASE)
_PATH = re.compile(r"[A-Za-z][/\\]")
_CODE = frozenset({"code", "pre"})
_FEW = 24  # characters of what does not close


class Citation(NamedTuple):
    """A bulletin, like `notices/2026-10`, and the field that is cited; none: all of it is shown."""

    name: str
    field: str


def is_braced(text: str) -> bool:
    """Whether double braces are in a text."""
    return any(each in text for each in OPENINGS)


def citation(match: re.Match[str]) -> Citation | None:
    """What a match of BRACES cites; None when that cannot be told."""
    typed = _AROUND.sub(r"\1", " ".join((match[1] or "").split()))
    signs = typed.translate(_ASCII)
    if whole := _WHOLE.fullmatch(signs):
        return Citation(_named(whole[1]), "")
    figure = _FIGURE.fullmatch(signs)
    return Citation(_named(figure[1]), typed[slice(*figure.span(2))]) if figure else None


def _named(name: str) -> str:
    """The name of a bulletin; a type has no capitals."""
    kind, _, file = name.partition("/")
    return f"{kind.lower()}/{file}"


def marked(cited: Citation, written: str, held: dict[str, Reference]) -> str:
    """The slot that stands for a citation until its place is known; what it names is put into `held`."""
    named = Reference(FIGURE if cited.field else SHOWN, BULLETINS + cited.name, cited.field, written)
    sign = slot(slot_of(named))
    held.setdefault(sign, named)
    return sign


def slot_of(reference: Reference) -> str:
    """The name of the slot that a citation leaves in its text; `fragment` is a field, or how often all was shown before."""
    sign = "#" if reference.kind == SHOWN else "."
    name = reference.target.removeprefix(BULLETINS)
    return f"{reference.kind}:{name}" + (f"{sign}{reference.fragment}" if reference.fragment else "")


def cited_by(name: str) -> Citation:
    """What the slot of this name stands for."""
    kind, _, rest = name.partition(":")
    if kind == SHOWN:
        return Citation(rest.partition("#")[0], "")
    stem, _, field = rest.rpartition(".")
    return Citation(stem, field)


def with_figures(text: str) -> tuple[str, list[Reference]]:
    """A line of text whose citations of figures are slots, and what they name."""
    held: dict[str, Reference] = {}

    def put(match: re.Match[str]) -> str:
        cited = citation(match)
        return marked(cited, match[0], held) if cited is not None and cited.field else match[0]

    return BRACES.sub(put, text), [*held.values()]


def placed(
    html: str, cited: Mapping[str, Reference], before: Iterable[Reference]
) -> tuple[str, tuple[Reference, ...], tuple[str, ...]]:
    """HTML with the right slot for each mark; what these name; and the double braces that readers would see, as typed.

    Within a link a figure has no link of its own. A bulletin that the page shows again, here or in `before`, has a
    slot with a number, since ids stand once in a page, and a chart has some.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    named: list[Reference] = []
    shown = Counter(each.target for each in before if each.kind == SHOWN)
    parts = parted(html)
    for n in range(1, len(parts), 2):
        each = cited[slot(parts[n])]
        if each.kind == SHOWN:
            again = shown[each.target]
            shown[each.target] += 1
            each = replaced(each, fragment=f"{again}" if again else "")
        elif n // 2 in reader.linked:
            each = replaced(each, kind=VALUE)
        named.append(each)
        parts[n] = slot(slot_of(each))
    return "".join(parts), tuple(dict.fromkeys(named)), tuple(reader.found)


class _Reader(HTMLParser):
    """Looks for braces in the words and values of a page, and for marks within links, by their number."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, None] = {}
        self.linked: set[int] = set()
        self.marks = 0
        self.code = 0
        self.links = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Looks at the values of a tag."""
        self.code += tag in _CODE
        self.links += tag == "a"
        self.found |= {each: None for _, value in attrs for each in braces(value or "")}

    def handle_endtag(self, tag: str) -> None:
        """Leaves an element."""
        self.code -= tag in _CODE
        self.links -= tag == "a"

    def handle_data(self, data: str) -> None:
        """Looks at words."""
        if not self.code:
            self.found |= dict.fromkeys(braces(data))
        marks = len(parted(data)) // 2
        if self.links:
            self.linked |= {*range(self.marks, self.marks + marks)}
        self.marks += marks


def braces(text: str) -> list[str]:
    """The double braces of a text with what is in them; where they do not close, with the beginning of that."""
    return [
        match[0] if match[1] is not None else text[match.start() :].split("\n", maxsplit=1)[0][:_FEW].rstrip()
        for match in BRACES.finditer(text)
    ]


def fault(written: str) -> tuple[str, str]:
    """What problem it is that readers would see these braces: its code and severity.

    An error where a citation was meant; what has neither Chinese in it nor a path is some other program's, as it
    seems, and may be published.
    """
    match = BRACES.match(written)
    cited = citation(match) if match else None
    if cited is not None:
        return ("citation-place" if cited.field else "citation-alone"), ERROR
    return "citation-form", (WARNING if written[2:].isascii() and not _PATH.search(written) else ERROR)
