"""From what happened to one case to its verdict, with the evidence for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from conformance.results.case import Case
from conformance.results.costs import RECORDS, WRONG_CREDENTIALS, by_column
from conformance.results.evidence import (
    FEW_EXCHANGES,
    MOST_EXCHANGES,
    MOST_REPEATED,
    exchange_shown,
)
from conformance.results.redaction import Redactor
from conformance.results.reproduction import curl_line, script
from conformance.rules import Level
from conformance.verdicts import BudgetSpent, OutcomeError, Unobservable, Verdict, worst
from conformance.wire.wrong_credentials import WrongCredentials

if TYPE_CHECKING:
    import pytest

    from conformance.config.target import Target
    from conformance.results.redaction import Sent
    from conformance.rules import Rule
    from conformance.wire.recorder import Recorder

SUITES = "suites"
MOST_LINES = 3
"""Lines of what came that are shown of a generated example."""

CALL_OF_A_TEST = "pytest_pyfunc_call"
"""The function of pytest that calls a test's own; what is above it in a traceback is machinery."""

_TOLD_VERDICTS = frozenset({Verdict.ERROR, Verdict.FAILED, Verdict.DEVIATION, Verdict.INCONCLUSIVE})


class Judge:
    """Judges the cases of a run, and makes the texts of each, once for all reports."""

    def __init__(self, target: Target, sent: Sent) -> None:
        """Take the target, and what the run has sent so far."""
        self.redact = Redactor(target.credentials, sent, target.other_credentials)
        right = filter(None, (target.credentials, target.other_credentials))
        self._wrong_credentials = WrongCredentials(right)
        self._target = target
        self._sent = sent

    def case(self, rule: Rule, name: str, call: pytest.CallInfo[None], recorder: Recorder) -> Case:
        """Judge what happened to one case; `name` is the test's, with its parameters."""
        error = call.excinfo.value if call.excinfo is not None else None
        verdict = verdict_of(rule, error, recorder) if call.when != "teardown" else Verdict.ERROR
        nothing = error is None and verdict is Verdict.INCONCLUSIVE
        told = verdict in _TOLD_VERDICTS
        case = Case(
            rule=rule,
            name=name.removeprefix("test_"),
            verdict=verdict,
            phase=call.when,
            reason="nothing was observed" if nothing else reason_of(call.excinfo),
            finding=finding_of(verdict, call.excinfo, recorder) if told else "",
            exchanges=exchanges_of(recorder, self.redact) if told else (),
            script=self._script(recorder) if told else (),
            curl=stimulus_curl_line(recorder, self._target),
            requests=len(recorder.exchanges),
            sent=self._counted(recorder),
            seconds=call.duration,
            observations=dict(recorder.observations) or {"exchanges": len(recorder.exchanges)},
            readings=dict(recorder.readings),
            lacking=isinstance(error, Unobservable),
            over_budget=isinstance(error, BudgetSpent),
        )
        return case.written(self.redact)

    def _counted(self, recorder: Recorder) -> dict[str, int]:
        """Count what a case has sent: requests by method, new records, wrong credentials."""
        exchanges = recorder.exchanges
        made = sum(
            "POST" in each.outgoing.methods and each.response is not None and each.response.ok
            for each in exchanges
        )
        wrong = sum(
            self._wrong_credentials.are_in(each.method, each.request_headers) for each in exchanges
        )
        methods = by_column((each.method, 1) for each in exchanges)
        return {**methods, RECORDS: made, WRONG_CREDENTIALS: wrong}

    def _script(self, recorder: Recorder) -> tuple[str, ...]:
        """Return the script that repeats the smallest generated example that failed, if any."""
        if recorder.failed is None:
            return ()
        shown = recorder.last(MOST_REPEATED)
        return tuple(script(shown, self._sent.exchanges, self._target))


def verdict_of(rule: Rule, error: BaseException | None, recorder: Recorder) -> Verdict:
    """Return the verdict of a case from the exception that ended it, if one did.

    An assertion judges the target; an OutcomeError says its verdict itself; anything else is our
    own bug. Where nothing was observed there is no pass.
    """
    if error is None:
        return Verdict.PASSED if recorder.saw_something else Verdict.INCONCLUSIVE
    causes = causes_of(error)
    if any(isinstance(cause, AssertionError) for cause in causes):
        return Verdict.FAILED if rule.level is Level.MUST else Verdict.DEVIATION
    verdicts = [cause.verdict for cause in causes if isinstance(cause, OutcomeError)]
    return worst(verdicts) if len(verdicts) == len(causes) else Verdict.ERROR


def causes_of(error: BaseException) -> list[BaseException]:
    """Return an exception as a list, or the exceptions that a group holds.

    Hypothesis raises a group where a target answers the same requests now so, now so.
    """
    if isinstance(error, BaseExceptionGroup):
        return [cause for each in error.exceptions for cause in causes_of(each)]
    return [error]


def reason_of(excinfo: pytest.ExceptionInfo[BaseException] | None) -> str:
    """Return one line that says what ended a case; "" where nothing did."""
    if excinfo is None:
        return ""
    text = str(excinfo.value) or type(excinfo.value).__name__
    return text.splitlines()[0]


def exchanges_of(recorder: Recorder, redact: Redactor) -> tuple[str, ...]:
    """Return the last exchanges of a case as text; of generated examples, the smallest's."""
    generated = recorder.failed is not None
    many = generated and len(recorder.last(MOST_REPEATED)) > MOST_EXCHANGES
    shown = recorder.last(FEW_EXCHANGES if many else MOST_EXCHANGES)
    return tuple(exchange_shown(exchange, redact, brief=generated) for exchange in shown)


def stimulus_curl_line(recorder: Recorder, target: Target) -> str:
    """Return the curl command of a case's stimulus; "" where nothing was sent.

    The last request that is more than a look at the outcome: any but a GET of the account itself.
    """
    shown = recorder.last(MOST_EXCHANGES)
    stimuli = [each for each in shown if each.method != "GET" or each.role != "api"] or shown
    return curl_line(stimuli[-1], target) if stimuli else ""


def finding_of(
    verdict: Verdict, excinfo: pytest.ExceptionInfo[BaseException] | None, recorder: Recorder
) -> str:
    """Say what was expected and what came, and where the suite asked."""
    if excinfo is None:
        return "There is nothing to judge: nothing was observed."
    if verdict is Verdict.ERROR:
        calls = [at for at, each in enumerate(excinfo.traceback, 1) if each.name == CALL_OF_A_TEST]
        excinfo.traceback = excinfo.traceback[calls[-1] if calls else 0 :]
        trace = excinfo.getrepr(style="short")
        return f"The suite itself failed here; it says nothing about the target.\n{trace}"
    if verdict is Verdict.INCONCLUSIVE:
        return f"Could not be tried: {excinfo.value}"
    entries = [entry for entry in excinfo.traceback if SUITES in Path(entry.path).parts]
    entry = (entries or list(excinfo.traceback))[-1]  # the last line of the rule itself
    lines = [
        *(f"with      {value}" for value in (recorder.failed.values if recorder.failed else ())),
        f"expected  {str(entry.statement).strip()}",
        f"actual    {_shortened(str(excinfo.value).strip(), recorder)}",
        f"at {_place(Path(entry.path))}:{entry.lineno + 1}",
        *getattr(excinfo.value, "__notes__", []),
    ]
    return "\n".join(lines)


def _shortened(text: str, recorder: Recorder) -> str:
    """Return what came, cut where a generated example would otherwise not fit on a screen."""
    lines = text.splitlines()
    if recorder.failed is None or len(lines) <= MOST_LINES:
        return text
    return "\n".join([*lines[:MOST_LINES], f"… ({len(lines)} lines in all)"])


def _place(path: Path) -> str:
    """Return a path from suites/ on."""
    parts = path.parts
    return "/".join(parts[parts.index(SUITES) :]) if SUITES in parts else path.name
