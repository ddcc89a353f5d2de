"""The command line: one parser, one error boundary."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from softsite import __version__

COMMANDS = {
    "build": "生成网站 / build the site",
    "check": "只检查，不发布 / check a site, publish nothing",
    "export": "导出一篇，如给公众号 / export a page, for WeChat",
    "init": "新建一个网站 / make a new site",
    "new": "新建一篇文章或一期数据 / make a new article or bulletin",
    "schema": "让 VS Code 提示和检查 / schemas for VS Code",
    "handbook": "生成数据的填写手册 / pages on how to fill in bulletins",
}
BUG = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command; gives the exit status: 0 good, 1 problems, 2 wrong use, 3 a bug of ours."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    options = _parser(sys.argv[1:] if arguments is None else arguments).parse_args(arguments)
    try:
        code: int = options.run(options)
    except (
        BrokenPipeError
    ):  # nobody reads what we say: no bug of ours; the status that shells give such a command
        return 141
    except KeyboardInterrupt:
        print("已中断，原来的网站没有改动 / interrupted; the old site is untouched", file=sys.stderr)
        return 130
    except Exception as error:
        _confess(error)
        return BUG
    return code


def _parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """The parser, with the options of the command that is called; no other command is loaded."""
    parser = argparse.ArgumentParser(
        prog="softsite", description="软环境新闻网站生成器 / static sites for county newsrooms"
    )
    parser.add_argument("--version", action="version", version=f"softsite {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    called = next((word for word in arguments if word in COMMANDS), None)
    for name, words in COMMANDS.items():
        command = commands.add_parser(name, help=words, description=words)
        if name == called:
            module = importlib.import_module(f"softsite.commands.{name}")
            module.add_options(command)
            command.set_defaults(run=module.run)
    return parser


def _confess(error: Exception) -> None:
    """Says that the fault is ours, and where it was; the whole trace only when asked for."""
    import traceback

    last = traceback.extract_tb(error.__traceback__)[-1]
    print(f"softsite 出错了，这是我们的错误，不是您的 / a bug of softsite, not yours: "
          f"{type(error).__name__}: {error} ({os.path.basename(last.filename)}:{last.lineno})", file=sys.stderr)  # fmt: skip
    print(
        "原来的网站没有改动。请把上面这一行发给我们 / the old site is untouched; please report the line above.",
        file=sys.stderr,
    )
    if os.environ.get("SOFTSITE_DEBUG"):
        traceback.print_exception(error)


def command() -> None:
    """The command `softsite`.

    Names of files are UTF-8 whatever the locale. It leaves at once: taking a large
    site's records apart would only cost time.
    """
    if sys.platform != "win32" and sys.getfilesystemencoding() != "utf-8":
        os.execv(sys.executable, [sys.executable, "-P", "-X", "utf8", "-m", "softsite", *sys.argv[1:]])  # noqa: S606
    code = main()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            if stream is not None:
                stream.flush()
    os._exit(code)
