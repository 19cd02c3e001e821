"""How callers ask: what goes over the wire, what does not, and what becomes of the answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from observing import Observing

from conformance import __version__
from conformance.clients.roles import Roles
from conformance.config.credentials import Credentials
from conformance.config.target import Budget, Target
from conformance.runner.preflight import contact, obstacle
from conformance.verdicts import NotRun
from conformance.wire.digest import MOST_STALE
from conformance.wire.recorder import recording
from reference import Response, seed
from reference.adapter import InProcessAdapter

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.clients.client import Client
    from reference import Request

PING = "/miscellaneous/ping"
TARGET = Target(
    base_url="https://host.test/2.4.9",
    http_url="http://host.test/2.4.9",
    credentials=Credentials(seed.USERNAME, seed.PASSWORD),
    reports=Path(),
    denied_address=seed.DENIED_ADDRESS,
    allow_writes=True,
    timeout=20.0,
)


class Talkative(Observing):
    """Sets a cookie and sends everybody elsewhere."""

    def respond(self, request: Request) -> Response:
        """Keep the request, and redirect."""
        super().respond(request)
        return Response(302, (("Set-Cookie", "a=1"), ("Location", "https://elsewhere.test/")))


def roles_of(server: Observing, target: Target = TARGET) -> Roles:
    """Return the callers of a server that has no socket."""
    return Roles(target, lambda source: InProcessAdapter(server, source or "127.0.0.1"))


@pytest.fixture
def server() -> Observing:
    """Give a server that keeps what it is asked."""
    return Observing()


@pytest.fixture
def roles(server: Observing) -> Roles:
    """Give the callers of the server."""
    return roles_of(server)


def test_one_nonce_serves_for_many_requests(server: Observing, roles: Roles) -> None:
    """Only the first request is challenged; each later one is a single round trip."""
    statuses = [roles.api.get(PING).status_code for _ in range(5)]

    assert statuses == [200] * 5
    assert len(server.requests) == 6
    assert roles.journal.by_method == {"GET": 6}


def test_a_stale_nonce_is_replaced_a_few_times(server: Observing, roles: Roles) -> None:
    """A server that forgets its nonces at once is answered again, with a new one, within bounds."""
    roles.api.get(PING)
    server.nonce_lifetime *= 0

    assert roles.api.attempt("GET", PING).response is not None
    assert len(server.requests) == 2 + MOST_STALE


def test_a_wrong_password_is_tried_once(server: Observing, roles: Roles) -> None:
    """A challenge after a right answer is not answered again."""
    assert roles.impostor().get(PING).status_code == 401
    assert [request.header("Authorization") is None for request in server.requests] == [True, False]


@pytest.mark.parametrize(
    "path",
    [
        *("/%63ustomers", "//customers", "/./customers", "/a/../customers", "/customers;a=b"),
        *("/customers?", "/customers?a=%31&b=+", "/customers%2f", "/customers%00", "/{}|^"),
    ],
)
def test_a_path_is_sent_as_it_is(server: Observing, roles: Roles, path: str) -> None:
    """Nothing is normalised, neither in the request nor in its digest."""
    response = roles.api.get(path)

    assert {request.target for request in server.requests} == {f"/2.4.9{path}"}
    assert response.status_code not in {400, 401}


CALLERS: dict[str, Callable[[Roles], Client]] = {
    "api": lambda roles: roles.api,
    "anonymous": lambda roles: roles.anonymous,
    "impostor": lambda roles: roles.impostor(),
    "stranger": lambda roles: roles.stranger(),
    "manual digest": lambda roles: roles.manual_digest(),
    "outsider": lambda roles: roles.outsider,
    "plain": lambda roles: roles.plain,
    "plain_api": lambda roles: roles.plain_api,
    "plain_on_https": lambda roles: roles.plain_on_https,
}
each_caller = pytest.mark.parametrize("caller", CALLERS.values(), ids=CALLERS.keys())


@each_caller
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_a_read_only_run_sends_nothing_that_writes(
    server: Observing, caller: Callable[[Roles], Client], method: str
) -> None:
    """Whoever calls: without permission only what reads is sent."""
    roles = roles_of(server, replace(TARGET, allow_writes=False, digest_over_http=True))

    with pytest.raises(NotRun, match="--allow-writes"):
        caller(roles).request(method, "/customers")

    assert [request.method for request in server.requests if request.method == method] == []


@each_caller
def test_every_exchange_is_recorded(roles: Roles, caller: Callable[[Roles], Client]) -> None:
    """What any role sends is in the record of the case that runs, and in the journal."""
    with recording() as recorder:
        caller(roles).attempt("GET", PING)

    assert {exchange.method for exchange in recorder.exchanges} == {"GET"}
    assert sum(roles.journal.by_method.values()) == len(recorder.exchanges)


def test_no_cookie_is_kept_and_no_redirect_followed() -> None:
    """Each request stands for itself, and the answer is the one that came."""
    server = Talkative()
    roles = roles_of(server)

    statuses = [roles.api.get(PING).status_code for _ in range(2)]

    assert statuses == [302, 302]
    assert len(server.requests) == 2
    assert [request.header("Cookie") for request in server.requests] == [None, None]


def test_an_authorization_of_ones_own_is_sent_as_it_is(server: Observing, roles: Roles) -> None:
    """A field given by hand replaces the role's credentials, and is not sent twice."""
    roles.api.get(PING, headers={"Authorization": "Digest x"})

    assert [request.header("Authorization") for request in server.requests] == ["Digest x"]


def test_the_first_contact_tells_silence_from_refusal(server: Observing) -> None:
    """A target that answers can be judged; wrong credentials end the run, and are not repeated."""
    wrong = replace(TARGET, credentials=Credentials(seed.USERNAME, "not-this"))

    good, refused = (contact(roles_of(server, target)) for target in (TARGET, wrong))

    assert obstacle(TARGET, good) == ""
    assert "refused the credentials" in obstacle(wrong, refused)
    assert "not-this" not in obstacle(wrong, refused)


def test_the_contact_is_named_in_user_agent(server: Observing) -> None:
    """Whoever reads the log of the server knows the suite, its version and whom to ask."""
    roles_of(server, replace(TARGET, contact="me@host.example")).api.get("/customers")

    agents = {
        value for each in server.requests for name, value in each.headers if name == "User-Agent"
    }
    assert agents == {f"freespee-conformance/{__version__} (me@host.example)"}


def test_all_callers_together_keep_to_a_rate(
    server: Observing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Requests begin no closer to each other than the rate says, whoever sends them."""
    waited: list[float] = []
    monkeypatch.setattr("pyrate_limiter.limiter.sleep", waited.append)
    roles = roles_of(server, replace(TARGET, budget=Budget(requests_per_second=0.01)))

    for caller in (roles.anonymous, roles.api, roles.anonymous):
        caller.get("/miscellaneous/ping")

    assert len(server.requests) == 4
    assert [round(each / 100) for each in waited] == [1, 2, 3]


def test_what_answers_a_challenge_does_not_wait_for_a_busy_server(
    server: Observing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its connection may be closed by then; the requests after it wait for both."""
    waited: list[float] = []
    monkeypatch.setattr("conformance.wire.pace.time.sleep", waited.append)
    roles = roles_of(server, TARGET)
    for _ in range(5):
        roles.gate.pace.slow_down()

    roles.api.get("/miscellaneous/ping")
    roles.api.get("/miscellaneous/ping")

    assert len(waited) == len(server.requests) == 3
    assert [round(each) for each in waited] == [0, 0, 2]
