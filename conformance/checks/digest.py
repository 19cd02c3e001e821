"""Digests that are right in everything but one thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.clients.manual_digest import made_up
from conformance.verdicts import not_applicable

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.clients.manual_digest import Forger
    from conformance.wire.digest import Challenge

Fields = dict[str, str]


@dataclass(frozen=True, slots=True)
class Tampering:
    """One way of getting a digest wrong; `recoverable` where only the nonce is at fault."""

    name: str
    make: Callable[[Forger, Challenge, str], Fields]
    recoverable: bool = False

    def __str__(self) -> str:
        """Return the name, as test ids show it."""
        return self.name

    def fields(self, forger: Forger, challenge: Challenge, path: str) -> Fields:
        """Return the parameters of the tampered answer to a challenge for GET on a path."""
        return self.make(forger, challenge, path)


def changed(name: str, change: Callable[[str], str]) -> Callable[[Forger, Challenge, str], Fields]:
    """Compute the right digest, then change one of its parameters."""

    def make(forger: Forger, challenge: Challenge, path: str) -> Fields:
        fields = forger.fields(challenge, "GET", path)
        if name not in fields:
            not_applicable(f"the server asks for no {name}")
        return {**fields, name: change(fields[name])}

    return make


def without(name: str) -> Callable[[Forger, Challenge, str], Fields]:
    """Compute the right digest, then leave one of its parameters out."""

    def make(forger: Forger, challenge: Challenge, path: str) -> Fields:
        fields = forger.fields(challenge, "GET", path)
        del fields[name]
        return fields

    return make


def flipped(text: str) -> str:
    """Return a hexadecimal text of the same length that differs in its last digit."""
    return text[:-1] + ("0" if text[-1:] != "0" else "1")


def of_another_uri(forger: Forger, challenge: Challenge, path: str) -> Fields:
    """Compute the digest for another resource."""
    del path
    return forger.fields(challenge, "GET", "/miscellaneous/ping")


def of_another_query(forger: Forger, challenge: Challenge, path: str) -> Fields:
    """Compute the digest for the same path with a query string."""
    return forger.fields(challenge, "GET", f"{path}?page=0")


def of_another_method(forger: Forger, challenge: Challenge, path: str) -> Fields:
    """Compute the digest for another method."""
    return forger.fields(challenge, "PUT", path)


def of_a_made_up_nonce(forger: Forger, challenge: Challenge, path: str) -> Fields:
    """Compute the digest over a nonce that no server has given, of the right length."""
    return forger.fields(made_up(challenge), "GET", path)


def named_another_uri(forger: Forger, challenge: Challenge, path: str) -> Fields:
    """Compute the right digest, but name another resource as its uri."""
    fields = forger.fields(challenge, "GET", path)
    return {**fields, "uri": fields["uri"].replace(path, "/miscellaneous/ping")}


TAMPERINGS = (
    Tampering("response", changed("response", flipped)),
    Tampering("empty response", changed("response", lambda _: "")),
    Tampering("short response", changed("response", lambda text: text[:8])),
    Tampering("user name", changed("username", lambda name: name + "-x")),
    Tampering("empty user name", changed("username", lambda _: "")),
    Tampering("uri", of_another_uri),
    Tampering("query of the uri", of_another_query),
    Tampering("uri named differently", named_another_uri),
    Tampering("method", of_another_method),
    Tampering("made-up nonce", of_a_made_up_nonce, recoverable=True),
    Tampering("nonce", changed("nonce", flipped)),
    Tampering("count", changed("nc", lambda _: "00000002")),
    Tampering("cnonce", changed("cnonce", flipped)),
    Tampering("no response", without("response")),
    Tampering("no nonce", without("nonce")),
    Tampering("no uri", without("uri")),
    Tampering("no user name", without("username")),
)
