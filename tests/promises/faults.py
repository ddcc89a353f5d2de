"""Faults: a build in a process of its own, stopped, killed or failed at the N-th thing that it does to the disk."""

import errno
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.support import Site, tree

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.link", "os.symlink"}

GOOD, PROBLEMS, BUG = 0, 1, 3
"""How such a process ends, besides by a signal."""


def die() -> None:
    """As when the power goes, or somebody loses patience."""
    os.kill(os.getpid(), signal.SIGKILL)


def stop() -> None:
    """Waits until told to go on."""
    os.kill(os.getpid(), signal.SIGSTOP)


def full() -> None:
    """The disk is full."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def start(site: Site, at: int, action: Callable[[], None], jobs: int = 1) -> int:
    """Starts a build that meets a fault before its change number `at`; gives the process."""
    process = os.fork()
    if process:
        return process
    count = 0

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal count
        if event not in CHANGES and not (
            event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITES
        ):
            return
        if str(site.root) in str(arguments[0]):
            count += 1
            if count == at:
                action()

    status = BUG
    try:
        sys.addaudithook(watch)
        status = GOOD if site.build(jobs=jobs).good else PROBLEMS
        if not at:
            status = min(count, 250)
    finally:
        os._exit(status)


def ended(process: int) -> int:
    """How a process ended: its status, or minus the signal."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def changes(site: Site) -> int:
    """How many changes a build makes to the disk; makes them."""
    return ended(start(site, 0, die))


class Turn:
    """A site that turns from one version into another, again and again."""

    def __init__(self, folder: Path, first: dict[str, str | bytes], second: dict[str, str | bytes]) -> None:
        self.site, self.saved, self.second = Site(folder / "site"), folder / "saved", second
        self.site.write(first)
        assert self.site.build().good
        self.old = tree(self.site.root / "output")
        shutil.copytree(self.site.root, self.saved)
        clean = Site(folder / "clean")
        clean.write(first)
        self._edit(clean)
        assert clean.build().good
        self.new = tree(clean.root / "output")

    def begin(self) -> None:
        """The first version is built; the second lies in content/."""
        shutil.rmtree(self.site.root)
        shutil.copytree(self.saved, self.site.root)
        self._edit(self.site)

    def _edit(self, site: Site) -> None:
        for path, text in self.second.items():
            if text == b"":
                (site.root / path).unlink()
        site.write({path: text for path, text in self.second.items() if text != b""})

    def torn(self) -> list[str]:
        """What a reader would miss, or find in no whole version."""
        now = tree(self.site.root / "output")
        wrong = [path for path in self.old.keys() & self.new.keys() if path not in now]
        wrong += [
            path for path, found in now.items() if found not in {self.old.get(path), self.new.get(path)}
        ]
        return sorted(each for each in wrong if not each.startswith(".softsite"))

    def mended(self) -> bool:
        """Whether the next build makes all good."""
        report = self.site.build()
        assert report.good, report.problems
        assert not report.problems, report.problems
        return tree(self.site.root / "output") == self.new
