"""Broken input: each folder of tests/invalid is a site, or the part of one that is wrong, and what must be said of it."""

import shutil
from pathlib import Path

import pytest

from tests.read.sites import LATER, command
from tests.support import SITE

INVALID = Path(__file__).parent.parent / "invalid"
CASES = sorted(folder.name for folder in INVALID.iterdir() if folder.is_dir())


@pytest.mark.parametrize("case", CASES)
def test_broken_input_is_told_so(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = shutil.copytree(INVALID / case, tmp_path / "site")
    if not (site / "site.yaml").exists():
        (site / "site.yaml").write_text(SITE, encoding="utf-8")
    (site / "content").mkdir(exist_ok=True)
    status, said, errors = command(capsys, "build", str(site), "--as-of", LATER, "--jobs", "1")
    assert (status, errors) == (1, "")
    assert said == (INVALID / case / "expected.txt").read_text(encoding="utf-8")
    assert not (site / "output").exists()


def test_there_are_many_cases() -> None:
    assert len(CASES) >= 60
