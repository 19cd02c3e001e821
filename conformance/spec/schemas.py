"""The schemas and fields of each resource, from the document and its pages."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from conformance.spec.resources import Record, Resource

SCHEMAS = Path(__file__).parents[2] / "schemas"
PARAMETERS = frozenset({"_method"})
"""Parameters that are not fields, and are kept in records to be noticed there."""


@cache
def schema_of(name: str) -> dict[str, Any]:
    """Return the JSON Schema with a name."""
    schema: dict[str, Any] = json.loads(
        (SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8")
    )
    return schema


def documented(resource: Resource, record: Record) -> Record:
    """Return a record without undocumented fields.

    A server may have any, and they may change by themselves, with each write or each read.
    """
    known, pattern = _known(resource)
    unknown = {name for name in record.keys() - known if not pattern.match(name)}
    return {name: value for name, value in record.items() if name not in unknown}


@cache
def _known(resource: Resource) -> tuple[frozenset[str], re.Pattern[str]]:
    """Return the field names in a resource's schema, and the pattern of further ones."""
    record = schema_of(resource.name)["$defs"]["record"]
    pattern = "|".join(record.get("patternProperties", ())) or "(?!)"
    return PARAMETERS.union(record["properties"]), re.compile(pattern)
