"""From what happened to one case to its verdict, with the evidence for it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from conformance.results.case import Case
from conformance.results.costs import NEW_RECORDS, RECORDS, WRONG_CREDENTIALS, by_column
from conformance.results.evidence import (
    FEW_EXCHANGES,
    MOST_EXCHANGES,
    MOST_REPEATED,
    exchange_shown,
)
from conformance.results.ownership import Ownership
from conformance.results.pertinent import pertinent
from conformance.results.redaction import Redactor
from conformance.results.reproduction import curl_line
from conformance.results.script import Repeated, whole_script
from conformance.results.wording.stimulus import stimulus_of
from conformance.rules import Level
from conformance.runner.found import Found, what_was_found
from conformance.verdicts import BudgetSpent, OutcomeError, Unobservable, Verdict, worst
from conformance.wire.wrong_credentials import WrongCredentials

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

    from conformance.config.target import Target
    from conformance.results.redaction import Sent
    from conformance.rules import Rule
    from conformance.wire.exchanges import Exchange
    from conformance.wire.recorder import Recorder

_BROKEN = frozenset({Verdict.FAILED, Verdict.DEVIATION})
LONG_WAIT = 2.0
"""Seconds from which on it is told what a case waited for."""

LONGEST = 300
"""Characters that are shown of an error of ours."""

_TOLD_VERDICTS = frozenset({Verdict.ERROR, Verdict.FAILED, Verdict.DEVIATION, Verdict.INCONCLUSIVE})


class Judge:
    """Judges the cases of a run, and makes the texts of each, once for all reports."""

    def __init__(self, target: Target, sent: Sent) -> None:
        """Take the target, and what the run has sent so far."""
        self.redact = Redactor(target.credentials, sent, target.other_credentials)
        self.ownership = Ownership(sent)
        right = filter(None, (target.credentials, target.other_credentials))
        self._wrong_credentials = WrongCredentials(right)
        self._target = target
        self._sent = sent

    def case(self, rule: Rule, name: str, call: pytest.CallInfo[None], recorder: Recorder) -> Case:
        """Judge what happened to one case; `name` is the test's, with its parameters.

        Where its evidence cannot be made, that is a bug of ours, and the run goes on.
        """
        try:
            return self._case(rule, name, call, recorder)
        except Exception as error:  # noqa: BLE001  (a run ends with what it has found)
            case = Case(
                rule=rule,
                name=name.removeprefix("test_"),
                verdict=Verdict.ERROR,
                phase=call.when,
                reason=f"what was found cannot be told: {type(error).__name__}: {error}"[:LONGEST],
                requests=len(recorder.exchanges),
                sent=self._counted(recorder),
                seconds=call.duration,
            )
            return case.written(self.redact)

    def _case(self, rule: Rule, name: str, call: pytest.CallInfo[None], recorder: Recorder) -> Case:
        """Judge what happened to one case, and make its texts."""
        error = call.excinfo.value if call.excinfo is not None else None
        verdict = verdict_of(rule, error, recorder) if call.when != "teardown" else Verdict.ERROR
        told = verdict in _TOLD_VERDICTS
        about = self._about(recorder) if verdict in _BROKEN else []
        found = (
            what_was_found(rule, verdict, call.excinfo, recorder, about, self.ownership.in_text)
            if told
            else Found()
        )
        case = Case(
            rule=rule,
            name=name.removeprefix("test_"),
            verdict=verdict,
            phase=call.when,
            reason=self._reason(found, call.excinfo) if told else reason_of(call.excinfo),
            expected=found.expected,
            observed=found.observed,
            finding=found.further,
            source=found.source,
            exchanges=self._exchanges(recorder, about) if told else (),
            curl=stimulus_curl_line(recorder, self._target, about),
            requests=len(recorder.exchanges),
            sent=self._counted(recorder),
            seconds=call.duration,
            observations=dict(recorder.observations) or {"exchanges": len(recorder.exchanges)},
            readings=dict(recorder.readings),
            waited_for=longest_wait(recorder.exchanges),
            lacking=isinstance(error, Unobservable),
            over_budget=isinstance(error, BudgetSpent),
        )
        case = replace(case, script=self._script(case, recorder, about))
        return case.written(self.redact)

    def _counted(self, recorder: Recorder) -> dict[str, int]:
        """Count what a case has sent: requests by method, new records, wrong credentials."""
        exchanges = recorder.exchanges
        taken = [
            each.outgoing for each in exchanges if each.response is not None and each.response.ok
        ]
        made = [each for each in taken if "POST" in each.methods]
        new = [each for each in made if each.methods == {"POST"}]
        wrong = sum(map(self._wrong_credentials.were_in, exchanges))
        methods = by_column((each.method, 1) for each in exchanges)
        records = {RECORDS: len(made), NEW_RECORDS: max(0, len(new) - recorder.replaceable)}
        return {**methods, **records, WRONG_CREDENTIALS: wrong}

    def _reason(self, found: Found, excinfo: pytest.ExceptionInfo[BaseException] | None) -> str:
        """Return one line that says what ended a case that is told of."""
        if excinfo is None:
            return "nothing was observed"
        return found.observed or self.ownership.in_text(reason_of(excinfo))

    def _exchanges(self, recorder: Recorder, about: Sequence[Exchange]) -> tuple[str, ...]:
        """Return as text what a finding is about, or the last exchanges of a case.

        Of generated examples, those of the smallest.
        """
        generated = recorder.failed is not None
        many = generated and len(recorder.last(MOST_REPEATED)) > MOST_EXCHANGES
        shown = about or recorder.last(FEW_EXCHANGES if many else MOST_EXCHANGES)
        return tuple(
            exchange_shown(each, self.redact, brief=generated, mask=self.ownership.in_body)
            for each in shown
        )

    def _script(self, case: Case, recorder: Recorder, about: Sequence[Exchange]) -> tuple[str, ...]:
        """Return the script that repeats a case which did not hold from scratch."""
        if case.verdict not in _BROKEN:
            return ()
        everything = recorder.last(len(self._sent.exchanges))
        few = 0 < len(everything) <= MOST_REPEATED
        shown = everything if few else about or everything[-MOST_REPEATED:]
        parameters = f"[{case.parameters}]" if case.parameters else ""
        rule = f"{case.rule.id}{parameters}"
        repeated = Repeated(rule, case.expected, case.observed, shown, self._sent.exchanges)
        return tuple(whole_script(repeated, self._target))

    def _about(self, recorder: Recorder) -> list[Exchange]:
        """Return the exchanges that a finding itself is about, of the case or else of the run."""
        compared = recorder.last_comparison
        if compared is None or recorder.failed is not None:
            return []
        own = recorder.last(len(recorder.exchanges))
        return pertinent(compared.left, own or self._sent.exchanges)


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


def longest_wait(exchanges: Sequence[Exchange]) -> str:
    """Return what took longest of a case, and how long; "" where nothing took long."""
    longest = max(exchanges, key=lambda each: each.seconds, default=None)
    if longest is None or longest.seconds < LONG_WAIT:
        return ""
    came = longest.failure or "it took its time"
    return f"{longest.method} {longest.url}: {came} ({longest.seconds:.1f} s)"


def stimulus_curl_line(recorder: Recorder, target: Target, about: Sequence[Exchange] = ()) -> str:
    """Return the curl command of a case's stimulus; "" where nothing was sent.

    What the finding is about, or the last request that is more than a look at the outcome.
    """
    stimulus = stimulus_of(about or recorder.last(MOST_EXCHANGES))
    return curl_line(stimulus, target) if stimulus is not None else ""
