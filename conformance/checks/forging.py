"""Makers of digests that prove nothing: each is right but for one thing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from conformance.checks.digest import first_changed, last_changed
from conformance.clients.manual_digest import with_nonce
from conformance.config.credentials import Credentials
from conformance.wire.digest import digest_fields
from conformance.wire.transport import target_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.checks.digest import Fields
    from conformance.clients.manual_digest import ManualDigest
    from conformance.wire.digest import Challenge

    Make = Callable[[ManualDigest, Challenge, str, str], Fields]


def saying(**edits: str | None) -> Make:
    """Return what makes a digest with a wrong response and other parameters; None leaves one out.

    What stands in them may decide how a response is compared, never whether.
    """

    def make(digest: ManualDigest, challenge: Challenge, method: str, path: str) -> Fields:
        right = digest.fields(challenge, method, path)
        wrong = {**right, "response": last_changed(right["response"]), **edits}
        return {name: value for name, value in wrong.items() if value is not None}

    return make


def answering(change: Callable[[str], str]) -> Make:
    """Return what makes a digest whose response is something else."""

    def make(digest: ManualDigest, challenge: Challenge, method: str, path: str) -> Fields:
        right = digest.fields(challenge, method, path)
        return {**right, "response": change(last_changed(right["response"]))}

    return make


def of_nobody(secret: str, username: str = "nobody-at-all") -> Make:
    """Return what makes the digest of a user who does not exist, from what a look-up may give."""

    def make(digest: ManualDigest, challenge: Challenge, method: str, path: str) -> Fields:
        return {**digest.fields(challenge, method, path, secret=secret), "username": username}

    return make


def as_user(username: str, password: str) -> Make:
    """Return what makes the digest that is right for a user and a password which are not."""

    def make(digest: ManualDigest, challenge: Challenge, method: str, path: str) -> Fields:
        known = Credentials(username, password)
        return digest_fields(challenge, known, method, target_of(digest.url(path)))

    return make


def under_name(username: str) -> Make:
    """Return what makes the right digest, but under another name."""

    def make(digest: ManualDigest, challenge: Challenge, method: str, path: str) -> Fields:
        return {**digest.fields(challenge, method, path), "username": username}

    return make


def made_for(method: str = "", path: str = "{path}") -> Make:
    """Return what makes the digest of another method or target."""

    def make(digest: ManualDigest, challenge: Challenge, asked: str, asked_path: str) -> Fields:
        target = path.replace("{path}", asked_path.partition("?")[0])
        return digest.fields(challenge, method or asked, target)

    return make


def of_uri(uri: str) -> Make:
    """Return what makes the digest of a target that is none."""

    def make(digest: ManualDigest, challenge: Challenge, method: str, path: str) -> Fields:
        return digest.fields(challenge, method, path, named_uri=uri)

    return make


def of_body(text: str) -> Make:
    """Return what makes the digest of another body, with the quality of protection for that."""

    def make(digest: ManualDigest, challenge: Challenge, method: str, path: str) -> Fields:
        return digest.fields(challenge, method, path, body=text)

    return make


def of_nonce(change: Callable[[Challenge], Challenge]) -> Make:
    """Return what makes a digest with another nonce than the one that was given."""

    def make(digest: ManualDigest, challenge: Challenge, method: str, path: str) -> Fields:
        return digest.fields(change(challenge), method, path)

    return make


def edited(change: Callable[[str], str]) -> Callable[[Challenge], Challenge]:
    """Return what changes the text of a challenge's nonce."""

    def edit(challenge: Challenge) -> Challenge:
        return with_nonce(challenge, change(challenge.parameters["nonce"]))

    return edit


def of_realm(challenge: Challenge, realm: str) -> Challenge:
    """Return a challenge as if it had been given for another realm."""
    return replace(challenge, parameters={**challenge.parameters, "realm": realm})


def going_on_otherwise(nonce: str) -> str:
    """Return a nonce that differs behind its beginning: its end alone may be filler."""
    at = min(len(nonce) // 2, 24)
    return nonce[:at] + "".join(first_changed(each) for each in nonce[at:])
