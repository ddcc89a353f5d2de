"""Promise 5: everything is planned before anything is written; what is wrong names file and line."""

from pathlib import Path

import pytest

from tests.site.look import front, good, png
from tests.support import SITE, Site, article, make_site

GOOD: dict[str, str | bytes] = {
    "content/policy/a.md": article("甲", body="## 有的\n\n文。"),
    "content/policy/b.md": article("乙", body="[甲](a.md#有的) ![图](../images/a.png)"),
    "content/images/a.png": png(),
}

WRONG: dict[str, tuple[str, str | bytes, int | None]] = {
    "dead link": ("content/policy/c.md", article(body="文。\n\n见 [甲](没有.md)。"), 8),
    "dead link out of the column": ("content/policy/c.md", article(body="[甲](../news/没有.md)"), 6),
    "dead link in HTML": ("content/policy/c.md", article(body='文。\n\n<a href="没有.md">甲</a>'), 8),
    "dead reference": ("content/policy/c.md", article(body="[甲][1]\n\n[1]: 没有.md"), 8),
    "dead anchor": ("content/policy/c.md", article(body="一\n\n二\n\n[甲](a.md#没有的)"), 10),
    "dead anchor here": ("content/policy/c.md", article(body="[甲](#没有的)"), 6),
    "missing picture": ("content/policy/c.md", article(body="一\n\n![图](../images/没有.png)"), 8),
    "missing picture of another letter case": (
        "content/policy/c.md",
        article(body="![图](../images/A.png)"),
        6,
    ),
    "missing attachment": ("content/policy/c.md", article(body="[表](表.pdf)"), 6),
    "missing picture of front matter": ("content/policy/c.md", front("image: 没有.png"), 4),
    "claimed twice": ("content/policy/c.md", front("aliases: [/policy/a.html]"), 4),
    "no such column": ("content/policy/c.md", front("also: [nowhere]"), 4),
    "no such folder": ("content/nowhere/c.md", article(), 0),
    "unknown key": ("content/policy/c.md", front("sumary: x"), 4),
    "no title": ("content/policy/c.md", "---\ndate: 2026-01-01\n---\n\nx\n", None),
    "template error": ("templates/article.html", "一\n二\n{% if %}", 3),
    "template error while drawing": ("templates/article.html", "一\n{{ page.nothing.nothing }}", 2),
    "template error while drawing a part": ("templates/parts/footer.html", "{{ 1 / 0 }}", None),
    "template that asks for another": ("templates/404.html", "{% extends 'none.html' %}", None),
    "template that is not text": ("templates/404.html", b"\x81\xff\x00\xff\xfe", None),
    "site.yaml": ("site.yaml", SITE + "columms: []\n", None),
    "no url": ("site.yaml", SITE.replace("https://www.example.org/ruanhuanjing/", "not-a-url"), 2),
}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site that was good."""
    made = make_site(tmp_path, GOOD)
    good(made.build())
    return made


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("name", WRONG)
def test_nothing_is_published_when_anything_is_wrong(site: Site, name: str, jobs: int) -> None:
    path, text, line = WRONG[name]
    before = site.output()
    # A good edit at the same time: it must not be published alone.
    site.write({"content/policy/a.md": article("新题", body="## 有的\n\n新文。"), path: text})
    report = site.build(jobs=jobs)
    assert not report.good
    assert (report.written, report.removed) == (0, 0)
    assert site.output() == before
    assert path in {each.path for each in report.problems}
    if line is not None:
        assert [(each.path, each.line) for each in report.problems if each.severity == "error"] == [
            (path, line)
        ]


@pytest.mark.parametrize(
    "name", ["dead link", "template error", "template error while drawing", "no url", "claimed twice"]
)
def test_nothing_is_made_when_the_first_build_is_wrong(tmp_path: Path, name: str) -> None:
    path, text, _ = WRONG[name]
    site = make_site(tmp_path, {**GOOD, path: text})
    assert not site.build().good
    assert not (tmp_path / "output").exists()
    assert sorted(each.name for each in tmp_path.iterdir()) in (
        sorted(["site.yaml", "content", ".softsite", *(["templates"] if "template" in path else [])]),
        sorted(["site.yaml", "content", *(["templates"] if "template" in path else [])]),
    )


@pytest.mark.parametrize("name", ["dead link", "template error while drawing", "no url"])
def test_when_it_is_mended_all_is_well(site: Site, name: str, tmp_path: Path) -> None:
    path, text, _ = WRONG[name]
    held = (site.root / path).read_bytes() if (site.root / path).exists() else None
    before = site.output()
    site.write({path: text})
    assert not site.build().good
    if held is None:
        (site.root / path).unlink()
    else:
        (site.root / path).write_bytes(held)
    good(site.build())
    assert site.output() == before


def test_a_picture_deleted_from_a_page_that_stays_is_found(site: Site) -> None:
    """The page that names it did not change."""
    (site.root / "content/images/a.png").unlink()
    assert [(each.path, each.line) for each in site.build().problems] == [("content/policy/b.md", 6)]


def test_a_heading_renamed_under_a_link_is_found(site: Site) -> None:
    site.write({"content/policy/a.md": article("甲", body="## 改了的\n\n文。")})
    assert [(each.path, each.line) for each in site.build().problems] == [("content/policy/b.md", 6)]


def test_an_article_hidden_by_the_clock_under_a_link_is_found(site: Site) -> None:
    site.write({"content/policy/a.md": front("expires: 2026-12-01", "## 有的")})
    good(site.build("2026-11-30"))
    before = site.output()
    assert [(each.path, each.line) for each in site.build("2026-12-02").problems] == [
        ("content/policy/b.md", 6)
    ]
    assert site.output() == before


def test_warnings_do_not_hold_a_build_back(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/policy/c.md": article(body="[甲](没有.md) ![](没有.png)")},
                     SITE + "checks: {links: warn, images: warn}\n")  # fmt: skip
    report = site.build()
    assert report.good
    assert [(each.line, each.severity) for each in report.problems] == [(6, "warning"), (6, "warning")]
    again = site.build()
    assert again.problems == report.problems
    assert again.written == 0


def test_checks_may_be_off(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/policy/c.md": article(body="[甲](没有.md) ![](没有.png)")},
                     SITE + "checks: {links: off, images: off}\n")  # fmt: skip
    good(site.build())
