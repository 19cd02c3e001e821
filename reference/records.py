"""Records: what is stored, for whom, and under which id."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from .representation import Value
from .resources import Resource


@dataclass(frozen=True, slots=True)
class Record:
    """One stored record."""

    id: str
    account: str | None
    """The account that it belongs to; None for what the system provides to all."""
    values: Mapping[str, Value]


Table: TypeAlias = Mapping[str, Record]
"""The records of a resource by their ids, in the order of these."""


def new_record(
    resource: Resource, account: str | None, record_id: str, values: Mapping[str, Value]
) -> Record:
    """A record with the values given and, for the rest, those that its resource prescribes."""
    id_name = resource.id_name or ""
    return Record(record_id, account, {**resource.blank, **values, id_name: record_id})
