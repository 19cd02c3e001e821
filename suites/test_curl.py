"""The document's four curl commands, with which callers test their access, work (S55, S56)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks.refusals import holds_data
from conformance.checks.request_data import with_name_written
from conformance.rules import RELIED_ON, SHOWN, rule
from conformance.spec.resources import CUSTOMERS
from conformance.wire.records import id_of, ids_in, readable_records

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.clients.api import Api
    from conformance.clients.curl import Curl
    from conformance.wire.responses import Response

PONG = {"ping": "ok"}


@rule("ping-answers-ok", statements="S56", basis=RELIED_ON)
@pytest.mark.smoke
def test_ping_answers_ok(api: Api) -> None:
    """GET /miscellaneous/ping succeeds with exactly the JSON object {"ping": "ok"}."""
    response = api.get("/miscellaneous/ping")

    assert response.ok
    assert response.json() == PONG


@rule("curl-ping", statements="S55", basis=SHOWN)
def test_curl_ping(curl: Curl) -> None:
    """The document's first command works: curl with digest gets data from a ping."""
    response = curl.run("GET", "/miscellaneous/ping")

    assert response.ok
    assert holds_data(response)


@rule("curl-lists-customers", statements="S55", basis=SHOWN)
def test_curl_lists_customers(curl: Curl) -> None:
    """The document's second command works: curl with digest gets data from /customers."""
    response = curl.run("GET", "/customers")

    assert response.ok
    assert holds_data(response)


@rule("curl-gets-one-customer", statements="S55", basis=SHOWN)
def test_curl_gets_one_customer(api: Api, curl: Curl) -> None:
    """The document's third command works: curl with digest gets exactly one customer by its id."""
    identity = api.samples.of(CUSTOMERS)[0]

    response = curl.run("GET", identity.path)

    assert ids_in(response, CUSTOMERS) == [identity.id]


@rule("curl-creates-a-customer", statements="S55", basis=SHOWN)
def test_curl_creates_a_customer(api: Api, curl: Curl) -> None:
    """The document's fourth command works: curl with digest creates a customer by POST of a form.

    If the response shows a customer, it is the one created.
    """
    values, response = api.post_new(CUSTOMERS, post=lambda sent: posted_by(curl, sent))

    held = api.holding(CUSTOMERS, "custnr", values["custnr"])
    made = [id_of(CUSTOMERS, record) for record in held]
    shown = [id_of(CUSTOMERS, record) for record in readable_records(response, CUSTOMERS)]
    others = [id_ or "without an id" for id_ in shown if id_ not in made]
    assert response.ok
    assert [record.get("name") for record in held] == [f"{values['name']} AB"]
    assert [f"the answer shows a customer {id_}, not {' or '.join(made)}" for id_ in others] == []


def posted_by(curl: Curl, values: Mapping[str, str]) -> Response:
    """Have curl POST a form as the document shows it, with a name of two words."""
    form = with_name_written(f"{values['name']}+AB", values).decode()
    return curl.run("POST", "/customers", "-X", "POST", "-d", form, body=form)
