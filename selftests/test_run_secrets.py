"""No secret is in anything that a run leaves, whatever the target does with it."""

from __future__ import annotations

import base64
import re
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from observing import Observing
from running import all_at, suite, two_at_a_time

from reference import Response, seed
from reference.digest import credentials_in
from reference.faults.credentials import AcceptsBasic
from reference.faults.digest import RefusesWrongPasswordsWith403
from reference.serving import Serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from running import Outcome

    from reference import Request

pytestmark = pytest.mark.whole_run

USERNAME = "ada"
PASSWORD = """p<&%"'w/+=d é"""
TOKEN = base64.b64encode(f"{USERNAME}:{PASSWORD}".encode()).decode()
CHOSEN = (
    "suites/security/test_digest.py",
    "suites/security/test_wrong_credentials.py",
    "suites/security/test_right_digests.py",
)


class Broken(Observing, AcceptsBasic, RefusesWrongPasswordsWith403, abstract=True):
    """Breaks rules that send passwords in every way."""


class Reflecting(Broken, abstract=True):
    """Sends Authorization fields back, in a field of the response and in its body.

    That of the request, and that of one long before in other letters: of another case.
    """

    def respond(self, request: Request) -> Response:
        """Answer as always, and add the fields."""
        response = super().respond(request)
        value = request.header("Authorization") or ""
        earlier = self.requests[max(-60, -len(self.requests))].header("Authorization") or ""
        if earlier.startswith("Digest"):
            value += f" {earlier.upper()}"
        reflected = value.encode("latin-1", "replace").decode("latin-1")
        field = ("X-Authorization", reflected)
        body = response.body + b" " + reflected.encode()
        return replace(response, headers=(*response.headers, field), body=body)


@pytest.fixture(scope="module")
def runs() -> Iterator[dict[type[Broken], tuple[Outcome, Observing]]]:
    """Give runs against servers that break rules, each with the server that was asked."""
    account = {"API_USERNAME": USERNAME, "API_PASSWORD": PASSWORD}
    with pytest.MonkeyPatch.context() as patch, ExitStack() as stack:
        patch.setattr(seed, "PASSWORDS", {USERNAME: PASSWORD})
        patch.setattr(seed, "PASSWORD", PASSWORD)
        servers = {kind: kind() for kind in (Broken, Reflecting)}
        servings = {kind: stack.enter_context(Serving(servers[kind])) for kind in servers}
        pool = stack.enter_context(two_at_a_time())
        started = {
            kind: pool.submit(suite, *all_at(serving), *CHOSEN, account=account)
            for kind, serving in servings.items()
        }
        yield {kind: (started[kind].result(), servers[kind]) for kind in servers}


@pytest.fixture(params=[Broken, Reflecting])
def run(
    request: pytest.FixtureRequest, runs: dict[type[Broken], tuple[Outcome, Observing]]
) -> tuple[Outcome, Observing]:
    """One failing run, and the server that was asked."""
    return runs[request.param]


def test_a_failing_run_shows_neither_password_nor_token(run: tuple[Outcome, Observing]) -> None:
    """The password is in no output and no artefact, in none of its spellings; nor is Basic's."""
    outcome, server = run
    sent = [request.header("Authorization") or "" for request in server.requests]

    assert outcome.rules("failed") >= {"basic-refused-everywhere", "wrong-password-refused"}
    assert f"Basic {TOKEN}" in sent
    assert TOKEN not in outcome.everything
    assert [each for each in spellings(PASSWORD) if each in outcome.everything] == []


def test_a_failing_run_shows_no_digest(run: tuple[Outcome, Observing]) -> None:
    """Response and cnonce, with which passwords can be tried, are nowhere."""
    outcome, server = run
    digests = [credentials_in(request.header("Authorization") or "") for request in server.requests]
    secrets = {
        value
        for digest in digests
        if digest is not None
        for value in (digest.response, digest.cnonce)
        if value is not None and len(value) > 8
    }

    assert len(secrets) > 100
    everything = outcome.everything.lower()
    assert [each for each in secrets if each.lower() in everything] == []
    assert re.findall(rf"[^-]Authorization: \w+ username=[^,]*{USERNAME}", outcome.everything) == []


def spellings(text: str) -> set[str]:
    """Return a text as URLs, JSON, HTML and Python would write it."""
    return {
        text,
        text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;"),
        text.replace("&", "&amp;").replace("<", "&lt;"),
        text.replace('"', '\\"'),
        text.replace("'", "\\'"),
        "p%3C%26%25%22%27w%2F%2B%3Dd%20%C3%A9",
        "p%3C%26%25%22%27w%2F%2B%3Dd+%C3%A9",
    }
