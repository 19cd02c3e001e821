"""Records to ask for: existing ones, ids that do not exist, and those of other accounts."""

from __future__ import annotations

from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING

from conformance.clients.once import once_per_run
from conformance.clients.unused_ids import are_numbers, unused_ids
from conformance.spec.addressing import Identity
from conformance.spec.resources import CDRS, CUSTOMERS, SOURCES, USERS
from conformance.verdicts import (
    OutcomeError,
    SetupFailed,
    not_applicable,
    unclaimed,
    unobservable,
)
from conformance.wire.records import id_of, neighbours, readable_records

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.clients.api import Api
    from conformance.spec.resources import Record, Resource

MOST_PARENTS = 10
"""The maximum number of customers to search for one that has records of a sub-resource."""

MOST_COMPARED = 200
"""The maximum number of ids to search for a pair of which one begins with the other."""

FURNISHED = 2
"""How many records a customer of our own is given to ask for."""

MOST_TRIED = 20
"""The maximum number of ids to ask for until one is unused."""


class Samples:
    """Finds records to ask for, and creates one where there is none and the run may write."""

    def __init__(self, api: Api) -> None:
        """Take the caller, without sending anything."""
        self._api = api
        self._furnished: dict[str, list[Identity]] = {}
        """The records that customers of our own were given to ask for."""
        self._unused: dict[tuple[Resource, str | None], Identity] = {}
        """The ids that were looked for and that no record had, by resource and parent."""

    def existing(self, resource: Resource, parent_id: str | None = None) -> list[Record]:
        """Return the records of a list; create one where it is empty and the run may write.

        Ends the case as unobservable where there is none and none can be created.
        """
        api = self._api
        records = api.listed(resource, parent_id)
        if not records and api.target.allow_writes:
            api.create_new(resource, parent_id)
            records = api.listed(resource, parent_id)
        if not records:
            unobservable(f"the account has no {resource.name}")
        return records

    def lasting(self, resource: Resource, parent_id: str | None = None) -> list[Record]:
        """Return the records of a list that no other case is about to delete; see `existing`.

        Those that the run has not made, or the running case itself; else a shared one.
        """
        records = self.existing(resource, parent_id)
        if parent_id is not None:
            return records
        made = self._api.ledger.made_ids(resource)
        found = [each for each in records if self._lasts(resource, each, made)]
        return found or [self._api.read(self._api.shared_record(resource))]

    def _lasts(self, resource: Resource, record: Record, made: set[str]) -> bool:
        """Tell whether a record is the running case's, or none of those that the run has made.

        One that shows a text of the run may be so new that its POST is not answered yet.
        """
        ledger, id_ = self._api.ledger, id_of(resource, record)
        is_ours = id_ in made or ledger.bears_prefix(record)
        return not is_ours or ledger.needed.is_own(Identity(resource, id_))

    def of(self, resource: Resource) -> list[Identity]:
        """Return a few existing records: the first and the last of a list, within a pair.

        The pair are two whose ids one may confuse, since one begins with the other ("1" and "12"):
        they come first and last where there are any. Creates a record where there is none and the
        run may write; ends the case as unobservable otherwise.
        """
        parent_id = self._parent_with(resource) if resource.parent else None
        records = self.lasting(resource, parent_id)
        if resource.parent is not None:
            owners = (None, "", parent_id)  # without a parent: the system provides it to all
            records = [each for each in records if each.get(resource.parent.id_field) in owners]
        ids = [id_of(resource, record) for record in records]
        few = ids[:MOST_COMPARED]
        pairs = ([[a], [b]] for a in few for b in few if a != b and b.startswith(a))
        shorter, longer = next(pairs, [list[str](), list[str]()])
        if not any(ids):
            message = f"the records of {resource.name} have no {resource.id_field}"
            raise SetupFailed(message)
        chosen = dict.fromkeys(id_ for id_ in (*shorter, *ids[:1], *ids[-1:], *longer) if id_)
        return [Identity(resource, id_, parent_id) for id_ in chosen]

    def one(self, resource: Resource, method: str) -> Identity:
        """Return a record for a request: any for GET, one of our own for other methods."""
        return self.of(resource)[0] if method == "GET" else self._api.shared_record(resource)

    def owner_of(self, identity: Identity) -> Identity:
        """Return the customer that our own source or user belongs to."""
        return Identity(CUSTOMERS, str(self._api.read(identity).get(CUSTOMERS.id_field)))

    def value_of(self, resource: Resource, field: str) -> str:
        """Return a value that some record has in a field; unobservable where none has."""
        for record in self.lasting(resource):
            if record.get(field):
                return str(record[field])
        return unobservable(f"no {resource.singular} has a {field}")

    def unused_id(self, resource: Resource, parent_id: str | None = None) -> str:
        """Return an id that no record has, of the form of the ids in the list.

        One that was looked for before serves again until something is written to it.
        """
        known = self._unused.get((resource, parent_id))
        if known is not None and not self._api.ledger.was_aimed_at(known):
            return known.id
        candidates = unused_ids(self._listed_ids(resource, parent_id))
        for id_ in islice(candidates, MOST_TRIED):
            identity = Identity(resource, id_, parent_id)
            if self._api.find(identity) is None:
                self._unused[resource, parent_id] = identity
                return id_
        message = f"every {resource.singular} that is asked for is there: {id_} and others"
        raise SetupFailed(message)

    def id_of_nothing(self, resource: Resource, parent_id: str | None = None) -> str:
        """Return an id that no record has and that the target has to take for an id.

        Ids that are no numbers may have a form that cannot be seen from outside, such as a check
        digit: there it is the id of a record of ours that was deleted, if one can be.
        """
        if not are_numbers(self._listed_ids(resource, parent_id)):
            with suppress(OutcomeError):
                return self._given_before(resource, parent_id)
        return self.unused_id(resource, parent_id)

    @once_per_run
    def _given_before(self, resource: Resource, parent_id: str | None) -> str:
        if parent_id is not None and not self._api.ledger.is_ours(Identity(CUSTOMERS, parent_id)):
            not_applicable("nothing is made below what is not ours")
        return self.deleted(resource, parent_id).id

    def deleted(
        self,
        resource: Resource,
        parent_id: str | None = None,
        look: Callable[[Identity], object] = lambda _: None,
    ) -> Identity:
        """Create a record, have a look at it, delete it and return its identity.

        Ends the case where DELETE is not offered, or the record is still returned afterwards.
        """
        form = self._api.offers.require(resource, "DELETE")
        made = self._api.create(resource, parent_id)
        look(made)
        self._api.ask("DELETE", made, form)
        if self._api.find(made) is not None:
            message = f"the {resource.singular} {made.id} is still answered after its DELETE"
            raise SetupFailed(message)
        return made

    def mentioned_customers(self) -> set[str]:
        """Return the customer ids on the first pages of sources, users and call records."""
        return {
            str(record[CUSTOMERS.id_field])
            for resource in (SOURCES, USERS, CDRS)
            for record in readable_records(self._api.get(resource.collection), resource)
            if record.get(CUSTOMERS.id_field)
        }

    def foreign_customer(self) -> Identity:
        """Return the claimed customer of another account; NotRun where none is claimed.

        For rules about the records of such a customer, a deleted customer of our own would not do:
        it looks the same, but its records may still be shown.
        """
        claimed = self._api.target.claims.foreign_customer_id or unclaimed("foreign_customer_id")
        return Identity(CUSTOMERS, claimed)

    def foreign_customers(self) -> list[Identity]:
        """Return customers of another account: the claimed one, or else likely ones.

        Likely are ids in the gaps of the list: a server that numbers the customers of all accounts
        together has given them to other accounts.
        """
        claimed = self._api.target.claims.foreign_customer_id
        if claimed is not None:
            return [Identity(CUSTOMERS, claimed)]
        listed = {id_of(CUSTOMERS, record) for record in self.existing(CUSTOMERS)}
        likely = neighbours(listed) - self._api.ledger.made_ids(CUSTOMERS)
        return [Identity(CUSTOMERS, id_) for id_ in sorted(likely, key=int)]

    @once_per_run
    def _listed_ids(self, resource: Resource, parent_id: str | None) -> list[str]:
        """Return the ids of a list, or of what stands for them, as it was when first read.

        An empty list may belong to a resource whose ids look like those of customers.
        """
        listed = [id_of(resource, each) for each in self._api.listed(resource, parent_id)]
        if not any(listed) and resource is not CUSTOMERS:
            listed = [id_of(CUSTOMERS, each) for each in self._api.listed_once(CUSTOMERS)]
        return [id_ for id_ in listed if id_]

    def _furnish(self, resource: Resource, parent_id: str) -> None:
        """Give a customer of ours two records to ask for, which it keeps as long as that is so."""
        ledger, known = self._api.ledger, self._furnished.get(parent_id, [])
        kept = [each for each in known if ledger.needed.hand_out(each) and ledger.is_alive(each)]
        new = [self._api.create(resource, parent_id) for _ in range(FURNISHED - len(kept))]
        for each in new:
            ledger.needed.hand_out(each)
        self._furnished[parent_id] = [*kept, *new]

    def _parent_with(self, resource: Resource) -> str:
        """Return a customer with records of a sub-resource: one of our own, where permitted."""
        api = self._api
        if api.target.allow_writes:
            parent_id = api.shared_record(CUSTOMERS, f"parent of {resource.name}").id
            self._furnish(resource, parent_id)
            return parent_id
        for record in self.existing(CUSTOMERS)[:MOST_PARENTS]:
            if api.listed(resource, id_of(CUSTOMERS, record)):
                return id_of(CUSTOMERS, record)
        return unobservable(f"no customer has {resource.name}")
