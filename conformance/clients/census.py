"""The records that were there before a run has created one of their kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.clients.once import once_for_good
from conformance.clients.usable_ids import is_usable_id
from conformance.spec.addressing import Identity
from conformance.spec.resources import CUSTOMERS
from conformance.verdicts import OutcomeError, not_applicable
from conformance.wire.numbers import whole_number
from conformance.wire.records import id_of

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Record, Resource


@once_for_good
def take_census(api: Api, resource: Resource) -> int:
    """Read a list before the run creates the first of its records, once; return how many it has.

    None of them is taken for ours later, though an update of ours went astray, or the target shows
    it with our texts. Of a sub-resource the list of a customer of ours is read: what it shows is
    of the system, unless it names that customer. Not for a server without a socket, which no run
    leaves anything on. A list that cannot be read tells nothing. Raises NotApplicable where a list
    needs a customer and the run has made none yet.
    """
    if api.target.without_socket:
        return 0
    parent_id = None if resource.parent is None else _parent_of_ours(api, resource.parent).id
    try:
        records = api.listed(resource, parent_id)
    except OutcomeError:
        return 0
    strangers = [each for each in records if not api.ledger.bears_prefix(each)]
    old = {
        _place(resource, each, parent_id): each
        for each in strangers
        if is_usable_id(id_of(resource, each))
    }
    api.ledger.of_before.add(old)
    return len(old)


def _parent_of_ours(api: Api, resource: Resource) -> Identity:
    found = [each for each in api.ledger.left() if each.resource is resource]
    return found[0] if found else not_applicable(f"the run has made no {resource.singular} yet")


def _place(resource: Resource, record: Record, parent_id: str | None) -> Identity:
    """Return which record it is: under that parent alone, if it names it, or else under each."""
    names_parent = parent_id is not None and str(record.get(CUSTOMERS.id_field)) == parent_id
    return Identity(resource, id_of(resource, record), parent_id if names_parent else None)


def seems_older(api: Api, found: Identity) -> bool:
    """Tell whether a record that a list shows was there before the run, or may have been.

    Of a sub-resource that only a list shows, the id is a number below all that creations of its
    kind were answered: the server may have moved it to a customer of ours.
    """
    if found in api.ledger.of_before:
        return True
    if found.resource.parent is None or api.ledger.was_made(found):
        return False
    made = [whole_number(each) for each in api.ledger.made_ids(found.resource)]
    number, numbers = whole_number(found.id), [each for each in made if each is not None]
    return number is not None and bool(numbers) and number < min(numbers)
