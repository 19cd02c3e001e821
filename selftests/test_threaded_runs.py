"""A run on several threads finds what one on one thread finds, and writes the same."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from elsewhere import run_elsewhere
from observing import Observing
from running import Outcome, all_at, embedded_run, suite, two_at_a_time
from test_repeatable import normal

from reference.faults.digest import AcceptsDigestsOfReading, LocksOutAfterAWrongDigest
from reference.faults.paging import FiltersTheFirstPageOnly, LosesTheLastOfAPage
from reference.faults.sequences import (
    KeepsTheXmlOfJsonUpdates,
    ListsUpdatedRecordsAfterDelete,
    MiscountsAfterTheThirdDelete,
    RevivesWithASibling,
    TrustsAfterTwoUpdates,
)
from reference.seed import VERSIONS
from reference.serving import Serving
from reference.variants.challenges import HasNoncesThatWearOut, NamesTheOnlyNonce
from reference.variants.pages import HasOnePageSize, HasPagesOf100AtMost

if TYPE_CHECKING:
    from reference.faulty import Fault, Variant

pytestmark = pytest.mark.whole_run

MOST_MORE = 1.12
"""The most that a run on eight threads sends, as a multiple of what one on one thread does."""

MOST_ALIVE = 50
"""How many records may be alive at once unless a target file says something else."""

FURTHER = 15
"""How many more there may be where eight cases need them at the same moment."""

FEW = 5
"""How many writes more or fewer there may be, of some thousand.

A run with one case at a time gives up what it has found out, and finds it out again where needed.
"""

WRITING = frozenset({"POST", "PUT", "PATCH"})


@pytest.fixture(scope="module")
def runs() -> list[Outcome]:
    """The same run one case after another, and on eight threads."""
    return [embedded_run(), run_elsewhere()]


def test_verdicts_do_not_depend_on_threads(runs: list[Outcome]) -> None:
    """Rule by rule and case by case; a report is in the order of the document in any case."""
    found = [
        [(case["name"], case["verdict"]) for rule in run.run["rules"] for case in rule["cases"]]
        for run in runs
    ]

    assert len(found[0]) > 1000
    assert found[1] == found[0]
    assert [run.exit_code for run in runs] == [0, 0]
    assert runs[1].run["readings"] == runs[0].run["readings"]


def test_threads_cost_few_requests(runs: list[Outcome]) -> None:
    """Cases that run side by side need some more records, and each thread is challenged."""
    sent = [run.run["requests"]["total"] for run in runs]

    assert sent[1] <= sent[0] * MOST_MORE


def test_few_records_are_alive_at_once(runs: list[Outcome]) -> None:
    """At most fifty; with eight cases at a time a few more where all of them wait for room."""
    one, eight = (run.run["most_records_alive"] for run in runs)

    assert MOST_ALIVE / 2 < one <= MOST_ALIVE
    assert eight <= MOST_ALIVE + FURTHER


SHARED = re.compile(r"POST \S+ \S*name=(Conformance|Greeting|Source|User)-")
"""The plain creation of a record: cases that run side by side cannot share one."""

FILLER = re.compile("x+")
"""What fills a text up to a border."""

OWN = re.compile(r"\b[0-9a-f]{8}-[0-9a-f-]{27}\b|\b[0-9a-f]{32}\b|\b0[xX][0-9a-f]+|\d+")
"""What one run has that another has not: tokens, ids, moments."""


def writes(workers: int) -> Counter[str]:
    """Return what a run on so many threads writes, without what is its own and without DELETEs.

    How many letters fill a text up to a border follows from the length of ids.
    """
    server = Observing()
    with Serving(server) as serving:
        outcome = suite(*all_at(serving, f"--concurrency={workers}", "--seed=7"))
    assert outcome.exit_code == 0
    sent = (normal(each) for each in server.requests if each.method in WRITING)
    return Counter(FILLER.sub("x", OWN.sub("N", " ".join(each))) for each in sent)


@pytest.mark.proof
def test_a_seed_writes_the_same_on_any_number_of_threads() -> None:
    """Apart from how many plain records are made for cases to share, and how often one is probed.

    No run has a write of a kind that another lacks.
    """
    with two_at_a_time() as pool:
        found = list(pool.map(writes, (1, 4, 8, 16)))

    for each in found[1:]:
        differing = (found[0] - each) + (each - found[0])
        own = {text: count for text, count in differing.items() if not SHARED.match(text)}
        assert sum(own.values()) <= FEW
        assert [text for text in own if 0 in (found[0][text], each[text])] == []


KINDS: tuple[type[Fault | Variant], ...] = (
    KeepsTheXmlOfJsonUpdates,
    ListsUpdatedRecordsAfterDelete,
    MiscountsAfterTheThirdDelete,
    RevivesWithASibling,
    TrustsAfterTwoUpdates,
    LocksOutAfterAWrongDigest,
    AcceptsDigestsOfReading,
    LosesTheLastOfAPage,
    FiltersTheFirstPageOnly,
    HasOnePageSize,
    HasPagesOf100AtMost,
    HasNoncesThatWearOut,
    NamesTheOnlyNonce,
)
"""Servers whose faults and freedoms are about sequences, digests and pages."""

BY_HISTORY: dict[type[Fault | Variant], set[str]] = {
    TrustsAfterTwoUpdates: {
        "forged-digest-gets-nothing",
        "spent-nonce-executes-nothing",
        "tampered-digest-changes-nothing",
        "wrong-credentials-change-nothing",
    },
}
"""Rules that notice a fault as well where a shared record has met it before their turn."""


@pytest.mark.proof
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.__name__))
def test_what_is_found_does_not_depend_on_threads(kind: type[Fault | Variant]) -> None:
    """Each rule says the same of a server on one thread and on eight."""

    def verdicts(workers: int) -> dict[str, str]:
        with Serving(kind(versions=VERSIONS)) as serving:
            return suite(*all_at(serving, f"--concurrency={workers}")).verdicts

    with two_at_a_time() as pool:
        one, eight = pool.map(verdicts, (1, 8))

    differing = {rule for rule in one if eight[rule] != one[rule]}
    noticing = {"failed", "deviation"}
    assert eight.keys() == one.keys()
    assert differing <= BY_HISTORY.get(kind, set())
    assert {rule for rule in kind.breaks if eight[rule] not in noticing} == set()
