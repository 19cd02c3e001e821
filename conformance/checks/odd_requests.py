"""Valid HTTP requests that no sensible caller sends, and the statuses that answer them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from conformance.spec.addressing import Request
from conformance.spec.media_types import FORM_TYPE, JSON_TYPE
from conformance.spec.resources import CDRS, CUSTOMERS, GREETINGS, SOURCES, USERS
from conformance.wire.records import id_of, readable_records

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.wire.responses import Response

DIGITS = "9" * 40
LONG = "x" * 2_000
"""A text longer than any value may be, and short enough for the request line of every server."""

HUGE = "x" * 100_000
MANY = 1_100
"""More pairs than a server may read."""

NESTED = "[" * 2_000 + "]" * 2_000

OBJECT_NAMES = (
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "__class__",
    "id",
    "class",
)
NAMES_OF_OBJECTS = "=1&".join(OBJECT_NAMES)
"""Names of parameters that a language has for what every object can do."""

ODD_QUERIES = {
    "percent sign that encodes nothing": "custnr=%zz",
    "bytes that are not UTF-8": "custnr=%FF%FE",
    "NUL": "custnr=a%00b",
    "a key with brackets": "custnr[]=a&customer_id[x][y]=1",
    "a very long value": f"custnr={LONG}",
    "a filter twice": "custnr=a&custnr=b",
    "an id twice": "customer_id=1&customer_id=2",
    "a page twice": "page=0&page=0",
    "a filter without a value": "custnr",
    "a page that is no number": "page=abc",
    "a page below the first": "page=-1",
    "a page of ten digits": "page=9999999999",
    "a page of forty digits": f"page={DIGITS}",
    "a page whose first record is beyond 31 bits": "page=2147484",
    "a page whose first record is beyond 32 bits": "page=4294968",
    "a page whose first record is beyond 63 bits": "page=9223372036854776",
    "the last page of 31 bits": "page=2147483647",
    "the last page of 63 bits": "page=9223372036854775807",
    "an id of forty digits": f"customer_id={DIGITS}",
    "an id that is no number": "customer_id=%C3%A5",
    "names that objects have": f"{NAMES_OF_OBJECTS}=1",
}
ODD_PATHS = {
    "an id of ten digits": "/customers/4294967296",
    "an id of forty digits": f"/customers/{DIGITS}",
    "an id below zero": "/customers/-1",
    "a fraction for an id": "/customers/1.5",
    "an id that is no number": "/customers/%C3%A5",
    "a very deep path": "/customers" + "/1" * 60,
    "an unknown suffix": "/customers.yaml",
    "dates that are none": f"{CDRS.path}?from_date=yesterday&to_date=2026-02-31+25:61:61",
    "a mode that is none": f"{CDRS.path}?extended=maybe",
    "the last moment of four digits": f"{CDRS.path}?to_date=9999-12-31+23:59:59",
    "the first moment of a calendar": f"{CDRS.path}?from_date=0001-01-01+00:00:00",
    "braces": "/customers%7B0%7D",
    "signs of a format": "/%25s%25n%7B%7D",
}
ODD_METHODS = ("OPTIONS", "PROPFIND", "SEARCH", "FOO", "get")
"""Method tokens, registered and invented, that write nothing."""

ODD_FIELDS = {
    "an empty Accept": {"Accept": ""},
    "an Accept of separators": {"Accept": ",;,"},
    "an Accept without a type": {"Accept": ";q=0.5"},
    "a malformed quality": {"Accept": "application/json;q=high, */*;q=2"},
    "a type for no body": {"Content-Type": "application/json"},
}
ODD_BODIES = {
    "no body": (FORM_TYPE, b""),
    "a type that does not exist": ("nonsense", b"name=a"),
    "another type": ("text/plain", b"name=a"),
    "a type that ends in a semicolon": (f"{FORM_TYPE};", b"name=a"),
    "a type whose parameter has no value": (f"{JSON_TYPE}; charset", b'{"name": "a"}'),
    "a type of three parts": ("a/b/c; d=e; f", b"name=a"),
    "a percent sign that encodes nothing": (FORM_TYPE, b"name=%zz"),
    "bytes that are not UTF-8": (FORM_TYPE, b"name=\xff\xfe"),
    "a key twice": (FORM_TYPE, b"name=a&name=b"),
    "names that objects have": (FORM_TYPE, f"{NAMES_OF_OBJECTS}=1".encode()),
    "names that objects have in JSON": (
        JSON_TYPE,
        json.dumps(dict.fromkeys(OBJECT_NAMES, "1")).encode(),
    ),
    "a very long value": (FORM_TYPE, b"name=" + HUGE.encode()),
    "very many pairs": (FORM_TYPE, "&".join(f"x{at}=1" for at in range(MANY)).encode()),
    "JSON that ends too early": (JSON_TYPE, b'{"name": "a'),
    "a JSON array": (JSON_TYPE, b'["name", "a"]'),
    "a JSON text": (JSON_TYPE, b'"name"'),
    "JSON values in JSON values": (JSON_TYPE, b'{"name": {"a": ["b", {"c": null}]}}'),
    "very deep JSON": (JSON_TYPE, NESTED.encode()),
    "a fraction in JSON": (JSON_TYPE, b'{"name": 1.5}'),
    "a number in JSON beyond all bounds": (JSON_TYPE, b'{"name": 1e999, "email": -1e999}'),
    "a number in JSON that is none": (JSON_TYPE, b'{"name": NaN, "email": -Infinity}'),
    "half a surrogate pair in JSON": (JSON_TYPE, b'{"name": "\\ud800"}'),
    "JSON that is not UTF-8": (JSON_TYPE, b'{"name": "\xff"}'),
    "no JSON at all": (JSON_TYPE, b"name=a"),
    "nothing for JSON": (JSON_TYPE, b""),
    "blanks for JSON": (JSON_TYPE, b" \r\n"),
    "JSON null": (JSON_TYPE, b"null"),
    "a JSON number": (JSON_TYPE, b"7"),
    "an array of JSON objects": (JSON_TYPE, b'[{"name": "a"}]'),
    "JSON behind a byte order mark": (JSON_TYPE, b'\xef\xbb\xbf{"name": "a"}'),
    "JSON with a key twice": (JSON_TYPE, b'{"name": "a", "name": null}'),
}
"""Bodies with their media types; none has all that a new customer needs."""

NEVER_UPDATES = ("a very long value",)
"""What no record of ours is to hold for the rest of a run."""

CREATES_AS_WELL = (
    *("no body", "another type", "a key twice", "a very long value"),
    *("a JSON array", "nothing for JSON", "JSON null", "no JSON at all"),
)
"""What a POST has as well, where a server may look at once for what is mandatory."""

ODD_VALUES = {
    "an undefined custom field": {"custom_99": "a"},
    "a custom field of forty digits": {f"custom_{DIGITS}": "a"},
    "a custom field without a number": {"custom_x": "a"},
    "a flag that is none": {"freespee_caller_id": "å"},
    "a choice that is none": {"receive_monthly_report": "ö"},
    "an address that is none": {"email": "no address å"},
    "an id that is given": {"customer_id": "1.5"},
    "a parameter that nobody knows": {"å": "b", "x" * 300: "c"},
}
"""Odd parameters that a POST of a customer sends beside the mandatory ones."""

_ALTERNATIVES = {
    "that are no JSON": "[{",
    "that are no array": '{"phonenr": "+46850009900"}',
    "that are texts": '["+46850009900"]',
    "that are nothing": "[null, {}]",
    "that are too deep": NESTED,
    "at times that are none": '[{"phonenr": "voicemail", "weekdays": "mon,x", "from_time": "25:61"'
    ', "to_time": null, "alt_key": -1}]',
}
ODD_VALUES_OF = {
    SOURCES: {
        "a number that cannot be called": {"phonenr": "å"},
        "a number of forty digits": {"phonenr": DIGITS},
        **{f"numbers {which}": {"alt_numbers": text} for which, text in _ALTERNATIVES.items()},
        "a moment that is none": {"timestamp": "2026-02-31 25:61:61"},
        "an end that is none": {"expire": "never"},
        "an end at the last moment of four digits": {"expire": "9999-12-31 23:59:59"},
        "a greeting that is none": {"vm_greeting_id": "x"},
        "a greeting of forty digits": {"vm_greeting_id": DIGITS},
        "a very long medium": {"media": LONG},
    },
    USERS: {
        "an address that is none": {"email": "no address å"},
        "a flag that is none": {"write_access": "å"},
        "a choice that is none": {"receive_monthly_report": "ö"},
        "a very long password": {"password": LONG},
    },
    GREETINGS: {
        "a sound that is none": {"sounddata": "%%%"},
        "a lock": {"locked": "å"},
        "a user that is none": {"used_by": "[{"},
    },
}
"""Odd parameters that a PUT to a source, user or greeting sends."""


ODD_GETS = {
    **{what: Request("GET", f"/customers?{query}", {}) for what, query in ODD_QUERIES.items()},
    **{f"{what}, in the path": Request("GET", path, {}) for what, path in ODD_PATHS.items()},
    **{
        what: Request("GET", "/customers?page=0", {"headers": fields})
        for what, fields in ODD_FIELDS.items()
    },
}
"""GET requests, by what is odd about them."""

_UPDATES = {
    f"PUT, {what}": Request("PUT", "{path}", {"data": body, "headers": {"Content-Type": type_}})
    for what, (type_, body) in ODD_BODIES.items()
    if what not in NEVER_UPDATES
}
ODD_BODIED = _UPDATES | {
    f"POST, {what}": Request(
        "POST", "/customers", {"data": ODD_BODIES[what][1], "headers": {"Content-Type": type_}}
    )
    for what, (type_, _) in ODD_BODIES.items()
    if what in CREATES_AS_WELL
}
"""Writes by what is odd about their bodies; those to `{path}` are for a customer of ours."""

ODD_WRITES = {
    "PUT with an odd custom field": Request("PUT", "{path}", {"data": {"custom_99": "a"}}),
    "PUT for an id that is none": Request("PUT", "/customers/x%C3%A5", {"data": {"name": "a"}}),
    "PUT for an id of forty digits": Request(
        "PUT", f"/customers/{DIGITS}", {"data": {"name": "a"}}
    ),
    "PUT for nobody": Request("PUT", "/customers", {"data": b""}),
    "DELETE for an id of forty digits": Request("DELETE", f"/customers/{DIGITS}", {}),
    "an override that is none": Request("POST", "{path}?_method=%E6%A0%AA", {"data": b""}),
}
"""Requests to change or delete a customer of ours, at `{path}`, or none, by what is odd."""

TAKEN = "a number that is taken"
ODD_CUSTOMERS = (*ODD_VALUES, TAKEN, *ODD_WRITES)
"""What can be odd about a request that writes to customers."""


def odd_write(api: Api, what: str) -> Request:
    """Return a request that writes to customers, by what is odd about it; its names are fresh."""
    if what in ODD_WRITES:
        return aimed(api, ODD_WRITES[what])
    values = {**api.values(CUSTOMERS), **ODD_VALUES.get(what, {})}
    if what == TAKEN:
        _, known = api.shared_record_with_values(CUSTOMERS)
        values["custnr"] = str(known.get("custnr") or values["custnr"])
    return Request("POST", CUSTOMERS.collection, {"data": values})


def aimed(api: Api, odd: Request) -> Request:
    """Return a request with the path of a customer of ours for `{path}`."""
    return replace(odd, path=odd.path.replace("{path}", api.shared_record(CUSTOMERS).path))


def sent(api: Api, asked: Request) -> Response:
    """Send a request and return its response; remember a created customer for the clean-up."""
    response = api.send(asked)
    if asked.method == "POST":
        for record in readable_records(response, CUSTOMERS)[:1]:
            if id_of(CUSTOMERS, record):
                api.adopt(CUSTOMERS, record)
    return response
