"""Consuming: what the four methods do to the records of any resource."""

from collections.abc import Mapping, Sequence

from .operation import Operation
from .paging import Paging
from .records import Record
from .refusal import Refusal
from .representation import Answer, Value
from .storage import Storage
from .validation import Validation


class Operations(Storage, Validation, Paging):
    """GET reads, POST creates, PUT updates, DELETE deletes.

    What is special about a resource, its own module adds by overriding these methods.
    """

    def perform(self, operation: Operation) -> Answer:
        """Carry an operation out."""
        match operation.method:
            case "GET":
                return self.read(operation)
            case "POST":
                return self.create(operation)
            case "PUT":
                return self.update(operation)
            case _:
                return self.delete(operation)

    # GET

    def read(self, operation: Operation) -> Answer:
        """Answer the records that match."""
        records = self.candidates(operation)
        for name, wanted in self.filters(operation).items():
            records = self.having(records, name, wanted)
        if not records and operation.record_id is not None:
            self.nothing_found(operation)
        return self.listing(operation, self.ordered(operation, records))

    def candidates(self, operation: Operation) -> list[Record]:
        """The records that an operation can be about: those that its account may know of."""
        return self.visible_records(operation.resource, operation.account)

    def filters(self, operation: Operation) -> Mapping[str, str]:
        """The fields that a filter restricts, and to which value."""
        parameters = operation.parameters
        names = [name for name in operation.resource.filters if name in parameters]
        return {name: self.filter_value(name, parameters[name]) for name in names}

    def filter_value(self, name: str, text: str) -> str:
        """The value that a filter restricts a field to."""
        return self.id_value(name, text) if name.endswith("_id") else text

    def id_value(self, name: str, text: str) -> str:
        """The id that a parameter tells."""
        return text if text.isascii() and text.isdigit() else self.malformed_id(name, text)

    def malformed_id(self, name: str, text: str) -> str:
        """Refuse a parameter that is no id."""
        del text
        raise Refusal(400, f"{name} has to be an id: digits only")

    def having(self, records: list[Record], name: str, wanted: str) -> list[Record]:
        """The records of which a field has a value."""
        return [record for record in records if record.values[name] == wanted]

    def ordered(self, operation: Operation, records: list[Record]) -> Sequence[Record]:
        """The records in the order in which they are listed: by rising id."""
        del operation
        return records

    def nothing_found(self, operation: Operation) -> None:
        """Let a GET that asks for one record, and finds none, answer an empty list."""

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """The answer to a GET."""
        if not self.is_paged(operation):
            return self.answer(operation, records)
        page = self.page(operation.parameters)
        pagesize = self.pagesize(operation.parameters)
        shown = self.items_on_page(records, page, pagesize)
        paging = self.paging_properties(len(records), len(shown), page, pagesize)
        return self.answer(operation, shown, paging)

    def is_paged(self, operation: Operation) -> bool:
        """Whether an answer to a GET is a page: one record that was asked for by its id is not."""
        return operation.resource.paged and operation.record_id is None

    def answer(
        self,
        operation: Operation,
        records: Sequence[Record],
        paging: Mapping[str, int | str] | None = None,
    ) -> Answer:
        """An answer that holds records, always as an array."""
        shown = [self.presented(operation, record) for record in records]
        return Answer(operation.resource.name, shown, paging)

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """The fields of a record that an answer shows, in order."""
        del operation
        return record.values

    # POST

    def create(self, operation: Operation) -> Answer:
        """Create a record, and answer it."""
        self.check_parent(operation)
        self.check_mandatory(operation)
        values = self.values_sent(operation)
        self.check_unique(operation, values, None)
        record_id = self.new_id(operation.resource)
        new = self.new_values(operation, record_id, values)
        return self.created(
            operation, self.insert(operation.resource, operation.account, record_id, new)
        )

    def new_values(
        self, operation: Operation, record_id: str, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """The values of a new record, beside those that every new record has."""
        del operation, record_id
        return values

    def created(self, operation: Operation, record: Record) -> Answer:
        """The answer to a POST."""
        return self.answer(operation, [record])

    def check_parent(self, operation: Operation) -> None:
        """What a resource hangs on has to be there."""

    def check_unique(
        self, operation: Operation, values: Mapping[str, Value], record: Record | None
    ) -> None:
        """What may be there only once must not be there in another record than this."""

    # PUT

    def update(self, operation: Operation) -> Answer:
        """Change the values of a record that were sent, and answer the whole record."""
        self.check_parent(operation)
        record = self.addressed_record(operation)
        self.check_changeable(operation, record)
        self.check_mandatory(operation)
        values = self.values_sent(operation)
        if not values:
            self.nothing_to_change(operation, record)
        self.check_unique(operation, values, record)
        changes = self.changed_values(operation, record, values)
        return self.updated(operation, self.replace(operation.resource, record, changes))

    def addressed_record(self, operation: Operation) -> Record:
        """The one record that a PUT or a DELETE is about."""
        record_id = operation.record_id
        if not record_id:
            return self.missing_id(operation)
        self.id_value(operation.resource.id_name or "", record_id)
        for record in self.candidates(operation):
            if record.id == record_id:
                return record
        return self.unknown_record(operation)

    def missing_id(self, operation: Operation) -> Record:
        """Refuse a PUT or a DELETE that does not say which record."""
        raise Refusal(400, f"{operation.resource.id_name} is missing or empty")

    def unknown_record(self, operation: Operation) -> Record:
        """Refuse a PUT or a DELETE for a record that is not there."""
        raise Refusal(404, f"There is no record with this {operation.resource.id_name}")

    def check_changeable(self, operation: Operation, record: Record) -> None:
        """What is not the caller's to change stays as it is."""

    def nothing_to_change(self, operation: Operation, record: Record) -> None:
        """Let a PUT that changes nothing answer the record as it is."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """The values that an update changes."""
        del operation, record
        return values

    def updated(self, operation: Operation, record: Record) -> Answer:
        """The answer to a PUT."""
        return self.answer(operation, [record])

    # DELETE

    def delete(self, operation: Operation) -> Answer:
        """Delete a record."""
        self.check_parent(operation)
        record = self.addressed_record(operation)
        self.check_changeable(operation, record)
        self.remove_with_dependents(operation, record)
        return self.deleted(operation)

    def remove_with_dependents(self, operation: Operation, record: Record) -> None:
        """Remove a record, and what cannot be without it."""
        self.remove(operation.resource, record)

    def deleted(self, operation: Operation) -> Answer:
        """The answer to a DELETE: an empty envelope, which every client can read."""
        return self.answer(operation, [])
