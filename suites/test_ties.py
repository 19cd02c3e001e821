"""Equal records do not change places between the pages of a list (S50)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks.ties import calls_on_two_pages, shown_otherwise_than_once
from conformance.rules import STATED, rule
from conformance.spec.media_types import JSON_TYPE, XML_TYPE
from conformance.spec.resources import CUSTOMERS, SOURCES

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource

pytestmark = pytest.mark.sole


@rule("equal-records-are-each-on-one-page", statements="S50", basis=STATED)
@pytest.mark.parametrize(
    ("resource", "media_type"), [(CUSTOMERS, JSON_TYPE), (SOURCES, XML_TYPE)], ids=str
)
def test_equal_records_are_each_on_one_page(api: Api, resource: Resource, media_type: str) -> None:
    """The pages of a list together hold each record once, also those that are equal in all fields.

    A page ends between two of them. Not judged where the page size cannot be chosen.
    """
    api.offers.require_path(resource.collection)

    wrong = shown_otherwise_than_once(api, resource, media_type)

    assert wrong == {}


@rule("calls-alike-are-each-on-one-page", statements="S50", basis=STATED)
def test_calls_alike_are_each_on_one_page(api: Api) -> None:
    """No call is on two pages where a page ends between calls of one second, or of one day."""
    on_two_pages = calls_on_two_pages(api)

    assert on_two_pages == {}
