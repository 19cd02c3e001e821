"""POST creates records from form parameters in the body; nothing else does (S04, S11, S14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks.fixed_names import created_as_one_of
from conformance.checks.method_places import unknown_parent
from conformance.checks.request_data import with_name_written
from conformance.config.sampling import share
from conformance.readings import reading
from conformance.rules import INFERRED, RELIED_ON, STATED, rule
from conformance.spec.addressing import Options
from conformance.spec.media_types import ACCEPT, XML
from conformance.spec.resources import CUSTOMERS, SOURCES, USERS
from conformance.verdicts import applicable_if
from conformance.wire.records import id_of, readable_records
from strategies.texts import FORM_TEXTS, forms_of
from suites.parameters import each_resource

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource


OPTIONAL = {"email": "Ada.Byron@example.com", "corporateid": "0556677-8899"}
"""Optional parameters of a new customer."""

IN_XML: dict[str, tuple[str, dict[str, str]]] = {
    "Accept": ("", {"Accept": ACCEPT[XML]}),
    "suffix": (".xml", {}),
}
"""Ways to ask for an answer in XML: what is behind the path, and header fields."""

SPELLINGS = {
    "Ada+Byron": "Ada Byron",
    "Ada%20Byron": "Ada Byron",
    "%41da%20%42yron": "Ada Byron",
    "%c3%85da+Byron": "Åda Byron",
    "%C3%85da+Byron": "Åda Byron",
}
"""Names as they may be written in a body, and what they mean."""


@rule("post-creates-from-form-body", statements="S04 S11 S14", basis=STATED)
@pytest.mark.parametrize("more", [{}, OPTIONAL], ids=["mandatory parameters", "optional ones, too"])
def test_post_creates_from_form_body(api: Api, more: dict[str, str]) -> None:
    """POST of a form with name and custnr to /customers succeeds and creates one such customer."""
    values, response = api.post_new(CUSTOMERS, more=more)

    found = api.stored(CUSTOMERS, response, "custnr", values["custnr"])
    assert response.ok
    assert [record.get("name") for record in found] == [values["name"]]


@rule("post-creates-exactly-one", statements="S11", basis=STATED)
@each_resource
def test_post_creates_exactly_one(api: Api, resource: Resource) -> None:
    """One POST creates exactly one record, and a second POST another one with its own id."""
    first = api.create_new(resource)

    values, response = api.post_new(resource, first.parent_id)

    second = api.created(resource, response, values)
    records = api.holding(resource, "name", values["name"], first.parent_id)
    others = [id_of(resource, each) for each in records if id_of(resource, each) != second.id]
    assert second.id != first.id
    assert others == []


@rule("post-in-xml-creates-exactly-one", statements="S11 S33 S34", basis=STATED)
@each_resource
@pytest.mark.parametrize(("suffix", "fields"), IN_XML.values(), ids=IN_XML)
def test_post_in_xml_creates_exactly_one(
    api: Api, resource: Resource, suffix: str, fields: dict[str, str]
) -> None:
    """A POST that is to be answered in XML creates one record as well, where it succeeds."""
    parent_id = api.shared_record(resource).parent_id
    path = f"{resource.collection}{suffix}"

    values, response = api.post_new(
        resource, parent_id, lambda sent: api.post(path, data=sent, headers=fields)
    )

    applicable_if(response.ok, f"it is refused with {response.status_code}")
    assert len(api.holding(resource, "name", values["name"], parent_id)) == 1


@rule("post-stores-what-was-sent", statements="S11", basis=STATED)
@each_resource
def test_post_stores_what_was_sent(api: Api, resource: Resource) -> None:
    """A new record shows the name, custnr and owner sent: by path, by parameters, in the list."""
    values = api.values(resource)
    made = api.create_new(resource, **values)

    read = api.every_reading(made)

    assert read
    assert [
        (field, record[field])
        for record in read
        for field in ("name", "customer_id", "custnr")
        if field in values and field in record and str(record[field]) != values[field]
    ] == []


@rule("post-answers-the-record", statements="S11", basis=RELIED_ON)
@each_resource
def test_post_answers_the_record(api: Api, resource: Resource) -> None:
    """The response to POST holds exactly the record created, with its id and the name sent."""
    values, response = api.post_new(resource)

    made = api.created(resource, response, values)
    answered = readable_records(response, resource)
    assert [(id_of(resource, each), each.get("name")) for each in answered] == [
        (made.id, values["name"])
    ]


@rule("post-stores-optional-parameters", statements="S11", basis=RELIED_ON)
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "Ada.Byron@example.com"),
        ("corporateid", "0556677-8899"),
        ("receive_monthly_report", "2"),
        ("freespee_caller_id", "1"),
    ],
)
def test_post_stores_optional_parameters(api: Api, field: str, value: str) -> None:
    """POST /customers stores each optional parameter with the value sent.

    Not applicable to a parameter that neither the customer nor the document's sample shows.
    """
    made = api.create_new(CUSTOMERS, **{field: value})

    record = api.read(made)

    applicable_if(field in record or field in OPTIONAL, f"no customer shows {field}")
    assert record.get(field) == value


@rule("post-decodes-the-body-once", statements="S04", basis=STATED)
@pytest.mark.parametrize("look", share(list(FORM_TEXTS), standard=8))
def test_post_decodes_the_body_once(api: Api, look: str) -> None:
    """POST /customers URL-decodes its body exactly once: names with special characters survive."""
    made, sent = created_as_one_of(
        api, forms_of(FORM_TEXTS[look], api.fresh(), api.ledger.fresh_number())
    )

    record = api.read(made)

    assert record.get("name") == sent


@rule("post-reads-plus-and-percent-alike", statements="S04", basis=STATED)
@pytest.mark.parametrize(("written", "meant"), SPELLINGS.items(), ids=SPELLINGS)
def test_post_reads_plus_and_percent_alike(api: Api, written: str, meant: str) -> None:
    """In a POST body, + and %20 both mean a space, and any character may be percent-encoded."""
    rest = api.fresh()

    values, response = api.post_new(
        CUSTOMERS,
        post=lambda sent: api.post("/customers", data=with_name_written(f"{written}+{rest}", sent)),
    )

    made = api.created(CUSTOMERS, response, values)
    assert api.read(made).get("name") == f"{meant} {rest}"


@rule("post-pairs-in-any-order", statements="S04", basis=STATED)
def test_post_pairs_in_any_order(api: Api) -> None:
    """POST /customers stores the form parameters correctly when they come in reverse order."""
    api.offers.require_creation(CUSTOMERS)

    values, response = api.post_new(
        CUSTOMERS, post=lambda sent: api.post("/customers", data=dict(list(sent.items())[::-1]))
    )

    stored = api.stored(CUSTOMERS, response, "name", values["name"])
    assert {record.get("custnr") for record in stored} == {values["custnr"]}


@rule("post-leaves-other-records", statements="S11", basis=STATED)
@each_resource
def test_post_leaves_other_records(api: Api, resource: Resource) -> None:
    """POST leaves a record of the same resource that existed before unchanged."""
    earlier = api.create(resource)
    before = api.read(earlier)

    values, response = api.post_new(resource, earlier.parent_id)

    api.created(resource, response, values)
    assert api.find(earlier) == before


@rule("get-creates-nothing", statements="S14", basis=STATED)
@pytest.mark.parametrize("where", ["query", "body"])
def test_get_creates_nothing(api: Api, where: str) -> None:
    """GET /customers with the parameters of a new customer, in query or body, creates nothing."""
    api.gate.permit_method("POST")
    values = api.values(CUSTOMERS)
    places = {"query": Options(params=values), "body": Options(data=values)}

    api.get("/customers", **places[where])

    assert api.holding(CUSTOMERS, "custnr", values["custnr"]) == []


@rule("post-updates-nothing", statements="S14", basis=INFERRED)
@pytest.mark.parametrize("named", ["path", "customer_id", "custnr"])
def test_post_updates_nothing(api: Api, named: str) -> None:
    """POST that names a customer by path, customer_id or custnr leaves that customer unchanged.

    The method of this POST is not overridden.
    """
    made = api.create(CUSTOMERS)
    before = api.read(made)
    values = api.values(CUSTOMERS)
    custnr = {"custnr": str(before.get("custnr"))}
    named_by = {
        "path": (made.path, values),
        "customer_id": (CUSTOMERS.collection, {**values, **made.parameters}),
        "custnr": (CUSTOMERS.collection, {**values, **custnr}),
    }
    path, data = named_by[named]

    response = api.post(path, data=data)

    api.stored(CUSTOMERS, response, "name", values["name"])
    assert api.find(made) == before


@rule("post-keeps-number-like-values", statements="S11", basis=STATED)
@pytest.mark.parametrize("prefix", ["00", "+", "-0", "1e", "0x"])
def test_post_keeps_number_like_values(api: Api, prefix: str) -> None:
    """POST /customers stores a custnr that looks like a number as text, character by character."""
    custnr = prefix + api.ledger.fresh_number()

    made = api.create_new(CUSTOMERS, custnr=custnr)

    assert api.read(made).get("custnr") == custnr


@rule("refused-post-reserves-nothing", statements="S11 S39", basis=STATED)
def test_refused_post_reserves_nothing(api: Api) -> None:
    """POST takes a custnr that came in a POST which was refused, as lacking a name, before."""
    api.shared_record(CUSTOMERS)
    values = api.values(CUSTOMERS)
    refused = api.post(CUSTOMERS.collection, data={"custnr": values["custnr"]})
    api.ledger.note_answered(refused, CUSTOMERS)
    applicable_if(not refused.ok, "a customer may lack a name")
    api.create_new(CUSTOMERS)

    response = api.post(CUSTOMERS.collection, data=values)

    assert response.ok
    assert api.stored(CUSTOMERS, response, "custnr", values["custnr"]) != []


@rule("post-takes-a-name-of-zero", statements="S11", basis=INFERRED)
def test_post_takes_a_name_of_zero(api: Api) -> None:
    """POST /customers takes the name 0, which some languages hold for empty, where it takes 7."""
    api.create_new(CUSTOMERS, name="7")
    values = {**api.values(CUSTOMERS), "name": "0"}

    response = api.post(CUSTOMERS.collection, data=values)

    assert response.ok
    assert api.read(api.created(CUSTOMERS, response, values)).get("name") == "0"


@rule("post-for-nobody-is-refused", statements="S11 S39", basis=INFERRED)
@pytest.mark.parametrize("resource", [SOURCES, USERS], ids=str)
@pytest.mark.parametrize("absence", ["unknown", "deleted"])
def test_post_for_nobody_is_refused(api: Api, resource: Resource, absence: str) -> None:
    """POST of a source or user for an unknown or deleted customer is answered 400, 403 or 404."""
    api.offers.require_creation(resource)
    values, nobody = api.values(resource), unknown_parent(api, absence)

    response = api.post(resource.collection, data={**values, "customer_id": nobody})

    api.ledger.note_answered(response, resource)
    assert reading("unknown-owner", resource, "nobody's").accepts(response.status_code)


@rule("post-for-a-foreign-customer-is-refused", statements="S11 S41", basis=INFERRED)
@pytest.mark.parametrize("resource", [SOURCES, USERS], ids=str)
def test_post_for_a_foreign_customer_is_refused(api: Api, resource: Resource) -> None:
    """POST of a source or user for another account's customer is answered 400, 403 or 404."""
    foreign, values = api.samples.foreign_customer(), api.values(resource)
    api.offers.require_creation(resource)

    response = api.post(resource.collection, data={**values, "customer_id": foreign.id})

    api.ledger.note_answered(response, resource)
    about = (resource, "another account's")
    assert reading("unknown-owner", *about).accepts(response.status_code)
