"""Faults of sub-resources and their two forms."""

from collections.abc import Mapping, Sequence

from reference.faulty import Fault
from reference.message import Request
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Answer, Value
from reference.resources import CUSTOMERS, GREETINGS, USERS, Resource
from reference.response_types import XML


class IgnoresTheParentInThePath(Fault, breaks="sub-resource-needs-its-parent"):
    """Answers a greeting under any customer's path."""

    def greetings_of(self, greetings: list[Record], customer: Record) -> list[Record]:
        """Leave the customer out of the search."""
        return greetings if self.asked_by_path else super().greetings_of(greetings, customer)

    def candidates(self, operation: Operation) -> list[Record]:
        """Note whether one greeting is asked for in path form."""
        self.asked_by_path = len(operation.ids) > 1 and operation.method == "GET"
        return super().candidates(operation)


class IgnoresTheParentParameter(Fault, breaks="sub-resource-needs-its-parent"):
    """Answers a greeting for any customer_id in parameter form."""

    def candidates(self, operation: Operation) -> list[Record]:
        """Leave the customer out of the search."""
        by_parameter = operation.method == "GET" and not operation.ids and operation.record_id
        if operation.resource is GREETINGS and by_parameter:
            return self.visible_records(GREETINGS, operation.account)
        return super().candidates(operation)


class KnowsNoPathForm(
    Fault,
    breaks="sub-resource-path-form sub-resource-forms-read-equal sub-resource-forms-list-equal "
    "sub-resource-list-is-the-parents sub-resource-forms-create sub-resource-forms-update "
    "sub-resource-forms-delete sub-resource-needs-its-parent form-as-printed "
    "usual-fields-change-no-answer suffix-works-for-each-method",
):
    """Has the greetings in parameter form only."""

    def route(self, path: str) -> tuple[Resource, Mapping[str, str]]:
        """Find nothing behind a customer's id."""
        resource, ids = super().route(path)
        if resource is GREETINGS and ids:
            raise Refusal(404, "There is no such resource")
        return resource, ids


class KnowsNoParameterForm(
    Fault,
    breaks="sub-resource-parameter-form sub-resource-forms-read-equal "
    "get-unknown-id-answers-nobody",
):
    """Answers the whole list when a greeting is asked for in parameter form."""

    def filters(self, operation: Operation) -> Mapping[str, str]:
        """Take the greeting's id from the path only."""
        filters = super().filters(operation)
        if operation.resource is GREETINGS and not operation.ids:
            return {}
        return filters


class NeedsTheParentFirst(Fault, breaks="sub-resource-parameter-form"):
    """Finds nothing in parameter form unless the parent's id is the first parameter."""

    def filters(self, operation: Operation) -> Mapping[str, str]:
        """Look at the order of the parameters."""
        if next(iter(operation.parameters), "") == "vm_greeting_id" and not operation.ids:
            return {"vm_greeting_id": "0"}
        return super().filters(operation)


class LeavesTheSoundOutOfThePathForm(Fault, breaks="sub-resource-forms-read-equal"):
    """Shows the sound of a greeting in parameter form only."""

    def shows_sound(self, operation: Operation) -> bool:
        """Look at how the greeting was asked for."""
        return super().shows_sound(operation) and not operation.ids


class ListsSystemGreetingsInOneForm(Fault, breaks="sub-resource-forms-list-equal"):
    """Leaves the greetings of the system out of the list in path form."""

    def ordered(self, operation: Operation, records: list[Record]) -> Sequence[Record]:
        """Keep what belongs to the customer."""
        records = list(super().ordered(operation, records))
        if operation.resource is GREETINGS and operation.ids and not operation.record_id:
            return [each for each in records if each.values["customer_id"] is not None]
        return records


class ListsEveryParentsRecords(
    Fault,
    breaks="sub-resource-list-is-the-parents no-parent-id-lists-nothing "
    "list-below-a-customer-holds-no-namesake",
):
    """Lists the greetings of every customer, whichever is asked for."""

    def candidates(self, operation: Operation) -> list[Record]:
        """Leave the customer out of the search."""
        if operation.resource is GREETINGS and not operation.record_id:
            return self.visible_records(GREETINGS, operation.account)
        return super().candidates(operation)


class ForgetsTheParentInThePathOfPost(Fault, breaks="sub-resource-forms-create"):
    """Wants the parent's id in the body of a POST, though it is in the path."""

    def address(
        self, resource: Resource, method: str, ids: Mapping[str, str], query: Mapping[str, str]
    ) -> Mapping[str, str]:
        """Drop the ids of the path."""
        return super().address(resource, method, {} if method == "POST" else ids, query)


class UpdatesInParameterFormOnly(
    Fault,
    breaks="sub-resource-forms-update override-conflict-is-decided form-as-printed",
):
    """Answers a PUT in path form as if it had been done."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Change nothing for a greeting in a path."""
        if operation.resource is GREETINGS and operation.ids:
            return {}
        return super().changed_values(operation, record, values)


class DeletesAllOfTheParent(
    Fault,
    breaks="sub-resource-forms-delete list-forgets-deleted override-by-header-deletes "
    "override-by-query-deletes walk-leaves-other-records twin-is-deleted-alone "
    "delete-twice-deletes-no-other mixed-form-writes-one-greeting "
    "older-twin-is-deleted-alone",
):
    """Deletes every greeting of the customer in path form."""

    def remove_with_dependents(self, operation: Operation, record: Record) -> None:
        """Delete the others, too."""
        super().remove_with_dependents(operation, record)
        if operation.resource is GREETINGS and operation.ids:
            self.remove_having(GREETINGS, "customer_id", str(record.values["customer_id"]))


class DeletesUsersOfOthers(
    Fault,
    breaks="delete-leaves-what-others-have record-goes-by-its-own-delete user-of-one-address-stays",
):
    """Deletes with a customer the users of every customer but that one."""

    def remove_with_dependents(self, operation: Operation, record: Record) -> None:
        """Get the comparison wrong."""
        super().remove_with_dependents(operation, record)
        if operation.resource is CUSTOMERS:
            for user in self.visible_records(USERS, operation.account):
                if user.values["customer_id"] != record.id:
                    self.remove(USERS, user)


class DeletesGreetingsOfAll(
    Fault, breaks="delete-leaves-what-others-have customer-of-one-name-is-deleted-alone"
):
    """Deletes with a customer the greetings of all of them, but for those of the system."""

    def remove_with_dependents(self, operation: Operation, record: Record) -> None:
        """Forget whose they are."""
        super().remove_with_dependents(operation, record)
        if operation.resource is CUSTOMERS:
            for greeting in self.visible_records(GREETINGS, operation.account):
                if greeting.values["locked"] == "0":
                    self.remove(GREETINGS, greeting)


class IgnoresTheQueryOfDelete(
    Fault,
    breaks="sub-resource-forms-delete delete-parameters-name-one",
):
    """Looks for the parameters of a DELETE in its body."""

    def parameters_of_delete(self, request: Request, query: Mapping[str, str]) -> Mapping[str, str]:
        """Leave the query string alone."""
        del query
        return super().parameters_of_delete(request, {})

    def address_in_query(
        self, resource: Resource, method: str, query: Mapping[str, str]
    ) -> Mapping[str, str]:
        """Find no ids in the query string of a DELETE."""
        return {} if method == "DELETE" else super().address_in_query(resource, method, query)


class WritesUnderAnyParent(
    Fault,
    breaks=(
        "sub-resource-writes-need-the-parent record-goes-by-its-own-delete "
        "field-changes-by-a-write-that-names-it record-shows-what-was-sent-to-it"
    ),
):
    """Changes and deletes a greeting under the path of another customer."""

    def candidates(self, operation: Operation) -> list[Record]:
        """Leave the customer out of the search."""
        if operation.resource is GREETINGS and operation.method in {"PUT", "DELETE"}:
            return self.visible_records(GREETINGS, operation.account)
        return super().candidates(operation)


class FindsNoGreetingInXml(
    Fault,
    breaks="sub-resource-forms-read-equal xml-says-what-json-says xml-follows-updates "
    "xml-says-what-json-says-of-links",
):
    """Lists greetings in XML, and finds none by its id."""

    def filters(self, operation: Operation) -> Mapping[str, str]:
        """Look for another id."""
        filters = super().filters(operation)
        if "vm_greeting_id" in filters and self.media_type(operation.request) == XML:
            return {**filters, "vm_greeting_id": "0"}
        return filters


class ShowsTwentyFive(Fault, breaks="list-of-many-holds-each"):
    """Ends the list of a customer's greetings with the 25th, and says so nowhere."""

    shown = slice(25)

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Show a page that nobody asked for."""
        if operation.resource is GREETINGS:
            records = records[self.shown]
        return super().listing(operation, records)


class ShowsTheLatestTwenty(ShowsTwentyFive, breaks="list-of-many-holds-each"):
    """Shows those of a customer's greetings that were made last."""

    shown = slice(-20, None)
