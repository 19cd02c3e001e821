"""Whole runs: what they conclude, and what they leave behind."""

from __future__ import annotations

import html
import json
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft202012Validator
from observing import KeepsRecords, Observing
from running import NOBODY, ROOT, all_at, at, embedded_run, suite, two_at_a_time

from reference.faults.challenge import RoutesFirst
from reference.faults.credentials import AcceptsBasic
from reference.serving import Serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future
    from pathlib import Path

    from running import Outcome

pytestmark = pytest.mark.whole_run

BROKEN = "basic-refused-everywhere"
CREATES = "post-creates-exactly-one"
DEVIATING = "anonymous-is-challenged-before-anything"
CRASHING = '''
from conformance.rules import STATED, rule

@rule("crashing-rule", statements="S01", basis=STATED)
def test_something() -> None:
    """A rule of the suite has a bug."""
    {}["key"]
'''


class Broken(Observing, AcceptsBasic, breaks="basic-refused-everywhere"):
    """Breaks a few binding rules."""


class Deviating(Observing, RoutesFirst, breaks="anonymous-is-challenged-before-anything"):
    """Breaks a rule that is not binding."""


@dataclass(frozen=True)
class Ended:
    """A run that is over, the server that it asked, and the records from before."""

    outcome: Outcome
    server: Observing
    before: list[object]


RUNS: dict[str, tuple[type[Observing], Callable[[Serving], list[str]]]] = {
    "broken": (
        Broken,
        lambda serving: all_at(
            serving, *(f"--rule={each}" for each in (CREATES, *sorted(AcceptsBasic.breaks)))
        ),
    ),
    "reading": (Observing, at),
    "writing": (
        Observing,
        lambda serving: at(
            serving,
            "suites/consuming/test_creating.py",
            "suites/consuming/test_updating.py",
            "suites/consuming/test_deleting.py",
            "--allow-writes",
        ),
    ),
    "collecting": (Observing, lambda serving: at(serving, "--collect-only", "-q")),
    "deviating": (Deviating, lambda serving: at(serving, "suites/security/test_challenge.py")),
    "strict": (
        Deviating,
        lambda serving: at(serving, "suites/security/test_challenge.py", "--strict-should"),
    ),
    "keeping": (
        KeepsRecords,
        lambda serving: at(serving, "suites/consuming/test_creating.py", "--allow-writes"),
    ),
    "words": (
        Observing,
        lambda serving: [
            *("--base-url", serving.base_url, "--ca-bundle", str(serving.ca_file)),
            *("-k", "ping"),
        ],
    ),
}


@pytest.fixture(scope="module")
def runs() -> Iterator[Callable[[str], Ended]]:
    """Every run, started."""
    servers = {name: kind() for name, (kind, _) in RUNS.items()}
    before: dict[str, list[object]] = {name: [*servers[name].everything()] for name in servers}
    with ExitStack() as stack:
        servings = {name: stack.enter_context(Serving(servers[name])) for name in RUNS}
        pool = stack.enter_context(two_at_a_time())
        stack.callback(pool.shutdown, cancel_futures=True)
        started: dict[str, Future[Outcome]] = {
            name: pool.submit(suite, *options(servings[name]))
            for name, (_, options) in RUNS.items()
        }
        yield lambda name: Ended(started[name].result(), servers[name], before[name])


@pytest.fixture
def broken(runs: Callable[[str], Ended]) -> Ended:
    """A run against a server with a fault."""
    return runs("broken")


@pytest.fixture
def reading(runs: Callable[[str], Ended]) -> Ended:
    """The read-only run."""
    return runs("reading")


def test_a_run_is_written_as_its_schema_says(broken: Ended, reading: Ended) -> None:
    """run.json keeps to schemas/run.schema.json, however the run ends."""
    schema = json.loads((ROOT / "schemas" / "run.schema.json").read_text())
    ended = (embedded_run(), broken.outcome, reading.outcome)

    validator = Draft202012Validator(schema)

    assert [error for outcome in ended for error in validator.iter_errors(outcome.run)] == []


def test_the_embedded_server_is_conformant() -> None:
    """Without a target the suite certifies the reference server, every rule of it."""
    outcome = embedded_run()

    assert (outcome.exit_code, outcome.run["verdict"]) == (0, "conformant")
    assert outcome.run["target"]["embedded"] is True
    assert outcome.rules("passed") == set(outcome.verdicts)


def test_a_fault_is_named_by_sentence_and_report(broken: Ended) -> None:
    """Exit code, sentence, run.json and report.html name the rules that are broken."""
    outcome = broken.outcome
    failed = outcome.rules("failed")

    assert outcome.exit_code == outcome.run["exit_code"] == 1
    assert failed | outcome.rules("deviation") == AcceptsBasic.breaks
    assert all(id_ in outcome.sentence for id_ in failed)
    assert outcome.sentence in outcome.output
    assert all(id_ in outcome.files["report.html"] for id_ in failed)


def test_junit_names_rule_level_and_verdict(broken: Ended) -> None:
    """In junit.xml each case has its rule as properties, and failures are where they belong."""
    report = ET.fromstring(broken.outcome.files["junit.xml"])  # noqa: S314  (our own file)
    _, *of_rules = report.iter("testcase")
    cases = [(case, properties(case)) for case in of_rules]

    failed = {known["rule"] for case, known in cases if case.find("failure") is not None}
    assert failed == AcceptsBasic.breaks - broken.outcome.rules("deviation")
    assert {known["rule"] for _, known in cases} == set(broken.outcome.verdicts)
    assert {known["level"] for _, known in cases} == {"MUST", "SHOULD"}
    assert Counter(known["verdict"] for _, known in cases) == Counter(
        case["verdict"] for rule in broken.outcome.run["rules"] for case in rule["cases"]
    )


def test_the_evidence_of_a_fault_begins_with_two_sentences(broken: Ended) -> None:
    """Terminal, run.json, junit.xml and the HTML begin with what was expected and observed."""
    rule = next(rule for rule in broken.outcome.run["rules"] if rule["id"] == BROKEN)
    case = next(case for case in rule["cases"] if case["verdict"] == "failed")
    report = ET.fromstring(broken.outcome.files["junit.xml"])  # noqa: S314  (our own file)
    failures = [str(failure.text) for failure in report.iter("failure")]

    (id_, statement), *_ = rule["statements"].items()
    both = f"expected: {case['expected']}\nobserved: {case['observed']}\n\n"
    assert case["evidence"].startswith(f"{both}{id_}  {statement}\n")
    assert "assert" not in case["evidence"]
    assert case["source"].startswith("suites/")
    assert case["curl"].startswith("curl ")
    assert case["script"][0] == "("
    assert f"{case['evidence']}\n\n{case['curl']}\n\n{case['source']}" in failures
    assert case["evidence"].splitlines()[0] in broken.outcome.output
    assert f"expected: {html.escape(case['expected'])[:40]}" in html.unescape(
        broken.outcome.files["report.html"]
    )


def test_a_run_without_permission_only_reads(reading: Ended) -> None:
    """Without --allow-writes nothing but GET reaches the server, and no override."""
    requests = reading.server.requests

    assert {request.method for request in requests} == {"GET"}
    assert set(reading.outcome.run["requests"]["by_method"]) == {"GET"}
    assert reading.outcome.run["requests"]["total"] >= len(requests) > 100
    assert [
        request
        for request in requests
        if request.header("X-HTTP-Method-Override") or "_method" in request.target
    ] == []


def test_a_run_without_permission_sends_no_new_record(reading: Ended) -> None:
    """Not even a server that takes a GET for a POST is made to create something."""
    assert [
        (request.target, request.body)
        for request in reading.server.requests
        if request.body or "name=" in request.target
    ] == []


def test_a_run_without_permission_breaks_nothing(reading: Ended) -> None:
    """What may not be written is not run and no failure; what can be read is judged."""
    outcome = reading.outcome

    assert (outcome.exit_code, outcome.rules("failed", "error", "inconclusive")) == (0, set())
    assert "get-one-answers-that-record" in outcome.rules("passed")
    assert "post-creates-exactly-one" in outcome.rules("not run")
    assert outcome.run["verdict"] == "nothing broken"
    assert "need --allow-writes" in outcome.sentence


@pytest.mark.parametrize("name", ["writing", "broken"])
def test_a_run_takes_away_what_it_made(runs: Callable[[str], Ended], name: str) -> None:
    """After a run that wrote, the server has the records that it had before, broken or not."""
    ended = runs(name)

    assert "POST" in {request.method for request in ended.server.requests}
    assert ended.outcome.run["left_on_target"] == []
    assert ended.server.everything() == ended.before


def test_records_that_stay_are_named(runs: Callable[[str], Ended]) -> None:
    """Where clean-up is refused, the run ends with 13 and names what is left."""
    ended = runs("keeping")

    left = ended.outcome.run["left_on_target"]
    assert (ended.outcome.exit_code, ended.outcome.run["verdict"]) == (13, "records left")
    assert len(left) == len(ended.server.everything()) - len(ended.before) > 0
    assert left[0] in ended.outcome.sentence


@pytest.mark.parametrize(("name", "exit_code"), [("deviating", 0), ("strict", 1)])
def test_a_deviation_fails_only_where_that_is_asked_for(
    runs: Callable[[str], Ended], name: str, exit_code: int
) -> None:
    """A broken SHOULD rule is reported; it fails the run with --strict-should."""
    outcome = runs(name).outcome

    assert outcome.exit_code == exit_code
    assert outcome.rules("deviation") == {DEVIATING}
    assert DEVIATING in outcome.sentence
    assert "S58  " in outcome.output


def test_a_crash_of_a_rule_is_our_bug(tmp_path: Path) -> None:
    """An exception that is no assertion ends the run with 3 and says nothing of the target."""
    module = tmp_path / "test_crashing.py"
    module.write_text(CRASHING)

    outcome = suite(
        "suites/security/test_https.py", str(module), "-k", "something or ping", account=NOBODY
    )

    assert (outcome.exit_code, outcome.run["verdict"]) == (3, "suite error")
    assert outcome.rules("error") == {"crashing-rule"}
    assert "crashing-rule" in outcome.sentence
    assert "not the target's" in outcome.sentence
    rule = next(rule for rule in outcome.run["rules"] if rule["id"] == "crashing-rule")
    assert "KeyError" in rule["cases"][0]["evidence"]
    assert "site-packages" not in rule["cases"][0]["evidence"]


def test_a_path_outside_of_the_checkout_is_no_obstacle(runs: Callable[[str], Ended]) -> None:
    """A certificate authority's file may lie anywhere, also as a word of its own."""
    ended = runs("words")

    assert (ended.outcome.exit_code, ended.outcome.run["verdict"]) == (0, "nothing broken")
    assert len(ended.server.requests) > 0


def test_collecting_contacts_nobody(runs: Callable[[str], Ended]) -> None:
    """--collect-only names the rules' cases, asks the target nothing and concludes nothing."""
    ended = runs("collecting")

    assert ended.outcome.exit_code == 0
    assert "::test_put_unknown_id_creates_nothing" in ended.outcome.output
    assert ended.server.requests == []
    assert "run.json" not in ended.outcome.files


def properties(case: ET.Element) -> dict[str, str]:
    """Return the properties of a case in junit.xml."""
    return {each.attrib["name"]: each.attrib["value"] for each in case.iter("property")}
