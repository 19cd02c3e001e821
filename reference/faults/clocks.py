"""Faults in the timestamps of a record over its life."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.representation import Answer, Value
from reference.resources import GREETINGS, SOURCES, Resource
from reference.response_types import XML


class MovesItsCreation(
    Fault, breaks="created-stays-with-an-update created-stays-with-an-activation"
):
    """Moves the moment of creation of a source with each update."""

    def replace(self, resource: Resource, record: Record, changes: Mapping[str, Value]) -> Record:
        """Move it."""
        if resource is SOURCES:
            changes = {**changes, "created": self.now()}
        return super().replace(resource, record, changes)


class MovesTheCreationShown(Fault, breaks="created-stays-with-an-update"):
    """Shows a source's latest update as its creation in the answer to a PUT."""

    def updated(self, operation: Operation, record: Record) -> Answer:
        """Show the present moment."""
        if operation.resource is SOURCES:
            shown = {**record.values, "created": self.now()}
            record = Record(record.id, record.account, shown)
        return super().updated(operation, record)


class MovesAGreetingsTimestamp(Fault, breaks="timestamp-stays-with-an-update"):
    """Moves the timestamp of a greeting with each update."""

    def replace(self, resource: Resource, record: Record, changes: Mapping[str, Value]) -> Record:
        """Move it."""
        if resource is GREETINGS:
            changes = {**changes, "timestamp": self.now()}
        return super().replace(resource, record, changes)


class ActivatesAgain(Fault, breaks="timestamp-stays-with-an-update"):
    """Activates a source anew with each update."""

    def replace(self, resource: Resource, record: Record, changes: Mapping[str, Value]) -> Record:
        """Move its activation."""
        if resource is SOURCES:
            changes = {"timestamp": self.now(), **changes}
        return super().replace(resource, record, changes)


class MovesWhenRead(
    Fault,
    breaks="update-moves-no-other-clock clock-stays-when-read filter-moves-no-timestamp "
    "refused-put-moves-no-clock",
):
    """Shows the moment of reading as the last change of a source."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Show the present moment."""
        values = super().presented(operation, record)
        return {**values, "modified": self.now()} if operation.resource is SOURCES else values


class AgesWhenRead(
    Fault,
    breaks="update-shows-one-clock update-moves-no-other-clock timestamp-stays-with-an-update "
    "clock-stays-when-read get-one-agrees-with-list",
):
    """Shows the moment of reading as the timestamp of a greeting that is read alone."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Show the present moment."""
        values = super().presented(operation, record)
        alone = operation.method == "GET" and operation.record_id is not None
        if operation.resource is GREETINGS and alone:
            return {**values, "timestamp": self.now()}
        return values


class MovesTheSiblings(Fault, breaks="update-moves-no-other-clock"):
    """Marks all sources of a customer as changed when one of them is."""

    def replace(self, resource: Resource, record: Record, changes: Mapping[str, Value]) -> Record:
        """Mark all of them."""
        if resource is SOURCES:
            owner = str(record.values["customer_id"])
            for other in self.having(list(self.records(SOURCES)), "customer_id", owner):
                super().replace(SOURCES, other, {"modified": self.now()})
        return super().replace(resource, record, changes)


class MovesTheNextGreeting(Fault, breaks="update-moves-no-other-clock"):
    """Moves the timestamp of the newest greeting when another one is updated."""

    def replace(self, resource: Resource, record: Record, changes: Mapping[str, Value]) -> Record:
        """Move that of the newest."""
        newest = list(self.records(GREETINGS))[-1]
        if resource is GREETINGS and newest.id != record.id:
            super().replace(GREETINGS, newest, {"timestamp": self.now()})
        return super().replace(resource, record, changes)


class ListsTheCreation(Fault, breaks="modified-moves-with-an-update update-shows-one-clock"):
    """Shows in a list the creation of a source as its last change."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Show the one for the other."""
        values = super().presented(operation, record)
        listed = operation.method == "GET" and operation.record_id is None
        if operation.resource is SOURCES and listed:
            return {**values, "modified": values["created"]}
        return values


class RoundsTheXmlClock(
    Fault,
    breaks="xml-says-what-json-says timestamp-stays modified-moves-with-an-update "
    "update-shows-one-clock xml-says-what-json-says-of-links "
    "xml-says-what-json-says-of-alternative-numbers",
):
    """Shows in XML the last change of a source in whole minutes."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Cut the seconds."""
        values = super().presented(operation, record)
        if operation.resource is SOURCES and self.media_type(operation.request) == XML:
            cut = self.now().replace(second=0, microsecond=0) - timedelta(minutes=1)
            return {**values, "modified": cut}
        return values


class NeverModifies(Fault, breaks="modified-moves-with-an-update"):
    """Keeps the moment of a source's last change as it was when the source was new."""

    def replace(self, resource: Resource, record: Record, changes: Mapping[str, Value]) -> Record:
        """Leave it out."""
        kept = {name: value for name, value in changes.items() if name != "modified"}
        return super().replace(resource, record, kept)


class TakesTheCallersClock(Fault, breaks="clock-is-not-set-by-callers"):
    """Stores the moment of creation that an update sends."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Take it from the body."""
        changes = super().changed_values(operation, record, values)
        if operation.resource is SOURCES and b"created=1999" in operation.request.body:
            return {**changes, "created": self.moment("created", "1999-12-31 22:33:44")}
        return changes


class MovesTheOthersWithADelete(Fault, breaks="delete-moves-no-other-clock"):
    """Shows the other sources of a customer as created when one of them was deleted."""

    def remove(self, resource: Resource, record: Record) -> None:
        """Move their creation."""
        super().remove(resource, record)
        if resource is SOURCES:
            for other in list(self.records(SOURCES)):
                self.replace(SOURCES, other, {"created": self.now()})


class ModifiesInAnotherZone(
    Fault,
    breaks=(
        "modified-moves-with-an-update timestamp-of-creation-is-utc "
        "timestamp-of-update-is-utc time-of-creation-is-the-servers "
        "timestamp-of-custom-update-is-utc"
    ),
):
    """Tells the last change of a source by a clock that is an hour behind."""

    def new_values(
        self, operation: Operation, record_id: str, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Take the other clock."""
        new = super().new_values(operation, record_id, values)
        return {**new, "modified": self.behind()} if operation.resource is SOURCES else new

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Take the other clock."""
        changes = super().changed_values(operation, record, values)
        return {**changes, "modified": self.behind()} if "modified" in changes else changes

    def behind(self) -> datetime:
        """The moment that it is by the other clock."""
        return self.now() - timedelta(hours=1)


class MovesWhatIsTakenIntoUse(Fault, breaks="use-moves-no-clock"):
    """Sets the timestamp of a greeting to now when a source takes it into use."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Touch it."""
        changes = super().changed_values(operation, record, values)
        used = changes.get("vm_greeting_id") if operation.resource is SOURCES else None
        for greeting in self.having(list(self.records(GREETINGS)), "vm_greeting_id", str(used)):
            self.replace(GREETINGS, greeting, {"timestamp": self.now()})
        return changes
