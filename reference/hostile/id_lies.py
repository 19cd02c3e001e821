"""Modes of lies about ids: what a run is told that it made, and is not."""

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Answer, Value
from reference.resources import CUSTOMERS, SOURCES

from .account import Account
from .mode import PATIENCE, Family, Mode

FAMILY: Final = Family("ids")
LENIENT: Final = PATIENCE * 2
Shown: TypeAlias = Mapping[str, Value]


def id_of(operation: Operation) -> str:
    """The name of the field that holds the id."""
    return operation.resource.id_name or ""


IDS: Final[dict[str, tuple[str, Value]]] = {
    "empty": ("an empty id", ""),
    "null": ("null for an id", None),
    "blank": ("blanks for an id", "  "),
    "nested": ("an object for an id", {"customer_id": "1"}),
    "listed": ("a list for an id", ("1", "2")),
    "traversal": ("an id that leads to another place", "../../2.4.9/customers/1"),
    "traversal-encoded": ("an id that leads elsewhere when it is decoded", "%2e%2e/customers/1"),
    "two-dots": ("two dots for an id", ".."),
    "one-dot": ("a dot for an id", "."),
    "slash": ("a slash for an id", "/"),
    "query": ("an id that begins a query", "?customer_id=1"),
    "query-after": ("an id that another parameter follows", "1?_method=DELETE"),
    "fragment": ("an id that begins a fragment", "#"),
    "fragment-after": ("an id with a fragment", "1#0"),
    "parameter": ("an id that sets one more parameter", "0&customer_id=1"),
    "semicolon": ("an id with a path parameter", "1;a=b"),
    "suffix": ("an id that looks like a media type", "1.xml"),
    "line-ends": ("an id with line ends", "1\r\nX-In: 1\r\n\r\nDELETE /2.4.9/customers/1"),
    "nul": ("an id with NUL", "1\x00"),
    "url": ("a URL for an id", "https://elsewhere.example/lure"),
    "backslash": ("an id with backslashes", "..\\..\\customers\\1"),
    "star": ("a star for an id", "*"),
    "all-of-them": ("ids of all that was there before", "1,2,3,12,123,124"),
    "other-digits": ("an id in Arabic digits", "\u0661"),
    "with-zeros": ("an old id with zeros before it", "0001"),
    "with-blank": ("an old id with a blank after it", "1 "),
    "of-million": ("an id of a million characters", "1" * 1_000_000),
    "of-2000": ("an id of 2,000 characters", "1" * 2000),
}


def creation_id(name: str, what: str, value: Value) -> None:
    """Make a mode of what a creation answers for an id."""

    class Lying(Account):
        def created(self, operation: Operation, record: Record) -> Answer:
            return self.answer(operation, [self.as_if(record, id_of(operation), value)])

    sentence = f"Answers each creation with {what}."
    FAMILY.add(Mode(f"id-{name}", sentence, FAMILY.name, LENIENT, account=Lying))


for key, (told, untrue) in IDS.items():
    creation_id(key, told, untrue)


@FAMILY.lying
class IdStolen(Account):
    """Answers each creation with the id of a record that was there before."""

    def created(self, operation: Operation, record: Record) -> Answer:
        """Show the new record under an old id."""
        old = self.old_record(operation).id
        return self.answer(operation, [self.as_if(record, id_of(operation), old)])


@FAMILY.lying
class RecordStolen(Account):
    """Answers each creation with a record that was there before."""

    def created(self, operation: Operation, record: Record) -> Answer:
        """Show an old record."""
        del record
        return self.answer(operation, [self.old_record(operation)])


@FAMILY.lying
class AnswerOfOldFirst(Account):
    """Answers each creation with an old record, and the new one after it."""

    def created(self, operation: Operation, record: Record) -> Answer:
        """Show two."""
        return self.answer(operation, [self.old_record(operation), record])


@FAMILY.lying
class IdAsNumber(Account):
    """Answers each creation with an old id, and with the new one in another field."""

    def created(self, operation: Operation, record: Record) -> Answer:
        """Show the old id where the new one is looked for."""
        old = self.as_if(record, id_of(operation), self.old_record(operation).id)
        return self.answer(operation, [self.as_if(old, "id", record.id)])


@FAMILY.lying
class IdRepeated(Account):
    """Answers each creation with the id of the first record that it made."""

    def created(self, operation: Operation, record: Record) -> Answer:
        """Show the first id again."""
        made = [
            each for each in self.candidates(operation) if not self.is_of_before(operation, each)
        ]
        first = made[0].id if made else record.id
        return self.answer(operation, [self.as_if(record, id_of(operation), first)])


@FAMILY.lying
class IdOfOtherResource(Account):
    """Answers each creation of a source with the id of a customer, and the other way round."""

    def created(self, operation: Operation, record: Record) -> Answer:
        """Show an id of another resource."""
        other = SOURCES if operation.resource is CUSTOMERS else CUSTOMERS
        id_ = self.visible_records(other, operation.account)[0].id
        return self.answer(operation, [self.as_if(record, id_of(operation), id_)])


@FAMILY.lying
class IdsSwappedInLists(Account):
    """Swaps in each list the ids of the first and the last record."""

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Show the ids of two records swapped."""
        shown = list(records)
        if len(shown) > 1:
            name, first, last = id_of(operation), shown[0], shown[-1]
            shown[0] = self.as_if(first, name, last.id)
            shown[-1] = self.as_if(last, name, first.id)
        return super().listing(operation, shown)


@FAMILY.lying
class IdsShiftedInLists(Account):
    """Shows in each list every record under the id of the one before it."""

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Show each record under the id of its neighbour."""
        ids = [record.id for record in records]
        moved = zip(records, [*ids[-1:], *ids[:-1]], strict=True)
        shown = [self.as_if(record, id_of(operation), id_) for record, id_ in moved]
        return super().listing(operation, shown)


@FAMILY.lying
class IdsAllOneInLists(Account):
    """Shows in each list every record under the same old id."""

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Show each record under the first id."""
        old = records[0].id if records else ""
        shown = [self.as_if(record, id_of(operation), old) for record in records]
        return super().listing(operation, shown)


@FAMILY.lying
class RecordByOtherId(Account):
    """Answers a GET of one record with another one under the id that was asked for."""

    def read(self, operation: Operation) -> Answer:
        """Show another record."""
        if operation.record_id is None or not operation.resource.id_name:
            return super().read(operation)
        there = self.candidates(operation)[-1:]
        shown = [self.as_if(each, id_of(operation), operation.record_id) for each in there]
        return self.answer(operation, shown)


@FAMILY.lying
class OldAsNew(Account):
    """Shows what was there before with the names of what the run made last."""

    def presented(self, operation: Operation, record: Record) -> Shown:
        """Show an old record under a new name."""
        shown = super().presented(operation, record)
        newest = self.candidates(operation)[-1]
        if not self.is_of_before(operation, record) or "name" not in shown:
            return shown
        return {**shown, "name": newest.values["name"]}


@FAMILY.lying
class FilterIgnored(Account):
    """Answers each filtered list with all there is, old records first."""

    def filters(self, operation: Operation) -> Mapping[str, str]:
        """Filter by nothing."""
        del operation
        return {}


@FAMILY.lying
class PutMovesToOtherId(Account):
    """Answers each update with the record under an old id."""

    def updated(self, operation: Operation, record: Record) -> Answer:
        """Show the record under an old id."""
        old = self.old_record(operation).id
        return self.answer(operation, [self.as_if(record, id_of(operation), old)])


@FAMILY.lying
class PutRefusedWithOldId(Account):
    """Refuses each update, and advises to try it at an old id."""

    def update(self, operation: Operation) -> Answer:
        """Refuse, and advise."""
        super().update(operation)
        old = self.old_record(operation).id
        raise Refusal(404, f"moved to {id_of(operation)} {old}")
