"""Requests with an overridden method, and their effect on the record."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from conformance.checks.custom_fields import custom_values
from conformance.clients.once import once_per_run
from conformance.spec.addressing import Form, Override, overridden, request_for
from conformance.spec.resources import CUSTOMERS, SOURCES, USERS
from conformance.verdicts import SetupFailed, not_applicable
from conformance.wire.recorder import observed
from conformance.wire.records import id_of, readable_records

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.addressing import Identity, Options, Request
    from conformance.spec.resources import Record, Resource
    from conformance.wire.responses import Response


def overriding_ways(asked: Request) -> dict[str, Request]:
    """Return the POSTs that override to a request; in a query `_method` is last, and once first."""
    by_query = overridden(asked, Override.QUERY)
    found = {"_method": by_query, "header": overridden(asked, Override.HEADER)}
    params = by_query.options.get("params", {})
    if len(params) > 1:
        options: Options = {**by_query.options, "params": dict(list(params.items())[::-1])}
        found["_method first"] = replace(by_query, options=options)
    return found


def require_native_put(api: Api, resource: Resource, form: Form) -> None:
    """End the case as not applicable unless a native PUT in this form has its effect."""
    if not _is_put(api, resource, form):
        not_applicable(f"PUT has no effect in {form} on {resource.name}")


@once_per_run
def _is_put(api: Api, resource: Resource, form: Form) -> bool:
    """Tell whether a native PUT in this form changes a name."""
    made, name = api.shared_record(resource), api.fresh()
    response = api.ask("PUT", made, form, data={"name": name})
    return response.ok and api.read(made).get("name") == name


def require_native_delete(api: Api, identity: Identity, form: Form) -> None:
    """End the case as not applicable unless a native DELETE in this form has its effect."""
    api.ask("DELETE", identity, form)
    if api.find(identity) is not None:
        not_applicable(f"DELETE has no effect in {form} on {identity.resource.name}")


def delete_failures(api: Api, kept: Identity, form: Form) -> list[str]:
    """Return in words the ways of overriding whose DELETE fails, or deletes one more."""
    made = {}
    for way in overriding_ways(request_for("DELETE", kept, form)):
        made[way] = api.create(kept.resource, kept.parent_id)
        api.send(overriding_ways(request_for("DELETE", made[way], form))[way])
    listed = {id_of(kept.resource, each) for each in api.listed(kept.resource, kept.parent_id)}
    spared = [
        f"DELETE by override ({way}) leaves {kept.resource.singular} {identity.id}"
        for way, identity in made.items()
        if identity.id in listed
    ]
    more = f"one of them deletes {kept.resource.singular} {kept.id}, which it does not name"
    return spared if kept.id in listed else [*spared, more]


def summary_of(response: Response, sent: str) -> dict[str, object]:
    """Return status, media type, ids and names of the response to a PUT of a customer's name."""
    records = readable_records(response, CUSTOMERS)
    return {
        "status": response.status_code,
        "type": response.media_type,
        "customers in the answer": [
            f"{id_of(CUSTOMERS, each)} (the name {'sent' if name == sent else repr(name)})"
            for each in records
            for name in [each.get("name")]
        ],
    }


def effect_of(api: Api, response: Response, identity: Identity, name: str) -> str:
    """Return in a few words the effect of a request that should set a record's name."""
    record = api.find(identity)
    if record is None:
        return "the record is gone"
    if record.get("name") == name:
        return "the record is updated"
    if response.ok:
        return "answered, without effect"
    return f"refused with {response.status_code}"


def changeable(record: Record, unique: str) -> dict[str, str]:
    """Return values for a PUT of a customer: name, e-mail, and a custom field if it has one."""
    custom = sorted(custom_values(record))[:1]
    return {"name": unique, "email": f"{unique}@example.com", **dict.fromkeys(custom, "5")}


def stored_by(api: Api, asked_by: Override) -> Record:
    """Return what a PUT of several values stores: the fields sent, and one that was not.

    Unique texts are replaced by "unique", so that results can be compared. Raises SetupFailed where
    the native PUT is refused.
    """
    fields = changeable(api.shared_record_with_values(CUSTOMERS)[1], unique := api.fresh())
    made = api.create(CUSTOMERS, **(before := api.account.optional()))
    response = api.ask("PUT", made, override=asked_by, data=fields)
    if asked_by is Override.NATIVE and not response.ok:
        message = f"PUT was refused with {response.status_code}"
        raise SetupFailed(message)
    after = api.read(made)
    return {
        field: str(value).replace(unique, "unique").replace(before["corporateid"], "before")
        for field, value in after.items()
        if field in {*fields, "corporateid"}
    }


def posted_plainly(api: Api, made: Identity) -> None:
    """POST a name to a record's own path, by no other method; what that creates is cleaned up."""
    values = {"name": api.fresh()}
    response = api.post(made.path, data=values)
    api.stored(made.resource, response, "name", values["name"])


@once_per_run
def left_by_a_delete(api: Api, override: Override) -> dict[str, bool]:
    """DELETE a customer with a source and a user; tell of each whether it can be read then.

    Not applicable where the customer itself can.
    """
    form, owner = api.offers.require(CUSTOMERS, "DELETE"), api.create_new(CUSTOMERS)
    belongings = {
        each.word: api.create_new(each, owner.id)
        for each in (SOURCES, USERS)
        if each in api.offers.resources()
    }
    api.ask("DELETE", owner, form, override)
    if api.find(owner) is not None:
        not_applicable(f"DELETE by {override} deletes no customer")
    observed("records", len(belongings))
    return {word: api.find(each) is not None for word, each in belongings.items()}
