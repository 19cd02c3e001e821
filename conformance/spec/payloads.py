"""The mandatory parameters of new records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.spec.resources import CUSTOMERS, GREETINGS, SOURCES, USERS

if TYPE_CHECKING:
    from conformance.spec.resources import Resource


def minimal_values(resource: Resource, unique: str) -> dict[str, str]:
    """Return the mandatory parameters of a POST, apart from the owning customer's id.

    `unique` is a short text of letters, digits and "-" that no record has. The document shows those
    of customers; the others are on the resources' own pages.
    """
    return {
        CUSTOMERS: {"name": f"Conformance-{unique}", "custnr": unique},
        GREETINGS: {"name": f"Greeting-{unique}"},
        SOURCES: {"name": f"Source-{unique}", "media": "conformance", "phonenr": "+46890510"},
        USERS: {"name": f"User-{unique}", "email": f"{unique}@example.com"},
    }[resource]


def valid_value(field: str, unique: str) -> str:
    """Return a unique value for a customer's field that every server has to accept."""
    return f"{unique}@example.com" if field == "email" else unique
