"""Faults that callers with curl notice."""

from dataclasses import replace

from reference.faulty import Fault
from reference.message import Request, Response
from reference.operation import Operation
from reference.refusal import Refusal
from reference.representation import Answer


class RefusesCurl(
    Fault,
    breaks="curl-ping curl-lists-customers curl-gets-one-customer curl-creates-a-customer "
    "usual-fields-change-no-answer usual-fields-change-no-effect",
    on_a_socket=True,
):
    """Takes callers that name themselves curl for robots."""

    def admit(self, request: Request) -> str:
        """Look at who it says it is."""
        if (request.header("User-Agent") or "").startswith("curl/"):
            raise Refusal(403, "No robots")
        return super().admit(request)


class AnswersMoreThanOk(Fault, breaks="ping-answers-ok"):
    """Adds its version to the answer to a ping."""

    def encoded(self, text: str) -> bytes:
        """Put another key behind the first."""
        return super().encoded(text.replace('{"ping":"ok"}', '{"ping":"ok","version":"2.4.9"}'))


class SendsRobotsAway(
    Fault,
    breaks="curl-ping curl-lists-customers curl-gets-one-customer curl-creates-a-customer "
    "http10-with-host-works usual-fields-change-no-answer "
    "usual-fields-change-no-effect",
    on_a_socket=True,
):
    """Answers 403 to curl and to HTTP/1.0, and sends the data all the same."""

    def success_status(self, operation: Operation) -> int:
        """Look at who asks."""
        return 403 if is_robot(operation.request) else super().success_status(operation)


class HasAPageForRobots(
    Fault,
    breaks="usual-fields-change-no-answer "
    "curl-ping curl-lists-customers curl-gets-one-customer http10-with-host-works",
    on_a_socket=True,
):
    """Answers 200 and an empty object to curl and to HTTP/1.0."""

    def succeeded(self, operation: Operation, answer: Answer) -> Response:
        """Look at who asks."""
        response = super().succeeded(operation, answer)
        return replace(response, body=b"{}") if is_robot(operation.request) else response


def is_robot(request: Request) -> bool:
    """Tell whether a request looks like that of a program."""
    agent = request.header("User-Agent") or ""
    return agent.startswith("curl/") or request.http_version == "1.0"
