"""The records that were there before a run has created one of their kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.clients.once import once_for_good
from conformance.clients.usable_ids import is_usable_id
from conformance.spec.addressing import Identity
from conformance.verdicts import OutcomeError
from conformance.wire.numbers import whole_number
from conformance.wire.records import id_of

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource


@once_for_good
def take_census(api: Api, resource: Resource) -> int:
    """Read a list before the run creates the first of its records, once; return how many it has.

    None of them is taken for ours later, though an update of ours went astray, or the target shows
    it with our texts. Not where a list needs a parent, which is ours then, and not for a server
    without a socket, which no run leaves anything on. A list that cannot be read tells nothing.
    """
    if resource.parent is not None or api.target.without_socket:
        return 0
    try:
        records = api.listed(resource)
    except OutcomeError:
        return 0
    ids = {id_of(resource, each) for each in records if not api.ledger.bears_prefix(each)}
    old = {Identity(resource, each) for each in ids if is_usable_id(each)}
    api.ledger.of_before.update(old)
    return len(old)


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
