"""As many records as many a server shows at a time, and one more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.spec.resources import CUSTOMERS
from conformance.verdicts import not_applicable
from conformance.wire.recorder import observed
from conformance.wire.records import id_of

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.addressing import Identity
    from conformance.spec.resources import Resource

MANY = 26
"""One more than a page holds that nobody asked for, in most frameworks: 10, 15, 20 or 25."""


def many_records(api: Api, resource: Resource) -> list[Identity]:
    """Create that many records, of one customer where they have one, and return them.

    Ends the case as not applicable where there may not be so many, or where they could not be
    deleted afterwards.
    """
    api.offers.require(resource, "DELETE")
    owner = None if resource is CUSTOMERS else api.create(CUSTOMERS).id
    made = [api.create(resource, owner)]
    while len(made) < MANY:
        values = api.values(resource, owner)
        response = api.post(resource.collection, data=values)
        if not response.ok:
            api.ledger.note_answered(response, resource)
            not_applicable(f"there can be no more than {len(made)} {resource.name} of one owner")
        made.append(api.created(resource, response, values))
    observed(f"{resource.name} of one owner", len(made))
    return made


def listed_otherwise_than_once(api: Api, made: list[Identity]) -> list[str]:
    """Return in words which of some records of one owner their list does not hold once."""
    resource = made[0].resource
    listed = [id_of(resource, each) for each in api.listed(resource, made[0].parent_id)]
    counted = {each.id: listed.count(each.id) for each in made}
    return [
        f"{resource.word} {id_} is listed {count} times"
        for id_, count in counted.items()
        if count != 1
    ]
