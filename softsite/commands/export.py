"""softsite export: a page for another place: a document to paste into the editor of a WeChat official account."""

import argparse
import gc
import sys
from functools import partial
from pathlib import Path

from softsite.commands.common import add_clock, add_language, cores, in_content, progress, wrong_use
from softsite.config import FILE
from softsite.pipeline import Request, build
from softsite.plan.views import ArticlePage
from softsite.problems import as_text
from softsite.steps.export import Page, export
from softsite.write.generated import TakenError, generate

PLACES = ("wechat",)


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("place", choices=PLACES, help="wechat：微信公众号 / a WeChat official account")
    parser.add_argument("file", metavar="PATH", help="文章或数据的文件 / the file of an article or bulletin")
    parser.add_argument("--output", metavar="FILE", help="写到哪个文件，默认在当前文件夹 / where to write")
    add_clock(parser)
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """Writes the document; gives the exit status."""
    gc.disable()  # as in softsite build
    words, file = _WORDS[options.lang], Path(options.file).resolve()
    root = next((folder for folder in file.parents if (folder / FILE).is_file()), None)
    path = in_content(root, options.file) if root else None
    wrong = wrong_use(options.as_of)
    if wrong or root is None or path is None:
        print(wrong or words["no-file"].format(file=options.file), file=sys.stderr)
        return 2
    taken: list[Page] = []
    # What a page shows is only known to a plan that was made just now.
    request = Request(root, root / "output", options.as_of, cores(), clean=True)
    report = build(request, progress(), partial(export, path, taken))
    if not report.good:
        for found in report.problems:
            print(as_text(found, options.lang))
        return 1
    target = Path(options.output) if options.output else Path(f"{file.stem}.wechat.html")
    return _write(target, _document(taken[0]), words)


def _document(page: Page) -> str:
    from softsite.render.wechat import document

    view = page.view
    end = (f"原文网址：{page.url}",)
    if not isinstance(view, ArticlePage):
        return document(view.title, "", page.body, end)
    said = [f"来源：{view.source}", *([f"作者：{view.author}"] if view.author else []), view.time[:10]]
    corrections = [f"更正（{note.date}）：{note.text}" for note in view.corrections]
    files = (
        [f"附件（请到原文下载）：{'、'.join(f'{file.name}（{file.kind}）' for file in view.attachments)}"]
        if view.attachments
        else []
    )
    notes = (*corrections, *files, *filter(None, [view.notice]), *end)
    return document(view.title, "　".join(said), page.body, notes)


def _write(target: Path, text: str, words: dict[str, str]) -> int:
    from softsite.render.wechat import MARK

    try:
        generate(target.parent, {target.name: text}, MARK, alone=False)
    except TakenError as taken:
        print(words["taken"].format(path=taken), file=sys.stderr)
        return 1
    except OSError as error:
        print(words["failed"].format(path=target, reason=error.strerror or error), file=sys.stderr)
        return 1
    print(words["done"].format(path=target))
    return 0


_WORDS = {
    "zh": {
        "no-file": "{file} 不是一个网站 content/ 里的文件",
        "taken": "{path} 已经有了，不是 softsite 生成的，没有改动；请用 --output 换一个名字",
        "failed": "写不了 {path}：{reason}",
        "done": "已生成 {path}。用浏览器打开，全选、复制，再粘贴到公众号的编辑器里；图片要先在网站上发布。",
    },
    "en": {
        "no-file": "{file} is no file in the content/ of a site",
        "taken": "{path} is there and was not made by softsite; it is untouched; --output takes another name",
        "failed": "cannot write {path}: {reason}",
        "done": "Made {path}. Open it in a browser, select and copy all, paste it into the editor; pictures have to be published first.",
    },
}
