"""The other versions of the API that a target offers beside that of its base URL (S03)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.clients.once import once_for_good
from conformance.spec.addressing import versioned
from conformance.spec.resources import CUSTOMERS
from conformance.verdicts import unclaimed
from conformance.wire.documents import Unreadable

if TYPE_CHECKING:
    from conformance.clients.roles import Roles
    from conformance.wire.responses import Response

SEEN_VERSIONS = ("2.4.9", "2.4.0")
"""The versions that public clients of the API name."""


def claimed_versions(roles: Roles) -> tuple[str, ...]:
    """Return the other versions that the target claims; NotRun where it claims none."""
    return roles.target.claims.versions or unclaimed("versions")


def other_versions(roles: Roles) -> tuple[str, ...]:
    """Return the other versions that the target claims, or else those known that list customers.

    NotRun where there is none.
    """
    claimed = roles.target.claims.versions
    return (_versions_found(roles) if claimed is None else claimed) or unclaimed("versions")


@once_for_good
def _versions_found(roles: Roles) -> tuple[str, ...]:
    """Return the known versions, but that of the base URL, under which customers are listed."""
    base_url = roles.target.base_url
    others = [each for each in SEEN_VERSIONS if versioned(base_url, each) != base_url]
    callers = roles.under(others)
    return tuple(each for each in others if _is_list(callers[each].get(CUSTOMERS.collection)))


def _is_list(response: Response) -> bool:
    """Tell whether an answer is a list of customers, if an empty one."""
    try:
        listed = response.json() if response.ok else None
    except Unreadable:
        return False
    return isinstance(listed, dict) and isinstance(listed.get(CUSTOMERS.name), list)
