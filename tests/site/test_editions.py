"""Editions: the whole site in the other script of Chinese, at its own addresses."""

import json
import re
from pathlib import Path
from urllib.parse import quote, unquote, urldefrag

import pytest

from softsite.cli import main
from softsite.text.editions import Names
from softsite.text.script import converter
from tests.bulletins import TYPE, notice
from tests.site.asking import Question, ask
from tests.site.look import BASE, HOME, good, page, png, words
from tests.support import SITE, Site, article, make_site

BOTH = SITE + "editions: [zh-Hans, zh-Hant]\n"
FILES: dict[str, str | bytes] = {
    "content/news/headlines/202611/a.md": article(
        "于建国谈软环境", body="于建国说，[政策](../../../policy/b.md#办法)已经发布。里面有`代码里`。\n\n![图里的桥](../../../images/a.png)\n\n"
        "[表格](../../../files/表.pdf) [首页](/) [外面](https://news.example.net/里)", author="记者 于建国", source="范县融媒体中心",
        tags="[发展]", aliases="[/old/1.html]",
    ),
    "content/policy/b.md": article("发展办法", "2026-11-19", "## 办法\n\n人数 {{ notices/2026-10.people }} 人。"),
    "content/policy/c.md": article("草稿里的话", draft="true"),
    "content/about.md": article("关于本网"),
    "content/images/a.png": png(0),
    "content/files/表.pdf": b"%PDF-1.4",
    "content/bulletins/notices/_type.yaml": TYPE,
    "content/bulletins/notices/2026-10.yaml": notice(),
}  # fmt: skip
ARTICLE = "news/headlines/202611/a.html"
OTHER = "zh-hant/"
FILES_ONCE = {".png", ".pdf", ".css", ".svg", ".csv", ".json"}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site in both scripts, written in the simplified one."""
    made = make_site(tmp_path, FILES, BOTH)
    good(made.build())
    return made


def pages(site: Site) -> set[str]:
    """Every page of the output."""
    return {path for path in site.output() if path.endswith((".html", ".xml", "feed.json"))}


def test_every_page_and_feed_has_one_in_the_other_script(site: Site) -> None:
    other = {path for path in pages(site) if path.startswith(OTHER)}
    assert {path.removeprefix(OTHER) for path in other} == pages(site) - other
    assert {
        f"{OTHER}{each}" for each in ("index.html", ARTICLE, "feed.xml", "old/1.html", "sitemap.xml")
    } <= other


def test_files_stand_once(site: Site) -> None:
    held = [path for path in site.output() if path.startswith(OTHER) and Path(path).suffix in FILES_ONCE]
    assert {path.rpartition("/")[0] if "texts" in path else Path(path).name for path in held} == {
        "feed.json",
        f"{OTHER}search/texts",
    }


def test_a_page_says_the_same_in_its_own_script(site: Site) -> None:
    simplified, traditional = page(site, ARTICLE), page(site, OTHER + ARTICLE)
    assert (simplified.one("html").get("lang"), traditional.one("html").get("lang")) == ("zh-Hans", "zh-Hant")
    assert words(traditional.one("h1")) == "于建國談軟環境"
    assert "于建國說，政策已經發布。裡面有代码里。" in traditional.words()
    assert traditional.meta("ContentSource") == "范縣融媒體中心"
    assert traditional.all("img", alt="圖裡的橋")
    story = json.loads(traditional.all("script", type="application/ld+json")[-1].text or "")
    assert (story["headline"], story["inLanguage"]) == ("于建國談軟環境", "zh-Hant")


def test_both_lead_to_the_same_article(site: Site) -> None:
    for path, lang, other in ((ARTICLE, "zh-Hant", OTHER + ARTICLE), (OTHER + ARTICLE, "zh-Hans", ARTICLE)):
        link = page(site, path).one("a", hreflang=lang)
        assert (link.get("href"), link.get("lang")) == (BASE + other, lang)
        alternates = {each.get("hreflang"): each.get("href") for each in page(site, path).all("link", rel="alternate")
                      if each.get("hreflang")}  # fmt: skip
        assert alternates == {"zh-Hans": HOME + ARTICLE, "zh-Hant": HOME + OTHER + ARTICLE}
        assert page(site, path).linked("canonical") == [HOME + path]


def test_links_stay_in_the_edition_and_files_are_shared(site: Site) -> None:
    found = page(site, OTHER + ARTICLE)
    body = found.one("div", class_="body")
    assert found.hrefs(body) == [
        f"{BASE}{OTHER}policy/b.html#{quote('办法')}", f"{BASE}files/{quote('表')}.pdf", f"{BASE}{OTHER}",
        "https://news.example.net/里",
    ]  # fmt: skip
    assert found.one("img", alt="圖裡的橋").get("src") == f"{BASE}images/a.png"
    for path in pages(site):
        if path.startswith(OTHER) and path.endswith(".html"):
            away = [
                href
                for href in page(site, path).hrefs()
                if href.startswith(BASE) and not href.startswith(BASE + OTHER)
            ]
            same = quote(BASE + path.removeprefix(OTHER).removesuffix("index.html"))
            assert [href for href in away if href != same and Path(href).suffix not in FILES_ONCE] == []


def test_every_link_leads_somewhere(site: Site) -> None:
    output = site.output()
    for path in pages(site):
        if path.endswith(".html"):
            for href in page(site, path).hrefs():
                if href.startswith(BASE):
                    target = unquote(urldefrag(href).url).removeprefix(BASE)
                    assert (
                        target + "index.html" if target.endswith("/") or not target else target
                    ) in output, href


def test_feeds_are_of_their_edition(site: Site) -> None:
    feed = json.loads(site.read(OTHER + "feed.json"))
    item = next(each for each in feed["items"] if each["url"].endswith("/a.html"))
    assert (feed["language"], feed["home_page_url"]) == ("zh-Hant", HOME + OTHER)
    assert (item["id"], item["title"]) == (HOME + OTHER + ARTICLE, "于建國談軟環境")
    assert f'src="{HOME}images/a.png"' in item["content_html"]
    assert f'href="{HOME}{OTHER}policy/b.html#' in item["content_html"]
    for name in ("feed.xml", "atom.xml"):
        text = site.read(OTHER + name)
        assert "于建國談軟環境" in text
        assert "<language>zh-Hant<" in text or 'xml:lang="zh-Hant"' in text


def test_each_edition_has_its_sitemap(site: Site) -> None:
    for folder in ("", OTHER):
        urls = re.findall("<loc>([^<]*)</loc>", site.read(folder + "sitemap.xml"))
        assert HOME + folder + ARTICLE in urls
        assert all(url.startswith(HOME + folder) for url in urls)
        assert f"Sitemap: {HOME}{folder}sitemap.xml\n" in site.read("robots.txt")


def test_a_bulletin_and_its_figure_in_an_article(site: Site) -> None:
    assert "人數 25 人。" in page(site, OTHER + "policy/b.html").words()
    found = page(site, OTHER + "bulletins/notices/2026-10.html")
    assert "通報人數" in found.words()
    assert f"{BASE}bulletins/notices/2026-10.csv" in found.hrefs()


def test_no_mark_is_left(site: Site) -> None:
    for path in site.output():
        data = (site.root / "output" / path).read_bytes()
        assert not re.search(b"\xef\xb7[\x90-\xaf]|%EF%B7%9", data), path


def test_persons_in_data_are_kept_too(tmp_path: Path) -> None:
    data = notice(cases="  - {单位: 范县林业局, 姓名: 于里, 处理日期: 2026-10-08, 公示截止: 2099-01-01}\n")
    site = make_site(tmp_path, FILES | {"content/bulletins/notices/2026-10.yaml": data}, BOTH)
    good(site.build())
    shown = page(site, OTHER + "bulletins/notices/2026-10.html").words()
    assert "于里" in shown
    assert "范縣林業局" in shown


def test_the_glossary_decides(tmp_path: Path) -> None:
    site = make_site(tmp_path, FILES | {"content/policy/d.md": article("里程碑", body="头发与发展。")}, BOTH)
    good(site.build())
    assert "頭髮與發展。" in site.read(OTHER + "policy/d.html")
    site.write({"glossary.yaml": "保留: [发展]\n对应: {里程碑: 裏程碑}\n"})
    good(site.build())
    assert "頭髮與发展。" in site.read(OTHER + "policy/d.html")
    assert words(page(site, OTHER + "policy/d.html").one("h1")) == "裏程碑"


def test_a_fault_in_the_glossary_is_told(tmp_path: Path) -> None:
    site = make_site(tmp_path, FILES | {"glossary.yaml": "保留: [发展\n"}, BOTH)
    report = site.build()
    assert not report.good
    assert [each.path for each in report.problems] == ["glossary.yaml"]
    site.write({"site.yaml": SITE})
    good(site.build())


def test_hong_kong_writes_otherwise(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/policy/b.md": article("里面")}, BOTH + "traditional: hk\n")
    good(site.build())
    assert words(page(site, OTHER + "policy/b.html").one("h1")) == "裏面"
    site.write({"site.yaml": BOTH + "traditional: mo\n"})
    assert site.codes() == ["value-kind"]


def test_a_site_written_in_traditional_script(tmp_path: Path) -> None:
    settings = SITE + "editions: [zh-Hant, zh-Hans]\n"
    site = make_site(tmp_path, {"content/policy/b.md": article("發展辦法")}, settings)
    good(site.build())
    assert page(site, "policy/b.html").one("html").get("lang") == "zh-Hant"
    assert words(page(site, "zh-hans/policy/b.html").one("h1")) == "发展办法"


def test_what_is_hidden_is_hidden_in_both(site: Site) -> None:
    assert "草稿裡的話" not in "".join(site.read(path) for path in pages(site))
    site.write({"content/policy/b.md": article("发展办法", draft="true"),
                "content/news/headlines/202611/a.md": article("于建国谈软环境", withdrawn="{date: 2026-11-21, reason: 数字有误}")})  # fmt: skip
    good(site.build())
    assert f"{OTHER}policy/b.html" not in site.output()
    assert "數字有誤" in site.read(OTHER + ARTICLE)
    assert "于建國" not in site.read(OTHER + ARTICLE)


def test_a_new_body_writes_the_page_in_both(site: Site) -> None:
    before = site.output()
    site.write({"content/about.md": article("关于本网", body="新的话。")})
    good(site.build())
    after = site.output()
    changed = {path for path in after if after[path] != before.get(path)} - {".softsite-files"}
    assert {path for path in changed if "search/" not in path} == {
        "about.html",
        f"{OTHER}about.html",
    }
    assert "新的話。" in site.read(OTHER + "about.html")


def test_one_edition_after_two(site: Site) -> None:
    site.write({"site.yaml": SITE})
    good(site.build())
    assert not [path for path in site.output() if path.startswith(OTHER)]
    assert not page(site, ARTICLE).all("a", hreflang="zh-Hant")
    clean = make_site(site.root.parent / "clean", FILES)
    good(clean.build())
    assert clean.output() == site.output()


def test_an_old_address_inside_the_edition_is_told(tmp_path: Path) -> None:
    site = make_site(
        tmp_path, FILES | {"content/policy/d.md": article(aliases="[/zh-hant/policy/b.html]")}, BOTH
    )
    assert "path-taken" in site.codes()


def test_text_comes_back(site: Site) -> None:
    """Converted back, the traditional page says what the simplified one says."""
    back = converter("zh-Hant", "zh-Hans", "tw", Names(persons=("于建國",)))
    shown = [words(page(site, path).one("main")) for path in (ARTICLE, OTHER + ARTICLE)]
    assert back.convert(shown[1]).replace(OTHER, "") == shown[0]


def test_check_lists_what_is_doubtful(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.write({"content/policy/d.md": article(body="合同里没有写明。")})
    before = site.output()
    assert main(["check", str(site.root)]) == 0
    assert "content/policy/d.md: 提醒：繁体版有 1 处转换要人看一眼" in capsys.readouterr().out
    assert main(["check", str(site.root), "content/policy/d.md"]) == 0
    told = capsys.readouterr().out
    assert "content/policy/d.md:6:3: 提醒：“里”在繁体版里写作“裡”" in told
    assert "    合同里没有写明。" in told
    assert site.output() == before


def test_check_tells_errors_and_publishes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = make_site(tmp_path, {"content/policy/b.md": article(body="[坏](无.md)")}, BOTH)
    assert main(["check", str(site.root)]) == 1
    assert "有 1 处错误" in capsys.readouterr().out
    assert not (site.root / "output").exists()
    assert main(["check", str(site.root), "无.md"]) == 2
    assert "无.md 不是 content/ 里的文件" in capsys.readouterr().err


def test_check_as_json(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.write({"content/policy/d.md": article(body="合同里没有写明。")})
    assert main(["check", str(site.root), "content/policy/d.md", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["problems"]
    assert [(each["code"], each["line"], each["column"]) for each in found] == [("script-undecided", 6, 3)]


def test_each_edition_searches_in_its_own_script(site: Site) -> None:
    """A question in either script finds the same in both; what is shown is of the edition."""
    for edition, shown in (("", "于建国谈软环境"), (OTHER, "于建國談軟環境")):
        for question in ("软环境", "軟環境", "已经发布"):
            (answer,) = ask(site.root / "output", [Question(question)], edition=edition)
            hit = next(each for each in answer.hits if each.href == ARTICLE)
            assert "".join(run for run, _ in hit.title) == shown
    assert page(site, OTHER + "search/index.html").one("form", id="s-search").get("data-base") == BASE + OTHER
    held = [
        path for path in site.output() if "/search/" in f"/{path}" and path.endswith((".bin", "index.json"))
    ]
    assert held
    assert not [path for path in held if path.startswith(OTHER)]


def test_check_has_nothing_to_list_of_a_picture(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(site.root), "content/images/a.png"]) == 0
    assert "繁体版里写作" not in capsys.readouterr().out
