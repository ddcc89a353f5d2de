"""softsite init: makes a new site from the starter."""

import argparse
import shutil
import sys
from pathlib import Path

from softsite.commands.common import add_language

STARTER = Path(__file__).parent.parent / "starter"


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("site", metavar="DIR", help="新网站的文件夹 / the new site's folder")
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """Copies the starter; a folder that holds anything is left alone."""
    root = Path(options.site).resolve()
    words = _WORDS[options.lang]
    try:
        if root.exists() and (not root.is_dir() or any(root.iterdir())):
            print(words["taken"].format(root=root), file=sys.stderr)
            return 2
        shutil.copytree(STARTER, root, dirs_exist_ok=True)
    except OSError as error:
        print(words["failed"].format(root=root, reason=error.strerror or error), file=sys.stderr)
        return 1
    print(words["done"].format(root=root, command=f"softsite build {_quoted(options.site)}"))
    return 0


def _quoted(folder: str) -> str:
    return f'"{folder}"' if " " in folder else folder


_WORDS = {
    "zh": {
        "taken": "{root} 里已经有文件，没有动它；请换一个空文件夹。",
        "failed": "{root} 建不起来：{reason}",
        "done": "新网站建好了：{root}\n先改 site.yaml 里的名称和网址，再把文章写进 content/，然后运行：\n  {command}",
    },
    "en": {
        "taken": "{root} holds files already; nothing was changed. Name an empty folder.",
        "failed": "{root} cannot be made: {reason}",
        "done": "Your new site: {root}\nSet its name and address in site.yaml, write into content/, then run:\n  {command}",
    },
}
