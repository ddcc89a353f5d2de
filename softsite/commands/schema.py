"""softsite schema: what VS Code needs to complete and check a site's YAML while it is typed."""

import argparse
import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from softsite.commands.common import add_language, add_site
from softsite.config import COLUMN, PICTURES, SITE, SiteConfig, load_config
from softsite.problems import as_text, has_errors
from softsite.read import keys
from softsite.read.bulletin import keys as bulletin_keys
from softsite.read.declared import BulletinType
from softsite.read.document import FRONT_MATTER, PAGE_FRONT_MATTER
from softsite.read.fields import fields
from softsite.read.schema import Schema, of_type
from softsite.records import json_document
from softsite.steps.types import types
from softsite.write.generated import TakenError, generate, put

FOLDER = ".vscode/softsite"
SETTINGS = ".vscode/settings.json"
SCHEMAS = "yaml.schemas"
MARK = "softsite schema"


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    add_site(parser)
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """Writes the schemas and the settings; gives the exit status."""
    root, lang = Path(options.site).resolve(), options.lang
    config, problems = load_config(root)
    known = types(root)
    declared, wrong = known.loaded(known.slugs)
    problems = [*problems, *wrong]
    for found in problems:
        print(as_text(found, lang))
    if config is None or has_errors(problems):
        return 1
    try:
        return _write(root, schemas(config, declared), mapped(declared), lang)
    except TakenError as error:
        print(_WORDS[lang]["taken"].format(path=error), file=sys.stderr)
    except OSError as error:
        print(_WORDS[lang]["failed"].format(root=root, reason=error.strerror or error), file=sys.stderr)
    return 1


def _write(root: Path, made: Mapping[str, Schema], ours: Mapping[str, list[str]], lang: str) -> int:
    words, settings = _WORDS[lang], root / SETTINGS
    held = settings.read_bytes() if settings.exists() else b""
    before = held.decode("utf-8", "surrogateescape") if held.strip() else "{}\n"
    after = merged(before, ours)
    texts = {name: json_document(schema) + "\n" for name, schema in made.items()}
    done = generate(root / FOLDER, texts, MARK)
    if after is None and not mentions(before, ours):
        print(words["paste"].format(path=SETTINGS), _pasted(ours), sep="\n")
        return 1
    changed = after is not None and after != before
    if after is not None and changed:
        put(settings.resolve(), after)
    print(words["done"].format(count=len(texts), folder=FOLDER, written=done.written + changed))
    return 0


def schemas(config: SiteConfig, declared: Mapping[str, BulletinType]) -> dict[str, Schema]:
    """Every schema by the name of its file."""
    columns = {column.path: column.name for column in config.all_columns()}
    made = {
        "site.json": keys.site(SITE, COLUMN, PICTURES),
        "front-matter.json": keys.front_matter(FRONT_MATTER, columns),
        "page.json": keys.front_matter(PAGE_FRONT_MATTER, columns),
        "type.json": keys.declaration(),
        "workdays.json": keys.workdays(),
    }
    for slug, each in declared.items():
        own = {field.name for field in each.fields}
        common = fields(*(key for key in bulletin_keys(each).declared if key.name not in own))
        made[_file(slug)] = of_type(each, *keys.common(common, columns))
    return {name: {"$comment": f"{MARK}: {_GENERATED}", **schema} for name, schema in sorted(made.items())}


def mapped(declared: Mapping[str, BulletinType]) -> dict[str, list[str]]:
    """Which files each schema is for, as VS Code's YAML extension wants it.

    That extension does not read front matter yet; other editors do.
    """
    made = {
        "site.json": ["site.yaml"],
        "front-matter.json": ["content/*/**/*.md"],
        "page.json": ["content/*.md"],
        "type.json": ["content/bulletins/*/_type.yaml"],
        "workdays.json": ["content/bulletins/_workdays.yaml"],
    }
    for slug in declared:
        folder = f"content/bulletins/{slug}"
        made[_file(slug)] = [
            f"{folder}/*.yaml",
            f"{folder}/**/*.yaml",
            f"{folder}/**/*.yml",
            f"!{folder}/**/_*",
        ]
    return {f"./{FOLDER}/{name}": globs for name, globs in sorted(made.items())}


def merged(before: str, ours: Mapping[str, list[str]]) -> str | None:
    """The settings with our schemas among them, everything else as it was; None where they are no plain JSON.

    Settings that hold ours already stay as they are, to the byte.
    """
    bare = before.removeprefix(_BYTE_ORDER_MARK)
    try:
        settings = json.loads(bare, object_pairs_hook=_unrepeated, parse_constant=_refused)
        held = settings.get(SCHEMAS, {})
        kept = {name: globs for name, globs in held.items() if not _is_ours(name)}
        if {**kept, **ours} == held:
            return before
        settings[SCHEMAS] = {**kept, **ours}
        text = json.dumps(settings, ensure_ascii=False, allow_nan=False, indent=_indent(bare)) + "\n"
        text.encode()
    except (ValueError, RecursionError, AttributeError):
        return None
    return before[: len(before) - len(bare)] + (text.replace("\n", "\r\n") if "\r\n" in bare else text)


def mentions(before: str, ours: Mapping[str, list[str]]) -> bool:
    """Whether settings with comments hold our schemas already."""
    bare = _COMMENT_OR_TEXT.sub(lambda match: match[1] or "", before.removeprefix(_BYTE_ORDER_MARK))
    try:
        settings = json.loads(_TRAILING_COMMA.sub(r"\1\2", bare))
    except (ValueError, RecursionError):
        return False
    held = settings.get(SCHEMAS) if isinstance(settings, dict) else None
    return isinstance(held, dict) and {name: globs for name, globs in held.items() if _is_ours(name)} == ours


_BYTE_ORDER_MARK = "\ufeff"
_COMMENT_OR_TEXT = re.compile(r"""("(?:[^"\\\n]|\\.)*")|//[^\n]*|/\*.*?\*/""", re.DOTALL)
_TRAILING_COMMA = re.compile(r"""("(?:[^"\\\n]|\\.)*")|,(\s*[}\]])""")
_GENERATED = "由 softsite schema 生成，再运行一次就会更新，请不要手改 / generated; run it again, do not edit"


def _file(slug: str) -> str:
    return f"bulletin-{slug}.json"


def _is_ours(name: str) -> bool:
    return name.removeprefix("./").startswith(f"{FOLDER}/")


def _unrepeated(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; one that has a key twice would lose something."""
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("repeated key")
    return made


def _refused(name: str) -> None:
    raise ValueError(name)


def _indent(before: str) -> str | int:
    """How the settings are indented."""
    match = re.search(r"\n([ \t]+)\S", before)
    return match[1] if match else 2


def _pasted(ours: Mapping[str, list[str]]) -> str:
    """The lines that a person adds to the settings."""
    return json.dumps({SCHEMAS: ours}, ensure_ascii=False, indent=2)[2:-2]


_WORDS = {
    "zh": {
        "done": "{folder} 里有 {count} 个 JSON Schema，更新了 {written} 个文件。"
        "用装有 YAML 扩展（Red Hat）的 VS Code 打开网站文件夹，写数据时就有提示和检查。",
        "paste": "{path} 里有注释或别的写法，没有动它。请把下面几行放进最外层的大括号里，再运行一次：",
        "taken": "{path} 不是 softsite 生成的，没有动它；请把它移走再运行。",
        "failed": "{root} 里写不进去：{reason}",
    },
    "en": {
        "done": "{count} JSON Schemas in {folder}, {written} files updated. "
        "Open the site's folder in VS Code with Red Hat's YAML extension to have them used.",
        "paste": "{path} is no plain JSON; it was left alone. Paste these lines into its outermost braces, and run again:",
        "taken": "{path} was not made by softsite; nothing was changed. Move it away and run again.",
        "failed": "cannot write into {root}: {reason}",
    },
}
