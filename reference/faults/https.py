"""Faults in being HTTPS only."""

from dataclasses import replace

from reference.faulty import Fault, LetsIn
from reference.message import Request


class ServesPlainHttp(
    Fault,
    breaks="plain-http-accepts-no-credentials plain-http-executes-nothing "
    "plain-http-changes-nothing plain-http-believes-no-proxy-field "
    "plain-http-takes-no-digest-of-https plain-http-way-changes-nothing "
    "plain-http-way-creates-nothing plain-http-way-shows-nothing "
    "plain-http-spares-each-resource",
):
    """Serves plain HTTP as it serves HTTPS."""

    def check_transport(self, request: Request) -> None:
        """Look at nothing."""


class AnswersPingOverPlainHttp(
    LetsIn,
    breaks="plain-http-answers-nothing tls-port-answers-no-plain-http "
    "plain-http-accepts-no-credentials plain-http-way-shows-nothing",
):
    """Answers a ping over plain HTTP, without credentials."""

    def check_transport(self, request: Request) -> None:
        """Let pings pass."""
        if "/ping" not in request.target:
            super().check_transport(request)

    def is_let_in(self, request: Request) -> bool:
        """Let in who does not come over TLS."""
        return not request.secure


class ExecutesOverPlainHttp(
    Fault,
    breaks="plain-http-executes-nothing plain-http-changes-nothing "
    "plain-http-takes-no-digest-of-https plain-http-way-changes-nothing "
    "plain-http-way-creates-nothing plain-http-spares-each-resource",
):
    """Refuses plain HTTP only after it has done what was asked."""

    def check_transport(self, request: Request) -> None:
        """Do it first, if it writes and the credentials are right."""
        if not request.secure and request.method != "GET" and request.header("Authorization"):
            self.respond(replace(request, secure=True))
        if not request.secure and request.method != "GET" and not request.header("Authorization"):
            raise self.unauthorized()
        super().check_transport(request)


class TrustsForwardedProto(
    Fault,
    breaks="plain-http-believes-no-proxy-field plain-http-way-changes-nothing "
    "plain-http-way-shows-nothing",
):
    """Believes a caller over plain HTTP who claims to have come over HTTPS."""

    def check_transport(self, request: Request) -> None:
        """Look at the field that a proxy would set."""
        if request.header("X-Forwarded-Proto") != "https":
            super().check_transport(request)
