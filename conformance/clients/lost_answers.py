"""Creations whose answer got lost on its way: what they have made is read instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.spec.addressing import Identity
from conformance.verdicts import SetupFailed
from conformance.wire.records import id_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.clients.api import Api
    from conformance.clients.explained import Post
    from conformance.spec.resources import Resource
    from conformance.wire.responses import Response


def answered_or_read(api: Api, resource: Resource, send: Post) -> Post:
    """Return what sends the values of a new record, and reads that one where no answer comes.

    For cases that need a record, and are not about its creation. What is in no list, or more than
    once, remains lost: SetupFailed is raised as it came.
    """

    def post(values: Mapping[str, str]) -> Response:
        try:
            return send(values)
        except SetupFailed:
            parent_id = values.get(resource.parent.id_field) if resource.parent else None
            made = api.ledger.mine(api.listed(resource, parent_id), values)
            ids = {id_of(resource, each) for each in made}
            if len(ids) != 1 or "" in ids:
                raise
            return api.get(Identity(resource, ids.pop(), parent_id).path)

    return post
