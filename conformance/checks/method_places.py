"""Requests with the data of another method, and whether anything was written by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.clients.once import once_per_run
from conformance.clients.ways import write_by
from conformance.config.sampling import sampled
from conformance.spec.addressing import Form, Identity, Override
from conformance.spec.equal_ways import WriteWay
from conformance.spec.method_places import (
    COLLECTION,
    POSTS,
    READS,
    UPSERTS,
    Carried,
    Carrier,
    carrying,
)
from conformance.spec.resources import CUSTOMERS, GREETINGS
from conformance.verdicts import not_applicable
from conformance.wire.recorder import observed
from conformance.wire.records import CLOCKS, ids_in, readable_records, with_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.clients.api import Api
    from conformance.spec.method_places import Upsert
    from conformance.spec.resources import Record
    from conformance.wire.responses import Response

PURPOSE = "who may do what"
FORMS = (Form.PATH, Form.PARAMETERS, Form.PATH)


def records_of_ours(api: Api) -> tuple[Identity, Identity]:
    """Return a customer of ours, and a greeting of it."""
    greeting = api.shared_record(GREETINGS, PURPOSE)
    return Identity(CUSTOMERS, str(greeting.parent_id)), greeting


def state(api: Api, *identities: Identity) -> list[Record]:
    """Return records as they are now, without what changes by itself; {} for one that is gone."""
    return [
        {name: value for name, value in (api.find(each) or {}).items() if name not in CLOCKS}
        for each in identities
    ]


def values_for_all(api: Api) -> dict[str, str]:
    """Return values that suffice to create a customer and a greeting, and to change either."""
    return api.values(CUSTOMERS)


def send_reads(api: Api, customer: Identity, greeting: Identity) -> dict[str, Carried]:
    """Send reads that carry data, each with a name of its own; return them by these names."""
    sent = {}
    for each in READS:
        values = values_for_all(api)
        asked = each.request(customer, greeting, values)
        api.attempt(asked.method, asked.path, **asked.options)
        sent[values["name"]] = each
    observed("reads", len(sent))
    return sent


def send_posts(api: Api, customer: Identity, greeting: Identity) -> dict[str, Carried]:
    """POST what names our records, each with a name of its own; return them by these names."""
    ids = {**customer.parameters, GREETINGS.id_field: greeting.id}
    sent = {}
    for each in POSTS:
        values = values_for_all(api)
        api.send(each.request(customer, greeting, {**ids, **values}))
        sent[values["name"]] = each
    known = {**values_for_all(api), "custnr": str(api.read(customer).get("custnr"))}
    api.post(CUSTOMERS.collection, data=known)
    sent[known["name"]] = Carried("POST", COLLECTION, Carrier.FORM)
    observed("creations", len(sent))
    return sent


def send_upserts(api: Api, greeting: Identity) -> dict[str, Upsert]:
    """PUT JSON where nothing is, each with a name of its own; return them by these names."""
    unknown = Identity(CUSTOMERS, api.samples.unused_id(CUSTOMERS))
    nothing = greeting.with_id(api.samples.unused_id(GREETINGS, greeting.parent_id))
    sent = {}
    for each in sampled(UPSERTS):
        values = values_for_all(api)
        api.send(each.request(unknown, nothing, values))
        sent[values["name"]] = each
    observed("updates", len(sent))
    return sent


def made_by(
    api: Api, parent_id: str, sent: Mapping[str, Carried | Upsert]
) -> list[Carried | Upsert]:
    """Return the requests whose names a customer, or a greeting of ours, has now.

    What they have made is remembered for the clean-up.
    """
    found = []
    lists = {None: api.listed(CUSTOMERS), parent_id: api.listed(GREETINGS, parent_id)}
    for parent, records in lists.items():
        for name, each in sent.items():
            for record in with_value(records, "name", name):
                api.adopt(GREETINGS if parent else CUSTOMERS, record, parent)
                found.append(each)
    return found


@once_per_run
def unknown_parent(api: Api, state_of_parent: str) -> str:
    """Return the id of a customer who is not there: never was, is deleted, or is no id at all.

    Of the deleted one the greetings were read before.
    """
    if state_of_parent == "deleted":
        return api.samples.deleted(CUSTOMERS, look=lambda made: api.listed(GREETINGS, made.id)).id
    if state_of_parent == "unknown":
        return api.samples.unused_id(CUSTOMERS)
    return f"{records_of_ours(api)[0].id}abc"


def nearest_customer(parent_id: str, customer: Identity) -> str:
    """Return the id of the customer below whom a greeting of such a parent may be found."""
    return customer.id if parent_id.startswith(customer.id) else parent_id


def create_below(api: Api, parent_id: str, form: Form, carrier: Carrier, name: str) -> Response:
    """POST a greeting below a customer who is not there, in one form."""
    parent = {CUSTOMERS.id_field: parent_id}
    below = f"{Identity(CUSTOMERS, parent_id).path}/{GREETINGS.name}"
    path, more = (below, {}) if form is Form.PATH else (GREETINGS.collection, parent)
    return api.send(carrying("POST", path, carrier, {**more, "name": name}))


def greetings_named(api: Api, name: str, *parents: str) -> list[Record]:
    """Return the greetings with a name below customers, and remember them for the clean-up."""
    found = []
    for parent_id in parents:
        listed = api.ask_list(GREETINGS, parent_id)
        for record in with_value(readable_records(listed, GREETINGS), "name", name):
            api.adopt(GREETINGS, record, parent_id)
            found.append(record)
    return found


def ids_answered(api: Api, response: Response, parent_id: str) -> list[str]:
    """Return the ids of what a creation answered, and remember it for the clean-up."""
    ids = ids_in(response, GREETINGS)
    for id_ in ids:
        api.ledger.note_made(Identity(GREETINGS, id_, parent_id))
    return ids


def put_nothing(api: Api, theirs: Identity) -> dict[WriteWay, int]:
    """PUT an empty body to a record in a few ways; return how each is answered."""
    ways = [WriteWay(form, override) for form, override in zip(FORMS, Override, strict=False)]
    return {way: write_by(api, theirs, way, {}).status_code for way in ways}


def require_put_of_nothing(api: Api) -> None:
    """End the case as not applicable unless a PUT with an empty body succeeds on our record."""
    made = api.shared_record(CUSTOMERS, PURPOSE)
    response = api.put(made.path, data=b"")
    if not response.ok:
        not_applicable(f"a PUT of nothing is answered {response.status_code} here, too")
