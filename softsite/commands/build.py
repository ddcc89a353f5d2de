"""softsite build: makes the output of a site."""

import argparse
import gc
import sys
from contextlib import suppress
from pathlib import Path

from softsite.commands.common import add_clock, add_format, add_language, add_site, cores, progress, wrong_use
from softsite.pipeline import Report, Request, build
from softsite.problems import as_json, dump, listed, problem

OVERLAP = ("content", "templates", ".softsite")


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    add_site(parser)
    parser.add_argument("--output", metavar="DIR", help="输出文件夹，默认 SITE/output / where to build")
    add_clock(parser)
    parser.add_argument("--jobs", type=int, default=0, metavar="N", help="进程数 / processes; 0: one a core")
    parser.add_argument("--clean", action="store_true", help="全部重新生成 / forget what was built before")
    parser.add_argument(
        "--drafts", action="store_true", help="草稿也生成，只供预览 / drafts too, for a preview"
    )
    add_language(parser)
    add_format(parser)


def run(options: argparse.Namespace) -> int:
    """Builds; gives the exit status."""
    gc.disable()  # records hold no cycles; the collector would only look at all of them again and again
    root = Path(options.site).resolve()
    output = (Path(options.output) if options.output else root / "output").resolve()
    wrong = wrong_use(options.as_of, options.jobs)
    if wrong:
        print(wrong, file=sys.stderr)
        return 2
    request = Request(root, output, options.as_of, options.jobs or cores(), options.clean, options.drafts)
    report = _overlapping(root, output) or build(request, progress())
    with suppress(
        OSError
    ):  # nobody listens, or the disk that takes our words is full: the build is done all the same
        if options.format == "json":
            print(_as_json(report, options.lang), flush=True)
        else:
            _print(report, options.lang, drafts=options.drafts)
            print(end="", flush=True)
    return 0 if report.good else 1


def _overlapping(root: Path, output: Path) -> Report | None:
    """The report of a build that would write over its own sources."""
    for name in OVERLAP:
        folder = root / name
        if output in (folder, root) or folder in output.parents or output in root.parents:
            found = problem("output-unsafe", str(output), name=name)
            return Report([found], 0.0)
    return None


def _print(report: Report, lang: str, *, drafts: bool) -> None:
    """The report for people: problems, then one line."""
    for found in listed(report.problems, lang):
        print(found)
    errors = sum(found.severity == "error" for found in report.problems)
    words = _WORDS[lang]
    if errors:
        print(words["failed"].format(errors=errors))
        return
    print(words["done"].format(**report._asdict()))
    if drafts:
        print(words["drafts"])
    if report.hidden:
        print(
            words["hidden"].format(
                counts=words["comma"].join(f"{words[state]} {n}" for state, n in report.hidden)
            )
        )
    if report.next_change_at:
        print(words["next"].format(when=report.next_change_at[:16].replace("T", " ")))


def _as_json(report: Report, lang: str) -> str:
    """The report as one JSON object, by the contract's names."""
    shown = report._asdict() | {"problems": [as_json(found, lang) for found in report.problems]}
    shown["hidden"] = dict(report.hidden)
    shown["seconds"] = round(report.seconds, 3)
    shown["next_change_at"] = report.next_change_at or None
    return dump(shown)


_WORDS = {
    "zh": {
        "done": "完成：共 {planned} 个文件，写入 {written}，未变 {unchanged}，删除 {removed}，用时 {seconds:.2f} 秒。",
        "failed": "有 {errors} 处错误，没有发布；原来的网站没有改动。",
        "hidden": "没有显示的文章：{counts}。",
        "draft": "草稿",
        "waiting": "未到发布时间",
        "expired": "已下线",
        "withdrawn": "已撤稿",
        "comma": "，",
        "drafts": "草稿也在里面：只供预览，不要发布。",
        "next": "下一次自动变化：{when}，请在那以后再生成一次。",
    },
    "en": {
        "done": "Done: {planned} files, {written} written, {unchanged} unchanged, {removed} removed, {seconds:.2f} s.",
        "failed": "{errors} errors; nothing is published, the old site is untouched.",
        "hidden": "Not shown: {counts}.",
        "draft": "drafts",
        "waiting": "waiting",
        "expired": "expired",
        "withdrawn": "withdrawn",
        "comma": ", ",
        "drafts": "Drafts are in it: for a preview, not to be published.",
        "next": "The site next changes by itself at {when}: build again after that.",
    },
}
