"""Links: paths between files come out as addresses of the site; what leads nowhere is told, with its line."""

from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from tests.read.sites import FOLDER, LATER, LONG_LISTS, PNG, built, matter, shown
from tests.support import SITE, article, make_site
from tests.text.pages import part, tree

BASE = "/ruanhuanjing"
TARGET = "content/news/county/2017-11-02-某事.md"
OTHERS: dict[str, str | bytes] = {
    TARGET: article(
        title="某事",
        body="## 小标题\n\n正文。\n\n### 一、要求（试行）\n\n正文。\n\n## Plan B: start\n\n正文。",
    ),
    "content/about.md": "---\ntitle: 关于\n---\n\n## 地址\n\n正文。\n",
    f"{FOLDER}/图 1.png": PNG,
    "content/images/p.png": PNG,
}
FORM: dict[str, str | bytes] = {f"{FOLDER}/表.docx": PNG}  # where nothing links to it, that is a warning
SOMETHING = f"{BASE}/news/county/2017-11-02-{quote('某事')}.html"

# What is written, and the address and fragment (both decoded) that come out.
GOOD = [
    ("../county/2017-11-02-某事.md", f"{BASE}/news/county/2017-11-02-某事.html", ""),
    ("../county/2017-11-02-某事.md#小标题", f"{BASE}/news/county/2017-11-02-某事.html", "小标题"),
    ("../county/2017-11-02-%E6%9F%90%E4%BA%8B.md#%E5%B0%8F%E6%A0%87%E9%A2%98", f"{BASE}/news/county/2017-11-02-某事.html", "小标题"),
    ("./../county/../county/2017-11-02-某事.md", f"{BASE}/news/county/2017-11-02-某事.html", ""),
    ("<../county/2017-11-02-某事.md>", f"{BASE}/news/county/2017-11-02-某事.html", ""),
    ('../county/2017-11-02-某事.md "题"', f"{BASE}/news/county/2017-11-02-某事.html", ""),
    ("../../about.md", f"{BASE}/about.html", ""),
    ("../../about.md#地址", f"{BASE}/about.html", "地址"),
    ("#本文", None, "本文"),
    ("表.docx", f"{BASE}/news/headlines/表.docx", ""),
    ("<图 1.png>", f"{BASE}/news/headlines/图 1.png", ""),
    ("图%201.png", f"{BASE}/news/headlines/图 1.png", ""),
    ("../../images/p.png", f"{BASE}/images/p.png", ""),
    ("https://www.example.com/a?b=c&d=e#f", "https://www.example.com/a?b=c&d=e", "f"),
    ("HTTPS://www.example.com/", "HTTPS://www.example.com/", ""),
    ("mailto:a@example.com", "mailto:a@example.com", ""),
    ("tel:0431-84251234", "tel:0431-84251234", ""),
]  # fmt: skip


@pytest.mark.parametrize(("written", "address", "fragment"), GOOD, ids=[each[0] for each in GOOD])
def test_links_come_out_as_addresses(
    tmp_path: Path, written: str, address: str | None, fragment: str
) -> None:
    files = {**OTHERS, **(FORM if "docx" in written else {})}
    found = built(tmp_path, {"a": article(body=f"## 本文\n\n见[那里]({written})。")}, files=files)
    assert not found.problems, shown(found.problems)
    link = next(a for a in part(found.page("a")).iter("a") if "".join(a.itertext()) == "那里")
    href, _, mark = str(link.get("href")).partition("#")
    assert unquote(href) == (address or "")
    assert unquote(mark) == fragment
    if address and address.startswith(BASE):
        assert (tmp_path / "output" / unquote(href)[len(BASE) + 1 :]).is_file()
        assert href.isascii()
        assert " " not in href


def test_fragments_are_the_ids_of_headings(tmp_path: Path) -> None:
    """Written as the heading reads, or as its id: both find it."""
    names = ["小标题", "一、要求（试行）", "一要求试行", "Plan B: start"]
    body = "\n\n".join(f"[{n}](<../county/2017-11-02-某事.md#{name}>)" for n, name in enumerate(names))
    found = built(tmp_path, {"a": article(body=body)}, files=OTHERS)
    assert not found.problems, shown(found.problems)
    ids = {
        each.get("id")
        for each in tree(found.site.read("news/county/2017-11-02-某事.html")).iter()
        if each.get("id")
    }
    for n in range(len(names)):
        link = next(a for a in part(found.page("a")).iter("a") if "".join(a.itertext()) == str(n))
        assert unquote(str(link.get("href"))).partition("#")[2] in ids


def test_the_site_at_the_root_of_its_host(tmp_path: Path) -> None:
    settings = LONG_LISTS.replace("/ruanhuanjing/", "/")
    found = built(
        tmp_path,
        {"a": article(body="[甲](../county/2017-11-02-某事.md) ![乙](../../images/p.png)")},
        settings,
        files=OTHERS,
    )
    assert f'href="/news/county/2017-11-02-{quote("某事")}.html"' in found.page("a")
    assert 'src="/images/p.png"' in found.page("a")


def test_every_address_of_every_page_is_there(tmp_path: Path) -> None:
    """No link of the finished site leads nowhere, and nothing is fetched from elsewhere."""
    texts = {
        f"a{n}": article(title=f"第 {n} 篇", body=f"[甲]({written})", tags="甲，乙", special="true")
        for n, (written, _, mark) in enumerate(GOOD)
        if not mark
    }
    found = built(tmp_path, texts, files={**OTHERS, **FORM})
    assert not found.problems, shown(found.problems)
    output = tmp_path / "output"
    for page in sorted(output.rglob("*.html")):
        for element in tree(page.read_text(encoding="utf-8")).iter():
            for name in ("href", "src", "poster"):
                address = unquote(str(element.get(name, "")).partition("#")[0].partition("?")[0])
                if address.startswith("/"):
                    inside = address[len(BASE) + 1 :]
                    assert address.startswith(f"{BASE}/"), (page, address)
                    assert (
                        output / inside / "index.html"
                        if not inside or inside.endswith("/")
                        else output / inside
                    ).is_file(), (page, address)
                elif name != "href":
                    assert not address, (page, address)


def test_links_in_raw_html_and_reference_form(tmp_path: Path) -> None:
    body = '<p><a href="../county/2017-11-02-某事.md#小标题">甲</a></p>\n\n[乙][x] <img src="../../images/p.png" alt="">\n\n[x]: ../county/2017-11-02-某事.md'
    found = built(tmp_path, {"a": article(body=body)}, files=OTHERS)
    assert not found.problems, shown(found.problems)
    assert found.items["a"]["content_html"].count(f'href="https://www.example.org{SOMETHING}') == 2
    assert 'src="/ruanhuanjing/images/p.png"' in found.page("a")


def test_feeds_have_whole_addresses(tmp_path: Path) -> None:
    found = built(
        tmp_path,
        {
            "a": article(
                body="## 本文\n\n[甲](../county/2017-11-02-某事.md#小标题) [乙](#本文) ![丙](../../images/p.png)"
            )
        },
        files=OTHERS,
    )
    content = found.items["a"]["content_html"]
    assert f'href="https://www.example.org{SOMETHING}#' in content
    assert f'href="https://www.example.org{BASE}/news/headlines/a.html#' in content
    assert f'src="https://www.example.org{BASE}/images/p.png"' in content


# What leads nowhere. Each stands in line 8 of its file.

DEAD = [
    "[甲](x.md)", "[甲](../county/x.md)", "[甲](../county/2017-11-02-某事.html)x[乙](y.md)", "[甲](../../../../etc/passwd.md)", "[甲](/nowhere/x.md)", "[甲](x.md#y)", "[甲](../county/2017-11-02-某事.md#没有)", "[甲](#没有)", "[甲](x.docx)",
    "[甲](x.pdf)", "![甲](x.png)", "![甲](../images/p.png)", "![甲](x.mp4)", '<img src="x.png">', '<a href="x.md">甲</a>', '<video src="x.mp4"></video>', '<audio src="x.mp3"></audio>', '<video poster="x.png"></video>',
    "[甲][乙]\n\n[乙]: x.md", "![甲][乙]\n\n[乙]: x.png", "| a |\n|---|\n| [甲](x.md) |", "- 甲\n    - [甲](x.md)", "> [甲](x.md)", "甲[^1]\n\n[^1]: [乙](x.md)", "**[甲](x.md)**", "[![甲](x.png)](https://www.example.com/)", "[甲](x.MD)",
    "[甲](../county/2017-11-02-某事)", "[甲](x)", "[甲](x/)", "[甲](<x y.md>)", "[甲](../county/)x[乙](x.md)",
]  # fmt: skip


@pytest.fixture(scope="module")
def dead(tmp_path_factory: pytest.TempPathFactory) -> dict[int, list[tuple[str, int]]]:
    texts = {
        f"d{n}": f"---\ntitle: 甲\ndate: 2017-11-27\n---\n第一段。\n\n第二段。\n{'' if text[:1] in '|->' else '见'}{text}\n"
        for n, text in enumerate(DEAD)
    }
    texts = {
        name: text.replace("第二段。\n|", "\n|").replace("第二段。\n-", "\n-").replace("第二段。\n>", "\n>")
        for name, text in texts.items()
    }
    found = built(tmp_path_factory.mktemp("dead"), texts, files=OTHERS)
    by_article: dict[int, list[tuple[str, int]]] = {}
    for each in found.problems:
        if "/d" in each.path:
            by_article.setdefault(int(each.path.rsplit("/d", 1)[1][:-3]), []).append(
                (each.severity, each.line)
            )
    return by_article


@pytest.mark.parametrize(("n", "text"), list(enumerate(DEAD)), ids=DEAD)
def test_what_leads_nowhere_is_told_with_its_line(
    dead: dict[int, list[tuple[str, int]]], n: int, text: str
) -> None:
    line = {
        "[甲][乙]\n\n[乙]: x.md": 10,
        "![甲][乙]\n\n[乙]: x.png": 10,
        "甲[^1]\n\n[^1]: [乙](x.md)": 10,
        "| a |\n|---|\n| [甲](x.md) |": 10,
        "- 甲\n    - [甲](x.md)": 9,
    }.get(text, 8)
    assert ("error", line) in dead.get(n, []), dead.get(n)
    assert all(severity == "error" for severity, _ in dead[n])


def test_the_same_dead_link_twice_is_told_twice_or_once(tmp_path: Path) -> None:
    found = built(tmp_path, {"a": article(body="[甲](x.md)\n\n[乙](x.md)")})
    assert found.problems
    assert found.problems[0].line == 6


def test_a_dead_link_that_also_stands_in_the_text_has_the_line_of_the_link(tmp_path: Path) -> None:
    found = built(tmp_path, {"a": article(body="文件 x.md 已移走。\n\n[甲](x.md)")})
    assert [each.line for each in found.problems] == [8]


@pytest.mark.parametrize(
    ("state", "head"),
    [
        ("draft", "draft: true"),
        ("future", "publish: 2035-01-01"),
        ("expired", "expires: 2018-01-01"),
        ("later", "publish: 2035-01-01\nexpires: 2036-01-01"),
    ],
)
def test_a_link_to_what_is_not_visible_is_a_problem(tmp_path: Path, state: str, head: str) -> None:
    found = built(
        tmp_path, {"a": article(body="见[乙](b.md)。"), "b": matter(f"title: 乙\ndate: 2017-11-27\n{head}")}
    )
    assert [(each.path, each.line, each.severity) for each in found.problems] == [
        (f"{FOLDER}/a.md", 6, "error")
    ], state
    site = found.site
    site.write({f"{FOLDER}/b.md": matter("title: 乙\ndate: 2017-11-27")})
    assert site.build(LATER).good


def test_a_link_to_a_withdrawn_article_stands(tmp_path: Path) -> None:
    """Its page is still there, and says why the text is not."""
    found = built(
        tmp_path,
        {
            "a": article(body="见[乙](b.md)。"),
            "b": matter("title: 乙\ndate: 2017-11-27\nwithdrawn: {date: 2018-01-01, reason: 失实}"),
        },
    )
    assert not found.problems


def test_what_a_draft_links_to_is_nobodys_problem_yet(tmp_path: Path) -> None:
    """Or it is, but then it is told; either way a draft never holds back the site's pages without a word."""
    found = built(tmp_path, {"a": article(), "b": article(body="[甲](x.md)", draft="true")})
    assert found.items or found.problems


@pytest.mark.parametrize(
    ("checks", "severity"), [("links: warn", "warning"), ("links: off", None), ("links: error", "error")]
)
def test_checks_of_links(tmp_path: Path, checks: str, severity: str | None) -> None:
    site = make_site(
        tmp_path, {f"{FOLDER}/a.md": article(body="[甲](x.md) [乙](#没有)")}, f"{SITE}checks: {{{checks}}}\n"
    )
    report = site.build(LATER)
    assert report.good == (severity != "error")
    assert {each.severity for each in report.problems} == ({severity} if severity else set())
    if severity != "error":
        assert "甲" in site.read("news/headlines/a.html")


@pytest.mark.parametrize(
    ("checks", "severity"), [("images: warn", "warning"), ("images: off", None), ("images: error", "error")]
)
def test_checks_of_pictures(tmp_path: Path, checks: str, severity: str | None) -> None:
    site = make_site(
        tmp_path,
        {f"{FOLDER}/a.md": article(body="![甲](x.png) ![乙](https://cdn.example.com/a.png)")},
        f"{SITE}checks: {{{checks}}}\n",
    )
    report = site.build(LATER)
    assert report.good == (severity != "error")
    assert {each.severity for each in report.problems} == ({severity} if severity else set())


def test_checks_are_separate(tmp_path: Path) -> None:
    site = make_site(
        tmp_path,
        {f"{FOLDER}/a.md": article(body="[甲](x.md) ![乙](没有这张图.png)")},
        f"{SITE}checks: {{links: off}}\n",
    )
    assert [each.code for each in site.build(LATER).problems] == ["image-dead"]


def test_nothing_is_loaded_from_other_hosts_even_when_checks_are_off(tmp_path: Path) -> None:
    body = '![甲](https://cdn.example.com/a.png) <img src="//cdn.example.com/b.png"> <video src="http://cdn.example.com/c.mp4" poster="//cdn.example.com/d.png"></video>'
    site = make_site(
        tmp_path, {f"{FOLDER}/a.md": article(body=body)}, f"{SITE}checks: {{links: off, images: off}}\n"
    )
    assert site.build(LATER).good
    assert "cdn.example.com" not in site.read("news/headlines/a.html")


@pytest.mark.parametrize("folder", [FOLDER, "content/policy"])
def test_nothing_is_proposed_that_only_shares_the_folder(tmp_path: Path, folder: str) -> None:
    site = make_site(tmp_path, {f"{folder}/a.md": article(body="[甲](没有.md)")})
    assert site.codes(LATER) == ["link-dead"]


LOCAL = ["C:\\表.docx", "c:/表.docx", "file:///C:/表.docx", "file://表.docx", "FILE:///home/a.docx"]


@pytest.mark.parametrize("written", LOCAL)
@pytest.mark.parametrize("checks", ["", "checks: {links: off, images: off}\n"])
def test_a_path_of_the_editors_own_computer(tmp_path: Path, written: str, checks: str) -> None:
    """A reader cannot open it: an error whatever is checked."""
    site = make_site(tmp_path, {f"{FOLDER}/a.md": article(body=f"见[表](<{written}>)。")}, SITE + checks)
    problems = site.build(LATER).problems
    assert [(each.code, each.severity, each.line) for each in problems] == [("link-local", "error", 6)]


def test_an_address_without_its_scheme(tmp_path: Path) -> None:
    found = built(tmp_path, {"a": article(body="见[那里](www.example.com/甲)。")})
    assert [(each.code, each.line) for each in found.problems] == [("link-scheme", 6)]


@pytest.mark.parametrize("suggested", [("[甲](b.md)", "B.md"), ("![甲](p.PNG)", "p.png")])
def test_what_is_proposed_can_be_typed(tmp_path: Path, suggested: tuple[str, str]) -> None:
    """A proposal is written as a link of this file would be."""
    text, near = suggested
    files: dict[str, str | bytes] = {
        "content/news/county/c.md": article(),
        f"{FOLDER}/p.png": PNG,
        f"{FOLDER}/B.md": article(),
    }
    found = built(tmp_path, {"a": article(body=text)}, files=files)
    from softsite.problems import as_text

    assert len(found.problems) == 1
    said = as_text(found.problems[0], "zh")
    assert f"{near}" in said
    assert f"news/headlines/{near}" not in said
