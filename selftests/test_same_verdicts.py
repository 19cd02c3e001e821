"""A reference server in another process is judged as the embedded one is."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from running import ROOT, embedded_run, suite

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future

    from running import Outcome

LAST_LINE = "Ctrl-C ends it.\n"
AUTHORITY = "Authority's file"


@pytest.fixture(scope="module")
def printed() -> Iterator[str]:
    """Give what `python -m reference` prints, while it serves."""
    with subprocess.Popen(
        [sys.executable, "-m", "reference"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            said = ""
            while not said.endswith(LAST_LINE):
                said += process.stdout.readline() or pytest.fail(f"it ended: {said}")
            yield said
        finally:
            process.kill()


@pytest.fixture(scope="module")
def runs(printed: str) -> Iterator[dict[str, Future[Outcome]]]:
    """The run with the printed line, and one with the least, started."""
    line = re.search(r"(?m)^ +(API_USERNAME=.*)$", printed.replace("\\\n", " "))
    assert line is not None
    words = shlex.split(line[1])
    account = dict(word.split("=", 1) for word in words[: words.index("pytest")])
    told = dict(re.findall(r"(?m)^(Base URL|Authority's file) +(.*)$", printed))
    least = [f"--base-url={told['Base URL']}", f"--ca-bundle={told[AUTHORITY]}", "--allow-writes"]
    options = words[words.index("pytest") + 1 :]
    with ThreadPoolExecutor(1) as pool:  # one after another, since they share the account
        yield {
            "as printed": pool.submit(suite, *options, account=account),
            "as little as possible": pool.submit(suite, *least, account=account),
        }


@pytest.mark.parametrize(
    ("how", "claimed"), [("as printed", True), ("as little as possible", False)]
)
def test_a_server_in_another_process_is_judged_alike(
    runs: dict[str, Future[Outcome]], how: str, *, claimed: bool
) -> None:
    """Each rule has the verdict of the embedded run, but those that need a claim without one."""
    outcome, embedded = runs[how].result(), embedded_run()

    assert outcome.exit_code == 0, outcome.output
    assert outcome.run["target"]["embedded"] is False
    assert (outcome.claims_needed == set()) is claimed
    assert {
        id_: (verdict, embedded.verdicts.get(id_))
        for id_, verdict in outcome.verdicts.items()
        if verdict != embedded.verdicts.get(id_) and id_ not in outcome.claims_needed
    } == {}
    assert outcome.verdicts.keys() == embedded.verdicts.keys()
