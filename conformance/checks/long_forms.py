"""Long bodies of forms: whether what stands at their end still counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks.long_urls import PADDING
from conformance.spec.resources import CUSTOMERS
from conformance.verdicts import not_applicable
from conformance.wire.recorder import observed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conformance.clients.api import Api


def lost_behind(api: Api, lengths: Iterable[int]) -> list[str]:
    """PUT a name at the end of forms of some lengths; return those of which it is not stored.

    A form that is refused is left out. Not applicable where a short unknown parameter is refused.
    """
    made = api.shared_record(CUSTOMERS)
    found = []
    for length in (1, *lengths):
        name = api.fresh()
        data = {PADDING: "x" * length, "name": name}
        # A server may also refuse a long body by closing the connection.
        response = api.attempt("PUT", made.path, data=data).response
        is_taken = response is not None and response.ok
        is_stored = is_taken and api.read(made).get("name") == name
        if length == 1 and not is_stored:
            not_applicable("nothing is stored beside a parameter that is not known")
        observed("forms" if is_taken else "forms refused", 1)
        found += [f"a form of more than {length} bytes"] if is_taken and not is_stored else []
    return found
