"""Lists of links and attachments: each is resolved, checked, shown, handed on, and linked back."""

import json
from pathlib import Path

from tests.site.look import BASE, HOME, page, words
from tests.support import Files, Site, article, make_site

FOLDER = "content/bulletins/own"
TYPE = """\
name: 数据
description: 数据。
title: "'数据'"
fields:
  - {name: articles, label: 文章, kind: list, items: link, back: 用到的数据}
  - {name: files, label: 原件, kind: list, items: attachment}
  - name: rows
    label: 表
    kind: table
    fields:
      - {name: unit, label: 单位, kind: text}
      - {name: proof, label: 依据, kind: list, items: link, back: 作依据的数据}
"""
DATA = """\
日期: 2026-11-20
文章:
  - ../../policy/a.md
  - ../../policy/b.md
原件: ../../files/a.pdf、../../files/b.pdf
表:
  - 单位: 甲局
    依据: [../../policy/b.md]
"""
ARTICLES: Files = {
    "content/policy/a.md": article("第一篇"),
    "content/policy/b.md": article("第二篇"),
    "content/files/a.pdf": b"%PDF-1.4 a",
    "content/files/b.pdf": b"%PDF-1.4 b",
}


def own_site(root: Path, data: str = DATA) -> Site:
    return make_site(root, {f"{FOLDER}/_type.yaml": TYPE, f"{FOLDER}/1.yaml": data, **ARTICLES})


def test_each_is_linked_both_ways_and_published(tmp_path: Path) -> None:
    site = own_site(tmp_path)
    assert site.build().problems == []
    found = page(site, "bulletins/own/1.html")
    targets = [f"{BASE}{name}" for name in ("policy/a.html", "policy/b.html", "files/a.pdf", "files/b.pdf")]
    assert set(targets) <= set(found.hrefs())
    assert "第一篇、第二篇" in found.words()
    assert (site.root / "output/files/b.pdf").is_file()
    assert {"a", "b"} <= {words(link) for link in found.section("附件").iter("a")}
    data = json.loads(site.read("bulletins/own/1.json"))["data"]
    assert data["articles"] == [f"{HOME}policy/a.html", f"{HOME}policy/b.html"]
    assert data["rows"] == [{"unit": "甲局", "proof": [f"{HOME}policy/b.html"]}]
    assert f"{HOME}policy/a.html；{HOME}policy/b.html" in site.read("bulletins/own/1.csv")
    for path, said in (
        ("policy/a.html", "用到的数据"),
        ("policy/b.html", "用到的数据"),
        ("policy/b.html", "作依据的数据"),
    ):
        assert said in page(site, path).words()
        assert f"{BASE}bulletins/own/1.html" in page(site, path).hrefs()


def test_one_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    site = own_site(tmp_path, DATA.replace("a.md", "c.md").replace("files/b.pdf", "files/c.pdf"))
    assert [(each.code, each.line) for each in site.build().problems] == [
        ("link-similar", 3),
        ("image-similar", 5),
    ]
