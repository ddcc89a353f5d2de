"""Feeds: RSS 2.0, Atom and JSON Feed of the site and of every column."""

import json
import re
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urljoin

import feedparser
import pytest
from lxml import etree
from lxml import html as lxml_html

from tests.site.look import BASE, HOME, file_of, front, good, many, page, png, settings
from tests.support import SITE, Site, article, make_site

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
NAMES = ("feed.xml", "atom.xml", "feed.json")
FOLDERS = ("", "news/", "news/headlines/", "news/county/", "policy/")
LOADED = {"src", "href", "poster", "data", "cite"}


class Item(NamedTuple):
    """An item of any feed; times in ISO 8601."""

    guid: str
    link: str
    title: str
    body: str
    published: str
    updated: str


def read(site: Site, path: str) -> list[Item]:
    """The items of a feed, read by hand."""
    text = site.read(path)
    if path.endswith(".json"):
        return [
            Item(each["id"], each["url"], each["title"], each["content_html"], each["date_published"],
                 each.get("date_modified", ""))
            for each in json.loads(text)["items"]
        ]  # fmt: skip
    root = etree.fromstring(text.encode())
    if path.endswith("atom.xml"):
        return [
            Item(_text(each, f"{ATOM}id"), _atom_link(each), _text(each, f"{ATOM}title"), _text(each, f"{ATOM}content"),
                 _text(each, f"{ATOM}published"), _text(each, f"{ATOM}updated"))
            for each in root.iter(f"{ATOM}entry")
        ]  # fmt: skip
    return [
        Item(_text(each, "guid"), _text(each, "link"), _text(each, "title"), _text(each, CONTENT),
             parsedate_to_datetime(_text(each, "pubDate")).isoformat(), "")
        for each in root.iter("item")
    ]  # fmt: skip


def _text(element: Any, name: str) -> str:
    found = element.find(name)
    return "" if found is None else str(found.text or "")


def _atom_link(entry: Any) -> str:
    links = [each for each in entry.findall(f"{ATOM}link") if each.get("rel", "alternate") == "alternate"]
    assert len(links) == 1
    return str(links[0].get("href"))


BODY = """开头。

[内](#小标题) [别](b.md#那里) [表](../files/表.pdf) [外](https://news.example.net/a?b=1&c=2) [信](mailto:a@example.org)

## 小标题

![图](../images/a.png)

| 甲 | 乙 |
| --- | --- |
| 1 | 2 |

<video src="../images/a.mp4" poster="../images/a.png" controls></video>

<audio src="../images/a.mp3" controls></audio>

脚注[^1]。

[^1]: 说明

末尾的话。
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site whose articles hold everything that has an address."""
    files: dict[str, str | bytes] = {
        "content/policy/a.md": front(
            "tags: [甲]\nauthor: 某甲\nsummary: 摘要一句", BODY, "全文", "2026-11-20 17:42:54"
        ),
        "content/policy/b.md": article("别的", "2026-11-19", "## 那里\n\n文。"),
        "content/news/county/c.md": article("县里", "2025-12-31T23:30:00Z", special="true"),
        "content/images/a.png": png(),
        "content/images/a.mp4": b"0",
        "content/images/a.mp3": b"0",
        "content/files/表.pdf": b"%PDF-1.4",
    }
    made = make_site(tmp_path_factory.mktemp("feeds"), files, settings())
    good(made.build())
    return made


@pytest.mark.parametrize("name", NAMES)
def test_the_site_and_every_column_have_each_feed(site: Site, name: str) -> None:
    policy = [f"{HOME}policy/a.html", f"{HOME}policy/b.html"]
    county = [f"{HOME}news/county/c.html"]
    wanted = dict(zip(FOLDERS, (policy + county, county, [], county, policy), strict=True))
    for folder, links in wanted.items():
        assert [each.link for each in read(site, folder + name)] == links


@pytest.mark.parametrize("name", NAMES)
def test_items_carry_the_full_text_with_absolute_addresses(site: Site, name: str) -> None:
    body = read(site, f"policy/{name}")[0].body
    tree = lxml_html.fragment_fromstring(body, create_parent=True)
    assert "开头" in body
    assert "末尾的话" in body
    assert tree.find(".//table") is not None
    addresses = [str(value) for each in tree.iter() for key, value in each.attrib.items() if key in LOADED]
    for address in addresses:
        assert re.match(r"(https?://|mailto:)", address), address
        if address.startswith(HOME):
            assert (site.root / "output" / file_of(address)).is_file(), address
    for wanted in (
        "policy/a.html#",
        "policy/b.html#",
        "files/",
        "images/a.png",
        "images/a.mp4",
        "images/a.mp3",
    ):
        assert any(each.startswith(HOME + wanted) for each in addresses), wanted
    assert "https://news.example.net/a?b=1&c=2" in addresses


@pytest.mark.parametrize("name", NAMES)
def test_times_are_those_of_the_sites_time_zone(site: Site, name: str) -> None:
    first, _, last = read(site, name)
    assert first.published == "2026-11-20T17:42:54+08:00"
    assert last.published == "2026-01-01T07:30:00+08:00"
    if name == "feed.xml":
        assert "Fri, 20 Nov 2026 17:42:54 +0800" in site.read(name)


@pytest.mark.parametrize("name", NAMES)
def test_guids_are_the_canonical_addresses(site: Site, name: str) -> None:
    for each in read(site, name):
        assert each.guid == each.link
        assert page(site, file_of(each.link)).linked("canonical") == [each.guid]


@pytest.mark.parametrize("folder", FOLDERS)
def test_feed_readers_read_the_feeds(site: Site, folder: str) -> None:
    for name in ("feed.xml", "atom.xml"):
        parsed = feedparser.parse((site.root / "output" / folder / name).read_bytes())
        assert not parsed.bozo, parsed.get("bozo_exception")
        assert parsed.version == {"feed.xml": "rss20", "atom.xml": "atom10"}[name]
        assert parsed.feed.title
        by_hand = read(site, folder + name)
        assert [each.title for each in parsed.entries] == [each.title for each in by_hand]
        assert [each.id for each in parsed.entries] == [each.guid for each in by_hand]
        assert all(each.content[0].value for each in parsed.entries)


def test_json_feeds_are_of_version_1_1(site: Site) -> None:
    for folder in FOLDERS:
        feed = json.loads(site.read(f"{folder}feed.json"))
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["feed_url"] == f"{HOME}{folder}feed.json"
        assert feed["home_page_url"] == HOME + folder
        assert feed["title"]
        assert all(isinstance(each["id"], str) and each["id"] for each in feed["items"])


def test_the_channel_links_to_its_page(site: Site) -> None:
    """RSS 2.0: `link` is the address of the web page that the channel belongs to."""
    for folder in FOLDERS:
        channel = etree.fromstring(site.read(f"{folder}feed.xml").encode()).find("channel")
        assert channel is not None
        assert _text(channel, "link") == HOME + folder


def test_feeds_name_themselves(site: Site) -> None:
    for folder in FOLDERS:
        for name in ("feed.xml", "atom.xml"):
            root = etree.fromstring(site.read(folder + name).encode())
            selves = [each.get("href") for each in root.iter(f"{ATOM}link") if each.get("rel") == "self"]
            assert selves == [f"{HOME}{folder}{name}"]


def test_atom_feeds_have_what_the_standard_requires(site: Site) -> None:
    """RFC 4287, 4.1.1: id, title, updated; an author in the feed or in every entry."""
    for folder in FOLDERS:
        root = etree.fromstring(site.read(f"{folder}atom.xml").encode())
        for each in [root, *root.iter(f"{ATOM}entry")]:
            assert _text(each, f"{ATOM}id").startswith(HOME)
            assert _text(each, f"{ATOM}title")
            assert datetime.fromisoformat(_text(each, f"{ATOM}updated")).tzinfo is not None
        entries = root.findall(f"{ATOM}entry")
        assert root.find(f"{ATOM}author") is not None or (
            entries and all(each.find(f"{ATOM}author") is not None for each in entries)
        ) or not entries  # fmt: skip


def test_all_times_are_in_the_sites_time_zone(site: Site) -> None:
    for folder in FOLDERS:
        root = etree.fromstring(site.read(f"{folder}atom.xml").encode())
        for each in [*root.iter(f"{ATOM}updated"), *root.iter(f"{ATOM}published")]:
            assert datetime.fromisoformat(str(each.text)).utcoffset() == timedelta(hours=8), folder


def test_feeds_are_found_from_their_pages(site: Site) -> None:
    types = {"application/rss+xml": "feed.xml", "application/atom+xml": "atom.xml"}
    for path, folder in (("index.html", ""), ("policy/index.html", "policy/"), ("policy/a.html", "policy/"),
                         ("news/county/index.html", "news/county/"), ("special/index.html", "")):  # fmt: skip
        shown = page(site, path)
        found = {
            each.get("type"): urljoin(HOME + path, each.get("href", ""))
            for each in reversed(shown.all("link", rel="alternate"))
        }
        for kind, name in types.items():
            assert found[kind] == HOME + folder + name
        assert f"{HOME}{folder}feed.json" in found.values()


def test_feeds_hold_the_newest(tmp_path: Path) -> None:
    files = {f"content/policy/{n:02}.md": article(f"第{n}", f"2026-10-{n + 1:02}") for n in range(7)}
    site = make_site(tmp_path, files, SITE + "lists: {feed: 3}\n")
    good(site.build())
    for name in NAMES:
        assert [each.title for each in read(site, name)] == ["第6", "第5", "第4"]


# Identity over time


def test_a_new_title_keeps_the_guid(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/policy/a.md": article("旧题")})
    good(site.build())
    before = {name: read(site, name)[0] for name in NAMES}
    site.write({"content/policy/a.md": article("新题", body="新的正文。")})
    good(site.build())
    for name in NAMES:
        after = read(site, name)[0]
        assert (after.guid, after.link, after.published) == (
            before[name].guid,
            before[name].link,
            before[name].published,
        )
        assert after.title == "新题"


def test_a_correction_updates(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/policy/a.md": article()})
    good(site.build())
    before = {name: read(site, name)[0] for name in NAMES}
    rows = "correction:\n  - {date: 2026-11-22 10:00, note: 再改}\n  - {date: 2026-11-21 08:00, note: 先改}"
    site.write({"content/policy/a.md": front(rows)})
    good(site.build())
    for name in NAMES:
        after = read(site, name)[0]
        assert after.guid == before[name].guid
        assert after.published == before[name].published
    assert read(site, "atom.xml")[0].updated == "2026-11-22T10:00:00+08:00"
    assert read(site, "feed.json")[0].updated == "2026-11-22T10:00:00+08:00"
    assert read(site, "policy/atom.xml")[0].updated == "2026-11-22T10:00:00+08:00"
    assert "<updated>2026-11-22T10:00:00+08:00" in site.read("atom.xml").partition("<entry>")[0]


@pytest.mark.parametrize("rows", ["withdrawn: {date: 2026-11-21, reason: 有误}", "draft: true", "expires: 2026-11-22",
                                  "publish: 2026-12-01"])  # fmt: skip
def test_what_is_taken_back_leaves_the_feeds(tmp_path: Path, rows: str) -> None:
    site = make_site(
        tmp_path, {"content/policy/a.md": article("要撤的"), "content/policy/b.md": article("留下的")}
    )
    good(site.build())
    site.write({"content/policy/a.md": front(rows, title="要撤的")})
    good(site.build())
    for folder in ("", "policy/"):
        for name in NAMES:
            assert [each.title for each in read(site, folder + name)] == ["留下的"]


# Odd input


ODD = [
    "<b>粗</b>",
    "a & b &amp; c",
    "]]>",
    "😀𠀀",
    "引“号”\"'",
    "<![CDATA[x]]>",
    "&#1;&#x0;",
    "\ufffe尾",
    "\u202e倒",
]


@pytest.mark.parametrize("title", ODD)
def test_odd_titles_and_bodies_give_good_feeds(tmp_path: Path, title: str) -> None:
    quoted = json.dumps(title, ensure_ascii=False)
    text = front(
        f"summary: {quoted}\nauthor: {quoted}\nsource: {quoted}\ntags: [{quoted}]", f"文 {title} 完。", quoted
    )
    site = make_site(tmp_path, {"content/policy/a.md": text})
    report = site.build()
    assert report.good, report.problems
    for name in ("feed.xml", "atom.xml"):
        assert len(read(site, name)) == 1
        assert not feedparser.parse((tmp_path / "output" / name).read_bytes()).bozo
    known = re.sub("[\ufffe\u202e]", "", re.sub(r"&(?=#?\w+;)", "＆", re.sub("<(?=[a-z!/])", "＜", title)))
    assert {read(site, name)[0].title.replace("\ufffd", "") for name in NAMES} == {known}


def test_a_title_is_not_live_where_readers_take_it_for_html(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/policy/a.md": article("'<img src=x onerror=alert(1)> 题'")})
    good(site.build())
    tree = lxml_html.fragment_fromstring(read(site, "feed.xml")[0].title, create_parent=True)
    assert len(tree) == 0
    assert "题" in (tree.text or "")


def test_control_characters_never_reach_a_feed(tmp_path: Path) -> None:
    odd = "".join(map(chr, (1, 2, 7, 8, 11, 12, 14, 27, 31, 127, 0x85, 0x9F, 0xFFFE, 0xFFFF, 0xFDD0)))
    references = "".join(
        f"&#{n};&#x{n:x};" for n in (0, 1, 7, 8, 11, 12, 27, 31, 127, 0xD800, 0xFFFE, 0xFFFF, 0x110000)
    )
    texts = {
        "content/policy/raw.md": article("原样", body=f"甲{odd}乙"),
        "content/policy/named.md": article(
            "编号", body=f"甲{references}乙\n\n`{references}` [x](<a{references}>)"
        ),
        "content/policy/title.md": article('"\\u0001\\u0008\\x1b题"', body="丙"),
    }
    site = make_site(tmp_path, texts, SITE + "checks: {links: off}\n")
    report = site.build()
    assert report.good, report.problems
    for name in ("feed.xml", "atom.xml"):
        assert len(read(site, name)) == 3
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", site.read("feed.json"))


def test_feeds_are_the_same_whenever_they_are_made(tmp_path: Path) -> None:
    one, other = many(tmp_path / "a", 12), many(tmp_path / "b", 12)
    good(one.build("2026-11-23 12:00"))
    good(other.build("2027-03-01 00:00"))
    for folder in FOLDERS:
        for name in NAMES:
            assert one.read(folder + name) == other.read(folder + name)
    assert BASE in one.read("feed.xml")
