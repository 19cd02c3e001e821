"""A digest that proves nothing is not accepted, and nothing is done for it (S19, S20)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks import entrances, forgeries
from conformance.checks.forging import of_realm
from conformance.checks.nonces import wrong_after_a_right_one
from conformance.checks.refusals import holds_data
from conformance.rules import INFERRED, STATED, rule
from conformance.spec.resources import CUSTOMERS
from conformance.wire.records import id_of

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.clients.manual_digest import ManualDigest

pytestmark = pytest.mark.offending

PATH = "/customers"
OF_FORGERIES = {
    "wrong response, other words": 10,
    "response that is none": 9,
    "of another request": 11,
    "under an override": 7,
    "a parameter said twice": 5,
    "with another nonce": 5,
}
"""How many requests of each stratum a standard run sends: all are failed attempts to log in."""


@rule("forged-digest-gets-nothing", statements="S20 S19", basis=STATED)
@pytest.mark.parametrize("stratum", OF_FORGERIES)
def test_forged_digest_gets_nothing(api: Api, manual_digest: ManualDigest, stratum: str) -> None:
    """No parameter beside a wrong response, no other request's digest, no other nonce gets in.

    PUT and GET of a customer with such a digest do not succeed, return no data and change nothing;
    the same PUT with the right digest succeeds.
    """
    api.offers.require(CUSTOMERS, "PUT")
    bait = entrances.bait(api)

    answered = forgeries.forged_entries(
        manual_digest, bait, stratum, api.fresh(), standard=OF_FORGERIES[stratum]
    )

    after = api.find(bait.identity)
    forgeries.require_right_put(manual_digest, bait, answered[-1], api.fresh())
    assert [each for each in answered if each.succeeded or each.shows_data] == []
    assert after == bait.before


@rule("spent-nonce-executes-nothing", statements="S19 S40", basis=STATED)
def test_spent_nonce_executes_nothing(api: Api, manual_digest: ManualDigest) -> None:
    """PUT and POST that are refused since their nonce and count were used before do nothing.

    A client answers the new challenge and sends the request again: it would be executed twice.
    """
    bait, values = entrances.bait(api), api.values(CUSTOMERS)
    challenge = manual_digest.challenge(PATH)
    manual_digest.send_with("GET", PATH, manual_digest.fields(challenge, "GET", PATH))
    put = manual_digest.fields(challenge, "PUT", bait.identity.path)
    post = manual_digest.fields(challenge, "POST", PATH)

    changed = manual_digest.send_with("PUT", bait.identity.path, put, data=values)
    created = manual_digest.send_with("POST", PATH, post, data=values)

    held = api.holding(CUSTOMERS, "custnr", values["custnr"])
    assert changed.ok or api.find(bait.identity) == bait.before
    assert created.ok or [each for each in held if id_of(CUSTOMERS, each) != bait.identity.id] == []


@rule("accepted-nonce-shows-nothing", statements="S20 S19", basis=STATED)
def test_accepted_nonce_shows_nothing(api: Api, manual_digest: ManualDigest) -> None:
    """GET with a wrong response shows no data, though its nonce came with a right one before."""
    bait = entrances.bait(api)

    response = wrong_after_a_right_one(manual_digest, "GET", bait.identity.path, None)

    assert not holds_data(response)


@rule("accepted-nonce-changes-nothing", statements="S20 S19 S12", basis=STATED)
def test_accepted_nonce_changes_nothing(api: Api, manual_digest: ManualDigest) -> None:
    """PUT with a wrong response changes nothing, though its nonce came with a right one before."""
    api.offers.require(CUSTOMERS, "PUT")
    bait, name = entrances.bait(api), api.fresh()

    wrong_after_a_right_one(manual_digest, "PUT", bait.identity.path, {"name": name})

    assert api.find(bait.identity) == bait.before


@rule("digest-of-another-realm-refused", statements="S20", basis=INFERRED)
def test_digest_of_another_realm_refused(manual_digest: ManualDigest) -> None:
    """GET with the right password's digest for a realm that was not offered does not succeed."""
    challenge = of_realm(manual_digest.challenge(PATH), "another realm")

    response = manual_digest.send_with("GET", PATH, manual_digest.fields(challenge, "GET", PATH))

    assert not response.ok
