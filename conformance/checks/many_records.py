"""As many records as many a server shows at a time, and one more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.spec.resources import CUSTOMERS, GREETINGS
from conformance.verdicts import not_applicable
from conformance.wire.recorder import observed

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.addressing import Identity

MANY = 26
"""One more than a page holds that nobody asked for, in most frameworks: 10, 15, 20 or 25."""


def many_greetings(api: Api) -> list[Identity]:
    """Create that many greetings of one customer, and return them.

    Ends the case as not applicable where a customer may not have so many, or where they could not
    be deleted afterwards.
    """
    api.offers.require(GREETINGS, "DELETE")
    parent_id = api.create(CUSTOMERS).id
    made = [api.create(GREETINGS, parent_id)]
    while len(made) < MANY:
        values = api.values(GREETINGS, parent_id)
        response = api.post(GREETINGS.collection, data=values)
        if not response.ok:
            not_applicable(f"a customer can have no more than {len(made)} greetings")
        made.append(api.created(GREETINGS, response, values))
    observed("greetings of one customer", len(made))
    return made
