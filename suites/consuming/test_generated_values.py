"""Generated values read back as sent, in every way of writing and reading them (S11, S12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conformance.checks import round_trips
from conformance.clients.capabilities import GENERATED
from conformance.config.sampling import examples_among
from conformance.rules import RELIED_ON, STATED, rule
from conformance.spec.addressing import Form, Override
from conformance.spec.equal_ways import READ_WAYS, WRITE_WAYS, ReadWay, WriteWay
from conformance.spec.media_types import JSON, XML
from conformance.spec.resources import CUSTOMERS, GREETINGS, SOURCES, USERS
from strategies import customers, records

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource

FULL = {
    "name": "x" * customers.NAME_LENGTH,
    "corporateid": "0" * customers.CORPORATEID_LENGTH,
    "email": f"{'l' * 64}@{'d' * 60}.{'e' * 12}.example.com",
}
"""Values of the maximum length; the e-mail address has 150 characters."""

OK = 200

OTHERS = (USERS, GREETINGS, SOURCES)
each_other_resource = pytest.mark.parametrize("resource", OTHERS, ids=str)
readings = st.lists(st.sampled_from(READ_WAYS), min_size=1, max_size=3, unique=True)


@rule("generated-customer-comes-back", statements="S11 S26", basis=STATED)
@examples_among(2)
@given(sent=customers.new_customers(), shape=customers.custnr_shapes(), ways=readings)
@example(sent=customers.EVERYTHING, shape="00{}", ways=list(READ_WAYS))
@example(sent={"name": "1e3"}, shape="1e{}", ways=list(READ_WAYS[:2]))
@example(sent={"name": "+7"}, shape="+{}", ways=list(READ_WAYS[1:4]))
@example(sent={"name": "0"}, shape="{}.0", ways=list(READ_WAYS[:1])).via("a thorough run")
def test_generated_customer_comes_back(
    api: Api, sent: dict[str, str], shape: str, ways: list[ReadWay]
) -> None:
    """A new customer with any valid values reads back as sent in each form and representation.

    A field that the document does not show being written may be blank. Not judged where POST is
    refused.
    """
    values = {**sent, "custnr": shape.replace("{}", api.ledger.fresh_number())}

    made = round_trips.made_of(api, CUSTOMERS, values)

    assert round_trips.shown_wrongly(api, made, values, ways) == {}


@rule("generated-record-comes-back", statements="S11 S26", basis=STATED)
@each_other_resource
@examples_among(len(OTHERS))
@given(sent=records.record_values())
@example(sent={"name": "null", "media": "+1.0"})
@example(sent={"name": "1e3"})
def test_generated_record_comes_back(api: Api, resource: Resource, sent: dict[str, str]) -> None:
    """A new user, greeting or source with any valid values reads back as sent in JSON and XML.

    Only the name has to be stored; any other field may be blank. Not judged where POST is refused.
    """
    values = records.of(resource, sent)

    made = round_trips.made_of(api, resource, values)

    assert round_trips.shown_wrongly(api, made, values) == {}


@rule("put-updates-any-subset-of-each", statements="S12", basis=STATED)
@each_other_resource
@examples_among(len(OTHERS))
@given(sent=records.record_values())
@example(sent={"name": "00"})
@example(sent={"vm_divert_busy": "1"})
def test_put_updates_any_subset_of_each(api: Api, resource: Resource, sent: dict[str, str]) -> None:
    """PUT of any parameters of a user, greeting or source stores them and keeps all others.

    A refused PUT changes nothing. A parameter that the document does not show being written may be
    ignored.
    """
    form, values = api.offers.require(resource, "PUT"), records.of(resource, sent)
    made = api.shared_record(resource, GENERATED)

    wrong = round_trips.put_changes(api, made, form, values)

    assert wrong == {}


@rule("full-length-values-come-back", statements="S12 S26", basis=RELIED_ON)
@examples_among(2)
@given(sent=customers.full_changes())
@example(sent={"name": FULL["name"]})
@example(sent={"name": "株" * customers.NAME_LENGTH})
@example(sent={"name": "📞" * (customers.NAME_LENGTH // 2)})
@example(sent={"name": "R&D " * (customers.NAME_LENGTH // 4 - 1) + "R&D"})
@example(sent={"corporateid": FULL["corporateid"]})
@example(sent={"email": FULL["email"]})
def test_full_length_values_come_back(api: Api, sent: dict[str, str]) -> None:
    """PUT of a customer value of its documented maximum length answers 200 and stores it whole."""
    made = api.shared_record(CUSTOMERS, GENERATED)

    response = api.put(made.path, data=sent)

    assert response.status_code == OK
    assert round_trips.shown_wrongly(api, made, sent) == {}


@rule("every-way-of-writing-agrees", statements="S10 S12 S34 S35 S52 S53", basis=STATED)
@pytest.mark.parametrize("resource", [CUSTOMERS, GREETINGS], ids=str)
@examples_among(2)
@given(name=customers.names(), way=st.sampled_from(WRITE_WAYS), ways=readings)
@example(
    name="📞 株", way=WriteWay(Form.PATH, body="escaped JSON"), ways=[ReadWay(Form.PATH, JSON)]
)
@example(name="a+b&c", way=WriteWay(Form.PATH, Override.QUERY), ways=[ReadWay(Form.PATH, XML)])
def test_every_way_of_writing_agrees(
    api: Api, resource: Resource, name: str, way: WriteWay, ways: list[ReadWay]
) -> None:
    """A name sent by any form, override or body type of PUT reads back as sent.

    It is read by path and by parameters, in JSON and XML, by suffix and by Accept. Not judged where
    a way of writing does not even store a plain name, or where the name is refused.
    """
    api.offers.require(resource, "PUT")
    made = api.shared_record(resource, GENERATED)

    wrong = round_trips.written_wrongly(api, made, way, {"name": name}, ways)

    assert wrong == {}
