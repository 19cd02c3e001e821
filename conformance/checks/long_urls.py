"""Long URLs: whether what stands at their end still counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.spec.resources import CUSTOMERS
from conformance.verdicts import not_applicable
from conformance.wire.recorder import observed
from conformance.wire.records import ids_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from conformance.clients.api import Api

PADDING = "padding"
"""The name of a parameter that the method does not know."""


def found_by_long_url(api: Api, lengths: Iterable[int]) -> dict[int, Sequence[str]]:
    """Filter by a custnr at the end of queries of some lengths; return what else is found.

    A query that is refused is left out. Not applicable where a short unknown parameter is refused.
    """
    made, record = api.shared_record_with_values(CUSTOMERS)
    custnr = str(record.get("custnr"))
    twin = api.get(CUSTOMERS.collection, params={PADDING: "x", "custnr": custnr})
    if ids_in(twin, CUSTOMERS) != [made.id]:
        not_applicable("a filter finds nothing beside a parameter that is not known")
    wrong: dict[int, Sequence[str]] = {}
    for length in lengths:
        fill = "x" * (length - len(f"{PADDING}=&custnr={custnr}"))
        params = {PADDING: fill, "custnr": custnr}
        # A server may also refuse a long URL by closing the connection.
        response = api.attempt("GET", CUSTOMERS.collection, params=params).response
        answered = response is not None and response.ok
        observed("URLs" if answered else "URLs refused", 1)
        if response is not None and response.ok and ids_in(response, CUSTOMERS) != [made.id]:
            wrong[length] = ids_in(response, CUSTOMERS)[:5]
    return wrong
