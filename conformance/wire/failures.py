"""Why no answer came, in a few words."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class NoAnswer(Exception):  # noqa: N818  (what happened, not whose fault it is)
    """No complete response came; the message says what happened instead."""


HUNG_UP = "it closed the connection without an answer"


class Hangup(NoAnswer):
    """The connection was closed before the first byte of an answer."""

    def __init__(self, message: str = HUNG_UP) -> None:
        """Say it in the words that all callers use."""
        super().__init__(message)


CUT_SHORT = "it closed the connection in the middle of the answer"

BEFORE_ASKED = ", before anything was asked"


class NotOpened(NoAnswer):
    """A connection was closed while it was opened: nothing was asked, so nothing was done."""

    def __init__(self, message: str) -> None:
        """Take what happened."""
        super().__init__(message + BEFORE_ASKED)


CLOSED_IDLE = "it closed the idle connection, so that nobody knows whether it did what was asked"
"""A request that may write met a closed idle connection, and must not be sent twice for that."""


NOT_TRUSTED = "its certificate is not trusted: no authority that is known here has signed it"
SELF_SIGNED = "its certificate is not trusted: it is signed by itself"
EXPIRED = "its certificate has expired"
NOT_YET_VALID = "its certificate is not valid yet"
OTHER_HOST = "its certificate is that of another host name"
NO_TLS = "it does not speak TLS"
OLD_TLS = "it speaks no version of TLS that counts as secure (1.2 or later)"
NO_HANDSHAKE = "it refused the TLS handshake"
BROKEN_HANDSHAKE = "it closed the connection within TLS"
REFUSED = "the connection was refused"
UNKNOWN_HOST = "the host name is not known"
UNRESOLVED_HOST = "the host name could not be resolved"
TOO_LATE = "it did not answer in time"
RESET = "it reset the connection"
CLOSED_WHILE_ASKED = "it closed the connection while it was asked"

HANG_UPS = frozenset({HUNG_UP, RESET, CLOSED_WHILE_ASKED, BROKEN_HANDSHAKE})
"""What happens where a server that was asked ends the connection instead of answering."""

_BY_VERIFY_CODE: Mapping[int, str] = {
    9: NOT_YET_VALID,
    10: EXPIRED,
    18: SELF_SIGNED,
    19: NOT_TRUSTED,
    20: NOT_TRUSTED,
    21: NOT_TRUSTED,
    62: OTHER_HOST,
    64: OTHER_HOST,
    # Windows (CERT_E_...)
    0x800B0101: EXPIRED,
    0x800B0109: NOT_TRUSTED,
    0x800B010A: NOT_TRUSTED,
    0x800B010F: OTHER_HOST,
    # macOS (errSec...)
    -67602: OTHER_HOST,
    -67818: EXPIRED,
    -67819: NOT_YET_VALID,
    -67843: NOT_TRUSTED,
    -25318: NOT_TRUSTED,
}
"""What codes for a certificate that fails the check mean: of OpenSSL (X509_V_ERR_...), or of what
judges it in its place."""

_BY_SIGN: Mapping[str, str] = {
    "WRONG_VERSION_NUMBER": NO_TLS,
    "PACKET_LENGTH_TOO_LONG": NO_TLS,
    "RECORD_LAYER_FAILURE": NO_TLS,
    "HTTP_REQUEST": NO_TLS,
    "UNSUPPORTED_PROTOCOL": OLD_TLS,
    "ALERT_PROTOCOL_VERSION": OLD_TLS,
    "HANDSHAKE_FAILURE": NO_HANDSHAKE,
    "NO_SHARED_CIPHER": NO_HANDSHAKE,
    "_ALERT_": NO_HANDSHAKE,
    "EOF occurred in violation of protocol": BROKEN_HANDSHAKE,
    "UNEXPECTED_EOF_WHILE_READING": BROKEN_HANDSHAKE,
    "Connection refused": REFUSED,
    "Name or service not known": UNKNOWN_HOST,
    "nodename nor servname": UNKNOWN_HOST,
    "Temporary failure in name resolution": UNRESOLVED_HOST,
    "No address associated with hostname": "the host name has no address",
    "Cannot assign requested address": "the local address does not exist on this machine",
    "timed out": TOO_LATE,
    "Connection reset": RESET,
    "Broken pipe": CLOSED_WHILE_ASKED,
}
"""What parts of the texts of errors mean."""


def explain(error: BaseException) -> str:
    """Say in a few words why no answer came."""
    for cause in _causes(error):
        if isinstance(cause, NoAnswer):
            return str(cause)
        if isinstance(cause, ssl.SSLCertVerificationError):
            known = _BY_VERIFY_CODE.get(cause.verify_code)
            return known or f"its certificate is not trusted: {cause.verify_message}"
    text = " ".join(str(cause) for cause in _causes(error))
    for sign, explanation in _BY_SIGN.items():
        if sign in text:
            return explanation
    return f"{type(error).__name__}: {error}"


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Give an error and what led to it, each once."""
    seen: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in seen:
        seen.append(cause)
        yield cause
        cause = cause.__cause__ or cause.__context__
