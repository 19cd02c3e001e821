"""The exchanges of a whole run that passive rules judge."""

from __future__ import annotations

import re
from http import HTTPStatus
from itertools import zip_longest
from typing import TYPE_CHECKING

from conformance.spec.addressing import Override
from conformance.spec.status_codes import TROUBLE, UNSUPPORTED
from conformance.wire.recorder import observed
from conformance.wire.transport import target_of

if TYPE_CHECKING:
    from conformance.wire.exchanges import Exchange
    from conformance.wire.journal import Journal

MODERATE_URL, MODERATE_BODY = 1000, 4096
"""Characters of a URL and bytes of a body that every server takes."""

TOO_LARGE = (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.REQUEST_URI_TOO_LONG, 431)
"""Status codes of HTTP that refuse a request for its size."""

UNKNOWN_VERSION = HTTPStatus.HTTP_VERSION_NOT_SUPPORTED
USUAL_VERSIONS = ("HTTP/1.0", "HTTP/1.1")
"""The versions of HTTP that a server of this API has to understand on a request line."""

NAMES_A_TYPE = ("json", "application/*", "*/*", "xml")
"""Parts of an Accept value that name a representation of the API."""

PLAIN_TARGET = re.compile(r"(/[\w.~-]+)+(\?[\w.~=&+-]*)?", re.ASCII)
"""A request target that no server or proxy has a reason to rewrite."""

SENDING_ON = (301, 302, 303, 307, 308)
"""Status codes of HTTP that name another address."""

_SLASH_TOO_MANY = re.compile(r"(?<!:)//|/(?=\?|$)")
_NUMBER = re.compile(r"/[0-9]+(?=[/?]|$)")
_VALUE = re.compile(r"=[^&]*")
_MALFORMED_QUALITY = re.compile(r";\s*q\s*=(?!\s*(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*(?:;|$))")


def answered_exchanges(journal: Journal, *, role: str | None = "api") -> list[Exchange]:
    """Return the exchanges of a role that have a response.

    Without a role, return those of every role over HTTPS. Counts them as observed.
    """
    found = [
        each
        for each in journal.judged
        if each.response is not None
        and (each.role == role if role is not None else each.url.startswith("https:"))
    ]
    observed("answers judged", len(found))
    return found


def answered_in_place(journal: Journal) -> list[Exchange]:
    """Return the answered exchanges, but those that are sent on from a path with a slash too many.

    The document has no such path: a server may tell which one is meant.
    """
    return [
        each
        for each in answered_exchanges(journal)
        if each.answer.status_code not in SENDING_ON or not _SLASH_TOO_MANY.search(each.url)
    ]


def left_unauthorized(journal: Journal) -> list[Exchange]:
    """Return the requests of the api role that ended with 401.

    A 401 is left out if the request was sent again with another nonce, and so are URLs that a
    server or proxy may rewrite, whose digest would not match. Counts the responses as observed.
    """
    calls = [each for each in journal.judged if each.role == "api"]
    left = [
        call
        for call, after in zip_longest(calls, calls[1:])
        if call.response is not None
        and call.authorized
        and PLAIN_TARGET.fullmatch(target_of(call.url))
        and (after is None or not after.asks_again(call))
    ]
    observed("answers judged", len(left))
    return [each for each in left if each.answer.status_code == HTTPStatus.UNAUTHORIZED]


def inconsistently_refused(journal: Journal) -> list[Exchange]:
    """Return the GETs that were answered 405 or 501 although similar ones succeeded.

    Similar GETs differ only in ids and in the values of parameters. Requests with an override are
    left out. Counts the responses as observed.
    """
    asked = [
        (_NUMBER.sub("/1", _VALUE.sub("=", target_of(each.url))), each)
        for each in journal.judged
        if each.response is not None
        and each.role == "api"
        and each.method == "GET"
        and "_method" not in each.url
        and Override.HEADER.value not in each.request_headers
    ]
    answered = {pattern for pattern, each in asked if each.answer.ok}
    alike = [each for pattern, each in asked if pattern in answered]
    observed("answers judged", len(alike))
    return [each for each in alike if each.answer.status_code in UNSUPPORTED]


def accepts_a_type(exchange: Exchange) -> bool:
    """Tell whether a request accepts JSON or XML by its Accept field, or has none.

    A media range with a malformed quality is ignored, as servers may do.
    """
    accept = exchange.request_headers.get("Accept", "*/*").lower()
    ranges = [each for each in accept.split(",") if not _MALFORMED_QUALITY.search(each)]
    return any(name in each for each in ranges for name in NAMES_A_TYPE)


def tells_of_trouble(exchange: Exchange) -> bool:
    """Tell whether an answer tells of trouble with a request that may be sent in HTTP/1.1."""
    status = exchange.answer.status_code
    other_version = exchange.version not in USUAL_VERSIONS
    return status in TROUBLE and not (other_version and status == UNKNOWN_VERSION)


def refuses_its_size(exchange: Exchange) -> bool:
    """Tell whether a request was refused for being large, by a server in front as a rule.

    The standard for HTTP has status codes of its own for that.
    """
    response = exchange.response
    large = len(exchange.url) > MODERATE_URL or len(exchange.request_body) > MODERATE_BODY
    return large and response is not None and response.status_code in TOO_LARGE
