"""A reference server in another process is judged as the embedded one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from elsewhere import run_elsewhere, served_elsewhere
from running import Outcome, embedded_run, suite

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.whole_run


def run_with_the_least() -> Outcome:
    """Run the suite with no more options than have to be there."""
    with served_elsewhere() as server:
        least = (f"--base-url={server.base_url}", f"--ca-bundle={server.ca_file}")
        return suite(*least, "--allow-writes", account=server.account)


@pytest.mark.parametrize(
    ("run", "claimed"),
    [
        pytest.param(run_elsewhere, True, id="as printed"),
        pytest.param(
            run_with_the_least, False, id="as little as possible", marks=pytest.mark.proof
        ),
    ],
)
def test_a_server_in_another_process_is_judged_alike(
    run: Callable[[], Outcome], *, claimed: bool
) -> None:
    """Each rule has the verdict of the embedded run, but those that need a claim without one."""
    outcome, embedded = run(), embedded_run()

    assert outcome.exit_code == 0, outcome.output
    assert outcome.run["target"]["embedded"] is False
    assert (outcome.claims_needed == set()) is claimed
    assert {
        id_: (verdict, embedded.verdicts.get(id_))
        for id_, verdict in outcome.verdicts.items()
        if verdict != embedded.verdicts.get(id_) and id_ not in outcome.claims_needed
    } == {}
    assert outcome.verdicts.keys() == embedded.verdicts.keys()
