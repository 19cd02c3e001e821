"""What can be told from records and responses without asking anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.responses import Unreadable

if TYPE_CHECKING:
    from conformance.addressing import Identity
    from conformance.resources import Resource
    from conformance.responses import Record, Response


def id_of(resource: Resource, record: Record) -> str:
    """Return a record's id as a string; "" where it has none."""
    value = record.get(resource.id_field)
    return "" if value is None else str(value)


def ids_in(response: Response, resource: Resource) -> list[str]:
    """Return the ids of a response's records; none where it is refused or cannot be read."""
    return [id_of(resource, record) for record in readable_records(response, resource)]


def readable_records(response: Response, resource: Resource) -> list[Record]:
    """Return the records of a response; none where it is refused or cannot be read."""
    try:
        return response.records(resource) if response.ok else []
    except Unreadable:
        return []


def with_value(records: list[Record], field: str, value: str) -> list[Record]:
    """Return the records that have a value in a field."""
    return [record for record in records if record.get(field) == value]


def record_with_id(response: Response, identity: Identity) -> Record | None:
    """Return the record of a response that has a given id, or None."""
    return next(
        (
            record
            for record in readable_records(response, identity.resource)
            if id_of(identity.resource, record) == identity.id
        ),
        None,
    )


def more_pages(response: Response, page: int) -> bool:
    """Tell whether a list says that pages follow the given one."""
    try:
        value = response.json()
    except Unreadable:
        return False
    numpages = value.get("numpages") if isinstance(value, dict) else None
    return str(numpages).isdecimal() and int(str(numpages)) > page + 1
