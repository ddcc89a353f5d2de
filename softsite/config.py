"""Config: site.yaml as one frozen value, and the one clock of a build."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from softsite.problems import Problem, problem
from softsite.read import source
from softsite.read.dates import Instant, at, instant
from softsite.read.fields import Field, Reading, fields, number, read, record, text, url, words, yes_no
from softsite.read.findings import Findings
from softsite.read.options import Options
from softsite.read.yamlfile import Map, Seq, Text, Value, load
from softsite.records import Record
from softsite.text import options as text_options
from softsite.text.editions import BASE, REGIONS, SIMPLIFIED, TRADITIONAL, Edition, Names, editions
from softsite.text.links import href, is_page

FILE = "site.yaml"
FORMATS = frozenset({"avif", "webp"})
MIN_WIDTH, MAX_WIDTH = 100, 8000
EDITIONS = frozenset({SIMPLIFIED, TRADITIONAL})
RESERVED = frozenset(
    {"special", "tags", "archive", "bulletins", "search", "static", "zh-hant", "zh-hans", "index"}
)
_SITE_ID = re.compile(r"\d{10}|bm\d{8}")
_SLUG_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_")


class Owner(Record, frozen=True):
    """主办单位."""

    organisation: str = ""
    address: str = ""
    phone: str = ""


class Government(Record, frozen=True):
    """The identity of a government site; the patterns of its links are settings."""

    site_id: str = ""
    icp: str = ""
    police: str = ""
    party_mark: str = ""
    icp_href: str = "https://beian.miit.gov.cn/"
    police_href: str = "https://beian.mps.gov.cn/#/query/webSearch?code={code}"
    party_mark_href: str = "https://bszs.conac.cn/sitename?method=show&id={code}"
    report_href: str = "https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code={code}&url={url}"


class Column(Record, frozen=True):
    """A column of the tree; `path` is its folder in content/ and its address."""

    path: str
    slug: str
    name: str
    type: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    columns: tuple["Column", ...] = ()

    def walk(self) -> Iterator["Column"]:
        """The column itself and all below it."""
        yield self
        for child in self.columns:
            yield from child.walk()


class Notices(Record, frozen=True):
    """Notices below articles and in the footer; {source} and {site} stand for names."""

    own: str = "本网原创稿件，转载请注明来源：{site}。"
    reprint: str = "本文转载自{source}，转载目的在于传递更多信息，不代表本网赞同其观点，也不对其真实性负责。"
    footer: str = ""


class Lists(Record, frozen=True):
    """How many items stand in each list."""

    recent: int = 10
    special: int = 10
    page: int = 20
    feed: int = 20


class Checks(Record, frozen=True):
    """What a dead link is, or a picture that is missing or, on a government site, has no text alternative.

    "error", "warning" or "off".
    """

    links: str = "error"
    images: str = "error"


class Pictures(Record, frozen=True):
    """What is made of pictures: variants in these formats and widths (pixels); none is published wider than `largest`.

    `largest` 0: pictures are off, their files are published as they are.
    """

    formats: tuple[str, ...] = ("avif", "webp")
    widths: tuple[int, ...] = (420, 840, 1600)
    largest: int = 2560


PICTURES_OFF = Pictures((), (), 0)


class SiteConfig(Record, frozen=True):
    """All of site.yaml."""

    name: str
    url: str
    columns: tuple[Column, ...]
    description: str = ""
    timezone: str = "Asia/Shanghai"
    editions: tuple[str, ...] = (SIMPLIFIED,)
    traditional: str = REGIONS[0]
    owner: Owner = Owner()
    government: Government | None = None
    notices: Notices = Notices()
    lists: Lists = Lists()
    checks: Checks = Checks()
    pictures: Pictures = Pictures()
    numbered_headings: bool = False
    sharing: bool = False
    search: bool = True

    @property
    def base(self) -> str:
        """The site's path on its server, with a slash at both ends."""
        return urlsplit(self.url).path

    @property
    def page_base(self) -> str:
        """What the addresses of pages begin with: the base, or a mark for that of each edition."""
        return BASE if len(self.editions) > 1 else self.base

    def href(self, address: str) -> str:
        """An address of the site as a link: a page's in its own edition, a file's from the site's root."""
        return href(self.page_base if is_page(address) else self.base, address)

    def in_scripts(self, names: Names) -> tuple[Edition, ...]:
        """The editions; `names` are kept right in the other script."""
        return editions(self.base, self.editions, self.traditional, names)

    @property
    def origin(self) -> str:
        """Scheme and host."""
        return self.url[: -len(self.base)]

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone."""
        return ZoneInfo(self.timezone)

    def all_columns(self) -> Iterator[Column]:
        """Every column of the tree, parents first."""
        for column in self.columns:
            yield from column.walk()

    def options(self) -> Options:
        """What reading a document depends on."""
        paths = tuple(column.path for column in self.all_columns())
        return Options(
            self.timezone,
            paths,
            text_options.Options(self.base, self.page_base, self.numbered_headings),
            self.checks.images,
            self.checks.images if self.government is not None else "off",
        )


def load_config(root: Path) -> tuple[SiteConfig | None, list[Problem]]:
    """Reads site.yaml; without a config, the problems say why."""
    path = root / FILE
    if not path.is_file():
        return None, [problem("site-missing", FILE)]
    data = source.content(path, FILE)
    if isinstance(data, Problem):
        return None, [data]
    try:
        content = source.lines_of(source.text(data))
    except source.NotText:
        return None, [problem("encoding", FILE)]
    findings = Findings(FILE, content)
    reading = Reading(findings, ZoneInfo("UTC"), frozenset())
    values = read(SITE, load(content, findings), reading)
    config = SiteConfig(**values) if values.keys() >= {"name", "url", "columns"} else None
    failed = any(each.severity == "error" for each in findings.problems)
    return (None if failed else config), findings.problems


def clock(as_of: str | None, config: SiteConfig) -> Instant:
    """The moment that a build takes for now; raises ValueError for text that is no date."""
    return instant(as_of, config.zone) if as_of else at(datetime.now(tz=config.zone), config.zone)


def _site_url(name: str, value: Value, reading: Reading) -> str | None:
    """The complete address of the site, with a slash at its end."""
    written = value.value.strip() if isinstance(value, Text) else ""
    try:
        parts = urlsplit(written)
    except ValueError:
        parts = urlsplit("")
    if (
        parts.scheme not in ("http", "https")
        or not parts.netloc
        or parts.query
        or parts.fragment
        or " " in written
    ):
        reading.findings.add("site-url", value.line, value.column, fix="url: https://www.example.org/")
        return None
    return written.rstrip("/") + "/"


def _time_zone(name: str, value: Value, reading: Reading) -> str | None:
    """The name of a time zone."""
    written = value.value.strip() if isinstance(value, Text) else ""
    try:
        return ZoneInfo(written).key
    except (ValueError, OSError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        pass
    reading.findings.add(
        "site-timezone", value.line, value.column, value=written, fix="timezone: Asia/Shanghai"
    )
    return None


def _editions(name: str, value: Value, reading: Reading) -> tuple[str, ...] | None:
    """zh-Hans, zh-Hant or both, the one of writing first."""
    found = words(name, value, reading)
    if found and set(found) <= EDITIONS:
        return found
    if found is not None:
        wanted = "、".join(sorted(EDITIONS))
        shown = "、".join(found)
        reading.findings.add("value-kind", value.line, value.column, key=name, value=shown,
                             wanted_zh=wanted, wanted_en=wanted)  # fmt: skip
    return None


def _region(name: str, value: Value, reading: Reading) -> str | None:
    """Whose traditional characters: tw or hk."""
    written = value.value.strip().lower() if isinstance(value, Text) else ""
    if written in REGIONS:
        return written
    reading.findings.add("value-kind", value.line, value.column, key=name, value=written,
                         wanted_zh="tw（台湾）或 hk（香港）", wanted_en="tw or hk")  # fmt: skip
    return None


def _severity(name: str, value: Value, reading: Reading) -> str | None:
    """error, warn or off."""
    known = {"error": "error", "warn": "warning", "warning": "warning", "off": "off", "false": "off"}
    written = value.value.strip().lower() if isinstance(value, Text) else ""
    if written not in known:
        reading.findings.add("value-kind", value.line, value.column, key=name, value=written,
                             wanted_zh="error、warn 或 off", wanted_en="error, warn or off")  # fmt: skip
    return known.get(written)


def _pictures(name: str, value: Value, reading: Reading) -> Pictures | None:
    """`off`, or a mapping."""
    if isinstance(value, Text):
        return Pictures() if yes_no(name, value, reading) else PICTURES_OFF
    made: Pictures | None = record(PICTURES, Pictures)(name, value, reading)
    return made


def _formats(name: str, value: Value, reading: Reading) -> tuple[str, ...] | None:
    """avif, webp or both, the better one first: a browser takes the first that it knows."""
    found = words(name, value, reading)
    if found is not None and set(found) <= FORMATS:
        return tuple(sorted(found))
    if found is not None:
        wanted = "、".join(sorted(FORMATS))
        reading.findings.add("value-kind", value.line, value.column, key=name, value="、".join(found),
                             wanted_zh=wanted, wanted_en=wanted)  # fmt: skip
    return None


def _width(name: str, value: Value, reading: Reading) -> int | None:
    """A width in pixels."""
    found = number(name, value, reading)
    if found is None or MIN_WIDTH <= found <= MAX_WIDTH:
        return found
    reading.findings.add("value-kind", value.line, value.column, key=name, value=str(found),
                         wanted_zh=f"{MIN_WIDTH}到{MAX_WIDTH}之间的像素数",
                         wanted_en=f"pixels from {MIN_WIDTH} to {MAX_WIDTH}")  # fmt: skip
    return None


def _widths(name: str, value: Value, reading: Reading) -> tuple[int, ...]:
    """Some widths in pixels, the smallest first."""
    items = value.items if isinstance(value, Seq) else [value]
    found = {width for item in items if (width := _width(name, item, reading)) is not None}
    return tuple(sorted(found))


def _columns(name: str, value: Value, reading: Reading, above: str = "") -> tuple[Column, ...] | None:
    """A list of columns, each with those below it."""
    if not isinstance(value, Seq):
        reading.findings.add("value-kind", value.line, value.column, key=name, value="…",
                             wanted_zh="一列栏目，每个以“- slug:”开头", wanted_en="a list of columns")  # fmt: skip
        return None
    made: list[Column] = []
    for item in value.items:
        column = _column(item, reading, above)
        if column is None:
            continue
        if any(column.slug == each.slug for each in made):
            reading.findings.add("column-repeated", item.line, item.column, value=column.slug)
        made.append(column)
    return tuple(made)


def _column(item: Value, reading: Reading, above: str) -> Column | None:
    """One column; its path is made from the slugs above it."""
    if not isinstance(item, Map):
        reading.findings.add("value-kind", item.line, item.column, key="columns", value="…",
                             wanted_zh="slug 和 name", wanted_en="slug and name")  # fmt: skip
        return None
    children: list[Value] = []

    def below(name: str, value: Value, reading: Reading) -> tuple[Column, ...]:
        children.append(value)
        return ()

    declared = fields(*COLUMN, Field(("columns", "栏目", "子栏目"), below, "下级栏目"))
    values: dict[str, Any] = read(declared, item, reading)
    slug = values.get("slug", "")
    path = f"{above}/{slug}" if above else slug
    if not slug or set(slug) - _SLUG_SIGNS or (not above and slug in RESERVED):
        if slug:
            reading.findings.add(
                "column-slug", item.line, item.column, value=slug, reserved=", ".join(sorted(RESERVED))
            )
        return None
    if children:
        values["columns"] = _columns("columns", children[0], reading, path) or ()
    return Column(path=path, **values) if "name" in values else None


COLUMN = (
    Field(("slug", "目录"), text, "文件夹名，也是网址", required=True),
    Field(("name", "名称"), text, "栏目名称", required=True),
    Field(("type", "类型", "類型"), text, "栏目类型，如 工作动态"),
    Field(("description", "描述", "说明"), text, "栏目说明"),
    Field(("keywords", "关键词", "關鍵詞"), words, "栏目关键词"),
)


def _site_id(name: str, value: Value, reading: Reading) -> str | None:
    """政府网站标识码 (国办发〔2017〕47号): ten digits, or bm and eight for a department of the state."""
    written = value.value.strip() if isinstance(value, Text) else ""
    if _SITE_ID.fullmatch(written):
        return written
    reading.findings.add("value-kind", value.line, value.column, key=name, value=written,
                         wanted_zh="十位数字，如 2201120001", wanted_en="ten digits, like 2201120001")  # fmt: skip
    return None


def _made(shape: Any, *names: tuple[tuple[str, ...], Any, str]) -> Any:
    """A kind that reads a mapping into the record `shape`."""
    return record(fields(*(Field(*each) for each in names)), shape)


PICTURES = fields(
    Field(("formats", "格式"), _formats, "另存的格式：avif、webp"),
    Field(("widths", "宽度", "寬度"), _widths, "另存的宽度（像素）"),
    Field(("largest", "最宽", "最寬"), _width, "发布的图片最宽多少像素"),
)
SITE = fields(
    Field(("name", "名称", "名稱"), text, "网站名称", required=True),
    Field(("url", "网址", "網址"), _site_url, "网站的完整网址", required=True),
    Field(("description", "描述", "说明", "說明"), text, "网站说明"),
    Field(("timezone", "时区", "時區"), _time_zone, "时区"),
    Field(("editions", "版本"), _editions, "文字版本，第一个是写作所用"),
    Field(("traditional", "繁体"), _region, "繁体字形：tw（台湾）或 hk（香港）"),
    Field(("owner", "主办单位", "主辦單位"), _made(
        Owner,
        (("organisation", "名称", "organization"), text, "单位名称"),
        (("address", "地址"), text, "地址"),
        (("phone", "电话", "電話"), text, "电话"),
    ), "主办单位"),
    Field(("government", "政府网站", "政府網站"), _made(
        Government,
        (("site_id", "标识码"), _site_id, "政府网站标识码，十位"),
        (("icp", "备案号"), text, "ICP 备案号"),
        (("police", "公安备案"), text, "公安备案号"),
        (("party_mark", "党政机关标识"), text, "32 位标识"),
        (("icp_href",), url, "备案链接"),
        (("police_href",), url, "公安备案链接，{code} 代表号码"),
        (("party_mark_href",), url, "标识链接，{code} 代表标识"),
        (("report_href",), url, "找错链接，{code} 和 {url} 代表标识码和网页"),
    ), "政府网站的身份信息"),
    Field(("columns", "栏目", "欄目"), _columns, "栏目", required=True),
    Field(("notices", "声明", "聲明"), _made(
        Notices,
        (("own", "原创"), text, "原创稿件的声明"),
        (("reprint", "转载"), text, "转载稿件的声明"),
        (("footer", "页脚"), text, "页脚的说明"),
    ), "声明文字"),
    Field(("lists", "列表"), _made(
        Lists,
        (("recent", "最近更新"), number, "最近更新的条数"),
        (("special", "特别关注"), number, "特别关注的条数"),
        (("page", "每页"), number, "列表每页的条数"),
        (("feed", "订阅"), number, "订阅源的条数"),
    ), "列表长度"),
    Field(("checks", "检查"), _made(
        Checks,
        (("links", "链接"), _severity, "坏链接：error、warn 或 off"),
        (("images", "图片"), _severity, "缺图片、缺图片说明：error、warn 或 off"),
    ), "检查的严格程度"),
    Field(("pictures", "图片", "圖片"), _pictures, "图片的处理；off 原样发布"),
    Field(("numbered_headings", "公文标题"), yes_no, "“一、”“（一）”独占一行时当作小标题"),
    Field(("sharing", "分享"), yes_no, "文章下面放二维码和微博链接"),
    Field(("search", "搜索", "搜尋"), yes_no, "站内搜索；不写就是有"),
)  # fmt: skip
