"""Markdown: what editors write becomes what they mean."""

import re
import subprocess
import sys

import pytest

from softsite.text.markup import summary
from tests.text.pages import html, part, rendered, words

# Bold next to Chinese punctuation: the words between the stars, and no star left over.
BOLD = [
    ("会议强调**“马上办”**作风", "会议强调<strong>“马上办”</strong>作风"),
    ("做到**《通知》**要求", "做到<strong>《通知》</strong>要求"),
    ("**2017年（全年）**共受理", "<strong>2017年（全年）</strong>共受理"),
    ("**“马上办”**作风", "<strong>“马上办”</strong>作风"),
    ("落实**“放管服”、“最多跑一次”**改革", "落实<strong>“放管服”、“最多跑一次”</strong>改革"),
    ("**一、总体要求。**坚持", "<strong>一、总体要求。</strong>坚持"),
    ("要**坚持：**一是", "要<strong>坚持：</strong>一是"),
    ("（**重点**）和【**难点**】", "（<strong>重点</strong>）和【<strong>难点</strong>】"),
    ("印发**〔2017〕3号**文件", "印发<strong>〔2017〕3号</strong>文件"),
    ("增长**12.5%**，高于", "增长<strong>12.5%</strong>，高于"),
    ("增长**12.5%**以上", "增长<strong>12.5%</strong>以上"),
    ("一**“甲”**二**“乙”**三", "一<strong>“甲”</strong>二<strong>“乙”</strong>三"),
    ("*“甲”*乙", "<em>“甲”</em>乙"),
    ("甲*“乙”*丙**《丁》**戊", "甲<em>“乙”</em>丙<strong>《丁》</strong>戊"),
    ("***“甲”***乙", "<strong><em>“甲”</em></strong>乙"),
    ("**甲**、**乙**", "<strong>甲</strong>、<strong>乙</strong>"),
    ("**……**甲", "<strong>……</strong>甲"),
    ("——**甲**——", "——<strong>甲</strong>——"),
    ("**“甲”**\u3000**“乙”**", "<strong>“甲”</strong>\u3000<strong>“乙”</strong>"),
    ("[**“甲”**](https://www.example.com/)乙", '<a href="https://www.example.com/"><strong>“甲”</strong></a>乙'),
    ("**[“甲”](https://www.example.com/)**乙", '<strong><a href="https://www.example.com/">“甲”</a></strong>乙'),
    ("甲`“乙”`丙", "甲<code>“乙”</code>丙"),
    ("snake_case_name 与 a_b_c", "snake_case_name 与 a_b_c"),
    ("5*3*2 等于 30", None),
    ("价格 5 * 3 元", "价格 5 * 3 元"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "meant"), [each for each in BOLD if each[1]], ids=[each[0] for each in BOLD if each[1]]
)
def test_bold_next_to_chinese_punctuation(written: str, meant: str) -> None:
    assert html(written) == f"<p>{meant}</p>"


# Lines

LINES = [
    ("第一行\n第二行", "第一行第二行"),
    ("第一行，\n第二行", "第一行，第二行"),
    ("第一行\n，第二行", "第一行，第二行"),
    ("“甲”\n“乙”", None),
    ("他说\n“甲”", "他说“甲”"),
    ("“甲”\n他说", "“甲”他说"),
    ("甲……\n乙", "甲……乙"),
    ("甲——\n乙", "甲——乙"),
    ("甲。\n乙。\n丙。", "甲。乙。丙。"),
    ("甲\n\u3000\u3000乙", "甲乙"),
    ("甲\n  乙", "甲乙"),
    ("𠮷\n𠮷", "𠮷𠮷"),
    ("㐀\n豈", "㐀豈"),
    ("中文\nEnglish", "中文\nEnglish"),
    ("English\n中文", "English\n中文"),
    ("one\ntwo", "one\ntwo"),
    ("共 17\n户", "共 17\n户"),
    ("한글\n한글", "한글\n한글"),
    ("한글\n中文", "한글\n中文"),
    ("中文\n한글", "中文\n한글"),
    ("甲**乙**\n丙", "甲<strong>乙</strong>丙"),
    ("甲\n**乙**丙", "甲<strong>乙</strong>丙"),
    ("甲**乙\n丙**丁", "甲<strong>乙丙</strong>丁"),
    ("**甲**\n**乙**", "<strong>甲</strong><strong>乙</strong>"),
    ("**“甲”**\n乙", "<strong>“甲”</strong>乙"),
    ("甲[乙](https://www.example.com/)\n丙", '甲<a href="https://www.example.com/">乙</a>丙'),
    ("甲\n[乙](https://www.example.com/)丙", '甲<a href="https://www.example.com/">乙</a>丙'),
    ("甲[乙\n丙](https://www.example.com/)", '甲<a href="https://www.example.com/">乙丙</a>'),
    ("甲***乙***\n丙", "甲<strong><em>乙</em></strong>丙"),
    ("甲**abc**\n乙", "甲<strong>abc</strong>\n乙"),
    ("甲\n**abc**乙", "甲\n<strong>abc</strong>乙"),
    ("甲`乙`\n丙", None),
    ("甲  \n乙", "甲<br>乙"),
    ("甲\\\n乙", None),
    ("甲&amp;\n乙", "甲&amp;\n乙"),
]


@pytest.mark.parametrize(
    ("written", "meant"), [each for each in LINES if each[1]], ids=[each[0] for each in LINES if each[1]]
)
def test_lines_of_han_are_joined(written: str, meant: str) -> None:
    assert re.sub(r"<br>\n", "<br>", html(written)) == f"<p>{meant}</p>"


def test_lines_are_joined_in_every_kind_of_block() -> None:
    for source in (
        "- 甲\n  乙",
        "> 甲\n> 乙",
        "1. 甲\n   乙",
        "词\n:   甲\n    乙",
        "正文[^1]。\n\n[^1]: 甲\n    乙",
    ):
        assert "甲乙" in words(part(html(source))).replace("\u00a0", ""), source


def test_lines_of_code_are_not_joined() -> None:
    assert "甲\n乙" in words(part(html("```\n甲\n乙\n```")))
    assert "甲\n乙" in words(part(html("```python\n甲\n乙\n```")))
    assert "甲\n乙" in words(part(html("<pre>\n甲\n乙\n</pre>")))


def test_lines_of_inline_code_are_not_joined() -> None:
    assert "甲乙" not in words(part(html("字`甲\n乙`字")))


# Indents of Word


def packed(text: str) -> str:
    """HTML without the lines between blocks, which mean nothing."""
    return text.replace(">\n<", "><")


@pytest.mark.parametrize(
    "indent",
    [
        "\u3000\u3000",
        "    ",
        "\t",
        "\xa0\xa0\xa0\xa0",
        "  \u3000\u3000",
        "\u3000",
        "        ",
        "\t\t",
        " \u3000\t",
    ],
)
def test_word_indents_are_paragraphs(indent: str) -> None:
    found = html(f"{indent}第一段**“重点”**。\n\n{indent}第二段。\n\n{indent}第三段。")
    assert packed(found) == "<p>第一段<strong>“重点”</strong>。</p><p>第二段。</p><p>第三段。</p>"


def test_indent_after_heading_and_list() -> None:
    assert html("## 题\n\u3000\u3000正文。").endswith("<p>正文。</p>")
    assert html("## 题\n    正文。").endswith("<p>正文。</p>")
    assert "<pre>" not in html("1. 甲\n\n        乙")
    quoted = html("正文。\n\n> \u3000\u3000引文。")
    assert packed(quoted) == "<p>正文。</p><blockquote><p>引文。</p></blockquote>"


def test_nested_lists_stay_nested() -> None:
    for step in ("    ", "\t"):
        found = part(html(f"- 甲\n{step}- 乙\n{step}{step}- 丙\n- 丁"))
        assert len(found.findall("ul/li")) == 2
        assert len(found.findall("ul/li/ul/li")) == 1
        assert words(found.findall("ul/li/ul/li/ul/li")[0]).strip() == "丙"


def test_bullets_of_word() -> None:
    assert len(part(html("\uf06c\u3000甲\n\uf06c\u3000乙")).findall("ul/li")) == 2
    assert len(part(html("正文。\n\n\uf0b7 甲\n\n\uf0b7 乙")).findall("ul/li")) == 2


@pytest.mark.parametrize("sign", ["●", "•", "▪", "◦", "\u3000\u3000●", "● ", "•\u3000"])
def test_bullets_of_chinese_texts(sign: str) -> None:
    found = part(html(f"要求：\n{sign}甲\n{sign}乙\n\n完。"))
    assert [words(p) for p in found.findall("p")] == ["要求：", "完。"]
    assert [words(li) for li in found.findall("ul/li")] == ["甲", "乙"]
    assert "●" in html("甲●乙")


# Lists


def test_lists_of_two_kinds_do_not_merge() -> None:
    found = part(html("1. 甲\n2. 乙\n\n- 丙\n- 丁"))
    assert [words(li) for li in found.findall("ol/li")] == ["甲", "乙"]
    assert [words(li) for li in found.findall("ul/li")] == ["丙", "丁"]


@pytest.mark.parametrize("title", ["（一）指导思想", "一、总体要求", "（十二）其他事项"])
def test_a_numbered_title_above_its_text_is_a_paragraph_of_its_own(title: str) -> None:
    found = part(html(f"{title}\n坚持为民，优化服务。"))
    assert [words(p) for p in found.findall("p")] == [title, "坚持为民，优化服务。"]


def test_a_numbered_sentence_goes_on_in_the_next_line() -> None:
    for first in ("（一）要坚持为民，", "一、要坚持为民；", "（一）" + "很长的话" * 20):
        assert [words(p) for p in part(html(f"{first}\n优化服务。")).findall("p")] == [f"{first}优化服务。"]


def test_list_straight_after_a_line() -> None:
    for sign in ("- ", "* ", "+ "):
        found = part(html(f"一是：\n{sign}甲\n{sign}乙"))
        assert [words(p) for p in found.findall("p")] == ["一是："]
        assert [words(li) for li in found.findall("ul/li")] == ["甲", "乙"]
    found = part(html("步骤：\n1. 甲\n2. 乙\n\n完。"))
    assert [words(li) for li in found.findall("ol/li")] == ["甲", "乙"]


def test_a_year_or_a_number_in_a_paragraph_starts_no_list() -> None:
    assert "<ol" not in html("共有\n2017. 年")
    assert html("气温为\n-5 度").count("<li") == 0
    assert "<li" not in html("甲 - 乙\n丙 * 丁")
    assert "<li" not in html("**甲**乙\n**丙**丁")


@pytest.mark.parametrize("clauses", [
    ("1、甲；", "2、乙；", "3、丙。"), ("１．甲；", "２．乙；", "３．丙。"), ("（1）甲；", "（2）乙；", "（3）丙。"), ("一、甲；", "二、乙；", "三、丙。"),
    ("（一）甲；", "（二）乙；", "（三）丙。"), ("①甲；", "②乙；", "③丙。"), ("１、甲；", "２、乙；", "３、丙。"), ("十一、甲；", "十二、乙；", "二十、丙。"),
])  # fmt: skip
def test_numbered_clauses_keep_their_lines_and_signs(clauses: tuple[str, ...]) -> None:
    """They are no list, so the editor's own numbers stay; each on a line of its own is a paragraph of its own."""
    found = part(html("要求如下：\n" + "\n".join(clauses)))
    assert [words(p) for p in found.findall("p")] == ["要求如下：", *clauses]
    assert found.find("ol") is None


def test_numbers_of_lists_are_kept() -> None:
    """`1. 甲`, a paragraph, `2. 乙`: the second list must not begin at 1 again."""
    starts = [
        each.get("start") or "1"
        for each in part(html("1. 甲\n\n正文。\n\n2. 乙\n\n正文。\n\n3. 丙\n4. 丁")).iter("ol")
    ]
    assert starts == ["1", "2", "3"]


# Headings


def test_headings_are_addressed_by_their_words() -> None:
    found = rendered(
        "## 工作要求\n\n## 工作要求\n\n### 一、指导 思想（试行）\n\n## **重点**与`代码`\n\n## [链](https://www.example.com/)接\n\n## Q&A: C++\n\n## ！？"
    )
    ids = list(found.anchors)
    assert ids[0] == "工作要求"
    assert len(set(ids)) == len(ids) == 7
    assert ids[1].startswith("工作要求")
    assert "指导" in ids[2]
    assert "思想" in ids[2]
    assert ids[3] == "重点与代码"
    assert ids[4] == "链接"
    assert all(re.fullmatch(r"[\w.:-]+", each) for each in ids), ids
    assert not any(re.fullmatch(r"_?\d+", each) for each in ids)


def test_an_id_of_the_editor_stands() -> None:
    assert rendered("## 甲 {#yi}\n\n## 乙 {: #bing .c }\n\n## yi").anchors[:2] == ("yi", "bing")
    assert len(set(rendered("## 甲 {#yi}\n\n## yi\n\n## yi").anchors)) == 3
    assert len(set(rendered("## yi\n\n## 甲 {#yi}").anchors)) == 2


def test_ids_stand_once() -> None:
    for source in "## 甲\n\n## 甲\n\n## 甲-2\n\n## 甲":
        ids = rendered(source).anchors
        assert len(ids) == len(set(ids)), source


@pytest.mark.parametrize("source", ['<p id="甲">x</p>\n\n## 甲', "## fn:1\n\n正文[^1]\n\n[^1]: 注"])
def test_ids_of_raw_html_and_headings_differ(source: str) -> None:
    ids = rendered(source).anchors
    assert len(ids) == len(set(ids))


def test_no_second_h1() -> None:
    """The title is the page's h1; a text that begins with # begins below it."""
    found = part(html("# 甲\n\n## 乙\n\n### 丙"))
    assert found.find("h1") is None
    assert [each.tag for each in found] == ["h2", "h3", "h4"]


def test_setext_and_closed_headings() -> None:
    assert [each.tag for each in part(html("甲\n---\n\n乙"))] == ["h2", "p"]
    assert words(part(html("## 甲 ##"))) == "甲"
    assert html("##甲").startswith("<h2")


NUMBERED = """\
一、总体要求

坚持为民。

（一）指导思想

正文甲。
（二）基本原则
正文乙。

二、主要任务
（三）这是一句很完整的话，不是标题，它以句号结束。

三、这也是句子；

1. 列项

十二、其他
"""


def test_numbered_headings_when_the_site_turns_them_on() -> None:
    found = part(html(NUMBERED, numbered=True))
    heads = [(each.tag, words(each)) for each in found if each.tag in ("h2", "h3", "h4")]
    assert heads == [
        ("h2", "一、总体要求"),
        ("h3", "（一）指导思想"),
        ("h3", "（二）基本原则"),
        ("h2", "二、主要任务"),
        ("h2", "十二、其他"),
    ]
    assert "正文甲。" in [words(p) for p in found.findall("p")]
    assert "正文乙。" in [words(p) for p in found.findall("p")]
    assert any(words(p).startswith("（三）这是一句") for p in found.findall("p"))
    assert next(each.get("id") for each in found.iter("h2")) == "一总体要求"


def test_numbered_headings_are_off_by_default() -> None:
    assert not re.search("<h[1-6]", html(NUMBERED))


def test_numbered_headings_with_signs() -> None:
    found = part(html("**一、总体要求**\n\n正文。\n\n\u3000\u3000（一）指导思想\n\n正文。", numbered=True))
    assert [words(each) for each in found if each.tag == "h3"] == ["（一）指导思想"]
    assert not [
        each
        for each in part(html("> 一、引文\n\n- 一、列项", numbered=True)).iter()
        if each.tag in ("h2", "h3")
    ]


# Tables, footnotes, lists of definitions, attributes


def test_tables() -> None:
    found = part(html("| 名称 | 数量 | 备注 |\n|:--|--:|:-:|\n| 甲\\|乙 | 1 | **重** |\n| 丙 | | `a|b` |\n"))
    assert [words(th) for th in found.iter("th")] == ["名称", "数量", "备注"]
    assert [words(td) for td in found.iter("td")] == ["甲|乙", "1", "重", "丙", "", "a|b"]
    assert "style" not in html("|a|b|\n|:-:|--:|\n|1|2|")
    aligned = [each.get("class") for each in found.iter("td")][:3]
    assert len(set(aligned)) == 3, "the alignment of columns is lost"
    assert all(th.get("scope") == "col" for th in found.iter("th"))


def test_table_straight_after_a_line_or_with_chinese_bars() -> None:
    for source in (
        "情况如下：\n\n|甲|乙|\n|---|---|\n|1|2|",
        "情况如下：\n|甲|乙|\n|---|---|\n|1|2|",
        "情况如下：\n甲 | 乙\n---|---\n1 | 2",
        "情况如下：\n\n｜甲｜乙｜\n|---|---|\n｜1｜2｜",
    ):
        found = part(html(source))
        assert [words(p) for p in found.findall("p")] == ["情况如下："], source
        assert [words(each) for each in found.findall("div/table//th")] == ["甲", "乙"], source
        assert [words(each) for each in found.findall("div/table//td")] == ["1", "2"], source
    assert part(html("甲 | 乙\n---|---\n1 | 2")).find("div/table") is not None
    assert part(html("甲 | 乙\n丙 | 丁")).find("div") is None


@pytest.mark.parametrize(
    "source", ["\n｜甲｜乙｜\n｜---｜：－－｜\n｜1｜2｜", "｜甲｜乙｜\n｜———｜———｜\n｜1｜2｜"]
)
def test_table_of_nothing_but_chinese_bars(source: str) -> None:
    found = part(html(f"情况如下：\n{source}"))
    assert [words(each) for each in found.findall("div/table//td")] == ["1", "2"]


def test_a_table_stands_in_a_region_that_scrolls() -> None:
    """It can be reached by keyboard, and a screen reader says what it is."""
    region = part(html("| 名称 | *数量* |\n|---|---|\n| 甲 | 1 |")).find("div")
    assert region is not None
    assert region.attrib == {
        "class": "scroll",
        "tabindex": "0",
        "role": "region",
        "aria-label": "表格：名称、数量",
    }
    assert [each.tag for each in region] == ["table"]


def test_footnotes() -> None:
    found = part(html("甲[^1]乙[^注释]丙[^1]。\n\n[^1]: 第一条**注**。\n[^注释]: 第二条。\n\n    第二段。"))
    references = [a.get("href") for sup in found.iter("sup") for a in sup.iter("a")]
    ids = {each.get("id") for each in found.iter() if each.get("id")}
    assert len(references) == 3
    assert all(href and href.startswith("#") for href in references)
    from urllib.parse import unquote

    assert {unquote(str(href))[1:] for href in references} <= ids
    back = [unquote(str(a.get("href")))[1:] for li in found.iter("li") for a in li.iter("a")]
    assert back
    assert set(back) <= ids
    assert "第二段。" in words(found)


def test_footnotes_of_two_articles_do_not_mix() -> None:
    first = html("甲[^1]\n\n[^1]: 一")
    html("甲[^1][^2]\n\n[^1]: 二\n[^2]: 三")
    assert html("甲[^1]\n\n[^1]: 一") == first
    assert "[^1]" in html("甲[^1]")


def test_definition_lists() -> None:
    found = part(html("软环境\n:   办事的环境。\n:   又一义。\n\n营商环境\n:   做生意的环境。"))
    assert [words(dt) for dt in found.iter("dt")] == ["软环境", "营商环境"]
    assert [words(dd).strip() for dd in found.iter("dd")] == ["办事的环境。", "又一义。", "做生意的环境。"]


def test_attribute_lists() -> None:
    assert html("正文。\n{: .lead #kai }") == '<p class="lead" id="kai">正文。</p>'
    assert 'class="x"' in html("甲**乙**{: .x}丙")
    assert 'title="注"' in html('[甲](https://www.example.com/){: title="注" }')
    assert html('正文。\n{: style="color:red" onclick="alert(1)" }') == "<p>正文。</p>"


def test_code_is_coloured_and_left_alone() -> None:
    found = html('```python\nprint("**甲**")  # 注\n\tx = 1 < 2 & 3\n```')
    assert words(part(found)).strip(
        "\n"
    ) == 'print("**甲**")  # 注\n\tx = 1 < 2 & 3' or "x = 1 < 2 & 3" in words(part(found))
    assert "<span class=" in found
    assert "style=" not in found
    for fence in ("```nosuchlanguage\n<b>甲</b>\n```", "```\n<b>甲</b>\n```", "~~~\n<b>甲</b>\n~~~"):
        assert words(part(html(fence))).strip() == "<b>甲</b>", fence
    assert html("`<b>` 与 ``a`b``") == "<p><code>&lt;b&gt;</code> 与 <code>a`b</code></p>"


def test_a_fence_in_a_list_and_unclosed() -> None:
    assert "<pre>" in html("```\n甲\n") or "甲" in html("```\n甲\n")
    assert "甲" in words(part(html("- 项\n\n    ```\n    甲\n    ```")))


# Pictures, films, sounds


def test_a_picture_alone_is_a_figure() -> None:
    found = part(html('![现场](a.png "工作现场**图**")'))
    figure = found.find("figure")
    assert figure is not None
    image = figure.find(".//img")
    assert image is not None
    assert image.get("alt") == "现场"
    assert image.get("src") == "/ruanhuanjing/news/headlines/a.png"
    assert words(figure.find("figcaption")).strip() == "工作现场**图**"  # type: ignore[arg-type]
    assert found.find("p") is None


def test_a_picture_with_a_link_is_a_figure_and_in_text_it_is_none() -> None:
    assert part(html('[![现场](a.png "图")](https://www.example.com/)')).find("figure/a/img") is not None
    inline = part(html("图标![甲](a.png)在句中"))
    assert inline.find("figure") is None
    assert inline.find("p/img") is not None
    assert part(html("![甲](a.png)")).find("figure/figcaption") is None


def test_every_picture_has_alt() -> None:
    assert part(html("![](a.png)")).find(".//img").get("alt") == ""  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("kind", "tag"),
    [
        ("mp4", "video"),
        ("webm", "video"),
        ("MP4", "video"),
        ("mp3", "audio"),
        ("ogg", "audio"),
        ("m4a", "audio"),
        ("wav", "audio"),
    ],
)
def test_films_and_sounds_play(kind: str, tag: str) -> None:
    element = part(html(f'![讲解](媒体/a.{kind} "说明")')).find(f".//{tag}")
    assert element is not None
    assert element.get("src") == f"/ruanhuanjing/news/headlines/%E5%AA%92%E4%BD%93/a.{kind}"
    assert element.get("controls") is not None
    assert element.get("autoplay") is None


def test_raw_video_and_audio_play() -> None:
    found = part(
        html(
            '<video controls poster="p.png" width="320">\n<source src="a.mp4" type="video/mp4">\n<track src="a.vtt" kind="captions">\n</video>'
        )
    )
    video = found.find(".//video")
    assert video is not None
    assert video.get("poster") == "/ruanhuanjing/news/headlines/p.png"
    assert [each.get("src") for each in video.iter("source")] == ["/ruanhuanjing/news/headlines/a.mp4"]
    assert part(html('<video src="a.mp4" autoplay></video>')).find(".//video").get("autoplay") is None  # type: ignore[union-attr]


# HTML


def test_harmless_html_stands() -> None:
    source = (
        '<table>\n<tr><th rowspan="2" scope="row">甲</th><td colspan="2" align="center">乙</td></tr>\n<tr><td>丙</td><td>丁</td></tr>\n</table>\n\n'
        "<details>\n<summary>展开</summary>\n<p>内容</p>\n</details>\n\nH<sub>2</sub>O 与 m<sup>2</sup>，<ruby>汉<rt>hàn</rt></ruby>，<kbd>Ctrl</kbd>，<u>下划线</u>"
    )
    found = part(html(source))
    for tag in ("table", "details", "summary", "sub", "sup", "ruby", "rt", "kbd", "u"):
        assert found.find(f".//{tag}") is not None, tag
    assert found.find(".//th").get("rowspan") == "2"  # type: ignore[union-attr]


def test_signs_that_are_text_stay_text() -> None:
    assert (
        words(part(html("1 < 2 且 3 > 2，A&B，&lt;标签&gt;，5＜6，<3")))
        == "1 < 2 且 3 > 2，A&B，<标签>，5＜6，<3"
    )
    assert words(part(html("书名<<通知>>"))) == "书名<<通知>>" or "通知" in words(part(html("书名<<通知>>")))
    assert html("电话 0431-84251234 转 8") == "<p>电话 0431-84251234 转 8</p>"
    assert html("2017-11-27 17:42") == "<p>2017-11-27 17:42</p>"
    assert html("\\*甲\\*") == "<p>*甲*</p>"
    assert html("{{ site }} {% x %} {# y #} ${z}") == "<p>{{ site }} {% x %} {# y #} ${z}</p>"


def test_text_in_angle_brackets_is_not_lost_silently() -> None:
    """`<通知>` is no element: it stays as text; `<tongzhi>` would be one, and the loss is told."""
    assert words(part(html("依据<通知>办理"))) == "依据<通知>办理"
    found = rendered("依据<tongzhi>办理</tongzhi>")
    assert "tongzhi" in found.html or found.dropped


def test_autolinks() -> None:
    assert (
        html("<https://www.example.com/a?b=c&d=e>")
        == '<p><a href="https://www.example.com/a?b=c&amp;d=e">https://www.example.com/a?b=c&amp;d=e</a></p>'
    )
    mail = part(html("<a@example.com>")).find(".//a")
    assert mail is not None
    assert mail.get("href") == "mailto:a@example.com"


def test_the_same_text_gives_the_same_html_whatever_came_before() -> None:
    texts = [
        "## 甲\n\n正文[^1]\n\n[^1]: 注",
        "[甲][x]\n\n[x]: https://www.example.com/",
        "[甲][x]",
        "```python\nx\n```",
        "# 甲\n\n## 甲",
    ]
    first = [html(text) for text in texts]
    assert [html(text) for text in reversed(texts)] == first[::-1]
    assert html(texts[2]) == "<p>[甲][x]</p>"


def test_an_empty_text_is_a_text() -> None:
    """In a process that has read nothing else: an article of title and date alone, or of one link in `source_url`."""
    code = "from tests.text.pages import html; print(repr(html('')), repr(html('\\n \\n')))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stdout == "'' ''\n", done.stderr


@pytest.mark.parametrize(
    "source",
    [
        "one\n\ntwo",
        "- one\n- two",
        "> one\n\ntwo",
        "one  \ntwo",
        "1. one\n2. two",
    ],
)
def test_words_of_two_blocks_are_two_words_in_an_excerpt(source: str) -> None:
    assert summary(html(source)) == "one two"
