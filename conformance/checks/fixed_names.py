"""Names of a fixed form, which other records may have: one after another, until one is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.spec.resources import CUSTOMERS
from conformance.verdicts import NotApplicable, SetupFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeVar

    from conformance.clients.api import Api
    from conformance.spec.addressing import Identity

    Made = TypeVar("Made")


def created_as_one_of(api: Api, names: Sequence[str]) -> tuple[Identity, str]:
    """Create a customer by the first of some names that this account takes; return that, too."""

    def create(name: str) -> Identity:
        values, response = api.post_new(CUSTOMERS, more={"name": name})
        return api.created(CUSTOMERS, response, values)

    return _first(names, create)


def updated_to_one_of(api: Api, made: Identity, names: Sequence[str]) -> str:
    """PUT the first of some names that this account takes to a customer; return it."""
    return _first(names, lambda name: api.update(made, {"name": name}))[1]


def _first(names: Sequence[str], write: Callable[[str], Made]) -> tuple[Made, str]:
    """Return what comes of the first name that is taken, and the name; raises SetupFailed."""
    *others, last = names
    for name in others:
        try:
            return write(name), name
        except (SetupFailed, NotApplicable):
            continue
    return write(last), last
