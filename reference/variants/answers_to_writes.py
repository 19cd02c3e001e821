"""Freedoms of what POST, PUT and DELETE answer, of which the document shows nothing."""

from collections.abc import Mapping
from dataclasses import replace

from reference.faulty import Variant
from reference.message import Response
from reference.operation import Operation
from reference.records import Record
from reference.representation import Answer, Value


class AnswersDeletesWithNothing(Variant):
    """Answers a DELETE with an empty body that has no type.

    Ambiguity: `output-of-a-delete`.
    """

    def succeeded(self, operation: Operation, answer: Answer) -> Response:
        """Leave body and type out."""
        response = super().succeeded(operation, answer)
        return Response(response.status) if operation.method == "DELETE" else response


class AnswersDeletesWithAnObject(Variant):
    """Answers a DELETE with an empty object in JSON.

    Ambiguity: `output-of-a-delete`.
    """

    empty = b"{}"

    def succeeded(self, operation: Operation, answer: Answer) -> Response:
        """Answer that, in whatever type was asked for."""
        response = super().succeeded(operation, answer)
        if operation.method != "DELETE":
            return response
        return Response(response.status, (("Content-Type", "application/json"),), self.empty)


class AnswersDeletesWithAnArray(AnswersDeletesWithAnObject):
    """Answers a DELETE with an empty array in JSON.

    Ambiguity: `output-of-a-delete`.
    """

    empty = b"[]"


class AnswersDeletesWithNull(AnswersDeletesWithAnObject):
    """Answers a DELETE with null in JSON.

    Ambiguity: `output-of-a-delete`.
    """

    empty = b"null"


class AnswersDeletesWithTheRecord(Variant):
    """Answers a DELETE with the record as it was: its output is not said.

    Ambiguity: `output-of-a-delete`.
    """

    def delete(self, operation: Operation) -> Answer:
        """Look at the record before it goes."""
        record = self.addressed_record(operation)
        shown = self.answer(operation, [record])
        return replace(super().delete(operation), content=shown.content)


class AnswersWritesWithTheId(Variant, deviates="post-answers-the-record put-answers-the-record"):
    """Answers a POST and a PUT with the id alone: the document shows no answer to either."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Leave all other fields out."""
        shown = super().presented(operation, record)
        if operation.method not in {"POST", "PUT"}:
            return shown
        return {name: shown[name] for name in shown if name == operation.resource.id_name}


class AnswersWritesWithNothing(Variant, deviates="post-answers-the-record put-answers-the-record"):
    """Answers a POST and a PUT with an empty body: the document shows no answer to either."""

    def succeeded(self, operation: Operation, answer: Answer) -> Response:
        """Leave body and type out."""
        response = super().succeeded(operation, answer)
        return Response(response.status) if operation.method in {"POST", "PUT"} else response
