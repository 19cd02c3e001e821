"""Generated values: whether they are stored, and every way of reading shows them as sent."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from conformance.checks.custom_fields import custom_values
from conformance.checks.text_differences import difference_of, is_cut
from conformance.checks.text_packs import stored_names
from conformance.clients.capabilities import GENERATED
from conformance.clients.once import once_for_good, once_per_run
from conformance.clients.ways import read_by, write_by
from conformance.spec.equal_ways import ACCEPT_WAYS, ReadWay, WriteWay
from conformance.spec.resources import CUSTOMERS, GREETINGS, SOURCES, USERS, Resource
from conformance.verdicts import SetupFailed
from conformance.wire.recorder import observed
from conformance.wire.records import CLOCKS, id_of, readable_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from conformance.clients.api import Api
    from conformance.spec.addressing import (
        Form,
        Identity,
    )
    from conformance.spec.resources import Record

BLANK: tuple[object, ...] = (None, "", "0", [])
"""Values of a field that a server does not know or does not let callers write."""

DERIVED = frozenset({"status", "used_by", "alt_numbers", "token"}) | CLOCKS
"""Fields whose values may follow from other fields or from the time."""

OF_CUSTOMERS = frozenset({"name", "custnr", "corporateid", "email"})
OF_OTHERS = frozenset({"name"})
"""The fields that every server has to store; it need not know others."""

UNUSUAL: dict[Resource, dict[str, str]] = {
    CUSTOMERS: {
        "name": "before",
        "email": "before@example.com",
        "corporateid": "before",
        "receive_monthly_report": "2",
        "freespee_caller_id": "1",
    },
    USERS: {"name": "before", "receive_monthly_report": "2", "write_access": "1"},
    GREETINGS: {"name": "before"},
    SOURCES: {
        "name": "before",
        "media": "before",
        **dict.fromkeys(("notify_on_missed_call", "vm_divert_busy", "vm_divert_noanswer"), "1"),
    },
}
"""Values, other than the defaults, that a record gets before it is changed."""

MOST_KEPT = 10
"""The maximum number of records to create of a kind that cannot be deleted."""


def fields_unlike(
    sent: Mapping[str, str], record: Record, bound: Iterable[str]
) -> dict[str, object]:
    """Return the fields of a record that do not show the value sent.

    `bound` are the fields that have to show it; any other may be blank instead.
    """
    return {
        name: record[name]
        for name, value in sent.items()
        if name in record
        and _text(record[name]) != value
        and (name in bound or record[name] not in BLANK)
    }


def _text(value: object) -> object:
    """Return a number as its digits: another rule judges whether it has to be a string."""
    return str(value) if type(value) is int else value


def shown_wrongly(
    api: Api,
    identity: Identity | None,
    sent: Mapping[str, str],
    ways: Iterable[ReadWay] = ACCEPT_WAYS,
) -> dict[str, dict[str, object]]:
    """Return the fields that do not show the value sent, by the way of reading.

    Empty for None, which stands for a record that was refused.
    """
    found = {repr(way): read_by(api, identity, way) for way in ways if identity is not None}
    bound = bound_of(identity.resource) if identity is not None else ()
    shown = {way: record for way, record in found.items() if record is not None}
    wrong = {way: fields_unlike(sent, record, bound) for way, record in shown.items()}
    observed("readings", len(wrong))
    return {
        way: {
            name: difference_of(sent[name], value) if is_cut(sent[name], value) else value
            for name, value in fields.items()
        }
        for way, fields in wrong.items()
        if fields
    }


def put_changes(
    api: Api, identity: Identity, form: Form, sent: Mapping[str, str]
) -> dict[str, object]:
    """PUT values; return the fields that are wrong afterwards.

    The values sent have to be stored and all others kept; before, the record gets values other than
    the defaults. A refused PUT has to change nothing. A field that the document does not show being
    written may also stay as it was.
    """
    observed("fields before", len(stored_names(api, identity, _unusual(api, identity.resource))))
    before = api.read(identity)
    response = api.ask("PUT", identity, form, data=sent)
    after = api.read(identity)
    observed("fields", len(before))
    if not response.ok:
        return changed_fields(before, after)
    kept = {name: value for name, value in before.items() if name not in sent}
    free = sent.keys() - bound_of(identity.resource)
    ignored = {name for name in free if after.get(name) == before.get(name)}
    taken = {name: value for name, value in sent.items() if name not in ignored}
    return {**changed_fields(kept, after), **fields_unlike(taken, after, taken)}


@once_for_good
def _unusual(api: Api, resource: Resource) -> dict[str, str]:
    """Return the values that a record gets before it is changed, custom ones among them."""
    shown = api.read(api.shared_record(resource, GENERATED))
    return {**UNUSUAL[resource], **dict.fromkeys(custom_values(shown), "before")}


def bound_of(resource: Resource) -> frozenset[str]:
    """Return the fields of a resource that every server has to store."""
    return OF_CUSTOMERS if resource is CUSTOMERS else OF_OTHERS


def changed_fields(before: Record, after: Record) -> dict[str, object]:
    """Return the fields with another value than before, apart from timestamps and derived ones."""
    return {
        name: after.get(name)
        for name in before
        if name not in DERIVED and after.get(name) != before[name]
    }


@once_per_run
def _kept(api: Api) -> Counter[Resource]:  # noqa: ARG001  (whose count it is)
    """Return the counter of records created from generated values, to be incremented."""
    return Counter()


def made_of(api: Api, resource: Resource, sent: Mapping[str, str]) -> Identity | None:
    """POST values together with the mandatory ones; return the record, or None where refused.

    Where records cannot be deleted only a few are created; after that a PUT writes the values to
    one of our own.
    """
    if api.offers.working_form(resource, "DELETE") is None and _kept(api).total() >= MOST_KEPT:
        made, form = api.shared_record(resource, GENERATED), api.offers.require(resource, "PUT")
        return made if api.ask("PUT", made, form, data=sent).ok else None
    _kept(api)[resource] += 1
    values = {**api.values(resource), **sent}
    response = api.post(resource.collection, data=values)
    if not response.ok:
        return None
    parent_id = values[CUSTOMERS.id_field] if resource.parent else None
    answered = readable_records(response, resource)
    for record in answered or owned(api.listed(resource, parent_id), values):
        if id_of(resource, record):
            return api.adopt(resource, record, parent_id, **values)
    message = f"the new {resource.singular} is neither in the answer nor in the list"
    raise SetupFailed(message)


def owned(records: list[Record], values: Mapping[str, str]) -> list[Record]:
    """Return the records with the custnr, or the name and owner, of the values, newest first.

    The list is assumed to be in the order of creation.
    """
    names = ("custnr",) if "custnr" in values else ("name", CUSTOMERS.id_field)
    return [
        record
        for record in records[::-1]
        if all(str(record.get(name)) == values.get(name) for name in names)
    ]


def written_wrongly(
    api: Api, identity: Identity, way: WriteWay, sent: Mapping[str, str], ways: Iterable[ReadWay]
) -> dict[str, dict[str, object]]:
    """Write in one way and read in others; return the fields shown wrongly, by the way of reading.

    Empty where this way of writing does not work at all, or the values are refused.
    """
    if api.offers.writes(identity.resource, way) and write_by(api, identity, way, sent).ok:
        return shown_wrongly(api, identity, sent, ways)
    observed("readings", 0)
    return {}
