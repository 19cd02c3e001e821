"""Records that are equal in all but their ids are told apart by them (S05, S06, S07, S11, S12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks.twins import changed_twins, family_of, first_and_second, unlisted_twins
from conformance.clients.ways import delete_by, write_by
from conformance.rules import STATED, rule
from conformance.spec.equal_ways import FORM, WRITE_WAYS
from conformance.verdicts import not_applicable
from conformance.wire.records import id_of, ids_in
from suites.consuming.test_client_updates import each_turn
from suites.parameters import each_resource
from suites.turns import chosen

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource

PLAIN_WAYS = [way for way in WRITE_WAYS if way.body == FORM]
"""The equal ways of a DELETE, which has no body."""


@rule("equal-posts-create-two", statements="S11 S07", basis=STATED)
@each_resource
def test_equal_posts_create_two(api: Api, resource: Resource) -> None:
    """POST of the same data again creates another record beside the first, unless it is refused.

    What may have to be unique, a customer's number and a user's address, differs.
    """
    first, answered, listed = first_and_second(api, resource)

    assert first.id not in [id_of(resource, each) for each in answered]
    assert len({first.id, *(id_of(resource, each) for each in listed)}) == 2
    assert unlisted_twins(api, resource, [first]) == []


@rule("twin-is-read-alone", statements="S06 S11", basis=STATED)
@each_resource
def test_twin_is_read_alone(api: Api, resource: Resource) -> None:
    """Each of three records that are alike is answered to a GET of its id, and none beside it."""
    family = family_of(api, resource)

    answers = {each.id: api.ask("GET", each) for each in family.shown}

    assert [
        (id_, ids_in(answer, resource))
        for id_, answer in answers.items()
        if ids_in(answer, resource) != [id_]
    ] == []


@rule("twin-is-changed-alone", statements="S12", basis=STATED)
@each_turn
@each_resource
def test_twin_is_changed_alone(api: Api, resource: Resource, turn: int) -> None:
    """PUT to one of three records that are alike leaves those before and after it as they were."""
    family, name = family_of(api, resource), api.fresh()
    way = api.offers.usable(resource, chosen(WRITE_WAYS, turn, resource))
    way = way or not_applicable(f"no PUT works on {resource.name}")

    write_by(api, family.middle, way, {"name": name})

    assert api.read(family.middle).get("name") == name
    assert changed_twins(api, family) == []


@rule("twin-is-deleted-alone", statements="S05", basis=STATED)
@each_resource
def test_twin_is_deleted_alone(api: Api, resource: Resource) -> None:
    """DELETE of one of three records that are alike leaves those before and after it."""
    family = family_of(api, resource)
    way = api.offers.usable_for_delete(resource, chosen(PLAIN_WAYS, 0, resource))
    way = way or not_applicable(f"no DELETE makes one of {resource.name} go away")

    delete_by(api, family.middle, way)

    assert changed_twins(api, family) == []
    assert unlisted_twins(api, resource, family.others[:1]) == []
