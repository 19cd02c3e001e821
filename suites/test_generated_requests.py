"""Invalid and odd requests have no effect and cause no server error (S37, S39, S45)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given

from conformance.checks import invalid_payloads
from conformance.checks.odd_requests import sent
from conformance.clients.capabilities import GENERATED
from conformance.config.sampling import examples_among
from conformance.readings import reading
from conformance.rules import INFERRED, RELIED_ON, STATED, rule
from conformance.spec.addressing import Request, request_for
from conformance.spec.media_types import JSON_TYPE
from conformance.spec.resources import CUSTOMERS, GREETINGS, SOURCES, USERS
from conformance.spec.status_codes import TROUBLE
from strategies import invalid, requests
from strategies.customers import NAME_LENGTH
from strategies.invalid import Wrong

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource

RIGHT = {"name": "Right", "email": "right@example.com"}
"""The valid values of a payload that has one thing wrong."""


@rule("refused-put-changes-nothing", statements="S37 S39", basis=STATED)
@examples_among(2)
@given(wrong=invalid.wrongs())
@example(wrong=Wrong("out of range", {"receive_monthly_report": "3"}))
@example(wrong=Wrong("too long by one", {"name": "x" * (NAME_LENGTH + 1)}))
def test_refused_put_changes_nothing(api: Api, wrong: Wrong) -> None:
    """If PUT of a customer with one thing wrong among valid values is refused, no field changes."""
    type_, body = wrong.put_into({**RIGHT, "corporateid": api.fresh()})

    changed = invalid_payloads.changed_by_refused_put(api, type_, body)

    assert changed == {}


@rule("refused-odd-value-changes-nothing", statements="S37 S39", basis=STATED)
@pytest.mark.parametrize("resource", [GREETINGS, SOURCES, USERS], ids=str)
def test_refused_odd_value_changes_nothing(api: Api, resource: Resource) -> None:
    """A refused PUT of a name and an odd value to a greeting, source or user has no effect."""
    api.offers.require(resource, "PUT")

    changed = invalid_payloads.changed_by_refused_odd_puts(api, resource)

    assert changed == {}


@rule("refused-odd-post-creates-nothing", statements="S37 S39", basis=STATED)
@pytest.mark.parametrize("resource", [GREETINGS, SOURCES, USERS], ids=str)
def test_refused_odd_post_creates_nothing(api: Api, resource: Resource) -> None:
    """A POST of a greeting, source or user that is refused for an odd value creates none."""
    api.offers.require_creation(resource)

    made = invalid_payloads.made_by_refused_odd_posts(api, resource)

    assert made == []


@rule("refused-post-creates-nothing", statements="S37 S39", basis=STATED)
@examples_among(2)
@given(wrong=invalid.wrongs_of_post())
@example(wrong=Wrong("out of range", {"freespee_caller_id": "2"}))
@example(wrong=Wrong("missing", without="name"))
def test_refused_post_creates_nothing(api: Api, wrong: Wrong) -> None:
    """If POST with one thing wrong among valid values is refused, no customer is created."""
    values = {**RIGHT, "custnr": api.fresh()}
    type_, body = wrong.put_into(values)

    made = invalid_payloads.made_by_refused_post(api, type_, body, values)

    assert made == []


@rule("missing-parameter-is-refused", statements="S39", basis=RELIED_ON)
@pytest.mark.parametrize(("resource", "left_out"), [(USERS, "email"), (GREETINGS, "name")], ids=str)
def test_missing_parameter_is_refused(api: Api, resource: Resource, left_out: str) -> None:
    """POST of a user without email, or of a greeting without name, does not succeed."""
    owner = api.shared_record(resource).parent_id or api.shared_record(CUSTOMERS).id
    values = api.values(resource, owner)
    less = {name: value for name, value in values.items() if name != left_out}

    made = invalid_payloads.created_despite_gap(api, resource, less)

    assert made == []


@rule("invalid-choice-is-not-stored", statements="S39", basis=INFERRED)
@examples_among(2)
@given(wrong=invalid.out_of_range())
def test_invalid_choice_is_not_stored(api: Api, wrong: Wrong) -> None:
    """PUT of an invalid choice leaves the field with its old value, an allowed one, or none.

    The fields are receive_monthly_report and freespee_caller_id.
    """
    ((field, value),) = wrong.values.items()

    _, before, after = invalid_payloads.field_after_put(api, *wrong.put_into({}), field)

    allowed = {str(before), "None", "", *invalid.CHOICES[field]}
    assert str(after) in allowed, value


@rule("too-long-is-refused-or-cut", statements="S39", basis=INFERRED)
@examples_among(2)
@given(wrong=invalid.too_long_value())
def test_too_long_is_refused_or_cut(api: Api, wrong: Wrong) -> None:
    """PUT of a customer value one character too long stores it, cuts its end or changes nothing."""
    ((field, value),) = wrong.values.items()

    outcome, before, after = invalid_payloads.field_after_put(api, *wrong.put_into({}), field)

    seen = invalid_payloads.part_taken(value, outcome, before, after)
    assert reading("too-long-value", field).accepts(seen)


@rule("repeated-parameter-is-one-of-both", statements="S39 S04", basis=INFERRED)
@examples_among(2)
@given(wrong=invalid.repeated())
def test_repeated_parameter_is_one_of_both(api: Api, wrong: Wrong) -> None:
    """PUT with a parameter twice stores its first or its last value, or leaves it as it was."""
    type_, body = wrong.put_into({"name": api.fresh()})
    field, first, last = invalid_payloads.repeated_in(body)

    _, before, after = invalid_payloads.field_after_put(api, type_, body, field)

    known = {str(before): "neither", first: "the first", last: "the last"}
    assert reading("repeated-parameter", field).accepts(known.get(str(after), f"{after!r:.40}"))


@rule("generated-questions-cause-no-trouble", statements="S45", basis=STATED)
@given(question=requests.questions())
@example(question=Request("GET", "/customers?=a&page", {}))
def test_generated_questions_cause_no_trouble(api: Api, question: Request) -> None:
    """GET with any path, query and header fields causes no 500, 502, 504 or 505."""
    response = api.send(question)

    assert response.status_code not in TROUBLE


@rule("generated-bodies-cause-no-trouble", statements="S45", basis=STATED)
@pytest.mark.parametrize("method", ["POST", "PUT"])
@examples_among(2)
@given(body=requests.bodies())
@example(body=(JSON_TYPE, b'{"name": "\\ud83d\\udcde \\ud83d"}'))
def test_generated_bodies_cause_no_trouble(api: Api, method: str, body: tuple[str, bytes]) -> None:
    """POST and PUT of a customer with any body and Content-Type cause no 500, 502, 504 or 505."""
    path = request_for(method, api.shared_record(CUSTOMERS, GENERATED)).path
    headers, data = {"Content-Type": body[0]}, body[1]

    response = sent(api, Request(method, path, {"headers": headers, "data": data}))

    assert response.status_code not in TROUBLE
