"""All data is UTF-8 and reads back as it was sent (S26, S27)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from conformance.checks import request_data, url_parameters
from conformance.checks.encodings import other_than_utf_8
from conformance.clients.raw_http import RawHttp, RawRequest
from conformance.rules import INFERRED, RELIED_ON, STATED, rule
from conformance.spec.resources import CUSTOMERS
from conformance.verdicts import observable_if
from conformance.wire.records import ids_in
from strategies.texts import QUERY_TEXTS, TEXTS, WHITE_SPACE

if TYPE_CHECKING:
    from conformance.clients.api import Api

XML = {"Accept": "application/xml"}


@rule("text-comes-back", statements="S26", basis=STATED)
def test_text_comes_back(api: Api) -> None:
    """A name in any script reads back unchanged, in JSON and in XML, unless refused."""
    made = api.shared_record(CUSTOMERS)

    changed = request_data.names_read_back_otherwise(api, made, TEXTS.values())

    assert changed == {}


@rule("white-space-comes-back", statements="S26", basis=INFERRED)
def test_white_space_comes_back(api: Api) -> None:
    """A name with a new line, a tab or outer blanks reads back unchanged, unless refused."""
    made = api.shared_record(CUSTOMERS)

    changed = request_data.names_read_back_otherwise(api, made, WHITE_SPACE.values())

    assert changed == {}


@rule("answers-are-utf-8", statements="S26", basis=STATED)
def test_answers_are_utf_8(api: Api) -> None:
    """Responses with non-ASCII text are UTF-8 and name no other encoding, in JSON and in XML."""
    made = api.shared_record(CUSTOMERS)
    put = api.put(made.path, data={"name": TEXTS["scripts"]})

    alone = api.get(made.path, headers=XML)
    listed = api.get(CUSTOMERS.collection, headers=XML)

    shown = [put, api.get(made.path), alone, listed]
    assert [problem for each in shown if (problem := other_than_utf_8(each))] == []


@rule("refusals-are-utf-8", statements="S26", basis=STATED)
def test_refusals_are_utf_8(api: Api) -> None:
    """Responses to invalid non-ASCII input are UTF-8 and name no other encoding."""
    made, text = api.shared_record(CUSTOMERS), {"receive_monthly_report": "håltå"}

    refused = [
        api.put(made.path, data=text),
        api.put(made.path, data=text, headers=XML),
        api.put(made.path, data={"name": "å" * 300}),
        api.put(made.path, data={"name": "x" + "å" * 300}),
        api.get("/statistics/cdrs", params={"page": "håltå"}),
        api.get("/sources", params={"customer_id": "håltå"}),
        api.get("/h%C3%A5lt%C3%A5"),
    ]

    assert [problem for each in refused if (problem := other_than_utf_8(each))] == []


@rule("query-is-decoded-once", statements="S27", basis=STATED)
@pytest.mark.parametrize("end", QUERY_TEXTS.values(), ids=QUERY_TEXTS.keys())
def test_query_is_decoded_once(api: Api, end: str) -> None:
    """GET /customers finds a custnr with any characters however the query encodes it.

    A space may be + or %20, and characters may be encoded that need not be; the value is decoded
    exactly once.
    """
    custnr = api.fresh() + end
    url_parameters.customer_with_custnr(api, custnr)

    found = url_parameters.found_in_each_spelling(api, custnr)

    missed = [way for way in found if custnr not in found[way]]
    assert [f"with {way} the filter does not find the customer" for way in missed] == []


@rule("query-digits-in-any-case", statements="S27", basis=STATED)
def test_query_digits_in_any_case(api: Api, raw_http: RawHttp) -> None:
    """GET /customers finds a custnr that is URL-encoded with lower-case hexadecimal digits."""
    custnr = api.fresh() + "/å:ñ"
    url_parameters.customer_with_custnr(api, custnr)
    twin = raw_http.send(RawRequest("GET", f"/customers?custnr={quote(custnr, safe='')}"))
    observable_if(ids_in(twin, CUSTOMERS), "with capital digits it is not found either")

    written = url_parameters.in_small_digits(custnr)
    response = raw_http.send(RawRequest("GET", f"/customers?custnr={written}"))

    assert ids_in(response, CUSTOMERS) == ids_in(twin, CUSTOMERS)


@rule("query-names-are-decoded", statements="S27", basis=RELIED_ON)
def test_query_names_are_decoded(api: Api) -> None:
    """GET /customers finds the same customers when the name custnr is URL-encoded."""
    custnr = api.samples.value_of(CUSTOMERS, "custnr")
    plain = api.get("/customers", params={"custnr": custnr})
    observable_if(ids_in(plain, CUSTOMERS), "with its plain name it finds nothing either")

    response = api.get(f"/customers?%63ust%6Er={quote(custnr, safe='')}")

    assert ids_in(response, CUSTOMERS) == ids_in(plain, CUSTOMERS)
