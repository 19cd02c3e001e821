"""Records to ask for: those that the account has, those that it has not, and those of others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.clients.once import once_per_run
from conformance.spec.addressing import Identity
from conformance.spec.resources import CUSTOMERS
from conformance.verdicts import SetupFailed, unclaimed, unobservable
from conformance.wire.records import id_of, neighbours

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Record, Resource

MOST_PARENTS = 10
"""How many customers are asked at most for one that has records of a sub-resource."""

MOST_COMPARED = 200
"""How many ids are searched at most for a pair of confusable ones."""

GREATEST_ID = 2**31 - 1
"""The greatest id that is asked for: one more may not fit into a server's integers."""

_FAR_AWAY = 100_003


class Samples:
    """Finds records to ask for, and makes one where there is none and that is permitted."""

    def __init__(self, api: Api) -> None:
        """Take who asks; nothing is sent yet."""
        self._api = api

    def existing(self, resource: Resource, parent_id: str | None = None) -> list[Record]:
        """Return the records of a list that has some, making one where that is permitted.

        Ends the case as unobservable where there is none and none can be made.
        """
        api = self._api
        records = api.listed(resource, parent_id)
        if not records and api.target.allow_writes:
            api.create(resource, parent_id)
            records = api.listed(resource, parent_id)
        if not records:
            unobservable(f"the account has no {resource.name}")
        return records

    def of(self, resource: Resource) -> list[Identity]:
        """Return a few records that exist: first and last of the list, and ids that are confusable.

        Confusable are two ids of which one begins with the other ("1" and "12"). Makes a record
        where there is none and that is permitted; ends the case as unobservable otherwise.
        """
        parent_id = self._parent_with(resource) if resource.parent else None
        records = self.existing(resource, parent_id)
        if resource.parent is not None:
            owners = (None, "", parent_id)  # nobody's: what the system provides to every parent
            records = [each for each in records if each.get(resource.parent.id_field) in owners]
        ids = [id_of(resource, record) for record in records]
        few = ids[:MOST_COMPARED]
        pair = next(([a, b] for a in few for b in few if a != b and b.startswith(a)), list[str]())
        if not any(ids):
            message = f"the records of {resource.name} have no {resource.id_field}"
            raise SetupFailed(message)
        chosen = dict.fromkeys(id_ for id_ in (*pair, ids[0], ids[-1]) if id_)
        return [Identity(resource, id_, parent_id) for id_ in chosen]

    def one(self, resource: Resource, method: str) -> Identity:
        """Return a record to ask for with a method: any for GET, one of our own otherwise."""
        return self.of(resource)[0] if method == "GET" else self._api.shared_record(resource)

    def owner_of(self, identity: Identity) -> Identity:
        """Return the customer that a source or a user of our own belongs to."""
        return Identity(CUSTOMERS, str(self._api.read(identity).get(CUSTOMERS.id_field)))

    def value_of(self, resource: Resource, field: str) -> str:
        """Return a value that some record has in a field; unobservable where none has one."""
        for record in self.existing(resource):
            if record.get(field):
                return str(record[field])
        return unobservable(f"no {resource.singular} has a {field}")

    def unused_id(self, resource: Resource, parent_id: str | None = None) -> str:
        """Return an id that no record has, far away from those of the records that the list has."""
        candidate = self._greatest(resource, parent_id) + _FAR_AWAY
        if candidate > GREATEST_ID:
            candidate = GREATEST_ID - _FAR_AWAY
        while self._api.find(Identity(resource, str(candidate), parent_id)) is not None:
            candidate += 1
        return str(candidate)

    def foreign_customer(self) -> Identity:
        """Return the customer of another account that is claimed; NotRun where none is.

        For rules about what such a customer has: what is left of a deleted customer of our own,
        whose id looks the same from here, may still be shown.
        """
        claimed = self._api.target.claims.foreign_customer_id or unclaimed("foreign_customer_id")
        return Identity(CUSTOMERS, claimed)

    def foreign_customers(self) -> list[Identity]:
        """Return customers of another account: the one that is claimed, or else likely ones.

        Likely are the ids that the list leaves out among its own: on a server that numbers the
        customers of all accounts together they are somebody else's.
        """
        claimed = self._api.target.claims.foreign_customer_id
        if claimed is not None:
            return [Identity(CUSTOMERS, claimed)]
        listed = {id_of(CUSTOMERS, record) for record in self.existing(CUSTOMERS)}
        likely = neighbours(listed) - self._api.ledger.made_ids(CUSTOMERS)
        return [Identity(CUSTOMERS, id_) for id_ in sorted(likely, key=int)]

    @once_per_run
    def _greatest(self, resource: Resource, parent_id: str | None) -> int:
        """Return the greatest number among the ids of a list, as it was when first asked for."""
        listed = [id_of(resource, each) for each in self._api.listed(resource, parent_id)]
        return max((int(id_) for id_ in listed if id_.isdecimal()), default=0)

    def _parent_with(self, resource: Resource) -> str:
        """Return a customer that has records of a sub-resource: one of our own where permitted."""
        api = self._api
        if api.target.allow_writes:
            parent_id = api.create(CUSTOMERS).id
            for _ in range(2):
                api.create(resource, parent_id)
            return parent_id
        for record in self.existing(CUSTOMERS)[:MOST_PARENTS]:
            if api.listed(resource, id_of(CUSTOMERS, record)):
                return id_of(CUSTOMERS, record)
        return unobservable(f"no customer has {resource.name}")
