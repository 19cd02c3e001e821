"""Waiting until reads follow the last write, at a target where they are known to be behind."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Final

from conformance.wire.recorder import current_place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.wire.exchanges import Exchange
    from conformance.wire.outgoing import Outgoing

MARGIN: Final = 1.25
"""How much longer than was measured is waited."""

_paused: ContextVar[bool] = ContextVar("paused", default=False)


class Settling:
    """Knows how far reads are behind writes, and when each thread and each case has written last.

    A case may have threads of its own.
    """

    def __init__(self) -> None:
        """Start with a target whose reads follow at once."""
        self.records = 0.0
        """Seconds that a read of one record is behind."""
        self.lists = 0.0
        """Seconds that a read of a list is behind."""
        self._written = threading.local()
        self._written_by_case: dict[int, float] = {}
        self._last_of_all: float | None = None

    @property
    def is_needed(self) -> bool:
        """Whether there is anything to wait for."""
        return max(self.records, self.lists) > 0

    def learn(self, records: float, lists: float) -> None:
        """Take up what was measured, in seconds; the longest that was ever measured counts."""
        self.records = max(self.records, records)
        self.lists = max(self.lists, lists)

    def note(self, exchange: Exchange) -> None:
        """Note when a request was answered that may have written."""
        if self.is_needed and not exchange.outgoing.is_safe:
            self._last_of_all = self._written.last = time.monotonic()
            self._written_by_case[current_place()] = self._last_of_all

    def wait(self, outgoing: Outgoing) -> None:
        """Wait before a read until it shows what this thread, or this case, has written last.

        A record that a parameter names may be read as a list of one.
        """
        if _paused.get() or not self.is_needed or not outgoing.is_safe:
            return
        reads_list = outgoing.is_by_parameters or any(not each.id for each in outgoing.aims)
        by_thread: float = getattr(self._written, "last", 0.0)
        last = max(by_thread, self._written_by_case.get(current_place(), 0.0))
        _wait_since(last or None, self.lists if reads_list else self.records)

    def catch_up(self) -> None:
        """Wait until every read shows what any thread has written last."""
        _wait_since(self._last_of_all, max(self.records, self.lists))

    @contextmanager
    def paused(self, *, paused: bool = True) -> Iterator[None]:
        """Wait for nothing in this context: to measure it; or wait again within such a context."""
        token = _paused.set(paused)
        try:
            yield
        finally:
            _paused.reset(token)


def _wait_since(last: float | None, behind: float) -> None:
    """Wait until so many seconds, and some more, have passed since a write."""
    if last is not None:
        time.sleep(max(0.0, last + behind * MARGIN - time.monotonic()))
