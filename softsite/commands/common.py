"""Common: what several commands share: options of the same name and meaning, the clock, progress, files of content/."""

import argparse
import os
import sys
from pathlib import Path

from softsite.steps.state import Progress


def add_site(parser: argparse.ArgumentParser) -> None:
    """The site's folder: the current one unless named."""
    parser.add_argument("site", nargs="?", default=".", metavar="SITE", help="网站文件夹 / the site's folder")


def add_clock(parser: argparse.ArgumentParser) -> None:
    """The moment to take for now."""
    parser.add_argument(
        "--as-of", metavar="INSTANT", help="当作现在的时间，如 2026-11-23 09:00 / the moment to take for now"
    )


def add_language(parser: argparse.ArgumentParser) -> None:
    """The language of messages."""
    parser.add_argument(
        "--lang", choices=("zh", "en"), default="zh", help="提示的语言 / language of messages"
    )


def add_format(parser: argparse.ArgumentParser) -> None:
    """The form of a report."""
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="输出格式 / form of the report"
    )


def wrong_use(as_of: str | None, jobs: int = 0) -> str:
    """What is wrong with the call, if anything."""
    from zoneinfo import ZoneInfo

    from softsite.read.dates import instant

    if jobs < 0:
        return "--jobs 要写一个不小于 0 的数 / --jobs takes a number from 0"
    try:
        instant(as_of or "2017-11-27", ZoneInfo("UTC"))
    except (ValueError, OverflowError):
        return f"--as-of 看不懂：{as_of}；请写成 2026-11-23 09:00 / not a date: {as_of}"
    return ""


def cores() -> int:
    """How many processes may run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def progress() -> Progress:
    """Shows progress on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        return lambda _words: None
    return lambda words: print(f"\r\x1b[K{words}", end="\r", file=sys.stderr, flush=True)


def in_content(root: Path, file: str) -> str | None:
    """The path in content/ of a file, named from here or from the site's folder."""
    content = root / "content"
    for found in (Path(file).resolve(), (root / file).resolve(), (content / file).resolve()):
        if found.is_file() and found.is_relative_to(content):
            return found.relative_to(content).as_posix()
    return None
