"""Faults that take two records, numbers or moments for the same, or one text for another."""

import json
import re
from collections.abc import Mapping, Sequence

from reference.faulty import Fault
from reference.message import Request
from reference.operation import Operation
from reference.records import Record
from reference.representation import Value
from reference.resources import CUSTOMERS, SOURCES, USERS, Field, Resource

PHP_STRING = re.compile(r's:([0-9]+):"(.*)";', re.DOTALL)

PHP_SCALAR = re.compile(r"([ibd]):(-?[0-9.]+);")

EXACT_DIGITS = 15

BLOCK = 4096

COLUMN = 4000

PAIR = re.compile(rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")


class DeleteWithATypeNeedsABody(Fault, breaks="delete-that-names-a-type-is-served"):
    """Parses the empty body of a DELETE that says application/json, and refuses it."""

    def parameters_of_delete(self, request: Request, query: Mapping[str, str]) -> Mapping[str, str]:
        """Parse the body first."""
        if self.is_json(request):
            self.json_parameters(request.body)
        return super().parameters_of_delete(request, query)


class GroupsUsersByNameAndAddress(Fault, breaks="users-of-one-address-are-each-listed"):
    """The users of one customer are listed once where name and e-mail are equal."""

    def ordered(self, operation: Operation, records: list[Record]) -> Sequence[Record]:
        """Keep the first of each group, where a customer is asked for."""
        is_list = operation.resource is USERS and operation.record_id is None
        if is_list and "customer_id" in operation.parameters:
            groups: dict[object, Record] = {}
            for each in records:
                groups.setdefault((each.values["name"], each.values["email"]), each)
            records = list(groups.values())
        return super().ordered(operation, records)


class FiltersSourcesByIdOrNumber(Fault, breaks="customer-of-a-filter-is-no-custnr"):
    """GET /sources?customer_id=N finds the sources, too, of the customer whose custnr is N."""

    def filters(self, operation: Operation) -> Mapping[str, str]:
        """Leave the customer to the query for the candidates."""
        filters = dict(super().filters(operation))
        if operation.resource is SOURCES:
            filters.pop("customer_id", None)
        return filters

    def candidates(self, operation: Operation) -> list[Record]:
        """Sources whose customer has this id or this number."""
        records = super().candidates(operation)
        wanted = operation.parameters.get("customer_id")
        if operation.resource is not SOURCES or operation.method != "GET" or wanted is None:
            return records
        customers = self.visible_records(CUSTOMERS, operation.account)
        ids = {wanted, *(each.id for each in self.having(customers, "custnr", wanted))}
        return [each for each in records if each.values["customer_id"] in ids]


class TakesUsersOfOneAddressForOnePerson(
    Fault,
    breaks="user-of-one-address-is-changed-alone field-changes-by-a-write-that-names-it "
    "record-shows-what-was-sent-to-it",
):
    """A PUT of a user's name renames every user that was created with the same e-mail."""

    def replace(self, resource: Resource, record: Record, changes: Mapping[str, Value]) -> Record:
        """Rename whoever has the address."""
        if resource is USERS and "name" in changes:
            for other in self.having(
                list(self.records(USERS)), "email", str(record.values["email"])
            ):
                if other.account == record.account:
                    super().replace(resource, other, {"name": changes["name"]})
        return super().replace(resource, record, changes)


class ComparesLongNumbersAsDoubles(Fault, breaks="custnr-is-unique-as-a-whole"):
    """A custnr of 16 or more digits is taken for a duplicate of one that is the same double."""

    def check_unique(
        self, operation: Operation, values: Mapping[str, Value], record: Record | None
    ) -> None:
        """Compare long numbers as doubles."""
        super().check_unique(operation, values, record)
        sent = str(values.get("custnr", ""))
        if operation.resource is CUSTOMERS and self.is_long(sent):
            for other in self.candidates(operation):
                number = str(other.values["custnr"])
                is_other = record is None or other.id != record.id
                if is_other and self.is_long(number) and float(number) == float(sent):
                    self.duplicate_custnr(operation)

    def is_long(self, text: str) -> bool:
        """Whether a text is a number that a double may not hold."""
        return text.isascii() and text.isdigit() and len(text) > EXACT_DIGITS


class UnserializesTexts(Fault, breaks="text-of-any-look-comes-back"):
    """A text in PHP's serialize() format comes back unserialized: i:7; as 7, N; as null."""

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Unserialize what may be."""
        value = super().value_sent(operation, field, text)
        if (found := PHP_STRING.fullmatch(text)) and len(found[2].encode()) == int(found[1]):
            return found[2]
        scalar = PHP_SCALAR.fullmatch(text)
        return scalar[2] if scalar else value


class KeepsAlternativesInAColumn(Fault, breaks="alternative-numbers-come-back"):
    """Alternative numbers of more than 4,000 characters as JSON read back as none."""

    def alternative_numbers(self, text: str) -> tuple[Value, ...]:
        """Keep a text of limited length."""
        numbers = super().alternative_numbers(text)
        stored = json.dumps(numbers, separators=(",", ":"))[:COLUMN]
        try:
            json.loads(stored)
        except ValueError:
            return ()
        return numbers


class LosesEscapedPairsBetweenBlocks(Fault, breaks="text-is-whole-anywhere-in-a-request"):
    """An escaped pair of surrogates in a JSON body is lost where a 4,096 byte border is in it."""

    def json_parameters(self, body: bytes) -> Mapping[str, str]:
        """Parse block by block: half a pair stands for nothing."""
        return super().json_parameters(PAIR.sub(self.parsed, body))

    def parsed(self, pair: re.Match[bytes]) -> bytes:
        """What becomes of an escaped pair."""
        is_split = pair.start() // BLOCK != (pair.end() - 1) // BLOCK
        return rb"\ufffd\ufffd" if is_split else pair[0]


class EchoesThePhoneNumber(Fault, breaks="put-answers-the-number-of-a-read"):
    """The answer to a PUT of a source has phonenr as it was sent, a read has its country, too."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Echo the number."""
        values = super().presented(operation, record)
        sent = operation.parameters.get("phonenr")
        if operation.resource is SOURCES and operation.method == "PUT" and sent is not None:
            return {**values, "phonenr": sent}
        return values


class TakesNoExpiryForNow(Fault, breaks="cleared-expiry-is-not-now"):
    """A PUT that empties `expire` sets it to the present (NULL in a TIMESTAMP column of MySQL)."""

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Store the present for nothing."""
        value = super().value_sent(operation, field, text)
        if value is None and field.name == "expire" and operation.method == "PUT":
            return self.now()
        return value
