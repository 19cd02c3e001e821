"""Faults of requests that give two ids for one record."""

from collections.abc import Mapping

from reference.faulty import Fault
from reference.message import Request
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Answer, Value
from reference.resources import CUSTOMERS, Resource


class FailsOnTwoIds(
    Fault,
    breaks="two-ids-read-one-at-most two-ids-update-one-at-most "
    "two-parents-create-under-one nothing-causes-a-500",
):
    """Fails where path and parameters name different records."""

    def contradiction(self, name: str, given: str, addressed: str) -> None:
        """Break down."""
        raise Refusal(500, f"{name} is ambiguous: {given}, {addressed}")


class ListsAllForTwoIds(Fault, breaks="two-ids-read-one-at-most"):
    """Answers a GET with two ids as if it had none."""

    def contradiction(self, name: str, given: str, addressed: str) -> None:
        """Go on, with the id in the path."""

    def filters(self, operation: Operation) -> Mapping[str, str]:
        """Drop the ids of which the query tells one and the path another."""
        query = self.query_parameters(operation.request.target.partition("?")[2])
        kept = super().filters(operation)
        return {} if any(query.get(name, id_) != id_ for name, id_ in kept.items()) else kept


class ChangesTheId(Fault, breaks="two-ids-update-one-at-most"):
    """Takes an id in the body of a PUT for one more field to change."""

    def contradiction(self, name: str, given: str, addressed: str) -> None:
        """Go on, with the id in the path."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Change the id with the rest."""
        name = operation.resource.id_name or ""
        sent = (
            {} if self.is_json(operation.request) else self.form_parameters(operation.request.body)
        )
        changed = super().changed_values(operation, record, values)
        return {**changed, name: sent.get(name, record.id)}


class CreatesUnderEachParent(Fault, breaks="two-parents-create-under-one"):
    """Creates one record more under the parent that only the body names."""

    def contradiction(self, name: str, given: str, addressed: str) -> None:
        """Go on, with the id in the path."""

    def new_values(
        self, operation: Operation, record_id: str, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Store a copy for the other parent."""
        new = super().new_values(operation, record_id, values)
        other = self.form_parameters(operation.request.body).get("customer_id", "")
        if operation.resource.parent is CUSTOMERS and other != operation.parent_id and other:
            copy = {**new, "customer_id": other}
            self.insert(
                operation.resource, operation.account, self.new_id(operation.resource), copy
            )
        return new


class DeletesBothOfTwoIds(Fault, breaks="two-ids-delete-one-at-most"):
    """Deletes the record that a form in the body of a DELETE names along with that of the URL."""

    def parameters_of_delete(self, request: Request, query: Mapping[str, str]) -> Mapping[str, str]:
        """Leave the body for later."""
        del request
        return query

    def delete(self, operation: Operation) -> Answer:
        """Delete what the body names as well."""
        answer = super().delete(operation)
        named = self.form_parameters(operation.request.body).get(operation.resource.id_name or "")
        for record in self.candidates(operation):
            if record.id == named:
                self.remove_with_dependents(operation, record)
        return answer


class TakesTheLastOfSeveralIds(Fault, breaks="second-id-names-nothing"):
    """Takes an id behind an id for the record's."""

    def takes_id(self, resource: Resource, ids: Mapping[str, str]) -> bool:
        """Let an id follow an id."""
        del ids
        return resource.id_name is not None


class UpdatesBothOfTwoIds(Fault, breaks="two-ids-update-one-at-most"):
    """Updates the customer that the body of a PUT names along with that of the path."""

    def contradiction(self, name: str, given: str, addressed: str) -> None:
        """Go on, with the id in the path."""

    def update(self, operation: Operation) -> Answer:
        """Update the other one, too."""
        answer = super().update(operation)
        if operation.resource is CUSTOMERS and not self.is_json(operation.request):
            named = self.form_parameters(operation.request.body).get("customer_id")
            for record in self.candidates(operation):
                if record.id == named:
                    self.replace(operation.resource, record, self.values_sent(operation))
        return answer
