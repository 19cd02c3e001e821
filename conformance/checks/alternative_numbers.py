"""Sources that put calls through to other numbers at certain times: a list within a record."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from conformance.clients.once import once_per_run
from conformance.spec.resources import SOURCES
from conformance.verdicts import applicable_if

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.addressing import Identity

NUMBERS = "alt_numbers"
"""The field, a JSON array as the value of a parameter (publicly known, not in the document)."""

_TIMES = (
    {"phonenr": "voicemail", "weekdays": "mon,tue,wed", "from_time": "08:00", "to_time": "12:15"},
    {"phonenr": "voicemail", "weekdays": "thu,fri", "from_time": "13:30", "to_time": "17:45"},
)


@once_per_run
def source_with_numbers(api: Api) -> Identity:
    """Create a source with two alternative numbers, once in a run.

    Not applicable where they are refused, or not shown as a list that holds something.
    """
    source = api.create(SOURCES, **{NUMBERS: json.dumps(_TIMES)})
    applicable_if(numbers_of(api, source), "no source shows alternative numbers")
    return source


def numbers_of(api: Api, source: Identity) -> list[object]:
    """Return the alternative numbers that a source shows in JSON, none where it is no list."""
    shown = api.read(source).get(NUMBERS)
    return shown if isinstance(shown, list) else []
