"""How a run bears a target that is busy, restarts, or locks the account; and when it gives up."""

from __future__ import annotations

import datetime as dt
import threading
import time
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from conformance.clients.client import OTHER
from conformance.spec.addressing import PING
from conformance.spec.status_codes import THROTTLED
from conformance.verdicts import BudgetSpent, Busy, OutcomeError, Stopped
from conformance.wire.busy import (
    UNAUTHORIZED,
    is_busy,
    is_denied,
    is_put_off,
    is_refused,
    is_right,
    is_stale,
    is_unwell,
    may_be_sent_again,
    retry_after,
    says_no_more,
    status_of,
    what_happened,
)
from conformance.wire.context import within
from conformance.wire.gate import Stop
from conformance.wire.recorder import current_recorder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conformance.clients.client import Client
    from conformance.wire.exchanges import Exchange
    from conformance.wire.gate import Gate

PROBES = (PING, "/customers")
"""What a target that is well answers to the right caller: at least one of these."""

PAUSES = (0.1, 0.2, 0.5, 1.0, 1.0, 2.0, 2.0, 4.0, 4.0)
"""Seconds between looks whether a target that was busy or silent is well again."""

LOCK_PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 30.0)
"""Seconds between looks whether credentials that were right are accepted again."""

LONGEST_SILENCE = 60.0
"""Seconds after which no further look is taken at a target that does not answer at all."""

MOST_IN_A_ROW = 10
"""After how many requests in a row without a real answer the run looks whether all is well."""

REPEAT_PAUSES = (0.2, 0.5, 1.0, 2.0, 4.0)
"""Seconds before a request that was one too many is sent again."""

REPEATS = 3
"""How often a request is sent again that a target refuses which is well otherwise."""

MOST_OWN_ERRORS = 5
"""After how many errors that turned out to be a request's own answer one repeat is enough."""


_looking: ContextVar[bool] = ContextVar("looking", default=False)


class Patience:
    """Waits for a target that is not well, and stops the run where it stays so.

    Whether a target is well, the right caller's ping shows. So an error that one request alone
    causes remains that request's own answer, and is judged. A target that was never well is not
    waited for.
    """

    def __init__(self, gate: Gate, caller: Callable[[], Client]) -> None:
        """Take the gate that it may close, and how to get the right caller."""
        self.waited = 0.0
        self._gate = gate
        self._caller = caller
        self._lock = threading.RLock()
        self._open = threading.Event()
        self._open.set()
        self._unwell: list[Exchange] = []
        self._accepted = False
        self._wrong_credentials = 0
        self._may_be_locked = False
        self._own_errors = 0
        self._recovered = 0.0
        self._since = dt.datetime.now(dt.UTC)

    def await_turn(self) -> None:
        """Wait while another caller waits for the target: one who asks is enough."""
        if not _looking.get():
            self._open.wait()

    def bear(self, send: Callable[[], Exchange]) -> Exchange:
        """Send a request, again while the target is not well; return the exchange that counts.

        Raises Busy where the target stays busy, or a write may have been done, and Stopped where
        the target is gone or lets nobody in.
        """
        sent, exchange = time.monotonic(), send()
        own = 0
        for repeat, pause in enumerate(REPEAT_PAUSES):
            if not self._is_in_the_way(exchange):
                return exchange
            throttled = status_of(exchange) == THROTTLED
            if own >= self._repeats and not throttled:
                self._own_errors += 1
                return exchange
            self._pause(exchange, pause if repeat or throttled else 0.0)
            was_well = self._await_well(exchange) and sent > self._recovered
            own += was_well
            if was_well and is_denied(exchange):
                return exchange
            if not may_be_sent_again(exchange):
                if exchange.response is None:
                    return exchange
                self._supersede(exchange)
                _raise_busy(exchange)
            if not was_well and is_put_off(exchange):
                self._slow_down()
            self._supersede(exchange)
            sent, exchange = time.monotonic(), send()
        if status_of(exchange) == THROTTLED or (is_put_off(exchange) and not own):
            _raise_busy(exchange)
        return exchange

    def learn(self, exchange: Exchange) -> None:
        """Take note of an exchange that has ended."""
        if not self._gate.target.is_at(exchange.url):
            return
        right = exchange.role in {"api", OTHER} and exchange.authorized
        with self._lock:
            self._count(exchange, right=right)

    def _count(self, exchange: Exchange, *, right: bool) -> None:
        self._accepted |= right and is_right(exchange)
        if exchange.authorized and not right and is_refused(exchange):
            self._wrong_credentials += 1
            self._may_be_locked = True
        if not is_unwell(exchange):
            self._unwell.clear()
            self._gate.pace.speed_up()
            return
        if not self._unwell:
            self._since = dt.datetime.now(dt.UTC)
        self._unwell.append(exchange)

    @contextmanager
    def excusing(self) -> Iterator[None]:
        """Turn the finding of a case that met a target that is not well into Busy.

        The right caller is asked whether it is, where an answer of the case makes that doubtful.
        """
        try:
            yield
        except AssertionError as error:
            met = current_recorder().exchanges
            doubtful = [each for each in met if is_unwell(each) or is_refused(each)]
            if not (doubtful and self._accepted) or self._gate.stopped or self.is_well():
                raise
            self._await_well(doubtful[-1])
            message = f"the target was not well at that time ({what_happened(doubtful[-1])})"
            raise Busy(message) from error

    def _is_in_the_way(self, exchange: Exchange) -> bool:
        """Tell whether a request has to wait, or what came may not be its own answer."""
        if _looking.get() or self._gate.stopped or not self._gate.target.is_at(exchange.url):
            return False
        if not self._accepted:
            return False
        right = exchange.role == "api" and exchange.authorized and not is_stale(exchange)
        return (
            is_busy(exchange)
            or exchange.response is None
            or (right and status_of(exchange) == UNAUTHORIZED)
            or (right and self._may_be_locked and is_denied(exchange))
            or len(self._unwell) >= MOST_IN_A_ROW
        )

    @property
    def _repeats(self) -> int:
        return REPEATS if self._own_errors < MOST_OWN_ERRORS else 1

    def _pause(self, exchange: Exchange, seconds: float) -> None:
        """Wait as long as the answer asks for, else for some time.

        One that may mean this request alone is not believed: a look shows whether all have to wait.
        """
        asked = None if is_put_off(exchange) else retry_after(exchange.response)
        if status_of(exchange) == THROTTLED:
            self._slow_down()
        self._sleep(seconds if asked is None else asked)

    def _await_well(self, cause: Exchange) -> bool:
        """Return once the target is well, and whether it was so at the first look.

        All callers wait meanwhile. Raises Stopped where it does not become well.
        """
        with self._lock:
            if self._gate.stopped:
                raise Stopped(self._gate.stopped.reason)
            self._open.clear()
            try:
                return self._look_until_well(cause)
            except BudgetSpent:
                self._supersede(cause)
                raise
            finally:
                self._open.set()

    def _look_until_well(self, cause: Exchange) -> bool:
        locked = is_refused(cause)
        began = time.monotonic()
        for look, pause in enumerate((0.0, *(LOCK_PAUSES if locked else PAUSES))):
            self._sleep(pause)
            if self.is_well():
                self._may_be_locked = False
                self._unwell.clear()
                self._recovered = time.monotonic() if look else self._recovered
                return not look
            if not locked and time.monotonic() - began > LONGEST_SILENCE:
                break
        self._supersede(cause)
        gone = locked or cause.response is None
        self._gate.stopped = Stop(self._why_stopped(cause), gone)
        raise Stopped(self._gate.stopped.reason)

    def is_well(self) -> bool:
        """Tell whether the right caller's ping, or else a list, is answered as it was before.

        A caller who is refused asks again with another nonce. Where that is accepted, the refusal
        was for the nonce, and stays to be judged.
        """
        with within(_looking, value=True):
            return any(self._answers(path) for path in PROBES)

    def _answers(self, path: str) -> bool:
        asked = self._probe(path)
        if asked is not None and says_no_more(asked):
            self._caller().forget_nonce()
            renewed = self._probe(path)
            if renewed is not None and is_right(renewed):
                return True
            asked = asked if renewed is None else renewed
        if asked is not None and not is_right(asked):
            self._supersede(asked)
        return asked is not None and is_right(asked)

    def _probe(self, path: str) -> Exchange | None:
        """Let the right caller GET a path; return nothing where that cannot be sent."""
        with self._gate.exempt():
            try:
                return self._caller().attempt("GET", path)
            except OutcomeError:
                return None

    def _supersede(self, exchange: Exchange) -> None:
        """Keep an exchange from being judged; a status that the document does not list is."""
        if status_of(exchange) != THROTTLED:
            self._gate.journal.supersede(exchange)

    def _why_stopped(self, cause: Exchange) -> str:
        since = f"{self._since:%H:%M:%S} UTC"
        if is_refused(cause):
            count = self._wrong_credentials
            wrong = f" after {count} requests with wrong ones" if count else ""
            return (
                f"the right credentials are refused{wrong}: the account may be locked, or this "
                "machine's address was taken off its list"
            )
        count, latest = len(self._unwell), [cause, *self._unwell][-1]
        return f"{count} requests in a row unanswered since {since} ({what_happened(latest)})"

    def _slow_down(self) -> None:
        if not self._gate.target.without_socket:
            self._gate.pace.slow_down()

    def _sleep(self, seconds: float) -> None:
        """Wait, but not for a server in this very process, and not for longer than a run may last.

        Raises BudgetSpent where its time is over by then.
        """
        if self._gate.target.without_socket:
            return
        seconds = min(seconds, max(0.0, self._gate.require_time()))
        self.waited += seconds
        time.sleep(seconds)


def _raise_busy(exchange: Exchange) -> None:
    message = f"the server was busy: {what_happened(exchange)}"
    raise Busy(message)
