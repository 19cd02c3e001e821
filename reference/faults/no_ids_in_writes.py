"""Faults of what is no id in a write: an update or a deletion reaches a record all the same."""

import json
import re

from reference.faulty import Fault
from reference.message import Request
from reference.operation import Operation
from reference.records import Record
from reference.representation import Answer
from reference.resources import CUSTOMERS, GREETINGS, Resource

JSON = "no-id-in-json-updates-nothing"
UPDATES = "no-id-updates-nothing"
DELETES = "no-id-deletes-nothing"


class UpdatesByTheBeginningOfAnId(Fault, breaks=f"{UPDATES} {JSON}"):
    """Reads ids strictly, but for those of a PUT, of which it takes the digits."""

    def is_id(self, segment: str) -> bool:
        """Let them into the path."""
        return segment[:1].isdigit()

    def addressed_record(self, operation: Operation) -> Record:
        """Find the record by the digits."""
        found = re.match("[0-9]+", operation.record_id or "")
        for record in self.candidates(operation):
            if operation.method == "PUT" and found and record.id == found[0]:
                return record
        return super().addressed_record(operation)


class UpdatesBy32Bits(Fault, breaks=UPDATES):
    """Keeps 32 bits of the id in a PUT of a customer."""

    def addressed_record(self, operation: Operation) -> Record:
        """Wrap it."""
        text = operation.record_id or ""
        if operation.method == "PUT" and operation.resource is CUSTOMERS and text.isdigit():
            for record in self.candidates(operation):
                if record.id == str(int(text) % 2**32):
                    return record
        return super().addressed_record(operation)


class DeletesAllByAnEmptyId(Fault, breaks="empty-id-deletes-nothing"):
    """Deletes all greetings of a customer where the id is empty."""

    def delete(self, operation: Operation) -> Answer:
        """Look whether there is an id."""
        if operation.resource is GREETINGS and operation.record_id == "":
            self.check_parent(operation)
            for record in self.candidates(operation):
                if record.values["customer_id"] == operation.parent_id:
                    self.remove(GREETINGS, record)
            return self.deleted(operation)
        return super().delete(operation)


class DeletesTheFirstForABlankId(Fault, breaks="empty-id-deletes-nothing"):
    """Deletes the first greeting of a customer where the id is blank."""

    def addressed_record(self, operation: Operation) -> Record:
        """Take the first of the customer's own."""
        if operation.method == "DELETE" and operation.record_id == " ":
            own = [r for r in self.candidates(operation) if r.values["customer_id"] is not None]
            return own[0]
        return super().addressed_record(operation)


class DeletesAllByAnOverride(Fault, breaks="empty-id-deletes-nothing"):
    """Deletes all greetings of a customer where an overridden DELETE names none."""

    def delete(self, operation: Operation) -> Answer:
        """Look for the id."""
        named = operation.record_id is not None or operation.resource is not GREETINGS
        if named or operation.request.method == "DELETE":
            return super().delete(operation)
        for record in self.candidates(operation):
            if record.values["customer_id"] == operation.parent_id:
                self.remove(GREETINGS, record)
        return self.deleted(operation)


class DeletesByTheBeginningOfAnId(Fault, breaks=f"{DELETES} no-id-deletes-no-customer"):
    """Deletes the greeting whose id a text begins or ends with."""

    def is_id(self, segment: str) -> bool:
        """Let it into the path."""
        return segment[:1].isdigit()

    def addressed_record(self, operation: Operation) -> Record:
        """Compare the digits."""
        digits = re.sub("[^0-9]", "", operation.record_id or "")
        for record in self.candidates(operation):
            if operation.method == "DELETE" and record.id == digits:
                return record
        return super().addressed_record(operation)


class ReadsIdsOutOfJson(
    Fault,
    breaks="no-id-in-json-updates-nothing nested-json-is-kept-or-left-out json-null-is-no-text",
):
    """Takes the first scalar in a nested JSON value for the value."""

    def no_text(self, name: str, value: object) -> str:
        """Look into it."""
        del name
        found = re.search(r"[\w-]+", json.dumps(value))
        return found[0] if found else ""


class CutsNumbersInJson(Fault, breaks="no-id-in-json-updates-nothing"):
    """Reads an id in JSON as a whole number of 32 bits."""

    def json_value(self, name: str, value: object) -> str:
        """Convert it."""
        text = super().json_value(name, value)
        if not name.endswith("_id") or not re.fullmatch(r"[0-9]+(\.[0-9]+)?", text):
            return text
        return str(int(float(text)) % 2**32)


class DeletesListsOfIds(Fault, breaks="list-of-ids-deletes-one-at-most"):
    """Deletes every greeting whose id is in a list between commas."""

    def is_id(self, segment: str) -> bool:
        """Let lists into the path."""
        return super().is_id(segment.replace(",", ""))

    def id_value(self, name: str, text: str) -> str:
        """Let lists into a parameter."""
        super().id_value(name, text.replace(",", ""))
        return text

    def delete(self, operation: Operation) -> Answer:
        """Go through the list."""
        ids = (operation.record_id or "").split(",")
        if operation.resource is not GREETINGS or len(ids) == 1:
            return super().delete(operation)
        for record in [each for each in self.candidates(operation) if each.id in ids]:
            self.remove(GREETINGS, record)
        return self.deleted(operation)


class DeletesWhatStandsBeforeTheRest(
    Fault,
    breaks="nothing-behind-a-record-is-written list-of-ids-deletes-one-at-most "
    "no-id-deletes-nothing unknown-resource-is-404-for-writes",
):
    """Deletes a customer whatever stands behind its id."""

    deletes = False

    def understood(self, request: Request, account: str) -> Operation:
        """Note whether it deletes."""
        self.deletes = request.method == "DELETE"
        return super().understood(request, account)

    def unknown_resource(self, names: tuple[str, ...]) -> Resource:
        """Go back to the customer."""
        if self.deletes and names[0] == CUSTOMERS.name:
            return CUSTOMERS
        return super().unknown_resource(names)


class UpdatesListsOfIds(Fault, breaks="list-of-ids-updates-one-at-most"):
    """Updates every customer whose id is in a list between commas."""

    def is_id(self, segment: str) -> bool:
        """Let lists into the path."""
        return super().is_id(segment.replace(",", ""))

    def update(self, operation: Operation) -> Answer:
        """Go through the list."""
        ids = (operation.record_id or "").split(",")
        if operation.resource is not CUSTOMERS or len(ids) == 1:
            return super().update(operation)
        for record in [each for each in self.candidates(operation) if each.id in ids]:
            self.replace(CUSTOMERS, record, self.values_sent(operation))
        return self.deleted(operation)
