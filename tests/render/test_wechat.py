"""WeChat, and feeds: whatever a text holds, it is valid away from its page, and the document is whole."""

from hypothesis import given
from hypothesis import strategies as st

from softsite.render.wechat import document
from softsite.text.markup import absolute
from tests.site.feedrules import html_faults
from tests.text.pages import html
from tests.text.test_same_as_stock import BLOCKS, INLINE
from tests.text.test_vectors import PIECES

RAW = [
    "<dl><div><dt>", "<dt>", "<dd>", "</dd></div></dl>", "<summary>", "<h3>", "</h3>", '<span class="scroll">', '<p class="right embed">',
    "<figure>", "<figcaption>", "</figcaption></figure>", '<a class="footnote-backref">', '<section class="downloads">', "<video>",
    "<audio controls>", "</video>", "<ul>", "<li>", '<div class="scroll">', "</div>", "<caption>", "<ruby>", "<mark>", "<hr>", "<br>",
]  # fmt: skip
TEXT = st.lists(st.sampled_from([*PIECES, *BLOCKS, *INLINE, *RAW]), min_size=2, max_size=24).map("".join)


@given(TEXT)
def test_any_text_is_valid_away_from_its_page(source: str) -> None:
    body = absolute(html(source), "https://www.example.org/a.html", "https://www.example.org")
    assert list(html_faults(body)) == []
    inside = document("题", "", body, ()).partition("</h1>")[2].partition("</body>")[0]
    assert [each for each in html_faults(inside) if not each.endswith(" style>")] == []


def test_a_film_in_a_paragraph_does_not_end_it() -> None:
    body = '<p>看<video src="https://a.example/a.mp4" controls="">不能<b>播放</b></video>完</p>'
    made = document("题", "说", body, ("末",))
    assert "不能" not in made
    assert "看<span" in made
    assert "</span>完</p>" in made


def test_a_cell_may_be_empty_and_a_paragraph_may_not() -> None:
    made = document("题", "", "<table><tbody><tr><td></td><td> </td></tr></tbody></table><p> <b></b></p>", ())
    assert made.count("<td ") == 2
    assert "<p" not in made
    assert "<b>" not in made
