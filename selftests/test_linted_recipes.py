"""The recipes are what the systems that read them expect, as linters of others see it.

The schemas are those that check-jsonschema carries: GitHub's of actions, GitLab's of jobs.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from running import ROOT
from test_ci_recipes import ACTION, job

pytestmark = pytest.mark.whole_run

yaml = pytest.importorskip("yaml")

PROGRAMS = Path(sys.executable).parent
SCRIPTS = [
    *(("bash", each["run"]) for each in ACTION["runs"]["steps"] if "run" in each),
    *(("sh", part) for name in ("script", "after_script") for part in job()[name]),
]


def findings(program: str, *words: str | Path, text: str = "") -> str:
    """Return what a linter finds: "" for nothing."""
    path = PROGRAMS / program
    if not path.exists():
        pytest.skip(f"{program} is not installed: the group selftests of pyproject.toml has it")
    ended = subprocess.run(  # noqa: S603  (a linter of this environment)
        [path, *words], input=text, capture_output=True, text=True, check=False, timeout=120
    )
    return f"{ended.stdout}{ended.stderr}".strip() if ended.returncode else ""


@pytest.mark.parametrize(("shell", "script"), SCRIPTS)
def test_shells_have_nothing_against_the_scripts(shell: str, script: str) -> None:
    """Quoting, unset variables, words of bash in a script for sh."""
    assert findings("shellcheck", f"--shell={shell}", "-", text=script) == ""


def test_github_reads_the_action() -> None:
    """By its schema of actions."""
    schema = "vendor.github-actions"

    assert findings("check-jsonschema", "--builtin-schema", schema, ROOT / "action.yml") == ""


def test_gitlab_reads_the_job(tmp_path: Path) -> None:
    """By its schema of jobs, as the component makes one of its defaults."""
    path = tmp_path / "job.yml"
    path.write_text(yaml.safe_dump({"freespee-conformance": job()}), encoding="utf-8")
    options = ("--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci")

    assert findings("check-jsonschema", *options, path) == ""


def test_the_image_is_made_as_images_are() -> None:
    """Pinned bases, no cache left, absolute working directories."""
    assert findings("hadolint", ROOT / "Containerfile") == ""


def test_the_linters_find_what_is_wrong(tmp_path: Path) -> None:
    """Each of them, where there is something."""
    wrong = tmp_path / "action.yml"
    wrong.write_text("name: x\nruns: {using: composite, steps: [{run: ls}]}\n", encoding="utf-8")
    image = tmp_path / "Containerfile"
    image.write_text("FROM python\nRUN cd /tmp\n", encoding="utf-8")

    assert "SC2086" in findings("shellcheck", "--shell=sh", "-", text="ls $1\n")
    assert findings("check-jsonschema", "--builtin-schema", "vendor.github-actions", wrong)
    assert "DL3006" in findings("hadolint", image)
