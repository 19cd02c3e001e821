"""Long bodies of forms: whether what stands at their end still counts."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from conformance.checks.long_urls import PADDING
from conformance.spec.addressing import Override, Request, overridden
from conformance.spec.resources import CUSTOMERS
from conformance.verdicts import not_applicable
from conformance.wire.recorder import observed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conformance.clients.api import Api


def lost_behind(
    api: Api, lengths: Iterable[int], override: Override = Override.NATIVE
) -> list[str]:
    """PUT a name at the end of forms of some lengths; return those of which it is not stored.

    A form that is refused is left out. Not applicable where a short unknown parameter is refused.
    """
    made = api.shared_record(CUSTOMERS)
    found = []
    for length in (0, *lengths):
        name = api.fresh()
        padding = "x" * (length - len(urlencode({PADDING: "", "name": name})))
        data = {PADDING: padding or "x", "name": name}
        asked = overridden(Request("PUT", made.path, {"data": data}), override)
        # A server may also refuse a long body by closing the connection.
        response = api.attempt(asked.method, asked.path, **asked.options).response
        is_taken = response is not None and response.ok
        is_stored = is_taken and api.read(made).get("name") == name
        if length == 0 and not is_stored:
            not_applicable("nothing is stored beside a parameter that is not known")
        observed("forms" if is_taken else "forms refused", 1)
        found += [f"a form of {length} bytes"] if is_taken and not is_stored else []
    return found
