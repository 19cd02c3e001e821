"""The permission, budget and journal that every request of a run passes through."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Protocol

from conformance.verdicts import BudgetSpent, not_run

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


class Pace:
    """The rate at which all callers together begin their requests; threads may share it."""

    def __init__(self, rate: float | None) -> None:
        """Take how many requests begin in a second; None for as many as there are."""
        self._rate = rate
        self._lock = threading.Lock()
        self._not_before = 0.0

    def wait(self) -> None:
        """Wait until another request may begin."""
        if self._rate is None:
            return
        with self._lock:
            begins = max(self._not_before, time.monotonic())
            self._not_before = begins + 1 / self._rate
        time.sleep(max(0.0, begins - time.monotonic()))


class Gate:
    """Admits requests and keeps their exchanges; threads may share it."""

    def __init__(self, target: Target, journal: Journal, pace: Pace | None = None) -> None:
        """Take the target, whose settings say what the run may send, and the journal.

        Two gates to one target, of an account each, have one journal and one pace.
        """
        self.target = target
        self.journal = journal
        self.pace = pace or Pace(target.budget.requests_per_second)
        self.guard: Guard | None = None

    def permit(self, outgoing: Outgoing) -> None:
        """Let a request pass that the run permits; to be called once for each, before it is sent.

        Raises NotRun where it may write and the run may not, and what the guard raises.
        """
        self.permit_method(outgoing.method)
        if self.guard is not None:
            self.guard.check(outgoing)

    def permit_method(self, method: str) -> None:
        """End the case as not run where a method may write and the run may not."""
        if method not in SAFE_METHODS and not self.target.allow_writes:
            not_run("needs --allow-writes")

    def admit(self) -> None:
        """Admit one request; to be called right before it is sent.

        Raises BudgetSpent once the requests or the time of the run are spent.
        """
        self.pace.wait()
        budget, journal = self.target.budget, self.journal
        if _exempt.get():
            return
        if budget.requests is not None and journal.total >= budget.requests:
            message = f"budget: the {budget.requests} requests of this run are used up"
            raise BudgetSpent(message)
        if budget.seconds is not None and journal.seconds >= budget.seconds:
            message = f"budget: the {budget.seconds:g} seconds of this run are used up"
            raise BudgetSpent(message)

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
        if self.guard is not None:
            self.guard.learn(exchange)
