"""Citations: double braces show what the editor meant, or are told with their place; readers never see them."""

import re
from pathlib import Path

import pytest

from tests.bulletins import FOLDER, TYPE, bulletin_site, notice
from tests.site.look import page
from tests.support import Site, article

OCTOBER = f"{FOLDER}/2026-10.yaml"


def site_with(root: Path, body: str = "正文。", data: str = "", **front: str) -> Site:
    """A site with one bulletin, and an article with this text."""
    return bulletin_site(
        root, {OCTOBER: notice(more=data), "content/policy/a.md": article(body=body, **front)}
    )


def told(site: Site) -> list[tuple[str, int, int]]:
    """The problems of a build: code, line and column."""
    return [(each.code, each.line, each.column) for each in site.build().problems]


def words(site: Site, path: str = "policy/a.html") -> str:
    return re.sub(r"\s+", "", page(site, path).words())


@pytest.mark.parametrize(
    "written",
    [
        "{{ notices/2026-10.people }}", "{{notices/2026-10.通报人数}}", "｛｛notices/2026-10.通报人数｝｝",
        "{{ notices/2026-10。通报人数 }}", "{{ notices／2026-10．通报人数 ｝｝", "{{ Notices/2026-10.people }}",
        "{{ notices/2026-10.\n通报人数 }}", "{{ notices / 2026-10 . 通报人数 }}",
    ],
)  # fmt: skip
def test_a_figure_is_read_as_it_is_meant(tmp_path: Path, written: str) -> None:
    site = site_with(
        tmp_path, f"共 {written} 人。\n\n| 甲 | 乙 |\n| --- | --- |\n| {' '.join(written.split())} | **2** |"
    )
    assert told(site) == []
    assert "共25人。" in words(site)
    assert "".join(page(site, "policy/a.html").all("td")[0].itertext()).strip() == "25"


@pytest.mark.parametrize(
    "written",
    [
        "{{ bulletin: notices/2026-10 }}", "{{ 数据：notices/2026-10 }}", "{{ Bulletin: notices/2026-10 }}",
        "｛｛数据：notices/2026-10｝｝", "上一行文字\n{{ bulletin: notices/2026-10 }}\n下一行文字",
        "> {{ bulletin: notices/2026-10 }}", "- {{ bulletin: notices/2026-10 }}",
    ],
)  # fmt: skip
def test_a_bulletin_alone_on_a_line_is_shown(tmp_path: Path, written: str) -> None:
    site = site_with(tmp_path, written)
    assert told(site) == []
    assert len(page(site, "policy/a.html").all("aside")) >= 1
    assert "<svg" in site.read("policy/a.html")
    assert "{{" not in site.read("policy/a.html")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("{{ notices/2026-10 }}", "citation-form"), ("{{ 通报人数 }}", "citation-form"), ("{{ bulletin: notices }}", "citation-form"),
        ("{{ notices/2026-10.people", "citation-form"), ("{{ config }}", "citation-form"), ("{{}}", "citation-form"),
        ("{{ notices/2026-10.通报 人数 }}", "figure-dead"), ("{{ notices/2026-1O.people }}", "link-similar"),
        ("{{ bulletin: notices/2026-10 }} 后面的字", "citation-alone"), ("前面的字 {{ bulletin: notices/2026-10 }}", "citation-alone"),
        ("## 小标题 {{ 数据: notices/2026-10 }}", "citation-alone"),
        ("![图 {{ notices/2026-10.people }}](a.png)", "citation-place"),
        ('[甲](a.png "{{ notices/2026-10.people }}")', "citation-place"),
        ("<div>{{ notices/2026-10.people }}</div>", "citation-place"),
        ("<img src=a.png alt='{{ notices/2026-10.people }}'>", "citation-place"),
    ],
)  # fmt: skip
def test_what_is_meant_otherwise_is_told_with_its_place(tmp_path: Path, written: str, code: str) -> None:
    site = site_with(tmp_path, f"第一段。\n\n{written}")
    site.write({"content/policy/a.png": b"x"})
    assert told(site) == [(code, 8, written.index("{{") + 1)]


def test_code_stays_as_typed(tmp_path: Path) -> None:
    body = "写成 `{{ notices/2026-10.people }}` 或 `{{ config }}`。\n\n~~~\n{{ bulletin: notices/2026-10 }}\n{{ x\n~~~\n\n<pre>｛｛甲｝｝</pre>"
    site = site_with(tmp_path, body)
    assert told(site) == []
    assert "<code>{{ notices/2026-10.people }}</code> 或 <code>{{ config }}</code>" in site.read(
        "policy/a.html"
    )
    assert "{{ bulletin: notices/2026-10 }}" in site.read("policy/a.html")


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("标题: 共 {{ notices/2026-10.people }} 人", 7), ("图片说明: ｛｛户数｝｝", 7), ("来源: 某报{{甲", 7), ("作者: {{ notices/2026-10.people }}", 5),
        ("更正: [{日期: 2026-11-21, 说明: '原为 {{ notices/2026-10.people }}'}]", 31), ("关键词: [甲, '{{ 乙 }}']", 11),
    ],
)  # fmt: skip
def test_front_matter_is_told(tmp_path: Path, line: str, column: int) -> None:
    title = "" if line.startswith("标题") else "标题: 甲\n"
    site = bulletin_site(
        tmp_path,
        {OCTOBER: notice(), "content/policy/a.md": f"---\n{title}日期: 2026-11-20\n{line}\n---\n\n文。\n"},
    )
    found = told(site)
    assert [each[0] for each in found] == ["citation-place" if "people" in line else "citation-form"]
    assert found[0][1:] == (3 + bool(title), column)


def test_the_values_of_a_bulletin_are_told_and_its_summary_cites(tmp_path: Path) -> None:
    case = "  - {单位: '{{ notices/2026-10.people }}', 处理日期: 2026-10-06, 公示截止: 2027-01-01}\n  - 单位: {{ 甲 }}\n    处理日期: 2026-10-06\n    公示截止: 2027-01-01\n"
    site = bulletin_site(tmp_path, {OCTOBER: notice(cases=case, more="标题: 共{{ 人数 }}人\n")})
    assert told(site) == [("citation-form", 5, 6), ("citation-place", 18, 11), ("citation-form", 19, 9)]
    site.write({OCTOBER: notice(more="摘要: 共 {{ notices/2026-10.people }} 人\n")})
    assert told(site) == []
    assert page(site, "bulletins/notices/2026-10.html").meta("description") == "共 25 人"
    site.write({OCTOBER: notice(more="摘要: 共 {{ notices/2026-10 }} 人\n说明: |\n  甲。\n\n  {{ 人数 }}\n")})
    assert told(site) == [("citation-form", 5, 7), ("citation-form", 9, 3)]


def test_a_summary_is_told_what_it_may_not_cite(tmp_path: Path) -> None:
    site = site_with(tmp_path, summary="共 {{ notices/2026-10 }} 人，{{ bulletin: notices/2026-10 }}")
    assert [each[0] for each in told(site)] == ["citation-form", "citation-alone"]


def test_nothing_can_be_cited_where_nothing_was_filled_in(tmp_path: Path) -> None:
    site = site_with(tmp_path, "罚款 {{ notices/2026-10.罚款 }} 万元，增长 {{ notices/2026-10.rise }}%。")
    assert told(site) == [("figure-empty", 6, 4), ("figure-empty", 6, 35)]


def test_a_citation_over_two_lines_of_a_quotation(tmp_path: Path) -> None:
    site = site_with(tmp_path, "> 共{{ notices/2026-10.\n> people }}人")
    assert told(site) == []
    assert "共25人" in words(site)


def test_no_link_stands_in_a_link_of_html(tmp_path: Path) -> None:
    site = site_with(
        tmp_path, "<a href='https://x.org'>共{{ notices/2026-10.people }}人</a>，{{ notices/2026-10.people }}"
    )
    assert told(site) == []
    assert '<a href="https://x.org">共25人</a>，<a class="cited"' in site.read("policy/a.html")


def test_no_link_stands_in_a_link(tmp_path: Path) -> None:
    site = site_with(
        tmp_path,
        "见[共 {{ notices/2026-10.people }} 人、**{{ notices/2026-10.units }}** 个](../bulletins/notices/2026-10.yaml)，{{ notices/2026-10.people }}。",
    )
    assert told(site) == []
    links = [each for each in page(site, "policy/a.html").all("a") if "共" in "".join(each.itertext())]
    assert ["".join(each.itertext()).replace("\n", "") for each in links] == ["共 25 人、12 个"]
    assert not re.search(r"<a [^>]*>(?:(?!</a>).)*<a ", site.read("policy/a.html"), re.DOTALL)
    assert 'class="cited"' in site.read("policy/a.html")


def test_the_id_of_a_heading_stays_when_its_figure_changes(tmp_path: Path) -> None:
    site = site_with(tmp_path, "## 通报 {{ notices/2026-10.people }} 人\n\n[见上](#通报-人)")
    assert told(site) == []
    assert 'id="通报-人"' in site.read("policy/a.html")


def ids(site: Site, path: str) -> list[str]:
    return [name for each in page(site, path).tree.iter() if (name := each.get("id"))]


def test_ids_are_unique_however_often_a_bulletin_is_shown(tmp_path: Path) -> None:
    show = "{{ bulletin: notices/2026-10 }}"
    more = "说明: |\n  {{ bulletin: notices/2026-10 }}\n\n  甲[^1]\n\n  [^1]: 注\n补充: |\n  ## 要求\n\n  {{ bulletin: notices/2026-10 }}\n\n  乙[^1]\n\n  [^1]: 又注\n"
    kinds = TYPE.replace(
        "  - {name: explanation", "  - {name: more, label: 补充, kind: prose}\n  - {name: explanation"
    )
    site = bulletin_site(tmp_path, {f"{FOLDER}/_type.yaml": kinds, OCTOBER: notice(more=more),
                                    "content/policy/a.md": article(body=f"{show}\n\n文\n\n{show}\n\n{show}")})  # fmt: skip
    assert told(site) == []
    for path, shown in (("policy/a.html", 3), ("bulletins/notices/2026-10.html", 2)):
        found = ids(site, path)
        assert len(page(site, path).all("aside", class_="embed")) == shown, path
        assert len(found) == len(set(found)), path
        wanted = set(re.findall(r'(?:href="#|url\(#)([^")]+)', site.read(path)))
        assert wanted <= set(found), path


def test_long_texts_have_footnotes_and_links_to_their_headings(tmp_path: Path) -> None:
    text = "说明: |\n  [见下](#要求)，甲[^1]。\n\n  ## 要求\n\n  乙。\n\n  [^1]: 注一\n"
    site = site_with(tmp_path, data=text, body="[看要求](../bulletins/notices/2026-10.yaml#要求)")
    assert told(site) == []
    html = site.read("bulletins/notices/2026-10.html")
    assert 'id="要求"' in html
    assert 'id="fn:1"' in html
    site.write({OCTOBER: notice(more=text.replace("(#要求)", "(#没有)"))})
    assert [each.code for each in site.build().problems] == ["anchor-dead"]


@pytest.mark.parametrize(
    ("written", "severity"),
    [
        ("{{ 户数 }}", "error"),
        ("{{ notices/2026-10 }}", "error"),
        ("{{ 7 * 7 }}", "warning"),
        ("{{ site.name", "warning"),
    ],
)
def test_what_was_meant_as_a_citation_holds_the_build_back(
    tmp_path: Path, written: str, severity: str
) -> None:
    report = site_with(tmp_path, written).build()
    assert [(each.code, each.severity) for each in report.problems] == [("citation-form", severity)]
