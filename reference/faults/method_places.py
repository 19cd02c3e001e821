"""Faults of methods that do more than they are for, or elsewhere."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from reference import seed
from reference.faulty import Fault
from reference.message import Request, Response
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Answer, Value
from reference.resources import CUSTOMERS, GREETINGS, Resource

CHANGES = "field-changes-by-a-write-that-names-it"
MIXES = "record-shows-what-was-sent-to-it"
READING = "reading-writes-nothing"
COPIES = "post-of-a-copy-leaves-the-original"
CREATING = "creating-changes-no-record"
PUTTING = "json-put-creates-nothing"
BELOW = "nothing-is-made-below-what-is-not-there"


class WritesWhatReadsCarry(Fault, abstract=True):
    """Changes the record that is read; the faults below say by what."""

    def carried(self, operation: Operation) -> Mapping[str, str]:
        """The values that a read carries."""
        del operation
        return {}

    def read(self, operation: Operation) -> Answer:
        """Store them first."""
        carried = self.carried(operation) if operation.record_id else {}
        for record in self.candidates(operation) if "name" in carried else ():
            if record.id == operation.record_id:
                self.replace(operation.resource, record, {"name": carried["name"]})
        return super().read(operation)

    def query_of(self, operation: Operation) -> Mapping[str, str]:
        """The parameters in the query of a read."""
        return self.query_parameters(operation.request.target.partition("?")[2])


class UpdatesByGet(WritesWhatReadsCarry, breaks=f"{READING} {CHANGES} {MIXES}"):
    """Stores a name in the query of a GET of a record."""

    def carried(self, operation: Operation) -> Mapping[str, str]:
        """Look into the query."""
        return self.query_of(operation)


class UpdatesGreetingsByGet(WritesWhatReadsCarry, breaks=READING):
    """Stores a name in the query of a GET of a greeting."""

    def carried(self, operation: Operation) -> Mapping[str, str]:
        """Look into the query."""
        return self.query_of(operation) if operation.resource is GREETINGS else {}


class UpdatesByTheBodyOfAGet(
    WritesWhatReadsCarry, breaks=f"{READING} {CHANGES} {MIXES} usual-fields-change-no-answer"
):
    """Stores a name in the body of a GET of a record."""

    def carried(self, operation: Operation) -> Mapping[str, str]:
        """Look into the body."""
        return self.body_parameters(operation.request, operation.resource, "PUT")


class CreatesGreetingsByGet(Fault, breaks=READING):
    """Creates a greeting where the query of a GET of the list has a name."""

    def read(self, operation: Operation) -> Answer:
        """Create it first."""
        query = self.query_parameters(operation.request.target.partition("?")[2])
        if operation.resource is GREETINGS and operation.record_id is None and "name" in query:
            values = {"name": query["name"], "customer_id": operation.parent_id}
            self.insert(GREETINGS, operation.account, self.new_id(GREETINGS), values)
        return super().read(operation)


class RenumbersByGet(Fault, breaks=f"{READING} {CHANGES} {MIXES}"):
    """Stores a custnr in the query of a GET of a customer's path."""

    def read(self, operation: Operation) -> Answer:
        """Store it first."""
        number = operation.parameters.get("custnr")
        for record in self.candidates(operation) if number else ():
            if operation.resource is CUSTOMERS and record.id == operation.ids.get("customer_id"):
                self.replace(CUSTOMERS, record, {"custnr": number})
        return super().read(operation)


class UpdatesByHead(Fault, breaks=f"{READING} {CHANGES} {MIXES}"):
    """Takes a HEAD for a PUT, and answers as if it were not there."""

    def respond(self, request: Request) -> Response:
        """Carry it out for whoever is let in."""
        response = super().respond(request)
        let_in = response.status not in {401, 404} and "/customers/" in request.target
        if request.method == "HEAD" and let_in:
            query = request.target.partition("?")[2].encode()
            put = replace(request, method="PUT", body=request.body or query)
            with suppress(Refusal):
                self.perform(self.understood(put, seed.USERNAME))
        return response


class UpdatesByPostOfAnId(Fault, breaks=f"{CREATING} {COPIES} post-updates-nothing"):
    """Updates a customer whose id is among the data of a POST."""

    def create(self, operation: Operation) -> Answer:
        """Look for it."""
        sent = self.body_parameters(operation.request, operation.resource, "POST")
        for record in self.visible_records(operation.resource, operation.account):
            if operation.resource is CUSTOMERS and record.id == sent.get("customer_id"):
                self.replace(CUSTOMERS, record, {"name": sent["name"]})
        return super().create(operation)


class TakesPostsForPuts(Fault, abstract=True):
    """Updates where a POST is at a record; the faults below say which."""

    updated_by_post: Resource

    def methods(self, resource: Resource, address: Mapping[str, str]) -> tuple[str, ...]:
        """Have POST at a record, too."""
        return (
            resource.methods
            if resource is self.updated_by_post
            else super().methods(resource, address)
        )

    def create(self, operation: Operation) -> Answer:
        """Update it."""
        meant = operation.resource is self.updated_by_post and operation.record_id
        return self.update(operation) if meant else super().create(operation)


class UpdatesGreetingsByPost(TakesPostsForPuts, breaks=f"{CREATING} {COPIES}"):
    """Updates a greeting by a POST that names it."""

    updated_by_post = GREETINGS


class UpdatesCustomersByPost(TakesPostsForPuts, breaks=f"{CREATING} {COPIES} post-updates-nothing"):
    """Updates a customer by a POST that names it."""

    updated_by_post = CUSTOMERS


class CreatesByJson(Fault, abstract=True):
    """Creates a record by a PUT of JSON; the faults below say where."""

    def creates(self, operation: Operation) -> bool:
        """Whether a PUT creates."""
        return operation.method == "PUT" and self.is_json(operation.request)

    def made(self, operation: Operation, record_id: str) -> Record:
        """Create a record."""
        values = {**self.values_sent(operation), "custnr": f"J-{record_id}"}
        if operation.resource is GREETINGS:
            values = {"name": operation.parameters["name"], "customer_id": operation.parent_id}
        return self.insert(operation.resource, operation.account, record_id, values)


class CreatesUnknownRecordsByJson(CreatesByJson, breaks=PUTTING):
    """Creates a customer by a PUT of JSON to an unknown id."""

    def unknown_record(self, operation: Operation) -> Record:
        """Create it."""
        if self.creates(operation) and operation.resource is CUSTOMERS and operation.ids:
            return self.made(operation, operation.record_id or "")
        return super().unknown_record(operation)


class CreatesGreetingsByJson(CreatesByJson, breaks=f"{PUTTING} put-revives-nothing"):
    """Creates a greeting by a PUT of JSON to an unknown id."""

    def unknown_record(self, operation: Operation) -> Record:
        """Create it."""
        if self.creates(operation) and operation.resource is GREETINGS:
            return self.made(operation, operation.record_id or "")
        return super().unknown_record(operation)


class CreatesInListsByJson(CreatesByJson, breaks=PUTTING):
    """Creates a record by a PUT of JSON without an id."""

    def missing_id(self, operation: Operation) -> Record:
        """Create it."""
        if self.creates(operation):
            return self.made(operation, self.new_id(operation.resource))
        return super().missing_id(operation)


class CreatesBelowUnknownCustomers(Fault, breaks=f"{BELOW} nothing-is-made-in-another-account"):
    """Creates greetings below a customer who was never there."""

    def check_parent(self, operation: Operation) -> None:
        """Look at the parents of other methods only."""
        if operation.method != "POST":
            super().check_parent(operation)


class CreatesBelowUnknownCustomersByJson(Fault, breaks=BELOW):
    """Creates greetings below a customer who is not there where the body is JSON."""

    def check_parent(self, operation: Operation) -> None:
        """Look at the parents of forms only."""
        if operation.method != "POST" or not self.is_json(operation.request):
            super().check_parent(operation)


class CreatesBelowTheNearestCustomer(Fault, breaks=BELOW):
    """Creates a greeting below the customer whose id the given one begins with."""

    def is_id(self, segment: str) -> bool:
        """Let it into the path."""
        return segment[:1].isdigit()

    def parent_id(self, operation: Operation) -> str:
        """Keep the digits of a creation."""
        parent_id = operation.parent_id or ""
        digits = "".join(each for each in parent_id if each.isdigit())
        return digits if operation.method == "POST" else super().parent_id(operation)

    def new_values(
        self, operation: Operation, record_id: str, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Store it there."""
        new = super().new_values(operation, record_id, values)
        return (
            {**new, "customer_id": self.parent_id(operation)}
            if (operation.resource is GREETINGS)
            else new
        )


class CreatesBelowTheNearestCustomerUnseen(CreatesBelowTheNearestCustomer, breaks=BELOW):
    """Answers such a creation as if there were no such customer."""

    def created(self, operation: Operation, record: Record) -> Answer:
        """Look at the id too late."""
        if operation.resource is GREETINGS and not (operation.parent_id or "").isdigit():
            raise Refusal(404, "There is no customer with this customer_id")
        return super().created(operation, record)


class UpdatesForeignCustomers(
    Fault,
    breaks="foreign-record-is-out-of-reach foreign-record-is-not-written "
    "foreign-record-hidden-everywhere",
):
    """Finds another account's customer for a PUT."""

    def candidates(self, operation: Operation) -> list[Record]:
        """Look for it among all."""
        found = super().candidates(operation)
        if operation.method != "PUT" or operation.record_id != seed.FOREIGN_CUSTOMER_ID:
            return found
        return list(self.records(operation.resource))


class UpdatesForeignCustomersByAnOverride(Fault, breaks="foreign-record-is-out-of-reach"):
    """Finds another account's customer for an overriding PUT."""

    def candidates(self, operation: Operation) -> list[Record]:
        """Look for it among all."""
        found = super().candidates(operation)
        overriding = operation.request.method == "POST" and operation.method == "PUT"
        return list(self.records(operation.resource)) if overriding else found
