"""The same as stock: marking runs without signs as done, which spares time, changes nothing; odd Markdown builds."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown import Markdown

from softsite.text.slots import without_slots
from tests.support import SITE, article, make_site
from tests.text.pages import html, part, words

EXTENSIONS = ["attr_list", "def_list", "tables", "fenced_code", "codehilite", "footnotes", "sane_lists"]
STOCK = Markdown(
    extensions=EXTENSIONS, extension_configs={"codehilite": {"guess_lang": False}}, output_format="html"
)
KEPT = ("href", "src", "alt", "title", "class", "id")
OWN = {
    "h1": ("id",),
    "h2": ("id",),
    "h3": ("id",),
    "h4": ("id",),
    "td": ("class",),
    "th": ("class",),
    "a": ("title",),
}


def stock(source: str) -> str:
    """What Python-Markdown makes of a text, with the extensions that softsite uses."""
    result: str = STOCK.reset().convert(source)
    return result


def meaning(text: str) -> object:
    """HTML as a browser reads it, without what softsite adds: ids, classes of cells, regions of tables, addresses."""
    return _meaning(part(text))


def _meaning(element: Element) -> object:
    tag = str(element.tag)
    kept = {name: _attribute(name, element.get(name, "")) for name in KEPT if element.get(name) is not None}
    for name in OWN.get(tag, ()):
        kept.pop(name, None)
    children: list[object] = [_blank(element.text, tag)]
    for child in element:
        table = child.find("table") if child.get("role") == "region" else None
        tail = _blank(child.tail, tag)
        children += [
            _meaning(child if table is None else table),
            tail.lstrip() if child.tag == "br" else tail,
        ]
    return (
        tag,
        tuple(sorted((k, v) for k, v in kept.items() if v is not None)),
        tuple(each for each in children if each != ""),
    )


def _blank(text: str | None, tag: str) -> str:
    """Text; between blocks, blanks mean nothing."""
    flat = re.sub(r"[ \t\n]+", " ", text or "")
    return flat if tag in ("p", "strong", "em", "a", "code", "td", "th", "b") else flat.strip()


def _attribute(name: str, value: str) -> str | None:
    """An attribute's value; an address of the site itself counts as none."""
    if name not in ("href", "src"):
        return value
    address = unquote(value)
    return address if re.match("https?://|mailto:|#fn", address) else None


INLINE = [
    "甲乙", "通知", "abc", "A1", " ", "，", "。", "“", "”", "《", "》", "（", "）", "*", "**", "***", "_", "__", "`", "``", "[", "]", "(", ")", "](x.md)", "[甲]", "[甲][乙]",
    "](https://www.example.com/a_b*c*)", "![图](a.png)x", "[^1]", "<b>", "</b>", "<br>", "<https://a.example/>", "<a@b.example>", "&", "&amp;", "&#20013;", "&copy",
    " < ", " > ", "\\*", "\\_", "\\`", "!", "!!", "{: .x }", "{", "}", '"', "'", "|", "~", "~~", "^", "://", "www.a.example", "a@b", "1.", "-", "--", "\u3002", " ", "é", "한", "𠮷", "'''", "==", "$x$", "\\\\", "klzzwxh:0", "wzxhzdk:0", "STX", "http://", ":", ";",
]  # fmt: skip
BLOCKS = [
    "\n\n", "\n\n", "\n\n- ", "\n\n1. ", "\n\n> ", "\n\n## ", "\n\n甲\n:   乙", "\n\n| a | b |\n|---|---|\n| c | d |\n\n", "\n\n```\ncode *x*\n```\n\n", "\n\n---\n\n",
    "\n\n<div>\n*raw*\n</div>\n\n", "\n\n[^1]: 注 *x*\n\n", '\n\n[甲]: https://www.example.com/ "题"\n\n', "  \nabc", "\nabc ",
]  # fmt: skip

FEW = settings(
    max_examples=300, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
line = st.lists(
    st.one_of(st.sampled_from(INLINE), st.text(alphabet="甲乙丙abc*_[]()`!&{}", max_size=6)), max_size=14
).map("".join)
fragment = st.lists(st.one_of(line, line, st.sampled_from(BLOCKS)), max_size=8).map("".join)
plain = st.lists(st.one_of(st.sampled_from(["**", "**", "甲", "“乙”", "，", "。", "abc", "12", " ", "（", "）", "*", "_", "1.", "1)", "-", ":", "|"]), st.text(max_size=2)),
                 max_size=12).map("".join)  # fmt: skip


def alike(source: str) -> None:
    wanted = stock(source)
    if not source.strip() or "\x02" in wanted or "<h1" in wanted:
        return  # Python-Markdown stumbles over some crossed signs
    made = without_slots(html(source))
    if any(each.count("<b>") != each.count("</b>") for each in source.split("\n\n")):
        # A browser carries an element that was left open into the next blocks, and the blanks between them into it.
        assert "".join(words(part(made)).split()) == "".join(words(part(wanted)).split()), (made, wanted)
    else:
        assert meaning(made) == meaning(wanted), (made, wanted)


@FEW
@given(fragment)
def test_sparing_time_changes_nothing(source: str) -> None:
    """Texts without line breaks between Han, indents and lists below a line are what Python-Markdown makes of them."""
    parted = re.sub(r"(?<=[^\x00-\x7f])\n(?=[^\x00-\x7f])", "\n\n", source)
    alike("\n".join(each.strip() + ("  " if each.endswith("  ") else "") for each in parted.split("\n")))


@FEW
@given(line)
def test_one_paragraph_is_as_stock(source: str) -> None:
    alike("甲" + source + "乙")


@FEW
@given(plain, plain, plain)
def test_bold_and_nothing_else_is_as_stock(first: str, second: str, third: str) -> None:
    """The commonest text of all has the shortest way: it must end at the same place."""
    texts = [
        "".join(c for c in each if c.isprintable() and c not in "<>&\\").strip()
        for each in (first, second, third)
    ]
    alike("\n\n".join(texts))


SAMPLES = [
    "甲*乙", "*", "**", "a*b*c*", "**甲*乙**丙*", "[甲](乙", "[甲]乙]", "![", "!", "![a]", "[a][b]", "[a]\n\n[a]: https://b.example/", "\\", "\\甲", "&", "&甲;", "&lt", "&#x4e2d;", "<甲>", "<b>甲",
    "甲</b>", "`", "``甲`", "{: .x}", "甲{: .x}", "**甲**{: .x}", "a  \nb", "a\\\nb", "http://a_b_c", "_a_b_", "__a__b", "a@b.c", "<a@b.c>", "<http://a>", "1 < 2 > 3",
    "“**甲**”", "[**甲**](https://b.example/)", "[`甲`](https://b.example/)", "![*甲*](/b)x", "*[甲](https://b.example/)*", '[甲](https://b.example/ "乙")', "[]()", "[甲]()", "[](https://b.example/)",
    "***甲***", "*_甲_*", "甲 * 乙", "\\`甲\\`", "\\[甲\\](乙)", "|a|b|\n|-|-|\n|*c*|d|", "甲\n:   乙*丙*", "## 甲 *乙*", "- 甲*乙*\n- 丙", "> 甲*乙*", "&copy; &nbsp;",
    "AT&T", "&amp;lt;", "'\"", "**甲**", "**甲**乙**丙**", "** 甲**", "**甲 **", "****", "**甲****乙**", "甲**乙", "**甲*", "***", "**甲** **乙**", "**甲\n\n乙**", "甲\n\n**乙**\n\n丙", "1. 甲", "1) 甲",
    "12. 甲", "1.甲", "2017. 甲", "甲\n\n1. 乙\n\n丙", "- 甲\n\n乙", "> 甲\n\n乙", "甲\n\n:   乙", "甲 | 乙", "甲\n\n{: .x }", "**甲**\n{: .x }", "甲: 乙", "abc\n---", "**abc**\n---",
    "“甲”**乙**", "甲#乙", "a # b", "甲 {#x}", "甲~~乙~~", "甲^乙^", "_甲_乙", "甲_乙_丙", "www.example.com", "甲\n\n\n\n乙", "\n\n甲\n\n", "甲\u3000乙", "甲\xa0乙", "A**B**C", "**A** b", "**“甲”**乙，**《丙》**丁",
]  # fmt: skip


NOTES = [
    "甲[^1]乙\n\n[^1]: 丙",
    "甲[^1]\n\n[^1]: **丙**",
    "甲[^1]\n\n[^1]: 丙\n\n    丁",
    "- 甲[^1]\n\n[^1]: abc def",
]


@pytest.mark.parametrize("source", NOTES)
def test_footnotes_are_the_same(source: str) -> None:
    alike(source)


@pytest.mark.parametrize("source", SAMPLES)
def test_samples_are_the_same(source: str) -> None:
    alike(source)


# Odd snippets, after every chapter of CommonMark's specification and the habits of people

SNIPPETS = r"""
→foo→baz→→bim
~~  →foo
~~- foo~~~~→bar
~~>→→foo
~~-→→foo
~~*→*→*→
~~- `one~~- two`
~~***~~---~~___
~~+++
~~ - - -
~~_____________________________________
~~- foo~~***~~- bar
~~Foo~~***~~bar
~~Foo~~---~~bar
~~* Foo~~* * *~~* Bar
~~# foo~~## foo~~### foo~~#### foo~~##### foo~~###### foo
~~####### foo
~~#5 bolt~~~~#hashtag
~~\## foo
~~# foo *bar* \*baz\*
~~#                  foo
~~## foo ##~~  ###   bar    ###
~~### foo ### b
~~# foo#
~~### foo \###
~~## ~~#~~### ###
~~Foo *bar*~~=========
~~Foo~~= =~~~~Foo~~--- -
~~`Foo~~----~~`
~~> Foo~~---
~~- Foo~~---
~~~~====
~~    a simple~~      indented code block
~~  - foo~~~~    bar
~~    chunk1~~~~    chunk2~~  ~~ ~~ ~~    chunk3
~~```~~<~~ >~~```
~~```~~aaa~~~~~
~~````~~aaa~~```~~``````
~~```
~~`````~~~~```~~aaa
~~> ```~~> aaa~~~~bbb
~~```~~~~  ~~```
~~   ```~~   aaa~~aaa~~  ```
~~``` ```~~aaa
~~```ruby startline=3 $%@#$~~def foo(x)~~  return 3~~end~~```
~~```{.python hl_lines="1 x"}~~x~~```
~~```{ .nosuch #a onclick=x }~~x~~```
~~``` aa ```~~aaa
~~<table><tr><td>~~<pre>~~**Hello**,~~~~_world_.~~</pre>~~</td></tr></table>
~~<div>~~*hello*~~         <foo><a>
~~<DIV CLASS="foo">~~~~*Markdown*~~~~</DIV>
~~<div id="foo"~~  class="bar">~~</div>
~~<div id="foo" class="bar~~  baz">~~</div>
~~<div id="foo"~~*hi*
~~<div *???-&&&-<---~~*foo*
~~<del>*foo*</del>
~~<style~~  type="text/css">~~h1 {color:red;}~~</style>~~okay
~~<!-- Foo~~~~bar~~   baz -->~~okay
~~<?php~~~~  echo '>';~~~~?>~~okay
~~<!DOCTYPE html>
~~<![CDATA[~~function matchwo(a,b)~~]]>~~okay
~~[foo]: /url "title"~~~~[foo]
~~   [foo]: ~~      /url  ~~           'the title'  ~~~~[foo]
~~[Foo*bar\]]:my_(url) 'title (with parens)'~~~~[Foo*bar\]]
~~[foo]: /url '~~title~~line1~~line2~~'~~~~[foo]
~~[foo]:~~~~[foo]
~~[foo]: <>~~~~[foo]
~~[foo]: <bar>(baz)~~~~[foo]
~~[ΑΓΩ]: /φου~~~~[αγω]
~~[foo]: /url "title" ok
~~[foo]~~~~> [foo]: /url
~~# [Foo]~~[foo]: /url~~> bar
~~aaa~~~~~~bbb
~~  aaa~~ bbb
~~> # Foo~~> bar~~> baz
~~># Foo~~>bar~~> baz
~~> bar~~baz~~> foo
~~> - foo~~- bar
~~>
~~>~~> foo~~>
~~> > > foo~~bar
~~>>> foo~~> bar~~>>baz
~~>     code~~~~>    not code
~~- one~~~~ two
~~ -    one~~~~     two
~~   > > 1.  one~~>>~~>>     two
~~-one~~~~2.two
~~1.  A paragraph~~    with two lines.~~~~        indented code~~~~    > A block quote.
~~123456789. ok
~~1234567890. not ok
~~0. ok
~~003. ok
~~-1. not ok
~~-~~  foo~~-~~  ```~~  bar~~  ```~~-~~      baz
~~- foo~~-~~- bar
~~1. foo~~2.~~3. bar
~~*
~~foo~~*~~~~foo~~1.
~~- foo~~  - bar~~    - baz~~      - boo
~~10) foo~~    - bar
~~- - foo
~~1. - 2. foo
~~- # Foo~~- Bar~~  ---~~  baz
~~- a~~ - b~~  - c~~   - d~~    - e
~~* a~~*~~~~* c
~~- a~~- ```~~  b~~~~~~  ```~~- c
~~`hi`lo`
~~`` foo ` bar ``
~~` `` `
~~`foo\`bar`
~~*foo`*`
~~[not a `link](/foo`)
~~`<a href="`">`
~~<https://foo.bar.`baz>`
~~```foo``
~~*foo bar *
~~a*"foo"*
~~foo*bar*
~~_foo bar_
~~foo_bar_
~~пристаням_стремятся_
~~foo-_(bar)_
~~_foo*
~~*(*foo*)*
~~**foo bar **
~~** is not an empty emphasis
~~__foo, __bar__, baz__
~~*foo [bar](/url)*
~~*foo**bar***
~~***foo** bar*
~~foo***bar***baz
~~foo******bar*********baz
~~**foo*bar**
~~foo *****
~~foo *_*
~~__foo_
~~****foo****
~~*foo _bar* baz_
~~*[bar*](/url)
~~*<img src="foo.png" title="*"/>
~~**a<https://foo.bar/?q=**>
~~[link](/my uri)
~~[link](foo~~bar)
~~[a](<b)c>)
~~[link](\(foo\))
~~[link](foo(and(bar)))
~~[link](foo\)\:)
~~[link]("title")
~~[link](/url "title \"&quot;")
~~[link](/url "title "and" title")
~~[link [foo [bar]]](/uri)
~~[foo [bar](/uri)](/uri)
~~![[[foo](uri1)](uri2)](uri3)
~~[foo *bar](baz*)
~~[foo`](/uri)`
~~[foo][ref[]~~~~[ref[]: /uri
~~[]~~~~[]: /uri
~~[foo]()~~~~[foo]: /url1
~~![foo *bar*]~~~~[foo *bar*]: train.jpg "train & tracks"
~~\![foo]~~~~[foo]: /url "title"
~~<made-up-scheme://foo,./bar>
~~<https://foo.bar/baz bim>
~~<localhost:5001/foo>
~~<foo\+@bar.example.com>
~~<>
~~< https://foo.bar >
~~<a><bab><c2c>
~~<a  /><b2~~data="foo" >
~~<a foo="bar" bam = 'baz <em>"</em>'~~_boolean zoop:33=zoop:33 />
~~<33> <__>
~~<a href="hi'> <a href=hi'>
~~</a></foo >
~~foo <!-- this is a --~~comment - with hyphens -->
~~foo <!--> foo -->
~~foo <?php echo $a; ?>
~~foo <!ELEMENT br EMPTY>
~~foo <![CDATA[>&<]]>
~~<a href="\"">
~~foo  ~~     bar
~~foo\~~     bar
~~`code  ~~span`
~~<a href="foo  ~~bar">
~~foo\
~~### foo
~~hello $.;'there
~~&nbsp; &amp; &copy; &AElig; &Dcaron;~~&frac34; &HilbertSpace; &DifferentialD;
~~&#35; &#1234; &#992; &#0;
~~&#X22; &#XD06; &#xcab;
~~&nbsp &x; &#; &#x;~~&#87654321;~~&#abcdef0;~~&ThisIsNotDefined; &hi?;
~~[foo](/f&ouml;&ouml; "f&ouml;&ouml;")
~~&#42;foo&#42;
~~&#9;foo
~~[a](url &quot;tit&quot;)
~~\!\"\#\$\%\&\'\(\)\*\+\,\-\.\/\:\;\<\=\>\?\@\[\\\]\^\_\`\{\|\}\~
~~\→\A\a\ \3\φ\«
~~\\*emphasis*
~~| a |~~|---|
~~| a | b |~~|---|
~~|---|---|
~~| a | b~~|---|---|~~c
~~a:::~~:::
~~[^1]
~~[^1]: only
~~a[^1]~~~~[^1]: b[^1]
~~a[^1]~~~~[^1]: b[^2]~~~~[^2]: c[^1]
~~a[^ ]~~~~[^ ]: x
~~: no term
~~term~~~~:   far
~~{: .x }
~~{: }
~~# h {: }
~~# h {: #a #b .c .d e=f }
~~a{: x="}" }
~~*a*{: }{: .b }
~~| a{: .x } | b |~~|---|---|~~| c | d{: .y } |
~~- a~~{: .x }
~~<p markdown="1">*a*</p>
~~<div markdown="span">~~*a*~~</div>
~~\u0000
~~a b
~~١. عربي
~~①甲~~②乙
~~────────
~~☐ 甲~~- [ ] 乙~~- [x] 丙
~~~~甲~~~~
~~==甲==
~~^上^ 与 ~下~
~~$$x^2$$
~~:smile: (c) (tm) ...
~~[[甲]]
~~[TOC]
~~*[HTML]: 超文本
~~!!! note "题"~~    正文
~~/// note~~正文~~///
~~%%%
~~@import
""".strip().split("\n~~")  # fmt: skip
ODD = [snippet.replace("~~", "\n").replace("→", "\t").replace("\\u0000", "\x00") for snippet in SNIPPETS]


def test_there_are_many_snippets() -> None:
    assert len(set(ODD)) >= 200


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """All of them as articles of one site that looks at no links."""
    files = {
        f"content/policy/s{n:03}.md": article(title=f"第 {n} 篇", body=text) for n, text in enumerate(ODD)
    }
    site = make_site(tmp_path_factory.mktemp("odd"), files, f"{SITE}checks: {{links: off, images: off}}\n")
    return site, site.build("2030-01-01").problems


def test_odd_markdown_builds(odd: Any) -> None:
    _, problems = odd
    assert not [each for each in problems if each.severity == "error"]


def test_no_page_is_empty_and_no_word_is_lost(odd: Any) -> None:
    """Whatever is made of it, ASCII words outside of markup and addresses are on the page."""
    site, _ = odd
    for n, text in enumerate(ODD):
        page = site.read(f"policy/s{n:03}.html")
        if re.search(r"[<\[{&]|```", text) is None:
            for word in re.findall(r"[a-z]{3,}", text):
                assert word in page, (text, word)


def test_no_sign_of_the_inside_reaches_a_page(odd: Any) -> None:
    site, _ = odd
    pages: list[Path] = sorted((site.root / "output").rglob("*.html"))
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert not re.search(
            "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef]|klzzwxh|wzxhzdk|zz1337820767766393qq", text
        ), page
