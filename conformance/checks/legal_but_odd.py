"""Requests that the standards allow and clients send, though nobody would think of them first."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from conformance.clients.raw_http import RawRequest
from conformance.spec.addressing import Override, Request
from conformance.spec.entrances import OWN_NAMES
from conformance.spec.media_types import ACCEPT, FORM_TYPE, XML
from conformance.spec.resources import CDRS, CUSTOMERS
from conformance.spec.status_codes import TROUBLE
from conformance.verdicts import applicable_if
from conformance.wire.records import record_with_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.clients.api import Api
    from conformance.clients.client import Client
    from conformance.clients.raw_http import RawHttp
    from conformance.spec.addressing import Identity
    from conformance.spec.resources import Record
    from conformance.wire.responses import Response

FORM = {"Content-Type": FORM_TYPE}
HEADER = Override.HEADER.value

ODD_OVERRIDES: dict[str, tuple[str, dict[str, str | None]]] = {
    "in brackets": ("?_method[]=PUT", {}),
    "in encoded brackets": ("?_method%5B%5D=PUT", {}),
    "with a key in brackets": ("?_method[a]=PUT", {}),
    "twice": ("?_method=PUT&_method=PUT", {}),
    "twice, different": ("?_method=PUT&_method=PATCH", {}),
    "without a value": ("?_method", {}),
    "with blanks": ("?_method=+PUT+", {}),
    "a list in the header": ("", {HEADER: "PUT, PUT"}),
    "a blank in the header": ("", {HEADER: "PUT DELETE"}),
    "of itself": ("?_method=POST", {HEADER: "POST"}),
    "by every other name": ("?method=PUT&X-HTTP-Method-Override=PUT&_METHOD=PUT", {}),
}
"""Spellings of an override of a POST: what follows the path, and header fields."""

ODD_VALUES: dict[str, str] = {
    "in brackets": "name[]={0}",
    "in encoded brackets": "name%5B%5D={0}",
    "with a key in brackets": "name[a]={0}",
    "twice in brackets": "name[]={0}&name[]={0}",
    "plain, then in brackets": "name={0}&name[]={0}",
    "in brackets of something else": "customer[name]={0}",
    "behind a dot": "customer.name={0}",
    "empty pairs around it": "&&name={0}&&",
    "without a value": "corporateid&name={0}",
    "with an equals sign": "name={0}&=x",
}
"""Bodies of a PUT that may set the name of a customer to {0}, or to what it was, and no other."""

ODD_QUERIES: dict[str, str] = {
    "filters in brackets": "/customers?custnr[]=a&customer_id[]=1&page[]=0",
    "filters with a key in brackets": "/customers?custnr[x]=a&page[x]=0",
    "a page in brackets": "/customers?page[]=0",
    "a filter twice in brackets": "/customers?custnr[]=a&custnr[]=b",
    "calls with everything in brackets": f"{CDRS.collection}?page[x]=1&customer_id[]=1"
    "&from_date[]=2026-01-01+00:00:00&extended[]=1",
    "a page twice": "/customers?page=0&page=0",
    "a key without a value, and the reverse": "/customers?page&=1",
    "nothing but ampersands": "/customers?&&&",
    "a raised digit for an id": "/customers/%C2%B2",
    "a circled digit for a filter": f"{CDRS.collection}?customer_id=%E2%91%A0",
    "two question marks": "/customers??page=0",
    "semicolons": "/customers?page=0;custnr=a",
    "every character that a query may have": "/customers?custnr=%23a:@/?!$'()*,;=b",
}
SERVED_QUERIES: dict[str, str] = {
    "empty pairs": "?&custnr={0}&&",
    "a parameter of another resource": "?custnr={0}&cf_unknown=1",
    "an encoded letter in the value": "?custnr=%63{1}",
    "the page said twice alike": "?custnr={0}&page=0&page=0",
}
"""Queries that ask for a customer's number {0}, which begins with c and goes on with {1}."""

LONG_REQUESTS: dict[str, Callable[[], Request]] = {
    "a query of 9,000 characters": lambda: Request("GET", f"/customers?custnr={'x' * 9_000}", {}),
    "a path of 9,000 characters": lambda: Request("GET", f"/customers/{'1' * 9_000}", {}),
    "a field of 9,000 characters": lambda: Request(
        "GET", "/customers", {"headers": {"X-Request-ID": "x" * 9_000}}
    ),
    "a hundred fields": lambda: Request(
        "GET", "/customers", {"headers": {f"X-Cf-{number}": "x" for number in range(100)}}
    ),
    "a body of a megabyte": lambda: Request(
        "POST", "/customers", {"data": b"name=" + b"x" * 1_000_000, "headers": FORM}
    ),
}
"""Requests that a server may find too long, by what is long about them."""


def odd_overrides(api: Api, made: Identity) -> dict[str, int]:
    """POST a name to a record with each override in an odd spelling; return the statuses."""
    answers = {
        which: api.post(made.path + query, data={"name": api.fresh()}, headers=headers)
        for which, (query, headers) in ODD_OVERRIDES.items()
    }
    return {which: each.status_code for which, each in answers.items()}


def gone_after(answered: dict[str, int], left: Record | None) -> list[str]:
    """Return in words that a record is gone after requests that were answered so, if it is."""
    told = ", ".join(f"{which}: {status}" for which, status in answered.items())
    return [] if left is not None else [f"the customer is gone; overrides were answered: {told}"]


def odd_values(api: Api, made: Identity, before: object) -> dict[str, str]:
    """PUT bodies that may set the name of a record; return those that have set another one.

    What the answer shows is taken, or else what a read shows.
    """
    wrong = {}
    for which, body in ODD_VALUES.items():
        name = api.fresh()
        response = api.put(made.path, data=body.format(name).encode(), headers=FORM)
        record = (record_with_id(response, made) if response.ok else None) or {}
        stored = (record if "name" in record else api.read(made)).get("name")
        if response.status_code in TROUBLE or stored not in (name, before):
            wrong[which] = f"{response.status_code}, {stored!r}"
        before = stored
    return wrong


def served_query(which: str, custnr: str) -> str:
    """Return the path of a list with a query that asks for one number."""
    return CUSTOMERS.collection + SERVED_QUERIES[which].format(custnr, custnr[1:])


def in_lower_case(path: str) -> Request:
    """Return the GET of a path in XML, with the names of its fields in lower case."""
    return Request("GET", path, {"headers": {"Accept": None, "accept": ACCEPT[XML]}})


def host_in_capitals(client: Client, made: Identity) -> dict[str, str]:
    """Return the field that names a target's host in capital letters.

    An address, which has none, is called as any machine calls itself. Not applicable where the name
    does not lead to a record in small letters either.
    """
    place = urlsplit(client.url(""))
    host = place.hostname or ""
    name = OWN_NAMES[0] if ":" in host or host.upper() == host else host
    written = f"{name}:{place.port}" if place.port else name
    plain = client.get(made.path, headers={"Host": written})
    applicable_if(record_with_id(plain, made) is not None, f"the target does not go by {written}")
    return {"Host": written.upper()}


def effect(response: Response, left: Record | None) -> str:
    """Return the status of an answer, and what became of the record which it was to delete.

    One that is still there after a refusal is not told.
    """
    if left is None:
        return f"{response.status_code} and the record is gone"
    return f"{response.status_code}{' and the record is still there' if response.ok else ''}"


def without_length(raw_http: RawHttp, path: str) -> Response:
    """POST an override to DELETE, with neither a body nor a length."""
    return raw_http.send(RawRequest("POST", path, fields=((HEADER, "DELETE"),)))


def with_trailers(raw_http: RawHttp, path: str, body: bytes) -> Response:
    """PUT a form in chunks, with extensions and a trailer field behind the last one."""
    first, rest = body[:3], body[3:]
    chunks = b"%x;cf=1\r\n%b\r\n%x\r\n%b\r\n0\r\nX-Checksum: 1\r\n\r\n"
    octets = chunks % (len(first), first, len(rest), rest)
    fields = (("Transfer-Encoding", "chunked"), ("Trailer", "X-Checksum"), *FORM.items())
    return raw_http.send(RawRequest("PUT", path, fields=fields, body=octets))
