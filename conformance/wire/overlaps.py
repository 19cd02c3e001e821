"""The order of exchanges that several threads had at a time, as far as it is certain.

A read that was under way while another thread wrote what it shows may have met the record before or
after that: it says nothing of the order. What one thread of a case sent has one order, since it
waits for each answer.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from conformance.spec.resources import CUSTOMERS
from conformance.wire.records import ids_in
from conformance.wire.settling import Lag

if TYPE_CHECKING:
    from conformance.spec.addressing import Identity
    from conformance.wire.exchanges import Exchange


@dataclass(frozen=True, slots=True)
class Moment:
    """An exchange, the place of its case among all, and when it began and ended, in seconds.

    `thread` is the one that sent it.
    """

    exchange: Exchange
    place: int
    began: float
    ended: float
    thread: int = field(default_factory=threading.get_ident)

    @property
    def sender(self) -> tuple[int, int]:
        """Who waited for its answer before sending anything else: a thread of a case."""
        return self.place, self.thread


NO_LAG = Lag()


def in_order(moments: list[Moment], lag: Lag = NO_LAG) -> list[Exchange]:
    """Return exchanges in an order in which they may have happened, without uncertain reads.

    They are given in the order in which they ended. A DELETE comes where it began: the id that it
    frees may have been given out again before it was answered. A read that may have been behind the
    last write is uncertain, too.
    """
    if lag.longest:
        moments = _without_late(moments, lag)
    if len({each.sender for each in moments}) <= 1:
        return [each.exchange for each in moments]
    certain = _without_uncertain(moments)
    return [each.exchange for each in sorted(certain, key=_counts_at)]


def _counts_at(moment: Moment) -> float:
    deletes = "DELETE" in moment.exchange.outgoing.methods
    return moment.began if deletes else moment.ended


def _without_late(moments: list[Moment], lag: Lag) -> list[Moment]:
    """Return moments without the reads that may show what was there before the last write."""
    written = float("-inf")
    found = []
    for moment in moments:
        outgoing = moment.exchange.outgoing
        if not outgoing.is_safe:
            written = moment.ended
        elif moment.began < written + lag.of(outgoing):
            continue
        found.append(moment)
    return found


def _without_uncertain(moments: list[Moment]) -> list[Moment]:
    """Return moments in order without reads that another thread's write may have overtaken."""
    by_begin = sorted(moments, key=lambda each: each.began)
    uncertain: set[int] = set()
    under_way: list[Moment] = []
    for moment in by_begin:
        under_way = [each for each in under_way if each.ended >= moment.began]
        for other in under_way:
            if other.sender != moment.sender:
                uncertain |= {id(each.exchange) for each in _overtaken(moment, other)}
        under_way.append(moment)
    return [each for each in moments if id(each.exchange) not in uncertain]


def _overtaken(one: Moment, other: Moment) -> list[Moment]:
    """Return which of two moments is a read of what the other may have written at that time."""
    pairs = ((one, other), (other, one))
    return [read for read, write in pairs if _may_change(write.exchange, read.exchange)]


def _may_change(write: Exchange, read: Exchange) -> bool:
    """Tell whether a request may change what another one, which reads, shows."""
    if write.outgoing.is_safe or not read.outgoing.is_safe:
        return False
    written = write.outgoing.aims
    deletes = "DELETE" in write.outgoing.methods
    named = any(
        _concerns(aim, shown, deletes=deletes) for aim in written for shown in read.outgoing.aims
    )
    return not written or named or any(_is_shown(aim, read) for aim in written)


def _is_shown(written: Identity, read: Exchange) -> bool:
    """Tell whether an answer shows a record, whatever its request names: it may be ignored."""
    if not written.id or read.response is None:
        return False
    return written.id in ids_in(read.response, written.resource)


def _concerns(written: Identity, shown: Identity, *, deletes: bool) -> bool:
    """Tell whether a write of one place may change what a read of another one shows.

    A list shows all of its resource, and whatever goes with a customer.
    """
    goes_along = deletes and written.resource is CUSTOMERS
    if not shown.id:
        return written.resource is shown.resource or goes_along
    if written.resource is shown.resource:
        return written.id == shown.id
    return goes_along and written.id == shown.parent_id
