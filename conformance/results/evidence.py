"""Evidence as text: exchanges without secrets, and curl lines that repeat them."""

from __future__ import annotations

import base64
import html
import json
import re
import shlex
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conformance.config.target import Target
    from conformance.wire.digest import Credentials
    from conformance.wire.exchanges import Exchange

MOST_EXCHANGES = 6
"""How many exchanges of a case are shown, the last ones."""

FEW_EXCHANGES = 2
"""How many are shown of a generated example that has more: its curl lines tell the others."""

MOST_REPEATED = 24
"""How many exchanges of a generated example are repeated by curl lines."""

MOST_BODY = 1500
"""Characters of a body that are shown."""

MOST_BRIEF_BODY = 200
"""Characters of a body that are shown where exchanges are to fit on one screen."""

REDACTED = "[redacted]"

_SECRET_PARAMETERS = re.compile(r'\b(username\*?|response|cnonce)=("(?:[^"\\]|\\.)*"|[^\s,]+)')
_QUIET_HEADERS = frozenset({"user-agent", "accept-encoding", "connection", "content-length"})


class Redactor:
    """Takes a caller's credentials out of texts, in each spelling in which they may appear."""

    def __init__(self, credentials: Credentials, exchanges: Iterable[Exchange] = ()) -> None:
        """Take the credentials that must not be shown, and exchanges whose digests must not."""
        username, password = credentials.username, credentials.password
        basic = base64.b64encode(f"{username}:{password}".encode()).decode()
        sent = [each.request_headers.get("Authorization", "") for each in exchanges]
        digests = {
            part[2].strip('"') for each in sent for part in _SECRET_PARAMETERS.finditer(each)
        }
        found = {basic, *spellings_of(password), *digests} - {"", username}
        self._secrets = sorted(found, key=len, reverse=True)

    def __call__(self, text: str) -> str:
        """Return a text without the credentials."""
        for secret in self._secrets:
            text = text.replace(secret, REDACTED)
        return text


def spellings_of(secret: str) -> set[str]:
    """Return a secret as URLs, JSON, XML, HTML and Python write it."""
    return {
        secret,
        quote(secret),
        quote(secret, safe=""),
        quote_plus(secret),
        json.dumps(secret)[1:-1],
        json.dumps(secret, ensure_ascii=False)[1:-1],
        html.escape(secret),
        html.escape(secret, quote=False),
        html.escape(secret, quote=False).replace('"', "&quot;"),
        repr(secret)[1:-1],
    }


def authorization_shown(value: str) -> str:
    """Return an Authorization value with what is secret in it taken out."""
    scheme, _, rest = value.partition(" ")
    if scheme.lower() != "digest":
        return f"{scheme} {REDACTED}" if rest else REDACTED
    return f"{scheme} " + _SECRET_PARAMETERS.sub(rf'\1="{REDACTED}"', rest)


def exchange_shown(exchange: Exchange, redact: Redactor, *, brief: bool = False) -> str:
    """Return an exchange as text: request line, header fields, bodies; unsecret and bounded.

    `brief` leaves out the header fields of the response, and shows less of bodies.
    """
    most = MOST_BRIEF_BODY if brief else MOST_BODY
    lines = [f"> {exchange.method} {exchange.url}   (as {exchange.role})"]
    for name, value in exchange.request_headers.items():
        if name.lower() == "authorization" and brief:
            continue
        if name.lower() == "authorization":
            lines.append(f"> {name}: {authorization_shown(value)}")
        elif name.lower() not in _QUIET_HEADERS and (name, value) != ("Accept", "*/*"):
            lines.append(f"> {name}: {value}")
    if exchange.request_body:
        lines += ["> " + line for line in _body_shown(exchange.request_body, most)]
    response = exchange.response
    if response is None:
        lines.append(f"< no answer: {exchange.failure}")
    else:
        note = ", sent once more: the idle connection was closed" if exchange.resent else ""
        lines.append(f"< {response.status_code}   ({exchange.seconds * 1000:.0f} ms{note})")
        if not brief:
            lines += [f"< {name}: {value}" for name, value in response.fields]
        lines += ["< " + line for line in _body_shown(response.content, most)]
    return _printable(redact("\n".join(lines)))


def curl_line(exchange: Exchange, target: Target, redact: Redactor) -> str:
    """Return a curl command that repeats an exchange's request.

    Credentials are taken from the environment of the shell. A hand-made Authorization field cannot
    be repeated, since its nonce is spent: the command then asks rightly, for comparison.
    """
    words = ["curl", "-i", "--path-as-is"]
    if target.ca_bundle is not None and exchange.url.startswith("https"):
        words += ["--cacert", shlex.quote(str(target.ca_bundle))]
    if exchange.role == "outsider":
        words += ["--interface", target.denied_address or "127.0.0.2"]
    words += _credentials_words(exchange)
    if exchange.method != "GET":
        words += ["--head"] if exchange.method == "HEAD" else ["-X", exchange.method]
    for name, value in exchange.request_headers.items():
        if name.lower() not in _QUIET_HEADERS | {"authorization"} and value != "*/*":
            words += ["-H", shlex.quote(f"{name}: {value}")]
    if exchange.request_body:
        words += ["--data-binary", _quoted_bytes(exchange.request_body)]
    words.append(shlex.quote(exchange.url))
    return _printable(redact(" ".join(words)))


def _credentials_words(exchange: Exchange) -> list[str]:
    scheme = exchange.request_headers.get("Authorization", "").partition(" ")[0].lower()
    if exchange.role == "impostor":
        return ["--digest", "-u", '"$API_USERNAME:not-the-password"']
    if exchange.role == "stranger":
        return ["--digest", "-u", '"$API_USERNAME-x:$API_PASSWORD"']
    if scheme in ("basic", "digest"):
        return [f"--{scheme}", "-u", '"$API_USERNAME:$API_PASSWORD"']
    return []


def _body_shown(body: bytes, most: int) -> list[str]:
    text = body.decode("utf-8", "backslashreplace")
    if len(text) > most:
        text = f"{text[:most]} … ({len(body)} bytes in all)"
    return text.splitlines()


def _quoted_bytes(body: bytes) -> str:
    """Quote a body for a shell; what is no text by escapes that bash knows."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if text.isprintable() and text:
        return shlex.quote(text)
    return "$'" + "".join(f"\\x{byte:02x}" for byte in body) + "'"


def _printable(text: str) -> str:
    """Replace control characters, which a terminal or an XML report must not see."""
    return "".join(
        char if char in "\n\t" or (char.isprintable() or char == " ") else f"\\x{ord(char):02x}"
        for char in text
    )
