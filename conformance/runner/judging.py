"""From the outcome of one case to its verdict and its evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from conformance.results.evidence import (
    FEW_EXCHANGES,
    MOST_EXCHANGES,
    MOST_REPEATED,
    Redactor,
    curl_line,
    exchange_shown,
)
from conformance.rules import Level
from conformance.spec.statements import statements
from conformance.verdicts import BudgetSpent, OutcomeError, Unobservable, Verdict, worst

if TYPE_CHECKING:
    import pytest

    from conformance.config.target import Target
    from conformance.rules import Rule
    from conformance.wire.recorder import Recorder

SUITES = "suites"
MOST_LINES = 3
"""The maximum number of lines of the actual result of a generated example."""

CALL_OF_A_TEST = "pytest_pyfunc_call"
"""The function of pytest that calls a test; traceback entries above it are pytest's own."""

CASE = "conformance_case"
"""The attribute of a pytest report that holds its judged case."""

_SHOWN_VERDICTS = frozenset(
    {Verdict.ERROR, Verdict.FAILED, Verdict.DEVIATION, Verdict.INCONCLUSIVE}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case of a rule, judged.

    `requests` counts the requests of the case; `reason` is one line for a verdict other than
    passed; `evidence` is the full text, beginning with the statement; `curl` repeats the last
    request. `observations` count what was compared. `lacking` marks an inconclusive case for which
    the account only lacks records, and `over_budget` one that came after the budget was spent.
    """

    rule: str
    name: str
    verdict: Verdict
    reason: str = ""
    evidence: str = ""
    curl: str = ""
    requests: int = 0
    seconds: float = 0.0
    observations: dict[str, int] = field(default_factory=dict)
    readings: dict[str, str] = field(default_factory=dict)
    lacking: bool = False
    over_budget: bool = False


def case_of(report: object) -> Case | None:
    """Return the judged case of a report; None for a report without one."""
    case = getattr(report, CASE, None)
    return case if isinstance(case, Case) else None


def judged_case(
    rule: Rule, name: str, call: pytest.CallInfo[None], recorder: Recorder, target: Target
) -> Case:
    """Judge one case of a rule; `name` is the test's, with its parameters."""
    redact = Redactor(target.credentials, recorder.exchanges)
    error = call.excinfo.value if call.excinfo is not None else None
    verdict = verdict_of(rule, error, recorder) if call.when != "teardown" else Verdict.ERROR
    nothing = error is None and verdict is Verdict.INCONCLUSIVE
    return Case(
        rule=rule.id,
        name=name.removeprefix("test_"),
        verdict=verdict,
        reason="nothing was observed" if nothing else redact(reason_of(call.excinfo)),
        evidence=evidence_of(rule, verdict, call.excinfo, recorder, redact),
        curl=stimulus_curl_line(recorder, target, redact),
        requests=len(recorder.exchanges),
        seconds=call.duration,
        observations=dict(recorder.observations) or {"exchanges": len(recorder.exchanges)},
        readings=dict(recorder.readings),
        lacking=isinstance(error, Unobservable),
        over_budget=isinstance(error, BudgetSpent),
    )


def verdict_of(rule: Rule, error: BaseException | None, recorder: Recorder) -> Verdict:
    """Return the verdict of a case from the exception that ended it, if any.

    An assertion judges the target; an OutcomeError has its own verdict; any other exception is a
    bug of the suite. A case without observations does not pass.
    """
    if error is None:
        return Verdict.PASSED if recorder.saw_something else Verdict.INCONCLUSIVE
    causes = causes_of(error)
    if any(isinstance(cause, AssertionError) for cause in causes):
        return Verdict.FAILED if rule.level is Level.MUST else Verdict.DEVIATION
    verdicts = [cause.verdict for cause in causes if isinstance(cause, OutcomeError)]
    return worst(verdicts) if len(verdicts) == len(causes) else Verdict.ERROR


def causes_of(error: BaseException) -> list[BaseException]:
    """Return an exception as a list, or the exceptions of a group.

    Hypothesis raises a group where a target answers identical requests differently.
    """
    if isinstance(error, BaseExceptionGroup):
        return [cause for each in error.exceptions for cause in causes_of(each)]
    return [error]


def reason_of(excinfo: pytest.ExceptionInfo[BaseException] | None) -> str:
    """Return one line about the exception that ended a case; "" where there is none."""
    if excinfo is None:
        return ""
    text = str(excinfo.value) or type(excinfo.value).__name__
    return text.splitlines()[0]


def evidence_of(
    rule: Rule,
    verdict: Verdict,
    excinfo: pytest.ExceptionInfo[BaseException] | None,
    recorder: Recorder,
    redact: Redactor,
) -> str:
    """Return the evidence of a case that did not pass: statement, finding, exchanges.

    For generated examples, that of the smallest that failed.
    """
    if verdict not in _SHOWN_VERDICTS:
        return ""
    generated = recorder.failed is not None
    many = generated and len(recorder.last(MOST_REPEATED)) > MOST_EXCHANGES
    parts = [
        "\n".join(f"{id_}  {statements()[id_].text}" for id_ in rule.statements),
        f"Rule {rule.id} ({rule.level.value}, {rule.basis.value}): {rule.title}",
        redact("\n".join(_finding(verdict, excinfo, recorder))),
        *(
            exchange_shown(exchange, redact, brief=generated)
            for exchange in recorder.last(FEW_EXCHANGES if many else MOST_EXCHANGES)
        ),
    ]
    return "\n\n".join(part for part in parts if part)


def stimulus_curl_line(recorder: Recorder, target: Target, redact: Redactor) -> str:
    """Return the curl command of a case's stimulus; "" where nothing was sent.

    The stimulus is the last request that is not a GET by the account's own caller, or else the
    last.
    """
    shown = recorder.last(MOST_EXCHANGES)
    stimuli = [each for each in shown if each.method != "GET" or each.role != "api"] or shown
    return curl_line(stimuli[-1], target, redact) if stimuli else ""


def _finding(
    verdict: Verdict, excinfo: pytest.ExceptionInfo[BaseException] | None, recorder: Recorder
) -> list[str]:
    """Return what was expected, what was observed, and the place in the suite."""
    if excinfo is None:
        return ["There is nothing to judge: nothing was observed."]
    if verdict is Verdict.ERROR:
        calls = [at for at, each in enumerate(excinfo.traceback, 1) if each.name == CALL_OF_A_TEST]
        excinfo.traceback = excinfo.traceback[calls[-1] if calls else 0 :]
        trace = excinfo.getrepr(style="short")
        return [f"The suite itself failed here; it says nothing about the target.\n{trace}"]
    if verdict is Verdict.INCONCLUSIVE:
        return [f"Could not be tried: {excinfo.value}"]
    entries = [entry for entry in excinfo.traceback if SUITES in Path(entry.path).parts]
    entry = (entries or list(excinfo.traceback))[-1]  # the last line of the rule itself
    return [
        *(f"with      {value}" for value in (recorder.failed.values if recorder.failed else ())),
        f"expected  {str(entry.statement).strip()}",
        f"actual    {_shortened(str(excinfo.value).strip(), recorder)}",
        f"at {_place(Path(entry.path))}:{entry.lineno + 1}",
        *getattr(excinfo.value, "__notes__", []),
    ]


def _shortened(text: str, recorder: Recorder) -> str:
    """Return the actual result, cut for a generated example to fit on a screen."""
    lines = text.splitlines()
    if recorder.failed is None or len(lines) <= MOST_LINES:
        return text
    return "\n".join([*lines[:MOST_LINES], f"… ({len(lines)} lines in all)"])


def _place(path: Path) -> str:
    """Return a path relative to the parent of suites/."""
    parts = path.parts
    return "/".join(parts[parts.index(SUITES) :]) if SUITES in parts else path.name
