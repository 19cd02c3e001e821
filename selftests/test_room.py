"""An account that takes few records more: they are deleted on the way, and most rules are tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from running import all_at, suite

from reference.refusal import Refusal
from reference.resources import CUSTOMERS
from reference.seed import VERSIONS
from reference.server import Reference
from reference.serving import Serving

if TYPE_CHECKING:
    from reference.operation import Operation
    from reference.representation import Answer

pytestmark = pytest.mark.whole_run


class HasRoomFor(Reference):
    """Takes so many customers beside those that the account has, at any one time."""

    def __init__(self, room: int) -> None:
        """Count those that it has."""
        super().__init__(versions=VERSIONS)
        self.most = self.count + room
        self.most_seen = 0

    @property
    def count(self) -> int:
        """How many customers there are."""
        return len(list(self.records(CUSTOMERS)))

    def create(self, operation: Operation) -> Answer:
        """Say that there is no room, or make one."""
        if operation.resource is CUSTOMERS:
            if self.count >= self.most:
                raise Refusal(403, "no more customers can be added to this account")
            self.most_seen = max(self.most_seen, self.count + 1)
        return super().create(operation)


@pytest.mark.parametrize(
    ("room", "untried"),
    [
        pytest.param(10, 100, marks=pytest.mark.proof),
        pytest.param(20, 60, marks=pytest.mark.proof),
        pytest.param(60, 5, marks=pytest.mark.proof),
    ],
)
def test_a_small_account_is_judged_as_far_as_it_has_room(room: int, untried: int) -> None:
    """Nothing is broken, nothing is left, and no more than a stated number of rules is untried."""
    server = HasRoomFor(room)
    before = server.count
    with Serving(server) as serving:
        outcome = suite(*all_at(serving, "--profile=quick"))

    assert outcome.exit_code in {0, 11}, outcome.output
    assert outcome.rules("failed", "error") == set()
    assert len(outcome.rules("inconclusive")) <= untried
    assert outcome.run["left_on_target"] == []
    assert server.count == before


@pytest.mark.parametrize("most", [10, 50])
def test_few_records_are_alive_at_once(most: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Where the target file says how many, there are no more of the resource that is made most."""
    file = tmp_path_factory.mktemp("target") / "target.toml"
    file.write_text(f"[limits]\nrecords = {most}\n", encoding="utf-8")
    server = HasRoomFor(1000)
    before = server.count
    rules = ("--profile=quick", "suites/consuming/test_creating.py", f"--target={file}")
    with Serving(server) as serving:
        outcome = suite(*all_at(serving, *rules))

    assert outcome.exit_code == 0, outcome.output
    assert server.most_seen - before <= most
