"""Sources that play a greeting of their customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.clients.once import once_per_run
from conformance.spec.resources import GREETINGS, SOURCES
from conformance.verdicts import not_applicable

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.addressing import Identity


@once_per_run
def linked_source(api: Api) -> tuple[Identity, Identity]:
    """Create a source that plays a greeting, once in a run; return the source and the greeting.

    Not applicable where a source cannot be linked to one.
    """
    greeting = api.create(GREETINGS)
    source = api.create(SOURCES, greeting.parent_id, **{GREETINGS.id_field: greeting.id})
    if greeting_of(api, source) != greeting.id:
        not_applicable("no source is linked to a greeting")
    return source, greeting


def greeting_of(api: Api, source: Identity) -> str:
    """Return the id of the greeting that a source plays."""
    return str(api.read(source).get(GREETINGS.id_field))
