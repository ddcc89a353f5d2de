"""Formulas of a declaration: what they give is of the kind that was declared, or the declaration is to blame."""

from pathlib import Path

import pytest

from softsite.problems import as_text
from tests.support import Site, make_site

FOLDER = "content/bulletins/own"
DATA = "期别: 2026-10\n日期: 2026-10-28\n人数: 7\n金额: 3万元\n日子: 2026-10-05\n名单: 甲、乙\n表:\n  - {单位: 甲, 数: 3}\n"


def declared(field: str, title: str = "'标题'", checks: str = "") -> str:
    """A type with one more field."""
    return f"""\
name: 数据
description: 数据。
title: "{title}"
period: period
fields:
  - {{name: period, label: 期别, kind: month, required: true}}
  - {{name: people, label: 人数, kind: integer}}
  - {{name: fine, label: 金额, kind: money, unit: 万元}}
  - {{name: day, label: 日子, kind: date}}
  - {{name: names, label: 名单, kind: list, items: person}}
  - {{name: rows, label: 表, kind: table, fields: [{{name: unit, label: 单位, kind: text}}, {{name: n, label: 数, kind: integer}}]}}
  - {{name: made, label: 算出, {field}}}
{checks}"""


def own_site(root: Path, declaration: str, data: str = DATA) -> Site:
    """A site with that type and one bulletin of it."""
    return make_site(root, {f"{FOLDER}/_type.yaml": declaration, f"{FOLDER}/1.yaml": data})


def told(site: Site) -> list[str]:
    return [as_text(each, "zh") for each in site.build().problems]


def test_a_field_that_is_right_is_built(tmp_path: Path) -> None:
    site = own_site(tmp_path, declared('kind: integer, value: "people + 1"'))
    assert told(site) == []
    assert '"made": 8' in site.read("bulletins/own/1.json")


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("percent", "'abc%'", "算出的是“abc%”，“算出”要百分数"),
        ("integer", "people / 3", "算出的是“2.333333333333333333333333333”，“算出”要一个整数"),
        ("integer", "day", "算出的是日期，“算出”要一个整数"),
        ("integer", "people > 3", "算出的是“是”或“否”，“算出”要一个整数"),
        ("decimal", "period", "算出的是期间，“算出”要一个数"),
        ("text", "rows", "算出的是一列内容，“算出”要一行文字"),
        ("text", "rows|first", "算出的是表的一行或者一期数据，“算出”要一行文字"),
        ("text", "find(rows, unit='乙')", "算出的是表的一行或者一期数据，“算出”要一行文字"),
        ("text", "previous", "算出的是表的一行或者一期数据，“算出”要一行文字"),
        ("text", "bulletin", "算出的是表的一行或者一期数据，“算出”要一行文字"),
        ("text", "{'a': 1}", "算出的是别的内容，“算出”要一行文字"),
        ("text", "rows|map(attribute='unit')", "算出的是别的内容，“算出”要一行文字"),
        ("text", "people", "算出的是“7”，“算出”要一行文字"),
        ("date", "period", "算出的是期间，“算出”要一个日期"),
        ("quarter", "period", "算出的是期间，“算出”要一个季度"),
        ("yes_no", "people", "算出的是“7”，“算出”要“是”或“否”"),
        ("list, items: integer", "names", "算出的是一列内容，“算出”要列表，每项是一个整数"),
        ("list, items: text", "people", "算出的是“7”，“算出”要列表，每项是一行文字"),
    ],
)
def test_what_a_formula_gives_is_of_its_kind(tmp_path: Path, kind: str, value: str, said: str) -> None:
    (found,) = told(own_site(tmp_path, declared(f'kind: {kind}, value: "{value}"')))
    assert found.startswith(f"{FOLDER}/_type.yaml:12: 错误：")
    assert said in found
    assert f"{FOLDER}/1.yaml" in found


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("integer", "people * 2 / 2", "7"),
        ("decimal", "people / 2", "3.5"),
        ("percent", "share(people, 14)", "50%"),
        ("money, unit: 万元", "fine * 2", "6万元"),
        ("date", "period.last", "2026-10-31"),
        ("month", "period", "2026年10月"),
        ("yes_no", "people > 3", "是"),
        ("text", "period ~ '：' ~ people ~ '人，' ~ day", "2026年10月：7人，2026-10-05"),
        ("person", "names|join('、')", "甲、乙"),
        ("list, items: text", "rows|map(attribute='unit')|list", "甲"),
    ],
)
def test_all_kinds_that_can_be_computed(tmp_path: Path, kind: str, value: str, shown: str) -> None:
    site = own_site(tmp_path, declared(f'kind: {kind}, value: "{value}"'))
    assert told(site) == []
    assert f"<dd>{shown}</dd>" in site.read("bulletins/own/1.html")


@pytest.mark.parametrize("value", ["'共' ~ rows", "rows|join('、')", "'共' ~ names", "'共' ~ previous"])
def test_only_words_and_figures_are_put_together(tmp_path: Path, value: str) -> None:
    (found,) = told(own_site(tmp_path, declared(f'kind: text, value: "{value}"')))
    assert found.startswith(f"{FOLDER}/_type.yaml:12: 错误：")
    assert "0x" not in found


def test_words_with_what_is_not_given_are_not_given(tmp_path: Path) -> None:
    site = own_site(
        tmp_path, declared("kind: text, value: \"'共' ~ people ~ '人'\""), DATA.replace("人数: 7\n", "")
    )
    assert told(site) == []
    assert '"made": null' in site.read("bulletins/own/1.json")


@pytest.mark.parametrize("title", ["none", "rows", "people", "''", "'第' ~ previous.people ~ '期'"])
def test_a_title_is_text(tmp_path: Path, title: str) -> None:
    (found,) = told(own_site(tmp_path, declared("kind: integer, value: people", title)))
    assert found.startswith(f"{FOLDER}/_type.yaml:3: 错误：")
    assert "“标题”要一行文字" in found


@pytest.mark.parametrize(
    "field",
    [
        "kind: link, value: \"'javascript:alert(1)'\"",
        "kind: attachment, value: \"'a.pdf'\"",
        "kind: prose, value: \"'<script>'\"",
        "kind: document_number, value: \"'3'\"",
        "kind: choice, choices: [甲], value: \"'乙'\"",
        "kind: list, items: link, value: names",
        "kind: integer, min: 8, value: people",
        "kind: integer, max: 8, value: people",
        "kind: date, within: period, value: day",
        "kind: integer, required: true, value: people",
    ],
)
def test_what_only_typed_fields_can_be_is_told(tmp_path: Path, field: str) -> None:
    (found,) = told(own_site(tmp_path, declared(field)))
    assert found.startswith(f"{FOLDER}/_type.yaml:12:3: 错误：")
    assert "“算出”有公式" in found
