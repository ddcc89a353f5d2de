"""Promise 3: deleting `.softsite/` changes no output; building twice writes nothing."""

import os
import shutil
from pathlib import Path

import pytest

from tests.site.look import good, many
from tests.support import Site, article

HEADED = "文。\n\n## 小标题\n\n文。"


def stamps(folder: Path) -> dict[str, tuple[int, int, int]]:
    """The number, time and size of every file and folder."""
    found = {}
    for each in [folder, *folder.rglob("*")]:
        status = each.stat()
        found[str(each.relative_to(folder))] = (status.st_ino, status.st_mtime_ns, status.st_size)
    return found


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A built site."""
    made = many(tmp_path / "site", 20)
    good(made.build())
    return made


@pytest.mark.parametrize("jobs", [1, 2])
def test_building_twice_writes_nothing(site: Site, jobs: int) -> None:
    before = stamps(site.root / "output")
    report = site.build(jobs=jobs)
    assert (report.written, report.rendered, report.removed) == (0, 0, 0)
    assert report.unchanged == report.planned
    assert stamps(site.root / "output") == before


def test_deleting_what_is_remembered_changes_no_output(site: Site) -> None:
    before = stamps(site.root / "output")
    shutil.rmtree(site.root / ".softsite")
    report = site.build()
    good(report)
    assert report.written == 0
    assert stamps(site.root / "output") == before


def test_a_clean_build_writes_only_what_differs(site: Site) -> None:
    before = stamps(site.root / "output")
    assert site.build(clean=True).written == 0
    assert stamps(site.root / "output") == before


def test_new_times_write_nothing(site: Site) -> None:
    before = stamps(site.root / "output")
    for each in site.root.rglob("content/**/*"):
        os.utime(each, (1, 1))
    assert site.build().written == 0
    assert stamps(site.root / "output") == before


def test_an_edit_taken_back_is_as_if_it_never_was(site: Site) -> None:
    before = site.output()
    old = (site.root / "content/policy/m2/2.md").read_bytes()
    site.write({"content/policy/m2/2.md": article("别的", body=HEADED, tags="新")})
    good(site.build())
    assert site.output() != before
    site.write({"content/policy/m2/2.md": old})
    good(site.build())
    assert site.output() == before


@pytest.mark.parametrize("damage", [b"", b"\0" * 100, b"{}", b"\xff" * 5000])
def test_a_damaged_memory_is_no_harm(site: Site, damage: bytes) -> None:
    before = site.output()
    for each in sorted((site.root / ".softsite").rglob("*")):
        if each.is_file():
            each.write_bytes(damage)
    good(site.build())
    assert site.output() == before
    site.write({"content/policy/m2/2.md": article("别的", body=HEADED)})
    good(site.build())
    other = Site(site.root.parent / "other")
    shutil.copytree(site.root / "content", other.root / "content")
    shutil.copy(site.root / "site.yaml", other.root)
    good(other.build())
    assert site.output() == other.output()


def test_a_memory_from_another_site_is_no_harm(site: Site, tmp_path: Path) -> None:
    other = many(tmp_path / "other", 20)
    other.write({"content/policy/m2/2.md": article("另一个站的", body=HEADED)})
    good(other.build())
    shutil.rmtree(site.root / ".softsite")
    shutil.copytree(other.root / ".softsite", site.root / ".softsite")
    before = site.output()
    good(site.build())
    assert site.output() == before


def test_a_memory_that_is_a_file_is_a_problem_or_no_harm(site: Site) -> None:
    shutil.rmtree(site.root / ".softsite")
    (site.root / ".softsite").write_text("x")
    before = site.output()
    site.build()
    assert site.output() == before
