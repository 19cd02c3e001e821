"""What a verdict depends on beside the server: each form of the results says it."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from conformance.results.counts import number_of

MOST_SLOW = 5
"""How many cases that had to wait are told, the slowest first."""

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.config.selection import Selection
    from conformance.config.target import Budget, Claims
    from conformance.results.case import Case
    from conformance.results.run import Run


def facts_of(run: Run) -> dict[str, str]:
    """Return kind, selection, profile, budget, records, waiting and the like, for people."""
    waited = {"Waited": f"{run.waited:.1f} seconds for a target that was not well"}
    return {
        "Kind": run.kind.value,
        "Selection": _listed(selection_facts(run.selection)) or "the whole suite",
        "Profile": run.profile,
        "Seed": str(run.seed),
        "Budget": _budget(run.target.budget),
        "Claims": _listed(claims_facts(run.target.claims)) or "none",
        "Denied address": run.target.denied_address or "none given",
        **_records(run),
        **({"Baseline": str(run.baseline)} if run.baseline else {}),
        **(waited if run.waited else {}),
        **({"Slow cases": slow} if (slow := _slow(run.cases)) else {}),
    }


def _records(run: Run) -> dict[str, str]:
    """Return what a run that may write has made, and what of it is left; nothing of others."""
    if not run.target.allow_writes:
        return {}
    left = "none left"
    if run.may_be_left:
        left = f"{len(run.may_be_left)} may be left ({'; '.join(run.may_be_left)})"
    alive = f"at most {run.most_records_alive} at once"
    return {"Records": f"{run.records_made} made, {alive}, {left}"}


def selection_facts(selection: Selection) -> dict[str, object]:
    """Return what narrowed a run down; empty where nothing did."""
    return _said(selection)


def claims_facts(claims: Claims) -> dict[str, object]:
    """Return what the owner of the target claims; empty where nothing is claimed."""
    return _said(claims)


def _slow(cases: Sequence[Case]) -> str:
    """Return how many cases waited long for an answer, and the slowest with what for."""
    waited = sorted(
        (each for each in cases if each.waited_for), key=lambda each: each.seconds, reverse=True
    )
    shown = [f"{each.name} ({each.waited_for})" for each in waited[:MOST_SLOW]]
    more = [f"and {len(waited) - MOST_SLOW} more"] if len(waited) > MOST_SLOW else []
    return "; ".join([*shown, *more])


def _said(value: Selection | Claims) -> dict[str, object]:
    """Return the fields that say something, as JSON has them."""
    every = {each.name: getattr(value, each.name) for each in fields(value)}
    return {
        name: _plain(said) for name, said in every.items() if said is False or said not in _NOTHING
    }


_NOTHING: tuple[object, ...] = (None, "", 0, (), {})


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    return list(value) if isinstance(value, tuple) else value


def _listed(facts: dict[str, object]) -> str:
    return "; ".join(
        f"{name.replace('_', ' ')} {_in_words(value)}" for name, value in facts.items()
    )


def _in_words(value: object) -> str:
    """Return a value as a sentence has it: lists and tables without brackets and quotes."""
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_in_words(each)}" for name, each in value.items())
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _budget(budget: Budget) -> str:
    parts = (
        "" if budget.requests is None else number_of(budget.requests, "request"),
        "" if budget.seconds is None else f"{budget.seconds:g} seconds",
    )
    return ", ".join(filter(None, parts)) or "unbounded"
