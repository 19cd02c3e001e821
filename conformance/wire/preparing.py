"""Requests made ready for the wire, as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote_plus, urlencode

import requests
from requests.structures import CaseInsensitiveDict

from conformance import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping

BODILESS = frozenset({"GET", "HEAD"})
"""Methods of requests that say nothing about a body where they have none."""


def default_headers(contact: str | None) -> dict[str, str]:
    """Return the header fields that every request has, unless it says otherwise."""
    return {
        "User-Agent": f"freespee-conformance/{__version__}" + (f" ({contact})" if contact else ""),
        "Accept": "*/*",
        "Accept-Encoding": "identity",
    }


def encoded(pairs: Mapping[str, str]) -> bytes:
    """URL-encode key/value pairs in UTF-8, a space as "+"."""
    return urlencode(pairs, quote_via=quote_plus).encode()


def prepared_request(
    method: str, url: str, headers: Mapping[str, str], body: bytes | None
) -> requests.PreparedRequest:
    """Return a request that is sent as it is.

    The library's own preparation would normalise the path, write the method in capitals, and take
    half the time that a request costs. Of what it adds the length of the body is needed.
    """
    prepared = requests.PreparedRequest()
    prepared.method, prepared.url, prepared.body = method, url, body or None
    prepared.headers = CaseInsensitiveDict(headers)
    if body or (method.upper() not in BODILESS and "Content-Length" not in prepared.headers):
        prepared.headers["Content-Length"] = str(len(body or b""))
    return prepared
