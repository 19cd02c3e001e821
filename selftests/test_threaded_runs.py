"""A run on several threads finds what one on one thread finds, and writes the same."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

import pytest
from elsewhere import run_elsewhere
from observing import Observing
from running import Outcome, all_at, embedded_run, suite, two_at_a_time

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
    from pathlib import Path

    from reference import Request
    from reference.faulty import Fault, Variant

pytestmark = pytest.mark.whole_run

MOST_MORE = 1.12
"""The most that a run on eight threads sends, as a multiple of what one on one thread does."""

MOST_ALIVE = 50
"""How many records may be alive at once unless a target file says something else."""

FURTHER = 15
"""How many more there may be where eight cases need them at the same moment."""

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

OWN = re.compile(
    r"cf-[0-9a-f]+(-\d+)?|\b[0-9a-f]{8}-[0-9a-f-]{27}\b|\b[0-9a-f]{32}\b|\b0x[0-9a-f]+|\d+",
    re.IGNORECASE,
)
"""What one run has that another has not: texts of its own, tokens, ids, moments."""

ESCAPE = re.compile(r"\\u([0-9a-f]{4})")


def said(request: Request) -> str:
    """Return a request as one text, however it is spelled, without what is its own."""
    body = request.body.decode("utf-8", "backslashreplace")
    text = unquote_plus(f"{request.method} {request.target} {body}")
    text = ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return FILLER.sub("x", OWN.sub("N", unicodedata.normalize("NFKC", text)))


def writes(workers: int, target: Path) -> Counter[str]:
    """Return what a run on so many threads writes, without what is its own and without DELETEs.

    How many letters fill a text up to a border follows from the length of ids.
    """
    server = Observing()
    with Serving(server) as serving:
        options = (f"--concurrency={workers}", "--seed=7", f"--target={target}")
        outcome = suite(*all_at(serving, *options))
    assert outcome.exit_code == 0
    return Counter(said(each) for each in server.requests if each.method in WRITING)


@pytest.mark.proof
def test_a_seed_writes_the_same_on_any_number_of_threads(tmp_path: Path) -> None:
    """Apart from how many plain records are made for cases to share.

    There is room for all records: where it is short, what was found out with some of them is given
    up, and found out again.
    """
    target = tmp_path / "roomy.toml"
    target.write_text("[limits]\nrecords = 2000\n", encoding="utf-8")

    with two_at_a_time() as pool:
        one, *others = pool.map(partial(writes, target=target), (1, 4, 8, 16))

    for each in others:
        differing = (one - each) + (each - one)
        assert [text for text in differing if not SHARED.match(text)] == []


@pytest.mark.proof
def test_no_kind_of_write_depends_on_threads(tmp_path: Path) -> None:
    """With as much room as there is by default, each write of one run has its like in the other."""
    target = tmp_path / "plain.toml"
    target.write_text(f"[limits]\nrecords = {MOST_ALIVE}\n", encoding="utf-8")

    with two_at_a_time() as pool:
        one, sixteen = pool.map(partial(writes, target=target), (1, 16))

    assert one.keys() ^ sixteen.keys() == set()


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
    HasNoncesThatWearOut: {"digest-of-any-count-is-accepted"},
    MiscountsAfterTheThirdDelete: {"filtered-pages-are-full-but-the-last"},
    TrustsAfterTwoUpdates: {
        "accepted-nonce-changes-nothing",
        "forged-digest-gets-nothing",
        "spent-nonce-executes-nothing",
        "tampered-digest-changes-nothing",
        "wrong-credentials-change-nothing",
    },
}
"""Rules that notice a fault too, or can be tried, where others have met it before their turn."""


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
    tried = {rule for rule in kind.breaks if eight[rule] != "not run"}  # for a lack of accounts
    assert eight.keys() == one.keys()
    assert differing <= BY_HISTORY.get(kind, set())
    assert {rule for rule in tried if eight[rule] not in noticing} == set()
