"""The effects of payloads that have one thing wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from conformance.checks.odd_requests import ODD_VALUES_OF, sent
from conformance.checks.round_trips import changed_fields
from conformance.clients.capabilities import GENERATED
from conformance.spec.addressing import Request
from conformance.spec.resources import CUSTOMERS
from conformance.wire.recorder import observed
from conformance.wire.records import id_of, readable_records, with_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.clients.api import Api
    from conformance.spec.resources import Record, Resource
    from conformance.wire.responses import Response


def put_body(api: Api, content_type: str, body: bytes) -> tuple[Response, Record, Record]:
    """PUT a body to our own customer; return the response, and the record before and after."""
    made, before = api.shared_record_with_values(CUSTOMERS, GENERATED)
    response = api.put(made.path, data=body, headers={"Content-Type": content_type})
    return response, before, api.read(made)


def changed_by_refused_put(api: Api, content_type: str, body: bytes) -> dict[str, object]:
    """PUT a body; return the fields that changed although it was refused."""
    response, before, after = put_body(api, content_type, body)
    observed("refusals" if not response.ok else "payloads taken", 1)
    return {} if response.ok else changed_fields(before, after)


def changed_by_refused_odd_puts(api: Api, resource: Resource) -> dict[str, dict[str, object]]:
    """PUT each odd value beside a name; return the fields that changed although it was refused.

    The result is keyed by what is odd. The name may change only where the PUT is accepted.
    """
    made, before = api.shared_record_with_values(resource, GENERATED)
    found = {}
    for what, odd in ODD_VALUES_OF[resource].items():
        response = api.put(made.path, data={"name": api.fresh(), **odd})
        after = api.read(made)
        found[what] = {} if response.ok else changed_fields(before, after)
        before = after
    observed("odd values", len(found))
    return {what: fields for what, fields in found.items() if fields}


def made_by_refused_odd_posts(api: Api, resource: Resource) -> list[str]:
    """POST records with an odd value each; return what is odd in those made though refused.

    All are of a new customer: what it has, and no answer tells, was made by one of the refused.
    """
    owner = api.create_new(CUSTOMERS).id
    parent_id = owner if resource.parent else None
    refused, taken = {}, set()
    for what, odd in ODD_VALUES_OF[resource].items():
        values = {**api.values(resource, owner), **odd}
        response = api.post(resource.collection, data=values)
        if response.ok:
            taken.add(values["name"])
            for record in readable_records(response, resource):
                taken.add(api.adopt(resource, record, parent_id).id)
        else:
            refused[values["name"]] = what
    observed("odd values", len(ODD_VALUES_OF[resource]))
    found = []
    for record in api.listed(resource, parent_id) if refused else []:
        names = {id_of(resource, record), str(record.get("name"))}
        is_untold = record.get(CUSTOMERS.id_field) == owner and taken.isdisjoint(names)
        if is_untold or not refused.keys().isdisjoint(names):
            api.adopt(resource, record, parent_id)
            found.append(refused.get(str(record.get("name")), "something, and stored in part"))
    return found


def made_by_refused_post(
    api: Api, content_type: str, body: bytes, values: Mapping[str, str]
) -> list[Record]:
    """POST a body; return the customers that were created although it was refused."""
    headers = {"Content-Type": content_type}
    response = sent(api, Request("POST", "/customers", {"data": body, "headers": headers}))
    observed("refusals" if not response.ok else "payloads taken", 1)
    if response.ok:
        return []
    filtered = api.get("/customers", params={"custnr": values["custnr"]})
    found = with_value(readable_records(filtered, CUSTOMERS), "custnr", values["custnr"])
    for record in found:
        api.adopt(CUSTOMERS, record, custnr=values["custnr"])
    return found


def field_after_put(
    api: Api, content_type: str, body: bytes, field: str
) -> tuple[str, object, object]:
    """PUT a body; return "refused" or "taken", and a field before and after."""
    response, before, after = put_body(api, content_type, body)
    return "taken" if response.ok else "refused", before.get(field), after.get(field)


SHORT = 40
"""Characters of a stored value that are told."""


def part_of(sent: str, stored: object) -> str:
    """Say which part of a value that was sent is stored."""
    if stored == sent:
        return "all of it"
    begins = bool(stored) and sent.startswith(str(stored))
    return "its beginning" if begins else _told(sent, stored)


def _told(sent: str, stored: object) -> str:
    """Return what is stored in place of a value that was sent, in short."""
    text = str(stored)
    shown = text if len(text) <= SHORT else f"{text[:12]} (and so on) {text[-12:]}"
    return f"{shown!r} ({len(text)} characters of {len(sent)} that were sent)"


def part_taken(sent: str, outcome: str, before: object, after: object) -> str:
    """Say which part of a value that was sent is stored; "nothing" where the field is as it was."""
    if after == before:
        return "nothing"
    return part_of(sent, after) if outcome == "taken" else _told(sent, after)


def repeated_in(body: bytes) -> tuple[str, str, str]:
    """Return the name of the first parameter that a form has twice, and its two values."""
    values: dict[str, str] = {}
    for name, value in parse_qsl(body.decode()):
        if name in values:
            return name, values[name], value
        values[name] = value
    message = f"no parameter is twice in {body!r}"
    raise ValueError(message)


def created_despite_gap(api: Api, resource: Resource, values: Mapping[str, str]) -> list[str]:
    """POST values that lack a mandatory one; return the ids of records created all the same."""
    response = api.post(resource.collection, data=values)
    if not response.ok:
        return []
    parent_id = values.get(CUSTOMERS.id_field) if resource.parent else None
    answered = readable_records(response, resource)
    return [api.adopt(resource, record, parent_id).id for record in answered] or ["unknown"]
