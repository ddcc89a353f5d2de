"""A large site whose build fails, or whose builder is killed, leaves nothing behind that stops the next one."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from softsite.read.source import stamp  # noqa: F401 - loads what the child needs before time is taken
from softsite.write import mirror
from tests.support import Site, article, make_site

COMMAND = [sys.executable, "-m", "softsite", "build"]


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A built site that counts as large."""
    monkeypatch.setattr(mirror, "LARGE", 1)
    site = make_site(tmp_path, {f"content/policy/{'长' * 60}{n}.md": article(f"第{n}篇") for n in range(500)})
    assert site.build().good
    return site


def test_a_build_that_fails_before_it_looked_ends(large: Site) -> None:
    """The process that looks at the output is not waited for when nobody wants to know."""
    before = large.output()
    large.write({"content/policy/x.md": article(body="[断](没有.md)")})
    started = time.monotonic()
    assert not large.build().good
    assert time.monotonic() - started < 30
    assert large.output() == before


def test_workers_of_a_killed_build_hold_no_lock(tmp_path: Path) -> None:
    files = {f"content/policy/{n}.md": article(f"第{n}篇", body="正文，很长。\n\n" * 400) for n in range(900)}
    site = make_site(tmp_path, files)
    build = subprocess.Popen([*COMMAND, str(site.root), "--jobs", "2"], stdout=subprocess.DEVNULL)
    time.sleep(1.0)
    build.send_signal(signal.SIGKILL)
    build.wait()
    report = site.build()
    assert [each.code for each in report.problems] == []
    assert report.good


def test_a_piece_that_was_damaged_is_made_again(tmp_path: Path) -> None:
    site = make_site(tmp_path, {f"content/policy/{n}.md": article(f"第{n}篇") for n in range(3)})
    assert site.build().good
    before = site.output()
    for pack in (tmp_path / ".softsite/pieces").iterdir():
        if pack.name != "index":
            pack.write_bytes(bytes(pack.stat().st_size))
    (tmp_path / "output/policy/1.html").unlink()
    assert site.build().good
    assert site.output() == before


def test_capitals_and_crossed_dates(tmp_path: Path) -> None:
    text = "---\nTitle: 甲\nDate: 2026-02-01\nExpires: 2026-01-01\n---\n\n正文。\n"
    assert make_site(tmp_path, {"content/policy/a.md": text}).codes() == ["dates-crossed"]


def test_an_output_that_is_a_link_to_the_content_is_refused(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/policy/a.md": article()})
    os.symlink(tmp_path / "content", tmp_path / "output")
    done = subprocess.run([*COMMAND, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert sorted(path.name for path in (tmp_path / "content").iterdir()) == ["policy"]
    assert site.root.is_dir()


def test_a_report_that_cannot_be_printed_is_no_bug(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/policy/a.md": article()})
    with open("/dev/full", "w") as full:
        done = subprocess.run([*COMMAND, str(site.root)], stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("tag", ["长" * 100, "index.html", "a" * 300])
def test_odd_tags_have_addresses(tmp_path: Path, tag: str) -> None:
    site = make_site(tmp_path, {"content/policy/a.md": article(tags=tag)})
    assert site.build().good
