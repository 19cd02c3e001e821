"""Ten certifications in a row: nothing grows, and the account is as it was before the first."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from observing import Observing
from running import ACCOUNT, ROOT, all_at

from reference.serving import Serving

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

pytestmark = pytest.mark.whole_run

TIMES = 10
SETTLED = 4
"""After how many runs all that is made once is made: modules, caches of the interpreter."""
MOST_GROWTH = 1.1
"""By what memory may differ between runs that hold the same."""
LONGEST = 3000.0


def certified(serving: Serving, reports: Path, *options: str) -> Sequence[Mapping[str, int]]:
    """Certify ten times in one process; return what it held after each."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    script = str(Path(__file__).with_name("soaking.py"))
    done = subprocess.run(  # noqa: S603  (our own program)
        [
            *(sys.executable, script, str(TIMES), "suites"),
            *all_at(serving, f"--reports={reports}", *options),
        ],
        cwd=ROOT,
        env={**kept, **ACCOUNT},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=LONGEST,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.proof
@pytest.mark.skipif(sys.platform != "linux", reason="what a process holds is counted in /proc")
def test_ten_certifications_in_a_row_do_not_grow(tmp_path: Path) -> None:
    """Each ends conformant; memory, descriptors and threads do not grow; no record is left."""
    server = Observing()
    before = server.everything()
    with Serving(server) as serving:
        held = certified(serving, tmp_path)

    settled, last = held[SETTLED - 1], held[-1]
    assert [each["exit_code"] for each in held] == [0] * TIMES
    assert {each["descriptors"] for each in held[SETTLED - 1 :]} == {settled["descriptors"]}
    assert {each["threads"] for each in held} == {settled["threads"]}
    assert last["memory"] <= settled["memory"] * MOST_GROWTH, held
    assert server.everything() == before
