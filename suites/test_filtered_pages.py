"""The pages of a filtered list are full, too (S50, S23)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks import paging
from conformance.rules import STATED, rule
from conformance.spec.resources import CDRS, SOURCES
from conformance.verdicts import observable_if
from conformance.wire.recorder import observed

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource

pytestmark = pytest.mark.quiet


@rule("filtered-pages-are-full-but-the-last", statements="S50 S23", basis=STATED)
@pytest.mark.parametrize(
    ("resource", "field"),
    [(SOURCES, "status"), (SOURCES, "customer_id"), (CDRS, "source_id"), (CDRS, "customer_id")],
    ids=str,
)
def test_filtered_pages_are_full_but_the_last(api: Api, resource: Resource, field: str) -> None:
    """Every page of a list with a filter holds pagesize records, and the last one the rest."""
    values = [each[field] for each in paging.first(api, resource).records if each.get(field)]
    observable_if(values, f"no {resource.singular} has a {field}")
    default = paging.first(api, resource, **{field: str(values[-1])})

    seen = paging.ends(api, default, {"pagesize": "2"})

    observed("pages", len(seen))
    assert paging.miscounted(seen) == []
