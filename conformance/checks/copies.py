"""POSTs of what a record shows, as a caller sends them who copies it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.spec.addressing import Request, parent_parameters

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.clients.api import Api
    from conformance.spec.addressing import Identity
    from conformance.spec.resources import Record


def with_its_fields(api: Api, made: Identity, shown: Record) -> Request:
    """Return a POST of all that a record shows, its id included, but for what has to be unique."""
    return Request("POST", made.resource.collection, {"data": _copied(api, made, shown)})


def with_its_fields_in_json(api: Api, made: Identity, shown: Record) -> Request:
    """Return such a POST in JSON; see `with_its_fields`."""
    return Request("POST", made.resource.collection, {"json": _copied(api, made, shown)})


def _copied(api: Api, made: Identity, shown: Record) -> dict[str, str]:
    """Return the fields of a copy, each as text."""
    texts = {name: str(value) for name, value in shown.items() if isinstance(value, str | int)}
    own = {**api.values(made.resource, made.parent_id), made.resource.id_field: made.id}
    return {**texts, **own}


def with_its_id_in_the_query(api: Api, made: Identity, shown: Record) -> Request:
    """Return a POST of a new record, with the id of a record in the query."""
    del shown
    params = {
        **parent_parameters(made.resource, made.parent_id),
        made.resource.id_field: made.id,
    }
    values = api.values(made.resource, made.parent_id)
    return Request("POST", made.resource.collection, {"data": values, "params": params})


COPIES: dict[str, Callable[[Api, Identity, Record], Request]] = {
    "with its fields": with_its_fields,
    "with its fields in JSON": with_its_fields_in_json,
    "with its id in the query": with_its_id_in_the_query,
}
"""How a POST may name a record that is there."""
