"""One page of a list, requested in each equal way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks import paging
from conformance.checks.representations import body_kind
from conformance.spec.addressing import with_suffix
from conformance.spec.media_types import ACCEPT, JSON, JSON_TYPE, XML, XML_TYPE
from conformance.wire.documents import Unreadable
from conformance.wire.recorder import observed
from conformance.wire.records import ids_in, readable_records

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.checks.paging import Page
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource
    from conformance.wire.responses import Response


def answers_by_representation(
    api: Api, resource: Resource, asked: Mapping[str, str]
) -> dict[str, Response]:
    """Return the responses to one GET in the ways beside JSON by Accept.

    A way is left out where it is refused, or its response is in another representation or
    unreadable.
    """
    found = {}
    headers = {"Accept": ACCEPT[XML]}
    found[f"{XML} by Accept"] = api.get(resource.collection, params=asked, headers=headers)
    for kind in (JSON, XML):
        suffixed = with_suffix(resource.collection, kind)[0]
        found[f"{kind} by suffix"] = api.get(suffixed, params=asked)
    return {
        way: response
        for way, response in found.items()
        if response.ok
        and body_kind(response) == way.partition(" ")[0]
        and is_readable(response, resource)
    }


def is_readable(response: Response, resource: Resource) -> bool:
    """Tell whether a body can be read as a list of records, even an empty one."""
    try:
        response.records(resource)
    except Unreadable:
        return False
    return True


def unequal(api: Api, resource: Resource, asked: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the ids that a page lacks or has in excess, by the way of requesting it.

    Each way is compared with JSON by Accept, which is read once more where they differ: if the list
    changed in between, nothing is compared. A page size that is refused is left out.
    """
    before = paging.ask(api, resource, asked)
    if not before.response.ok:
        asked = {name: value for name, value in asked.items() if name != "pagesize"}
        before = paging.ask(api, resource, asked)
    answered = answers_by_representation(api, resource, asked)
    found = {way: ids_in(response, resource) for way, response in answered.items()}
    differing = {way: _difference(before.ids, ids) for way, ids in found.items()}
    observed("pages" if before.response.ok else "pages refused", len(found) or 1)
    wrong = {way: ids for way, ids in differing.items() if ids}
    steady = not wrong or same(before, paging.ask(api, resource, asked))
    return wrong if before.response.ok and steady else {}


def other_properties(api: Api, resource: Resource, asked: Mapping[str, str]) -> dict[str, str]:
    """Return the paging properties whose values differ between XML and JSON, with both values.

    Nothing is compared if JSON has changed in between, or the page is refused.
    """
    before, in_xml, after = (
        paging.ask(api, resource, asked, kind) for kind in (JSON_TYPE, XML_TYPE, JSON_TYPE)
    )
    known = before.properties if before.properties == after.properties else {}
    shown = in_xml.properties if in_xml.response.looks_like_xml and before.response.ok else {}
    observed("properties of pages" if before.response.ok else "pages refused", len(shown) or 1)
    return {
        f"{name} in the answer to {before.request}": f"{text} in XML, {known[name]} in JSON"
        for name, text in shown.items()
        if name in known and str(known[name]) != text
    }


def same(one: Page, other: Page) -> bool:
    """Tell whether two responses to one request have the same status and records."""
    return (one.ids, one.response.status_code) == (other.ids, other.response.status_code)


def _difference(expected: list[str], ids: list[str]) -> list[str]:
    missing = [f"record {id_} is missing there" for id_ in expected if id_ not in ids]
    added = [f"record {id_} is there in addition" for id_ in ids if id_ not in expected]
    unequal = len(ids) != len(expected)
    twice = [f"{len(ids)} records are there, not {len(expected)}"] if unequal else []
    return [*twice, *missing, *added][:5]


def emptiness(response: Response, resource: Resource) -> str:
    """Return the status of a response and, for a success, representation and number of records.

    An element with the name of a record counts as one, even without an id.
    """
    if not response.ok:
        return str(response.status_code)
    kind = body_kind(response)
    if kind == XML:
        shown = sum(1 for _ in response.xml().iter(resource.singular))
    else:
        shown = len(readable_records(response, resource))
    return f"{response.status_code} {kind}, {shown} records"
