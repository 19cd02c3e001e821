"""The summary of a run as Markdown: within its bound, and the target's texts act nowhere in it."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
from running import NOBODY, Outcome, at, suite

from conformance.results.markdown import MOST_CHARACTERS, fenced, summary
from reference.faults.base_url import TakesAnyVersion
from reference.serving import Serving

pytestmark = pytest.mark.whole_run

HOSTILE = (
    "# Heading\n\n<img src=x onerror=alert(1)>\n[link](javascript:1) | a | @everyone\n"
    "``````\n</details>"
)


@cache
def broken_run() -> Outcome:
    """Run one rule against a server that breaks it."""
    with Serving(TakesAnyVersion()) as serving:
        return suite(*at(serving, "--rule=unknown-version-answers-no-data", "--strict-should"))


def run_of(texts: int, text: str) -> dict[str, Any]:
    """Return a run, as run.json has it, with so many failed cases that show a text."""
    case = {
        "name": f"rule[{text}]",
        "verdict": "failed",
        "reason": text,
        "evidence": text,
        "curl": f"curl {text}",
    }
    rule = {"id": "a-rule", "level": "MUST", "title": "One.", "verdict": "failed"}
    return {
        "verdict": "not conformant",
        "sentence": text,
        "exit_code": 1,
        "kind": "full",
        "profile": "standard",
        "seed": 1,
        "seconds": 1.0,
        "target": {"base_url": "https://host/1"},
        "requests": {"total": 1},
        "rules": [rule | {"cases": [case] * texts}],
    }


def outside_of_fences(text: str) -> str:
    """Return what of a Markdown text stands in no block of code, as CommonMark finds them."""
    kept, fence = [], ""
    for line in text.splitlines():
        found = re.match(r"(`{3,})(.*)$", line)
        if fence:
            fence = "" if found and len(found[1]) >= len(fence) and not found[2] else fence
        elif found:
            fence = found[1]
        else:
            kept.append(line)
    return "\n".join(kept)


def test_a_run_leaves_a_summary_with_its_conclusion_and_evidence() -> None:
    """The word, the sentence, the exit code, and what did not pass with its curl line."""
    outcome = broken_run()
    text = outcome.files["summary.md"]

    assert outcome.exit_code == 1
    assert text.startswith(f"## {outcome.run['verdict'].upper()}\n")
    assert outcome.sentence in text
    assert "exit code 1" in text
    assert "<code>unknown-version-answers-no-data</code> (SHOULD)" in text
    assert "\ncurl -i " in text


def test_a_run_that_found_nothing_has_no_cases_to_show() -> None:
    """A smoke run of the reference server."""
    text = suite("-m", "smoke", account=NOBODY).files["summary.md"]

    assert text.startswith("## NOTHING BROKEN\n")
    assert "failed" not in text
    assert "more cases" not in text


@pytest.mark.parametrize(("cases", "size"), [(1, 10), (200, 3000), (5000, 100), (3, 10**6)])
def test_a_summary_stays_within_its_bound(cases: int, size: int) -> None:
    """Beyond it, a CI server drops the whole; what is left out is counted."""
    text = summary(run_of(cases, "x" * size))
    shown = text.count("<details>")
    left_out = re.search(r"^(\d+) more cases did not pass", text, re.MULTILINE)

    assert len(text) <= MOST_CHARACTERS
    assert shown >= 1
    assert shown + int(left_out[1] if left_out else 0) == cases


@pytest.mark.parametrize("text", [HOSTILE, HOSTILE.replace("\n", "\r\n"), "```", "``` text"])
def test_texts_of_the_target_stand_in_fences_alone(text: str) -> None:
    """Neither sentence nor case nor evidence nor curl line leaves them."""
    outside = outside_of_fences(summary(run_of(2, text)))

    assert {line for line in outside.splitlines() if line} == {
        "## NOT CONFORMANT",
        (
            "A full run, profile standard, seed 1: 1 request in 1 s, exit code 1. "
            "Rules: 1 failed, tried in 2 cases."
        ),
        "<details><summary>failed: <code>a-rule</code> (MUST)</summary>",
        "</details>",
    }


def test_a_fence_is_longer_than_any_in_the_text() -> None:
    """So that the text cannot end it."""
    assert fenced("a\n````\nb") == "`````text\na\n````\nb\n`````"
