"""Faults that callers with curl notice."""

from reference.faulty import Fault
from reference.message import Request
from reference.refusal import Refusal


class RefusesCurl(
    Fault,
    breaks="curl-ping curl-lists-customers curl-gets-one-customer curl-creates-a-customer",
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
