"""Promise 1: same inputs, same bytes: any number of workers, any order of files, any machine."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.bulletins import some
from tests.pictures import jpeg
from tests.site.look import good, many
from tests.support import AS_OF, Site, article, tree

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site that uses everything, built by one worker."""
    photos = {f"content/images/{n}.jpg": jpeg(500 + 100 * n, 400, n) for n in range(3)}
    shown = article("照片", body="\n\n".join(f"![图 {n}](../images/{n}.jpg)" for n in range(3)))
    made = many(tmp_path_factory.mktemp("same"), 60, {**some(), **photos, "content/policy/照片.md": shown})
    good(made.build())
    return made


def copied(site: Site, to: Path, seed: int = 0) -> Site:
    """The same files in another folder, created in another order, with other times."""
    files = [
        each
        for each in site.root.rglob("*")
        if each.is_file() and not {"output", ".softsite"} & set(each.parts)
    ]
    random.Random(seed).shuffle(files)
    for n, each in enumerate(files):
        target = to / each.relative_to(site.root)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(each, target)
        os.utime(target, (n, n))
    return Site(to)


def command(
    root: Path,
    *options: str,
    cwd: Path | None = None,
    umask: int = 0o022,
    variables: Mapping[str, str] | None = None,
) -> str:
    """Builds in a process of its own."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(REPOSITORY), **(variables or {})}
    done = subprocess.run(
        [sys.executable, "-m", "softsite", "build", str(root), "--as-of", AS_OF, *options],
        env=environment, cwd=cwd or root.parent, umask=umask, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("jobs", [2, 3, 7])
def test_any_number_of_workers(site: Site, tmp_path: Path, jobs: int) -> None:
    other = copied(site, tmp_path / "site")
    good(other.build(jobs=jobs))
    assert other.output() == site.output()


@pytest.mark.parametrize("seed", [1, 2])
def test_any_order_of_files(site: Site, tmp_path: Path, seed: int) -> None:
    other = copied(site, tmp_path / "site", seed)
    good(other.build())
    assert other.output() == site.output()


@pytest.mark.parametrize("variables", [
    {"TZ": "America/St_Johns", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    {"TZ": "Pacific/Kiritimati", "LANG": "C.UTF-8", "PYTHONHASHSEED": "2", "HOME": "/nonexistent", "USER": "x", "LOGNAME": "x"},
    {"TZ": ":broken", "LANG": "zh_CN.GB18030", "LC_ALL": "POSIX", "PYTHONHASHSEED": "3", "COLUMNS": "20"},
    {"PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONOPTIMIZE": "2", "PYTHONDONTWRITEBYTECODE": "1"},
])  # fmt: skip
def test_any_environment(site: Site, tmp_path: Path, variables: dict[str, str]) -> None:
    other = copied(site, tmp_path / "another path" / "网站 'x'", seed=3)
    command(other.root, variables=variables)
    assert other.output() == site.output()


def test_a_locale_that_is_not_utf_8(site: Site, tmp_path: Path) -> None:
    other = copied(site, tmp_path / "site")
    command(other.root, variables={"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "POSIX"})
    assert other.output() == site.output()


def test_any_umask_and_folder(site: Site, tmp_path: Path) -> None:
    for n, umask in enumerate((0o000, 0o077, 0o027)):
        other = copied(site, tmp_path / str(n), seed=n)
        command(Path() if n == 1 else other.root, cwd=other.root, umask=umask)
        assert other.output() == site.output()


def test_any_output_folder(site: Site, tmp_path: Path) -> None:
    other = copied(site, tmp_path / "site")
    command(other.root, "--output", "elsewhere/deep", "--jobs", "2", cwd=tmp_path)
    assert tree(tmp_path / "elsewhere/deep") == site.output()
    assert not (other.root / "output").exists()


def test_any_moment_of_the_machine(site: Site, tmp_path: Path) -> None:
    """No wall clock reaches an output: one second later, and files dated in the future."""
    import time

    other = copied(site, tmp_path / "site")
    for each in other.root.rglob("*.md"):
        os.utime(each, (4_000_000_000, 4_000_000_000))
    time.sleep(1.1)
    good(other.build())
    assert other.output() == site.output()


def test_a_rebuild_is_as_the_first_build(site: Site, tmp_path: Path) -> None:
    other = copied(site, tmp_path / "site")
    for clean, jobs in ((False, 2), (True, 1), (True, 3)):
        good(other.build(clean=clean, jobs=jobs))
        assert other.output() == site.output()


def test_text_files_end_in_one_newline_convention(site: Site) -> None:
    """No carriage return comes from the machine."""
    for each in (site.root / "output").rglob("*"):
        if each.suffix in {".html", ".xml", ".json", ".txt", ".css"}:
            assert b"\r" not in each.read_bytes(), each
