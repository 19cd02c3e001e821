"""The ways to ask over plain HTTP for what must not be done there."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from conformance.spec.addressing import Form, Override
from conformance.spec.entrances import OWN_NAMES
from conformance.spec.equal_ways import FORM, WriteWay

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SECURITY_CLAIMS: Mapping[str, str] = {
    "X-Forwarded-Proto": "https",
    "Forwarded": "proto=https",
    "X-Forwarded-Scheme": "https",
    "X-Forwarded-Ssl": "on",
    "Front-End-Https": "on",
    "X-Url-Scheme": "https",
    "X-Forwarded-Protocol": "https",
    "X-Forwarded-Port": "443",
    "CloudFront-Forwarded-Proto": "https",
    "X-Scheme": "https",
    "X-Forwarded-For": "127.0.0.1",
}
"""Header fields by which a caller may claim to have come over TLS, or from within."""


@dataclass(frozen=True, slots=True)
class PlainWrite:
    """A write over plain HTTP: its method, how it is written, and whether it claims HTTPS."""

    method: str
    way: WriteWay
    claims: bool

    def __str__(self) -> str:
        """Return the way in words, as evidence shows it."""
        written = f"{self.way.override}, {self.way.form}, {self.way.body}"
        return f"{self.method} ({written}{', claims HTTPS' if self.claims else ''})"


METHODS = ("DELETE", "PUT", "PATCH")
"""The methods that change a record; the document lacks the last, which a server may have."""

_FORMS = tuple(Form)
_BODIES = (FORM, "JSON")

_ROWS = [
    PlainWrite(
        method,
        WriteWay(
            _FORMS[(row + turn) % len(_FORMS)],
            override,
            _BODIES[(row // len(METHODS) + (turn + 1) // 2) % len(_BODIES)],
        ),
        claims=bool((row + turn // 2) % 2),
    )
    for turn in range(4)
    for row, (override, method) in enumerate(product(Override, METHODS))
]

_NATIVE, _OVERRIDDEN = 2 * len(METHODS), (len(Override) - 1) * len(METHODS)
PLAIN_WRITES = [
    *[row for row in _ROWS if row.way.override is Override.NATIVE][:_NATIVE],
    *[row for row in _ROWS if row.way.override is not Override.NATIVE][:_OVERRIDDEN],
    *[row for row in _ROWS if row.way.override is Override.NATIVE][_NATIVE:],
    *[row for row in _ROWS if row.way.override is not Override.NATIVE][_OVERRIDDEN:],
]
"""Rows of which the first show each method natively in each form, and then by each override.

All of them together show any two of method, override, form, body and claim.
"""

PLAIN_READS: Sequence[tuple[str, Mapping[str, str]]] = (
    ("/customers", SECURITY_CLAIMS),
    ("{record}", {}),
    ("/customers.xml", {}),
    ("/customers.json", {}),
    ("/customers.json/{id}", {}),
    ("/statistics/cdrs?page=0", {}),
    ("/customers?customer_id={id}", {"Accept": "application/xml"}),
    ("/sources", {}),
    ("/users", {}),
    *(("/customers", {"Host": host}) for host in OWN_NAMES),
    ("/customers", {"Host": "localhost:443"}),
    ("/customers", {"Connection": "Upgrade", "Upgrade": "websocket"}),
    ("/customers", {}),
    ("/miscellaneous/ping", SECURITY_CLAIMS),
    ("//customers", {}),
    ("/customers.css", {}),
    *(("/customers", {name: value}) for name, value in SECURITY_CLAIMS.items()),
)
"""Targets to GET, each with further header fields."""
