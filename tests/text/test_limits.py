"""Limits: one input, however it is made, cannot stall the machine: each ends within 10 s, published or refused."""

import resource
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.read.sites import FOLDER, LATER
from tests.support import SITE, article, make_site

SECONDS = 10
MEMORY = 300_000_000

BODIES = {
    "quotes": ">" * 10_000 + " 甲",
    "quotes-parted": "> " * 10_000 + "甲",
    "quote-lines": "".join(">" * n + " 甲\n" for n in range(500)),
    "brackets": "[" * 100_000,
    "brackets-closed": "[" * 50_000 + "]" * 50_000,
    "brackets-links": "[a](" * 20_000,
    "pictures": "![" * 50_000,
    "pictures-nested": "![" * 5_000 + "x" + "](y)" * 5_000,
    "stars": "*" * 100_000,
    "stars-words": "*a " * 33_000,
    "stars-doubled": "**a " * 25_000,
    "stars-crossed": "*a **b " * 12_000,
    "underscores": "_a " * 33_000,
    "ticks": "`" * 50_000,
    "ticks-parted": "` " * 25_000,
    "ticks-growing": "".join("`" * n + " " for n in range(320)),
    "lists": "".join("  " * n + "- 甲\n" for n in range(500)),
    "lists-four": "".join("    " * n + "- 甲\n" for n in range(300)),
    "list-marks": "- " * 10_000 + "甲",
    "list-long": "- 甲\n" * 30_000,
    "list-after-line": "甲\n- 乙\n" * 10_000,
    "clauses": "（一）甲\n" * 20_000,
    "elements": "<div>" * 20_000,
    "elements-closed": "<b>" * 10_000 + "</b>" * 10_000,
    "open-tags": "<a " * 30_000,
    "comments": "<!--" * 25_000,
    "cdata": "<![CDATA[" * 10_000,
    "instructions": "<?" * 40_000,
    "declarations": "<!a" * 30_000,
    "closings": "</a" * 30_000,
    "attributes": "<a " + "x=y " * 20_000 + ">",
    "entities": "&" * 100_000,
    "references": "".join(f"[{n}]: /x\n" for n in range(10_000)) + "[1]",
    "reference-uses": "[a] " * 20_000 + "\n\n[a]: https://www.example.com/",
    "footnotes": "[^1]" * 20_000 + "\n\n[^1]: x",
    "footnotes-many": "".join(f"甲[^{n}]\n\n[^{n}]: x\n\n" for n in range(2_000)),
    "footnotes-circle": "a[^1]\n\n" + "".join(f"[^{n}]: [^{n + 1}]\n" for n in range(1, 1_000)),
    "table-wide": "|" * 20_000 + "\n" + "|-" * 20_000 + "\n" + "|" * 20_000,
    "table-long": "|a|b|\n|-|-|\n" + "|c|d|\n" * 15_000,
    "bars": "|" * 100_000,
    "headings": "# 甲\n" * 10_000,
    "heading-marks": "#" * 100_000,
    "equals": "甲\n" + "=" * 100_000,
    "attr-lists": "{: " * 30_000,
    "attr-list-long": "甲{: " + "a=b " * 20_000 + "}",
    "braces": "{" * 100_000,
    "definitions": "甲\n:   乙\n\n" * 5_000,
    "colons": "\n: " * 30_000,
    "fences": "```\n" * 20_000,
    "fence-code": "```python\n" + "x = 'a' + \"b\"  # c\n" * 20_000 + "```",
    "fence-broken": "```python\n" + "'''" * 20_000 + "\n```",
    "fence-deep": "```json\n" + "[" * 50_000 + "\n```",
    "escapes": "\\" * 100_000,
    "blanks": " " * 500_000 + "x",
    "tabs": "\t" * 200_000 + "x",
    "wide-blanks": "\u3000" * 200_000 + "x",
    "breaks": "甲\n" * 100_000,
    "broken-bold": "甲**乙\n丙**\n" * 10_000,
    "empty-lines": "\n" * 500_000,
    "one-line": "甲" * 600_000,
    "autolinks": "<http://a" * 20_000,
    "mails": "<a@" * 30_000,
    "urls": "http://a.example/ " * 20_000,
    "figures": "![](x)\n\n" * 5_000,
    "signs": "\\`*_{}[]()#+-.!|<>&~" * 5_000,
    "links": "[甲](https://www.example.com/) " * 10_000,
    "combining": "e" + "\u0301" * 200_000,
    "quotes-chinese": "“" * 200_000,
}  # fmt: skip


def limits() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000))


def timed(site: Path) -> tuple[int, str]:
    done = subprocess.run([sys.executable, "-c", RUN, "build", str(site), "--as-of", LATER, "--jobs", "1"],
                          capture_output=True, check=False, timeout=SECONDS, preexec_fn=limits)  # fmt: skip
    said = (done.stdout + done.stderr).decode("utf-8", "replace")
    assert "Traceback" not in said
    assert "RecursionError" not in said
    peak = int(said.rsplit("peak ", 1)[1])
    assert peak < MEMORY, f"{peak:,} bytes"
    return done.returncode, said


# Not `ru_maxrss`: that remembers the memory of the process that was forked, here that of all tests before.
RUN = """
import sys
from softsite.cli import main
status = main(sys.argv[1:])
with open("/proc/self/status") as held:
    peak = next(int(line.split()[1]) for line in held if line.startswith("VmHWM:"))
print("peak", peak * 1024, file=sys.stderr)
sys.exit(status)
"""


# These run with every test, the others with `make soak`: many take the whole time that an article is given.
ALWAYS = {"quotes", "brackets", "stars", "ticks", "pictures-nested", "entities", "lists"}


def _cases(names: Iterable[str]) -> list[object]:
    return [pytest.param(name, marks=() if name in ALWAYS else pytest.mark.soak) for name in names]


@pytest.mark.parametrize("name", _cases(BODIES))
def test_one_article_cannot_stall_the_build(tmp_path: Path, name: str) -> None:
    settings = f"{SITE}checks: {{links: off, images: off}}\n"
    site = make_site(tmp_path, {f"{FOLDER}/a.md": article(body=BODIES[name])}, settings)
    status, said = timed(site.root)
    assert status in (0, 1), said[-500:]
    if status == 1:
        assert f"{FOLDER}/a.md" in said


def test_deep_html_cannot_stall_the_build(tmp_path: Path) -> None:
    site = make_site(tmp_path, {f"{FOLDER}/a.md": article(body="<div>" * 60_000)}, SITE)
    assert timed(site.root)[0] in (0, 1)


@pytest.mark.parametrize("size", [3_000_000, 1_900_000])
def test_large_files(tmp_path: Path, size: int) -> None:
    paragraph = "县里召开**优化营商环境**工作会议，听取了有关部门的汇报。\n\n"
    body = paragraph * (size // len(paragraph.encode()))
    site = make_site(tmp_path, {f"{FOLDER}/a.md": article(body=body)}, SITE)
    status, said = timed(site.root)
    assert status in (0, 1)
    if status == 1:
        assert "a.md" in said


MATTERS = {
    "brackets": "tags: " + "[" * 100_000,
    "braces": "tags: " + "{" * 100_000,
    "braces-colon": "tags: " + "{a: " * 20_000,
    "indent": "\n".join(" " * n + "a:" for n in range(2_000)),
    "dashes": "tags:\n  " + "- " * 20_000,
    "quotes": "summary: " + '"' * 100_000,
    "quote-open": 'summary: "' + "甲 " * 100_000,
    "colons": "：" * 100_000,
    "keys": "\n".join(f"k{n}: v" for n in range(5_000)),
    "tags": "tags: " + "，".join(f"t{n}" for n in range(5_000)),
    "long": "summary: " + "甲" * 300_000,
    "anchors": "a: &a [x]\n" + "\n".join(f"b{n}: [*a, *a, *a]" for n in range(300)),
    "dates": "publish: " + "1" * 100_000,
    "date-parts": "publish: " + "2017-" * 30_000,
    "aliases": "aliases: [" + ", ".join(f"/old/{n}.html" for n in range(1_000)) + "]",
    "lines": "\n" * 200_000,
    "remarks": "# 甲\n" * 50_000,
}  # fmt: skip


ALWAYS_MATTERS = {"brackets", "braces", "anchors", "date-parts", "indent"}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in ALWAYS_MATTERS else pytest.mark.soak) for name in MATTERS]
)
def test_no_front_matter_can_stall_the_build(tmp_path: Path, name: str) -> None:
    text = f"---\ntitle: 甲\ndate: 2017-11-27\n{MATTERS[name]}\n---\n正文\n"
    site = make_site(tmp_path, {f"{FOLDER}/a.md": text}, SITE)
    status, said = timed(site.root)
    assert status in (0, 1), said[-500:]
