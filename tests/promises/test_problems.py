"""Promise 9: content problems are values, collected from every file and printed at once, sorted."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.site.look import codes, front, good
from tests.support import SITE, Site, article, make_site

REPOSITORY = Path(__file__).parents[2]
WRONG: dict[str, str | bytes] = {
    "content/policy/b.md": "---\ntitel: x\ndate: 2026-13-45\nsumary: y\n---\n\n[甲](没有.md)\n",
    "content/policy/a.md": article(body="![图](没有.png)\n\n[甲](没有.md)"),
    "content/nowhere/c.md": article(),
    "content/news/county/d.md": "no front matter",
    "content/news/county/e.md": b"---\ntitle: \x81\xff\x00\n---\n",
    "content/policy/f.md": front("draft: perhaps\ntitle: 又一个"),
}


def run(site: Site, *options: str) -> "subprocess.CompletedProcess[str]":
    """Runs the command."""
    return subprocess.run(
        [sys.executable, "-m", "softsite", "build", str(site.root), *options], capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
    )  # fmt: skip


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site where much is wrong."""
    return make_site(tmp_path_factory.mktemp("wrong"), WRONG)


def test_the_problems_of_all_files_come_in_one_run(wrong: Site) -> None:
    found = wrong.build().problems
    assert {each.path for each in found} == set(WRONG)
    assert [(each.line, each.path) for each in found if each.path == "content/policy/a.md"] == [
        (6, "content/policy/a.md"), (8, "content/policy/a.md")
    ]  # fmt: skip
    assert {(each.path, each.line) for each in found if each.path == "content/policy/b.md"} >= {
        ("content/policy/b.md", 2), ("content/policy/b.md", 3), ("content/policy/b.md", 4)
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: 甲\ndate: 2026-02-30\n---\n\n[甲](没有.md)\n",
        "---\ntitle: 甲\ndate: 2026-02-20\n---\n\n[甲](C:\\\\表.docx) [乙](没有.md)\n",
    ],
)
def test_links_are_checked_in_an_article_with_another_error(tmp_path: Path, text: str) -> None:
    site = make_site(tmp_path, {"content/policy/a.md": text})
    assert len(site.build().problems) == 2


def test_a_link_to_a_broken_article_is_no_fault(tmp_path: Path) -> None:
    """The article is there; its own fault is told."""
    files = {
        "content/policy/a.md": front("draft: perhaps"),
        "content/policy/b.md": article(body="[甲](a.md) [乙](a.md#小标题)"),
    }
    assert [each.path for each in make_site(tmp_path, files).build().problems] == ["content/policy/a.md"]


def test_links_are_checked_in_all_files_at_once(tmp_path: Path) -> None:
    site = make_site(
        tmp_path, {f"content/policy/{n}.md": article(body="[甲](没有.md)\n\n![](没有.png)") for n in range(3)}
    )
    assert [(each.path, each.line) for each in site.build().problems] == [
        (f"content/policy/{n}.md", line) for n in range(3) for line in (6, 8)
    ]


def test_problems_are_sorted_and_the_same_for_any_number_of_workers(wrong: Site) -> None:
    found = wrong.build().problems
    places = [(each.path, each.line, each.column) for each in found]
    assert places == sorted(places)
    for jobs in (1, 2, 3):
        assert wrong.build(jobs=jobs, clean=True).problems == found


def test_problems_are_remembered_by_an_incremental_build(wrong: Site) -> None:
    assert wrong.build().problems == wrong.build().problems


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_problems_are_printed_with_their_place(wrong: Site, lang: str) -> None:
    done = run(wrong, "--lang", lang)
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    for place in ("content/policy/b.md:2:1", "content/policy/b.md:3:", "content/policy/b.md:4:1"):
        assert place in done.stdout, place
    assert "titel" in done.stdout
    assert "\x1b" not in done.stdout


def test_problems_are_json_by_the_contracts_names(wrong: Site) -> None:
    done = run(wrong, "--format", "json")
    assert done.returncode == 1
    found = json.loads(done.stdout)
    assert found["problems"]
    for each in found["problems"]:
        assert {"code", "path", "line", "column", "message", "hint"} <= each.keys()
        assert isinstance(each["line"], int)
        assert isinstance(each["column"], int)
        assert each["message"]
        assert each["code"]
    english = json.loads(run(wrong, "--format", "json", "--lang", "en").stdout)["problems"]
    assert [each["code"] for each in english] == [each["code"] for each in found["problems"]]
    for each in english:
        own = re.sub("“[^”]*”|`[^`]*`|没有[.](?:md|png)", "", each["message"])
        assert own.isascii(), each["message"]


def test_messages_use_the_editors_own_word(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/policy/a.md": "---\n标题: x\n日期: 2026-13-45\n---\n\nx\n",
                                "content/policy/b.md": "---\ntitle: x\ndate: 2026-13-45\n---\n\nx\n",
                                "content/policy/c.md": "---\n標題: x\n時間: 2026-13-45\n---\n\nx\n"})  # fmt: skip
    said = {
        each["path"]: each["message"] for each in json.loads(run(site, "--format", "json").stdout)["problems"]
    }
    assert "日期" in said["content/policy/a.md"]
    assert "date" in said["content/policy/b.md"]
    assert "時間" in said["content/policy/c.md"]


def test_crossed_dates_have_a_line(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/policy/a.md": front("publish: 2026-12-02\nexpires: 2026-12-01")})
    assert [each.line for each in site.build().problems] in ([4], [5])


def test_a_fault_of_ours_is_not_a_problem_of_the_content(tmp_path: Path) -> None:
    """What is odd but not wrong builds."""
    site = make_site(tmp_path, {"content/policy/a.md": article("'{x} {% y %} {0} %s'")}, SITE)
    good(site.build())
    assert "{x} {% y %} {0} %s" in site.read("policy/a.html")
    assert codes(site.build().problems) == []
