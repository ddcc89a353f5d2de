"""Vectors: nothing that an article, a title or a name holds runs in a browser, in any page or feed."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.site.look import is_own_script
from tests.support import SITE, Site, make_site
from tests.text.pages import html, part, tree

J = "javascript:alert(1)"
VECTORS = [
    # elements
    "<script>alert(1)</script>", "<SCRIPT SRC=//evil.example/x.js></SCRIPT>", "<scr<script>ipt>alert(1)</scr</script>ipt>", "<script/x>alert(1)</script>",
    "<script\n>alert(1)</script\n>", "<script >alert(1)</script >", "<<script>alert(1);//<</script>", "<script>alert(1)", "</script><script>alert(1)</script>",
    "<script type=application/ld+json>{}</script>", "<ſcript>alert(1)</ſcript>", "<sCrIpT>alert(1)</ScRiPt>", "<script\x0b>alert(1)</script>", "<script\x00>alert(1)</script>",
    f"<iframe src={J}></iframe>", "<iframe srcdoc='<script>alert(1)</script>'>", f"<object data={J}></object>", f"<embed src={J}>", f"<form action={J}><input type=submit>",
    f"<button formaction={J}>x</button>", f"<form id=f></form><button form=f formaction={J}>", f"<base href={J}//>", "<base target=x href=https://evil.example/>", "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    f"<meta http-equiv=refresh content='0;{J}'>", "<link rel=stylesheet href=https://evil.example/x.css>", f"<link rel=stylesheet href={J}>", "<style>@import 'https://evil.example/x.css';</style>",
    f"<style>body{{background:url({J})}}</style>", "<style><img src=x onerror=alert(1)></style>", f"<applet code={J}>", f"<frameset><frame src={J}></frameset>", f"<marquee onstart={J}>", f"<bgsound src={J}>",
    f"<layer src={J}>", f"<isindex action={J} type=image>", "<portal src=https://evil.example/>", "<dialog open onclose=alert(1)>x</dialog>", "<template><script>alert(1)</script></template>",
    "<slot onslotchange=alert(1)>", "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "<xmp><img src=x onerror=alert(1)></xmp>", "<plaintext><script>alert(1)</script>",
    "<textarea><img src=x onerror=alert(1)></textarea>", "<title><img src=x onerror=alert(1)></title>", "<noembed><img src=x onerror=alert(1)></noembed>", "<noframes><img src=x onerror=alert(1)></noframes>",
    "<input autofocus onfocus=alert(1)>", "<select autofocus onfocus=alert(1)>", "<keygen autofocus onfocus=alert(1)>", "<body onload=alert(1)>", "<html onclick=alert(1)>", "</body></html><script>alert(1)</script>",
    # svg, math, and what moves when it is read twice
    "<svg onload=alert(1)>", "<svg/onload=alert(1)>", "<svg><script>alert(1)</script></svg>", "<svg><script href=data:,alert(1) />", f"<svg><a xlink:href={J}><text y=20>x</text></a></svg>",
    f"<svg><animate attributeName=href values={J} /></svg>", "<svg><set attributeName=onmouseover to=alert(1)>", "<svg><foreignObject><iframe onload=alert(1)></foreignObject></svg>", "<svg><use href='data:image/svg+xml,<svg id=x onload=alert(1)>#x'>",
    f"<math><maction actiontype=statusline xlink:href={J}>x</maction></math>", f"<math href={J}>x</math>", "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror=alert(1)&gt;'>",
    "<svg></p><style><a id='</style><img src=x onerror=alert(1)>'>", "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>", "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<svg><style><img title='</style><img src=x onerror=alert(1)>'></style></svg>", "<table><td><svg><desc><td><img src=x onerror=alert(1)></svg>", "<svg><title><style><img src=x onerror=alert(1)></style></title></svg>",
    "<!--><img src=x onerror=alert(1)>-->", "<!-- --!><img src=x onerror=alert(1)>", "<![CDATA[><img src=x onerror=alert(1)>]]>", "<?x ><img src=x onerror=alert(1)>?>", "<!DOCTYPE x [<!ENTITY y '<script>alert(1)</script>'>]>&y;",
    "<p title='<!--'><img alt='--><img src=x onerror=alert(1)>'>", "<a title='</a><img src=x onerror=alert(1)>'>x</a>", "<img alt='`><img src=x onerror=alert(1)>'>", "<listing>&lt;img src=x onerror=alert(1)&gt;</listing>",
    # handlers
    "<img src=x onerror=alert(1)>", "<img src=x:x onerror\x0c=alert(1)>", "<img/src=x/onerror=alert(1)>", "<img src=x ONERROR='alert(1)'>", "<img src=x onerror=&#97;lert(1)>", "<img src='x'onerror='alert(1)'>",
    "<img \x00src=x onerror=alert(1)>", "<img src=x on\x00error=alert(1)>", "<video><source onerror=alert(1)></video>", "<video src=x onerror=alert(1)>", "<audio src onloadstart=alert(1)>", "<details open ontoggle=alert(1)>",
    "<p onmouseover=alert(1)>x</p>", "<b/onclick=alert(1)>x</b>", "<a href=x onclick\n=\nalert(1)>x</a>", "<div onpointerenter='alert(1)' style='position:fixed;inset:0'>x</div>", "<td onclick=alert(1)>", "<p tabindex=1 autofocus onfocus=alert(1)>",
    "<img src=x data-x='\"' onerror=alert(1) '>", '<img src="x" alt="" onerror=alert(1)//">', '<a href="x" "onclick=alert(1)">x</a>', "<img src=`x`onerror=alert(1)>", "<img src=x onerror =alert(1)>", "<br onfinish=alert(1)>",
    # addresses
    f"<a href={J}>x</a>", "<a href=JaVaScRiPt:alert(1)>x</a>", "<a href='java\tscript:alert(1)'>x</a>", "<a href='java\nscript:alert(1)'>x</a>", "<a href='java&#x0A;script:alert(1)'>x</a>", "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A&#x61lert(1)'>x</a>", "<a href=' javascript:alert(1)'>x</a>", "<a href='&#1;javascript:alert(1)'>x</a>", "<a href='java&#1;script:alert(1)'>x</a>", "<a href='java&#0;script:alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>", "<a href='javascript&colon;alert(1)'>x</a>", "<a href='javascript&#58;alert(1)'>x</a>", "<a href='javascript&#0000058;alert(1)'>x</a>", "<a href='java&Tab;script&colon;alert&lpar;1&rpar;'>x</a>", "<a href='java&NewLine;script:alert(1)'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>", "<a href='data:text/html,<script>alert(1)</script>'>x</a>", "<a href='data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=='>x</a>", "<img src='data:image/svg+xml,<svg onload=alert(1)>'>", "<a href='feed:javascript:alert(1)'>x</a>",
    "<a href='view-source:javascript:alert(1)'>x</a>", "<a href='livescript:alert(1)'>x</a>", "<a href='mocha:alert(1)'>x</a>", "<a href='blob:https://x/y'>x</a>", "<a href='file:///etc/passwd'>x</a>", "<a href='jar:https://x!/y'>x</a>", "<a href='intent://x#Intent;end'>x</a>",
    "<a href='\u2028javascript:alert(1)'>x</a>", "<a href='\ufeffjavascript:alert(1)'>x</a>", "<a href='\u200bjavascript:alert(1)'>x</a>", "<a href='java\u00adscript:alert(1)'>x</a>", "<a href='ｊａｖａｓｃｒｉｐｔ:alert(1)'>x</a>", "<a href='javascript：alert(1)'>x</a>", "<a href='java\ufdd0script:alert(1)'>x</a>",
    "<a href='java&#xFDD0;script:alert(1)'>x</a>", "<a href='java&#x200b;script:alert(1)'>x</a>", "<a href='%6Aavascript:alert(1)'>x</a>", "<a href='/\\evil.example/'>x</a>", f"<img src={J}>", f"<img src=x srcset='{J} 1x, x 2x'>", f"<img lowsrc={J}>", f"<img dynsrc={J}>", f"<img usemap=#m><map name=m><area href={J}></map>",
    f"<video poster={J} src=x>", f"<video><source src={J}></video>", f"<audio src={J}>", f"<track src={J}>", f"<blockquote cite={J}>x</blockquote>", f"<q cite={J}>x</q>", f"<table background={J}><td background={J}>x</table>", f"<a ping={J} href=x>x</a>", f"<del cite={J}>x</del>", f"<body background={J}>",
    # style
    "<p style='background:url(javascript:alert(1))'>x</p>", "<p style='width:expression(alert(1))'>x</p>", "<p style='-moz-binding:url(//evil.example/x)'>x</p>", "<p style='position:fixed;top:0;left:0;width:100%;height:100%'>x</p>", "<font style='color:red' color=red>x</font>", "<b STYLE=x>x</b>",
    # Markdown
    f"[x]({J})", "[x](JAVASCRIPT:alert(1))", "[x](java\nscript:alert(1))", "[x](javascript&#58;alert(1))", "[x](javascript&colon;alert(1))", "[x](java&#1;script:alert(1))", "[x](&#x6a;avascript:alert(1))", "[x](<javascript:alert(1)>)", "[x](< javascript:alert(1)>)", "[x](\x01javascript:alert(1))",
    "[x](vbscript:x)", "[x](data:text/html;base64,PHNjcmlwdD4=)", f"![x]({J})", "![x](data:image/svg+xml;base64,PHN2Zz4=)", f"[x][y]\n\n[y]: {J}", f"[y]: {J} 'z'\n\n[y][]", f"<{J}>", "<JAVASCRIPT:alert(1)>", "<javascript&#58;alert(1)>", "<data:text/html,x>", f'[x]({J} "t")', f"[![x]({J})]({J})", "[x](\\javascript:alert(1))",
    "[x](javascript\\:alert(1))", "[a](x 'y\" onmouseover=\"alert(1)')", "[a](x \"y' onmouseover='alert(1)\")", '![a" onerror="alert(1)](x)', '![a](x" onerror="alert(1))', "![a](x 'q\" onerror=\"alert(1)')", '[a](x"onclick="alert(1))', "![<img src=x onerror=alert(1)>](x)", '![](x "<img src=x onerror=alert(1)>")',
    "[<script>alert(1)</script>](x)", "# <img src=x onerror=alert(1)>", '# x" onclick="alert(1)', "# x {: onclick=alert(1) }", '## x {#a" onclick="alert(1)}', "x\n{: onclick='alert(1)' style='x' }", "*x*{: onclick=alert(1) }", "[x](y){: onclick=alert(1) target=_blank }", "[x](y){: href=javascript:alert(1) }", "![x](y){: src=javascript:alert(1) onerror=alert(1) }",
    "x[^<img src=x onerror=alert(1)>]\n\n[^<img src=x onerror=alert(1)>]: y", 'x[^"onclick="alert(1)]\n\n[^"onclick="alert(1)]: y', "x[^1]\n\n[^1]: <script>alert(1)</script>", "`<script>alert(1)</script>`", "```\n</code></pre><script>alert(1)</script>\n```", '```"><script>alert(1)</script>\nx\n```', "```{.x onclick=alert(1)}\nx\n```",
    "```python onclick=alert(1)\nx\n```", '~~~ { ."onclick=alert(1) }\nx\n~~~', "| <script>alert(1)</script> |\n|---|\n| <img src=x onerror=alert(1)> |", "<b\n: <img src=x onerror=alert(1)>", "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;alert(1)&#60;/script&#62;", "\\<script>alert(1)\\</script>", "*<script>*alert(1)*</script>*",
    "<div markdown=1><script>alert(1)</script></div>", "> <script>alert(1)</script>", "- <script>alert(1)</script>", '<a href="[x](javascript:alert(1))">x</a>', "[x](<a href=javascript:alert(1)>)", '<img src="![x](y "onerror=alert(1))">', '[a](http://x"onmouseover=alert(1)//)', '<http://x"onmouseover=alert(1)//>', '<a@b"onclick=alert(1)>', "<x@y.z><script>alert(1)</script>",
    # the generator's own signs
    "\x02klzzwxh:0000\x03<script>alert(1)</script>", "<p>\x02wzxhzdk:0\x03</p>", "STXklzzwxh:0ETX", "&#2;klzzwxh:0000&#3;", "&#2;wzxhzdk:0&#3; <script>alert(1)</script>", "\ufdd0body:news/headlines/v000.md\ufdd1", "&#xFDD0;x&#xFDD1;", "{{ 7*7 }}{% include 'base.html' %}{# x #}", "{{ site.__class__ }}", "${7*7} <%= 7*7 %> #{7*7}", "]]><script>alert(1)</script>", "]]&gt;<![CDATA[",
]  # fmt: skip

FIELDS = (
    "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", '" onmouseover="alert(1)', "' onmouseover='alert(1)", "\\u003c/script>", "</title><script>alert(1)</script>", "--><script>alert(1)</script>", "]]><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;", "&quot; onclick=&quot;alert(1)", "{{ 7*7 }}", "{% raw %}", "\ufdd0body:x\ufdd1", "<!--", "</textarea><svg onload=alert(1)>", "\u2028alert(1)", "javascript:alert(1)", "</style><script>alert(1)</script>", '\\"};alert(1)//', "<a href=javascript:alert(1)>x</a>",
)  # fmt: skip
KEYS = ("title", "source", "author", "editor", "summary", "tags", "image_alt")
OFF = f"{SITE}checks: {{links: off, images: off}}\nlists: {{feed: 1000, page: 1000, special: 5, recent: 5}}\n"

FORBIDDEN = {
    "iframe",
    "object",
    "embed",
    "form",
    "base",
    "applet",
    "frame",
    "frameset",
    "input",
    "button",
    "textarea",
    "select",
    "style",
    "svg",
    "math",
    "noscript",
    "template",
    "xmp",
    "portal",
    "dialog",
}
FORMS = {"form", "input", "button", "select", "noscript", "template"}  # the theme has them; content may not
ADDRESSES = {
    "href",
    "src",
    "action",
    "formaction",
    "poster",
    "cite",
    "background",
    "data",
    "xlink:href",
    "srcset",
    "ping",
    "longdesc",
    "usemap",
}
SCHEMES = {"http", "https", "mailto", "tel"}


def quoted(value: str) -> str:
    """A value in double quotes of YAML."""
    return json.dumps(value, ensure_ascii=False).replace("\u2028", "\\u2028").replace("\x7f", "\\x7f")


def hostile() -> dict[str, str]:
    """Articles of nothing but attacks: one vector a text, and every field with every breakout."""
    files = {}
    for n, vector in enumerate(VECTORS):
        files[f"content/news/headlines/v{n:03}.md"] = (
            f"---\ntitle: 第 {n} 号\ndate: 2017-11-27\n---\n\n{vector}\n\n尾 {vector} 尾\n"
        )
    for n, attack in enumerate(FIELDS):
        # Tags that differ in signs only may share an address: here each has a number.
        matter = "\n".join(
            f"{key}: {quoted(attack.replace(';', '') + str(n) if key == 'tags' else attack)}" for key in KEYS
        )
        correction = f"correction: [{{date: 2017-11-28, note: {quoted(attack)}}}]"
        withdrawn = f"withdrawn: {{date: 2017-11-28, reason: {quoted(attack)}}}"
        files[f"content/news/county/f{n:03}.md"] = (
            f"---\n{matter}\ndate: 2017-11-27\nspecial: true\nalso: [policy]\n{correction}\n---\n\n正文。\n"
        )
        files[f"content/policy/w{n:03}.md"] = f"---\n{matter}\ndate: 2017-11-27\n{withdrawn}\n---\n\n正文。\n"
    return files


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = make_site(tmp_path_factory.mktemp("attacked"), hostile(), OFF)
    errors = [each for each in site.build("2030-01-01").problems if each.severity == "error"]
    assert not errors
    return site


def test_there_are_many_vectors() -> None:
    assert len(set(VECTORS)) >= 200


def faults(root: Element, *, own: bool) -> Iterator[str]:
    """What could run or load in a page; `own`: what the theme itself may have is allowed."""
    for element in root.iter():
        tag = str(element.tag).lower()  # a comment's tag is a function
        if tag == "script" and not (own and is_own_script(element)):
            yield f"<script>: {''.join(element.itertext())[:80]}"
        if tag in FORBIDDEN - (FORMS if own else set()):
            yield f"<{tag}>"
        if tag in ("meta", "link", "title", "body", "head", "html") and not own:
            yield f"<{tag}>"
        if (
            tag == "meta"
            and element.get("http-equiv", "").lower() == "refresh"
            and "evil" in element.get("content", "")
        ):
            yield "a redirect"
        for name, value in element.attrib.items():
            yield from _attribute_faults(tag, str(name).lower(), value)


def _attribute_faults(tag: str, name: str, value: str) -> Iterator[str]:
    if name.startswith("on") or name in (
        "style",
        "srcdoc",
        "srcset",
        "formaction",
        "ping",
        "autofocus",
        "autoplay",
    ):
        yield f"<{tag} {name}={value[:60]}>"
    if name in ADDRESSES:
        bare = re.sub(
            "[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028\u2029\ufdd0-\ufdef\ufeff\ufffd]", "", value
        ).lower()
        for form in (bare, unquote(bare)) if re.match("[a-z]", bare) else (bare,):
            scheme = re.match(r"([a-z][a-z0-9+.\-]*):", form)
            if scheme and scheme[1] not in SCHEMES:
                yield f"<{tag} {name}={value[:60]}>"
        if name in ("src", "poster") and re.match(r"(https?:)?//(?!www\.example\.org/ruanhuanjing/)", bare):
            yield f"loads {value[:60]}"


@pytest.fixture(scope="module")
def pages(attacked: Site) -> dict[str, Element]:
    """Every page as a browser reads it; from the lists of tags, which are all alike, a few."""
    output = attacked.root / "output"
    paths = sorted(path for path in output.rglob("*.html") if "/tags/" not in str(path))
    paths += sorted(output.glob("tags/**/*.html"))[:6]
    return {str(path.relative_to(output)): tree(path.read_text(encoding="utf-8")) for path in paths}


def test_nothing_runs_in_any_page(pages: dict[str, Element]) -> None:
    found = [f"{path}: {fault}" for path, page in pages.items() for fault in faults(page, own=True)]
    assert not found, found[:20]


def test_pages_keep_their_shape(pages: dict[str, Element]) -> None:
    """Whatever the text holds, the page's own end is its end: everything stands where the theme put it."""
    for path, page in pages.items():
        body = page.find("body")
        assert body is not None
        if "/headlines/v" in path:
            assert [child.tag for child in body if child.tag == "footer"] == ["footer"], path
            assert len(list(page.iter("h1"))) == 1, path
            assert len(list(page.iter("main"))) == 1, path


def test_structured_data_is_json(pages: dict[str, Element]) -> None:
    for page in pages.values():
        for script in page.iter("script"):
            if not script.get("src"):
                json.loads("".join(script.itertext()))


def test_titles_are_shown_as_they_were_typed(attacked: Site) -> None:
    for n, attack in enumerate(FIELDS):
        page = tree(attacked.read(f"news/county/f{n:03}.html"))
        wanted = " ".join(re.sub("[\ufdd0-\ufdef]", "", attack).split())
        heading = next(page.iter("h1"))
        assert " ".join("".join(heading.itertext()).split()) == wanted


def test_nothing_runs_in_the_json_feed(attacked: Site) -> None:
    for path in sorted((attacked.root / "output").rglob("feed.json")):
        for item in json.loads(path.read_text(encoding="utf-8"))["items"]:
            assert not list(faults(part(item["content_html"]), own=False)), item["id"]


def test_nothing_runs_in_the_xml_feeds(attacked: Site) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    count = 0
    for path in sorted(
        [*(attacked.root / "output").rglob("feed.xml"), *(attacked.root / "output").rglob("atom.xml")]
    ):
        root = etree.fromstring(path.read_bytes())
        for element in root.iter("{http://purl.org/rss/1.0/modules/content/}encoded", f"{atom}content"):
            assert len(element) == 0
            assert not list(faults(part(element.text or ""), own=False)), element.text
            count += 1
        for element in root.iter("link", "guid", f"{atom}link", f"{atom}id"):
            address = element.get("href") or element.text or ""
            assert address.startswith("https://www.example.org/"), address
    assert count > 2 * len(VECTORS)


def test_text_in_feeds_is_plain(attacked: Site) -> None:
    """A reader that takes titles for HTML must find no element there: titles of feeds hold no live markup."""
    atom = "{http://www.w3.org/2005/Atom}"
    root = etree.fromstring((attacked.root / "output/atom.xml").read_bytes())
    for element in root.iter(f"{atom}title", f"{atom}summary"):
        assert element.get("type", "text") == "text"
    rss = etree.fromstring((attacked.root / "output/feed.xml").read_bytes())
    for element in rss.iter("title"):
        assert not re.search(r"<\s*[a-z!/]", element.text or "", re.IGNORECASE), element.text


def test_the_site_map_is_xml(attacked: Site) -> None:
    for element in etree.fromstring((attacked.root / "output/sitemap.xml").read_bytes()).iter("{*}loc"):
        assert (element.text or "").startswith("https://www.example.org/ruanhuanjing/")


def test_templates_in_content_are_text(attacked: Site) -> None:
    n = VECTORS.index("{{ 7*7 }}{% include 'base.html' %}{# x #}")
    assert "{{ 7*7 }}{% include" in attacked.read(f"news/headlines/v{n:03}.html")
    assert "{{ 7*7 }}" in attacked.read(f"news/county/f{FIELDS.index('{{ 7*7 }}'):03}.html")


def test_no_file_is_written_outside(attacked: Site) -> None:
    assert {path.name for path in attacked.root.iterdir()} == {"content", "output", "site.yaml", ".softsite"}


@pytest.mark.parametrize("title", FIELDS)
def test_the_settings_are_text_too(title: str, tmp_path: Path) -> None:
    settings_text = SITE.replace("青溪县软环境网", quoted(title)).replace("今日头条", quoted(title)) + (
        f"description: {quoted(title)}\nowner: {{organisation: {quoted(title)}, address: {quoted(title)}, phone: {quoted(title)}}}\n"
        f"government: {{site_id: {quoted(title)}, icp: {quoted(title)}, police: {quoted(title)}, party_mark: {quoted(title)}}}\n"
    )
    site = make_site(
        tmp_path,
        {"content/news/headlines/a.md": "---\ntitle: 甲\ndate: 2017-11-27\n---\n正文\n"},
        settings_text,
    )
    if site.build("2030-01-01").good:
        for path in ("index.html", "news/headlines/a.html", "404.html", "news/headlines/index.html"):
            assert not list(faults(tree(site.read(path)), own=True)), path
        etree.fromstring((site.root / "output/feed.xml").read_bytes())


PIECES = [
    "<", ">", "</", "/>", "script", "img ", "a ", "svg", "math", "style", "src=", "href=", "onerror=", "x", "'", '"', "`", "=", " ", "\n", "\t", "javascript:", "java", "script:", "alert(1)", "&#1;", "&#x0a;", "&#58;", "&colon;", "&lt;", "&gt;", "&quot;",
    "<!--", "-->", "--!>", "<![CDATA[", "]]>", "<?", "?>", "<table>", "<td>", "<p>", "</p>", "<b>", "<title>", "<textarea>", "<noscript>", "<mglyph>", "<mtext>", "<desc>", "<foreignObject>", "[x](", ")", "![x](", "[x]: ", "{: ", "}", "onclick=x", "`", "```\n", "**", "\\", "data:", "<details>",
]  # fmt: skip


@settings(
    max_examples=300, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(st.lists(st.sampled_from(PIECES), min_size=2, max_size=24).map("".join))
def test_nothing_put_together_at_random_runs(source: str) -> None:
    once = html(source)
    assert not list(faults(part(once), own=False)), once
