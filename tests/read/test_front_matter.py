"""Front matter: every key in three spellings, every date, Chinese punctuation, values as they were typed."""

import re
from html import unescape
from pathlib import Path

import pytest

from tests.read.sites import LATER, PNG, Built, built, matter, shown, tolerant

ENGLISH, SIMPLIFIED, TRADITIONAL = 0, 1, 2
SPELLINGS = ("english", "simplified", "traditional")

# Every key of the contract in its three spellings, what is given, and what must then be published.
KEYS = [
    (("title", "标题", "標題"), "通告"),
    (("date", "日期", "日期"), "2017-11-27 17:42"),
    (("source", "来源", "來源"), "某日报"),
    (("source_url", "原文链接", "原文鏈接"), "https://www.example.com/2017/a.html"),
    (("author", "作者", "作者"), "撰稿人甲"),
    (("editor", "责任编辑", "責任編輯"), "编者乙"),
    (("summary", "摘要", "摘要"), "这是摘要。"),
    (("tags", "关键词", "關鍵詞"), "营商环境，放管服"),
    (("image", "图片", "圖片"), "p.png"),
    (("image_alt", "图片说明", "圖片說明"), "题图的话"),
    (("also", "同时发布", "同時發布"), "policy"),
    (("special", "特别关注", "特別關注"), "true"),
    (("draft", "草稿", "草稿"), "false"),
    (("publish", "定时发布", "定時發布"), "2017-11-28"),
    (("expires", "下线时间", "下線時間"), "2040-01-01"),
    (("aliases", "旧网址", "舊網址"), "[/old/1.html, /old/2.html]"),
    (("correction", "更正", "更正"), "[{date: 2017-11-29, note: 数字有误}]"),
    (("reviews", "审核", "審核"), "[{stage: 初审, name: 审者丙, date: 2017-11-26, digest: 00ff}]"),
]


@pytest.fixture(scope="module", params=[ENGLISH, SIMPLIFIED, TRADITIONAL], ids=SPELLINGS)
def all_keys(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    n: int = request.param
    whole = "\n".join(f"{names[n]}: {value}" for names, value in KEYS)
    basis = f"{KEYS[0][0][n]}: 某文\n{KEYS[1][0][n]}: 2017-11-27"
    draft, publish, expires = (("draft", "草稿", "草稿")[n], ("publish", "定时发布", "定時發佈")[n],
                               ("expires", "下线时间", "下線時間")[n])  # fmt: skip
    articles = {
        "whole": matter(whole, "正文。"),
        "draft": matter(f"{basis}\n{draft}: true"),
        "later": matter(f"{basis}\n{publish}: 2035-01-01"),
        "gone": matter(f"{basis}\n{expires}: 2020-01-01"),
        "withdrawn": matter(
            f"{basis}\n{('withdrawn', '撤稿', '撤稿')[n]}: {{date: 2018-01-01, reason: 内容失实}}",
            "机密正文。",
        ),
        "labels": matter(f"{basis}\n{('tags', '标签', '標籤')[n]}: [放管服]"),
        "moment": matter(f"{KEYS[0][0][n]}: 某文\n{('date', '时间', '時間')[n]}: 2017-11-27 08:01"),
        "nested": matter(
            f"{basis}\n{('special', '特别关注', '特別關注')[n]}:\n  rank: 1\n  from: 2017-12-01\n  until: 2040-01-01"
        ),
    }
    root = tmp_path_factory.mktemp("keys")
    return built(root, articles, files={"content/news/headlines/p.png": PNG})


def test_every_key_is_known(all_keys: Built) -> None:
    assert not all_keys.problems, shown(all_keys.problems)


def test_every_key_is_published(all_keys: Built) -> None:
    page = all_keys.page("whole")
    for words in (
        "通告",
        "2017-11-27 17:42",
        "某日报",
        "https://www.example.com/2017/a.html",
        "撰稿人甲",
        "编者乙",
        "数字有误",
    ):
        assert words in page, words
    item = all_keys.items["whole"]
    assert item["title"] == "通告"
    assert item["date_published"] == "2017-11-27T17:42:00+08:00"
    assert item["summary"] == "这是摘要。"
    assert item["tags"] == ["营商环境", "放管服"]
    assert "https://www.example.org/ruanhuanjing/news/headlines/p.png" in page
    site = all_keys.site
    assert "whole.html" in site.read("policy/index.html")
    assert "whole.html" in site.read("special/index.html")
    assert "nested.html" in site.read("special/index.html")
    assert all("whole.html" in site.read(f"old/{n}.html") for n in (1, 2))


def test_every_key_that_hides(all_keys: Built) -> None:
    output = all_keys.site.output()
    assert not {f"news/headlines/{name}.html" for name in ("draft", "later", "gone")} & set(output)
    assert all_keys.items["labels"]["tags"] == ["放管服"]
    assert all_keys.items["moment"]["date_published"] == "2017-11-27T08:01:00+08:00"
    assert "内容失实" in all_keys.page("withdrawn")
    assert not any(
        "机密正文" in all_keys.site.read(path) for path in output if path.endswith((".html", ".xml", ".json"))
    )


# Dates

DAY, MINUTE, SECOND = "2017-11-27T00:00:00+08:00", "2017-11-27T17:42:00+08:00", "2017-11-27T17:42:54+08:00"
DATES = {
    **{f"{day}{time}": moment
       for day in ("2017-11-27", "2017/11/27", "2017.11.27", "2017年11月27日")
       for time, moment in (("", DAY), (" 17:42", MINUTE), (" 17:42:54", SECOND), (" 17：42", MINUTE))},
    "2017年11月27日17时42分": MINUTE,
    "2017年11月27日17时42分54秒": SECOND,
    "2017年11月27日 17:42:54": SECOND,
    "2017年11月27日17:42": MINUTE,
    "2017年 11月 27日": DAY,
    "2017-11-27T17:42:54": SECOND,
    "2017-11-27T17:42:54+08:00": SECOND,
    "2017-11-27T17:42+08:00": MINUTE,
    "2017-11-27T09:42:54Z": SECOND,
    "2017-11-27T09:42:54+00:00": SECOND,
    "2017-11-27T18:42:54+09:00": SECOND,
    "2017-11-27T03:42:54-06:00": SECOND,
    "'2017-11-27 17:42'": MINUTE,
    '"2017-11-27"': DAY,
    "２０１７年１１月２７日": DAY,
    "2017-1-7": "2017-01-07T00:00:00+08:00",
    "2017.1.7 7:02": "2017-01-07T07:02:00+08:00",
    "2016-02-29": "2016-02-29T00:00:00+08:00",
    "1949-10-01 15:00": "1949-10-01T15:00:00+08:00",
}  # fmt: skip


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Built:
    articles = {f"d{n}": matter(f"title: 某文\ndate: {written}") for n, written in enumerate(DATES)}
    return tolerant(tmp_path_factory, articles)


@pytest.mark.parametrize(("n", "moment"), list(enumerate(DATES.values())), ids=list(DATES))
def test_date(dated: Built, n: int, moment: str) -> None:
    assert not dated.of(f"d{n}"), shown(dated.of(f"d{n}"))
    assert dated.items[f"d{n}"]["date_published"] == moment


def test_dates_are_of_the_zone_of_the_site(tmp_path: Path) -> None:
    found = built(tmp_path, {"a": matter("title: 甲\ndate: 2017-11-27 17:42")},
                  "name: 网\nurl: https://www.example.org/\ntimezone: Asia/Urumqi\n"
                  "columns:\n- {slug: news, name: 资讯, columns: [{slug: headlines, name: 头条}]}\n")  # fmt: skip
    assert found.items["a"]["date_published"] == "2017-11-27T17:42:00+06:00"


def test_summer_time_of_1986_to_1991(tmp_path: Path) -> None:
    """China had summer time in these years; the zone's rules hold, not a fixed offset."""
    found = built(tmp_path, {"a": matter("title: 甲\ndate: 1988-07-01 12:00")})
    assert found.items["a"]["date_published"] == "1988-07-01T12:00:00+09:00"


# Chinese punctuation where YAML needs ASCII

MEANT = {
    "colon": "标题：通报\n日期：2017-11-27\n关键词：营商环境、放管服",
    "one-colon": "标题：通报\n日期: 2017-11-27\n关键词: 营商环境,放管服",
    "colon-blank": "标题： 通报\n日期：　2017-11-27\n关键词：\u00a0营商环境；放管服",
    "blank-colon": "标题 ：通报\n日期 : 2017-11-27\n关键词 ：营商环境;放管服",
    "comma": "标题: 通报\n日期: 2017-11-27\n关键词: [营商环境，放管服]",
    "quotes": "标题: 通报\n日期: 2017-11-27\n关键词: [“营商环境”，“放管服”]",
    "mixed-quotes": "标题: 通报\n日期: 2017-11-27\n关键词: ['营商环境'，\"放管服\"]",
    "brackets": "标题：通报\n日期：2017-11-27\n关键词：［营商环境，放管服］",
    "dash": "标题: 通报\n日期: 2017-11-27\n关键词:\n－ 营商环境\n－ 放管服",
    "long-dash": "标题: 通报\n日期: 2017-11-27\n关键词:\n— 营商环境\n— 放管服",
    "dash-no-blank": "标题：通报\n日期：2017-11-27\n关键词：\n－营商环境\n－放管服",
    "u3000": "标题: 通报\n日期: 2017-11-27\n关键词:\n\u3000- 营商环境\n\u3000- 放管服",
    "u3000-after": "标题:\u3000通报\n日期:\u30002017-11-27\n关键词:\n  -\u3000营商环境\n  -\u3000放管服",
    "nbsp": "标题: 通报\n日期: 2017-11-27\n关键词:\n\u00a0\u00a0- 营商环境\n\u00a0\u00a0- 放管服",
    "nbsp-after": "标题:\u00a0通报\n日期:\u00a02017-11-27\n关键词: [营商环境,\u00a0放管服]",
    "tab": "标题: 通报\n日期: 2017-11-27\n关键词:\n\t- 营商环境\n\t- 放管服",
    "tab-after": "标题:\t通报\n日期:\t2017-11-27\n关键词:\n  -\t营商环境\n  -\t放管服",
    "trailing": "标题: 通报\u3000\n日期: 2017-11-27\u00a0\n关键词: 营商环境，放管服\t",
    "repeated-commas": "标题: 通报\n日期: 2017-11-27\n关键词: 营商环境，，放管服，",
}


@pytest.fixture(scope="module")
def meant(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return tolerant(tmp_path_factory, {name: matter(text) for name, text in MEANT.items()})


@pytest.mark.parametrize("name", MEANT)
def test_chinese_punctuation_is_read_as_meant(meant: Built, name: str) -> None:
    assert not meant.of(name), shown(meant.of(name))
    item = meant.items[name]
    assert (item["title"], item["tags"]) == ("通报", ["营商环境", "放管服"])
    assert item["date_published"] == DAY


def test_chinese_punctuation_inside_nested_values(tmp_path: Path) -> None:
    text = (
        "标题：甲\n日期：2017-11-27\n特别关注：{rank：1，from：2017-11-27 17:42，until：2040-01-01}\n"
        "更正：\n\u3000－ 日期：2017-11-28\n\u3000\u3000 说明：第二段：“三”应为“二”\n"
    )
    found = built(tmp_path, {"a": matter(text)})
    assert not found.problems, shown(found.problems)
    assert "第二段：“三”应为“二”" in found.page("a")
    assert "a.html" in found.site.read("special/index.html")


def test_a_full_width_time_inside_braces(tmp_path: Path) -> None:
    found = built(
        tmp_path,
        {"a": matter("标题：甲\n日期：2017-11-27\n特别关注：{from：2017-11-27 17：42，until：2040-01-01}")},
    )
    assert not found.problems, shown(found.problems)


def test_lines_before_and_after_the_front_matter(tmp_path: Path) -> None:
    """Blank lines above, blanks after ---, and CRLF are nothing to stumble over; a rule in the text is a rule."""
    found = built(tmp_path, {
        "blank": "\n\n---\ntitle: 甲\ndate: 2017-11-27\n---\n正文。\n",
        "after": "--- \ntitle: 甲\ndate: 2017-11-27\n---\t\n正文。\n",
        "crlf": "---\r\ntitle: 甲\r\ndate: 2017-11-27\r\n---\r\n正文。\r\n",
        "cr": "---\rtitle: 甲\rdate: 2017-11-27\r---\r正文。\r",
        "rule": "---\ntitle: 甲\ndate: 2017-11-27\n---\n正文。\n\n---\n\ntitle: 乙\n",
        "bare": "---\ntitle: 甲\ndate: 2017-11-27\n---",
        "remark": "---\n# 注释\n\ntitle: 甲\n\ndate: 2017-11-27\n---\n正文。\n",
    })  # fmt: skip
    assert not found.problems, shown(found.problems)
    assert {item["title"] for item in found.items.values()} == {"甲"}
    assert len(found.items) == 7
    assert "<hr>" in found.page("rule")
    assert "title: 乙" in found.page("rule")


# Values are left alone

VALUES = """\
0101
012345
17:42
1:2:3
0x1F
1e3
1_000
.5
no
yes
Off
null
~
true
2017-11-27
通报: 双阳区
通报：双阳区
一: 二: 三
通报:双阳区
标题尾:
标题尾：
*重要*
**重要**通知
&重要
【通知】关于
【重要】: 通知
[通知] 关于
[通知]关于
{重要}通知
《条例》实施
〔2017〕3号
“马上办”作风
“马上办”
‘甲’
“甲”“乙”
《甲》、《乙》
@青溪发布
`甲`乙
%甲
|甲
>甲
>甲<
- 甲
-甲
? 甲
! 甲
#甲
甲#乙
甲＃乙
甲, 乙
甲，乙；丙、丁
https://www.example.org/a?b=c&d=e#f
http://www.example.org:8080/
C:\\temp\\new
a\\nb
\\
100%
50％
《》
…………
——
－ 甲
（一）甲
1. 甲
1、甲
甲 -- 乙
甲——乙
甲 | 乙
a: b, c: d
<b>甲</b>
&lt;甲&gt;
&amp;
{{ site }}
{% raw %}
$甲
甲'乙
甲"乙
'甲'乙
"甲"乙
甲 "乙" 丙
===
...
👍🏽
𠮷野家
䶮
قطر
é
=甲
+甲
１２３
，甲
：甲
、甲
""".splitlines()

# YAML reads these as anchor, tag, comment, mapping: a problem that says so, or the text; never something else.
MAY_BE_REFUSED = {"&重要", "! 甲", "#甲", "{{ site }}", "{% raw %}"}


@pytest.fixture(scope="module")
def values(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Each value as title, as one tag of a list in a column, and as summary."""
    articles = {f"t{n}": matter(f"title: {text}\ndate: 2017-11-27") for n, text in enumerate(VALUES)}
    articles |= {
        f"s{n}": matter(f"title: 甲\nsummary: {text}\ndate: 2017-11-27") for n, text in enumerate(VALUES)
    }
    articles |= {f"c{n}": matter(f"标题：{text}\n日期：2017-11-27") for n, text in enumerate(VALUES)}
    return tolerant(tmp_path_factory, articles)


@pytest.mark.parametrize(("n", "written"), list(enumerate(VALUES)), ids=VALUES)
def test_values_are_left_alone(values: Built, n: int, written: str) -> None:
    for kind, field in (("t", "title"), ("c", "title"), ("s", "summary")):
        if wrong := values.of(f"{kind}{n}"):
            assert written in MAY_BE_REFUSED, shown(wrong)
        else:
            # Feeds hold no markup in titles, whatever a reader takes them for.
            plain = re.sub(r"&(?=#?\w+;)", "＆", re.sub("<(?=[a-z/])", "＜", written))
            assert values.items[f"{kind}{n}"][field] == plain, kind
            assert field != "title" or written in unescape(values.page(f"{kind}{n}")), kind


def test_numbers_and_times_in_lists_stay_text(tmp_path: Path) -> None:
    codes = [
        "0101",
        "012345",
        "17:42",
        "no",
        "on",
        "1e3",
        "null",
        "0x1F",
        "2017-11-27",
        "1_000",
        "No. 5",
        "a: b",
    ]
    flow = f"title: 甲\ndate: 2017-11-27\ntags: [{', '.join(codes[:-1])}]"
    block = "title: 甲\ndate: 2017-11-27\ntags:\n" + "\n".join(f"  - {code}" for code in codes[:-1])
    found = built(tmp_path, {"flow": matter(flow), "block": matter(block)})
    assert not found.problems, shown(found.problems)
    assert found.items["flow"]["tags"] == codes[:-1]
    assert found.items["block"]["tags"] == codes[:-1]


def test_quoted_and_folded_values(tmp_path: Path) -> None:
    found = built(tmp_path, {
        "double": matter('title: "通报: \\"甲\\" # 乙"\ndate: 2017-11-27'),
        "single": matter("title: '通报: it''s # 乙'\ndate: 2017-11-27"),
        "folded": matter("title: 甲\ndate: 2017-11-27\nsummary: >\n  第一行\n  第二行"),
        "plain": matter("title: 甲\ndate: 2017-11-27\nsummary: 第一行\n  第二行，三"),
    })  # fmt: skip
    assert not found.problems, shown(found.problems)
    assert found.items["double"]["title"] == '通报: "甲" # 乙'
    assert found.items["single"]["title"] == "通报: it's # 乙"
    assert re.fullmatch("第一行 ?第二行", found.items["folded"]["summary"])
    assert re.fullmatch("第一行 ?第二行，三", found.items["plain"]["summary"])


@pytest.mark.parametrize("colon", [": ", "："])
def test_a_folded_value_holds_nothing_like_a_key(tmp_path: Path, colon: str) -> None:
    found = built(tmp_path, {"a": matter(f"title: 甲\ndate: 2017-11-27\nsummary: 第一行\n  第二行{colon}三")})
    assert [(each.code, each.line) for each in found.problems] == [("yaml-indent", 5)]


def test_words_after_a_hash_are_not_lost_silently(tmp_path: Path) -> None:
    """`标题: 3 #楼` loses its end in YAML: it is kept, or somebody is told."""
    found = built(tmp_path, {"a": matter("title: 甲 #乙\ndate: 2017-11-27")})
    assert found.items["a"]["title"] == "甲 #乙" or [each.line for each in found.problems] == [2]


@pytest.mark.parametrize("word", ["true", "是", "yes", "对", "True", "對"])
def test_yes_hides_a_draft(tmp_path: Path, word: str) -> None:
    found = built(tmp_path, {"a": matter(f"标题：甲\n日期：2017-11-27\n草稿：{word}")})
    assert not found.problems
    assert not found.items


def test_as_of_is_the_one_clock(tmp_path: Path) -> None:
    text = {"a": matter("title: 甲\ndate: 2017-11-27\npublish: 2029-12-31 23:59:59"),
            "b": matter("title: 乙\ndate: 2017-11-27\nexpires: 2030-01-01 00:00")}  # fmt: skip
    assert set(built(tmp_path, text, as_of=LATER).items) == {"a"}
