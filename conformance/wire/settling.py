"""Waiting until reads follow the last write, at a target where they are known to be behind."""

from __future__ import annotations

import threading
import time
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from conformance.wire.context import within
from conformance.wire.recorder import current_place

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from conformance.wire.exchanges import Exchange
    from conformance.wire.outgoing import Outgoing

MARGIN: Final = 1.25
"""How much longer than was measured is waited."""

_paused: ContextVar[bool] = ContextVar("paused", default=False)


@dataclass(frozen=True, slots=True)
class Lag:
    """Seconds that a read of one record, and of a list, is behind the last write."""

    records: float = 0.0
    lists: float = 0.0

    @property
    def longest(self) -> float:
        """Seconds after which every read follows."""
        return max(self.records, self.lists)

    def of(self, outgoing: Outgoing) -> float:
        """Return how far a read is behind; one by a parameter may be that of a list of one."""
        is_list = outgoing.is_by_parameters or any(not each.id for each in outgoing.aims)
        return self.lists if is_list else self.records


class Settling:
    """Knows how far reads are behind writes, and when each thread and each case has written last.

    A case may have threads of its own.
    """

    def __init__(self) -> None:
        """Start with a target whose reads follow at once."""
        self.lag = Lag()
        self._written = threading.local()
        self._written_by_case: dict[int, float] = {}
        self._last_of_all: float | None = None

    @property
    def is_needed(self) -> bool:
        """Whether there is anything to wait for."""
        return self.lag.longest > 0

    def learn(self, records: float, lists: float) -> None:
        """Take up what was measured, in seconds; the longest that was ever measured counts."""
        self.lag = Lag(max(self.lag.records, records), max(self.lag.lists, lists))

    def note(self, exchange: Exchange) -> None:
        """Note when a request was answered that may have written."""
        if self.is_needed and not exchange.outgoing.is_safe:
            self._last_of_all = self._written.last = time.monotonic()
            self._written_by_case[current_place()] = self._last_of_all

    def wait(self, outgoing: Outgoing) -> None:
        """Wait before a read until it shows what this thread, or this case, has written last."""
        if _paused.get() or not self.is_needed or not outgoing.is_safe:
            return
        by_thread: float = getattr(self._written, "last", 0.0)
        last = max(by_thread, self._written_by_case.get(current_place(), 0.0))
        _wait_since(last or None, self.lag.of(outgoing))

    def catch_up(self) -> None:
        """Wait until every read shows what any thread has written last."""
        _wait_since(self._last_of_all, self.lag.longest)

    @staticmethod
    def paused(*, paused: bool = True) -> AbstractContextManager[None]:
        """Wait for nothing in this context: to measure it; or wait again within such a context."""
        return within(_paused, paused)


def _wait_since(last: float | None, behind: float) -> None:
    """Wait until so many seconds, and some more, have passed since a write."""
    if last is not None:
        time.sleep(max(0.0, last + behind * MARGIN - time.monotonic()))
