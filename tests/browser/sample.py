"""Sample: the site of this repository, as tests and the audit build it."""

import shutil
from pathlib import Path

from softsite.pipeline import Request, build

ROOT = Path(__file__).parents[2]
AS_OF = "2026-11-25 12:00"
URL = "https://www.example.org/ruanhuanjing/"


def build_sample(root: Path, output: Path, url: str = URL) -> None:
    """Builds the sample site for the address `url`, in the folder `root`; lists are short, so that they have further pages."""
    shutil.copytree(ROOT / "content", root / "content")
    settings = (ROOT / "site.yaml").read_text("utf-8").replace(URL, url)
    (root / "site.yaml").write_text(settings + "\nlists: {page: 10}\n", "utf-8")
    report = build(Request(root, output, AS_OF, 1, clean=False, drafts=False), lambda words: None)
    assert report.good, report.problems
