"""Faults that do more than they were asked, or something though they refuse."""

from contextlib import suppress
from dataclasses import replace
from functools import cached_property

from reference.faulty import Fault
from reference.message import Request
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Answer
from reference.resources import GREETINGS, SOURCES, USERS, Resource

NO_SUCH_METHOD = 405


class PostAtASubItemCreates(Fault, breaks="refused-post-at-a-record-creates-nothing"):
    """Answers 405 to POST at one greeting, but creates another one before."""

    def understood(self, request: Request, account: str) -> Operation:
        """Create in the collection above, then refuse."""
        try:
            return super().understood(request, account)
        except Refusal as refusal:
            above, _, last = request.target.partition("?")[0].rpartition("/")
            if refusal.status == NO_SUCH_METHOD and request.method == "POST" and last.isdigit():
                with suppress(Refusal):
                    operation = super().understood(replace(request, target=above), account)
                    if operation.resource is GREETINGS:
                        self.perform(operation)
            raise


class CascadesUpwards(Fault, breaks="delete-of-a-source-leaves-its-greeting"):
    """With a source goes the greeting that it used: a cascade of JPA at the wrong end."""

    def remove_with_dependents(self, operation: Operation, record: Record) -> None:
        """Remove a record, and what cannot be without it."""
        super().remove_with_dependents(operation, record)
        if operation.resource is SOURCES and (used := record.values["vm_greeting_id"]):
            for greeting in self.having(list(self.records(GREETINGS)), "vm_greeting_id", str(used)):
                if greeting.values["locked"] == "0":
                    self.remove(GREETINGS, greeting)


class RevivesUsers(Fault, breaks="put-revives-nothing"):
    """A PUT in JSON of a user who was deleted brings the user back: merge inserts what is gone."""

    @cached_property
    def gone(self) -> dict[str, Record]:
        """Nothing at first."""
        return {}

    def remove(self, resource: Resource, record: Record) -> None:
        """Forget a record."""
        if resource is USERS:
            self.gone[record.id] = record
        super().remove(resource, record)

    def unknown_record(self, operation: Operation) -> Record:
        """Refuse a PUT or a DELETE for a record that is not there."""
        record = self.gone.get(operation.record_id or "") if operation.resource is USERS else None
        if (
            record is None
            or record.account != operation.account
            or operation.method != "PUT"
            or not self.is_json(operation.request)
        ):
            return super().unknown_record(operation)
        return self.insert(USERS, record.account, record.id, record.values)


class TouchesWhatItRefuses(Fault, breaks="refused-put-moves-no-clock"):
    """A PUT of a source that is refused moves its modified: touched before it is validated."""

    def update(self, operation: Operation) -> Answer:
        """Change the values of a record that were sent."""
        try:
            return super().update(operation)
        except Refusal:
            if operation.resource is SOURCES and operation.record_id:
                sources = self.candidates(operation)
                for source in self.having(sources, "source_id", operation.record_id):
                    self.replace(SOURCES, source, {"modified": self.now()})
            raise
