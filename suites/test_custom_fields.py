"""Custom fields: values change and read back, definitions do not change (S15, S16, S17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given

from conformance.checks.answers import named_readings
from conformance.checks.custom_fields import (
    cleared_value,
    custom_values,
    defined_fields,
    fields_in_use,
    fields_that_change,
    kind_when_cleared,
    last_field,
    put_each,
    put_values,
    text_fields,
    undefined_fields,
    unlisted_fields,
)
from conformance.checks.round_trips import shown_wrongly
from conformance.clients.capabilities import GENERATED
from conformance.config.sampling import drawn, examples_among
from conformance.rules import INFERRED, RELIED_ON, STATED, rule
from conformance.spec.equal_ways import ACCEPT_WAYS
from conformance.spec.resources import CUSTOMERS, SOURCES
from conformance.verdicts import applicable_if
from conformance.wire.recorder import observed
from conformance.wire.records import record_with_id
from strategies.customers import CUSTOM_FIELD_LENGTH, custom_texts
from strategies.texts import FORM_TEXTS
from suites.parameters import each_resource_with_custom_fields

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource

VALUES = {name: FORM_TEXTS[name] for name in ("plus", "markup", "cjk", "emoji", "leading zeros")}


@rule("custom-value-changes", statements="S17", basis=STATED)
@pytest.mark.parametrize(
    ("resource", "look"),
    [
        *((CUSTOMERS, look) for look in VALUES),
        *((SOURCES, look) for look in drawn([*VALUES], 1, "custom values of sources")),
    ],
    ids=str,
)
def test_custom_value_changes(api: Api, resource: Resource, look: str) -> None:
    """PUT of a defined custom field stores its value, and JSON and XML both show it.

    Not judged where such a value is refused.
    """
    made, field = api.shared_record(resource), text_fields(api, resource)[0]
    text = VALUES[look]

    api.update(made, {field: text})

    answers = [
        api.get(made.path, headers={"Accept": "application/json"}),
        api.get(made.path, headers={"Accept": "application/xml"}),
    ]
    shown = [record for each in answers if (record := record_with_id(each, made))]
    observed("representations read", len(shown))
    assert [record.get(field) for record in shown if record.get(field) != text] == []


@rule("each-custom-value-changes", statements="S17", basis=STATED)
@each_resource_with_custom_fields
def test_each_custom_value_changes(api: Api, resource: Resource) -> None:
    """PUT of each defined custom field stores its value.

    A field that is null in every record may be refused, since it may not be defined.
    """
    made, in_use = api.shared_record(resource), fields_in_use(api, resource)
    sent = {field: api.fresh() for field in text_fields(api, resource)}

    answered = put_values(api, made, sent)

    record = api.read(made)
    lost = [field for field, text in sent.items() if record.get(field) != text]
    assert {each: answered[each] for each in lost if answered[each].ok or each in in_use} == {}


@rule("custom-values-at-once-are-stored", statements="S17 S12", basis=STATED)
@each_resource_with_custom_fields
def test_custom_values_at_once_are_stored(api: Api, resource: Resource) -> None:
    """PUT of several custom fields stores each that a PUT of it alone stores.

    Not applicable where fewer than two are stored alone.
    """
    made, fields = api.shared_record(resource), fields_that_change(api, resource)
    applicable_if(len(fields) > 1, "fewer than two custom fields can be changed")
    sent = {field: api.fresh() for field in fields}

    api.update(made, sent)

    record = api.read(made)
    assert {field: record.get(field) for field in sent if record.get(field) != sent[field]} == {}


@rule("custom-value-clears", statements="S17", basis=STATED)
@each_resource_with_custom_fields
def test_custom_value_clears(api: Api, resource: Resource) -> None:
    """PUT of a defined custom field with an empty value leaves it empty or null."""
    custom_value = cleared_value(api, resource)
    assert not custom_value


@rule("cleared-custom-value-reads-alike", statements="S17 S06 S07", basis=STATED)
@each_resource_with_custom_fields
def test_cleared_custom_value_reads_alike(api: Api, resource: Resource) -> None:
    """A custom field to which PUT gave an empty value reads alike by its id and in the list."""
    cleared_value(api, resource)

    read = named_readings(api, api.shared_record(resource))

    field = text_fields(api, resource)[0]
    values = {f"{field} in {way}": each[field] for way, each in read if field in each}
    assert values == dict.fromkeys(values, next(iter(values.values()), None))


@rule("custom-value-clears-beside-a-name", statements="S17 S12", basis=STATED)
@each_resource_with_custom_fields
def test_custom_value_clears_beside_a_name(api: Api, resource: Resource) -> None:
    """PUT of a new name and an empty custom value stores both."""
    made, field = api.shared_record(resource), text_fields(api, resource)[0]
    api.update(made, {field: "something"})
    name = api.fresh()

    api.update(made, {"name": name, field: ""})

    record = api.read(made)
    assert record.get("name") == name
    assert not record.get(field)


@rule("cleared-custom-value-is-not-null", statements="S32 S17", basis=INFERRED)
@each_resource_with_custom_fields
def test_cleared_custom_value_is_not_null(api: Api, resource: Resource) -> None:
    """A custom field to which PUT gave an empty value is not null in JSON, but an empty text."""
    assert kind_when_cleared(api, resource) != "null"


@rule("custom-value-of-full-length", statements="S17", basis=RELIED_ON)
@each_resource_with_custom_fields
def test_custom_value_of_full_length(api: Api, resource: Resource) -> None:
    """PUT of 255 characters to a custom field stores them all."""
    made, field = api.shared_record(resource), text_fields(api, resource)[0]
    text = "åäö-" + "x" * (CUSTOM_FIELD_LENGTH - 8) + "-end"

    api.update(made, {field: text})

    assert api.read(made).get(field) == text


@rule("custom-value-at-creation", statements="S17", basis=RELIED_ON)
@each_resource_with_custom_fields
def test_custom_value_at_creation(api: Api, resource: Resource) -> None:
    """POST with a value for a defined custom field creates a record that has it."""
    field = text_fields(api, resource)[0]

    made = api.create_new(resource, **{field: "from the start"})

    assert api.read(made).get(field) == "from the start"


@rule("custom-values-are-kept", statements="S12 S17", basis=STATED)
@each_resource_with_custom_fields
def test_custom_values_are_kept(api: Api, resource: Resource) -> None:
    """PUT of one custom field, or of the name, keeps all other custom fields unchanged."""
    made, fields = api.shared_record(resource), text_fields(api, resource)
    api.put(made.path, data=dict.fromkeys(fields, "kept"))
    before = custom_values(api.read(made))

    api.update(made, {fields[0]: "changed"})
    api.update(made, {"name": api.fresh()})

    assert custom_values(api.read(made)) == {**before, fields[0]: "changed"}


@rule("undefined-custom-field-defines-nothing", statements="S16", basis=STATED)
@each_resource_with_custom_fields
def test_undefined_custom_field_defines_nothing(api: Api, resource: Resource) -> None:
    """PUT of an undefined custom field stores no value and adds no field to any record read.

    It comes in a form, and in JSON, which may be refused.
    """
    made, other = api.create(resource), api.shared_record(resource)
    sent = dict.fromkeys(undefined_fields(api, resource), "undefined")

    api.put(made.path, data=sent)
    api.put(made.path, json=sent)

    records = [api.read(made), api.read(other)]
    observed("records read", len(records))
    assert [field for each in records for field in each if field in sent] == []
    assert [each for each in records if "undefined" in custom_values(each).values()] == []


@rule("undefined-custom-field-is-not-created", statements="S16", basis=STATED)
@each_resource_with_custom_fields
def test_undefined_custom_field_is_not_created(api: Api, resource: Resource) -> None:
    """POST with an undefined custom field stores no value and adds no field to any record read."""
    other = api.shared_record(resource)
    sent = dict.fromkeys(undefined_fields(api, resource), "undefined")
    values = api.values(resource)

    api.post(resource.collection, data={**values, **sent})

    records = [*api.holding(resource, "name", values["name"]), api.read(other)]
    observed("records read", len(records))
    assert [field for each in records for field in each if field in sent] == []
    assert [each for each in records if "undefined" in custom_values(each).values()] == []


@rule("custom-fields-are-independent", statements="S15", basis=STATED)
def test_custom_fields_are_independent(api: Api) -> None:
    """PUT of a custom field of a source stores it and changes none of its customer's."""
    source = api.shared_record(SOURCES)
    customer = api.samples.owner_of(source)
    field, other = text_fields(api, SOURCES)[0], text_fields(api, CUSTOMERS)[0]
    api.put(customer.path, data={other: "of the customer"})
    before = custom_values(api.read(customer))

    api.update(source, {field: "of the source"})

    assert custom_values(api.read(customer)) == before
    assert api.read(source).get(field) == "of the source"


@rule("custom-definitions-are-independent", statements="S15 S16", basis=STATED)
@pytest.mark.parametrize(
    ("resource", "other"),
    [(CUSTOMERS, SOURCES), (SOURCES, CUSTOMERS)],
    ids=[str(CUSTOMERS), str(SOURCES)],
)
def test_custom_definitions_are_independent(api: Api, resource: Resource, other: Resource) -> None:
    """PUT of a custom field that is defined for the other resource only leaves it without a value.

    The two resources are customers and sources.
    """
    here, there = defined_fields(api, resource), defined_fields(api, other)
    only_there = [field for field in there if field not in here]
    applicable_if(only_there, "both types define the same custom fields")
    made = api.shared_record(resource)

    put_each(api, made, only_there, "elsewhere")

    record = api.read(made)
    assert [field for field in only_there if record.get(field)] == []


@rule("custom-values-in-the-list", statements="S07 S17", basis=STATED)
@each_resource_with_custom_fields
def test_custom_values_in_the_list(api: Api, resource: Resource) -> None:
    """After PUT of a custom field, the list shows its new value, if it shows the field.

    Not applicable where the first page of the list does not show it for the record of the run.
    """
    made, field = api.shared_record(resource), text_fields(api, resource)[0]
    api.put(made.path, data={field: "first"})
    before = record_with_id(api.ask_list(resource), made) or {}
    applicable_if(field in before, f"the first page of the list does not show {field}")

    api.update(made, {field: "second"})

    after = record_with_id(api.ask_list(resource), made) or {}
    assert after.get(field) == "second"


@rule("list-shows-all-custom-fields-or-none", statements="S07 S17", basis=STATED)
@each_resource_with_custom_fields
def test_list_shows_all_custom_fields_or_none(api: Api, resource: Resource) -> None:
    """A list that shows a custom field of a record shows all that GET of that record shows."""
    unlisted = unlisted_fields(api, resource)

    assert {f"in the list {id_} lacks": each for id_, each in unlisted.items() if each} == {}


@rule("generated-custom-value-comes-back", statements="S17 S26", basis=STATED)
@each_resource_with_custom_fields
@examples_among(2)
@given(value=custom_texts())
@example(value="x" * CUSTOM_FIELD_LENGTH)
@example(value="株" * CUSTOM_FIELD_LENGTH)
@example(value="📞" * (CUSTOM_FIELD_LENGTH // 2))
@example(value="📞" * CUSTOM_FIELD_LENGTH)
def test_generated_custom_value_comes_back(api: Api, resource: Resource, value: str) -> None:
    """Any accepted custom field value of up to 255 characters reads back as sent."""
    made, field = api.shared_record(resource, GENERATED), last_field(api, resource)

    response = api.put(made.path, data={field: value})

    assert not response.ok or shown_wrongly(api, made, {field: value}, ACCEPT_WAYS) == {}
