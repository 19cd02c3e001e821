"""Numbers and moments that a target writes are read within bounds, or not at all."""

from __future__ import annotations

import gzip
import time

import pytest

from conformance.clients.unused_ids import unused_ids
from conformance.wire.busy import LONGEST_WAIT, retry_after
from conformance.wire.decoding import decoded
from conformance.wire.failures import NoAnswer
from conformance.wire.numbers import whole_number
from conformance.wire.records import more_pages, neighbours
from conformance.wire.responses import Response

NINES = "9" * 5000


NUMBERS: dict[object, int | None] = {
    "12": 12,
    13: 13,
    "-5": -5,
    "007": 7,
    "\u0661": 1,
    10**30: 10**30,
    **dict.fromkeys([NINES, f"-{NINES}", "", "-", None, "1.0", "\u00b2", " 1", "1_0", True, 1e300]),
}


@pytest.mark.parametrize(("value", "number"), NUMBERS.items())
def test_a_number_is_read_or_is_none(value: object, number: int | None) -> None:
    """Whatever is no whole number, or is too long to be one, is none."""
    assert whole_number(value) == number


def test_pages_and_ids_of_too_many_digits_are_no_trouble() -> None:
    """No more pages follow, and ids beside them are those of the others."""
    paged = Response(200, (), b'{"numpages":"%s"}' % NINES.encode())

    assert not more_pages(paged, 0)
    assert neighbours({NINES, "7"}) == {"6", "8", "9"}
    assert next(unused_ids([NINES])) != NINES


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Fri, 01 Jan 99999999999999999999 00:00:00 GMT", None),
        ("Fri, 01 Jan 2027 00:00:00 +99999999999999999999", None),
        (f"Fri, 01 Jan {NINES} 00:00:00 GMT", None),
        ("Mon, 01 Jan 0001 00:00:00 +2359", 0.0),
        ("Fri, 31 Dec 9999 23:59:59 -2359", LONGEST_WAIT),
    ],
)
def test_a_moment_beyond_all_calendars_asks_for_nothing(text: str, seconds: float | None) -> None:
    """Retry-After may say anything."""
    assert retry_after(Response(503, (("Retry-After", text),), b"")) == seconds


def test_members_of_gzip_cost_what_they_are_worth() -> None:
    """A thousand are read; more are refused at once, and what is long is read in no time."""
    started = time.perf_counter()
    assert decoded(gzip.compress(b"ab") * 1000, "gzip") == b"ab" * 1000
    assert decoded(gzip.compress(b" " * 8_000_000) + b"\0" * 1000, "gzip") == b" " * 8_000_000
    with pytest.raises(NoAnswer, match="more than 1000 members"):
        decoded(gzip.compress(b"") * 300_000, "gzip")

    assert time.perf_counter() - started < 3
