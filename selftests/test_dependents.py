"""What goes with a customer needs no DELETE of its own, where that was seen."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from observing import Observing

from conformance.clients.clean_up import clean_up
from conformance.clients.roles import Roles
from conformance.clients.workers import on_threads
from conformance.config.target import Budget
from conformance.spec.resources import CUSTOMERS, GREETINGS, SOURCES, USERS
from conformance.wire.transport import Network
from proof.servers import WITHOUT_SOCKET, callers_in_process, callers_on_a_socket
from reference.refusal import Refusal
from reference.resources import CUSTOMERS as THEIR_CUSTOMERS

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from reference.operation import Operation
    from reference.records import Record
    from reference.representation import Answer

SUB_RESOURCES = (GREETINGS, SOURCES, USERS)


class KeepsWhatACustomerHas(Observing):
    """Deletes a customer alone."""

    def remove_with_dependents(self, operation: Operation, record: Record) -> None:
        """Remove what is named, and nothing else."""
        self.remove(operation.resource, record)


class DeletesNoOwners(Observing):
    """Refuses to delete a customer that still has something."""

    def perform(self, operation: Operation) -> Answer:
        """Look for what it has first."""
        if operation.method == "DELETE" and operation.resource is THEIR_CUSTOMERS:
            owner = operation.record_id
            if any(each.values.get("customer_id") == owner for each in self.owned()):
                raise Refusal(409, "It still has something")
        return super().perform(operation)

    def owned(self) -> list[Record]:
        """Return all that may belong to a customer."""
        return [each for each in self.everything() if "uuid" not in each.values]


def furnish(api: Api, count: int = 3) -> None:
    """Make customers with one record of each sub-resource."""
    for _ in range(count):
        customer = api.create(CUSTOMERS).id
        for resource in SUB_RESOURCES:
            api.create(resource, customer)


def deletes(server: Observing) -> list[str]:
    """Return the targets of all DELETEs that a server was sent."""
    return [each.target for each in server.requests if each.method == "DELETE"]


def test_what_goes_with_a_customer_is_not_deleted_by_itself() -> None:
    """One DELETE for each customer leaves the account as it was."""
    server = Observing()
    before = server.everything()
    with callers_in_process(server) as roles:
        furnish(roles.api)

        assert clean_up(roles.api) == []

    assert len(deletes(server)) == 3
    assert server.everything() == before


@pytest.mark.parametrize("kind", [KeepsWhatACustomerHas, DeletesNoOwners])
def test_what_stays_is_deleted_by_itself(kind: type[Observing]) -> None:
    """Where a customer's records stay, or keep it from being deleted, they have their own DELETE.

    Nothing can tell that a greeting has stayed whose customer is gone: one, which the probe left.
    """
    server = kind()
    before = [each.id for each in server.everything()]
    with callers_in_process(server) as roles:
        furnish(roles.api)

        assert clean_up(roles.api) == []

    kept = [each for each in server.everything() if each.id not in before]
    assert [each for each in kept if "sounddata" not in each.values] == []


def test_a_customer_goes_after_what_nobody_knew_that_it_has() -> None:
    """A refused DELETE is tried again when a list has shown what stood in its way."""
    server = DeletesNoOwners()
    before = server.everything()
    with callers_in_process(server) as roles:
        customer = roles.api.create(CUSTOMERS).id
        roles.api.post("/sources", data=roles.api.values(SOURCES, customer))

        assert clean_up(roles.api) == []

    assert server.everything() == before


def test_the_clean_up_has_several_requests_under_way() -> None:
    """With a concurrency of four, DELETEs come over four connections, and all is gone."""
    server = Observing()
    before = server.everything()
    with callers_on_a_socket(server) as embedded:
        target = replace(embedded.target, budget=Budget(concurrency=4))
        roles = Roles(target, Network())
        for _ in range(12):
            roles.api.create(CUSTOMERS)

        assert clean_up(roles.api) == []
        roles.close()

    assert len(deletes(server)) == 12
    assert server.everything() == before
    challenged = [each for each in server.requests if each.header("Authorization") is None]
    assert len(challenged) == 1 + 4


@pytest.mark.parametrize(
    ("budget", "embedded", "workers"),
    [
        (Budget(), False, 8),
        (Budget(), True, 1),
        (Budget(requests_per_second=5), False, 1),
        (Budget(requests_per_second=5, concurrency=3), False, 3),
        (Budget(concurrency=16), True, 16),
    ],
)
def test_several_at_a_time_where_nobody_minds(
    budget: Budget, workers: int, *, embedded: bool
) -> None:
    """Eight at a time at a remote target without a rate; what is asked for wins."""
    with callers_on_a_socket(Observing()) as roles:
        target = replace(roles.target, budget=budget, embedded=embedded)

    assert target.workers == workers
    assert WITHOUT_SOCKET.workers == 1


def test_threads_give_results_in_the_order_of_the_values() -> None:
    """Whichever thread ends first; and the first error ends all that was not begun."""
    barrier = threading.Barrier(4, timeout=10)

    def squared(number: int) -> int:
        barrier.wait()
        return number**2

    assert on_threads(squared, [3, 1, 2, 0], 4) == [9, 1, 4, 0]
    with pytest.raises(ZeroDivisionError):
        on_threads(lambda number: 1 // number, [1, 0, 1], 2)
