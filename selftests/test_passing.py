"""Which exchanges passive rules judge."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from conformance.checks.passive import accepts_a_type, inconsistently_refused, left_unauthorized
from conformance.verdicts import Unobservable, observable_if
from conformance.wire.exchanges import Exchange
from conformance.wire.journal import Journal
from conformance.wire.responses import Response

if TYPE_CHECKING:
    from collections.abc import Mapping

DIGEST: Mapping[str, str] = {"Authorization": "Digest x"}


def exchange(
    path: str,
    status: int,
    method: str = "GET",
    role: str = "api",
    headers: Mapping[str, str] = DIGEST,
) -> Exchange:
    """Return an exchange with an answer that has nothing but a status."""
    url = f"https://localhost/2.4.9{path}"
    return Exchange(role, method, url, headers, b"", Response(status, (), b""), 0.0)


def journal_of(*exchanges: Exchange) -> Journal:
    """Return the journal of some exchanges."""
    journal = Journal()
    for each in exchanges:
        journal.add(each)
    return journal


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


def test_a_401_that_another_nonce_follows_turns_nobody_away() -> None:
    """A request that was sent again, and one without credentials, were not left with a 401."""
    journal = journal_of(
        exchange("/customers", 401, headers={}),
        exchange("/customers", 401),
        exchange("/customers", 200),
    )

    assert left_unauthorized(journal) == []


@pytest.mark.parametrize(
    ("path", "role", "expected"),
    [
        ("/customers?custnr=a%20b", "api", 0),
        ("/customers?custnr=a+b", "api", 1),
        ("/customers//1", "api", 0),
        ("/customers/1", "impostor", 0),
        ("/customers/1", "api", 1),
    ],
)
def test_the_right_caller_is_turned_away_by_a_last_401(path: str, role: str, expected: int) -> None:
    """A 401 that no further try follows counts, where the target is written in one way only."""
    journal = journal_of(exchange(path, 401, role=role), exchange("/customers", 200))

    assert len(left_unauthorized(journal)) == expected


@pytest.mark.parametrize(
    ("answered", "refused", "expected"),
    [
        ("/customers/1", "/customers/22", 1),
        ("/customers/1", "/customers/x", 0),
        ("/customers.xml/1", "/customers/1", 0),
        ("/customers?customer_id=1", "/customers?customer_id=", 1),
        ("/customers?customer_id=1", "/customers?custnr=1", 0),
        ("/customers/1/voicemail_greetings", "/customers/22/voicemail_greetings", 1),
        ("/customers/1?_method=PUT", "/customers/2?_method=PUT", 0),
    ],
)
def test_a_get_is_withheld_where_one_like_it_is_answered(
    answered: str, refused: str, expected: int
) -> None:
    """Alike are GETs that differ in ids and values only; an override is none."""
    journal = journal_of(exchange(answered, 200), exchange(refused, 405))

    assert len(inconsistently_refused(journal)) == expected


@pytest.mark.parametrize(
    ("media_type", "content", "expected"),
    [
        ("application/json; charset=utf-8", b"{}", "418, JSON"),
        ("text/xml", b"<a/>", "418, XML"),
        ("text/plain", b"tea", "418, text/plain"),
        ("", b"tea", "418, no media type"),
        ("application/json", b"", "418, no body"),
    ],
)
def test_an_exchange_is_told_in_one_line(media_type: str, content: bytes, expected: str) -> None:
    """A list of exchanges says of each what was asked, and the status and kind of the answer."""
    response = Response(418, (("Content-Type", media_type),), content)
    told = replace(exchange("/customers?page=1", 418), response=response)

    assert repr(told) == f"GET /2.4.9/customers?page=1: {expected}"


def test_an_exchange_without_an_answer_says_why() -> None:
    """Its text has the failure, and whoever asks for the answer is told."""
    silent = replace(exchange("/customers", 200), response=None, failure="timed out")

    assert repr(silent) == "GET /2.4.9/customers: timed out"
    with pytest.raises(ValueError, match="there is no response"):
        _ = silent.answer


def test_what_cannot_be_observed_is_inconclusive() -> None:
    """A precondition that does not hold ends the case, one that holds does nothing."""
    observable_if([1], "there is one")
    with pytest.raises(Unobservable, match="there is none"):
        observable_if([], "there is none")
