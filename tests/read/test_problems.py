"""Problems: where they are, in which language, in which form, and with what exit status."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.read.sites import FOLDER, LATER, built, command, matter, shown
from tests.support import SITE, article, make_site

BAD = {
    f"{FOLDER}/a.md": matter("标题：甲\n标题：乙\n日期：2017-02-30\n作着：某人"),
    f"{FOLDER}/b.md": matter("title: 乙\ndate: 2017-11-27", "第一段。\n\n[断](nowhere.md) ![无](no.png)"),
    "content/policy/c.md": matter("日期：2017-11-27\n草稿：也许"),
}


def test_place_line_and_corrected_line(tmp_path: Path) -> None:
    found = built(
        tmp_path,
        {"a": matter("标题：甲\n标题：乙\n日期：2017-02-30\n作着：某人\n同时发布：[policy，polisy]")},
    )
    places = {each.code: (each.path, each.line, each.column, each.text, each.fix) for each in found.problems}
    path = f"{FOLDER}/a.md"
    assert places["key-repeated"][:4] == (path, 3, 1, "标题：乙")
    assert places["date-impossible"] == (path, 4, 4, "日期：2017-02-30", "日期：2017-02-28")
    assert places["key-similar"] == (path, 5, 1, "作着：某人", "作者：某人")
    assert places["column-unknown"][:4] == (path, 6, 14, "同时发布：[policy，polisy]")


def test_corrected_line_of_a_column(tmp_path: Path) -> None:
    found = built(tmp_path, {"a": matter("标题：甲\n日期：2017-11-27\n同时发布：[policy，polisy]")})
    assert [each.fix for each in found.problems] == ["同时发布：[policy，policy]"]


@pytest.mark.parametrize(
    ("written", "field", "meant"),
    [("标题:甲", "title", "甲"), ("日期:2017-11-27 17:42", "date_published", "2017-11-27T17:42:00+08:00")],
)
def test_ascii_colon_without_a_blank(tmp_path: Path, written: str, field: str, meant: str) -> None:
    """What Chinese editors type most: read as meant."""
    other = "日期：2017-11-27" if written.startswith("标题") else "标题：甲"
    found = built(tmp_path, {"a": matter(f"{other}\n{written}")})
    assert not found.problems, shown(found.problems)
    assert found.items["a"][field] == meant


@pytest.mark.parametrize("first", [
    " 来源：某报",
    "\u3000来源：某报",
    "来源：某报",
])  # fmt: skip
def test_no_line_of_the_front_matter_is_lost(tmp_path: Path, first: str) -> None:
    found = built(tmp_path, {"a": matter(f"{first}\n标题：甲\n日期：2017-11-27")})
    assert found.problems or "某报" in found.page("a")


@pytest.mark.parametrize("indent", [" ", "  ", "\u3000", "\t"])
def test_an_indented_key_is_no_part_of_the_title(tmp_path: Path, indent: str) -> None:
    """YAML itself calls `a: b` above ` c: d` an error."""
    found = built(tmp_path, {"a": matter(f"日期：2017-11-27\n标题：甲\n{indent}来源：某报")})
    assert [(each.code, each.line, each.fix) for each in found.problems] == [("yaml-indent", 4, "来源：某报")]


@pytest.mark.parametrize("text", ["摘要： #话题#", "摘要：#话题#", "摘要: #话题#"])
def test_a_value_that_begins_with_a_hash(tmp_path: Path, text: str) -> None:
    found = built(tmp_path, {"a": matter(f"标题：甲\n日期：2017-11-27\n{text}")})
    assert not found.problems, shown(found.problems)
    assert found.items["a"]["summary"] == "#话题#"


def test_a_comment_is_no_value(tmp_path: Path) -> None:
    found = built(tmp_path, {"a": matter("标题：甲 # 说明\n日期：2017-11-27")})
    assert [(each.code, each.line, each.severity) for each in found.problems] == [
        ("value-comment", 2, "warning")
    ]
    assert found.items["a"]["title"] == "甲"


@pytest.mark.parametrize(
    "head",
    [
        '标题："甲\n日期：2017-11-27',
        "标提：甲\n日期：2017-11-27",
        "标题：甲\n日其：2017-11-27",
        "标题：[甲, 乙\n来源：某报",
        "标题：\n日期：2017-11-27\n关键词：[甲",
    ],
)
def test_what_cannot_be_read_is_not_called_missing(tmp_path: Path, head: str) -> None:
    found = built(tmp_path, {"a": matter(head)})
    assert found.problems
    assert not {"key-missing", "value-empty"} & {each.code for each in found.problems}, shown(found.problems)


def test_a_date_that_is_not_understood_has_no_corrected_line(tmp_path: Path) -> None:
    found = built(
        tmp_path, {"a": matter("标题：甲\n日期：前天下午"), "b": matter("标题：乙\n日期：2017-02-30")}
    )
    assert [(each.code, each.fix) for each in found.problems] == [
        ("date-form", ""), ("date-impossible", "日期：2017-02-28")
    ]  # fmt: skip


def test_a_bracket_that_is_not_closed(tmp_path: Path) -> None:
    found = built(tmp_path, {"a": matter("标题：甲\n日期：2017-11-27\n关键词：[甲, 乙")})
    assert [(each.code, each.line) for each in found.problems] == [("bracket-open", 4)], shown(found.problems)


def test_crossed_dates_have_a_line(tmp_path: Path) -> None:
    found = built(
        tmp_path, {"a": matter("标题：甲\n日期：2017-11-27\n定时发布：2030-01-02\n下线时间：2030-01-01")}
    )
    assert [each.line for each in found.problems] == [5]


def test_the_corrected_line_of_a_date_keeps_its_time(tmp_path: Path) -> None:
    found = built(tmp_path, {"a": matter("标题：甲\n日期：2017-02-30 17:42")})
    assert [each.fix for each in found.problems] == ["日期：2017-02-28 17:42"]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_places_do_not_depend_on_encoding(tmp_path: Path, ends: str, encoding: str) -> None:
    text = matter("标题：甲\n日期：2017-02-30", "第一段。\n\n见[断](x.md)。").replace("\n", ends)
    found = built(tmp_path, {"a": text.encode(encoding)})
    assert [(p.line, p.column, p.text) for p in found.problems if p.code == "date-impossible"] == [
        (3, 4, "日期：2017-02-30")
    ]


def test_front_matter_problems_of_all_files_in_one_run(tmp_path: Path) -> None:
    texts = {f"a{n:03}": matter(f"标题：甲\n日期：2017-02-30\n作着：{n}") for n in range(60)}
    found = built(tmp_path, texts)
    assert len(found.problems) == 120
    assert found.problems == sorted(found.problems, key=lambda p: (p.path, p.line, p.column))


def test_link_problems_of_all_files_in_one_run(tmp_path: Path) -> None:
    texts = {
        f"a{n:03}": matter("标题：甲\n日期：2017-11-27", "[断](x.md)\n\n![无](x.png)\n\n[无](#无)")
        for n in range(30)
    }
    found = built(tmp_path, texts)
    assert len(found.problems) == 90
    assert {(p.line) for p in found.problems} == {6, 8, 10}


def test_problems_do_not_depend_on_the_number_of_processes(tmp_path: Path) -> None:
    files = {
        f"{FOLDER}/a{n}.md": matter("标题：甲\n日期：2017-11-27\n作着：某", "[断](x.md)") for n in range(60)
    }
    site = make_site(tmp_path, files, SITE)
    assert site.build(jobs=1).problems == site.build(jobs=3).problems


# The command


def test_english(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_site(tmp_path, BAD)
    status, said, errors = command(capsys, "build", str(tmp_path), "--lang", "en", "--jobs", "1")
    assert (status, errors) == (1, "")
    assert f"{FOLDER}/a.md:4:4: error: `日期`: there is no such date as “2017-02-30”" in said
    assert "should be: 日期：2017-02-28" in said
    assert "`标题` is given twice, first in line 2" in said
    assert "did you mean `作者`?" in said
    own = [line for line in said.splitlines() if ": error: " in line]
    assert own
    assert not any(word in line for line in own for word in ("错误", "没有", "缺少"))


def test_every_message_has_both_languages_and_its_facts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_site(tmp_path, BAD)
    for lang in ("zh", "en"):
        _, said, _ = command(capsys, "build", str(tmp_path), "--lang", lang, "--jobs", "1")
        assert "{" not in said
        assert "Traceback" not in said


def test_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_site(tmp_path, BAD)
    status, said, errors = command(capsys, "build", str(tmp_path), "--format", "json", "--jobs", "1")
    assert (status, errors) == (1, "")
    report = json.loads(said)
    assert {
        "planned",
        "rendered",
        "written",
        "unchanged",
        "removed",
        "seconds",
        "next_change_at",
        "problems",
    } <= set(report)
    for each in report["problems"]:
        assert {"code", "path", "line", "column", "message", "hint"} <= set(each)
        assert isinstance(each["line"], int)
        assert each["message"]
    date = next(each for each in report["problems"] if each["code"] == "date-impossible")
    assert (date["path"], date["line"], date["column"]) == (f"{FOLDER}/a.md", 4, 4)
    english = json.loads(command(capsys, "build", str(tmp_path), "--format", "json", "--lang", "en")[1])
    assert [each["code"] for each in english["problems"]] == [each["code"] for each in report["problems"]]
    assert [each["message"] for each in english["problems"]] != [
        each["message"] for each in report["problems"]
    ]


def test_json_of_a_good_build(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_site(tmp_path, {f"{FOLDER}/a.md": article(publish="2026-12-01", date="2026-11-20")})
    status, said, _ = command(capsys, "build", str(tmp_path), "--format", "json", "--as-of", "2026-11-23")
    report = json.loads(said)
    assert status == 0
    assert len(said.splitlines()) == 1
    assert report["problems"] == []
    assert report["next_change_at"].startswith("2026-12-01T00:00:00+08:00")
    assert report["written"] == report["planned"] > 0


@pytest.mark.parametrize("arguments", [
    [], ["bulid"], ["build", "--no-such-option"], ["build", "--jobs", "many"], ["build", "--jobs", "-1"],
    ["build", "--as-of", "yesterday"], ["build", "--as-of", "2026-02-30"], ["build", "--format", "xml"],
    ["build", "--lang", "fr"], ["build", "a", "b"],
])  # fmt: skip
def test_wrong_use_is_2(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
                        arguments: list[str]) -> None:  # fmt: skip
    make_site(tmp_path)
    monkeypatch.chdir(tmp_path)
    status, said, errors = command(capsys, *arguments)
    assert status == 2
    assert errors
    assert "Traceback" not in said + errors
    assert not (tmp_path / "output").exists()


def test_good_is_0_and_the_folder_is_the_current_one(tmp_path: Path, capsys: pytest.CaptureFixture[str],
                                                     monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    make_site(tmp_path, {f"{FOLDER}/a.md": article()})
    monkeypatch.chdir(tmp_path)
    assert command(capsys, "build")[0] == 0
    assert (tmp_path / "output/index.html").exists()


def test_a_warning_is_no_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_site(tmp_path, {f"{FOLDER}/a.md": article(body="[断](x.md)")}, f"{SITE}checks: {{links: warn}}\n")
    status, said, _ = command(capsys, "build", str(tmp_path))
    assert status == 0
    assert "x.md" in said


def test_no_site_here(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        status, said, errors = command(capsys, "build", str(folder))
        assert status in (1, 2)
        assert "site.yaml" in said + errors


def test_a_mistyped_folder_is_not_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command(capsys, "build", str(tmp_path / "nowhere"))
    assert not (tmp_path / "nowhere").exists()


def test_a_bug_of_ours_is_3(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is raised inside: status 3, one line, no traceback, the old output as it was."""
    make_site(tmp_path, {f"{FOLDER}/a.md": article()})
    assert command(capsys, "build", str(tmp_path))[0] == 0
    before = (tmp_path / "output/index.html").read_bytes()

    def broken(options: object) -> int:
        raise ZeroDivisionError(str(options)[:0] + "on purpose")

    monkeypatch.setattr("softsite.commands.build.run", broken)
    monkeypatch.delenv("SOFTSITE_DEBUG", raising=False)
    status, said, errors = command(capsys, "build", str(tmp_path))
    assert status == 3
    assert "on purpose" in errors
    assert "Traceback" not in said + errors
    assert (tmp_path / "output/index.html").read_bytes() == before


def test_in_a_pipe_and_in_the_c_locale(tmp_path: Path) -> None:
    """Chinese messages on a stream that can only take ASCII are not an error of their own."""
    make_site(tmp_path, BAD)
    environment = {
        "PATH": os.environ["PATH"],
        "LC_ALL": "C",
        "PYTHONIOENCODING": "ascii",
        "PYTHONPATH": os.getcwd(),
    }
    done = subprocess.run([sys.executable, "-m", "softsite", "build", str(tmp_path), "--as-of", LATER],
                          capture_output=True, env=environment, check=False, timeout=60)  # fmt: skip
    assert done.returncode == 1
    assert b"Traceback" not in done.stdout + done.stderr
    assert b"a.md:4:4" in done.stdout
    assert b"\r" not in done.stdout
