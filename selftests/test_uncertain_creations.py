"""Creations whose records are not known: they count until lists show what they have made."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from observing import Observing
from test_api import TARGET, api_of
from test_lending import case

from conformance.clients.creations import SentCreation
from conformance.clients.ledger import Ledger
from conformance.config.target import Budget
from conformance.spec.addressing import PING, Identity
from conformance.spec.resources import CUSTOMERS
from conformance.verdicts import Busy
from reference.refusal import Refusal
from reference.resources import CUSTOMERS as KEPT_CUSTOMERS

if TYPE_CHECKING:
    from reference.operation import Operation
    from reference.representation import Answer

TEN = replace(TARGET, budget=Budget(records=10))


def test_creations_without_an_answer_count() -> None:
    """Until a list shows what they have made: then it is deleted to make room."""
    server = Stores500()
    api = api_of(server, TEN)
    before = len(server.everything())
    for _ in range(12):
        with case(api):
            api.get(PING)  # the target is well
            answer = api.post(CUSTOMERS.collection, data=api.values(CUSTOMERS))
            assert answer.status_code == 500
            there = len(server.everything()) - before
            assert there == api.housekeeping.alive <= 10

    assert there == 7


class Stores500(Observing):
    """Creates customers, and answers 500."""

    def perform(self, operation: Operation) -> Answer:
        """Do it, and say that it failed."""
        answer = super().perform(operation)
        if operation.method == "POST" and operation.resource is KEPT_CUSTOMERS:
            raise Refusal(500, "The answer has been lost")
        return answer


def test_a_record_whose_creation_was_not_answered_is_used() -> None:
    """A case that needs one goes on with what the list shows; one that is about it does not."""
    server = LosesAnswers()
    api = api_of(server, TEN)
    with case(api):
        first, second = api.create(CUSTOMERS), api.create(CUSTOMERS)
        with pytest.raises(Busy, match="POST was answered 504"):
            api.post_new(CUSTOMERS)

        assert api.read(first) != api.read(second)
        assert api.housekeeping.alive == 3


class LosesAnswers(Observing):
    """Creates customers, and is behind a gateway that loses each answer but the first."""

    def perform(self, operation: Operation) -> Answer:
        """Do it, and say that nothing came."""
        made = len(self.everything())
        answer = super().perform(operation)
        if operation.method == "POST" and (first := self.__dict__.setdefault("first", made)) < made:
            raise Refusal(504, f"The service does not answer, for the {made - first}th time")
        return answer


def test_creations_that_lists_do_not_show_count_no_more() -> None:
    """A server that answers 500 and makes nothing leaves all the room there is."""
    server = Makes500()
    api = api_of(server, TEN)
    for _ in range(12):
        with case(api):
            api.get(PING)  # the target is well
            api.post(CUSTOMERS.collection, data=api.values(CUSTOMERS))

    assert api.housekeeping.alive < 10


class Makes500(Observing):
    """Answers 500 to each creation."""

    def perform(self, operation: Operation) -> Answer:
        """Fail, or do it."""
        if operation.method == "POST":
            raise Refusal(500, "It failed")
        return super().perform(operation)


def make_many(ledger: Ledger) -> None:
    """Note thousands of records."""
    for number in range(5_000):
        ledger.note_made(Identity(CUSTOMERS, str(number)))


def test_creations_are_counted_while_cases_make_records() -> None:
    """Other threads may note records meanwhile."""
    ledger = Ledger()
    ledger.creations.note(SentCreation(CUSTOMERS, frozenset({"cf-a-1"})))

    with ThreadPoolExecutor(2) as threads:
        making = threads.submit(make_many, ledger)
        counts = set()
        while not making.done():
            counts.add(len(ledger.uncertain()))

    making.result()
    assert counts == {1}
