"""Whole runs: what they conclude, and what they leave behind."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft202012Validator
from observing import KeepsRecords, Observing
from running import ROOT, all_at, at, embedded_run, suite

from reference.faults.security import AcceptsBasic, RoutesFirst
from reference.serving import Serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from running import Outcome

BROKEN = "basic-refused-everywhere"
DEVIATING = "anonymous-is-challenged-before-anything"
CRASHING = '''
from conformance.rules import STATED, rule

@rule("crashing-rule", statements="S01", basis=STATED)
def test_something() -> None:
    """A rule of the suite has a bug."""
    {}["key"]
'''


@pytest.fixture(scope="module")
def broken() -> Iterator[Outcome]:
    """Give the whole run against a server with a fault."""
    with Serving(AcceptsBasic()) as serving:
        yield suite(*all_at(serving))


@pytest.fixture(scope="module")
def reading() -> Iterator[tuple[Outcome, Observing]]:
    """Give a read-only run, and the server that was asked."""
    server = Observing()
    with Serving(server) as serving:
        yield suite(*at(serving)), server


@pytest.mark.parametrize("name", ["embedded", "broken", "reading"])
def test_a_run_is_written_as_its_schema_says(name: str, request: pytest.FixtureRequest) -> None:
    """run.json keeps to schemas/run.schema.json, however the run ends."""
    schema = json.loads((ROOT / "schemas" / "run.schema.json").read_text())
    runs = {
        "embedded": embedded_run,
        "broken": lambda: request.getfixturevalue("broken"),
        "reading": lambda: request.getfixturevalue("reading")[0],
    }

    violations = list(Draft202012Validator(schema).iter_errors(runs[name]().run))

    assert violations == []


def test_the_embedded_server_is_conformant() -> None:
    """Without a target the suite certifies the reference server, every rule of it."""
    outcome = embedded_run()

    assert (outcome.exit_code, outcome.run["verdict"]) == (0, "conformant")
    assert outcome.run["target"]["embedded"] is True
    assert outcome.rules("passed") == set(outcome.verdicts)


def test_a_fault_is_named_wherever_somebody_looks(broken: Outcome) -> None:
    """Exit code, sentence, run.json, report.html and junit.xml name the rule that is broken."""
    report = ET.fromstring(broken.files["junit.xml"])  # noqa: S314  (our own file)
    failed = {
        element.attrib["value"]
        for case in report.iter("testcase")
        if case.find("failure") is not None
        for element in case.iter("property")
        if element.attrib["name"] == "rule"
    }

    assert broken.exit_code == broken.run["exit_code"] == 1
    assert broken.rules("failed") == failed == AcceptsBasic.breaks
    assert all(id_ in broken.sentence for id_ in failed)
    assert broken.sentence in broken.output
    assert all(id_ in broken.files["report.html"] for id_ in failed)


def test_the_evidence_of_a_fault_begins_with_the_statement(broken: Outcome) -> None:
    """Terminal, run.json and junit.xml show statement, expectation, finding and a curl line."""
    rule = next(rule for rule in broken.run["rules"] if rule["id"] == BROKEN)
    case = next(case for case in rule["cases"] if case["verdict"] == "failed")
    report = ET.fromstring(broken.files["junit.xml"])  # noqa: S314  (our own file)
    failures = [str(failure.text) for failure in report.iter("failure")]

    for id_, statement in rule["statements"].items():
        assert case["evidence"].startswith(f"{id_}  {statement}\n")
    assert re.search(r"\nExpected  assert .*\nActual    ", case["evidence"])
    assert case["curl"].startswith("curl ")
    assert f"{case['evidence']}\n\n{case['curl']}" in failures
    assert case["evidence"].splitlines()[0] in broken.output


def test_a_run_without_permission_only_reads(reading: tuple[Outcome, Observing]) -> None:
    """Without --allow-writes nothing but GET reaches the server, and nothing else is overridden."""
    outcome, server = reading

    assert {request.method for request in server.requests} == {"GET"}
    assert set(outcome.run["requests"]["by_method"]) == {"GET"}
    assert outcome.run["requests"]["total"] == len(server.requests)
    assert [
        request
        for request in server.requests
        if request.header("X-HTTP-Method-Override") or "_method" in request.target or request.body
    ] == []


def test_a_run_without_permission_is_conformant(reading: tuple[Outcome, Observing]) -> None:
    """What may not be written is not run and no failure; what can be read is judged."""
    outcome, _ = reading

    assert (outcome.exit_code, outcome.rules("failed", "error", "inconclusive")) == (0, set())
    assert "get-one-answers-that-record" in outcome.rules("passed")
    assert "post-creates-exactly-one" in outcome.rules("not run")
    assert "not run" in outcome.sentence


def test_a_run_takes_away_what_it_made() -> None:
    """After a run that wrote, the server has the records that it had before."""
    server = Observing()
    before = server.everything()
    with Serving(server) as serving:
        outcome = suite(*all_at(serving))

    assert outcome.exit_code == 0
    assert "POST" in {request.method for request in server.requests}
    assert server.everything() == before


def test_records_that_stay_are_named() -> None:
    """Where clean-up is refused, the run ends with 13 and names what is left."""
    server = KeepsRecords()
    before = {f"/customers/{record.id}" for record in server.everything()}
    with Serving(server) as serving:
        outcome = suite(*at(serving), "--allow-writes", "suites/consuming/test_creating.py")

    left = outcome.run["left_on_target"]
    assert (outcome.exit_code, outcome.run["verdict"]) == (13, "records left")
    assert left
    assert not before & set(left)
    assert left[0] in outcome.sentence


@pytest.mark.parametrize(("option", "exit_code"), [(None, 0), ("--strict-should", 1)])
def test_a_deviation_fails_only_where_that_is_asked_for(option: str | None, exit_code: int) -> None:
    """A broken SHOULD rule is reported; it fails the run with --strict-should."""
    options = [option] if option else []
    with Serving(RoutesFirst()) as serving:
        outcome = suite(*at(serving), "suites/security/test_challenge.py", *options)

    assert outcome.exit_code == exit_code
    assert outcome.rules("deviation") == {DEVIATING}
    assert DEVIATING in outcome.sentence
    assert "S58  " in outcome.output


def test_a_crash_of_a_rule_is_our_bug(tmp_path: Path) -> None:
    """An exception that is no assertion ends the run with 3 and says nothing of the target."""
    module = tmp_path / "test_crashing.py"
    module.write_text(CRASHING)

    outcome = suite("suites/security/test_https.py", str(module), "-k", "something or ping")

    assert (outcome.exit_code, outcome.run["verdict"]) == (3, "suite error")
    assert outcome.rules("error") == {"crashing-rule"}
    assert "crashing-rule" in outcome.sentence
    assert "not the target's" in outcome.sentence


def test_a_path_outside_of_the_checkout_is_no_obstacle() -> None:
    """A certificate authority's file may lie anywhere, also as a word of its own."""
    with Serving(Observing()) as serving:
        assert ROOT not in serving.ca_file.parents
        outcome = suite(
            *("--base-url", serving.base_url, "--ca-bundle", str(serving.ca_file)), "-k", "ping"
        )

    assert (outcome.exit_code, outcome.run["verdict"]) == (0, "conformant")
    assert outcome.run["target"]["base_url"] == serving.base_url


def test_collecting_contacts_nobody() -> None:
    """--collect-only names the rules' cases, asks the target nothing and concludes nothing."""
    server = Observing()
    with Serving(server) as serving:
        outcome = suite(*at(serving), "--collect-only", "-q")

    assert outcome.exit_code == 0
    assert "test_put_to_an_unknown_id_creates_nothing" in outcome.output
    assert server.requests == []
    assert "run.json" not in outcome.files
