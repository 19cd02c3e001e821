"""What passive rules look at: the exchanges of a whole run that are about the API's answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from conformance.exchanges import observed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from conformance.exchanges import Exchange, Journal
    from conformance.responses import Response

MOST_SHOWN = 10
"""How many findings are shown at most."""

NAMES_A_TYPE = ("json", "application/*", "*/*", "xml")
"""What an Accept field has in it that names a representation of the API."""

_MALFORMED_QUALITY = re.compile(r";\s*q\s*=(?!\s*(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*(?:;|$))")


def answers(journal: Journal, *, role: str | None = "api") -> list[tuple[Exchange, Response]]:
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
            path = "/" + exchange.url.split("/", 3)[3]
            found[f"{exchange.method} {path[:80]}: {response.status_code}, {text}"] = None
    return list(found)
