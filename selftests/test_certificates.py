"""Why a TLS connection fails, each cause in its own words and with its own remedy."""

from __future__ import annotations

import datetime as dt
import ssl
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import trustme
from listening import listening, request_of

from conformance.clients.roles import Roles
from conformance.config.credentials import Credentials
from conformance.config.target import Target
from conformance.runner.preflight import contact, obstacle
from conformance.wire.transport import Network

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

NOW = dt.datetime.now(dt.UTC)
DAY = dt.timedelta(days=1)


def certified(authority: trustme.CA, host: str, after: dt.datetime) -> ssl.SSLContext:
    """Return the settings of a server with a certificate for a host, which ends at a time."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(host, not_after=after, not_before=after - 9 * DAY).configure_cert(context)
    return context


def old(authority: trustme.CA) -> ssl.SSLContext:
    """Return the settings of a server that shares no cipher with anybody."""
    context = certified(authority, "127.0.0.1", NOW + DAY)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("PSK")
    return context


@pytest.mark.parametrize(
    ("cause", "words", "remedy"),
    [
        ("good", "closed the connection without an answer", ""),
        ("expired", "its certificate has expired", "renew"),
        ("not yet valid", "its certificate is not valid yet", "clock"),
        ("other host", "that of another host name", "host name that the certificate is for"),
        ("unknown authority", "no authority that is known here has signed it", "--ca-bundle"),
        ("no cipher", "refused the TLS handshake", "server's log"),
        ("no TLS", "does not speak TLS", "HTTPS port"),
    ],
)
def test_each_cause_has_its_own_words(tmp_path: Path, cause: str, words: str, remedy: str) -> None:
    """And what to do about it."""
    authority, stranger = trustme.CA(), trustme.CA()
    file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(file))
    servers: dict[str, Callable[[], ssl.SSLContext | None]] = {
        "good": lambda: certified(authority, "127.0.0.1", NOW + DAY),
        "expired": lambda: certified(authority, "127.0.0.1", NOW - DAY),
        "not yet valid": lambda: certified(authority, "127.0.0.1", NOW + 19 * DAY),
        "other host": lambda: certified(authority, "elsewhere.test", NOW + DAY),
        "unknown authority": lambda: certified(stranger, "127.0.0.1", NOW + DAY),
        "no cipher": lambda: old(authority),
        "no TLS": lambda: None,
    }

    def behave(connection: socket.socket) -> None:
        if cause == "no TLS":
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        request_of(connection)

    with listening(behave, servers[cause]()) as url:
        base_url = url.replace("http:", "https:")
        target = Target(
            base_url=base_url,
            credentials=Credentials("ada", "secret"),
            http_url="http://127.0.0.1:9/2.4.9",
            reports=Path(),
            ca_bundle=file,
        )
        roles = Roles(target, Network())
        said = obstacle(target, contact(roles))
        roles.close()

    assert words in said
    assert remedy in said
