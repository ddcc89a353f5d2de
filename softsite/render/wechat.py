"""WeChat: a page as a document to paste into the editor of an official account.

That editor keeps styles inside elements and drops classes, style sheets, scripts, drawings and links to other sites; it
fetches pictures from the pages that they are pasted from. So every element brings its own style, links become their
words, and the address of the page stands at the end.
"""

from html import escape

from softsite.text.markup import restyled

MARK = "softsite export wechat"
_TEXT = "font-size:16px;line-height:1.8;color:#1f2623"
_HEADING = "font-weight:bold;line-height:1.5;color:#0f4638"
_CELL = "padding:6px 8px;border:1px solid #c9d2ce;font-size:14px;line-height:1.5"
_SMALL = "font-size:14px;line-height:1.6;color:#53605b"
_STYLES = {
    "section": _TEXT,
    "p": f"margin:0 0 16px;{_TEXT}",
    "h2": f"margin:28px 0 14px;font-size:19px;{_HEADING}",
    "h3": f"margin:24px 0 12px;font-size:17px;{_HEADING}",
    "h4": f"margin:20px 0 10px;font-size:16px;{_HEADING}",
    "ul": f"margin:0 0 16px;padding-left:24px;{_TEXT}",
    "ol": f"margin:0 0 16px;padding-left:24px;{_TEXT}",
    "li": "margin:0 0 6px",
    "blockquote": f"margin:0 0 16px;padding:2px 0 2px 14px;border-left:3px solid #0f4638;{_TEXT}",
    "pre": "margin:0 0 16px;padding:12px;background:#f1f5f3;font-size:14px;white-space:pre-wrap",
    "code": "font-family:monospace;font-size:14px",
    "table": "width:100%;margin:0 0 16px;border-collapse:collapse",
    "caption": f"padding:0 0 6px;text-align:left;font-size:15px;{_HEADING}",
    "thead": "", "tbody": "", "tfoot": "", "tr": "",
    "th": f"{_CELL};background:#f1f5f3;font-weight:bold;text-align:left",
    "td": _CELL,
    "img": "display:block;max-width:100%;height:auto;margin:0 auto 8px",
    "strong": "font-weight:bold",
    "em": "", "b": "", "i": "", "u": "", "s": "", "del": "", "ins": "", "sub": "", "sup": "", "br": "",
    "hr": "margin:24px 0;border:0;border-top:1px solid #c9d2ce",
}  # fmt: skip
# What the editor does not know goes by what it knows.
_RENAMED = {
    "h1": "h2", "h5": "h4", "h6": "h4", "div": "section", "article": "section", "aside": "section", "figure": "section", "figcaption": "p",
    "header": "section", "footer": "section", "dl": "section", "details": "section", "dt": "p", "dd": "section", "summary": "p",
    "center": "section", "kbd": "code", "samp": "code", "tt": "code", "strike": "s",
}  # fmt: skip


def document(title: str, byline: str, body: str, notes: tuple[str, ...]) -> str:
    """A document to open in a browser and to copy: the title, who says it and when, the `body`, `notes` at the end."""
    end = "".join(f"<p>{escape(note)}</p>" for note in notes)
    inside = restyled(body + end, _STYLES, _RENAMED)
    return (
        f'<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n<title>{escape(title)}</title>\n'
        f"<!-- {MARK} -->\n</head>\n<body>\n"
        f'<h1 style="margin:0 0 10px;font-size:22px;{_HEADING}">{escape(title)}</h1>\n'
        f'<p style="margin:0 0 20px;{_SMALL}">{escape(byline)}</p>\n{inside}\n</body>\n</html>\n'
    )
