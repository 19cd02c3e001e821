"""Requests that a server, well otherwise, never answers: it hangs up, however often they come."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from conformance.checks.histories import UNIQUE
from conformance.checks.passive import MODERATE_BODY, MODERATE_URL, PLAIN_TARGET
from conformance.spec.addressing import Override
from conformance.wire.failures import CLOSED_IDLE, HANG_UPS
from conformance.wire.recorder import observed
from conformance.wire.transport import target_of

if TYPE_CHECKING:
    from conformance.wire.exchanges import Exchange
    from conformance.wire.journal import Journal

LEAST: Final = 4
"""How often a request has to come before its answers count as lost for good."""

FEW: Final = 0.02
"""The share of requests that a network may lose before nothing is said of the server."""

USUAL_FIELDS: Final = frozenset(
    {
        "user-agent",
        "accept",
        "accept-encoding",
        "content-type",
        "content-length",
        "authorization",
        Override.HEADER.value.lower(),
    }
)
"""Header fields that every server understands, so that it is no matter of HTTP to hang up."""

_OWN = re.compile(UNIQUE.pattern + r"|(?<![%0-9A-Za-z])\d+(?![0-9A-Za-z])")


def form_of(exchange: Exchange) -> tuple[str, str, str]:
    """Return method, target and body of a request, without what it has that others have not."""
    body = exchange.request_body.decode("utf-8", "surrogateescape")
    return exchange.method, _OWN.sub("1", target_of(exchange.url)), _OWN.sub("1", body)


def is_moderate(exchange: Exchange) -> bool:
    """Tell whether a request is the right caller's, and such as servers have to take."""
    return (
        exchange.role == "api"
        and {name.lower() for name in exchange.request_headers} <= USUAL_FIELDS
        and len(exchange.url) <= MODERATE_URL
        and len(exchange.request_body) <= MODERATE_BODY
        and PLAIN_TARGET.fullmatch(target_of(exchange.url)) is not None
    )


def never_answered(journal: Journal) -> list[Exchange]:
    """Return the last of each kind of plain request that the server hung up on each time.

    Nothing where as many others got no answer at one time and one at another: then the network
    loses them. Counts the requests as observed.
    """
    moderate = filter(is_moderate, journal.exchanges)
    judged = [each for each in moderate if each.failure != CLOSED_IDLE]  # it may never have come
    observed("requests judged", len(judged))
    if not any(each.failure in HANG_UPS for each in judged):
        return []
    asked: defaultdict[tuple[str, str, str], list[Exchange]] = defaultdict(list)
    for each in judged:
        asked[form_of(each)].append(each)
    lost = {form: [each for each in of if each.failure in HANG_UPS] for form, of in asked.items()}
    never = [form for form, of in asked.items() if len(of) == len(lost[form]) >= LEAST]
    at_times = sum(len(each) for form, each in lost.items() if form not in never)
    if at_times > FEW * len(judged):
        return []
    return [asked[form][-1] for form in never]
