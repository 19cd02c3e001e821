"""When calls started, as they show it, and as filters by date find them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from conformance.checks.timestamps import LONG_AGO, TOLERANCE, instant
from conformance.spec.resources import CDRS
from conformance.verdicts import unobservable
from conformance.wire.records import id_of, readable_records

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Record

MOST_CALLS = 8


def not_found_around(api: Api, few: list[Record]) -> list[str]:
    """GET call records just around the start of each of some; return in words those not found."""
    found = [(call, around(call), during(api, *around(call)) or set()) for call in few]
    return [
        f"the call that shows the start {call.get('start')} is not found by "
        f"GET {CDRS.collection}?from_date={first}&to_date={last}"
        for call, (first, last), ids in found
        if id_of(CDRS, call) not in ids
    ]


def calls(api: Api) -> list[Record]:
    """Return a few calls: the first, the last, at the turn of a year, in summer and in a morning.

    Ends the case as unobservable where there are none, or where dates do not filter them.
    """
    api.offers.require_path(CDRS.collection)
    shown = readable_records(api.get(CDRS.collection), CDRS)
    found = [each for each in shown if instant(each.get("start")) is not None]
    if not found:
        unobservable("the account has no calls")
    if during(api, LONG_AGO, LONG_AGO) != set():
        unobservable("calls cannot be asked for by their date")
    found.sort(key=lambda each: str(each["start"]))
    turn = [each for each in found if str(each["start"])[5:10] in ("12-29", "12-30", "12-31")]
    hours = {hour: each for each in found if (hour := str(each["start"])[11:13]) < "13"}
    summer = [each for each in found if str(each["start"])[5:7] in ("06", "07", "08")]
    few = [found[0], found[-1], *turn[:2], *summer[:1], *[*hours.values()][: MOST_CALLS - 5]]
    return list({id_of(CDRS, each): each for each in few}.values())


def during(api: Api, first: str, last: str) -> set[str] | None:
    """Return the ids of the calls that a filter between two moments returns; None where refused."""
    response = api.get(CDRS.collection, params={"from_date": first, "to_date": last})
    return {id_of(CDRS, each) for each in readable_records(response, CDRS)} if response.ok else None


def around(record: Record) -> tuple[str, str]:
    """Return moments just before and just after the start that a call shows."""
    moment = instant(record.get("start")) or datetime.now(UTC)
    first, last = moment - TOLERANCE, moment + TOLERANCE
    return f"{first:%Y-%m-%d %H:%M:%S}", f"{last:%Y-%m-%d %H:%M:%S}"
