"""Lists: 特别关注, pages that keep their numbers, and growth that stays linear."""

import time
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st

from tests.site.look import BASE, column_pages, front, good, items, page, titles_in, words
from tests.support import SITE, Site, article, make_site

# 特别关注


def special(site: Site, as_of: str = "2026-11-23 12:00") -> list[str]:
    """The titles of 特别关注 at a moment; the same on its page, beside an article and at home, below the lead."""
    good(site.build(as_of))
    main = page(site, "special/index.html").one("main")
    found = [
        words(each) for heading in ("h2", "h3") for each in main.iter(heading) if each.find("a") is not None
    ]
    lead = words(next(page(site, "index.html").one("article").iter("h2")))
    for path, wanted in (
        ("index.html", [each for each in found if each != lead]),
        ("policy/other.html", found),
    ):
        shown = page(site, path)
        if wanted:
            assert titles_in(shown.section("特别关注"), found) == wanted
        else:
            assert "special" not in {each.get("class") for each in shown.tree.iter("section")}
    return found


def chosen(root: Path, **picks: str) -> Site:
    """A site with picks: the value of `special` by title."""
    files = {f"content/policy/{n}.md": article(title, f"2026-11-{n + 1:02}", special=value)
             for n, (title, value) in enumerate(picks.items())}  # fmt: skip
    return make_site(root, files | {"content/policy/other.md": article("不在内", "2026-11-20")})


def test_special_is_newest_first(tmp_path: Path) -> None:
    assert special(chosen(tmp_path, 甲="true", 乙="true", 丙="true", 丁="false")) == ["丙", "乙", "甲"]


def test_special_shows_ranked_ones_first(tmp_path: Path) -> None:
    site = chosen(tmp_path, 二="{rank: 2}", 一="{rank: 1}", 甲="true", 乙="true", 十="{rank: 10}")
    assert special(site) == ["一", "二", "十", "乙", "甲"]


def test_special_breaks_ties_of_rank_by_time(tmp_path: Path) -> None:
    assert special(chosen(tmp_path, 旧="{rank: 1}", 新="{rank: 1}")) == ["新", "旧"]


@pytest.mark.parametrize(("as_of", "wanted"), [
    ("2026-11-30 23:59:59", ["止于三日", "常在"]),
    ("2026-12-01 00:00", ["起于一日", "止于三日", "常在"]),
    ("2026-12-02 09:59:59", ["起于一日", "止于三日", "常在"]),
    ("2026-12-02 10:00", ["起于一日", "起讫", "止于三日", "常在"]),
    ("2026-12-02 18:00", ["起于一日", "止于三日", "常在"]),
    ("2026-12-03 09:00", ["起于一日", "常在"]),
])  # fmt: skip
def test_special_is_from_and_until(tmp_path: Path, as_of: str, wanted: list[str]) -> None:
    site = chosen(tmp_path, 常在="true", 止于三日="{until: 2026-12-03 09:00}",
                  起讫="{from: 2026-12-02 10:00, until: 2026-12-02 18:00}", 起于一日="{rank: 1, from: 2026-12-01 00:00}")  # fmt: skip
    assert special(site, as_of) == wanted


def test_special_is_as_long_as_the_settings_say(tmp_path: Path) -> None:
    files = {
        f"content/policy/{n:02}.md": article(f"第{n}", f"2026-10-{n + 1:02}", special="true")
        for n in range(13)
    }
    site = make_site(tmp_path, files, SITE + "lists: {special: 4, recent: 5}\n")
    good(site.build())
    known = [f"第{n}" for n in range(13)]
    home = page(site, "index.html")
    assert titles_in(home.section("特别关注"), known) == ["第11", "第10", "第9", "第8"]
    assert len(titles_in(home.section("最近更新"), known)) == 5


def test_a_hidden_pick_is_not_special(tmp_path: Path) -> None:
    site = chosen(tmp_path, 甲="true", 乙="true", 丙="true")
    site.write({
        "content/policy/0.md": front("special: true\ndraft: true", title="甲"),
        "content/policy/1.md": front("special: {rank: 1}\nwithdrawn: {date: 2026-11-02, reason: 误}", title="乙"),
    })  # fmt: skip
    assert special(site) == ["丙"]


# Pages that keep their numbers


def listing(site: Site, column: str) -> dict[str, list[str]]:
    """What each page of a column's list lists."""
    return {path: items(data) for path, data in column_pages(site, column).items()}


@how(max_examples=14)
@given(count=st.integers(0, 130), size=st.sampled_from([1, 2, 3, 7, 20]), data=st.data())
def test_one_more_article_changes_at_most_two_pages(tmp_path_factory: pytest.TempPathFactory, count: int, size: int,
                                                    data: st.DataObject) -> None:  # fmt: skip
    count = min(count, size * 12)
    at_once = data.draw(st.integers(1, 3), label="articles added, one after the other")
    files = {f"content/policy/{n:03}.md": _numbered(n) for n in range(count)}
    site = make_site(tmp_path_factory.mktemp("list"), files, SITE + f"lists: {{page: {size}}}\n")
    good(site.build())
    for n in range(count, count + at_once):
        before = column_pages(site, "policy")
        site.write({f"content/policy/{n:03}.md": _numbered(n)})
        good(site.build())
        after = column_pages(site, "policy")
        _one_each(after, n + 1)
        changed = [path for path in before if path in after and after[path] != before[path]]
        assert len(changed) <= 2, changed
        assert not before.keys() - after.keys()
        assert len(after.keys() - before.keys()) <= 1
        for path in before.keys() - {"policy/index.html"}:
            assert items(after[path]) == items(before[path])
        assert len(items(after["policy/index.html"])) <= 2 * size


def _numbered(n: int) -> str:
    return article(f"第{n}", f"2026-{1 + n // 28:02}-{1 + n % 28:02} 08:00", "文。", tags="甲")


def _one_each(pages: dict[str, bytes], count: int) -> None:
    """Every article stands on exactly one page, newest first over all pages."""
    listed = [href for data in pages.values() for href in items(data)]
    assert listed == [f"{BASE}policy/{n:03}.html" for n in reversed(range(count))]


def test_all_lists_keep_their_numbers(tmp_path: Path) -> None:
    """The column above, the tag, the month: their old pages stay as they were too."""
    files = {
        f"content/news/county/{n:02}.md": article(f"第{n}", f"2026-10-01 08:{n:02}", tags="甲、乙")
        for n in range(50)
    }
    site = make_site(tmp_path, files, SITE + "lists: {page: 5}\n")
    good(site.build())
    folders = ("news", "news/county", "tags/甲", "archive/2026-10")
    before = {folder: column_pages(site, folder) for folder in folders}
    site.write({"content/news/county/50.md": article("第50", "2026-10-01 09:00", tags="甲、乙")})
    good(site.build())
    for folder in folders:
        after = column_pages(site, folder)
        assert sum(map(len, map(items, after.values()))) == 51
        assert sum(after[path] != data for path, data in before[folder].items()) <= 2, folder
        assert len(after) > 8


def test_the_pages_of_a_list_link_to_each_other(tmp_path: Path) -> None:
    files = {f"content/policy/{n:02}.md": article(f"第{n}", f"2026-10-01 08:{n:02}") for n in range(23)}
    site = make_site(tmp_path, files, SITE + "lists: {page: 5}\n")
    good(site.build())
    pages = list(column_pages(site, "policy"))
    for newer, older in pairwise(pages):
        back = [unquote(each.get("href", "")) for each in page(site, older).all("a", rel="prev")]
        assert back == [BASE + newer.removesuffix("index.html")]
    canonicals = {page(site, path).linked("canonical")[0] for path in pages}
    assert len(canonicals) == len(pages)
    titles = {words(page(site, path).one("title")) for path in pages}
    assert len(titles) == len(pages)


# Growth


@pytest.fixture(scope="module")
def sizes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Site]:
    """Sites of 500 and 4,000 articles in one column, which all share a tag."""
    return _crowd(tmp_path_factory.mktemp("small"), 500), _crowd(tmp_path_factory.mktemp("large"), 4000)


def _crowd(root: Path, count: int) -> Site:
    files = {
        f"content/policy/{n % 20}/{n}.md": article(
            f"第{n}",
            f"20{10 + n % 16}-{1 + n % 12:02}-{1 + n % 28:02}",
            "文。",
            tags=f"共有、标签{n % 50}",
            special="true",
        )
        for n in range(count)
    }
    site = make_site(root, files)
    good(site.build(jobs=2))
    return site


def test_planning_grows_with_the_number_of_articles(sizes: tuple[Site, Site]) -> None:
    """Eight times as many articles may take twenty times as long, not sixty-four times."""
    small, large = (_seconds_of_planning(site) for site in sizes)
    assert large < 20 * small + 0.3


def _seconds_of_planning(site: Site) -> float:
    """The least of three times that a build takes which plans all and reads and draws little."""
    times = []
    for n in range(3):
        site.write({"content/policy/0/0.md": article(f"改题{n}", "2010-01-01", "文。", tags="共有、标签0")})
        started = time.process_time()
        report = site.build()
        times.append(time.process_time() - started)
        good(report)
    return min(times)


def test_a_new_title_redraws_few_pages(sizes: tuple[Site, Site]) -> None:
    """Its own page, its neighbours, those it is related to, its lists and feeds; and the shards of a group in the search index."""
    for site in sizes:
        site.write({"content/policy/0/0.md": article("又改题", "2010-01-01", "文。", tags="共有、标签0")})
        report = site.build()
        assert 1 <= report.written <= 100 + 128
