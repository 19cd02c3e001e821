"""Reading, writing and deleting one record in one of the equal ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.spec.addressing import overridden, request_for, with_suffix
from conformance.spec.equal_ways import written_as
from conformance.spec.media_types import ACCEPT
from conformance.wire.records import record_with_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.clients.api import Api
    from conformance.spec.addressing import Identity
    from conformance.spec.equal_ways import ReadWay, WriteWay
    from conformance.spec.resources import Record
    from conformance.wire.responses import Response


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
    return api.send(overridden(asked, way.override))


def delete_by(api: Api, identity: Identity, way: WriteWay) -> Response:
    """DELETE a record in one way; the parameters are always in the query string."""
    response = api.send(overridden(request_for("DELETE", identity, way.form), way.override))
    if response.ok:
        api.ledger.note_deleted(identity)
    return response
