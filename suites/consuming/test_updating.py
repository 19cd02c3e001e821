"""PUT updates the fields that it names and keeps all others (S04, S12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given

from conformance.checks.answers import named_readings
from conformance.checks.fixed_names import updated_to_one_of
from conformance.checks.links import greeting_of, linked_source
from conformance.checks.round_trips import DERIVED, put_changes
from conformance.clients.capabilities import GENERATED
from conformance.config.sampling import examples_among, share
from conformance.readings import reading
from conformance.rules import INFERRED, RELIED_ON, STATED, rule
from conformance.spec.addressing import Form
from conformance.spec.media_types import FORM_TYPE
from conformance.spec.resources import CUSTOMERS, SOURCES
from conformance.verdicts import applicable_if
from conformance.wire.records import CLOCKS, id_of, ids_in, readable_records, record_with_id
from strategies.customers import EVERYTHING, changes
from strategies.texts import FORM_TEXTS, forms_of
from suites.parameters import each_resource

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource
    from conformance.wire.responses import Response

UNUSUAL = {"receive_monthly_report": "2", "freespee_caller_id": "1", "custom_1": "kept"}
"""Values that are not the default, for fields that a server need not have."""

COMPLETE = "with a value in each field"


@rule("put-updates-what-was-sent", statements="S04 S12", basis=STATED)
@pytest.mark.parametrize("field", ["name", "custnr", "email", "corporateid"])
def test_put_updates_what_was_sent(api: Api, field: str) -> None:
    """PUT /customers/ID with one form parameter succeeds and stores its value."""
    made = api.shared_record(CUSTOMERS, COMPLETE, **api.account.optional())
    value = api.account.value(CUSTOMERS, field)
    api.offers.require_readable(made)

    response = api.update(made, {field: value})

    assert response.ok
    assert api.read(made).get(field) == value


@rule("put-keeps-what-was-not-sent", statements="S12", basis=STATED)
@pytest.mark.parametrize("field", ["name", "custnr", "email", "corporateid"])
def test_put_keeps_what_was_not_sent(api: Api, field: str) -> None:
    """PUT of one field of a customer keeps all other fields as they were.

    The fields timestamp and modified may change.
    """
    made = api.shared_record(CUSTOMERS, COMPLETE, **api.account.optional())
    before = api.read(made)

    api.update(made, {field: api.account.value(CUSTOMERS, field)})

    after = api.read(made)
    assert [
        (name, before[name], after.get(name))
        for name in before.keys() - CLOCKS - {field}
        if after.get(name) != before[name]
    ] == []


@rule("put-keeps-unusual-values", statements="S12", basis=STATED)
@pytest.mark.parametrize(("field", "value"), UNUSUAL.items(), ids=UNUSUAL.keys())
def test_put_keeps_unusual_values(api: Api, field: str, value: str) -> None:
    """PUT of a customer's name keeps the other fields, even with values that are not defaults."""
    made = api.shared_record(CUSTOMERS)
    api.put(made.path, data={field: value})
    before = api.read(made)

    api.update(made, {"name": api.fresh()})

    assert {**api.read(made), "name": ""} == {**before, "name": ""}


@rule("put-updates-each-resource", statements="S12", basis=STATED)
@each_resource
def test_put_updates_each_resource(api: Api, resource: Resource) -> None:
    """PUT of a name to a record of any resource updates the name and no other field.

    Fields may change that follow from others or from the time, as a status, a token, a timestamp.
    """
    form = api.offers.require(resource, "PUT")
    made = api.shared_record(resource)
    before, name = api.read(made), api.fresh()

    api.update(made, {"name": name}, form)

    after = api.read(made)
    kept = before.keys() - DERIVED - {"name"}
    assert after.get("name") == name
    assert {field: after.get(field) for field in kept} == {field: before[field] for field in kept}


@rule("put-keeps-the-greeting-of-a-source", statements="S12", basis=STATED)
def test_put_keeps_the_greeting_of_a_source(api: Api) -> None:
    """PUT of a source's name keeps the greeting that it plays."""
    form = api.offers.require(SOURCES, "PUT")
    source, greeting = linked_source(api)

    api.update(source, {"name": api.fresh()}, form)

    assert greeting_of(api, source) == greeting.id


@rule("put-updates-any-subset", statements="S12", basis=STATED)
@examples_among(2)
@given(sent=changes())
@example(sent=EVERYTHING)
@example(sent={"name": "1e3"})
@example(sent={"name": "𠮷野"})
@example(sent={"corporateid": "00", "email": "a@example.com"})
def test_put_updates_any_subset(api: Api, sent: dict[str, str]) -> None:
    """PUT of any subset of a customer's fields, with any valid values, changes only these fields.

    A refused PUT changes nothing. A field that the document does not show being written may stay as
    it was.
    """
    made = api.shared_record(CUSTOMERS, GENERATED)

    wrong = put_changes(api, made, Form.PATH, sent)

    assert wrong == {}


@rule("put-leaves-other-records", statements="S12", basis=STATED)
@each_resource
def test_put_leaves_other_records(api: Api, resource: Resource) -> None:
    """PUT changes neither a record created before the one it names nor one created after it."""
    form = api.offers.require(resource, "PUT")
    older = api.create(resource)
    made = api.create(resource, older.parent_id)
    newer = api.create(resource, older.parent_id)
    before = [api.read(older), api.read(newer)]

    api.update(made, {"name": api.fresh()}, form)

    assert [api.find(older), api.find(newer)] == before


@rule("put-shows-in-every-reading", statements="S06 S07 S12", basis=STATED)
@each_resource
def test_put_shows_in_every_reading(api: Api, resource: Resource) -> None:
    """After PUT a record shows its new name by path, by parameters and in the list."""
    form = api.offers.require(resource, "PUT")
    made, name = api.shared_record(resource), api.fresh()
    before = api.every_reading(made)

    api.update(made, {"name": name}, form)

    after = named_readings(api, made)
    old = {way: record.get("name") for way, record in after if record.get("name") != name}
    assert len(after) == len(before)
    assert [f"{way} still shows {shown!r}" for way, shown in old.items()] == []


@rule("put-answers-the-record", statements="S12", basis=RELIED_ON)
@each_resource
def test_put_answers_the_record(api: Api, resource: Resource) -> None:
    """The response to PUT holds exactly the record updated, with its id and its new name."""
    form = api.offers.require(resource, "PUT")
    made, name = api.shared_record(resource), api.fresh()

    response = api.update(made, {"name": name}, form)

    answered = readable_records(response, resource)
    assert [(id_of(resource, each), each.get("name")) for each in answered] == [(made.id, name)]


@rule("put-answers-the-number-of-a-read", statements="S12 S06", basis=STATED)
def test_put_answers_the_number_of_a_read(api: Api) -> None:
    """The answer to a PUT of a number without its country shows it as a read of the source does."""
    form, made = api.offers.require(SOURCES, "PUT"), api.create(SOURCES)

    response = api.ask("PUT", made, form, data={"phonenr": "0890512"})

    applicable_if(response.ok, f"the number is refused with {response.status_code}")
    shown = record_with_id(response, made) or {}
    assert shown.get("phonenr") in (None, api.read(made).get("phonenr"))


@rule("put-answers-no-other-record", statements="S12", basis=STATED)
@each_resource
def test_put_answers_no_other_record(api: Api, resource: Resource) -> None:
    """Where the response to PUT shows records, the one updated is among them, by its id."""
    form = api.offers.require(resource, "PUT")
    made = api.shared_record(resource)

    response = api.update(made, {"name": api.fresh()}, form)

    answered = ids_in(response, resource)
    applicable_if(any(answered), "the answer shows no id")
    assert made.id in answered


@rule("put-takes-the-id-as-parameter", statements="S04 S12", basis=RELIED_ON)
def test_put_takes_the_id_as_parameter(api: Api) -> None:
    """PUT /customers with customer_id in the form body updates that customer."""
    made, name = api.shared_record(CUSTOMERS), api.fresh()

    api.update(made, {"name": name}, Form.PARAMETERS)

    assert api.read(made).get("name") == name


@rule("put-clears-a-field", statements="S12", basis=STATED)
@pytest.mark.parametrize("field", ["email", "corporateid"])
def test_put_clears_a_field(api: Api, field: str) -> None:
    """PUT of an empty email or corporateid empties the field, or is refused and changes nothing."""
    before = api.account.optional()
    made = api.create(CUSTOMERS, **before)

    response = api.put(made.path, data={field: ""})

    stored = str(api.read(made).get(field) or "")
    seen = answer_to_clearing(response, stored, before[field])
    assert reading("empty-optional-value", field).accepts(seen)


def answer_to_clearing(response: Response, stored: str, before: str) -> str:
    """Return whether a field was emptied or that was refused, and what it is where neither."""
    if response.ok:
        return f"answered, and is {stored!r}" if stored else "cleared"
    return "refused" if stored == before else f"refused, and is {stored!r}"


@rule("put-twice-keeps-the-last", statements="S12", basis=STATED)
def test_put_twice_keeps_the_last(api: Api) -> None:
    """After several PUTs of a customer's name, even to an earlier one, the last one is stored."""
    made = api.create(CUSTOMERS)
    first, second = api.fresh(), api.fresh()

    api.update(made, {"name": first})
    api.update(made, {"name": second})
    changed = api.read(made)
    api.update(made, {"name": first})
    api.update(made, {"name": first})

    assert changed.get("name") == second
    assert api.read(made).get("name") == first


@rule("semicolon-in-a-form-is-data", statements="S04", basis=INFERRED)
def test_semicolon_in_a_form_is_data(api: Api) -> None:
    """PUT of a form with a bare semicolon in a name stores it, or is refused."""
    made, name = api.create(CUSTOMERS), api.fresh()

    response = api.put(
        made.path, data=f"name={name};b".encode(), headers={"Content-Type": FORM_TYPE}
    )

    applicable_if(response.ok, f"it is refused with {response.status_code}")
    assert api.read(made).get("name") == f"{name};b"


@rule("put-decodes-the-body-once", statements="S04", basis=STATED)
@pytest.mark.parametrize("look", share(list(FORM_TEXTS), standard=10))
def test_put_decodes_the_body_once(api: Api, look: str) -> None:
    """PUT URL-decodes its body exactly once: a customer name with special characters survives.

    Not judged where such a name is refused.
    """
    made = api.shared_record(CUSTOMERS)
    texts = forms_of(FORM_TEXTS[look], api.fresh(), api.ledger.fresh_number())

    sent = updated_to_one_of(api, made, texts)

    assert api.read(made).get("name") == sent
