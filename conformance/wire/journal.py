"""All exchanges of a run, in the order in which they ended."""

from __future__ import annotations

import threading
import time
from collections import Counter
from itertools import dropwhile, pairwise, takewhile
from typing import TYPE_CHECKING

from conformance.wire.overlaps import Moment, in_order
from conformance.wire.recorder import current_place, current_recorder
from conformance.wire.settling import Lag

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.wire.exchanges import Exchange


class Journal:
    """Keeps the exchanges and the readings of a run; threads may share it."""

    def __init__(self) -> None:
        """Start without exchanges."""
        self._lock = threading.Lock()
        self._moments: list[Moment] = []
        self._exchanges: list[Exchange] = []  # those of the moments: every text that leaves asks
        self._begun: list[int] = []
        self._readings: dict[str, set[str]] = {}
        self._superseded: set[int] = set()
        self._started: float | None = None
        self.lag = Lag()
        """How far reads are known to be behind writes."""

    def add(self, exchange: Exchange, began: float | None = None) -> None:
        """Keep an exchange that has just ended, and hand it to the recorder of the running case.

        `began` is no later than its request was sent, on the clock of `time.monotonic`.
        """
        with self._lock:
            now = time.monotonic()
            began = now - exchange.seconds if began is None else began
            self._moments.append(Moment(exchange, current_place(), began, now))
            self._exchanges.append(exchange)
            self._started = self._started or now
        current_recorder().exchanges.append(exchange)

    def supersede(self, exchange: Exchange) -> None:
        """Keep out of what rules judge an exchange that says nothing about its request.

        And those right before it, of the same case, that sent the same request with earlier
        credentials.
        """
        with self._lock:
            latest = reversed(self._moments)
            known = [*dropwhile(lambda each: each.exchange is not exchange, latest)]
            upto = [each.exchange for each in known if each.place == known[0].place]
            same = takewhile(lambda each: each.asks_again(exchange), upto)
            self._superseded.update(id(each) for each in same)

    @property
    def judged(self) -> list[Exchange]:
        """Every exchange so far, case by case, but those of a target that was busy or gone."""
        with self._lock:
            ordered = sorted(self._moments, key=lambda each: each.place)
        found = (each.exchange for each in ordered)
        return [each for each in found if id(each) not in self._superseded]

    def begin_account(self) -> None:
        """Note that what follows was said to another server, which may give out the same ids."""
        with self._lock:
            self._begun.append(len(self._moments))

    def note(self, readings: Mapping[str, str]) -> None:
        """Keep the readings of a case."""
        with self._lock:
            for question, answer in readings.items():
                self._readings.setdefault(question, set()).add(answer)

    @property
    def exchanges(self) -> list[Exchange]:
        """Every exchange so far, in the order in which they ended."""
        with self._lock:
            return [*self._exchanges]

    @property
    def accounts(self) -> list[list[Exchange]]:
        """Every exchange so far whose order is certain, in this order, apart for each server."""
        with self._lock:
            bounds = [0, *self._begun, len(self._moments)]
            parts = [self._moments[start:end] for start, end in pairwise(bounds) if end > start]
        return [in_order(each, self.lag) for each in parts]

    @property
    def readings(self) -> dict[str, list[str]]:
        """All readings so far, each with the different answers seen."""
        with self._lock:
            return {question: sorted(seen) for question, seen in sorted(self._readings.items())}

    @property
    def total(self) -> int:
        """The number of requests so far, including those that only fetched a challenge."""
        with self._lock:
            return len(self._moments)

    @property
    def seconds(self) -> float:
        """The time since the first response."""
        return 0.0 if self._started is None else time.monotonic() - self._started

    @property
    def by_method(self) -> dict[str, int]:
        """The number of requests so far by method, those that fetched a challenge included."""
        return dict(sorted(Counter(each.method for each in self.exchanges).items()))

    @property
    def challenges(self) -> int:
        """The number of requests of the api role that only fetched a challenge."""
        return sum(each.role == "api" and each.challenged for each in self.exchanges)
