"""The comparison with the period before: from exact figures, rounded once, where it has a meaning."""

import re
from pathlib import Path

import pytest

from tests.site.look import page, words
from tests.support import Site, make_site

FOLDER = "content/bulletins/own"
TYPE = """\
name: 数据
description: 数据。
title: "period ~ '数据'"
period: period
fields:
  - {name: period, label: 期别, kind: month, required: true}
  - {name: n, label: 数, kind: decimal, unit: 人, key: true}
  - {name: part, label: 部分, kind: integer}
  - {name: rate, label: 比例, kind: percent, places: 1, value: "share(part, 10000)"}
  - {name: tenth, label: 一成, kind: decimal, places: 0, value: "n / 10", key: true}
  - {name: far, label: 上年同期, kind: integer}
  - {name: rise, label: 同比, kind: percent, places: 1, value: "change(n, far)"}
  - name: rows
    label: 表
    kind: table
    fields: [{name: unit, label: 单位, kind: text}, {name: n, label: 数目, kind: integer}]
charts:
  - {kind: share, title: 构成, table: rows, label: unit, values: [n]}
list: [period, n, rate, rise]
"""


def own_site(root: Path, before: str, now: str) -> Site:
    files = {
        f"{FOLDER}/{month}.yaml": f"期别: {month}\n日期: {month}-28\n{data}"
        for month, data in (("2026-09", before), ("2026-10", now))
    }
    site = make_site(root, {f"{FOLDER}/_type.yaml": TYPE, **files})
    assert site.build().problems == []
    return site


def compared(site: Site) -> dict[str, list[str]]:
    """The rows of the comparison."""
    rows = page(site, "bulletins/own/2026-10.html").one("table", id="s-compared").iter("tr")
    first, *others = [[words(cell).strip() for cell in row] for row in rows]
    assert first[3:] == ["增减", "增幅（%）"]
    return {row[0]: row[1:] for row in others}


@pytest.mark.parametrize(
    ("before", "now", "row", "said"),
    [
        ("20", "25", ["25", "20", "+5", "+25.0"], "比2026年9月增加5人，增长25.0%"),
        ("25", "20", ["20", "25", "−5", "−20.0"], "比2026年9月减少5人，下降20.0%"),
        ("20", "20", ["20", "20", "0", "0"], "与2026年9月持平"),
        ("-5", "5", ["5", "-5", "+10", "—"], "比2026年9月增加10人"),
        ("0", "5", ["5", "0", "+5", "—"], "比2026年9月增加5人"),
        ("5", "-5", ["-5", "5", "−10", "−200.0"], "比2026年9月减少10人，下降200.0%"),
        ("10000", "10001", ["10,001", "10,000", "+1", "0"], "比2026年9月增加1人"),
        ("10001", "10000", ["10,000", "10,001", "−1", "0"], "比2026年9月减少1人"),
    ],
)
def test_how_two_figures_differ(tmp_path: Path, before: str, now: str, row: list[str], said: str) -> None:
    site = own_site(tmp_path, f"数: {before}\n", f"数: {now}\n")
    assert compared(site)["数（人）"] == row
    changes = re.findall('class="change[^>]*>([^<]*)<', site.read("bulletins/own/2026-10.html"))
    assert changes[0] == said


def test_a_difference_is_made_of_exact_figures_and_rounded_once(tmp_path: Path) -> None:
    site = own_site(tmp_path, "数: 14\n部分: 324\n", "数: 26\n部分: 326\n")
    assert compared(site)["比例（%）"] == ["3.3", "3.2", "0", "—"]
    assert compared(site)["一成"] == ["3", "1", "+1", "+85.7"]


def test_nothing_is_minus_nothing(tmp_path: Path) -> None:
    site = own_site(tmp_path, "数: 10001\n上年同期: 10000\n", "数: 9999.9\n上年同期: 10000\n")
    assert compared(site)["同比（%）"][0] == "0.0"
    assert "-0" not in site.read("bulletins/own/2026-10.csv")
    assert "-0" not in site.read("bulletins/own/2026-10.json").replace("2026-0", "")


def test_growth_from_less_than_nothing_is_none(tmp_path: Path) -> None:
    site = own_site(tmp_path, "数: 1\n", "数: 5\n上年同期: -5\n")
    assert '"rise": null' in site.read("bulletins/own/2026-10.json")


def test_what_the_list_shows_is_compared_and_key_figures(tmp_path: Path) -> None:
    site = own_site(tmp_path, "数: 1\n部分: 5\n上年同期: 7\n", "数: 2\n部分: 6\n上年同期: 8\n")
    assert list(compared(site)) == ["数（人）", "比例（%）", "一成", "同比（%）"]


@pytest.mark.parametrize(("other", "drawn"), [(3, True), (-3, False)])
def test_parts_of_a_whole_are_drawn_where_none_is_negative(tmp_path: Path, other: int, drawn: bool) -> None:
    rows = f"数: 1\n表:\n  - {{单位: 甲, 数目: 2}}\n  - {{单位: 乙, 数目: {other}}}\n"
    site = own_site(tmp_path, rows, rows)
    assert ("构成" in site.read("bulletins/own/2026-10.html")) is drawn
