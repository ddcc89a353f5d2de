"""Script: sentences come out as written in script.txt and go back; names stay; of HTML only what is read changes."""

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from softsite.text.editions import Names
from softsite.text.names import persons
from softsite.text.script import converter
from softsite.text.slots import slot
from softsite.text.visible import visible
from softsite.text.words import HAN, words
from tests.text.pages import tree

SENTENCES = [
    line.split("\t")
    for line in Path(__file__).with_name("script.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
PEOPLE = (
    "于建国 范志刚 余德志 岳小平 游大海 种立军 谷立新 后勇 干志强 于东 朴成哲 党卫国 沈云峰 涂长征 郁文松 台向阳 姜丽华 胡继发 曲万里 "
    "李冲 王志杰 万俟明 买买提·艾力"
)
OFFICES = "干窑镇人民政府 余庆县发展和改革局 新干县后勤服务中心 松江谷物有限公司"
NAMES = Names(persons=tuple(PEOPLE.split()), organisations=tuple(OFFICES.split()))
THERE = converter("zh-Hans", "zh-Hant", "tw", NAMES)
BACK = converter("zh-Hant", "zh-Hans", "tw")
PLAIN = converter("zh-Hans", "zh-Hant")
_HAN = re.compile(f"[{HAN}]")
CHINESE = "".join(map(chr, [*range(0x2E80, 0xA000), *range(0xF900, 0xFB00), *range(0x20000, 0x40000)]))


# Sentences


def test_there_are_a_hundred() -> None:
    assert len(SENTENCES) >= 100
    assert len({source for source, _ in SENTENCES}) == len(SENTENCES)


@pytest.mark.parametrize(("source", "expected"), SENTENCES)
def test_a_sentence(source: str, expected: str) -> None:
    assert THERE.convert(source) == expected


@pytest.mark.parametrize(("source", "expected"), SENTENCES)
def test_and_back(source: str, expected: str) -> None:
    """Without knowing the names."""
    assert BACK.convert(expected) == source


@pytest.mark.parametrize("source", [source for source, _ in SENTENCES])
@pytest.mark.parametrize("region", ["tw", "hk"])
def test_back_from_every_region(source: str, region: str) -> None:
    done = converter("zh-Hans", "zh-Hant", region, NAMES).convert(source)
    assert converter("zh-Hant", "zh-Hans", region).convert(done) == source


def test_sentences_do_not_change_each_other() -> None:
    """A page is converted in one call; what stands beside a text changes nothing in it."""
    page = "".join(f"<p>{source}</p>" for source, _ in SENTENCES)
    assert THERE.convert_html(page) == "".join(f"<p>{expected}</p>" for _, expected in SENTENCES)


@pytest.mark.parametrize(
    ("source", "taiwan", "hong_kong"),
    [
        ("为群众的秘书修床，台阶里", "為群眾的秘書修床，臺階裡", "為群眾的秘書修床，台階裏"),
        ("台湾的山峰和面条", "臺灣的山峰和麵條", "台灣的山峰和麵條"),
        ("烟草专卖，潮湿的卫生间", "菸草專賣，潮溼的衛生間", "煙草專賣，潮濕的衞生間"),
        ("村里人说，什么都好", "村裡人說，什麼都好", "村裏人説，什麼都好"),
    ],
)
def test_regions(source: str, taiwan: str, hong_kong: str) -> None:
    assert PLAIN.convert(source) == taiwan
    assert converter("zh-Hans", "zh-Hant", "hk").convert(source) == hong_kong


@pytest.mark.parametrize(
    "word", "365项目服务 信息 程序 软件 网络 数据 质量 视频 打印 服务器 出租车 高清".split()
)
def test_no_word_is_replaced(word: str) -> None:
    """Characters are converted; a thing keeps its name (the phrase configurations rename these)."""
    assert BACK.convert(PLAIN.convert(word)) == word
    assert PLAIN.convert("项目信息程序软件") == "項目信息程序軟件"


# Names


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("于建国", "于建國"), ("范志刚", "范志剛"), ("余德志", "余德志"), ("岳云", "岳雲"), ("游国华", "游國華"), ("种玉杰", "种玉杰"),
        ("后来福", "后來福"), ("干宝", "干寶"), ("沈阳", "沈陽"), ("姜丽", "姜麗"), ("胡广发", "胡廣發"), ("曲阜生", "曲阜生"),
        ("台静农", "台靜農"), ("朴正直", "朴正直"), ("赵朴初", "趙樸初"), ("党建党", "党建黨"), ("钟繁荣", "鍾繁榮"), ("叶万里", "葉萬里"),
        ("万俟卨", "万俟卨"), ("鲜于通", "鮮于通"), ("欧阳修", "歐陽修"), ("长孙无忌", "長孫無忌"), ("苏轼", "蘇軾"), ("肖华", "肖華"),
        ("阿布都热依木·买买提", "阿布都熱依木·買買提"), ("李长征", "李長征"), ("王冲", "王沖"), ("张里程", "張里程"),
    ],
)  # fmt: skip
def test_a_person(name: str, shown: str) -> None:
    """Character by character, a surname kept, whatever stands around."""
    convert = converter("zh-Hans", "zh-Hant", "tw", Names(persons=(name,))).convert
    assert convert(name) == shown
    assert convert(f"记者{name}发布面条的制作发展") == f"記者{shown}發布麵條的製作發展"
    assert converter("zh-Hans", "zh-Hant", "hk", Names(persons=(name,))).convert(name) == shown


def test_a_name_that_could_be_part_of_words() -> None:
    """The person is right even so; `risky` tells an editor of it."""
    convert = converter("zh-Hans", "zh-Hant", "tw", Names(persons=("于建国",))).convert
    assert convert("由于建国负责，对于建国的处理") == "由于建國負責，對于建國的處理"


def test_a_short_name_is_found_where_a_name_may_begin() -> None:
    convert = converter("zh-Hans", "zh-Hant", "tw", Names(persons=("于东", "范例", "余地", "王松"))).convert
    assert convert("位于东部，属于东城") == "位於東部，屬於東城"
    assert convert("局长于东、于东、记者于东说") == "局長于東、于東、記者于東說"
    assert convert("示范例子，其余地方；范例说") == "示範例子，其餘地方；范例說"
    assert convert("老王松土，王松同志") == "老王松土，王松同志"


def test_the_longest_name_wins() -> None:
    names = Names(persons=("于建", "于建国", "范于建国"), organisations=("于建国诊所",))
    convert = converter("zh-Hans", "zh-Hant", "tw", names).convert
    assert convert("于建国、范于建国、于建国诊所、于建") == "于建國、范于建國、于建國診所、于建"


def test_an_organisation_by_itself() -> None:
    """It comes out the same wherever it stands; persons in its name are kept."""
    names = Names(persons=("于建国",), organisations=("发展面业有限公司", "于建国面粉厂", "后里"))
    convert = converter("zh-Hans", "zh-Hant", "tw", names).convert
    assert convert("长发展面业有限公司条") == "長" + convert("发展面业有限公司") + "條"
    assert convert("由于建国面粉厂干") == "由于建國麵粉廠幹"


def test_the_glossary_says_the_last_word() -> None:
    names = Names(
        persons=("于建国",),
        organisations=("范家庄",),
        keep=("软环境", "于建国"),
        words=(("范家庄", "範家莊"), ("信息", "資訊")),
    )
    convert = converter("zh-Hans", "zh-Hant", "tw", names).convert
    assert convert("于建国说软环境的信息，范家庄") == "于建国說软环境的資訊，範家莊"


def test_names_can_be_put_together() -> None:
    one = Names(persons=("甲乙",), words=(("信息", "資訊"),))
    assert one.plus(Names(persons=("甲乙", "丙丁"), keep=("戊己",))) == Names(
        persons=("甲乙", "丙丁"), keep=("戊己",), words=(("信息", "資訊"),)
    )


def test_words_are_never_markup() -> None:
    """They are put into HTML and JSON as they stand."""
    for form in ("<b>", "a&b", '"', "\\", "'"):
        with pytest.raises(ValueError, match=re.escape(form)):
            converter("zh-Hans", "zh-Hant", "tw", Names(words=(("信息", form),)))


def test_names_of_a_traditional_site() -> None:
    names = Names(persons=("於崇文", "于建國"), keep=("乾隆",))
    convert = converter("zh-Hant", "zh-Hans", "tw", names).convert
    assert convert("於崇文、于建國關於乾隆的發言") == "於崇文、于建国关于乾隆的发言"
    assert converter("zh-Hant", "zh-Hans", "hk").convert("於是衞生署説") == "于是卫生署说"


@pytest.mark.parametrize(
    ("field", "found"),
    [
        ("于建国", ("于建国",)), ("于建国、范志刚", ("于建国", "范志刚")), ("本报记者 于建国 通讯员 余德志", ("于建国", "余德志")),
        ("记者于建国 范志刚（实习）", ("于建国", "范志刚")), ("摄影：于建国", ("于建国",)), ("青溪县软环境建设办公室", ()), ("Li Lei", ()),
        ("買買提·艾力/于建国", ("買買提·艾力", "于建国")), ("", ()),
    ],
)  # fmt: skip
def test_persons_of_a_field(field: str, found: tuple[str, ...]) -> None:
    assert persons(field) == found


# What a computer reads


@pytest.mark.parametrize(
    "kept",
    [
        "https://www.example.org/发布/通知.html", "http://www.example.org/?关键词=发展&页=2", "www.example.org/发展", "info@发展.中国",
        "《发展规划.pdf》", "“征求意见稿（2026年）.docx”", "青软办〔2026〕3号", "国办发[2017]47号", "人社部发（2026）第12号",
    ],
)  # fmt: skip
def test_addresses_stay(kept: str) -> None:
    assert PLAIN.convert(f"详见：{kept}，来电联系。") == f"詳見：{kept}，來電聯繫。"
    assert PLAIN.convert_html(f"<p>{kept}<b>国</b></p>") == f"<p>{kept}<b>國</b></p>"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("根据国办发〔2017〕47号文件", "根據国办发〔2017〕47号文件"),
        ("印发青发改〔2026〕8号。", "印發青发改〔2026〕8号。"),
        ("请访问www.example.org，联系我们", "請訪問www.example.org，聯繫我們"),
        ("邮箱abc@example.org联系人", "郵箱abc@example.org聯繫人"),
        ("第38号公告，3.5万元，发展.", "第38號公告，3.5萬元，發展."),
        ("A类和B类，和/或，24小时×7天", "A類和B類，和/或，24小時×7天"),
        ("2017年发放K线图", "2017年發放K線圖"),
    ],
)
def test_the_sentence_around_is_converted(source: str, expected: str) -> None:
    assert PLAIN.convert(source) == expected


ADDRESSES = st.lists(st.sampled_from(["发展", "于国", "a1", "b", "2026"]), min_size=1, max_size=6)


@given(ADDRESSES, st.sampled_from("/-_.=&"))
def test_no_web_address_is_touched(parts: list[str], sign: str) -> None:
    address = f"https://www.example.org/{sign.join(parts)}"
    assert PLAIN.convert(f"网址：{address}（国）") == f"網址：{address}（國）"


# HTML


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("国<b>国</b>国<br>国", "國<b>國</b>國<br>國"),
        ('<img src="/国.png" alt="国"><a href="/国" id="国" class="国" data-国="国">国</a>',
         '<img src="/国.png" alt="國"><a href="/国" id="国" class="国" data-国="国">國</a>'),
        ('<p title="国" aria-label=国>国</p>', '<p title="國" aria-label=國>國</p>'),
        ("<p title='国>\"国' lang=\"\">国</p>", "<p title='國>\"國' lang=\"\">國</p>"),
        ('<input placeholder="国" value="国"><track label="国"><th abbr="国">', '<input placeholder="國" value="国"><track label="國"><th abbr="國">'),
        ('<meta name="description" content="国"><meta property="og:url" content="https://a.cn/国/">',
         '<meta name="description" content="國"><meta property="og:url" content="https://a.cn/国/">'),
        ('<meta http-equiv="refresh" content="0; url=/国"><a content="国">', '<meta http-equiv="refresh" content="0; url=/国"><a content="国">'),
        ("<title>国</title><TITLE>国</TITLE>", "<title>國</title><TITLE>國</TITLE>"),
        ("<code>国</code>国<pre>国<code>国</code>国</pre>国<kbd>国</kbd><samp>国</samp><tt>国</tt>国", "<code>国</code>國<pre>国<code>国</code>国</pre>國<kbd>国</kbd><samp>国</samp><tt>国</tt>國"),
        ("<code>国<code>国</code>国</code>国", "<code>国<code>国</code>国</code>國"),
        ("<style>国{}</style><script>'国<b>'</script><SCRIPT>国</SCRIPT>国", "<style>国{}</style><script>'国<b>'</script><SCRIPT>国</SCRIPT>國"),
        ("<!-- 国 <b> --><!doctype 国><?国?>国", "<!-- 国 <b> --><!doctype 国><?国?>國"),
        ('<p lang="en">国<b>国</b></p>国<q lang=ja title="国">国</q>国', '<p lang="en">国<b>国</b></p>國<q lang=ja title="国">国</q>國'),
        ('<i lang="zh-Hant">国</i><i lang="zh-Hans">国</i><i lang="zh-HK">国</i>', '<i lang="zh-Hant">国</i><i lang="zh-Hans">国</i><i lang="zh-HK">国</i>'),
        ('<i lang="zh">国</i><i lang="zh-CN">国</i>', '<i lang="zh">國</i><i lang="zh-Hant">國</i>'),
        ('<html lang="zh-Hans"><a hreflang="zh-Hans" lang="zh-Hans">简体</a>国', '<html lang="zh-Hant"><a hreflang="zh-Hans" lang="zh-Hans">简体</a>國'),
        ('<p translate="no">国</p><p translate="yes">国</p><p translate>国</p>', '<p translate="no">国</p><p translate="yes">國</p><p translate>國</p>'),
        ('<img lang="en" alt="国">国<svg><path lang="en"/><text>国</text></svg>', '<img lang="en" alt="国">國<svg><path lang="en"/><text>國</text></svg>'),
        ("国&nbsp;国&lt;b&gt;国&#22269;国&amp;国", "國&nbsp;國&lt;b&gt;國&#22269;國&amp;國"),
        ("国 < 国 <国> 国 </国", "國 < 國 <國> 國 </国"),
        ("国<b", "國<b"),
        ("国<b title='国", "國<b title='国"),
        ("", ""),
    ],
)  # fmt: skip
def test_only_what_people_read(source: str, expected: str) -> None:
    assert PLAIN.convert_html(source) == expected


def test_json_in_a_page() -> None:
    data = {
        "@type": "NewsArticle",
        "headline": '他说"国"\\',
        "url": "https://a.cn/国/",
        "list": ["国", 1, None],
        "国": "国",
    }
    source = f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>国'
    found = PLAIN.convert_html(source)
    read = json.loads(found.partition(">")[2].partition("</script>")[0])
    assert read == {
        "@type": "NewsArticle",
        "headline": '他說"國"\\',
        "url": "https://a.cn/国/",
        "list": ["國", 1, None],
        "國": "國",
    }
    assert found.endswith("</script>國")


def test_slots_stay() -> None:
    marks = slot("body"), slot("figure:notices/2017-11.people"), slot("part:parts/国/a.html")
    source = f"<p title='{marks[1]}国'>{marks[0]}国{marks[1]}</p>{marks[2]}"
    assert PLAIN.convert_html(source) == source.replace("国", "國")
    assert PLAIN.convert(marks[2] + "国") == marks[2] + "國"


def test_names_across_tags_are_two_texts() -> None:
    """Text ends at a tag: what is bold by half is read as its two halves."""
    assert THERE.convert_html("<p>于<b>建国</b>，<b>于建国</b></p>") == "<p>於<b>建國</b>，<b>于建國</b></p>"


def test_marks_of_ours_in_a_text() -> None:
    for mark in ("\ufdd2", "\ufdd3", "\ufdd2\ufdd3\ufdd2"):
        assert THERE.convert(f"国{mark}于建国{mark}") == f"國{mark}于建國{mark}"
        assert (
            THERE.convert_html(f"<p>国{mark}于建国</p>{mark}<i>国</i>")
            == f"<p>國{mark}于建國</p>{mark}<i>國</i>"
        )


def test_a_page_keeps_its_structure() -> None:
    page = (
        '<!DOCTYPE html><html lang="zh-Hans"><head><meta charset="utf-8"><title>软环境</title><link rel="icon" href="/图.svg" title="图标">'
        '<script type="application/ld+json">{"name":"软环境"}</script></head><body class="阅读"><a href="#国" title="国">国</a>'
        '<pre><code class="语言">国</code></pre><table><tr><td headers="国">国</table><ul><li>国<li>国</ul></body></html>'
    )
    before, after = tree(page), tree(PLAIN.convert_html(page))
    assert list(_structure(before)) == list(_structure(after))
    assert "國" in "".join(after.itertext())
    assert after.get("lang") == "zh-Hant"


def _structure(element: Element) -> Iterator[tuple[Any, ...]]:
    """Tags and attributes, without those that people read."""
    for each in element.iter():
        yield each.tag, {name: value for name, value in each.attrib.items() if name not in ("title", "lang")}


PIECES = st.lists(
    st.tuples(
        st.sampled_from(
            ["<p>", "</p>", "<br>", '<a href="/国?a=1&amp;b=2" id="发">', "</a>", "<b class='面'>", "</b>", "<!--国-->",
             "<code>国</code>", "<pre>\n发<i>国</i></pre>", '<i lang="en">国</i>', '<img src="国.png">', "&amp;", "&#22269;",
             slot("body"), "<script>国</script>", "<style>国</style>", '<q translate="no">国<q>国</q></q>', "\n", " "]
        ),
        st.text("国发展于建国范志刚后里面制造干部，。 a1", max_size=8),
    )
)  # fmt: skip


@given(PIECES)
def test_markup_is_never_touched(pieces: list[tuple[str, str]]) -> None:
    """Between any markup each text is converted as if it stood alone, and the markup is as it was."""
    source = "".join(markup + text for markup, text in pieces)
    texts, marks = _joined_texts(pieces)
    expected = "".join(mark + THERE.convert(text) for mark, text in zip(marks, texts, strict=True))
    assert THERE.convert_html(source) == expected


def _joined_texts(pieces: list[tuple[str, str]]) -> tuple[list[str], list[str]]:
    """Texts and the tags between them: entities, slots and blanks belong to the text they stand in."""
    texts, marks = [""], [""]
    for mark, text in pieces:
        if mark.startswith("<"):
            marks.append(mark)
            texts.append(text)
        else:
            texts[-1] += mark + text
    return texts, marks


@given(st.text(st.sampled_from("<>/\"'=!-&;# \n\tabpi国发面于后里\ufdd0\ufdd1\ufdd2\ufdd3"), max_size=60))
def test_whatever_it_is_only_chinese_characters_change(text: str) -> None:
    """Each by one other; broken HTML too."""
    for done in (THERE.convert(text), THERE.convert_html(text)):
        assert len(done) == len(text)
        assert all(a == b or (_HAN.match(a) and _HAN.match(b)) for a, b in zip(text, done, strict=True))


@given(st.text(st.characters(exclude_characters=CHINESE)))
def test_text_without_chinese_is_left_alone(text: str) -> None:
    assert THERE.convert(text) == THERE.convert_html(text) == text


@given(
    st.lists(
        st.sampled_from([*PEOPLE.split(), "的发展，", "关于", "干部", "面向", "后来", "说。", "由", "1"]),
        max_size=12,
    )
)
def test_every_name_is_shown_in_its_own_form(parts: list[str]) -> None:
    text = "".join(parts)
    long = [name for name in PEOPLE.split() if len(name) > 2]
    done = THERE.convert(text)
    for name in long:
        assert done.count(THERE.convert(name)) >= text.count(name)


@pytest.mark.parametrize("script", ["zh-Hans", "zh-Hant"])
def test_the_same_script_changes_nothing(script: str) -> None:
    same = converter(script, script)
    assert same.convert("里面裡面") == "里面裡面"
    assert same.convert_html('<p lang="zh-CN">里面') == '<p lang="zh-CN">里面'
    assert same.risky("后面") == []


def test_there_and_back_and_there() -> None:
    for _, expected in SENTENCES:
        done = THERE.convert(BACK.convert(expected))
        assert done == expected


def test_no_such_script() -> None:
    for source, target, region in (("zh-Hans", "en", "tw"), ("zh-Hans", "zh-Hant", "sg")):
        with pytest.raises(KeyError):
            converter(source, target, region)


def test_a_converter_is_made_once() -> None:
    assert converter("zh-Hans", "zh-Hant", "tw", Names(keep=("软环境",))) is converter(
        "zh-Hans", "zh-Hant", "tw", Names(keep=("软环境",))
    )


def test_hostile_html_takes_no_longer() -> None:
    """Whatever is not closed is read once."""
    own = frozenset({"zh"})
    for part in (
        "<",
        '<a title="',
        "<a '>国",
        "<!--",
        "<script>",
        "<SCRIPT>国</SCRIPT>",
        "<code>",
        '<p lang="zh" title=',
        '\\\\"',
        "国.pdf",
    ):
        visible(part * 50_000, own, own)
    data = '<script type="application/ld+json">' + '"\\' * 100_000
    assert visible(data, own, own).words == []


# Review


def risks(text: str, names: Names = NAMES) -> list[tuple[str, str, str, str]]:
    """What `risky` finds, in short."""
    found = converter("zh-Hans", "zh-Hant", "tw", names).risky(text)
    assert all(text[each.position :].startswith(each.source) for each in found)
    assert all(a.position <= b.position for a, b in pairwise(found))
    return [(each.source, each.result, each.why, each.others) for each in found]


def test_what_no_word_decides_is_told() -> None:
    assert ("制", "制", "undecided", "製") in risks("这种制，")
    assert ("于", "於", "undecided", "于") in risks("嫌疑人、于某交代")
    assert ("后", "後", "undecided", "后") in risks("村民后某反映")
    assert ("余", "餘", "undecided", "余") in risks("记者余清楚")
    assert ("里", "裡", "undecided", "里") in risks("埃里卡特来访")


@pytest.mark.parametrize(
    "text",
    [
        "发展面粉加工，复工复产，征收土地，干部下乡", "会议于11月召开，会后参观，村里，五十余人，3万余元", "位于县城，属于镇里", "里程碑，松树，松软，谷雨，北斗",
        "于建国、范志刚说，干志强是干部", "",
    ],
)  # fmt: skip
def test_what_words_and_names_decide_is_not(text: str) -> None:
    assert risks(text) == []


def test_a_name_across_words_is_told() -> None:
    assert risks("由于建国负责") == [("于建国", "于建國", "border", "")]
    assert risks("由县长于建国负责") == []
    assert risks("沈阳市", Names(persons=("沈阳",))) == [("沈阳", "沈陽", "word", "瀋陽")]
    assert risks("李干部署，李干说", Names(persons=("李干",))) == [("李干", "李干", "border", "")]


def test_what_the_glossary_decides_is_not_told() -> None:
    names = Names(persons=("沈阳",), keep=("里应外合", "沈阳"), words=(("信息", "資訊"), ("后里", "后里")))
    assert risks("里应外合，沈阳的信息，由于后里", names) == []
    assert risks("根据发改发〔2026〕3号文件", names) == []


def test_few_things_are_told_of_the_sentences() -> None:
    """An editor looks at what is doubtful, not at everything that could be."""
    found = [risk for source, _ in SENTENCES for risk in risks(source)]
    assert len(found) < len(SENTENCES) / 4


def test_only_simplified_text_is_doubtful() -> None:
    assert BACK.risky("餘后發髮") == []


# The file of words


def test_words_have_the_length_of_their_forms() -> None:
    """So places in a text stay places; and every character differs only as the scripts do."""
    known = words()
    assert all(len(word) == len(form) for word, form in known.words.items())
    assert all(len(sign) == len(form) == 1 for forms in known.forms.values() for sign, form in forms.items())
    listed = [sign for signs in known.review.values() for sign in signs]
    assert len(listed) == len(set(listed))


def test_words_go_back() -> None:
    back = {word: BACK.convert(PLAIN.convert(word)) for word in words().words}
    assert {word: form for word, form in back.items() if word != form} == {}
