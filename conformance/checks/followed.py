"""Every way of reading a record, tried before and after a write: none may answer as before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks.lasting import lasting
from conformance.clients.capabilities import NATIVE
from conformance.clients.ways import delete_by, write_by
from conformance.spec.addressing import (
    Form,
    Override,
    Request,
    collection_path,
    request_for,
    with_suffix,
)
from conformance.spec.equal_ways import WriteWay
from conformance.spec.media_types import ACCEPT, XML
from conformance.spec.resources import CUSTOMERS
from conformance.verdicts import not_applicable, unobservable
from conformance.wire.recorder import observed
from conformance.wire.records import record_with_id

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from conformance.clients.api import Api
    from conformance.spec.addressing import Identity, Options
    from conformance.spec.resources import Resource

IN_XML: Options = {"headers": {"Accept": ACCEPT[XML]}}


def ways_to_see(made: Identity, filters: Mapping[str, str]) -> dict[str, Request]:
    """Return the GETs that show a record, by what each asks for.

    `filters` restrict its list to few records, this one among them.
    """
    resource = made.resource
    path = request_for("GET", made).path
    found = {
        "one by path": Request("GET", path, {}),
        "one by parameter": request_for("GET", made, Form.PARAMETERS),
        "one with suffix .xml": Request("GET", with_suffix(path, XML)[0], {}),
        "one with Accept: application/xml": Request("GET", path, IN_XML),
    }
    if resource.parent is None:
        found["the list"] = Request("GET", resource.collection, {})
        found["page 0"] = Request("GET", resource.collection, {"params": {"page": "0"}})
        found["the list with suffix .xml"] = Request(
            "GET", with_suffix(resource.collection, XML)[0], {}
        )
    else:
        found["the list by path"] = Request("GET", collection_path(resource, made.parent_id), {})
    for name, value in filters.items():
        params: Options = {"params": {name: value}}
        found[f"the list by {name}"] = Request("GET", resource.collection, params)
        found[f"the list by {name} in XML"] = Request(
            "GET", resource.collection, {**IN_XML, **params}
        )
    return found


def names_shown(api: Api, made: Identity, asked: Mapping[str, Request]) -> dict[str, object]:
    """Return the name of a record that each look shows; looks that do not show it are left out."""
    records = {what: record_with_id(api.send(look), made) for what, look in asked.items()}
    return {what: each.get("name") for what, each in records.items() if each is not None}


def still_shown(api: Api, made: Identity, asked: Mapping[str, Request], before: str) -> list[str]:
    """Return the looks that still show the name that a record had before a write."""
    found = names_shown(api, made, asked)
    observed("looks", len(asked))
    return [f"{what} still shows {before!r}" for what, name in found.items() if name == before]


def selecting(resource: Resource, values: Mapping[str, str]) -> dict[str, str]:
    """Return the filter by which a list shows few records, among them one of some values."""
    name = "custnr" if resource is CUSTOMERS else CUSTOMERS.id_field
    return {name: values[name]}


def _made(api: Api, resource: Resource) -> tuple[Identity, str, dict[str, Request]]:
    """Create a record; return it, its name, and the looks that show it."""
    values = api.values(resource)
    made = api.create(resource, values.get(CUSTOMERS.id_field), **values)
    asked = ways_to_see(made, selecting(resource, values))
    shown = names_shown(api, made, asked)
    usable = {what: asked[what] for what, name in shown.items() if name == values["name"]}
    if not usable:
        unobservable(f"no read shows the new {resource.singular}")
    return made, values["name"], usable


def stale_after_put(api: Api, resource: Resource) -> list[str]:
    """Read a record in each way, and change its name; return the ways that show the old one.

    Where its filter is a number of its own, that is changed, too, and must not find it any more.
    """
    form = api.offers.require(resource, "PUT")
    made, old, asked = _made(api, resource)
    api.update(made, {"name": api.fresh()}, form)
    stale = lasting(api, lambda: still_shown(api, made, asked, old))
    return [*stale, *_kept_after_an_override(api, made)] if resource is CUSTOMERS else stale


def _kept_after_an_override(api: Api, made: Identity) -> list[str]:
    """Give a customer another custnr, by an override where one works; return who shows the old one.

    That is the list by the old one, and the customer in XML.
    """
    old = {"custnr": str(api.read(made).get("custnr"))}
    overrides = (Override.HEADER, Override.QUERY, Override.NATIVE)
    ways = [WriteWay(Form.PATH, each) for each in overrides]
    way = next(each for each in ways if api.offers.writes(made.resource, each) or each == ways[-1])
    if not write_by(api, made, way, {"custnr": api.fresh()}).ok:
        return []
    in_xml = Request("GET", made.path, IN_XML)

    def kept() -> list[str]:
        listed = record_with_id(api.get(made.resource.collection, params=old), made) or {}
        shown = record_with_id(api.send(in_xml), made) or {}
        observed("looks", 2)
        found = listed.get("custnr") not in (None, old["custnr"])
        stale = shown.get("custnr") == old["custnr"]
        return ["the list by custnr still finds it by the one before"] * found + [
            "XML still shows the custnr of before"
        ] * stale

    return lasting(api, kept)


def stale_after_delete(api: Api, resource: Resource) -> list[str]:
    """Read a record in each way, and delete it; return the ways that still show it."""
    way = api.offers.usable_for_delete(resource, NATIVE[0]) or not_applicable("no DELETE works")
    made, old, asked = _made(api, resource)
    delete_by(api, made, way)
    return lasting(api, lambda: still_shown(api, made, asked, old))


def stale_after_post(api: Api, resource: Resource) -> list[str]:
    """Read a filtered list, and create what it selects; return the filter that does not show it."""
    values = api.values(resource)
    selected = selecting(resource, values)
    if not api.get(resource.collection, params=selected).ok:
        unobservable("the filter is refused")
    made = api.create_new(resource, values.get(CUSTOMERS.id_field), **values)

    def missing() -> list[str]:
        answer = api.get(resource.collection, params=selected)
        observed("looks", 1)
        shown = record_with_id(answer, made) is not None
        return [] if shown else [f"the list by {next(iter(selected))} does not show it"]

    return lasting(api, missing)


AFTER: dict[str, Callable[[Api, Resource], list[str]]] = {
    "POST": stale_after_post,
    "PUT": stale_after_put,
    "DELETE": stale_after_delete,
}
"""The writes that every read has to follow."""
