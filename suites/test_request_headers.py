"""The Host field is used as in HTTP/1.1 (S28)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks.refusals import holds_data
from conformance.clients.raw_http import HOST, HTTP_1_0, RawHttp, RawRequest
from conformance.readings import reading
from conformance.rules import INFERRED, STATED, rule
from conformance.spec.addressing import PING
from conformance.verdicts import observable_if

if TYPE_CHECKING:
    from conformance.wire.exchanges import Exchange


@rule("http10-with-host-works", statements="S28", basis=STATED)
@pytest.mark.smoke
def test_http10_with_host_works(raw_http: RawHttp) -> None:
    """GET /customers in HTTP/1.0 with a Host field is answered as in HTTP/1.1.

    Compared are the status and whether the response holds data.
    """
    twin = raw_http.send(RawRequest("GET", "/customers"))
    observable_if(holds_data(twin), "HTTP/1.1 gets no data either")

    response = raw_http.send(RawRequest("GET", "/customers", HTTP_1_0))

    assert response.status_code == twin.status_code
    assert holds_data(response)


@rule("http10-answer-is-not-chunked", statements="S28", basis=INFERRED)
def test_http10_answer_is_not_chunked(raw_http: RawHttp) -> None:
    """The response to an HTTP/1.0 request has no Transfer-Encoding."""
    response = raw_http.send(RawRequest("GET", "/customers", HTTP_1_0))

    assert response.headers.get("Transfer-Encoding", "none") == "none"


@rule("missing-host-gets-no-data", statements="S28", basis=INFERRED)
def test_missing_host_gets_no_data(raw_http: RawHttp) -> None:
    """An HTTP/1.1 request without Host is answered 400 or not at all; with Host it gets data."""
    twin = raw_http.send(RawRequest("GET", PING))

    exchange = raw_http.attempt(RawRequest("GET", PING, hosts=()))

    assert holds_data(twin)
    assert reading("missing-host").accepts(answer_in_words(exchange))


def answer_in_words(exchange: Exchange) -> str:
    """Return the status of an answer, and that it holds data; or that there is none."""
    status = str(exchange.response.status_code) if exchange.response else "no answer"
    return f"{status} with data" if holds_data(exchange.response) else status


@rule("host-name-in-any-case", statements="S28", basis=INFERRED)
def test_host_name_in_any_case(raw_http: RawHttp) -> None:
    """GET with the name of the Host field in lower case returns data as usual."""
    twin = raw_http.send(RawRequest("GET", PING))
    observable_if(holds_data(twin), "in the usual case it gets no data either")

    response = raw_http.send(RawRequest("GET", PING, hosts=(HOST.lower(),)))

    assert holds_data(response)
