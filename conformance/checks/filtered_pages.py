"""Pages of lists that a filter restricts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from conformance.checks import paging
from conformance.verdicts import unobservable

if TYPE_CHECKING:
    from conformance.checks.paging import Page
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource

ENOUGH = 3
"""How many records a filter should find, so that there are several pages of two."""


def ends_of_filtered(api: Api, resource: Resource, field: str) -> list[Page]:
    """GET a list by a value of a field, and the first and last pages of two records of that.

    It is the rarest value that enough records have, so that the filter leaves most out.
    """
    records = paging.first(api, resource).records
    counted = Counter(str(each[field]) for each in records if each.get(field))
    if not counted:
        unobservable(f"no {resource.singular} has a {field}")
    value = min(counted, key=lambda each: (counted[each] < ENOUGH, counted[each]))
    default = paging.first(api, resource, **{field: value})
    return [default, *paging.ends(api, default, {"pagesize": "2"})]
