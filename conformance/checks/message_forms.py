"""The forms that a request line and a Host field may have, which a guard may not expect."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from conformance.checks.entrances import Attempt
from conformance.checks.plain_http import greeting
from conformance.clients.raw_http import CLOSE, HOST, HTTP_1_0, RawRequest
from conformance.spec.resources import CUSTOMERS
from conformance.wire.digest import authorization
from conformance.wire.recorder import observed
from conformance.wire.transport import target_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.clients.manual_digest import ManualDigest
    from conformance.clients.raw_http import RawHttp
    from conformance.clients.roles import Roles
    from conformance.wire.digest import Challenge

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


def plain_entries(roles: Roles, sign: str, *, authorized: bool) -> list[Attempt]:
    """Send each form over plain HTTP; return what came of each, or that nothing answers there.

    With a digest that answers a challenge of HTTPS, where asked for. Raises NotRun where such a
    digest may not be sent over plain HTTP.
    """
    digest, raw = roles.plain_manual_digest, roles.plain_raw_http
    first = greeting(digest)
    if first.response is None:
        observed("places that answer nothing", 1)
        return [Attempt("GET", first, sign)]
    forms = message_forms(roles.target.base_url)
    if authorized:
        challenge = roles.manual_digest().challenge(PLAIN.path)
        forms = {
            form: _signed(digest, challenge, asked, count)
            for count, (form, asked) in enumerate(forms.items(), start=1)
        }
    return _entries(raw, forms, sign)


def _signed(
    digest: ManualDigest, challenge: Challenge, asked: RawRequest, count: int
) -> RawRequest:
    """Return a request with the digest for a challenge."""
    uri = asked.target or target_of(digest.url(asked.path))
    fields = digest.fields(challenge, asked.method, asked.path, named_uri=uri, count=count)
    return replace(asked, fields=(*asked.fields, ("Authorization", authorization(fields))))


def anonymous_entries(raw: RawHttp, base_url: str, sign: str) -> list[Attempt]:
    """Send each form without credentials, and return what came of each."""
    return _entries(raw, message_forms(base_url), sign)


def _entries(raw: RawHttp, forms: Mapping[str, RawRequest], sign: str) -> list[Attempt]:
    return [
        Attempt(f"GET with {form}", raw.sent_as_it_is(asked), sign) for form, asked in forms.items()
    ]
