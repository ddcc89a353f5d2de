"""The site's glossary: its words by every name of their keys, and what is wrong with them, told at its place."""

import pytest

from softsite.problems import as_text
from softsite.read.glossary import load_glossary
from softsite.text.editions import Names
from softsite.text.script import converter

GLOSSARY = """\
# 专名和固定写法
人名: [于建国、后勇, 范志刚]
保留：
  - 软环境
  - 青溪豆干
对应：
  信息: 資訊
  台州商会: 台州商會
"""


def told(text: str | bytes) -> list[str]:
    """What an editor reads about a glossary, without the line and the hints."""
    data = text if isinstance(text, bytes) else text.encode()
    return [as_text(each, "zh").split("\n", 1)[0] for each in load_glossary(data)[1]]


def test_its_words() -> None:
    names, problems = load_glossary(GLOSSARY.encode())
    assert problems == []
    assert names == Names(
        persons=("于建国", "后勇", "范志刚"),
        keep=("软环境", "青溪豆干"),
        words=(("信息", "資訊"), ("台州商会", "台州商會")),
    )
    convert = converter("zh-Hans", "zh-Hant", "tw", names).convert
    assert convert("于建国：青溪豆干的信息，软环境") == "于建國：青溪豆干的資訊，软环境"


@pytest.mark.parametrize(
    "text",
    [
        "keep: [软环境]\nmap: {信息: 資訊}",
        "保留: 软环境\n对应: {信息：資訊}",
        "保留：［软环境］\n對應：\n  信息：資訊",
        "keep: “软环境”\nmap:\n    信息: '資訊'",
        "KEEP: [软环境，]\n对应: {信息: 資訊}\n",
    ],
)
def test_spellings(text: str) -> None:
    names, problems = load_glossary(text.encode())
    assert [each.code for each in problems] == []
    assert (names.words, [word.strip("“”") for word in names.keep]) == ((("信息", "資訊"),), ["软环境"])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_encodings(encoding: str) -> None:
    assert load_glossary(GLOSSARY.encode(encoding)) == load_glossary(GLOSSARY.encode())


def test_empty_ones() -> None:
    for text in ("", "# 还没有\n", "keep:\nmap:\n", "保留: []\n对应: {}\n"):
        assert load_glossary(text.encode()) == (Names(), [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kepp: [软环境]", "glossary.yaml:1:1: 错误：没有“kepp”这个名称，是不是“keep”？"),
        ("保留: {软环境: 1}", "glossary.yaml:1:5: 错误：“保留”的内容“{…}”不对，这里要一串词语"),
        ("保留: [软环境, [甲乙]]", "glossary.yaml:1:11: 错误：“保留”的内容“[…]”不对，这里要一串词语"),
        ("对应: [信息]", "glossary.yaml:1:5: 错误：“对应”的内容“[…]”不对，这里要几个“词: 詞”"),
        ("对应: 信息", "glossary.yaml:1:5: 错误：“对应”的内容“信息”不对，这里要几个“词: 詞”"),
        ("对应:\n  信息:\n  台账: 臺帳", "glossary.yaml:2:3: 错误：“信息”是空的"),
        ("对应:\n  信息: [資訊]", "glossary.yaml:2:7: 错误：“信息”的内容“[…]”不对，这里要一个词"),
        ("对应:\n  里: 裡", "glossary.yaml:2:3: 错误：词表里不能有“里”"),
        ("保留: [OK, 软环境]", "glossary.yaml:1:6: 错误：词表里不能有“OK”"),
        ("对应:\n  信息: <b>資訊</b>", "glossary.yaml:2:7: 错误：词表里不能有“<b>資訊</b>”"),
        ("人名: 于建国、于\n", "glossary.yaml:1:9: 错误：词表里不能有“于”"),
        ("人名: 于建国\n保留:\n  - 软环境\n  - 于建国", "glossary.yaml:4:5: 错误：“于建国”写了两次，第一次在第 1 行"),
        ("保留: [软环境, 软环境]", "glossary.yaml:1:11: 错误：“软环境”写了两次，第一次在第 1 行"),
        ("keep: [软环境]\n保留: [软环境]", "glossary.yaml:2:1: 错误：“保留”写了两次，第一次在第 1 行"),
        ("保留 软环境", "glossary.yaml:1:1: 错误：这一行不是“名称: 内容”的样子"),
        (b"keep: \xe4\xb8\xad\xff\xe5\x9b\xbd\xe5\x9b\xbd\xe5\x9b\xbd\xe5\x9b\xbd\xe5\x9b\xbd\xe5\x9b\xbd\xe5\x9b\xbd\xe5\x9b\xbd\xe5\x9b\xbd\xe5\x9b\xbd",
         "glossary.yaml: 错误：认不出文字编码（不是 UTF-8、GB18030 或 UTF-16）"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(text: str | bytes, expected: str) -> None:
    assert told(text) == [expected]


def test_the_rest_counts_nevertheless() -> None:
    names, problems = load_glossary("保留: [里, 软环境]\n对应:\n  信息: 資訊\n  坏: 壞\n".encode())
    assert (names.keep, names.words, len(problems)) == (("软环境",), (("信息", "資訊"),), 2)


def test_a_problem_shows_the_line_and_how_to_mend_it() -> None:
    problem = load_glossary("保留: [软环境, 里]\n".encode())[1][0]
    assert as_text(problem, "zh").splitlines()[1] == "    保留: [软环境, 里]"
    assert "两个字以上" in as_text(problem, "zh")
    assert "two characters" in as_text(problem, "en")
