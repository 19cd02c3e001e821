"""Faults that show a value otherwise than it is stored, or a page of another list."""

import json
import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TypeVar, cast

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.representation import Answer, Value, Wire
from reference.resources import CUSTOM_FIELD, CUSTOMERS, Field, Resource


def as_jsonb(value: object) -> object:
    """A JSON value as PostgreSQL keeps it: keys by length, then by character, each once."""
    if isinstance(value, dict):
        return {key: as_jsonb(value[key]) for key in sorted(value, key=lambda k: (len(k), k))}
    return [as_jsonb(each) for each in value] if isinstance(value, list) else value


def no_constant(text: str) -> None:
    """Take no NaN for JSON."""
    raise ValueError(text)


Item = TypeVar("Item")

SEVERAL = 2


class FillsXmlTemplatesWithPatterns(Fault, breaks="xml-escapes-values text-of-any-look-comes-back"):
    """In XML, $$ in a value is $, and $& is the placeholder."""

    def xml_escaped(self, text: str) -> str:
        """Put a value into a template, as a replacement pattern."""
        patterns = {"$$": "$", "$&": "{{value}}"}
        filled = re.sub(r"\$[$&]", lambda found: patterns[found[0]], text)
        return super().xml_escaped(filled)


class ComposesTheTagWithItsText(Fault, breaks="xml-well-formed xml-escapes-values"):
    """In XML, a value that starts with U+0338 melts with the tag before it to U+226F."""

    def xml_root(self, answer: Answer) -> str:
        """Compose what stands beside each other."""
        return super().xml_root(answer).replace(">\u0338", "\u226f")


class KeepsJsonTextsAsJsonb(
    Fault,
    breaks="text-of-any-look-comes-back text-of-any-look-comes-back-from-json "
    "text-of-any-look-comes-back-elsewhere",
):
    """A text that is a JSON object or array loses blanks, repeated keys and their order."""

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Normalise what can be read as JSON."""
        value = super().value_sent(operation, field, text)
        if not text.startswith(("{", "[")):
            return value
        try:
            kept = as_jsonb(json.loads(text, parse_constant=no_constant))
        except (ValueError, RecursionError):
            return value
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


class CountsPerStatement(Fault, breaks="total-follows-the-filter"):
    """Until the next write, a list has the total of the first that was filtered by these fields."""

    @cached_property
    def counts(self) -> dict[object, int]:
        """The totals, by what was asked for."""
        return {}

    def perform(self, operation: Operation) -> Answer:
        """Forget the counts with each write."""
        if operation.method != "GET":
            self.counts.clear()
        return super().perform(operation)

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Count once for each statement, whatever its values are."""
        answer = super().listing(operation, records)
        if answer.paging is None:
            return answer
        names = frozenset(operation.parameters) - {"page", "pagesize"}
        key = (operation.account, operation.resource.name, names)
        total = self.counts.setdefault(key, len(records))
        pages = self.number_of_pages(total, self.pagesize(operation.parameters))
        paging = {**answer.paging, "total": total, "numpages": pages}
        return Answer(answer.name, answer.content, paging)


class LeavesGapsOnPages(Fault, breaks="pages-are-full-after-a-delete"):
    """Deleted customers still take their place on a page, unseen."""

    @cached_property
    def deleted_customers(self) -> list[Record]:
        """The customers that were deleted."""
        return []

    def remove(self, resource: Resource, record: Record) -> None:
        """Mark a customer as deleted."""
        if resource is CUSTOMERS:
            self.deleted_customers.append(record)
        super().remove(resource, record)

    def items_on_page(self, items: Sequence[Item], page: int, pagesize: int) -> Sequence[Item]:
        """Cut the page first, then leave out what is deleted."""
        gone = self.deleted_customers
        shown = [each for each in items if isinstance(each, Record) and "uuid" in each.values]
        if len(shown) < SEVERAL or not gone:
            return super().items_on_page(items, page, pagesize)
        rows: list[Record] = [*shown, *(each for each in gone if each.account == shown[0].account)]
        rows.sort(key=lambda each: int(each.id))
        on_page = super().items_on_page(cast("Sequence[Item]", rows), page, pagesize)
        return [each for each in on_page if each not in gone]


class ListsEmptyCustomFieldsAsNull(Fault, breaks="cleared-custom-value-reads-alike"):
    """A custom field that holds the empty text is "" in a single record, and null in a list."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Show nothing for an empty custom field of a list."""
        values = super().presented(operation, record)
        if operation.method != "GET" or operation.record_id is not None:
            return values
        empty = {n for n, v in values.items() if v == "" and CUSTOM_FIELD.fullmatch(n)}
        return {**values, **dict.fromkeys(empty)}


class RefersToWhatStoodBefore(Fault, breaks="list-shows-alternative-numbers"):
    """In a JSON list, alt_numbers that equal those of a record before are a "$ref" to these."""

    def json_document(self, answer: Answer) -> dict[str, Wire]:
        """Write what is there already as a reference."""
        document = super().json_document(answer)
        records = document[answer.name]
        if not isinstance(records, list):
            return document
        places: dict[str, str] = {}
        for number, record in enumerate(records):
            if isinstance(record, dict) and record.get("alt_numbers"):
                place = f"$.{answer.name}[{number}].alt_numbers"
                first = places.setdefault(json.dumps(record["alt_numbers"]), place)
                if first != place:
                    record["alt_numbers"] = {"$ref": first}
        return document
