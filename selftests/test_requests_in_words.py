"""Which request a finding names, and how: what is special of it, and the end of what is long."""

from __future__ import annotations

import ast
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from conformance.results.wording.broken import Broken
from conformance.results.wording.requests import exchange_in_words
from conformance.results.wording.sentences import sentences
from conformance.results.wording.texts import shortened
from conformance.results.wording.values import in_words, several_in_words
from conformance.spec.addressing import Identity
from conformance.spec.media_types import FORM_TYPE
from conformance.spec.resources import CUSTOMERS
from conformance.wire.compared import Comparison
from conformance.wire.exchanges import Exchange
from conformance.wire.responses import Response

if TYPE_CHECKING:
    from collections.abc import Mapping

MADE = Identity(CUSTOMERS, "7")


def sent(
    method: str,
    path: str,
    body: bytes = b"",
    *,
    fields: Mapping[str, str] | None = None,
    role: str = "api",
) -> Exchange:
    """Return an exchange; a body has its type unless fields say otherwise."""
    known = {"Content-Type": FORM_TYPE} if body and fields is None else dict(fields or {})
    return Exchange(role, method, f"https://host{path}", known, body, Response(200, (), b""), 0.0)


SETUP = sent("POST", "/customers", b"name=cf-1a2b3c4d5-1")
WRITE = sent("PUT", "/customers/7", b"name=cf-1a2b3c4d5-2")
LOOK = sent("GET", "/customers/7")
LIST = sent("GET", "/customers?custnr=1")
OTHER_LIST = sent("GET", "/customers?custnr=cf-1a2b3c4d5-9")


def observed(test: str, title: str, *exchanges: Exchange, left: object, **names: object) -> str:
    """Return what a finding says was observed, of an assertion as it is written."""
    told = sentences(
        Broken(
            test=ast.parse(test, mode="eval").body,
            title=title,
            names=names,
            comparison=Comparison("==", left, {} if isinstance(left, dict) else []),
            exchanges=exchanges,
        )
    )
    return told.observed


@pytest.mark.parametrize(
    ("title", "names", "request_in_words"),
    [
        ("PUT changes one record.", {}, "(asked: PUT /customers/7"),
        ("GET of customers shows one.", {}, "(asked: GET /customers?custnr=1,"),
        ("A list shows each once.", {}, "(asked: GET /customers?custnr=1,"),
        ("Each is there.", {}, "(last asked: PUT /customers/7"),
        ("Each is there.", {"response": SETUP.response}, "(asked: POST /customers with"),
        ("Each is there.", {"method": "POST"}, "(asked: POST /customers with"),
    ],
)
def test_the_request_is_that_of_the_rule(
    title: str, names: dict[str, object], request_in_words: str
) -> None:
    """It is what the rule holds, or by the method that it is about; else it is called the last."""
    told = observed("found == []", title, SETUP, WRITE, LIST, left=["13"], **names)

    assert request_in_words in told


def test_no_request_is_named_rather_than_a_wrong_one() -> None:
    """Of a rule about a method by which nothing was asked, no other request is told."""
    assert observed("found == []", "DELETE deletes one.", SETUP, WRITE, left=["13"]) == "'13'"


def test_a_look_at_the_record_is_not_the_request() -> None:
    """What the assertion reads is the outcome, and no request that led there."""
    told = observed(
        "api.read(made) == before", "GET changes nothing.", LIST, LOOK, left={"a": 1}, made=MADE
    )

    assert "GET /customers?custnr=1" in told


def test_the_request_that_says_what_was_found_comes_first() -> None:
    """Of several that are alike, it is the one whose text the finding tells."""
    told = observed(
        "found == {}", "GET of customers.", OTHER_LIST, LIST, left={"cf-1a2b3c4d5-9": "found"}
    )

    assert "GET /customers?custnr=cf-1a2b3c4d5-9" in told


def test_the_last_of_many_is_called_so() -> None:
    """Any of them may be to blame."""
    many = [sent("DELETE", f"/users/{each}") for each in range(9)]

    told = observed("found == []", "DELETE deletes one.", *many, left=["13"])

    assert "DELETE /users/8, answered 200, the last of 9 such requests" in told


@pytest.mark.parametrize(
    ("exchange", "words"),
    [
        (sent("GET", "/a", fields={"Accept": "*/*", "User-Agent": "x"}), "GET /a: 200"),
        (sent("GET", "/a", fields={"Accept": "text/css"}), "GET /a with Accept: text/css: 200"),
        (sent("GET", "/b", fields={"Authorization": "Digest x"}), "GET /b: 200"),
        (sent("GET", "/a", fields={"X-Token": "of mine"}), "GET /a with X-Token: ...: 200"),
        (sent("GET", "/a", fields={"Host": "other"}), "GET /a with Host: other: 200"),
        (
            sent("GET", "/a", fields={"A": "1", "B": "2", "C": "3"}),
            "GET /a with 3 special fields (A, B, C): 200",
        ),
        (sent("PUT", "/a", b"b=%C3%A5%2B"), "PUT /a with b=å%2B: 200"),
        (sent("PUT", "/a", b"b=1", fields={}), "PUT /a with no Content-Type and b=1: 200"),
        (
            sent("GET", "/a", role="manual digest"),
            "GET /a, without an Authorization field: 200",
        ),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_is_special_of_a_request_is_told(exchange: Exchange, words: str) -> None:
    """Fields that a plain request has not, but no credential, and letters as they are read."""
    assert exchange_in_words(exchange) == words


def test_the_end_of_a_long_text_is_kept() -> None:
    """What is cut is the middle, since the end of a URL, a form or a sentence tells most."""
    assert shortened("a" * 50 + "b" * 50 + "end", 30) == "a" * 19 + "…" + "b" * 7 + "end"
    assert in_words("x" * 100).endswith("(100 characters)")


def test_equal_items_are_counted() -> None:
    """Nobody has to count them."""
    assert several_in_words(["is missing", "is missing", "is there"]) == (
        "is missing (2 times); is there"
    )


def test_a_span_of_time_is_told_as_people_do() -> None:
    """Python would write minus one day and 23 hours."""
    assert in_words(timedelta(hours=-1, minutes=-30)) == "minus 1 h 30 min"
    assert in_words(timedelta(0)) == "0 s"
