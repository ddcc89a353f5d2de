"""Sharing: a QR code and a link to Weibo, a picture for every page, a document for WeChat."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element

import html5lib
import pytest

from softsite.cli import main
from tests.bulletins import TYPE, notice
from tests.site.look import HOME, ORIGIN, file_of, good, page, png, words
from tests.support import SITE, Site, article, make_site

FILES: dict[str, str | bytes] = {
    "content/policy/a.md": article(
        "办法 & <解读>", body='第一段，见[办法](b.md)。\n\n## 小标题\n\n![桥](../images/a.png "大桥")\n\n| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n\n'
        '人数 {{ notices/2026-10.people }} 人。\n\n{{ bulletin: notices/2026-10 }}\n\n<span class="x">字</span>', author="于建国",
        correction="[{date: 2026-11-21, note: 数字有误}]",
    ),
    "content/policy/b.md": article("办法", "2026-11-19"),
    "content/policy/c.md": article("图", "2026-11-18", image="../images/a.png", image_alt="桥"),
    "content/policy/d.md": article("草稿", draft="true"),
    "content/policy/e.md": article(
        "什么都有", "2026-11-17",
        '<video src="../images/a.mp4" controls>不支持</video>\n\n<figure><video src="../images/a.mp4"></video><figcaption>会议录像</figcaption></figure>\n\n'
        '<audio src="../images/a.mp3" controls></audio>\n\n<figure><img src="../images/a.png" alt="桥"><figcaption></figcaption></figure>\n\n'
        "| 甲 | 乙 |\n| --- | ---: |\n| 1 | 2 |\n\n见[表格](../files/表.xlsx)[^1]。\n\n术语\n: 解释\n\n"
        "<details><summary>展开</summary><p>里面</p></details>\n\n<p></p>\n\n```\na < b\n```\n\n[^1]: 说明一",
    ),
    "content/policy/f.md": article("矢量图", "2026-11-16", image="../images/a.svg", image_alt="图"),
    "content/images/a.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"></svg>',
    "content/images/a.mp4": b"0",
    "content/images/a.mp3": b"0",
    "content/files/表.xlsx": b"PK",
    "content/about.md": article("关于"),
    "content/images/a.png": png(0),
    "content/bulletins/notices/_type.yaml": TYPE,
    "content/bulletins/notices/2026-10.yaml": notice(),
}  # fmt: skip
KEPT = frozenset(
    "body h1 h2 h3 h4 p section span ul ol li blockquote pre code table caption thead tbody tfoot tr th td img strong em b i u s "
    "del ins sub sup br hr".split()
)
STYLED = KEPT - frozenset("thead tbody tfoot tr em b i u s del ins sub sup br".split())
SVG = "{http://www.w3.org/2000/svg}svg"
LINK = "https://service.weibo.com/share/share.php"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site that offers to share."""
    made = make_site(tmp_path, FILES, SITE + "sharing: yes\n")
    good(made.build())
    return made


def test_articles_and_bulletins_can_be_shared(site: Site) -> None:
    for path in ("policy/a.html", "bulletins/notices/2026-10.html"):
        found = page(site, path)
        assert found.one(SVG, class_="qr").get("role") == "img"
        link = next(href for href in found.hrefs() if href.startswith(LINK))
        asked = parse_qs(urlsplit(link).query)
        assert asked == {"url": [HOME + path], "title": [words(found.one("h1"))]}
    assert not page(site, "about.html").all(SVG, class_="qr")


def test_only_where_it_is_asked_for(tmp_path: Path) -> None:
    site = make_site(tmp_path, FILES)
    good(site.build())
    assert not page(site, "policy/a.html").all("section", class_="share")


def test_every_page_has_a_picture_to_be_shared_by(site: Site) -> None:
    assert page(site, "policy/c.html").meta("og:image").startswith(f"{HOME}images/a")
    # No network that people share on takes SVG.
    for path in ("policy/b.html", "policy/f.html", "about.html", "policy/index.html", "tags/index.html"):
        shown = page(site, path).meta("og:image")
        assert re.fullmatch(HOME + r"static/card\.[0-9a-f]{10}\.png", shown)
        data = (site.root / "output" / file_of(shown.removeprefix(ORIGIN))).read_bytes()
        assert data[16:24] == (1200).to_bytes(4, "big") + (630).to_bytes(4, "big")


def exported(site: Site, path: str, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    """The document for WeChat."""
    target = site.root / "made.html"
    assert (
        main(
            [
                "export",
                "wechat",
                str(site.root / path),
                "--output",
                str(target),
                "--as-of",
                "2026-11-23",
                *more,
            ]
        )
        == 0
    )
    assert "made.html" in capsys.readouterr().out
    return target.read_text("utf-8")


def parsed(text: str) -> Element:
    """The body of a document, as browsers read it."""
    body = html5lib.parse(text, namespaceHTMLElements=False).find("body")
    assert body is not None
    return body


def test_a_document_for_wechat(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    before = site.output()
    text = exported(site, "content/policy/a.md", capsys)
    assert "<h1 style=" in text
    assert "办法 &amp; &lt;解读&gt;" in text
    assert "来源：青溪县软环境网　作者：于建国　2026-11-20" in text
    assert "第一段，见办法。" in text
    assert f'src="{HOME}images/a' in text
    assert "更正（2026-11-21）：数字有误" in text
    assert f"原文网址：{HOME}policy/a.html" in text
    assert "人数 25 人。" in text
    assert "通报人数" in text
    assert site.output() == before


def test_every_element_brings_its_style(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (
        "content/policy/a.md",
        "content/policy/e.md",
        "content/bulletins/notices/2026-10.yaml",
        "content/about.md",
    ):
        body = parsed(exported(site, path, capsys))
        for each in body.iter():
            assert set(each.attrib) <= {"style", "src", "alt", "colspan", "rowspan", "start"}
            assert each.tag in KEPT
            assert "style" in each.attrib or each.tag not in STYLED
            assert (
                each.tag in {"img", "hr", "br", "td", "th"} or words(each) or each.find(".//img") is not None
            ), each.tag  # nothing is empty
        assert "chart" not in "".join(body.itertext())


def test_what_the_editor_does_not_take(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """A film says where it is, a footnote leads nowhere back, files are named, wide tables scroll."""
    body = parsed(exported(site, "content/policy/e.md", capsys))
    said = words(body)
    for wanted in ("会议录像", "（音频请到原文收听）", "附件（请到原文下载）：表格（XLSX）", "说明一"):
        assert said.count(wanted) == 1, wanted
    assert said.count("（视频请到原文观看）") == 2
    assert "不支持" not in said
    assert "↩" not in said
    scrolls = [each for each in body.iter("section") if "overflow-x:auto" in each.get("style", "")]
    assert [each.find("table") is not None for each in scrolls] == [True]
    assert [each.text for each in body.iter("td") if "text-align:right" in each.get("style", "")] == ["2"]
    assert "术语" in [words(each) for each in body.iter("section")]


def test_figures_are_lines(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    body = parsed(exported(site, "content/bulletins/notices/2026-10.yaml", capsys))
    assert "通报人数 25人" in [words(each) for each in body.iter("section")]
    assert "数据下载" not in words(body)


def test_a_site_of_two_editions_exports_the_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = make_site(tmp_path, FILES, SITE + "editions: [zh-Hans, zh-Hant]\n")
    text = exported(site, "content/policy/a.md", capsys)
    assert f"原文网址：{HOME}policy/a.html<" in text
    assert not re.search("[\ufdd0-\ufdef]", text)


def test_what_is_not_published_is_not_exported(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    target = site.root / "made.html"
    draft = str(site.root / "content/policy/d.md")
    assert main(["export", "wechat", draft, "--output", str(target)]) == 1
    assert "这一篇现在没有发布，不能导出" in capsys.readouterr().out
    assert main(["export", "wechat", str(site.root / "site.yaml")]) == 2
    assert main(["export", "wechat", str(site.root / "content/policy/没有.md")]) == 2
    assert not target.exists()


def test_a_file_of_somebody_else_stays(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    target = site.root / "made.html"
    target.write_text("我的", "utf-8")
    assert main(["export", "wechat", str(site.root / "content/policy/a.md"), "--output", str(target)]) == 1
    assert "没有改动" in capsys.readouterr().err
    assert target.read_text("utf-8") == "我的"
    target.unlink()
    exported(site, "content/policy/a.md", capsys)
    exported(site, "content/policy/a.md", capsys)


def test_a_build_after_it_is_as_before(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    exported(site, "content/policy/a.md", capsys)
    report = site.build()
    assert (report.rendered, report.written) == (0, 0)
