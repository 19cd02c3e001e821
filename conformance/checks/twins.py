"""Twins: records of ours that are equal in all but their ids, or in one field each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.checks.histories import kept_values
from conformance.checks.lasting import lasting
from conformance.clients.once import once_per_run
from conformance.spec.resources import CUSTOMERS, USERS
from conformance.verdicts import SetupFailed, not_applicable
from conformance.wire.recorder import observed
from conformance.wire.records import id_of, readable_records, with_value

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.addressing import Identity
    from conformance.spec.resources import Record, Resource

UNLIKE = {CUSTOMERS: "custnr", USERS: "email"}
"""The field in which twins differ, since it may have to be unique."""


@dataclass(slots=True)
class Family:
    """Three records that are alike: what each of them shows, in the order of their creation."""

    shown: dict[Identity, dict[str, str]]
    owners: dict[Identity, str]

    @property
    def middle(self) -> Identity:
        """The record to write to: there is a twin before it and one after it."""
        return list(self.shown)[1]

    @property
    def others(self) -> list[Identity]:
        """The twins before and after the record to write to."""
        return [each for each in self.shown if each != self.middle]


@once_per_run
def first_and_second(api: Api, resource: Resource) -> tuple[Identity, list[Record], list[Record]]:
    """POST equal data twice; return the first record, the second answer's, and those listed then.

    Not applicable where a second record of the same name is refused.
    """
    name = f"Twin-{api.fresh()}"
    first = api.create(resource, name=name)
    values = {**api.values(resource, first.parent_id), "name": name}
    response = api.post(resource.collection, data=values)
    if not response.ok:
        not_applicable(f"a second {resource.singular} of one name is refused: it has to be unique")
    answered = readable_records(response, resource)
    listed = with_value(api.listed(resource, first.parent_id), "name", name)
    for record in (*answered, *listed):
        api.adopt(resource, record, first.parent_id)
    return first, answered, listed


@once_per_run
def family_of(api: Api, resource: Resource) -> Family:
    """Return three twins; the last one is like the second in another field, or under another owner.

    A customer has the number of the second one as its name, and its id as its corporate id. Others
    belong to a customer that has their name.
    """
    first, answered, listed = first_and_second(api, resource)
    ids = {id_of(resource, record) for record in (*answered, *listed)} - {"", first.id}
    if len(ids) != 1:
        message = f"a second {resource.singular} of the same name is not there"
        raise SetupFailed(message)
    second = first.with_id(ids.pop())
    name = str(api.read(first).get("name"))
    if resource is CUSTOMERS:
        number = str(api.read(second).get("custnr"))
        last = api.create(resource, name=number, corporateid=second.id)
    else:
        last = api.create(resource, api.create(CUSTOMERS, name=name).id, name=name)
    shown = {each: kept_values(resource, api.read(each)) for each in (first, second, last)}
    owners = {each: each.parent_id or shown[each].get(CUSTOMERS.id_field, "") for each in shown}
    return Family(shown, owners)


def changed_twins(api: Api, family: Family) -> list[str]:
    """Return how the twins of the record that was written to differ from what they were."""

    def look() -> list[str]:
        found = []
        for each in family.others:
            record = api.find(each)
            now = None if record is None else kept_values(each.resource, record)
            if now != family.shown[each]:
                found.append(f"{each.resource.singular} {each.id} was {family.shown[each]}: {now}")
        return found

    observed("twins compared", len(family.others))
    return lasting(look)


def unlisted_twins(api: Api, resource: Resource, identities: list[Identity]) -> list[str]:
    """Return the ids of twins that the list of their customer does not hold once."""

    def look() -> list[str]:
        parent = identities[0].parent_id
        owner = str(api.read(identities[0]).get(CUSTOMERS.id_field))
        filters = {} if resource is CUSTOMERS or parent else {CUSTOMERS.id_field: owner}
        ids = [id_of(resource, each) for each in api.listed(resource, parent, **filters)]
        return [each.id for each in identities if ids.count(each.id) != 1]

    observed("twins looked for", len(identities))
    return lasting(look)
