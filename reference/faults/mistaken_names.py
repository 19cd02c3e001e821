"""Faults that take a name, a number or a word for that of another record."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Answer, Value
from reference.resources import CUSTOMERS, GREETINGS, SOURCES, USERS, Field, Resource

IGNORABLE = re.compile("[\u00ad\u034f\u061c\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]")

LEADING_NUMBER = re.compile(r"\s*\+?0*([1-9][0-9]*)")

INHERITED = frozenset(("__proto__", "constructor", "hasOwnProperty", "toString", "valueOf"))


class MixedFormDeletesAll(
    Fault, breaks="mixed-form-writes-one-greeting record-goes-by-its-own-delete"
):
    """Deletes all greetings when the customer is in the path and the greeting in the query."""

    def delete(self, operation: Operation) -> Answer:
        """Forget the others as well."""
        answer = super().delete(operation)
        if operation.resource is GREETINGS and set(operation.ids) == {"customer_id"}:
            self.remove_having(GREETINGS, "customer_id", operation.ids["customer_id"])
        return answer


class IgnorableCharactersInIds(
    Fault,
    breaks="no-id-reads-nothing no-id-updates-nothing odd-customer-has-no-calls "
    "field-changes-by-a-write-that-names-it record-shows-what-was-sent-to-it "
    "no-id-deletes-nothing odd-owner-has-no-records no-parent-id-lists-nothing",
):
    """Compares ids among the parameters as a collation does that ignores soft hyphens and such."""

    def known(
        self, resource: Resource, method: str, parameters: Mapping[str, str]
    ) -> Mapping[str, str]:
        """Leave out of ids what a collation ignores."""
        known = super().known(resource, method, parameters)
        return {
            name: IGNORABLE.sub("", value) if name.endswith("_id") else value
            for name, value in known.items()
        }


class CastsTheCustomerOfAUser(Fault, breaks="no-id-owns-no-new-record"):
    """Reads the number at the beginning of the customer_id that a new user is sent with."""

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Cast what refers to a customer."""
        if operation.resource is USERS and field.name == "customer_id":
            match = LEADING_NUMBER.match(text)
            text = match[1] if match else text
        return super().value_sent(operation, field, text)


class ZeroIsNoNumber(Fault, breaks="custnr-of-nothing-finds-nobody-else"):
    """Takes the custnr 0 for no filter at all, as an empty one."""

    def known(
        self, resource: Resource, method: str, parameters: Mapping[str, str]
    ) -> Mapping[str, str]:
        """Drop what is false."""
        known = super().known(resource, method, parameters)
        if method != "GET" or known.get("custnr") != "0":
            return known
        return {name: value for name, value in known.items() if name != "custnr"}


class UsersOfDeletedCustomers(Fault, breaks="post-for-nobody-is-refused readings-are-consistent"):
    """Creates users of a customer that is deleted: deleted rows still satisfy the foreign key."""

    @cached_property
    def gone(self) -> set[tuple[str | None, str]]:
        """The customers that were deleted."""
        return set()

    def remove(self, resource: Resource, record: Record) -> None:
        """Only mark it."""
        super().remove(resource, record)
        if resource is CUSTOMERS:
            self.gone.add((record.account, record.id))

    def unknown_customer(self, operation: Operation) -> None:
        """Let it be one that is deleted."""
        customer_id = operation.parameters.get("customer_id", "")
        if operation.resource is not USERS or (operation.account, customer_id) not in self.gone:
            super().unknown_customer(operation)


class PostRenamesAGreeting(Fault, breaks="post-of-a-copy-leaves-the-original"):
    """Renames the greeting of which the id is in the query of a POST to the collection."""

    def address_in_query(
        self, resource: Resource, method: str, query: Mapping[str, str]
    ) -> Mapping[str, str]:
        """Take a POST for one to the collection, whatever the query says."""
        found = super().address_in_query(resource, method, query)
        if resource is not GREETINGS or method != "POST":
            return found
        return {name: value for name, value in found.items() if name != "vm_greeting_id"}

    def create(self, operation: Operation) -> Answer:
        """Save the record with this id."""
        query = self.query_parameters(self.split_target(operation.request.target)[1])
        if operation.resource is not GREETINGS or not query.get("vm_greeting_id"):
            return super().create(operation)
        parameters = {**operation.parameters, "vm_greeting_id": query["vm_greeting_id"]}
        return self.update(replace(operation, parameters=parameters))


class InheritedNamesBreak(
    Fault, breaks="odd-bodies-cause-no-trouble odd-questions-cause-no-trouble nothing-causes-a-500"
):
    """Fails on a parameter that is named like what every JavaScript object has."""

    def unknown_parameter(self, resource: Resource, method: str, name: str) -> None:
        """Call what is no function."""
        if name in INHERITED:
            raise Refusal(500, "TypeError: validate is not a function")
        super().unknown_parameter(resource, method, name)


class TakesItsOwnNumberInOtherCaseForTaken(Fault, breaks="own-number-in-other-letter-case-is-free"):
    """A PUT that changes only the case of a customer's own number is refused as a duplicate."""

    def check_unique(
        self, operation: Operation, values: Mapping[str, Value], record: Record | None
    ) -> None:
        """Find the record itself where the case differs."""
        super().check_unique(operation, values, record)
        if operation.resource is CUSTOMERS and record is not None and "custnr" in values:
            sent, own = str(values["custnr"]), str(record.values["custnr"])
            if sent != own and sent.casefold() == own.casefold():
                self.duplicate_custnr(operation)


class FreesSourcesByTheNameOfTheirGreeting(
    Fault, breaks="delete-of-a-namesake-leaves-a-source-its-greeting"
):
    """DELETE of a greeting takes it from sources, too, that use another one of the same name."""

    def remove_with_dependents(self, operation: Operation, record: Record) -> None:
        """Look for the sources to free by the greeting's name."""
        super().remove_with_dependents(operation, record)
        if operation.resource is GREETINGS:
            greetings = self.visible_records(GREETINGS, operation.account)
            for twin in self.having(greetings, "name", str(record.values["name"])):
                for source in self.having(list(self.records(SOURCES)), "vm_greeting_id", twin.id):
                    self.replace(SOURCES, source, {"vm_greeting_id": None})


class ClonesOverTheOriginal(Fault, breaks="post-of-a-copy-leaves-the-original"):
    """A POST that sends along the uuid of a customer overwrites that one."""

    def create(self, operation: Operation) -> Answer:
        """Update where a unique key is there already."""
        if operation.resource is CUSTOMERS:
            request, method = operation.request, operation.method
            uuid = self.body_parameters(request, CUSTOMERS, method).get("uuid")
            found = self.having(self.candidates(operation), "uuid", uuid or "")
            if found:
                self.check_mandatory(operation)
                values = self.values_sent(operation)
                self.check_unique(operation, values, None)
                return self.created(operation, self.replace(CUSTOMERS, found[0], values))
        return super().create(operation)
