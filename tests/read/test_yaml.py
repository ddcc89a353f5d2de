"""YAML as clerks type it, inside lists and rows as at the margin: a comment, a sign or a blank changes nothing unsaid."""

from textwrap import dedent

import pytest

from softsite.read.findings import Findings
from softsite.read.yamlfile import Map, Seq, Value, load


def plain(value: Value) -> object:
    """A value without its places."""
    if isinstance(value, Map):
        return {key: plain(each) for key, (_, each) in value.entries.items()}
    return [plain(each) for each in value.items] if isinstance(value, Seq) else value.value


def read(text: str) -> tuple[object, list[tuple[str, int, int, str]]]:
    """What a text says, and what is told of it: code, line, column, and the line as it should be."""
    text = dedent(text).strip("\n")
    findings = Findings("a.yaml", text)
    found = plain(load(text, findings))
    return found, [(each.code, each.line, each.column, each.fix) for each in findings.problems]


@pytest.mark.parametrize(
    ("text", "value", "line", "column"),
    [
        ("甲: 一 #二", "一", 1, 6),
        ("甲:\n  - 一 #二", ["一"], 2, 7),
        ("甲:\n  - 乙: 一 #二", [{"乙": "一"}], 2, 10),
        ("甲:\n  乙: 一 #二\n  丙: 三", {"乙": "一", "丙": "三"}, 2, 8),
        ("甲:\n  乙: # 二", {"乙": ""}, 2, 6),
        ("甲:\n  一 #二\n  三", "一 三", 2, 5),
        ("甲: 一 #二\n  三", "一 三", 1, 6),
        ("甲: [一, 二] #三", ["一", "二"], 1, 11),
        ("甲: [一 #二,\n  三]", ["一 三"], 1, 7),
        ("甲:\n  - [一, 二] #三", [["一", "二"]], 2, 12),
    ],
)
def test_a_comment_is_told_wherever_it_stands(text: str, value: object, line: int, column: int) -> None:
    found, told = read(text)
    assert found == {"甲": value}
    assert told == [("value-comment", line, column, "")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("甲: #一", "#一"),
        ("甲:\n  乙: #一", {"乙": "#一"}),
        ("甲:\n  - C#\n  - '一 #二'\n  - \"一 #二\"\n  # 三\n  - 四", ["C#", "一 #二", "一 #二", "四"]),
        ('甲: ["一 #二", 三]', ["一 #二", "三"]),
        ("甲: |\n  一 #二\n  # 三", "一 #二\n# 三\n"),
        ("甲:\n  - 乙: | # 三\n      一 #二", [{"乙": "一 #二\n"}]),
        ("甲:\n  一: 二", {"一": "二"}),
        ("甲:一\n  二", "一二"),
        ("甲:\n  一\n  二", "一二"),
        ("甲:\n  乙:\n    一\n    二\n  丙: 三", {"乙": "一二", "丙": "三"}),
        ('甲:\n  - 乙: "一\n      二"\n    丙: 三', [{"乙": "一二", "丙": "三"}]),
        ('甲:\n  乙: "一"二', {"乙": '"一"二'}),
        ("甲:\n  - 时间: 17:42\n  - 9:30\n  - http://a.cn/b", [{"时间": "17:42"}, "9:30", "http://a.cn/b"]),
        ('甲:\n  "2027": 一', {"2027": "一"}),
        ("甲:\n  乙[丙]: 一", {"乙[丙]": "一"}),
        ("甲:\n  [一,\n   二]", ["一", "二"]),
        ("甲:\n  -5", "-5"),
        ("甲:\n  - [重要] 一 [二]\n  - [三]", ["[重要] 一 [二]", ["三"]]),
        ('"甲":\n  "乙": {丙: [一,\n    二]，丁：三}', {"乙": {"丙": ["一", "二"], "丁": "三"}}),
        ("甲:\n  - [“一、二”，三“四”、五]", [["一、二", "三“四”", "五"]]),
        ("甲: {乙：“一，二”，丙: 三、四}", {"乙": "一，二", "丙": "三、四"}),
    ],
)  # fmt: skip
def test_what_is_read_as_meant(text: str, value: object) -> None:
    assert read(text) == ({"甲": value}, [])


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "fix"),
    [
        ("甲:\n  -乙: 一\n   丙: 二", "yaml-blank", 2, 3, "  - 乙: 一"),
        ("甲:\n  - 乙: 一\n    丙:二", "yaml-blank", 3, 5, "    丙: 二"),
        ("甲:\n  - 乙:一\n    丙: 二", "yaml-blank", 2, 5, "  - 乙: 一"),
        ("甲:\n  乙:一\n  丙: 二", "yaml-blank", 2, 3, "  乙: 一"),
        ("甲:\n  - 乙: 一\n   丙: 二\n    丁: 三", "yaml-align", 3, 4, "    丙: 二"),
        ("甲:\n  - 乙: 一\n\t丙: 二\n    丁: 三", "yaml-align", 3, 2, "    丙: 二"),
        ("甲:\n  - 乙: 一\n     丙: 二\n    丁: 三", "yaml-align", 3, 6, "    丙: 二"),
        ("甲:\n  乙:一\n  丙:二", "yaml-blank", 2, 3, "  乙: 一"),
        ("甲:\n  乙: [一\n  丙: 二", "bracket-open", 2, 3, "  乙: [一]"),
        ("甲:\n  乙: {一: [二,\n    三", "bracket-open", 2, 3, "  乙: {一: [二,]}"),
        ("甲:\n  - 乙: 一\n    丙", "yaml-line", 3, 5, ""),
        ('甲:\n  - 乙: "一\n    丙: 二\n  - 乙: "三"', "quote-open", 2, 8, '  - 乙: "一"'),
        ('甲:\n  - 乙: "一\n      丙: "二"', "quote-open", 2, 8, '  - 乙: "一"'),
        ("甲:\n  - 乙: '一\n    丙: 二", "quote-open", 2, 8, "  - 乙: '一'"),
    ],
)
def test_what_cannot_be_meant_is_told_where_it_stands(
    text: str, code: str, line: int, column: int, fix: str
) -> None:
    _, told = read(text)
    assert told == [(code, line, column, fix)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("甲:\n  - 乙: 一\n\t- 乙: 二", "有的行用 Tab 缩进，有的行用空格，对不齐；请都用空格"),
        ("甲:\n  - 乙: 一\n   丙: 二", "缩进没有对齐，或这一行前面少了“- ”"),
        ("甲:\n  乙: {一: 二 丙: 三}", "缺少“,”或“}”"),
        ('甲:\n  乙: "\\甲"', "双引号里的反斜杠要写成两个"),
        ("甲:\n  - 乙\n  丙: 一", "缩进没有对齐，或这一行前面少了“- ”"),
        ("甲:\n  乙: 一\n  - 丙", "缩进没有对齐，或前一行没有写完"),
    ],
)
def test_reasons_are_given_in_plain_words(text: str, reason: str) -> None:
    findings = Findings("a.yaml", text)
    load(text, findings)
    assert [dict(each.facts)["reason_zh"] for each in findings.problems] == [reason]
