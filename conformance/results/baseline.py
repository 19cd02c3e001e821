"""A baseline: an earlier run, as its run.json has it, that a run is compared with.

It answers one question of a release: what held before, and does not now. What was broken before is
known and fails no run; where it holds now, the baseline is stale, so that it cannot break again
unnoticed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator

from conformance.config.checked import checked_file
from conformance.config.target import TargetError
from conformance.rules import Level
from conformance.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from conformance.results.case import Case
    from conformance.results.run import Judged

RUN_FILE = "run.json"
SCHEMA_FILE = Path(__file__).parents[2] / "schemas" / "run.schema.json"

HELD = frozenset({Verdict.PASSED, Verdict.DEVIATION})
BROKEN = frozenset({Verdict.FAILED})
WITH_DEVIATIONS = BROKEN | {Verdict.DEVIATION}
UNSEEN = frozenset({Verdict.NOT_RUN, Verdict.INCONCLUSIVE})


@dataclass(frozen=True, slots=True)
class Baseline:
    """An earlier run: when it was and of what, and its verdicts on rules and on their cases.

    `broken` are the verdicts by which a rule counts as broken in this run.
    """

    base_url: str
    started: str
    suite: str
    rules: Mapping[str, Verdict]
    cases: Mapping[tuple[str, str], Verdict]
    readings: Mapping[str, list[str]]
    broken: frozenset[Verdict] = BROKEN

    def knows(self, case: Case) -> bool:
        """Tell whether a case is broken, and was broken before."""
        before = self.cases.get((case.rule.id, case.name))
        return case.verdict in self.broken and before in self.broken

    def __str__(self) -> str:
        """Which run it is."""
        return f"the run of {self.started} against {self.base_url}, suite {self.suite}"


@dataclass(frozen=True, slots=True)
class Changes:
    """What is otherwise than in a baseline: ids of rules, and questions of reading.

    `since` held and are broken now, `untried` are broken and were not tried then; `known` are
    broken as before, `fixed` hold and were broken. `withdrawn` bind and held, and do not apply any
    more; `unseen` held, and were not seen now.
    """

    since: tuple[str, ...]
    untried: tuple[str, ...]
    known: tuple[str, ...]
    fixed: tuple[str, ...]
    withdrawn: tuple[str, ...]
    unseen: tuple[str, ...]
    readings: tuple[str, ...]

    @property
    def broken(self) -> list[str]:
        """What is broken and was not known to be."""
        return [*self.since, *self.untried]


def read_baseline(path: Path, reports: Path, *, strict: bool) -> Baseline:
    """Return the run that a run.json holds; with `strict`, deviations count as broken.

    Raises TargetError where it is none, has tried no rule, or would be written over by the results
    of this run.
    """
    if path.resolve() == (reports / RUN_FILE).resolve():
        message = (
            f"the baseline {str(path)!r} would be written over by this run: keep it in another "
            "place, or give --reports another directory"
        )
        raise TargetError(message)
    document = _document(path)
    rules = {rule["id"]: Verdict(rule["verdict"]) for rule in document["rules"]}
    if not {*HELD, *BROKEN} & {*rules.values()}:
        message = (
            f"the baseline {str(path)!r} has tried no rule ({document['verdict']}): "
            "take the run.json of a run that came to its end"
        )
        raise TargetError(message)
    return Baseline(
        document["target"]["base_url"],
        document["started"],
        document["suite"]["version"],
        rules,
        {
            (rule["id"], case["name"]): Verdict(case["verdict"])
            for rule in document["rules"]
            for case in rule["cases"]
        },
        document["readings"],
        WITH_DEVIATIONS if strict else BROKEN,
    )


def _document(path: Path) -> dict[str, Any]:
    """Return what a run.json holds; raises TargetError where it is not one."""
    try:
        document: dict[str, Any] = json.loads(
            checked_file(path, "baseline").read_text(encoding="utf-8")
        )
    except ValueError as error:  # no JSON, or no UTF-8
        message = f"the baseline {str(path)!r} is not JSON: give the run.json of an earlier run"
        raise TargetError(message) from error
    schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    for violation in Draft202012Validator(schema).iter_errors(document):
        where = "/".join(map(str, violation.absolute_path)) or "its top"
        message = (
            f"the baseline {str(path)!r} is no run.json that this suite reads: "
            f"at {where}: {violation.message[:200]}"
        )
        raise TargetError(message)
    return document


def changes_since(
    baseline: Baseline, judged: Iterable[Judged], readings: Mapping[str, list[str]]
) -> Changes:
    """Return what the rules and the readings of a run say otherwise than a baseline."""
    found: dict[str, list[str]] = {name: [] for name in Changes.__slots__ if name != "readings"}
    for each in judged:
        if name := _change(baseline, each):
            found[name].append(each.rule.id)
    other = [
        question
        for question, answers in readings.items()
        if baseline.readings.get(question, answers) != answers
    ]
    return Changes(**{name: tuple(ids) for name, ids in found.items()}, readings=tuple(other))


def _change(baseline: Baseline, judged: Judged) -> str:
    """Return the name of what became of a rule; "" where nothing is to be said."""
    before = baseline.rules.get(judged.rule.id, Verdict.NOT_RUN)
    now = judged.verdict
    if now in baseline.broken:
        new = [each for each in judged.cases if each.verdict in baseline.broken]
        if all(map(baseline.knows, new)):
            return "known"
        return "since" if before in HELD | baseline.broken else "untried"
    if now in HELD:
        return "fixed" if before in baseline.broken else ""
    if before in HELD and now is Verdict.NOT_APPLICABLE:
        return "withdrawn" if judged.rule.level is Level.MUST else "unseen"
    return "unseen" if before in HELD and now in UNSEEN else ""
