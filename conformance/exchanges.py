"""Exchanges with the target, the recorder of a case and the journal of a run."""

from __future__ import annotations

import threading
from collections import Counter
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from conformance.responses import Response


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
    def authorized(self) -> bool:
        """Whether the request carried credentials of any kind."""
        return "Authorization" in self.request_headers

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
        return (
            self.challenged
            and following.authorized
            and (self.role, self.method, self.url)
            == (following.role, following.method, following.url)
        )


@dataclass(slots=True)
class Recorder:
    """What one case did: its exchanges, in order, and the readings that it saw.

    A reading is the answer that the target chose where the document leaves a choice.
    """

    exchanges: list[Exchange] = field(default_factory=list)
    readings: dict[str, str] = field(default_factory=dict)

    def last(self, count: int) -> list[Exchange]:
        """Return the last exchanges, oldest first, without those that only fetched a challenge."""
        following: list[Exchange | None] = [*self.exchanges[1:], None]
        told = [
            exchange
            for exchange, after in zip(self.exchanges, following, strict=False)
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


def read_as(question: str, answer: str) -> None:
    """Note how the target reads an ambiguity of the document, as evidence of the running case."""
    recorder = _recorder.get()
    if recorder is not None:
        recorder.readings[question] = answer


class Journal:
    """Counts every exchange of a run; may be shared by threads."""

    def __init__(self) -> None:
        """Start with nothing sent."""
        self._lock = threading.Lock()
        self._methods: Counter[str] = Counter()
        self._challenges = 0

    def add(self, exchange: Exchange) -> None:
        """Count an exchange, and hand it to the recorder of the running case."""
        with self._lock:
            self._methods[exchange.method] += 1
            self._challenges += exchange.role == "api" and exchange.challenged
        recorder = _recorder.get()
        if recorder is not None:
            recorder.exchanges.append(exchange)

    @property
    def by_method(self) -> dict[str, int]:
        """Requests sent so far by method, those that only fetched a challenge included."""
        with self._lock:
            return dict(sorted(self._methods.items()))

    @property
    def challenges(self) -> int:
        """Requests of the api role that only fetched a challenge."""
        with self._lock:
            return self._challenges
