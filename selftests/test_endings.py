"""However a run ends, it says what it found, writes what can be written, and takes its records."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from observing import Observing
from running import ACCOUNT, LONGEST, NOBODY, ROOT, all_at, suite

from reference.serving import Serving

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.whole_run

NO_ROOM = 15_000
"""Bytes of a file beyond which there is no room in some tests."""
RESULTS = ("report.html", "junit.xml", "run.json", "summary.md")
MANY = 150
"""Requests after which a run has made records."""


@pytest.mark.parametrize("name", RESULTS)
def test_a_full_disk_is_no_fault_of_the_target(tmp_path: Path, name: str) -> None:
    """What cannot be written is said in one line; the conclusion and the rest are there."""
    (tmp_path / name).symlink_to("/dev/full")

    outcome = suite("-m", "smoke", f"--reports={tmp_path}", account=NOBODY)

    assert outcome.exit_code == 3
    assert f"{name} could not be written: No space left on device" in outcome.output
    assert "RESULTS NOT WRITTEN" in outcome.output
    assert "Traceback" not in outcome.output
    assert all((tmp_path / each).read_text() for each in RESULTS if each != name)
    if name != "run.json":
        assert json.loads((tmp_path / "run.json").read_text())["exit_code"] == 3


def test_no_result_can_be_written(tmp_path: Path) -> None:
    """Each is named, and the conclusion is still said."""
    for name in RESULTS:
        (tmp_path / name).mkdir()

    outcome = suite("-m", "smoke", f"--reports={tmp_path}", account=NOBODY)

    assert outcome.exit_code == 3
    assert [name for name in RESULTS if f"{name} could not be" not in outcome.output] == []
    assert "Traceback" not in outcome.output


def test_plugins_that_are_off_are_no_obstacle() -> None:
    """Where pytest is told not to load what writes reports, what we write is all there is."""
    outcome = suite("-m", "smoke", "-p", "no:html", "-p", "no:junitxml", account=NOBODY)

    assert outcome.exit_code == outcome.run["exit_code"] == 0
    assert set(outcome.files) == {"run.json", "summary.md"}
    assert outcome.sentence in outcome.output


def test_the_conclusion_is_said_without_a_summary() -> None:
    """Also where pytest is told to show none."""
    outcome = suite("-m", "smoke", "--no-summary", account=NOBODY)

    assert outcome.sentence in outcome.output


def no_room() -> None:
    """Let no file of this process grow beyond so many bytes: as on a disk that fills up."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (NO_ROOM, NO_ROOM))


def test_a_disk_that_fills_up_keeps_no_record_on_the_target(tmp_path: Path) -> None:
    """What cannot be logged any more is deleted all the same, and no result is half there."""
    server = Observing()
    before = server.everything()
    with Serving(server) as serving:
        options = all_at(serving, "suites/consuming/test_updating.py", f"--reports={tmp_path}")
        ended = subprocess.run(  # noqa: S603  (our own program)
            [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options],
            cwd=ROOT,
            env={**ACCOUNT, "PYTHONDONTWRITEBYTECODE": "1"},  # Python would leave half of it
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=LONGEST,
            preexec_fn=no_room,
        )

    output = ended.stdout.decode()
    assert ended.returncode == 3
    assert "POST" in {request.method for request in server.requests}
    assert server.everything() == before
    assert "records.jsonl could not be written: File too large" in output
    assert "run.json could not be written: File too large" in output
    assert "Traceback" not in output
    assert not (tmp_path / "run.json").exists()


def started(options: list[str], output: int) -> subprocess.Popen[bytes]:
    """Start a run whose output goes somewhere."""
    return subprocess.Popen(  # noqa: S603  (our own program)
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options],
        cwd=ROOT,
        env=dict(ACCOUNT),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
    )


def test_output_that_finds_no_room_changes_nothing(tmp_path: Path) -> None:
    """The results are written, and the run ends as they say."""
    with Serving(Observing()) as serving, open("/dev/full", "wb") as full:  # noqa: PTH123
        options = all_at(serving, "-m", "smoke", f"--reports={tmp_path}")
        exit_code = started(options, full.fileno()).wait(LONGEST)

    assert json.loads((tmp_path / "run.json").read_text())["exit_code"] == exit_code == 0
    assert all((tmp_path / each).read_text() for each in RESULTS)


def test_output_that_nobody_reads_ends_the_rules(tmp_path: Path) -> None:
    """As a signal does: the clean-up runs, and the conclusion says why it came to no end."""
    server = Observing()
    before = server.everything()
    reading, writing = os.pipe()
    with Serving(server) as serving:
        options = all_at(serving, "suites/consuming", f"--reports={tmp_path}")
        run = started(options, writing)
        os.close(writing)
        deadline = time.monotonic() + LONGEST
        while len(server.requests) < MANY and time.monotonic() < deadline:
            time.sleep(0.01)
        os.close(reading)
        exit_code = run.wait(LONGEST)

    concluded = json.loads((tmp_path / "run.json").read_text())
    assert concluded["exit_code"] == exit_code == 2
    assert "the output is not read any more" in concluded["sentence"]
    assert server.everything() == before


def test_a_killed_run_seems_to_have_no_results(tmp_path: Path) -> None:
    """Those of an earlier run are taken away before the first request."""
    for name in RESULTS:
        (tmp_path / name).write_text("of an earlier run")
    server = Observing()
    with Serving(server) as serving:
        run = started(all_at(serving, "-m", "smoke", f"--reports={tmp_path}"), subprocess.DEVNULL)
        deadline = time.monotonic() + LONGEST
        while not server.requests and time.monotonic() < deadline:
            time.sleep(0.001)
        run.kill()
        run.wait()

    assert [each.name for each in tmp_path.iterdir() if each.name in RESULTS] == []


@pytest.mark.parametrize(
    ("name", "workers"),
    [
        ("SIGINT", 1),
        pytest.param("SIGTERM", 1, marks=pytest.mark.proof),
        ("SIGHUP", 1),
        pytest.param("SIGINT", 8, marks=pytest.mark.proof),
        ("SIGTERM", 16),
    ],
)
def test_a_signal_ends_the_rules_and_not_the_run(tmp_path: Path, name: str, workers: int) -> None:
    """The clean-up runs, the results are there, and the conclusion says what happened."""
    server = Observing()
    before = [*server.everything()]
    with Serving(server) as serving:
        options = all_at(serving, "suites/consuming", f"--reports={tmp_path}")
        options.append(f"--concurrency={workers}")
        process = subprocess.Popen(  # noqa: S603  (our own program)
            [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options],
            cwd=ROOT,
            env=dict(ACCOUNT),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        deadline = time.monotonic() + LONGEST
        while len(server.requests) < MANY and time.monotonic() < deadline:
            time.sleep(0.01)
        process.send_signal(signal.Signals[name])
        output = process.communicate(timeout=LONGEST)[0].decode()

    run = json.loads((tmp_path / "run.json").read_text())
    assert (process.returncode, run["verdict"], run["exit_code"]) == (2, "interrupted", 2)
    assert run["sentence"].startswith(f"interrupted by {name} after ")
    assert run["sentence"] in output
    assert all((tmp_path / each).read_text() for each in RESULTS)
    assert "POST" in {request.method for request in server.requests}
    assert server.everything() == before
