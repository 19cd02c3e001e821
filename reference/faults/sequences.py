"""Faults that show only after several operations, in a certain order or in certain ways."""

from collections.abc import Mapping, Sequence

from reference.faulty import Fault
from reference.message import Request
from reference.operation import Operation
from reference.records import Record
from reference.representation import Answer, Value
from reference.resources import (
    CUSTOMERS,
    GREETINGS,
    SOURCES,
    USERS,
    Resource,
)
from reference.response_types import JSON, XML


def is_overridden(operation: Operation) -> bool:
    """Whether an operation came as another method than its own."""
    return operation.request.method != operation.method


class CountsUpdates(Fault, abstract=True):
    """Counts how often each record was updated; the faults below say what comes of it."""

    def replace(self, resource: Resource, record: Record, changes: Mapping[str, Value]) -> Record:
        """Count."""
        counts: dict[tuple[str, str], int] = self.__dict__.setdefault("counts", {})
        counts[resource.name, record.id] = self.updates_of(resource, record) + 1
        return super().replace(resource, record, changes)

    def updates_of(self, resource: Resource, record: Record) -> int:
        """How often a record was updated."""
        counts: dict[tuple[str, str], int] = self.__dict__.setdefault("counts", {})
        return counts.get((resource.name, record.id), 0)


class KeepsTheXmlOfJsonUpdates(Fault, breaks="walk-record-is-as-written"):
    """Keeps a source in XML as it was read first, until it is updated by a form."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Show what was kept."""
        values = super().presented(operation, record)
        cache: dict[str, Mapping[str, Value]] = self.__dict__.setdefault("cache", {})
        if operation.resource is not SOURCES or not operation.record_id:
            return values
        if operation.method == "GET" and self.media_type(operation.request) == XML:
            return cache.setdefault(record.id, values)
        if operation.method == "PUT" and self.request_type(operation.request) != JSON:
            cache.pop(record.id, None)
        return values


class ForgetsUpdatesByParameter(Fault, breaks="walk-record-is-as-written"):
    """Puts a customer back, with an update by path, to before its last update by parameters."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Remember what an update by parameters replaces, and put it back with one by path."""
        changes = super().changed_values(operation, record, values)
        if operation.resource is not CUSTOMERS:
            return changes
        before: dict[str, dict[str, Value]] = self.__dict__.setdefault("before", {})
        if operation.ids:
            return {**before.pop(record.id, {}), **changes}
        before[record.id] = {name: record.values[name] for name in changes}
        return changes


class ResetsTheUsersOfACustomer(CountsUpdates, breaks="walk-leaves-other-records"):
    """Gives the updated users of a customer their first names again when it is updated."""

    def insert(
        self, resource: Resource, account: str, record_id: str, values: Mapping[str, Value]
    ) -> Record:
        """Remember the first name."""
        record = super().insert(resource, account, record_id, values)
        if resource is USERS:
            self.__dict__.setdefault("first", {})[record_id] = record.values["name"]
        return record

    def replace(self, resource: Resource, record: Record, changes: Mapping[str, Value]) -> Record:
        """Update a customer, and its users with it."""
        first: dict[str, Value] = self.__dict__.setdefault("first", {})
        if resource is CUSTOMERS:
            for user in self.having(list(self.records(USERS)), "customer_id", record.id):
                if user.id in first:
                    super().replace(USERS, user, {"name": first[user.id]})
        return super().replace(resource, record, changes)


class WritesTheSecondUpdateTwice(
    CountsUpdates,
    breaks=(
        "twin-is-changed-alone record-shows-what-was-sent-to-it "
        "field-changes-by-a-write-that-names-it walk-leaves-other-records "
        "greeting-names-its-sources"
    ),
):
    """Stores the second update of a source in the other sources of its customer, too."""

    def replace(self, resource: Resource, record: Record, changes: Mapping[str, Value]) -> Record:
        """Update all of them."""
        if resource is SOURCES and self.updates_of(resource, record) == 1:
            owner = str(record.values["customer_id"])
            for other in self.having(list(self.records(SOURCES)), "customer_id", owner):
                super().replace(resource, other, changes)
        return super().replace(resource, record, changes)


class DeletesAnUpdatedSibling(
    CountsUpdates, breaks="record-goes-by-its-own-delete walk-leaves-other-records"
):
    """Deletes, with a greeting by override, those of its customer that were updated."""

    def remove_with_dependents(self, operation: Operation, record: Record) -> None:
        """Delete more than was asked for."""
        super().remove_with_dependents(operation, record)
        if operation.resource is GREETINGS and is_overridden(operation):
            owner = str(record.values["customer_id"])
            for other in self.having(list(self.records(GREETINGS)), "customer_id", owner):
                if self.updates_of(GREETINGS, other):
                    self.remove(GREETINGS, other)


class ListsUpdatedRecordsAfterDelete(CountsUpdates, breaks="walk-lists-agree-with-single-reads"):
    """Keeps a source that was updated in its customer's list, once deleted, until the next POST."""

    def remove(self, resource: Resource, record: Record) -> None:
        """Keep it."""
        super().remove(resource, record)
        if resource is SOURCES and self.updates_of(resource, record):
            self.__dict__.setdefault("kept", []).append(record)

    def insert(
        self, resource: Resource, account: str, record_id: str, values: Mapping[str, Value]
    ) -> Record:
        """Forget what was kept."""
        self.__dict__["kept"] = []
        return super().insert(resource, account, record_id, values)

    def ordered(self, operation: Operation, records: list[Record]) -> Sequence[Record]:
        """List what was kept, too."""
        kept: list[Record] = self.__dict__.get("kept", [])
        owner = operation.parameters.get("customer_id")
        if operation.resource is SOURCES and owner and not operation.record_id:
            records = [*records, *self.having(kept, "customer_id", owner)]
        return super().ordered(operation, records)


class ListsUsersBeforeTheirJsonUpdate(Fault, breaks="walk-lists-agree-with-single-reads"):
    """Keeps a user in the list of its customer as it was listed, until it is updated by a form."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Show what was kept."""
        values = super().presented(operation, record)
        cache: dict[str, Mapping[str, Value]] = self.__dict__.setdefault("cache", {})
        if operation.resource is not USERS:
            return values
        if operation.method == "PUT" and self.request_type(operation.request) != JSON:
            cache.pop(record.id, None)
        listed = operation.method == "GET" and not operation.record_id
        if listed and "customer_id" in operation.parameters:
            return cache.setdefault(record.id, values)
        return values


class LosesUpdatedRecordsInXmlLists(CountsUpdates, breaks="walk-lists-agree-with-single-reads"):
    """Leaves out of a list in XML the greetings that were updated twice."""

    def ordered(self, operation: Operation, records: list[Record]) -> Sequence[Record]:
        """Leave them out."""
        listed = operation.resource is GREETINGS and not operation.record_id
        if listed and self.media_type(operation.request) == XML:
            records = [r for r in records if self.updates_of(GREETINGS, r) < 2]  # noqa: PLR2004
        return super().ordered(operation, records)


class MiscountsAfterTheThirdDelete(Fault, breaks="walk-totals-agree-with-lists"):
    """Counts one source of a customer too many when three of them were deleted."""

    def remove(self, resource: Resource, record: Record) -> None:
        """Count the deletes of a customer's sources."""
        super().remove(resource, record)
        if resource is SOURCES:
            self.__dict__.setdefault("owners", []).append(record.values["customer_id"])

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Remember whose records are listed."""
        owner = operation.parameters.get("customer_id")
        self.__dict__["listed"] = owner if operation.resource is SOURCES else None
        return super().listing(operation, records)

    def total(self, matching: int, shown: int) -> int:
        """Add one."""
        owners: list[Value] = self.__dict__.get("owners", [])
        deleted = owners.count(self.__dict__.get("listed"))
        return super().total(matching, shown) + (deleted > 2)  # noqa: PLR2004


class LeavesHolesInPages(CountsUpdates, breaks="walk-totals-agree-with-lists"):
    """Leaves out of small pages the sources of a customer that were updated."""

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Leave them out where pages are small."""
        if operation.resource is SOURCES and "pagesize" in operation.parameters:
            records = [r for r in records if not self.updates_of(SOURCES, r)]
        return super().listing(operation, records)


class ServesDeletedUsersByParameter(Fault, breaks="walk-deleted-stays-away"):
    """Keeps a user that was read by parameter, and answers it when an override has deleted it."""

    def read(self, operation: Operation) -> Answer:
        """Answer what was kept."""
        kept: dict[str, Answer] = self.__dict__.setdefault("kept", {})
        answer = super().read(operation)
        record_id = operation.record_id
        if operation.resource is USERS and record_id and not operation.ids:
            if answer.content:
                kept[record_id] = answer
            return kept.get(record_id, answer)
        return answer

    def remove_with_dependents(self, operation: Operation, record: Record) -> None:
        """Forget what was kept."""
        if operation.resource is USERS and not is_overridden(operation):
            self.__dict__.setdefault("kept", {}).pop(record.id, None)
        super().remove_with_dependents(operation, record)


class RevivesWithASibling(Fault, breaks="walk-deleted-stays-away"):
    """Brings the deleted users of a customer back when another one of them is updated."""

    def remove(self, resource: Resource, record: Record) -> None:
        """Keep it."""
        super().remove(resource, record)
        if resource is USERS:
            self.__dict__.setdefault("removed", []).append(record)

    def replace(self, resource: Resource, record: Record, changes: Mapping[str, Value]) -> Record:
        """Store all that were there once."""
        removed: list[Record] = self.__dict__.get("removed", [])
        if resource is USERS:
            owner = str(record.values["customer_id"])
            for other in self.having(removed, "customer_id", owner):
                super().replace(resource, other, {})
        return super().replace(resource, record, changes)


class TrustsAfterTwoUpdates(Fault, breaks="walk-refused-caller-changes-nothing"):
    """Takes any password of a caller who has written to the same place twice."""

    def authenticate(self, request: Request) -> str:
        """Remember who has written where."""
        trusted: dict[str, int] = self.__dict__.setdefault("trusted", {})
        place = request.target.partition("?")[0]
        named = 'username="partner"' in (request.header("Authorization") or "")
        if named and request.method != "GET" and trusted.get(place, 0) > 1:
            return "partner"
        account = super().authenticate(request)
        if request.method != "GET" and place.rpartition("/")[2].isdigit():
            trusted[place] = trusted.get(place, 0) + 1
        return account
