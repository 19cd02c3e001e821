"""Customers whose number is the id of another: whoever writes to that id must not reach them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.spec.resources import CUSTOMERS

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.addressing import Identity
    from conformance.spec.resources import Record


def customer_numbered_like_another(api: Api) -> tuple[Identity, Identity, Record]:
    """Create a customer, and one whose custnr is its id; return both, and what the latter shows.

    Not applicable where such a number is refused.
    """
    other = api.create_new(CUSTOMERS)
    made = api.create_new(CUSTOMERS, custnr=other.id)
    return other, made, api.read(made)
