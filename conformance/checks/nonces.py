"""What becomes of a nonce that is refused, or used again."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING

from conformance.checks.digest import last_changed
from conformance.clients.manual_digest import challenge_of
from conformance.verdicts import not_applicable
from conformance.wire.digest import calls_stale
from conformance.wire.recorder import observed
from conformance.wire.transport import target_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.clients.manual_digest import ManualDigest
    from conformance.wire.digest import Challenge
    from conformance.wire.exchanges import Exchange
    from conformance.wire.journal import Journal
    from conformance.wire.responses import Response

SEVERAL = 3
"""How many counts of one kind are refused where that is no accident."""

_COUNT = re.compile(r'\bnc="?([0-9a-f]{8})')


def called_stale(challenge: Challenge, accepted: Response) -> str:
    """Return whether a challenge calls the nonce before it stale, and that it does not work."""
    called = "called stale" if challenge.stale else "not called stale"
    return called if accepted.ok else f"{called}, and the challenge does not work"


def wrong_after_a_right_one(
    manual_digest: ManualDigest, method: str, path: str, data: Mapping[str, str] | None
) -> Response:
    """GET a path rightly, then send a wrong response with the same nonce and its next count."""
    challenge = manual_digest.challenge(path)
    manual_digest.send_with("GET", path, manual_digest.fields(challenge, "GET", path))
    again = manual_digest.fields(challenge, method, path, count=2)
    wrong = {**again, "response": last_changed(again["response"])}
    return manual_digest.send_with(method, path, wrong, data)


def outcome_of_reuse(
    manual_digest: ManualDigest, challenge: Challenge, again: Response, path: str
) -> str:
    """Return what became of a nonce's second use: accepted, or refused with what comes of it.

    A challenge with the nonce that was refused has to be good for its next answer.
    """
    if again.ok:
        return "accepted"
    if again.status_code != HTTPStatus.UNAUTHORIZED:
        return f"answered {again.status_code}"
    another = challenge_of(again, path)
    if another.parameters["nonce"] == challenge.parameters["nonce"]:
        renewed = manual_digest.send_with("GET", path, manual_digest.fields(another, "GET", path))
    else:
        renewed = manual_digest.answering(another, path)
    return "refused with a new challenge" if renewed.ok else "refused for good"


def refused_for_their_count(journal: Journal) -> list[Exchange]:
    """Return the right caller's requests that were refused for a count with letters, all of them.

    None where one such count was accepted, where counts without letters were refused as well for
    what was served at another time, or where the nonce was called stale: the nonce may then be what
    was refused. Not applicable where no nonce was used often enough.
    """
    counted = [
        (each, count[1])
        for each in journal.judged
        if each.role == "api"
        and each.response is not None
        and (count := _COUNT.search(each.request_headers.get("Authorization", "")))
    ]
    lettered = [each for each, count in counted if not count.isdecimal()]
    observed("counts with letters", len(lettered) or not_applicable("no nonce was used ten times"))
    served = {(each.method, each.url) for each, _ in counted if each.answer.ok}
    others = [
        each
        for each, count in counted
        if count.isdecimal() and int(count) > 1 and (each.method, each.url) in served
    ]
    refused = [each for each in lettered if _is_refused_as_new(each)]
    alone = not any(each.answer.ok for each in lettered) and not any(
        map(_is_refused_as_new, others)
    )
    return refused if alone and len(refused) >= SEVERAL else []


def with_their_counts(refused: list[Exchange]) -> list[str]:
    """Return requests in words, each with the count of its nonce, and with its answer."""
    counts = [_COUNT.search(each.request_headers.get("Authorization", "")) for each in refused]
    return [
        f"{each.method} {target_of(each.url)} with nc={count[1] if count else 'none'}: "
        f"{each.answer.status_code}, not called stale"
        for each, count in zip(refused, counts, strict=True)
    ]


def _is_refused_as_new(exchange: Exchange) -> bool:
    """Tell whether a request was answered by a challenge that does not call its nonce stale."""
    answer = exchange.answer
    return answer.status_code == HTTPStatus.UNAUTHORIZED and not calls_stale(
        answer.all("WWW-Authenticate")
    )
