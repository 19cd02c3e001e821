"""The timestamps of a record over its life (S12, S46)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks.clocks import (
    clocks_after_delete,
    clocks_after_use,
    life_of,
    source_of_before,
    written_clocks,
)
from conformance.checks.timestamps import instant, instants
from conformance.rules import INFERRED, RELIED_ON, STATED, rule
from conformance.spec.resources import GREETINGS, SOURCES
from conformance.verdicts import applicable_if
from strategies.far_moments import FAR_MOMENTS

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource

each_resource_with_clocks = pytest.mark.parametrize("resource", [GREETINGS, SOURCES], ids=str)

INVALID = {"name": "x" * 5_000, "vm_divert_all": "no number", "notify_on_missed_call": "no number"}
"""Values of a source of which a server refuses one or the other."""


@rule("created-stays-with-an-update", statements="S46 S12", basis=STATED)
def test_created_stays_with_an_update(api: Api) -> None:
    """PUT of a source's name a second later leaves `created`, which it does not send, as it was.

    It is read in the answer, alone, in the list and in XML.
    """
    life = life_of(api, SOURCES, "created")

    assert life.moved("created") == []


@rule("timestamp-stays-with-an-update", statements="S46 S12", basis=RELIED_ON)
@each_resource_with_clocks
def test_timestamp_stays_with_an_update(api: Api, resource: Resource) -> None:
    """PUT of a name a second later leaves the `timestamp` of a greeting or source as it was."""
    life = life_of(api, resource, "timestamp", "expire")

    assert life.moved("timestamp", "expire") == []


@rule("created-stays-with-an-activation", statements="S46 S12", basis=STATED)
def test_created_stays_with_an_activation(api: Api) -> None:
    """PUT of the moment from which a source is active leaves `created` as it was."""
    form = api.offers.require(SOURCES, "PUT")
    made, before = source_of_before(api)
    applicable_if(before.get("created"), "no source shows when it was created")

    response = api.ask("PUT", made, form, data={"timestamp": FAR_MOMENTS["summer"][0]})

    applicable_if(response.ok, f"it is refused with {response.status_code}")
    assert instant(api.read(made).get("created")) == instant(before["created"])


@rule("clock-stays-when-read", statements="S46", basis=STATED)
@each_resource_with_clocks
def test_clock_stays_when_read(api: Api, resource: Resource) -> None:
    """The timestamps of a record that nobody writes to are the same a second later."""
    life = life_of(api, resource)

    assert life.moved_by_reading == []


@rule("update-moves-no-other-clock", statements="S46 S12", basis=STATED)
@each_resource_with_clocks
def test_update_moves_no_other_clock(api: Api, resource: Resource) -> None:
    """PUT leaves the timestamps of another record of the same customer as they were."""
    life = life_of(api, resource)

    assert life.other_updated == life.other_made


@rule("use-moves-no-clock", statements="S46 S12", basis=RELIED_ON)
def test_use_moves_no_clock(api: Api) -> None:
    """PUT of a source that takes a greeting into use leaves that greeting's timestamps alone."""
    life = life_of(api, GREETINGS)

    after_use = clocks_after_use(api, life.other)

    assert after_use == life.other_updated


@rule("update-shows-one-clock", statements="S46 S31", basis=STATED)
@each_resource_with_clocks
def test_update_shows_one_clock(api: Api, resource: Resource) -> None:
    """After PUT a record shows the same timestamps alone, in the list and in XML."""
    life = life_of(api, resource)

    alone = life.updated["alone"]
    assert [
        (where, name, alone[name], shown)
        for where, clocks in life.updated.items()
        for name, shown in clocks.items()
        if name in alone and where != "the answer" and instant(shown) != instant(alone[name])
    ] == []


@rule("modified-moves-with-an-update", statements="S46", basis=RELIED_ON)
def test_modified_moves_with_an_update(api: Api) -> None:
    """After PUT `modified` of a source is later than before, and not before `created`."""
    life = life_of(api, SOURCES, "modified")

    assert life.updated_not_after("modified") == []
    assert life.updated_not_after("created") == []


@rule("refused-put-moves-no-clock", statements="S46 S39", basis=STATED)
def test_refused_put_moves_no_clock(api: Api) -> None:
    """PUT of a source that is refused leaves its times as they were."""
    form = api.offers.require(SOURCES, "PUT")
    made, before = source_of_before(api)
    applicable_if(instants(SOURCES, before), "no source shows a timestamp")

    response = api.ask("PUT", made, form, data=INVALID)

    applicable_if(not response.ok, "no such value is refused")
    assert instants(SOURCES, api.read(made)) == instants(SOURCES, before)


@rule("clock-is-not-set-by-callers", statements="S46", basis=INFERRED)
@pytest.mark.parametrize(
    ("resource", "fields"),
    [(GREETINGS, ("timestamp",)), (SOURCES, ("created", "modified"))],
    ids=str,
)
def test_clock_is_not_set_by_callers(api: Api, resource: Resource, fields: tuple[str, ...]) -> None:
    """PUT does not store a moment of the caller's in a clock of the server's, or is refused."""
    stored = written_clocks(api, resource, fields)

    assert stored == []


@rule("delete-moves-no-other-clock", statements="S46 S05", basis=STATED)
@each_resource_with_clocks
def test_delete_moves_no_other_clock(api: Api, resource: Resource) -> None:
    """DELETE leaves the timestamps of another record of the same customer as they were."""
    life = life_of(api, resource)

    left = clocks_after_delete(api, life)

    assert left == life.other_updated
