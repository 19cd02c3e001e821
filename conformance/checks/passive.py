"""What passive rules look at: the exchanges of a whole run that are about the API's answers."""

from __future__ import annotations

import re
from http import HTTPStatus
from itertools import zip_longest
from typing import TYPE_CHECKING

from conformance.spec.addressing import Override
from conformance.spec.status_codes import UNSUPPORTED
from conformance.wire.recorder import observed
from conformance.wire.transport import target_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from conformance.wire.exchanges import Exchange
    from conformance.wire.journal import Journal
    from conformance.wire.responses import Response

MOST_SHOWN = 10
"""How many findings are shown at most."""

NAMES_A_TYPE = ("json", "application/*", "*/*", "xml")
"""What an Accept field has in it that names a representation of the API."""

_PLAIN_TARGET = re.compile(r"(/[\w.~-]+)+(\?[\w.~=&+-]*)?", re.ASCII)
_NUMBER = re.compile(r"/[0-9]+(?=[/?]|$)")
_VALUE = re.compile(r"=[^&]*")
_MALFORMED_QUALITY = re.compile(r";\s*q\s*=(?!\s*(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*(?:;|$))")


def answered_exchanges(
    journal: Journal, *, role: str | None = "api"
) -> list[tuple[Exchange, Response]]:
    """Return the exchanges of a role that were answered, with the answers.

    Without a role, those of every role that speaks HTTPS. Counts them.
    """
    found = [
        (each, each.response)
        for each in journal.exchanges
        if each.response is not None
        and (each.role == role if role is not None else each.url.startswith("https:"))
    ]
    observed("answers judged", len(found))
    return found


def left_unauthorized(journal: Journal) -> list[tuple[Exchange, Response]]:
    """Return the answers of 401 with which the right caller was left, whatever it asked for.

    Not those after which it took up another nonce. Left out are targets that servers, or what is
    before them, may write in another way than the digest has them. Counts what it looks at.
    """
    calls = [each for each in journal.exchanges if each.role == "api"]
    left = [
        (call, call.response)
        for call, after in zip_longest(calls, calls[1:])
        if call.response is not None
        and call.authorized
        and _PLAIN_TARGET.fullmatch(target_of(call.url))
        and (after is None or not after.asks_again(call))
    ]
    observed("answers judged", len(left))
    return [each for each in left if each[1].status_code == HTTPStatus.UNAUTHORIZED]


def inconsistently_refused(journal: Journal) -> list[tuple[Exchange, Response]]:
    """Return the GETs that were answered 405 or 501 though others like them are answered 200.

    Alike are those that differ in ids and in the values of parameters only. Left out is what an
    override might make another method of. Counts what it looks at.
    """
    asked = [
        (_NUMBER.sub("/1", _VALUE.sub("=", target_of(each.url))), each, each.response)
        for each in journal.exchanges
        if each.response is not None
        and each.role == "api"
        and each.method == "GET"
        and "_method" not in each.url
        and Override.HEADER.value not in each.request_headers
    ]
    answered = {pattern for pattern, _, response in asked if response.ok}
    alike = [(each, response) for pattern, each, response in asked if pattern in answered]
    observed("answers judged", len(alike))
    return [each for each in alike if each[1].status_code in UNSUPPORTED]


def accepts_a_type(exchange: Exchange) -> bool:
    """Tell whether a request's Accept field names one of the two types, or is not there.

    A type whose quality is malformed is not named: servers may leave it out.
    """
    accept = exchange.request_headers.get("Accept", "*/*").lower()
    ranges = [each for each in accept.split(",") if not _MALFORMED_QUALITY.search(each)]
    return any(name in each for each in ranges for name in NAMES_A_TYPE)


def findings(
    judged: Iterable[tuple[Exchange, Response]], problem: Callable[[Response], str]
) -> list[str]:
    """Return what a check says against answers: request, status and problem, a few of them."""
    found: dict[str, None] = {}
    for exchange, response in judged:
        if len(found) >= MOST_SHOWN:
            break
        text = problem(response)
        if text:
            target = target_of(exchange.url)
            found[f"{exchange.method} {target[:80]}: {response.status_code}, {text}"] = None
    return list(found)
