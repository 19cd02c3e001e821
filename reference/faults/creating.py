"""Faults in creating."""

import re
from collections.abc import Mapping
from urllib.parse import unquote_to_bytes

from reference.faulty import Fault
from reference.message import Request
from reference.operation import Operation
from reference.records import Record
from reference.representation import Answer, Value
from reference.resources import CUSTOMERS, GREETINGS, SOURCES, USERS, Field, Resource


class CreatesFromTheQuery(
    Fault,
    breaks="post-creates-from-form-body form-as-registered form-type-in-any-case form-with-charset",
):
    """Takes the parameters of a POST from the query string alone."""

    def parameters_of_writing(
        self, request: Request, resource: Resource, method: str, query: Mapping[str, str]
    ) -> Mapping[str, str]:
        """Leave the body of a POST alone."""
        if method == "POST":
            return {name: value for name, value in query.items() if name != "_method"}
        return super().parameters_of_writing(request, resource, method, query)


class CreatesTwice(
    Fault,
    breaks="post-in-xml-creates-exactly-one posts-at-once-create-each post-creates-exactly-one "
    "update-as-a-client-sends-it-is-stored post-creates-from-form-body "
    "custnr-filter-is-exact custnr-filter-minds-letter-case json-creates "
    "usual-fields-change-no-effect custnr-filter-shows-twins "
    "total-follows-the-delete-of-an-owner number-that-was-given-up-is-free "
    "challenged-post-creates-exactly-one",
):
    """Stores every new record twice."""

    def create(self, operation: Operation) -> Answer:
        """Store another one."""
        answer = super().create(operation)
        values = self.new_values(operation, "0", self.values_sent(operation))
        resource = operation.resource
        self.insert(resource, operation.account, self.new_id(resource), values)
        return answer


class OverwritesTheNewest(
    Fault,
    breaks="new-record-replaces-none equal-posts-create-two post-creates-exactly-one "
    "post-leaves-other-records post-naming-another-id-updates-nothing "
    "post-of-a-known-value-changes-no-record post-of-a-copy-leaves-the-original "
    "user-of-one-address-is-changed-alone older-twin-is-deleted-alone",
):
    """Gives a new user the id of the newest one."""

    def new_id(self, resource: Resource) -> str:
        """Take the id of the last user that was created."""
        first = "last_user" not in self.__dict__
        if resource is not USERS or first:
            new = super().new_id(resource)
            if resource is USERS:
                self.last_user = new
            return new
        return self.last_user


class StoresTheOwnerOfAnother(
    Fault,
    breaks="post-stores-what-was-sent walk-record-is-as-written custnr-filter-shows-twins "
    "owner-is-named-by-its-id",
):
    """Gives every new source to the account's first customer."""

    def new_values(
        self, operation: Operation, record_id: str, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Replace the customer's id."""
        values = super().new_values(operation, record_id, values)
        return {**values, "customer_id": "1"} if operation.resource is SOURCES else values


class AnswersNothingToPost(Fault, breaks="post-answers-the-record"):
    """Answers a POST with an empty list."""

    def created(self, operation: Operation, record: Record) -> Answer:
        """Leave the record out."""
        del record
        return self.answer(operation, [])


class AnswersWhatWasSentToPost(
    Fault,
    breaks="post-answers-the-record json-envelope-of-writes curl-creates-a-customer",
    on_a_socket=True,
):
    """Answers a POST with a record that has no id."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Leave the id out."""
        values = dict(super().presented(operation, record))
        if operation.method == "POST":
            values.pop(operation.resource.id_name or "", None)
        return values


class DropsOptionalParameters(
    Fault,
    breaks="post-stores-optional-parameters custom-value-at-creation json-creates "
    "json-digits-stay-text generated-customer-comes-back",
):
    """Stores only the mandatory parameters of a new customer."""

    def new_values(
        self, operation: Operation, record_id: str, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Keep name and number."""
        new = super().new_values(operation, record_id, values)
        if operation.resource is CUSTOMERS:
            return {name: new[name] for name in ("name", "custnr", "uuid")}
        return new


class StoresNumbers(
    Fault,
    breaks=(
        "post-keeps-number-like-values json-digits-stay-text "
        "generated-customer-comes-back custnr-of-any-look-is-found"
    ),
):
    """Stores a custnr of digits as a number, without its leading zeros."""

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Take digits for a number."""
        value = super().value_sent(operation, field, text)
        return str(int(text)) if field.name == "custnr" and text.isdecimal() else value


class DecodesTwice(
    Fault,
    breaks=(
        "no-id-reads-nothing post-decodes-the-body-once put-decodes-the-body-once "
        "text-comes-back odd-customer-has-no-calls text-of-any-look-comes-back "
        "text-of-any-look-comes-back-elsewhere no-id-updates-nothing "
        "no-parent-id-lists-nothing"
    ),
):
    """Removes the percent-encoding of a value twice."""

    def decoded_word(self, word: bytes) -> str:
        """Decode what is decoded already, where that is possible."""
        once = super().decoded_word(word)
        try:
            return unquote_to_bytes(once).decode()
        except UnicodeDecodeError:
            return once


class ReadsLowerCaseEscapesOnly(
    Fault, breaks="post-reads-plus-and-percent-alike body-in-any-spelling-is-read"
):
    """Does not know percent-encodings in lower case."""

    def unescaped(self, word: bytes) -> str:
        """Leave what has lower-case digits as it is."""
        if re.search(rb"%[0-9][a-f]|%[a-f][0-9a-f]", word):
            return word.decode()
        return super().unescaped(word)


class SplitsAtSemicolons(
    Fault,
    breaks=(
        "post-decodes-the-body-once put-decodes-the-body-once custom-value-changes "
        "form-is-split-before-decoding text-comes-back text-of-any-look-comes-back "
        "text-of-any-look-comes-back-elsewhere semicolon-in-a-form-is-data"
    ),
):
    """Ends a value at a semicolon, even at one that was encoded."""

    def decoded_word(self, word: bytes) -> str:
        """Cut the value."""
        return super().decoded_word(word).partition(";")[0]


class ReadsPairsByPosition(
    Fault, breaks="post-pairs-in-any-order refusal-has-one-code-in-each-type"
):
    """Takes the first pair of a new customer for its name, whatever its key."""

    def body_parameters(
        self, request: Request, resource: Resource, method: str
    ) -> Mapping[str, str]:
        """Name the pairs by their position."""
        sent = super().body_parameters(request, resource, method)
        if resource is CUSTOMERS and method == "POST" and set(sent) == {"name", "custnr"}:
            return dict(zip(("name", "custnr"), sent.values(), strict=True))
        return sent


class RenamesTheOthers(
    Fault,
    breaks=(
        "twin-is-deleted-alone twin-is-changed-alone equal-posts-create-two "
        "post-leaves-other-records combined-ways-create creating-changes-no-record "
        "text-is-whole-anywhere-in-an-answer post-of-a-copy-leaves-the-original"
    ),
):
    """Appends a mark to the name of every greeting of a customer that gets a new one."""

    def create(self, operation: Operation) -> Answer:
        """Rename what was there before."""
        if operation.resource is GREETINGS:
            for other in self.candidates(operation):
                if other.values["customer_id"] is not None:
                    self.replace(GREETINGS, other, {"name": f"{other.values['name']} (old)"})
        return super().create(operation)


class CreatesByGet(Fault, breaks="get-creates-nothing reading-writes-nothing"):
    """Creates a customer where the query string of a GET names one."""

    def read(self, operation: Operation) -> Answer:
        """Create what is named."""
        answer = super().read(operation)
        query = self.query_parameters(self.split_target(operation.request.target)[1])
        if operation.resource is CUSTOMERS and "name" in query:
            new = self.new_id(CUSTOMERS)
            self.insert(CUSTOMERS, operation.account, new, {**query, "customer_id": new})
        return answer


class UpdatesByPost(
    Fault,
    breaks="post-updates-nothing creating-changes-no-record post-of-a-copy-leaves-the-original",
):
    """Takes a POST that names a customer's id for an update."""

    def create(self, operation: Operation) -> Answer:
        """Update what is there."""
        if operation.resource is CUSTOMERS and operation.record_id:
            return self.update(operation)
        return super().create(operation)


class ReplacesTheCustomerWithThatNumber(
    Fault, breaks="post-updates-nothing creating-changes-no-record"
):
    """Takes a POST with a custnr that is in use for an update of that customer."""

    def create(self, operation: Operation) -> Answer:
        """Update what is there."""
        for other in self.candidates(operation):
            custnr = operation.parameters.get("custnr")
            if operation.resource is CUSTOMERS and other.values["custnr"] == custnr:
                name = operation.parameters["name"]
                return self.answer(operation, [self.replace(CUSTOMERS, other, {"name": name})])
        return super().create(operation)


class CreatesForNobody(
    Fault,
    breaks="post-for-nobody-is-refused post-for-a-foreign-customer-is-refused "
    "nothing-is-made-in-another-account",
):
    """Creates sources and users for whatever customer is named."""

    def unknown_customer(self, operation: Operation) -> None:
        """Believe it."""


class CreatesForForeignCustomers(
    Fault, breaks="post-for-a-foreign-customer-is-refused nothing-is-made-in-another-account"
):
    """Creates sources and users for customers of any account."""

    def unknown_customer(self, operation: Operation) -> None:
        """Refuse those only that nobody has."""
        known = {record.id for record in self.records(CUSTOMERS)}
        if operation.parameters["customer_id"] not in known:
            super().unknown_customer(operation)
