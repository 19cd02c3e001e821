"""Exchanges with the target, the recorder of a case and the journal of a run."""

from __future__ import annotations

import threading
import time
from collections import Counter
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from conformance.wire.responses import Response


@dataclass(frozen=True)
class Exchange:
    """One request as it was sent and the response to it.

    `role` is the caller's (api, anonymous, ...). Where no response came, `response` is None and
    `failure` says why. `seconds` is the time to the last byte.
    """

    role: str
    method: str
    url: str
    request_headers: Mapping[str, str]
    request_body: bytes
    response: Response | None
    seconds: float
    failure: str = ""

    @property
    def asked(self) -> tuple[str, str, str]:
        """Who asked, and for what: role, method and URL."""
        return self.role, self.method, self.url

    @property
    def authorized(self) -> bool:
        """Whether the request carried credentials of any kind."""
        return "Authorization" in self.request_headers

    @property
    def resent(self) -> bool:
        """Whether it was sent twice: the server had closed the idle connection."""
        return self.response is not None and self.response.resent

    @property
    def challenged(self) -> bool:
        """Whether the request went without credentials and was answered 401."""
        return (
            not self.authorized
            and self.response is not None
            and self.response.status_code == HTTPStatus.UNAUTHORIZED
        )

    def is_round_trip_of(self, following: Exchange) -> bool:
        """Tell whether this only fetched the challenge that the following exchange answers."""
        return self.challenged and following.authorized and self.asked == following.asked

    def asks_again(self, earlier: Exchange) -> bool:
        """Tell whether this is the same request as an earlier one, its credentials aside."""
        return self.asked == earlier.asked and self.request_body == earlier.request_body

    def repeats(self, earlier: Exchange) -> bool:
        """Tell whether this asks the same as an earlier GET, in the same representation."""
        accepted = [each.request_headers.get("Accept") for each in (self, earlier)]
        return (
            accepted[0] == accepted[1]
            and self.method == "GET"
            and self.authorized == earlier.authorized
            and self.asked == earlier.asked
        )


@dataclass(frozen=True, slots=True)
class Example:
    """One set of generated values, as text, and what was exchanged with them."""

    values: tuple[str, ...]
    exchanges: tuple[Exchange, ...]


@dataclass(slots=True)
class Recorder:
    """What one case did: its exchanges, in order, what it observed, and the readings that it saw.

    Observations count what was compared or walked, by its name. A reading is the answer that the
    target chose where the document leaves a choice.
    """

    exchanges: list[Exchange] = field(default_factory=list)
    observations: Counter[str] = field(default_factory=Counter)
    readings: dict[str, str] = field(default_factory=dict)
    failed: Example | None = None
    _begun: int = 0

    def begin_example(self) -> None:
        """Start with another example of generated values."""
        self._begun = len(self.exchanges)

    def keep_example(self, values: list[str], exchanges: list[Exchange] | None = None) -> None:
        """Keep the example that has just failed: its values as text, and its exchanges.

        All of them since it was begun, or those that are named.
        """
        kept = self.exchanges[self._begun :] if exchanges is None else exchanges
        self.failed = Example(tuple(values), tuple(kept))

    @property
    def saw_something(self) -> bool:
        """Whether there was an observation: what was counted, or else any exchange."""
        return self.observations.total() > 0 if self.observations else bool(self.exchanges)

    def last(self, count: int) -> list[Exchange]:
        """Return the last exchanges, oldest first, without those that only fetched a challenge.

        Of generated examples, those of the one that failed.
        """
        shown = self.exchanges if self.failed is None else list(self.failed.exchanges)
        following: list[Exchange | None] = [*shown[1:], None]
        told = [
            exchange
            for exchange, after in zip(shown, following, strict=False)
            if after is None or not exchange.is_round_trip_of(after)
        ]
        return told[-count:]


_recorder: ContextVar[Recorder | None] = ContextVar("recorder", default=None)


@contextmanager
def recording() -> Iterator[Recorder]:
    """Keep what this context exchanges and reads in the recorder that is given."""
    recorder = Recorder()
    token = _recorder.set(recorder)
    try:
        yield recorder
    finally:
        _recorder.reset(token)


def current_recorder() -> Recorder:
    """Return the recorder of the running case; one that nobody looks at where none runs."""
    return _recorder.get() or Recorder()


def note_reading(question: str, answer: str) -> None:
    """Note how the target reads an ambiguity of the document, as evidence of the running case."""
    recorder = _recorder.get()
    if recorder is not None:
        recorder.readings[question] = answer


def observed(what: str, count: int) -> None:
    """Count what the running case has looked at; a case that counts nothing is inconclusive."""
    recorder = _recorder.get()
    if recorder is not None:
        recorder.observations[what] += count


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
        recorder = _recorder.get()
        if recorder is not None:
            recorder.exchanges.append(exchange)

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
