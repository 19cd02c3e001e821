"""JSON: the envelope of every response, and the values of records (S29, S32)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks.answers import answers, answers_and_none, list_of_one, written_answers
from conformance.checks.passive import answered_exchanges as journalled
from conformance.checks.representations import (
    body_kind,
    envelope_violations,
    errors_of_success,
    is_blank,
    json_problem,
    unset_custom_fields,
    value_violations,
)
from conformance.checks.request_data import put_json, require_json_put
from conformance.checks.text_packs import fields_for_texts
from conformance.rules import INFERRED, RELIED_ON, SHOWN, STATED, rule
from conformance.spec.media_types import JSON, JSON_TYPES, TEXT
from conformance.spec.resources import CDRS, CUSTOMERS, GREETINGS, RESOURCES, SOURCES, USERS
from conformance.wire.records import readable_records

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource
    from conformance.wire.journal import Journal
    from conformance.wire.responses import Response


@rule("json-envelope", statements="S29", basis=SHOWN)
@pytest.mark.parametrize("resource", [CUSTOMERS, SOURCES, CDRS], ids=str)
def test_json_envelope(api: Api, resource: Resource) -> None:
    """JSON is an object with the plural name as its key and an array of records as its value.

    This holds for a list, for one record, and for a filter with one match and with none.
    """
    read = answers_and_none(api, resource)

    found = {way: envelope_violations(response, resource) for way, response in read.items()}

    assert {way: violations for way, violations in found.items() if violations} == {}


@rule("json-envelope-by-pattern", statements="S29", basis=INFERRED)
@pytest.mark.parametrize("resource", [GREETINGS, USERS], ids=str)
def test_json_envelope_by_pattern(api: Api, resource: Resource) -> None:
    """JSON of greetings and users holds an array of records under their plural name."""
    read = answers(api, resource)

    found = {way: envelope_violations(response, resource) for way, response in read.items()}

    assert {way: violations for way, violations in found.items() if violations} == {}


@rule("list-of-one-is-an-array", statements="S29", basis=SHOWN)
@pytest.mark.parametrize("resource", [CUSTOMERS, GREETINGS, SOURCES], ids=str)
def test_list_of_one_is_an_array(api: Api, resource: Resource) -> None:
    """A list in JSON that a filter restricts to exactly one record is an array of that record."""
    response = list_of_one(api, resource)

    assert envelope_violations(response, resource) == []


@rule("json-envelope-of-writes", statements="S29", basis=SHOWN)
@pytest.mark.parametrize("resource", RESOURCES, ids=str)
def test_json_envelope_of_writes(api: Api, resource: Resource) -> None:
    """A record that POST or PUT returns in JSON is in an array under the resource's plural name.

    A response without a record is not judged.
    """
    answered = written_answers(api, resource)

    found = {way: envelope_violations(response, resource) for way, response in answered.items()}

    assert {way: violations for way, violations in found.items() if violations} == {}


@rule("json-values-are-strings", statements="S32", basis=SHOWN)
@pytest.mark.parametrize("resource", [CUSTOMERS, GREETINGS, SOURCES, USERS, CDRS], ids=str)
def test_json_values_are_strings(api: Api, resource: Resource) -> None:
    """Documented values in JSON records are strings or null, ids included, in arrays as well."""
    read = answers(api, resource)

    found = {way: value_violations(response, resource) for way, response in read.items()}

    assert {way: violations for way, violations in found.items() if violations} == {}


@rule("json-values-of-writes-are-strings", statements="S32", basis=SHOWN)
@pytest.mark.parametrize("resource", RESOURCES, ids=str)
def test_json_values_of_writes_are_strings(api: Api, resource: Resource) -> None:
    """Documented values in the JSON records that POST and PUT return are strings or null."""
    answered = written_answers(api, resource)

    found = {way: value_violations(response, resource) for way, response in answered.items()}

    assert {way: violations for way, violations in found.items() if violations} == {}


@rule("json-digits-stay-text", statements="S32", basis=SHOWN)
def test_json_digits_stay_text(api: Api) -> None:
    """A value of digits only is a string in JSON and keeps its leading zeros."""
    sent = {"custnr": "00" + api.ledger.fresh_number(), "corporateid": "0123"}

    record = api.read(api.create_new(CUSTOMERS, **sent))

    assert {field: record.get(field) for field in sent} == sent


@rule("digits-that-were-put-are-text", statements="S32", basis=SHOWN)
@pytest.mark.parametrize("resource", RESOURCES, ids=str)
def test_digits_that_were_put_are_text(api: Api, resource: Resource) -> None:
    """Texts of digits only, in custom fields as well, are strings in JSON after PUT."""
    form, made = api.offers.require(resource, "PUT"), api.create(resource)
    sent = dict.fromkeys(fields_for_texts(api, resource), api.ledger.fresh_number())

    api.ask("PUT", made, form, data=sent)

    record = api.read(made)
    assert {field: record[field] for field in sent if type(record.get(field)) in (int, float)} == {}


@rule("number-sent-in-json-is-shown-as-text", statements="S32 S25", basis=SHOWN)
def test_number_sent_in_json_is_shown_as_text(api: Api) -> None:
    """PUT of JSON with a number for a corporate id stores its digits as text, unless refused."""
    made = require_json_put(api)

    put_json(api, made, b'{"corporateid": 4711}')

    corporateid = api.read(made).get("corporateid")
    assert not isinstance(corporateid, (int, float))


@rule("json-unset-custom-field-is-null", statements="S32", basis=SHOWN)
def test_json_unset_custom_field_is_null(api: Api) -> None:
    """A custom field of a customer created without it is null in JSON, or has a default."""
    sent = api.values(CUSTOMERS)

    record = api.read(api.create_new(CUSTOMERS, **sent))

    unset = unset_custom_fields([record])
    assert {name: unset[name] for name in unset.keys() - sent if is_blank(unset[name])} == {}


@rule("json-unset-email-is-empty", statements="S32", basis=RELIED_ON)
def test_json_unset_email_is_empty(api: Api) -> None:
    """In JSON, email and corporateid of a customer created without them are "", if shown."""
    sent = api.values(CUSTOMERS)
    unset = {"email", "corporateid"} - sent.keys()

    record = api.read(api.create_new(CUSTOMERS, **sent))

    assert {field: record.get(field, "") for field in unset} == dict.fromkeys(unset, "")


@rule("json-shows-null-fields", statements="S32", basis=SHOWN)
def test_json_shows_null_fields(api: Api) -> None:
    """A custom field that one customer of the JSON list has is present in all of them."""
    records = readable_records(api.get("/customers"), CUSTOMERS)
    defined = unset_custom_fields(records)

    missing = {name: [each for each in records if name not in each] for name in defined}

    lacking = {name: len(without) for name, without in missing.items() if without}
    total = len(records)
    assert [
        f"{name} is missing in {few} of the {total} listed" for name, few in lacking.items()
    ] == []


@rule("json-well-formed", statements="S29", basis=STATED)
@pytest.mark.smoke
@pytest.mark.passive(each_answer=True)
def test_json_well_formed(journal: Journal) -> None:
    """Every body in JSON is well-formed and has no byte order mark."""
    judged = [each for each in journalled(journal) if is_meant_as_json(each.answer)]

    found = [(each, json_problem(each.answer.content)) for each in judged]
    assert [(each, problem) for each, problem in found if problem] == []


def is_meant_as_json(response: Response) -> bool:
    """Tell whether a body begins like JSON, or is text that is declared as JSON."""
    kind = body_kind(response)
    return kind == JSON or (kind == TEXT and response.media_type in JSON_TYPES)


@rule("json-success-has-no-errors", statements="S57", basis=RELIED_ON)
@pytest.mark.passive(each_answer=True)
def test_json_success_has_no_errors(journal: Journal) -> None:
    """A successful response in JSON has no key errors, unless its value is null."""
    judged = [each for each in journalled(journal) if may_have_errors(each.answer)]

    found = [(each, errors_of_success(each.answer)) for each in judged]
    assert [(each, errors) for each, errors in found if errors] == []


def may_have_errors(response: Response) -> bool:
    """Tell whether a success has the key errors, as far as its first and last bytes tell."""
    return response.ok and b'"errors"' in response.content[:2000] + response.content[-2000:]
