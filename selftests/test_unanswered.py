"""What a server hangs up on each time is its fault; what a network loses is not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from running import all_at, suite
from test_passing import exchange, journal_of

from conformance.checks.unanswered import LEAST, never_answered
from conformance.wire.failures import CLOSED_IDLE, HUNG_UP, TOO_LATE
from reference.server import Reference
from reference.serving import Serving

if TYPE_CHECKING:
    from conformance.wire.exchanges import Exchange
    from reference.message import Request, Response

ANSWERED = exchange("/customers/1?custnr=cf-1a2229242cb-7", 200)
OFTEN = [ANSWERED] * 1000


def lost(path: str = "/sources/9.xml", failure: str = HUNG_UP) -> Exchange:
    """Return a request that got no answer."""
    return replace(exchange(path, 200), response=None, failure=failure)


def names(*exchanges: Exchange) -> list[str]:
    """Return the ends of the URLs of what was never answered."""
    return [each.url.rpartition("/")[2] for each in never_answered(journal_of(*exchanges))]


def test_what_is_never_answered_is_found() -> None:
    """Whatever record it is about, and whatever unique text it holds."""
    asked = [lost(f"/sources/{number}.xml") for number in range(LEAST)]

    assert names(ANSWERED, *asked) == ["3.xml"]


OTHERS = {
    "few": [lost()] * (LEAST - 1),
    "answered": [*[lost()] * LEAST, exchange("/sources/8.xml", 404)],
    "late": [lost(failure=TOO_LATE)] * LEAST,
    "idle": [lost(failure=CLOSED_IDLE)] * LEAST,
    "odd": [lost("/sources/%zz")] * LEAST,
    "large": [lost("/sources?name=" + "x" * 5000)] * LEAST,
    "another caller": [replace(lost(), role="anonymous")] * LEAST,
    "an expectation": [replace(lost(), request_headers={"Expect": "cf-nothing"})] * LEAST,
}


@pytest.mark.parametrize("exchanges", OTHERS.values(), ids=OTHERS)
def test_what_may_have_other_causes_is_left_out(exchanges: list[Exchange]) -> None:
    """A network, a gateway and a standard have their reasons."""
    assert names(*OFTEN, *exchanges) == []


def test_nothing_is_said_where_the_network_loses_much() -> None:
    """Other requests got no answer at one time, and one at another."""
    now_and_then = [lost("/customers/2?custnr=cf-1a2229242cb-8")] * 30

    assert names(*OFTEN, *[lost()] * LEAST, *now_and_then) == []
    assert names(*OFTEN, *[lost()] * LEAST, *now_and_then[:10]) == ["9.xml"]


class HangsUpOverJson(Reference):
    """Ends in the middle of reading JSON."""

    def respond(self, request: Request) -> Response:
        """Hang up."""
        is_json = (request.header("Content-Type") or "").startswith("application/json")
        return replace(super().respond(request), hangs_up=is_json)


@pytest.mark.whole_run
def test_a_server_that_hangs_up_over_some_writes_is_named() -> None:
    """What is lost each time is tried until that is sure; what could not be tried is no breach."""
    with Serving(HangsUpOverJson()) as serving:
        outcome = suite(*all_at(serving, "--rule=json-creates", "--rule=each-request-is-answered"))

    assert outcome.rules("failed") == {"each-request-is-answered"}
    assert outcome.exit_code == 1
