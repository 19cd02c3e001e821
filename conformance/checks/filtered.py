"""One record in two answers: by a filter and by its id, or to callers of two languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks.round_trips import DERIVED
from conformance.checks.text_differences import difference_of
from conformance.checks.text_packs import fields_for_texts
from conformance.clients.once import once_per_run
from conformance.spec.addressing import Identity
from conformance.spec.resources import CDRS, CUSTOMERS, SOURCES
from conformance.verdicts import not_applicable, observable_if
from conformance.wire.recorder import observed
from conformance.wire.records import record_with_id, records_by_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.clients.api import Api
    from conformance.spec.resources import Record, Resource
    from conformance.wire.responses import Response


TOLD = ("start", CUSTOMERS.id_field, SOURCES.id_field)
"""What tells of each call when it was, and whose it is."""

WORDS = "and Sons, Brothers & Sisters, Limited Company of Stockholm and Gothenburg"
TIMES = 5
FEW_CALLS = 4
LONG_CUSTOM = " ".join([WORDS] * TIMES)[:250]
LONGEST_NAME, LONGEST_ID = 60, 40
"""Characters of a name and of a corporate id, as many as the page on customers permits."""


@once_per_run
def owned_unlike_its_owner(api: Api, resource: Resource) -> tuple[Identity, Mapping[str, str]]:
    """Create a customer and a record of it with other texts; return the latter, and its filters.

    Each has a text of its own in every custom field that takes one.
    """
    owner = api.create(CUSTOMERS, **_custom(api, CUSTOMERS, "its owner"))
    custom = _custom(api, SOURCES, "itself") if resource is SOURCES else {}
    made = api.create(resource, owner.id, **custom)
    return made, {CUSTOMERS.id_field: owner.id, "custnr": str(api.read(owner).get("custnr"))}


def with_long_values(api: Api, resource: Resource) -> tuple[Identity, dict[str, str]]:
    """Create a record with texts of many words; return it, and a filter that finds it.

    Where the document names no length, it is given a name beyond 255 characters, if that is taken.
    """
    texts = {"name": f"{api.fresh()} {WORDS}"[:LONGEST_NAME]}
    if resource is CUSTOMERS:
        made = api.create(resource, **texts, corporateid=WORDS[:LONGEST_ID])
        api.put(made.path, data=_custom(api, resource, LONG_CUSTOM))
        return made, {"custnr": str(api.read(made).get("custnr"))}
    owner = api.create(CUSTOMERS)
    made = api.create(resource, owner.id, **texts)
    api.put(made.path, data={"name": f"{texts['name']} {' '.join([WORDS] * TIMES)}"})
    return made, {CUSTOMERS.id_field: owner.id}


def _custom(api: Api, resource: Resource, text: str) -> dict[str, str]:
    names = fields_for_texts(api, resource)
    return {name: text for name in names if name.startswith("custom_")}


Sides = tuple[str, str]
"""What two answers are called that show one record: the one that is judged, and the other."""

BY_FILTER: Sides = ("in the list", "by its id")


def unlike(shown: Record | None, known: Record, sides: Sides = BY_FILTER) -> dict[str, str]:
    """Return the fields of a record that two answers show, with both values where they differ.

    What a server derives at the moment of the answer is left out. Not applicable where one of them
    does not show it.
    """
    if shown is None:
        not_applicable("a list does not show it by this filter")
    both = (shown.keys() & known.keys()) - DERIVED
    observed("fields", len(both))
    return {
        each: f"{shown[each]!r} {sides[0]}, {known[each]!r} {sides[1]}"
        for each in sorted(both)
        if shown[each] != known[each]
    }


def unlike_calls(first: Response, again: Response, sides: Sides) -> dict[str, dict[str, str]]:
    """Return how call records differ that two answers have in common, by id.

    The sides are what the second answer is called, and what the first one is.

    Ends the case as unobservable where they have none.
    """
    known, shown = records_by_id(first, CDRS), records_by_id(again, CDRS)
    both = known.keys() & shown.keys()
    observable_if(both, "the answers have no call record in common")
    found = {each: unlike(shown[each], known[each], sides) for each in sorted(both)}
    return {f"call {each}": wrong for each, wrong in found.items() if wrong}


def told_abroad(first: Response, abroad: Response) -> dict[str, dict[str, str]]:
    """Return the fields of calls that differ for callers of a language, and where they do.

    Reports may have to hide the values.
    """
    known, shown = records_by_id(first, CDRS), records_by_id(abroad, CDRS)
    found = unlike_calls(first, abroad, ("with Accept-Language", "without it"))
    return {
        call: {
            name: f"{told}: {difference_of(str(known[id_].get(name)), str(shown[id_].get(name)))}"
            for name, told in wrong.items()
        }
        for call, wrong in found.items()
        for id_ in [call.partition(" ")[2]]
    }


def told_otherwise(usual: Response, extended: Response) -> dict[str, dict[str, str]]:
    """Return the calls whose start, customer or source differ where all their fields are shown.

    Other fields may be masked, or left empty, where they are not asked for.
    """
    found = unlike_calls(usual, extended, ("with extended=1", "without it"))
    told = {
        each: {name: wrong[name] for name in TOLD if name in wrong} for each, wrong in found.items()
    }
    return {each: wrong for each, wrong in told.items() if wrong}


def told_otherwise_alone(api: Api, more: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """GET a few calls alone and in the list; return the fields that differ, by what the call is.

    Not applicable where none is shown alone. The list is asked for again, since calls may go on.
    """
    params = {"pagesize": "20", **more}
    before = records_by_id(api.get(CDRS.collection, params=params), CDRS)
    few = [Identity(CDRS, id_) for id_ in [*before][:: max(1, len(before) // FEW_CALLS)]]
    alone = {
        each: record
        for each in few
        if (record := record_with_id(api.get(each.path, params=dict(more)), each)) is not None
    }
    if not alone:
        not_applicable("no call is shown alone")
    after = records_by_id(api.get(CDRS.collection, params=params), CDRS)
    found = {
        f"call {each.id}": unlike(alone[each], before[each.id], ("alone", "in the list"))
        for each in alone
        if after.get(each.id) == before[each.id]
    }
    return {each: wrong for each, wrong in found.items() if wrong}
