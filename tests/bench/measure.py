"""Measure: what one command costs in time, processor and memory, and what no command can undercut."""

import resource
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SAMPLE_EVERY = 0.01


class CommandFailedError(Exception):
    """A measured command did not end with status 0: its figures mean nothing."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the clock, and of processor by the command and all that it started."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Floor:
    """Seconds for bare reading of the sources and bare writing of the output."""

    read: float
    write: float
    files: int
    size: int


def cost(command: Sequence[str], env: Mapping[str, str]) -> Cost:
    """What one run of `command` takes."""
    cpu = _cpu_of_children()
    start = time.perf_counter()
    done = subprocess.run(command, env=env, capture_output=True, check=False)
    wall = time.perf_counter() - start
    _insist(command, done.returncode, done.stdout + done.stderr)
    return Cost(wall, _cpu_of_children() - cpu)


def peak_memory(command: Sequence[str], env: Mapping[str, str]) -> int:
    """Bytes that `command` and all it starts hold at most together, as proportional shares (PSS).

    Shared pages count once, however many processes share them. The processes are those of
    the command's session, so one whose parent has gone is still counted. Pages of the
    interpreter that this very process shares are counted in part: a few MB at most.
    """
    with (
        subprocess.Popen(
            command, env=env, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        ) as process,
        _sampled(process.pid) as samples,
    ):
        printed, _ = process.communicate()
    _insist(command, process.returncode, printed)
    return max(samples)


def floor(sources: Path, output: Path, scratch: Path) -> Floor:
    """How long it takes to do nothing but read `sources` and write what is in `output`."""
    outputs = {path.relative_to(output): path.read_bytes() for path in files_below(output)}
    start = time.perf_counter()
    for path in files_below(sources):
        path.read_bytes()
    read = time.perf_counter() - start
    start = time.perf_counter()
    _write_all(scratch, outputs)
    write = time.perf_counter() - start
    shutil.rmtree(scratch)
    return Floor(read, write, len(outputs), sum(map(len, outputs.values())))


def files_below(folder: Path) -> Iterator[Path]:
    """Every file in `folder` and in the folders below it."""
    return (path for path in folder.rglob("*") if path.is_file())


def _write_all(folder: Path, outputs: Mapping[Path, bytes]) -> None:
    made: set[Path] = set()
    for name, data in outputs.items():
        path = folder / name
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_bytes(data)


def _cpu_of_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _insist(command: Sequence[str], status: int, printed: bytes) -> None:
    if status:
        tail = printed.decode(errors="replace")[-2000:]
        raise CommandFailedError(f"status {status}: {' '.join(command)}\n{tail}")


@contextmanager
def _sampled(session: int) -> Iterator[list[int]]:
    """The memory of `session`, in bytes, sampled by a thread for as long as the block runs."""
    samples = [0]
    done = threading.Event()

    def sample() -> None:
        while not done.wait(SAMPLE_EVERY):
            samples.append(_memory(session))

    thread = threading.Thread(target=sample)
    thread.start()
    try:
        yield samples
    finally:
        done.set()
        thread.join()


def _memory(session: int) -> int:
    return sum(_share(process) for process in Path("/proc").glob("[0-9]*") if _session(process) == session)


def _session(process: Path) -> int:
    """The session of a process; -1 if it has ended."""
    try:
        fields = (process / "stat").read_bytes().rpartition(b")")[2].split()
    except OSError:
        return -1
    return int(fields[3])


def _share(process: Path) -> int:
    """The proportional share of a process, in bytes; 0 if it has ended."""
    try:
        lines = (process / "smaps_rollup").read_bytes().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith(b"Pss:"))
