"""Each line for a shell in README.md and docs/ is run, or there is a reason why it is not.

A line that starts a long run is told to stop before it sends anything: what is tried is that it
can be typed as it stands. The runs themselves are other self-tests' matter.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from running import ACCOUNT, ROOT

from proof.documentation import has_command
from proof.examples import read_examples
from reference.server import Reference
from reference.serving import Serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.whole_run

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
EXAMPLE_URL = "https://host/2.4.9"
RUNS = ("certify", "smoke", "check", "plan")

NOT_RUN = {
    r"export (API|OTHER)_": "says which variables a line needs: each line here is given them",
    r"make (certify|smoke|test|venv)": "make test, make certify and .ci/run do it in a clean place",
    r"(uvx|pipx|pip install) ": "asks a package index: the test of the wheel installs it",
    r"(podman |mkdir -p reports)": "needs a container engine",
    r".*(python -m reference|conformance serve)": "serves until Ctrl-C: other self-tests do it",
    r"cp reports/": "keeps what a run has left: test_baseline.py does that",
    r"(code=|if |exit )": "belongs to the lines around it: test_ci_recipes.py runs them all",
}
"""Lines that are not run, and why."""


def lines_of(page: Path) -> list[str]:
    """Return the lines for a shell on a page, without comments."""
    blocks = re.findall(
        r"^```sh\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    lines = [re.sub(r"\s+#.*", "", line) for each in blocks for line in each.splitlines()]
    return [line for line in lines if line.strip()]


LINES = [(page, line) for page in PAGES for line in lines_of(page)]


def reason_against(line: str) -> str:
    """Return why a line is not run; "" where it is."""
    return next((why for pattern, why in NOT_RUN.items() if re.match(pattern, line)), "")


TRIED = list(dict.fromkeys(line for _, line in LINES if not reason_against(line)))


@pytest.fixture(scope="module")
def serving() -> Iterator[Serving]:
    """Serve the reference server."""
    with Serving(Reference()) as served:
        yield served


def words_of(line: str, serving: Serving) -> list[str]:
    """Return the words of a line, with programs as they are here, about a server that is there."""
    words = shlex.split(line.partition(" || ")[0].replace(EXAMPLE_URL, serving.base_url))
    program, *rest = words
    if program == "freespee-conformance":
        words = [sys.executable, "-m", "freespee_conformance", *rest]
        words += ["--show-config"] * (rest[0] in RUNS)
    elif program == ".venv/bin/pytest":
        words = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *rest, "--list-rules"]
    else:
        words = [sys.executable, *rest]
    return words


def test_the_pages_advertise_lines() -> None:
    """They are found, most of them are tried, and each reason is one for something."""
    unneeded = [each for each in NOT_RUN if not any(re.match(each, line) for _, line in LINES)]

    assert {page.name for page, _ in LINES} >= {"README.md", "certify.md", "smoke.md", "ci.md"}
    assert len(TRIED) > 12
    assert unneeded == []


@pytest.mark.parametrize("line", TRIED)
def test_an_advertised_line_can_be_typed(line: str, serving: Serving, tmp_path: Path) -> None:
    """It is understood: it ends with 0."""
    if line.startswith("freespee-conformance") and not has_command():
        pytest.skip("the command is not part of this checkout")
    shutil.copy(serving.ca_file, tmp_path / "ca.pem")
    (tmp_path / "partner.toml").write_text(f'base_url = "{serving.base_url}"\n')
    (tmp_path / "reports").mkdir()
    words = words_of(line, serving)
    if "init" in words or "--older-than" in words:
        words += ["--ca-bundle", "ca.pem"]
    in_checkout = "pytest" in words

    ended = subprocess.run(  # noqa: S603  (our own program)
        [each.replace("ca.pem", str(tmp_path / "ca.pem")) for each in words],
        cwd=ROOT if in_checkout else tmp_path,
        env={**os.environ, **ACCOUNT, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    told = ended.stdout + ended.stderr
    assert ended.returncode == 0, told


def test_a_listing_in_the_readme_is_what_a_run_says() -> None:
    """The failing rule that it shows is the example of that rule, but for how long it took."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"^```text\n(expected: .*?)^```", text, re.MULTILINE | re.DOTALL)
    rule = re.search(r"^Rule (\S+) ", shown, re.MULTILINE)

    assert rule is not None
    assert without_times(shown).rstrip("\n") == without_times(read_examples()[rule[1]].text)


def without_times(text: str) -> str:
    """Return evidence without the milliseconds that answers took."""
    return re.sub(r"\(\d+ ms\)", "", text)
