"""Every exchange of a run, in the order in which they ended."""

from __future__ import annotations

import threading
import time
from collections import Counter
from typing import TYPE_CHECKING

from conformance.wire.recorder import current_recorder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.wire.exchanges import Exchange


class Journal:
    """Keeps every exchange of a run, and what was read into it; may be shared by threads."""

    def __init__(self) -> None:
        """Start with nothing sent."""
        self._lock = threading.Lock()
        self._exchanges: list[Exchange] = []
        self._readings: dict[str, set[str]] = {}
        self._started: float | None = None

    def add(self, exchange: Exchange) -> None:
        """Keep an exchange, and hand it to the recorder of the running case."""
        with self._lock:
            self._exchanges.append(exchange)
            self._started = self._started or time.monotonic()
        current_recorder().exchanges.append(exchange)

    def note(self, readings: Mapping[str, str]) -> None:
        """Keep the readings of a case."""
        with self._lock:
            for question, answer in readings.items():
                self._readings.setdefault(question, set()).add(answer)

    @property
    def exchanges(self) -> list[Exchange]:
        """Every exchange so far, in order."""
        with self._lock:
            return list(self._exchanges)

    @property
    def readings(self) -> dict[str, list[str]]:
        """Every question of reading so far, with the different answers that it got."""
        with self._lock:
            return {question: sorted(seen) for question, seen in sorted(self._readings.items())}

    @property
    def total(self) -> int:
        """Requests sent so far, those that only fetched a challenge included."""
        with self._lock:
            return len(self._exchanges)

    @property
    def seconds(self) -> float:
        """How long ago the first request was answered."""
        return 0.0 if self._started is None else time.monotonic() - self._started

    @property
    def by_method(self) -> dict[str, int]:
        """Requests sent so far by method, those that only fetched a challenge included."""
        return dict(sorted(Counter(each.method for each in self.exchanges).items()))

    @property
    def challenges(self) -> int:
        """Requests of the api role that only fetched a challenge."""
        return sum(each.role == "api" and each.challenged for each in self.exchanges)
