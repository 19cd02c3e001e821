"""The command line's options, merged with the settings of the target file.

This is a pytest plugin, loaded by tox.ini in the checkout and by its entry point where the suite is
installed, so that the options are known before pytest parses the rest of the command line.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conformance.config import profiles
from conformance.config.target_file import read_target_file

if TYPE_CHECKING:
    from conformance.config.target_file import Settings

CONFIGURATION = "tox.ini"
DEFAULT_SEED = 1
PROOFS = ("matrix", "weakenings", "mutants")


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Declare the options; those about the target override its file."""
    if pluginmanager.is_blocked("html"):
        parser.addini("render_collapsed", "a setting of pytest-html, which tox.ini has", default="")
    group = parser.getgroup("conformance", "conformance: which target, and what the run may do")
    group.addoption(
        "--base-url",
        metavar="URL",
        help="the target's https URL with the version, as in https://host/2.4.9 (credentials: "
        "API_USERNAME and API_PASSWORD in the environment); without it, the embedded reference "
        "server is the target",
    )
    group.addoption(
        "--target",
        metavar="FILE",
        type=Path,
        dest="target_file",
        help="TOML file with all there is to say about the target; options win over it",
    )
    group.addoption(
        "--ca-bundle", metavar="FILE", help="PEM file of the certificate authorities to trust"
    )
    group.addoption(
        "--allow-writes",
        action="store_true",
        default=None,
        help="permit rules to create records, and to change and delete those that they created",
    )
    group.addoption(
        "--denied-address",
        metavar="IP",
        help="a local address to call from that is not on the account's list",
    )
    group.addoption(
        "--http-url",
        metavar="URL",
        help="where plain HTTP would answer (default: port 80 of the base URL's host)",
    )
    group.addoption(
        "--digest-over-http",
        action="store_true",
        default=None,
        help="permit one rule to answer a challenge over plain HTTP even to another machine",
    )
    group.addoption(
        "--strict-should",
        action="store_true",
        default=None,
        help="let a deviation from a SHOULD rule fail the certification",
    )
    group.addoption(
        "--require",
        choices=("full",),
        help="end with 11 where the run is not of this kind, as one that may not write",
    )
    group.addoption("--reports", metavar="DIR", help="directory of the results (default: reports/)")
    group.addoption(
        "--seed",
        type=int,
        default=DEFAULT_SEED,
        metavar="N",
        help="seed of the generated payloads (default: %(default)s)",
    )
    group.addoption(
        "--profile",
        choices=profiles.NAMES,
        default=profiles.DEFAULT,
        help="how much the rules with generated payloads try (default: %(default)s)",
    )
    group.addoption(
        "--max-requests",
        type=positive,
        metavar="N",
        help="send no more requests than this: rules that come later are inconclusive",
    )
    group.addoption(
        "--max-seconds",
        type=positive,
        metavar="S",
        help="send nothing more after so many seconds: rules that come later are inconclusive",
    )
    group.addoption(
        "--rule",
        action="append",
        default=[],
        dest="rules",
        metavar="ID",
        help="select the rule of this id, or one case of it by its parameters, as in "
        "ID[customers]; like the next three it may be repeated",
    )
    group.addoption(
        "--statement",
        action="append",
        default=[],
        dest="statements",
        metavar="S13",
        help="select the rules about a statement of the document",
    )
    group.addoption(
        "--chapter",
        action="append",
        default=[],
        dest="chapters",
        metavar="NAME",
        help="select the rules of a chapter of the document, as in --chapter Paging",
    )
    group.addoption(
        "--level",
        action="append",
        default=[],
        dest="levels",
        metavar="LEVEL",
        help="select the rules that are MUST, or those that are SHOULD",
    )
    group.addoption(
        "--list-rules",
        action="store_true",
        help="print the rules that would run, one a line: id, level, statements, title",
    )
    group.addoption(
        "--prove",
        choices=PROOFS,
        help="show faults and variants of the reference server to every rule (matrix), each "
        "assertion of the rules, weakened, to the faults of its rule (weakenings), or small "
        "changes of the reference server, made by mutmut, to every rule (mutants), in place of a "
        "run",
    )
    group.addoption(
        "--seeds",
        type=int,
        default=1,
        metavar="N",
        help="with --prove matrix: show each variant at N seeds, from --seed on (default: "
        "%(default)s)",
    )
    group.addoption(
        "--processes",
        type=int,
        default=os.cpu_count(),
        metavar="N",
        help="with --prove: show N servers at a time (default: the machine's cores, %(default)s)",
    )
    group.addoption(
        "--rulebook",
        choices=("check", "write"),
        help="compare rulebook.md with the rules, or write it anew, in place of a run",
    )


def positive(text: str) -> int:
    """Parse a positive number; raises ArgumentTypeError where it is below 1."""
    if not text.isdecimal() or int(text) < 1:
        message = f"{text!r} is not a whole number above 0"
        raise argparse.ArgumentTypeError(message)
    return int(text)


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Start again with the suite's own tox.ini where pytest has missed it.

    Before it knows our options, pytest takes the value of one that names a file (--ca-bundle
    /etc/ca.pem) for a test, and looks for its configuration there.
    """
    configuration = config.invocation_params.dir / CONFIGURATION
    if config.inipath is None and configuration.is_file():
        words = ["-m", "pytest", "-c", str(configuration), *config.invocation_params.args]
        os.execv(sys.executable, [sys.executable, *words])  # noqa: S606  (the same program again)


_SETTINGS = (
    "base_url",
    "ca_bundle",
    "allow_writes",
    "denied_address",
    "http_url",
    "digest_over_http",
    "strict_should",
    "reports",
    "max_requests",
    "max_seconds",
)


def settings_from(config: pytest.Config) -> Settings:
    """Return the settings of the target file, overridden by those of the options.

    Raises TargetError where the file cannot be used.
    """
    path: Path | None = config.getoption("target_file")
    settings = read_target_file(path) if path is not None else {}
    given = {name: config.getoption(name) for name in _SETTINGS}
    settings |= {name: value for name, value in given.items() if value is not None}
    settings.setdefault("reports", str(reports_directory(config)))
    return settings


def reports_directory(config: pytest.Config) -> Path:
    """Return the directory of the results, unless a target file names another one."""
    return Path(config.getoption("reports") or config.rootpath / "reports")
