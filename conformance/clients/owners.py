"""Which customer a new record is made for, where none is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.spec.addressing import Identity
from conformance.spec.resources import CUSTOMERS

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource

SIBLINGS = 3
"""How many greetings a case makes of one customer, as a rule."""


def owner_of_new(api: Api, resource: Resource, customer_id: str | None) -> dict[str, str]:
    """Return the parameter that names a customer: the one asked for, or one that cases share.

    Where a customer may have few greetings, it is one who has room for some more.
    """
    if resource is CUSTOMERS:
        return {}
    owner = customer_id or api.shared_record(CUSTOMERS).id
    if not customer_id and resource.parent and _alive(api, resource, owner) > _most_before(api):
        api.shared.let_go(Identity(CUSTOMERS, owner))
        owner = api.shared_record(CUSTOMERS).id
    return {CUSTOMERS.id_field: owner}


def other_owner(api: Api, resource: Resource, customer_id: str) -> dict[str, str]:
    """Return the parameter that names another customer than one who may be full; {} for none.

    A customer is full who has greetings, and is given no more.
    """
    if not resource.parent or not _alive(api, resource, customer_id):
        return {}
    api.shared.let_go(Identity(CUSTOMERS, customer_id))
    return {CUSTOMERS.id_field: api.shared_record(CUSTOMERS).id}


def note_full(api: Api, resource: Resource, customer_id: str) -> None:
    """Note that a customer takes no more greetings, although another one does."""
    api.account.room = min(api.account.room, _alive(api, resource, customer_id))


def _alive(api: Api, resource: Resource, customer_id: str) -> int:
    """Return how many records of ours a customer has."""
    owner = Identity(CUSTOMERS, customer_id)
    alive = [each for each in api.ledger.left() if each.resource is resource]
    return sum(api.ledger.owner_of(each) == owner for each in alive)


def _most_before(api: Api) -> float:
    """Return how many greetings a customer may have who gets some more."""
    return max(0, api.account.room - SIBLINGS)
