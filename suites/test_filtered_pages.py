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


@rule("page-has-its-own-total-after-a-filter", statements="S51 S23", basis=STATED)
@pytest.mark.parametrize(
    ("before", "asked"),
    [({}, {"page": "0"}), ({"page": "none"}, {})],
    ids=["a filter", "a filter that is refused"],
)
@pytest.mark.parametrize("resource", [SOURCES, CDRS], ids=str)
def test_page_has_its_own_total_after_a_filter(
    api: Api, resource: Resource, before: dict[str, str], asked: dict[str, str]
) -> None:
    """A list has its own total, also after a GET of it with a filter, or one that is refused."""
    default = paging.first(api, resource)
    observable_if(default.records, "the list is empty")
    owner = str(default.records[-1].get("customer_id"))

    filtered = paging.ask(api, resource, {"customer_id": owner})
    paging.ask(api, resource, {"customer_id": owner, **before})
    after = paging.ask(api, resource, asked)

    applicable_if(filtered.total < default.total, "such a filter restricts nothing")
    assert after.total != filtered.total


@rule("page-follows-from-its-own-size", statements="S50 S51", basis=STATED)
def test_page_follows_from_its_own_size(api: Api) -> None:
    """A page of two calls has the third and the fourth, also after a first page of three.

    They are asked for again at the end: there may have been calls meanwhile.
    """
    default = paging.first(api, CDRS)
    applicable_if(paging.takes_sizes(api, default), "the size of a page cannot be chosen")
    four = paging.ask(api, CDRS, {"page": "0", "pagesize": "4"})
    observable_if(len(four.ids) > 3, "there are fewer than four calls")  # noqa: PLR2004

    paging.ask(api, CDRS, {"page": "0", "pagesize": "3"})
    second = paging.ask(api, CDRS, {"page": "1", "pagesize": "2"})

    again = paging.ask(api, CDRS, {"page": "0", "pagesize": "4"})
    assert second.ids in (four.ids[2:], again.ids[2:])
