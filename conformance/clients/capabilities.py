"""The ways of reading, writing and deleting that a target offers, found by trying them.

Each way is tried once in a run, on a record that no rule expects anything of. A rule that draws its
ways leaves out those that do not work at all, since another rule judges that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from conformance.spec.addressing import Form, Override, overridden, request_for, with_suffix
from conformance.spec.equal_ways import WriteWay, written_as
from conformance.spec.media_types import ACCEPT
from conformance.spec.resources import CUSTOMERS, RESOURCES
from conformance.verdicts import NotApplicable, not_applicable
from conformance.wire.records import record_with_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.clients.api import Api
    from conformance.spec.addressing import Identity
    from conformance.spec.equal_ways import ReadWay
    from conformance.spec.resources import Resource
    from conformance.wire.responses import Record, Response

NATIVE = tuple(WriteWay(form) for form in Form)
"""The ways with a form body and without an override."""

GENERATED = "generated"
"""The purpose of the records that generated payloads and probes are written to."""

_WORKING: WeakKeyDictionary[Api, dict[tuple[str, WriteWay], bool]] = WeakKeyDictionary()
_READING: WeakKeyDictionary[Api, dict[tuple[Resource, ReadWay], bool]] = WeakKeyDictionary()
_DELETING: WeakKeyDictionary[Api, dict[tuple[Resource, Form, Override], bool]] = WeakKeyDictionary()
_OFFERED: WeakKeyDictionary[Api, list[Resource]] = WeakKeyDictionary()


def offered(api: Api) -> list[Resource]:
    """Return the resources whose records can be created, customers first."""
    if api not in _OFFERED:
        _OFFERED[api] = [each for each in RESOURCES if each is CUSTOMERS or _makes(api, each)]
    return _OFFERED[api]


def reads(api: Api, resource: Resource, way: ReadWay) -> bool:
    """Tell whether a way of reading shows a record."""
    known = _READING.setdefault(api, {})
    if (resource, way) not in known:
        known[resource, way] = read_by(api, api.shared_record(resource, GENERATED), way) is not None
    return known[resource, way]


def writes(api: Api, resource: Resource, way: WriteWay) -> bool:
    """Tell whether a way of writing stores a plain name."""
    claimed = api.target.claims.methods.get(resource.name)
    if claimed is not None and "PUT" not in claimed:
        return False
    return works(api, api.shared_record(resource, GENERATED), way)


def read_by(api: Api, identity: Identity, way: ReadWay) -> Record | None:
    """GET a record in one way; None where that does not return it."""
    asked = request_for("GET", identity, way.form)
    params = asked.options.get("params", {})
    if not way.by_suffix:
        headers = {"Accept": ACCEPT[way.kind]}
        return record_with_id(api.get(asked.path, params=params, headers=headers), identity)
    for path in with_suffix(asked.path, way.kind):
        record = record_with_id(api.get(path, params=params), identity)
        if record is not None:
            return record
    return None


def write_by(api: Api, identity: Identity, way: WriteWay, values: Mapping[str, str]) -> Response:
    """PUT values in one way."""
    asked = written_as(way.body, request_for("PUT", identity, way.form, data=values))
    asked = overridden(asked, way.override)
    return api.request(asked.method, asked.path, **asked.options)


def works(api: Api, identity: Identity, way: WriteWay) -> bool:
    """Tell whether a way of writing stores a plain name; tried once for each resource."""
    known = _WORKING.setdefault(api, {})
    key = (identity.resource.name, way)
    if key not in known:
        name = api.fresh()
        write_by(api, identity, way, {"name": name})
        known[key] = api.read(identity).get("name") == name
    return known[key]


def deletes(api: Api, resource: Resource, way: WriteWay) -> bool:
    """Tell whether a way of deleting removes the record."""
    claimed = api.target.claims.methods.get(resource.name)
    if claimed is not None and "DELETE" not in claimed:
        return False
    known = _DELETING.setdefault(api, {})
    key = (resource, way.form, way.override)
    if key not in known:
        made = api.create(resource)
        known[key] = delete_by(api, made, way).ok and api.find(made) is None
    return known[key]


def usable(api: Api, resource: Resource, way: WriteWay) -> WriteWay | None:
    """Return a way of writing, or a native one where it does not work."""
    return next((each for each in (way, *NATIVE) if writes(api, resource, each)), None)


def usable_for_delete(api: Api, resource: Resource, way: WriteWay) -> WriteWay | None:
    """Return a way of deleting, or a native one where it does not work."""
    return next((each for each in (way, *NATIVE) if deletes(api, resource, each)), None)


def deletable(api: Api) -> list[Resource]:
    """Return the resources whose records can be deleted; not applicable where there is none."""
    found = [each for each in offered(api) if usable_for_delete(api, each, NATIVE[0])]
    return found or not_applicable("no DELETE makes a record go away")


def delete_by(api: Api, identity: Identity, way: WriteWay) -> Response:
    """DELETE a record in one way; the parameters are always in the query string."""
    asked = overridden(request_for("DELETE", identity, way.form), way.override)
    response = api.request(asked.method, asked.path, **asked.options)
    if response.ok:
        api.note_gone(identity)
    return response


def _makes(api: Api, resource: Resource) -> bool:
    try:
        api.shared_record(resource, GENERATED)
    except NotApplicable:
        return False
    return True
