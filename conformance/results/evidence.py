"""Evidence as text: exchanges, without secrets and bounded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.results.redaction import REDACTED, SECRET_PARAMETERS
from conformance.results.reproduction import QUIET_FIELDS

if TYPE_CHECKING:
    from conformance.results.redaction import Redactor
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

_MARGIN = 4096
"""Characters beyond those shown that are looked at, so that no secret is cut and so overlooked."""


def authorization_shown(value: str) -> str:
    """Return an Authorization value with what is secret in it taken out."""
    scheme, _, rest = value.partition(" ")
    if scheme.lower() != "digest":
        return f"{scheme} {REDACTED}" if rest else REDACTED
    return f"{scheme} " + SECRET_PARAMETERS.sub(rf'\1="{REDACTED}"', rest)


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
        elif name.lower() not in QUIET_FIELDS and (name, value) != ("Accept", "*/*"):
            lines.append(f"> {name}: {value}")
    if exchange.request_body:
        lines += ["> " + line for line in _body_shown(exchange.request_body, most, redact)]
    response = exchange.response
    if response is None:
        lines.append(f"< no answer: {exchange.failure}")
    else:
        lines.append(f"< {response.status_code}   ({exchange.seconds * 1000:.0f} ms)")
        if not brief:
            lines += [f"< {name}: {value}" for name, value in response.fields]
        lines += ["< " + line for line in _body_shown(response.content, most, redact)]
    return redact("\n".join(lines))


def _body_shown(body: bytes, most: int, redact: Redactor) -> list[str]:
    text = redact(body[: 4 * most + _MARGIN].decode("utf-8", "backslashreplace"))
    if len(text) > most:
        text = f"{text[:most]} … ({len(body)} bytes in all)"
    return text.splitlines()
