"""Which exchanges passive rules judge."""

from __future__ import annotations

import pytest

from conformance.exchanges import Exchange
from conformance.passing import accepts_a_type


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, True),
        ("*/*", True),
        ("application/json", True),
        ("text/html, application/xml;q=0.9", True),
        ("application/json; q=1.000; indent=4", True),
        ("text/html", False),
        ("application/json;q=high", False),
        ("application/json;q=high, */*;q=2", False),
        ("application/json;q=high, application/xml", True),
    ],
)
def test_a_type_is_accepted_where_it_is_named_well_formed(
    accept: str | None, *, expected: bool
) -> None:
    """Accept names a type, or is not there; a malformed quality makes a type not named."""
    headers = {} if accept is None else {"Accept": accept}
    exchange = Exchange("api", "GET", "https://localhost/2.4.9/customers", headers, b"", None, 0.0)

    assert accepts_a_type(exchange) is expected
