"""Encodings: whatever Notepad, WPS and old systems save is read as it was written."""

import codecs
import unicodedata
from pathlib import Path

import pytest

from tests.read.sites import LONG_LISTS, PNG, Built, built, matter, shown, tolerant
from tests.support import article

TITLE = "青溪县关于印发《通知》的公告"
BODY = (
    "第一段：营商环境，“放管服”改革。联通。\n\n第二段：䶮山镇、𠮷野村、㙍头——共 17 户……①②㈠㎡℃№\n\n"
    + "常用汉字。" * 30
)
TEXT = matter(f"标题：{TITLE}\n日期：2017-11-27\n关键词：䶮，联通", BODY)
ENGLISH = matter("title: Office hours\ndate: 2017-11-27", "Plain ASCII text.")
SHORT = matter("title: 联通\ndate: 2017-11-27", "联通")

CASES = {
    "utf-8": TEXT.encode(),
    "utf-8-bom": TEXT.encode("utf-8-sig"),
    "utf-16": TEXT.encode("utf-16"),
    "utf-16-le-bom": codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
    "utf-16-be-bom": codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    "utf-16-le": TEXT.encode("utf-16-le"),
    "utf-16-be": TEXT.encode("utf-16-be"),
    "gb18030": TEXT.encode("gb18030"),
    "gb18030-mark": b"\x84\x31\x95\x33" + TEXT.encode("gb18030"),
    **{
        f"{name}-crlf": TEXT.replace("\n", "\r\n").encode(name)
        for name in ("utf-8", "utf-8-sig", "utf-16", "gb18030")
    },
}


@pytest.fixture(scope="module")
def encoded(tmp_path_factory: pytest.TempPathFactory) -> Built:
    more = {
        "short-gb": SHORT.encode("gb18030"),
        "short-utf-16": SHORT.encode("utf-16"),
        "english-utf-16": ENGLISH.encode("utf-16"),
        "english-utf-16-le": ENGLISH.encode("utf-16-le"),
        "english-utf-16-be": ENGLISH.encode("utf-16-be"),
    }
    return tolerant(tmp_path_factory, {**CASES, **more})


@pytest.mark.parametrize("name", CASES)
def test_every_encoding_gives_the_same_page(encoded: Built, name: str) -> None:
    assert not encoded.of(name), shown(encoded.of(name))
    item, wanted = encoded.items[name], encoded.items["utf-8"]
    assert item["title"] == TITLE
    assert item["tags"] == ["䶮", "联通"]
    assert item["content_html"] == wanted["content_html"]
    assert "䶮山镇、𠮷野村、㙍头——共 17 户……①②㈠㎡℃№" in item["content_html"]
    assert "\ufeff" not in encoded.page(name)


@pytest.mark.parametrize("name", ["short-gb", "short-utf-16"])
def test_the_word_that_fooled_notepad(encoded: Built, name: str) -> None:
    assert encoded.items[name]["title"] == "联通"


@pytest.mark.parametrize("name", ["english-utf-16", "english-utf-16-le", "english-utf-16-be"])
def test_english_in_utf_16(encoded: Built, name: str) -> None:
    assert encoded.items[name]["title"] == "Office hours"


@pytest.mark.parametrize("data", [
    TEXT.encode()[:-40] + b"\xe6\x96\n",
    TEXT.encode() + b"\xff\xff",
    b"\xff\xfe" + TEXT.encode("utf-16-le")[:-1],
    bytes(range(256)) * 4,
    b"\x89PNG\r\n\x1a\n" + bytes(range(128, 256)),
], ids=["cut-utf-8", "stray-bytes", "odd-utf-16", "all-bytes", "picture"])  # fmt: skip
def test_what_is_no_text_is_said_not_guessed(tmp_path: Path, data: bytes) -> None:
    found = built(tmp_path, {"a": data})
    assert [each.path for each in found.problems][:1] == ["content/news/headlines/a.md"]
    assert any(each.severity == "error" for each in found.problems)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_site_yaml_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    found = built(tmp_path, {"a": TEXT})
    (tmp_path / "site.yaml").write_bytes(LONG_LISTS.replace("\n", "\r\n").encode(encoding))
    assert not found.site.build(clean=True).problems
    assert "青溪县软环境网" in found.site.read("index.html")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_templates_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    page = "<!DOCTYPE html>\n<title>样板的题目</title>\n".encode(encoding)
    found = built(tmp_path, {"a": TEXT}, files={"templates/404.html": page})
    assert not found.problems, shown(found.problems)
    assert "样板的题目" in found.site.read("404.html")


def test_word_leftovers_are_taken_out_and_told(tmp_path: Path) -> None:
    """Control characters are reported; zero-width spaces and marks just go; nothing of them reaches an output."""
    text = article(title="甲\u200b乙", body="一\x07二\u200b三\ufeff四\x01五\ufdd0六\ufffe七")
    found = built(tmp_path, {"a": text})
    assert all(each.severity == "warning" for each in found.problems)
    assert [each.code for each in found.problems] == ["control-character"]
    assert "一二三四五六七" in found.page("a")
    assert found.items["a"]["title"] == "甲乙"


def test_line_breaks_of_word_and_unicode(tmp_path: Path) -> None:
    found = built(tmp_path, {"a": article(body="一。\u2028\u2028二。\x0b\x0b三。\x85\x85四。")})
    assert "<p>一。</p>\n<p>二。</p>\n<p>三。</p>\n<p>四。</p>" in found.page("a")


def test_character_references_cannot_make_what_xml_forbids(tmp_path: Path) -> None:
    body = "一&#1;二&#x0;三&#xb;四&#xD800;五&#xFFFE;六&#65534;七&#x1F;八&#xFDD0;九"
    found = built(tmp_path, {"a": article(body=body)})
    for path in ("news/headlines/a.html", "feed.xml", "atom.xml", "feed.json", "sitemap.xml"):
        text = found.site.read(path)
        assert not [c for c in text if (c < " " and c not in "\n\t\r") or c in "\ufffe\uffff\ufdd0"], path


def test_names_in_nfd(tmp_path: Path) -> None:
    """MacOS writes the names of files in NFD; a link in NFC finds them, and one address comes out."""
    name = "café-が"
    composed, parted = unicodedata.normalize("NFC", name), unicodedata.normalize("NFD", name)
    assert composed != parted
    found = built(tmp_path, {"a": article(body=f"[甲]({composed}.md) ![乙]({composed}.png)"), parted: article(title="乙")},
                  files={f"content/news/headlines/{parted}.png": PNG})  # fmt: skip
    assert not found.problems, shown(found.problems)
    paths = set(found.site.output())
    hrefs = found.page("a")
    assert f"news/headlines/{composed}.html" in paths or f"news/headlines/{parted}.html" in paths
    from urllib.parse import quote

    written = composed if f"news/headlines/{composed}.html" in paths else parted
    assert f"/ruanhuanjing/news/headlines/{quote(written)}.html" in hrefs


def test_names_in_chinese(tmp_path: Path) -> None:
    found = built(
        tmp_path,
        {
            "通知 2017（一）": article(),
            "b": article(body="[甲](通知 2017（一）.md) [乙](<通知 2017（一）.md>)"),
        },
    )
    assert not found.problems, shown(found.problems)
    assert "news/headlines/通知 2017（一）.html" in found.site.output()


def test_litter_of_windows_is_passed_over(tmp_path: Path) -> None:
    litter = {
        f"content/news/headlines/{name}": b"\x00\x01"
        for name in ("~$a.docx", "Thumbs.db", "desktop.ini", ".DS_Store")
    }
    found = built(tmp_path, {"a": article()}, files=litter)
    assert not found.problems, shown(found.problems)
    assert not [
        path
        for path in found.site.output()
        if "Thumbs" in path or "~$" in path or ".DS" in path or "desktop" in path
    ]
