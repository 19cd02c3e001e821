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
from reference.server import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from conformance.clients.api import Api
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
    """Further creations of the kind ask for no list, and sub-resources of ours need none."""
    api.create_new(CUSTOMERS)
    asked = len(api.gate.journal.exchanges)
    owner = api.create_new(CUSTOMERS)
    api.create_new(GREETINGS, owner.id)

    later = [each.url for each in api.gate.journal.exchanges[asked:] if each.method == "GET"]

    assert [each for each in later if each.endswith("/customers")] == []
