"""Payloads about users, greetings and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from conformance.spec.resources import GREETINGS, SOURCES, USERS, Resource
from strategies import greetings, sources, users

if TYPE_CHECKING:
    from collections.abc import Mapping

PARAMETERS: dict[Resource, Mapping[str, st.SearchStrategy[str]]] = {
    USERS: users.parameters(),
    GREETINGS: greetings.parameters(),
    SOURCES: sources.parameters(),
}


def record_values() -> st.SearchStrategy[dict[str, str]]:
    """Draw values for all three resources at once: a name and any of the optional parameters."""
    known = {name: value for each in PARAMETERS.values() for name, value in each.items()}
    name = {"name": known.pop("name")}
    return st.fixed_dictionaries(name, optional=known)


def of(resource: Resource, sent: Mapping[str, str]) -> dict[str, str]:
    """Return the values that are parameters of one resource."""
    return {name: value for name, value in sent.items() if name in PARAMETERS[resource]}
