"""Facts about records and responses that need no further request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.spec.resources import RESOURCES
from conformance.spec.schemas import documented
from conformance.wire.documents import Unreadable
from conformance.wire.numbers import whole_number
from conformance.wire.responses import records_in

if TYPE_CHECKING:
    from conformance.spec.addressing import Identity
    from conformance.spec.resources import Record, Resource
    from conformance.wire.responses import Response


CLOCKS = frozenset({"modified", "timestamp"})
"""Fields that may change by themselves when a record is updated."""

MOST_GAPS = 5
"""The maximum number of gaps between ids to look into."""


def id_of(resource: Resource, record: Record) -> str:
    """Return a record's id as a string; "" where it has none."""
    value = record.get(resource.id_field)
    return str(value) if isinstance(value, (str, int, float)) else ""


def records_by_id(response: Response, resource: Resource) -> dict[str, Record]:
    """Return the readable records of a response by their ids, in whichever order they stand."""
    return {id_of(resource, each): each for each in readable_records(response, resource)}


def ids_in(response: Response, resource: Resource) -> list[str]:
    """Return the ids of a response's records; none where it is refused or unreadable."""
    return [id_of(resource, record) for record in readable_records(response, resource)]


def ids_by_resource(response: Response) -> dict[Resource, list[str]]:
    """Return the ids of a response's records, whichever resource they may be of; see `ids_in`."""
    try:
        value = response.value() if response.ok else None
    except Unreadable:
        return {}
    found = {resource: records_in(value, resource) or [] for resource in RESOURCES}
    return {resource: [id_of(resource, each) for each in found[resource]] for resource in found}


def readable_records(response: Response, resource: Resource) -> list[Record]:
    """Return the records of a response; none where it is refused or unreadable.

    Undocumented fields are left out.
    """
    try:
        records = response.records(resource) if response.ok else []
    except Unreadable:
        return []
    return [documented(resource, record) for record in records]


def with_value(records: list[Record], field: str, value: str) -> list[Record]:
    """Return the records with a given value in a field."""
    return [record for record in records if record.get(field) == value]


def record_with_id(response: Response, identity: Identity) -> Record | None:
    """Return the record with a given id in a response, or None."""
    return next(
        (
            record
            for record in readable_records(response, identity.resource)
            if id_of(identity.resource, record) == identity.id
        ),
        None,
    )


def more_pages(response: Response, page: int) -> bool:
    """Tell whether a list states that more pages follow the given one."""
    try:
        value = response.json()
    except Unreadable:
        return False
    numpages = value.get("numpages") if isinstance(value, dict) else None
    return (whole_number(numpages) or 0) > page + 1


def neighbours(ids: set[str]) -> set[str]:
    """Return a few ids, not among those given, just below, between and above them."""
    numbers = sorted(number for id_ in ids if (number := whole_number(id_)) is not None)
    if not numbers:
        return set()
    gaps = [number + 1 for number in numbers if number + 1 not in numbers][:MOST_GAPS]
    around = {numbers[0] - 1, numbers[-1] + 2, *gaps}
    return {str(number) for number in around if number > 0}
