"""Which of the equal ways of reading, writing and deleting a target offers, found by trying them.

Each is tried once in a run, on a record that no rule expects anything of. A way that does not work
at all is another rule's business: a rule that draws its ways leaves it out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from conformance.checks.round_trips import GENERATED, Writing, read_by, works
from conformance.spec.addressing import Form, Override, overridden, question
from conformance.spec.resources import CUSTOMERS, RESOURCES
from conformance.verdicts import NotApplicable, not_applicable

if TYPE_CHECKING:
    from conformance.checks.round_trips import Reading
    from conformance.clients.api import Api
    from conformance.spec.addressing import Identity
    from conformance.spec.resources import Resource
    from conformance.wire.responses import Response

NATIVE = tuple(Writing(form) for form in Form)
"""The ways without an override, with a form for a body."""

_READING: WeakKeyDictionary[Api, dict[tuple[Resource, Reading], bool]] = WeakKeyDictionary()
_DELETING: WeakKeyDictionary[Api, dict[tuple[Resource, Form, Override], bool]] = WeakKeyDictionary()
_OFFERED: WeakKeyDictionary[Api, list[Resource]] = WeakKeyDictionary()


def offered(api: Api) -> list[Resource]:
    """Return the resources of which records can be made, customers first."""
    if api not in _OFFERED:
        _OFFERED[api] = [each for each in RESOURCES if each is CUSTOMERS or _makes(api, each)]
    return _OFFERED[api]


def reads(api: Api, resource: Resource, way: Reading) -> bool:
    """Tell whether a way of reading shows a record."""
    known = _READING.setdefault(api, {})
    if (resource, way) not in known:
        known[resource, way] = read_by(api, api.reused(resource, GENERATED), way) is not None
    return known[resource, way]


def writes(api: Api, resource: Resource, way: Writing) -> bool:
    """Tell whether a way of writing stores a plain name."""
    claimed = api.target.claims.methods.get(resource.name)
    if claimed is not None and "PUT" not in claimed:
        return False
    return works(api, api.reused(resource, GENERATED), way)


def deletes(api: Api, resource: Resource, way: Writing) -> bool:
    """Tell whether a record that is deleted in a way is gone."""
    claimed = api.target.claims.methods.get(resource.name)
    if claimed is not None and "DELETE" not in claimed:
        return False
    known = _DELETING.setdefault(api, {})
    key = (resource, way.form, way.override)
    if key not in known:
        made = api.create(resource)
        known[key] = delete_by(api, made, way).ok and api.find(made) is None
    return known[key]


def usable(api: Api, resource: Resource, way: Writing) -> Writing | None:
    """Return a way of writing, or a native one in its place where it does not work."""
    return next((each for each in (way, *NATIVE) if writes(api, resource, each)), None)


def usable_for_delete(api: Api, resource: Resource, way: Writing) -> Writing | None:
    """Return a way of deleting, or a native one in its place where it does not work."""
    return next((each for each in (way, *NATIVE) if deletes(api, resource, each)), None)


def deletable(api: Api) -> list[Resource]:
    """Return the resources of which records can be deleted; not applicable where there is none."""
    found = [each for each in offered(api) if usable_for_delete(api, each, NATIVE[0])]
    return found or not_applicable("no DELETE makes a record go away")


def delete_by(api: Api, identity: Identity, way: Writing) -> Response:
    """DELETE a record in one way; its parameters are in the query string in any."""
    asked = overridden(question("DELETE", identity, way.form), way.override)
    response = api.request(asked.method, asked.path, **asked.options)
    if response.ok:
        api.note_gone(identity)
    return response


def _makes(api: Api, resource: Resource) -> bool:
    try:
        api.reused(resource, GENERATED)
    except NotApplicable:
        return False
    return True
