"""Modes of lies about creations, updates and deletions: what is done is not what is said."""

from collections.abc import Mapping
from typing import Final, TypeAlias

from reference import Request, Response
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Answer, Value
from reference.resources import Resource

from .account import Account, DroppedError
from .mode import PATIENCE, Family, Mode

FAMILY: Final = Family("writes")
LENIENT: Final = PATIENCE * 2
Values: TypeAlias = Mapping[str, Value]


@FAMILY.lying
class StoredThen500(Account):
    """Stores each creation, and answers 500."""

    def created(self, operation: Operation, record: Record) -> Answer:
        """Fail after all was done."""
        del operation, record
        raise Refusal(500, "the record was stored, and is not told")


@FAMILY.lying
class StoredThen409(Account):
    """Stores each creation, and answers that it is there already."""

    def created(self, operation: Operation, record: Record) -> Answer:
        """Refuse after all was done."""
        del operation, record
        raise Refusal(409, "there is such a record already")


@FAMILY.lying
class StoredThen400(Account):
    """Stores each creation, and answers that it was refused."""

    def created(self, operation: Operation, record: Record) -> Answer:
        """Refuse after all was done."""
        del operation, record
        raise Refusal(400, "nothing was stored")


@FAMILY.lying
class StoredThenClosed(Account):
    """Stores each creation, and closes the connection."""

    def created(self, operation: Operation, record: Record) -> Answer:
        """Answer nothing after all was done."""
        del operation, record
        raise DroppedError


@FAMILY.lying
class StoredThenNothing(Account):
    """Stores each creation, and answers an empty list."""

    def created(self, operation: Operation, record: Record) -> Answer:
        """Show no record."""
        del record
        return self.answer(operation, [])


@FAMILY.lying
class StoredTwice(Account):
    """Stores each creation twice, and answers one of them."""

    def created(self, operation: Operation, record: Record) -> Answer:
        """Store it once more."""
        again = self.new_id(operation.resource)
        self.insert(operation.resource, operation.account, again, record.values)
        return super().created(operation, record)


@FAMILY.lying
class StoredTenTimes(Account):
    """Stores each creation ten times, and answers all of them."""

    def created(self, operation: Operation, record: Record) -> Answer:
        """Store it nine times more."""
        made = [
            self.insert(
                operation.resource,
                operation.account,
                self.new_id(operation.resource),
                record.values,
            )
            for _ in range(9)
        ]
        return self.answer(operation, [record, *made])


@FAMILY.lying
class StoredWithoutId(Account):
    """Stores each creation, and answers it without its id."""

    def created(self, operation: Operation, record: Record) -> Answer:
        """Show the record without its id."""
        shown = {k: v for k, v in record.values.items() if k != operation.resource.id_name}
        return Answer(operation.resource.name, [shown])


@FAMILY.lying
class StoredUnderOtherName(Account):
    """Stores each creation under another name than was sent."""

    def created(self, operation: Operation, record: Record) -> Answer:
        """Store another name."""
        other = self.replace(operation.resource, record, {"name": "somebody else", "custnr": "0"})
        return super().created(operation, other)


@FAMILY.lying
class StoredNowhere(Account):
    """Answers each creation well, and stores nothing."""

    def created(self, operation: Operation, record: Record) -> Answer:
        """Forget the record at once."""
        self.remove(operation.resource, record)
        return super().created(operation, record)


@FAMILY.lying
class StoredForAllToKeep(Account):
    """Stores each creation so that it cannot be seen any more."""

    def insert(self, resource: Resource, account: str, record_id: str, values: Values) -> Record:
        """Store it for another account."""
        del account
        return super().insert(resource, "nobody", record_id, values)


@FAMILY.lying
class PutChangesAnother(Account):
    """Changes with each update another record, and answers as if it were the one."""

    def replace(self, resource: Resource, record: Record, changes: Values) -> Record:
        """Change the oldest record instead."""
        oldest = next(iter(self.records(resource)), record)
        super().replace(resource, oldest, changes)
        return Record(record.id, record.account, {**record.values, **changes})


@FAMILY.lying
class PutWithoutEffect(Account):
    """Answers each update well, and changes nothing."""

    def replace(self, resource: Resource, record: Record, changes: Values) -> Record:
        """Change nothing that is stored."""
        del resource
        return Record(record.id, record.account, {**record.values, **changes})


@FAMILY.lying
class DeleteWithoutEffect(Account):
    """Answers each deletion well, and deletes nothing."""

    def remove_with_dependents(self, operation: Operation, record: Record) -> None:
        """Delete nothing."""


@FAMILY.lying
class DeleteHides(Account):
    """Answers the record to nobody who asks for it once it is deleted, and lists it as before."""

    def remove_with_dependents(self, operation: Operation, record: Record) -> None:
        """Delete nothing."""

    def read(self, operation: Operation) -> Answer:
        """Show a record of the run's in lists alone."""
        if operation.record_id and operation.record_id not in self._before[operation.resource.name]:
            raise Refusal(404, "there is no such record")
        return super().read(operation)


@FAMILY.lying
class DeleteThen500(Account):
    """Carries each deletion out, and answers 500."""

    def deleted(self, operation: Operation) -> Answer:
        """Fail after all was done."""
        del operation
        raise Refusal(500, "the record is gone, and it is not told")


@FAMILY.lying
class DeleteThenClosed(Account):
    """Carries each deletion out, and closes the connection."""

    def deleted(self, operation: Operation) -> Answer:
        """Answer nothing after all was done."""
        del operation
        raise DroppedError


@FAMILY.lying
class DeleteLate(Account):
    """Answers each deletion after five seconds."""

    late: float = 5.0

    def respond_to(self, request: Request) -> Response:
        """Have the answer to a deletion wait."""
        response = self.respond(request)
        if request.method != "DELETE":
            return response
        return Response(response.status, response.headers, response.body, delay=self.late)


def refused_delete(status: int) -> None:
    """Make a mode of deletions that are refused."""

    class Refusing(Account):
        def delete(self, operation: Operation) -> Answer:
            del operation
            raise Refusal(status, "nothing is deleted here")

    name, sentence = f"delete-refused-{status}", f"Refuses each deletion with {status}."
    FAMILY.add(Mode(name, sentence, FAMILY.name, LENIENT, account=Refusing))


for each in (401, 403, 404, 405, 429, 500, 503):
    refused_delete(each)
