"""Data as clerks type it: what is wrong is told with place, the editor's word, the value and the way to mend it."""

import json
import re
from pathlib import Path

import pytest

from softsite.cli import main
from softsite.problems import MOST_OF_A_FILE, as_text
from tests.bulletins import FOLDER, TYPE, bulletin_site, notice

GOOD = notice(more="文号: 青软办〔2026〕3号\n罚款: 1200万元\n")
FILE = f"{FOLDER}/2026-10.yaml"


def told(root: Path, text: str | bytes, declaration: str = TYPE) -> str:
    """What an editor reads about a bulletin."""
    site = bulletin_site(root, {FILE: text, f"{FOLDER}/_type.yaml": declaration})
    return "\n".join(as_text(each, "zh") for each in site.build().problems)


CASES = {
    "sum": ("通报人数: 25人", "通报人数: 24人",
        f"{FILE}:4:7: 错误：各职级人数之和与通报人数不一致：25（按职级“人数”第 9、11、13 行）不等于 24（通报人数第 4 行）"),
    "part of a sum": ("    人数: 18", "    人数: 81",
        f"{FILE}:4:7: 错误：各职级人数之和与通报人数不一致：88（按职级“人数”第 9、11、13 行）不等于 25（通报人数第 4 行）"),
    "another unit": ("通报单位: 12个", "通报单位: 12家", f"{FILE}:3:7: 错误：“通报单位”写的“12家”里，单位“家”用不了"),
    "a unit of money": ("罚款: 1200万元", "罚款: 1200美元", f"{FILE}:6:5: 错误：“罚款”写的“1200美元”里，单位“美元”用不了"),
    "a word for a figure": ("通报人数: 25人", "通报人数: 二十五", f"{FILE}:4:7: 错误：“通报人数”的内容“二十五”不对，这里要一个整数，如 25"),
    "a fraction": ("通报单位: 12个", "通报单位: 12.5", "这里要一个整数"),
    "a mark of a note behind a figure": ("通报单位: 12个", "通报单位: 12⑩", f"{FILE}:3:7: 错误：“通报单位”写的“12⑩”里，单位“⑩”用不了"),
    "a small figure behind a figure": ("通报单位: 12个", "通报单位: 12²", "单位“²”用不了"),
    "bounds": ("    人数: 2\n", "    人数: 0\n", f"{FILE}:9:9: 错误：“人数”写的“0”超出了范围：要不小于 1"),
    "a rank that is none": ("职级: 处级", "职级: 处极", "应为：  - 职级: 处级"),
    "outside of the period": ("处理日期: 2026-10-05", "处理日期: 2026-12-05",
        f"{FILE}:17:11: 错误：“处理日期”写的“2026-12-05”不在2026年10月之内（期间在第 1 行）"),
    "a row that fails": ("公示截止: 2026-11-30", "公示截止: 2026-10-01",
        f"{FILE}:18:11: 错误：典型案例“县甲局”：公示截止早于处理日期（典型案例“公示截止” 2026-10-01，第 18 行；典型案例“处理日期” 2026-10-05，第 17 行）"),
    "no month": ("期别: 2026-10", "期别: 2026-13", f"{FILE}:1:5: 错误：“期别”的内容“2026-13”不对，这里要一个月份，如 2026-11"),
    "no day": ("处理日期: 2026-10-05", "处理日期: 2026-10-32", "应为：    处理日期: 2026-10-31"),
    "brackets of a number": ("青软办〔2026〕3号", "青软办[2026]3号", "应为：文号: 青软办〔2026〕3号"),
    "wide braces of a number": ("青软办〔2026〕3号", "青软办｛2026｝3号", "应为：文号: 青软办〔2026〕3号"),
    "small brackets of a number": ("青软办〔2026〕3号", "青软办﹝2026﹞3号", "应为：文号: 青软办〔2026〕3号"),
    "no number": ("青软办〔2026〕3号", "第三号文件", f"{FILE}:5:5: 错误：“文号”写的“第三号文件”不是规范的文号"),
    "a key like another": ("通报单位:", "通报单们:", "没有“通报单们”这个名称，是不是“通报单位”？"),
    "a key inside": ("    姓名: 于建国", "    名字姓: 于建国", f"{FILE}:16:5: 错误：没有“名字姓”这个名称"),
    "a key of none": ("通报单位:", "zzz: 1\n通报单位:", f"{FILE}:3:1: 错误：没有“zzz”这个名称"),
    "twice": ("通报单位: 12个", "通报单位: 12个\nunits: 12", f"{FILE}:4:1: 错误：“units”写了两次，第一次在第 3 行"),
    "twice inside": ("    姓名: 于建国", "    姓名: 于建国\n    person: 甲", "“person”写了两次，第一次在第 16 行"),
    "missing": ("通报单位: 12个\n", "", f"{FILE}:1: 错误：缺少“通报单位”"),
    "missing inside": ("    公示截止: 2026-11-30\n", "", f"{FILE}:15:5: 错误：缺少“公示截止”\n      - 单位: 县甲局\n"),
    "empty": ("通报单位: 12个", "通报单位:", f"{FILE}:3:1: 错误：“通报单位”是空的"),
    "derived": ("通报单位: 12个", "通报单位: 12个\n增长: 25%", f"{FILE}:4:5: 错误：“增长”由程序算出，不用填写"),
    "no table": ("典型案例:", "典型案例: 无\n旧网址:", "“典型案例”的内容“无”不对，这里要一行一项的表"),
    "nobody": ("    姓名: 于建国", "    姓名: 无", f"{FILE}:16:9: 错误：“姓名”的内容“无”不对，这里要一个姓名；没有的不写这一项"),
    "a number for a name": ("    姓名: 于建国", "    姓名: 13800138000", f"{FILE}:16:9: 错误：“姓名”的内容“13800138000”不对，这里要一个姓名；没有的不写这一项"),
    "a sign for a name": ("    姓名: 于建国", "    姓名: ？", "“姓名”的内容“？”不对，这里要一个姓名；没有的不写这一项"),
    "nothing for a number": ("文号: 青软办〔2026〕3号", "文号: 无", f"{FILE}:5:5: 错误：“文号”的内容“无”不对，这里要文号；没有的不写这一项"),
    "nothing for money": ("罚款: 1200万元", "罚款: —", f"{FILE}:6:5: 错误：“罚款”的内容“—”不对，这里要金额；没有的不写这一项"),
    "no row": ("  - 职级: 处级\n    人数: 2\n", "  - 处级\n", f"{FILE}:8:5: 错误：“按职级”的内容“处级”不对，这里要几个“名称: 内容”：职级、人数"),
    "an alias": ("通报人数: 25人", "通报人数: &a 25", f"{FILE}:4:7: 错误：内容不能以 &、* 或 ! 开头：&a 25"),
    "a tag": ("通报人数: 25人", "通报人数: !!python/name:os.system 1", "内容不能以 &、* 或 ! 开头"),
    "no link": ("罚款: 1200万元", "解读: ../../policy/why.md", "链接指向的内容不存在：../../policy/why.md"),
    "a link to elsewhere": ("罚款: 1200万元", "解读: https://a.example.org/b.html", f"{FILE}:6:5: 错误：“解读”写的“https://a.example.org/b.html”不是本网的文章或数据"),
    "a link that is a script": ("罚款: 1200万元", "解读: javascript:alert(1)", "“解读”写的“javascript:alert(1)”不是本网的文章或数据"),
    "a link without a scheme": ("罚款: 1200万元", "解读: www.example.org", "“解读”写的“www.example.org”不是本网的文章或数据"),
    "a file of a computer": ("罚款: 1200万元", "原件: C:\\桌面\\a.pdf", f"{FILE}:6:5: 错误：“原件”写的“C:\\桌面\\a.pdf”不是本网的附件"),
    "a file in a network": ("罚款: 1200万元", "原件: \\\\pc\\a.pdf", "不是本网的附件"),
    "no file": ("罚款: 1200万元", "原件: a.pdf", "图片或附件不存在：a.pdf"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_fault_is_told(tmp_path: Path, case: str) -> None:
    old, new, expected = CASES[case]
    assert old in GOOD
    assert expected in told(tmp_path, GOOD.replace(old, new, 1))


def test_the_good_one_is_good(tmp_path: Path) -> None:
    assert told(tmp_path, GOOD) == ""


def test_fences_around_it_mean_nothing(tmp_path: Path) -> None:
    assert told(tmp_path, f"---\n{GOOD}---\n") == ""
    assert told(tmp_path, f"{GOOD}...\n") == ""


def test_a_required_table_has_a_row(tmp_path: Path) -> None:
    text = GOOD[: GOOD.index("典型案例:")] + "典型案例: []\n"
    assert told(tmp_path / "a", text) == ""
    required = TYPE.replace("label: 典型案例\n", "label: 典型案例\n    required: true\n")
    assert f"{FILE}:14:7: 错误：“典型案例”是空的" in told(tmp_path / "b", text, required)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = GOOD
    for case in ("another unit", "bounds", "no day", "brackets of a number", "outside of the period"):
        text = text.replace(*CASES[case][:2], 1)
    assert told(tmp_path, text).count("错误：") >= 4


@pytest.mark.parametrize(
    ("written", "shown"),
    [("7,000", "7,000"), ("７，０００人", "7,000"), ("7000 人", "7,000"), ("0025", "25"), ("+25", "25")],
)
def test_spellings_of_a_figure(tmp_path: Path, written: str, shown: str) -> None:
    text = notice().replace("通报单位: 12个", f"通报单位: {written.replace('人', '个')}")
    site = bulletin_site(tmp_path, {FILE: text})
    assert site.build().problems == []
    assert f'<span class="value">{shown}</span>' in site.read("bulletins/notices/2026-10.html")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("1.25亿元", "12,500"),
        ("1200", "1,200"),
        ("1200.50 万元", "1,200.5"),
        ("3元", "0.0003"),
        ("-2万元", "-2"),
    ],
)
def test_money_is_converted_exactly(tmp_path: Path, written: str, shown: str) -> None:
    site = bulletin_site(tmp_path, {FILE: notice(more=f"罚款: {written}\n")})
    assert site.build().problems == []
    assert f"{shown}万元" in site.read("bulletins/notices/2026-10.html")


def test_text_stays_as_it_was_typed(tmp_path: Path) -> None:
    case = '  - {单位: 0101, 姓名: "no", 处理日期: 2026-10-06, 公示截止: 2027-01-01}\n  - 单位: 17:42\n    处理日期: 2026-10-06\n    公示截止: 2027-01-01\n'
    site = bulletin_site(tmp_path, {FILE: notice(cases=case)})
    assert site.build().problems == []
    data = site.read("bulletins/notices/2026-10.json")
    assert all(f'"{word}"' in data for word in ("0101", "no", "17:42"))


def test_an_alias_bomb_and_a_huge_file_are_refused(tmp_path: Path) -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    assert "内容不能以 &、* 或 ! 开头" in told(tmp_path / "bomb", bomb + GOOD)
    huge = GOOD.encode() + b"# " + b"x" * 50_000_000
    assert "文件有 50000" in told(tmp_path / "huge", huge)


@pytest.mark.parametrize(
    "case",
    [
        "  -  单位: 乙局\n     处理日期: 2026-10-06\n     公示截止: 2026-11-01\n",
        "  -\t单位: 乙局\n   \t处理日期: 2026-10-06\n   \t公示截止: 2026-11-01\n",
    ],
)
def test_a_row_whose_dash_is_followed_by_more_blanks_is_read_as_meant(tmp_path: Path, case: str) -> None:
    site = bulletin_site(tmp_path, {FILE: notice(cases=case)})
    assert site.build("2026-10-30").problems == []
    assert '"until": "2026-11-01"' in site.read("bulletins/notices/2026-10.json")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("    处理日期: 2026-10-05", "      处理日期: 2026-10-05", 15),
        ("  - 职级: 科级\n    人数: 5", "  - 职级: 科级\n      人数: 5", 9),
    ],
)
def test_a_key_that_would_vanish_in_the_text_above_is_told(
    tmp_path: Path, old: str, new: str, line: int
) -> None:
    text = notice()
    assert old in text
    found = bulletin_site(tmp_path, {FILE: text.replace(old, new, 1)}).build().problems
    assert [(each.code, each.line) for each in found if each.code == "yaml-align"] == [("yaml-align", line)]


def test_two_of_one_period_are_told(tmp_path: Path) -> None:
    site = bulletin_site(tmp_path, {FILE: GOOD, f"{FOLDER}/b.yaml": GOOD.replace("2026-10", "2026年10月", 1)})
    found = site.build()
    assert not found.good
    said = "\n".join(as_text(each, "zh") for each in found.problems)
    assert f"{FOLDER}/b.yaml:1:5: 错误：“期别”写的“2026-10”已经有一份：{FILE}" in said
    assert f"{FOLDER}/b.yaml:5:5: 提醒：“文号”写的“青软办〔2026〕3号”和另一份相同：{FILE}" in said


def test_one_that_waits_is_told_too(tmp_path: Path) -> None:
    waits = GOOD.replace("日期: 2026-10-28", "日期: 2026-12-28", 1).replace("〔2026〕3号", "〔2026〕4号")
    site = bulletin_site(tmp_path, {FILE: GOOD, f"{FOLDER}/b.yaml": waits})
    assert site.codes() == ["period-repeated"]


def test_two_of_one_period_with_names_of_their_own_are_two(tmp_path: Path) -> None:
    named = TYPE.replace("title: \"period ~ '问责通报'\"", "title: \"number ~ '问责通报'\"")
    other = GOOD.replace("〔2026〕3号", "〔2026〕4号")
    site = bulletin_site(tmp_path, {FILE: GOOD, f"{FOLDER}/b.yaml": other, f"{FOLDER}/_type.yaml": named})
    assert site.codes() == []


@pytest.mark.parametrize(
    ("kind", "name", "written", "fix", "right"),
    [
        ("month", "2026-11", "2026年10月", "2026-11", "2026-10"),
        ("month", "2026年11月", "2026-10", "2026-11", "2026-10"),
        ("quarter", "2026-q4", "2026-Q3", "2026-Q4", "2026-Q3"),
        ("year", "2026", "2025年度", "2026", "2025"),
    ],
)
def test_a_file_named_by_another_period_is_told(
    tmp_path: Path, kind: str, name: str, written: str, fix: str, right: str
) -> None:
    declared = KINDS.replace(
        "fields:\n",
        f"period: issue\nfields:\n  - {{name: issue, label: 期别, kind: {kind}, required: true}}\n",
    )
    site = bulletin_site(tmp_path, {"content/bulletins/all/_type.yaml": declared,
                                    f"content/bulletins/all/{name}.yaml": f"日期: 2026-11-20\n期别: {written}\n"})  # fmt: skip
    said = "\n".join(as_text(each, "zh") for each in site.build().problems)
    assert (
        f"content/bulletins/all/{name}.yaml:2:5: 错误：“期别”写的“{written}”和文件名 {name}.yaml 不是同一期"
        in said
    )
    assert f"应为：期别: {fix}\n" in said
    assert f"改名为 {right}.yaml。" in said


@pytest.mark.parametrize("name", ["十月", "2026-q4", "2026-10-b", "2026", "tongbao-31"])
def test_a_file_name_that_is_no_period_of_the_type_is_free(tmp_path: Path, name: str) -> None:
    assert bulletin_site(tmp_path, {f"{FOLDER}/{name}.yaml": GOOD}).codes() == []


def test_a_period_that_begins_after_its_publication_is_told(tmp_path: Path) -> None:
    text = GOOD.replace("期别: 2026-10", "期别: 2027-10", 1).replace("2026-10-05", "2027-10-05")
    assert (
        f"{FILE.replace('2026', '2027')}:1:5: 错误：“期别”写的“2027-10”在发布以后才开始：“日期”写的是 2026-10-28（第 2 行）"
        in "\n".join(
            as_text(each, "zh")
            for each in bulletin_site(tmp_path, {FILE.replace("2026", "2027"): text}).build().problems
        )
    )


def test_a_period_may_be_published_on_its_first_day(tmp_path: Path) -> None:
    text = GOOD.replace("2026-10-28 09:00", "2026-10-01 00:00").replace("2026-10-05", "2026-10-01")
    assert told(tmp_path, text) == ""


@pytest.mark.parametrize(
    ("day", "as_of", "codes"),
    [
        ("2026-10-28", "2026-10-28 09:00", []),
        ("2026-10-29", "2026-10-28 09:00", ["date-future"]),
        (
            "2026-10-28",
            "2026-10-20 09:00",
            [],
        ),  # it waits: on the day of its publication it will have happened
        ("2026-10-29", "2026-10-20 09:00", ["date-future"]),
    ],
)
def test_what_has_happened_has_no_day_to_come(tmp_path: Path, day: str, as_of: str, codes: list[str]) -> None:
    site = bulletin_site(tmp_path, {FILE: GOOD.replace("处理日期: 2026-10-05", f"处理日期: {day}", 1)})
    found = site.build(as_of).problems
    assert [each.code for each in found] == codes
    assert {(each.line, each.column) for each in found} <= {(17, 11)}


def test_a_bulletin_of_no_type_is_told(tmp_path: Path) -> None:
    site = bulletin_site(
        tmp_path, {"content/bulletins/notice/1.yaml": GOOD, "content/bulletins/2.yaml": GOOD}
    )
    said = "\n".join(as_text(each, "zh") for each in site.build().problems)
    assert "content/bulletins/notice/1.yaml: 错误：没有“notice”这种数据" in said
    assert "应为：content/bulletins/notices/1.yaml" in said
    assert "content/bulletins/2.yaml: 错误" in said


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("notices/2026-10.yaml.txt", "notices/2026-10.yaml"),
        ("notices/2026-10.txt", "notices/2026-10.yaml"),
        ("notices/2026-10.json", "notices/2026-10.yaml"),
        ("notices/_2026-10.yaml", "notices/2026-10.yaml"),
        ("notices/_2026-10.yml", "notices/2026-10.yml"),
        ("notices/_type.yml", "notices/_type.yaml"),
        ("notices/_Type.yaml", "notices/_type.yaml"),
        ("notices/_type.yaml.txt", "notices/_type.yaml"),
        ("notices/more/_type.yaml", "notices/_type.yaml"),
        ("_type.yaml", "种类/_type.yaml"),
        ("_Workdays.yml", "_workdays.yaml"),
        ("notices/_workdays.yaml", "_workdays.yaml"),
    ],
)
def test_a_file_that_is_ignored_for_its_name_is_told_the_right_one(
    tmp_path: Path, name: str, right: str
) -> None:
    site = bulletin_site(tmp_path, {f"content/bulletins/{name}": "{}"})
    found = site.build().problems
    assert [(each.code, each.path, each.fix, each.severity) for each in found] == [
        ("bulletin-name", f"content/bulletins/{name}", f"content/bulletins/{right}", "warning")
    ]


def test_files_that_are_used_and_others_are_not_told_a_name(tmp_path: Path) -> None:
    text = GOOD.replace("罚款: 1200万元", "原件: a.json")
    files = {
        FILE: text,
        f"{FOLDER}/a.json": "{}",
        f"{FOLDER}/a.png": "",
        "content/bulletins/_workdays.yaml": "",
    }
    assert bulletin_site(tmp_path, files).codes() == []


def test_of_many_faults_the_first_are_listed_and_the_others_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "".join(f"  - 职级: 处级 # {n}\n    人数: 零\n" for n in range(100))
    text = GOOD.replace("按职级:\n", f"按职级:\n{rows}", 1)
    site = bulletin_site(tmp_path, {FILE: text, f"{FOLDER}/b.yaml": GOOD.replace("12个", "十二个")})
    assert main(["build", str(site.root), "--as-of", "2026-11-23 12:00"]) == 1
    said = capsys.readouterr().out
    assert said.count(f"{FILE}:") == MOST_OF_A_FILE + 1
    assert said.count("提醒：") == 0
    assert f"{FILE}: 另有 160 处，改好上面的再看\n" in said
    assert f"{FOLDER}/b.yaml:3:7: 错误" in said
    assert "有 101 处错误" in said


@pytest.mark.parametrize("before", [0, 90, 100, 101, 5000])
def test_a_long_line_is_shown_around_its_fault(tmp_path: Path, before: int) -> None:
    row = f"  - {{姓名: {'甲' * before}, 单位: 乙, 处理日期: 2026-10-32, 公示截止: 2027-01-01, 职务: {'丙' * 5000}}}\n"
    found = bulletin_site(tmp_path, {FILE: notice(cases=row)}).build().problems
    said = next(as_text(each, "zh") for each in found if each.code == "date-impossible").split("\n")
    assert all(len(line) < 220 for line in said)
    assert "处理日期: 2026-10-32, 公示截止" in said[1]
    assert "处理日期: 2026-10-31, 公示截止" in said[3]
    assert said[1][len(said[2]) - 1 :].startswith("2026-10-32")


def test_signs_that_turn_the_order_of_a_text_are_told_and_taken_out(tmp_path: Path) -> None:
    site = bulletin_site(tmp_path, {FILE: GOOD.replace("于建国", "于\u202e建国\u2069")})
    assert [(each.code, each.line) for each in site.build().problems] == [("control-character", 16)]
    assert '"person": "于建国"' in site.read("bulletins/notices/2026-10.json")


def test_a_name_that_the_site_needs_itself_is_told(tmp_path: Path) -> None:
    said = "\n".join(
        as_text(each, "zh")
        for each in bulletin_site(tmp_path, {f"{FOLDER}/data.yaml": GOOD}).build().problems
    )
    assert (
        f"{FOLDER}/data.yaml: 错误：网址 /bulletins/notices/data.csv 是网站自己要用的\n  请给这个文件改名"
        in said
    )


DECLARATIONS = {
    "a kind that is none": ("kind: integer, unit: 人, required: true, min: 0", "kind: number", "其中之一"),
    "a name with capitals": ("{name: fine,", "{name: Fine,", "字段名“Fine”要用小写字母"),
    "a word that is taken": ("label: 罚款", "label: 标题", "“标题”已经有别的意思"),
    "a label twice": ("label: 罚款", "label: 增长", "“增长”已经有别的意思"),
    "a formula that is none": ('value: "change(people, previous.people)"', 'value: "change(people"', "写得不对"),
    "a name that is not there": ("sum(ranks, 'people') == people", "sum(ranks, 'people') == persons", "“persons”没有"),
    "a function that is none": ("sum(ranks, 'people') == people", "total(ranks, 'people') == people", "“total”没有"),
    "a later figure": ("share(people, bulletin.people)", "share(people, rise)", "“rise”没有，或在后面才算出"),
    "no period": ("period: period", "period: people", "period 写的“people”"),
    "no column": ("total: [people]", "total: [rank]", "total 写的“rank”不对，可以写：people、share"),
    "no trend": ("trend: [people, units]", "trend: [ranks]", "trend 写的“ranks”不对"),
    "no list": ("list: [period, units, people]", "list: [period, remark]", "list 写的“remark”不对"),
    "a chart of nothing": ("table: ranks, label: rank", "table: rank, label: rank", "没有“rank”这张表"),
    "a check of no table": ("for: cases", "for: case", "没有“case”这张表"),
    "money without a unit": ("kind: money, unit: 万元", "kind: money", "金额的单位要写"),
    "a figure that has happened": ("kind: money, unit: 万元}", "kind: money, unit: 万元, past: true}", "“罚款”写了 past，要是日期"),
    "no choices": ("kind: choice, choices: [处级, 科级, 科级以下]", "kind: choice", "缺少选项"),
    "an unknown key": ("description: 按月通报。", "描述述: 按月通报。", "没有“描述述”这个名称"),
}  # fmt: skip


@pytest.mark.parametrize("case", DECLARATIONS)
def test_a_fault_of_a_declaration_is_told(tmp_path: Path, case: str) -> None:
    old, new, expected = DECLARATIONS[case]
    assert old in TYPE
    said = told(tmp_path, GOOD, TYPE.replace(old, new, 1))
    assert expected in said
    assert re.search(rf"{FOLDER}/_type.yaml:\d+:\d+: 错误", said)
    assert FILE not in said  # the bulletin itself is not to blame


def test_a_formula_that_fails_is_the_fault_of_the_type(tmp_path: Path) -> None:
    said = told(tmp_path, GOOD, TYPE.replace("sum(ranks, 'people') == people", "people.__class__ == people"))
    assert f"{FOLDER}/_type.yaml:" in said
    assert "算不出来" in said
    assert FILE in said


KINDS = """\
name: 样样有
description: 每种内容。
title: "'样样有'"
fields:
  - {name: a, label: 文字, kind: text}
  - {name: b, label: 小数, kind: decimal, unit: 分}
  - {name: c, label: 百分数, kind: percent}
  - {name: d, label: 金额, kind: money, unit: 亿元}
  - {name: e, label: 日子, kind: date, min: 2026-01-01, max: 2026-12-31}
  - {name: f, label: 季度, kind: quarter}
  - {name: g, label: 年份, kind: year}
  - {name: h, label: 时刻, kind: instant}
  - {name: i, label: 是否, kind: yes_no}
  - {name: j, label: 人名, kind: list, items: person}
  - {name: k, label: 分数, kind: list, items: integer}
  - {name: l, label: 过了几天, kind: integer, unit: 天, value: "days(e, h.day)"}
  - {name: m, label: 总分, kind: integer, value: "k|length if k else none"}
  - {name: n, label: 面积, kind: decimal, unit: ㎡}
  - {name: o, label: 流量, kind: decimal, unit: m³/h}
  - {name: p, label: 得分, kind: decimal, unit: 分, places: 1}
  - {name: q, label: 比率, kind: percent, places: 1}
  - {name: r, label: 贷款, kind: money, unit: 亿元, places: 2}
  - {name: s, label: 名单, kind: list, items: decimal, places: 1}
  - {name: u, label: 单位, kind: list, items: organisation}
  - {name: t, label: 户数, kind: integer, unit: 户}
"""


@pytest.mark.parametrize(
    ("typed", "name", "value", "shown"),
    [
        ("文字: 通报: 甲（二）", "a", '"通报: 甲（二）"', "通报: 甲（二）"),
        ("小数: 86.50", "b", "86.50", "86.50分"),
        ("小数: 1,234.5 分", "b", "1234.5", "1,234.5分"),
        ("百分数: －18％", "c", "-18", "-18%"),
        ("金额: 12,345,678.9 元", "d", "0.123456789", "0.123456789亿元"),
        ("金额: 9999999999999999元", "d", "99999999.99999999", "99,999,999.99999999亿元"),
        ("日子: 2026年11月5日", "e", '"2026-11-05"', "2026-11-05"),
        ("季度: 2026年三季度", "f", '"2026-Q3"', "2026年第三季度"),
        ("年份: 2026年度", "g", '"2026"', "2026年"),
        ("时刻: 2026-11-25 9:30", "h", '"2026-11-25T09:30:00+08:00"', "2026-11-25 09:30:00"),
        ("时刻: 2026-11-25T01:30Z", "h", '"2026-11-25T09:30:00+08:00"', "2026-11-25 09:30:00"),
        ("是否: 是", "i", "true", "是"),
        ("是否: no", "i", "false", "否"),
        ("人名: 于建国、范志刚", "j", '[\n      "于建国",\n      "范志刚"\n    ]', "于建国、范志刚"),
        ("人名:\n  - 于建国\n  - 范志刚", "j", '[\n      "于建国",\n      "范志刚"\n    ]', "于建国、范志刚"),
        ("日子: 2026-11-05\n时刻: 2026-11-25 09:30", "l", "20", "20天"),
        ("面积: 12.5㎡", "n", "12.5", "12.5㎡"),
        ("面积: 12.5 m2", "n", "12.5", "12.5㎡"),
        ("面积: 12.5", "n", "12.5", "12.5㎡"),
        ("流量: 3 m³/h", "o", "3", "3m³/h"),
        ("得分: 94.100", "p", "94.1", "94.1分"),
        ("得分: 94", "p", "94.0", "94.0分"),
        ("贷款: 100万元", "r", "0.01", "0.01亿元"),
    ],
)
def test_kinds(tmp_path: Path, typed: str, name: str, value: str, shown: str) -> None:
    site = bulletin_site(tmp_path, {"content/bulletins/all/_type.yaml": KINDS,
                                    "content/bulletins/all/1.yaml": f"日期: 2026-11-20\n{typed}\n"})  # fmt: skip
    assert site.build().problems == []
    assert f'"{name}": {value}' in site.read("bulletins/all/1.json")
    assert f"<dd>{shown}</dd>" in site.read("bulletins/all/1.html")


@pytest.mark.parametrize(
    "typed",
    [
        "单位: 甲、乙，丙 丁；戊",
        "单位: 甲,乙, 丙 丁;戊",
        "单位: [甲、乙，丙 丁；戊]",
        "单位: [甲, 乙; 丙 丁、戊]",
        "单位: [甲、乙,\n  丙 丁； 戊 ]",
        '单位: ["甲", 乙、丙 丁，“戊”]',
        "单位:\n  - 甲\n  - 乙\n  - 丙 丁\n  - 戊",
        "单位:\n  甲、乙\n  丙 丁；戊".replace("乙\n  丙", "乙、\n  丙"),
    ],
)
def test_a_list_is_the_same_in_all_its_forms(tmp_path: Path, typed: str) -> None:
    site = bulletin_site(tmp_path, {"content/bulletins/all/_type.yaml": KINDS,
                                    "content/bulletins/all/1.yaml": f"日期: 2026-11-20\n{typed}\n"})  # fmt: skip
    assert site.build().problems == []
    assert json.loads(site.read("bulletins/all/1.json"))["data"]["u"] == ["甲", "乙", "丙 丁", "戊"]


def test_a_line_of_a_list_is_one_item_whatever_is_in_it(tmp_path: Path) -> None:
    typed = '单位:\n  - 甲、乙\n  - "丙，丁"\n分数: 1,200、15\n'
    site = bulletin_site(tmp_path, {"content/bulletins/all/_type.yaml": KINDS,
                                    "content/bulletins/all/1.yaml": f"日期: 2026-11-20\n{typed}\n"})  # fmt: skip
    assert site.build().problems == []
    found = json.loads(site.read("bulletins/all/1.json"))["data"]
    assert (found["u"], found["k"]) == (["甲、乙", "丙，丁"], [1200, 15])


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("单位:\n  - 甲\n  -\n  - 乙", "a.yaml:4:4: 错误：“单位”里有一项是空的"),
        ('单位: [甲, ""]', "a.yaml:2:9: 错误：“单位”里有一项是空的"),
        ("单位: []", "a.yaml:2:5: 错误：“单位”是空的"),
        ("单位: 、", "a.yaml:2:5: 错误：“单位”是空的"),
        ("单位:\n  - 无", "“单位”的内容“无”不对，这里要一个单位名称；没有的不写这一项"),
    ],
)
def test_an_empty_item_or_list_is_told(tmp_path: Path, typed: str, said: str) -> None:
    declared = KINDS.replace("items: organisation", "items: organisation, required: true")
    site = bulletin_site(tmp_path, {"content/bulletins/all/_type.yaml": declared,
                                    "content/bulletins/all/a.yaml": f"日期: 2026-11-20\n{typed}\n"})  # fmt: skip
    assert said in "\n".join(as_text(each, "zh") for each in site.build().problems)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("户数: 12万", "户数: 120000户"),
        ("户数: 1.2万户", "户数: 12000户"),
        ("户数: 1.2345千户", ""),
        ("户数: 12家", ""),
        ("户数: 12 km", ""),
        ("金额: 1200千元", "金额: 0.012亿元"),
        ("金额: 12万", "金额: 0.0012亿元"),
        ("金额: 1200美元", ""),
        ("百分数: 3‰", "百分数: 0.3%"),
        ("百分数: 3个百分点", ""),
        ("小数: 3百分", "小数: 300分"),
    ],
)
def test_a_figure_in_another_unit_is_proposed_with_its_size_or_not_at_all(
    tmp_path: Path, typed: str, meant: str
) -> None:
    site = bulletin_site(tmp_path, {"content/bulletins/all/_type.yaml": KINDS,
                                    "content/bulletins/all/1.yaml": f"日期: 2026-11-20\n{typed}\n"})  # fmt: skip
    assert [(each.code, each.fix) for each in site.build().problems] == [("number-unit", meant)]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("小数: 12345678901234567", "要不多于 16 位数字"),
        ("日子: 2025-12-31", "要在 2026-01-01 到 2026-12-31 之间"),
        ("分数: 1、二", "“分数”的内容“二”不对，这里要一个整数"),
        ("是否: 也许", "这里要“是”或“否”"),
        ("季度: 2026-05", "这里要一个季度，如 2026-Q3"),
        ("文字: [甲, 乙]", "这里要一行文字"),
        ("金额: 三亿", "这里要金额，如 3.5亿元"),
        ("百分数: 18‰", "单位“‰”用不了"),
        ("面积: 5亩", "单位“亩”用不了"),
        ("得分: 94.149", "“得分”写的“94.149”小数太多：94.149分，这里最多写 1 位小数"),
        ("得分: 94.149 分", "小数太多：94.149分"),
        ("比率: 8.15%", "小数太多：8.15%，这里最多写 1 位小数"),
        ("贷款: 1元", "“贷款”写的“1元”小数太多：0.00000001亿元，这里最多写 2 位小数"),
        ("贷款: 120.5万元", "小数太多：0.01205亿元"),
        ("名单: [94.1, 94.15]", "“名单”写的“94.15”小数太多"),
    ],
)
def test_kinds_that_are_wrong(tmp_path: Path, typed: str, said: str) -> None:
    site = bulletin_site(tmp_path, {"content/bulletins/all/_type.yaml": KINDS,
                                    "content/bulletins/all/1.yaml": f"日期: 2026-11-20\n{typed}\n"})  # fmt: skip
    assert said in "\n".join(as_text(each, "zh") for each in site.build().problems)
