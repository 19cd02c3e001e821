"""Twins: records of ours that are equal in all but their ids, or in one field each."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from conformance.checks.alternative_numbers import NUMBERS, TWO, parameter
from conformance.checks.filtered import unlike
from conformance.checks.histories import kept_values
from conformance.checks.lasting import lasting
from conformance.checks.round_trips import changed_fields
from conformance.checks.text_packs import fields_for_texts, stored_names
from conformance.clients.once import once_per_run
from conformance.spec.resources import CUSTOMERS, SOURCES, USERS
from conformance.verdicts import SetupFailed, not_applicable
from conformance.wire.recorder import observed
from conformance.wire.records import (
    id_of,
    ids_in,
    readable_records,
    record_with_id,
    with_value,
)

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.addressing import Identity
    from conformance.spec.resources import Record, Resource


OTHER_VALUES = {SOURCES: {"phonenr": "+46890511", NUMBERS: parameter(TWO)}}
"""Values of fields that hold no text, other than a new record has."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A record, and what became of a POST of the same data: answered, and listed with that name."""

    first: Identity
    values: dict[str, str]
    answered: list[str]
    listed: list[str]


@dataclass(slots=True)
class Family:
    """Three records that are alike: what each of them shows, in the order of their creation."""

    shown: dict[Identity, dict[str, str]] = field(default_factory=dict)
    ids: dict[str, list[str]] = field(default_factory=dict)
    """The ids in the answer to a GET of each of them."""

    @property
    def name(self) -> str:
        """The name that they have in common."""
        return next(iter(self.shown.values())).get("name", "")

    @property
    def middle(self) -> Identity:
        """The record to write to: there is a twin before it and one after it."""
        return list(self.shown)[1]

    @property
    def others(self) -> list[Identity]:
        """The twins before and after the record to write to."""
        return [each for each in self.shown if each != self.middle]


@once_per_run
def pair_of(api: Api, resource: Resource) -> Pair:
    """POST equal data twice; not applicable where a second record of the same name is refused."""
    name = f"Twin-{api.fresh()}"
    first = api.create_new(resource, name=name)
    values = {**api.values(resource, first.parent_id), "name": name}
    response = api.post(resource.collection, data=values)
    if not response.ok:
        not_applicable(f"a second {resource.singular} of one name is refused: it has to be unique")
    answered = readable_records(response, resource)
    listed = with_value(api.listed(resource, first.parent_id), "name", name)
    for record in (*answered, *listed):
        api.adopt(resource, record, first.parent_id)
    ids = [[id_of(resource, each) for each in records] for records in (answered, listed)]
    return Pair(first, values, *ids)


@once_per_run
def family_of(api: Api, resource: Resource) -> Family:
    """Return three twins; the last one is like the second in another field, or under another owner.

    A customer has the number of the second one as its name, and its id as its corporate id. Others
    belong to a customer that has their name.
    """
    pair = pair_of(api, resource)
    ids = {*pair.answered, *pair.listed} - {"", pair.first.id}
    if len(ids) != 1:
        message = f"a second {resource.singular} of the same name is not there"
        raise SetupFailed(message)
    second = pair.first.with_id(ids.pop())
    if resource is CUSTOMERS:
        last = api.create(resource, name=pair.values["custnr"], corporateid=second.id)
    else:
        name = pair.values["name"]
        last = api.create(resource, api.create(CUSTOMERS, name=name).id, name=name)
    family = Family()
    for each in (pair.first, second, last):
        response = api.ask("GET", each)
        family.shown[each] = kept_values(resource, record_with_id(response, each) or {})
        family.ids[each.id] = ids_in(response, resource)
    return family


def readable_family(api: Api, resource: Resource) -> Family:
    """Return three twins that can be read; inconclusive where one cannot."""
    family = family_of(api, resource)
    if not all(family.shown.values()):
        message = f"not every one of {resource.name} that are alike can be read"
        raise SetupFailed(message)
    return family


def changed_twins(api: Api, family: Family) -> list[str]:
    """Return how the twins of the record that was written to differ from what they were."""

    def look() -> list[str]:
        found = []
        for each in family.others:
            record = api.find(each)
            which = f"{each.resource.singular} {each.id}, which is alike,"
            if record is None:
                found.append(f"{which} is gone as well")
                continue
            found += [
                f"{which} has changed as well: {change}"
                for change in _changes(family.shown[each], kept_values(each.resource, record))
            ]
        return found

    observed("twins compared", len(family.others))
    return lasting(api, look)


def _changes(before: dict[str, str], now: dict[str, str]) -> list[str]:
    """Return in words which values of a record are others than before."""
    return [
        f"{name} was {before.get(name)!r} and is {now.get(name)!r}"
        for name in dict.fromkeys([*before, *now])
        if name not in before or name not in now or before[name] != now[name]
    ]


def changed_beside(api: Api, resource: Resource) -> dict[str, object]:
    """PUT all texts of one of two records that are alike; return what has changed of the other.

    They belong to one customer, and sources put calls through to one number.
    """
    api.offers.require(resource, "PUT")
    owner = None if resource is CUSTOMERS else api.shared_record(CUSTOMERS).id
    texts = {name: "alike" for name in fields_for_texts(api, resource) if name != "name"}
    other, made = (api.create(resource, owner, **texts) for _ in range(2))
    before = api.read(other)
    sent = {**dict.fromkeys(texts, "changed"), **OTHER_VALUES.get(resource, {})}
    observed("fields", len(stored_names(api, made, sent)))
    wrong = changed_fields(before, api.read(other))
    twin = f"{resource.singular} {other.id}, which is alike"
    return {f"{name} of {twin}": value for name, value in wrong.items()}


def unlike_in_the_list(api: Api, family: Family) -> dict[str, dict[str, str]]:
    """Return the fields of twins that their list shows with other values than a GET of each."""
    first = family.middle
    listed = {
        id_of(first.resource, each): each for each in api.listed(first.resource, first.parent_id)
    }
    read = {each.id: api.find(each) for each in family.shown}
    return {
        f"{first.resource.singular} {id_}": wrong
        for id_, record in read.items()
        if record is not None and id_ in listed and (wrong := unlike(listed[id_], record))
    }


def customer_numbered_like_another(api: Api) -> tuple[Identity, Identity, Record]:
    """Create a customer, and one whose custnr is its id; return both, and what the latter shows.

    Not applicable where such a number is refused.
    """
    other = api.create_new(CUSTOMERS)
    made = api.create_new(CUSTOMERS, custnr=other.id)
    return other, made, api.read(made)


@once_per_run
def lasting_customers_numbered_alike(api: Api) -> tuple[Identity, Identity]:
    """Return a customer, and one whose custnr is its id, which both stay."""
    return customer_numbered_like_another(api)[:2]


def record_with_a_value(api: Api, resource: Resource, field: str) -> tuple[Identity, str]:
    """Return a record of ours that was made with a value of a field, and that value."""
    value = api.account.values(resource).get(field) or api.account.value(resource, field)
    return api.create(resource, **{field: value}), value


def users_of_one_address(api: Api) -> tuple[Identity, Identity, Identity]:
    """Create two users of a name, an address and a customer; return both, and the customer.

    Not applicable where the second one is refused.
    """
    owner, name = api.create(CUSTOMERS), api.fresh()
    same = {"name": name, "email": f"{name}@example.com"}
    first = api.create_new(USERS, owner.id, **same)
    values = {**api.values(USERS, owner.id), **same}
    response = api.post(USERS.collection, data=values)
    if not response.ok:
        not_applicable(f"a second user of one address is refused with {response.status_code}")
    return first, api.created(USERS, response, values), owner


def post_if_taken(api: Api, resource: Resource, values: dict[str, str]) -> None:
    """POST values, and remember for the clean-up what is made, if anything is."""
    response = api.post(resource.collection, data=values)
    if response.ok:
        with suppress(SetupFailed):
            api.created(resource, response, values)


def equal_records(api: Api, resource: Resource) -> tuple[Identity, Identity]:
    """Create two records of one owner with the same values, but for a number that has to be unique.

    Not applicable where the second is refused.
    """
    owner = None if resource is CUSTOMERS else api.create(CUSTOMERS).id
    values = {**api.values(resource, owner), "name": f"Twin-{api.fresh()}"}
    older = api.created(resource, api.post(resource.collection, data=values), values)
    if resource is CUSTOMERS:
        values["custnr"] = api.fresh()
    response = api.post(resource.collection, data=values)
    if not response.ok:
        api.ledger.note_answered(response, resource, owner)
        not_applicable(f"a second {resource.singular} of the same values is refused")
    return older, api.created(resource, response, values)
