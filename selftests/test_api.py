"""The account's own caller: what it finds, makes and takes away, on servers of several kinds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from observing import KeepsRecords, Observing

from conformance.clients.clean_up import clean_up
from conformance.clients.roles import Roles
from conformance.config.credentials import Credentials
from conformance.config.target import Claims, Target
from conformance.spec.addressing import Form, Identity
from conformance.spec.resources import CUSTOMERS, GREETINGS, RESOURCES, SOURCES, USERS
from conformance.verdicts import NotApplicable, NotRun, SetupFailed, Unobservable
from reference import seed
from reference.adapter import InProcessAdapter
from reference.refusal import Refusal
from reference.representation import Answer

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource
    from reference.operation import Operation

TARGET = Target(
    base_url="https://host.test/2.4.9",
    http_url="http://host.test/2.4.9",
    credentials=Credentials(seed.USERNAME, seed.PASSWORD),
    reports=Path(),
    allow_writes=True,
)
UNKNOWN = Identity(CUSTOMERS, "999999")


class Deletes405(Observing):
    """Offers no DELETE."""

    def perform(self, operation: Operation) -> Answer:
        """Do whatever else there is to do."""
        if operation.method == "DELETE":
            raise Refusal(405, "This method is not allowed here")
        return super().perform(operation)


class Forbids(Observing):
    """Refuses all reading, though it knows who calls."""

    def perform(self, operation: Operation) -> Answer:
        """Refuse it."""
        raise Refusal(403, f"This account may not use {operation.resource.name}")


class SaysLittle(Observing):
    """Answers a POST with an empty list."""

    def perform(self, operation: Operation) -> Answer:
        """Do it, and keep quiet about it."""
        answer = super().perform(operation)
        return Answer(answer.name, []) if operation.method == "POST" else answer


class Empty(Observing):
    """Starts without records."""

    def __init__(self) -> None:
        """Throw the seed away."""
        super().__init__()
        self._tables = {name: {} for name in self._tables}


class Nameless(Observing):
    """Answers records without their ids."""

    def perform(self, operation: Operation) -> Answer:
        """Leave the ids out."""
        answer = super().perform(operation)
        records = [
            {name: value for name, value in record.items() if name != operation.resource.id_name}
            for record in answer.content
            if not isinstance(record, str)
        ]
        return Answer(answer.name, records, answer.paging)


class Paging(Observing):
    """Has two customers on a page."""

    default_pagesize = 2


def api_of(server: Observing, target: Target = TARGET) -> Api:
    """Return the account's own caller of a server that has no socket."""
    return Roles(target, lambda source: InProcessAdapter(server, source or "127.0.0.1")).api


@pytest.fixture
def server() -> Observing:
    """Give a server that keeps what it is asked."""
    return Observing()


@pytest.fixture
def api(server: Observing) -> Api:
    """Give the account's own caller of the server."""
    return api_of(server)


each_resource = pytest.mark.parametrize("resource", RESOURCES, ids=str)


def test_a_record_is_found_or_not(api: Api) -> None:
    """`find` returns the record that has the id, None where there is none; `read` insists."""
    found = api.find(Identity(CUSTOMERS, "12"))

    assert found is not None
    assert found["customer_id"] == "12"
    assert api.find(UNKNOWN) is None
    with pytest.raises(SetupFailed, match="the customer 999999 cannot be read"):
        api.read(UNKNOWN)


@pytest.mark.parametrize("kind", [Observing, Paging])
def test_a_list_is_read_to_its_last_page(kind: type[Observing]) -> None:
    """All pages are read, each record once; a filter restricts the list."""
    api = api_of(kind())

    listed = [record["customer_id"] for record in api.listed(CUSTOMERS)]

    assert listed == ["1", "2", "3", "12", "123", "124"]
    assert [each["customer_id"] for each in api.listed(CUSTOMERS, custnr="100")] == ["123"]
    assert [each["name"] for each in api.listed(GREETINGS, "2")] == ["Standard", "Stängt"]


@each_resource
@pytest.mark.parametrize("kind", [Observing, SaysLittle])
def test_a_record_is_made_and_known(resource: Resource, kind: type[Observing]) -> None:
    """`create` returns the new record's identity, whether the answer tells it or the list."""
    server = kind()
    api = api_of(server)
    before = server.everything()

    made = api.create(resource)
    again = api.create(resource, made.parent_id)

    assert made.id != again.id
    assert made.parent_id == again.parent_id
    assert api.find(made)
    assert {made.id, again.id} <= api.ledger.made_ids(resource)
    assert clean_up(api) == []
    assert server.everything() == before


def test_nothing_is_made_without_permission(server: Observing) -> None:
    """Where writes are not permitted, no record is made for a rule that could do without."""
    api = api_of(server, replace(TARGET, allow_writes=False))

    with pytest.raises(NotRun):
        api.create(CUSTOMERS)
    with pytest.raises(Unobservable, match="the account has no customers"):
        api_of(Empty(), replace(TARGET, allow_writes=False)).samples.existing(CUSTOMERS)
    assert [request.method for request in server.requests if request.method != "GET"] == []


def test_an_empty_account_gets_records_where_that_is_permitted() -> None:
    """A list without records gets one of our own, which the clean-up takes away."""
    server = Empty()
    api = api_of(server)

    assert len(api.samples.existing(CUSTOMERS)) == 1
    assert len(api.samples.of(GREETINGS)) > 0
    assert clean_up(api) == []
    assert server.everything() == []


def test_some_records_are_confusable(api: Api) -> None:
    """They are first and last of a list, between two of which one's id begins with the other's."""
    ids = [identity.id for identity in api.samples.of(CUSTOMERS)]

    assert ids == ["1", "124", "12"]


def test_records_without_ids_cannot_be_tried() -> None:
    """A target whose records have no ids ends the case as inconclusive, not as our bug."""
    with pytest.raises(SetupFailed):
        api_of(Nameless()).samples.one(CUSTOMERS, "GET")


@each_resource
def test_an_unused_id_is_nobodys(api: Api, resource: Resource) -> None:
    """Nobody has it, it is far from those that exist, and fits into 32 bits."""
    parent_id = "1" if resource is GREETINGS else None

    unused = api.samples.unused_id(resource, parent_id)

    assert api.find(Identity(resource, unused, parent_id)) is None
    assert 100_000 < int(unused) < 2**31


def test_fresh_texts_are_nobodys(api: Api) -> None:
    """Each is new, and made of letters, digits and hyphens only."""
    texts = [api.fresh() for _ in range(100)] + [api.ledger.fresh_number() for _ in range(100)]

    assert len(set(texts)) == 200
    assert all(text.replace("-", "").isalnum() for text in texts)
    assert all(text.isdecimal() for text in texts[100:])


def test_what_a_post_stored_is_found_and_taken_away(server: Observing, api: Api) -> None:
    """`stored` finds a record by a value that only it has; the clean-up knows it from then on."""
    before = server.everything()
    values = api.values(CUSTOMERS)
    response = api.post("/customers", data=values)

    found = api.stored(CUSTOMERS, response, "custnr", values["custnr"])

    assert [record["name"] for record in found] == [values["name"]]
    assert api.stored(CUSTOMERS, response, "custnr", "nobody's") == []
    assert clean_up(api) == []
    assert server.everything() == before


@pytest.mark.parametrize("resource", [CUSTOMERS, GREETINGS, SOURCES, USERS], ids=str)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_an_offered_method_has_a_form(api: Api, resource: Resource, method: str) -> None:
    """What the server offers is found out by trying it."""
    assert api.offers.require(resource, method) in Form


def test_a_method_that_is_refused_is_not_offered() -> None:
    """Where DELETE is answered 405, rules about it do not apply; it is found out once."""
    server = Deletes405()
    api = api_of(server)

    for _ in range(2):
        with pytest.raises(NotApplicable, match="DELETE is not offered on customers"):
            api.offers.require(CUSTOMERS, "DELETE")

    sent = [request.target for request in server.requests if request.method == "DELETE"]
    assert len(sent) == len(set(sent)) <= 2


def test_a_claim_is_believed(server: Observing) -> None:
    """What is claimed not to be offered is not tried."""
    claims = Claims(methods={"customers": frozenset({"GET", "POST"})})
    api = api_of(server, replace(TARGET, claims=claims))

    with pytest.raises(NotApplicable):
        api.offers.require(CUSTOMERS, "PUT")

    assert server.requests == []


def test_a_server_without_delete_is_not_asked_forever() -> None:
    """What cannot be deleted there stays, is named as left, and costs one request."""
    server = Deletes405()
    api = api_of(server)
    made = [api.create(CUSTOMERS) for _ in range(3)]

    assert [str(each).partition(" ")[0] for each in clean_up(api)] == [
        each.path for each in made[::-1]
    ]
    assert [request.method for request in server.requests].count("DELETE") == 1


def test_what_is_refused_to_be_deleted_is_left() -> None:
    """A record whose DELETE is refused is named, the last one first."""
    api = api_of(KeepsRecords())
    made = [api.create(CUSTOMERS) for _ in range(2)]

    assert [str(each).partition(" ")[0] for each in clean_up(api)] == [
        each.path for each in made[::-1]
    ]


def test_a_path_that_is_not_there_does_not_apply(api: Api) -> None:
    """A refusal of it would show nothing."""
    api.offers.require_path("/customers")

    with pytest.raises(NotApplicable, match="/nowhere is not offered: 404"):
        api.offers.require_path("/nowhere")


def test_a_path_that_is_forbidden_shows_nothing() -> None:
    """The document describes customers; an account may have no part in sources."""
    api = api_of(Forbids())

    with pytest.raises(SetupFailed, match="/customers is refused to the right caller, too: 403"):
        api.offers.require_path("/customers")
    with pytest.raises(NotApplicable, match=r"/sources\.xml is not offered: 403"):
        api.offers.require_path("/sources.xml")
