"""Bench: softsite against Hugo on the same articles, in turns, in one run.

`python -m tests.bench [--articles 10000] [--rounds 5]` prints a table in Markdown and
ends with status 1 if, at 10,000 articles or more, a goal is missed.
"""

import argparse
import dataclasses
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from platform import python_version

from tests.bench import corpus, measure, report, tools
from tests.bench.cases import CASES, COLD, ONE_BODY, Newsroom
from tests.bench.measure import Cost
from tests.bench.report import Results
from tests.bench.tools import Tool


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print; 1 if a goal is missed, 2 if a command failed or built something else."""
    options = _options(argv)
    with tempfile.TemporaryDirectory(prefix="softsite-bench-", dir=options.where) as folder:
        try:
            results = _results(Path(folder), options)
        except (measure.CommandFailedError, FileNotFoundError) as error:
            print(error, file=sys.stderr)
            return 2
    print(report.markdown(results))
    if options.json:
        options.json.write_text(json.dumps(dataclasses.asdict(results), indent=1), encoding="utf-8")
    missed = report.missed_goals(results)
    for line in missed:
        print(f"goal missed: {line}")
    return int(bool(missed))


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    memory = Path("/dev/shm")
    where = memory if memory.is_dir() else Path(tempfile.gettempdir())
    parser.add_argument("--articles", type=int, default=10_000, help="how many (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each case (default: %(default)s)")
    parser.add_argument(
        "--where", type=Path, default=where, help="the folder to work in (default: %(default)s)"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure here as well")
    parser.add_argument("--softsite", type=Path, metavar="PATH", help="another softsite command to measure")
    options = parser.parse_args(argv)
    if options.articles < 3 or options.rounds < 1:
        parser.error("at least 3 articles and 1 round")
    return options


def _results(folder: Path, options: argparse.Namespace) -> Results:
    _say(f"writing {options.articles} articles twice into {folder}")
    articles = corpus.articles(options.articles)
    pair = (
        tools.softsite(folder / "softsite", articles, options.softsite),
        tools.hugo(folder / "hugo", articles),
    )
    newsroom = Newsroom(articles, pair)
    costs = _costs(newsroom, pair, options.rounds)
    memory = _memory(newsroom, pair)
    newsroom.check_articles()
    return Results(
        date=datetime.now(UTC).isoformat(timespec="seconds"),
        articles=options.articles,
        rounds=options.rounds,
        cpus=os.cpu_count() or 1,
        versions={"Python": python_version(), **{tool.name: tool.version for tool in pair}},
        costs=costs,
        memory=memory,
        floors={tool.name: measure.floor(tool.sources, tool.output, folder / "floor") for tool in pair},
        pages={tool.name: tool.pages() for tool in pair},
    )


def _costs(newsroom: Newsroom, pair: Sequence[Tool], rounds: int) -> dict[str, dict[str, list[Cost]]]:
    """By case and tool, the cost of each round. Who goes first changes from round to round."""
    costs: dict[str, dict[str, list[Cost]]] = {case: {tool.name: [] for tool in pair} for case in CASES}
    for number in range(rounds):
        turn = pair if number % 2 == 0 else pair[::-1]
        for case, edit in CASES.items():
            change = edit(newsroom)
            for tool in turn:
                _make_ready(tool, case)
                costs[case][tool.name].append(measure.cost(tool.command, tool.env))
                change.check(tool)
        _say(f"round {number + 1} of {rounds} done")
    return costs


def _memory(newsroom: Newsroom, pair: Sequence[Tool]) -> dict[str, dict[str, int]]:
    """By case and tool, the peak memory. Runs of their own: sampling would cost time in the others."""
    memory: dict[str, dict[str, int]] = {}
    for case in (COLD, ONE_BODY):
        change = CASES[case](newsroom)
        memory[case] = {}
        for tool in pair:
            _make_ready(tool, case)
            memory[case][tool.name] = measure.peak_memory(tool.command, tool.env)
            change.check(tool)
    return memory


def _make_ready(tool: Tool, case: str) -> None:
    if case == COLD:
        tool.forget()


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
