"""Records where DELETE is not offered: those of finished cases are lent, and what stays is said."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from observing import Observing
from running import ACCOUNT, all_at, suite
from test_api import TARGET, api_of

from conformance.clients.lending import with_new_records
from conformance.clients.shared_records import holding
from conformance.config.target import Budget, Claims
from conformance.runner.again import Again
from conformance.spec.addressing import Identity
from conformance.spec.resources import CUSTOMERS, GREETINGS, RESOURCES, SOURCES
from conformance.wire.recorder import recording
from reference.refusal import Refusal
from reference.seed import OTHER_PASSWORD, OTHER_USERNAME
from reference.serving import Serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.clients.api import Api
    from conformance.spec.resources import Resource
    from conformance.wire.recorder import Recorder
    from reference.operation import Operation
    from reference.representation import Answer

TWO_ACCOUNTS = {**ACCOUNT, "OTHER_USERNAME": OTHER_USERNAME, "OTHER_PASSWORD": OTHER_PASSWORD}
FEW = replace(TARGET, budget=Budget(records=2))
NO_DELETE = Claims(methods={each.name: frozenset({"GET", "POST", "PUT"}) for each in RESOURCES})
"""What an owner claims who offers no DELETE."""

OF_DELETE = "DELETE"
"""What is in the reason of each rule that does not apply there: none but those about DELETE."""


class Keeps(Observing):
    """Offers no DELETE, and says so with one status or another."""

    refusal = 405

    def perform(self, operation: Operation) -> Answer:
        """Do whatever else there is to do."""
        if operation.method == "DELETE":
            raise Refusal(self.refusal, "There is no such method here")
        return super().perform(operation)


class Keeps501(Keeps):
    """Says that it is not implemented."""

    refusal = 501


class Keeps403(Keeps):
    """Says that it is forbidden."""

    refusal = 403


class KeepsNumbers(Keeps):
    """Gives a customer its number once and for all."""

    def replace(self, resource: Any, record: Any, changes: Any) -> Any:  # noqa: ANN401
        """Leave the number as it is."""
        kept = {name: value for name, value in changes.items() if name != "custnr"}
        return super().replace(resource, record, kept)


@contextmanager
def case(api: Api) -> Iterator[Recorder]:
    """Run a case, so far as records are concerned."""
    with recording() as recorder, api.ledger.needed.running(recorder), holding():
        yield recorder


def done_before(api: Api, resource: Resource = CUSTOMERS, **more: str) -> Identity:
    """Return a record that a finished case has made."""
    with case(api):
        return api.create_new(resource, **more)


def full(server: Observing) -> Api:
    """Return the caller of a server that takes no DELETE, who may have two records alive."""
    api = api_of(server, FEW)
    with case(api):
        assert api.offers.working_form(CUSTOMERS, "DELETE") is None
    return api


@pytest.mark.parametrize("kind", [Keeps, Keeps501, Keeps403])
def test_a_record_of_a_finished_case_is_lent(kind: type[Keeps]) -> None:
    """Brought to the values that are asked for, and otherwise as a new one."""
    api = full(kind())
    done_before(api, email="was@example.com", name="Before")
    earlier = api.ledger.left()

    with case(api) as recorder:
        lent = api.create(CUSTOMERS, corporateid="556012-5790")
        shown = api.read(lent)
        new = api.read(api.create_new(CUSTOMERS))

    assert lent in earlier
    assert (shown["email"], shown["corporateid"]) == (new["email"], "556012-5790")
    assert str(shown["name"]).startswith("Conformance-cf-")
    assert recorder.borrowed == 1


def test_a_claim_that_no_delete_is_offered_is_enough() -> None:
    """Then nothing is tried, and records are lent from the first on."""
    server = Keeps()
    api = api_of(server, replace(TARGET, claims=NO_DELETE))
    earlier = done_before(api)

    with case(api):
        lent = api.create(CUSTOMERS)

    assert lent == earlier
    assert "DELETE" not in {each.method for each in server.requests}


def test_where_delete_is_offered_nothing_is_lent() -> None:
    """A full account is tidied there."""
    api = api_of(Observing(), FEW)
    earlier = [done_before(api) for _ in range(3)]

    with case(api) as recorder:
        made = api.create(CUSTOMERS)

    assert made not in earlier
    assert recorder.borrowed == 0


def test_a_running_case_keeps_what_it_has() -> None:
    """What it has made, or was lent, is lent to no other, nor to itself once more."""
    api = full(Keeps())
    done_before(api)

    with case(api):
        mine = [api.create(CUSTOMERS) for _ in range(2)]
        with case(api):
            other = api.create(CUSTOMERS)

    assert len({*mine, other}) == 3


def test_who_asks_for_a_new_record_gets_one() -> None:
    """Be it by name, or in a case that is tried once more."""
    api = full(Keeps())
    earlier = done_before(api)

    with case(api):
        by_name = api.create_new(CUSTOMERS)
        with with_new_records():
            again = api.create(CUSTOMERS)

    assert len({earlier, by_name, again}) == 3


def test_a_customer_that_has_something_is_not_lent() -> None:
    """Whoever asks for a customer expects one that has nothing."""
    api = full(Keeps())
    owner = done_before(api)
    with case(api):
        api.create_new(GREETINGS, owner.id)

    with case(api):
        assert api.create(CUSTOMERS) != owner


def test_a_record_is_lent_for_its_own_customer_alone() -> None:
    """A source belongs to a customer, and stays with it."""
    api = api_of(Keeps(), replace(TARGET, claims=NO_DELETE))
    with case(api):
        owners = [api.create_new(CUSTOMERS).id for _ in range(2)]
        made = [api.create_new(SOURCES, each) for each in owners]

    with case(api):
        lent = [api.create(SOURCES, each) for each in reversed(owners)]

    assert lent == made[::-1]


def test_what_does_not_become_as_new_is_not_lent() -> None:
    """A field that stays as it is, or cannot be unset, makes a record unfit."""
    api = full(KeepsNumbers())
    earlier = [done_before(api) for _ in range(3)]
    unset = full(Keeps())
    odd = done_before(unset, custom_1="set")

    with case(api):
        made = api.create(CUSTOMERS)
    with case(unset):
        assert unset.create(CUSTOMERS) != odd

    assert made not in earlier


def test_a_case_that_does_not_pass_with_a_loan_is_tried_with_new_records() -> None:
    """Once; what comes of that counts."""
    api = full(Keeps())
    done_before(api)
    earlier, had = api.ledger.left(), list[Identity]()

    def fails() -> None:
        had.append(api.create(CUSTOMERS))
        raise AssertionError

    item = SimpleNamespace(
        obj=fails,
        iter_markers=list,
        get_closest_marker=lambda _: None,
    )

    with case(api), pytest.raises(AssertionError):
        Again(api_roles(api)).call_rule(item, {})  # type: ignore[arg-type]

    assert had[0] in earlier
    assert len(had) == 2
    assert had[1] not in earlier


def api_roles(api: Api) -> Any:  # noqa: ANN401
    """Return as much of the callers as trying again needs."""
    return SimpleNamespace(
        api=api, target=api.target, second_session=api, patience=api.gate.patience
    )


@pytest.mark.parametrize(
    ("kind", "permitted", "exit_code"),
    [
        (Keeps, (), 13),
        pytest.param(Keeps501, ("--records-may-stay",), 0, marks=pytest.mark.proof),
    ],
)
def test_a_run_leaves_no_more_than_planned(
    kind: type[Keeps], permitted: tuple[str, ...], exit_code: int
) -> None:
    """No rule is blamed or left untried, but those about DELETE do not apply; all is named."""
    server = kind()
    before = len(server.everything())
    with Serving(server) as serving:
        planned = suite(*all_at(serving, "--plan", *permitted), account=TWO_ACCOUNTS)
        ran = suite(*all_at(serving, *permitted), account=TWO_ACCOUNTS)

    (most,) = re.findall(r"used again and stay, at most (\d+)", planned.output)
    stay = len(server.everything()) - before
    assert (ran.exit_code, ran.rules("failed", "inconclusive", "error")) == (exit_code, set())
    apart = reasons(ran.run, "not applicable")
    assert [id_ for id_, told in apart.items() if OF_DELETE not in told] == []
    assert 0 < len(ran.run["left_on_target"]) == stay <= int(most) < 800


def reasons(run: dict[str, Any], verdict: str) -> dict[str, str]:
    """Return why rules have a verdict, by their ids."""
    return {
        rule["id"]: "; ".join(case["reason"] for case in rule["cases"])
        for rule in run["rules"]
        if rule["verdict"] == verdict
    }
