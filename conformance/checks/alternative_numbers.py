"""Sources that put calls through to other numbers at certain times: a list within a record."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from conformance.spec.resources import CUSTOMERS, SOURCES
from conformance.verdicts import applicable_if
from conformance.wire.recorder import observed
from conformance.wire.records import record_with_id, records_by_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.clients.api import Api
    from conformance.spec.addressing import Identity
    from conformance.spec.resources import Record

NUMBERS = "alt_numbers"
"""The field, a JSON array as the value of a parameter (publicly known, not in the document)."""

Times = tuple[str, str, str]
"""On which days, from when and until when a number is called."""

TWO: Sequence[Times] = (("mon,tue,wed", "08:00", "12:15"), ("thu,fri", "13:30", "17:45"))
LISTS: dict[str, Sequence[Times]] = {
    "one at several times": TWO,
    "many": [
        ("mon,tue,wed,thu,fri", f"{hour:02}:{minute:02}", f"{hour:02}:{minute + 9:02}")
        for hour in range(6, 22)
        for minute in (0, 15, 30, 45)
    ],
    "fewer": TWO[1:],
}
"""Lists that a PUT writes, one after another: the last is shorter than the one before."""


def parameter(times: Sequence[Times]) -> str:
    """Return the value of the parameter for calls that go to the voicemail at some times."""
    names = ("weekdays", "from_time", "to_time")
    numbers = [{"phonenr": "voicemail", **dict(zip(names, each, strict=True))} for each in times]
    return json.dumps(numbers)


def source_with_numbers(api: Api) -> Identity:
    """Return a source that was made with two alternative numbers, and that no other case has.

    Not applicable where they are refused, or not shown as a list that holds something.
    """
    source = api.shared_record(SOURCES, "alternative numbers", **{NUMBERS: parameter(TWO)})
    applicable_if(numbers_of(api, source), "no source shows alternative numbers")
    return source


def numbers_of(api: Api, source: Identity) -> list[object]:
    """Return the alternative numbers that a source shows in JSON, none where it is no list."""
    return _numbers(api.read(source))


def _numbers(source: Record) -> list[object]:
    shown = source.get(NUMBERS)
    return shown if isinstance(shown, list) else []


def _told(numbers: list[object]) -> str:
    """Return in words from when each of some alternative numbers is called."""
    known = [each for each in numbers if isinstance(each, dict)]
    times = [f"{each.get('weekdays')} from {each.get('from_time')}" for each in known]
    return f"{len(numbers)} numbers" + (f" ({' and '.join(times)})" if times else "")


def numbers_changed(api: Api, which: str) -> list[str]:
    """PUT a list after one of two; return what the answer and a read show that was not sent.

    Compared are the times alone, in any order; a number may be shown in another notation. A list
    that is refused is not judged.
    """
    source, form = source_with_numbers(api), api.offers.require(SOURCES, "PUT")
    for times in (TWO, LISTS[which]):
        response = api.ask("PUT", source, form, data={NUMBERS: parameter(times)})
    observed("lists" if response.ok else "lists refused", 1)
    shown = {"the answer": record_with_id(response, source), "a read": api.find(source)}
    sent = sorted(each[1:] for each in LISTS[which])
    there = {where: record for where, record in shown.items() if record and NUMBERS in record}
    found = {where: _times(record) for where, record in there.items() if response.ok}
    return [f"{where} shows {times}, not {sent}" for where, times in found.items() if times != sent]


def _times(source: Record) -> list[tuple[str, str]]:
    """Return from when to when each alternative number is called, without seconds."""
    numbers = [each for each in _numbers(source) if isinstance(each, dict)]
    return sorted(
        (str(each.get("from_time"))[:5], str(each.get("to_time"))[:5]) for each in numbers
    )


def listed_with_others_numbers(api: Api) -> dict[str, str]:
    """List sources, one without any, the first and the last alike; return those shown wrongly.

    Each comes with the times of its numbers in the list, and of those of a GET of it, in words.
    """
    source_with_numbers(api)
    owner = api.create(CUSTOMERS)
    given = (TWO, (), TWO[:1], TWO)
    made = [api.create(SOURCES, owner.id, **{NUMBERS: parameter(each)}) for each in given]
    listed = records_by_id(
        api.get(SOURCES.collection, params={CUSTOMERS.id_field: owner.id}), SOURCES
    )
    read = {each.id: numbers_of(api, each) for each in made}
    both = [each for each in read if NUMBERS in listed.get(each, {})]
    applicable_if(both, "no list shows the alternative numbers of a source")
    observed("sources", len(both))
    return {
        f"source {each}": f"{_told(_numbers(listed[each]))} listed, {_told(read[each])} by GET"
        for each in both
        if _numbers(listed[each]) != read[each]
    }
