"""Support: small sites for tests, built and looked at."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from softsite.pipeline import Report, Request, build

AS_OF = "2026-11-23 12:00"

SITE = """\
name: 青溪县软环境网
url: https://www.example.org/ruanhuanjing/
columns:
  - slug: news
    name: 资讯
    columns:
      - {slug: headlines, name: 今日头条, type: 工作动态}
      - {slug: county, name: 县内动态}
  - {slug: policy, name: 政策}
"""

Files = Mapping[str, str | bytes]


class Site(NamedTuple):
    """A site in a folder of the test."""

    root: Path

    def write(self, files: Files) -> None:
        """Writes files by their path in the site."""
        for path, content in files.items():
            target = self.root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.encode() if isinstance(content, str) else content)

    def build(self, as_of: str = AS_OF, *, jobs: int = 1, clean: bool = False, drafts: bool = False,
              output: Path | None = None) -> Report:  # fmt: skip
        """Builds the site as the command does."""
        request = Request(self.root, output or self.root / "output", as_of, jobs, clean, drafts)
        return build(request, lambda words: None)

    def read(self, path: str) -> str:
        """A text of the output."""
        return (self.root / "output" / path).read_text(encoding="utf-8")

    def texts(self) -> list[str]:
        """The files of the output that are text; what stands in the postings of search, site/test_search.py asks."""
        return [path for path in self.output() if not path.endswith((".bin", ".png"))]

    def output(self) -> dict[str, str]:
        """Every file of the output with the digest of its bytes."""
        return tree(self.root / "output")

    def codes(self, as_of: str = AS_OF) -> list[str]:
        """Builds, and gives the codes of all problems."""
        return [found.code for found in self.build(as_of).problems]


def tree(folder: Path) -> dict[str, str]:
    """Every file below a folder with the digest of its bytes."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def make_site(root: Path, files: Files | None = None, settings: str = SITE) -> Site:
    """A site with these files of content/ and others."""
    site = Site(root)
    site.write({"site.yaml": settings, **(files or {})})
    (root / "content").mkdir(exist_ok=True)
    return site


def article(title: str = "标题", date: str = "2026-11-20 09:30", body: str = "正文。", **more: str) -> str:
    """A Markdown file; `more` are further lines of front matter."""
    extra = "".join(f"{key}: {value}\n" for key, value in more.items())
    return f"---\ntitle: {title}\ndate: {date}\n{extra}---\n\n{body}\n"
