"""Reads that are repeated, each over a connection of its own, after a write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks.lasting import lasting
from conformance.clients.capabilities import NATIVE
from conformance.clients.ways import delete_by
from conformance.spec.addressing import request_for
from conformance.spec.resources import CUSTOMERS
from conformance.verdicts import not_applicable, observable_if
from conformance.wire.recorder import observed
from conformance.wire.records import id_of, record_with_id

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.addressing import Identity
    from conformance.spec.resources import Resource

OFTEN = 3
"""How often to read: two workers that take turns, or a cache beside them, show themselves."""


def names_read(api: Api, identity: Identity, times: int = OFTEN) -> list[object]:
    """GET a record several times, each over another connection; return the names, None for none."""
    asked = request_for("GET", identity)
    answers = [api.hung_up().get(asked.path) for _ in range(times)]
    observed("readings", len(answers))
    records = [record_with_id(each, identity) for each in answers]
    return [None if record is None else record.get("name") for record in records]


def unlike_the_name(api: Api, identity: Identity, name: str | None) -> list[str]:
    """Read a record several times; return the readings that do not show the name written last.

    None stands for a record that is not there.
    """
    return lasting(
        api,
        lambda: [
            f"reading {number} shows {shown!r}, not {name!r}"
            for number, shown in enumerate(names_read(api, identity), start=1)
            if shown != name
        ],
    )


def after_post(api: Api, resource: Resource) -> list[str]:
    """Create a record; return the readings that do not show it."""
    values = api.values(resource)
    made = api.create_new(
        resource, values.get("customer_id") if resource.parent else None, **values
    )
    return unlike_the_name(api, made, values["name"])


def after_put(api: Api, resource: Resource) -> list[str]:
    """Change a record that was read often; return the readings that do not show its new name."""
    form = api.offers.require(resource, "PUT")
    made, name = api.shared_record(resource), api.fresh()
    names_read(api, made, 1)
    api.ask("PUT", made, form, data={"name": name})
    return unlike_the_name(api, made, name)


def after_delete(api: Api, resource: Resource) -> list[str]:
    """Delete a record that was read often; return the readings that still show it."""
    way = api.offers.usable_for_delete(resource, NATIVE[0]) or not_applicable("no DELETE works")
    made = api.create(resource)
    names_read(api, made, 1)
    delete_by(api, made, way)
    return unlike_the_name(api, made, None)


AFTER = {"POST": after_post, "PUT": after_put, "DELETE": after_delete}
"""The writes after which reads are repeated."""


def _filters_by(api: Api, owner: Identity, resource: Resource) -> dict[str, str]:
    """Return the filters of a list that find a customer, or what it has; none below a customer."""
    if resource is CUSTOMERS:
        return {"custnr": str(api.read(owner).get("custnr"))}
    return {} if resource.parent else {CUSTOMERS.id_field: owner.id}


def unlike_in_filtered_list(api: Api, resource: Resource) -> list[str]:
    """GET a list with a filter that finds a record, PUT a name, and GET it again.

    Returns what the second list shows in place of the name. Inconclusive where the first shows no
    name.
    """
    form, owner = api.offers.require(resource, "PUT"), api.create(CUSTOMERS)
    made = owner if resource is CUSTOMERS else api.create(resource, owner.id)
    filters = _filters_by(api, owner, resource)

    def names() -> list[object]:
        listed = api.listed(resource, made.parent_id, **filters)
        return [each.get("name") for each in listed if id_of(resource, each) == made.id]

    observable_if(any(names()), "a list with a filter shows no name")
    name = api.fresh()
    api.update(made, {"name": name}, form)
    return lasting(
        api, lambda: [f"{each!r} in place of {name!r}" for each in names() if each != name]
    )


def missing_after_a_filter(api: Api, resource: Resource) -> list[str]:
    """GET a list with a filter, and then without; return a record of another owner if it is gone.

    Inconclusive where the list does not show it before.
    """
    owner, other = api.create(CUSTOMERS), api.create(CUSTOMERS)
    made = other if resource is CUSTOMERS else api.create(resource, other.id)
    filters = _filters_by(api, owner, resource)

    def is_listed() -> bool:
        return made.id in [id_of(resource, each) for each in api.listed(resource)]

    observable_if(is_listed(), "the list does not show a new record")
    api.get(resource.collection, params=filters)
    is_there = is_listed()
    observed("lists", 2)
    return [] if is_there else [f"{resource.singular} {made.id}"]
