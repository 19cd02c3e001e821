"""Which of our records may still be asked for: what is not can be deleted before the run ends."""

from __future__ import annotations

import threading
import time
from collections import Counter, defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING

from conformance.clients.once import current_finding
from conformance.wire.recorder import current_recorder
from conformance.wire.records import ids_by_resource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from conformance.clients.once import Finding
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
        self.recorder = recorder
        self._read = 0
        self._named: set[Place] = set()
        self._shown: set[Place] = set()
        self.own: set[Place] = set()
        """What it has made, or was handed."""

    def has_sent(self, texts: frozenset[str]) -> bool:
        """Tell whether a write of it has held one of some texts."""
        writes = [each.outgoing for each in self.recorder.exchanges if not each.outgoing.is_safe]
        values = [value for each in writes for value in each.values.values()]
        return any(text in value for value in values for text in texts)

    def look(self, *, alone: bool) -> set[Place]:
        """Return the places that it knows by now.

        Beside other cases no more of what it was shown than what it has named: what it finds in a
        list may go at any time.
        """
        exchanges = self.recorder.exchanges
        for each in exchanges[self._read :]:
            self._named |= named_by(each)
            self._shown |= shown_in(each) if alone else set()
        self._read = len(exchanges)
        return self.own | self._named | self._shown


class Needed:
    """Knows what running cases may ask for, and what later ones may; threads may share it."""

    def __init__(self) -> None:
        """Start without a running case."""
        self._lock = threading.RLock()
        self._cases: dict[int, _Case] = {}
        self._found_out: dict[Place, set[Finding]] = defaultdict(set)
        self._shared: dict[Place, float] = {}
        self._going: set[Place] = set()
        self._awaited = Counter({"": 1})

    def await_cases(self, modules: Iterable[str]) -> None:
        """Note the module of each case that is going to run."""
        self._awaited.update(modules)

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
                self._awaited[recorder.module] -= bool(recorder.module)

    def is_shared(self, identity: Identity) -> bool:
        """Tell whether a record is one that cases share."""
        return _place(identity) in self._shared

    @property
    def running_cases(self) -> int:
        """How many cases run at this time."""
        return len(self._cases)

    def note(self, identity: Identity, *, shared: bool = False) -> None:
        """Note a record that the running case has made, or was handed as one that is shared."""
        place = _place(identity)
        with self._lock:
            case = self._cases.get(id(current_recorder()))
            if case is not None:
                case.own.add(place)
            if shared:
                self._shared[place] = time.monotonic()
            elif finding := current_finding():
                self._found_out[place].add(finding)

    def note_found(self, found: Iterable[Identity], texts: frozenset[str]) -> None:
        """Note records that creations with these texts have made for the cases that sent some."""
        places = {_place(each) for each in found}
        with self._lock:
            for case in self._cases.values():
                case.own |= places if case.has_sent(texts) else set()

    def note_shown(self, exchange: Exchange) -> None:
        """Note what an answer shows that the run asks for once, and may come back to.

        Beside other cases what the request names: no other record is come back to then.
        """
        finding = current_finding()
        if finding is not None:
            with self._lock:
                alone = len(self._cases) <= 1
                places = shown_in(exchange, first=FIRST) if alone else named_by(exchange)
                for place in places:
                    self._found_out[place].add(finding)

    def give_up_findings(self) -> bool:
        """Keep nothing any more for what was found out once; tell whether no other case runs."""
        with self._lock:
            alone = len(self._cases) == 1
            if alone:
                self._found_out.clear()
            return alone

    def give_up_oldest_findings(
        self, alive: Iterable[Identity], records: int, *, all_wait: bool = False
    ) -> bool:
        """Keep so many records no more for findings, or fewer; tell whether any is kept no more.

        Those go first for which no case is left that may ask, then those that were asked for
        longest ago, and none that a running case has asked for. Beside other cases only the first:
        these would ask for the others at once, and write it all again, unless `all_wait` for room.
        """
        with self._lock:
            kept = [each for each in map(_place, alive) if self._is_kept(each)]
            running = [each.recorder for each in self._cases.values()]
            may_be_asked = all_wait or len(running) <= 1
            found_out = {finding for each in kept for finding in self._found_out[each]}
            needing = [
                each
                for each in found_out
                if each.needs_records and (may_be_asked or not self._is_awaited(each))
            ]
            left = len(kept)
            for finding in sorted(
                needing, key=lambda each: (self._is_awaited(each), each.asked_at)
            ):
                if len(kept) - left >= records:
                    break
                if finding.give_up(running):
                    left = sum(map(self._is_kept, kept))
            return left < len(kept)

    def _is_awaited(self, finding: Finding) -> bool:
        """Tell whether a case may be left that asks for it: one of a module that has asked."""
        return any(self._awaited[module] > 0 for module in finding.modules)

    def _is_kept(self, place: Place) -> bool:
        """Tell whether findings may come back to a place."""
        return any(each.needs_records for each in self._found_out.get(place, ()))

    def hand_out(self, identity: Identity) -> bool:
        """Note that the running case is handed a record that is shared; tell whether it may be.

        It may not be where it is being deleted, since no case seemed to need it.
        """
        with self._lock:
            self.note(identity, shared=True)
            return _place(identity) not in self._going

    def is_own(self, identity: Identity) -> bool:
        """Tell whether the running case has made a record, was handed it, or found it out.

        While no case is known to run, all records are those of whoever asks.
        """
        with self._lock:
            if not self._cases:
                return True
            case = self._cases.get(id(current_recorder()))
            place = _place(identity)
            found_out = place in self._found_out
            return found_out or (case is not None and place in case.own)

    @contextmanager
    def giving_up(
        self, alive: Sequence[Identity], chosen: Callable[[list[Identity]], list[Identity]]
    ) -> Iterator[list[Identity]]:
        """Give those of our records that nothing needs, and that are chosen of these.

        Those come last that cases share, of them the one that was handed out last. In this context
        they are handed out to nobody. None while no case is known to run: then there is no telling.
        """
        with self._lock:
            going = chosen(self._idle(alive))
            places = {_place(each) for each in going}
            self._going |= places
        try:
            yield going
        finally:
            with self._lock:
                self._going -= places

    def borrow(
        self, alive: Sequence[Identity], suits: Callable[[Identity], bool]
    ) -> Identity | None:
        """Return the first of our records that nothing needs and that suits, or None.

        The running case has it from now on.
        """
        with self._lock:
            idle = [each for each in self._idle(alive) if not self.is_shared(each)]
            found = next(filter(suits, idle), None)
            if found is not None:
                self.note(found)
            return found

    def _idle(self, alive: Sequence[Identity]) -> list[Identity]:
        if not self._cases:
            return []
        alone = len(self._cases) == 1
        known = (each.look(alone=alone) for each in self._cases.values())
        needed = self._going.union(*known)
        idle = [
            each for each in alive if _place(each) not in needed and not self._is_kept(_place(each))
        ]
        return sorted(idle, key=lambda each: self._shared.get(_place(each), 0.0))


def _place(identity: Identity) -> Place:
    return identity.resource, identity.id


def named_by(exchange: Exchange) -> set[Place]:
    """Return the places that a request names."""
    return {(aim.resource, aim.id) for aim in exchange.outgoing.aims}


def shown_in(exchange: Exchange, first: int | None = None) -> set[Place]:
    """Return the places that a request names, and those that its answer shows, the first ones."""
    places = named_by(exchange)
    if exchange.response is None:
        return places
    return places | {
        (resource, id_)
        for resource, ids in ids_by_resource(exchange.response).items()
        for id_ in ids[:first]
    }
