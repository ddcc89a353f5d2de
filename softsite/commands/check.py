"""softsite check: what is wrong in a site, and what its other script leaves in doubt; publishes nothing."""

import argparse
import gc
import sys
from functools import partial
from pathlib import Path

from softsite.commands.common import (
    add_clock,
    add_format,
    add_language,
    add_site,
    cores,
    in_content,
    progress,
    wrong_use,
)
from softsite.pipeline import Request, build
from softsite.problems import as_json, as_text, dump
from softsite.steps.review import review


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    add_site(parser)
    parser.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="逐处列出这些文件的繁简疑问 / list the doubtful conversions of these",
    )
    add_clock(parser)
    add_language(parser)
    add_format(parser)


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
