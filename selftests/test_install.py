"""The wheel and the sdist, installed elsewhere and used there as by somebody without a checkout.

One environment for all: the wheel first, then what is built from the sdist in its place.
"""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from running import ACCOUNT, ROOT

from reference.faults import faults
from reference.serving import Serving

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.install
LONGEST = 600.0

Words = list[str | Path]
"""A command line."""


def ended(command: Words, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command without anything of this environment that leads to the checkout."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTEST_", "PYTHON", "TOX_", "VIRTUAL_ENV", "API_", "OTHER_"))
    }
    return subprocess.run(  # noqa: S603  (our own programs)
        command,
        cwd=cwd,
        env={**kept, **more},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=LONGEST,
    )


def done(command: Words, cwd: Path) -> None:
    """Run a command that has to succeed."""
    process = ended(command, cwd)
    assert process.returncode == 0, process.stdout + process.stderr


@dataclass(frozen=True)
class Installed:
    """An environment with the command, and the directory that it is used in."""

    python: Path
    packages: Path
    directory: Path

    def run(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run the command in the directory."""
        command = self.python.with_name("freespee-conformance" + self.python.suffix)
        return ended([command, *words], self.directory, **more)

    def last_run(self) -> dict[str, Any]:
        """Return what the last run has found."""
        text = (self.directory / "reports" / "run.json").read_text(encoding="utf-8")
        found: dict[str, Any] = json.loads(text)
        return found

    def verdicts(self) -> dict[str, str]:
        """Return the verdicts of the last run, by the ids of the rules."""
        return {rule["id"]: rule["verdict"] for rule in self.last_run()["rules"]}

    def written(self) -> set[Path]:
        """Return every file of the installed suite."""
        return set((self.packages / "freespee_conformance").rglob("*"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The wheel, and the wheel that comes of the sdist."""
    direct, by_sdist = tmp_path_factory.mktemp("direct"), tmp_path_factory.mktemp("by-sdist")
    build: Words = [sys.executable, "-m", "build", "--no-isolation"]
    done([*build, "--wheel", "--outdir", direct, ROOT], ROOT)
    done([*build, "--outdir", by_sdist, ROOT], ROOT)
    return next(direct.glob("*.whl")), next(by_sdist.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(
    built: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installed]:
    """The command in an environment of its own, whose packages cannot be written."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=True)
    programs = home / ("Scripts" if os.name == "nt" else "bin")
    python = programs / f"python{'.exe' if os.name == 'nt' else ''}"
    pip: Words = [
        python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-compile",
    ]
    done([*pip, built[0]], home)
    packages = next(home.rglob("freespee_conformance")).parent
    permit(packages, writing=False)
    yield Installed(python, packages, tmp_path_factory.mktemp("somewhere else"))
    permit(packages, writing=True)


@dataclass(frozen=True)
class Certified:
    """What a certification of the embedded server has left, and what was there before."""

    process: subprocess.CompletedProcess[str]
    run: dict[str, Any]
    verdicts: dict[str, str]
    before: set[Path]


@pytest.fixture(scope="module")
def certified(installed: Installed) -> Certified:
    """The embedded server, certified once for all tests."""
    before = installed.written()
    process = installed.run("certify", PYTHONDONTWRITEBYTECODE="1")
    return Certified(process, installed.last_run(), installed.verdicts(), before)


def permit(directory: Path, *, writing: bool) -> None:
    """Let nobody, or the owner again, write to a directory and what is in it."""
    for path in (directory, *directory.rglob("*")):
        mode = path.stat().st_mode
        path.chmod(mode | stat.S_IWUSR if writing else mode & ~0o222)


def test_a_wheel_installs_one_name(built: tuple[Path, Path]) -> None:
    """And the wheel that comes of the sdist holds the same files."""
    names = [sorted(zipfile.ZipFile(each).namelist()) for each in built]

    assert {re.sub(r"-.*\.dist-info", "", name.split("/")[0]) for name in names[0]} == {
        "freespee_conformance"
    }
    assert names[0] == names[1]
    assert [name for name in names[0] if "__pycache__" in name] == []


def test_smoke_and_certify_work_elsewhere(installed: Installed, certified: Certified) -> None:
    """The embedded server is certified from a directory with a blank in its name."""
    before, process = certified.before, certified.process
    smoke = installed.run("smoke")

    assert smoke.returncode == 0, smoke.stdout + smoke.stderr
    assert process.returncode == 0, process.stdout + process.stderr
    assert "CONFORMANT" in process.stdout
    assert certified.run["exit_code"] == 0
    assert [path.name for path in installed.directory.iterdir()] == ["reports"]
    new = {path for path in installed.written() - before if "__pycache__" not in path.parts}
    assert new == set()
    assert os.geteuid() == 0 or installed.written() == before  # nothing keeps root from writing


def test_a_failing_server_fails_with_its_evidence(installed: Installed) -> None:
    """The exit code is 1, and the rule is explained by the same command."""
    fault = next(each for each in faults() if "curl-ping" in each.breaks)
    with Serving(fault()) as served:
        words = ("check", served.base_url, f"--ca-bundle={served.ca_file}", "--chapter", "cURL")
        failed = installed.run(*words, **ACCOUNT)

    assert failed.returncode == 1, failed.stdout + failed.stderr
    assert "NOT CONFORMANT" in failed.stdout
    assert "curl -i" in failed.stdout
    assert installed.run("explain", "curl-ping").stdout.startswith("rule curl-ping (MUST")


def test_a_target_is_certified_as_serve_says(installed: Installed, certified: Certified) -> None:
    """The line that `serve` prints leads to the same verdicts as the embedded server gets."""
    command = installed.python.with_name("freespee-conformance" + installed.python.suffix)
    with subprocess.Popen(  # noqa: S603  (our own program)
        [command, "serve"], cwd=installed.directory, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        said = "".join(iter(process.stdout.readline, "Ctrl-C ends it.\n"))
        target = re.search(r"freespee-conformance certify --target (\S+)", said)
        assert target, said
        accounts = dict(re.findall(r"((?:API|OTHER)_[A-Z]+)=(\S+)", said))
        ended_with = installed.run("certify", "--target", target[1], **accounts)
        process.terminate()
        assert process.wait(60) == 0

    assert ended_with.returncode == 0, ended_with.stdout + ended_with.stderr
    assert installed.verdicts() == certified.verdicts


def test_what_the_sdist_builds_works_too(installed: Installed, built: tuple[Path, Path]) -> None:
    """Installed in place of the other, it has the same rules."""
    permit(installed.packages, writing=True)
    before = installed.run("--version").stdout
    pip: Words = [
        installed.python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]
    done([*pip, "--no-deps", "--force-reinstall", built[1]], installed.directory)

    assert installed.run("--version").stdout == before
    assert installed.run("smoke").returncode == 0
