"""What a run finds out once is kept while a case may come back to it, and its records with it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest
from observing import Observing
from test_api import TARGET, api_of

from conformance.clients.needed import Needed
from conformance.clients.once import once_for_good, once_per_run
from conformance.config.target import Budget
from conformance.spec.addressing import Form, Identity
from conformance.spec.resources import CUSTOMERS
from conformance.wire.recorder import Recorder, recording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.clients.api import Api


@dataclass(eq=False)
class Caller:
    """Finds things out, and counts how often."""

    needed: Needed = field(default_factory=Needed)
    asked: list[str] = field(default_factory=list)

    def makes(self, id_: str) -> Identity:
        """Make a record."""
        made = Identity(CUSTOMERS, id_)
        self.needed.note(made)
        self.asked.append(id_)
        return made

    @once_per_run
    def record(self, id_: str) -> Identity:
        """Find out a record."""
        return self.makes(id_)

    @once_per_run
    def both(self, id_: str) -> tuple[Identity, Identity]:
        """Find out two, of which one is found out elsewhere."""
        return self.record(id_), self.makes(f"{id_}0")

    @once_for_good
    def outcome(self, id_: str) -> Identity:
        """Find out what a record shows, to which nobody comes back."""
        return self.makes(id_)

    @once_per_run
    def plain(self, id_: str) -> object:
        """Find out something that names no record."""
        self.makes(id_)
        return {"1": True, "2": None, "3": Form.PATH}[id_]


@contextmanager
def case(needed: Needed, module: str = "") -> Iterator[None]:
    """Run a case, so far as records are concerned."""
    with recording(Recorder(module=module)) as recorder, needed.running(recorder):
        yield


def idle(caller: Caller, *ids: str) -> list[str]:
    """Return which of some records nothing needs, as another case sees it."""
    alive = [Identity(CUSTOMERS, id_) for id_ in ids]
    with case(caller.needed), caller.needed.giving_up(alive, lambda found: found) as found:
        return [each.id for each in found]


def given_up(caller: Caller, records: int, *ids: str) -> bool:
    """Give up what findings need; tell whether some of these records are needed no more."""
    return caller.needed.give_up_oldest_findings([Identity(CUSTOMERS, id_) for id_ in ids], records)


@pytest.mark.parametrize("id_", ["1", "2", "3"])
def test_a_plain_answer_needs_no_record(id_: str) -> None:
    """Whether something works, in which form or not at all: nobody comes back to what was made."""
    caller = Caller()

    with case(caller.needed):
        caller.plain(id_)
        caller.plain(id_)

    assert caller.asked == [id_]
    assert idle(caller, id_) == [id_]


def test_what_is_found_out_for_good_needs_no_record() -> None:
    """It stays known when its record is gone."""
    caller = Caller()
    with case(caller.needed):
        caller.outcome("1")

    assert idle(caller, "1") == ["1"]

    with case(caller.needed):
        assert caller.outcome("1") == Identity(CUSTOMERS, "1")
    assert caller.asked == ["1"]


@pytest.mark.parametrize("cases", [1, 2])
def test_what_no_case_is_left_for_is_given_up_beside_others(cases: int) -> None:
    """A finding that one module has asked for goes with the last case of it, and none before."""
    caller = Caller()
    caller.needed.await_cases(["first", "second", *["first"] * (cases - 1)])
    with case(caller.needed, "first"):
        caller.record("1")
    with case(caller.needed, "second"):
        caller.record("2")

    with case(caller.needed, "other"), case(caller.needed, "another"):
        gone = given_up(caller, 1, "1")

    assert gone is (cases == 1)


def test_a_finding_keeps_its_records_until_it_is_given_up() -> None:
    """That asked for longest ago goes first, and is found out anew when it is asked for again."""
    caller = Caller()
    with case(caller.needed):
        caller.record("1")
        caller.record("2")
    with case(caller.needed):
        caller.record("1")
    before = idle(caller, "1", "2")

    assert given_up(caller, 1, "1", "2")

    assert (before, idle(caller, "1", "2")) == ([], ["2"])
    with case(caller.needed):
        assert caller.record("2") == Identity(CUSTOMERS, "2")
    assert caller.asked == ["1", "2", "2"]
    assert idle(caller, "1", "2") == []


def test_what_a_running_case_has_asked_for_is_not_given_up() -> None:
    """It may come back to it at any moment."""
    caller = Caller()

    with case(caller.needed):
        caller.record("1")
        assert not given_up(caller, 1, "1")

    assert given_up(caller, 1, "1")


def test_a_part_of_what_is_kept_is_not_given_up_before_it() -> None:
    """What was found out with its help may name its records."""
    caller = Caller()
    with case(caller.needed):
        caller.both("1")
        caller.record("2")

    assert given_up(caller, 1, "1", "2", "10")

    assert "1" not in idle(caller, "1", "2", "10")
    assert given_up(caller, 3, "1", "2", "10")
    assert idle(caller, "1", "2", "10") == ["1", "2", "10"]


def test_findings_make_room_for_records() -> None:
    """Where nothing else can go, what was found out long ago does, and few records are alive."""
    api = api_of(Observing(), replace(TARGET, budget=Budget(records=4)))
    for number in range(6):
        with case(api.ledger.needed):
            found(api, number)

    with case(api.ledger.needed):
        api.create_new(CUSTOMERS)

    assert api.housekeeping.most_alive <= api.target.budget.records


@once_per_run
def found(api: Api, _number: int) -> Identity:
    """Find out a record that is kept."""
    return api.create_new(CUSTOMERS)
