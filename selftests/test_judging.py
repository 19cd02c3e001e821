"""From what happened to a case to its verdict."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conformance.config.credentials import Credentials
from conformance.config.target import Target
from conformance.rules import INFERRED, RELIED_ON, SHOWN, STATED, Basis, Rule
from conformance.runner.judging import Judge, reason_of, stimulus_curl_line, verdict_of
from conformance.spec.statements import statements
from conformance.verdicts import (
    NotApplicable,
    NotRun,
    SetupFailed,
    Unobservable,
    Verdict,
    not_applicable,
    not_run,
    unobservable,
)
from conformance.wire.documents import Unreadable
from conformance.wire.exchanges import Exchange
from conformance.wire.journal import Journal
from conformance.wire.recorder import Recorder
from conformance.wire.responses import Response

if TYPE_CHECKING:
    from conformance.results.case import Case

KNOWN = Credentials("ada", "open-sesame")
TARGET = Target(
    base_url="https://host/2.4.9", http_url="http://host", credentials=KNOWN, reports=Path()
)


def rule_on(basis: Basis) -> Rule:
    """Return a rule that has a basis."""
    return Rule("some-rule", ("S12", "S13"), basis, "PUT does something.")


def exchange(path: str = "/customers", **fields: str) -> Exchange:
    """Return an exchange about a path, its request with these header fields."""
    return Exchange(
        role="api",
        method="GET",
        url=f"https://host/2.4.9{path}",
        request_headers=fields,
        request_body=b"",
        response=Response(200, (("Content-Type", "application/json"),), b"{}"),
        seconds=0.0,
    )


def raised(error: BaseException) -> pytest.ExceptionInfo[BaseException]:
    """Return what pytest knows of an exception that was raised here."""
    with pytest.raises(BaseException) as excinfo:  # noqa: PT011  (it is the one given)
        raise error
    return excinfo


@pytest.mark.parametrize("basis", Basis)
def test_a_pass_needs_an_exchange(basis: Basis) -> None:
    """Without an exchange there was no observation, so the case is inconclusive."""
    recorders = (Recorder(), Recorder([exchange()]))

    verdicts = [verdict_of(rule_on(basis), None, each) for each in recorders]

    assert verdicts == [Verdict.INCONCLUSIVE, Verdict.PASSED]


@pytest.mark.parametrize(
    ("basis", "expected"),
    [
        (STATED, Verdict.FAILED),
        (SHOWN, Verdict.FAILED),
        (RELIED_ON, Verdict.DEVIATION),
        (INFERRED, Verdict.DEVIATION),
    ],
)
def test_an_assertion_fails_by_the_level_of_its_rule(basis: Basis, expected: Verdict) -> None:
    """What binds fails, what does not is a deviation; one in a group counts, too."""
    errors = (
        AssertionError("no"),
        BaseExceptionGroup("flaky", [ValueError(), AssertionError()]),
        ExceptionGroup("deep", [ExceptionGroup("deeper", [AssertionError()])]),
    )

    assert [verdict_of(rule_on(basis), error, Recorder()) for error in errors] == [expected] * 3


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (SetupFailed("x"), Verdict.INCONCLUSIVE),
        (Unobservable("x"), Verdict.INCONCLUSIVE),
        (Unreadable("x"), Verdict.INCONCLUSIVE),
        (NotApplicable("x"), Verdict.NOT_APPLICABLE),
        (NotRun("x"), Verdict.NOT_RUN),
        (KeyError("x"), Verdict.ERROR),
        (ExceptionGroup("flaky", [KeyError("x")]), Verdict.ERROR),
        (ExceptionGroup("flaky", [SetupFailed("x"), SetupFailed("y")]), Verdict.INCONCLUSIVE),
    ],
    ids=repr,
)
def test_what_is_no_assertion_is_not_held_against_the_target(
    error: BaseException, expected: Verdict
) -> None:
    """An outcome says its verdict itself, also in a group; everything else is a bug of ours."""
    assert verdict_of(rule_on(STATED), error, Recorder([exchange()])) is expected


@pytest.mark.parametrize(
    ("says", "kind"),
    [(unobservable, Unobservable), (not_applicable, NotApplicable), (not_run, NotRun)],
)
def test_a_rule_can_say_its_outcome(says: object, kind: type[Exception]) -> None:
    """The three words end a case with the reason that is given."""
    assert callable(says)
    with pytest.raises(kind, match=r"^because$"):
        says("because")


def test_a_reason_is_one_line() -> None:
    """The reason is the first line of the message, or the kind of exception where there is none."""
    assert reason_of(raised(SetupFailed("first\nsecond"))) == "first"
    assert reason_of(raised(KeyError())) == "KeyError"
    assert reason_of(None) == ""


def judged(
    error: BaseException | None, recorder: Recorder | None = None, basis: Basis = STATED
) -> Case:
    """Return the case of a rule that ended with an error, or without one."""

    def end() -> None:
        if error is not None:
            raise error

    call = pytest.CallInfo.from_call(end, "call")
    return Judge(TARGET, Journal()).case(rule_on(basis), "test_it[1]", call, recorder or Recorder())


def test_a_case_keeps_its_rule() -> None:
    """What is told of a case needs no look for its rule; the name is without what pytest needs."""
    case = judged(None, Recorder([exchange()]))

    assert (case.rule, case.name, case.parameters) == (rule_on(STATED), "it[1]", "1")
    assert (case.phase, case.verdict, case.requests) == ("call", Verdict.PASSED, 1)


def test_evidence_begins_with_two_sentences() -> None:
    """First what was expected and observed, then statements and rule, then exchanges."""
    recorder = Recorder([exchange("/customers/1"), exchange("/customers/2")])

    case = judged(AssertionError("assert 1 == 2"), recorder)

    known = statements()
    both, statement, told, *exchanges, script = case.evidence.split("\n\n")
    assert script.splitlines()[:2] == ["To repeat it:", "("]
    assert both == "expected: PUT does something\nobserved: assert 1 == 2"
    assert (case.expected, case.observed) == ("PUT does something", "assert 1 == 2")
    assert statement == f"S12  {known['S12'].text}\nS13  {known['S13'].text}"
    assert told == "Rule some-rule (MUST, stated): PUT does something."
    assert [each.split()[2] for each in exchanges] == [
        "https://host/2.4.9/customers/1",
        "https://host/2.4.9/customers/2",
    ]
    assert case.text == f"{case.evidence}\n\n{case.curl}\n\n{case.source}"
    assert case.source.endswith(": raise error")


def test_evidence_says_that_our_own_bug_is_ours() -> None:
    """An error blames the suite and shows where it happened."""
    evidence = judged(KeyError("key")).evidence

    assert "The suite itself failed" in evidence
    assert "test_judging.py" in evidence
    assert "KeyError" in evidence


@pytest.mark.parametrize("error", [None, NotApplicable("x"), NotRun("x")], ids=repr)
def test_what_is_nobodys_fault_needs_no_evidence(error: BaseException | None) -> None:
    """Only what somebody has to look into has evidence; of others the title is shown."""
    case = judged(error, Recorder([exchange()]))

    assert case.evidence == ""
    assert case.text.startswith("PUT does something.")
    assert case.text.endswith(f"\n\n{case.curl}")


def test_evidence_of_nothing_says_so() -> None:
    """A case that exchanged nothing says that nothing was observed."""
    case = judged(None)

    assert case.verdict is Verdict.INCONCLUSIVE
    assert "nothing was observed" in case.evidence


def test_evidence_leaves_out_what_fetched_a_challenge() -> None:
    """The first round trip of digest authentication tells nothing; six exchanges are enough."""
    challenged = Exchange(
        "api", "GET", "https://host/2.4.9/1", {}, b"", Response(401, (), b""), seconds=0.0
    )
    following = exchange("/1", Authorization='Digest username="ada"')
    others = [exchange(f"/{number}") for number in range(2, 10)]

    assert Recorder([challenged, following]).last(6) == [following]
    assert Recorder([challenged]).last(6) == [challenged]
    assert Recorder([challenged, following, *others]).last(6) == others[-6:]


def test_finding_shows_no_password() -> None:
    """A message of an assertion that holds the password is shown without it."""
    case = judged(AssertionError("assert 'open-sesame' == ''"))

    assert "open-sesame" not in case.evidence + case.reason


def test_no_request_makes_no_curl_line() -> None:
    """Where nothing was sent there is nothing to repeat."""
    sent = Recorder([exchange("/1")])

    assert stimulus_curl_line(Recorder(), TARGET) == ""
    assert stimulus_curl_line(sent, TARGET).endswith("/2.4.9/1")


def test_what_cannot_be_told_is_a_bug_of_ours_and_ends_no_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The case says so; nothing is raised to pytest."""

    def fails(*_: object) -> list[str]:
        message = "no words"
        raise UnicodeError(message)

    monkeypatch.setattr("conformance.runner.judging.whole_script", fails)
    case = judged(AssertionError("assert 1 == 2"), Recorder([exchange()]))

    assert (case.verdict, case.requests) == (Verdict.ERROR, 1)
    assert case.reason == "what was found cannot be told: UnicodeError: no words"
