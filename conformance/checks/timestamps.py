"""Timestamps: the fields that hold them, how to parse them, and the server's clock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from conformance.checks.representations import in_representation, record_elements
from conformance.clients.once import once_per_run
from conformance.spec.media_types import XML
from conformance.spec.resources import CDRS, GREETINGS, SOURCES
from conformance.verdicts import SetupFailed, not_applicable, unobservable
from conformance.wire.recorder import observed
from conformance.wire.records import id_of, readable_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from conformance.clients.api import Api
    from conformance.spec.addressing import Identity
    from conformance.spec.resources import Record, Resource
    from conformance.wire.responses import Response

TIMESTAMP_FIELDS = {
    GREETINGS: ("timestamp",),
    SOURCES: ("timestamp", "expire", "created", "modified"),
    CDRS: ("start",),
}
"""The documented timestamp fields of each resource."""

TIMESTAMP_FORMAT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}")
TOLERANCE = timedelta(minutes=2)
"""The accepted difference between the clocks of the API and of the server in front of it."""

SMALL_TOLERANCE = timedelta(minutes=1)
"""The accepted difference between the clock of this machine and that of an API that shows none."""

QUARTER = timedelta(minutes=15)
HALF_HOUR = timedelta(minutes=30)
FARTHEST_ZONE = timedelta(hours=14)
"""The greatest difference between time zones, which differ by quarters of an hour."""

MOMENTS = "moments"
"""The purpose of the shared records that moments are written to."""

PLAIN_MOMENTS = {"timestamp": "2024-05-06 07:08:09", "expire": "2031-05-05 05:05:05"}
"""Moments that every server can hold whose sources have such fields."""

LONG_AGO = "1990-01-01 00:00:00"

_LOOSE = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})[T ]+(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?(?:[.,]\d+)?\s*"
    r"(?:Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?"
)
_EPOCH = re.compile(r"[0-9]{9,10}(?=[0-9]{3}$|$)")


def instant(text: object) -> datetime | None:
    """Parse a timestamp in any usual format; None where that fails.

    An offset at its end is ignored: the rules judge the time of day shown.
    """
    loose = _LOOSE.fullmatch(str(text).strip())
    epoch = _EPOCH.match(str(text))
    try:
        if loose:
            return datetime(*(int(part or 0) for part in loose.groups()), tzinfo=UTC)  # type: ignore[arg-type,misc]
        return datetime.fromtimestamp(int(epoch[0]), UTC) if epoch else None
    except ValueError:
        return None


def require_moment(api: Api, resource: Resource, field: str) -> None:
    """End the case as not applicable where a PUT cannot set a timestamp field; tried once."""
    if not _takes_moment(api, resource, field):
        not_applicable(f"{field} cannot be written on {resource.name}")


@once_per_run
def _takes_moment(api: Api, resource: Resource, field: str) -> bool:
    """PUT a moment that every server can parse; tell whether the field changes."""
    made = api.shared_record(resource, MOMENTS)
    before = api.read(made).get(field)
    is_taken, shown = put_and_read(api, made, field, PLAIN_MOMENTS[field])
    return is_taken and shown != before


def put_and_read(api: Api, made: Identity, field: str, text: str) -> tuple[bool, object]:
    """PUT a moment into a field; return whether that is a success, and what is shown then."""
    response = api.ask("PUT", made, api.offers.require(made.resource, "PUT"), data={field: text})
    return response.ok, api.read(made).get(field)


def put_moment(api: Api, made: Identity, field: str, text: str) -> str:
    """PUT a moment into a field; return what it reads back as if that is not acceptable, else "".

    It may be refused or ignored. Since the document does not say in which time zone callers write,
    it may also be shown some quarters of an hour earlier or later.
    """
    before = api.read(made).get(field)
    is_taken, shown = put_and_read(api, made, field, text)
    observed("moments", 1)
    sent, stored = instant(text), instant(shown)
    if shown == before or not is_taken or sent is None:
        return ""
    if stored is None or abs(stored - sent) > FARTHEST_ZONE or (stored - sent) % QUARTER:
        return f"{text} reads back as {shown}"
    return ""


def misformatted(text: object) -> bool:
    """Tell whether a timestamp departs from the documented format or is not an existing date."""
    if not isinstance(text, str) or not TIMESTAMP_FORMAT.fullmatch(text):
        return True
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return True
    return False


@dataclass(frozen=True, slots=True)
class Clock:
    """The present moment, by the Date field of a response or by this machine's clock."""

    moment: datetime
    is_the_servers: bool

    def is_away(self, shown: datetime) -> bool:
        """Tell whether a moment is not the present one.

        A Date field that is wrong, as that of a server in front may be, is no witness against what
        agrees with this machine. By the clock of this machine, which may be wrong itself, a moment
        is away in another time zone: then it is off by half hours. Unobservable where it is off by
        anything else.
        """
        off = abs(shown - self.moment)
        if off <= TOLERANCE or self.is_the_servers:
            return off > TOLERANCE and abs(shown - datetime.now(UTC)) > TOLERANCE
        beside = off % HALF_HOUR
        if off <= FARTHEST_ZONE and min(beside, HALF_HOUR - beside) <= SMALL_TOLERANCE:
            return True
        return unobservable("the answer has no Date field, and the clock of this machine differs")


def clock(response: Response) -> Clock:
    """Return the time in the Date field of a response, or else that of this machine."""
    try:
        moment = parsedate_to_datetime(response.headers.get("Date", "")).astimezone(UTC)
    except (ValueError, OverflowError):
        return Clock(datetime.now(UTC), is_the_servers=False)
    return Clock(moment, is_the_servers=True)


def instants(resource: Resource, record: Record) -> dict[str, datetime | None]:
    """Return the moments of the documented timestamps that a record shows, by field."""
    shown = [name for name in TIMESTAMP_FIELDS[resource] if record.get(name) not in (None, "")]
    return {name: instant(record[name]) for name in shown}


def moved(
    resource: Resource, before: Mapping[str, datetime | None], read: Mapping[str, Record]
) -> list[str]:
    """Return in words the timestamps that readings show otherwise than before, and where.

    Counts those compared as observed; a reading may leave a field out.
    """
    compared = [
        (where, name, instants(resource, record).get(name))
        for where, record in read.items()
        for name in before
        if name in record
    ]
    observed("timestamps", len(compared))
    return [
        f"{name} is {_short(shown)} {_where(where)}, and {_short(before[name])} by its id before"
        for where, name, shown in compared
        if shown != before[name]
    ]


def _short(moment: datetime | None) -> str:
    return "no moment" if moment is None else f"{moment:%Y-%m-%d %H:%M:%S}"


def _where(reading: str) -> str:
    """Return where something was read, of the names that `read_everywhere` uses, in words."""
    return {"alone": "by its id", "the answer": "in the answer"}.get(reading, reading)


def stamps(resource: Resource, records: Iterable[Record]) -> list[tuple[str, str, object]]:
    """Return the documented timestamps that records have: id, field and value.

    Counts them as observed; ends the case as unobservable where there is none.
    """
    found = [
        (id_of(resource, record), field, record[field])
        for record in records
        for field in TIMESTAMP_FIELDS[resource]
        if record.get(field) not in (None, "")
    ]
    observed("timestamps", len(found))
    if not found:
        unobservable(f"no {resource.singular} shows a timestamp")
    return found


def read_everywhere(api: Api, identity: Identity, response: Response) -> dict[str, Record]:
    """Return a record as shown by a POST or PUT, by a single read, by the list and in XML."""
    resource = identity.resource
    found = {
        "the answer": readable_records(response, resource),
        "alone": [api.read(identity)],
        "in the list": api.listed(resource, identity.parent_id),
        "in XML": xml_records(api, identity),
    }
    return {
        where: record
        for where, records in found.items()
        for record in records
        if id_of(resource, record) == identity.id
    }


def xml_records(api: Api, identity: Identity) -> list[Record]:
    """GET one record in XML; return its records, none where that fails."""
    try:
        answer = in_representation(api, XML, identity.resource.collection, identity.parameters)
        elements = record_elements(answer, identity.resource)
    except SetupFailed:
        return []
    return [{child.tag: child.text for child in element} for element in elements]


def away(read: Mapping[str, Record], fields: tuple[str, ...], now: Clock) -> list[str]:
    """Return in words the timestamps that are not near the present, and where they were read.

    Counts those that can be parsed as observed; ends the case as unobservable where none can.
    """
    shown = [
        (where, field, record[field], moment)
        for where, record in read.items()
        for field in fields
        if (moment := instant(record.get(field))) is not None
    ]
    observed("timestamps compared", len(shown))
    if not shown:
        unobservable(f"no {' or '.join(fields)} can be read")
    wrong: dict[str, list[str]] = {}
    for where, field, text, moment in shown:
        if now.is_away(moment):
            wrong.setdefault(f"{field} is {text}", []).append(_where(where))
    asked = f"when it was {_short(now.moment)} UTC"
    return [f"{what} {', '.join(places)}, {asked}" for what, places in wrong.items()]
