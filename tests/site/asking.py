"""Asking: questions to the search.js that a site ships, run by Node against the built output."""

import json
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

HARNESS = Path(__file__).with_name("ask.mjs")
ALL = 100_000  # rounds


class Question(NamedTuple):
    """What to ask: `rounds` of hits; `fresh`: as a reader who comes for the first time."""

    words: str
    filter: Mapping[str, str] = {}
    rounds: int = ALL
    fresh: bool = False


class Hit(NamedTuple):
    """A hit as a reader sees it; title and excerpt as runs with whether they are marked."""

    href: str
    title: list[tuple[str, bool]]
    excerpt: list[tuple[str, bool]]
    day: str
    column: str
    titled: bool

    @property
    def marks(self) -> list[str]:
        """The marked runs."""
        return [run for run, marked in (*self.title, *self.excerpt) if marked]


class Answer(NamedTuple):
    """The hits of all rounds; addresses and sizes (gzip) of what the first round loaded; how many it promised.

    `finished`: the first round was all; `done`: nothing is left.
    """

    hits: list[Hit]
    requests: list[tuple[str, int]]
    total: int
    finished: bool
    done: bool

    @property
    def found(self) -> list[str]:
        """The addresses of the hits."""
        return [hit.href for hit in self.hits]


def ask(
    output: Path, questions: Iterable[Question], base: str = "/ruanhuanjing/", edition: str = ""
) -> list[Answer]:
    """What search.js answers, one search page for all questions; `edition` is the folder of that page's edition."""
    node = shutil.which("node")
    assert node, (
        "the tests of search run the shipped JavaScript: install Node.js 20 or newer (Debian: nodejs)"
    )
    (shipped,) = (output / "static").glob("search.*.js")
    module = output.parent / "search-under-test.mjs"  # Node takes .js for CommonJS
    module.write_bytes(shipped.read_bytes())
    task = {
        "script": str(module), "output": str(output), "base": base, "index": f"{base}search/index.json",
        "texts": f"{base}{edition}search/texts/",
        "questions": [each._asdict() for each in questions],
    }  # fmt: skip
    run = subprocess.run(
        [node, HARNESS], input=json.dumps(task), capture_output=True, check=False, encoding="utf-8"
    )
    assert run.returncode == 0, run.stderr
    return [_answer(each) for each in json.loads(run.stdout)]


def _answer(found: Mapping[str, Any]) -> Answer:
    hits = [Hit(**each) for each in found["hits"]]
    requests = [tuple(each) for each in found["requests"]]
    return Answer(hits, requests, found["total"], found["finished"], found["done"])
