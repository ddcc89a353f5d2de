"""Search: the shipped JavaScript, run by Node, finds what a reader can see, and nothing else."""

import json
import random
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from softsite.render.postings import Postings
from softsite.render.search import indexed
from tests.bench import corpus, lay
from tests.site.asking import Answer, Question, ask
from tests.site.look import is_own_script, page
from tests.site.reader import numbers
from tests.support import SITE, Site, article, make_site

TODAY = "2026-11-23 12:00"
MAX_BYTES, MAX_REQUESTS = 250_000, 12

NOTICE = """\
期别: 2026-10
日期: 2026-11-01
件数: 31
案例:
  - {单位: 白石镇人民政府, 说明: 逾期不办}
备注: 请各单位对照整改。
"""
TYPE = """\
name: {zh: 查办通报, en: Tally}
description: 说明。
title: "period ~ '查办通报'"
period: period
fields:
  - {name: period, label: 期别, kind: month, required: true}
  - {name: count, label: 件数, kind: integer, unit: 件, key: true}
  - name: cases
    label: 案例
    kind: table
    fields:
      - {name: unit, label: 单位, kind: organisation}
      - {name: words, label: 说明, kind: text}
  - {name: remark, label: 备注, kind: prose}
"""
FILES = {
    "content/about.md": "---\n标题: 关于我们\n---\n\n本站由软环境办公室主办。\n",
    "content/news/headlines/a.md": article(
        "全县软环境建设推进会召开", "2026-11-20 09:30",
        "会议指出，**要把“一件事一次办”落\n实到位**，让企业少跑腿。参会的有 GDP 增长最快的３个镇。\n\n| 乡镇 | 增长 |\n| --- | --- |\n| 白石镇 | 9.8% |",
    ),
    "content/news/headlines/b.md": article("春耕备耕", "2024-03-01 08:00", "软环境建设要常抓不懈。干部下乡，关于发展的后劲。"),
    "content/news/county/c.md": article(
        "發展與環境", "2025-05-05", "這裡的幹部說：關於徵地，並沒有怎麼難。", correction="[{date: 2025-05-06, note: 数字有误已改正}]"
    ),
    "content/policy/d.md": article("𠮷林办法 A 条", "2026-01-01", "𠮷日 Emoji 😀 和 <code>if (a < b)</code> 与 &amp; 号；<b>粗</b>体 C<sub>2</sub>H。"),
    "content/policy/e.md": article("引用", "2026-02-02", "本期共 {{ tally/2026-10.count }} 件。"),
    "content/policy/draft.md": article("草稿里的题", "2026-02-02", "草稿里的正文。", draft="true"),
    "content/policy/later.md": article("以后的题", "2099-02-02", "以后的正文。"),
    "content/policy/over.md": article("过期的题", "2020-02-02", "过期的正文。", expires="2021-01-01"),
    "content/policy/withdrawn.md": article("撤下的题", "2026-02-02", "撤下的正文。", withdrawn="{date: 2026-03-03, reason: 重复刊登}"),
    "content/bulletins/tally/_type.yaml": TYPE,
    "content/bulletins/tally/2026-10.yaml": NOTICE,
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A small site with everything that can be found, and all that must not be."""
    made = make_site(tmp_path_factory.mktemp("search"), FILES)
    report = made.build()
    assert report.good, report.problems
    return made


def asked(site: Site, *questions: Question | str) -> list[Answer]:
    """The answers, as a reader at the site's own address gets them."""
    return ask(
        site.root / "output", [each if isinstance(each, Question) else Question(each) for each in questions]
    )


def found(site: Site, *questions: Question | str) -> list[list[str]]:
    """The names of the pages that are found, in order."""
    return [
        [href.rpartition("/")[2].removesuffix(".html") for href in each.found]
        for each in asked(site, *questions)
    ]


def words_of(site: Site) -> dict[str, str]:
    """What the index shows of each document: its title and text."""
    return {
        href: f"{title}\n{text}"
        for file in (site.root / "output" / "search" / "texts").glob("*.json")
        for _, title, href, _, text in json.loads(file.read_text(encoding="utf-8"))
    }


# What is found


def test_words_in_title_text_table_and_correction_are_found(site: Site) -> None:
    questions = [
        "推进会",
        "一件事一次办”落实到位",
        "白石镇",
        "9.8%",
        "数字有误",
        "C2H",
        "if (a < b)",
        "粗体",
        "关于我们",
    ]
    assert found(site, *questions) == [
        ["a"],
        ["a"],
        ["2026-10", "a"],
        ["a"],
        ["c"],
        ["d"],
        ["d"],
        ["d"],
        ["about"],
    ]


def test_a_bulletin_is_found_by_its_figures_and_so_is_an_article_that_cites_them(site: Site) -> None:
    assert found(site, "查办通报", "逾期不办", "对照整改", "本期共 31 件") == [
        ["2026-10"],
        ["2026-10"],
        ["2026-10"],
        ["e"],
    ]


def test_both_scripts_full_width_and_capitals_are_one(site: Site) -> None:
    questions = [
        "发展与环境",
        "發展與環境",
        "关于征地",
        "這裏的乾部",
        "gdp",
        "ＧＤＰ",
        "3个镇",
        '一件事一次办"',
    ]
    assert found(site, *questions) == [["c"], ["c"], ["c"], ["c"], ["a"], ["a"], ["a"], ["a"]]


def test_one_character_is_looked_for_in_titles(site: Site) -> None:
    assert found(site, "春", "與", "与", "😀", "难") == [["b"], ["c"], ["c"], ["d"], []]


def test_words_apart_must_all_be_there(site: Site) -> None:
    assert found(site, "软环境 干部", "环境　乡镇", "软环境 春", "推进会 春耕") == [["b"], ["a"], ["b"], []]


def test_titles_come_first_then_bulletins_then_the_newest(tmp_path: Path) -> None:
    plain = {
        f"content/news/county/{year}.md": article("普通", f"{year}-01-01", "讲到查办的事。")
        for year in (2020, 2024)
    }
    titled = {
        f"content/policy/t{year}.md": article("查办结果", f"{year}-01-01", "正文。") for year in (2019, 2021)
    }
    made = make_site(tmp_path, {
        **plain, **titled, "content/bulletins/tally/_type.yaml": TYPE.replace("'查办通报'", "'通报'"),
        "content/bulletins/tally/2018-10.yaml": "期别: 2018-10\n日期: 2018-11-01\n备注: 查办三件。\n",
    })  # fmt: skip
    assert made.build().good
    assert found(made, "查办") == [["t2021", "t2019", "2018-10", "2024", "2020"]]


def test_the_words_are_marked_in_title_and_excerpt(site: Site) -> None:
    (answer,) = asked(site, "軟環境 少跑腿")
    (hit,) = answer.hits
    assert hit.marks == ["软环境", "少跑腿"]
    assert "".join(run for run, _ in hit.title) == "全县软环境建设推进会召开"
    assert "让企业少跑腿。参会的有 GDP 增长最快的３个镇。" in "".join(run for run, _ in hit.excerpt)
    assert (hit.href, hit.day, hit.column) == ("news/headlines/a.html", "2026-11-20", "news/headlines")


def test_a_filter_lets_through_what_it_names(site: Site) -> None:
    word = "环境"
    assert found(
        site, word, *(Question(word, each) for each in (
            {"column": "news"}, {"column": "news/county"}, {"column": "policy"}, {"year": "2024"}, {"type": "article"},
            {"type": "bulletin"}, {"column": "nowhere"}, {"year": "1066"})),
        Question("白石镇", {"type": "bulletin"}), Question("白石镇", {"type": "article"}),
    ) == [["a", "c", "b", "about"], ["a", "c", "b"], ["c"], [], ["b"], ["a", "c", "b"], [], [], [], ["2026-10"], ["a"]]  # fmt: skip


def test_an_answer_counts_its_hits(site: Site) -> None:
    two, long = asked(site, Question("环境", rounds=1), Question("软环境建设", rounds=1))
    assert (two.total, two.done) == (4, True)
    assert (long.total, long.done, len(long.hits)) == (2, True, 2)


@pytest.mark.parametrize("words", ["", "   ", "　", "\n"])
def test_nothing_is_asked_by_blanks(site: Site, words: str) -> None:
    (answer,) = asked(site, words)
    assert (answer.hits, answer.done) == ([], True)


HOSTILE = [
    "<script>alert(1)</script>", "\"'><img src=x onerror=x>", "\\", "[", "(?:", ".*", "%", "%00", "../../etc", "__proto__", "constructor",
    "a" * 5000, "啊" * 5000, "\ud83d", "\x00\x01", "￿￿", "\u202e字", "💩" * 50, " ".join(map(chr, range(0x4E00, 0x4F00))),
]  # fmt: skip


def test_hostile_questions_find_nothing_and_load_little(site: Site) -> None:
    answers = asked(
        site,
        *(Question(words, {"column": words, "type": words, "year": words}, 1, True) for words in HOSTILE),
    )
    assert all(not each.hits and len(each.requests) <= MAX_REQUESTS for each in answers)
    assert all(
        not each.hits and len(each.requests) <= MAX_REQUESTS
        for each in asked(site, *(Question(w, {}, 1, True) for w in HOSTILE))
    )


def test_nothing_hidden_is_in_the_index(site: Site) -> None:
    hidden = ["草稿里", "以后的", "过期的", "撤下的", "重复刊登"]
    assert found(site, *hidden) == [[] for _ in hidden]
    everything = b"".join(
        each.read_bytes() for each in (site.root / "output" / "search").rglob("*") if each.is_file()
    )
    assert not any(words.encode() in everything for words in (*hidden, "draft", "withdrawn"))


# Any run of two characters or more


def runs(words: dict[str, str], count: int, seed: int) -> list[tuple[str, str]]:
    """Random runs of 2 to 12 characters as they stand in a line, each with where it was taken from."""
    rng = random.Random(seed)
    made: list[tuple[str, str]] = []
    lines = [
        (href, line) for href, text in sorted(words.items()) for line in text.split("\n") if len(line) > 1
    ]
    while len(made) < count:
        href, line = rng.choice(lines)
        start = rng.randrange(len(line) - 1)
        run = line[start : start + rng.randint(2, 12)].strip()
        if len(run) > 1 and any(len(word) > 1 for word in run.split()):
            made.append((href, run))
    return made


def matching(words: dict[str, str], run: str) -> set[str]:
    """The documents that have all the words of a run."""
    return {href for href, text in words.items() if all(word.lower() in text.lower() for word in run.split())}


def news_site(root: Path, count: int) -> Site:
    """A site of so many articles, built."""
    lay.softsite_site(root, corpus.articles(count), "pictures: off\n")
    made = Site(root)
    assert made.build(jobs=2).good
    return made


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site of a thousand articles."""
    return news_site(tmp_path_factory.mktemp("newsroom"), 1000)


def test_random_runs_are_found_wherever_they_stand(newsroom: Site) -> None:
    words = words_of(newsroom)
    assert len(words) == 1000
    asked_for = runs(words, 60, 1)
    answers = ask(newsroom.root / "output", [Question(run) for _, run in asked_for], "/")
    for (href, run), answer in zip(asked_for, answers, strict=True):
        assert href in answer.found, run
        assert sorted(answer.found) == sorted(matching(words, run)), run
        assert not answer.finished or answer.total == len(answer.found), run


def test_an_answer_has_its_limits(newsroom: Site) -> None:
    common = [
        Question(word, rounds=1, fresh=True) for word in ("的", "会议", "工作", "2024", "，全", "推进服务")
    ]
    answers = ask(
        newsroom.root / "output",
        [*(Question(run, rounds=1, fresh=True) for _, run in runs(words_of(newsroom), 100, 2)), *common],
        "/",
    )
    assert max(len(each.requests) for each in answers) <= MAX_REQUESTS
    # 10,000 articles: test_search_limits.py.
    assert max(sum(size for _, size in each.requests) for each in answers) <= MAX_BYTES / 2


def test_one_article_more_rewrites_little_of_the_index(newsroom: Site, tmp_path: Path) -> None:
    root = tmp_path / "site"
    shutil.copytree(newsroom.root, root)
    made = Site(root)
    before = made.output()
    for name, date in (("newest", "2026-01-01 08:00"), ("between", "2023-09-09 08:00")):
        body = "\n\n".join(f"第{n}段，县里开会研究{name}的事情。" * 9 for n in range(8))
        made.write({f"content/yaowen/{name}.md": article(name, date, body)})
        assert made.build(jobs=2).good
        after = made.output()
        changed = [
            path
            for path, digest in after.items()
            if path.startswith("search/") and before.get(path) != digest
        ]
        size = sum((root / "output" / path).stat().st_size for path in changed)
        assert size <= 500_000  # 10,000 articles: test_search_limits.py
        before = after
    clean = Site(tmp_path / "clean")
    shutil.copytree(root / "content", clean.root / "content")
    shutil.copy(root / "site.yaml", clean.root)
    assert clean.build(jobs=1).good
    assert clean.output() == made.output()


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=2, max_size=30),
        min_size=1,
        max_size=6,
    ),
    st.data(),
)
def test_any_text_is_found_by_any_run_in_it(texts: list[str], data: st.DataObject) -> None:
    """No site is built: segments are made and asked by a reader in Python that does what search.js does."""
    source = "\x1f".join(f"{n}\x1e题\x1e\x1e<p>{_escaped(text)}</p>" for n, text in enumerate(texts))
    number = data.draw(st.integers(0, len(texts) - 1))
    line = " ".join(texts[number].split())
    if len(line) < 2:
        return
    start = data.draw(st.integers(0, len(line) - 2))
    run = line[start : data.draw(st.integers(start + 2, len(line)))]
    postings = Postings([indexed(source.encode()).postings])
    assert number in numbers(postings, run, data.draw(st.integers(1, 40)))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


# Where it stands


@pytest.mark.parametrize("url", ["https://www.example.org/", "https://www.example.org/a/b/"])
def test_it_works_wherever_the_site_stands(tmp_path: Path, url: str) -> None:
    made = make_site(tmp_path, {"content/policy/d.md": FILES["content/policy/d.md"]},
                     SITE.replace("https://www.example.org/ruanhuanjing/", url))  # fmt: skip
    assert made.build().good
    base = url.removeprefix("https://www.example.org")
    (answer,) = ask(made.root / "output", [Question("办法")], base)
    assert answer.found == ["policy/d.html"]
    assert all(address.startswith(f"{base}search/") for address, _ in answer.requests)


def test_without_a_script_the_page_leads_to_columns_and_archive(site: Site) -> None:
    shown = page(site, "search/index.html")
    hrefs = shown.hrefs(shown.one("main"))
    base = "/ruanhuanjing/"
    assert {
        f"{base}news/",
        f"{base}news/headlines/",
        f"{base}policy/",
        f"{base}bulletins/tally/",
        f"{base}archive/",
    } <= set(hrefs)
    assert f"{base}archive/#s-year-2026" in hrefs
    assert shown.all("noscript")


def test_every_page_has_a_form_that_leads_there_without_a_script(site: Site) -> None:
    for path in ("index.html", "news/headlines/a.html", "404.html", "bulletins/tally/2026-10.html"):
        form = page(site, path).one("form")
        assert (form.get("action"), form.get("method")) == ("/ruanhuanjing/search/", "get")
        assert [each.get("name") for each in form.iter("input")] == ["q"]


def test_the_script_stands_apart(site: Site) -> None:
    shown = page(site, "search/index.html")
    scripts = [each for each in shown.all("script") if each.get("type") != "application/ld+json"]
    assert len(scripts) == 2  # the one of the search page, and the one of all pages
    assert all(map(is_own_script, scripts))
    assert re.search(r"/static/search-page\.[0-9a-f]{10}\.js$", scripts[-1].get("src", ""))
    assert not any(
        "style" in each.attrib or any(name.startswith("on") for name in each.attrib)
        for each in shown.tree.iter()
    )


def test_search_can_be_turned_off(tmp_path: Path) -> None:
    made = make_site(tmp_path, {"content/policy/d.md": article()}, f"{SITE}search: false\n")
    assert made.build().good
    assert not (tmp_path / "output" / "search").exists()
    assert not page(made, "index.html").all("form")
    made.write({"site.yaml": SITE})
    assert made.build().good
    assert found(made, "正文") == [["d"]]


def test_an_empty_site_has_an_empty_index(tmp_path: Path) -> None:
    made = make_site(tmp_path)
    assert made.build().good
    assert found(made, "正文", "正") == [[], []]
