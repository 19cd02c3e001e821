"""Whose certificates are trusted: those of the system, and those of one file on top."""

from __future__ import annotations

import ssl
import time
from typing import TYPE_CHECKING

import pytest
import trustme
from listening import listening, request_of
from requests.utils import DEFAULT_CA_BUNDLE_PATH
from test_certificates import DAY, NOW, certified

from conformance.wire import failures, trust
from conformance.wire.failures import explain
from conformance.wire.sockets import BoundSocket, place_of

if TYPE_CHECKING:
    import datetime as dt
    import socket
    from collections.abc import Iterator
    from pathlib import Path

TOO_OLD = -DAY


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[trustme.CA]:
    """The one authority that the system trusts, for as long as a test runs."""
    made = trustme.CA()
    made.cert_pem.write_to_path(str(tmp_path / "system.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "system.pem"))
    trust.trusting.cache_clear()
    yield made
    trust.trusting.cache_clear()


def outcome(
    signer: trustme.CA, host: str = "127.0.0.1", *, lasts: dt.timedelta = DAY, file: str = ""
) -> str:
    """Connect to a server with such a certificate; return why that failed, or ""."""

    def behave(connection: socket.socket) -> None:
        request_of(connection)

    with listening(behave, certified(signer, host, NOW + lasts)) as url:
        place = place_of(url.replace("http:", "https:"), file or None)
        try:
            BoundSocket(place, time.monotonic() + 10).close()
        except OSError as error:
            return explain(error)
    return ""


def test_the_authorities_of_the_system_are_trusted(authority: trustme.CA) -> None:
    """Without a bundle, what the system trusts is trusted, and nothing else."""
    assert outcome(authority) == ""
    assert outcome(trustme.CA()) == failures.NOT_TRUSTED


def test_each_cause_is_told_apart_with_the_system_too(authority: trustme.CA) -> None:
    """An expired certificate is not an unknown authority, whoever is trusted."""
    assert outcome(authority, lasts=TOO_OLD) == failures.EXPIRED
    assert outcome(authority, lasts=19 * DAY) == failures.NOT_YET_VALID
    assert outcome(authority, "elsewhere.test") == failures.OTHER_HOST


def test_a_bundle_is_trusted_on_top(authority: trustme.CA, tmp_path: Path) -> None:
    """With --ca-bundle its authorities count beside the system's, and no others."""
    other, file = trustme.CA(), tmp_path / "bundle.pem"
    other.cert_pem.write_to_path(str(file))

    assert outcome(other, file=str(file)) == ""
    assert outcome(authority, file=str(file)) == ""
    assert outcome(trustme.CA(), file=str(file)) == failures.NOT_TRUSTED


def test_a_system_without_authorities_gets_those_of_certifi(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A small container has none, and public servers are reached from there nevertheless."""
    monkeypatch.setattr(trust, "PLACES", ())
    monkeypatch.setenv("SSL_CERT_FILE", "/none")
    monkeypatch.setenv("SSL_CERT_DIR", "/none")
    trust.trusting.cache_clear()

    found = trust.trusting(trust.SYSTEM).cert_store_stats()["x509_ca"]
    trust.trusting.cache_clear()

    assert found == len(ssl.create_default_context(cafile=DEFAULT_CA_BUNDLE_PATH).get_ca_certs())


@pytest.mark.parametrize(
    ("code", "words"),
    [(0x800B0101, failures.EXPIRED), (-67818, failures.EXPIRED), (-67602, failures.OTHER_HOST)],
)
def test_what_other_systems_say_is_understood(code: int, words: str) -> None:
    """Windows and macOS judge certificates themselves, in codes of their own."""
    error = ssl.SSLCertVerificationError("as the system says it")
    error.verify_code = code

    assert explain(error) == words
