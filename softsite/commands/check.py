"""softsite check: what is wrong in a site, and what its other script leaves in doubt; publishes nothing."""

import argparse
import gc
import sys
from functools import partial
from pathlib import Path

from softsite.commands.build import cores, progress, wrong_use
from softsite.pipeline import Request, build
from softsite.problems import as_json, as_text, dump
from softsite.steps.review import review


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("site", nargs="?", default=".", metavar="SITE", help="网站文件夹 / the site's folder")
    parser.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="逐处列出这些文件的繁简疑问 / list the doubtful conversions of these",
    )
    parser.add_argument(
        "--as-of", metavar="INSTANT", help="当作现在的时间，如 2026-11-23 09:00 / the moment to take for now"
    )
    parser.add_argument(
        "--lang", choices=("zh", "en"), default="zh", help="提示的语言 / language of messages"
    )
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="输出格式 / form of the report"
    )


def run(options: argparse.Namespace) -> int:
    """Checks; gives the exit status."""
    gc.disable()  # as in softsite build
    root, lang = Path(options.site).resolve(), options.lang
    wrong = wrong_use(options.as_of)
    named = [in_content(root, file) for file in options.files]
    if not wrong and None in named:
        wrong = _WORDS[lang]["no-file"].format(file=options.files[named.index(None)])
    if wrong:
        print(wrong, file=sys.stderr)
        return 2
    request = Request(root, root / "output", options.as_of, cores())
    files = [path for path in named if path is not None]
    report = build(request, progress(), partial(review, files))
    if options.format == "json":
        print(dump({"problems": [as_json(found, lang) for found in report.problems]}))
    else:
        for found in report.problems:
            print(as_text(found, lang))
        errors = sum(found.severity == "error" for found in report.problems)
        counted = {"errors": errors, "warnings": len(report.problems) - errors, "planned": report.planned}
        print(_WORDS[lang]["good" if report.good else "failed"].format(**counted))
    return 0 if report.good else 1


def in_content(root: Path, file: str) -> str | None:
    """The path in content/ of a file, named from here or from the site's folder."""
    content = root / "content"
    for found in (Path(file).resolve(), (root / file).resolve(), (content / file).resolve()):
        if found.is_file() and found.is_relative_to(content):
            return found.relative_to(content).as_posix()
    return None


_WORDS = {
    "zh": {
        "no-file": "{file} 不是 content/ 里的文件",
        "good": "可以生成：共 {planned} 个文件，{warnings} 处提醒。什么也没有发布。",
        "failed": "有 {errors} 处错误、{warnings} 处提醒。什么也没有发布。",
    },
    "en": {
        "no-file": "{file} is no file of content/",
        "good": "Can be built: {planned} files, {warnings} warnings. Nothing is published.",
        "failed": "{errors} errors, {warnings} warnings. Nothing is published.",
    },
}
