"""What a run leaves on an account: nothing, or what it names."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hostile_runs import CANARY, run_against
from observing import Observing
from running import all_at, suite

from reference import seed
from reference.hostile import modes
from reference.refusal import Refusal
from reference.resources import CUSTOMERS, GREETINGS, SOURCES, USERS
from reference.serving import Serving

if TYPE_CHECKING:
    from hostile_runs import HostileRun

    from reference import Reference
    from reference.operation import Operation
    from reference.representation import Answer

pytestmark = pytest.mark.whole_run

RESOURCES = (CUSTOMERS, GREETINGS, SOURCES, USERS)
CREATING = ("--profile=quick", "suites/consuming/test_creating.py")
DAILY = {"stored-then-500", "stored-twice", "delete-refused-403"}
"""Those of each day; the others are part of the proof."""
HARMLESS = {"stored-then-nothing", "stored-without-id"}
"""Those of a server that answers creations with less than it could: all is found in lists."""
LIES = (
    "stored-then-500",
    "stored-then-closed",
    "stored-then-nothing",
    "stored-twice",
    "stored-ten-times",
    "stored-without-id",
    "resets-writes",
    "delete-refused-403",
    "delete-refused-405",
    "delete-refused-500",
    "delete-without-effect",
    "id-stolen",
)


class OffersNoDelete(Observing):
    """Offers no DELETE."""

    def perform(self, operation: Operation) -> Answer:
        """Do whatever else there is to do."""
        if operation.method == "DELETE":
            raise Refusal(405, "This method is not allowed here")
        return super().perform(operation)


def paths_of(server: Reference) -> set[str]:
    """Return the paths of all records of a server; those of sub-resources end alike."""
    return {
        f"{resource.name}/{record.id}"
        for resource in RESOURCES
        for record in server.records(resource)
    }


def unnamed(server: Reference, before: set[str], named: list[str]) -> list[str]:
    """Return the records of after a run that were not there before, and that nothing names."""
    paths = [each.partition(" (")[0] for each in named]
    new = sorted(paths_of(server) - before)
    return [each for each in new if not any(path.endswith(each) for path in paths)]


@pytest.mark.parametrize(("permitted", "exit_code"), [((), 13), (("--records-may-stay",), 0)])
def test_what_cannot_be_deleted_is_named(permitted: tuple[str, ...], exit_code: int) -> None:
    """Where no DELETE is offered, each record is named in conclusion, report and run.json."""
    server = OffersNoDelete()
    before = paths_of(server)
    with Serving(server) as serving:
        outcome = suite(*all_at(serving, *CREATING, *permitted))

    left = outcome.run["left_on_target"]
    assert (outcome.exit_code, outcome.rules("failed")) == (exit_code, set())
    assert len(left) == len(paths_of(server)) - len(before) > 0
    assert unnamed(server, before, left) == []
    assert all(each in outcome.output for each in left)
    assert all(each in outcome.files["report.html"] for each in left)
    assert f"Records: {outcome.run['records_made']} made" in outcome.output


@pytest.mark.parametrize(
    "lie",
    [pytest.param(each, marks=() if each in DAILY else pytest.mark.proof) for each in LIES],
)
def test_nothing_is_left_unsaid(lie: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a server says of a creation or a deletion, what stays is named in run.json."""
    monkeypatch.setattr(seed, "PASSWORD", CANARY)
    monkeypatch.setattr(seed, "PASSWORDS", {**seed.PASSWORDS, seed.USERNAME: CANARY})
    before = paths_of(modes()[lie].account())

    ended = run_against(modes()[lie], *CREATING)

    left = json.loads(ended.files["run.json"])["left_on_target"]
    assert unnamed(ended.hostile.account, before, left) == []
    assert ended.exit_code in {1, 10, 11, 13} | ({0} if lie in HARMLESS and not left else set())
    assert said_of(left, ended)


def said_of(left: list[str], ended: HostileRun) -> bool:
    """Tell whether the conclusion says that something is left, where that is so."""
    sentence: str = json.loads(ended.files["run.json"])["sentence"]
    return not left or "left" in sentence


def test_a_target_that_goes_away_while_it_is_read_is_named_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A reading run ends at once: the conclusion has the cause, and the output is short."""
    monkeypatch.setattr(seed, "PASSWORD", CANARY)
    monkeypatch.setattr(seed, "PASSWORDS", {**seed.PASSWORDS, seed.USERNAME: CANARY})

    ended = run_against(modes()["refuses-after-ten-requests"], "suites", writes=False)

    run = json.loads(ended.files["run.json"])
    assert (ended.exit_code, run["verdict"], run["kind"]) == (10, "stopped", "read-only")
    assert "in a row unanswered since" in run["sentence"]
    assert "(the connection was refused)" in run["sentence"]
    assert ended.output.count("\n") < 1000
