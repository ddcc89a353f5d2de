"""Corpus: N invented news articles. The text of one depends on the seed and its own number only."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from tests.bench.words import SOURCES, TAGS, Writer

COLUMNS = {
    "yaowen": ("要闻", "重要新闻"),
    "guonei": ("国内", "国内新闻"),
    "guoji": ("国际", "国际新闻"),
    "jingji": ("经济", "经济与产业"),
    "shehui": ("社会", "社会与民生"),
    "keji": ("科技", "科学与技术"),
    "wenhua": ("文化", "文化与教育"),
    "tiyu": ("体育", "体育与健康"),
}
BOLD, LIST, TABLE, PICTURE, LINKS, SPECIAL = 0.60, 0.20, 0.10, 0.14, 0.30, 0.02
PICTURES = 10
FIRST_DAY = datetime(2022, 7, 1)  # noqa: DTZ001 -- the offset is written with it
DAYS = 3 * 365
FOLDER = 20
SEED = 20171127


@dataclass(frozen=True, slots=True)
class Headline:
    """Where an article stands and what others show of it. `path` has no suffix."""

    path: str
    title: str
    date: datetime

    @property
    def column(self) -> str:
        """The slug of its column."""
        return self.path.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Article:
    """An article as both tools get it.

    In `body` a link to an article or a picture is written `](@/path.md)` or
    `](@/images/name.svg)`; each tool's own way is put in its place when it is laid.
    """

    headline: Headline
    source: str
    summary: str
    tags: tuple[str, ...]
    special: bool
    body: str


def articles(count: int, seed: int = SEED) -> list[Article]:
    """`count` articles, from the oldest to the newest."""
    headlines = _headlines(count, seed)
    return [_article(number, headlines, seed) for number in range(count)]


def _headlines(count: int, seed: int) -> list[Headline]:
    """Addresses, titles and dates, in order of date."""
    rng = Random(seed)
    minutes = sorted(_minute(rng) for _ in range(count))
    days: Counter[str] = Counter()
    folders: Counter[str] = Counter()
    found = []
    for number, minute in enumerate(minutes):
        date = FIRST_DAY + timedelta(minutes=minute)
        column = rng.choice(tuple(COLUMNS))
        path = _path(column, date, days, folders)
        found.append(Headline(path, Writer(_rng(seed, number)).title(), date))
    return found


def _minute(rng: Random) -> int:
    """A minute of the three years, between seven and nine of the day."""
    return rng.randrange(DAYS) * 24 * 60 + rng.randrange(7 * 60, 21 * 60)


def _path(column: str, date: datetime, days: Counter[str], folders: Counter[str]) -> str:
    """`guonei/202401/20240101-012`; a month's folder that is full has `-2` beside it."""
    month, day = f"{column}/{date:%Y%m}", f"{date:%Y%m%d}"
    days[day] += 1
    folders[month] += 1
    part = (folders[month] - 1) // FOLDER + 1
    return f"{month}{f'-{part}' if part > 1 else ''}/{day}-{days[day]:03}"


def _rng(seed: int, number: int) -> Random:
    return Random(f"{seed}:{number}")


def _article(number: int, headlines: Sequence[Headline], seed: int) -> Article:
    rng = _rng(seed, number)
    writer = Writer(rng)
    headline = headlines[number]
    if writer.title() != headline.title:
        raise AssertionError(headline)
    prose = _prose(rng, writer)
    return Article(
        headline=headline,
        source=rng.choice(SOURCES),
        summary=" ".join(prose)[: rng.randint(60, 70)].rstrip(),
        tags=tuple(rng.sample(TAGS, rng.randrange(4))),
        special=rng.random() < SPECIAL,
        body=_body(prose, headline, headlines, rng),
    )


def _prose(rng: Random, writer: Writer) -> list[str]:
    """Paragraphs of 60 to 300 characters, 300 to 2,900 in all; three at least."""
    wanted = int(rng.triangular(300, 2500, 400))
    prose = [writer.paragraph(writer.lead(), 200), writer.paragraph("", 300)]
    while sum(map(len, prose)) < wanted - 120:
        prose.append(writer.paragraph("", 300))
    return [*prose, writer.paragraph(writer.closing(), 200)]


def _body(prose: Sequence[str], headline: Headline, headlines: Sequence[Headline], rng: Random) -> str:
    """Markdown of `prose`, with what the shares call for; the last block is prose."""
    *blocks, last = _emboldened(prose, rng) if rng.random() < BOLD else list(prose)
    writer = Writer(rng)
    if rng.random() < LINKS:
        blocks += [_reading(headlines, rng) for _ in range(rng.randint(1, 3))]
    if rng.random() < PICTURE:
        blocks.insert(1, f"![{headline.title}](@/images/p{rng.randrange(PICTURES)}.svg)")
    if rng.random() < LIST:
        blocks += ["### 要点", _list(writer, rng)]
    if rng.random() < TABLE:
        blocks.append(_table(writer, rng))
    return "\n\n".join([*blocks, last]) + "\n"


def _emboldened(prose: Sequence[str], rng: Random) -> list[str]:
    """`prose` with a bold beginning, or the first words of some paragraphs bold."""
    if rng.random() < 0.5:
        return [f"**青溪融媒讯**（记者）：{prose[0]}", *prose[1:]]
    chosen = rng.sample(range(len(prose)), rng.randint(1, min(3, len(prose))))
    return [_bold_clause(text) if place in chosen else text for place, text in enumerate(prose)]


def _bold_clause(paragraph: str) -> str:
    """`paragraph` with the words before its first comma or stop in bold."""
    return re.sub(r"^([^，。]+)", r"**\1**", paragraph)


def _reading(headlines: Sequence[Headline], rng: Random) -> str:
    """A paragraph that links another article or, one time in four, another site."""
    if rng.random() < 0.25:
        return f"[查看原文](https://www.example.org/{rng.randrange(10**6)}.html)"
    other = rng.choice(headlines)
    return f"相关报道：[{other.title}](@/{other.path}.md)。"


def _list(writer: Writer, rng: Random) -> str:
    mark = rng.choice(("- ", "- ", "- ", "1. "))
    return "\n".join(mark + writer.point() for _ in range(rng.randint(3, 5)))


def _table(writer: Writer, rng: Random) -> str:
    heads = ("乡镇", "产品", "面积（亩）", "增长")[: rng.randint(2, 4)]
    kinds = ("place", "product", "big", "pct")[: len(heads)]
    rows = [heads, ("---",) * len(heads)]
    rows += [tuple(map(writer.word, kinds)) for _ in range(rng.randint(3, 6))]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
