"""Look: what a reader, a feed builder and a crawler find in the output."""

import io
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib
from lxml import html as lxml_html

from tests.support import SITE, Site, article, make_site

ORIGIN = "https://www.example.org"
BASE = "/ruanhuanjing/"
HOME = ORIGIN + BASE

GOVERNMENT = """\
description: 青溪县软环境建设的消息
owner: {organisation: 青溪县软环境建设办公室, address: 青溪县滨河街道1号, phone: 0000-6220001}
government:
  site_id: "2299000001"
  icp: 吉ICP备00000000号-1
  police: 吉公网安备22990002000001号
  party_mark: 0123456789ABCDEF0123456789ABCDEF
"""


class Page(NamedTuple):
    """A page of the output, parsed as browsers do."""

    tree: Element
    text: str

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """The elements of this name with these attributes (`class_` and `rel`: one of the words)."""
        return [each for each in self.tree.iter(tag) if _has(each, attributes)]

    def one(self, tag: str, **attributes: str) -> Element:
        """The only such element."""
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} of <{tag} {attributes}>"
        return found[0]

    def metas(self) -> dict[str, list[str]]:
        """The contents of the page's tags by their exact names."""
        found: dict[str, list[str]] = {}
        for each in self.all("meta"):
            name = each.get("name") or each.get("property")
            if name:
                found.setdefault(name, []).append(each.get("content") or "")
        return found

    def meta(self, name: str) -> str:
        """The content of the only tag of this name."""
        contents = self.metas().get(name, [])
        assert len(contents) == 1, f"{name}: {contents}"
        return contents[0]

    def hrefs(self, inside: Element | None = None) -> list[str]:
        """Where the links lead."""
        root = self.tree if inside is None else inside
        return [each.get("href", "") for each in root.iter("a") if each.get("href")]

    def linked(self, rel: str) -> list[str]:
        """The addresses of `link` elements of this kind."""
        return [each.get("href", "") for each in self.all("link", rel=rel)]

    def words(self) -> str:
        """What the body says, without its marks."""
        return words(self.one("body"))

    def section(self, heading: str) -> Element:
        """The innermost section with this heading."""
        found = [
            each
            for each in self.tree.iter()
            if each.tag in {"section", "nav", "aside", "div"} and _heading(each) == heading
        ]
        assert found, f"no section {heading}"
        return found[-1]


def is_own_script(element: Element) -> bool:
    """Whether a script is data, or one of the theme's own files with nothing in it."""
    if element.get("type") == "application/ld+json":
        return True
    return (
        bool(re.fullmatch(BASE + r"static/[a-z-]+\.[0-9a-f]{10}\.js", element.get("src", "")))
        and not element.text
    )


def page(site: Site, path: str) -> Page:
    """A page of the output."""
    text = site.read(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = html5lib.parse(text, namespaceHTMLElements=False)
    return Page(tree, text)


def words(element: Element) -> str:
    """The text in an element."""
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def _has(element: Element, attributes: Mapping[str, str]) -> bool:
    for name, value in attributes.items():
        held = element.get(name.rstrip("_").replace("_", "-"))
        if held is None:
            return False
        if name in {"class_", "rel"}:
            if value not in held.split():
                return False
        elif held != value:
            return False
    return True


def _heading(element: Element) -> str:
    for each in element:
        if each.tag in {"h1", "h2", "h3"}:
            return words(each)
    return ""


def titles_in(element: Element, known: Sequence[str]) -> list[str]:
    """Which of the known titles are linked in an element, in their order."""
    return [words(each) for each in element.iter("a") if words(each) in known]


# Lists


def column_pages(site: Site, column: str) -> dict[str, bytes]:
    """The list pages of a column: every page reached from its index by links named next."""
    pages: dict[str, bytes] = {}
    waiting = [f"{column}/index.html"]
    while waiting:
        path = waiting.pop()
        if path in pages:
            continue
        data = (site.root / "output" / path).read_bytes()
        pages[path] = data
        waiting += [
            file_of(urljoin(BASE + path, each.get("href") or ""))
            for each in lxml_html.fromstring(data).iter("a")
            if "next" in (each.get("rel") or "").split()
        ]
    return pages


def items(data: bytes) -> list[str]:
    """The articles that a list page lists."""
    main = lxml_html.fromstring(data).find(".//main")
    assert main is not None
    return [link.get("href") or "" for entry in main.iter("h2", "h3") for link in entry.iter("a")]


# Crawling


class Link(NamedTuple):
    """A link as written on a page."""

    page: str
    address: str
    loads: bool


LOADING = {"src", "srcset", "poster", "data", "background"}
LOADING_RELS = {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch", "manifest",
                "apple-touch-icon", "mask-icon"}  # fmt: skip
CSS_LOAD = re.compile(r"""url\(\s*['"]?([^'")]+)|@import\s+['"]([^'"]+)""")


def links(site: Site) -> Iterator[Link]:
    """Every address in every page, style sheet and picture of the output."""
    output = site.root / "output"
    for file in sorted(output.rglob("*")):
        path = file.relative_to(output).as_posix()
        if file.suffix == ".html":
            yield from _page_links(path, file.read_bytes())
        elif file.suffix == ".css":
            yield from (Link(path, address, loads=True) for address in _css(file.read_text(encoding="utf-8")))
        elif file.suffix == ".svg":
            for each in re.findall(r"""(?:href|src)\s*=\s*["']([^"']+)""", file.read_text(encoding="utf-8")):
                yield Link(path, each, loads=True)


def _page_links(path: str, data: bytes) -> Iterator[Link]:
    for each in lxml_html.fromstring(data).iter("*"):
        rels = set((each.get("rel") or "").lower().split())
        for name, value in each.attrib.items():
            if name == "srcset":
                yield from (
                    Link(path, part.split()[0], loads=True) for part in str(value).split(",") if part.strip()
                )
            elif name in LOADING:
                yield Link(path, str(value), loads=True)
            elif name == "style":
                yield from (Link(path, address, loads=True) for address in _css(str(value)))
            elif name in {"href", "action", "cite", "xlink:href"}:
                embeds = each.tag in {"use", "image"} or (each.tag == "link" and bool(rels & LOADING_RELS))
                yield Link(path, str(value), loads=embeds)
            elif name == "content" and (each.get("http-equiv") or "").lower() == "refresh":
                yield Link(path, str(value).partition("url=")[2], loads=False)
        if each.tag == "style":
            yield from (Link(path, address, loads=True) for address in _css(each.text or ""))


def _css(text: str) -> Iterator[str]:
    return (one or other for one, other in CSS_LOAD.findall(re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)))


def file_of(address: str, base: str = BASE) -> str:
    """The file of the output that an address of the site stands for."""
    path = unquote(urlsplit(urldefrag(address)[0]).path)
    assert path.startswith(base), f"{address} is outside {base}"
    inside = path[len(base) :]
    return inside + "index.html" if not inside or inside.endswith("/") else inside


def dead(site: Site, home: str = HOME) -> list[str]:
    """The links of the site's pages that lead to no file, or no place, of the output."""
    base = urlsplit(home).path
    output = site.root / "output"
    files = {each.relative_to(output).as_posix() for each in output.rglob("*") if each.is_file()}
    places: dict[str, set[str]] = {}
    found = []
    for link in links(site):
        whole = urljoin(home + link.page, link.address)
        if not whole.startswith(home.rpartition(base)[0] + "/"):
            continue
        file = file_of(whole, base)
        fragment = unquote(urldefrag(whole)[1])
        if file not in files:
            found.append(f"{link.page}: {link.address}")
        elif fragment and file.endswith(".html"):
            if file not in places:
                places[file] = set(held((output / file).read_bytes(), "id"))
            if fragment not in places[file]:
                found.append(f"{link.page}: {link.address} (no such place)")
    return found


def held(data: bytes, attribute: str) -> list[str]:
    """All that an attribute holds on a page, fast."""
    found = [each.get(attribute) for each in lxml_html.fromstring(data).iter("*")]
    return [each for each in found if each is not None]


def loaded_from_elsewhere(site: Site) -> list[str]:
    """What a browser would fetch from another host."""
    return [
        f"{link.page}: {link.address}"
        for link in links(site)
        if link.loads
        and not urljoin(HOME + link.page, link.address).startswith((HOME, "data:"))
        # A picture may point inside itself.
        and not link.address.startswith("#")
    ]


# Sites


def png(red: int = 0) -> bytes:
    """A picture of two points."""
    from PIL import Image

    data = io.BytesIO()
    Image.new("RGB", (2, 1), (red % 256, 90, 60)).save(data, "PNG")
    return data.getvalue()


def settings(*more: str) -> str:
    """A site.yaml with the government's identity, and more."""
    return SITE + GOVERNMENT + "".join(more)


def many(root: Path, count: int, more: Mapping[str, str | bytes] | None = None, lists: str = "") -> Site:
    """A site of `count` articles that use everything an article can have."""
    files: dict[str, str | bytes] = {"content/images/河.png": png(), "content/files/表.pdf": b"%PDF-1.4 1"}
    columns = ("news/headlines", "news/county", "policy")
    for n in range(count):
        column = columns[n % 3]
        day = f"2026-{1 + n % 10:02d}-{1 + n // 10 % 28:02d} {n % 24:02d}:{n % 60:02d}"
        up = "../" * (column.count("/") + 2)
        body = f"第{n}篇的第一段，**“要点”**如下。\n\n## 小标题\n\n内容 {n}。\n\n"
        if n % 7 == 0:
            body += f"![河边]({up}images/河.png)\n\n见[附件]({up}files/表.pdf)。\n\n"
        if n >= 3:
            other = n - 3
            body += f"前情见[那一篇](../m{other % 5}/{other}.md#小标题)，又见[本篇](#小标题)。\n"
        extra = {"tags": f"标签{n % 9}、C++ & C#{n % 2}"} if n % 3 else {}
        extra |= {"source": "吉网"} if n % 4 == 0 else {}
        extra |= {"special": "true"} if n % 11 == 0 else {}
        extra |= {"aliases": f"[/old/{n}.html]"} if n % 13 == 0 else {}
        extra |= {"also": "[policy]"} if n % 17 == 0 and column != "policy" else {}
        extra |= {"correction": "[{date: 2026-11-01, note: 数字有误}]"} if n % 19 == 0 else {}
        extra |= {"withdrawn": "{date: 2026-11-02, reason: 重复}"} if n % 23 == 22 and n + 3 >= count else {}
        files[f"content/{column}/m{n % 5}/{n}.md"] = article(f"第{n}篇 <标题> & “引号”", day, body, **extra)
    files["content/about.md"] = article("关于本站", body="见[头条](news/headlines/m0/0.md)。")
    return make_site(root, files | dict(more or {}), settings(lists))


def front(rows: str, body: str = "正文。", title: str = "标题", date: str = "2026-11-20 09:30") -> str:
    """An article with these further rows of front matter."""
    return f"---\ntitle: {title}\ndate: {date}\n{rows.rstrip()}\n---\n\n{body}\n"


def holding(site: Site, word: str) -> list[str]:
    """The files of the output whose name or bytes hold a word."""
    output = site.root / "output"
    forms = {word.encode(), word.encode("unicode_escape"), word.encode("utf-16-le"), word.encode("gb18030")}
    forms |= {_percent(word).encode()}
    return sorted(
        each.relative_to(output).as_posix()
        for each in output.rglob("*")
        if each.is_file() and (word in each.name or any(form in each.read_bytes() for form in forms))
    )


def _percent(word: str) -> str:
    from urllib.parse import quote

    return quote(word)


def good(report: Any) -> None:
    """Fails when a build had problems."""
    assert not report.problems, [(each.code, each.path, each.line, each.facts) for each in report.problems]


def codes(problems: Iterable[Any]) -> list[str]:
    """The codes of problems."""
    return [each.code for each in problems]
