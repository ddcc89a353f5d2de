"""Editions: one site in both scripts of Chinese.

A site of two editions is planned and drawn once. Where the editions differ, the pieces of its pages hold
marks: the edition's address and language, and those of the other one. A piece is first put into the edition's
script (write/spoken.py), then gets the edition's own words for the marks (work.py).
"""

from urllib.parse import quote

from softsite.records import Record, as_tuple

SIMPLIFIED, TRADITIONAL = "zh-Hans", "zh-Hant"
NAMES = {SIMPLIFIED: "简体", TRADITIONAL: "繁體"}
# Noncharacters, as slots use them (text/slots.py): every text that is read loses them.
BASE, LANG = "\ufdd4", "\ufdd5"
OTHER_BASE, OTHER_LANG, OTHER_NAME = "\ufdd6", "\ufdd7", "\ufdd8"
REGIONS = ("tw", "hk")
GLOSSARY = "glossary.yaml"  # what a site says of words in the other script


class Names(Record, frozen=True):
    """Words that are not converted like others, as the site's own script has them.

    `persons` are converted character by character, what could be another surname kept: 于建国 → 于建國.
    `organisations` are converted each for itself, so that nothing beside them changes them.
    `keep` are words that stay as they are, `words` such that have a form of their own: (词, 詞).
    Of a word that is named twice the latter counts.
    """

    persons: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    words: tuple[tuple[str, str], ...] = ()

    def plus(self, other: "Names") -> "Names":
        """These and the others, each once."""
        parts = zip(as_tuple(self), as_tuple(other), strict=True)
        return Names(*(tuple(dict.fromkeys(ours + theirs)) for ours, theirs in parts))


class Edition(Record, frozen=True):
    """The site in one script, `lang`; `folder` is where it stands below the root: empty, or with a slash at its end.

    `source` is the script that all is written in; `base` the edition's own path on the server, and `other` the
    language and path of the other edition, or nothing. `names` are kept right when text is converted, and
    traditional script is that of `region`.
    """

    lang: str
    folder: str
    base: str
    source: str
    other: tuple[str, str] | None = None
    region: str = REGIONS[0]
    names: Names = Names()

    @property
    def converts(self) -> bool:
        """Whether its script is another than that of writing."""
        return self.lang != self.source

    def words(self) -> list[tuple[bytes, bytes]]:
        """What stands for each mark; an address may be written inside another one."""
        if self.other is None:
            return []
        lang, base = self.other
        words = {
            BASE: self.base,
            LANG: self.lang,
            OTHER_BASE: base,
            OTHER_LANG: lang,
            OTHER_NAME: NAMES[lang],
        }
        words[quote(BASE)] = quote(self.base)
        return [(mark.encode(), word.encode()) for mark, word in words.items()]


def editions(base: str, langs: tuple[str, ...], region: str, names: Names) -> tuple[Edition, ...]:
    """The editions of a site at `base`, the one of writing first; it stands at the site's root."""
    folders = ("", *(f"{lang.lower()}/" for lang in langs[1:]))
    places = [(lang, base + folder) for lang, folder in zip(langs, folders, strict=True)]
    return tuple(
        Edition(lang, folder, base + folder, langs[0], next((p for p in places if p[0] != lang), None), region, names)
        for lang, folder in zip(langs, folders, strict=True)
    )  # fmt: skip
