"""What a run leaves, and how it is found and deleted afterwards."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from typing import TYPE_CHECKING, cast

import pytest
from observing import KeepsRecords, Observing
from running import ACCOUNT, LONGEST, ROOT, all_at

from conformance.clients.record_log import NAME, RecordLogError, read_record_log
from reference.serving import Serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.whole_run

KILLS = 3
"""How often a run is killed; the proof of the whole takes more."""


def environment() -> dict[str, str]:
    """Return the environment of a run with the account's credentials."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    return {**kept, **ACCOUNT}


def cleanup(directory: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the clean-up command on the reports of a run."""
    return subprocess.run(  # noqa: S603  (our own program)
        [sys.executable, "-m", "conformance", "cleanup", str(directory), *options],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def killed_run(serving: Serving, directory: Path, records: int, seconds: float = 0.0) -> None:
    """Start a run that writes, and kill it once it has made so many records, or a bit later."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--profile", "quick"]
    options = all_at(serving, f"--reports={directory}", "suites/consuming", "suites/walks")
    process = subprocess.Popen(  # noqa: S603  (our own program)
        [*command, *options],
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    log, deadline = directory / NAME, time.monotonic() + LONGEST
    while time.monotonic() < deadline and process.poll() is None:
        if log.exists() and log.read_text(encoding="utf-8").count('"made"') >= records:
            break
        time.sleep(0.02)
    time.sleep(seconds)
    process.kill()
    process.wait()


@pytest.fixture
def served() -> Iterator[tuple[Observing, Serving]]:
    """A reference server on a socket, and the server behind it."""
    server = Observing()
    with Serving(server) as serving:
        yield server, serving


def test_a_killed_run_leaves_nothing_that_cleanup_does_not_find(
    served: tuple[Observing, Serving], tmp_path: Path
) -> None:
    """Whenever a run is killed, the account is as before once it was cleaned up."""
    server, serving = served
    before = server.everything()
    moments = random.Random(1)  # noqa: S311  (moments, not secrets)
    for number in range(KILLS):
        directory = tmp_path / str(number)
        killed_run(serving, directory, moments.randint(0, 80), moments.uniform(0.0, 0.1))
        if (directory / NAME).exists():
            done = cleanup(directory, "--delete")
            assert done.returncode == 0, done.stdout + done.stderr
        assert server.everything() == before


def test_a_dry_run_deletes_nothing(served: tuple[Observing, Serving], tmp_path: Path) -> None:
    """Without --delete, what would be deleted is named, and stays."""
    server, serving = served
    killed_run(serving, tmp_path, 12)
    left = server.everything()

    done = cleanup(tmp_path)

    assert server.everything() == left
    assert done.returncode == 13
    assert "would be deleted: /customers/" in done.stdout
    assert "nothing was deleted" in done.stdout


def test_what_others_have_made_since_is_left_alone(
    served: tuple[Observing, Serving], tmp_path: Path
) -> None:
    """A record that shows no value of the run any more is not deleted, and is named as left."""
    server, serving = served
    before = len(server.everything())
    killed_run(serving, tmp_path, 12)
    logged = read_record_log(tmp_path / NAME)
    for record in server.everything():
        values = cast("dict[str, object]", record.values)
        for field, value in values.items():
            if isinstance(value, str) and logged.prefix in value:
                values[field] = "somebody else's"

    cleanup(tmp_path, "--delete")

    assert len(server.everything()) > before


def test_a_log_that_was_cut_off_is_read(tmp_path: Path) -> None:
    """The last line may be cut by whatever ended the run; a file of something else is refused."""
    path = tmp_path / NAME
    path.write_text('{"event": "run", "prefix": "cf-1-"}\n{"event": "made", "res')
    assert read_record_log(path).prefix == "cf-1-"

    path.write_text("{}\n")
    with pytest.raises(RecordLogError, match="is no record log"):
        read_record_log(path)


def test_a_log_is_not_lost_by_the_next_run(tmp_path: Path) -> None:
    """What a run could not delete is still known after another run into the same directory."""
    with Serving(KeepsRecords()) as serving:
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--profile", "quick"]
        options = all_at(serving, f"--reports={tmp_path}", "suites/consuming/test_creating.py")
        for _ in range(2):
            subprocess.run(  # noqa: S603  (our own program)
                [*command, *options], cwd=ROOT, env=environment(), capture_output=True, check=False
            )

    assert len(list(tmp_path.glob("records*.jsonl"))) == 2


def test_wrong_usage_ends_with_4(tmp_path: Path) -> None:
    """And not with 2, which says that a run was interrupted."""
    done = cleanup(tmp_path, "--older-than", "soon")

    assert done.returncode == 4
    assert "'soon' is not an age like 24h or 7d" in done.stderr
