"""The right caller is let in, however a client writes its digest and its target (S40)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks import entrances, right_digests
from conformance.checks.nonces import refused_for_their_count, with_their_counts
from conformance.config.sampling import share
from conformance.rules import INFERRED, STATED, rule
from conformance.spec.digest_writings import BY_GRAMMAR, OF_CLIENTS, OF_VENDOR
from conformance.spec.resources import CUSTOMERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.clients.api import Api
    from conformance.clients.manual_digest import ManualDigest
    from conformance.spec.digest_writings import Writing
    from conformance.wire.journal import Journal

pytestmark = pytest.mark.offending

PATH = "/customers"


@rule("digest-of-the-vendors-clients-is-accepted", statements="S19 S40", basis=STATED)
def test_digest_of_the_vendors_clients_is_accepted(manual_digest: ManualDigest) -> None:
    """GET with a right digest, written as Python requests or curl write it, is not refused."""
    caller = right_digests.RightCaller(manual_digest)

    refused = right_digests.locked_out(caller, OF_VENDOR, "GET", PATH)

    assert refused == []


@rule("write-of-the-vendors-clients-is-accepted", statements="S19 S40", basis=STATED)
def test_write_of_the_vendors_clients_is_accepted(api: Api, manual_digest: ManualDigest) -> None:
    """PUT with a right digest, written as Python requests or curl write it, is not refused."""
    api.offers.require(CUSTOMERS, "PUT")
    path = api.shared_record(CUSTOMERS, entrances.BAIT).path
    caller = right_digests.RightCaller(manual_digest)

    refused = right_digests.locked_out(caller, OF_VENDOR, "PUT", path, api.fresh)

    assert refused == []


@rule("digest-of-any-client-is-accepted", statements="S19 S40", basis=INFERRED)
@pytest.mark.parametrize(
    ("writings", "standard"),
    [(OF_CLIENTS, len(OF_CLIENTS)), (BY_GRAMMAR, 5)],
    ids=["other clients", "the grammar"],
)
def test_digest_of_any_client_is_accepted(
    manual_digest: ManualDigest, writings: Sequence[Writing], standard: int
) -> None:
    """GET with a right digest is not refused for its order, blanks, quotes or letter case."""
    caller = right_digests.RightCaller(manual_digest)

    refused = right_digests.locked_out(caller, share(writings, standard=standard), "GET", PATH)

    assert refused == []


@rule("digest-covers-every-legal-query", statements="S19 S40 S27", basis=STATED)
def test_digest_covers_every_legal_query(manual_digest: ManualDigest) -> None:
    """GET with a right digest is not refused for a character that a query may have."""
    caller = right_digests.RightCaller(manual_digest)

    refused = right_digests.refused_queries(caller)

    assert refused == []


@rule("digest-covers-an-empty-query", statements="S19 S40 S27", basis=INFERRED)
def test_digest_covers_an_empty_query(manual_digest: ManualDigest) -> None:
    """GET with a right digest is not refused for a question mark with nothing behind it."""
    caller = right_digests.RightCaller(manual_digest)

    response = caller.ask("GET", f"{PATH}?", right_digests.PLAINLY)

    assert response.status_code not in right_digests.REFUSED


@rule("digest-of-any-count-is-accepted", statements="S40 S19", basis=STATED)
@pytest.mark.passive
def test_digest_of_any_count_is_accepted(journal: Journal) -> None:
    """No nonce ends, not called stale, at the first count with a letter: nc=0000000a is ten."""
    refused = refused_for_their_count(journal)

    assert with_their_counts(refused[:10]) == []
