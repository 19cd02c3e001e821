"""Which of our records may still be asked for: what is not can be deleted before the run ends."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from conformance.clients.once import is_finding
from conformance.wire.recorder import current_recorder
from conformance.wire.records import ids_by_resource

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from conformance.spec.addressing import Identity
    from conformance.spec.resources import Resource
    from conformance.wire.exchanges import Exchange
    from conformance.wire.recorder import Recorder

Place = tuple["Resource", str]
"""A resource and an id in it."""


FIRST = 10
"""How many records of a list are kept that the run reads once: what stands for all is taken there.
"""


class _Case:
    """What a running case may still ask for: what it was given, and what answers have shown it."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._read = 0
        self.places: set[Place] = set()

    def look(self) -> set[Place]:
        """Return the places that it knows by now."""
        exchanges = self._recorder.exchanges
        for each in exchanges[self._read :]:
            self.places |= shown_in(each)
        self._read = len(exchanges)
        return self.places


class Needed:
    """Knows what running cases may ask for, and what later ones may; threads may share it."""

    def __init__(self) -> None:
        """Start without a running case."""
        self._lock = threading.RLock()
        self._cases: dict[int, _Case] = {}
        self._lasting: set[Place] = set()
        self._shared: set[Place] = set()

    @contextmanager
    def running(self, recorder: Recorder) -> Iterator[None]:
        """Note that a case is running, which this recorder records."""
        with self._lock:
            self._cases[id(recorder)] = _Case(recorder)
        try:
            yield
        finally:
            with self._lock:
                del self._cases[id(recorder)]

    def note(self, identity: Identity, *, shared: bool = False) -> None:
        """Note a record that the running case has made, or was handed as one that is shared."""
        place = identity.resource, identity.id
        with self._lock:
            case = self._cases.get(id(current_recorder()))
            if case is not None:
                case.places.add(place)
            if shared:
                self._shared.add(place)
            elif is_finding():
                self._lasting.add(place)

    def note_shown(self, exchange: Exchange) -> None:
        """Note what an answer shows that the run asks for once, and may come back to."""
        if is_finding():
            shown = shown_in(exchange, first=FIRST)
            with self._lock:
                self._lasting |= shown

    def idle(self, alive: Sequence[Identity]) -> list[Identity]:
        """Return those of our records that nothing needs, those last that cases share.

        None while no case is known to run: then there is no telling.
        """
        with self._lock:
            if not self._cases:
                return []
            needed = self._lasting.union(*(each.look() for each in self._cases.values()))
            idle = [each for each in alive if (each.resource, each.id) not in needed]
            return sorted(idle, key=lambda each: (each.resource, each.id) in self._shared)


def shown_in(exchange: Exchange, first: int | None = None) -> set[Place]:
    """Return the places that a request names, and those that its answer shows, the first ones."""
    places = {(aim.resource, aim.id) for aim in exchange.outgoing.aims}
    if exchange.response is None:
        return places
    return places | {
        (resource, id_)
        for resource, ids in ids_by_resource(exchange.response).items()
        for id_ in ids[:first]
    }
