"""The API is served over HTTPS only (S18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks.refusals import holds_data
from conformance.rules import STATED, rule
from conformance.spec.addressing import Override, request_for
from conformance.spec.resources import CUSTOMERS
from conformance.wire.digest import authorization

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.clients.client import Client
    from conformance.clients.manual_digest import ManualDigest

PATHS = ("/miscellaneous/ping", "/customers", "/customers.xml", "/statistics/cdrs")
PROXY_FIELDS = {"X-Forwarded-Proto": "https", "X-Forwarded-Ssl": "on", "Front-End-Https": "on"}
"""Header fields by which a proxy says that a request came over TLS; callers can send them, too."""

each_path = pytest.mark.parametrize("path", PATHS)


@rule("plain-http-answers-nothing", statements="S18", basis=STATED)
@pytest.mark.parametrize("path", [pytest.param(PATHS[0], marks=pytest.mark.smoke), *PATHS[1:]])
def test_plain_http_answers_nothing(plain: Client, path: str) -> None:
    """GET over plain HTTP without credentials returns no data."""
    exchange = plain.attempt("GET", path)

    assert not holds_data(exchange.response)


@rule("plain-http-accepts-no-credentials", statements="S18", basis=STATED)
@each_path
def test_plain_http_accepts_no_credentials(plain_api: Client, path: str) -> None:
    """GET over plain HTTP with the right credentials returns no data."""
    exchange = plain_api.attempt("GET", path)

    assert not holds_data(exchange.response)


@rule("plain-http-executes-nothing", statements="S18", basis=STATED)
def test_plain_http_executes_nothing(api: Api, plain: Client, plain_api: Client) -> None:
    """POST over plain HTTP, with or without credentials, creates no customer."""
    values = api.values(CUSTOMERS)

    plain.attempt("POST", "/customers", data=values)
    plain_api.attempt("POST", "/customers", data=values)

    assert api.holding(CUSTOMERS, "custnr", values["custnr"]) == []


@rule("plain-http-takes-no-digest-of-https", statements="S18", basis=STATED)
def test_plain_http_takes_no_digest_of_https(
    api: Api, manual_digest: ManualDigest, plain_api: Client
) -> None:
    """POST over plain HTTP with a digest for a challenge of HTTPS creates no customer."""
    values = api.values(CUSTOMERS)
    challenge = manual_digest.challenge("/customers")
    fields = manual_digest.fields(challenge, "POST", "/customers")

    plain_api.attempt(
        "POST", "/customers", data=values, headers={"Authorization": authorization(fields)}
    )

    assert api.holding(CUSTOMERS, "custnr", values["custnr"]) == []


@rule("plain-http-changes-nothing", statements="S18", basis=STATED)
@pytest.mark.parametrize("override", Override, ids=str)
def test_plain_http_changes_nothing(api: Api, plain_api: Client, override: Override) -> None:
    """PUT over plain HTTP, native or by override, changes no customer."""
    made, before = api.shared_record_with_values(CUSTOMERS)

    asked = request_for("PUT", made, override=override, data={"name": api.fresh()})
    plain_api.attempt(asked.method, asked.path, **asked.options)

    assert api.find(made) == before


@rule("plain-http-believes-no-proxy-field", statements="S18", basis=STATED)
@pytest.mark.parametrize("field", PROXY_FIELDS)
def test_plain_http_believes_no_proxy_field(plain_api: Client, field: str) -> None:
    """GET over plain HTTP with a header field that claims HTTPS returns no data."""
    exchange = plain_api.attempt("GET", "/customers", headers={field: PROXY_FIELDS[field]})

    assert not holds_data(exchange.response)


@rule("tls-port-answers-no-plain-http", statements="S18", basis=STATED)
@each_path
def test_tls_port_answers_no_plain_http(plain_on_https: Client, path: str) -> None:
    """GET in plain HTTP to the HTTPS port returns no data."""
    exchange = plain_on_https.attempt("GET", path)

    assert not holds_data(exchange.response)
