"""Which method does what where: requests that carry more than their method may do.

The places are the levels of the document: a collection, a record, a collection below a record, and
a record in it. A request carries the data of another method, in each way that data can be carried.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from conformance.spec.addressing import Override, Request, collection_path, overridden
from conformance.spec.equal_ways import written_as
from conformance.spec.resources import CUSTOMERS, GREETINGS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.spec.addressing import Identity


class Carrier(Enum):
    """How a request carries data."""

    QUERY = "in the query"
    FORM = "in a form"
    JSON = "in JSON"


@dataclass(frozen=True, slots=True)
class Carried:
    """A method at a place, and how it carries data that is another method's."""

    method: str
    place: str
    carrier: Carrier

    def __repr__(self) -> str:
        """Return it in words, as evidence shows it."""
        return f"{self.method} of {self.place} with data {self.carrier.value}"

    def request(self, customer: Identity, greeting: Identity, data: Mapping[str, str]) -> Request:
        """Return the request, about records of ours."""
        path = {
            COLLECTION: CUSTOMERS.collection,
            RECORD: customer.path,
            SUB_COLLECTION: collection_path(GREETINGS, greeting.parent_id),
            SUB_RECORD: greeting.path,
        }[self.place]
        return carrying(self.method, path, self.carrier, data)


COLLECTION, RECORD = "a collection", "a record"
SUB_COLLECTION, SUB_RECORD = "a collection below a record", "a record below a record"
PLACES = (COLLECTION, RECORD, SUB_COLLECTION, SUB_RECORD)

READS = (
    *(Carried("GET", place, carrier) for place in PLACES for carrier in Carrier),
    *(Carried("HEAD", place, Carrier.QUERY) for place in PLACES),
    *(Carried("HEAD", place, Carrier.FORM) for place in (RECORD, SUB_RECORD)),
)
"""What reads, with data that would write."""

POSTS = tuple(
    Carried("POST", place, carrier) for carrier in (Carrier.FORM, Carrier.JSON) for place in PLACES
)
"""Creations that name a record that is there: in the path, or among the data."""


def carrying(method: str, path: str, carrier: Carrier, data: Mapping[str, str]) -> Request:
    """Return a request that carries data in one way."""
    if carrier is Carrier.QUERY:
        return Request(method, path, {"params": data})
    body = "JSON" if carrier is Carrier.JSON else "form"
    return written_as(body, Request(method, path, {"data": data}))


@dataclass(frozen=True, slots=True)
class Upsert:
    """A PUT of JSON at a place where there is no record."""

    place: str
    override: Override

    def __repr__(self) -> str:
        """Return it in words, as evidence shows it."""
        return f"PUT of JSON by {self.override}, {self.place}"

    def request(self, unknown: Identity, greeting: Identity, data: Mapping[str, str]) -> Request:
        """Return the request, about an unknown customer or an unknown greeting of ours."""
        own = {CUSTOMERS.id_field: str(greeting.parent_id)}
        path, more = {
            COLLECTION: (CUSTOMERS.collection, {}),
            RECORD: (unknown.path, {}),
            "a record by its id in the body": (CUSTOMERS.collection, unknown.parameters),
            SUB_COLLECTION: (GREETINGS.collection, own),
            SUB_RECORD: (greeting.path, {}),
        }[self.place]
        asked = carrying("PUT", path, Carrier.JSON, {**more, **data})
        return overridden(asked, self.override)


UPSERTS: Mapping[str, list[Upsert]] = {
    place: [Upsert(place, override) for override in Override]
    for place in (*PLACES, "a record by its id in the body")
}
"""Updates of what is not there, in JSON."""
