"""DELETE leaves the records of other customers in place (S05)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks.custom_fields import fields_in_use
from conformance.checks.greeting_users import source_beside_a_namesake
from conformance.checks.links import greeting_of, linked_source
from conformance.clients.explained import in_its_words
from conformance.rules import INFERRED, STATED, rule
from conformance.spec.resources import CUSTOMERS, GREETINGS, SOURCES, USERS
from conformance.verdicts import applicable_if
from conformance.wire.records import ids_in, readable_records, with_value
from suites.parameters import each_resource

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource

pytestmark = pytest.mark.sole

RIGHTS = {"write_access": "1", "receive_monthly_report": "1"}
"""What a user has who may do more than a new one."""


@rule("new-customer-has-nothing-of-a-deleted-one", statements="S11 S08", basis=STATED)
@pytest.mark.parametrize("resource", [GREETINGS, SOURCES, USERS], ids=str)
def test_new_customer_has_nothing_of_a_deleted_one(api: Api, resource: Resource) -> None:
    """A customer that is created when another one was deleted has none of that one's records."""
    form = api.offers.require(CUSTOMERS, "DELETE")
    gone, name = api.create(CUSTOMERS), api.fresh()
    api.create(resource, gone.id, name=name)
    api.ask("DELETE", gone, form)

    made = api.create(CUSTOMERS)

    listed = api.get(resource.collection, params={"customer_id": made.id})
    assert with_value(readable_records(listed, resource), "name", name) == []


@rule("customer-of-one-name-is-deleted-alone", statements="S05", basis=STATED)
@pytest.mark.parametrize("resource", [GREETINGS, SOURCES], ids=str)
def test_customer_of_one_name_is_deleted_alone(api: Api, resource: Resource) -> None:
    """DELETE of a customer leaves what another customer of the same name has."""
    form, name = api.offers.require(CUSTOMERS, "DELETE"), api.fresh()
    owner = api.create(CUSTOMERS, name=name)
    kept = api.create(resource, owner.id)
    values = {**api.values(CUSTOMERS), "name": name}
    response = api.post(CUSTOMERS.collection, data=values)
    applicable_if(response.ok, "a second customer of one name is refused")
    deleted = api.created(CUSTOMERS, response, values)

    api.ask("DELETE", deleted, form)

    assert api.find(kept) is not None


@rule("user-of-one-address-stays", statements="S05", basis=STATED)
def test_user_of_one_address_stays(api: Api) -> None:
    """DELETE of a customer leaves a user of another one, though both have the same address."""
    form, email = api.offers.require(CUSTOMERS, "DELETE"), f"{api.fresh()}@example.com"
    kept = api.create_new(USERS, api.create(CUSTOMERS).id, email=email)
    deleted = api.create(CUSTOMERS)
    api.create_new(USERS, deleted.id, email=email)

    api.ask("DELETE", deleted, form)

    assert api.find(kept) is not None


@rule("number-of-a-deleted-customer-brings-nothing-back", statements="S11", basis=STATED)
def test_number_of_a_deleted_customer_brings_nothing_back(api: Api) -> None:
    """A customer created with the custnr of a deleted one has none of that one's other values.

    Not judged where the custnr stays taken.
    """
    form, values = api.offers.require(CUSTOMERS, "DELETE"), api.values(CUSTOMERS)
    custom = dict.fromkeys(fields_in_use(api, CUSTOMERS), "of the deleted one")
    sent = {**api.account.optional(), **custom}
    gone = api.create(CUSTOMERS, **values)
    api.put(gone.path, data=sent)
    api.ask("DELETE", gone, form)

    response = api.post(CUSTOMERS.collection, data=values)

    applicable_if(response.ok, "the custnr of a deleted customer stays taken")
    made = api.read(api.created(CUSTOMERS, response, values))
    assert [name for name in sent.keys() - values if made.get(name) == sent[name]] == []


@rule("number-of-a-deleted-customer-brings-no-records-back", statements="S11 S08", basis=STATED)
@pytest.mark.parametrize("resource", [GREETINGS, SOURCES, USERS], ids=str)
def test_number_of_a_deleted_customer_brings_no_records_back(api: Api, resource: Resource) -> None:
    """A customer created with the custnr of a deleted one has none of that one's records.

    Not judged where the custnr stays taken.
    """
    form, values = api.offers.require(CUSTOMERS, "DELETE"), api.values(CUSTOMERS)
    gone = api.create(CUSTOMERS, **values)
    known, name = api.fresh(), api.fresh()
    api.create(resource, gone.id, name=known)
    api.ask("DELETE", gone, form)

    response = api.post(CUSTOMERS.collection, data={**values, "name": name})

    applicable_if(response.ok, "the custnr of a deleted customer stays taken")
    made = api.created(CUSTOMERS, response, {**values, "name": name})
    listed = api.get(resource.collection, params={CUSTOMERS.id_field: made.id})
    assert with_value(readable_records(listed, resource), "name", known) == []


@rule("greetings-go-with-their-customer", statements="S08 S42", basis=INFERRED)
def test_greetings_go_with_their_customer(api: Api) -> None:
    """GET of a greeting below a customer who was deleted shows nothing."""
    form, customer = api.offers.require(CUSTOMERS, "DELETE"), api.create(CUSTOMERS)
    greeting = api.create(GREETINGS, customer.id)
    api.offers.require_readable(greeting)

    response = api.ask("DELETE", customer, form)

    applicable_if(response.ok, in_its_words("DELETE of a customer with a greeting", response))
    assert api.find(greeting) is None


@rule("users-go-from-every-reading", statements="S05 S06 S07", basis=STATED)
def test_users_go_from_every_reading(api: Api) -> None:
    """After DELETE of a customer, the list of its users has none whom a GET by id does not show."""
    form, customer = api.offers.require(CUSTOMERS, "DELETE"), api.create(CUSTOMERS)
    user = api.create(USERS, customer.id)
    asked = {CUSTOMERS.id_field: customer.id}
    api.get(USERS.collection, params=asked)
    api.read(user)  # an answer that somebody may keep

    response = api.ask("DELETE", customer, form)

    applicable_if(response.ok, in_its_words("DELETE of a customer with a user", response))
    listed = ids_in(api.get(USERS.collection, params=asked), USERS)
    is_a_ghost = user.id in listed and api.find(user) is None
    ghosts = [user.id] * is_a_ghost
    assert [f"the list shows user {id_}, whom a GET by its id does not" for id_ in ghosts] == []


@rule("new-user-has-nothing-of-a-deleted-one", statements="S11 S05", basis=STATED)
def test_new_user_has_nothing_of_a_deleted_one(api: Api) -> None:
    """A user with the address of a deleted one has none of that one's values."""
    form, owner = api.offers.require(USERS, "DELETE"), api.create(CUSTOMERS).id
    values, usual = api.values(USERS, owner), api.read(api.create_new(USERS, owner))
    gone = api.create_new(USERS, owner, email=values["email"])
    put = api.ask("PUT", gone, data=RIGHTS)
    applicable_if(put.ok, in_its_words("PUT of a user's rights", put))
    api.ask("DELETE", gone, form)

    response = api.post(USERS.collection, data=values)

    applicable_if(response.ok, in_its_words("POST of the address of a deleted user", response))
    made = api.read(api.created(USERS, response, values))
    assert [made.get(name) for name in RIGHTS] == [usual.get(name) for name in RIGHTS]


@rule("delete-of-a-source-leaves-its-greeting", statements="S05", basis=STATED)
def test_delete_of_a_source_leaves_its_greeting(api: Api) -> None:
    """DELETE of a source leaves the greeting that it plays."""
    form = api.offers.require(SOURCES, "DELETE")
    source, used, _ = source_beside_a_namesake(api)

    api.ask("DELETE", source, form)

    assert api.find(used) is not None


@rule("delete-unlinks-no-other-greeting", statements="S05", basis=STATED)
def test_delete_unlinks_no_other_greeting(api: Api) -> None:
    """DELETE of a greeting leaves the source of the same customer that plays another greeting."""
    form = api.offers.require(GREETINGS, "DELETE")
    source, kept = linked_source(api)
    deleted = api.create(GREETINGS, kept.parent_id)

    api.ask("DELETE", deleted, form)

    assert greeting_of(api, source) == kept.id


@rule("delete-twice-deletes-no-other", statements="S05 S42", basis=STATED)
@each_resource
def test_delete_twice_deletes_no_other(api: Api, resource: Resource) -> None:
    """DELETE of a record that was deleted before leaves the one that was made after it."""
    form, gone = api.offers.require(resource, "DELETE"), api.create_new(resource)
    kept = api.create_new(resource, gone.parent_id)
    api.offers.require_readable(kept)
    api.ask("DELETE", gone, form)

    api.ask("DELETE", gone, form)

    assert api.find(kept) is not None


@rule("delete-leaves-what-others-have", statements="S05", basis=STATED)
@pytest.mark.parametrize("resource", [GREETINGS, SOURCES, USERS], ids=str)
def test_delete_leaves_what_others_have(api: Api, resource: Resource) -> None:
    """DELETE of a customer leaves the greetings, sources and users of other customers."""
    form = api.offers.require(CUSTOMERS, "DELETE")
    kept = api.create(resource, api.shared_record(CUSTOMERS).id)
    deleted = api.create(CUSTOMERS)
    api.create(resource, deleted.id)  # what the deleted customer has
    api.offers.require_readable(kept)

    api.ask("DELETE", deleted, form)

    assert api.find(kept) is not None
