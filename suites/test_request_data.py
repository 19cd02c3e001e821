"""Request data: forms under each name of their media type, and JSON where offered (S24, S25)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from conformance.checks import request_data
from conformance.checks.custom_fields import custom_values
from conformance.readings import reading
from conformance.rules import INFERRED, RELIED_ON, STATED, rule
from conformance.spec.addressing import Form, Override, Request, overridden
from conformance.spec.equal_ways import FORM, WriteWay
from conformance.spec.media_types import FORM_TYPE, JSON_TYPE, PRINTED_FORM_TYPE
from conformance.spec.resources import CUSTOMERS, GREETINGS, SOURCES
from conformance.verdicts import applicable_if
from suites.parameters import each_override

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.clients.raw_http import RawHttp
    from conformance.spec.resources import Resource

AS_JSON = {"Content-Type": JSON_TYPE}
TEXT = "Åsa שלום 株式 📞 e\u0301"


@rule("form-as-registered", statements="S24", basis=STATED)
def test_form_as_registered(api: Api) -> None:
    """POST and PUT store a form of the registered type, application/x-www-form-urlencoded."""
    written = request_data.stored_by_type(api, FORM_TYPE)

    assert [each for each in written if not each.done] == []


@rule("form-as-printed", statements="S24", basis=STATED)
@pytest.mark.parametrize("resource", [CUSTOMERS, GREETINGS, SOURCES], ids=str)
def test_form_as_printed(api: Api, resource: Resource) -> None:
    """POST and PUT store a form of the type printed, application/x-www-form-urlencode."""
    api.offers.require(resource, "PUT")

    written = request_data.stored_by_type(api, PRINTED_FORM_TYPE, resource)

    assert [each for each in written if not each.done] == []


@rule("form-with-charset", statements="S24 S26", basis=INFERRED)
def test_form_with_charset(api: Api) -> None:
    """POST and PUT store a form whose Content-Type has charset=UTF-8."""
    written = request_data.stored_by_type(api, FORM_TYPE + "; charset=UTF-8")

    assert [each for each in written if not each.done] == []


@rule("form-type-in-any-case", statements="S24", basis=INFERRED)
def test_form_type_in_any_case(api: Api) -> None:
    """POST and PUT store a form whose Content-Type is in mixed letter case."""
    written = request_data.stored_by_type(api, "Application/X-WWW-Form-URLencoded")

    assert [each for each in written if not each.done] == []


@rule("form-without-type", statements="S24", basis=RELIED_ON)
def test_form_without_type(api: Api, raw_http: RawHttp) -> None:
    """POST and PUT store a form that comes without a Content-Type."""
    api.offers.require_creation(CUSTOMERS)
    values, name = api.values(CUSTOMERS), api.fresh()
    made = api.shared_record(CUSTOMERS)

    posted = request_data.typeless(raw_http, "POST", "/customers", values)
    request_data.typeless(raw_http, "PUT", made.path, {"name": name})

    created = api.stored(CUSTOMERS, posted, "custnr", values["custnr"])
    assert [each.get("name") for each in created] == [values["name"]]
    assert api.read(made).get("name") == name


@rule("form-in-chunks", statements="S24 S04", basis=INFERRED)
def test_form_in_chunks(api: Api, raw_http: RawHttp) -> None:
    """POST stores a form that comes with Transfer-Encoding: chunked."""
    api.offers.require_creation(CUSTOMERS)
    values = api.values(CUSTOMERS)

    posted = request_data.in_chunks(raw_http, Request("POST", "/customers", {}), values)

    created = api.stored(CUSTOMERS, posted, "custnr", values["custnr"])
    assert [each.get("name") for each in created] == [values["name"]]


@rule("put-that-succeeds-is-done", statements="S12 S38 S24 S25 S26", basis=STATED)
@pytest.mark.parametrize("spelling", request_data.WRITTEN_AS)
def test_put_that_succeeds_is_done(api: Api, spelling: str) -> None:
    """PUT with a media type in another spelling is done where it is answered with success.

    In UTF-8, with letters beyond ASCII.
    """
    name = f"{api.fresh()} Åsa é"

    response, made = request_data.put_written_as(api, spelling, name)

    applicable_if(response.ok, f"it is refused with {response.status_code}")
    assert api.read(made).get("name") == name


@rule("put-in-chunks-that-succeeds-is-done", statements="S12 S38 S04", basis=STATED)
@pytest.mark.parametrize(
    ("content_type", "body"), [(FORM_TYPE, FORM), (JSON_TYPE, "JSON")], ids=["a form", "JSON"]
)
@each_override
def test_put_in_chunks_that_succeeds_is_done(
    api: Api, raw_http: RawHttp, content_type: str, body: str, override: Override
) -> None:
    """PUT with Transfer-Encoding: chunked is done where it is answered with success.

    One of JSON, or under an override, is judged where that has its effect otherwise.
    """
    made, name = api.shared_record(CUSTOMERS), api.fresh()
    way = WriteWay(Form.PATH, override, body)
    applicable_if(api.offers.writes(CUSTOMERS, way), "this way of writing has no effect")

    asked = overridden(Request("PUT", made.path, {}), override)
    response = request_data.in_chunks(raw_http, asked, {"name": name}, content_type)

    applicable_if(response.ok, f"it is refused with {response.status_code}")
    assert api.read(made).get("name") == name


@rule("form-is-split-before-decoding", statements="S24 S27", basis=STATED)
def test_form_is_split_before_decoding(api: Api) -> None:
    """PUT splits a form before it decodes it: an encoded & or = does not end a value."""
    made, rest = api.shared_record(CUSTOMERS), api.fresh()
    value = f"a&email=b=c;d#e?{rest}"

    api.update(made, {"name": value})

    name = str(api.read(made).get("name"))
    assert name.endswith(rest)


@rule("form-decodes-names", statements="S24", basis=STATED)
def test_form_decodes_names(api: Api) -> None:
    """PUT of a form with percent-encoded names is done where it is answered with success."""
    made, name = api.shared_record(CUSTOMERS), api.fresh()

    response = request_data.put_with_encoded_names(api, made, {"name": name})

    applicable_if(response.ok, f"it is refused with {response.status_code}")
    assert api.read(made).get("name") == name


@rule("json-creates", statements="S25", basis=STATED)
def test_json_creates(api: Api) -> None:
    """POST with a JSON body, where offered, creates one customer with exactly the values sent."""
    values = {**api.values(CUSTOMERS), "email": "ada@example.com", "corporateid": "00712"}
    response = api.post("/customers", json=values)
    request_data.require_json(api, "POST", response)

    created = api.stored(CUSTOMERS, response, "custnr", values["custnr"])

    assert [{field: each.get(field) for field in values} for each in created] == [values]


@rule("json-updates", statements="S25 S12", basis=STATED)
def test_json_updates(api: Api) -> None:
    """PUT with a JSON body, where offered, updates a customer's name and keeps all other fields."""
    made = api.create(CUSTOMERS, **api.account.optional())
    custom = {field: api.fresh() for field in custom_values(api.read(made))}
    api.put(made.path, data={**api.account.optional(), **custom})
    before, name = api.read(made), api.fresh()

    request_data.put_json(api, made, json.dumps({"name": name}).encode())

    after = api.read(made)
    request_data.require_sign_of_json(api, before, after)
    assert {field: after.get(field) for field in before} == {**before, "name": name}


@rule("json-is-utf-8", statements="S25 S26", basis=STATED)
def test_json_is_utf_8(api: Api) -> None:
    r"""PUT stores the same text from JSON, in UTF-8 or with \u escapes, as from a form.

    Text that is stored exactly as it was sent is accepted as well.
    """
    made = request_data.require_json_put(api)
    from_form = api.read(api.create_new(CUSTOMERS, name=TEXT)).get("name")

    request_data.put_json(api, made, json.dumps({"name": TEXT}).encode())
    from_escapes = api.read(made).get("name")
    request_data.put_json(api, made, json.dumps({"name": TEXT}, ensure_ascii=False).encode())
    from_utf_8 = api.read(made).get("name")

    assert from_escapes in (TEXT, from_form)
    assert from_utf_8 in (TEXT, from_form)


@rule("json-with-charset", statements="S25 S26", basis=INFERRED)
def test_json_with_charset(api: Api) -> None:
    """PUT stores JSON whose Content-Type is in mixed letter case and has charset=UTF-8."""
    made, name = request_data.require_json_put(api), api.fresh()
    body = json.dumps({"name": name}).encode()

    headers = {"Content-Type": "Application/JSON; charset=UTF-8"}
    api.put(made.path, data=body, headers=headers)

    assert api.read(made).get("name") == name


@rule("json-numbers", statements="S25", basis=INFERRED)
def test_json_numbers(api: Api) -> None:
    """A number in a JSON body is stored as its digits, or refused with 400."""
    made, number = request_data.require_json_put(api), int(api.ledger.fresh_number())

    response = api.put(made.path, json={"corporateid": number})

    stored = api.read(made).get("corporateid")
    seen = request_data.answer_to_number(response, stored, number)
    assert reading("number-in-a-json-body").accepts(seen)


@rule("json-stores-custom-fields", statements="S25 S17", basis=INFERRED)
def test_json_stores_custom_fields(api: Api) -> None:
    """PUT with a JSON body stores a custom field that a form stores as well."""
    made = request_data.require_json_put(api)
    field, value = request_data.custom_field(api.read(made)), api.fresh()
    request_data.require_form_put(api, made, {field: f"{value}-form"})

    api.put(made.path, json={field: value})

    assert api.read(made).get(field) == value


@rule("json-null-is-no-text", statements="S25 S32", basis=INFERRED)
def test_json_null_is_no_text(api: Api) -> None:
    """PUT of null to a custom field in JSON empties it, leaves it unchanged, or is refused."""
    made = request_data.require_json_put(api)
    before = api.read(made)
    field = request_data.custom_field(before)

    response = api.put(made.path, json={field: None})

    seen = request_data.answer_to_null(response, before.get(field), api.read(made).get(field))
    assert reading("null-in-a-json-body").accepts(seen)


@rule("json-without-sense", statements="S25 S45", basis=STATED)
@pytest.mark.parametrize(
    "text", ["{", "null", '["x"]', '{"name": {"a": ["b"]}}'], ids=["cut", "null", "list", "nested"]
)
def test_json_without_sense(api: Api, text: str) -> None:
    """PUT of truncated JSON, null, an array or nested values is answered, but not with a 500.

    The accepted statuses are 200, 400, 403, 405 and 501.
    """
    made = api.shared_record(CUSTOMERS)

    response = api.put(made.path, data=text.encode(), headers=AS_JSON)

    assert reading("malformed-json-body", text).accepts(response.status_code)


@rule("json-without-a-name-changes-none", statements="S25 S12", basis=STATED)
@pytest.mark.parametrize("text", ["{", "null", '["x"]'], ids=["cut", "null", "list"])
def test_json_without_a_name_changes_none(api: Api, text: str) -> None:
    """PUT of truncated JSON, null or an array leaves the name of a customer as it was."""
    made, before = api.shared_record_with_values(CUSTOMERS)

    api.put(made.path, data=text.encode(), headers=AS_JSON)

    assert api.read(made).get("name") == before.get("name")


@rule("nested-json-is-kept-or-left-out", statements="S25", basis=INFERRED)
@pytest.mark.parametrize("value", [{"a": ["b"]}, ["b"]], ids=["object", "list"])
def test_nested_json_is_kept_or_left_out(api: Api, value: object) -> None:
    """PUT of a nested JSON value leaves the name as it was, or stores the text of that JSON."""
    made, before = api.shared_record_with_values(CUSTOMERS)

    api.put(made.path, data=json.dumps({"name": value}).encode(), headers=AS_JSON)

    name = api.read(made).get("name")
    assert name == before.get("name") or request_data.is_json_of(name, value)


@rule("body-is-not-overruled-by-the-query", statements="S04", basis=STATED)
@pytest.mark.parametrize("resource", [CUSTOMERS, SOURCES], ids=str)
def test_body_is_not_overruled_by_the_query(api: Api, resource: Resource) -> None:
    """PUT of a name in the body, with another one in the query, never stores that of the query."""
    api.offers.require(resource, "PUT")
    made, in_body, in_query = api.shared_record(resource), api.fresh(), api.fresh()

    api.put(made.path, params={"name": in_query}, data={"name": in_body})

    assert api.read(made).get("name") != in_query
