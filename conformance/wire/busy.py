"""What an answer, or its absence, says about the state of the server rather than of the request."""

from __future__ import annotations

import datetime as dt
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from conformance.spec.status_codes import BUSY, LETS_NOBODY_IN, SERVER_ERRORS, THROTTLED
from conformance.wire.digest import usable_challenge
from conformance.wire.failures import BEFORE_ASKED, REFUSED, TOO_LATE

if TYPE_CHECKING:
    from conformance.wire.exchanges import Exchange
    from conformance.wire.responses import Response

LONGEST_WAIT = 60.0
"""The most seconds of a Retry-After that are waited for."""

UNAUTHORIZED, FORBIDDEN = 401, 403

_NOT_HANDLED = frozenset({THROTTLED, 503})


def status_of(exchange: Exchange) -> int | None:
    """Return the status code of an answer; None where none came."""
    return exchange.response.status_code if exchange.response is not None else None


def is_busy(exchange: Exchange) -> bool:
    """Tell whether the server, or a gateway before it, had no time for the request."""
    return status_of(exchange) in BUSY or is_put_off(exchange)


def is_put_off(exchange: Exchange) -> bool:
    """Tell whether a refusal asks to come again later: some count requests so, and answer 403."""
    return status_of(exchange) == FORBIDDEN and retry_after(exchange.response) is not None


def is_unwell(exchange: Exchange) -> bool:
    """Tell whether there is no answer, one of a server error, or one of a server too busy."""
    status = status_of(exchange)
    return status is None or status == THROTTLED or status in SERVER_ERRORS


def is_refused(exchange: Exchange) -> bool:
    """Tell whether a request with credentials was answered as where the caller is unknown."""
    return exchange.authorized and status_of(exchange) in LETS_NOBODY_IN


def is_right(exchange: Exchange) -> bool:
    """Tell whether the server is well, by an answer, and lets the caller in.

    A gateway may refuse requests before it asks for credentials.
    """
    return not is_unwell(exchange) and status_of(exchange) not in LETS_NOBODY_IN


def is_stale(exchange: Exchange) -> bool:
    """Tell whether a refusal says that nothing but the nonce was too old."""
    offered = [] if exchange.response is None else exchange.response.all("WWW-Authenticate")
    challenge = usable_challenge(offered)
    return challenge is not None and challenge.stale


def may_be_sent_again(exchange: Exchange) -> bool:
    """Tell whether nothing can be done twice by sending a request once more.

    It was not handled, as far as the answer says, or only reads. A gateway that lost the answer of
    the service behind it does not know what that has done. What is refused where its nonce comes
    from, each caller answers again; elsewhere another process may be asked.
    """
    if exchange.response is None:
        once_more = exchange.outgoing.is_safe and exchange.failure != TOO_LATE
        return once_more or exchange.failure == REFUSED or exchange.failure.endswith(BEFORE_ASKED)
    not_handled = status_of(exchange) in _NOT_HANDLED or is_put_off(exchange)
    refused = status_of(exchange) == UNAUTHORIZED and not exchange.response.moved
    return not_handled or refused or exchange.outgoing.is_safe


def says_no_more(exchange: Exchange) -> bool:
    """Tell whether a refusal offers no other nonce: its own may have been at fault."""
    offered = [] if exchange.response is None else exchange.response.all("WWW-Authenticate")
    refused = status_of(exchange) == UNAUTHORIZED and usable_challenge(offered) is None
    return refused or status_of(exchange) == FORBIDDEN


def is_denied(exchange: Exchange) -> bool:
    """Tell whether a refusal may be for the account or for the request, and names no time."""
    return status_of(exchange) == FORBIDDEN and not is_put_off(exchange)


def what_happened(exchange: Exchange) -> str:
    """Say in a few words what came in place of a real answer."""
    status = status_of(exchange)
    return exchange.failure if status is None else f"{exchange.method} was answered {status}"


def retry_after(response: Response | None) -> float | None:
    """Return the seconds that Retry-After asks for (RFC 9110, 10.2.3), at most LONGEST_WAIT.

    None where there is no such field, or none that can be read.
    """
    text = response.headers.get("Retry-After", "").strip() if response is not None else ""
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    return min(max(0.0, (moment - dt.datetime.now(dt.UTC)).total_seconds()), LONGEST_WAIT)
