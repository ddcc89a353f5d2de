"""WeChat: a page as a document to paste into the editor of an official account.

That editor keeps styles inside elements and drops classes, style sheets, scripts, drawings, films and links to other
sites; it fetches pictures from the pages that they are pasted from. So every element brings its own style, links become
their words, a film says where it is to be seen, and the address of the page stands at the end.
"""

from collections.abc import Iterable
from html import escape
from html.parser import HTMLParser
from typing import NamedTuple

MARK = "softsite export wechat"
_TEXT = "font-size:16px;line-height:1.8;color:#1f2623"
_HEADING = "font-weight:bold;line-height:1.5;color:#0f4638"
_CELL = "min-width:64px;padding:6px 8px;border:1px solid #c9d2ce;font-size:14px;line-height:1.5"
_SMALL = "font-size:14px;line-height:1.6;color:#53605b"
_BLOCK = f"margin:0 0 16px;{_TEXT}"
_NOTE = f"margin:0 0 8px;word-break:break-all;{_SMALL}"
_SCROLL = "overflow-x:auto"
_BOX = "margin:0 0 16px;padding:12px 14px 0;border:1px solid #c9d2ce"
_CODE = "font-family:monospace;font-size:14px"
_RIGHT = ";text-align:right"
_WIDTH = 677  # px: as wide as an article is shown in the editor


class _Look(NamedTuple):
    """What an element becomes: its new name, and its style."""

    tag: str
    style: str = ""


_LOOKS = {
    "p": _Look("p", _BLOCK),
    "h1": _Look("h2", f"margin:28px 0 14px;font-size:19px;{_HEADING}"),
    "h2": _Look("h2", f"margin:28px 0 14px;font-size:19px;{_HEADING}"),
    "h3": _Look("h3", f"margin:24px 0 12px;font-size:17px;{_HEADING}"),
    **dict.fromkeys(("h4", "h5", "h6"), _Look("h4", f"margin:20px 0 10px;font-size:16px;{_HEADING}")),
    **dict.fromkeys("address article aside center details div dl footer header section".split(), _Look("section", _TEXT)),
    "figure": _Look("section", "margin:0 0 16px"),
    "figcaption": _Look("section", f"margin:0;text-align:center;{_SMALL}"),
    "summary": _Look("section", f"margin:0 0 8px;font-weight:bold;{_TEXT}"),
    "dt": _Look("section", f"margin:0 0 4px;font-weight:bold;{_TEXT}"),
    "dd": _Look("section", f"margin:0 0 12px;padding-left:24px;{_TEXT}"),
    "ul": _Look("ul", f"margin:0 0 16px;padding-left:24px;{_TEXT}"),
    "ol": _Look("ol", f"margin:0 0 16px;padding-left:24px;{_TEXT}"),
    "li": _Look("li", "margin:0 0 6px"),
    "blockquote": _Look("blockquote", f"margin:0 0 16px;padding:2px 0 2px 14px;border-left:3px solid #0f4638;{_TEXT}"),
    "pre": _Look("pre", "margin:0 0 16px;padding:12px;background:#f1f5f3;font-size:14px;white-space:pre-wrap"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), _Look("code", _CODE)),
    "table": _Look("table", "width:100%;margin:0 0 16px;border-collapse:collapse"),
    "caption": _Look("caption", f"padding:0 0 6px;text-align:left;font-size:15px;{_HEADING}"),
    **{each: _Look(each) for each in ("thead", "tbody", "tfoot", "tr")},
    "th": _Look("th", f"{_CELL};background:#f1f5f3;font-weight:bold;text-align:left"),
    "td": _Look("td", _CELL),
    "strong": _Look("strong", "font-weight:bold"),
    **{each: _Look(each) for each in ("em", "b", "i", "u", "s", "del", "ins", "sub", "sup")},
    "strike": _Look("s"),
}  # fmt: skip
_VOID = {
    "br": _Look("br"),
    "hr": _Look("hr", "margin:24px 0;border:0;border-top:1px solid #c9d2ce"),
    "img": _Look("img", "display:block;max-width:100%;height:auto;margin:0 auto 8px"),
}
_ATTRIBUTES = {
    "img": ("src", "alt"),
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan"),
    "ol": ("start",),
}
# What the theme and the reader of Markdown mark by a class.
_OF_CLASS = {("div", "scroll"): _Look("section", _SCROLL), ("aside", "embed"): _Look("section", _BOX)}
_LEFT_OUT = frozenset({("a", "footnote-backref"), ("section", "downloads")})
_INSTEAD = {
    tag: f'<span style="display:block;margin:0 0 8px;text-align:center;{_SMALL}">{words}</span>'
    for tag, words in (("video", "（视频请到原文观看）"), ("audio", "（音频请到原文收听）"))
}


def document(title: str, byline: str, body: str, notes: Iterable[str]) -> str:
    """A document to open in a browser and to copy: the title, who says it and when, the `body`, `notes` at the end."""
    end = "".join(f'<p style="{_NOTE}">{escape(note)}</p>\n' for note in notes)
    said = f'<p style="margin:0 0 20px;{_SMALL}">{escape(byline)}</p>\n' if byline else ""
    return (
        f'<!DOCTYPE html>\n<html lang="zh">\n<head>\n<meta charset="utf-8">\n<title>{escape(title)}</title>\n'
        f'<!-- {MARK} -->\n</head>\n<body style="max-width:{_WIDTH}px;margin:16px auto;padding:0 16px">\n'
        f'<h1 style="margin:0 0 10px;font-size:22px;{_HEADING}">{escape(title)}</h1>\n{said}'
        f"{_Writer().written(body)}\n{end}</body>\n</html>\n"
    )


class _Open(NamedTuple):
    """An element that is open: its name in the body, what closes it, and where in the parts it begins."""

    tag: str
    close: str
    start: int


class _Writer(HTMLParser):
    """Writes a sanitised body anew, element by element; those without a look are dropped, their text kept."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.open: list[_Open] = []
        self.silent = 0  # how many elements stand open inside of one that is left out, that one counted

    def written(self, body: str) -> str:
        """The whole body."""
        self.feed(body)
        self.close()
        return "".join(self.parts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens an element with its style."""
        values = {name: value or "" for name, value in attrs}
        classes = [(tag, name) for name in values.get("class", "").split()]
        if look := _VOID.get(tag):
            self._put(_tag(look, tag, values, ""))
        elif tag in ("wbr", "source", "track", "col"):
            pass
        elif self.silent or tag in _INSTEAD or not _LEFT_OUT.isdisjoint(classes):
            self._put(_INSTEAD.get(tag, ""))
            self.silent += 1
        else:
            look = next((_OF_CLASS[each] for each in classes if each in _OF_CLASS), self._look(tag))
            more = _RIGHT if (tag, "right") in classes else ""
            begin, end = (_tag(look, tag, values, more), f"</{look.tag}>") if look else ("", "")
            self.open.append(_Open(tag, end, len(self.parts)))
            self._put(begin)

    def _look(self, tag: str) -> _Look | None:
        """How an element looks where it stands: a fact of a list in a box is one line."""
        above = self.open[-1].tag if self.open else ""
        if tag == "div" and above == "dl":
            return _Look("section", _BLOCK)
        return None if above == "div" and tag in ("dt", "dd") else _LOOKS.get(tag)

    def handle_endtag(self, tag: str) -> None:
        """Closes an element; one that holds nothing was never there."""
        if tag in _VOID:
            return
        if self.silent:
            self.silent -= 1
            return
        element = self.open.pop()
        if (
            element.close
            and not any(part.strip() for part in self.parts[element.start + 1 :])
            and tag not in ("td", "th")
        ):
            del self.parts[element.start :]
            return
        self._put("　" if tag in ("dt", "dd") and not element.close else element.close)

    def handle_data(self, data: str) -> None:
        """Text."""
        self._put(escape(data, quote=False))

    def _put(self, part: str) -> None:
        if not self.silent:
            self.parts.append(part)


def _tag(look: _Look, tag: str, values: dict[str, str], more: str) -> str:
    """The start of an element."""
    kept = "".join(f' {name}="{escape(values[name])}"' for name in _ATTRIBUTES.get(tag, ()) if name in values)
    style = f' style="{look.style}{more}"' if look.style else ""
    return f"<{look.tag}{kept}{style}>"
