"""softsite new: a file to be filled in: a bulletin's form, or an article's front matter."""

import argparse
import difflib
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from softsite.commands.common import add_clock, add_language, add_site
from softsite.config import SiteConfig, clock, load_config
from softsite.problems import as_text, has_errors
from softsite.read.dates import Instant
from softsite.read.declared import BulletinType
from softsite.read.document import FRONT_MATTER
from softsite.read.form import form
from softsite.steps.types import Types, types
from softsite.text.characters import folded, forbidden
from softsite.text.links import ARTICLE, BULLETINS, DATA
from softsite.text.period import Period, period
from softsite.write.generated import put_new

KIND = "article"
_NOT_IN_NAMES = frozenset('\\:*?"<>|#%')


class File(NamedTuple):
    """A new file: its path in the site's folder, and its text."""

    path: str
    text: str


class RefusedError(Exception):
    """The call cannot be carried out: a message by its name, and what it names."""

    def __init__(self, words: str, **facts: str) -> None:
        super().__init__(words)
        self.words = words
        self.facts = facts


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "type", metavar="TYPE", help="article，或数据的种类，如 notices / article, or a type of bulletin"
    )
    add_site(parser)
    parser.add_argument(
        "--name", default="", metavar="NAME", help="文件名，默认是期别或日期 / the file's name"
    )
    parser.add_argument(
        "--column", default="", metavar="PATH", help="文章的栏目，如 news/headlines / an article's column"
    )
    add_clock(parser)
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """Writes the file; gives the exit status."""
    root, words = Path(options.site).resolve(), _WORDS[options.lang]
    config, problems = load_config(root)
    for found in problems:
        print(as_text(found, options.lang))
    if config is None or has_errors(problems):
        return 1
    try:
        made = _made(root, config, options)
        _refuse_same(root, made.path)
    except RefusedError as refused:
        print(words[refused.words].format(**refused.facts), file=sys.stderr)
        return 2
    try:
        put_new(root / made.path, made.text)
    except FileExistsError:
        print(words["exists"].format(path=made.path), file=sys.stderr)
        return 2
    except OSError as error:
        print(words["failed"].format(root=root, reason=error.strerror or error), file=sys.stderr)
        return 1
    print(words["done"].format(path=made.path))
    return 0


def _made(root: Path, config: SiteConfig, options: argparse.Namespace) -> File:
    """The file to write."""
    try:
        now = clock(options.as_of, config)
    except (ValueError, OverflowError):
        raise RefusedError("as_of", value=options.as_of) from None
    if options.type == KIND:
        return _article(config, now, options.column, options.name)
    if options.column:
        raise RefusedError("column-of-bulletin")
    return _bulletin(_declared(types(root), options.type, options.lang), now, options.name)


# Articles


def _article(config: SiteConfig, now: Instant, column: str, name: str) -> File:
    columns = {each.path: each.name for each in config.all_columns()}
    path = column.strip("/")
    if path not in columns:
        raise _unknown("column" if column else "column-missing", column, columns)
    day = now.day.replace("-", "")
    named = _checked(name, ARTICLE) or f"{day[:6]}/{day[6:]}"
    title, date, source = (FRONT_MATTER.by_name[each].names[1] for each in ("title", "date", "source"))
    shown = now.shown[:16]
    text = f"---\n{title}:\n{date}: {shown}\n{source}:\n---\n\n"
    return File(f"content/{path}/{named}{ARTICLE}", text)


# Bulletins


def _declared(known: Types, word: str, lang: str) -> BulletinType:
    """The type that a person means, by its slug or its name."""
    wanted = [word] if word in known.slugs else known.slugs
    found, problems = known.loaded(wanted)
    slug = word if word in known.slugs else next((s for s, each in found.items() if each.name == word), "")
    if not slug:
        raise _unknown("type", word, {KIND: "文章", **{s: each.name for s, each in found.items()}})
    if slug not in found:
        raise RefusedError("type-wrong", problems="\n".join(as_text(each, lang) for each in problems))
    return found[slug]


def _bulletin(made: BulletinType, now: Instant, name: str) -> File:
    """A form, for the period that its name is of, or else for the last one that is over."""
    named = _checked(name, *DATA)
    field = made.field(made.period)
    of = _period(named.rpartition("/")[2], field.kind, date.fromisoformat(now.day)) if field else None
    path = f"content/{BULLETINS}{made.slug}/{named or (of.name if of else now.day)}{DATA[0]}"
    return File(path, form(made, now.day, of.name if of else ""))


def _period(name: str, kind: str, today: date) -> Period:
    with suppress(ValueError):
        return period(name, kind)
    numbers = range(1, _EACH_YEAR[kind] + 1)
    latest = (Period(year, number, kind) for year in (today.year - 1, today.year) for number in numbers)
    return max(each for each in latest if each.last < today)


_EACH_YEAR = {"month": 12, "quarter": 4, "year": 1}


# Names


def _unknown(words: str, value: str, known: Mapping[str, str]) -> RefusedError:
    """A word that is none of those that there are; says which one it resembles."""
    by_name = {name: path for path, name in known.items()}
    near = difflib.get_close_matches(value, [*known, *by_name], 1, 0.5)
    shown = "、".join(f"{path}（{name}）" for path, name in known.items())
    fix = by_name.get(near[0], near[0]) if near else ""
    return RefusedError(f"{words}-near" if fix else words, value=value, near=fix, known=shown)


def _checked(name: str, *extensions: str) -> str:
    """A name that was given, without its extension; it may lead into folders below, and nowhere else."""
    bare = next((name[: -len(each)] for each in extensions if name.lower().endswith(each)), name)
    if not name:
        return ""
    for part in bare.split("/"):
        if part.strip() != part or part[:1] in ("", ".", "_", "~") or part.endswith("."):
            raise RefusedError("name", value=name)
        if _NOT_IN_NAMES & set(part) or not part.isprintable() or forbidden(part):
            raise RefusedError("name", value=name)
    return bare


def _refuse_same(root: Path, path: str) -> None:
    """Refuses a file whose name is taken, be it in other letters, or with another extension of the same meaning."""
    target = root / path
    if target.parent.is_dir():
        same = _sames(target)
        taken = next((each.name for each in target.parent.iterdir() if folded(each.name) in same), "")
        if taken:
            raise RefusedError("exists", path=f"{path.rpartition('/')[0]}/{taken}")


def _sames(target: Path) -> Iterable[str]:
    extensions = DATA if target.suffix in DATA else (ARTICLE,)
    return {folded(target.with_suffix("").name + each) for each in extensions}


_WORDS = {
    "zh": {
        "done": "新建了 {path}。用记事本或 VS Code 打开，照里面的说明填写，然后运行 softsite build。",
        "exists": "已经有 {path}，没有动它；用 --name 另取一个名字。",
        "failed": "{root} 里写不进去：{reason}",
        "as_of": "--as-of 看不懂：{value}；请写成 2026-11-23 09:00",
        "name": "--name 不能写成“{value}”：用小写字母、数字和“-”，不要以“.”“_”开头；要放进下级文件夹，用“/”隔开。",
        "type": "没有“{value}”这个种类。可以写：{known}",
        "type-near": "没有“{value}”这个种类，是不是 {near}？可以写：{known}",
        "type-wrong": "这个种类的声明有错，先改好：\n{problems}",
        "column": "site.yaml 里没有“{value}”这个栏目。可以写：{known}",
        "column-near": "site.yaml 里没有“{value}”这个栏目，是不是 {near}？可以写：{known}",
        "column-missing": "文章要放进栏目：--column 后面写栏目的路径，可以写：{known}",
        "column-of-bulletin": "--column 只用于文章；数据放在它的种类的文件夹里。",
    },
    "en": {
        "done": "Made {path}. Open it, fill it in, then run softsite build.",
        "exists": "{path} is there already and was left alone; give another --name.",
        "failed": "cannot write into {root}: {reason}",
        "as_of": "--as-of is not a date: {value}",
        "name": "--name cannot be `{value}`: use a-z, 0-9 and -, and / for folders below.",
        "type": "There is no type `{value}`. Known: {known}",
        "type-near": "There is no type `{value}`; did you mean `{near}`? Known: {known}",
        "type-wrong": "The declaration of this type is wrong; mend it first:\n{problems}",
        "column": "site.yaml has no column `{value}`. Known: {known}",
        "column-near": "site.yaml has no column `{value}`; did you mean `{near}`? Known: {known}",
        "column-missing": "An article stands in a column: give its path by --column. Known: {known}",
        "column-of-bulletin": "--column is for articles; a bulletin stands in the folder of its type.",
    },
}
