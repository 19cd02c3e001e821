"""The permission, budget and journal that every request of a run passes through."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Protocol

from conformance.verdicts import BudgetSpent, not_run
from conformance.wire.settling import Settling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.config.target import Target
    from conformance.wire.exchanges import Exchange
    from conformance.wire.journal import Journal
    from conformance.wire.outgoing import Outgoing

SAFE_METHODS = frozenset({"GET"})
"""The methods of a run that may not write: those that no server takes for a write."""

_exempt: ContextVar[bool] = ContextVar("exempt", default=False)


class Guard(Protocol):
    """Looks at every request that passes a gate, and at what came of it."""

    def check(self, outgoing: Outgoing) -> None:
        """Raise what ends the case where a request must not be sent."""

    def learn(self, exchange: Exchange) -> None:
        """Take note of an exchange that has ended."""


class Gate:
    """Admits requests and keeps their exchanges; threads may share it."""

    def __init__(self, target: Target, journal: Journal) -> None:
        """Take the target, whose settings say what the run may send, and the journal."""
        self.target = target
        self.journal = journal
        self.guard: Guard | None = None
        self.settling = Settling()
        self._lock = threading.Lock()
        self._not_before = 0.0

    def permit(self, outgoing: Outgoing) -> None:
        """Let a request pass that the run permits; to be called once for each, before it is sent.

        Raises NotRun where it may write and the run may not, and what the guard raises.
        """
        self.permit_method(outgoing.method)
        if self.guard is not None:
            self.guard.check(outgoing)
        self.settling.wait(outgoing)

    def permit_method(self, method: str) -> None:
        """End the case as not run where a method may write and the run may not."""
        if method not in SAFE_METHODS and not self.target.allow_writes:
            not_run("needs --allow-writes")

    def admit(self) -> None:
        """Admit one request; to be called right before it is sent.

        Raises BudgetSpent once the requests or the time of the run are spent.
        """
        self._wait_for_rate()
        budget, journal = self.target.budget, self.journal
        if _exempt.get():
            return
        if budget.requests is not None and journal.total >= budget.requests:
            message = f"budget: the {budget.requests} requests of this run are used up"
            raise BudgetSpent(message)
        if budget.seconds is not None and journal.seconds >= budget.seconds:
            message = f"budget: the {budget.seconds:g} seconds of this run are used up"
            raise BudgetSpent(message)

    def _wait_for_rate(self) -> None:
        """Wait until another request may begin."""
        rate = self.target.budget.requests_per_second
        if rate is None:
            return
        with self._lock:
            begins = max(self._not_before, time.monotonic())
            self._not_before = begins + 1 / rate
        time.sleep(max(0.0, begins - time.monotonic()))

    @contextmanager
    def exempt(self) -> Iterator[None]:
        """Exempt requests from the budget: the first contact, and the clean-up."""
        token = _exempt.set(True)
        try:
            yield
        finally:
            _exempt.reset(token)

    def keep(self, exchange: Exchange) -> None:
        """Keep a finished exchange, with or without a response."""
        self.journal.add(exchange)
        self.settling.note(exchange)
        if self.guard is not None:
            self.guard.learn(exchange)
