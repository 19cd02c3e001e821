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
_KNOWN: WeakKeyDictionary[Api, dict[str, dict[str, bool]]] = WeakKeyDictionary()
"""The fields found, and whether some record has a value there, by the caller who looked."""

MOST_FIELDS = 20
"""Custom fields are numbered from 1 to this, as the page on customers says."""


def custom_values(record: Record) -> dict[str, object]:
    """Return the custom fields of a record with their values; null counts as empty."""
    return {field: value or "" for field, value in record.items() if CUSTOM_FIELD.fullmatch(field)}


def defined_fields(api: Api, resource: Resource) -> list[str]:
    """Return the custom fields that are defined: as claimed, or else those that records show.

    Of the latter, those that have a value somewhere come first. Records are looked at once in a
    run. Ends the case as not applicable where there is none.
    """
    claimed = api.target.claims.custom_fields.get(resource.name)
    shown = _shown(api, resource) if claimed is None else {}
    fields = sorted(shown, key=lambda field: not shown[field]) if claimed is None else claimed
    return list(fields) or not_applicable(f"no custom field is defined for {resource.name}")


def last_field(api: Api, resource: Resource) -> str:
    """Return the last of the custom fields that are certainly defined, or else of all."""
    defined, in_use = defined_fields(api, resource), fields_in_use(api, resource)
    return next((field for field in reversed(defined) if field in in_use), defined[-1])


def fields_in_use(api: Api, resource: Resource) -> set[str]:
    """Return the custom fields that are certainly defined: claimed, or with a value somewhere.

    A server may show those that are not defined as well, as null in every record.
    """
    claimed = api.target.claims.custom_fields.get(resource.name)
    used = {field for field, has_value in _shown(api, resource).items() if has_value}
    return used if claimed is None else set(claimed)


def _shown(api: Api, resource: Resource) -> dict[str, bool]:
    known = _KNOWN.setdefault(api, {})
    if resource.name not in known:
        records = [api.read(api.reused(resource)), *api.listed_once(resource)]
        values = [each for record in records for each in custom_values(record).items()]
        used = {field for field, value in values if value}
        fields = sorted({field for field, _ in values}, key=lambda each: int(each.split("_")[1]))
        known[resource.name] = {field: field in used for field in fields}
    return known[resource.name]


def undefined_fields(api: Api, resource: Resource) -> list[str]:
    """Return two custom fields that are not defined, with numbers that could be."""
    defined = set(defined_fields(api, resource))
    numbered = [f"custom_{number}" for number in range(MOST_FIELDS, 0, -1)]
    return [field for field in numbered if field not in defined][:2]
