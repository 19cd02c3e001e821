"""What is said of a case that did not pass: two sentences, what else there is, and the source."""

from __future__ import annotations

from dataclasses import dataclass
from linecache import getlines
from pathlib import Path
from typing import TYPE_CHECKING

from conformance.results.wording.assertions import assertion_at
from conformance.results.wording.broken import Broken
from conformance.results.wording.differences import Sides
from conformance.results.wording.sentences import sentences
from conformance.results.wording.texts import shortened
from conformance.results.wording.values import in_words
from conformance.verdicts import Verdict
from conformance.wire.compared import Comparison
from conformance.wire.recorder import note_comparison

if TYPE_CHECKING:
    import ast
    from collections.abc import Callable, Sequence

    import pytest
    from _pytest._code import TracebackEntry

    from conformance.rules import Rule
    from conformance.wire.exchanges import Exchange
    from conformance.wire.recorder import Recorder

SUITES = "suites"

CALLS_OF_A_TEST = frozenset({"pytest_pyfunc_call", "call_rule"})
"""The functions that call a test's own; what is above them in a traceback is machinery."""

MOST_OF_A_MESSAGE = 200
"""Characters of an assertion's own message that are shown."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is said of a case: both sentences, further lines, and the assertion that ended it."""

    expected: str = ""
    observed: str = ""
    further: str = ""
    source: str = ""


def comparison_kept(op: str, left: object, right: object) -> list[str]:
    """Keep both sides of a comparison that did not hold; return what pytest shows of it.

    The sentences are made later, of what is kept here.
    """
    note_comparison(Comparison(op, left, right))
    return [f"{in_words(left)} {op} {in_words(right)}"]


def what_was_found(  # noqa: PLR0913, PLR0917  (all that is known of how a case ended)
    rule: Rule,
    verdict: Verdict,
    excinfo: pytest.ExceptionInfo[BaseException] | None,
    recorder: Recorder,
    about: Sequence[Exchange],
    mask: Callable[[str], str],
) -> Found:
    """Say what was expected and what was observed, or why nothing could be judged."""
    if excinfo is None:
        return Found(further="There is nothing to judge: nothing was observed.")
    if verdict is Verdict.ERROR:
        calls = [at for at, each in enumerate(excinfo.traceback, 1) if each.name in CALLS_OF_A_TEST]
        excinfo.traceback = excinfo.traceback[calls[-1] if calls else 0 :]
        trace = excinfo.getrepr(style="short")
        return Found(
            further=f"The suite itself failed here; it says nothing about the target.\n{trace}"
        )
    if verdict is Verdict.INCONCLUSIVE:
        return Found(further=f"Could not be tried: {mask(str(excinfo.value))}")
    entries = [entry for entry in excinfo.traceback if SUITES in Path(entry.path).parts]
    entry = (entries or list(excinfo.traceback))[-1]  # the last line of the rule itself
    node = assertion_at(Path(entry.path), entry.lineno + 1)
    sides = Sides(rule.title.rstrip("."), "")
    if node is not None:
        broken = Broken(
            test=node.test,
            title=rule.title,
            id=rule.id,
            names=entry.locals,
            comparison=recorder.last_comparison,
            unaccepted=recorder.last_unaccepted,
            exchanges=recorder.last(len(recorder.exchanges)),
            pertinent=about,
            mask=mask,
        )
        sides = _sides(broken) or sides
    values = recorder.failed.values if recorder.failed else ()
    notes = getattr(excinfo.value, "__notes__", [])
    return Found(
        sides.expected,
        sides.observed or mask(_message(excinfo.value)),
        mask("\n".join([*(f"with {value}" for value in values), *notes])),
        f"{_place(Path(entry.path))}:{entry.lineno + 1}: {_statement(entry, node)}",
    )


def _sides(broken: Broken) -> Sides | None:
    """Return both sentences; None where odd values cannot be worded, which must not end a run."""
    try:
        return sentences(broken)
    except Exception:  # noqa: BLE001  (whatever a target's values cause)
        return None


def _message(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return shortened(lines[0], MOST_OF_A_MESSAGE) if lines else type(error).__name__


def _statement(entry: TracebackEntry, node: ast.Assert | None) -> str:
    """Return the source of what ended a rule; pytest would parse its whole module for that."""
    if node is None:
        return str(entry.statement).strip()
    lines = getlines(str(entry.path))
    return "".join(lines[node.lineno - 1 : node.end_lineno]).strip()


def _place(path: Path) -> str:
    """Return a path from suites/ on."""
    parts = path.parts
    return "/".join(parts[parts.index(SUITES) :]) if SUITES in parts else path.name
