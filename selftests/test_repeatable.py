"""The same seed sends the same requests; a budget ends a run cleanly, and shows a finding whole."""

from __future__ import annotations

import re
import subprocess
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from observing import Observing
from running import ACCOUNT, at, suite, two_at_a_time

from reference.faults.payloads import (
    CutsCustomValuesByBytes,
    DropsTheFractionOfANumber,
    LosesALeadingPair,
    ReadsExponentsOfUsers,
    ResetsTheReportForTwo,
    UpdatesBeforeItRefuses,
)
from reference.faults.sequences import (
    DeletesAnUpdatedSibling,
    ForgetsUpdatesByParameter,
    MiscountsAfterTheThirdDelete,
    ResetsTheUsersOfACustomer,
    ServesDeletedUsersByParameter,
    TrustsAfterTwoUpdates,
)
from reference.serving import Serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from running import Outcome

    from reference import Request
    from reference.faulty import Fault

pytestmark = pytest.mark.whole_run

GENERATED = ("suites/consuming/test_generated_values.py", "suites/test_generated_requests.py")
INCOMPLETE = 11
SCREEN = 60
"""Lines of a terminal window, most of which a finding may fill."""

UNIQUE = re.compile(r"cf-[0-9a-f]+-[0-9]+|1[0-9]{9}")
"""What a run makes unique by its time: texts and numbers."""

SHOWN: dict[type[Fault], tuple[str, str]] = {
    DropsTheFractionOfANumber: ("generated_customer_comes_back", '"custnr":"[0-9]+"'),
    ReadsExponentsOfUsers: ("generated_record_comes_back", "1000.0"),
    LosesALeadingPair: ("every_way_of_writing_agrees", "株"),
    ResetsTheReportForTwo: ("put_updates_any_subset", '"receive_monthly_report":"0"'),
    UpdatesBeforeItRefuses: ("refused_put_changes_nothing", "Right"),
    CutsCustomValuesByBytes: ("generated_custom_value_comes_back", "株"),
    ForgetsUpdatesByParameter: ("walk_record_is_as_written", '"corporateid":""'),
    ResetsTheUsersOfACustomer: ("walk_leaves_other_records", '"name":"User-cf'),
    DeletesAnUpdatedSibling: ("walk_leaves_other_records", r'"voicemail_greetings":\[\]'),
    MiscountsAfterTheThirdDelete: ("walk_totals_agree_with_lists", '"total":2.*[^}]}]}'),
    ServesDeletedUsersByParameter: ("walk_deleted_stays_away", '"name":"User-cf'),
    TrustsAfterTwoUpdates: ("walk_refused_caller_changes_nothing", '"name":"nc"'),
}
"""Faults, each with the rule that notices it and a pattern of what the last answer shows."""

DAILY = {
    LosesALeadingPair,
    ResetsTheReportForTwo,
    UpdatesBeforeItRefuses,
    ForgetsUpdatesByParameter,
    MiscountsAfterTheThirdDelete,
    TrustsAfterTwoUpdates,
}
"""Those of each day, of values, subsets and walks; the others are part of the proof."""

each_shown = pytest.mark.parametrize(
    "kind",
    [pytest.param(kind, marks=() if kind in DAILY else pytest.mark.proof) for kind in SHOWN],
    ids=lambda kind: str(kind.__name__),
)


def normal(request: Request) -> tuple[str, str, str]:
    """Return a request without what belongs to one run only."""
    body = request.body.decode("utf-8", "backslashreplace")
    return request.method, UNIQUE.sub("unique", request.target), UNIQUE.sub("unique", body)


QUICK = ("--allow-writes", "--profile=quick", "--concurrency=1")
SEEDS: list[tuple[str, dict[str, Any]]] = [
    ("--seed=5", {}),
    ("--seed=5", {"CI": "true"}),
    ("--seed=6", {"CI": "true"}),
]
"""Options of runs, each with what it has in its environment."""


@pytest.fixture(scope="module")
def sequences() -> list[list[tuple[str, str, str]]]:
    """The requests of two runs with one seed, and of one with another: the latter two as in CI.

    Where it finds itself in CI, Hypothesis by itself takes no seed.
    """
    with ExitStack() as stack:
        pool = stack.enter_context(two_at_a_time())
        servers = [Observing() for _ in range(3)]
        servings = [stack.enter_context(Serving(server)) for server in servers]
        runs = [
            pool.submit(partial(suite, *at(serving, *QUICK, seed, *GENERATED), **machine))
            for serving, (seed, machine) in zip(servings, SEEDS, strict=True)
        ]
        assert [run.result().exit_code for run in runs] == [0, 0, 0]
    sent = [
        [each for each in server.requests if each.header("Authorization")] for server in servers
    ]
    return [[normal(each) for each in requests] for requests in sent]


def test_one_seed_sends_the_same_requests(sequences: list[list[tuple[str, str, str]]]) -> None:
    """Two runs with the same seed send the same requests in the same order."""
    first, second, _ = sequences

    assert len(first) > 100
    assert first == second


def test_another_seed_sends_other_requests(sequences: list[list[tuple[str, str, str]]]) -> None:
    """A run with another seed sends others."""
    first, _, other = sequences

    assert first != other


@pytest.fixture(scope="module", params=["--max-requests=150", "--max-seconds=1"])
def bounded(request: pytest.FixtureRequest) -> Iterator[tuple[Outcome, Observing]]:
    """A run that comes to the end of its budget among rules with generated payloads."""
    server = Observing()
    with Serving(server) as serving:
        options = ("--allow-writes", "--profile=thorough", *GENERATED, request.param)
        yield suite(*at(serving, *options)), server


def test_a_budget_ends_a_run_as_incomplete(bounded: tuple[Outcome, Observing]) -> None:
    """Rules that come too late are inconclusive, and the conclusion says why."""
    outcome, _ = bounded

    assert outcome.exit_code == INCOMPLETE
    assert outcome.rules("failed", "error", "deviation") == set()
    assert len(outcome.rules("inconclusive")) > 5
    assert "budget: the 1" in outcome.sentence


def test_a_spent_budget_leaves_nothing_behind(bounded: tuple[Outcome, Observing]) -> None:
    """What the run made is deleted all the same."""
    _, server = bounded

    assert [record for record in server.everything() if "cf-" in str(record.values)] == []


@pytest.fixture(scope="module")
def findings(request: pytest.FixtureRequest) -> Iterator[dict[type[Fault], str]]:
    """What is shown of each fault that is chosen."""
    names = {item.name for item in request.session.items if item.path == request.path}
    chosen = [kind for kind in SHOWN if any(f"[{kind.__name__}]" in name for name in names)]
    with ExitStack() as stack:
        pool = stack.enter_context(two_at_a_time())
        used = {kind: stack.enter_context(Serving(kind())) for kind in chosen}
        runs = {
            kind: pool.submit(
                suite, *at(used[kind], "--allow-writes", "-k", SHOWN[kind][0], "suites")
            )
            for kind in chosen
        }
        failed = {kind: runs[kind].result().run["rules"] for kind in chosen}
        yield {kind: evidence_in(failed[kind]) for kind in chosen}


def evidence_in(rules: list[dict[str, list[dict[str, str]]]]) -> str:
    """Return the evidence of the case that failed."""
    return next(
        case["evidence"]
        for rule in rules
        for case in rule["cases"]
        if case["verdict"] in ("failed", "deviation")
    )


@each_shown
def test_a_counterexample_fits_on_a_screen(
    kind: type[Fault], findings: dict[type[Fault], str]
) -> None:
    """The smallest example and its exchanges are shown, then its script, and nothing else."""
    evidence, _, script = findings[kind].partition("To repeat it:\n")

    assert len(evidence.splitlines()) <= SCREEN
    assert "\nwith " in evidence
    assert script


@each_shown
def test_the_script_of_a_counterexample_shows_the_fault(
    kind: type[Fault], findings: dict[type[Fault], str]
) -> None:
    """Pasted into a shell, the curl lines have a new server with the fault show it again."""
    script = findings[kind].partition("To repeat it:\n")[2]

    with Serving(kind()) as fresh:
        place = {"SERVER": fresh.base_url.rpartition("/")[0], "CA_BUNDLE": str(fresh.ca_file)}
        done = subprocess.run(  # noqa: S603  (our own evidence)
            ["/bin/bash", "-c", script],
            env={**ACCOUNT, **place, "PATH": "/usr/bin:/bin"},
            capture_output=True,
            check=False,
        )

    assert re.search(SHOWN[kind][1], done.stdout.decode().rpartition("HTTP/1.1 200")[2])
