"""Options: the few settings that reading a document depends on; a change of these reads every file anew."""

from softsite.records import Record
from softsite.text import options as text


class Options(Record, frozen=True):
    """What reading depends on besides the file.

    `images` is the severity of a picture on another site, `alternatives` of one without a text alternative.
    """

    zone: str
    columns: tuple[str, ...]
    markup: text.Options
    images: str
    alternatives: str
