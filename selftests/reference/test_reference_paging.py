"""Paging, and the call records, of which there are enough for pages."""

import pytest
from asking import Knowing, ask, content, names, records

CALLS = "/statistics/cdrs"
PAGING = ("total", "page", "pagesize", "numpages")


def paging(target: str) -> list[int]:
    """The paging properties of an answer, in order, and how many records came with them."""
    document = content(ask(Knowing(), "GET", target))
    assert tuple(document)[:4] == PAGING
    return [*(document[name] for name in PAGING), len(document["cdrs"])]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [2345, 0, 1000, 3, 1000]),
        ("?page=2", [2345, 2, 1000, 3, 345]),
        ("?page=3", [2345, 3, 1000, 3, 0]),
        ("?page=999999999999", [2345, 999999999999, 1000, 3, 0]),
        ("?pagesize=5", [2345, 0, 5, 469, 5]),
        ("?pagesize=5&page=468", [2345, 468, 5, 469, 5]),
        ("?pagesize=1000", [2345, 0, 1000, 3, 1000]),
        ("?customer_id=1&page=1", [1564, 1, 1000, 2, 564]),
        ("?customer_id=3", [0, 0, 1000, 0, 0]),
    ],
)
def test_a_page_is_a_part_of_the_whole(query: str, expected: list[int]) -> None:
    """Pages count from 0, and the totals are those of all that match."""
    assert paging(CALLS + query) == expected


@pytest.mark.parametrize(
    "query", ["page=-1", "page=", "page=x", "page=1.0", "page=%D9%A1", "page=" + "9" * 5000]
)
@pytest.mark.parametrize("resource", ["/customers", "/sources", CALLS])
def test_a_page_has_to_be_a_number(resource: str, query: str) -> None:
    """Any other page is explained away, and so is any other size."""
    for name in (query, query.replace("page", "pagesize")):
        response = ask(Knowing(), "GET", f"{resource}?{name}")
        assert response.status == 400
        assert content(response)["errors"]


@pytest.mark.parametrize("pagesize", ["0", "1001"])
def test_a_page_size_has_bounds(pagesize: str) -> None:
    """A page holds something, and no more than 1000."""
    assert ask(Knowing(), "GET", f"/customers?pagesize={pagesize}").status == 400


@pytest.mark.parametrize(
    "target", ["/users", "/customers/1/voicemail_greetings", "/customers/1", CALLS + "/1"]
)
def test_some_answers_are_no_pages(target: str) -> None:
    """Users, greetings, and a record that was asked for by its id have no paging properties."""
    document = content(ask(Knowing(), "GET", target))

    assert not set(PAGING).intersection(document)


def test_the_pages_together_hold_each_call_once() -> None:
    """No call is on two pages, and none on no page."""
    pages = [names(ask(Knowing(), "GET", f"{CALLS}?page={page}"), "cdr_id") for page in range(3)]

    ids = [each for page in pages for each in page]
    assert ids == sorted(set(ids), key=int)
    assert len(ids) == 2345


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("from_date=2025-01-05+00:00:00&to_date=2025-01-05+23:59:59", 8),
        ("from_date=2025-01-05+00:00:01&to_date=2025-01-05+23:59:58", 6),
        ("from_date=2025-01-06+00:00:00&to_date=2025-01-05+00:00:00", 0),
        ("to_date=2025-01-01+00:00:00", 1),
        ("from_date=2026-01-01+00:00:00", 0),
        ("source_id=1", 782),
        ("custnr=1002", 781),
        ("custnr=1001&source_id=3", 0),
        ("cdr_id=1", 1),
        ("extended=1&cdr_id=12", 1),
    ],
)
def test_calls_can_be_looked_for(query: str, count: int) -> None:
    """Calls are filtered by customer, source and time; both ends of a time are part of it."""
    document = content(ask(Knowing(), "GET", f"{CALLS}?{query}"))

    assert document.get("total", len(document["cdrs"])) == count


@pytest.mark.parametrize(
    "query", ["from_date=2025-01-05", "to_date=x", "extended=2", "source_id=x", "cdr_id=-1"]
)
def test_calls_cannot_be_looked_for_otherwise(query: str) -> None:
    """What cannot be read is a bad request."""
    assert ask(Knowing(), "GET", f"{CALLS}?{query}").status == 400


def test_the_newest_call_can_come_first() -> None:
    """The order of calls can be turned round."""
    first, last = (
        names(ask(Knowing(), "GET", f"{CALLS}?pagesize=1&{order}"), "start")
        for order in ("", "newest_first=true")
    )

    assert first == ["2025-01-01 00:00:00"]
    assert last == ["2025-10-24 00:00:00"]


def test_a_call_has_more_to_say_when_asked() -> None:
    """The extended form has the fields of the normal one, then more."""
    normal, extended = (
        records(ask(Knowing(), "GET", f"{CALLS}/2?extended={mode}"))[0] for mode in "01"
    )

    assert (len(normal), len(extended)) == (14, 27)
    assert list(extended)[:14] == list(normal)
    assert normal["anum"].endswith("xxx")
