"""Promise 7: a failed or killed build leaves the last good output whole; the next build repairs everything."""

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.promises import faults
from tests.promises.faults import Turn
from tests.site.look import codes, front, good, png
from tests.support import AS_OF, SITE, Site, article, make_site, tree

REPOSITORY = Path(__file__).parents[2]

FIRST: dict[str, str | bytes] = {
    "site.yaml": SITE,
    "content/policy/a.md": front(
        "aliases: [/k.html, /old/1.html]\ntags: [甲]", "![图](../images/a.png)", "甲"
    ),
    "content/policy/gone.md": article("要删的", tags="乙"),
    "content/policy/same.md": article("不变的", "2020-01-01"),
    "content/news/county/b.md": article("乙", special="true"),
    "content/images/a.png": png(1),
}
SECOND: dict[str, str | bytes] = {
    "content/policy/a.md": front(
        "aliases: [/k.html/z.html, /old/2.html]\ntags: [丙]", "![图](../images/a.png)", "改题"
    ),
    "content/policy/gone.md": b"",
    "content/policy/new.md": article("新的", "2026-11-22", tags="丙"),
    "content/images/a.png": png(2),
    "templates/static/style.css": "body { color: #111 }",
}


@pytest.fixture(scope="module")
def turn(tmp_path_factory: pytest.TempPathFactory) -> Turn:
    """A site between two versions."""
    return Turn(tmp_path_factory.mktemp("turn"), FIRST, SECOND)


def points(turn: Turn, count: int, seed: int = 1) -> list[int]:
    """At which of its changes a build is to be hit: the first, the last, and some between."""
    turn.begin()
    total = faults.changes(turn.site)
    assert total > 20
    if count >= total:
        return list(range(1, total + 1))
    return sorted({1, 2, total, *random.Random(seed).sample(range(1, total + 1), count - 3)})


def _killed(turn: Turn, count: int) -> None:
    for at in points(turn, count):
        turn.begin()
        assert faults.ended(faults.start(turn.site, at, faults.die)) == -signal.SIGKILL
        assert turn.torn() == [], at
        assert turn.mended(), at


def test_a_kill_at_any_change_tears_nothing_and_is_mended(turn: Turn) -> None:
    _killed(turn, 12)


@pytest.mark.soak
def test_a_kill_at_every_change_tears_nothing_and_is_mended(turn: Turn) -> None:
    _killed(turn, 10_000)


def test_a_kill_of_the_first_build_is_mended(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", {path: text for path, text in FIRST.items() if path != "site.yaml"})
    other = make_site(tmp_path / "other", {path: text for path, text in FIRST.items() if path != "site.yaml"})
    good(other.build())
    for at in (1, 2, 5, 12, 30, 40, 41, 42):
        shutil.rmtree(site.root / ".softsite", ignore_errors=True)
        shutil.rmtree(site.root / "output", ignore_errors=True)
        faults.ended(faults.start(site, at, faults.die))
        good(site.build())
        assert site.output() == other.output(), at


def _failed(turn: Turn, count: int) -> None:
    for at in points(turn, count, seed=2):
        turn.begin()
        ended = faults.ended(faults.start(turn.site, at, faults.full))
        assert ended in {faults.GOOD, faults.PROBLEMS}, at
        assert turn.torn() == [], at
        if ended == faults.GOOD:
            assert tree(turn.site.root / "output") == turn.new
        assert turn.mended(), at


def test_a_disk_that_fails_at_any_change_is_a_problem_and_tears_nothing(turn: Turn) -> None:
    _failed(turn, 10)


@pytest.mark.soak
def test_a_disk_that_fails_at_every_change_is_a_problem_and_tears_nothing(turn: Turn) -> None:
    _failed(turn, 10_000)


def _killed_at_random(turn: Turn, count: int, jobs: int) -> None:
    """Kills the process that was started, and looks at once."""
    chance = random.Random(jobs)
    for _ in range(count):
        turn.begin()
        process = subprocess.Popen(
            [sys.executable, "-m", "softsite", "build", str(turn.site.root), "--as-of", AS_OF, "--jobs", str(jobs)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        )  # fmt: skip
        time.sleep(chance.uniform(0.02, 0.3))
        process.kill()
        process.wait()
        assert turn.torn() == []
        assert turn.mended()


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_kill_at_random_tears_nothing_and_is_mended(turn: Turn, jobs: int) -> None:
    _killed_at_random(turn, 4, jobs)


@pytest.mark.soak
@pytest.mark.parametrize("jobs", [1, 2, 4])
def test_two_hundred_kills_at_random(turn: Turn, jobs: int) -> None:
    _killed_at_random(turn, 200, jobs)


# A machine that says no


def run(site: Site, *options: str, largest: int | None = None) -> "subprocess.CompletedProcess[str]":
    """Builds in a process of its own, which may write files of at most `largest` bytes."""

    def limit() -> None:
        if largest is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    return subprocess.run(
        [sys.executable, "-m", "softsite", "build", str(site.root), "--as-of", AS_OF, *options],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)}, capture_output=True, text=True, check=False, preexec_fn=limit,
    )  # fmt: skip


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("largest", [20, 3000, 40_000])
def test_a_build_that_cannot_write_changes_nothing(tmp_path: Path, jobs: str, largest: int) -> None:
    site = make_site(tmp_path, {f"content/policy/{n}.md": article(f"旧{n}") for n in range(9)})
    good(site.build())
    before = site.output()
    site.write({f"content/policy/{n}.md": article(f"新{n}", body="长文。" * 20_000) for n in range(9)})
    done = run(site, "--jobs", jobs, largest=largest)
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert site.output() == before
    good(site.build())
    assert "新3" in site.read("policy/3.html")


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Path]:
    """A disk of 600 kB."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no right to mount")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("inside", ["", "site"])
def test_a_full_disk_changes_nothing(tmp_path: Path, tiny: Path, inside: str) -> None:
    site = make_site(tmp_path / "site", {f"content/policy/{n}.md": article(f"旧{n}") for n in range(3)})
    output = tiny / inside
    assert run(site, "--output", str(output)).returncode == 0
    before = tree(output)
    site.write({f"content/policy/{n}.md": article(f"新{n}", body="长文。" * 20_000) for n in range(9)})
    done = run(site, "--output", str(output))
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert tree(output) == before
    for n in range(3, 9):
        (site.root / f"content/policy/{n}.md").unlink()
    site.write({f"content/policy/{n}.md": article(f"短{n}") for n in range(3)})
    assert run(site, "--output", str(output)).returncode == 0
    assert "短1" in (output / "policy/1.html").read_text(encoding="utf-8")


def test_an_output_that_is_a_file_is_a_problem(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/policy/a.md": article(), "output": "我的"})
    assert not site.build().good
    assert (tmp_path / "output").read_text(encoding="utf-8") == "我的"


@pytest.mark.parametrize("signal_", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupted_build_changes_nothing_much(turn: Turn, signal_: signal.Signals) -> None:
    turn.begin()
    process = subprocess.Popen(
        [sys.executable, "-m", "softsite", "build", str(turn.site.root), "--as-of", AS_OF, "--jobs", "2"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(REPOSITORY)}, text=True,
    )  # fmt: skip
    time.sleep(0.12)
    process.send_signal(signal_)
    _, said = process.communicate()
    if process.returncode > 0:
        assert "Traceback" not in said
    assert turn.torn() == []
    assert turn.mended()


# Two at once; readers


def test_two_builds_at_once(turn: Turn) -> None:
    """The second says so, and harms neither."""
    turn.begin()
    first = faults.start(turn.site, 9, faults.stop)
    os.waitpid(first, os.WUNTRACED)
    try:
        before = tree(turn.site.root / "output")
        report = turn.site.build()
        assert codes(report.problems) == ["build-running"]
        assert not report.good
        assert tree(turn.site.root / "output") == before
    finally:
        os.kill(first, signal.SIGCONT)
    assert faults.ended(first) == faults.GOOD
    assert tree(turn.site.root / "output") == turn.new
    assert turn.mended()


def test_a_reader_sees_whole_versions(tmp_path: Path) -> None:
    """Home and a page, polled while the site is built over and over."""
    versions = [{"content/policy/a.md": article(f"第{n}版", body=f"版{n}。" * 3000), "templates/static/style.css": f"/*{n}*/" * 999}
                for n in (0, 1)]  # fmt: skip
    site = make_site(tmp_path, versions[0])
    paths = ("index.html", "policy/a.html", "feed.xml")
    whole: dict[str, set[bytes]] = {path: set() for path in paths}
    for version in versions:
        site.write(version)
        good(site.build())
        for path in paths:
            whole[path].add((tmp_path / "output" / path).read_bytes())
    torn: list[str] = []
    looks = 0
    done = threading.Event()

    def read() -> None:
        nonlocal looks
        while not done.is_set():
            for path in paths:
                try:
                    if (tmp_path / "output" / path).read_bytes() not in whole[path]:
                        torn.append(path)
                except FileNotFoundError:
                    torn.append(f"{path} is missing")
                looks += 1

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for n in range(12):
            site.write(versions[n % 2])
            good(site.build(clean=n % 4 == 3))
    finally:
        done.set()
        reader.join()
    assert looks > 100
    assert torn == []


def test_a_lock_that_is_left_behind_is_no_harm(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/policy/a.md": article()})
    (tmp_path / ".softsite").mkdir()
    (tmp_path / ".softsite/lock").write_text("4711")
    good(site.build())


def test_nothing_is_left_lying_about(turn: Turn) -> None:
    """Neither beside the output, nor in the site."""
    turn.begin()
    good(turn.site.build())
    assert sorted(each.name for each in turn.site.root.iterdir()) == [
        ".softsite",
        "content",
        "output",
        "site.yaml",
        "templates",
    ]
    assert not list((turn.site.root / ".softsite").rglob("staging*"))
    assert not [
        each
        for each in (turn.site.root / "output").rglob("*")
        if each.name.startswith((".tmp", "~", ".softsite-staging"))
    ]
