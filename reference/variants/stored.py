"""Freedoms of what is stored, listed and answered over the life of a record."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from reference.faulty import Variant
from reference.message import Request, Response
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
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

OWNED: Final = (b"uuid", b"datalength", b"created", b"token")
"""What is in a body that sends back all that was read."""

MOST: Final = 30


class RefusesWhatIsNotTheCallers(Variant):
    """Refuses an update that brings fields which are not the caller's to set (S39)."""

    def update(self, operation: Operation) -> Answer:
        """Look for them."""
        if any(name in operation.request.body for name in OWNED):
            raise Refusal(400, "These fields cannot be set")
        return super().update(operation)


class RefusesNothingNew(Variant):
    """Refuses an update that would change nothing.

    Ambiguity: `put-without-changes`.
    """

    def check_unique(
        self, operation: Operation, values: Mapping[str, Value], record: Record | None
    ) -> None:
        """Compare."""
        super().check_unique(operation, values, record)
        same = record and all(record.values.get(name) == each for name, each in values.items())
        if same and operation.method == "PUT":
            raise Refusal(400, "There is nothing to change")


class RefusesManyFields(Variant):
    """Refuses a body of more than thirty parameters (S39)."""

    def update(self, operation: Operation) -> Answer:
        """Count them."""
        if operation.request.body.count(b"&") + operation.request.body.count(b'", ') > MOST:
            raise Refusal(400, "These are too many parameters")
        return super().update(operation)


class RenewsTheTokenOfAUser(Variant):
    """Gives a user another token with each update."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Make one."""
        changes = super().changed_values(operation, record, values)
        if operation.resource is USERS:
            return {**changes, "token": self.random.randbytes(16).hex()}
        return changes


class KeepsEmptyAddresses(Variant):
    """Knows no media of sources: the parameter is ignored, and shown as null."""

    def values_sent(self, operation: Operation) -> dict[str, Value]:
        """Drop it."""
        values = super().values_sent(operation)
        if operation.resource is SOURCES:
            values.pop("media", None)
        return values


class WantsUniqueNames(Variant):
    """Refuses a second record of the same name and customer (S41)."""

    def create(self, operation: Operation) -> Answer:
        """Look for the name."""
        name = operation.parameters.get("name")
        owner = operation.parameters.get("customer_id")
        for record in self.records(operation.resource):
            same = record.values.get("customer_id") == owner or operation.resource is CUSTOMERS
            if name and record.values.get("name") == name and same:
                raise Refusal(403, "There is one of this name")
        return super().create(operation)


class RefusesEqualCustomers(Variant):
    """Refuses a second customer of the same name, and no other record (S41)."""

    def create(self, operation: Operation) -> Answer:
        """Look for the name."""
        name = operation.parameters.get("name")
        known = self.having(list(self.records(CUSTOMERS)), "name", name or "")
        if operation.resource is CUSTOMERS and name and known:
            raise Refusal(400, "There is a customer of this name")
        return super().create(operation)


class ListsTwinsByName(Variant):
    """Lists records by their names, those of one name newest first.

    Ambiguity: `order-of-lists`.
    """

    def ordered(self, operation: Operation, records: list[Record]) -> list[Record]:
        """Sort them."""
        listed = list(super().ordered(operation, records))
        if operation.resource in (CALL_RECORDS, RECORDINGS):
            return listed
        return sorted(listed, key=lambda each: (str(each.values.get("name")), -int(each.id)))


class TakesNumbersTwice(Variant):
    """Lets customers have the number of another one.

    Ambiguity: `duplicate-custnr`.
    """

    def duplicate_custnr(self, operation: Operation) -> None:
        """Let it be."""


class UsesIdsAgain(Variant):
    """Gives a new record the id after the greatest one that is there: the last may come again."""

    def new_id(self, resource: Resource) -> str:
        """Look for the greatest."""
        return str(max(int(record.id) for record in self.records(resource)) + 1)


class UsesTheLeastFreeId(Variant):
    """Gives a new record the least id that no record has any more, but for those of the seed."""

    def new_id(self, resource: Resource) -> str:
        """Look for a gap behind the seed."""
        taken = {int(record.id) for record in self.records(resource)}
        first = max(int(id_) for id_ in self.planted()[resource.name]) + 1
        return str(next(each for each in range(first, first + len(taken) + 1) if each not in taken))


class KeepsWhatACustomerHad(Variant):
    """Keeps the sources and users of a deleted customer, which belong to nobody then."""

    def remove_having(self, resource: Resource, name: str, value: str) -> None:
        """Take their owner away."""
        if resource is GREETINGS:
            super().remove_having(resource, name, value)
            return
        for record in self.having(list(self.records(resource)), name, value):
            self.replace(resource, record, {name: None})


class DeletesNothing(Variant):
    """Has no DELETE (S44)."""

    def methods(self, resource: Resource, address: Mapping[str, str]) -> tuple[str, ...]:
        """Leave it out."""
        return tuple(each for each in super().methods(resource, address) if each != "DELETE")


class ShowsNoTimestamps(Variant):
    """Shows no timestamp of a greeting or source: the document names none (S46)."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Leave them out."""
        shown = super().presented(operation, record)
        hidden = ("timestamp", "created", "modified", "expire")
        if operation.resource not in {GREETINGS, SOURCES}:
            return shown
        return {name: value for name, value in shown.items() if name not in hidden}


class ClosesEveryConnection(Variant):
    """Closes the connection behind each answer."""

    def sent(self, request: Request, response: Response) -> Response:
        """Close it."""
        answer = super().sent(request, response)
        headers = (*answer.headers, ("Connection", "close"))
        return Response(answer.status, headers, answer.body, answer.delay, True, answer.chunked)  # noqa: FBT003


class IsAMinuteLate(Variant):
    """Has a clock that is a minute late beside the one of its Date field."""

    def now(self) -> datetime:
        """Tell the time too late."""
        return super().now() - timedelta(minutes=1)
