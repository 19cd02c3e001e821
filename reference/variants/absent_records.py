"""Freedoms of records that are not there, or not this account's: how they are refused."""

from reference.faulty import Variant
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal


class HidesForeignRecordsWith403(Variant):
    """Answers 403 where a record of another account is asked for.

    Ambiguities: `foreign-record-in-a-get`, `foreign-record-in-a-put`.
    """

    def unknown_record(self, operation: Operation) -> Record:
        """Tell those that are there from those that are not."""
        self.refuse_foreign(operation)
        return super().unknown_record(operation)

    def nothing_found(self, operation: Operation) -> None:
        """Tell those that are there from those that are not."""
        self.refuse_foreign(operation)

    def refuse_foreign(self, operation: Operation) -> None:
        """Refuse what belongs to somebody else."""
        for record in self.records(operation.resource):
            if record.id == operation.record_id and not self.is_visible(record, operation.account):
                raise Refusal(403, "This record belongs to another account")


class FindsNoUnknownRecord(Variant):
    """Answers 404 to a GET for a record that is not there, in either form.

    Ambiguities: `unknown-id-in-a-get`, `foreign-record-in-a-get`.
    """

    def nothing_found(self, operation: Operation) -> None:
        """Refuse it."""
        del operation
        raise Refusal(404, "There is no such record")


class FindsNoUnknownRecordByItsPath(Variant):
    """Answers 404 to an unknown id in the path, and nothing where it is a parameter.

    Ambiguity: `unknown-id-in-a-get`.
    """

    def nothing_found(self, operation: Operation) -> None:
        """Refuse it where it is in the path."""
        if operation.resource.id_name in operation.ids:
            raise Refusal(404, "There is no such record")


class FindsNoUnknownParent(Variant):
    """Answers 404 to a GET for the greetings of a customer that is not there.

    Ambiguity: `unknown-id-in-a-get`.
    """

    def candidates(self, operation: Operation) -> list[Record]:
        """Look for the customer first."""
        self.check_parent(operation)
        return super().candidates(operation)


class RefusesUnknownRecordsAsInvalid(Variant):
    """Answers 400 to a PUT or DELETE for a record or a parent that is not there.

    Ambiguities: `unknown-id-in-a-write`, `unknown-id-in-a-delete`.
    """

    unknown_record_status = 400

    def unknown_record(self, operation: Operation) -> Record:
        """Refuse it so."""
        del operation
        raise Refusal(self.unknown_record_status, "There is no such record")

    def unknown_parent(self, operation: Operation) -> None:
        """Refuse it so, unless it is read."""
        if operation.method == "GET":
            super().unknown_parent(operation)
        raise Refusal(self.unknown_record_status, "There is no such customer")

    def locked_greeting(self, record: Record) -> None:
        """Refuse it so."""
        del record
        raise Refusal(self.unknown_record_status, "There is no such greeting")


class ForbidsUnknownRecords(RefusesUnknownRecordsAsInvalid):
    """Answers 403 to a PUT or DELETE for a record or a parent that is not there.

    Ambiguities: `unknown-id-in-a-write`, `unknown-id-in-a-delete`.
    """

    unknown_record_status = 403
