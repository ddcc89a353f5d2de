"""Identity: page tags, footer, Open Graph, JSON-LD, canonical (reference: 政府網站發展指引)."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.site.look import HOME, ORIGIN, Page, front, good, many, page, png, settings, words
from tests.support import SITE, Site, article, make_site

COLUMN_TAGS = ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
TYPES = set(
    "首页 概况信息 机构职能 负责人信息 工作动态 政策文件 信息公开指南 信息公开目录 信息公开年报 依申请公开 数据发布 数据开放 "
    "政策解读 回应关切 办事服务 咨询投诉 征集调查 在线访谈".split()
)
COLUMNS = """\
columns:
  - {slug: news, name: 资讯, type: 工作动态, description: 资讯之述, keywords: [资讯, 县]}
  - {slug: policy, name: 政策, type: 政策文件}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A small government site."""
    rows = (
        "source: 吉网\nauthor: 某甲\ntags: [软环境, 营商]\nsummary: 一句“摘要”\nimage: ../images/a.png\nimage_alt: 河边\n"
        "correction: [{date: 2026-11-21 10:00, note: 改}]"
    )
    files: dict[str, str | bytes] = {
        "content/policy/乡村 振兴.md": front(rows, "正文。", "'题 \"引\" <b> &'", "2026-11-20 17:42:54"),
        "content/policy/plain.md": article("自采", "2026-11-02 08:05"),
        "content/news/w.md": front("withdrawn: {date: 2026-11-21, reason: 误}"),
        "content/about.md": article("关于"),
        "content/images/a.png": png(),
    }
    text = settings().partition("columns:")[0] + COLUMNS + settings().partition("description:")[1]
    text += settings().partition("description:")[2]
    made = make_site(tmp_path_factory.mktemp("identity"), files, text)
    good(made.build())
    return made


def pages(site: Site) -> Iterator[tuple[str, Page]]:
    """Every page but those that only lead elsewhere."""
    output = site.root / "output"
    for each in sorted(output.rglob("*.html")):
        path = each.relative_to(output).as_posix()
        shown = page(site, path)
        if not shown.all("meta", http_equiv="refresh"):
            yield path, shown


ARTICLE = "policy/乡村 振兴.html"


def test_every_page_names_the_site(site: Site) -> None:
    for path, shown in pages(site):
        assert shown.meta("SiteName") == "青溪县软环境网", path
        assert shown.meta("SiteDomain") == "www.example.org", path
        assert shown.meta("SiteIDCode") == "2299000001", path


def test_every_page_is_described(site: Site) -> None:
    for path, shown in pages(site):
        assert shown.meta("description"), path


def test_columns_and_home_have_their_tags(site: Site) -> None:
    for path, shown in pages(site):
        if path == "index.html" or re.fullmatch(r"(news|policy)/(index|list-\d+)\.html", path):
            for name in COLUMN_TAGS:
                assert shown.meta(name), (path, name)
            assert shown.meta("ColumnType") in TYPES
    assert page(site, "index.html").meta("ColumnType") == "首页"
    news = page(site, "news/index.html")
    assert [news.meta(name) for name in COLUMN_TAGS] == ["资讯", "资讯之述", "资讯,县", "工作动态"]


def test_articles_have_their_tags(site: Site) -> None:
    shown = page(site, ARTICLE)
    wanted = {
        "ArticleTitle": '题 "引" <b> &',
        "PubDate": "2026-11-20 17:42",
        "ContentSource": "吉网",
        "Author": "某甲",
        "Description": "一句“摘要”",
        "Image": f"{HOME}images/a.png",
        "Url": f"{HOME}policy/%E4%B9%A1%E6%9D%91%20%E6%8C%AF%E5%85%B4.html",
        "ColumnName": "政策",
        "ColumnType": "政策文件",
    }
    assert {name: shown.meta(name) for name in wanted} == wanted
    assert re.split("[,，;；、 ]+", shown.meta("Keywords")) == ["软环境", "营商"]
    plain = page(site, "policy/plain.html")
    assert plain.meta("PubDate") == "2026-11-02 08:05"
    assert plain.meta("ContentSource") == "青溪县软环境网"


def test_only_articles_have_the_tags_of_articles(site: Site) -> None:
    for path in ("index.html", "news/index.html", "about.html", "404.html", "tags/index.html"):
        assert not {"ArticleTitle", "PubDate", "ContentSource"} & page(site, path).metas().keys(), path


def test_no_tag_stands_twice(site: Site) -> None:
    for path, shown in pages(site):
        for name, contents in shown.metas().items():
            assert len(contents) == 1, (path, name)
            assert contents[0].strip(), (path, name)


def test_the_footer_shows_who_stands_behind_the_site(site: Site) -> None:
    for path, shown in pages(site):
        foot = shown.one("footer")
        said, hrefs = words(foot), shown.hrefs(foot)
        for wanted in ("青溪县软环境建设办公室", "青溪县滨河街道1号", "0000-6220001", "2299000001", "吉ICP备00000000号-1",
                       "吉公网安备22990002000001号"):  # fmt: skip
            assert wanted in said, (path, wanted)
        assert "https://bszs.conac.cn/sitename?method=show&id=0123456789ABCDEF0123456789ABCDEF" in hrefs
        by_words = {words(each): each.get("href", "") for each in foot.iter("a")}
        assert "beian.miit.gov.cn" in by_words["吉ICP备00000000号-1"]
        assert "22990002000001" in by_words["吉公网安备22990002000001号"]
        assert f"{urlsplit(HOME).path}sitemap.xml" in hrefs or any("sitemap" in each for each in hrefs)


def test_every_page_has_its_own_link_to_report_an_error(site: Site) -> None:
    for path, shown in pages(site):
        found = [each for each in shown.hrefs() if "jiucuo" in each]
        assert len(found) == 1, path
        address = urlsplit(found[0])
        assert address.netloc + address.path == "zfwzgl.www.gov.cn/exposure/jiucuo.html"
        query = parse_qs(address.query, strict_parsing=True)
        assert query == {"site_code": ["2299000001"], "url": shown.linked("canonical")}, path
        assert not re.search(r"[^\x21-\x7e]", found[0])
        assert "我为政府网站找错" in shown.words()


def test_a_site_without_government_shows_none_of_it(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/policy/a.md": article()}, SITE)
    good(site.build())
    for path, shown in pages(site):
        assert "SiteIDCode" not in shown.metas(), path
        for absent in ("jiucuo", "conac", "beian", "标识码", "None"):
            assert absent not in shown.text, (path, absent)


def test_what_the_government_has_not_given_is_left_out(tmp_path: Path) -> None:
    site = make_site(
        tmp_path, {"content/policy/a.md": article()}, SITE + 'government: {site_id: "2299000001"}\n'
    )
    good(site.build())
    for path, shown in pages(site):
        assert "2299000001" in words(shown.one("footer")), path
        for absent in ("conac", "beian", "None"):
            assert absent not in shown.text, (path, absent)


def test_canonical_addresses_are_whole_and_each_pages_own(site: Site) -> None:
    seen = set()
    for path, shown in pages(site):
        found = shown.linked("canonical")
        assert len(found) == 1, path
        assert found[0].startswith(HOME)
        assert not re.search(r"[^\x21-\x7e]", found[0])
        assert found[0] not in seen
        seen.add(found[0])
    assert page(site, "index.html").linked("canonical") == [HOME]
    assert page(site, "news/index.html").linked("canonical") == [f"{HOME}news/"]


def test_open_graph(site: Site) -> None:
    for path, shown in pages(site):
        assert shown.meta("og:url") == shown.linked("canonical")[0], path
        assert shown.meta("og:site_name") == "青溪县软环境网"
        assert shown.meta("og:title")
        assert shown.meta("og:type") == (
            "article" if path.startswith("policy/") and "index" not in path else "website"
        )
    shown = page(site, ARTICLE)
    assert shown.meta("og:title") == '题 "引" <b> &'
    assert shown.meta("og:description") == "一句“摘要”"
    assert shown.meta("og:image") == f"{HOME}images/a.png"
    assert shown.meta("article:published_time") == "2026-11-20T17:42:54+08:00"
    assert shown.meta("article:modified_time") == "2026-11-21T10:00:00+08:00"


def linked_data(shown: Page) -> dict[str, Any]:
    """The JSON-LD of a page by its type."""
    scripts = shown.all("script", type="application/ld+json")
    return {data["@type"]: data for data in (json.loads(each.text or "") for each in scripts)}


def test_linked_data_describes_the_article(site: Site) -> None:
    data = linked_data(page(site, ARTICLE))
    news = data["NewsArticle"]
    assert news["@context"] == "https://schema.org"
    assert news["headline"] == '题 "引" <b> &'
    assert news["datePublished"] == "2026-11-20T17:42:54+08:00"
    assert news["dateModified"] == "2026-11-21T10:00:00+08:00"
    assert news["author"]["name"] == "某甲"
    assert news["publisher"]["name"] == "青溪县软环境建设办公室"
    assert f"{HOME}images/a.png" in json.dumps(news["image"])
    crumbs = data["BreadcrumbList"]["itemListElement"]
    assert [each["position"] for each in crumbs] == list(range(1, len(crumbs) + 1))
    assert [each["name"] for each in crumbs][:2] == ["首页", "政策"]
    assert [each["item"] for each in crumbs][:2] == [HOME, f"{HOME}policy/"]


def test_all_linked_data_parses(tmp_path: Path) -> None:
    site = many(tmp_path, 30)
    good(site.build())
    for path, shown in pages(site):
        for kind, data in linked_data(shown).items():
            for address in re.findall(r'"(https?://[^"]+)"', json.dumps(data)):
                assert address.startswith((ORIGIN, "https://schema.org")), (path, kind)


def test_the_language_is_named(site: Site) -> None:
    for path, shown in pages(site):
        assert shown.one("html").get("lang") == "zh-Hans", path
        assert words(shown.one("title"))
        assert "user-scalable=no" not in shown.text


def test_no_page_tells_where_it_was_made(site: Site) -> None:
    for each in (site.root / "output").rglob("*"):
        if each.is_file():
            assert str(site.root).encode() not in each.read_bytes(), each
