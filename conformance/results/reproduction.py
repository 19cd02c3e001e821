"""Curl lines that repeat one request as it was sent."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

from conformance.config.credentials import RIGHT_IN_SHELL
from conformance.results.shell import Expansion, command

if TYPE_CHECKING:
    from conformance.config.target import Target
    from conformance.results.shell import Part, Word
    from conformance.wire.exchanges import Exchange

QUIET_FIELDS = frozenset({"user-agent", "accept-encoding", "connection", "content-length"})
"""Header fields, in lower case, that any client sends."""

RIGHT_INSTEAD = (
    "  # the digest was made by hand, for a nonce that is spent: this sends the right one"
)

_RIGHT = Expansion(RIGHT_IN_SHELL)
_TOKEN = Expansion(f"$(printf %s \"{RIGHT_IN_SHELL}\" | base64 | tr -d '\\n')")
"""What the Basic scheme makes of the right credentials."""


def curl_line(exchange: Exchange, target: Target) -> str:
    """Return a curl command that repeats an exchange's request.

    Credentials are taken from the environment of the shell, wrong where those of the caller were. A
    digest that was made by hand cannot be repeated, since its nonce is spent: the command sends the
    right one instead, for comparison, and a comment says so.
    """
    comment = RIGHT_INSTEAD if has_digest_by_hand(exchange) else ""
    return command(curl_words(exchange, target)) + comment


def curl_words(exchange: Exchange, target: Target, *, show: str = "-i") -> list[Word]:
    """Return the words of a curl command; `show` is the option that says what it writes."""
    place: list[Part] = ["curl", show, "--path-as-is"]
    if re.search(r"[\[\]{}]", exchange.url):
        place.append("--globoff")
    if target.ca_bundle is not None and exchange.url.startswith("https"):
        place += ["--cacert", str(target.ca_bundle)]
    if target.proxy is not None:
        place += ["--proxy", target.proxy]
    if exchange.role == "outsider":
        place += ["--interface", target.denied_address or "127.0.0.2"]
    return [
        *((part,) for part in place),
        *_credentials_words(exchange, target),
        *((part,) for part in _request_parts(exchange)),
    ]


def _request_parts(exchange: Exchange) -> list[Part]:
    """Return the words for method, header fields, body and URL."""
    parts: list[Part] = []
    if exchange.method != "GET":
        parts += ["--head"] if exchange.method == "HEAD" else ["-X", exchange.method]
    for name, value in exchange.request_headers.items():
        if name.lower() not in QUIET_FIELDS | {"authorization"} and value != "*/*":
            parts += ["-H", f"{name}: {value}" if value else f"{name};"]
    body = exchange.request_body
    if body and "content-type" not in {name.lower() for name in exchange.request_headers}:
        parts += ["-H", "Content-Type:"]  # curl would call it a form
    if body:
        parts += ["--data-raw" if body.startswith(b"@") else "--data-binary", _text_of(body)]
    return [*parts, exchange.url]


def _credentials_words(exchange: Exchange, target: Target) -> list[Word]:
    """Return the words for the credentials of the caller, or for a field that was made by hand."""
    if exchange.user:
        return [("--digest",), ("-u",), (Expansion(exchange.user),)]
    if has_digest_by_hand(exchange):
        return [("--digest",), ("-u",), (_RIGHT,)]
    value = exchange.request_headers.get("Authorization")
    if value is None:
        return []
    known = target.credentials
    token = base64.b64encode(f"{known.username}:{known.password}".encode()).decode()
    before, found, after = value.partition(token)
    if found and (before, after) == ("Basic ", ""):
        return [("--basic",), ("-u",), (_RIGHT,)]
    field = f"Authorization: {before}"
    return [("-H",), (field, _TOKEN, after) if found else (field,)]


def has_digest_by_hand(exchange: Exchange) -> bool:
    """Tell whether the Authorization field is a digest that was made by hand for one nonce."""
    value = exchange.request_headers.get("Authorization", "").lower()
    return not exchange.user and value.startswith("digest ") and "nonce=" in value


def _text_of(body: bytes) -> str | bytes:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body
