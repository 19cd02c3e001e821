"""The ways to ask over plain HTTP for what must not be done there."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from conformance.spec.addressing import Form, Override
from conformance.spec.equal_ways import FORM, WriteWay

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SECURITY_CLAIMS: Sequence[Mapping[str, str]] = (
    {},
    {"X-Forwarded-Proto": "https"},
    {"Forwarded": "proto=https"},
    {"X-Forwarded-Scheme": "https"},
    {"X-Forwarded-Ssl": "on"},
    {"Front-End-Https": "on"},
    {"X-Url-Scheme": "https"},
    {"X-Forwarded-Protocol": "https"},
    {"X-Forwarded-Port": "443"},
    {"CloudFront-Forwarded-Proto": "https"},
    {"X-Scheme": "https"},
    {"Upgrade-Insecure-Requests": "1"},
    {"X-Forwarded-For": "127.0.0.1"},
)
"""Header fields by which a caller may claim to have come over TLS, or from within."""


@dataclass(frozen=True, slots=True)
class PlainWrite:
    """A write over plain HTTP: its method, how it is written, and what it claims."""

    method: str
    way: WriteWay
    claim: Mapping[str, str]

    def __str__(self) -> str:
        """Return the way in words, as evidence shows it."""
        claimed = "".join(f", {name}: {value}" for name, value in self.claim.items())
        written = f"{self.way.override}, {self.way.form}, {self.way.body}"
        return f"{self.method} ({written}{claimed})"


METHODS = ("PUT", "DELETE", "PUT", "PATCH")
"""The methods that change a record; the document lacks the last, which a server may have."""

_WAYS = [
    WriteWay(form, override, body)
    for body, form, override in product((FORM, "JSON"), Form, Override)
]

PLAIN_WRITES = [
    PlainWrite(
        METHODS[row % len(METHODS)],
        _WAYS[(row + row // len(_WAYS)) % len(_WAYS)],
        SECURITY_CLAIMS[row % len(SECURITY_CLAIMS)],
    )
    for row in range(len(_WAYS) * len(SECURITY_CLAIMS))
]
"""Rows in which every way meets every claim."""

PLAIN_READS = (
    ("/customers", {}),
    ("{record}", {}),
    ("/customers.xml", {}),
    ("/statistics/cdrs?page=0", {}),
    ("/miscellaneous/ping", {}),
    ("/customers", {"Accept": "application/xml"}),
    *(("/customers", claim) for claim in SECURITY_CLAIMS[1:]),
    ("/customers?customer_id={id}", {}),
    ("/sources", {}),
    ("/users", {}),
    ("//customers", {}),
    ("/customers.css", {}),
)
"""Targets to GET, each with further header fields."""
