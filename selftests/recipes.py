"""A runner of a CI system, which runs scripts with a stand-in for the command.

It writes down its words, and ends as it is told.
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

STAND_IN = """\
#!/bin/sh
printf '%s\\n' "$@" >> "$SAID"
if [ "$1" != cleanup ] && [ -n "$LEAVES" ]; then
    mkdir -p "$LEAVES"
    echo '{"verdict": "not conformant"}' > "$LEAVES/run.json"
    echo '## NOT CONFORMANT' > "$LEAVES/summary.md"
    echo '{}' > "$LEAVES/records.jsonl"
fi
if [ "$1" = cleanup ]; then exit "${CLEANS:-$ENDS}"; fi
exit "$ENDS"
"""


@dataclass(frozen=True)
class Ended:
    """How a script ended, what the command was told each time, and the runner's files."""

    exit_code: int
    said: list[str]
    files: dict[str, str]
    acted: bool


@dataclass(frozen=True)
class Runner:
    """A runner in a folder of its own, with the stand-in in the place of the command."""

    home: Path

    def run(self, shell: list[str], script: str, ends: int = 0, **told: str) -> Ended:
        """Run a script with variables; "conformance/bin" has the command."""
        programs = self.home / "conformance" / "bin"
        programs.mkdir(parents=True, exist_ok=True)
        (programs / "freespee-conformance").write_text(STAND_IN, encoding="utf-8")
        (programs / "freespee-conformance").chmod(0o755)
        (self.home / "script").write_text(script, encoding="utf-8")
        told = {
            "PATH": f"{programs}:{os.environ['PATH']}",
            "RUNNER_TEMP": str(self.home),
            "GITHUB_OUTPUT": str(self.home / "output"),
            "GITHUB_STEP_SUMMARY": str(self.home / "summary"),
            "SAID": str(self.home / "said"),
            "LEAVES": "",
            "ENDS": str(ends),
        } | told
        (self.home / "said").unlink(missing_ok=True)
        ended = subprocess.run(  # noqa: S603  (our own scripts)
            [*shell, "script"], cwd=self.home, env=told, check=False, timeout=60
        )
        files = {path.name: path.read_text() for path in self.home.iterdir() if path.is_file()}
        said = files.get("said", "").splitlines()
        return Ended(ended.returncode, said, files, (self.home / "acted").exists())
