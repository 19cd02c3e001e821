"""The permission, budget and journal that every request of a run passes through."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from conformance.verdicts import BudgetSpent, Stopped, not_run
from conformance.wire.context import within
from conformance.wire.pace import Pace
from conformance.wire.settling import Settling
from conformance.wire.wrong_credentials import WrongCredentials

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager

    from conformance.config.target import Target
    from conformance.wire.exchanges import Exchange
    from conformance.wire.journal import Journal
    from conformance.wire.outgoing import Outgoing

SAFE_METHODS = frozenset({"GET"})
"""The methods of a run that may not write: those that no server takes for a write."""

_exempt: ContextVar[bool] = ContextVar("exempt", default=False)
_ends: ContextVar[float] = ContextVar("ends", default=float("inf"))
_reading: ContextVar[bool] = ContextVar("reading", default=False)
_at_once: ContextVar[bool] = ContextVar("at_once", default=False)


class NeedsToWrite(BaseException):
    """Ends a case that was to run only if it reads; no handler of outcomes takes it for one."""


def only_reading() -> AbstractContextManager[None]:
    """Let nothing that may write leave in this context: raise NeedsToWrite instead."""
    return within(_reading, value=True)


def all_at_once() -> AbstractContextManager[None]:
    """Let a few requests in this context begin at once, though a busy server slows others down."""
    return within(_at_once, value=True)


class Guard(Protocol):
    """Looks at every request that passes a gate, and at what came of it."""

    def check(self, outgoing: Outgoing) -> None:
        """Raise what ends the case where a request must not be sent."""

    def learn(self, exchange: Exchange) -> None:
        """Take note of an exchange that has ended."""


class Patience(Protocol):
    """Bears a target that is busy or gone."""

    def await_turn(self) -> None:
        """Wait while another caller waits for the target."""

    def bear(self, send: Callable[[], Exchange]) -> Exchange:
        """Send a request as often as that is useful; return the exchange that counts."""

    def learn(self, exchange: Exchange) -> None:
        """Take note of an exchange that has ended."""

    def is_well(self) -> bool:
        """Ask the target for an answer to its right caller."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a run sends nothing more; `gone` where the target answers nobody, or lets nobody in."""

    reason: str
    gone: bool


class Begun:
    """How many requests all callers together have begun; threads may share it."""

    def __init__(self) -> None:
        """Begin with none."""
        self._lock = threading.Lock()
        self._count = 0

    def reserve(self, most: int | None, sent: int) -> bool:
        """Count a request that is about to begin; tell whether it is one of so many at most.

        `sent` are those that are known to have ended.
        """
        with self._lock:
            self._count = max(self._count, sent)
            if most is not None and self._count >= most:
                return False
            self._count += 1
            return True


def _used_up(most: int | None) -> str:
    return f"budget: the {most} requests of this run are used up"


class Gate:
    """Admits requests and keeps their exchanges; threads may share it."""

    def __init__(self, target: Target, journal: Journal, beside: Gate | None = None) -> None:
        """Take the target, whose settings say what the run may send, and the journal.

        Two gates to one target, of an account each, have one journal, one pace, one count of what
        is begun, one of wrong credentials, and one knowledge of how late reads are: those of the
        gate `beside` it.
        """
        self.target = target
        self.journal = journal
        self.pace: Pace = beside.pace if beside else Pace(target.budget.requests_per_second)
        self.begun: Begun = beside.begun if beside else Begun()
        right = filter(None, (target.credentials, target.other_credentials))
        self.wrong_credentials: WrongCredentials = (
            beside.wrong_credentials if beside else WrongCredentials(right)
        )
        self.guard: Guard | None = None
        self.patience: Patience | None = None
        self.stopped: Stop | None = None
        self.is_closed = False
        """Whether the run was interrupted: only what is exempt is still sent."""
        self.settling: Settling = beside.settling if beside else Settling()
        self._sending = threading.local()

    def permit(self, outgoing: Outgoing) -> None:
        """Let a request pass that the run permits; to be called once for each, before it is sent.

        Raises NotRun where it may write and the run may not, and what the guard raises.
        """
        self.permit_method(outgoing.method)
        if outgoing.names_override:
            self._require_writes()
        if self.guard is not None:
            self.guard.check(outgoing)
        self.settling.wait(outgoing)

    def permit_method(self, method: str) -> None:
        """End the case as not run where a method may write and the run may not."""
        if method not in SAFE_METHODS:
            self._require_writes()

    def _require_writes(self) -> None:
        if _reading.get():
            raise NeedsToWrite
        if not self.target.allow_writes:
            not_run("needs --allow-writes")

    def admit(self, *, at_once: bool = False) -> None:
        """Admit one request; to be called right before it is sent.

        One that answers a challenge goes `at_once`: its connection may be closed when it is idle.
        Raises BudgetSpent once the requests or the time of the run are spent, Stopped once the
        target is gone.
        """
        self._require_open()
        if self.patience is not None:
            self.patience.await_turn()
        self.pace.wait(at_once=at_once or _at_once.get())
        self._require_open()
        self._sending.since = time.monotonic()
        most = None if _exempt.get() else self.target.budget.requests
        if not self.begun.reserve(most, self.journal.total):
            raise BudgetSpent(_used_up(most))

    def _require_open(self) -> None:
        """Raise why nothing more is sent, if that is so; nobody has to wait for that."""
        if _exempt.get():
            return
        if self.stopped:
            raise Stopped(self.stopped.reason)
        if self.is_closed:
            message = "the run was interrupted"
            raise Stopped(message)
        self.require_time()
        most = self.target.budget.requests
        if most is not None and self.journal.total >= most:
            raise BudgetSpent(_used_up(most))

    def require_time(self) -> float:
        """Return the seconds for which the run may still send; raises BudgetSpent without any.

        What is exempt has those until its own end, if that was said.
        """
        if _exempt.get():
            left, message = _ends.get() - time.monotonic(), "the time for it is over"
        else:
            most = self.target.budget.seconds
            left = float("inf") if most is None else most - self.journal.seconds
            message = f"budget: the {most or 0:g} seconds of this run are used up"
        if left <= 0:
            raise BudgetSpent(message)
        return left

    def admit_credentials(self, method: str, headers: Mapping[str, str]) -> None:
        """Admit what a request says of its caller; raises NotRun where that is wrong too often."""
        most, wrong = self.target.budget.wrong_credentials, self.wrong_credentials
        if most is not None and wrong.sent >= most and wrong.are_in(method, headers):
            not_run(f"limits.wrong_credentials: {most} wrong ones were sent")

    def send(self, once: Callable[[], Exchange]) -> Exchange:
        """Send a request, as often as the target's state makes useful; see `Patience.bear`."""
        return once() if self.patience is None else self.patience.bear(once)

    @property
    def is_shut(self) -> bool:
        """Whether the run was stopped, and the target is still not well."""
        return (
            self.stopped is not None and self.patience is not None and not self.patience.is_well()
        )

    @contextmanager
    def exempt(self, until: float | None = None) -> Iterator[None]:
        """Exempt requests from the budget: the first contact, and the clean-up.

        Nobody waits for a target `until` later than that moment of the monotonic clock.
        """
        with within(_exempt, value=True), within(_ends, _ends.get() if until is None else until):
            yield

    def keep(self, exchange: Exchange) -> None:
        """Keep a finished exchange, with or without a response."""
        self.journal.add(exchange, getattr(self._sending, "since", None))
        if self.wrong_credentials.were_in(exchange):
            self.wrong_credentials.count()
        if self.patience is not None:
            self.patience.learn(exchange)
        self.settling.note(exchange)
        if self.guard is not None:
            self.guard.learn(exchange)
