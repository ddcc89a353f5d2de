"""Bulletins: what readers, feed builders and journalists get of data that editors typed."""

import csv
import io
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import feedparser
import pytest

from tests.bulletins import FOLDER, TYPE, bulletin_site, notice
from tests.site.look import BASE, GOVERNMENT, HOME, is_own_script, page
from tests.support import SITE, Site, article

PLACE = "bulletins/notices"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Two months of notices, and articles that use them."""
    body = """\
本月通报 {{ notices/2026-10.people }} 人，罚款 {{ notices/2026-10.罚款 }} 万元。

{{ bulletin: notices/2026-10 }}

| 单位 | 人 |
| --- | --- |
| {{ notices/2026-09.units }} | **{{ notices/2026-09.people }}** |

`{{ notices/2026-10.people }}` 是代码，`{{ config }}` 也是。[九月通报](../bulletins/notices/2026-09.yaml)
"""
    more = "文号: 青软办〔2026〕3号\n罚款: 1.25亿元\n说明: |\n  **要求“一次办”**。\n解读: ../../policy/why.md\n原件: ../../files/a.pdf\n标签: 通报\n特别关注: 是\n"
    made = bulletin_site(
        tmp_path_factory.mktemp("site"),
        {
            f"{FOLDER}/2026-09.yaml": notice("2026-09", (1, 4, 15)),
            f"{FOLDER}/2026-10.yaml": notice("2026-10", more=more),
            "content/policy/a.md": article("用数据的文章", body=body),
            "content/policy/why.md": article("怎么看通报", "2026-11-01"),
            "content/files/a.pdf": b"%PDF-1.4 x",
        },
    )
    report = made.build()
    assert report.problems == []
    return made


def rows(site: Site, path: str) -> list[list[str]]:
    """A CSV file as Excel reads it."""
    data = (site.root / "output" / path).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def document(site: Site, path: str) -> Any:
    return json.loads(site.read(path), parse_float=Decimal)


def words(html: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", " ", html))


def test_the_page_shows_figures_tables_and_the_comparison(site: Site) -> None:
    html = site.read(f"{PLACE}/2026-10.html")
    found = page(site, f"{PLACE}/2026-10.html")
    assert found.meta("ArticleTitle") == "2026年10月问责通报"
    assert found.meta("PubDate") == "2026-10-28 09:00"
    shown = words(html)
    for expected in (
        "通报人数25人",
        "比2026年9月增加5人，增长25.0%",
        "青软办〔2026〕3号",
        "12,500万元",
        "于建国",
        "要求“一次办”",
    ):
        assert expected in shown
    captions = ["".join(each.itertext()) for each in found.all("caption")]
    assert captions[:2] == ["按职级", "典型案例"]
    table = found.all("table")[0]
    assert all(cell.get("scope") in ("col", "row") for cell in table.iter("th"))
    assert [words("".join(cell.itertext())) for cell in next(table.iter("tfoot")).iter("tr").__next__()] == [
        "合计",
        "25",
        "",
    ]
    assert "（人）" in "".join(next(table.iter("thead")).itertext())


def test_previous_next_and_links_both_ways(site: Site) -> None:
    found = page(site, f"{PLACE}/2026-10.html")
    assert {f"{BASE}{PLACE}/2026-09.html", f"{BASE}policy/why.html", f"{BASE}files/a.pdf"} <= set(
        found.hrefs()
    )
    assert (site.root / "output/files/a.pdf").is_file()
    back = page(site, "policy/why.html")
    assert f"{BASE}{PLACE}/2026-10.html" in back.hrefs()
    assert "解读的通报" in back.words()


def test_open_data_is_exact(site: Site) -> None:
    assert ["通报人数", "25", "人"] in rows(site, f"{PLACE}/2026-10.csv")
    assert rows(site, f"{PLACE}/2026-10-ranks.csv") == [
        ["职级", "人数（人）", "占比（%）"], ["处级", "2", "8.0"], ["科级", "5", "20.0"], ["科级以下", "18", "72.0"],
    ]  # fmt: skip
    found = document(site, f"{PLACE}/2026-10.json")
    assert found["url"] == f"{HOME}{PLACE}/2026-10.html"
    assert found["data"]["people"] == 25
    assert found["data"]["fine"] == 12500
    assert found["data"]["rise"] == 25
    assert found["data"]["explanation"] == f"{HOME}policy/why.html"
    assert found["data"]["cases"] == [
        {"unit": "县甲局", "person": "于建国", "decided": "2026-10-05", "until": "2026-11-30"}
    ]
    assert found["fields"]["fine"] == {"label": "罚款", "unit": "万元"}
    assert [each["data"]["period"] for each in document(site, f"{PLACE}/data.json")["items"]] == [
        "2026-10",
        "2026-09",
    ]
    assert [row[0] for row in rows(site, f"{PLACE}/data.csv")] == [
        "标题",
        "2026年10月问责通报",
        "2026年9月问责通报",
    ]


def test_the_page_links_to_its_data(site: Site) -> None:
    hrefs = page(site, f"{PLACE}/2026-10.html").hrefs()
    files = [href for href in hrefs if href.endswith((".csv", ".json"))]
    assert len(files) >= 4
    assert all((site.root / "output" / href.removeprefix(BASE)).is_file() for href in files)


def test_an_article_cites_figures_that_cannot_drift(site: Site) -> None:
    html = site.read("policy/a.html")
    shown = words(html)
    assert "本月通报25人，罚款12,500万元。" in shown
    assert "<code>{{ notices/2026-10.people }}</code> 是代码，<code>{{ config }}</code> 也是" in html
    found = page(site, "policy/a.html")
    assert found.meta("description").startswith("本月通报 25 人，罚款 12,500 万元。")
    assert "2026年10月问责通报" in shown
    assert "<svg" in html
    assert "\ufdd0" not in html
    cells = ["".join(cell.itertext()) for cell in found.all("td")]
    assert "12" in cells
    assert "20" in cells


def test_bulletins_stand_in_lists_tags_archive_feeds_and_sitemap(site: Site) -> None:
    address = f"{BASE}{PLACE}/2026-10.html"
    for path in (
        "index.html",
        "tags/通报/index.html",
        "archive/2026-10/index.html",
        "special/index.html",
        f"{PLACE}/index.html",
        "bulletins/index.html",
    ):
        assert address in page(site, path).hrefs(), path
    assert f"{HOME}{PLACE}/2026-10.html" in site.read("sitemap.xml")
    for path in ("feed.xml", "atom.xml", f"{PLACE}/feed.xml", f"{PLACE}/atom.xml"):
        feed = feedparser.parse(site.read(path))
        entry = next(each for each in feed.entries if each.link.endswith("/2026-10.html"))
        content = entry.content[0].value
        assert "<table" in content
        assert "于建国" in content
        assert f'href="{HOME}' in content
        assert entry.summary == "通报单位12个，通报人数25人。"
    item = next(each for each in document(site, "feed.json")["items"] if each["title"] == "用数据的文章")
    assert "本月通报25人" in words(item["content_html"])


def test_pages_of_the_type_and_the_overview(site: Site) -> None:
    found = page(site, f"{PLACE}/index.html")
    assert found.meta("ColumnName") == "问责通报"
    body = [["".join(cell.itertext()).strip() for cell in row] for row in found.all("tr")][1:]
    assert body == [["2026年10月", "12", "25", "2026-10-28"], ["2026年9月", "12", "20", "2026-09-28"]]
    overview = page(site, "bulletins/index.html")
    assert "通报人数" in overview.words()
    home = page(site, "index.html")
    assert f"{BASE}bulletins/" in home.hrefs()


def test_numbers_of_documents_and_days_stand_on_one_line(tmp_path: Path) -> None:
    files = {
        f"{FOLDER}/_type.yaml": TYPE.replace("list: [period", "list: [number"),
        f"{FOLDER}/2026-10.yaml": notice(more="文号: 青软办〔2026〕3号\n"),
    }
    site = bulletin_site(tmp_path, files)
    assert site.build().good
    assert '<td class="kept">青软办〔2026〕3号</td>' in site.read(f"{PLACE}/index.html")
    assert '<td class="kept">2026-10-28</td>' in site.read(f"{PLACE}/index.html")


def test_a_row_vanishes_everywhere_after_its_day(tmp_path: Path) -> None:
    site = bulletin_site(tmp_path, {f"{FOLDER}/2026-10.yaml": notice()})
    report = site.build("2026-11-30 23:59")
    assert report.next_change_at == "2026-12-01T00:00:00+08:00"
    held = [path for path in site.texts() if "于建国" in site.read(path)]
    assert f"{PLACE}/2026-10.json" in held
    assert site.build("2026-12-01 00:00").good
    assert [path for path in site.texts() if "于建国" in site.read(path) or "县甲局" in site.read(path)] == []
    assert f"{PLACE}/2026-10-cases.csv" not in site.output()
    assert "通报人数25人" in words(site.read(f"{PLACE}/2026-10.html"))


@pytest.mark.parametrize("line", ["草稿: 是", "定时发布: 2027-01-01", "下线时间: 2026-11-01", "撤稿: {日期: 2026-11-01, 原因: 有误}"])  # fmt: skip
def test_what_is_not_visible_exists_nowhere(tmp_path: Path, line: str) -> None:
    site = bulletin_site(tmp_path, {f"{FOLDER}/2026-10.yaml": notice(more=line + "\n")})
    assert site.build().good
    for path in site.texts():
        if path != ".softsite-files":
            assert "于建国" not in site.read(path), path
            assert "2026年10月问责通报" not in site.read(path), path
    assert f"{PLACE}/2026-10.json" not in site.output()


def test_a_site_without_bulletins_says_nothing_of_them(tmp_path: Path) -> None:
    site = bulletin_site(tmp_path, {"content/policy/a.md": article()})
    assert site.build().good
    assert not [path for path in site.output() if path.startswith("bulletins")]
    assert "数据看板" not in site.read("index.html")


def test_a_government_site_is_told_what_its_rules_ask(tmp_path: Path) -> None:
    files = {f"{FOLDER}/2026-10.yaml": notice()}
    assert bulletin_site(tmp_path / "other", files).codes() == []
    found = bulletin_site(tmp_path / "government", files, SITE + GOVERNMENT).build()
    assert [(each.code, each.severity) for each in found.problems] == [("check-failed", "warning")]
    assert found.good


def test_a_theme_may_draw_a_type_in_its_own_way(tmp_path: Path) -> None:
    site = bulletin_site(tmp_path, {f"{FOLDER}/2026-10.yaml": notice(),
                                    "templates/bulletin/notices.html": "<p>自己的样子 {{ part.figures|length }}</p>"})  # fmt: skip
    assert site.build().good
    assert "自己的样子 2" in site.read(f"{PLACE}/2026-10.html")


def test_a_text_cannot_become_a_formula_of_a_spreadsheet(tmp_path: Path) -> None:
    case = '  - {单位: "=HYPERLINK(1)", 处理日期: 2026-10-06, 公示截止: 2027-01-01}\n'
    site = bulletin_site(tmp_path, {f"{FOLDER}/2026-10.yaml": notice(cases=case)})
    assert site.build().good
    assert rows(site, f"{PLACE}/2026-10-cases.csv")[2][0] == "'=HYPERLINK(1)"


def test_a_number_that_is_text_stays_a_number(tmp_path: Path) -> None:
    rows_of = '  - {单位: "-5", 姓名: "+1,234.5", 处理日期: 2026-10-06, 公示截止: 2027-01-01}\n  - {单位: "-5+cmd", 姓名: "@a", 处理日期: 2026-10-06, 公示截止: 2027-01-01}\n'
    files = {
        f"{FOLDER}/2026-09.yaml": notice("2026-09", (2, 8, 30)),
        f"{FOLDER}/2026-10.yaml": notice(cases=rows_of),
    }
    site = bulletin_site(tmp_path, files)
    assert site.build().good
    assert [row[:2] for row in rows(site, f"{PLACE}/2026-10-cases.csv")[2:]] == [
        ["-5", "+1,234.5"],
        ["'-5+cmd", "'@a"],
    ]
    assert ["增长", "-37.5", "%"] in rows(site, f"{PLACE}/2026-10.csv")


def test_json_holds_long_texts_and_corrections(tmp_path: Path) -> None:
    more = """\
更正: [{日期: 2026-11-01, 说明: 原为 26 人}]
说明: |
  共 {{ notices/2026-10.people }} 人，见[上月](2026-09.yaml)。

  {{ bulletin: notices/2026-09 }}
"""
    site = bulletin_site(
        tmp_path, {f"{FOLDER}/2026-09.yaml": notice("2026-09"), f"{FOLDER}/2026-10.yaml": notice(more=more)}
    )
    assert site.build().problems == []
    address = f'<a href="{HOME}{PLACE}/2026-09.html">'
    html = f'<p>共 25 人，见{address}上月</a>。</p>\n<div class="shown">{address}2026年9月问责通报</a></div>'
    for found in (document(site, f"{PLACE}/2026-10.json"), document(site, f"{PLACE}/data.json")["items"][0]):
        assert found["corrections"] == [{"date": "2026-11-01T00:00:00+08:00", "note": "原为 26 人"}]
        assert found["data"]["remark"].strip() == html
    assert document(site, f"{PLACE}/2026-10.json")["fields"]["remark"] == {"label": "说明", "format": "html"}


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ("../../policy/b.md", "乙文"),
        ("/policy/b.html", "乙文"),
        ("../../policy/w.md", "解读"),
        ("/policy/", "解读"),
        ("2026-09.yaml", "2026年9月问责通报"),
    ],
)
def test_a_link_says_where_it_leads(tmp_path: Path, link: str, shown: str) -> None:
    files = {
        f"{FOLDER}/2026-09.yaml": notice("2026-09"),
        f"{FOLDER}/2026-10.yaml": notice(more=f"解读: {link}\n"),
        "content/policy/b.md": article("乙文"),
        "content/policy/w.md": article("撤下的题目", withdrawn="{date: 2026-11-21, reason: 误}"),
    }
    site = bulletin_site(tmp_path, files)
    assert site.build().problems == []
    assert re.search(rf'<dd><a href="[^"]+">{shown}</a></dd>', site.read(f"{PLACE}/2026-10.html"))


def test_content_cannot_run_scripts(tmp_path: Path) -> None:
    case = '  - {单位: "<script>alert(1)</script>", 姓名: \'"><img src=x onerror=alert(1)>\', 处理日期: 2026-10-06, 公示截止: 2027-01-01}\n'
    more = (
        "标题: <script>alert(2)</script>\n说明: |\n  <script>alert(3)</script><img src=x onerror=alert(4)>\n"
    )
    site = bulletin_site(tmp_path, {f"{FOLDER}/2026-10.yaml": notice(cases=case, more=more),
                                    "content/policy/a.md": article(body="{{ bulletin: notices/2026-10 }}")}, SITE + "checks: {images: off, links: off}\n")  # fmt: skip
    assert site.build().good
    for path in site.output():
        if path.endswith(".html"):
            found = page(site, path)
            assert [each for each in found.all("script") if not is_own_script(each)] == [], path
            assert [
                each for each in found.tree.iter() if any(name.startswith("on") for name in each.attrib)
            ] == [], path


def test_the_site_overrides_a_built_in_type(tmp_path: Path) -> None:
    site = bulletin_site(tmp_path, {f"{FOLDER}/2026-10.yaml": notice()})
    assert site.build().good
    assert "按月通报。" in site.read(f"{PLACE}/index.html")
    site.write({f"{FOLDER}/_type.yaml": TYPE.replace("按月通报。", "另一种说明。")})
    assert site.build().good
    assert "另一种说明。" in site.read(f"{PLACE}/index.html")


def test_documents_in_other_encodings_and_full_width_signs(tmp_path: Path) -> None:
    text = (
        notice()
        .replace("期别: 2026-10", "期别：２０２６年１０月")
        .replace("通报人数: 25人", "通报人数：２５")
    )
    site = bulletin_site(tmp_path, {f"{FOLDER}/2026-10.yaml": text.encode("gb18030")})
    assert site.build().problems == []
    assert "通报人数25人" in words(site.read(f"{PLACE}/2026-10.html"))


def test_a_summary_of_the_editor_may_cite_figures_too(tmp_path: Path) -> None:
    files = {f"{FOLDER}/2026-10.yaml": notice(),
             "content/policy/a.md": article(summary="共 {{ notices/2026-10.通报人数 }} 人，" + "很长的摘要" * 20)}  # fmt: skip
    site = bulletin_site(tmp_path, files)
    assert site.build().good
    assert page(site, "policy/a.html").meta("description") == "共 25 人，" + "很长的摘要" * 20
    site.write({"content/policy/a.md": article(summary="共 {{ notices/2026-10.人数 }} 人")})
    assert site.codes() == ["figure-dead"]


def test_a_gap_between_periods_is_a_gap_in_the_trend(tmp_path: Path) -> None:
    months = ("2026-03", "2026-04", "2026-09", "2026-10")
    site = bulletin_site(tmp_path, {f"{FOLDER}/{month}.yaml": notice(month) for month in months})
    assert site.build().good
    trends = re.findall(r"<svg[^>]*chart-line.*", site.read(f"{PLACE}/index.html"))
    assert [each.count("<polyline") for each in trends] == [2, 2]
