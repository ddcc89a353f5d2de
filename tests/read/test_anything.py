"""Anything: random bytes and random almost-right text as article, site.yaml and template never make a traceback."""

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from softsite.problems import as_json, as_text
from tests.support import Site, article, make_site

SMALL = "name: 网\nurl: https://www.example.org/x/\ncolumns: [{slug: news, name: 资讯}]\n"
TRIES = settings(
    max_examples=45,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)

YAML_PARTS = [
    "title", "标题", "標題", "date", "日期", "tags", "special", "correction", "aliases", "also", "columns", "name", "slug", "url",
    ": ", "：", ":", "\n", "\n  ", "\n\t", "\n\u3000", "\n- ", "\n－ ", "- ", "[", "]", "{", "}", ", ", "，", "、", '"', "'", "“", "”",
    "&a ", "*a", "!!python/object/apply:os.system ", "!!binary ", "!x ", "|", ">", "|-\n  ", ">+2\n", " #", "#", "%YAML 1.1", "---\n", "...\n",
    "? ", "<<: ", "~", "null", "0101", "017", "1e999", "0x", "2017-11-27", "2017-02-30", "0000-00-00", "9999-12-31", "17:42", "true",
    "\x00", "\x07", "\x85", "\u2028", "\ufeff", "\ufdd0", "\uffff", "\U0010ffff", "䶮", "é", "e\u0301", "\\", "\\x", "\\uD800", "{{", "%}",
]  # fmt: skip
MARKDOWN_PARTS = [
    "# ", "## ", "\n", "\n\n", "    ", "\t", "> ", "- ", "1. ", "1、", "一、", "（一）", "* ", "**", "__", "*", "_", "`", "```\n", "~~~ python\n", "[", "](",
    ")", "]", "![", "[^1]", "[^1]: ", "[a]: ", "<", ">", "<div", "<div markdown=1>", "</div>", "<!--", "-->", "<?", "<![CDATA[", "&", "&#1;", "&lt;",
    "|", "\n|---|:-:|\n", "a | b\n", "{: #x .y z=w }", "{:", "{", "}", "\n: ", "\\", "\x02", "\x03", "\x02klzzwxh:0000\x03", "wzxhzdk:0", "\x00", "\ufdd0",
    "x.md", "#a", "javascript:", "http://[", "//", "a.png", "a.mp4", '"', "'", "中文", "\u3000", "\xa0", "abc", "  \n", "---", "===", "\ud7ff", "é", "한글",
]  # fmt: skip
TEMPLATE_PARTS = [
    "{{ ", " }}", "{% ", " %}", "{# ", " #}", "{%- ", "if ", "endif", "for a in b", "for a in site", "endfor", "block x", "endblock", "extends 'base.html'",
    "include 'x.html'", "import 'base.html' as b", "macro m(a)", "endmacro", "call m()", "set x = ", "site", "page", "article", "article.title", "x.y.z",
    "| safe", "| nothing", "1/0", "range(3)", "()", "[0]", "''.__class__", "'", '"', "\n", "<p>", "</p>", "中文", "\x00", "\ufdd0", "**", "+", "raw", "endraw", "do",
]  # fmt: skip


def mixture(parts: list[str]) -> st.SearchStrategy[str]:
    """Text put together from parts that mean something, and now and then from anything."""
    piece = st.one_of(st.sampled_from(parts), st.sampled_from(parts), st.text(max_size=5))
    return st.lists(piece, max_size=40).map("".join)


def checked(site: Site) -> None:
    """Builds: an exception fails the test; what is published is well-formed, what is wrong can be told."""
    report = site.build("2030-01-01")
    for each in report.problems:
        assert each.path, each
        for lang in ("zh", "en"):
            assert as_text(each, lang)
            json.dumps(as_json(each, lang)).encode()
            as_text(each, lang).encode()
    if report.good:
        for path in ("feed.xml", "atom.xml", "sitemap.xml"):
            etree.fromstring((site.root / "output" / path).read_bytes())
        json.loads(site.read("feed.json"))
    else:
        assert not (site.root / "output").exists()


def trial(files: dict[str, str | bytes], settings_text: str | bytes = SMALL) -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = make_site(Path(folder), files)
        site.write({"site.yaml": settings_text})
        checked(site)


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@TRIES
@given(st.lists(st.binary(max_size=300), min_size=1, max_size=4))
def test_random_bytes_as_articles(texts: list[bytes]) -> None:
    trial({f"content/news/a{n}.md": text for n, text in enumerate(texts)})


@TRIES
@given(st.binary(max_size=200), st.binary(max_size=100))
def test_random_bytes_between_the_marks(matter: bytes, body: bytes) -> None:
    trial({"content/news/a.md": b"---\ntitle: a\ndate: 2017-11-27\n" + matter + b"\n---\n" + body})


@TRIES
@given(st.lists(mixture(YAML_PARTS), min_size=1, max_size=4))
def test_almost_yaml_as_front_matter(texts: list[str]) -> None:
    trial({f"content/news/a{n}.md": encoded(f"---\n{text}\n---\n正文。\n") for n, text in enumerate(texts)})


@settings(TRIES, max_examples=40)
@given(mixture(YAML_PARTS))
def test_almost_yaml_below_good_front_matter(text: str) -> None:
    trial({"content/news/a.md": encoded(f"---\ntitle: 甲\ndate: 2017-11-27\nsummary: {text}\n---\n正文。\n")})


@TRIES
@given(st.lists(mixture(MARKDOWN_PARTS), min_size=1, max_size=3))
def test_almost_markdown_as_text(texts: list[str]) -> None:
    off = f"{SMALL}numbered_headings: true\nchecks: {{links: warn, images: warn}}\n"
    trial({f"content/news/a{n}.md": encoded(article(body=text)) for n, text in enumerate(texts)}, off)


@TRIES
@given(
    st.one_of(
        st.binary(max_size=300),
        mixture(YAML_PARTS).map(encoded),
        mixture(YAML_PARTS).map(lambda t: encoded(SMALL + t)),
    )
)
def test_anything_as_site_yaml(text: bytes) -> None:
    trial({"content/news/a.md": article()}, text)


@TRIES
@given(st.one_of(st.binary(max_size=200), mixture(TEMPLATE_PARTS).map(encoded)),
       st.sampled_from(["article.html", "base.html", "home.html", "list.html", "parts/header.html", "parts/special.html", "new.html",
                        "static/style.css", "static/x.js"]))  # fmt: skip
def test_anything_as_template(text: bytes, name: str) -> None:
    trial({"content/news/a.md": article(), f"templates/{name}": text})


@pytest.mark.parametrize("template", [
    "{{ 1/0 }}", "{{ x.y.z }}", "{{ page.nothing.more }}", "{{ 'a' + 1 }}", "{% include 'article.html' %}", "{% extends 'article.html' %}",
    "{{ range(3) | nothing }}", "{{ lipsum() }}", "{{ [][5] }}", "{{ {}['a']['b'] }}", "{{ ''.join(1) }}", "{{ '%d' | format('a') }}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "{{ ''.__class__.__mro__[1].__subclasses__() }}", "{{ cycler.__init__.__globals__ }}",
    "{{ '\ufdd0' }}", "\ufdd0body:a\ufdd1", "{% set x = 1 %}{{ x.a.b }}", "{{ 'x' * 5 | int('q') }}",
])  # fmt: skip
def test_faults_of_templates(tmp_path: Path, template: str) -> None:
    site = make_site(tmp_path, {"content/news/a.md": article(), "templates/article.html": template}, SMALL)
    report = site.build()
    assert report.good or {each.path for each in report.problems} == {"templates/article.html"}, (
        report.problems
    )


@pytest.mark.parametrize("text", [
    "", "null", "[]", "- a", "a", "1", "name: 1\nurl: 2\ncolumns: 3", "columns: [[]]", "columns: [{}]", f"{SMALL}lists: [1]", f"{SMALL}lists: {{page: 0}}",
    f"{SMALL}lists: {{page: -1}}", f"{SMALL}lists: {{page: 99999999999999999999}}", f"{SMALL}lists: {{feed: 0, recent: 0, special: 0}}",
    f"{SMALL}timezone: ../../etc/passwd", f"{SMALL}timezone: ''", f"{SMALL}timezone: 'a\\0b'", f"{SMALL}timezone: UTC+8", f"{SMALL}editions: []",
    f"{SMALL}editions: [xx]", f"{SMALL}owner: x", f"{SMALL}government: true", f"{SMALL}government: {{}}", f"{SMALL}notices: {{own: '{{nope}}'}}",
    f"{SMALL}notices: {{reprint: '{{source.x}}{{0}}{{'}}", f"{SMALL}notices: {{own: '{{site!r:>99999999999}}'}}", SMALL.replace("https://www.example.org/x/", "http://["),
    SMALL.replace("https://www.example.org/x/", "https://www.example.org"), SMALL.replace("https://www.example.org/x/", "https://www.example.org/a b/"),
    SMALL.replace("https://www.example.org/x/", "https://www.example.org/x/?a=b#c"), SMALL.replace("https://www.example.org/x/", "https://www.example.org/../x/"),
    SMALL.replace("https://www.example.org/x/", "javascript:alert(1)"), SMALL.replace("https://www.example.org/x/", "https://www.example.org:x/"),
    SMALL.replace("slug: news", "slug: ../x"), SMALL.replace("slug: news", "slug: ''"), SMALL.replace("slug: news", "slug: 'a/b'"),
    SMALL.replace("slug: news", "slug: 新闻"), "&a [*a]", "a: &a\n  b: *a", "a: " + "[" * 5000, "a: " + "{a: " * 3000, "\n".join("  " * n + "a:" for n in range(800)),
    "name: |\n" + "  x\n" * 1000, "? [a]\n: b", "{a: b}: c", "!!set {a, b}", "!!python/object/apply:os.system [id]", "--- a\n--- b", "%TAG ! x\n---\na: b", "\t", "a:\n\t\tb: c",
])  # fmt: skip
def test_odd_settings(tmp_path: Path, text: str) -> None:
    site = make_site(tmp_path, {"content/news/a.md": article()}, text)
    report = site.build()
    assert report.good or report.problems
    assert {each.path for each in report.problems if each.severity == "error"} <= {
        "site.yaml",
        "content/news/a.md",
    }
