"""A case need not be run where a server answers what it asks as the plain one does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from proof.recordings import Start, Tape, Taped, answers_alike, changed_names
from proof.servers import callers_in_process
from reference import Reference
from reference.faults.address import AcceptsAnyAddress
from reference.faults.charset import SaysLatin1
from reference.faults.curl import AnswersMoreThanOk
from reference.faults.page_bounds import CountsOneAtLeast, HasNothingPastTheFirstPage
from reference.faults.paging import LeavesOutNumpages, PagesInTexts
from reference.faults.status_codes import ExplainsNothing
from reference.faulty import Fault, Variant
from reference.seed import VERSIONS
from reference.seed_calls import FEW_CALLS

if TYPE_CHECKING:
    from proof.recordings import Answered
    from reference.message import Response

START = Start(VERSIONS, FEW_CALLS, seed=11)
PATHS = ("/miscellaneous/ping", "/customers", "/customers?custnr=nobody", "/customers?page=x")


class Idle(Reference):
    """Changes nothing."""

    note = "nothing that a server looks up"


class Repeats(Reference):
    """Does in its own words what the plain server does."""

    def is_number(self, text: str) -> bool:
        """Ask the plain server."""
        return super().is_number(text)


class Looks(Reference):
    """Has one record on a page, by a value that is looked up unseen."""

    def __getattribute__(self, name: str) -> object:
        """Find another page size."""
        return 1 if name == "default_pagesize" else object.__getattribute__(self, name)


class Stumbles(Reference):
    """Has an error in its paging."""

    def total(self, matching: int, shown: int) -> int:
        """Divide by what may be nothing."""
        return matching // (shown * 0)


class OfTwo(Repeats, Idle):
    """Changes what either does."""

    default_pagesize = 7

    def unheard(self, status: int, explanation: str) -> Response:
        """Do what is done anyway."""
        return super().unheard(status, explanation)


@pytest.fixture(scope="module")
def tape() -> Tape:
    """What a caller of the plain server asks, and is answered."""
    server = START.server(Taped)
    with callers_in_process(server) as roles:
        for path in PATHS:
            roles.api.get(path)
    return server.tape


def test_a_tape_keeps_each_request_with_its_response(tape: Tape) -> None:
    """Requests are kept in their order, the one that is challenged among them."""
    assert [each.response.status for each in tape.answered] == [401, 200, 200, 200, 400]
    assert [each.request.target.endswith(path) for each, path in pairs(tape)] == [True] * len(PATHS)


def test_a_tape_keeps_the_moment_of_each_request(tape: Tape) -> None:
    """Moments do not run backwards."""
    moments = [each.moment for each in tape.answered]

    assert moments == sorted(moments)


def test_a_tape_knows_what_was_reached(tape: Tape) -> None:
    """Names that were looked up are known, of methods and of values; others are not."""
    assert {"respond", "total", "default_pagesize", "invalid_page"} <= tape.reached
    assert tape.reached.isdisjoint({"invalid_pagesize", "create", "note"})


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (Reference, set()),
        (Idle, {"note"}),
        (Looks, {"__getattribute__"}),
        (OfTwo, {"default_pagesize", "unheard", "is_number", "note"}),
    ],
)
def test_what_a_server_changes_is_what_it_and_its_parents_define(
    kind: type[Reference], names: set[str]
) -> None:
    """Docstrings and other names that every class has are no change."""
    assert changed_names(kind) == names


@pytest.mark.parametrize("kind", [Reference, Variant, Idle, Repeats, AcceptsAnyAddress])
def test_a_server_without_a_difference_answers_alike(kind: type[Reference], tape: Tape) -> None:
    """Also one that does the same in other words, or differs where nobody asked."""
    assert answers_alike(kind, START, tape)


@pytest.mark.parametrize(
    "kind",
    [
        AnswersMoreThanOk,
        CountsOneAtLeast,
        ExplainsNothing,
        LeavesOutNumpages,
        PagesInTexts,
        SaysLatin1,
    ],
)
def test_a_fault_that_shows_does_not_answer_alike(kind: type[Fault], tape: Tape) -> None:
    """A response that differs in its header or its body is a difference."""
    assert not answers_alike(kind, START, tape)


def test_a_fault_that_is_not_met_answers_alike(tape: Tape) -> None:
    """A later page was not asked for, though the code of pages was reached."""
    assert answers_alike(HasNothingPastTheFirstPage, START, tape)


def test_a_difference_counts_that_no_name_tells_of(tape: Tape) -> None:
    """What Python looks up by itself is on no tape, so the requests are asked again."""
    assert changed_names(Looks).isdisjoint(tape.reached)
    assert not answers_alike(Looks, START, tape)


def test_a_server_that_raises_does_not_answer_alike(tape: Tape) -> None:
    """An error of a server is a difference."""
    assert not answers_alike(Stumbles, START, tape)


def test_another_start_is_another_server(tape: Tape) -> None:
    """What is random comes from the start: with another one not even the challenge is the same."""
    other = Start(VERSIONS, FEW_CALLS, seed=12)

    assert not answers_alike(Repeats, other, tape)


def pairs(tape: Tape) -> list[tuple[Answered, str]]:
    """Return what was answered to each path, without the challenge."""
    return list(zip(tape.answered[1:], PATHS, strict=True))
