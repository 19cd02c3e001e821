"""What every request of a run passes, whoever sends it: permission, budget, and the journal."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from conformance.verdicts import BudgetSpent, not_run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.config.target import Target
    from conformance.wire.exchanges import Exchange
    from conformance.wire.journal import Journal

SAFE_METHODS = frozenset({"GET"})
"""What a run without permission to write sends: nothing that any server could take for a write."""

_exempt: ContextVar[bool] = ContextVar("exempt", default=False)


class Gate:
    """Lets requests through, and keeps what came of them; may be shared by threads."""

    def __init__(self, target: Target, journal: Journal) -> None:
        """Take what the run may do, and where its exchanges are kept."""
        self.target = target
        self.journal = journal

    def permit(self, method: str) -> None:
        """End the case as not run where a method may write and the run may not."""
        if method not in SAFE_METHODS and not self.target.allow_writes:
            not_run("needs --allow-writes")

    def admit(self, method: str) -> None:
        """Let one request through; to be called right before each is sent.

        Raises NotRun where the run does not permit it, BudgetSpent where the run has sent, or
        taken, all that it may.
        """
        self.permit(method)
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
        """Send what has to be sent whatever the budget: the first contact, and the clean-up."""
        token = _exempt.set(True)
        try:
            yield
        finally:
            _exempt.reset(token)

    def keep(self, exchange: Exchange) -> None:
        """Keep an exchange that has ended, answered or not."""
        self.journal.add(exchange)
