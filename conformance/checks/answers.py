"""Responses that show records of a resource: to lists, single reads and writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks.paging import matching_nothing
from conformance.clients.once import once_for_good, once_per_run
from conformance.spec.addressing import Form, Identity, parent_parameters
from conformance.spec.resources import CDRS, CUSTOMERS, GREETINGS, RESOURCES
from conformance.verdicts import SetupFailed, not_applicable, unobservable
from conformance.wire.records import (
    id_of,
    ids_in,
    more_pages,
    readable_records,
    record_with_id,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conformance.clients.api import Api
    from conformance.spec.resources import Record, Resource
    from conformance.wire.responses import Response


def shown_record(api: Api, resource: Resource) -> Identity:
    """Return a record to read; of a sub-resource one of our own, where the run may write."""
    if resource.parent is not None and api.target.allow_writes:
        return api.shared_record(resource)
    return api.samples.of(resource)[0]


def answers_and_none(api: Api, resource: Resource) -> dict[str, Response]:
    """Return the responses to GETs of a resource, with one that has no record where possible.

    Refused ones are left out. Raises SetupFailed where all are refused.
    """
    found = answers(api, resource)
    if resource in (CUSTOMERS, CDRS):
        field = "custnr" if resource is CUSTOMERS else CUSTOMERS.id_field
        nothing = {field: matching_nothing(api, field)}
        response = api.get(resource.collection, params=nothing)
        found = {**found, "no match": response} if response.ok else found
    return found


def list_of_one(api: Api, resource: Resource) -> Response:
    """Return the answer to a GET of a list that one filter restricts to exactly one record.

    A new customer may have one from the beginning. Ends the case where the list holds several, or
    none: it is no filter then.
    """
    values = api.values(CUSTOMERS)
    made = api.create_new(CUSTOMERS, **values)
    chosen = {"custnr": values["custnr"]} if resource is CUSTOMERS else made.parameters
    response, mark = api.get(resource.collection, params=chosen), f'"{resource.id_field}"'
    if mark not in response.text:
        api.create(resource, made.id)
        response = api.get(resource.collection, params=chosen)
    if len(ids_in(response, resource)) > 1 or mark not in response.text:
        not_applicable(f"no filter shows one of {resource.name} alone")
    return response


@once_per_run
def answers(api: Api, resource: Resource) -> dict[str, Response]:
    """Return the responses to GETs that hold records of a resource, by the way of reading.

    Refused ones are left out. Raises SetupFailed where all are refused.
    """
    if resource is CDRS:
        api.offers.require_path(resource.collection)
        found = {"the list": api.get(resource.collection)}
    else:
        identity = shown_record(api, resource)
        found = {
            "the list": api.ask_list(resource, identity.parent_id),
            "one, by path": api.ask("GET", identity, Form.PATH),
            "one, by parameter": api.ask("GET", identity, Form.PARAMETERS),
        }
    if resource is CUSTOMERS:
        custnr = api.samples.value_of(CUSTOMERS, "custnr")
        found["one match"] = api.get("/customers", params={"custnr": custnr})
    handled = {way: response for way, response in found.items() if response.ok}
    if not handled:
        message = f"no GET on {resource.name} is answered"
        raise SetupFailed(message)
    return handled


@once_for_good
def written_answers(api: Api, resource: Resource) -> dict[str, Response]:
    """Return the responses to a POST and a PUT of a resource that hold a record.

    Ends the case as unobservable where neither does.
    """
    values = api.values(resource)
    posted = api.post(resource.collection, data=values)
    if not posted.ok:
        api.create_new(resource)  # says why it cannot be made
    made = api.created(resource, posted, values)
    form = api.offers.working_form(resource, "PUT")
    changed = {"name": api.fresh()}
    found = {"POST": posted}
    if form is not None:
        found["PUT"] = api.ask("PUT", made, form, data=changed)
    holding = {way: each for way, each in found.items() if each.ok and each.holds_records(resource)}
    if not holding:
        unobservable(f"neither POST nor PUT answers a {resource.singular}")
    return holding


@once_per_run
def question_about(api: Api, resource: Resource, place: str) -> tuple[str, dict[str, str]]:
    """Return the path and parameters to ask for a `list`, a `record`, or a list with a `filter`.

    The list of calls is asked for on its second page if it has one.
    """
    if resource is CDRS:
        return CDRS.collection, _about_calls(api, place)
    identity = shown_record(api, resource)
    if place == "filter":
        return resource.collection, {"custnr": api.samples.value_of(CUSTOMERS, "custnr")}
    if place == "record":
        return identity.path, {}
    return resource.collection, parent_parameters(resource, identity.parent_id)


def _about_calls(api: Api, place: str) -> dict[str, str]:
    """Return the parameters of the list of calls, or of the calls of one customer."""
    api.offers.require_path(CDRS.collection)
    response = api.get(CDRS.collection)
    records = readable_records(response, CDRS)
    if not records:
        unobservable("the account has no calls")
    if place == "list":
        return {"page": "1"} if more_pages(response, 0) else {}
    owners = [str(each["customer_id"]) for each in records if each.get("customer_id")]
    return {"customer_id": owners[0]} if owners else not_applicable("no call names its customer")


def readable_ids(api: Api, identities: Iterable[Identity]) -> set[str]:
    """Return the ids of those records that a read of their ids shows."""
    return {each.id for each in identities if api.find(each) is not None}


def locked_greeting(api: Api) -> tuple[Identity, str]:
    """Return a locked greeting of the system and its name; unobservable where there is none."""
    parent_id = shown_record(api, GREETINGS).parent_id
    for record in api.listed(GREETINGS, parent_id):
        if str(record.get("locked")) == "1" and record.get("name"):
            return Identity(GREETINGS, id_of(GREETINGS, record), parent_id), str(record["name"])
    return unobservable("no greeting is locked")


def summary_for(response: Response, identity: Identity) -> str:
    """Return the status of a response and, for a success, whether it shows a record's id."""
    if not response.ok:
        return str(response.status_code)
    field, id_ = identity.resource.id_field, identity.id
    mentioned = {str(record.get(field)) for record in _any_records(response)}
    return f"{response.status_code} with {'data' if id_ in mentioned else 'nothing'}"


def _any_records(response: Response) -> list[Record]:
    """Return the records of every resource that a response holds."""
    return [
        record for resource in (*RESOURCES, CDRS) for record in readable_records(response, resource)
    ]


def named_readings(api: Api, identity: Identity) -> list[tuple[str, Record]]:
    """Return a record as each way of reading shows it, each with what the way is called."""
    alone = [
        (f"GET by its id in {form}", record_with_id(api.ask("GET", identity, form), identity))
        for form in Form
    ]
    listed = api.listed(identity.resource, identity.parent_id)
    same = [each for each in listed if id_of(identity.resource, each) == identity.id]
    return [
        (way, record)
        for way, record in (*alone, *(("the list", each) for each in same))
        if record is not None
    ]
