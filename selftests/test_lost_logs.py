"""Records whose log is lost: the command finds them by the age of the runs that made them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from calling import called
from observing import Observing

from reference import seed
from reference.resources import CUSTOMERS
from reference.serving import Serving

if TYPE_CHECKING:
    from pathlib import Path

HOUR = 3600.0


def name_of_a_run(hours: float) -> str:
    """Return a text of a run that began so many hours ago."""
    began = int((time.time() - hours * HOUR) * 1000)
    return f"Conformance-cf-{began:x}-7"


def test_what_old_runs_have_left_is_found_and_deleted(tmp_path: Path) -> None:
    """What a younger run has made stays, and so does what was there before."""
    server = Observing()
    before = server.everything()
    for id_, hours in {"900": 48.0, "901": 1.0, "902": 240.0}.items():
        values = {"name": name_of_a_run(hours), "custnr": id_}
        server.insert(CUSTOMERS, seed.USERNAME, id_, values)
    with Serving(server) as serving:
        where = (f"--base-url={serving.base_url}", f"--ca-bundle={serving.ca_file}")
        shown = called("cleanup", ".", "--older-than=24h", *where, cwd=tmp_path)
        there = {each.id for each in server.everything()}
        deleted = called("cleanup", ".", "--older-than=24h", *where, "--delete", cwd=tmp_path)

    assert (shown.returncode, deleted.returncode) == (13, 0)
    assert "would be deleted: /customers/900\n" in shown.stdout
    assert "would be deleted: /customers/901\n" not in shown.stdout
    assert {"900", "901", "902"} <= there
    assert [each for each in server.everything() if each not in before and each.id != "901"] == []
    assert len(server.everything()) == len(before) + 1
