"""What becomes of a nonce that is refused, or used again."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from conformance.clients.manual_digest import challenge_of

if TYPE_CHECKING:
    from conformance.clients.manual_digest import ManualDigest
    from conformance.wire.digest import Challenge
    from conformance.wire.responses import Response


def called_stale(challenge: Challenge, accepted: Response) -> str:
    """Return whether a challenge calls the nonce before it stale, and that it does not work."""
    called = "called stale" if challenge.stale else "not called stale"
    return called if accepted.ok else f"{called}, and the challenge does not work"


def outcome_of_reuse(manual_digest: ManualDigest, again: Response, path: str) -> str:
    """Return what became of a nonce's second use: accepted, or refused with what comes of it."""
    if again.ok:
        return "accepted"
    if again.status_code != HTTPStatus.UNAUTHORIZED:
        return f"answered {again.status_code}"
    renewed = manual_digest.answering(challenge_of(again, path), path)
    return "refused with a new challenge" if renewed.ok else "refused for good"
