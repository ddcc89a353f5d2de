"""softsite handbook: a page for editors on each type of bulletin, made from its declaration."""

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from softsite.commands.common import add_language, add_site
from softsite.config import SiteConfig, load_config
from softsite.problems import as_text, has_errors
from softsite.read import source
from softsite.read.bulletin import Bulletin, bulletin
from softsite.read.declared import BulletinType, Declared
from softsite.read.findings import Findings
from softsite.read.form import aside, filled
from softsite.read.manual import MARK, PERIODS, index, page
from softsite.read.yamlfile import load
from softsite.steps.types import types
from softsite.text.links import BULLETINS, is_bulletin
from softsite.write.generated import TakenError, generate

FOLDER = "docs/handbook/bulletins"
INDEX = "README.md"
_DAY = "2026-11-23"


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    add_site(parser)
    parser.add_argument(
        "--output", metavar="DIR", help=f"手册的文件夹，默认 SITE/{FOLDER} / where to put the pages"
    )
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """Writes the pages; gives the exit status."""
    root, words = Path(options.site).resolve(), _WORDS[options.lang]
    folder = Path(options.output).resolve() if options.output else root / FOLDER
    config, problems = load_config(root)
    known = types(root)
    declared, wrong = known.loaded(known.slugs)
    problems = [*problems, *wrong]
    for found in problems:
        print(as_text(found, options.lang))
    if config is None or has_errors(problems):
        return 1
    try:
        made = pages(root, config, declared)
        done = generate(folder, made, MARK)
    except TakenError as error:
        print(words["taken"].format(path=error), file=sys.stderr)
        return 1
    except OSError as error:
        print(words["failed"].format(root=folder, reason=error.strerror or error), file=sys.stderr)
        return 1
    print(words["done"].format(folder=folder, count=len(made), **done._asdict()))
    return 0


def pages(root: Path, config: SiteConfig, declared: Mapping[str, BulletinType]) -> dict[str, str]:
    """The pages by the names of their files: one a type, and one that lists them."""
    ordered = sorted(declared.values(), key=lambda made: (made.order, made.slug))
    made = {f"{each.slug}.md": page(each, _sample(root, config, each)) for each in ordered}
    return {INDEX: index(ordered), **made}


def _sample(root: Path, config: SiteConfig, made: BulletinType) -> str:
    """The newest file of the type that anybody may see, else one that is filled in by the declaration's examples.

    Rows that are to vanish some day are no example: pages of a handbook stay.
    """
    found = max(_samples(root, config, made), default=None)
    if found is None:
        field = made.field(made.period)
        return filled(made, _DAY, PERIODS[field.kind] if field else "")
    return _without(found[-1], [each for each in made.tables if each.until])


def _samples(root: Path, config: SiteConfig, made: BulletinType) -> Iterator[tuple[str, str, str, str]]:
    """The files of a type in the order of time, each with its text last."""
    folder = root / "content" / BULLETINS / made.slug
    for name in source.listing(folder, "").files:
        path = f"{BULLETINS}{made.slug}/{name}"
        data = source.content(folder / name, path) if is_bulletin(path) else None
        read = (
            bulletin(path, config.options(), {made.slug: made}, data).bulletin
            if isinstance(data, bytes)
            else None
        )
        if isinstance(data, bytes) and read is not None and _is_public(read):
            of = read.cells.get(made.period)
            day = read.document.date
            yield of.value if of else "", day.iso if day else "", path, source.lines_of(source.text(data))


def _is_public(read: Bulletin) -> bool:
    it = read.document
    return not (it.draft or it.publish or it.expires or it.withdrawn)


def _without(text: str, tables: Iterable[Declared]) -> str:
    """A file in which these tables are empty."""
    lines = text.rstrip("\n").split("\n")
    words = {word: each for each in tables for word in (each.name, each.label, *each.words)}
    keys = [key for key, _ in load("\n".join(lines), Findings("", text)).entries.values()]
    ends = [key.line - 1 for key in keys[1:]] + [len(lines)]
    for key, end in reversed([*zip(keys, ends, strict=True)]):
        if table := words.get(key.value):
            lines[key.line - 1 : end] = [*aside(table), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


_WORDS = {
    "zh": {
        "done": "{folder} 里有 {count} 页手册，写入 {written}，删除 {removed}。",
        "taken": "{path} 不是 softsite 生成的，没有动它；请把它移走，或用 --output 换一个文件夹。",
        "failed": "{root} 里写不进去：{reason}",
    },
    "en": {
        "done": "{count} pages in {folder}: {written} written, {removed} removed.",
        "taken": "{path} was not made by softsite; nothing was changed. Move it away, or name another folder by --output.",
        "failed": "cannot write into {root}: {reason}",
    },
}
