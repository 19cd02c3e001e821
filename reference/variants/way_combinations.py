"""Freedoms of combined ways: what is offered in fewer ways, and says so."""

from collections.abc import Mapping

from reference.faulty import Variant
from reference.message import Request
from reference.operation import Operation
from reference.refusal import Refusal
from reference.representation import Answer
from reference.resources import GREETINGS, Resource

TAKEN = "json-under-an-override-is-taken"


class RefusesSomeJson(Variant):
    """Refuses JSON in some ways; none here (some methods take it, S25)."""

    refusing_status = 400

    def refuses_json(self, request: Request) -> bool:
        """Whether JSON is refused."""
        del request
        return False

    def body_parameters(
        self, request: Request, resource: Resource, method: str
    ) -> Mapping[str, str]:
        """Refuse it."""
        if self.is_json(request) and self.refuses_json(request):
            raise Refusal(self.refusing_status, "This takes URL-encoded key/value pairs only")
        return super().body_parameters(request, resource, method)


class TakesJsonOfNativeMethodsOnly(RefusesSomeJson, deviates=TAKEN):
    """Answers 400 to JSON where the method is overridden (some methods take it, S25)."""

    def refuses_json(self, request: Request) -> bool:
        """Look for an override."""
        by_header = request.header("X-HTTP-Method-Override") is not None
        return request.method == "POST" and ("_method=" in request.target or by_header)


class ImplementsJsonOfNativeMethodsOnly(TakesJsonOfNativeMethodsOnly, deviates=TAKEN):
    """Answers 501 to JSON where the method is overridden (some methods take it, S25)."""

    refusing_status = 501


class TakesNoIdsInJson(Variant, deviates=TAKEN):
    """Takes the id of a PUT from the path or a form, not from JSON (some methods take it, S25)."""

    def parameters_of_writing(
        self, request: Request, resource: Resource, method: str, query: Mapping[str, str]
    ) -> Mapping[str, str]:
        """Leave the id out."""
        found = super().parameters_of_writing(request, resource, method, query)
        left_out = resource.id_name if method == "PUT" and self.is_json(request) else None
        return {name: value for name, value in found.items() if name != left_out}


class TakesJsonForCustomersOnly(RefusesSomeJson):
    """Answers 400 to JSON for greetings (some methods take it, S25)."""

    def refuses_json(self, request: Request) -> bool:
        """Look at the path."""
        return GREETINGS.name in request.target


class AnswersWritesWithAnEmptyList(
    Variant, deviates="post-answers-the-record put-answers-the-record"
):
    """Answers POST and PUT with an empty list (the document shows no answer to them)."""

    def perform(self, operation: Operation) -> Answer:
        """Drop what it would show."""
        answer = super().perform(operation)
        return answer if operation.method == "GET" else self.answer(operation, [])
