"""Promise 2: an incremental build gives exactly the bytes of a clean build, after any sequence of edits."""

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as how
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from softsite.pipeline import Report
from tests.pictures import photo, saved
from tests.site.look import png
from tests.support import SITE, Site, article, make_site, tree

# A disk in memory, where there is one: thousands of small files are written here.
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
THEME = Path(__file__).parents[2] / "templates"
COLUMNS = ("news/headlines", "news/county", "policy", "later")
NAMES = ("甲", "乙", "c", "d/e", "index2")
PLACES = [f"content/{column}/{name}.md" for column in COLUMNS[:3] for name in NAMES]
# Large enough for variants.
PHOTOS = {3: saved(photo(430, 200, 3), "PNG"), 4: saved(photo(430, 200, 4), "PNG")}
PICTURES = ("content/images/a.png", "content/images/乙.png", "content/policy/c.png")
OVERLAYS = (
    "base.html",
    "article.html",
    "list.html",
    "home.html",
    "parts/footer.html",
    "parts/header.html",
    "search.html",
    "static/style.css",
    "static/search.js",
)
INSTANTS = (
    "2026-11-01",
    "2026-11-10 00:00",
    "2026-11-10 09:30",
    "2026-11-23 12:00",
    "2026-12-01",
    "2099-01-01",
)

BULLETINS = [f"content/bulletins/tally/2026-{month}.yaml" for month in ("09", "10", "11")]
TYPE = "content/bulletins/tally/_type.yaml"
# A type of the site's own: derived figures, the period before, rows that vanish, a clock.
DECLARATION = """\
name: {{zh: 通报{name}, en: Tally}}
description: 说明。
title: "period ~ '通报'"
period: period
fields:
  - {{name: period, label: 期别, kind: month, required: true}}
  - {{name: people, label: 人数, kind: integer, unit: 人, required: true, key: true}}
  - name: cases
    label: 案例
    kind: table
    until: until
    total: [count]
    fields:
      - {{name: unit, label: 单位, kind: organisation}}
      - {{name: count, label: 件数, kind: integer, unit: 件}}
      - {{name: until, label: 公示到, kind: date}}
      - {{name: state, label: 状态, kind: text, value: "'已过期' if past(until) else '有效'"}}
  - {{name: shown, label: 在公示, kind: integer, value: "count(cases)"}}
  - {{name: more, label: 比上期, kind: integer, value: "people - previous.people"}}
  - {{name: remark, label: 备注, kind: prose}}
  - {{name: about, label: 相关, kind: link, back: 有关数据}}
checks:
  - {{that: "people != 13", says: 不能是十三, severity: {severity}}}
charts:
  - {{kind: bars, title: 件数, table: cases, label: unit, values: [count]}}
trend: [people]
list: [period, people]
"""

places = st.sampled_from(PLACES)
bulletins = st.sampled_from(BULLETINS)
pictures = st.sampled_from(PICTURES)
instants = st.sampled_from(INSTANTS)
some_text = st.sampled_from(
    [
        "短。",
        "正文一。",
        "正文二。",
        "于里说，里面发展了。",
        "**“强调”**之后。" * 3,
        "很长的一段，" * 40,
        "<b>旧</b> & &amp; 😀",
    ]
)


@st.composite
def bodies(draw: st.DrawFn) -> str:
    """A body: text, headings, links that may be dead, pictures that may be missing."""
    parts = [draw(some_text)]
    for kind in draw(
        st.lists(
            st.sampled_from(
                [*["heading", "link", "anchor", "picture", "file"] * 2, "figure", "bulletin", "data"]
            ),
            max_size=3,
        )
    ):
        if kind == "heading":
            parts.append("## " + draw(st.sampled_from(["小标题", "另一题"])))
        elif kind == "link":
            parts.append(f"[链](/{draw(places)})")
        elif kind == "anchor":
            parts.append("[链](/" + draw(places) + "#小标题)")
        elif kind == "figure":
            parts.append(f"共 {{{{ tally/{Path(draw(bulletins)).stem}.people }}}} 人")
        elif kind == "bulletin":
            parts.append(f"{{{{ bulletin: tally/{Path(draw(bulletins)).stem} }}}}")
        elif kind == "data":
            parts.append(f"[数据](/{draw(bulletins)})")
        elif kind == "picture":
            parts.append(f"![图](/{draw(pictures)})")
        else:
            parts.append(f"[附件](/{draw(pictures)})")
    # Addresses from the root of content/ are no part of the contract: relative ones are.
    return "\n\n".join(parts)


@st.composite
def fronts(draw: st.DrawFn) -> dict[str, Any]:
    """Front matter of an article."""
    held: dict[str, Any] = {
        "title": draw(st.sampled_from(["题一", "题二", "<题> & 三"])),
        "date": draw(instants),
    }
    options: dict[str, Any] = {
        "tags": st.lists(st.sampled_from(["甲", "乙", "C&D"]), max_size=2, unique=True),
        "special": st.sampled_from([True, {"rank": 1}, {"from": INSTANTS[2]}, {"until": INSTANTS[3]}]),
        "draft": st.booleans(),
        "publish": instants,
        "expires": instants,
        "withdrawn": st.just({"date": "2026-11-11", "reason": "有误"}),
        "aliases": st.sampled_from([["/old/1.html"], ["/old/2.html", "/旧/"]]),
        "correction": st.just([{"date": "2026-11-12", "note": "改"}]),
        "also": st.sampled_from([["policy"], ["news/county", "news"]]),
        "source": st.sampled_from(["吉网", "青溪县软环境网"]),
        "author": st.sampled_from(["于里", "记者 范松"]),
        "summary": st.sampled_from(["摘要一", "摘要二"]),
        "image": st.just("../../images/a.png"),
    }
    for key in draw(st.lists(st.sampled_from(sorted(options)), max_size=3, unique=True)):
        held[key] = draw(options[key])
    # Crossed dates are a problem, and nothing would be published.
    if held.get("expires", "3") <= max(held["date"], held.get("publish", "")):
        del held["expires"]
    return held


@st.composite
def data(draw: st.DrawFn) -> dict[str, Any]:
    """A bulletin without its period."""
    held: dict[str, Any] = {
        "日期": draw(instants),
        "人数": draw(st.sampled_from([1, 2, 25, 13])),
        "案例": draw(st.lists(st.sampled_from([
            {"单位": "甲局", "件数": 3, "公示到": "2026-11-09"},
            {"单位": "乙局", "件数": 4, "公示到": "2026-11-30"},
            {"单位": "<丙>", "件数": 1},
        ]), max_size=3)),
    }  # fmt: skip
    options: dict[str, Any] = {
        "备注": st.sampled_from(["共 {{ tally/2026-10.people }} 人", "**要求“办好”**。"]),
        "相关": places.map(lambda path: "../../" + path.removeprefix("content/")),
        "标签": st.just("甲"),
        "特别关注": st.just(True),
        "草稿": st.booleans(),
        "下线时间": st.just("2099-06-01"),
        "撤稿": st.just({"日期": "2026-11-11", "原因": "有误"}),
    }
    for key in draw(st.lists(st.sampled_from(sorted(options)), max_size=2, unique=True)):
        held[key] = draw(options[key])
    return held


def text_of(path: str, held: dict[str, Any], body: str) -> bytes:
    """An article; its links as paths from its own folder."""
    up = "../" * (path.count("/") - 1)
    return f"---\n{_rows(held)}---\n\n{body}\n".replace("(/content/", f"({up}").encode()


class Editing(RuleBasedStateMachine):
    """Random edits of one site; after each, its output is that of a clean build elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="editing", dir=MEMORY))
        self.site = Site(self.folder / "site")
        self.as_of = INSTANTS[3]
        self.settings: dict[str, Any] = {
            "name": "青溪县软环境网",
            "url": "https://www.example.org/ruanhuanjing/",
            "columns": [
                {"slug": "news", "name": "资讯", "columns": [
                    {"slug": "headlines", "name": "今日头条"}, {"slug": "county", "name": "县内动态"}]},
                {"slug": "policy", "name": "政策"},
            ],
            "lists": {"page": 2, "feed": 3, "recent": 3, "special": 2},
            "checks": {"links": "warn", "images": "warn"},
        }  # fmt: skip
        self.built = ""
        self.broken: dict[str, bytes | None] = {}

    def teardown(self) -> None:
        """Leaves nothing behind."""
        shutil.rmtree(self.folder)

    # The edits

    @initialize(
        first=st.lists(st.tuples(places, fronts(), bodies()), min_size=1, max_size=6), picture=pictures
    )
    def begin(self, first: list[tuple[str, dict[str, Any], str]], picture: str) -> None:
        self._settle()
        for path, held, body in first:
            self.site.write({path: text_of(path, held, body)})
        self.site.write(
            {PICTURES[0]: png(0), picture: png(1), TYPE: DECLARATION.format(name="", severity="warn")}
        )
        self.check(1)

    @rule(path=places, held=fronts(), body=bodies(), jobs=st.sampled_from([0, 1, 1, 1, 2]))
    def put(self, path: str, held: dict[str, Any], body: str, jobs: int) -> None:
        """Adds an article, or writes it anew."""
        self.site.write({path: text_of(path, held, body)})
        self.check(jobs)

    @rule(path=bulletins, held=data(), jobs=st.sampled_from([0, 1, 1, 2]))
    def put_bulletin(self, path: str, held: dict[str, Any], jobs: int) -> None:
        """Adds a bulletin, or writes it anew."""
        self.site.write({path: _rows({"期别": Path(path).stem} | held)})
        self.check(jobs)

    @rule(path=bulletins)
    def delete_bulletin(self, path: str) -> None:
        (self.site.root / path).unlink(missing_ok=True)
        self.check()

    @rule(name=st.sampled_from(["", "会", "表"]), severity=st.sampled_from(["warn", "warn", "error"]))
    def declare(self, name: str, severity: str) -> None:
        """The type says something else of itself."""
        self.broken.pop(TYPE, None)
        self.site.write({TYPE: DECLARATION.format(name=name, severity=severity)})
        self.check()

    @precondition(lambda self: self.articles())
    @rule(data=st.data(), body=bodies())
    def new_body(self, data: st.DataObject, body: str) -> None:
        path = self._any(data)
        front = path.read_bytes().partition(b"\n---\n")[0]
        up = "../" * len(path.relative_to(self.site.root / "content").parts[:-1])
        path.write_bytes(front + b"\n---\n\n" + body.replace("(/content/", f"({up}").encode() + b"\n")
        self.check()

    @precondition(lambda self: self.articles())
    @rule(data=st.data(), title=st.sampled_from(["题一", "题四", "题五"]))
    def new_title(self, data: st.DataObject, title: str) -> None:
        path = self._any(data)
        first, _, rest = path.read_bytes().partition(b"\ndate:")
        path.write_bytes(f'---\ntitle: "{title}"'.encode() + b"\ndate:" + rest if first else rest)
        self.check()

    @precondition(lambda self: self.articles())
    @rule(data=st.data())
    def same_size_same_time(self, data: st.DataObject) -> None:
        """A text of the same size, put there with the old time, as some synchronisers do."""
        path = self._any(data)
        status, old = path.stat(), path.read_bytes()
        new = old.replace("一".encode(), "五".encode()).replace("二".encode(), "一".encode())
        self._replaced(path, new)
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        self.check()

    @precondition(lambda self: self.articles())
    @rule(data=st.data())
    def touch(self, data: st.DataObject) -> None:
        """A new time, the same text."""
        self._any(data).touch()
        self.check()

    @precondition(lambda self: self.articles())
    @rule(data=st.data(), to=places)
    def rename(self, data: st.DataObject, to: str) -> None:
        target = self.site.root / to
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(self._any(data), target)
        self.check()

    @precondition(lambda self: len(self.articles()) > 1)
    @rule(data=st.data())
    def swap(self, data: st.DataObject) -> None:
        one, other = self._any(data), self._any(data)
        held = one.read_bytes()
        if one != other:
            os.replace(other, one)
            self._replaced(other, held)
        self.check()

    @precondition(lambda self: self.articles())
    @rule(data=st.data(), whole_folder=st.booleans())
    def delete(self, data: st.DataObject, whole_folder: bool) -> None:
        path = self._any(data)
        if whole_folder:
            shutil.rmtree(path.parent)
        else:
            path.unlink()
        self.check()

    @precondition(lambda self: self.articles())
    @rule(data=st.data())
    def toggle_draft(self, data: st.DataObject) -> None:
        path = self._any(data)
        old = path.read_bytes()
        new = old.replace(b"\ndraft: true\n", b"\n", 1).replace(b"\ndraft: false\n", b"\n", 1)
        path.write_bytes(new if new != old else old.replace(b"\n---\n", b"\ndraft: true\n---\n", 1))
        self.check()

    @rule(path=pictures, color=st.integers(0, 4))
    def put_picture(self, path: str, color: int) -> None:
        self.site.write({path: PHOTOS[color] if color in PHOTOS else png(color)})
        self.check()

    @rule(path=pictures)
    def delete_picture(self, path: str) -> None:
        (self.site.root / path).unlink(missing_ok=True)
        self.check()

    @rule(name=st.sampled_from(OVERLAYS), mark=st.integers(0, 2))
    def overlay(self, name: str, mark: int) -> None:
        """The site's own version of a template, or none."""
        if mark and (THEME / name).exists():
            text = (THEME / name).read_text(encoding="utf-8")
            added = (
                f"/* {mark} */" if name.endswith((".css", ".js")) else f"<!-- {mark} {{{{ site.name }}}} -->"
            )
            self.site.write({f"templates/{name}": text + added})
        else:
            (self.site.root / "templates" / name).unlink(missing_ok=True)
        self.check()

    @rule(key=st.sampled_from(["page", "feed", "recent", "special"]), number=st.integers(1, 4))
    def lists(self, key: str, number: int) -> None:
        self.settings["lists"][key] = number
        self._settle()
        self.check()

    @rule(name=st.sampled_from(["青溪县软环境网", "另名网"]), url=st.sampled_from(["https://www.example.org/ruanhuanjing/", "https://example.com/"]),
          zone=st.sampled_from(["Asia/Shanghai", "UTC"]))  # fmt: skip
    def name(self, name: str, url: str, zone: str) -> None:
        self.settings |= {"name": name, "url": url, "timezone": zone}
        self._settle()
        self.check()

    @rule(
        editions=st.sampled_from([["zh-Hans"], ["zh-Hans", "zh-Hant"], ["zh-Hant", "zh-Hans"]]),
        words=st.sampled_from(["", "保留: [正文]", "对应: {题一: 頭條一}"]),
    )
    def editions(self, editions: list[str], words: str) -> None:
        self.settings["editions"] = editions
        self._settle()
        self.site.write({"glossary.yaml": words})
        self.check()

    @rule(more=st.booleans(), title=st.sampled_from(["政策", "政策文件"]), turned=st.booleans())
    def columns(self, more: bool, title: str, turned: bool) -> None:
        columns = [each for each in self.settings["columns"] if each["slug"] != "later"]
        columns += [{"slug": "later", "name": "后加"}] if more else []
        for each in columns:
            if each["slug"] == "policy":
                each["name"] = title
        self.settings["columns"] = columns[::-1] if turned else columns
        self._settle()
        self.check()

    @rule(on=st.booleans(), notice=st.sampled_from(["", "新声明：{source}"]))
    def identity(self, on: bool, notice: str) -> None:
        for key, value in (
            ("government", {"site_id": "2299000001"} if on else None),
            ("notices", {"reprint": notice} if notice else None),
        ):
            self.settings.pop(key, None)
            if value:
                self.settings[key] = value
        self._settle()
        self.check()

    @rule(on=st.booleans())
    def search(self, on: bool) -> None:
        self.settings["search"] = on
        self._settle()
        self.check()

    @rule(links=st.sampled_from(["warn", "warn", "off", "error"]))
    def checks(self, links: str) -> None:
        self.settings["checks"] = {"links": links, "images": links}
        self._settle()
        self.check()

    @rule(as_of=instants, jobs=st.sampled_from([1, 2]))
    def clock(self, as_of: str, jobs: int) -> None:
        """To another moment, and back: half of the time to stay there."""
        before, self.as_of = self.as_of, as_of
        self.check(jobs)
        if jobs == 1:
            self.as_of = before
            self.check()

    @rule(kind=st.sampled_from(["folder", "memo", "cut", "output", "all"]))
    def forget(self, kind: str) -> None:
        """Loses or damages what a build remembers; loses the output."""
        memory = self.site.root / ".softsite"
        if kind in {"folder", "all"}:
            shutil.rmtree(memory, ignore_errors=True)
        for path in sorted(memory.rglob("*")) if kind in {"memo", "cut"} else []:
            if path.is_file():
                old = path.read_bytes()
                path.write_bytes(old[: len(old) // 2] if kind == "cut" else old[::-1])
        if kind in {"output", "all"}:
            shutil.rmtree(self.site.root / "output", ignore_errors=True)
        self.check()

    @rule(data=st.data(), kind=st.sampled_from(["delete", "cut", "append", "other"]))
    def damage(self, data: st.DataObject, kind: str) -> None:
        """Somebody's hand in the output."""
        output = self.site.root / "output"
        files = [
            each for each in sorted(output.rglob("*")) if each.is_file() and each.name != ".softsite-files"
        ]
        if files:
            path = data.draw(st.sampled_from(files), label="file")
            old = path.read_bytes()
            if kind == "delete":
                path.unlink()
            else:
                path.write_bytes({"cut": old[:10], "append": old + b" ", "other": b"?" + old[1:]}[kind])
                os.utime(path, (1, 1))
        self.check()

    @rule(path=st.sampled_from(["content/nowhere/x.md", "content/policy/broken.md", "templates/base.html", "templates/parts/footer.html",
                                "site.yaml", "content/policy/甲.md", TYPE, BULLETINS[1]]), text=st.sampled_from(["{% broken", "---\ntitle: x\n", "\0", "a: ["]))  # fmt: skip
    def break_something(self, path: str, text: str) -> None:
        target = self.site.root / path
        self.broken.setdefault(path, target.read_bytes() if target.exists() else None)
        self.site.write({path: text})
        self.check()

    @precondition(lambda self: self.broken)
    @rule()
    def repair(self) -> None:
        for path, old in self.broken.items():
            if old is None:
                (self.site.root / path).unlink(missing_ok=True)
            else:
                self.site.write({path: old})
        self.broken.clear()
        self.check()

    # What must hold

    def check(self, jobs: int = 1) -> None:
        """Builds here, and cleanly in another folder; 0 jobs: not now, more edits come."""
        if not jobs:
            return
        output = self.site.root / "output"
        before = tree(output)
        report = self.site.build(self.as_of, jobs=jobs)
        other = Site(self.folder / "clean")
        shutil.rmtree(other.root, ignore_errors=True)
        shutil.copytree(self.site.root, other.root, ignore=shutil.ignore_patterns("output", ".softsite"))
        wanted = other.build(self.as_of)
        assert _told(report) == _told(wanted)
        if not wanted.good:
            assert tree(output) == before
            return
        assert contents(output) == contents(other.root / "output")
        assert (report.planned, report.next_change_at) == (wanted.planned, wanted.next_change_at)
        again = self.site.build(self.as_of)
        assert (again.rendered, again.written, again.removed) == (0, 0, 0)
        assert _told(again) == _told(wanted)

    def articles(self) -> list[Path]:
        return sorted(path for path in (self.site.root / "content").rglob("*.md"))

    def _any(self, data: st.DataObject) -> Path:
        return data.draw(st.sampled_from(self.articles()), label="article")

    def _replaced(self, path: Path, data: bytes) -> None:
        """Writes as careful editors do: beside it, then in its place."""
        beside = path.with_name("~neu")
        beside.write_bytes(data)
        os.replace(beside, path)

    def _settle(self) -> None:
        if "site.yaml" in self.broken:
            self.broken["site.yaml"] = _rows(self.settings).encode()
        else:
            self.site.write({"site.yaml": _rows(self.settings)})


def _rows(held: dict[str, Any]) -> str:
    """A row of YAML for every key."""
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in held.items())


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder; folders too, with no bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in folder.rglob("*")
    }


def _told(report: Report) -> list[tuple[str, str, int, int]]:
    return [(each.code, each.path, each.line, each.column) for each in report.problems]


def test_the_clock_moves_both_ways(tmp_path: Path) -> None:
    files = {f"content/policy/{n}.md": article(f"第{n}", date) for n, date in enumerate(INSTANTS)}
    site = make_site(tmp_path / "site", files)
    for as_of in (*INSTANTS, *reversed(INSTANTS), INSTANTS[2], INSTANTS[5], INSTANTS[0], INSTANTS[3]):
        other = make_site(tmp_path / "clean", files)
        assert site.build(as_of).good
        assert other.build(as_of, clean=True).good
        assert contents(tmp_path / "site/output") == contents(tmp_path / "clean/output"), as_of


def test_a_remembered_warning_moves_with_its_line(tmp_path: Path) -> None:
    settings = SITE + "checks: {links: warn}\n"
    site = make_site(tmp_path, {"content/policy/a.md": article(body="[甲](没有.md)", summary="摘")}, settings)
    assert [each.line for each in site.build().problems] == [7]
    site.write({"content/policy/a.md": article(body="新的一段。\n\n[甲](没有.md)", summary="摘")})
    assert [each.line for each in site.build().problems] == [9]


class TestIncremental(Editing.TestCase):  # type: ignore[misc,valid-type]
    """Enough to find what is badly wrong."""

    settings = how(max_examples=14, stateful_step_count=12)


@pytest.mark.soak
class TestIncrementalForHours(Editing.TestCase):  # type: ignore[misc,valid-type]
    """Enough to find the rest."""

    settings = how(max_examples=2000, stateful_step_count=40)
