"""Valid HTTP requests that no sensible caller sends, and the statuses that answer them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.spec.addressing import Request
from conformance.spec.media_types import FORM_TYPE, JSON_TYPE
from conformance.spec.resources import CDRS, CUSTOMERS, GREETINGS, SOURCES, USERS
from conformance.wire.records import id_of, readable_records

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.clients.api import Api
    from conformance.spec.resources import Resource
    from conformance.wire.responses import Response

DIGITS = "9" * 40
LONG = "x" * 2_000
"""A text longer than any value may be, and short enough for the request line of every server."""

HUGE = "x" * 100_000
NESTED = "[" * 2_000 + "]" * 2_000

ODD_QUERIES = {
    "percent sign that encodes nothing": "custnr=%zz",
    "bytes that are not UTF-8": "custnr=%FF%FE",
    "NUL": "custnr=a%00b",
    "a key with brackets": "custnr[]=a&customer_id[x][y]=1",
    "a very long value": f"custnr={LONG}",
    "a page that is no number": "page=abc",
    "a page below the first": "page=-1",
    "a page of ten digits": "page=9999999999",
    "a page of forty digits": f"page={DIGITS}",
    "an id of forty digits": f"customer_id={DIGITS}",
    "an id that is no number": "customer_id=%C3%A5",
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
}
ODD_FIELDS = {
    "a malformed quality": {"Accept": "application/json;q=high, */*;q=2"},
    "a type for no body": {"Content-Type": "application/json"},
}
ODD_BODIES = {
    "no body": (FORM_TYPE, b""),
    "a type that does not exist": ("nonsense", b"name=a"),
    "another type": ("text/plain", b"name=a"),
    "a percent sign that encodes nothing": (FORM_TYPE, b"name=%zz"),
    "bytes that are not UTF-8": (FORM_TYPE, b"name=\xff\xfe"),
    "a key twice": (FORM_TYPE, b"name=a&name=b"),
    "a very long value": (FORM_TYPE, b"name=" + HUGE.encode()),
    "JSON that ends too early": (JSON_TYPE, b'{"name": "a'),
    "a JSON array": (JSON_TYPE, b'["name", "a"]'),
    "a JSON text": (JSON_TYPE, b'"name"'),
    "JSON values in JSON values": (JSON_TYPE, b'{"name": {"a": ["b", {"c": null}]}}'),
    "very deep JSON": (JSON_TYPE, NESTED.encode()),
    "a fraction in JSON": (JSON_TYPE, b'{"name": 1.5}'),
    "a number in JSON beyond all bounds": (JSON_TYPE, b'{"name": 1e999, "custnr": -1e999}'),
    "a number in JSON that is none": (JSON_TYPE, b'{"name": NaN, "custnr": -Infinity}'),
    "half a surrogate pair in JSON": (JSON_TYPE, b'{"name": "\\ud800"}'),
    "JSON that is not UTF-8": (JSON_TYPE, b'{"name": "\xff"}'),
    "no JSON at all": (JSON_TYPE, b"name=a"),
}
"""Bodies of a POST with their media types; none has all that a new customer needs."""

ODD_VALUES = {
    "an undefined custom field": {"custom_99": "a"},
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


def get_questions() -> dict[str, Request]:
    """Return the odd GET requests, by what is odd about them."""
    asked = {
        **{what: Request("GET", f"/customers?{query}", {}) for what, query in ODD_QUERIES.items()},
        **{f"{what}, in the path": Request("GET", path, {}) for what, path in ODD_PATHS.items()},
    }
    fields = {
        what: Request("GET", "/customers?page=0", {"headers": headers})
        for what, headers in ODD_FIELDS.items()
    }
    return {**asked, **fields}


def body_questions() -> dict[str, Request]:
    """Return the POST requests with odd bodies, by what is odd about them."""
    return {
        what: Request("POST", "/customers", {"data": body, "headers": {"Content-Type": type_}})
        for what, (type_, body) in ODD_BODIES.items()
    }


def value_questions(api: Api) -> dict[str, Request]:
    """Return the POST requests with odd values beside valid ones, each with fresh names."""
    return {
        what: Request("POST", "/customers", {"data": {**api.values(CUSTOMERS), **odd}})
        for what, odd in ODD_VALUES.items()
    }


def put_questions(api: Api) -> dict[str, Request]:
    """Return odd PUT and DELETE requests for our own customer or for none."""
    made, record = api.shared_record_with_values(CUSTOMERS)
    path, taken = made.path, {"custnr": str(record.get("custnr") or api.fresh())}
    json = {"Content-Type": JSON_TYPE}
    return {
        "a number that is taken": Request(
            "POST", "/customers", {"data": {**api.values(CUSTOMERS), **taken}}
        ),
        "PUT with a JSON array": Request("PUT", path, {"data": b"[1]", "headers": json}),
        "PUT with a text for JSON": Request("PUT", path, {"data": b"{", "headers": json}),
        "PUT with an odd custom field": Request("PUT", path, {"data": {"custom_99": "a"}}),
        "PUT for an id that is none": Request("PUT", "/customers/x%C3%A5", {"data": {"name": "a"}}),
        "PUT for an id of forty digits": Request(
            "PUT", f"/customers/{DIGITS}", {"data": {"name": "a"}}
        ),
        "PUT for nobody": Request("PUT", "/customers", {"data": b""}),
        "DELETE for an id of forty digits": Request("DELETE", f"/customers/{DIGITS}", {}),
        "an override that is none": Request("POST", f"{path}?_method=%C3%A5", {"data": b""}),
    }


def put_questions_of(api: Api, resource: Resource) -> dict[str, Request]:
    """Return PUT requests with odd values for our own record, by what is odd about them."""
    path = api.shared_record(resource).path
    return {
        what: Request("PUT", path, {"data": odd}) for what, odd in ODD_VALUES_OF[resource].items()
    }


def statuses(api: Api, questions: Mapping[str, Request]) -> dict[str, int]:
    """Send requests and return their statuses; remember created records for the clean-up."""
    return {what: sent(api, asked).status_code for what, asked in questions.items()}


def sent(api: Api, asked: Request) -> Response:
    """Send a request and return its response; remember a created customer for the clean-up."""
    response = api.send(asked)
    if asked.method == "POST":
        for record in readable_records(response, CUSTOMERS)[:1]:
            if id_of(CUSTOMERS, record):
                api.adopt(CUSTOMERS, record)
    return response
