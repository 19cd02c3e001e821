"""Faults of a guard that challenges a caller, and does or shows what was asked all the same."""

from contextlib import suppress
from dataclasses import replace

from reference import seed
from reference.faulty import Fault
from reference.message import Request, Response
from reference.refusal import Refusal
from reference.representation import Answer
from reference.resources import CUSTOMERS
from reference.response_types import JSON


class ExecutesFirst(Fault, abstract=True):
    """Executes some requests without credentials before it challenges them."""

    def executed_as(self, request: Request) -> Request | None:
        """The request that is executed; None where it is only challenged."""
        raise NotImplementedError

    def authenticate(self, request: Request) -> str:
        """Execute it as the first account, then challenge."""
        executed = None if request.header("Authorization") else self.executed_as(request)
        if executed is not None:
            with suppress(Refusal):
                self.perform(self.understood(executed, seed.USERNAME))
        return super().authenticate(request)


class DeletesInSmallLetters(
    ExecutesFirst, breaks="anonymous-method-gets-nothing record-goes-by-its-own-delete"
):
    """Carries out a DELETE in small letters before it challenges it."""

    def executed_as(self, request: Request) -> Request | None:
        """Take it for a DELETE."""
        return replace(request, method="DELETE") if request.method == "delete" else None


class CreatesByReports(ExecutesFirst, breaks="anonymous-method-gets-nothing"):
    """Takes a REPORT with a body for a POST before it challenges it."""

    def executed_as(self, request: Request) -> Request | None:
        """Take it for a POST."""
        taken = request.method == "REPORT" and request.body
        return replace(request, method="POST") if taken else None


class DeletesWhatHasASuffix(
    ExecutesFirst, breaks="anonymous-suffix-gets-nothing record-goes-by-its-own-delete"
):
    """Carries out a DELETE of a record with a suffix before it challenges it."""

    def executed_as(self, request: Request) -> Request | None:
        """Look for a suffix."""
        suffixed = ".json/" in request.target or ".xml/" in request.target
        return request if request.method == "DELETE" and suffixed else None


class CreatesWhereASuffixIs(ExecutesFirst, breaks="anonymous-suffix-gets-nothing"):
    """Carries out a POST to a list with a suffix before it challenges it."""

    def executed_as(self, request: Request) -> Request | None:
        """Look for a suffix."""
        suffixed = request.target.endswith((".json", ".xml"))
        return request if request.method == "POST" and suffixed else None


class OverridesBeforeItChallenges(
    ExecutesFirst, breaks="anonymous-claim-gets-nothing field-changes-by-a-write-that-names-it"
):
    """Carries out what the header of a GET says before it challenges it."""

    def executed_as(self, request: Request) -> Request | None:
        """Look into the header."""
        method = request.header("X-HTTP-Method-Override")
        taken = request.method == "GET" and method in {"PUT", "DELETE"}
        return replace(request, method=method) if taken and method else None


class CreatesForForwardedUsers(ExecutesFirst, breaks="forged-fields-let-nobody-write"):
    """Carries out a POST of a user whom a gateway names before it challenges it."""

    def executed_as(self, request: Request) -> Request | None:
        """Look for the field."""
        named = request.header("X-Forwarded-User") == seed.USERNAME
        return request if request.method == "POST" and named else None


class ShowsQueriesBehindTheChallenge(Fault, breaks="anonymous-method-gets-nothing"):
    """Challenges a QUERY, and sends the customers behind it."""

    def answered(self, request: Request) -> Response:
        """Fill the body."""
        response = super().answered(request)
        if request.method != "QUERY" or request.header("Authorization"):
            return response
        held = [each.values for each in self.visible_records(CUSTOMERS, seed.USERNAME)]
        return replace(response, body=self.written(Answer(CUSTOMERS.name, held), JSON))
