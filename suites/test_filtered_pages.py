"""The pages of a filtered list are full, too (S50, S23)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks import paging
from conformance.checks.filtered_pages import ends_of_filtered
from conformance.rules import STATED, rule
from conformance.spec.resources import CDRS, SOURCES
from conformance.verdicts import applicable_if, observable_if
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


@rule("page-is-the-same-after-a-filter", statements="S51 S23", basis=STATED)
@pytest.mark.parametrize("resource", [SOURCES, CDRS], ids=str)
def test_page_is_the_same_after_a_filter(api: Api, resource: Resource) -> None:
    """The second page of a list is the same after a GET of that list with a filter."""
    default = paging.first(api, resource)
    applicable_if(paging.takes_sizes(api, default), "the size of a page cannot be chosen")
    asked = {"page": "1", "pagesize": "1"}
    before = paging.ask(api, resource, asked)

    paging.ask(api, resource, {"customer_id": str(default.records[-1].get("customer_id"))})
    after = paging.ask(api, resource, asked)

    assert after.ids == before.ids


@rule("page-follows-from-its-own-size", statements="S50 S51", basis=STATED)
def test_page_follows_from_its_own_size(api: Api) -> None:
    """A page of two calls has the third and the fourth, also after a first page of three."""
    default = paging.first(api, CDRS)
    applicable_if(paging.takes_sizes(api, default), "the size of a page cannot be chosen")
    four = paging.ask(api, CDRS, {"page": "0", "pagesize": "4"})
    observable_if(len(four.ids) > 3, "there are fewer than four calls")  # noqa: PLR2004

    paging.ask(api, CDRS, {"page": "0", "pagesize": "3"})
    second = paging.ask(api, CDRS, {"page": "1", "pagesize": "2"})

    assert second.ids == four.ids[2:]
