"""summary.md: run.json as Markdown, for the summary of a CI job or a comment.

A summary of a job that is too long is dropped as a whole, and a comment holds 65,536 characters: so
there is a bound, and what is left out is counted. The target's texts stand in fences alone, where
no Markdown acts.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from conformance.results.counts import number_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MOST_CHARACTERS = 60_000
MOST_OF_A_CASE = 4_000
"""How much of one case's evidence is shown."""

_SHOWN = ("failed", "error", "inconclusive", "deviation")
"""The verdicts whose cases are shown, the ones to look at first in front."""


def write_summary(path: Path, run: Mapping[str, Any]) -> None:
    """Write a run, as run.json has it, into a file."""
    path.write_text(summary(run), encoding="utf-8")


def summary(run: Mapping[str, Any], most: int = MOST_CHARACTERS) -> str:
    """Return a run, as run.json has it, as Markdown of at most so many characters."""
    parts, left_out = [_head(run)], 0
    room = most - len(parts[0]) - len(_more(len(run["rules"]) * 1000))
    for case in _cases(run):
        if left_out or len(case) > room:
            left_out += 1
        else:
            parts.append(case)
            room -= len(case)
    if left_out:
        parts.append(_more(left_out))
    return "".join(parts)


def _head(run: Mapping[str, Any]) -> str:
    counts = Counter(rule["verdict"] for rule in run["rules"])
    said = ", ".join(f"{count} {verdict}" for verdict, count in counts.most_common())
    facts = (
        f"A {run['kind']} run, profile {run['profile']}, seed {run['seed']}: "
        f"{number_of(run['requests']['total'], 'request')} in {run['seconds']:.0f} s, "
        f"exit code {run['exit_code']}. Rules: {said or 'none'}, "
        f"tried in {number_of(sum(len(rule['cases']) for rule in run['rules']), 'case')}."
    )
    told = fenced(_cut(f"{run['target']['base_url']}\n{run['sentence']}"))
    return f"## {run['verdict'].upper()}\n\n{told}\n\n{facts}\n"


def _cases(run: Mapping[str, Any]) -> Iterator[str]:
    """Give a part for each case that did not pass and says something of the server."""
    for verdict in _SHOWN:
        for rule in run["rules"]:
            for case in rule["cases"]:
                if case["verdict"] == verdict:
                    yield _case(rule, case)


def _case(rule: Mapping[str, Any], case: Mapping[str, Any]) -> str:
    """Return one case; its name can hold what the target wrote, the rule's id cannot."""
    text = case["evidence"] or f"{rule['title']}\n\n{case['reason']}"
    shown = fenced(f"{_cut(case['name'])}\n\n{_cut(text)}\n\n{_cut(case['curl'])}")
    about = f"{case['verdict']}: <code>{rule['id']}</code> ({rule['level']})"
    return f"\n<details><summary>{about}</summary>\n\n{shown}\n\n</details>\n"


def _more(cases: int) -> str:
    return f"\n{cases} more cases did not pass: report.html has all of them.\n"


def fenced(text: str, language: str = "text") -> str:
    """Return a text as a block of code, in fences that are longer than any in it."""
    longest = max((len(found) for found in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text.strip()}\n{fence}"


def _cut(text: str) -> str:
    if len(text) <= MOST_OF_A_CASE:
        return text
    return f"{text[:MOST_OF_A_CASE]}\n... ({len(text) - MOST_OF_A_CASE} characters more)"
