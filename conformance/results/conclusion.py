"""What a run says about its target: a word, a sentence, an exit code."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.results.counts import named_few, number_of
from conformance.results.run_kind import RunKind
from conformance.results.since_baseline import (
    remarks,
    told_broken,
    told_stale,
    told_withdrawn,
)
from conformance.rules import Level
from conformance.verdicts import ExitCode, Verdict

if TYPE_CHECKING:
    from conformance.results.baseline import Changes
    from conformance.results.run import Judged, Run

WRITES_OPTION = "--allow-writes"
NEEDS_WRITES = f"needs {WRITES_OPTION}"
"""How the reason begins for which a rule that writes was not run."""

_NO_ANSWER = re.compile(r"no answer to \S+ \S+: ")
"""How reasons begin that name the request, too."""

_UNSEEN = (Verdict.NOT_RUN, Verdict.INCONCLUSIVE)

LONGEST_REASON, ALIKE = 300, 40
"""How many characters of a reason are shown, and how many make two of them the same."""


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What a run says about its target: a word, a sentence, an exit code."""

    word: str
    sentence: str
    exit_code: int


def conclude(run: Run, pytest_status: int) -> Conclusion:
    """Return what the run says, given the exit status that pytest would end with.

    Where results could not be written, that is no word about the target.
    """
    concluded = _concluded(run, pytest_status)
    if run.unwritten:
        text = "; ".join([*run.unwritten, f"{concluded.word}: {concluded.sentence}"])
        return Conclusion("results not written", text, ExitCode.INTERNAL_ERROR)
    return concluded


def _concluded(run: Run, pytest_status: int) -> Conclusion:
    judged = run.judged()
    faulty = _named(judged, Verdict.ERROR)
    if run.interrupted_by:
        return Conclusion("interrupted", _interruption(run, judged), ExitCode.INTERRUPTED)
    if run.unreachable:
        return Conclusion("unreachable", run.unreachable, ExitCode.UNREACHABLE)
    if faulty:
        text = f"The suite itself failed in {named_few(faulty)}: a bug of ours, not the target's"
        return Conclusion("suite error", text, ExitCode.INTERNAL_ERROR)
    if pytest_status not in (0, 1):
        why = f": {run.cut_short}" if run.cut_short else ""
        text = f"The run did not come to its end{why}{_left(run)}"
        return Conclusion("interrupted", text, pytest_status)
    judgement = _judgement(run, judged)
    if run.stopped and judgement.exit_code != ExitCode.NOT_CONFORMANT:
        judgement = _stop(run, judged)
    elif pytest_status and judgement.exit_code == ExitCode.CONFORMANT:
        text = "Tests failed that are no rules"
        judgement = Conclusion("not conformant", text, ExitCode.NOT_CONFORMANT)
    return judgement


def _interruption(run: Run, judged: list[Judged]) -> str:
    """Say how far the run came, what it had found by then, and what may be left."""
    broken = _named(judged, Verdict.FAILED)
    parts = [f"interrupted by {run.interrupted_by} after {len(run.cases)} of {run.planned} cases"]
    if broken:
        parts.append(f"{number_of(len(broken), 'rule')} broken by then: {named_few(broken)}")
    return "; ".join(parts) + _left(run)


def _stop(run: Run, judged: list[Judged]) -> Conclusion:
    """Say why nothing more was sent, how far the run came, and what may be left."""
    tried = sum(entry.verdict not in _UNSEEN for entry in judged)
    parts = [f"stopped: {run.stopped}", f"{tried} of {len(judged)} rules were seen by then"]
    exit_code = ExitCode.UNREACHABLE if run.gone else ExitCode.INCOMPLETE
    return Conclusion("stopped", "; ".join(parts) + _left(run), exit_code)


def _judgement(run: Run, judged: list[Judged]) -> Conclusion:
    """Return what the verdicts of the rules say about the target."""
    changes = run.changes
    broken = changes.broken if changes else _broken(run, judged)
    untried = [entry.rule.id for entry in judged if entry.untried]
    strange = f"; {run.preflight_warning}" if run.preflight_warning else ""
    strange += f"; stopped: {run.stopped}" if run.stopped else ""
    if broken:
        text = f"{len(broken)} of {len(judged)} rules broken: {named_few(broken)}"
        text = (told_broken(changes, len(judged)) if changes else text) + strange
        if untried:
            missing = number_of(len(untried), "binding rule")
            text += f"; {missing} could not be tried{_most_common(judged)}"
        text += _left(run)
        return Conclusion("not conformant", text, ExitCode.NOT_CONFORMANT)
    if untried:
        spent = "".join({f"; {each.reason}" for each in run.cases if each.over_budget})
        missing = number_of(len(untried), "binding rule")
        text = f"{missing} could not be tried: {named_few(untried)}"
        text += f"{_most_common(judged)}{spent or strange}{_left(run)}"
        return Conclusion("incomplete", text, ExitCode.INCOMPLETE)
    if not _named(judged, Verdict.PASSED):
        return Conclusion("incomplete", "No rule was seen to hold", ExitCode.INCOMPLETE)
    if run.left and not run.target.records_may_stay:
        text = f"Records of ours may be left on the target: {named_few(run.left)}"
        return Conclusion("records left", text, ExitCode.LEFTOVERS)
    return _compared(run, changes) or _praise(run, judged, changes)


def _compared(run: Run, changes: Changes | None) -> Conclusion | None:
    """Return what a baseline says of a run that broke nothing; None where it says nothing."""
    if changes is None:
        return None
    if changes.withdrawn:
        return Conclusion("incomplete", told_withdrawn(changes), ExitCode.INCOMPLETE)
    if changes.fixed:
        return Conclusion("stale baseline", told_stale(changes), ExitCode.STALE)
    if changes.known:
        told = "; ".join(remarks(changes))
        text = f"A {run.kind.value} run: nothing is broken that held before; {told}"
        return Conclusion("nothing new broken", text, ExitCode.CONFORMANT)
    return None


def _broken(run: Run, judged: list[Judged]) -> list[str]:
    """Return the rules that fail a run which has no baseline."""
    deviating = _named(judged, Verdict.DEVIATION) if run.target.strict_should else []
    return _named(judged, Verdict.FAILED) + deviating


def _praise(run: Run, judged: list[Judged], changes: Changes | None) -> Conclusion:
    """Return what a run says that found nothing wrong: CONFORMANT if it saw everything."""
    if run.required is not None and run.required is not run.kind:
        text = f"No {run.required.value} run: {seen_by(run.kind, judged)}"
        return Conclusion("incomplete", text, ExitCode.INCOMPLETE)
    held = "; ".join([_held(judged), *(remarks(changes) if changes else [])])
    if run.kind is RunKind.FULL:
        return Conclusion("conformant", held, ExitCode.CONFORMANT)
    text = f"{seen_by(run.kind, judged)}; {held}"
    return Conclusion("nothing broken", text, ExitCode.CONFORMANT)


def _most_common(judged: list[Judged]) -> str:
    """Return the reason that most inconclusive cases share, and how many do; "" without a case.

    What got no answer shares the reason whatever it was that it asked for, and texts that begin
    alike but for numbers are one reason.
    """
    found = [
        _NO_ANSWER.sub("no answer: ", case.reason)
        for entry in judged
        for case in entry.cases
        if case.verdict is Verdict.INCONCLUSIVE and not case.over_budget
    ]
    alike = Counter(map(_beginning, found))
    for beginning, times in alike.most_common(1):
        reason = next(each for each in found if _beginning(each) == beginning)
        shown = reason if len(reason) <= LONGEST_REASON else f"{reason[:LONGEST_REASON]}..."
        return f" ({_share(times, len(found))}{shown})"
    return ""


def _share(times: int, of: int) -> str:
    """Return how many cases a reason is that of; "" where it is that of all."""
    if times == of:
        return ""
    return "most of them: " if 2 * times >= of else "one of them: "


def _beginning(reason: str) -> str:
    """Return what reasons have in common that differ in numbers, or at their end."""
    return re.sub(r"\d+", "0", reason[:LONGEST_REASON])[:ALIKE]


def _left(run: Run) -> str:
    """Say what may be left on the target; "" where nothing is."""
    if not run.may_be_left:
        return ""
    counted = all(each.startswith("/") for each in run.may_be_left)
    known = number_of(len(run.left), "record") if counted else "records"
    return f"; {known} may be left: {named_few(run.may_be_left)}"


def _named(judged: list[Judged], verdict: Verdict) -> list[str]:
    return [entry.rule.id for entry in judged if entry.verdict is verdict]


def seen_by(kind: RunKind, judged: list[Judged]) -> str:
    """Say how much a run of a kind that is not full looked at."""
    seen = sum(entry.verdict not in _UNSEEN for entry in judged)
    barred = sum(
        any(NEEDS_WRITES in each.reason for each in entry.cases)
        for entry in judged
        if entry.verdict is Verdict.NOT_RUN
    )
    text = f"{kind.value} run: {seen} of {len(judged)} rules"
    return f"{text}; {barred} need {WRITES_OPTION}" if barred else text


def _nothing_to_see(judged: list[Judged]) -> str:
    """Say which binding rules the account lacks the records for; "" where it lacks none."""
    lacking = [
        each
        for each in judged
        if each.rule.level is Level.MUST
        and each.verdict is Verdict.INCONCLUSIVE
        and not each.untried
    ]
    if not lacking:
        return ""
    reasons = {case.reason for each in lacking for case in each.cases if case.lacking}
    unseen = number_of(len(lacking), "MUST rule")
    return f"{unseen} had nothing to look at: {named_few(sorted(reasons))}"


def _wanted(judged: list[Judged]) -> str:
    """Say what a run has to be told so that it runs what it did not run; "" where nothing helps.

    How many rules need --allow-writes is said elsewhere.
    """
    reasons = dict.fromkeys(
        case.reason.partition(":")[0]
        for entry in judged
        for case in entry.cases
        if entry.verdict is case.verdict is Verdict.NOT_RUN
        and case.reason.startswith("needs ")
        and NEEDS_WRITES not in case.reason
    )
    return f": {named_few([*reasons])}" if reasons else ""


def _held(judged: list[Judged]) -> str:
    """Say how many rules hold, and what is to be known beside that."""
    passed, deviating = _named(judged, Verdict.PASSED), _named(judged, Verdict.DEVIATION)
    parts = [f"{len(passed)} of {len(judged)} rules hold and none is broken"]
    if deviating:
        parts.append(f"deviations from {named_few(deviating)}")
    for verdict in (Verdict.NOT_APPLICABLE, Verdict.NOT_RUN, Verdict.INCONCLUSIVE):
        names = _named(judged, verdict)
        if names:
            wanted = _wanted(judged) if verdict is Verdict.NOT_RUN else ""
            parts.append(f"{len(names)} {verdict.value} ({named_few(names)}){wanted}")
    parts += filter(None, [_nothing_to_see(judged)])
    return "; ".join(parts)
