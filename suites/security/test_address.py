"""The caller's address has to be on the account's list, in addition to credentials (S21)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks.refusals import holds_data
from conformance.rules import STATED, rule
from conformance.spec.addressing import Override
from conformance.spec.resources import CUSTOMERS

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.clients.client import Client
    from conformance.clients.manual_digest import ManualDigest
    from conformance.clients.roles import Roles

pytestmark = pytest.mark.offending

UNAUTHORIZED = 401

FORWARDING_FIELDS = {
    **dict.fromkeys(
        (
            "X-Forwarded-For",
            "X-Real-IP",
            "X-Client-IP",
            "True-Client-IP",
            "CF-Connecting-IP",
            "Client-IP",
        ),
        "127.0.0.1",
    ),
    "Forwarded": "for=127.0.0.1",
}
"""Header fields by which a proxy names the caller's address, and a permitted one in each."""


@rule("denied-address-refused", statements="S21 S40", basis=STATED)
@pytest.mark.parametrize(
    "path",
    [
        "/miscellaneous/ping",
        "/customers",
        "/customers.xml",
        "/customers?page=0",
        "/statistics/cdrs",
    ],
)
def test_denied_address_refused(api: Api, outsider: Client, path: str) -> None:
    """GET from an unlisted address, with the right credentials, is answered 401 without data."""
    api.offers.require_path(path)

    response = outsider.get(path)

    assert response.status_code == UNAUTHORIZED
    assert not holds_data(response)


@rule("denied-address-refused-for-head", statements="S21", basis=STATED)
def test_denied_address_refused_for_head(outsider: Client) -> None:
    """HEAD from an unlisted address, with the right credentials, is refused."""
    response = outsider.request("HEAD", CUSTOMERS.collection)

    assert not response.ok


@rule("denied-address-creates-nothing", statements="S21", basis=STATED)
def test_denied_address_creates_nothing(api: Api, outsider: Client) -> None:
    """POST from an unlisted address is answered 401 and creates no customer."""
    values = api.values(CUSTOMERS)

    response = outsider.post("/customers", data=values)

    assert response.status_code == UNAUTHORIZED
    assert not holds_data(response)
    assert api.holding(CUSTOMERS, "custnr", values["custnr"]) == []


@rule("denied-address-changes-nothing", statements="S21", basis=STATED)
@pytest.mark.parametrize("override", Override, ids=str)
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_denied_address_changes_nothing(
    api: Api, outsider: Client, method: str, override: Override
) -> None:
    """PUT and DELETE from an unlisted address are answered 401 and change no customer."""
    api.offers.require(CUSTOMERS, method)
    made, before = api.shared_record_with_values(CUSTOMERS)

    response = outsider.ask(method, made, override=override, data={"name": api.fresh()})

    assert response.status_code == UNAUTHORIZED
    assert not holds_data(response)
    assert api.find(made) == before


@rule("denied-address-cannot-borrow-a-nonce", statements="S21", basis=STATED)
@pytest.mark.usefixtures("outsider")
def test_denied_address_cannot_borrow_a_nonce(roles: Roles, manual_digest: ManualDigest) -> None:
    """GET from an unlisted address, with a nonce that a listed one has used, is answered 401."""
    challenge = manual_digest.challenge("/customers")
    manual_digest.send_with(
        "GET", "/customers", manual_digest.fields(challenge, "GET", "/customers")
    )
    elsewhere = roles.manual_digest(source_address=roles.denied_address)

    response = elsewhere.send_with(
        "GET", "/customers", manual_digest.fields(challenge, "GET", "/customers", count=2)
    )

    assert response.status_code == UNAUTHORIZED
    assert not holds_data(response)


@rule("denied-address-cannot-be-forged", statements="S21", basis=STATED)
@pytest.mark.parametrize("field", FORWARDING_FIELDS)
def test_denied_address_cannot_be_forged(outsider: Client, field: str) -> None:
    """A header field such as X-Forwarded-For lets no unlisted address in: GET is answered 401."""
    response = outsider.get("/customers", headers={field: FORWARDING_FIELDS[field]})

    assert response.status_code == UNAUTHORIZED
    assert not holds_data(response)
