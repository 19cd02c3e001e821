"""Custom fields: which are defined, and what they hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from conformance.verdicts import not_applicable

if TYPE_CHECKING:
    from conformance.api import Api
    from conformance.resources import Resource
    from conformance.responses import Record

CUSTOM_FIELD = re.compile(r"custom_[0-9]+")
_KNOWN: WeakKeyDictionary[Api, dict[str, list[str]]] = WeakKeyDictionary()
"""The fields found, by the caller whose records were looked at."""

MOST_FIELDS = 20
"""Custom fields are numbered from 1 to this, as the page on customers says."""


def custom_values(record: Record) -> dict[str, object]:
    """Return the custom fields of a record with their values; null counts as empty."""
    return {field: value or "" for field, value in record.items() if CUSTOM_FIELD.fullmatch(field)}


def defined_fields(api: Api, resource: Resource) -> list[str]:
    """Return the custom fields that are defined: as claimed, or else those that records show.

    Records are looked at once in a run. Ends the case as not applicable where there is none.
    """
    claimed = api.target.claims.custom_fields.get(resource.name)
    fields = _shown(api, resource) if claimed is None else list(claimed)
    return fields or not_applicable(f"no custom field is defined for {resource.name}")


def _shown(api: Api, resource: Resource) -> list[str]:
    known = _KNOWN.setdefault(api, {})
    if resource.name not in known:
        records = [api.read(api.reused(resource)), *api.listed_once(resource)]
        fields = {field for record in records for field in custom_values(record)}
        known[resource.name] = sorted(fields, key=lambda field: int(field.partition("_")[2]))
    return known[resource.name]


def undefined_fields(api: Api, resource: Resource) -> list[str]:
    """Return two custom fields that are not defined, with numbers that could be."""
    defined = set(defined_fields(api, resource))
    numbered = [f"custom_{number}" for number in range(MOST_FIELDS, 0, -1)]
    return [field for field in numbered if field not in defined][:2]
