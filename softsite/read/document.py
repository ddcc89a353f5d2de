"""Document: one Markdown file as the rest of the program knows it; its body is kept apart.

Everything here depends on one file and the site's few reading options, on no other file.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from softsite.problems import WARNING, Problem, has_errors, problem
from softsite.read import source
from softsite.read.alarm import time_limit
from softsite.read.dates import Instant
from softsite.read.fields import (
    Field,
    Fields,
    Reading,
    columns,
    fields,
    moment,
    number,
    old_addresses,
    read,
    record,
    records,
    text,
    url,
    words,
    yes_no,
)
from softsite.read.findings import Findings
from softsite.read.options import Options
from softsite.read.yamlfile import Map, Seq, Text, Value, load
from softsite.records import Record
from softsite.text import citations, links, markup
from softsite.text.links import Reference

SECONDS = 8


class Special(Record, frozen=True):
    """特别关注: the editor's pick, its rank (1 stands first), from when, until when."""

    rank: int = 0
    since: Instant | None = None
    until: Instant | None = None


class Correction(Record, frozen=True):
    """更正: what was put right, and when."""

    date: Instant
    note: str


class Withdrawal(Record, frozen=True):
    """撤稿: since when, and why."""

    date: Instant
    reason: str


class Review(Record, frozen=True):
    """审核: one of the three reviews, bound to the text by a digest."""

    stage: str
    name: str
    date: Instant
    digest: str = ""


class Document(Record, frozen=True):
    """All that the site needs to know of an article or page, but not its body."""

    path: str
    column: str
    title: str
    date: Instant | None
    source: str = ""
    source_url: str = ""
    author: str = ""
    editor: str = ""
    summary: str = ""
    tags: tuple[str, ...] = ()
    image: str = ""
    image_alt: str = ""
    also: tuple[str, ...] = ()
    special: Special | None = None
    draft: bool = False
    publish: Instant | None = None
    expires: Instant | None = None
    aliases: tuple[str, ...] = ()
    correction: tuple[Correction, ...] = ()
    withdrawn: Withdrawal | None = None
    reviews: tuple[Review, ...] = ()
    anchors: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    documents: tuple[tuple[str, str], ...] = ()
    picture: str = ""


class Article(NamedTuple):
    """What one file gave. With an error among its `problems` a document is good for checking links, not for readers."""

    document: Document | None
    body: str
    problems: tuple[Problem, ...]


_DATE = Field(("date", "日期", "时间", "時間"), moment, "发布日期和时间", required=True)

SPECIAL = fields(
    Field(("rank", "排序", "次序"), number, "名次，1 排最前"),
    Field(("from", "开始", "開始"), moment, "从何时起"),
    Field(("until", "结束", "結束"), moment, "到何时止"),
)
CORRECTION = fields(_DATE, Field(("note", "说明", "說明", "内容", "內容"), text, "更正了什么", required=True))
WITHDRAWN = fields(_DATE, Field(("reason", "原因", "理由"), text, "撤稿原因", required=True))
REVIEW = fields(
    Field(("stage", "审次", "審次", "环节", "環節"), text, "第几审", required=True),
    Field(("name", "姓名"), text, "审核人", required=True),
    _DATE,
    Field(("digest", "摘要值"), text, "所审文字的摘要"),
)


def _special(key: str, value: Any, reading: Reading) -> Special | None:
    """True, or {rank, from, until}."""
    if not isinstance(value, Map):
        return Special() if yes_no(key, value, reading) else None
    made: Special | None = record(
        SPECIAL, lambda **v: Special(v.get("rank", 0), v.get("from"), v.get("until"))
    )(key, value, reading)
    return made


FRONT_MATTER = fields(
    Field(("title", "标题", "標題"), text, "文章标题", required=True),
    _DATE,
    Field(("source", "来源", "來源"), text, "稿件来源；不写就是本网原创"),
    Field(("source_url", "原文链接", "原文鏈接", "原文連結"), url, "原文的网址"),
    Field(("author", "作者"), text, "作者"),
    Field(("editor", "责任编辑", "責任編輯"), text, "责任编辑"),
    Field(("summary", "摘要"), text, "摘要；不写就取正文开头"),
    Field(("tags", "关键词", "标签", "關鍵詞", "標籤", "標簽"), words, "关键词，用逗号或顿号隔开"),
    Field(("image", "图片", "圖片"), text, "题图的路径"),
    Field(("image_alt", "图片说明", "圖片說明"), text, "题图的文字说明"),
    Field(("also", "同时发布", "同時發布", "同時發佈"), columns, "还要列出它的其他栏目"),
    Field(("special", "特别关注", "特別關注"), _special, "是否列入特别关注"),
    Field(("draft", "草稿"), yes_no, "草稿不发布"),
    Field(("publish", "定时发布", "定時發布", "定時發佈"), moment, "何时开始显示"),
    Field(("expires", "下线时间", "下線時間"), moment, "何时撤下"),
    Field(("aliases", "旧网址", "舊網址"), old_addresses, "转到这里的旧网址"),
    Field(("correction", "更正"), records(CORRECTION, Correction), "更正说明"),
    Field(("withdrawn", "撤稿"), record(WITHDRAWN, Withdrawal), "撤稿说明"),
    Field(("reviews", "审核", "審核"), records(REVIEW, Review), "三审记录"),
)
PAGE_FRONT_MATTER = fields(
    *(Field(each.names, each.kind, each.help, each.name == "title") for each in FRONT_MATTER.declared)
)


def document(path: str, options: Options, data: bytes) -> Article:
    """Reads the file `path` of content/, whose bytes are `data`."""
    try:
        with time_limit(SECONDS):
            return _article(path, options, data)
    except TimeoutError:
        return Article(None, "", (problem("markdown-slow", f"content/{path}", seconds=SECONDS),))


def _article(path: str, options: Options, data: bytes) -> Article:
    label = f"content/{path}"
    try:
        raw = source.text(data)
    except source.NotText:
        return Article(None, "", (problem("encoding", label),))
    findings = Findings(label, source.lines_of(raw))
    for line, name in source.control_characters(raw):
        findings.add("control-character", line, severity=WARNING, name=name)
    head, body_line = _front_matter(findings)
    column = _column(path, options, findings)
    if head is None or column is None:
        return Article(None, "", tuple(findings.problems))
    reading = Reading(findings, ZoneInfo(options.zone), _names(options.columns), options.markup.base)
    values = _values(FRONT_MATTER if column else PAGE_FRONT_MATTER, head, reading)
    check_dates(values, head, findings)
    if citations.is_braced(raw):
        check_braces(FRONT_MATTER, head, (), findings)
    shown = picture(values.get("image", ""), values.get("image_alt", ""), path, options, findings)
    body = rendered("\n".join(findings.lines[body_line:]), path, options, findings)
    if body is None:
        return Article(None, "", tuple(findings.problems))
    return Article(_document(path, column, values, body, shown), body.html, tuple(findings.problems))


def place(text: str, written: str) -> tuple[int, int]:
    """The line and column where an article names `written`; (0, 0) where it cannot be found."""
    spelled = dict.fromkeys((written, written.replace("%20", " "), written.replace("&", "&amp;")))
    for sign in ("](", "](<", '="', "]: ", "='", ""):
        for needle in spelled:
            position = text.find(sign + needle) if needle else -1
            if position >= 0:
                before = text[: position + len(sign)]
                return before.count("\n") + 1, len(before) - before.rfind("\n")
    return 0, 0


def _values(declared: Fields, head: Map, reading: Reading) -> dict[str, Any]:
    """The values of front matter; what is missing is not noted where a line of it could not be read."""
    problems = reading.findings.problems
    unread = has_errors(problems)
    values = read(declared, head, reading)
    if unread or any(each.code == "key-similar" for each in problems):
        problems[:] = [each for each in problems if each.code not in ("key-missing", "value-empty")]
    return values


@lru_cache(maxsize=4)
def _names(columns: tuple[str, ...]) -> frozenset[str]:
    return frozenset(columns)


def _document(
    path: str, column: str, values: dict[str, Any], body: markup.Rendered, shown: links.Resolved
) -> Document:
    """The record of an article whose file is in order."""
    date = values.pop("date", None) or (_NO_DATE if column else None)
    title = values.pop("title", "")
    written, cited = citations.with_figures(values.get("summary", ""))
    values["summary"] = written or markup.summary(body.html)
    pictures = (shown.reference,) if shown.reference else ()
    if not pictures and body.picture:
        values.setdefault("image_alt", body.picture_alt)
    return Document(
        path, column, title, date,
        anchors=body.anchors,
        references=(*body.references, *pictures, *cited) if pictures or cited else body.references,
        documents=body.documents, picture=shown.reference.target if shown.reference else body.picture,
        **values,
    )  # fmt: skip


def _front_matter(findings: Findings) -> tuple[Map | None, int]:
    """The entries between the two lines ---, and the index of the first line after them."""
    lines = findings.lines
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    if not _is_fence(lines[first]):
        findings.add("front-matter-missing", first + 1, fix="---")
        return None, 0
    last = next((n for n in range(first + 1, len(lines)) if _is_fence(lines[n])), None)
    if last is None:
        findings.add("front-matter-open", first + 1)
        return None, 0
    return load("\n".join(lines[first + 1 : last]), findings, first + 2), last + 1


def _is_fence(line: str) -> bool:
    """Whether a line is `---`, also in full-width dashes."""
    bare = line.strip()
    return (len(bare) >= 3 and not bare.strip("-－")) or (len(bare) >= 2 and not bare.strip("—"))


def _column(path: str, options: Options, findings: Findings) -> str | None:
    """The deepest folder of the path that site.yaml names; empty for a page of its own."""
    folder = path.rpartition("/")[0]
    if not folder:
        return ""
    while folder and folder not in options.columns:
        folder = folder.rpartition("/")[0]
    if not folder:
        findings.add("column-unknown", value=path.rpartition("/")[0], known="、".join(options.columns))
        return None
    return folder


def check_dates(values: dict[str, Any], head: Map, findings: Findings) -> None:
    """An article has to be visible at some time."""
    since, until = values.get("publish") or values.get("date"), values.get("expires")
    if since and until and until.epoch <= since.epoch:
        keys = {
            field.name: key for key, _ in head.entries.values() if (field := FRONT_MATTER.find(key.value))
        }
        last, first = keys["expires"], keys["publish" if values.get("publish") else "date"]
        findings.add("dates-crossed", last.line, last.column, since=first.value, until=last.value)


def check_braces(declared: Fields, head: Map, marked_up: Collection[str], findings: Findings) -> None:
    """Notes double braces that readers would see in the values of a file.

    A summary may cite figures; fields of `marked_up` are looked at when their Markdown is read.
    """
    for key, value in head.entries.values():
        field = declared.find(key.value)
        name = field.name if field else ""
        for line, written in _braces(value, findings) if name not in marked_up else ():
            code, severity = citations.fault(written)
            if code != "citation-place" or name != "summary":
                column = findings.line(line).find(written) + 1
                findings.add(code, line, column, severity=severity, target=written)


def _braces(value: Value, findings: Findings) -> Iterator[tuple[int, str]]:
    """The double braces in a value, and what is in them, each with its line."""
    if isinstance(value, Text):
        for written in citations.braces(value.value):
            lines = range(value.line, value.line + value.value.count("\n") + 2)
            yield next((n for n in lines if written in findings.line(n)), value.line), written
        return
    inside = value.items if isinstance(value, Seq) else [each for _, each in value.entries.values()]
    for each in inside:
        yield from _braces(each, findings)


_NO_DATE = Instant(0, "1970-01-01T00:00:00+00:00")


def picture(written: str, alt: str, path: str, options: Options, findings: Findings) -> links.Resolved:
    """The picture that front matter names; one on another site is a problem, and on a government site one without words."""
    found = links.resolved(written, path, options.markup.base) if written else links.Resolved(None, None)
    if not written:
        return found
    if found.reference is not None and found.reference.kind == "asset":
        if not alt and options.alternatives != "off":
            where = _place_of_value(findings, written)
            findings.add("image-alt", *where, severity=options.alternatives, target=written)
        return found
    where = _place_of_value(findings, written)
    if found.reference is not None or found.href is None:
        findings.add("file-type", *where, name=written)
    elif options.images != "off":
        findings.add("image-remote", *where, severity=options.images, target=written)
    return links.Resolved(None, None)


def _place_of_value(findings: Findings, written: str) -> tuple[int, int]:
    """The line and column where front matter, which comes first, writes something."""
    before, found, _ = "\n".join(findings.lines).partition(written)
    return (before.count("\n") + 1, len(before) - before.rfind("\n")) if found else (0, 0)


def rendered(
    text: str, path: str, options: Options, findings: Findings, above: Sequence[markup.Rendered] = ()
) -> markup.Rendered | None:
    """A text as HTML; None, and a problem, for one that would not end or that no reader can take in.

    `above` are the texts before it on the same page.
    """
    try:
        made = markup.render(text, path, options.markup, above)
    except TimeoutError:
        raise
    except RecursionError:
        findings.add("markdown-deep")
        return None
    except (
        Exception
    ) as error:  # Python-Markdown and its extensions raise whatever their input makes them raise
        findings.add("markdown-failed", reason=f"{type(error).__name__}: {error}")
        return None
    _note(made, options, findings)
    for written in made.untold if options.alternatives != "off" else ():
        where = place("\n".join(findings.lines), written)
        findings.add("image-alt", *where, severity=options.alternatives, target=written)
    return made


_ON_THIS_COMPUTER = re.compile(r"(?:file:|[a-z]:)", re.IGNORECASE)


def _note(made: markup.Rendered, options: Options, findings: Findings) -> None:
    """Says aloud what the sanitiser took away."""
    if not (made.unsafe or made.remote or made.dropped or made.braces):
        return
    text = "\n".join(findings.lines)
    for target in made.unsafe:
        if _ON_THIS_COMPUTER.match(target):
            findings.add("link-local", *place(text, target), target=target)
        else:
            findings.add("link-unsafe", *place(text, target), severity=WARNING, target=target)
    for written in made.braces:
        code, severity = citations.fault(written)
        findings.add(code, *place(text, written), severity=severity, target=written)
    for tag in made.dropped:
        findings.add("html-dropped", *place(text, f"<{tag}"), severity=WARNING, name=tag)
    for target in made.remote if options.images != "off" else ():
        findings.add("image-remote", *place(text, target), severity=options.images, target=target)
