"""run.json: a whole run as data, checked against its schema before it is written."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from jsonschema import Draft202012Validator

from conformance import __version__
from conformance.results.facts import claims_facts, selection_facts
from conformance.spec.statements import statements

if TYPE_CHECKING:
    from conformance.results.case import Case
    from conformance.results.conclusion import Conclusion
    from conformance.results.run import Judged, Run

SCHEMA_FILE = Path(__file__).parents[2] / "schemas" / "run.schema.json"
FORMAT_VERSION = 1


def write_run_file(path: Path, run: Run, conclusion: Conclusion) -> None:
    """Write run.json; raises jsonschema.ValidationError where it departs from its schema.

    Texts of the target in it are already without secrets, and printable.
    """
    document = run_document(run, conclusion)
    schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(document)
    text = json.dumps(document, indent=1, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")


def run_document(run: Run, conclusion: Conclusion) -> dict[str, object]:
    """Return a run as the value that run.json holds."""
    target, requests = run.target, run.requests
    return {
        "format": FORMAT_VERSION,
        "suite": {"name": "freespee-conformance", "version": __version__},
        "target": {"base_url": target.base_url, "embedded": target.embedded},
        "kind": run.kind.value,
        "options": {
            "allow_writes": target.allow_writes,
            "denied_address": target.denied_address,
            "http_url": target.http_url,
            "digest_over_http": target.digest_over_http,
            "strict_should": target.strict_should,
            "timeout": target.timeout,
        },
        "selection": selection_facts(run.selection),
        "profile": run.profile,
        "budget": asdict(target.budget),
        "claims": claims_facts(target.claims),
        "seed": run.seed,
        "started": run.started.isoformat(timespec="seconds"),
        "seconds": round(run.seconds, 3),
        "requests": {
            "total": requests.total,
            "by_method": dict(requests.by_method),
            "round_trips_per_request": round(requests.round_trips, 3),
        },
        "rules": [_rule(judged) for judged in run.judged()],
        "readings": run.readings,
        "baseline": _baseline(run),
        "seconds_waited": round(run.waited, 3),
        "records_made": run.records_made,
        "most_records_alive": run.most_records_alive,
        "wrong_credentials": run.wrong_credentials,
        "left_on_target": run.may_be_left,
        "verdict": conclusion.word,
        "sentence": conclusion.sentence,
        "exit_code": int(conclusion.exit_code),
    }


def _baseline(run: Run) -> dict[str, object] | None:
    """Return what a run was compared with, and what is otherwise; None where with nothing."""
    if run.baseline is None or run.changes is None:
        return None
    return {
        "base_url": run.baseline.base_url,
        "started": run.baseline.started,
        "version": run.baseline.suite,
        "changes": {name: list(found) for name, found in asdict(run.changes).items()},
    }


def _rule(judged: Judged) -> dict[str, object]:
    rule = judged.rule
    return {
        "id": rule.id,
        "title": rule.title,
        "chapter": rule.chapter,
        "statements": {id_: statements()[id_].text for id_ in rule.statements},
        "basis": rule.basis.value,
        "level": rule.level.value,
        "verdict": judged.verdict.value,
        "requests": judged.requests,
        "observed": judged.observations,
        "readings": judged.readings,
        "cases": [_case(case) for case in judged.cases],
    }


def _case(case: Case) -> dict[str, object]:
    return {
        "name": case.name,
        "verdict": case.verdict.value,
        "reason": case.reason,
        "expected": case.expected,
        "observed": case.observed,
        "evidence": case.evidence,
        "source": case.source,
        "script": list(case.script),
        "curl": case.curl,
        "requests": case.requests,
        "seconds": round(case.seconds, 4),
        **({"beside_others": case.beside_others} if case.beside_others else {}),
    }
