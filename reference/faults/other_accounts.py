"""Faults by which one account gets at what is another's, each in one way of asking."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import parse_qsl

from reference import seed
from reference.faulty import Fault
from reference.message import Request
from reference.operation import Operation
from reference.records import Record
from reference.representation import Answer, Value
from reference.resources import (
    CALL_RECORDS,
    CUSTOMERS,
    GREETINGS,
    RECORDINGS,
    SOURCES,
    USERS,
    Resource,
)


class ListsSourcesOfEveryAccount(Fault, breaks="other-account-is-not-shown"):
    """Lists the sources of every account where nothing is filtered."""

    def candidates(self, operation: Operation) -> list[Record]:
        """Look whether anything is asked for."""
        if operation.resource is SOURCES and operation.method == "GET" and not operation.parameters:
            return list(self.records(SOURCES))
        return super().candidates(operation)


class ListsEveryAccountInXml(
    Fault, breaks="other-account-is-not-shown page-is-the-same-in-every-way"
):
    """Lists the customers of every account behind the suffix .xml."""

    def candidates(self, operation: Operation) -> list[Record]:
        """Look at the suffix."""
        path = operation.request.target.partition("?")[0]
        if (
            operation.resource is CUSTOMERS
            and path.endswith("customers.xml")
            and operation.method == "GET"
        ):
            return list(self.records(CUSTOMERS))
        return super().candidates(operation)


class UpdatesForeignCustomersByParameter(Fault, breaks="other-account-is-not-changed"):
    """Updates customers of any account that are named in the body."""

    def candidates(self, operation: Operation) -> list[Record]:
        """Look where the id is."""
        if operation.resource is CUSTOMERS and operation.method == "PUT" and not operation.ids:
            return list(self.records(CUSTOMERS))
        return super().candidates(operation)


class DeletesForeignGreetings(
    Fault, breaks="other-account-is-not-deleted sub-resource-writes-need-the-parent"
):
    """Deletes greetings of any account."""

    def candidates(self, operation: Operation) -> list[Record]:
        """Take all greetings."""
        if operation.resource is GREETINGS and operation.method == "DELETE":
            return list(self.records(GREETINGS))
        return super().candidates(operation)

    def check_parent(self, operation: Operation) -> None:
        """Take any parent."""
        if operation.resource is GREETINGS and operation.method == "DELETE":
            return
        super().check_parent(operation)


class CreatesGreetingsForOthers(Fault, breaks="nothing-is-made-in-another-account"):
    """Creates greetings for customers of any account, for all to see there."""

    def customer(self, account: str, customer_id: str) -> Record | None:
        """Take any customer for a new greeting."""
        found = self.having(list(self.records(CUSTOMERS)), "customer_id", customer_id)
        return found[0] if found and self.greeting else super().customer(account, customer_id)

    greeting = False

    def create(self, operation: Operation) -> Answer:
        """Remember what is created."""
        self.greeting = operation.resource is GREETINGS
        try:
            return super().create(operation)
        finally:
            self.greeting = False

    def insert(
        self, resource: Resource, account: str, record_id: str, values: Mapping[str, Value]
    ) -> Record:
        """Give the greeting to the account of its customer."""
        owner: str | None = account
        if resource is GREETINGS:
            found = self.having(
                list(self.records(CUSTOMERS)), "customer_id", str(values["customer_id"])
            )
            owner = found[0].account
        return super().insert(resource, owner or account, record_id, values)


class FindsCallsOfForeignSources(
    Fault, breaks="calls-of-another-account-are-not-shown third-filter-holds"
):
    """Answers the calls of a source of any account."""

    def candidates(self, operation: Operation) -> list[Record]:
        """Look for the source."""
        if operation.resource is CALL_RECORDS and "source_id" in operation.parameters:
            return list(self.records(CALL_RECORDS))
        return super().candidates(operation)


class CountsForeignSources(
    Fault, breaks="other-account-is-not-counted every-page-counts-its-pages"
):
    """Counts the sources of every account that a filter matches."""

    def total(self, matching: int, shown: int) -> int:
        """Add those of other accounts."""
        return super().total(matching + self.__dict__.pop("more", 0), shown)

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Look how many there are."""
        if operation.resource is SOURCES and "customer_id" in operation.parameters:
            found = self.having(
                list(self.records(SOURCES)), "customer_id", operation.parameters["customer_id"]
            )
            self.more = sum(each.account != operation.account for each in found)
        return super().listing(operation, records)


class FindsUsersOfForeignCustomers(
    Fault, breaks="foreign-filter-shows-nothing other-account-is-not-shown"
):
    """Answers the users of a customer of any account."""

    def candidates(self, operation: Operation) -> list[Record]:
        """Look for the customer."""
        if (
            operation.resource is USERS
            and "customer_id" in operation.parameters
            and operation.method == "GET"
        ):
            return list(self.records(USERS))
        return super().candidates(operation)


class GivesSourcesAway(
    Fault, breaks="source-stays-in-its-account nothing-is-made-in-another-account"
):
    """Takes any customer there is for the owner of a source that is changed."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Store the id as it was sent."""
        changes = super().changed_values(operation, record, values)
        body = dict(parse_qsl(operation.request.body.decode("utf-8", "replace")))
        sent = body.get("customer_id")
        known = {each.id for each in self.records(CUSTOMERS)}
        if operation.resource is SOURCES and sent in known:
            return {**changes, "customer_id": sent}
        return changes


class BelievesWhoIsNamed(Fault, abstract=True):
    """Lists what belongs to an account that a request names; the faults below say where."""

    def named(self, request: Request) -> str | None:
        """The name in a request, if it has one."""
        raise NotImplementedError

    def candidates(self, operation: Operation) -> list[Record]:
        """Take that account for the caller's."""
        named = self.named(operation.request)
        if operation.method == "GET" and named is not None and named in seed.PASSWORDS:
            return super().candidates(replace(operation, account=named))
        return super().candidates(operation)


class BelievesWhoIsNamedInTheQuery(BelievesWhoIsNamed, breaks="other-account-is-not-shown"):
    """Takes the account from the query."""

    def named(self, request: Request) -> str | None:
        """Look for a parameter."""
        return dict(parse_qsl(request.target.partition("?")[2])).get("account")


class BelievesWhoIsNamedInAField(BelievesWhoIsNamed, breaks="other-account-is-not-shown"):
    """Takes the account from a header field."""

    def named(self, request: Request) -> str | None:
        """Look for the field."""
        return request.header("X-Account")


class ShowsRecordingsOfAnybody(Fault, breaks="recording-of-another-account-is-not-shown"):
    """Answers a recording by its id, whichever account it belongs to."""

    def candidates(self, operation: Operation) -> list[Record]:
        """Look for an id."""
        if operation.resource is RECORDINGS and operation.record_id:
            return list(self.records(RECORDINGS))
        return super().candidates(operation)


class NamesUsersOfEveryAccount(Fault, breaks="greeting-of-all-names-no-other-source"):
    """Names the sources of every account that use a greeting."""

    def used_by(self, operation: Operation, greeting: Record) -> tuple[Value, ...]:
        """Look at all sources."""
        del operation
        sources = self.having(list(self.records(SOURCES)), "vm_greeting_id", greeting.id)
        return tuple(each.id for each in sources)


class RemembersWhoseNonceItIs(Fault, breaks="nonce-belongs-to-no-account"):
    """Takes whoever comes with a nonce for the account that has used it first."""

    def authenticate(self, request: Request) -> str:
        """Look the nonce up, once the digest is found right."""
        account = super().authenticate(request)
        credentials = self.credentials(request)
        nonce = credentials.nonce if credentials else ""
        first: dict[str, str] = self.__dict__.setdefault("first", {})
        return first.setdefault(nonce, account)


class KeepsExtendedCallsForAll(Fault, breaks="same-query-shows-each-account-its-calls"):
    """Keeps lists of extended calls by their parameters, and not by the account."""

    def read(self, operation: Operation) -> Answer:
        """Answer as it has answered anybody."""
        if operation.resource is not CALL_RECORDS or not self.is_extended(operation):
            return super().read(operation)
        kept: dict[frozenset[tuple[str, str]], Answer] = self.__dict__.setdefault("kept", {})
        about = frozenset(operation.parameters.items())
        if about not in kept:
            kept[about] = super().read(operation)
        return kept[about]
