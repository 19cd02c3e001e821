"""When a request may begin: no sooner than the rate asked for, and a busy server, let it."""

from __future__ import annotations

import threading
import time
from fractions import Fraction

from pyrate_limiter import GCRA, InMemoryStateStore, Limiter, Rate, SingleBucketFactory, StateBucket

SLOWEST = 1.0
"""The longest time between two requests that a busy server brings about, in seconds."""

SPEED_UP = 0.98
"""What the time between two requests is multiplied with for each request that is answered."""

FIRST_SPACING = 0.05
"""The time between two requests after a server has said that they are too many, in seconds."""

MOST_AHEAD = 3
"""How many requests may begin before it is their turn, of those that go at once."""

FINEST = 10**6
"""The largest denominator of a rate."""


class Pace:
    """When all callers together begin their requests; threads may share it."""

    def __init__(self, rate: float | None) -> None:
        """Take how many requests begin in a second; None for as many as there are."""
        self._lock = threading.Lock()
        self._limiter = _limiter(rate) if rate else None
        self._not_before = self._spacing = 0.0

    def wait(self, *, at_once: bool = False) -> None:
        """Wait until another request may begin.

        Where no rate was asked for, a few that go `at_once` make those after them wait instead.
        """
        if self._limiter is not None:
            self._limiter.try_acquire()
        if not self._spacing:
            return
        with self._lock:
            begins = max(self._not_before, time.monotonic())
            self._not_before = begins + self._spacing
            ahead = MOST_AHEAD * self._spacing if at_once and self._limiter is None else 0.0
        time.sleep(max(0.0, begins - ahead - time.monotonic()))

    def slow_down(self) -> None:
        """Begin fewer requests in a second: the server says that they are too many."""
        with self._lock:
            self._spacing = min(max(2 * self._spacing, FIRST_SPACING), SLOWEST)

    def speed_up(self) -> None:
        """Begin slightly more requests in a second: the server takes them."""
        with self._lock:
            self._spacing *= SPEED_UP


def _limiter(rate: float) -> Limiter:
    """Return what spaces requests evenly at a rate, without a thread of its own."""
    spaced = max(Fraction(rate).limit_denominator(FINEST), Fraction(1, FINEST))
    evenly = Rate(spaced.numerator, 1000 * spaced.denominator, burst=1)
    bucket = StateBucket([evenly], GCRA(), InMemoryStateStore())
    return Limiter(SingleBucketFactory(bucket, schedule_leak=False), buffer_ms=0)
