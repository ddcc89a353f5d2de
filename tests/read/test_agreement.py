"""What does not agree is told with both figures, in the words and units of the editor, and all lines that they come from."""

from pathlib import Path

import pytest

from softsite.problems import as_text
from tests.support import Site, make_site

FOLDER = "content/bulletins/own"
TYPE = """\
name: 数据
description: 数据。
title: "period ~ '数据'"
period: period
fields:
  - {name: period, label: 期别, kind: month, required: true}
  - {name: fines, label: 罚款, kind: money, unit: 万元}
  - {name: year, label: 累计, kind: money, unit: 万元}
  - {name: people, label: 人数, kind: integer}
  - name: units
    label: 各单位
    kind: table
    unique: [unit, way]
    fields:
      - {name: unit, label: 单位, kind: text}
      - {name: way, label: 方式, kind: text}
      - {name: fines, label: 罚款额, kind: money, unit: 万元}
      - {name: people, label: 人数, kind: integer}
      - {name: double, label: 两倍, kind: integer, value: people * 2}
  - name: names
    label: 名单
    kind: table
    fields:
      - {name: unit, label: 哪个单位, kind: choice, of: units.unit}
      - {name: asked, label: 受理, kind: date}
      - {name: due, label: 期限, kind: date}
      - {name: days, label: 天数, kind: integer, value: "workdays(asked, due)"}
checks:
  - {that: "sum(units, 'fines') == fines", says: 罚款之和不一致}
  - {that: "sum(units, 'double') == people * 2", says: 两倍之和不一致}
  - {when: period.number == 1, that: fines == year, at: year, says: 一月的累计不一致}
  - {when: period.number > 1, that: "previous.year + fines == year", at: year, says: 累计不一致}
  - {for: units, that: "count(names, unit=unit) == people", at: people, says: 人数与名单不一致}
  - {that: "names|length == people", says: 总人数与名单不一致}
"""
LAST = "期别: 2026-09\n日期: 2026-09-28\n罚款: 2万元\n累计: 10万元\n各单位:\n  - {单位: 甲, 罚款额: 2}\n"
DATA = """\
期别: 2026-10
日期: 2026-10-28
罚款: 3.25万元
累计: 13.25万元
人数: 2
各单位:
  - 单位: 甲
    方式: 查
    罚款额: 2.25万元
    人数: 1
  - 单位: 乙
    方式: 查
    罚款额: 1万元
    人数: 1
名单:
  - 哪个单位: 甲
    受理: 2026-10-08
    期限: 2026-10-20
  - 哪个单位: 乙
"""
FILE = f"{FOLDER}/newest.yaml"


def own_site(root: Path, data: str = DATA, last: str = LAST, declaration: str = TYPE) -> Site:
    files = {f"{FOLDER}/_type.yaml": declaration, FILE: data, f"{FOLDER}/2026-09.yaml": last}
    return make_site(root, files)


def told(site: Site) -> list[str]:
    return [as_text(each, "zh") for each in site.build().problems]


def test_the_data_agrees(tmp_path: Path) -> None:
    assert told(own_site(tmp_path)) == []


CASES = {
    "money in the field's unit, with all digits": ("罚款额: 2.25万元", "罚款额: 2.253万元",
        f"{FILE}:3:5: 错误：罚款之和不一致：3.253万元（各单位“罚款额”第 9、13 行）不等于 3.25万元（罚款第 3 行）"),
    "a sum with the period before": ("累计: 13.25万元", "累计: 14万元",
        f"{FILE}:4:5: 错误：累计不一致：13.25万元（{FOLDER}/2026-09.yaml 的累计第 4 行；罚款第 3 行）不等于 14万元（累计第 4 行）"),
    "what is derived, by what it is made from": ("    方式: 查\n    罚款额: 1万元\n    人数: 1", "    方式: 查\n    罚款额: 1万元\n    人数: 4",
        f"{FILE}:5:5: 错误：两倍之和不一致：10（各单位“人数”第 10、14 行）不等于 4（人数第 5 行）"),
    "a row": ("    方式: 查\n    罚款额: 1万元\n    人数: 1", "    方式: 查\n    罚款额: 1万元\n    人数: 4",
        f"{FILE}:14:9: 错误：各单位“乙”：人数与名单不一致：1（名单“哪个单位”第 16、19 行；各单位“单位”第 11 行）不等于 4（各单位“人数”第 14 行）"),
    "how many rows": ("  - 哪个单位: 乙\n", "  - 哪个单位: 乙\n  - 受理: 2026-10-08\n",
        f"{FILE}:5:5: 错误：总人数与名单不一致：3（名单第 16、19、20 行）不等于 2（人数第 5 行）"),
    "rows that are the same": ("名单:\n", "  - 单位: 甲\n    方式: 查\n    罚款额: 0\n    人数: 0\n名单:\n",
        f"{FILE}:16:9: 错误：“各单位”里有两行的“单位、方式”都是“甲、查”，另一行在第 8 行"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_does_not_agree(tmp_path: Path, case: str) -> None:
    old, new, expected = CASES[case]
    assert old in DATA
    assert expected in "\n".join(told(own_site(tmp_path, DATA.replace(old, new, 1))))


def test_rows_that_differ_in_one_of_the_columns_are_two(tmp_path: Path) -> None:
    rows = (
        "  - {单位: 丙, 方式: 查, 罚款额: 0, 人数: 0}\n  - {单位: 丙, 方式: 问, 罚款额: 0, 人数: 0}\n  - {单位: 丙, 罚款额: 0, 人数: 0}\n"
        * 1
    )
    assert told(own_site(tmp_path, DATA.replace("名单:\n", rows + "名单:\n"))) == []


def test_a_changed_first_period_is_named_in_the_next_one(tmp_path: Path) -> None:
    (found,) = told(own_site(tmp_path, last=LAST.replace("累计: 10万元", "累计: 11万元")))
    assert found.startswith(f"{FILE}:4:5: 错误：累计不一致：14.25万元（{FOLDER}/2026-09.yaml 的累计第 4 行；")


def test_a_check_that_does_not_apply_is_not_made(tmp_path: Path) -> None:
    data = DATA.replace("期别: 2026-10", "期别: 2026-01").replace("累计: 13.25万元", "累计: 3.25万元")
    assert told(own_site(tmp_path / "good", data)) == []
    (found,) = told(own_site(tmp_path / "bad", data.replace("累计: 3.25万元", "累计: 4万元")))
    assert "一月的累计不一致：3.25万元（罚款第 3 行）不等于 4万元（累计第 4 行）" in found


def test_a_year_whose_holidays_nobody_knows_is_told_at_the_cell(tmp_path: Path) -> None:
    site = own_site(tmp_path, DATA.replace("期限: 2026-10-20", "期限: 2027-01-20"))
    report = site.build()
    assert report.good
    (found,) = [as_text(each, "zh") for each in report.problems]
    assert found.startswith(f"{FILE}:18:9: 提醒：这里要数 2027 年的工作日")
    assert "国务院办公厅" in found
    assert "content/bulletins/_workdays.yaml" in found
    site.write({"content/bulletins/_workdays.yaml": '"2027":\n  holidays: [01-01]\n'})
    assert told(site) == []


def test_a_date_of_such_a_year_that_nothing_counts_with_is_not_told(tmp_path: Path) -> None:
    data = DATA.replace("受理: 2026-10-08\n    期限: 2026-10-20", "期限: 2027-01-20")
    assert told(own_site(tmp_path, data)) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("previous.year + fines", "previous.yaer + fines", "“previous.yaer”没有"),
        ("previous.year + fines", "previous['yaer'] + fines", "“previous.yaer”没有"),
        ("sum(units, 'fines') ==", "sum(units, 'fine') ==", "“units.fine”没有"),
        ("sum(units, 'fines') ==", "sum(previous.units, 'fine') ==", "“previous.units.fine”没有"),
        ("sum(units, 'fines') ==", "sum(previous.unit, 'fines') ==", "“previous.unit.fines”没有"),
        ("sum(units, 'fines') ==", "find(previous.units, unit='甲').fine ==", "“previous.units.fine”没有"),
        ("sum(units, 'fines') ==", "find(previous.units, uint='甲').fines ==", "“previous.units.uint”没有"),
        ("sum(units, 'fines') ==", "units|map(attribute='fine')|first ==", "“units.fine”没有"),
        ("count(names, unit=unit)", "count(bulletin.names, name=unit)", "“bulletin.names.name”没有"),
        ("when: period.number == 1", "when: perod.number == 1", "“perod”没有"),
        ("unique: [unit, way]", "unique: [unit, double]", "unique 写的“double”不对"),
    ],
)
def test_misspelt_names_are_told_where_they_are_declared(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in TYPE
    (found,) = told(own_site(tmp_path, declaration=TYPE.replace(old, new, 1)))
    assert found.startswith(f"{FOLDER}/_type.yaml:")
    assert said in found
