"""Lists with a filter in the query string, and the ways to URL-encode its value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

from conformance.checks.filter_values import custnr_of
from conformance.checks.paging import Page, ask
from conformance.clients.once import once_per_run
from conformance.spec.addressing import every_octet_encoded
from conformance.spec.media_types import JSON_TYPE
from conformance.spec.paging import LARGEST
from conformance.spec.resources import CDRS, CUSTOMERS, SOURCES
from conformance.verdicts import SetupFailed, not_applicable, unobservable
from conformance.wire.recorder import observed
from conformance.wire.records import id_of, readable_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from conformance.clients.api import Api
    from conformance.spec.resources import Record, Resource

ALL_DATES = {"from_date": "2000-01-01 00:00:00", "to_date": "2100-01-01 00:00:00"}
"""A filter that every call keeps."""


def spellings(text: str) -> dict[str, str]:
    """Return equal ways to URL-encode a text in a query string, by name."""
    percent = quote(text, safe="")
    return {
        "a space as +": quote_plus(text),
        "a space as %20": percent,
        "every octet encoded": every_octet_encoded(text),
    }


def in_small_digits(text: str) -> str:
    """URL-encode a text with hexadecimal digits in lower case."""
    return re.sub("%[0-9A-F]{2}", lambda escape: escape[0].lower(), quote(text, safe=""))


def values_unlike(records: list[Record], wanted: Mapping[str, str]) -> list[str]:
    """Return the values of records that are not those wanted, in words: of each record, and all."""
    return [
        f"a record shown has {name} {'null' if shown is None else repr(shown)}, not {value!r}"
        for record in records
        for name, value in wanted.items()
        if str(shown := record.get(name)) != value
    ]


def matching(page: Page, wanted: Mapping[str, str]) -> set[str]:
    """Return the ids of the records on a page that match a filter."""
    return {
        id_of(page.resource, record)
        for record in page.records
        if all(str(record.get(name)) == value for name, value in wanted.items())
    }


def filtered(
    api: Api, resource: Resource, wanted: Mapping[str, str], media_type: str = JSON_TYPE
) -> Page:
    """GET a list with a filter; not applicable where the parameter is refused as invalid.

    Raises Unreadable where the response cannot be read.
    """
    page = ask(api, resource, wanted, media_type)
    if page.response.status_code == 400:  # noqa: PLR2004  (the status of invalid parameters)
        not_applicable(f"{resource.name} refuse {' and '.join(wanted)} as invalid")
    if page.response.ok:
        page.response.records(resource)  # raises where they cannot be read
    return page


def unfiltered(api: Api, resource: Resource) -> Page:
    """GET the first page of a list; unobservable where it has no records.

    Call records, which no run changes and which are many, are asked for once in a run.
    """
    return _calls(api) if resource is CDRS else _unfiltered(api, resource)


@once_per_run
def _calls(api: Api) -> Page:
    return _unfiltered(api, CDRS)


def _unfiltered(api: Api, resource: Resource) -> Page:
    api.offers.require_path(resource.collection)
    page = ask(api, resource)
    if not page.records:
        unobservable(f"the account has no {resource.name}")
    return page


@once_per_run
def require_dates(api: Api) -> None:
    """End the case as not applicable unless a filter for long ago returns no calls."""
    long_ago = {"from_date": "1990-01-01 00:00:00", "to_date": "1990-01-02 00:00:00"}
    page = filtered(api, CDRS, long_ago)
    if not page.response.ok or page.ids:
        not_applicable("dates do not restrict calls")


def wrong_between(api: Api, everything: Page, since: str, until: str) -> list[str]:
    """GET the calls between two moments; return those in excess and those missing.

    A call at either moment may be returned or not. Missing calls are only reported where the
    response is not cut off at the end of a page. A refused filter has nothing wrong. Both are told
    with the filter.
    """
    page = ask(api, CDRS, {"from_date": since, "to_date": until})
    starts = {id_of(CDRS, each): str(each.get("start")) for each in page.records}
    known = {id_of(CDRS, each): str(each.get("start")) for each in everything.records}
    beyond = [start for start in starts.values() if not since <= start <= until]
    whole = page.response.ok and len(page.ids) < LARGEST
    missing = [
        start
        for id_, start in known.items()
        if whole and since < start < until and id_ not in starts
    ]
    asked = page.request
    both = {"also returns": beyond, "leaves out": missing}
    return [
        f"{asked} {how} {len(found)} calls, the first of which started {min(found)}"
        for how, found in both.items()
        if found
    ]


def restriction_by_date(everything: Page, found: Page, from_date: str, to_date: str) -> str:
    """Say whether a filter by date has restricted the calls, and to those between the dates."""
    if len(found.ids) >= len(everything.ids):
        return "not restricted"
    starts = [str(call.get("start")) for call in found.records]
    outside = sorted(each for each in starts if not from_date <= each <= to_date)
    return f"restricted, but with a call that started {outside[-1]}" if outside else "restricted"


def one_owner(page: Page) -> dict[str, str]:
    """Return a filter by the customer of the first record on a page that names one."""
    field = CUSTOMERS.id_field
    owners = [str(record[field]) for record in page.records if record.get(field)]
    if not owners:
        unobservable(f"no record of {page.resource.name} names its customer")
    return {field: owners[0]}


def with_two_sources(page: Page) -> dict[str, str]:
    """Return a filter by a customer with calls from two sources, and one of the sources."""
    found: dict[str, set[str]] = {}
    for call in page.records:
        if call.get("customer_id") and call.get("source_id"):
            found.setdefault(str(call["customer_id"]), set()).add(str(call["source_id"]))
    for customer_id, sources in found.items():
        if len(sources) > 1:
            return {"customer_id": customer_id, "source_id": min(sources)}
    return unobservable("no customer has calls by two sources")


def foreign_to(page: Page, wanted: Mapping[str, str], name: str) -> dict[str, str]:
    """Return a filter that no wanted call matches: a date to come, or what another customer has."""
    if name == "from_date":
        return {name: TO_COME}
    others = [each for each in page.records if each.get("customer_id") != wanted["customer_id"]]
    found = [str(each[name]) for each in others if each.get(name)]
    return {name: found[0]} if found else unobservable(f"no call of another customer has a {name}")


def missing_from(page: Page, expected: set[str]) -> list[str]:
    """Return in words the ids that a filtered list lacks; none where it may have more pages."""
    ends = str(page.properties.get("total")) == str(len(page.ids))
    missing = expected - set(page.ids) if ends or len(page.ids) < MOST_ON_A_PAGE else set()
    return [f"{page.resource.word} {id_} is left out" for id_ in sorted(missing)]


TO_COME = "2099-01-01 00:00:00"
"""A moment at which no call has started yet."""

MOST_ON_A_PAGE = 100
"""The number of records from which on a list may have more pages without saying so."""


def customer_with_custnr(api: Api, custnr: str) -> str:
    """Create a customer with a given custnr and return its id.

    Ends the case where the server refuses or changes such a custnr, since no filter can find it
    then.
    """
    values = {**api.values(CUSTOMERS), "custnr": custnr}
    response = api.post(CUSTOMERS.collection, data=values)
    if not response.ok:
        not_applicable(f"a custnr like {custnr!r} is refused with {response.status_code}")
    identity = api.created(CUSTOMERS, response, values)
    if api.read(identity).get("custnr") != custnr:
        message = f"the custnr {custnr!r} is not stored as it was sent"
        raise SetupFailed(message)
    return identity.id


def customers_with_custnrs(api: Api, custnrs: Iterable[str]) -> None:
    """Create a customer with each of some custnrs; ends the case as `customer_with_custnr` does."""
    observed("customers", len([customer_with_custnr(api, each) for each in custnrs]))


def found_by_each_custnr(api: Api, custnrs: Iterable[str]) -> dict[str, list[str]]:
    """GET customers by each of some custnrs; return by it the custnrs of those found."""
    return {custnr: found_exactly(api, custnr) for custnr in custnrs}


def found_exactly(api: Api, custnr: str) -> list[str]:
    """GET customers by a custnr; return the custnrs of those found."""
    return found_by(api, quote(custnr, safe=""))


def found_in_each_spelling(api: Api, custnr: str) -> dict[str, list[str]]:
    """GET customers by a custnr, encoded in each equal way; return by way the custnrs found."""
    return {way: found_by(api, written) for way, written in spellings(custnr).items()}


def found_by(api: Api, written: str) -> list[str]:
    """GET customers by a custnr that is already URL-encoded; return the custnrs of those found."""
    response = api.get(f"{CUSTOMERS.collection}?custnr={written}")
    return [str(each.get("custnr")) for each in readable_records(response, CUSTOMERS)]


def unlike_beside_dates(api: Api, name: str) -> list[str]:
    """GET calls by a filter, and by it beside dates that all calls keep; return whose are shown.

    Told are customers, for a filter by source sources, of which the filter alone shows none.
    """
    everything = unfiltered(api, CDRS)
    field = name if name == SOURCES.id_field else CUSTOMERS.id_field
    owners = [str(each[field]) for each in everything.records if each.get(field)]
    owner = owners[0] if owners else unobservable(f"no call shows a {field}")
    value = custnr_of(api, owner) if name == "custnr" else owner
    alone = ask(api, CDRS, {name: value})
    shown = {str(each.get(field)) for each in alone.records}
    if not alone.response.ok or not shown or not {*owners} - shown:
        not_applicable(f"{name} alone restricts nothing")
    beside = ask(api, CDRS, {name: value, **ALL_DATES})
    if not beside.response.ok:
        not_applicable(f"dates beside it are refused with {beside.response.status_code}")
    observed("calls", len(beside.records))
    others = {str(each.get(field)) for each in beside.records} - shown
    return [f"calls of {field} {each}" for each in sorted(others)]
