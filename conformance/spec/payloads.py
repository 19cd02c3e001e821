"""What new records are made of: templates of their mandatory parameters, and how to fill them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.spec.resources import CUSTOMERS, GREETINGS, SOURCES, USERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.spec.resources import Resource

UNIQUE = "{unique}"
"""In a template, stands for a short text of letters, digits and "-" that no record has."""

NUMBER = "{number}"
"""In a template, stands for ten digits that no record has."""

MANDATORY: Mapping[Resource, Mapping[str, str]] = {
    CUSTOMERS: {"name": f"Conformance-{UNIQUE}", "custnr": UNIQUE},
    GREETINGS: {"name": f"Greeting-{UNIQUE}"},
    SOURCES: {"name": f"Source-{UNIQUE}", "media": "conformance", "phonenr": "+46890510"},
    USERS: {"name": f"User-{UNIQUE}", "email": f"{UNIQUE}@example.com"},
}
"""Templates of the mandatory parameters of a POST, apart from the owning customer's id.

The document shows those of customers; the others are on the resources' own pages.
"""


def put_into(template: Mapping[str, str], unique: str, number: str) -> dict[str, str]:
    """Return the values that a template stands for, with a unique text and number put in."""
    return {
        name: text.replace(UNIQUE, unique).replace(NUMBER, number)
        for name, text in template.items()
    }
