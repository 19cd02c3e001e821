"""What passive rules take for trouble, and which requests have pages to count."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conformance.checks.page_arithmetic import asks_for_a_page
from conformance.checks.paging import telling_ids
from conformance.checks.passive import tells_of_trouble
from conformance.wire.exchanges import Exchange
from conformance.wire.responses import Response


@pytest.mark.parametrize(
    ("version", "status", "is_trouble"),
    [
        ("HTTP/1.1", 500, True),
        ("HTTP/1.0", 505, True),
        ("HTTP/1.1", 505, True),
        ("HTTP/2.0", 505, False),
        ("HTTP/2.0", 500, True),
        ("HTTP/1.1", 503, False),
    ],
)
def test_505_is_no_trouble_for_another_version_of_http(
    version: str, status: int, *, is_trouble: bool
) -> None:
    """The answer that HTTP has for a version that a server does not know is in order."""
    response = Response(status, (), b"")
    exchange = Exchange("anonymous", "GET", "https://host/", {}, b"", response, 0.0)

    judged = replace(exchange, version=version)

    assert tells_of_trouble(judged) is is_trouble


@pytest.mark.parametrize(
    ("query", "asks"),
    [
        ("", True),
        ("?page=1&pagesize=2&custnr=page", True),
        ("?pagesize=0", False),
        ("?pagesize=1001", False),
        ("?page=-1", False),
        ("?page=1&page=2", False),
        ("?pagesize=", False),
    ],
)
def test_only_pages_that_may_be_are_counted(query: str, *, asks: bool) -> None:
    """A page or a page size that is none may be answered in other ways."""
    assert asks_for_a_page(f"https://host/2.4.9/customers{query}") is asks


@pytest.mark.parametrize(
    ("named", "telling"),
    [
        (["7"], ["7"]),
        (["7", "7", "8"], ["7", "8"]),
        (["30", "30", "3", "3", "12", "7"], ["30", "3", "7"]),
        (["1", "1", "12", "12", "5"], ["1", "5"]),
        ([], []),
    ],
)
def test_a_filter_is_tried_with_ids_that_are_parts_of_others(
    named: list[str], telling: list[str]
) -> None:
    """One that compares beginnings, or looks for a text within, answers others' calls as well."""
    assert telling_ids(named) == telling
