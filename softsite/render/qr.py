"""QR: the address of a page as a QR code, drawn into the page by segno."""

import io

import segno
from markupsafe import Markup

LABEL = "本页网址的二维码"
_MASK = 3  # any is valid; looking for the best one of eight takes five times as long


def qr(url: str) -> Markup:
    """The QR code of an address (ISO/IEC 18004, level M) as SVG, dark on white whatever the page's colours."""
    drawing = io.BytesIO()
    code = segno.make(url, micro=False, error="m", mask=_MASK, boost_error=False)
    code.save(
        drawing, kind="svg", xmldecl=False, svgns=False, omitsize=True, svgclass="qr", lineclass=None, border=4,
        dark="#000", light="#fff", title=LABEL, nl=False,
    )  # fmt: skip
    return Markup(drawing.getvalue().decode().replace("<svg", f'<svg role="img" aria-label="{LABEL}"', 1))  # noqa: S704
