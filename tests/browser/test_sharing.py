"""What a reader shares: the QR code is read by a real reader of such codes, from the screen, light and dark, and from paper."""

import io

import pytest
import zxingcpp
from PIL import Image

from tests.browser.conftest import SCHEMES, Open, Scheme
from tests.browser.kinds import KINDS

HOME = "https://www.example.org/ruanhuanjing/"


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("kind", ["article with a table", "bulletin with charts"])
def test_the_code_leads_to_the_page(kind: str, scheme: Scheme, open_page: Open) -> None:
    page = open_page(KINDS[kind].path, scheme=scheme)
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        picture = Image.open(io.BytesIO(page.locator(".share svg").screenshot()))
        assert [found.text for found in zxingcpp.read_barcodes(picture)] == [HOME + KINDS[kind].path]
    page.emulate_media(media="print")
    assert page.locator(".share svg").is_visible()
