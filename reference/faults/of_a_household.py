"""Faults in lists of what one customer has, and in what a refusal leaves behind."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from reference.faulty import Fault
from reference.message import Request, Response
from reference.operation import Operation
from reference.paging import Item
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Answer, Value
from reference.resources import CUSTOMERS, SOURCES, USERS, Resource

SHORT = 40


def lists(operation: Operation, resource: Resource) -> bool:
    """Whether a list of a resource is asked for."""
    asked = operation.resource is resource and operation.method == "GET"
    return asked and operation.record_id is None


def is_number(value: Value) -> bool:
    """Whether a value is a text of digits."""
    return isinstance(value, str) and value.isdecimal()


class LoadsInBatchesByName(Fault, breaks="list-gives-namesakes-their-own-values"):
    """Loads the custom fields of a list at once, by name: namesakes all show the last one's."""

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Give each source of a list the custom fields that were found for its name."""
        answer = super().listing(operation, records)
        if operation.resource is not SOURCES or operation.record_id is not None:
            return answer
        rows = [each for each in answer.content if not isinstance(each, str)]
        names = SOURCES.custom_fields
        found = {row["name"]: {name: row[name] for name in names} for row in rows}
        return replace(answer, content=[{**row, **found[row["name"]]} for row in rows])


class CreatedAllTheSame(Fault, breaks="refused-custom-field-creates-nothing"):
    """Refuses an undefined custom field of a POST after the record has been inserted."""

    def undefined_custom_field(self, operation: Operation, name: str) -> None:
        """Insert the rest."""
        if operation.method == "POST":
            values = {
                field.name: self.value_sent(operation, field, operation.parameters[field.name])
                for field in self.writable(operation)
                if field.name in operation.parameters
            }
            self.check_unique(operation, values, None)
            number = self.new_id(operation.resource)
            new = self.new_values(operation, number, values)
            self.insert(operation.resource, operation.account, number, new)
        super().undefined_custom_field(operation, name)


class FansOut(Fault, breaks="sources-beside-users-are-each-on-one-page"):
    """Joins users where sources are filtered by custnr, and merges the rows after cutting pages."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401
        """Start without a join."""
        super().__init__(**options)
        self._rows: Counter[Value] | None = None

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Join, where it is so filtered."""
        joins = operation.resource is SOURCES and "custnr" in operation.parameters
        users = [each.values["customer_id"] for each in self.records(USERS)]
        self._rows = Counter(users) if joins else None
        return super().listing(operation, records)

    def items_on_page(self, items: Sequence[Item], page: int, pagesize: int) -> Sequence[Item]:
        """Cut pages of rows, and show each source of a page once."""
        if self._rows is None:
            return super().items_on_page(items, page, pagesize)
        rows = [item for item in items for _ in range(self._users(item))]
        cut = super().items_on_page(rows, page, pagesize)
        return list({id(each): each for each in cut}.values())

    def _users(self, item: object) -> int:
        """How many rows a source makes: one at least."""
        found = self._rows or Counter()
        return max(1, found[item.values["customer_id"]] if isinstance(item, Record) else 1)


class LaterPagesOfASnapshot(Fault, breaks="later-page-follows-a-delete"):
    """Cuts pages after the first from the list that the first was cut from, however long ago."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401
        """Start without a snapshot."""
        super().__init__(**options)
        self._snapshots: dict[tuple[object, ...], list[Record]] = {}

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Take a snapshot with the first page, and use it for the others."""
        if operation.resource in {CUSTOMERS, SOURCES} and self.is_paged(operation):
            asked = sorted((n, v) for n, v in operation.parameters.items() if n != "page")
            key = (operation.account, operation.resource.name, *asked)
            if self.page(operation.parameters):
                records = self._snapshots.get(key, list(records))
            else:
                self._snapshots[key] = list(records)
        return super().listing(operation, records)


class LeavesItsType(Fault, breaks="type-is-for-one-request"):
    """After a refusal in the type that a suffix forces, answers the next request in that, too."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401
        """Start with nothing left."""
        super().__init__(**options)
        self._left: str | None = None

    def media_type(self, request: Request) -> str:
        """The type that was left goes before the default."""
        asked = self.forced_type(request) or self.accepted_type(request)
        return asked or self._left or self.default_type

    def succeeded(self, operation: Operation, answer: Answer) -> Response:
        """Clean up after a success."""
        response = super().succeeded(operation, answer)
        self._left = None
        return response

    def refused(self, request: Request, refusal: Refusal) -> Response:
        """Do not clean up after a refusal, but for one of the caller."""
        response = super().refused(request, refusal)
        if response.status != HTTPStatus.UNAUTHORIZED:
            self._left = self.forced_type(request)
        return response


class OldInput(Fault, breaks="post-takes-nothing-from-a-refused-one"):
    """Fills a POST up with what a refused one had said before it, as a form is filled again."""

    fields = ("email", "corporateid", "media", "custom_1")

    def __init__(self, **options: Any) -> None:  # noqa: ANN401
        """Start without input."""
        super().__init__(**options)
        self._old: dict[tuple[str, str], Mapping[str, str]] = {}

    def create(self, operation: Operation) -> Answer:
        """Use old input up, or flash it for the next time."""
        key = operation.account, operation.resource.name
        given = {**self._old.pop(key, {}), **operation.parameters}
        try:
            return super().create(replace(operation, parameters=given))
        except Refusal:
            sent = operation.parameters
            short = {name for name, text in sent.items() if len(text) <= SHORT}
            optional = [name for name in self.fields if self.is_optional(key, name)]
            self._old[key] = {name: sent[name] for name in optional if name in short}
            raise

    def is_optional(self, key: tuple[str, str], name: str) -> bool:
        """Whether a POST could do without a field."""
        return name != "email" or key[1] != "users"


class TypedByTheFirstRow(Fault, breaks="list-gives-namesakes-their-own-values"):
    """Takes a column's type from the first row of a list: below a number, texts become null."""

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Unset what is no number in a column that begins with one."""
        answer = super().listing(operation, records)
        rows = [each for each in answer.content if not isinstance(each, str)]
        if not lists(operation, SOURCES) or not rows:
            return answer
        numeric = [name for name in SOURCES.custom_fields if is_number(rows[0][name])]
        typed = [
            {**row, **{name: None for name in numeric if not is_number(row[name])}} for row in rows
        ]
        return replace(answer, content=typed)
