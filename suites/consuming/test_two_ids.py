"""Of two different ids in one request at most one takes effect (S05, S06, S12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.readings import reading
from conformance.rules import INFERRED, STATED, rule
from conformance.spec.addressing import request_for
from conformance.spec.resources import CUSTOMERS, GREETINGS, SOURCES, USERS
from conformance.verdicts import applicable_if
from conformance.wire.records import ids_in, with_value

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.addressing import Identity, Options
    from conformance.spec.resources import Resource


@rule("two-ids-read-one-at-most", statements="S06", basis=INFERRED)
def test_two_ids_read_one_at_most(api: Api) -> None:
    """GET with one customer id in the path and another in the query returns one of them or none.

    The accepted statuses are 200, 400, 403, 404, 405 and 501.
    """
    made, other = api.shared_record(CUSTOMERS), api.create(CUSTOMERS)

    response = api.get(made.path, params=other.parameters)

    assert reading("conflicting-ids", "GET").accepts(response.status_code)
    assert ids_in(response, CUSTOMERS) in ([made.id], [other.id], [])


@rule("two-ids-update-one-at-most", statements="S12", basis=STATED)
def test_two_ids_update_one_at_most(api: Api) -> None:
    """PUT with one customer id in the path and another in the body updates at most one of them.

    Both customers remain under their own ids. The accepted statuses are 200, 400, 403, 404, 405 and
    501.
    """
    made, other, name = api.create(CUSTOMERS), api.create(CUSTOMERS), api.fresh()
    api.offers.require_readable(made, other)

    response = api.put(made.path, data={**other.parameters, "name": name})

    names = {made.id: name_of(api, made), other.id: name_of(api, other)}
    assert reading("conflicting-ids", "PUT").accepts(response.status_code)
    assert list(names.values()) != [name, name]
    assert [f"customer {id_} is gone" for id_, shown in names.items() if shown is None] == []


@rule("number-like-an-id-hides-no-record", statements="S06 S12", basis=STATED)
def test_number_like_an_id_hides_no_record(api: Api) -> None:
    """GET and PUT by a customer's id mean that customer, though the id is another's custnr."""
    made = api.create(CUSTOMERS)
    values = {**api.values(CUSTOMERS), "custnr": made.id}
    response = api.post(CUSTOMERS.collection, data=values)
    applicable_if(response.ok, f"such a custnr is refused with {response.status_code}")
    namesake = api.created(CUSTOMERS, response, values)
    before = api.read(namesake)

    shown = api.ask("GET", made)
    api.update(made, {"name": api.fresh()})

    assert ids_in(shown, CUSTOMERS) == [made.id]
    assert api.read(namesake) == before


@rule("two-parents-create-under-one", statements="S08 S11", basis=STATED)
def test_two_parents_create_under_one(api: Api) -> None:
    """POST with one customer id in the path and another in the body creates at most one greeting.

    The accepted statuses are 200, 400, 403, 404, 405 and 501.
    """
    api.offers.require(GREETINGS, "POST")
    parents = [api.create(CUSTOMERS).id, api.create(CUSTOMERS).id]
    path, name = f"/customers/{parents[0]}/{GREETINGS.name}", api.fresh()

    response = api.post(path, data={"customer_id": parents[1], "name": name})

    found = [*named(api, parents[0], name), *named(api, parents[1], name)]
    assert reading("conflicting-ids", "POST under two parents").accepts(response.status_code)
    assert len(found) <= 1


@rule("two-ids-delete-one-at-most", statements="S05", basis=STATED)
def test_two_ids_delete_one_at_most(api: Api) -> None:
    """DELETE with one customer id in the URL and another in a form deletes at most one of them."""
    form = api.offers.require(CUSTOMERS, "DELETE")
    made, other = api.create(CUSTOMERS), api.create(CUSTOMERS)
    asked = request_for("DELETE", made, form)
    options: Options = {**asked.options, "data": other.parameters}
    api.offers.require_readable(made)

    api.request(asked.method, asked.path, **options)

    both = [api.find(made), api.find(other)]
    customers_left = [each for each in both if each is not None]
    assert customers_left != []


def name_of(api: Api, identity: Identity) -> object:
    """Return the name that a record shows, None where it cannot be read."""
    return (api.find(identity) or {}).get("name")


def named(api: Api, parent_id: str, name: str) -> list[Identity]:
    """Return a customer's greetings of a given name, remembered for the clean-up."""
    found = with_value(api.listed(GREETINGS, parent_id), "name", name)
    return [api.adopt(GREETINGS, record, parent_id) for record in found]


@rule("post-naming-another-id-updates-nothing", statements="S11 S14", basis=STATED)
@pytest.mark.parametrize("resource", [SOURCES, USERS], ids=str)
def test_post_naming_another_id_updates_nothing(api: Api, resource: Resource) -> None:
    """POST whose data name a record of the same owner by its id leave that one unchanged."""
    made = api.create_new(resource)
    before = api.read(made)
    values = api.values(resource, str(before.get("customer_id")))

    response = api.post(resource.collection, data={**values, resource.id_field: made.id})

    api.stored(resource, response, "name", values["name"])
    assert api.find(made) == before
