"""What was there before a run is never taken for its own, whatever it shows later."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.clients.clean_up import clean_up
from conformance.clients.ownership import NotOurs
from conformance.spec.addressing import Identity
from conformance.spec.resources import CUSTOMERS, GREETINGS
from proof.servers import callers_on_a_socket
from reference.records import Record
from reference.resources import CUSTOMERS as STORED
from reference.resources import GREETINGS as STORED_GREETINGS
from reference.server import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from conformance.clients.api import Api
    from reference.operation import Operation
    from reference.representation import Value
    from reference.resources import Resource


class GoesAstray(Reference):
    """Changes with each update the oldest record of the account in place of the one named."""

    def replace(self, resource: Resource, record: Record, changes: Mapping[str, Value]) -> Record:
        """Change another one, and answer as if it were the one."""
        oldest = next(iter(self.records(resource)))
        super().replace(resource, oldest, changes)
        return Record(record.id, record.account, {**record.values, **changes})


@pytest.fixture
def server() -> GoesAstray:
    """A server whose updates go astray."""
    return GoesAstray()


@pytest.fixture
def api(server: GoesAstray) -> Iterator[Api]:
    """The right caller of that server."""
    with callers_on_a_socket(server) as roles:
        yield roles.api


def test_an_update_that_goes_astray_makes_nothing_ours(server: GoesAstray, api: Api) -> None:
    """A record of before that shows a text of the run is neither deleted nor said to be left."""
    before = [each.id for each in server.records(STORED)]
    made = api.create(CUSTOMERS)
    api.put(made.path, data={"name": api.fresh()})

    left = clean_up(api)

    assert [each.id for each in server.records(STORED)] == before
    assert left == []


def test_no_write_is_aimed_at_it(server: GoesAstray, api: Api) -> None:
    """Its id is refused by whatever makes the URLs of writes, though a read shows our text."""
    oldest = Identity(CUSTOMERS, next(iter(server.records(STORED))).id)
    made = api.create(CUSTOMERS)
    api.put(made.path, data={"name": api.fresh()})
    assert api.ledger.bears_prefix(api.read(oldest))

    with pytest.raises(NotOurs):
        api.ask("DELETE", oldest)


def test_a_list_is_read_once_before_the_first_creation(api: Api) -> None:
    """Further creations of the kind ask for no list, under whichever customer they are."""
    api.create_new(GREETINGS, api.create_new(CUSTOMERS).id)
    asked = len(api.gate.journal.exchanges)
    api.create_new(GREETINGS, api.create_new(CUSTOMERS).id)

    later = [each.url for each in api.gate.journal.exchanges[asked:] if each.method == "GET"]

    assert [each for each in later if each.endswith(("/customers", str(GREETINGS)))] == []


class ShowsOldAsNew(Reference):
    """Shows a greeting of the system with the name of the greeting that was made last."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Look whether it is one of the system."""
        shown = super().presented(operation, record)
        if operation.resource is not STORED_GREETINGS or record.values["customer_id"] is not None:
            return shown
        *_, newest = self.records(STORED_GREETINGS)
        return {**shown, "name": newest.values["name"]}


def test_a_greeting_of_the_system_is_never_ours() -> None:
    """It is listed under each customer of ours, is refused to a DELETE there, and stays."""
    server = ShowsOldAsNew()
    old = [each.id for each in server.records(STORED_GREETINGS)]
    with callers_on_a_socket(server) as roles:
        owner = roles.api.create(CUSTOMERS)
        roles.api.create(GREETINGS, owner.id)
        listed = {str(each[GREETINGS.id_field]) for each in roles.api.listed(GREETINGS, owner.id)}
        assert listed.intersection(old)
        for id_ in listed.intersection(old):
            with pytest.raises(NotOurs):
                roles.api.ask("DELETE", Identity(GREETINGS, id_, owner.id))

        left = clean_up(roles.api)

    assert [each.id for each in server.records(STORED_GREETINGS)] == old
    assert left == []
