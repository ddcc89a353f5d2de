"""Pages for the tests of text: Markdown as it is published, and pages read as a browser reads them."""

from typing import Any
from xml.etree.ElementTree import Element

import html5lib

from softsite.text.markup import Rendered, render
from softsite.text.options import Options

BASE = "/ruanhuanjing/"
PATH = "news/headlines/a.md"


def rendered(source: str, *, numbered: bool = False, path: str = PATH) -> Rendered:
    """What Markdown becomes as the body of an article."""
    return render(source, path, Options(BASE, BASE, numbered_headings=numbered))


def html(source: str, *, numbered: bool = False) -> str:
    """The HTML of a body."""
    return rendered(source, numbered=numbered).html.strip()


def tree(text: str) -> Element:
    """A page as a browser reads it, names without name spaces."""
    parsed: Any = html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False)
    found: Element = parsed
    return found


def part(text: str) -> Element:
    """A piece of a page as a browser reads it inside <body>."""
    parsed: Any = html5lib.parseFragment(text, treebuilder="etree", namespaceHTMLElements=False)
    found: Element = parsed
    return found


def words(element: Element) -> str:
    """All text of an element."""
    return "".join(element.itertext())
