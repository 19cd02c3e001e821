"""Room for records of ours: where as many are there as may be, what makes one more waits."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Final

from conformance.clients.once import waiting_for_findings

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_SECONDS: Final = 20.0
"""How long a case waits for room at a time: it may be that nothing of the others goes."""

LOOK: Final = 0.03
"""How many seconds pass until it looks again."""


class Room:
    """Counts the records of one account that pass or are coming; threads may share it."""

    def __init__(self, passing: Callable[[], int], running_cases: Callable[[], int]) -> None:
        """Take what tells how many records may still be deleted, and how many cases are running."""
        self._passing = passing
        self._running_cases = running_cases
        self._lock = threading.Lock()
        self._coming: set[int] = set()
        self._waiting = 0

    @property
    def coming(self) -> int:
        """How many records are being made."""
        return len(self._coming)

    def take(self, most: float) -> bool:
        """Take room for a record that this thread is going to make; tell whether there is any."""
        me = threading.get_ident()
        with self._lock:
            if self._passing() + len(self._coming - {me}) >= most:
                return False
            self._coming.add(me)
            return True

    def give_back(self) -> None:
        """Note that what this thread was going to make is there, or is not made."""
        with self._lock:
            self._coming.discard(threading.get_ident())

    def wait(self, most: int, tidy: Callable[[], None]) -> bool:
        """Take room once others have left some, and tidy until then; tell whether there is any.

        There may be none where nobody would leave any, since all wait for it, and after
        `MOST_SECONDS`.
        """
        ends = time.monotonic() + MOST_SECONDS
        with self._lock:
            self._waiting += 1
        try:
            while (
                not (taken := self.take(most)) and self._others_go_on() and time.monotonic() < ends
            ):
                time.sleep(LOOK)
                tidy()
            return taken
        finally:
            with self._lock:
                self._waiting -= 1

    def _others_go_on(self) -> bool:
        """Tell whether a case is running that waits neither for room nor for another thread."""
        return self._waiting + waiting_for_findings() < self._running_cases()
