"""Modes of TLS and of connecting: what happens before there is any HTTP, or ends it."""

import os
import ssl
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import trustme

from reference.serving import NAMES

from .framing import head
from .mode import FIRST_CONTACT, Family
from .wire import Wire

FAMILY: Final = Family("connecting")
EXPIRED: Final = datetime(2020, 1, 1, tzinfo=UTC)
BEFORE: Final = datetime(2019, 1, 1, tzinfo=UTC)
HANDSHAKE: Final = b"\x16\x03\x03"
ALERT: Final = b"\x15\x03\x03\x00\x02\x02\x28"
"""A TLS record: fatal, handshake_failure."""
CHAIN_LENGTH: Final = 1000


def certified(blobs: Iterable[trustme.Blob], key: trustme.Blob) -> ssl.SSLContext:
    """What it takes to speak TLS with these certificates."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    descriptor, name = tempfile.mkstemp(prefix="hostile-", suffix=".pem")
    os.close(descriptor)
    file = Path(name)
    try:
        file.write_bytes(b"".join((key.bytes(), *(each.bytes() for each in blobs))))
        context.load_cert_chain(file)
    finally:
        file.unlink()
    return context


@FAMILY.connecting
def garbage_for_handshake(wire: Wire) -> None:
    """Answers the TLS handshake with bytes that are no TLS."""
    wire.receive()
    wire.send(b"\xde\xad\xbe\xef" * 1024)
    wire.end()


@FAMILY.connecting
def plain_http_for_handshake(wire: Wire) -> None:
    """Answers the TLS handshake with plain HTTP."""
    wire.receive()
    wire.send(head(b"400 Bad Request", b"Content-Length: 0", b"Connection: close"))
    wire.end()


@FAMILY.connecting
def handshake_dripped(wire: Wire) -> None:
    """Begins a TLS handshake that comes byte by byte and has no end."""
    wire.receive()
    wire.send(HANDSHAKE + b"\x40\x00\x02\x00\x3f\xfc")
    wire.repeat(b"\x03", 0.1)


@FAMILY.connecting
def handshake_endless(wire: Wire) -> None:
    """Answers the TLS handshake with handshake records of nothing, without end."""
    wire.receive()
    wire.repeat((HANDSHAKE + b"\x00\x04\x00\x00\x00\x00") * 100)


@FAMILY.connecting
def tls_alert(wire: Wire) -> None:
    """Answers the TLS handshake with an alert."""
    wire.receive()
    wire.send(ALERT)
    wire.end()


@FAMILY.connecting
def closes_after_accept(wire: Wire) -> None:
    """Closes each connection as soon as it is accepted."""
    wire.end()


@FAMILY.connecting
def resets_after_accept(wire: Wire) -> None:
    """Resets each connection as soon as it is accepted."""
    wire.reset()


@FAMILY.connecting
def silent_after_accept(wire: Wire) -> None:
    """Accepts each connection and says nothing."""
    wire.hold()


@FAMILY.connecting
def silent_after_handshake(wire: Wire) -> None:
    """Speaks TLS well, and says nothing afterwards."""
    wire.secure()
    wire.hold()


@FAMILY.connecting
def resets_after_handshake(wire: Wire) -> None:
    """Speaks TLS well, and resets the connection before the request."""
    wire.secure()
    wire.reset()


@FAMILY.connecting
def certificate_of_other_host(wire: Wire) -> None:
    """Shows a certificate for another host."""
    leaf = wire.around.authority.issue_cert("elsewhere.example")
    wire.secure(certified(leaf.cert_chain_pems, leaf.private_key_pem))


@FAMILY.connecting
def certificate_expired(wire: Wire) -> None:
    """Shows a certificate that has expired."""
    leaf = wire.around.authority.issue_cert(*NAMES, not_before=BEFORE, not_after=EXPIRED)
    wire.secure(certified(leaf.cert_chain_pems, leaf.private_key_pem))


@FAMILY.connecting
def certificate_self_signed(wire: Wire) -> None:
    """Shows a certificate that nobody but itself has signed."""
    own = trustme.CA()
    wire.secure(certified([own.cert_pem], own.private_key_pem))


@FAMILY.connecting
def certificate_with_acting_names(wire: Wire) -> None:
    """Shows a certificate whose names are what would act on a terminal, or in a log of CI."""
    names = "\x1b[2J##[error]x\n::error::y", "\x1b]0;owned\x07</script>"
    own = trustme.CA(organization_name=names[0], organization_unit_name=names[1])
    leaf = own.issue_cert("elsewhere.example", organization_name=names[0])
    wire.secure(certified(leaf.cert_chain_pems, leaf.private_key_pem))


@FAMILY.connecting
def certificate_chain_huge(wire: Wire) -> None:
    """Shows a chain of a thousand certificates."""
    leaf = wire.around.authority.issue_cert(*NAMES)
    chain = [*leaf.cert_chain_pems, *[wire.around.authority.cert_pem] * CHAIN_LENGTH]
    wire.secure(certified(chain, leaf.private_key_pem))


@FAMILY.answering(at_start_too=True)
def resets_after_request(wire: Wire) -> None:
    """Resets the connection when the request has come."""
    wire.reset()


@FAMILY.answering(at_start_too=True)
def closes_after_request(wire: Wire) -> None:
    """Closes the connection when the request has come."""
    wire.end()


@FAMILY.answering(at_start_too=True)
def half_closes_after_request(wire: Wire) -> None:
    """Closes its own direction when the request has come, and goes on to listen."""
    wire.half_close()
    while True:
        wire.receive()


@FAMILY.answering(at_start_too=True)
def resets_within_body(wire: Wire) -> None:
    """Resets the connection in the middle of a body."""
    wire.send(head(b"200 OK", b"Content-Length: 1000") + b'{"customers":[')
    wire.reset()


@FAMILY.answering(ends_within=FIRST_CONTACT * 2)
def refuses_after_ten_requests(wire: Wire) -> None:
    """Answers ten requests well, and then neither listens nor answers any more."""
    wire.honest()
    if wire.around.answers >= 10:  # noqa: PLR2004 - as it says
        wire.around.deaf.set()
    if wire.around.deaf.is_set():
        wire.end()
