"""Broken input: each folder of tests/invalid is a site, or the part of one that is wrong, and what must be said of it."""

import shutil
from pathlib import Path

import pytest

from tests.read.sites import LATER, command
from tests.support import SITE

INVALID = Path(__file__).parent.parent / "invalid"
CASES = sorted(folder.name for folder in INVALID.iterdir() if folder.is_dir())

# Bugs that are certain and not yet mended: the case, and what is wrong with what is said.
BUGS = {
    "attachment-dead": "proposes the article itself in place of the attachment",
    "attachment-html": "says that an existing HTML file does not exist, and proposes a page",
    "date-not-a-date": "the line as it should be holds an invented date",
    "film-dead": "proposes the article itself in place of the film",
    "key-unknown": "takes `layout` for a misspelt `author`, and would file the value under it",
    "many-faults": "links and pictures are not looked at while any front matter has a fault: not all problems in one run",
    "picture-in-html-dead": "proposes the article itself in place of the picture",
    "tag-of-python": "the line as it should be has quotes in quotes, not escaped",
}


def _marked(case: str) -> object:
    marks = [pytest.mark.xfail(strict=True, reason=BUGS[case])] if case in BUGS else []
    return pytest.param(case, marks=marks)


@pytest.mark.parametrize("case", [_marked(case) for case in CASES])
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
