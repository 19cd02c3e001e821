"""The pages of a filtered list are full, too (S50, S23)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks import paging
from conformance.checks.filtered_pages import ends_of_filtered
from conformance.rules import STATED, rule
from conformance.spec.resources import CDRS, SOURCES
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
    seen = ends_of_filtered(api, resource, field)

    observed("pages", len(seen))
    assert paging.miscounted(seen) == []
