"""A run compared with an earlier one: what held before and does not now, and how that ends."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from calling import called
from jsonschema import Draft202012Validator

from conformance.config.credentials import Credentials
from conformance.config.target import Target, TargetError
from conformance.results.baseline import BROKEN, SCHEMA_FILE, Baseline, read_baseline
from conformance.results.case import Case
from conformance.results.conclusion import Conclusion, conclude
from conformance.results.run import Run
from conformance.results.run_file import run_document
from conformance.results.run_kind import RunKind
from conformance.rules import RELIED_ON, STATED, Rule
from conformance.verdicts import Verdict
from reference.faults import faults
from reference.server import Reference
from reference.serving import Serving

if TYPE_CHECKING:
    from collections.abc import Mapping

TARGET = Target(
    base_url="https://host/2.4.9",
    http_url="http://host",
    credentials=Credentials("ada", "secret"),
    reports=Path("reports"),
)
MUST = Rule("must-rule", ("S12",), STATED, "A claim that binds.")
OTHER = Rule("other-rule", ("S01",), STATED, "Another claim.")
SHOULD = Rule("should-rule", ("S57",), RELIED_ON, "A claim that does not.")
RULES = {each.id: each for each in (MUST, OTHER, SHOULD)}
PASSED, FAILED, DEVIATION = Verdict.PASSED, Verdict.FAILED, Verdict.DEVIATION
NOT_RUN, INCONCLUSIVE = Verdict.NOT_RUN, Verdict.INCONCLUSIVE
NOT_APPLICABLE = Verdict.NOT_APPLICABLE

Verdicts = dict[str, Verdict]
"""Verdicts by the names of cases: the id of a rule, or that with parameters in brackets."""


def run_of(verdicts: Verdicts, *, strict: bool = False, **readings: str) -> Run:
    """Return a full run that ended with these verdicts."""
    target = replace(TARGET, strict_should=strict)
    cases = [
        Case(
            rule=RULES[name.partition("[")[0]],
            name=name,
            verdict=verdict,
            readings=readings,
            lacking=verdict is INCONCLUSIVE,
        )
        for name, verdict in verdicts.items()
    ]
    return Run(target, 1, RunKind.FULL, rules=[*RULES.values()], cases=cases)


def concluded(before: Verdicts, now: Verdicts, *, strict: bool = False) -> Conclusion:
    """Return what a run says with these verdicts before and now; other-rule holds in both."""
    earlier, later = run_of(before | {"other-rule": PASSED}), now | {"other-rule": PASSED}
    run = run_of(later, strict=strict)
    run.baseline = baseline_of(earlier, strict=strict)
    found = conclude(run, 0)
    document = run_document(run, found)
    schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    assert [each.message for each in Draft202012Validator(schema).iter_errors(document)] == []
    return found


def baseline_of(run: Run, *, strict: bool = False) -> Baseline:
    """Return a run as the baseline of another."""
    path = Path("run.json")
    document = run_document(run, conclude(run, 0))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("conformance.results.baseline._document", lambda _: document)
        return read_baseline(path, Path("elsewhere"), strict=strict)


@pytest.mark.parametrize(
    ("before", "now", "code", "word", "told"),
    [
        (PASSED, PASSED, 0, "conformant", "2 of 3 rules hold and none is broken"),
        (FAILED, FAILED, 0, "nothing new broken", "1 broken as in the baseline: must-rule"),
        (PASSED, FAILED, 1, "not conformant", "held in the baseline and broken: must-rule"),
        (NOT_RUN, FAILED, 1, "not conformant", "the baseline has not tried: must-rule"),
        (INCONCLUSIVE, FAILED, 1, "not conformant", "the baseline has not tried: must-rule"),
        (FAILED, PASSED, 12, "stale baseline", "held now: must-rule; take the run.json"),
        (FAILED, NOT_RUN, 0, "conformant", "1 of 3 rules hold"),
        (PASSED, NOT_APPLICABLE, 11, "incomplete", "not offered any more: must-rule"),
        (PASSED, NOT_RUN, 0, "conformant", "1 held in the baseline and not seen now: must-rule"),
        (PASSED, INCONCLUSIVE, 0, "conformant", "and not seen now: must-rule"),
        (NOT_APPLICABLE, NOT_APPLICABLE, 0, "conformant", "1 not applicable"),
    ],
)
def test_a_rule_is_compared_with_what_it_was(
    before: Verdict, now: Verdict, code: int, word: str, told: str
) -> None:
    """The exit code follows, and the sentence names the rule."""
    found = concluded({"must-rule": before}, {"must-rule": now})

    assert (found.exit_code, found.word) == (code, word)
    assert told in found.sentence


@pytest.mark.parametrize(
    ("before", "now", "code"),
    [
        ({"must-rule[a]": FAILED}, {"must-rule[a]": FAILED, "must-rule[b]": PASSED}, 0),
        ({"must-rule[a]": FAILED}, {"must-rule[a]": FAILED, "must-rule[b]": FAILED}, 1),
        ({"must-rule[a]": FAILED, "must-rule[b]": PASSED}, {"must-rule[b]": FAILED}, 1),
    ],
)
def test_a_broken_rule_that_breaks_in_another_case_is_no_known_one(
    before: Verdicts, now: Verdicts, code: int
) -> None:
    """What is known is known case by case."""
    assert concluded(before, now).exit_code == code


@pytest.mark.parametrize(
    ("before", "now", "strict", "code"),
    [
        (PASSED, DEVIATION, False, 0),
        (PASSED, DEVIATION, True, 1),
        (DEVIATION, DEVIATION, True, 0),
        (DEVIATION, PASSED, False, 0),
        (DEVIATION, PASSED, True, 12),
    ],
)
def test_deviations_count_where_they_are_told_to(
    before: Verdict, now: Verdict, code: int, *, strict: bool
) -> None:
    """With --strict-should alone, and in both runs."""
    found = concluded({"should-rule": before}, {"should-rule": now}, strict=strict)

    assert found.exit_code == code


def test_another_reading_is_told() -> None:
    """By the question that is answered otherwise."""
    run = run_of({"must-rule": PASSED}, page="refused", empty="cleared")
    run.baseline = baseline_of(run_of({"must-rule": PASSED}, page="answered", empty="cleared"))

    assert "1 open question answered otherwise than in the baseline: page" in (
        conclude(run, 0).sentence
    )


def test_a_case_is_known_where_it_was_broken() -> None:
    """And by its own name alone."""
    baseline = Baseline("", "", "", {}, {("must-rule", "a"): FAILED}, {}, BROKEN)
    known = Case(rule=MUST, name="a", verdict=FAILED)

    assert baseline.knows(known)
    assert not baseline.knows(replace(known, name="b"))
    assert not baseline.knows(replace(known, verdict=PASSED))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "does not exist"),
        ("{", "is not JSON"),
        ("{}", "is no run.json that this suite reads: at its top"),
        ("[]", "is no run.json that this suite reads"),
    ],
)
def test_what_is_no_earlier_run_is_refused(tmp_path: Path, text: str | None, message: str) -> None:
    """With what is wrong with it."""
    path = tmp_path / "baseline.json"
    if text is not None:
        path.write_text(text)

    with pytest.raises(TargetError, match=message):
        read_baseline(path, tmp_path / "reports", strict=False)


def test_a_run_that_tried_nothing_is_no_baseline() -> None:
    """As one that did not reach the server: it would let everything pass."""
    with pytest.raises(TargetError, match="has tried no rule"):
        baseline_of(run_of({"must-rule": NOT_RUN}))


def test_a_release_that_breaks_a_rule_is_caught_by_the_command(tmp_path: Path) -> None:
    """A known fault stays known, another one fails, and a repair is told."""
    ping = next(each for each in faults() if "curl-ping" in each.breaks)
    with Serving(Reference()) as good, Serving(ping()) as bad:
        first = _checked(tmp_path, bad)
        (tmp_path / "reports" / "run.json").rename(tmp_path / "baseline.json")
        known = _checked(tmp_path, bad, "--baseline=baseline.json")
        repaired = _checked(tmp_path, good, "--baseline=baseline.json")
        (tmp_path / "reports" / "run.json").rename(tmp_path / "repaired.json")
        broken = _checked(tmp_path, bad, "--baseline=repaired.json")
        own = _checked(tmp_path, bad, "--baseline=reports/run.json")

    assert (first["exit_code"], first["baseline"]) == (1, None)
    assert (known["exit_code"], known["baseline"]["changes"]["known"]) == (0, ["curl-ping"])
    assert (repaired["exit_code"], repaired["baseline"]["changes"]["fixed"]) == (12, ["curl-ping"])
    assert (broken["exit_code"], broken["baseline"]["changes"]["since"]) == (1, ["curl-ping"])
    assert own["returncode"] == 4
    assert "would be written over by this run" in own["told"]


def _checked(directory: Path, served: Serving, *words: str) -> Mapping[str, Any]:
    """Run `check` in a directory; return its run.json, with how it ended."""
    selected = ("--chapter=cURL", f"--ca-bundle={served.ca_file}")
    ended = called("check", served.base_url, *selected, *words, cwd=directory)
    path = directory / "reports" / "run.json"
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    told = ended.stdout + ended.stderr
    assert ended.returncode in (document["exit_code"], 4), told
    return document | {"returncode": ended.returncode, "told": told}
