"""Runs against a hostile server: what each mode lets a run do, and what no run may do."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from running import LONGEST, ROOT

from reference.hostile import Hostile
from reference.seed import USERNAME

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reference.hostile import Mode

CANARY = "canary-Vq7#Lm2&zR<9"
"""The password of the account: what no output and no file may have."""
MOST_MEMORY = 500_000_000
"""Bytes that a run may take."""
MEETING = (
    "--profile=quick",
    "suites/consuming/test_creating.py",
    "suites/consuming/test_deleting.py",
    "suites/consuming/test_reading.py",
    "suites/consuming/test_updating.py",
    "suites/consuming/test_generated_values.py",
    "suites/response_data/test_json.py",
    "suites/response_data/test_same_data.py",
    "suites/response_data/test_xml.py",
    "suites/security/test_challenge.py",
    "suites/security/test_digest.py",
    "suites/security/test_wrong_credentials.py",
    "suites/security/test_https.py",
    "suites/test_curl.py",
    "suites/test_paging.py",
    "suites/test_request_headers.py",
    "suites/test_status_codes.py",
    "suites/walks/test_walks.py",
    "--rule=post-creates-exactly-one",
    "--rule=put-updates-what-was-sent",
    "--rule=delete-leaves-what-others-have",
    "--rule=get-one-answers-that-record",
    "--rule=list-each-once",
    "--rule=numpages-follows-from-total",
    "--rule=paging-properties-are-numbers",
    "--rule=pages-hold-each-record-once",
    "--rule=pages-are-full-but-the-last",
    "--rule=total-counts-every-match",
    "--rule=page-counts-from-zero",
    "--rule=put-answers-no-other-record",
    "--rule=xml-says-what-json-says",
    "--rule=xml-well-formed",
    "--rule=json-well-formed",
    "--rule=full-length-values-come-back",
    "--rule=challenge-is-well-formed",
    "--rule=wrong-password-refused",
    "--rule=tampered-digest-refused",
    "--rule=refusals-are-explained",
    "--rule=plain-http-answers-nothing",
    "--rule=curl-ping",
    "--rule=curl-creates-a-customer",
    "--rule=http10-with-host-works",
    "--rule=walk-record-is-as-written",
)
"""The rules that meet every mode: they create, change, delete, read, list, and are challenged."""


@dataclass(frozen=True)
class HostileRun:
    """A run against one mode that is over."""

    exit_code: int
    seconds: float
    memory: int
    """The most bytes that it took."""
    output: str = field(repr=False)
    files: Mapping[str, str] = field(repr=False)
    left_behind: Sequence[str]
    """What is left in the directory for temporary files."""
    hostile: Hostile

    @property
    def everything(self) -> str:
        """All that anybody can read of the run."""
        return "\n".join([self.output, *self.files.values()])


def run_against(mode: Mode, *options: str, writes: bool = True) -> HostileRun:
    """Run rules against a mode, with a timeout of two seconds."""
    with (
        tempfile.TemporaryDirectory(prefix="hostile-run-") as directory,
        Hostile(mode) as hostile,
    ):
        reports, temporary = Path(directory, "reports"), Path(directory, "tmp")
        temporary.mkdir()
        target = Path(directory, "target.toml")
        target.write_text("[limits]\ntimeout = 2\n", encoding="utf-8")
        command = [
            *(sys.executable, "-m", "pytest", "-p", "no:cacheprovider"),
            *(["--allow-writes"] if writes else []),
            *(f"--base-url={hostile.base_url}", f"--ca-bundle={hostile.ca_file}"),
            *(f"--http-url={hostile.http_url}", f"--target={target}", f"--reports={reports}"),
            *options,
        ]
        begun = time.monotonic()
        status, memory, output = watched(command, temporary)
        return HostileRun(
            status,
            time.monotonic() - begun,
            memory,
            output,
            {
                str(path.relative_to(reports)): path.read_bytes().decode(errors="replace")
                for path in reports.rglob("*")
                if path.is_file()
            },
            [each.name for each in temporary.iterdir()],
            hostile,
        )


def most_memory_of(pid: int) -> int:
    """Return the most memory in bytes that a program has had so far; 0 where it has ended.

    What the kernel says at its end counts the program that started it as well.
    """
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return 0
    found = re.search(r"^VmHWM:\s+(\d+) kB$", status, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


def watched(command: Sequence[str], temporary: Path) -> tuple[int, int, str]:
    """Return exit code, most memory in bytes, and output of a command."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("API_", "OTHER_", "PYTEST_", "GITHUB_")) and name != "CI"
    }
    secret = {"API_USERNAME": USERNAME, "API_PASSWORD": CANARY, "TMPDIR": str(temporary)}
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(  # noqa: S603  (our own program)
            command,
            cwd=ROOT,
            env={**kept, **secret},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        memory = 0
        try:
            deadline = time.monotonic() + LONGEST
            while True:
                memory = max(memory, most_memory_of(process.pid))
                pid, status = os.waitpid(process.pid, os.WNOHANG)
                if pid or time.monotonic() > deadline:
                    break
                time.sleep(0.05)
        finally:
            if not pid:
                process.kill()
                process.wait()
        process.returncode = os.waitstatus_to_exitcode(status) if pid else -9
        output.seek(0)
        return process.returncode, memory, output.read().decode(errors="replace")
