"""The forms that a request line and a Host field may have, which a guard may not expect."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from conformance.checks.entrances import Attempt
from conformance.checks.plain_http import greeting
from conformance.clients.raw_http import CLOSE, HOST, HTTP_1_0, RawRequest
from conformance.spec.resources import CUSTOMERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.clients.raw_http import RawHttp
    from conformance.clients.roles import Roles

PLAIN = RawRequest("GET", CUSTOMERS.collection, fields=(CLOSE,))


def message_forms(base_url: str) -> Mapping[str, RawRequest]:
    """Return GETs of the customers in each form, by what is odd about it."""
    url = urlsplit(f"{base_url}{PLAIN.path}")
    place = f"{url.netloc}{url.path}"
    return {
        "HTTP/1.0 without Host": replace(PLAIN, version=HTTP_1_0, hosts=()),
        "HTTP/1.0": replace(PLAIN, version=HTTP_1_0),
        "HTTP/1.1 without Host": replace(PLAIN, hosts=()),
        "two Host fields": replace(PLAIN, hosts=(HOST, HOST)),
        "an absolute target": replace(PLAIN, target=f"https://{place}"),
        "an absolute target of plain HTTP": replace(PLAIN, target=f"http://{place}"),
        "an absolute target of the machine": replace(PLAIN, target=f"https://localhost{url.path}"),
        "a later version": replace(PLAIN, version="HTTP/1.9"),
        "HTTP/2 in words": replace(PLAIN, version="HTTP/2.0"),
    }


def plain_entries(roles: Roles, sign: str) -> list[Attempt]:
    """Send each form over plain HTTP; return what came of each, or that nothing answers there."""
    first = greeting(roles.plain_manual_digest)
    if first.response is None:
        return [Attempt("GET", first, sign)]
    return anonymous_entries(roles.plain_raw_http, roles.target.base_url, sign)


def anonymous_entries(raw: RawHttp, base_url: str, sign: str) -> list[Attempt]:
    """Send each form without credentials, and return what came of each."""
    forms = message_forms(base_url)
    return [
        Attempt(f"GET with {form}", raw.unauthorized(asked), sign) for form, asked in forms.items()
    ]
