"""Seen: the words of HTML are those that a browser's parser finds, line by line."""

import re

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from softsite.text.markup import render
from softsite.text.options import Options
from softsite.text.seen import seen


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>甲<strong>乙</strong>丙</p>\n<p>丁</p>", "甲乙丙\n丁"),
        ("<p>一行<br>又一行</p>", "一行\n又一行"),
        ("<table><tr><td>一</td><td>二</td></tr></table>", "一\n二"),
        ('<p><a href="/a?b=1&amp;c=2" title="a > b">看  这\n里</a></p>', "看 这 里"),
        ("<p>1 &lt; 2 &amp;&amp; 3 &gt; 2&nbsp;。</p>", "1 < 2 && 3 > 2 。"),
        ("<p><code>&lt;b&gt;</code> H<sub>2</sub>O</p>", "<b> H2O"),
        ("<svg><text x='1'>图</text><text>表</text></svg>", "图\n表"),
        ("<p></p><p> </p>", ""),
        ("", ""),
    ],
)
def test_the_words_of_html(html: str, words: str) -> None:
    assert seen(html) == words


texts = st.text(st.sampled_from("甲乙，。 <>&\"'*_`|[](){}#\n-1.ab"), max_size=60)


@given(texts)
def test_the_words_of_an_article_are_those_that_a_browser_shows(source: str) -> None:
    html = render(source, "a/b.md", Options("/", "/", False)).html
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    assert re.sub(r"\s+", "", seen(html)) == re.sub(r"\s+", "", "".join(tree.itertext()))
