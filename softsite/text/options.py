"""Options: what a site asks of its Markdown; apart from the reader, which is slow to load."""

from softsite.records import Record


class Options(Record, frozen=True):
    """`base` is the site's path on its server, `page_base` what addresses of pages begin with; `numbered_headings`: 一、 and （一） alone on a line are headings."""

    base: str
    page_base: str
    numbered_headings: bool = False
