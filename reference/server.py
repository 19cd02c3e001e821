"""The API as a program: from a request to a response, without input or output."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from random import Random, SystemRandom
from threading import RLock

from .call_records import CallRecords
from .message import Request, Response
from .miscellaneous import Miscellaneous
from .operation import Operation
from .parameters import Parameters
from .recordings import Recordings
from .refusal import Refusal
from .representation import Answer, Representation, Value
from .resources import Resource
from .response_types import JSON
from .routing import Routing
from .security import Security
from .seed_calls import CALLS
from .sources import Sources
from .timestamps import system_clock
from .users import Users


class Reference(
    Security,
    Routing,
    Parameters,
    Representation,
    Miscellaneous,
    CallRecords,
    Sources,
    Users,
    Recordings,
):
    """Does what the document says.

    Each decision is a method of its own, in the module that is named after what it is about: a
    subclass that does one thing differently overrides one small method.
    """

    def __init__(
        self,
        *,
        versions: tuple[str, ...] | None = None,
        clock: Callable[[], datetime] = system_clock,
        random: Random | None = None,
        calls: int = CALLS,
    ) -> None:
        """Start with the records of the seed; `versions` are those that are offered.

        Of the calls of the seed, it has the first so many.
        What nobody can foretell (the present moment in UTC; nonces, tokens, UUIDs) comes from
        `clock` and `random`, so that two servers can be made to answer alike.
        """
        self.clock = clock
        self.random = random or SystemRandom()
        self.calls = calls
        super().__init__()
        if versions is not None:
            self.versions = versions
        self._turn = RLock()

    def respond(self, request: Request) -> Response:
        """Answer a request. Requests may come from several threads; they are answered in turn."""
        with self._turn:
            return self.sent(request, self.answered(request))

    def answered(self, request: Request) -> Response:
        """The response to a request, as it is made."""
        try:
            account = self.admit(request)
            operation = self.understood(request, account)
            answer = self.perform(operation)
        except Refusal as refusal:
            return self.refused(request, refusal)
        return self.succeeded(operation, answer)

    def sent(self, request: Request, response: Response) -> Response:
        """The response to a request, as it is sent."""
        del request
        return response

    def understood(self, request: Request, account: str) -> Operation:
        """What a request asks for: first where, then which method, then with which parameters."""
        path, query_string = self.split_target(request.target)
        resource, ids = self.route(path)
        query = self.query_parameters(query_string)
        method = self.effective_method(request, query)
        address = self.address(resource, method, ids, query)
        self.check_method(resource, method, address)
        given = self.parameters(request, resource, method, query)
        parameters = self.known(resource, method, self.united(given, address))
        return Operation(request, account, resource, method, ids, parameters)

    # Methods

    def check_method(self, resource: Resource, method: str, address: Mapping[str, str]) -> None:
        """The place has to have the method."""
        methods = self.methods(resource, address)
        if method not in methods:
            self.method_not_allowed(resource, method, methods)

    def methods(self, resource: Resource, address: Mapping[str, str]) -> tuple[str, ...]:
        """The methods that a place has: a record is created in a collection, not at another."""
        if resource.id_name in address:
            return tuple(method for method in resource.methods if method != "POST")
        return resource.methods

    def method_not_allowed(self, resource: Resource, method: str, methods: tuple[str, ...]) -> None:
        """Refuse a method that a place does not have."""
        del resource, method
        raise Refusal(405, "This method is not allowed here", headers=self.allow(methods))

    def allow(self, methods: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        """The header field that tells which methods a place has."""
        return (("Allow", ", ".join(methods)),)

    # Responses

    def succeeded(self, operation: Operation, answer: Answer) -> Response:
        """The response to a request that was handled."""
        media_type = self.media_type(operation.request)
        return self.response(media_type, self.success_status(operation), answer)

    def success_status(self, operation: Operation) -> int:
        """The status code of a request that was handled, whatever its method."""
        del operation
        return 200

    def refused(self, request: Request, refusal: Refusal) -> Response:
        """The response to a request that was refused."""
        if refusal.status == HTTPStatus.UNAUTHORIZED:
            response = self.unauthorized_response(request)
        else:
            media_type = self.error_type(request)
            response = self.response(media_type, refusal.status, self.error_answer(refusal))
        return replace(response, headers=(*response.headers, *refusal.headers))

    def error_answer(self, refusal: Refusal) -> Answer:
        """What a refusal says: its explanations, whatever was asked for."""
        return Answer("errors", self.errors(refusal))

    def errors(self, refusal: Refusal) -> Sequence[str | Mapping[str, Value]]:
        """The explanations of a refusal."""
        return refusal.explanations

    def error_type(self, request: Request) -> str:
        """The media type of a refusal."""
        return self.media_type(request)

    def unauthorized_response(self, request: Request) -> Response:
        """The response to unknown callers: a JSON null, which suits every known client."""
        del request
        return Response(401, (("Content-Type", self.content_type(JSON)),), b"null")

    def unheard(self, status: int, explanation: str) -> Response:
        """The response to what never became a request, or could not be answered."""
        body = json.dumps({"errors": [explanation]}).encode()
        headers = (("Content-Type", "application/json; charset=utf-8"),)
        return Response(status, headers, body, close=True)

    def response(self, media_type: str, status: int, answer: Answer) -> Response:
        """A response that tells an answer."""
        headers = (("Content-Type", self.content_type(media_type)),)
        return Response(status, headers, self.written(answer, media_type))
