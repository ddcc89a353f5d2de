"""Rows whose time is over: they vanish with all that names them, and no total speaks of what is left."""

import json
from pathlib import Path

from softsite.problems import as_text
from tests.site.look import page
from tests.support import Site, make_site

FOLDER = "content/bulletins/own"
TYPE = """\
name: 数据
description: 数据。
title: "'数据'"
fields:
  - {name: fines, label: 罚款总数, kind: integer, unit: 元, key: true}
  - name: cases
    label: 案例
    kind: table
    until: until
    total: [fine]
    fields:
      - {name: person, label: 姓名, kind: person}
      - {name: fine, label: 罚款, kind: integer, unit: 元}
      - {name: until, label: 公示截止, kind: date}
  - name: steps
    label: 处理
    kind: table
    fields:
      - {name: person, label: 谁, kind: choice, of: cases.person}
      - {name: step, label: 步骤, kind: text}
  - name: notes
    label: 说明
    kind: table
    fields:
      - {name: step, label: 哪一步, kind: list, items: choice, of: steps.step}
      - {name: word, label: 话, kind: text}
  - {name: worst, label: 最重的, kind: choice, of: cases.person}
  - {name: all, label: 全部, kind: list, items: choice, of: cases.person}
checks:
  - {that: "sum(cases, 'fine') == fines", says: 罚款之和与总数不一致}
"""
DATA = """\
日期: 2026-11-20
罚款总数: 7
案例:
  - {姓名: 于建国, 罚款: 3, 公示截止: 2026-11-30}
  - {姓名: 范志刚, 罚款: 4, 公示截止: 2026-12-31}
处理:
  - {谁: 于建国, 步骤: 谈话一}
  - {谁: 范志刚, 步骤: 谈话二}
说明:
  - {哪一步: 谈话一, 话: 说明一}
  - {哪一步: 谈话一、谈话二, 话: 说明二}
最重的: 于建国
全部: [于建国, 范志刚]
"""


def own_site(root: Path, data: str = DATA) -> Site:
    return make_site(root, {f"{FOLDER}/_type.yaml": TYPE, f"{FOLDER}/1.yaml": data})


def test_until_its_day_a_row_is_shown_and_summed(tmp_path: Path) -> None:
    site = own_site(tmp_path)
    assert site.build("2026-11-30 23:59").problems == []
    (foot,) = page(site, "bulletins/own/1.html").all("tfoot")
    assert "".join("".join(foot.itertext()).split()) == "合计7"


def test_then_it_vanishes_with_all_that_names_it(tmp_path: Path) -> None:
    site = own_site(tmp_path)
    assert site.build("2026-12-01 00:00").problems == []
    for path in site.texts():
        if path != ".softsite-files":
            assert not [word for word in ("于建国", "谈话一", "说明一") if word in site.read(path)], path
    assert json.loads(site.read("bulletins/own/1.json"))["data"] == {
        "fines": 7,
        "cases": [{"person": "范志刚", "fine": 4, "until": "2026-12-31"}],
        "steps": [{"person": "范志刚", "step": "谈话二"}],
        "notes": [{"step": ["谈话二"], "word": "说明二"}],
        "worst": None,
        "all": ["范志刚"],
    }


def test_no_total_is_made_of_what_is_left(tmp_path: Path) -> None:
    site = own_site(tmp_path)
    assert site.build("2026-12-01 00:00").good
    found = page(site, "bulletins/own/1.html")
    assert "罚款总数 7" in found.words()
    assert found.all("tfoot") == []


def test_checks_count_rows_that_are_over_also_those_of_the_period_before(tmp_path: Path) -> None:
    declared = TYPE.replace("fields:\n", "period: period\nfields:\n  - {name: period, label: 期别, kind: month, required: true}\n"
                            "  - {name: last, label: 上月罚款, kind: integer}\n", 1)  # fmt: skip
    declared += "  - {that: \"sum(previous.cases, 'fine') == last\", says: 上月的罚款不一致}\n"
    site = own_site(tmp_path, f"期别: 2026-10\n{DATA}")
    site.write({f"{FOLDER}/_type.yaml": declared, f"{FOLDER}/2.yaml": f"期别: 2026-11\n上月罚款: 7\n{DATA}"})
    assert site.build("2026-12-01 00:00").problems == []
    site.write({f"{FOLDER}/2.yaml": f"期别: 2026-11\n上月罚款: 8\n{DATA}"})
    assert site.codes("2026-12-01 00:00") == ["sum-differs"]


def told(root: Path, data: str) -> list[str]:
    return [as_text(each, "zh") for each in own_site(root, data).build().problems]


def test_a_name_that_is_none_is_told_with_those_that_there_are(tmp_path: Path) -> None:
    (found,) = told(tmp_path, DATA.replace("最重的: 于建国", "最重的: 于健国"))
    assert "“最重的”写的“于健国”不在可选的内容里" in found
    assert "可以写：于建国、范志刚" in found


def test_a_long_list_of_names_says_that_it_is_cut(tmp_path: Path) -> None:
    rows = "".join(f"  - {{姓名: 人{n}, 罚款: 0, 公示截止: 2026-12-31}}\n" for n in range(40))
    (found,) = told(
        tmp_path, DATA.replace("处理:\n", rows + "处理:\n").replace("最重的: 于建国", "最重的: 甲")
    )
    assert found.rstrip().endswith("、人27…")


def test_a_table_without_rows_is_told_instead(tmp_path: Path) -> None:
    (found,) = told(tmp_path, "日期: 2026-11-20\n罚款总数: 0\n最重的: 甲\n")
    assert f"{FOLDER}/1.yaml:3:6: 错误：“最重的”写的“甲”要是“案例”里有的，“案例”里还没有" in found
