"""Only a correct digest, computed for the request that carries it, is accepted (S19, S20)."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING

import pytest

from conformance.checks.credential_places import (
    NOT_LET_IN,
    PLACES,
    TOKEN_PLACES,
    posted_with_password_in,
)
from conformance.checks.digest import TAMPERINGS, Tampering
from conformance.checks.nonces import called_stale, outcome_of_reuse
from conformance.checks.other_schemes import SCHEMES, basic, get_in_scheme
from conformance.checks.places import READ_ONLY_PATHS
from conformance.checks.refusals import CHALLENGED, holds_data, refusal
from conformance.clients.manual_digest import challenge_of
from conformance.readings import reading
from conformance.rules import INFERRED, STATED, rule
from conformance.spec.addressing import request_for
from conformance.spec.resources import CUSTOMERS, USERS
from conformance.verdicts import applicable_if, observable_if
from conformance.wire.preparing import encoded

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.clients.client import Client
    from conformance.clients.manual_digest import ManualDigest

pytestmark = pytest.mark.offending

PATH = "/customers"
each_other_scheme = pytest.mark.parametrize("scheme", SCHEMES)


@pytest.mark.alone
@rule("tampered-digest-refused", statements="S19 S20", basis=STATED)
@pytest.mark.parametrize("tampering", TAMPERINGS, ids=str)
def test_tampered_digest_refused(manual_digest: ManualDigest, tampering: Tampering) -> None:
    """A digest with one thing wrong is answered 400 or 401 without data; the right one succeeds."""
    fields = tampering.fields(manual_digest, manual_digest.challenge(PATH), PATH)

    refused = manual_digest.send_with("GET", PATH, fields)
    challenge = manual_digest.next_challenge(refused, PATH)
    accepted = manual_digest.answering(challenge, PATH)

    assert reading("malformed-digest", tampering).accepts(refused.status_code)
    assert not holds_data(refused)
    assert accepted.ok


@rule("digest-minds-the-letter-case-of-its-target", statements="S19 S20", basis=STATED)
def test_digest_minds_the_letter_case_of_its_target(manual_digest: ManualDigest) -> None:
    """GET with a right digest for a target whose query differs in letter case is refused."""
    signed, sent = f"{PATH}?custnr=CASE-4", f"{PATH}?custnr=case-4"
    fields = manual_digest.fields(manual_digest.challenge(PATH), "GET", signed)

    refused = manual_digest.send_with("GET", sent, fields)

    assert not refused.ok


@rule("tampered-digest-changes-nothing", statements="S19 S20", basis=STATED)
def test_tampered_digest_changes_nothing(api: Api, manual_digest: ManualDigest) -> None:
    """DELETE of a customer with a digest computed for GET of the same path deletes nothing."""
    api.offers.require(CUSTOMERS, "DELETE")
    made, before = api.shared_record_with_values(CUSTOMERS)
    fields = manual_digest.fields(manual_digest.challenge(made.path), "GET", made.path)

    manual_digest.send_with("DELETE", made.path, fields)

    assert api.find(made) == before


@rule("accepted-digest-changes-nothing", statements="S19 S20", basis=STATED)
def test_accepted_digest_changes_nothing(api: Api, manual_digest: ManualDigest) -> None:
    """PUT with the very digest with which a GET of the same path got in changes nothing."""
    made, before = api.shared_record_with_values(CUSTOMERS)
    fields = manual_digest.fields(manual_digest.challenge(made.path), "GET", made.path)
    manual_digest.send_with("GET", made.path, fields)

    manual_digest.send_with("PUT", made.path, fields, data={"name": api.fresh()})

    assert api.find(made) == before


@rule("other-scheme-refused", statements="S20", basis=STATED)
@each_other_scheme
def test_other_scheme_refused(api: Api, manual_digest: ManualDigest, scheme: str) -> None:
    """GET with the right credentials in another scheme is answered 400 or 401 without data."""
    api.offers.require_path(PATH)

    response = get_in_scheme(api, manual_digest, PATH, scheme)

    assert reading("other-scheme", scheme).accepts(response.status_code)
    assert not holds_data(response)


@rule("other-scheme-is-challenged", statements="S20 S40", basis=INFERRED)
@each_other_scheme
def test_other_scheme_is_challenged(api: Api, manual_digest: ManualDigest, scheme: str) -> None:
    """GET with the right credentials in another scheme is answered 401 with a challenge."""
    api.offers.require_path(PATH)

    response = get_in_scheme(api, manual_digest, PATH, scheme)

    assert refusal(response) == CHALLENGED


@rule("basic-refused-everywhere", statements="S20", basis=STATED)
@pytest.mark.parametrize(
    ("path", "accept"),
    list(zip(READ_ONLY_PATHS.values(), cycle(["application/xml", "*/*"]))),
    ids=READ_ONLY_PATHS,
)
def test_basic_refused_everywhere(
    api: Api, manual_digest: ManualDigest, path: str, accept: str
) -> None:
    """GET with Basic credentials is answered 400 or 401 without data on each path, also in XML."""
    path = api.offers.offered_path(path)

    response = manual_digest.get(path, headers={"Authorization": basic(api), "Accept": accept})

    assert reading("other-scheme", path).accepts(response.status_code)
    assert not holds_data(response)


@rule("basic-changes-nothing", statements="S20", basis=STATED)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_basic_changes_nothing(api: Api, manual_digest: ManualDigest, method: str) -> None:
    """POST, PUT and DELETE with Basic credentials create, change and delete no customer."""
    api.offers.require(CUSTOMERS, method)
    made, before = api.shared_record_with_values(CUSTOMERS)
    values = api.values(CUSTOMERS)
    asked = request_for(method, made, data=values)

    manual_digest.request(
        method, asked.path, data=encoded(values), headers={"Authorization": basic(api)}
    )

    created = api.holding(CUSTOMERS, "custnr", values["custnr"])
    assert api.find(made) == before
    assert created == []


@rule("malformed-authorization-refused", statements="S20", basis=STATED)
@pytest.mark.parametrize(
    "value",
    [
        *("Digest", "Digest ", "Digest username", "Digest ,,,", 'Digest username="', "x" * 900),
        'Digest username*=UTF-8\'\'nobody%C3%A5, realm="x", nonce="x", uri="x", response="x"',
        'Digest username="\xff\xfe", realm="x", nonce="x", uri="x", response="x"',
    ],
)
def test_malformed_authorization_refused(manual_digest: ManualDigest, value: str) -> None:
    """GET with an odd Authorization field is answered 400 or 401 without data."""
    response = manual_digest.get(PATH, headers={"Authorization": value})

    about = f"Authorization: {value:.20}"
    assert reading("malformed-digest", about).accepts(response.status_code)
    assert not holds_data(response)


@pytest.mark.alone
@rule("challenge-after-refusal-works", statements="S19 S40", basis=STATED)
@pytest.mark.parametrize("tampering", [each for each in TAMPERINGS if each.recoverable], ids=str)
def test_challenge_after_refusal_works(manual_digest: ManualDigest, tampering: Tampering) -> None:
    """Where a nonce is refused as unknown, answering the challenge that comes with it succeeds."""
    fields = tampering.fields(manual_digest, manual_digest.challenge(PATH), PATH)
    refused = manual_digest.send_with("GET", PATH, fields)
    challenge = challenge_of(refused, PATH)

    accepted = manual_digest.answering(challenge, PATH)

    assert reading("unknown-nonce").accepts(called_stale(challenge, accepted))


@rule("nonce-serves-again-or-is-renewed", statements="S19", basis=STATED)
def test_nonce_serves_again_or_is_renewed(manual_digest: ManualDigest) -> None:
    """A nonce is accepted again with a higher count, or refused with a new challenge that works."""
    challenge = manual_digest.challenge(PATH)
    manual_digest.send_with("GET", PATH, manual_digest.fields(challenge, "GET", PATH, count=1))

    again = manual_digest.send_with(
        "GET", PATH, manual_digest.fields(challenge, "GET", PATH, count=2)
    )

    outcome = outcome_of_reuse(manual_digest, challenge, again, PATH)
    assert reading("nonce-used-again").accepts(outcome)


@rule("every-offered-algorithm-works", statements="S19", basis=STATED)
def test_every_offered_algorithm_works(manual_digest: ManualDigest) -> None:
    """A digest with any of the algorithms that the server offers is accepted."""
    offered = manual_digest.algorithms(PATH)

    accepted = manual_digest.accepted(PATH, offered)

    assert accepted == offered


@rule("digest-covers-the-query", statements="S19 S23", basis=STATED)
@pytest.mark.parametrize(
    "path",
    [
        "/customers?page=0",
        "/statistics/cdrs?customer_id={customer}&page=0",
        "/statistics/cdrs?customer_id={customer}&page=%30",
    ],
)
def test_digest_covers_the_query(api: Api, manual_digest: ManualDigest, path: str) -> None:
    """GET with a digest over path and query as they are sent is not answered 400 or 401."""
    path = api.offers.filled_path(path)

    response = manual_digest.rightly(path)

    assert response.status_code not in {400, 401}


@rule("each-request-needs-its-digest", statements="S19", basis=STATED)
@pytest.mark.smoke
def test_each_request_needs_its_digest(lone_manual_digest: ManualDigest) -> None:
    """A request without digest on an authorized connection is answered 401 with a challenge."""
    lone_manual_digest.authorized(PATH)

    after = lone_manual_digest.get(PATH)

    assert refusal(after) == CHALLENGED


@rule("password-elsewhere-creates-nothing", statements="S19 S20", basis=STATED)
@pytest.mark.parametrize("place", PLACES)
def test_password_elsewhere_creates_nothing(api: Api, anonymous: Client, place: str) -> None:
    """POST with the right name and password in other places than a digest creates no customer."""
    values, credentials = api.account.values(CUSTOMERS), api.target.credentials

    response = posted_with_password_in(place, anonymous, credentials, values)

    observable_if(response.ok or response.status_code in NOT_LET_IN, "it is refused otherwise")
    assert not response.ok
    assert api.holding(CUSTOMERS, "custnr", values["custnr"]) == []


@rule("token-of-a-user-is-no-credential", statements="S20 S19", basis=STATED)
@pytest.mark.parametrize("place", TOKEN_PLACES)
def test_token_of_a_user_is_no_credential(api: Api, anonymous: Client, place: str) -> None:
    """GET with the token that a record of a user shows, in place of a digest, shows no data.

    Not applicable where no new user has a token.
    """
    user = api.create(USERS, api.create(CUSTOMERS).id)
    token = str(api.read(user).get("token") or "")
    applicable_if(token, "a new user has no token")

    response = anonymous.get(PATH, **TOKEN_PLACES[place](token))

    assert not holds_data(response)


@rule("cookie-is-no-credential", statements="S20", basis=STATED)
def test_cookie_is_no_credential(lone_manual_digest: ManualDigest) -> None:
    """GET with an authorized response's cookies but no digest is answered 401 with a challenge."""
    authorized = lone_manual_digest.authorized(PATH)
    cookies = [value.partition(";")[0] for value in authorized.all("Set-Cookie")]

    response = lone_manual_digest.get(PATH, headers={"Cookie": "; ".join(["session=1", *cookies])})

    assert refusal(response) == CHALLENGED
