"""The command: its report, its exit status, its speed."""

import json
import os
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.support import AS_OF, Site, article, make_site, tree

REPOSITORY = Path(__file__).parents[2]
KEYS = {"planned", "rendered", "written", "unchanged", "removed", "seconds", "next_change_at", "problems"}


def softsite(*arguments: str, cwd: Path | None = None) -> "subprocess.CompletedProcess[str]":
    """Runs the command as a shell does."""
    return subprocess.run(
        [sys.executable, "-m", "softsite", *arguments], capture_output=True, text=True, check=False, cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
    )  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A small site, with an article that is due later."""
    return make_site(
        tmp_path / "site",
        {"content/policy/a.md": article(), "content/policy/b.md": article("后", "2026-12-01 08:00")},
    )


def test_the_report_has_the_contracts_keys(site: Site) -> None:
    first = json.loads(softsite("build", str(site.root), "--format", "json", "--as-of", AS_OF).stdout)
    assert first.keys() >= KEYS
    assert first["planned"] == first["written"] > 20
    assert (first["unchanged"], first["removed"], first["problems"]) == (0, 0, [])
    assert first["next_change_at"] == "2026-12-01T08:00:00+08:00"
    assert isinstance(first["seconds"], float)
    second = json.loads(softsite("build", str(site.root), "--format", "json", "--as-of", AS_OF).stdout)
    assert (second["written"], second["rendered"], second["unchanged"]) == (0, 0, first["planned"])
    (site.root / "content/policy/a.md").unlink()
    third = json.loads(softsite("build", str(site.root), "--format", "json", "--as-of", "2027-01-01").stdout)
    assert third["removed"] >= 1
    assert third["next_change_at"] is None
    assert third["planned"] == third["written"] + third["unchanged"]


def test_the_report_of_a_failed_build_has_them_too(site: Site) -> None:
    site.write({"content/policy/a.md": "x"})
    done = softsite("build", str(site.root), "--format", "json")
    assert done.returncode == 1
    found = json.loads(done.stdout)
    assert found.keys() >= KEYS
    assert found["written"] == 0
    assert found["problems"]


def test_exit_status_0_when_all_is_good(site: Site) -> None:
    assert softsite("build", str(site.root)).returncode == 0
    assert softsite("build", cwd=site.root).returncode == 0


@pytest.mark.parametrize("arguments", [
    ["build", "--as-of", "yesterday"], ["build", "--as-of", "2026-02-30"], ["build", "--jobs", "x"], ["build", "--jobs", "-1"],
    ["build", "--nothing"], ["nothing"], [], ["build", "--format", "xml"], ["build", "a", "b"],
])  # fmt: skip
def test_exit_status_2_for_wrong_use(site: Site, arguments: list[str]) -> None:
    done = softsite(*arguments, cwd=site.root)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr
    assert not (site.root / "output").exists()


@pytest.mark.parametrize("folder", ["nowhere", "site/content"])
def test_a_folder_without_a_site_is_left_as_it_is(site: Site, folder: str) -> None:
    softsite("build", str(site.root.parent / folder))
    assert not (site.root.parent / folder / ".softsite").exists()


@pytest.mark.parametrize("folder", ["nowhere", "site/content", "site/site.yaml"])
def test_a_folder_without_a_site_is_said(site: Site, folder: str) -> None:
    done = softsite("build", str(site.root.parent / folder))
    assert done.returncode in {1, 2}
    assert "site.yaml" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_but_lines_in_a_pipe(site: Site) -> None:
    done = softsite("build", str(site.root))
    assert not done.stderr
    assert "\r" not in done.stdout
    assert "\x1b" not in done.stdout
    assert done.stdout.endswith("\n")


def test_a_closed_pipe_is_no_fault(site: Site) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "softsite", "build", str(site.root)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert process.wait() in {0, 1}
    assert b"Traceback" not in said
    assert b"Exception ignored" not in said


def test_help_names_the_commands_and_options() -> None:
    assert "build" in softsite("--help").stdout
    said = softsite("build", "--help").stdout
    for option in ("--output", "--as-of", "--jobs", "--clean", "--drafts", "--format", "--lang"):
        assert option in said


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_small_questions_are_answered_at_once(option: str) -> None:
    times = []
    for _ in range(3):
        started = time.perf_counter()
        assert softsite(option).returncode == 0
        times.append(time.perf_counter() - started)
    assert min(times) < 0.3


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["build", "SITE"]])
def test_nothing_is_loaded_that_is_not_needed(site: Site, arguments: list[str]) -> None:
    """Neither for help, nor for a build with nothing to do."""
    softsite("build", str(site.root), "--as-of", AS_OF)
    words = [str(site.root) if each == "SITE" else each for each in arguments]
    words += ["--as-of", AS_OF] if "build" in words else []
    look = (
        "import sys\nfrom softsite.cli import main\n"
        f"try:\n    main({words!r})\nexcept SystemExit:\n    pass\n"
        "print(sorted({'markdown', 'numpy', 'jinja2', 'feedgen', 'PIL', 'nh3', 'pygments', 'lxml'} & sys.modules.keys()), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True,
                          env={**os.environ, "PYTHONPATH": str(REPOSITORY)})  # fmt: skip
    assert done.stderr.strip() == "[]"


@pytest.mark.skipif(find_spec("softsite.commands.init") is None, reason="softsite init comes later")
def test_a_new_site_builds(tmp_path: Path) -> None:
    made = softsite("init", str(tmp_path / "new"))
    assert made.returncode == 0, made.stdout + made.stderr
    built = softsite("build", str(tmp_path / "new"), "--format", "json")
    assert built.returncode == 0, built.stdout
    assert json.loads(built.stdout)["planned"] > 20
    before = tree(tmp_path / "new")
    again = softsite("init", str(tmp_path / "new"))
    assert again.returncode != 0
    assert "Traceback" not in again.stderr
    assert tree(tmp_path / "new") == before
