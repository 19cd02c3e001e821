"""Runs that end before the first rule: one sentence says why, and what to do."""

from __future__ import annotations

import socket
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from running import ACCOUNT, NOBODY, suite, two_at_a_time

from conformance.verdicts import ExitCode
from reference import Reference
from reference.serving import Serving

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from concurrent.futures import Future

    from running import Outcome

pytestmark = pytest.mark.whole_run

VERSION = "2.4.9"
SECRET = "correct-horse"
TARGET_FILES = {
    "unknown key": 'base_url = "https://127.0.0.1/2.4.9"\nalow_writes = true\n',
    "not UTF-8": 'base_url = "å"\n',
}


@dataclass(frozen=True)
class Failing:
    """Options of a run that cannot begin, and what is to be said about it.

    In the options, {base}, {ca} and the like stand for places that only a test run knows.
    """

    options: tuple[str, ...]
    exit_code: int
    phrases: tuple[str, ...]
    account: Mapping[str, str]


def usage(*options: str, says: tuple[str, ...], account: Mapping[str, str] = ACCOUNT) -> Failing:
    """Make a run that is refused because of how it was asked for."""
    return Failing(options, 4, says, account)


def unreachable(
    *options: str, says: tuple[str, ...], account: Mapping[str, str] = ACCOUNT
) -> Failing:
    """Make a run whose target cannot be asked anything."""
    return Failing(options, 10, says, account)


FAILING = {
    "unreachable port": unreachable(
        "--base-url={unused}", says=("{unused}", "connection was refused", "check host and port")
    ),
    "untrusted certificate": unreachable(
        "--base-url={base}", says=("{base}", "certificate is not trusted", "--ca-bundle FILE")
    ),
    "not TLS": unreachable("--base-url={plain}", says=("does not speak TLS", "HTTPS port")),
    "wrong password": unreachable(
        "--base-url={base}",
        "--ca-bundle={ca}",
        account=ACCOUNT | {"API_PASSWORD": SECRET},
        says=("refused the credentials", "check API_USERNAME and API_PASSWORD", "address"),
    ),
    "no variables": usage(
        "--base-url={base}", account=NOBODY, says=("API_USERNAME and API_PASSWORD not set",)
    ),
    "http": usage("--base-url={http}", says=("'{http}' is not an https URL", "https://host/2.4.9")),
    "credentials in URL": usage(
        f"--base-url=https://ada:{SECRET}@host/2.4.9",
        says=("contains credentials", "take them out and set API_USERNAME and API_PASSWORD"),
    ),
    "unknown option": usage("--base-urll={base}", says=("unrecognized arguments: --base-urll",)),
    "unknown key": usage(
        "--target={files}/unknown key", says=("unknown key 'alow_writes'", "'allow_writes'")
    ),
    "not UTF-8": usage("--target={files}/not UTF-8", says=("{files}/not UTF-8", "UTF-8")),
    "no CA file": usage(
        "--base-url={base}", "--ca-bundle={files}/none", says=("CA bundle", "{files}/none")
    ),
    "CA file without certificate": usage(
        "--base-url={base}",
        "--ca-bundle={files}/unknown key",
        says=("CA bundle", "{files}/unknown key"),
    ),
    "no directory": usage(
        "--base-url={base}",
        "--reports={files}/unknown key",
        says=("reports", "{files}/unknown key"),
    ),
    "target's options without a target": usage(
        "--allow-writes", "--ca-bundle={ca}", says=("--base-url",)
    ),
}


@dataclass(frozen=True)
class Ended:
    """A run that could not begin: how it ended, and the phrases that are due."""

    outcome: Outcome
    exit_code: int
    phrases: tuple[str, ...]


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Places that can be named as a target: a server, a closed port, and files."""
    files = tmp_path_factory.mktemp("targets")
    for name, text in TARGET_FILES.items():
        (files / name).write_text(text, encoding="latin-1")
    with Serving(Reference()) as serving:
        with socket.create_server(("127.0.0.1", 0)) as closed:
            unused = closed.getsockname()[1]
        http = urlsplit(serving.http_url or "")
        yield {
            "base": serving.base_url,
            "ca": str(serving.ca_file),
            "files": str(files),
            "http": http.geturl(),
            "plain": http._replace(scheme="https").geturl(),
            "unused": f"https://127.0.0.1:{unused}/{VERSION}",
        }


@pytest.fixture(scope="module")
def runs(places: dict[str, str]) -> Iterator[dict[str, Future[Outcome]]]:
    """Every run that cannot begin, started."""
    with ExitStack() as stack:
        pool = stack.enter_context(two_at_a_time())
        stack.callback(pool.shutdown, cancel_futures=True)
        yield {
            name: pool.submit(
                suite, *(each.format(**places) for each in run.options), account=run.account
            )
            for name, run in FAILING.items()
        }


@pytest.fixture(params=FAILING)
def ended(
    request: pytest.FixtureRequest, runs: dict[str, Future[Outcome]], places: dict[str, str]
) -> Ended:
    """One run that could not begin."""
    run = FAILING[request.param]
    phrases = tuple(phrase.format(**places) for phrase in run.phrases)
    return Ended(runs[request.param].result(), run.exit_code, phrases)


def test_a_run_that_cannot_begin_says_why_in_one_sentence(ended: Ended) -> None:
    """The exit code tells what kind of trouble it is, and one line names cause and remedy."""
    telling = [
        line
        for line in ended.outcome.output.splitlines()
        if all(phrase in line for phrase in ended.phrases)
    ]

    assert ended.outcome.exit_code == ended.exit_code
    assert len(telling) == 1, ended.outcome.output
    assert "Traceback" not in ended.outcome.output


def test_a_run_that_cannot_begin_shows_no_secret(ended: Ended) -> None:
    """Neither the password of the environment nor one in the URL is repeated."""
    assert SECRET not in ended.outcome.everything
    assert ACCOUNT["API_PASSWORD"] not in ended.outcome.everything


def test_a_run_that_cannot_begin_judges_no_rule(ended: Ended) -> None:
    """Where there is a run.json at all, it is that of an unreachable target."""
    if "run.json" in ended.outcome.files:
        assert ended.outcome.run["verdict"] == "unreachable"
        assert ended.outcome.run["exit_code"] == ended.exit_code
        assert set(ended.outcome.verdicts.values()) == {"not run"}
    assert ("run.json" in ended.outcome.files) is (ended.exit_code == 10)


def test_a_target_that_cannot_be_reached_is_never_green(ended: Ended) -> None:
    """junit.xml has the run as its first case, which is an error with the whole sentence."""
    if ended.exit_code == ExitCode.UNREACHABLE:
        report = ET.fromstring(ended.outcome.files["junit.xml"])  # noqa: S314  (our own file)
        (suite_,) = report.iter("testsuite")
        first, *others = suite_.iter("testcase")

        assert first.attrib["name"] == "the run"
        assert [each.get("message") for each in first.iter("error")] == [
            f"unreachable: {ended.outcome.sentence}"
        ]
        assert (others, suite_.attrib["errors"], suite_.attrib["tests"]) == ([], "1", "1")
    assert ("junit.xml" in ended.outcome.files) is (ended.exit_code == ExitCode.UNREACHABLE)
