"""Theme: templates and static files; a site's own lie over the built-in ones, file by file."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from softsite.problems import Problem, problem
from softsite.read import source
from softsite.records import digest, key
from softsite.text.characters import cleaned

STATIC = "static/"
MAX_STATIC = 50_000_000
_CSS_ADDRESS = re.compile(r"""url\(\s*(["']?)([^"')]+)\1\s*\)""")


class Theme(NamedTuple):
    """The theme's files by name: templates as text, static files as bytes with their output paths."""

    templates: Mapping[str, str]
    static: Mapping[str, bytes]
    labels: Mapping[str, str]

    @property
    def paths(self) -> dict[str, str]:
        """The output path of each static file; its name carries a digest of its content."""
        return {name: _digested(name, data) for name, data in sorted(self.static.items())}

    def digest(self) -> bytes:
        """The name of the templates; static files have their own in their addresses."""
        return key(sorted(self.templates.items()), sorted(self.paths.items()))


def builtin() -> Path:
    """The folder of the built-in theme: in the package, or beside it in a checkout."""
    packaged = Path(__file__).parent.parent / "theme"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent.parent / "templates"


def load_theme(root: Path) -> tuple[Theme, list[Problem]]:
    """The theme of the site in `root`."""
    files: dict[str, tuple[Path, str]] = {}
    problems: list[Problem] = []
    for folder, label in ((builtin(), "theme/"), (root / "templates", "templates/")):
        found = source.listing(folder, label)
        problems += found.problems
        files |= {
            name: (folder / found.spelled.get(name, name), label + name)
            for name in found.files
            if not _is_note(name)
        }
    templates: dict[str, str] = {}
    static: dict[str, bytes] = {}
    for name, (path, label) in sorted(files.items()):
        data = source.content(path, label, MAX_STATIC if name.startswith(STATIC) else source.MAX_TEXT)
        if isinstance(data, Problem):
            problems.append(data)
        elif name.startswith(STATIC):
            static[name.removeprefix(STATIC)] = data
        elif name.endswith((".html", ".xml", ".txt", ".css", ".svg")):
            _add_template(name, label, data, templates, problems)
    labels = {name: label for name, (_, label) in files.items()}
    return Theme(templates, _with_addresses(static), labels), problems


def _is_note(name: str) -> bool:
    """Whether a file only speaks to people, like README.txt."""
    return name.rpartition("/")[2].lower().startswith("readme")


def _add_template(
    name: str, label: str, data: bytes, templates: dict[str, str], problems: list[Problem]
) -> None:
    try:
        templates[name] = cleaned(source.text(data))
    except source.NotText:
        problems.append(problem("encoding", label))


def _digested(name: str, data: bytes) -> str:
    """`style.css` as `static/style.1a2b3c4d.css`."""
    stem, dot, extension = name.rpartition(".")
    mark = digest(data).hex()[:10]
    return f"{STATIC}{stem}.{mark}.{extension}" if dot else f"{STATIC}{name}.{mark}"


def _with_addresses(static: dict[str, bytes]) -> dict[str, bytes]:
    """Style sheets with the published names of the files that they load."""
    plain = {name: data for name, data in static.items() if not name.endswith(".css")}

    def published(match: re.Match[str]) -> str:
        data = plain.get(match[2])
        return f"url({_digested(match[2], data).removeprefix(STATIC)})" if data is not None else match[0]

    styles = {
        name: _CSS_ADDRESS.sub(published, data.decode("utf-8", "surrogateescape")).encode(
            "utf-8", "surrogateescape"
        )
        for name, data in static.items()
        if name.endswith(".css")
    }
    return plain | styles


class TemplateError(Exception):
    """A template cannot be read or does not fit its view; holds the problem."""

    def __init__(self, found: Problem) -> None:
        super().__init__(found.code)
        self.problem = found

    def __reduce__(self) -> tuple[type["TemplateError"], tuple[Problem]]:
        return TemplateError, (self.problem,)
