"""Faults of guards that look at something else than what they guard, or fail."""

import re
from dataclasses import replace
from urllib.parse import parse_qs, unquote, unquote_plus

from reference import seed
from reference.digest import Credentials
from reference.faulty import Fault, LetsIn
from reference.message import Request, Response
from reference.operation import Operation
from reference.representation import Answer
from reference.resources import USERS

USERNAME_EXTENDED = re.compile(r"""username\*\s*=\s*UTF-8''([^\s,"]+)""", re.IGNORECASE)

USERHASH = re.compile(r"[\s,]userhash\s*=", re.IGNORECASE)

ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")


class ActivationTokensLetIn(Fault, breaks="token-of-a-user-is-no-credential"):
    """Lets a request in whose URL has the activation token of a user, as the link in a mail has."""

    def authenticate(self, request: Request) -> str:
        """Look for a token first."""
        tokens = parse_qs(request.target.partition("?")[2]).get("token", [])
        for user in self.records(USERS):
            if user.account and user.values["token"] in tokens:
                return user.account
        return super().authenticate(request)


class TellsPreflightsByTheirFields(LetsIn, breaks="forged-fields-let-nobody-in"):
    """Takes any request with the fields of a CORS preflight for one, whatever its method."""

    def is_let_in(self, request: Request) -> bool:
        """Whether the fields of a preflight are there."""
        return bool(request.header("Origin") and request.header("Access-Control-Request-Method"))


class GuardFailsOpen(LetsIn, breaks="malformed-authorization-refused"):
    """Lets a request in when its guard fails, as on an Authorization field that is not UTF-8."""

    def is_let_in(self, request: Request) -> bool:
        """Whether the field cannot be decoded."""
        return any("\udc80" <= each <= "\udcff" for each in request.header("Authorization") or "")


class ExemptsWellKnown(LetsIn, breaks="anonymous-base-url-gets-no-data"):
    """Exempts /.well-known/ from its guard, and resolves dot segments, with parameters, later."""

    def is_let_in(self, request: Request) -> bool:
        """Whether the path looks public."""
        return request.target.startswith("/.well-known/")

    def path_segments(self, path: str) -> list[str]:
        """Resolve dot segments there."""
        segments = super().path_segments(path)
        if segments[0] != ".well-known":
            return segments
        resolved: list[str] = []
        for segment in segments:
            if segment.partition(";")[0] == "..":
                del resolved[-1:]
            else:
                resolved.append(segment)
        return resolved or segments


class ExtendedUserNameWins(Fault, breaks="user-named-twice-gets-one-account"):
    """Checks the password of `username`, then acts for whom `username*` names."""

    def authenticate(self, request: Request) -> str:
        """The account that the extended parameter names, if it does."""
        account = super().authenticate(request)
        match = USERNAME_EXTENDED.search(request.header("Authorization") or "")
        named = unquote(match[1]) if match else account
        return named if named in seed.PASSWORDS else account


class DecodesTheCallersNonce(Fault, breaks="digest-of-any-client-is-accepted"):
    """URL-decodes the cnonce, so that one with a plus or a percent sign never fits."""

    def credentials(self, request: Request) -> Credentials | None:
        """Decode the cnonce."""
        found = super().credentials(request)
        if found is None or found.cnonce is None:
            return found
        return replace(found, cnonce=unquote_plus(found.cnonce))


class NormalisesEscapesOfTheTarget(Fault, breaks="digest-covers-every-legal-query"):
    """Compares the uri with a target whose percent-encodings it has put into upper case."""

    def uri_fits(self, credentials: Credentials, request: Request) -> bool:
        """Whether the uri fits the normalised target."""
        return credentials.uri == ESCAPE.sub(lambda match: match[0].upper(), request.target)


class AnyUserhashIsTrue(Fault, breaks="digest-of-any-client-is-accepted"):
    """Takes `userhash=false` for a sign that the user name is hashed, and knows no such user."""

    def credentials(self, request: Request) -> Credentials | None:
        """Look for a hash in the user name where userhash is there at all."""
        found = super().credentials(request)
        if found is not None and USERHASH.search(request.header("Authorization") or ""):
            return replace(found, username=f"hashed {found.username}")
        return found


class PutsJsonBeforeItRefuses(
    Fault, breaks="plain-http-way-changes-nothing field-changes-by-a-write-that-names-it"
):
    """Carries a PUT of JSON over plain HTTP out, with right credentials, before it refuses it."""

    def answered(self, request: Request) -> Response:
        """Have the controller run before its filter."""
        if not request.secure and request.method == "PUT" and self.is_json(request):
            super().answered(replace(request, secure=True))
        return super().answered(request)


class FindsUsersBeforeItCreates(Fault, breaks="known-value-shows-no-other-account"):
    """Answers the user of another account when a new one has the same e-mail address."""

    def create(self, operation: Operation) -> Answer:
        """Find the user, or create it."""
        if operation.resource is USERS:
            email = operation.parameters.get("email")
            for user in self.records(USERS):
                if user.account != operation.account and email and user.values["email"] == email:
                    return self.created(operation, user)
        return super().create(operation)
