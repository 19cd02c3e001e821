"""What the command cleanup makes of the logs in a directory, of either account, or of none."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from calling import called

from conformance.clients.record_log import NAME, NAME_OF_OTHER, read_record_log
from reference import seed
from reference.server import Reference
from reference.serving import Serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MADE = {"event": "made", "resource": "customers", "id": "4711"}
CLEAN = {"event": "clean"}
OTHER = {"OTHER_USERNAME": seed.OTHER_USERNAME, "OTHER_PASSWORD": seed.OTHER_PASSWORD}


@pytest.fixture(scope="module")
def serving() -> Iterator[Serving]:
    """A reference server on a socket."""
    with Serving(Reference()) as served:
        yield served


def write_log(path: Path, serving: Serving, *events: dict[str, str]) -> Path:
    """Write the log of a run against a server."""
    run = {"event": "run", "format": 1, "prefix": "cf-18c2a7b3d5e-"}
    run |= {"base_url": serving.base_url, "ca_bundle": str(serving.ca_file)}
    path.write_text("".join(f"{json.dumps(each)}\n" for each in (run, *events)), encoding="utf-8")
    return path


def test_a_directory_without_a_log_has_nothing_to_clean_up(tmp_path: Path) -> None:
    """It ends with 0 after one sentence, without credentials, and sends nothing."""
    done = called("cleanup", ".", "--delete", cwd=tmp_path, API_PASSWORD="")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "nothing to clean up: there is no record log in '.'\n"


def test_a_directory_that_does_not_exist_is_wrong_usage(tmp_path: Path) -> None:
    """The message names it, under the name of the command."""
    done = called("cleanup", "repotrs", "--delete", cwd=tmp_path)

    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr == (
        "freespee-conformance: there is no directory 'repotrs': name that of the reports of a run\n"
    )


def test_an_age_without_a_log_needs_the_url_alone(tmp_path: Path) -> None:
    """Nothing is said of a target file, which the command does not read."""
    done = called("cleanup", "reports", "--older-than=24h", cwd=tmp_path)

    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr == (
        "freespee-conformance: --base-url is needed: there is no record log in 'reports' that says "
        "it\n"
    )


def test_a_second_clean_up_has_nothing_to_do(serving: Serving, tmp_path: Path) -> None:
    """The first one takes the log away."""
    write_log(tmp_path / NAME, serving, MADE)

    first, second = (called("cleanup", ".", "--delete", cwd=tmp_path) for _ in range(2))

    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert "nothing to clean up" not in first.stdout
    assert "nothing to clean up" in second.stdout


def test_a_second_account_that_was_cleaned_up_needs_no_credentials(
    serving: Serving, tmp_path: Path
) -> None:
    """Its log says so, and is taken away with the other one."""
    write_log(tmp_path / NAME, serving, MADE, CLEAN)
    write_log(tmp_path / NAME_OF_OTHER, serving, MADE, CLEAN)

    shown = called("cleanup", ".", cwd=tmp_path)
    done = called("cleanup", ".", "--delete", cwd=tmp_path)

    assert (done.returncode, done.stderr) == (0, ""), shown.stdout
    assert list(tmp_path.iterdir()) == []


def test_records_of_a_second_account_need_its_credentials(serving: Serving, tmp_path: Path) -> None:
    """Without them one sentence says so, the account itself is cleaned up, and the log is kept."""
    write_log(tmp_path / NAME, serving, MADE)
    other = write_log(tmp_path / NAME_OF_OTHER, serving, CLEAN, MADE)

    without = called("cleanup", ".", "--delete", cwd=tmp_path)
    kept = list(tmp_path.iterdir())
    with_them = called("cleanup", ".", "--delete", cwd=tmp_path, **OTHER)

    assert (without.returncode, with_them.returncode) == (13, 0), with_them.stderr
    assert without.stderr == (
        "freespee-conformance: OTHER_USERNAME and OTHER_PASSWORD are needed: "
        "records may be left in the second account\n"
    )
    assert kept == [other]
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_log_is_named(serving: Serving, tmp_path: Path) -> None:
    """Also where it lies beside a log."""
    write_log(tmp_path / NAME, serving, CLEAN)
    (tmp_path / "records-a.jsonl").write_text("{}\n", encoding="utf-8")

    done = called("cleanup", ".", "--delete", cwd=tmp_path)

    assert done.returncode == 4
    assert done.stderr.startswith("freespee-conformance: 'records-a.jsonl' is no record log")


def test_a_log_is_clean_until_something_is_made(serving: Serving, tmp_path: Path) -> None:
    """What came after the end of a clean-up is not gone."""
    assert read_record_log(write_log(tmp_path / NAME, serving, MADE, CLEAN)).is_clean
    assert not read_record_log(write_log(tmp_path / NAME, serving, CLEAN, MADE)).is_clean
