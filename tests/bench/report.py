"""Report: the figures of a run as a table in Markdown, and the goals they miss."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from tests.bench.cases import COLD, NOTHING, ONE_BODY
from tests.bench.measure import Cost, Floor

GOALS_FROM = 10_000
MEGABYTE = 1_000_000
# The most that softsite may need, as a share of Hugo's.
TIME_GOALS = {COLD: 1.0, NOTHING: 0.1, ONE_BODY: 0.1}
MEMORY_GOAL = 1.0


@dataclass(frozen=True, slots=True)
class Results:
    """All figures of a run. `costs`: by case and tool, one for each round; `memory`: bytes."""

    date: str
    articles: int
    rounds: int
    cpus: int
    versions: dict[str, str]
    costs: dict[str, dict[str, list[Cost]]]
    memory: dict[str, dict[str, int]]
    floors: dict[str, Floor]
    pages: dict[str, int]


def markdown(results: Results) -> str:
    """The head, a table of times, memory and floors, and how many pages there are."""
    versions = ", ".join(f"{name} {version}" for name, version in results.versions.items())
    pages = ", ".join(f"{name} {count}" for name, count in results.pages.items())
    return "\n".join(
        [
            f"{results.articles} articles, {results.rounds} rounds, {results.cpus} CPUs, {results.date}; {versions}",
            "",
            "| case | softsite | Hugo | ratio |",
            "| --- | --- | --- | --- |",
            *_time_rows(results),
            *_cpu_rows(results),
            *_memory_rows(results),
            *_floor_rows(results),
            "",
            f"pages (.html): {pages}",
        ]
    )


def missed_goals(results: Results) -> list[str]:
    """A line for each goal that is missed; below 10,000 articles there are no goals."""
    if results.articles < GOALS_FROM:
        return []
    times = {case: _ratio(_walls(results, case)) for case in TIME_GOALS}
    peaks = {case: _ratio(list(peak.values())) for case, peak in results.memory.items()}
    return [
        *(
            f"{case}: {times[case]:.3f} × Hugo's time, goal {goal}"
            for case, goal in TIME_GOALS.items()
            if times[case] > goal
        ),
        *(
            f"{case}: {peak:.3f} × Hugo's memory, goal {MEMORY_GOAL}"
            for case, peak in peaks.items()
            if peak > MEMORY_GOAL
        ),
    ]


def _time_rows(results: Results) -> Iterator[str]:
    for case, costs in results.costs.items():
        cells = [_spread([cost.wall for cost in runs]) for runs in costs.values()]
        yield _row(f"{case}: wall, median (min)", cells, _ratio(_walls(results, case)))


def _cpu_rows(results: Results) -> Iterator[str]:
    for case, costs in results.costs.items():
        times = [[cost.cpu for cost in runs] for runs in costs.values()]
        yield _row(f"{case}: CPU, median (min)", map(_spread, times), _ratio(list(map(median, times))))


def _memory_rows(results: Results) -> Iterator[str]:
    for case, peak in results.memory.items():
        cells = [f"{size / MEGABYTE:.1f} MB" for size in peak.values()]
        yield _row(f"{case}: peak memory of all processes", cells, _ratio(list(peak.values())))


def _floor_rows(results: Results) -> Iterator[str]:
    floors = results.floors.values()
    reads, writes = [floor.read for floor in floors], [floor.write for floor in floors]
    yield _row("floor: bare reading", [f"{read:.3f} s" for read in reads], _ratio(reads))
    yield _row("floor: bare writing", [f"{write:.3f} s" for write in writes], _ratio(writes))
    sizes = [floor.size for floor in floors]
    cells = [f"{floor.files} files, {floor.size / MEGABYTE:.1f} MB" for floor in floors]
    yield _row("output", cells, _ratio(sizes))


def _row(label: str, cells: Iterator[str] | Sequence[str], ratio: float) -> str:
    return f"| {' | '.join([label, *cells, f'{ratio:.3f}'])} |"


def _spread(seconds: Sequence[float]) -> str:
    return f"{median(seconds):.3f} ({min(seconds):.3f}) s"


def _walls(results: Results, case: str) -> list[float]:
    return [median(cost.wall for cost in runs) for runs in results.costs[case].values()]


def _ratio(pair: Sequence[float]) -> float:
    """The figure of softsite as a share of Hugo's."""
    ours, theirs = pair
    return ours / theirs
