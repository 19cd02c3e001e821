"""Runs of the suite, started as somebody at a terminal starts them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reference.seed import DENIED_ADDRESS, PASSWORD, USERNAME

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference.serving import Serving
    from reference.surroundings import Surrounded

ROOT = Path(__file__).parents[1]
LONGEST = 300.0
"""Seconds after which a run counts as hanging."""

ACCOUNT = {"API_USERNAME": USERNAME, "API_PASSWORD": PASSWORD}
NOBODY: Mapping[str, str] = {}


@dataclass(frozen=True)
class Outcome:
    """What a run left: its exit code, what it wrote on the terminal, and its files by name."""

    exit_code: int
    output: str
    files: Mapping[str, str]

    @cached_property
    def run(self) -> dict[str, Any]:
        """What run.json says."""
        document: dict[str, Any] = json.loads(self.files["run.json"])
        return document

    @property
    def verdicts(self) -> dict[str, str]:
        """Each rule's verdict by its id."""
        return {rule["id"]: rule["verdict"] for rule in self.run["rules"]}

    @property
    def sentence(self) -> str:
        """The conclusion."""
        return str(self.run["sentence"])

    @property
    def everything(self) -> str:
        """All that anybody can read of the run."""
        return "\n".join([self.output, *self.files.values()])

    @property
    def claims_needed(self) -> set[str]:
        """The ids of the rules that were not run for want of a claim, or of a second account.

        No option can name either.
        """
        return {
            rule["id"]
            for rule in self.run["rules"]
            if any(
                "claims." in case["reason"] or "OTHER_USERNAME" in case["reason"]
                for case in rule["cases"]
            )
        }

    def rules(self, *verdicts: str) -> set[str]:
        """Return the ids of the rules that have one of the given verdicts."""
        return {id_ for id_, verdict in self.verdicts.items() if verdict in verdicts}


def suite(*options: str, account: Mapping[str, str] = ACCOUNT, **environment: str) -> Outcome:
    """Run the suite in the checkout with these options, and read what it leaves.

    `account` are the variables with the credentials; `environment` adds further ones.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("API_", "PYTEST_", "PYTHON", "GITHUB_"))
        and name not in ("CI", "FORCE_COLOR")
    }
    with tempfile.TemporaryDirectory(prefix="selftests-") as directory:
        ended = subprocess.run(  # noqa: S603  (our own program)
            [
                *(sys.executable, "-m", "pytest", "-p", "no:cacheprovider"),
                *(f"--reports={directory}", *options),
            ],
            cwd=ROOT,
            env={**kept, **account, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=LONGEST,
        )
        files = {path.name: path.read_text(encoding="utf-8") for path in Path(directory).iterdir()}
    return Outcome(ended.returncode, ended.stdout.decode(), files)


def at(serving: Serving | Surrounded, *options: str) -> list[str]:
    """Return the options that name a served reference server as the target."""
    return [f"--base-url={serving.base_url}", f"--ca-bundle={serving.ca_file}", *options]


def all_at(serving: Serving | Surrounded, *options: str) -> list[str]:
    """Return the options for all there is to know about a served reference server."""
    return at(
        serving,
        "--allow-writes",
        f"--denied-address={DENIED_ADDRESS}",
        f"--http-url={serving.http_url}",
        *options,
    )


@cache
def embedded_run() -> Outcome:
    """Run the whole suite against the embedded reference server, once for all tests."""
    return suite(account=NOBODY)


def two_at_a_time() -> ThreadPoolExecutor:
    """Return what starts runs side by side, as many as a small machine can take."""
    return ThreadPoolExecutor(max_workers=2)
