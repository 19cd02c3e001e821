"""Completeness: every statement has a rule, every rule a fault, and no id is lost or reused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.rules import rule_of
from conformance.spec.statements import statements

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import pytest

    from conformance.rules import Rule

REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a statement has no rule, and why a rule has no fault, by their ids."""

    unobservable: Mapping[str, str]
    faultless: Mapping[str, str]


def collected_rules(items: Iterable[pytest.Item]) -> tuple[list[Rule], list[str]]:
    """Return the rules of test items, each once, and the problems of their ids."""
    by_id: dict[str, tuple[Rule, str]] = {}
    problems = []
    for item in items:
        rule, function = rule_of(item), item.nodeid.partition("[")[0]
        if rule is None:
            continue
        known = by_id.setdefault(rule.id, (rule, function))
        if known[1] != function:
            problems.append(f"the id {rule.id} is used by {known[1]} and by {function}")
    return [rule for rule, _ in by_id.values()], sorted(set(problems))


def gaps(rules: list[Rule], breaks: Mapping[str, frozenset[str]], reasons: Reasons) -> list[str]:
    """Return the gaps: statements without rules, rules without faults, faults without rules."""
    checked = {id_ for rule in rules for id_ in rule.statements}
    broken = {id_ for ids in breaks.values() for id_ in ids}
    known = {rule.id for rule in rules}
    return [
        *(
            f"{id_} has neither a rule nor a reason why it cannot be seen"
            for id_ in statements()
            if id_ not in checked and id_ not in reasons.unobservable
        ),
        *(
            f"the rule {rule.id} has neither a fault nor a reason why none can break it"
            for rule in rules
            if rule.id not in broken and rule.id not in reasons.faultless
        ),
        *(
            f"the fault {name} breaks {id_}, which is no rule"
            for name, ids in breaks.items()
            for id_ in sorted(ids - known)
        ),
    ]


def lost_ids(path: Path, rules: list[Rule]) -> list[str]:
    """Return the problems of the ids, compared with the file of all ids ever used.

    Each line of the file is an id, or "id removed VERSION" for one that is no longer used.
    """
    known = known_ids(path)
    present = {rule.id for rule in rules}
    return [
        *(
            f"the rule {id_} has vanished: bring it back, or mark it as removed in {path.name}"
            for id_, removed in known.items()
            if not removed and id_ not in present
        ),
        *(
            f"the id {id_} was removed and is used again: ids are never reused"
            for id_, removed in known.items()
            if removed and id_ in present
        ),
        *(
            f"the rule {id_} is not in {path.name}: run `make rulebook`"
            for id_ in sorted(present - known.keys())
        ),
    ]


def known_ids(path: Path) -> dict[str, str]:
    """Return every id ever used, with the version that removed it; "" for a present one."""
    if not path.exists():
        return {}
    lines = [line.split() for line in path.read_text(encoding="utf-8").splitlines() if line]
    return {words[0]: words[-1] if REMOVED in words[1:] else "" for words in lines}


def write_ids(path: Path, rules: list[Rule]) -> None:
    """Add the ids of new rules to the file of all ids ever used."""
    known = known_ids(path) | {rule.id: "" for rule in rules if rule.id not in known_ids(path)}
    lines = [f"{id_} {REMOVED} {version}" if version else id_ for id_, version in known.items()]
    path.write_text("\n".join(sorted(lines)) + "\n", encoding="utf-8")
