"""Users, greetings and sources: what a caller may send about each of them."""

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


def values() -> st.SearchStrategy[dict[str, str]]:
    """Values of the parameters of all of them: a name, each other one present or absent."""
    known = {name: value for each in PARAMETERS.values() for name, value in each.items()}
    name = {"name": known.pop("name")}
    return st.fixed_dictionaries(name, optional=known)


def of(resource: Resource, sent: Mapping[str, str]) -> dict[str, str]:
    """Return the values that are about one of them."""
    return {name: value for name, value in sent.items() if name in PARAMETERS[resource]}
