"""--plan says what a run would send at most, and sends nothing but a ping."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest
from observing import Observing
from running import ROOT, all_at, at, embedded_run, suite

from conformance.config.credentials import Credentials
from conformance.results.costs import AROUND, Costs, read_costs
from conformance.results.plan import MARGIN, plan_of
from conformance.wire.digest import Challenge, authorization, digest_fields
from conformance.wire.wrong_credentials import WrongCredentials
from proof.servers import embedded_target
from reference.serving import Serving

pytestmark = pytest.mark.whole_run

TABLE = ROOT / "suites" / "costs.tsv"
STALE = "suites/costs.tsv is stale: record it anew with `make costs`"
ADA = Credentials("ada", "correct-horse")
MALLORY = Credentials("ada", "wrong-horse")
CHALLENGES = {
    "MD5 with qop": {"qop": "auth"},
    "SHA-256": {"qop": "auth", "algorithm": "SHA-256"},
    "a session": {"qop": "auth", "algorithm": "MD5-sess"},
    "RFC 2069": {},
    "opaque": {"qop": "auth,auth-int", "opaque": 'a "quoted" one'},
}


def costs() -> Costs:
    """Return the table that is checked in."""
    return read_costs(TABLE)


def test_a_plan_sends_one_ping() -> None:
    """It names all that it has to, ends with 0, and leaves no results."""
    server = Observing()
    with Serving(server) as serving:
        outcome = suite(*all_at(serving, "--plan"))

    assert outcome.exit_code == 0, outcome.output
    assert {(each.method, each.target) for each in server.requests} == {
        ("GET", "/2.4.9/miscellaneous/ping")
    }
    assert len(server.requests) <= 2
    said = [line.split()[0] for line in outcome.output.splitlines()[1:6]]
    assert said == ["rules", "requests", "records", "wrong", "seconds"]
    assert outcome.files == {}


@pytest.mark.parametrize(
    ("methods", "said"),
    [
        ({}, "no DELETE are used again and stay, at most"),
        (
            {"sources": frozenset({"GET", "POST", "PUT"})},
            "stay, of sources: no DELETE is offered",
        ),
        (
            {"sources": frozenset({"GET", "DELETE"})},
            "no DELETE are used again and stay, at most",
        ),
    ],
)
def test_a_plan_says_how_many_records_stay(methods: dict[str, frozenset[str]], said: str) -> None:
    """Where no DELETE is offered, as far as that is known before the first request."""
    target = embedded_target("https://host/2.4.9", "http://host/2.4.9", ROOT)
    target = replace(target, allow_writes=True, claims=replace(target.claims, methods=methods))
    plan = plan_of(costs(), target, "standard", {"post-creates-exactly-one": 4}, 0.0)

    (line,) = (each for each in plan.lines() if each.startswith("records"))
    assert re.search(r"at most \d+ are made, at most \d+ at once, and deleted again; ", line)
    assert said in line
    assert re.search(r"at most \d+( stay|$)", line)


def test_a_plan_without_permission_to_write_has_no_writes() -> None:
    """Nothing but GET, and no record."""
    with Serving(Observing()) as serving:
        outcome = suite(*at(serving, "--plan"))

    assert outcome.exit_code == 0, outcome.output
    assert "POST 0, PUT 0, DELETE 0" in outcome.output
    assert "records          none" in outcome.output


def test_a_plan_of_a_target_that_is_not_there() -> None:
    """It ends as a run does, with one sentence."""
    outcome = suite("--base-url=https://127.0.0.1:1/2.4.9", "--plan")

    assert outcome.exit_code == 10
    assert re.fullmatch(r"The target \S+ cannot be reached: .*\n", outcome.output)


def test_the_table_of_costs_is_not_stale() -> None:
    """A whole run has the rules of the table, and sends about what that says, not more."""
    run = embedded_run().run
    recorded = costs()["standard"]
    whole = sum(each.cost.requests for each in recorded.values())

    assert {each["id"] for each in run["rules"]} == recorded.keys() - {AROUND}, STALE
    assert whole / MARGIN <= run["requests"]["total"] <= whole * 1.05, STALE


def test_no_rule_sends_more_than_planned() -> None:
    """The plan of each rule alone is a bound of what it has sent in a whole run."""
    target = embedded_target("https://host/2.4.9", "http://host", ROOT)
    known = costs()
    too_many = {
        rule["id"]: rule["requests"]
        for rule in embedded_run().run["rules"]
        if rule["requests"]
        > plan_of(known, target, "standard", {rule["id"]: len(rule["cases"])}, 0.0).requests
    }

    assert too_many == {}, STALE


@pytest.mark.parametrize(
    "selection", ["--rule=forged-digest-gets-nothing", "--chapter=Paging", "--statement=S13"]
)
def test_a_selection_stays_within_its_plan(selection: str) -> None:
    """Also where a rule alone has to find out what others found out before it."""
    server = Observing()
    with Serving(server) as serving:
        planned = suite(*all_at(serving, "--plan", selection))
        server.requests.clear()
        ran = suite(*all_at(serving, selection))

    bounds = {name: int(most) for name, most in re.findall(r"([A-Z]+) (\d+)", planned.output)}
    sent = Counter(each.method for each in server.requests)
    assert planned.exit_code == 0, planned.output
    assert {name: sent[name] for name in bounds if sent[name] > bounds[name]} == {}
    assert ran.run["requests"]["total"] <= sum(bounds.values())


@pytest.mark.parametrize("parameters", CHALLENGES.values(), ids=CHALLENGES)
def test_wrong_credentials_are_told_from_right_ones(parameters: dict[str, str]) -> None:
    """By what a digest is computed from, and not by what the server says."""
    challenge = Challenge("digest", {"realm": "r", "nonce": "n", **parameters})
    known = WrongCredentials([ADA])

    def field_of(credentials: Credentials) -> dict[str, str]:
        fields = digest_fields(challenge, credentials, "GET", "/a", count=7)
        return {"authorization": authorization(fields)}

    assert not known.are_in("GET", {})
    assert not known.are_in("GET", field_of(ADA))
    assert known.are_in("GET", field_of(MALLORY))
    assert known.are_in("GET", field_of(Credentials("eve", ADA.password)))


@pytest.mark.parametrize(
    ("field", "is_wrong"),
    [
        ("Basic YWRhOmNvcnJlY3QtaG9yc2U=", False),
        ("Basic YWRhOndyb25n", True),
        ("Bearer x", True),
        ("Digest", False),
        ("Digest nc=zz, realm=r, nonce=n, uri=/, response=x, username=ada", True),
        ("", True),
    ],
)
def test_other_fields_are_told_apart(field: str, *, is_wrong: bool) -> None:
    """Any field that the right password does not explain counts."""
    assert WrongCredentials([ADA]).are_in("GET", {"Authorization": field}) is is_wrong
