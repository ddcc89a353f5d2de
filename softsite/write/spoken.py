"""Spoken: pieces in the script of an edition, each converted once and kept beside what it was made from."""

from softsite.records import digest, key
from softsite.text.editions import Edition
from softsite.write.pieces import Pieces


def spoken_key(edition_key: bytes, piece: bytes) -> bytes:
    """The key of a piece in an edition whose script is another than that of writing."""
    return digest(edition_key + piece)


class Spoken:
    """Reads pieces by key, as the edition has them."""

    def __init__(self, pieces: Pieces, edition: Edition) -> None:
        self.pieces = pieces
        self.edition = edition
        self.edition_key = key(edition)

    def get(self, piece: bytes) -> bytes | None:
        """The bytes of a piece; None when it was never made. Raises Lost."""
        if not self.edition.converts:
            return self.pieces.get(piece)
        known = self.pieces.get(spoken_key(self.edition_key, piece))
        if known is not None:
            return known
        data = self.pieces.get(piece)
        return None if data is None else self._converted(piece, data)

    def put(self, piece: bytes, data: bytes) -> bytes:
        """Keeps the bytes of a piece; gives them as the edition has them."""
        self.pieces.put(piece, data)
        return self._converted(piece, data) if self.edition.converts else data

    def _converted(self, piece: bytes, data: bytes) -> bytes:
        from softsite.text.script import converter

        each = self.edition
        done = converter(each.source, each.lang, each.region, each.names).convert_html(data.decode()).encode()
        self.pieces.put(spoken_key(self.edition_key, piece), done)
        return done
