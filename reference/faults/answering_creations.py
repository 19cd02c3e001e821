"""Faults in what becomes of a creation that was answered."""

from collections.abc import Mapping

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Answer, Value
from reference.resources import CUSTOMERS, SOURCES, USERS, Resource


class FailsAfterCreating(
    Fault,
    breaks="refused-post-creates-nothing",
):
    """Answers 503 to a POST of a customer with an e-mail address, which is created all the same."""

    def created(self, operation: Operation, record: Record) -> Answer:
        """Fail when the address is to be greeted."""
        if operation.resource is CUSTOMERS and record.values["email"]:
            raise Refusal(503, "The mail server does not answer")
        return super().created(operation, record)


class StoresNoNewUsers(
    Fault,
    breaks="post-in-xml-creates-exactly-one twin-is-read-alone equal-posts-create-two "
    "post-stores-what-was-sent list-holds-created walk-record-is-as-written "
    "users-of-one-address-are-each-listed user-of-one-address-stays "
    "challenged-post-creates-exactly-one",
):
    """Answers a POST with the new user, and does not store it."""

    def insert(
        self, resource: Resource, account: str, record_id: str, values: Mapping[str, Value]
    ) -> Record:
        """Forget a user at once."""
        record = super().insert(resource, account, record_id, values)
        if resource is USERS:
            self.remove(USERS, record)
        return record


class StoresZeroAsNothing(Fault, breaks="post-takes-a-name-of-zero generated-customer-comes-back"):
    """Stores the name 0 of a new customer as an empty one."""

    def insert(
        self, resource: Resource, account: str, record_id: str, values: Mapping[str, Value]
    ) -> Record:
        """Hold it for nothing."""
        if resource is CUSTOMERS and values["name"] == "0":
            values = {**values, "name": ""}
        return super().insert(resource, account, record_id, values)


class AnswersWithTheOlderTwin(
    Fault,
    breaks="equal-posts-create-two new-record-replaces-none walk-leaves-everything-as-written "
    "older-twin-is-deleted-alone",
):
    """Answers a POST of a source with the oldest one of that name, beside which it is stored."""

    def created(self, operation: Operation, record: Record) -> Answer:
        """Look for the name."""
        if operation.resource is SOURCES:
            name = str(record.values["name"])
            record = self.having(self.candidates(operation), "name", name)[0]
        return super().created(operation, record)
