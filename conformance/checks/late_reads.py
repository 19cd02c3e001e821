"""How far reads are behind the last write: replicas, indexes and caches may be."""

from __future__ import annotations

import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from conformance.clients.explained import raise_refusal
from conformance.clients.once import forget
from conformance.spec.resources import CUSTOMERS
from conformance.spec.status_codes import BUSY
from conformance.verdicts import OutcomeError, SetupFailed
from conformance.wire.gate import all_at_once
from conformance.wire.recorder import observed
from conformance.wire.records import record_with_id, with_value

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.clients.api import Api
    from conformance.clients.client import Client
    from conformance.spec.addressing import Identity
    from conformance.spec.resources import Record

LONGEST: Final = 3.0
"""Seconds after which a read that does not follow counts as one that never will."""

LONGEST_WITHOUT_SOCKET: Final = 0.2
"""The same for a server within this process: nothing stands between."""

CACHED: Final = 1.5
"""Seconds after which a cache that was found is taken to be empty."""

EVERY: Final = 0.02
"""Seconds between two looks."""

MOST_LOOKS: Final = 3
"""How often a read is sent that is not answered with what it shows."""

NOT_READ: Final = BUSY | {HTTPStatus.UNAUTHORIZED}
"""Status codes of answers that do not say what a read shows."""

RECORD, OTHERS, LIST = "one record", "one record by another session", "the list"


@dataclass(frozen=True, slots=True)
class LateRead:
    """A read that was behind a write by some seconds, and then followed."""

    method: str
    what: str
    seconds: float

    def __repr__(self) -> str:
        """Return it as evidence shows it."""
        return (
            f"<after {self.method}, reads of {self.what} differ from the last write for "
            f"{self.seconds:.2f} s>"
        )


def late_reads(api: Api, other: Client) -> list[LateRead]:
    """Create, change and delete a customer; return the reads that were behind, after each.

    `other` is another session of the same account. A read that does not follow within seconds is
    no late one: the rules about what was written judge it. Raises SetupFailed where no customer
    can be made.
    """
    with api.gate.settling.paused():
        api.listed(CUSTOMERS)
        watch = Watch(api, other, _made(api))
        try:
            _write(api, watch)
        except SetupFailed:  # a late read may be all that prevented it
            if not watch.late:
                raise
    return watch.late


def _write(api: Api, watch: Watch) -> None:
    """Look at a customer that was created; then change and delete it, and look after each."""
    watch.until_all_follow("POST", lambda record: record is not None)
    name = api.fresh()
    watch.renew()
    if api.ask("PUT", watch.made, data={"name": name}).ok:
        watch.until_all_follow("PUT", lambda record: _named(record) == name)
    watch.renew()
    if api.ask("DELETE", watch.made).ok:
        watch.until_all_follow("DELETE", lambda record: record is None)


def learn_settling(api: Api, other: Client) -> bool:
    """Measure how far reads are behind, for all that is read later; tell whether they are.

    What the run has found out about the target by late reads is found out anew.
    """
    try:
        found = late_reads(api, other)
    except OutcomeError:  # it says nothing about the case that asked for it
        return False
    lists = max((each.seconds for each in found if each.what == LIST), default=0.0)
    records = max((each.seconds for each in found if each.what != LIST), default=0.0)
    api.gate.settling.learn(records, lists)
    api.gate.journal.lag = api.gate.settling.lag
    if found:
        forget()
    return bool(found)


def _named(record: Record | None) -> object:
    return None if record is None else record.get("name")


def _made(api: Api) -> Identity:
    """Create a customer, which may be shown only after a while."""
    values = api.values(CUSTOMERS)
    response = api.post(CUSTOMERS.collection, data=values)
    if not response.ok:
        raise_refusal(CUSTOMERS, response, "a new customer")
    end = time.monotonic() + LONGEST
    while True:
        try:
            return api.created(CUSTOMERS, response, values)
        except SetupFailed:
            if time.monotonic() > end:
                raise
            time.sleep(EVERY)


class Watch:
    """Looks at a customer of ours in each way, after each write."""

    def __init__(self, api: Api, other: Client, made: Identity) -> None:
        """Take who looks, and the customer."""
        self.made = made
        self.late: list[LateRead] = []
        self._longest = LONGEST_WITHOUT_SOCKET if api.target.without_socket else LONGEST
        self._reads: dict[str, Callable[[], Record | None]] = {
            RECORD: lambda: _shown(api, made),
            OTHERS: lambda: _shown(other, made),
            LIST: lambda: _listed(api, made),
        }

    def renew(self) -> None:
        """Fill caches anew before a write, where reads are late: only so is all their time seen."""
        if self.late:
            time.sleep(CACHED)
            for read in self._reads.values():
                read()

    def until_all_follow(self, method: str, follows: Callable[[Record | None], bool]) -> None:
        """Watch until every read follows a write, or for some seconds; note those that were late.

        A read that does not follow in time is not looked at any more.
        """
        started = time.monotonic()
        with all_at_once():
            waiting = [what for what, read in self._reads.items() if not follows(read())]
        observed("reads after a write", len(self._reads))
        while waiting and time.monotonic() < started + self._longest:
            time.sleep(EVERY)
            for what in [each for each in waiting if follows(self._reads[each]())]:
                waiting.remove(what)
                self.late.append(LateRead(method, what, time.monotonic() - started))
        for what in waiting:
            del self._reads[what]


def _shown(caller: Client, made: Identity) -> Record | None:
    """Return a customer as a caller reads it; None where it is not shown.

    What a caller is answered who is not let in, or whom the server has no time for, says nothing:
    it is asked again, and raises SetupFailed where that remains.
    """
    for _ in range(MOST_LOOKS):
        response = caller.ask("GET", made)
        if response.status_code not in NOT_READ:
            return record_with_id(response, made)
    message = f"the read behind a write was answered {response.status_code}"
    raise SetupFailed(message)


def _listed(api: Api, made: Identity) -> Record | None:
    """Return a customer as the list shows it; None where it does not."""
    listed = with_value(api.listed(CUSTOMERS), CUSTOMERS.id_field, made.id)
    return listed[0] if listed else None
