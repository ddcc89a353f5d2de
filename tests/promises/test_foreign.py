"""Promise 8: `output/` holds only what softsite planned; a file it does not own is reported and left alone."""

import os
import shutil
from pathlib import Path

import pytest

from tests.site.look import codes, good, many
from tests.support import Site, article, make_site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A built site."""
    made = make_site(
        tmp_path / "site",
        {"content/policy/a.md": article("甲", tags="标"), "content/policy/b.md": article("乙")},
    )
    good(made.build())
    return made


FOREIGN = (
    "CNAME",
    "policy/mine.txt",
    ".htaccess",
    "own/deep/x.html",
    "policy/feed.xml.bak",
    "新.html",
    ".well-known/security.txt",
)


def test_foreign_files_are_reported_and_left_alone(site: Site) -> None:
    site.write({f"output/{path}": "我的" for path in FOREIGN})
    for change in ("", "新题"):
        if change:
            site.write({"content/policy/a.md": article(change)})
        report = site.build()
        assert report.good
        assert {each.path for each in report.problems} == {f"output/{path}" for path in FOREIGN}
        assert {each.severity for each in report.problems} == {"warning"}
        for path in FOREIGN:
            assert (site.root / "output" / path).read_text(encoding="utf-8") == "我的"


@pytest.mark.parametrize("forget", [True, False])
def test_a_foreign_file_is_never_overwritten(site: Site, forget: bool) -> None:
    """It stands where a new page is to be."""
    site.write({"output/policy/c.html": "我的"})
    if forget:
        shutil.rmtree(site.root / ".softsite")
    before = site.output()
    site.write({"content/policy/c.md": article("丙")})
    report = site.build()
    assert not report.good
    assert [(each.code, each.path) for each in report.problems] == [
        ("output-foreign", "output/policy/c.html")
    ]
    assert site.output() == before
    (site.root / "output/policy/c.html").unlink()
    good(site.build())
    assert "丙" in site.read("policy/c.html")


def test_a_foreign_output_is_never_taken_over(tmp_path: Path) -> None:
    site = make_site(
        tmp_path,
        {"content/policy/a.md": article(), "output/index.html": "我的首页", "output/x/y.txt": "我的"},
    )
    before = site.output()
    assert not site.build().good
    assert site.output() == before
    assert not site.build(clean=True).good
    assert site.output() == before


def test_a_foreign_file_in_the_way_of_a_folder(site: Site) -> None:
    site.write(
        {
            "output/later": "我的",
            "site.yaml": (site.root / "site.yaml").read_text(encoding="utf-8")
            + "  - {slug: later, name: 后}\n",
        }
    )
    before = site.output()
    report = site.build()
    assert not report.good
    assert site.output() == before
    assert "output/later" in {each.path for each in report.problems}


@pytest.mark.parametrize("empty", [True, False])
def test_a_foreign_folder_in_the_way_of_a_file(site: Site, empty: bool) -> None:
    site.write({"output/policy/c.html/mine.txt": "我的", "content/policy/c.md": article("丙")})
    if empty:
        (site.root / "output/policy/c.html/mine.txt").unlink()
    before = site.output()
    report = site.build()
    assert not report.good
    assert site.output() == before
    assert any(each.path.startswith("output/policy/c.html") for each in report.problems)


def test_folders_that_softsite_did_not_make_stay(site: Site) -> None:
    (site.root / "output/empty").mkdir()
    (site.root / "content/policy/b.md").unlink()
    site.build()
    assert (site.root / "output/empty").is_dir()
    assert not (site.root / "output/policy/b.html").exists()


def test_links_in_the_output_are_not_followed(site: Site, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.html").write_text("我的")
    (outside / "c.html").write_text("我的")
    (site.root / "output/link").symlink_to(outside)
    (site.root / "output/policy/c.html").symlink_to(outside / "c.html")
    site.write({"content/policy/c.md": article("丙")})
    report = site.build()
    assert not report.good
    assert (outside / "c.html").read_text() == "我的"
    (site.root / "output/policy/c.html").unlink()
    assert site.build().good
    assert (site.root / "output/link").is_symlink()
    assert sorted(os.listdir(outside)) == ["a.html", "c.html"]


def test_an_own_folder_turned_into_a_link_is_not_followed(site: Site, tmp_path: Path) -> None:
    """Somebody moved output/policy elsewhere and linked to it: nothing outside the output is written or deleted."""
    outside = tmp_path / "outside"
    os.rename(site.root / "output/policy", outside)
    (site.root / "output/policy").symlink_to(outside)
    (outside / "b.html").write_text("我的")
    (site.root / "content/policy/b.md").unlink()
    site.write({"content/policy/a.md": article("改题")})
    site.build()
    assert (outside / "b.html").read_text() == "我的"
    assert "改题" not in (outside / "a.html").read_text(encoding="utf-8")


def test_what_is_no_longer_planned_is_removed_with_its_folders(tmp_path: Path) -> None:
    site = many(tmp_path, 20)
    good(site.build())
    shutil.rmtree(site.root / "content")
    site.write({"content/policy/one.md": article("一")})
    report = site.build()
    good(report)
    assert report.removed > 20
    other = make_site(
        tmp_path / "other",
        {"content/policy/one.md": article("一")},
        (site.root / "site.yaml").read_text(encoding="utf-8"),
    )
    good(other.build())
    assert site.output() == other.output()
    assert not [
        each for each in (site.root / "output").rglob("*") if each.is_dir() and not any(each.iterdir())
    ]


def test_all_that_is_there_is_planned(tmp_path: Path) -> None:
    site = many(tmp_path, 20)
    report = site.build()
    files = [each for each in site.output() if each != ".softsite-files"]
    assert len(files) == report.planned == report.written


@pytest.mark.parametrize(
    "inside", [".", "content", "content/policy", "templates", ".softsite", ".softsite/x", ".."]
)
def test_the_output_never_lies_over_the_sources(site: Site, inside: str) -> None:
    import subprocess
    import sys

    (site.root / "templates").mkdir()
    before = {path: digest for path, digest in _tree(site.root).items() if not path.startswith(".softsite/")}
    done = subprocess.run(
        [sys.executable, "-m", "softsite", "build", str(site.root), "--output", str(site.root / inside)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in {1, 2}
    assert "Traceback" not in done.stderr
    assert {
        path: digest for path, digest in _tree(site.root).items() if not path.startswith(".softsite/")
    } == before


def _tree(folder: Path) -> dict[str, str]:
    from tests.support import tree

    return tree(folder)


def test_the_codes_say_which(site: Site) -> None:
    site.write({"output/mine.txt": "我的"})
    assert codes(site.build().problems) == ["output-left"]
