"""Records that are equal in all but their ids are told apart by them (S05, S06, S07, S11, S12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks.custom_fields import custom_values
from conformance.checks.twins import (
    changed_beside,
    changed_twins,
    customer_numbered_like_another,
    equal_records,
    family_of,
    lasting_customers_numbered_alike,
    pair_of,
    post_if_taken,
    readable_family,
    record_with_a_value,
    unlike_in_the_list,
    users_of_one_address,
)
from conformance.clients.ways import delete_by, write_by
from conformance.rules import STATED, rule
from conformance.spec.equal_ways import WRITE_WAYS
from conformance.spec.resources import CUSTOMERS, GREETINGS, SOURCES, USERS
from conformance.verdicts import applicable_if
from conformance.wire.recorder import observed
from conformance.wire.records import id_of
from suites.consuming.test_client_updates import each_turn
from suites.parameters import each_resource, each_resource_with_custom_fields
from suites.turns import chosen

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource

pytestmark = pytest.mark.in_turn


@rule("equal-posts-create-two", statements="S11 S07", basis=STATED)
@each_resource
def test_equal_posts_create_two(api: Api, resource: Resource) -> None:
    """POST of the same data again creates another record beside the first, unless it is refused.

    What may have to be unique, a customer's number and a user's address, differs.
    """
    pair = pair_of(api, resource)

    observed("records", len(pair.listed))
    assert pair.first.id not in pair.answered
    assert pair.listed.count(pair.first.id) == 1
    assert [each for each in pair.listed if each != pair.first.id] != []


@rule("twin-is-read-alone", statements="S06 S11", basis=STATED)
@each_resource
def test_twin_is_read_alone(api: Api, resource: Resource) -> None:
    """Each of three records that are alike is answered to a GET of its id, and none beside it."""
    family = family_of(api, resource)

    observed("records", len(family.ids))
    assert [(id_, answered) for id_, answered in family.ids.items() if answered != [id_]] == []


@rule("twin-is-read-as-it-is-listed", statements="S06 S07", basis=STATED)
@each_resource
def test_twin_is_read_as_it_is_listed(api: Api, resource: Resource) -> None:
    """Each of three records that are alike is read by its id with the values that the list shows.

    What a server gives to each alone, such as the number of a source, tells them apart.
    """
    family = family_of(api, resource)

    different = unlike_in_the_list(api, family)

    assert different == {}


@rule("twin-is-changed-alone", statements="S12", basis=STATED)
@each_turn
@each_resource
def test_twin_is_changed_alone(api: Api, resource: Resource, turn: int) -> None:
    """PUT to one of three records that are alike leaves those before and after it as they were."""
    family = readable_family(api, resource)
    way = api.offers.require_usable(resource, chosen(WRITE_WAYS, turn))
    field = next(iter(custom_values(api.read(family.middle))), "name")

    write_by(api, family.middle, way, {field: api.fresh()})
    write_by(api, family.middle, way, {"name": api.fresh()})

    assert changed_twins(api, family) == []


@rule("custnr-is-unique-as-a-whole", statements="S11", basis=STATED)
@pytest.mark.parametrize(("start", "length"), [("cf", 44), ("", 19)], ids=["text", "digits"])
def test_custnr_is_unique_as_a_whole(api: Api, start: str, length: int) -> None:
    """POST takes a custnr that differs from a taken one in its last character alone.

    Not judged where a third one of that length is refused as well.
    """
    first = f"{start}{api.ledger.fresh_number()}".ljust(length, "0")
    other = f"{start}{api.ledger.fresh_number()}".ljust(length, "0")
    api.create_new(CUSTOMERS, custnr=f"{first}1")

    response = api.post(CUSTOMERS.collection, data={**api.values(CUSTOMERS), "custnr": f"{first}2"})

    api.create_new(CUSTOMERS, custnr=f"{other}1")
    assert response.ok


@rule("users-of-one-address-are-each-listed", statements="S07", basis=STATED)
def test_users_of_one_address_are_each_listed(api: Api) -> None:
    """The list of users has each of two of one customer with the same name and e-mail address.

    Not applicable where an address belongs to one user.
    """
    first, second, owner = users_of_one_address(api)

    listed = {id_of(USERS, each) for each in api.listed(USERS, customer_id=owner.id)}

    unlisted = [each.id for each in (first, second) if each.id not in listed]
    assert [f"user {id_} is not listed" for id_ in unlisted] == []


@rule("user-of-one-address-is-changed-alone", statements="S12 S05", basis=STATED)
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_user_of_one_address_is_changed_alone(api: Api, method: str) -> None:
    """PUT and DELETE of a user leave another one of the same name and e-mail address as it was.

    Not applicable where an address belongs to one user.
    """
    form = api.offers.require(USERS, method)
    first, second, _ = users_of_one_address(api)
    before = api.read(first)

    api.ask(method, second, form, data={"name": api.fresh()})

    assert api.find(first) == before


@rule("owner-is-named-by-its-id", statements="S11", basis=STATED)
@pytest.mark.parametrize("resource", [SOURCES, USERS], ids=str)
def test_owner_is_named_by_its_id(api: Api, resource: Resource) -> None:
    """POST for a customer whose id is another customer's custnr creates a record of the former."""
    customer, _ = lasting_customers_numbered_alike(api)

    made = api.create_new(resource, customer.id)

    assert api.read(made).get(CUSTOMERS.id_field) in (None, customer.id)


@rule("list-below-a-customer-holds-no-namesake", statements="S08 S07", basis=STATED)
def test_list_below_a_customer_holds_no_namesake(api: Api) -> None:
    """The greetings of a customer have none of another customer's that has the same name."""
    owner, values = api.create_new(CUSTOMERS), api.values(CUSTOMERS)
    values["name"] = str(api.read(owner).get("name"))
    response = api.post(CUSTOMERS.collection, data=values)
    applicable_if(response.ok, "a second customer of one name is refused")
    theirs = api.create(GREETINGS, api.created(CUSTOMERS, response, values).id)

    listed = api.listed(GREETINGS, owner.id)

    assert theirs.id not in [id_of(GREETINGS, each) for each in listed]


@rule("every-field-of-a-twin-is-its-own", statements="S12", basis=STATED)
@each_resource_with_custom_fields
def test_every_field_of_a_twin_is_its_own(api: Api, resource: Resource) -> None:
    """PUT of every text of a record changes nothing of another that has had the same values."""
    changed = changed_beside(api, resource)

    assert changed == {}


@rule("twin-is-deleted-alone", statements="S05", basis=STATED)
@each_resource
def test_twin_is_deleted_alone(api: Api, resource: Resource) -> None:
    """DELETE of one of three records that are alike leaves those before and after it."""
    family = readable_family(api, resource)
    way = api.offers.require_usable_for_delete(resource)
    api.ask("PUT", family.middle, data={"name": family.name})

    delete_by(api, family.middle, way)

    assert changed_twins(api, family) == []


@rule("older-twin-is-deleted-alone", statements="S05", basis=STATED)
@each_resource
def test_older_twin_is_deleted_alone(api: Api, resource: Resource) -> None:
    """DELETE of the older of two records with the same values, of one owner, leaves the younger."""
    way = api.offers.require_usable_for_delete(resource)
    older, younger = equal_records(api, resource)
    before = api.read(younger)

    delete_by(api, older, way)

    assert api.find(younger) == before


@rule("number-like-an-id-is-not-written-to", statements="S12 S06", basis=STATED)
def test_number_like_an_id_is_not_written_to(api: Api) -> None:
    """PUT to a customer's id leaves another customer alone whose custnr is the same text."""
    form = api.offers.require(CUSTOMERS, "PUT")
    other, made, before = customer_numbered_like_another(api)

    api.update(other, {"name": api.fresh()}, form)

    assert api.read(made) == before


@rule("number-like-a-deleted-id-is-not-written-to", statements="S05 S12 S42", basis=STATED)
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_number_like_a_deleted_id_is_not_written_to(api: Api, method: str) -> None:
    """PUT and DELETE of a deleted customer leave another one alone whose custnr is that id."""
    api.offers.require(CUSTOMERS, method)
    form = api.offers.require(CUSTOMERS, "DELETE")
    other, made, before = customer_numbered_like_another(api)
    api.ask("DELETE", other, form)

    api.ask(method, other, form, data={"name": api.fresh()})

    assert api.find(made) == before


@rule("deleted-id-names-no-other", statements="S12 S42", basis=STATED)
@each_resource
def test_deleted_id_names_no_other(api: Api, resource: Resource) -> None:
    """PUT to the id of a deleted record leaves the one that was made after it as it was."""
    form = api.offers.require(resource, "DELETE")
    form_of_put = api.offers.require(resource, "PUT")
    gone = api.create(resource)
    kept = api.create(resource, gone.parent_id)
    before = api.read(kept)
    api.ask("DELETE", gone, form)

    api.ask("PUT", gone, form_of_put, data={"name": api.fresh()})

    assert api.read(kept) == before


@rule("delete-moves-no-id", statements="S05 S12", basis=STATED)
@each_resource
def test_delete_moves_no_id(api: Api, resource: Resource) -> None:
    """After DELETE of a record, PUT of the next one but one reaches that, and not its neighbour."""
    form = api.offers.require(resource, "DELETE")
    form_of_put = api.offers.require(resource, "PUT")
    first = api.create(resource)
    between = api.create(resource, first.parent_id)
    last = api.create(resource, first.parent_id)
    before, name = api.read(between), api.fresh()
    api.ask("DELETE", first, form)

    api.ask("PUT", last, form_of_put, data={"name": name})

    assert api.read(last).get("name") == name
    assert api.read(between) == before


@rule("post-of-a-known-value-changes-no-record", statements="S11", basis=STATED)
@pytest.mark.parametrize(
    ("resource", "field"),
    [(USERS, "email"), (CUSTOMERS, "name"), (CUSTOMERS, "corporateid"), (SOURCES, "name")],
    ids=str,
)
def test_post_of_a_known_value_changes_no_record(api: Api, resource: Resource, field: str) -> None:
    """POST with one value that a record has, and others of its own, leaves that record as it was.

    Its customer is another one, too. Whether it is created or refused is not judged.
    """
    made, value = record_with_a_value(api, resource, field)
    before, values = api.read(made), api.values(resource)

    post_if_taken(api, resource, {**values, field: value})

    assert api.read(made) == before
