"""What goes with a customer of ours, and needs no DELETE of its own where a probe shows that.

Of each resource one record is looked at after the DELETE of its customer. Where it is gone, the
others of that resource are left to go with theirs; where it is not, each is deleted by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from conformance.spec.resources import CUSTOMERS
from conformance.verdicts import OutcomeError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from conformance.clients.api import Api
    from conformance.spec.addressing import Identity
    from conformance.spec.resources import Resource


MOST_LOOKS: Final = 10
"""How many records of a resource are looked at until one is there."""


class Dependents:
    """The records of ours that belong to customers of ours, and which of them need no DELETE."""

    def __init__(self, api: Api, made: Iterable[Identity]) -> None:
        """Take who asks, and the records that are there."""
        self._api = api
        there = list(made)
        customers = {each for each in there if each.resource is CUSTOMERS}
        self._owners = {
            each: owner for each in there if (owner := api.ledger.owner_of(each)) in customers
        }
        self._go_along: set[Resource] = set()

    def probe(self, delete: Callable[[Identity], str]) -> None:
        """Delete a customer for each resource, and look whether what it has is gone with it.

        `delete` returns why a record may be left, "" where it is gone.
        """
        tried: set[Identity] = set()
        for resource in {each.resource: None for each in self._owners}:
            for record, owner in self._of(resource):
                if owner not in tried and self._is_there(record):
                    tried.add(owner)
                    if not delete(owner) and not self._is_there(record):
                        self._go_along.add(resource)
                    break

    def _of(self, resource: Resource) -> list[tuple[Identity, Identity]]:
        found = [each for each in self._owners.items() if each[0].resource is resource]
        return found[:MOST_LOOKS]

    def needing_none(self) -> dict[Identity, Identity]:
        """Return the records that go with their customers, with these."""
        return {
            each: owner for each, owner in self._owners.items() if each.resource in self._go_along
        }

    def _is_there(self, record: Identity) -> bool:
        try:
            return self._api.find(record) is not None
        except OutcomeError:
            return True
