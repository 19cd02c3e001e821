"""A target that is not well is waited for; what one request alone meets is its own answer."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import replace
from email.utils import format_datetime
from typing import TYPE_CHECKING

import pytest

from conformance.clients.workers import on_threads
from conformance.spec.addressing import PING
from conformance.spec.resources import CUSTOMERS
from conformance.verdicts import BudgetSpent, Busy, NotRun, Stopped
from conformance.wire.busy import LONGEST_WAIT, retry_after
from conformance.wire.responses import Response
from proof.servers import callers_in_process, callers_on_a_socket
from reference.message import Request
from reference.message import Response as Answer
from reference.server import Reference

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.clients.roles import Roles

ADA = {"name": "Ada", "custnr": "cf-77"}
LATER = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=3600)
EARLIER = LATER - dt.timedelta(hours=2)


class Refusing(Reference):
    """Refuses some requests with a status, as long as there are refusals left."""

    def __init__(self, refuses: Callable[[Request], bool], status: int, times: int) -> None:
        """Take which, how, and how often."""
        super().__init__()
        self._refuses = refuses
        self._status = status
        self.left = times

    def respond(self, request: Request) -> Answer:
        """Refuse, or answer."""
        if self.left and self._refuses(request):
            self.left -= 1
            return Answer(self._status)
        return super().respond(request)


def of_customers(request: Request) -> bool:
    """Tell whether a request is about customers, and has credentials."""
    return "customers" in request.target and request.header("Authorization") is not None


def of_anything(request: Request) -> bool:
    """Tell whether a request has credentials."""
    return request.header("Authorization") is not None


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("3", 3.0),
        ("0", 0.0),
        ("86400", LONGEST_WAIT),
        (format_datetime(LATER, usegmt=True), LONGEST_WAIT),
        (format_datetime(EARLIER, usegmt=True), 0.0),
        ("soon", None),
        ("-1", None),
        ("٣", None),
        ("", None),
    ],
)
def test_retry_after_is_read(text: str, seconds: float | None) -> None:
    """It is a number of seconds or a date, and bounded; anything else says nothing."""
    assert retry_after(Response(503, (("Retry-After", text),), b"")) == seconds


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_read_is_sent_again(status: int) -> None:
    """A GET that was refused twice since the server was busy is answered in the end."""
    with callers_in_process(Refusing(of_customers, status, times=2)) as roles:
        assert roles.api.get(PING).ok
        assert roles.api.get("/customers").status_code == 200


@pytest.mark.parametrize("status", [429, 503])
def test_a_write_that_was_refused_is_sent_again(status: int) -> None:
    """A POST that was refused is carried out once."""
    with callers_in_process(Refusing(of_customers, status, times=1)) as roles:
        assert roles.api.get(PING).ok
        before = len(roles.api.listed(CUSTOMERS))
        assert roles.api.post("/customers", data=ADA).status_code == 200
        assert len(roles.api.listed(CUSTOMERS)) == before + 1


def test_the_second_account_waits_as_well() -> None:
    """Its creation is sent again, where the server had no time for it."""
    with callers_in_process(Refusing(of_customers, 503, times=1)) as roles:
        assert roles.api.get(PING).ok
        assert roles.other.read(roles.other.create(CUSTOMERS))


def test_a_write_that_a_gateway_lost_is_not_sent_again() -> None:
    """Nobody knows what became of it: the case is inconclusive."""
    with callers_in_process(Refusing(of_customers, 502, times=1)) as roles:
        assert roles.api.get(PING).ok
        with pytest.raises(Busy):
            roles.api.post("/customers", data=ADA)


def test_an_error_that_one_request_causes_is_its_own_answer() -> None:
    """A server that is well otherwise, and always answers 503 to one request, is judged by it."""
    with callers_in_process(Refusing(of_customers, 503, times=1000)) as roles:
        assert roles.api.get(PING).ok
        assert roles.api.get("/customers").status_code == 503
        last = roles.journal.judged[-1].response
        assert last is not None
        assert last.status_code == 503


def test_what_was_sent_again_is_not_judged() -> None:
    """Of a request that was refused by a busy server only the last answer is left to rules."""
    with callers_in_process(Refusing(of_customers, 503, times=1)) as roles:
        assert roles.api.get(PING).ok
        roles.api.get("/customers")
        judged = [each.response.status_code for each in roles.journal.judged if each.response]

    assert 503 not in judged


def test_a_target_that_is_gone_stops_the_run() -> None:
    """Where not even a ping is answered, nothing further is sent."""
    server = Refusing(of_anything, 503, times=0)
    with callers_in_process(server) as roles:
        assert roles.api.get(PING).ok
        server.left = 1000
        with pytest.raises(Stopped, match="in a row unanswered since"):
            roles.api.get("/customers")
        with pytest.raises(Stopped):
            roles.api.get("/customers")
        sent = roles.journal.total
        with pytest.raises(NotRun):
            roles.anonymous.get("/customers")
        assert roles.journal.total == sent


def test_credentials_that_are_refused_for_good_stop_the_run() -> None:
    """Right credentials that were accepted before, and are not any more, are said to be."""
    server = Refusing(of_anything, 401, times=0)
    with callers_in_process(server) as roles:
        assert roles.api.get("/customers").ok
        server.left = 1000
        with pytest.raises(Stopped, match="the right credentials are refused"):
            roles.api.get("/customers")


class GoesAway(Reference):
    """Answers 503 for a while from a certain request on, and keeps how often."""

    def __init__(self, after: int, seconds: float) -> None:
        """Take after how many requests with credentials, and for how long."""
        super().__init__()
        self.times_away = 0
        self._left = after
        self._seconds = seconds
        self._until = 0.0

    def respond(self, request: Request) -> Answer:
        """Refuse, or answer."""
        counts = request.header("Authorization") is not None
        self._left -= counts
        if counts and not self._left:
            self._until = time.monotonic() + self._seconds
        if time.monotonic() < self._until:
            self.times_away += 1
            return Answer(503)
        return super().respond(request)


class AsksForAMinute(Reference):
    """Answers every other request with credentials 503, come again in a minute."""

    def __init__(self) -> None:
        """Start without having been asked."""
        super().__init__()
        self._asked = 0

    def respond(self, request: Request) -> Answer:
        """Refuse, or answer."""
        self._asked += request.header("Authorization") is not None
        if request.header("Authorization") is not None and self._asked % 2 == 0:
            return Answer(503, (("Retry-After", "60"),))
        return super().respond(request)


def ask_thrice(roles: Roles) -> None:
    """GET the list of customers three times."""
    for _ in range(3):
        roles.api.get("/customers")


def test_nobody_waits_for_longer_than_a_run_may_last() -> None:
    """Neither a case, which is inconclusive then, nor the clean-up, which has a time of its own."""
    with callers_on_a_socket(AsksForAMinute()) as roles:
        budget = replace(roles.target.budget, seconds=1.0)
        roles.gate.target = replace(roles.target, budget=budget)
        began = time.monotonic()
        with pytest.raises(BudgetSpent, match="the 1 seconds of this run are used up"):
            ask_thrice(roles)
        with (
            roles.gate.exempt(time.monotonic() + 0.5),
            pytest.raises(BudgetSpent, match="the time for it is over"),
        ):
            ask_thrice(roles)

        assert time.monotonic() - began < LONGEST_WAIT / 2


def test_all_callers_wait_while_one_looks_whether_the_target_is_well() -> None:
    """Four threads ask a target that is away no more often than one does, and all are answered."""
    server = GoesAway(after=6, seconds=0.5)
    with callers_on_a_socket(server) as roles:
        answers = on_threads(lambda _: roles.api.get("/customers"), range(24), 4)

    assert [each.status_code for each in answers] == [200] * 24
    assert 1 < server.times_away <= 4 + 2 * 6
