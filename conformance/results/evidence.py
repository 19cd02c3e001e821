"""Evidence as text: exchanges, without secrets and bounded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.results.redaction import REDACTED, SECRET_PARAMETERS
from conformance.results.reproduction import QUIET_FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable

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

MOST_FIELDS = 60
"""The maximum number of header fields of a response to show."""

MOST_BRIEF_BODY = 200
"""Characters of a body that are shown where exchanges are to fit on one screen."""

_MARGIN = 4096
"""Characters beyond those shown that are redacted, too, so that no secret is cut in two."""


def authorization_shown(value: str) -> str:
    """Return an Authorization value with what is secret in it taken out."""
    scheme, _, rest = value.partition(" ")
    if scheme.lower() != "digest":
        return f"{scheme} {REDACTED}" if rest else REDACTED
    return f"{scheme} " + SECRET_PARAMETERS.sub(rf'\1="{REDACTED}"', rest)


def exchange_shown(
    exchange: Exchange,
    redact: Redactor,
    *,
    brief: bool = False,
    mask: Callable[[str], str] = str,
) -> str:
    """Return an exchange as text: request line, header fields, bodies; unsecret and bounded.

    Each line begins with the side that it is from. `brief` leaves out the header fields of the
    response, and shows less of bodies. `mask` hides in a response's body what is not the run's.
    """
    most = MOST_BRIEF_BODY if brief else MOST_BODY
    asked = [_cut(text, MOST_BODY, redact) for text in _asked(exchange, brief=brief)]
    answered = [_cut(text, MOST_BODY, redact) for text in _answered(exchange, brief=brief)]
    asked.append(_body_shown(exchange.request_body, most, redact))
    if exchange.response is not None:
        answered.append(_body_shown(exchange.response.content, most, redact, mask))
    lines = [
        f"{side} {line}"
        for side, texts in ((">", asked), ("<", answered))
        for text in texts
        for line in text.splitlines()
    ]
    return redact("\n".join(lines))


def _asked(exchange: Exchange, *, brief: bool) -> list[str]:
    texts = [f"{exchange.method} {exchange.url}   (as {exchange.role})"]
    for name, value in exchange.request_headers.items():
        if name.lower() == "authorization" and not brief:
            texts.append(f"{name}: {authorization_shown(value)}")
        elif name.lower() not in {*QUIET_FIELDS, "authorization"} and value != "*/*":
            texts.append(f"{name}: {value}")
    return texts


def _answered(exchange: Exchange, *, brief: bool) -> list[str]:
    response = exchange.response
    if response is None:
        return [f"no answer: {exchange.failure}"]
    fields = () if brief else response.fields
    texts = [f"{name}: {value}" for name, value in fields[:MOST_FIELDS]]
    if len(fields) > MOST_FIELDS:
        texts.append(f"… ({len(fields)} header fields in all)")
    note = ", sent once more: the idle connection was closed" if exchange.resent else ""
    first = f"{response.status_code}   ({exchange.seconds * 1000:.0f} ms{note})"
    return [first, *texts]


def _body_shown(body: bytes, most: int, redact: Redactor, mask: Callable[[str], str] = str) -> str:
    text = mask(body[: 4 * (most + _MARGIN)].decode("utf-8", "backslashreplace"))
    shown = _cut(text, most, redact)
    return shown if len(text) <= most else f"{shown} ({len(body)} bytes in all)"


def _cut(text: str, most: int, redact: Redactor) -> str:
    """Return the beginning of a text, without the beginning of a secret."""
    if len(text) <= most:
        return text
    return f"{redact(text[: most + _MARGIN])[:most]} …"
