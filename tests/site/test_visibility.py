"""Visibility: what is hidden exists nowhere in the output; what comes and goes does so on time."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import settings as how
from hypothesis import strategies as st

from softsite.pipeline import Report
from tests.site.look import BASE, HOME, codes, dead, front, good, holding, page, png
from tests.support import SITE, Site, article, make_site

WORD = "密字号甲乙"


def hidden(rows: str, date: str = "2026-11-20 09:30") -> dict[str, str | bytes]:
    """A site with one article that is hidden by these rows, marked everywhere by WORD, and one that is not."""
    more = "\n".join([
        f"tags: [{WORD}签, 共有]", f"summary: {WORD}摘", f"author: {WORD}者", f"editor: {WORD}编", f"source: {WORD}源",
        f"source_url: https://news.example.org/{WORD}", f"image: ../images/{WORD}头.png", f"image_alt: {WORD}图",
        f"correction: [{{date: 2026-11-21, note: {WORD}更}}]", "special: {rank: 1}", "also: [news/county]", rows,
    ])  # fmt: skip
    body = f"{WORD}。\n\n## {WORD}题\n\n![{WORD}](../images/{WORD}.png) [{WORD}](../files/{WORD}.pdf)\n\n[^1]\n\n[^1]: {WORD}"
    return {
        "content/policy/x.md": front(more, body, WORD, date),
        "content/policy/y.md": article("看得见", "2026-11-19", "![](../images/同.png)", tags="共有"),
        "content/policy/z.md": article("更早", "2026-11-18"),
        f"content/images/{WORD}.png": png(1),
        f"content/images/{WORD}头.png": png(2),
        f"content/files/{WORD}.pdf": f"%PDF {WORD}",
        "content/images/同.png": png(3),
    }


STATES = {
    "draft": ("draft: true", "2026-11-20"),
    "future": ("", "2099-01-01"),
    "a minute": ("", "2026-11-23 12:01"),
    "publish": ("publish: 2026-11-23 12:00:01", "2026-11-20"),
    "expires": ("expires: 2026-11-23 12:00:00", "2026-11-20"),
    "expired": ("publish: 2026-11-20\nexpires: 2026-11-21", "2026-11-20"),
    "withdrawn": ("withdrawn: {date: 2026-11-22, reason: 与事实不符}", "2026-11-20"),
    "draft and withdrawn": ("draft: true\nwithdrawn: {date: 2026-11-22, reason: 误}", "2026-11-20"),
    "中文草稿": ("草稿: 是", "2026-11-20"),
}


@pytest.mark.parametrize("state", STATES)
def test_what_is_hidden_exists_nowhere(tmp_path: Path, state: str) -> None:
    rows, date = STATES[state]
    site = make_site(tmp_path, hidden(rows, date))
    good(site.build())
    assert holding(site, WORD) == []
    assert (tmp_path / "output/policy/x.html").exists() == (state == "withdrawn")
    assert (tmp_path / "output/images/同.png").exists()
    assert dead(site) == []


@pytest.mark.parametrize("state", STATES)
def test_what_becomes_hidden_vanishes(tmp_path: Path, state: str) -> None:
    rows, date = STATES[state]
    site = make_site(tmp_path, hidden("aliases: [/old/a.html]"))
    good(site.build())
    assert len(holding(site, WORD)) > 20
    assert (tmp_path / "output/old/a.html").exists()
    site.write(hidden("aliases: [/old/a.html]\n" + rows, date))
    good(site.build())
    assert holding(site, WORD) == []
    assert (tmp_path / "output/old/a.html").exists() == (state == "withdrawn")


def test_what_is_visible_is_everywhere(tmp_path: Path) -> None:
    """The tests above would find it."""
    site = make_site(tmp_path, hidden(""))
    good(site.build())
    found = set(holding(site, WORD))
    assert found >= {
        "index.html", "policy/index.html", "policy/x.html", "policy/y.html", "news/county/index.html", "news/index.html",
        "special/index.html", "archive/2026-11/index.html", "tags/index.html", f"tags/{WORD}签/index.html",
        "tags/共有/index.html", "feed.xml", "atom.xml", "feed.json", "policy/feed.xml", "policy/feed.json",
        f"images/{WORD}.png", f"images/{WORD}头.png", f"files/{WORD}.pdf",
    }  # fmt: skip
    assert f"{HOME}policy/x.html" in site.read("sitemap.xml")


def test_a_hidden_article_is_not_in_the_sitemap_and_counts_nowhere(tmp_path: Path) -> None:
    for state, (rows, date) in STATES.items():
        site = make_site(tmp_path / state, hidden(rows, date))
        good(site.build())
        bare = make_site(
            tmp_path / (state + "0"), {k: v for k, v in hidden("").items() if k != "content/policy/x.md"}
        )
        good(bare.build())
        one, other = site.output(), bare.output()
        for each in (one, other):
            each.pop("policy/x.html", None)
            each.pop(".softsite-files", None)
        assert one == other, state


def test_drafts_are_shown_when_asked_for(tmp_path: Path) -> None:
    site = make_site(tmp_path, hidden("draft: true"))
    good(site.build(drafts=True))
    assert WORD in site.read("policy/x.html")
    good(site.build())
    assert holding(site, WORD) == []


def test_a_withdrawn_article_leaves_a_tombstone(tmp_path: Path) -> None:
    site = make_site(tmp_path, hidden("withdrawn: {date: 2026-11-22, reason: 与事实不符}"))
    good(site.build())
    shown = page(site, "policy/x.html")
    assert "与事实不符" in shown.words()
    assert "2026-11-22" in shown.words()
    assert "撤" in shown.words()
    assert not {"ArticleTitle", "PubDate"} & shown.metas().keys()
    assert "NewsArticle" not in shown.text
    assert "policy/x.html" not in site.read("policy/index.html") + site.read("sitemap.xml") + site.read(
        "index.html"
    )


def test_a_picture_that_something_visible_shows_stays(tmp_path: Path) -> None:
    files = hidden("draft: true") | {"content/policy/y.md": article(body=f"![](../images/{WORD}.png)")}
    site = make_site(tmp_path, files)
    good(site.build())
    assert set(holding(site, WORD)) == {f"images/{WORD}.png", "policy/y.html", "feed.xml", "feed.json", "atom.xml",
                                        "policy/feed.xml", "policy/feed.json", "policy/atom.xml", "index.html",
                                        "policy/index.html", "archive/2026-11/index.html", ".softsite-files",
                                        } & set(holding(site, WORD))  # fmt: skip
    assert (tmp_path / f"output/images/{WORD}.png").exists()


def test_pictures_that_nobody_names_are_not_published(tmp_path: Path) -> None:
    site = make_site(
        tmp_path,
        {"content/policy/a.md": article(), "content/images/x.png": png(), "content/policy/x.txt": "x"},
    )
    site.build()
    assert not (tmp_path / "output/images").exists()
    assert not (tmp_path / "output/policy/x.txt").exists()


def test_pages_of_their_own_obey_the_gate(tmp_path: Path) -> None:
    site = make_site(
        tmp_path,
        {"content/about.md": front("draft: true", WORD, WORD), "content/b.md": article(WORD, "2099-01-01")},
    )
    good(site.build())
    assert holding(site, WORD) == []


def test_a_link_to_what_is_hidden_is_a_problem(tmp_path: Path) -> None:
    site = make_site(
        tmp_path,
        {"content/policy/a.md": front("draft: true"), "content/policy/b.md": article(body="[甲](a.md)")},
    )
    found = site.build().problems
    assert [(each.path, each.line) for each in found] == [("content/policy/b.md", 6)]


def test_another_gate_never_opens_by_the_clock_of_the_machine(tmp_path: Path) -> None:
    """The clock is --as-of, backwards too."""
    site = make_site(tmp_path, hidden("publish: 2020-01-01", "2020-01-01"))
    good(site.build("2019-12-31 23:59:59"))
    assert holding(site, WORD) == []
    good(site.build("2020-01-01 00:00:00"))
    assert holding(site, WORD)
    good(site.build("2019-12-31 23:59:59"))
    assert holding(site, WORD) == []


# Old addresses


def test_aliases_redirect(tmp_path: Path) -> None:
    aliases = "aliases: [/html/2017/1.html, old/2.html, /旧/三.htm, /dir/]"
    site = make_site(tmp_path, {"content/policy/a.md": front(aliases, title="新家")})
    good(site.build())
    for path in ("html/2017/1.html", "old/2.html", "旧/三.htm", "dir/index.html"):
        shown = page(site, path)
        refresh = shown.one("meta", http_equiv="refresh").get("content", "")
        assert refresh.replace(" ", "").endswith(f"url={BASE}policy/a.html")
        assert shown.linked("canonical") == [f"{HOME}policy/a.html"]
        assert f"{BASE}policy/a.html" in shown.hrefs()
        assert path not in site.read("sitemap.xml")
    assert dead(site) == []


@pytest.mark.parametrize("aliases", ["[/policy/b.html]", "[/index.html]", "[/]", "[/policy/]", "[/policy/a.html]", "[/feed.xml]",
                                     "[/news]", "[/policy/b.html/c.html]", "[/POLICY/B.html]", "[/policy/B.html]",
                                     "[/static/style.css/x.html]"])  # fmt: skip
def test_an_alias_that_is_taken_is_a_problem(tmp_path: Path, aliases: str) -> None:
    site = make_site(
        tmp_path, {"content/policy/a.md": front(f"aliases: {aliases}"), "content/policy/b.md": article()}
    )
    if aliases == "[/static/style.css/x.html]":
        good(site.build())
        return
    report = site.build()
    assert not report.good
    assert not (tmp_path / "output").exists()


@pytest.mark.parametrize("alias", [
    "/policy/b.html", "/policy/B.html", "/policy/a.html",
    "/policy/", "/news", "/feed.xml",
    "/policy/b.html/c.html",
])  # fmt: skip
def test_the_problem_of_an_alias_names_its_line(tmp_path: Path, alias: str) -> None:
    site = make_site(
        tmp_path, {"content/policy/a.md": front(f"aliases: [{alias}]"), "content/policy/b.md": article()}
    )
    assert [(each.path, each.line) for each in site.build().problems] == [("content/policy/a.md", 4)]


@pytest.mark.parametrize("alias", ["../x.html", "/../../x.html", "//evil.example.net/x", "https://a.example.net/x", "/a\\..\\b.html",
                                   "/%2e%2e/%2e%2e/x.html", "/a/./b.html", "/x.html?id=1", "/a//b.html", "/.softsite-files",
                                   "/.git/config", "/a\x00b.html", "/con.html/../x"])  # fmt: skip
def test_odd_aliases_stay_inside_or_are_problems(tmp_path: Path, alias: str) -> None:
    import json

    root = tmp_path / "deep/er/site"
    site = make_site(root, {"content/policy/a.md": front(f"aliases: [{json.dumps(alias)}]")})
    site.build()
    outside = [each for each in tmp_path.rglob("*") if each.is_file() and root not in each.parents]
    assert outside == []
    assert not (root / "x.html").exists()
    if (root / "output").exists():
        assert dead(site) == []


def test_two_aliases_of_one_address_are_a_problem(tmp_path: Path) -> None:
    rows = "aliases: [/old.html]"
    site = make_site(tmp_path, {"content/policy/a.md": front(rows), "content/policy/b.md": front(rows)})
    assert "path-taken" in site.codes()


@pytest.mark.parametrize(("one", "other"), [
    ("content/policy/a.md", "content/policy/A.md"),
    ("content/policy/index.md", ""),
    ("content/news/county.md", ""),
    ("content/index.md", ""),
    ("content/404.md", ""),
])  # fmt: skip
def test_two_claims_to_one_path_are_a_problem(tmp_path: Path, one: str, other: str) -> None:
    """Also where only a file system that ignores case would see them as one."""
    files = {one: article("甲")} | ({other: article("乙")} if other else {})
    site = make_site(tmp_path, files)
    if len(list((tmp_path / "content").rglob("*.md"))) < len(files):
        pytest.skip("this file system takes them for one")
    report = site.build()
    if one == "content/news/county.md":
        # /news/county.html and /news/county/: two addresses.
        assert report.good
        return
    assert not report.good, one
    assert not (tmp_path / "output").exists()


# When the site changes by itself


INSTANTS = [f"2026-11-{day:02} {hour}" for day in range(1, 29) for hour in ("00:00", "09:30:15")]
moment = st.sampled_from(INSTANTS)


@st.composite
def gates(draw: st.DrawFn) -> tuple[str, str]:
    """The date of an article, and rows that hide or pick it."""
    rows = []
    if draw(st.booleans()):
        rows.append(f"publish: {draw(moment)}")
    if draw(st.booleans()):
        rows.append(f"expires: {draw(moment)}")
    if draw(st.integers(0, 3)) == 0:
        rows.append("draft: true")
    if draw(st.integers(0, 4)) == 0:
        rows.append(f"withdrawn: {{date: {draw(moment)}, reason: 误}}")
    if draw(st.booleans()):
        parts = [f"{name}: {draw(moment)}" for name in ("from", "until") if draw(st.booleans())]
        rows.append("special: {" + ", ".join([*parts, "rank: 1"]) + "}")
    return draw(moment), "\n".join(rows)


@how(max_examples=30)
@given(articles=st.lists(gates(), min_size=1, max_size=4), as_of=moment)
@example(articles=[("2026-11-10 00:00", "")], as_of="2026-11-01 00:00")
@example(articles=[("2026-11-01 00:00", "special: {until: 2026-11-10 09:30:15}")], as_of="2026-11-05 00:00")
def test_the_next_change_is_when_it_says(tmp_path_factory: pytest.TempPathFactory, articles: list[tuple[str, str]],
                                         as_of: str) -> None:  # fmt: skip
    """One second before, all is as it was; then it is not; and when none is named, none comes."""
    from datetime import datetime, timedelta

    files = {f"content/policy/{n}.md": front(rows or "tags: [甲]", f"正文{n}", f"题{n}", date)
             for n, (date, rows) in enumerate(articles)}  # fmt: skip
    site = make_site(tmp_path_factory.mktemp("next"), files, SITE + "checks: {links: off}\n")
    report = site.build(as_of)
    if not report.good:
        assert set(codes(report.problems)) == {"dates-crossed"}
        return
    before = site.output()
    if not report.next_change_at:
        good(site.build("2030-01-01"))
        assert site.output() == before
        return
    change = datetime.fromisoformat(report.next_change_at)
    assert change > datetime.fromisoformat(as_of + "+08:00")
    eve = _built(site, (change - timedelta(seconds=1)).isoformat(), change)
    assert eve == before
    day = _built(site, change.isoformat(), None)
    # A pick may come or go by the clock where the article itself is hidden.
    assert day != before or any("special" in rows for _, rows in articles)


def _built(site: Site, as_of: str, change: object) -> dict[str, str]:
    report: Report = site.build(as_of)
    good(report)
    if change is not None:
        assert report.next_change_at
    return site.output()
