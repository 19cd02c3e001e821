"""Lending records of ours that no case needs any more, where they cannot be deleted.

Where DELETE is not offered, a case that asks for a record is lent one. It is brought to the values
that are asked for by a PUT, and lent only if a read shows it as a new one would be; otherwise a new
one is made. A case that does not pass with what was lent to it is tried once more with new records,
and that counts.
"""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from conformance.clients.once import once_per_run
from conformance.spec.addressing import Form, Identity
from conformance.spec.resources import CUSTOMERS, RESOURCES
from conformance.verdicts import OutcomeError
from conformance.wire.context import within
from conformance.wire.recorder import current_recorder
from conformance.wire.records import CLOCKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from conformance.clients.api import Api
    from conformance.spec.resources import Record, Resource

MOST_TRIED: Final = 2
"""How many records are brought to the values that a case asks for until one is as they say."""

MOST_MISSES: Final = 4
"""After how many records in a row that did not become so none of a resource is lent any more."""

GIVEN: Final = frozenset(
    {"created", "uuid", "token", "destnr", "smsnumber", "record_number", "record_pin"}
)
"""Fields that the server may give each record another value of."""

OF_ITS_OWN: Final = GIVEN.union(CLOCKS, [each.id_field for each in RESOURCES])
"""Fields that may differ between any two new records."""

_new_records: ContextVar[bool] = ContextVar("new_records", default=False)


@contextmanager
def with_new_records(*, alone: bool = True) -> Iterator[None]:
    """Have nothing lent in this context, if `alone` new records will do."""
    with within(_new_records, alone):
        yield


@dataclass(frozen=True, slots=True)
class FreshLook:
    """What a new record shows: the fields that are as they were sent, and the values of others."""

    as_sent: frozenset[str]
    others: Record


class Lending:
    """Lends the records of one account; threads may share it."""

    def __init__(self, api: Api) -> None:
        """Take who writes and reads, without sending anything."""
        self._api = api
        self._unfit: set[Identity] = set()
        self._misses: Counter[Resource] = Counter()

    def lend(
        self, resource: Resource, parent_id: str | None, more: Mapping[str, str]
    ) -> Identity | None:
        """Return a record that is as a new one with `more` values would be; None for none."""
        with suppress(OutcomeError):  # a new one is made then, or says the same
            if self._is_due(resource):
                return self._lent(resource, parent_id, more)
        return None

    def _is_due(self, resource: Resource) -> bool:
        """Tell whether records are to be lent: they cannot be deleted.

        That is found out when there are many, unless it is known before.
        """
        offers = self._api.offers
        is_known = offers.form_of_delete(resource) is None
        return (
            (is_known or self._api.housekeeping.has_many)
            and self._api.target.allow_writes
            and not _new_records.get()
            and self._misses[resource] < MOST_MISSES
            and offers.working_form(resource, "DELETE") is None
        )

    def _lent(
        self, resource: Resource, parent_id: str | None, more: Mapping[str, str]
    ) -> Identity | None:
        form = self._api.offers.working_form(resource, "PUT")
        if form is None:
            return None
        values = {**self._api.values(resource, parent_id), **more}
        owner = None if resource is CUSTOMERS else values.pop(CUSTOMERS.id_field)
        for _ in range(1 if more else MOST_TRIED):
            identity = self._borrowed(resource, owner)
            if identity is None:
                return None
            wanted = self._changes(identity, owner, values)
            if wanted is not None and self._is_brought(identity, form, wanted, frozenset(more)):
                self._misses[resource] = 0
                current_recorder().borrowed += 1
                return identity
            self._unfit.add(identity)
            self._misses[resource] += wanted is not None and not more
        return None

    def _borrowed(self, resource: Resource, owner: str | None) -> Identity | None:
        """Return a record that no case needs, and that the running case has from now on."""
        ledger = self._api.ledger
        owners = {None, None if owner is None else Identity(CUSTOMERS, owner)}

        def suits(each: Identity) -> bool:
            return (
                each.resource is resource
                and each not in self._unfit
                and ledger.owner_of(each) in owners
                and not ledger.has_owned(each)
            )

        return ledger.needed.borrow(ledger.left()[::-1], suits)

    def _changes(
        self, identity: Identity, owner: str | None, values: Mapping[str, str]
    ) -> Mapping[str, str] | None:
        """Return values for a PUT that makes a record as a new one with these; None for none."""
        before, others = self._api.find(identity), self._fresh_look(identity.resource).others
        if before is None:
            return None
        shown_owner = str(before.get(CUSTOMERS.id_field))
        if identity.parent_id is None and owner not in (None, shown_owner):
            return None
        changed = {
            name: value
            for name, value in others.items()
            if name not in values and before.get(name) != value
        }
        texts = {name: value for name, value in changed.items() if isinstance(value, str)}
        return {**texts, **values} if texts.keys() == changed.keys() else None

    def _is_brought(
        self, identity: Identity, form: Form, wanted: Mapping[str, str], asked: frozenset[str]
    ) -> bool:
        """PUT values to a record; tell whether it is as a new one would be then.

        What was `asked` for is shown as it was sent, and the rest as a new record shows it.
        """
        fresh = self._fresh_look(identity.resource)
        if not self._api.ask("PUT", identity, form, data=wanted).ok:
            return False
        shown = self._api.find(identity) or {}
        as_sent = {name for name in wanted if name in asked | fresh.as_sent | fresh.others.keys()}
        others = {name: value for name, value in fresh.others.items() if name not in wanted}
        return _others(shown, wanted) == others and all(
            str(shown.get(name)) == wanted[name] for name in as_sent
        )

    @once_per_run
    def _fresh_look(self, resource: Resource) -> FreshLook:
        """Return what a new record shows that is made of what it needs."""
        sent = self._api.account.values(resource)
        shown = self._api.read(self._api.create_new(resource, **sent))
        as_sent = frozenset(name for name in sent if str(shown.get(name)) == sent[name])
        return FreshLook(as_sent, _others(shown, sent))


def _others(record: Record, values: Mapping[str, str]) -> Record:
    """Return what a record shows beside these values and what is its own."""
    return {
        name: value
        for name, value in record.items()
        if name not in values and name not in OF_ITS_OWN
    }
