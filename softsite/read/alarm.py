"""Alarm: no article keeps a build waiting; one that takes too long is ended."""

import math
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class _Alarm:
    """Rings every second while articles are read; setting it for each of them would cost more."""

    def __init__(self) -> None:
        self.until = math.inf

    def ring(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the system's signature
        """Ends the article that is being read, if its time is over."""
        if time.monotonic() > self.until:
            self.until = math.inf
            raise TimeoutError


_alarm = _Alarm()


@contextmanager
def alarm() -> Iterator[None]:
    """Lets articles that take too long be ended while the block runs, where the system can."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _alarm.ring)
    signal.setitimer(signal.ITIMER_REAL, 1, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def time_limit(seconds: int) -> Iterator[None]:
    """Raises TimeoutError in the block after about so many seconds, while the alarm rings."""
    _alarm.until = time.monotonic() + seconds
    try:
        yield
    finally:
        _alarm.until = math.inf
