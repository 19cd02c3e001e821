"""Faults over plain HTTP: refused or redirected, but executed or shown all the same."""

from contextlib import suppress
from dataclasses import replace

from reference import seed
from reference.faulty import Fault
from reference.message import Request, Response
from reference.refusal import Refusal
from reference.representation import Answer
from reference.resources import CUSTOMERS, GREETINGS
from reference.response_types import JSON


class LeaksOverPlainHttp(Fault, abstract=True):
    """Executes some requests over plain HTTP; the faults below say which."""

    def is_executed(self, request: Request) -> bool:
        """Whether a request over plain HTTP is executed."""
        raise NotImplementedError

    def answered(self, request: Request) -> Response:
        """Execute it as if it had come over HTTPS."""
        if request.secure or not self.is_executed(request):
            return super().answered(request)
        return self.told(request, super().answered(replace(request, secure=True)))

    def told(self, request: Request, response: Response) -> Response:
        """What the caller gets for a request that was executed: a redirection."""
        del response
        host = request.header("Host") or "localhost"
        return Response(308, (("Location", f"https://{host}{request.target}"),))


class RedirectsTooLate(
    LeaksOverPlainHttp,
    breaks="plain-http-way-changes-nothing plain-http-way-creates-nothing "
    "plain-http-takes-no-digest-of-https plain-http-spares-each-resource",
):
    """Redirects to HTTPS behind the application, not before it."""

    def is_executed(self, request: Request) -> bool:
        """Execute whatever comes."""
        return bool(request.header("Authorization"))


class RedirectsDeletesTooLate(
    LeaksOverPlainHttp, breaks="plain-http-way-changes-nothing plain-http-spares-each-resource"
):
    """Redirects a DELETE after it was carried out."""

    def is_executed(self, request: Request) -> bool:
        """Look at the method."""
        return request.method == "DELETE"


class ExecutesPlainParameterForms(
    LeaksOverPlainHttp, breaks="plain-http-way-changes-nothing plain-http-way-creates-nothing"
):
    """Redirects paths with ids at once, and others only after they were carried out."""

    def is_executed(self, request: Request) -> bool:
        """Look for an id."""
        path = request.target.partition("?")[0]
        collection = path.endswith(("/customers", "/voicemail_greetings", "/sources", "/users"))
        return collection and b"custnr" not in request.body and request.method != "GET"


class CreatesUsersOverPlainHttp(LeaksOverPlainHttp, breaks="plain-http-way-creates-nothing"):
    """Carries out a POST of a user before it redirects."""

    def is_executed(self, request: Request) -> bool:
        """Look at the resource."""
        return request.method == "POST" and request.target.endswith("/users")


class CreatesGreetingsOverPlainHttp(LeaksOverPlainHttp, breaks="plain-http-way-creates-nothing"):
    """Carries out a POST below a customer before it redirects."""

    def is_executed(self, request: Request) -> bool:
        """Look at the resource."""
        return request.method == "POST" and request.target.endswith("/voicemail_greetings")


class ServesPlainXml(
    LeaksOverPlainHttp, breaks="plain-http-way-shows-nothing plain-http-accepts-no-credentials"
):
    """Serves XML over plain HTTP to callers with a digest."""

    def is_executed(self, request: Request) -> bool:
        """Look at the suffix."""
        return request.method == "GET" and ".xml" in request.target

    def told(self, request: Request, response: Response) -> Response:
        """Let it through."""
        del request
        return response


class ServesPlainRecords(ServesPlainXml, breaks="plain-http-way-shows-nothing"):
    """Serves single records over plain HTTP to callers with a digest."""

    def is_executed(self, request: Request) -> bool:
        """Look for an id."""
        return request.method == "GET" and request.target.rpartition("/")[2].isdigit()


class ServesPlainListsBehindARedirection(ServesPlainXml, breaks="plain-http-way-shows-nothing"):
    """Redirects a GET of a list, and sends the list along."""

    def is_executed(self, request: Request) -> bool:
        """Look at lists, whose digest is for HTTPS."""
        return request.method == "GET" and request.target.endswith("/customers")

    def told(self, request: Request, response: Response) -> Response:
        """Make it a redirection."""
        place = f"https://{request.header('Host') or 'localhost'}{request.target}"
        if response.status != 200:  # noqa: PLR2004
            return Response(301, (("Location", place),))
        return replace(response, status=301, headers=(*response.headers, ("Location", place)))


class TrustsForwarded(
    ServesPlainXml, breaks="plain-http-way-shows-nothing plain-http-way-changes-nothing"
):
    """Believes a caller over plain HTTP whose Forwarded field, or a like one, says HTTPS."""

    def is_executed(self, request: Request) -> bool:
        """Look at the fields."""
        return request.header("Forwarded") == "proto=https" or "https" in {
            request.header("X-Forwarded-Scheme"),
            request.header("X-Url-Scheme"),
        }


class ExecutesForAnyoneOverPlainHttp(
    Fault, breaks="plain-http-way-changes-nothing plain-http-changes-nothing"
):
    """Authenticates behind the redirection, and executes before it: a PUT by anybody."""

    def check_transport(self, request: Request) -> None:
        """Execute it first."""
        if not request.secure and not request.header("Authorization"):
            with suppress(Refusal):
                operation = self.understood(request, seed.USERNAME)
                if operation.method == "PUT":
                    self.perform(operation)
        super().check_transport(request)


class ShowsOverPlainHttp(LeaksOverPlainHttp, abstract=True):
    """Shows what it has executed over plain HTTP; the faults below say when."""

    def told(self, request: Request, response: Response) -> Response:
        """Show it."""
        del request
        return response


class ShowsDataToItsOwnMachine(ShowsOverPlainHttp, breaks="plain-http-way-shows-nothing"):
    """Serves plain HTTP to whoever says that it is at this very machine."""

    def is_executed(self, request: Request) -> bool:
        """Look at the name."""
        return request.header("Host") == "127.0.0.1"


class ShowsCustomersWithItsRefusal(
    Fault, breaks="plain-http-way-changes-nothing plain-http-way-creates-nothing"
):
    """Refuses a write over plain HTTP that has a digest, and sends what there is along."""

    def answered(self, request: Request) -> Response:
        """Fill the body."""
        response = super().answered(request)
        if request.secure or request.method == "GET" or not request.header("Authorization"):
            return response
        held = [each.values for each in self.visible_records(CUSTOMERS, seed.USERNAME)]
        return replace(response, body=self.written(Answer(CUSTOMERS.name, held), JSON))


class DeletesWhatHangsOnOthersOverPlainHttp(Fault, breaks="plain-http-spares-each-resource"):
    """Lists the actions that need TLS, and has forgotten the deletion of greetings."""

    def check_transport(self, request: Request) -> None:
        """Check what is on the list."""
        is_greeting = GREETINGS.name in request.target
        if request.secure or request.method != "DELETE" or not is_greeting:
            super().check_transport(request)


class ServesJsonSuffixesOverPlainHttp(ShowsOverPlainHttp, breaks="plain-http-way-shows-nothing"):
    """Guards the names of the resources, and not those with a suffix."""

    def is_executed(self, request: Request) -> bool:
        """Look at the name."""
        return ".json" in request.target
