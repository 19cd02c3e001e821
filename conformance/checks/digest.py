"""Digests with exactly one thing wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.clients.manual_digest import made_up, with_nonce
from conformance.verdicts import not_applicable

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.clients.manual_digest import ManualDigest
    from conformance.config.credentials import Spelled
    from conformance.wire.digest import Challenge

Fields = dict[str, str]

FIRST = 3
"""How many of the first letters and digits of a value are changed."""


@dataclass(frozen=True, slots=True)
class Tampering:
    """One way to make a digest wrong; `recoverable` where only the nonce is at fault."""

    name: str
    make: Callable[[ManualDigest, Challenge, str], Fields]
    recoverable: bool = False

    def __str__(self) -> str:
        """Return the name, as test ids show it."""
        return self.name

    def fields(self, manual_digest: ManualDigest, challenge: Challenge, path: str) -> Fields:
        """Return the parameters of the wrong digest for a challenge to GET a path."""
        return self.make(manual_digest, challenge, path)


def with_parameter(
    name: str, change: Callable[[str], str]
) -> Callable[[ManualDigest, Challenge, str], Fields]:
    """Return a function that computes the right digest and changes one of its parameters."""

    def make(manual_digest: ManualDigest, challenge: Challenge, path: str) -> Fields:
        fields = manual_digest.fields(challenge, "GET", path)
        if name not in fields:
            not_applicable(f"the server asks for no {name}")
        return {**fields, name: change(fields[name])}

    return make


def without(name: str) -> Callable[[ManualDigest, Challenge, str], Fields]:
    """Return a function that computes the right digest and leaves one parameter out."""

    def make(manual_digest: ManualDigest, challenge: Challenge, path: str) -> Fields:
        fields = manual_digest.fields(challenge, "GET", path)
        del fields[name]
        return fields

    return make


def last_changed(text: str) -> str:
    """Return a hexadecimal text of the same length that differs in its last digit."""
    return text[:-1] + _following(text[-1:] or "0")


def first_changed(text: str) -> str:
    """Return a text of the same form that differs in its first letters or digits.

    A decoder may not look at the last ones: in base64, "==" and "=0" at the end are as good as
    each other. No decoder passes over the first.
    """
    changed, left = "", FIRST
    for character in text:
        is_changed = left > 0 and _following(character) != character
        changed += _following(character) if is_changed else character
        left -= is_changed
    return changed


def _following(character: str) -> str:
    """Return another letter or digit of the same kind; anything else as it is."""
    for kind in ("0123456789", "abcdef", "ABCDEF", "ghijklmnopqrstuvwxyz", "GHIJKLMNOPQRSTUVWXYZ"):
        if character and character in kind:
            return kind[(kind.index(character) + 1) % len(kind)]
    return character


def of_another_uri(manual_digest: ManualDigest, challenge: Challenge, path: str) -> Fields:
    """Compute the digest for another resource."""
    del path
    return manual_digest.fields(challenge, "GET", "/miscellaneous/ping")


def of_another_query(manual_digest: ManualDigest, challenge: Challenge, path: str) -> Fields:
    """Compute the digest for the same path with a query string."""
    return manual_digest.fields(challenge, "GET", f"{path}?page=0")


def of_another_method(manual_digest: ManualDigest, challenge: Challenge, path: str) -> Fields:
    """Compute the digest for another method."""
    return manual_digest.fields(challenge, "PUT", path)


def of_a_made_up_nonce(manual_digest: ManualDigest, challenge: Challenge, path: str) -> Fields:
    """Compute the digest with a nonce of the right length that the server did not issue."""
    return manual_digest.fields(made_up(challenge), "GET", path)


def of_an_altered_nonce(manual_digest: ManualDigest, challenge: Challenge, path: str) -> Fields:
    """Compute the digest with a nonce whose first characters are not those that were issued."""
    altered = with_nonce(challenge, first_changed(challenge.parameters["nonce"]))
    return manual_digest.fields(altered, "GET", path)


def named_another_uri(manual_digest: ManualDigest, challenge: Challenge, path: str) -> Fields:
    """Compute the right digest, but name another resource as its uri."""
    fields = manual_digest.fields(challenge, "GET", path)
    return {**fields, "uri": fields["uri"].replace(path, "/miscellaneous/ping")}


def mistaken(right: str, wrong: Spelled) -> Spelled:
    """Return a wrong credential; not applicable where it equals the right one."""
    if wrong.text == right:
        not_applicable("it is the same with this mistake")
    return wrong


TAMPERINGS = (
    Tampering("first digits of the response", with_parameter("response", first_changed)),
    Tampering("last digit of the response", with_parameter("response", last_changed)),
    Tampering("empty response", with_parameter("response", lambda _: "")),
    Tampering("short response", with_parameter("response", lambda text: text[:8])),
    Tampering("user name", with_parameter("username", lambda name: name + "-x")),
    Tampering("empty user name", with_parameter("username", lambda _: "")),
    Tampering("uri", of_another_uri),
    Tampering("query of the uri", of_another_query),
    Tampering("uri named differently", named_another_uri),
    Tampering("method", of_another_method),
    Tampering("made-up nonce", of_a_made_up_nonce, recoverable=True),
    Tampering("first characters of the nonce", with_parameter("nonce", first_changed)),
    Tampering("altered nonce", of_an_altered_nonce),
    Tampering("count", with_parameter("nc", lambda _: "00000002")),
    Tampering("first digits of the cnonce", with_parameter("cnonce", first_changed)),
    Tampering("no response", without("response")),
    Tampering("no nonce", without("nonce")),
    Tampering("no uri", without("uri")),
    Tampering("no user name", without("username")),
)
