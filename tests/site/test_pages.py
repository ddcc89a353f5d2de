"""The pages of a site: home, columns, articles, lists, and every link between them."""

import re
import shutil
import warnings
from pathlib import Path
from urllib.parse import unquote, urljoin

import html5lib
import pytest

from tests.site.look import (
    BASE,
    HOME,
    codes,
    column_pages,
    dead,
    file_of,
    front,
    good,
    held,
    is_own_script,
    items,
    loaded_from_elsewhere,
    many,
    page,
    png,
    settings,
    titles_in,
    words,
)
from tests.support import SITE, Site, article, make_site

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A sizeable site that uses everything."""
    site = many(tmp_path_factory.mktemp("big"), 160)
    good(site.build())
    return site


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site of this repository."""
    root = tmp_path_factory.mktemp("own") / "site"
    root.mkdir()
    shutil.copy(REPOSITORY / "site.yaml", root)
    shutil.copytree(REPOSITORY / "content", root / "content")
    site = Site(root)
    good(site.build(jobs=2))
    return site


# Links


def test_every_link_of_a_big_site_leads_somewhere(big: Site) -> None:
    assert dead(big) == []


def test_every_link_of_our_own_site_leads_somewhere(own: Site) -> None:
    assert dead(own) == []


def test_nothing_is_loaded_from_another_host(big: Site, own: Site) -> None:
    assert loaded_from_elsewhere(big) == []
    assert loaded_from_elsewhere(own) == []


@pytest.mark.parametrize(
    "url",
    ["https://www.example.org/", "https://www.example.org/a/b-c/%E4%B9%A1/", "http://127.0.0.1:8000/x/"],
)
def test_links_work_under_any_address(tmp_path: Path, url: str) -> None:
    from urllib.parse import unquote

    site = many(tmp_path, 25)
    site.write({"site.yaml": settings().replace(HOME, url)})
    good(site.build())
    assert dead(site, unquote(url)) == [] or dead(site, url) == []
    assert (BASE in site.read("index.html")) is False


def test_every_page_is_reached_by_links_from_home(big: Site) -> None:
    reached, waiting = set(), ["index.html"]
    while waiting:
        path = waiting.pop()
        if path in reached or not path.endswith(".html"):
            continue
        reached.add(path)
        waiting += [file_of(urljoin(BASE + path, href)) for href in _links(big, path)]
    output = big.root / "output"
    pages = {each.relative_to(output).as_posix() for each in output.rglob("*.html")}
    lost = {each for each in pages - reached if 'http-equiv="refresh"' not in big.read(each)} - {
        "404.html",
        "about.html",
    }
    # A withdrawn article is on no list.
    assert {each for each in lost if "撤" not in big.read(each)} == set()


def _links(site: Site, path: str) -> list[str]:
    return [each for each in held((site.root / "output" / path).read_bytes(), "href") if each.startswith("/")]


def test_pages_are_valid_html(big: Site, own: Site) -> None:
    """One page of each kind, read by the standard's parser in its strict mode."""
    for site in (big, own):
        output = site.root / "output"
        by_kind = {
            _kind(each.read_text(encoding="utf-8")) + each.parts[-2]: each for each in output.rglob("*.html")
        }
        for path in list(by_kind.values())[:14]:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                parser = html5lib.HTMLParser(strict=False)
                parser.parse(path.read_text(encoding="utf-8"))
            assert parser.errors == [], path


def _kind(text: str) -> str:
    return text.partition('<body class="')[2].partition('"')[0]


def test_ids_are_unique_on_every_page(big: Site, own: Site) -> None:
    for site in (big, own):
        for path in (site.root / "output").rglob("*.html"):
            ids = held(path.read_bytes(), "id")
            assert len(ids) == len(set(ids)), path


def test_headings_named_like_parts_of_the_page_do_not_clash(tmp_path: Path) -> None:
    body = "## 标签\n\n一\n\n## s-tags\n\n二\n\n## s-main\n\n三\n\n## 标签\n\n四"
    site = make_site(tmp_path, {"content/policy/a.md": article(body=body, tags="甲")})
    good(site.build())
    ids = held(site.read("policy/a.html").encode(), "id")
    assert len(ids) == len(set(ids))


def test_ids_of_the_theme_cannot_be_had(tmp_path: Path) -> None:
    bare = make_site(tmp_path / "bare", {"content/policy/a.md": article(tags="甲")})
    good(bare.build())
    body = '## s-own\n\n一 {: #s-mine }\n\n<p id="s-tags">二</p>\n\n## 三 {#s-four}'
    site = make_site(tmp_path / "site", {"content/policy/a.md": article(body=body, tags="甲")})
    good(site.build())
    theirs, mine = (held(each.read("policy/a.html").encode(), "id") for each in (bare, site))
    assert [each for each in mine if each.startswith("s-")] == [
        each for each in theirs if each.startswith("s-")
    ]


# Home


def test_home_shows_lead_columns_special_and_newest(tmp_path: Path) -> None:
    files = {f"content/news/county/{n}.md": article(f"县内{n}", f"2026-11-{10 + n} 08:00") for n in range(5)}
    files["content/policy/p.md"] = article("政策一件", "2026-10-01", special="true")
    files["content/news/headlines/h.md"] = article("头条一件", "2026-11-18 08:00", special="{rank: 1}")
    site = make_site(tmp_path, files)
    good(site.build())
    home = page(site, "index.html")
    known = ["政策一件", "头条一件", *(f"县内{n}" for n in range(5))]
    assert titles_in(home.section("最近更新"), known) == [
        "县内4", "县内3", "县内2", "县内1", "县内0", "政策一件"
    ]  # fmt: skip
    assert titles_in(home.section("特别关注"), known) == ["政策一件"]
    assert "政策一件" in titles_in(home.section("政策"), known)
    assert "县内4" in words(home.section("资讯"))
    assert titles_in(home.one("article"), known) == ["头条一件"]
    assert words(home.one("main")).count("头条一件") == 1


def test_home_shows_no_empty_column(tmp_path: Path) -> None:
    """A column without articles has no block; one with the lead story alone has it."""
    site = make_site(tmp_path, {"content/news/county/x.md": article("只此一件")})
    good(site.build())
    assert [words(each) for each in page(site, "index.html").one("main").iter("h2")] == ["只此一件", "资讯"]


def test_an_empty_column_leads_on(tmp_path: Path) -> None:
    """It says that nothing is in it, and shows what is new elsewhere."""
    site = make_site(tmp_path, {"content/news/county/x.md": article("别处一件")})
    good(site.build())
    for path in ("policy", "special", "tags"):
        main = page(site, f"{path}/index.html")
        assert "还没有" in words(main.one("main")), path
        assert "别处一件" in words(main.section("最近更新")), path


def test_a_headline_stays_whole_between_its_blanks(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/policy/x.md": article("会议召开 部署<十项>任务")})
    good(site.build())
    whole = '<span class="phrase">会议召开</span> <span class="phrase">部署&lt;十项&gt;任务</span>'
    assert f"<h1>{whole}</h1>" in site.read("policy/x.html")


def test_an_empty_site_builds(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    good(site.build())
    assert dead(site) == []
    for path in ("index.html", "news/index.html", "news/county/index.html", "special/index.html", "archive/index.html",
                 "tags/index.html", "404.html", "sitemap.xml", "robots.txt", "feed.xml", "policy/atom.xml"):  # fmt: skip
        assert site.read(path)


# Columns


def test_every_column_of_the_tree_lists_its_articles(tmp_path: Path) -> None:
    tree = (
        SITE + "  - {slug: deep, name: 一, columns: [{slug: b, name: 二, columns: [{slug: c, name: 三}]}]}\n"
    )
    site = make_site(tmp_path, {"content/deep/b/c/free/folder/x.md": article("最深")}, tree)
    good(site.build())
    assert site.read("deep/b/c/free/folder/x.html")
    for column in ("deep", "deep/b", "deep/b/c"):
        shown = page(site, f"{column}/index.html")
        assert "最深" in words(shown.one("main")), column
    assert f"{BASE}deep/b/" in page(site, "deep/index.html").hrefs()
    assert f"{BASE}deep/b/c/" in page(site, "deep/b/index.html").hrefs()
    crumbs = page(site, "deep/b/c/free/folder/x.html").one("nav", aria_label="您现在的位置")
    assert [words(each) for each in crumbs.iter("a")] == ["首页", "一", "二", "三"]


def test_an_article_is_listed_in_its_further_columns(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/news/county/x.md": article("两处", also="[policy]")})
    good(site.build())
    for column in ("news/county", "news", "policy"):
        assert "两处" in words(page(site, f"{column}/index.html").one("main"))
        assert "news/county/x.html" in site.read(f"{column}/feed.json")
    assert items((tmp_path / "output/news/headlines/index.html").read_bytes()) == []
    assert (
        site.read("feed.json").count('"id": "https://www.example.org/ruanhuanjing/news/county/x.html"') == 1
    )


def test_an_article_listed_in_a_parent_and_child_stands_there_once(tmp_path: Path) -> None:
    site = make_site(
        tmp_path, {"content/news/county/x.md": article("一回", also="[news, news/headlines, news/county]")}
    )
    good(site.build())
    assert items(column_pages(site, "news")["news/index.html"]).count(f"{BASE}news/county/x.html") == 1


def test_lists_are_newest_first(big: Site) -> None:
    for column in ("news", "policy", "news/county"):
        times = [
            each.get("datetime", "")
            for path in column_pages(big, column)
            for each in page(big, path).one("main").iter("time")
        ]
        assert times == sorted(times, reverse=True)


# Articles


def test_an_article_has_all_its_parts(tmp_path: Path) -> None:
    rows = (
        "source: 吉网\nsource_url: https://news.example.org/1\nauthor: 甲乙\neditor: 丙丁\n"
        "tags: [软环境, 营商]\nimage: ../../images/a.png\nimage_alt: 河边"
    )
    body = "正文。\n\n见[申请表](../../files/申请表.docx)。\n\n![图](../../images/a.png)"
    files: dict[str, str | bytes] = {
        "content/news/county/b.md": front(rows, body, "中间一篇", "2026-11-10 17:42:54"),
        "content/news/county/a.md": article("较早一篇", "2026-11-09", tags="别的"),
        "content/news/county/c.md": article("较晚一篇", "2026-11-11", tags="别的"),
        "content/policy/r.md": article("同标签的", "2026-01-01", tags="营商"),
        "content/policy/s.md": article("特别的", "2026-02-01", special="true"),
        "content/files/申请表.docx": b"PK\x03\x04",
        "content/images/a.png": png(),
    }
    site = make_site(tmp_path, files)
    good(site.build())
    shown = page(site, "news/county/b.html")
    known = ["较早一篇", "较晚一篇", "同标签的", "特别的", "中间一篇"]
    crumbs = shown.one("nav", aria_label="您现在的位置")
    assert "您现在的位置" in words(crumbs)
    assert words(crumbs).endswith("正文")
    assert [each.get("href") for each in crumbs.iter("a")] == [BASE, f"{BASE}news/", f"{BASE}news/county/"]
    assert words(shown.one("h1")) == "中间一篇"
    said = shown.words()
    for wanted in ("2026-11-10 17:42:54", "吉网", "甲乙", "丙丁", "软环境", "营商"):
        assert wanted in said
    assert "https://news.example.org/1" in shown.hrefs()
    attachments = shown.section("附件")
    assert [each.get("href") for each in attachments.iter("a")] == [
        f"{BASE}files/%E7%94%B3%E8%AF%B7%E8%A1%A8.docx"
    ]
    assert (tmp_path / "output/files/申请表.docx").read_bytes() == b"PK\x03\x04"
    turn = {words(each) for each in shown.all("a", rel="prev")} | {
        words(each) for each in shown.all("a", rel="next")
    }
    assert turn == {"较早一篇", "较晚一篇"}
    assert titles_in(shown.section("相关阅读"), known) == ["同标签的"]
    assert titles_in(shown.section("最近更新"), known)[:3] == ["较晚一篇", "中间一篇", "较早一篇"]
    assert titles_in(shown.section("特别关注"), known) == ["特别的"]
    assert [each.get("href") for each in shown.all("a", rel="tag")] == [
        f"{BASE}tags/%E8%BD%AF%E7%8E%AF%E5%A2%83/", f"{BASE}tags/%E8%90%A5%E5%95%86/"
    ]  # fmt: skip


def test_previous_and_next_follow_the_column(tmp_path: Path) -> None:
    files = {f"content/news/county/{n}.md": article(f"第{n}", f"2026-11-{10 + n}") for n in range(3)}
    files["content/policy/x.md"] = article("别栏", "2026-11-11 12:00")
    site = make_site(tmp_path, files)
    good(site.build())
    first, last = page(site, "news/county/0.html"), page(site, "news/county/2.html")
    assert [words(each) for each in first.all("a", rel="prev") + first.all("a", rel="next")] == ["第1"]
    assert [words(each) for each in last.all("a", rel="prev") + last.all("a", rel="next")] == ["第1"]
    middle = page(site, "news/county/1.html")
    assert {words(each) for each in middle.all("a", rel="prev") + middle.all("a", rel="next")} == {
        "第0",
        "第2",
    }


def test_the_notice_is_chosen_by_the_source(tmp_path: Path) -> None:
    notices = "notices: {own: '{site}原创之声明', reprint: '转自{source}之声明，与{site}无关'}\n"
    files = {
        "content/policy/own.md": article(),
        "content/policy/named.md": article(source="青溪县软环境网"),
        "content/policy/reprint.md": article(source="吉网"),
        "content/policy/braces.md": article(source="'{site}{0}{x}'"),
    }
    site = make_site(tmp_path, files, SITE + notices)
    good(site.build())
    assert "青溪县软环境网原创之声明" in site.read("policy/own.html")
    assert "青溪县软环境网原创之声明" in site.read("policy/named.html")
    assert "转自吉网之声明，与青溪县软环境网无关" in site.read("policy/reprint.html")
    assert "原创之声明" not in site.read("policy/reprint.html")
    assert "转自{site}{0}{x}之声明" in site.read("policy/braces.html")


def test_a_correction_is_visible_and_dated(tmp_path: Path) -> None:
    site = make_site(
        tmp_path, {"content/policy/x.md": front("correction:\n  - {date: 2026-11-21, note: 应为十二个部门}")}
    )
    good(site.build())
    said = page(site, "policy/x.html").words()
    assert "应为十二个部门" in said
    assert "2026-11-21" in said


def test_the_excerpt_is_made_when_there_is_no_summary(tmp_path: Path) -> None:
    site = make_site(tmp_path, {
        "content/policy/made.md": article("有正文", body="开头这几个字，" + "后面很长很长，" * 40, special="true"),
        "content/policy/given.md": article("有摘要", body="看不见的正文。", special="true", summary="编辑写的摘要"),
    })  # fmt: skip
    good(site.build())
    special = words(page(site, "special/index.html").one("main"))
    assert "开头这几个字" in special
    assert special.count("后面很长很长") < 12
    assert "编辑写的摘要" in special
    assert "看不见的正文" not in special


def test_pages_of_their_own(tmp_path: Path) -> None:
    site = make_site(
        tmp_path,
        {"content/about.md": article("关于本站", body="我们是谁。"), "content/policy/x.md": article()},
    )
    good(site.build())
    assert "我们是谁" in page(site, "about.html").words()
    assert "关于本站" not in site.read("news/index.html")
    assert "关于本站" not in site.read("feed.xml")


def test_numbers_of_related_articles_follow_shared_tags(tmp_path: Path) -> None:
    site = make_site(tmp_path, {
        "content/policy/a.md": article("原文", "2026-11-01", tags="[甲, 乙, 丙]"),
        "content/policy/b.md": article("三个", "2026-01-01", tags="[甲, 乙, 丙]"),
        "content/policy/c.md": article("一个", "2026-10-01", tags="[甲]"),
        "content/policy/d.md": article("无关", "2026-10-02", tags="[丁]"),
    })  # fmt: skip
    good(site.build())
    assert titles_in(page(site, "policy/a.html").section("相关阅读"), ["三个", "一个", "无关"]) == [
        "三个",
        "一个",
    ]


# Lists by tag and month


def test_tags_list_their_articles(tmp_path: Path) -> None:
    site = make_site(tmp_path, {
        "content/policy/a.md": article("一", tags="软环境、Wi-Fi"),
        "content/policy/b.md": article("二", tags="[软环境]"),
        "content/policy/e.md": article("五", tags="[.., a/b, '?x#y', '%41', '．．', '<b>']"),
    })  # fmt: skip
    good(site.build())
    assert dead(site) == []
    index = page(site, "tags/index.html")
    by_tag = {words(each).split(" ")[0]: each.get("href", "") for each in index.one("main").iter("a")}
    assert {"软环境", "Wi-Fi", "a/b", "?x#y", "%41", "<b>"} <= by_tag.keys()
    listed = {tag: items((tmp_path / "output" / file_of(href)).read_bytes()) for tag, href in by_tag.items()}
    assert listed["软环境"] == [f"{BASE}policy/b.html", f"{BASE}policy/a.html"] or listed["软环境"] == [
        f"{BASE}policy/a.html", f"{BASE}policy/b.html"
    ]  # fmt: skip
    assert listed["Wi-Fi"] == [f"{BASE}policy/a.html"]
    assert not (tmp_path / "index.html").exists()


def test_tags_of_nearly_one_name_are_kept_apart(tmp_path: Path) -> None:
    """A tag whose address would lose a sign has a digest in it."""
    tags = {"c": "5G 应用", "d": "5G-应用", "e": "5G/应用", "f": "5G?应用"}
    files = {f"content/policy/{name}.md": article(tag, tags=f"['{tag}']") for name, tag in tags.items()}
    site = make_site(tmp_path, files)
    good(site.build())
    addresses = {}
    for name, tag in tags.items():
        (link,) = page(site, f"policy/{name}.html").all("a", rel="tag")
        assert words(link).strip() == tag
        addresses[tag] = unquote(link.get("href", ""))
        assert items((tmp_path / "output" / file_of(link.get("href", ""))).read_bytes()) == [
            f"{BASE}policy/{name}.html"
        ]
    assert len(set(addresses.values())) == len(tags)
    assert addresses.pop("5G-应用") == f"{BASE}tags/5g-应用/"
    assert all(re.fullmatch(f"{BASE}tags/5g-应用-[0-9a-f]{{6}}/", each) for each in addresses.values())


def test_the_archive_lists_by_month(big: Site) -> None:
    months = [each for each in page(big, "archive/index.html").hrefs() if "/archive/2" in each]
    assert f"{BASE}archive/2026-03/" in months
    for address in set(months):
        month = address.strip("/").rpartition("/")[2]
        folder = f"archive/{month}"
        times = [
            each.get("datetime", "")[:7]
            for path in column_pages(big, folder)
            for each in page(big, path).one("main").iter("time")
        ]
        assert set(times) == {month}


def test_months_are_those_of_the_sites_time_zone(tmp_path: Path) -> None:
    site = make_site(tmp_path, {
        "content/policy/a.md": article("跨年", "2025-12-31T23:30:00Z"),
        "content/policy/b.md": article("当天", "2026-01-31 23:59:59"),
    })  # fmt: skip
    good(site.build())
    assert sorted(items((tmp_path / "output/archive/2026-01/index.html").read_bytes())) == [
        f"{BASE}policy/a.html", f"{BASE}policy/b.html"
    ]  # fmt: skip
    assert "2026-01-01 07:30" in page(site, "policy/a.html").words()


# 404, sitemap, robots


def test_the_page_for_what_is_not_found_works_from_any_depth(big: Site) -> None:
    shown = page(big, "404.html")
    for link in [*shown.hrefs(), *shown.linked("stylesheet"), *shown.linked("icon")]:
        assert link.startswith(("/", "#", "http", "tel:", "mailto:"))
    assert big.root.name not in shown.text
    assert "404.html" not in big.read("sitemap.xml")


def test_the_sitemap_names_every_page_by_its_canonical_address(big: Site) -> None:
    from lxml import etree

    namespace = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    found = [
        each.text or "" for each in etree.fromstring(big.read("sitemap.xml").encode()).iter(f"{namespace}loc")
    ]
    assert len(found) == len(set(found))
    output = big.root / "output"
    for address in found:
        path = file_of(address)
        assert (output / path).is_file()
        assert page(big, path).linked("canonical") == [address]
    assert {HOME, f"{HOME}news/county/", f"{HOME}policy/m2/2.html"} <= set(found)
    assert f"Sitemap: {HOME}sitemap.xml" in big.read("robots.txt")


def test_what_is_not_to_be_found_is_not_in_the_sitemap(big: Site) -> None:
    sitemap = big.read("sitemap.xml")
    for path in (big.root / "output").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        address = HOME + path.relative_to(big.root / "output").as_posix()
        if 'http-equiv="refresh"' in text or "noindex" in text:
            assert f"<loc>{address}</loc>" not in sitemap


# What the templates must survive


def test_titles_are_text_everywhere(tmp_path: Path) -> None:
    odd = "<b>粗</b>&amp;</script><script>alert(1)</script>\"'"
    files = {
        "content/policy/a.md": front("special: true\ntags: ['<i>斜</i>', '</title>']\nsummary: '</p><script>alert(2)</script>'\n"
                                     "source: '<u>源</u>'\nauthor: '<script>alert(3)</script>'\n"
                                     "correction: [{date: 2026-11-01, note: '<script>alert(4)</script>'}]",
                                     title="'" + odd.replace("'", "''") + "'"),
        "content/policy/b.md": article("邻居", "2026-11-19", tags="['<i>斜</i>']"),
    }  # fmt: skip
    site = make_site(tmp_path, files, SITE.replace("name: 政策", "name: '<em>政策</em>'"))
    good(site.build())
    assert words(page(site, "policy/a.html").one("h1")) == odd
    for path in (tmp_path / "output").rglob("*.html"):
        shown = page(site, path.relative_to(tmp_path / "output").as_posix())
        for script in shown.all("script"):
            assert is_own_script(script)
            assert "alert" not in (script.text or "") or (script.text or "").startswith("{")
        assert not shown.all("b")
        assert not shown.all("i")
        assert not shown.all("u")
        assert not shown.all("em")


def test_a_remote_picture_is_a_problem(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/policy/a.md": article(body="![远](https://img.example.net/a.png)")})
    assert "image-remote" in codes(site.build().problems)


@pytest.mark.parametrize("body", [
    '<img src="//img.example.net/a.png" alt="">',
    '<video src="https://v.example.net/a.mp4"></video>',
    '<video poster="https://v.example.net/a.png" src="../a.mp4"></video>',
    '<audio src="//v.example.net/a.mp3"></audio>',
    '<img src="../a.png" srcset="https://v.example.net/a.png 2x" alt="">',
    '<p style="background:url(https://v.example.net/a.png)">x</p>',
    '<style>@import "https://v.example.net/a.css";</style>',
    '<iframe src="https://v.example.net/"></iframe>',
    '<embed src="https://v.example.net/a.swf">',
    '<table background="https://v.example.net/a.png"><tr><td>x</td></tr></table>',
    '<svg><image href="https://v.example.net/a.png"/></svg>',
    '<link rel="stylesheet" href="https://v.example.net/a.css">',
    '<picture><source srcset="//v.example.net/a.png"><img src="../a.png" alt=""></picture>',
    "![x](\\\\v.example.net/a.png)",
    "![x](https&#58;//v.example.net/a.png)",
    "![x](/\\v.example.net/a.png)",
])  # fmt: skip
def test_content_loads_nothing_from_another_host(tmp_path: Path, body: str) -> None:
    site = make_site(
        tmp_path, {"content/policy/a.md": article(body=body), "content/a.png": png(), "content/a.mp4": b"0"}
    )
    site.build()
    assert loaded_from_elsewhere(site) == []
