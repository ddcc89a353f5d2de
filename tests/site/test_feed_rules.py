"""Feed rules: every feed is valid by the rules of the W3C's service, whatever articles hold, in both editions."""

import json
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest
from lxml import etree
from lxml import html as lxml_html

from softsite.text.markup import absolute
from tests.bulletins import TYPE, notice
from tests.site.feedrules import ATOM, faults, html_faults
from tests.site.look import GOVERNMENT, HOME, ORIGIN, front, good, page, png
from tests.site.test_feeds import BODY, NAMES, ODD, read
from tests.support import SITE, Site, article, make_site

EDITIONS = ("", "zh-hant/")
FEEDS_OF_RSS = (
    "feed.xml",
    *(
        f"{column}/feed.xml"
        for column in ("news", "news/headlines", "news/county", "policy", "bulletins", "bulletins/notices")
    ),
)
LONG = "长" * 100_000
MORE = """
{{ bulletin: notices/2026-10 }}

```python
a < b && "c"
```

<details><summary>展开</summary><p>里面</p></details>

术语
: 解释

> 引文

<picture class="x"><img src="../images/a.png" alt="图"></picture>
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site of two editions with an empty column, data, odd words in every field, and a picture without any words."""
    files: dict[str, str | bytes] = {
        "content/policy/a.md": front(
            "tags: [甲, 发展]\nauthor: 于建国\nspecial: true\ncorrection: [{date: 2026-11-21, note: 数字 <3> 有误}]",
            BODY + MORE,
        ),
        "content/policy/b.md": article("别的", "2026-11-19", "## 那里\n\n文。"),
        "content/policy/c.md": article(LONG, "2026-11-18"),
        "content/policy/d.md": article("图", "2026-11-18", "![](../images/a.png)"),
        "content/about.md": article("关于"),
        "content/images/a.png": png(),
        "content/images/a.mp4": b"0",
        "content/images/a.mp3": b"0",
        "content/files/表.pdf": b"%PDF-1.4",
        "content/bulletins/notices/_type.yaml": TYPE,
        "content/bulletins/notices/2026-10.yaml": notice(
            more="说明: |\n  甲。\n\n  | 子 | 丑 |\n  | --- | --- |\n  | 1 | 2 |\n"
        ),
    }
    for n, words in enumerate(
        each for each in ODD if "&#1;" not in each
    ):  # that one shows a sign for "unreadable"
        quoted = json.dumps(words, ensure_ascii=False)
        rows = f"summary: {quoted}\nauthor: {quoted}\nsource: {quoted}\ntags: [{quoted}]"
        files[f"content/policy/odd{n}.md"] = front(rows, f"文 {words} 完。", quoted)
    made = make_site(
        tmp_path_factory.mktemp("rules"),
        files,
        SITE + GOVERNMENT + "editions: [zh-Hans, zh-Hant]\nchecks: {images: off}\n",
    )
    report = made.build()
    assert report.good, report.problems
    return made


def feeds(site: Site) -> Iterator[str]:
    """The feeds of a site, by their paths."""
    output = site.root / "output"
    yield from sorted(each.relative_to(output).as_posix() for name in NAMES for each in output.rglob(name))


def test_all_feeds_are_valid(site: Site) -> None:
    found = list(feeds(site))
    assert len(found) == 2 * 3 * 7
    assert {
        path: wrong
        for path in found
        if (wrong := faults((site.root / "output" / path).read_bytes(), HOME + path))
    } == {}


def test_feedparser_reads_all_of_them(site: Site) -> None:
    for path in feeds(site):
        if path.endswith(".xml"):
            parsed = feedparser.parse((site.root / "output" / path).read_bytes())
            assert not parsed.bozo, (path, parsed.get("bozo_exception"))
            assert [each.link for each in parsed.entries] == [each.link for each in read(site, path)]
            assert all(
                each.author and each.updated_parsed and each.published_parsed for each in parsed.entries
            )


def test_an_empty_column_has_valid_feeds(site: Site) -> None:
    for name in NAMES:
        assert read(site, f"news/headlines/{name}") == []
    assert etree.fromstring(site.read("news/headlines/atom.xml").encode()).findtext(
        f"{ATOM}author/{ATOM}name"
    )


def test_each_edition_has_feeds_of_its_own(site: Site) -> None:
    """Its own language, ids, addresses and words; files that both share have one address."""
    for name in NAMES:
        ours, theirs = read(site, f"policy/{name}"), read(site, f"zh-hant/policy/{name}")
        assert [each.guid.replace(HOME, f"{HOME}zh-hant/") for each in ours] == [each.guid for each in theirs]
        body = next(each.body for each in theirs if each.guid.endswith("/a.html"))
        assert f"{HOME}zh-hant/policy/b.html" in body
        assert f"{HOME}images/a.png" in body
        assert "數字 &lt;3&gt; 有誤" in body
        assert {each.title for each in theirs} >= {"別的", "長" * 100_000}
    for folder, lang in zip(EDITIONS, ("zh-Hans", "zh-Hant"), strict=True):
        assert f"<language>{lang}</language>" in site.read(f"{folder}feed.xml")
        assert f'xml:lang="{lang}"' in site.read(f"{folder}atom.xml")
        assert json.loads(site.read(f"{folder}feed.json"))["language"] == lang


@pytest.mark.parametrize("name", NAMES)
def test_bulletins_come_with_tables_and_without_charts(site: Site, name: str) -> None:
    body = read(site, f"bulletins/notices/{name}")[0].body
    assert next(each.text for each in lxml_html.fromstring(body).iter("caption")) == "按职级"
    assert "<td>1</td>" in body
    embedding = next(each.body for each in read(site, f"policy/{name}") if each.guid.endswith("/a.html"))
    assert "通报人数" in embedding
    for each in (body, embedding):
        assert "人数按职级" not in each  # what the chart is called
        assert "<svg" not in each


@pytest.mark.parametrize("name", NAMES)
def test_corrections_are_said(site: Site, name: str) -> None:
    body = next(each.body for each in read(site, f"policy/{name}") if each.guid.endswith("/a.html"))
    assert body.startswith("<p>更正（2026-11-21）：数字 &lt;3&gt; 有误</p>")


def test_rss_says_who_and_when_changed(site: Site) -> None:
    """RSS 2.0 has neither: its author is an e-mail address, and an item has one date."""
    parsed = feedparser.parse(site.read("policy/feed.xml").encode())
    entry = next(each for each in parsed.entries if each.link.endswith("/a.html"))
    assert entry.author == "于建国"
    assert entry.updated == "2026-11-21T00:00:00+08:00"


def test_an_article_without_words_is_in_the_feeds(site: Site) -> None:
    """Without a summary its picture is the description of RSS."""
    for path in ("policy/feed.xml", "policy/atom.xml"):
        entry = next(
            each
            for each in feedparser.parse(site.read(path).encode()).entries
            if each.link.endswith("/d.html")
        )
        assert f"{HOME}images/a" in str(entry)


def test_every_page_leads_to_the_feeds(site: Site) -> None:
    for file in (site.root / "output").rglob("*.html"):
        path = file.relative_to(site.root / "output").as_posix()
        found = [ORIGIN + each for each in page(site, path).linked("alternate") if each.endswith(NAMES)]
        assert {each.rpartition("/")[2] for each in found} == set(NAMES), path
        edition = "zh-hant/" if path.startswith("zh-hant/") else ""
        for each in found:
            assert each.startswith(HOME + edition)
            assert (site.root / "output" / each.removeprefix(HOME)).is_file()


def test_readers_are_told_how_to_subscribe(site: Site) -> None:
    """Browsers show a feed as code, so pages lead to one that explains, and that names all feeds."""
    for edition in EDITIONS:
        shown = page(site, f"{edition}subscribe/index.html")
        found = [ORIGIN + each for each in shown.hrefs(shown.one("main")) if each.endswith("feed.xml")]
        assert found == [HOME + edition + each for each in FEEDS_OF_RSS]
        for path in ("index.html", "policy/index.html", "bulletins/notices/index.html", "policy/a.html"):
            assert shown.linked("canonical")[0].removeprefix(ORIGIN) in page(site, edition + path).hrefs()


def test_what_a_page_makes_of_its_pictures_is_absolute() -> None:
    html = (
        '<picture><source type="image/avif" srcset="/x/a,b.1.avif 480w, /x/a,b.2.avif 960w" sizes="50vw">'
        '<img src="/x/a.png" srcset="//cdn.example/a 2x" alt="甲" width="2" height="1" loading="lazy"></picture>'
        '<div class="scroll" tabindex="0" role="region" aria-label="表格"><table><tbody><tr><td>1</td></tr></tbody></table></div>'
    )
    made = absolute(html, "https://a.example/x/p.html", "https://a.example")
    assert 'srcset="https://a.example/x/a,b.1.avif 480w, https://a.example/x/a,b.2.avif 960w"' in made
    assert 'src="https://a.example/x/a.png"' in made
    assert 'srcset="//cdn.example/a 2x"' in made
    assert "tabindex" not in made
    assert list(html_faults(made.replace('"//cdn', '"https://cdn'))) == []


@pytest.mark.parametrize(
    "broken",
    [
        ("guid", "guide"), ("</language>", "-x</language><language>zh</language>"), ("+0800", "+08:00"), ('rel="self"', 'rel="via"'),
        ("&lt;p&gt;", '&lt;p onclick="x"&gt;'), ("&lt;/p&gt;", "&lt;script&gt;&lt;/script&gt;&lt;/p&gt;"),
        ('href="https://www', 'href="/www'), ("<title>", "<title>&lt;b&gt;"), ("<?xml", "\ufeff<?xml"),
    ],
)  # fmt: skip
def test_the_rules_find_what_is_wrong(tmp_path: Path, broken: tuple[str, str]) -> None:
    site = make_site(
        tmp_path,
        {"content/policy/a.md": article(body="文。\n\n[链接](b.md)"), "content/policy/b.md": article()},
    )
    good(site.build())
    text = site.read("feed.xml")
    assert faults(text.encode(), f"{HOME}feed.xml") == []
    assert broken[0] in text
    assert faults(text.replace(*broken).encode(), f"{HOME}feed.xml")
