"""As many records as many a server shows at a time, and one more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.spec.resources import CUSTOMERS
from conformance.verdicts import not_applicable
from conformance.wire.recorder import observed

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
