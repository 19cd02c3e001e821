"""Faults in challenging who comes without credentials."""

from contextlib import suppress
from dataclasses import replace
from http import HTTPStatus

from reference import seed
from reference.faulty import Fault, LetsIn
from reference.message import Request, Response
from reference.refusal import Refusal
from reference.response_types import XML


class AcceptsAnyone(
    LetsIn,
    breaks=(
        "other-version-asks-for-credentials password-elsewhere-creates-nothing "
        "anonymous-is-challenged anonymous-parameter-form-is-challenged "
        "anonymous-reading-is-challenged anonymous-accept-is-challenged "
        "anonymous-override-is-challenged anonymous-creates-nothing anonymous-changes-nothing "
        "anonymous-override-changes-nothing anonymous-odd-spelling-gets-no-data "
        "challenge-is-well-formed anonymous-empty-body-is-challenged "
        "anonymous-is-challenged-before-anything anonymous-base-url-gets-no-data "
        "anonymous-claim-gets-nothing anonymous-target-changes-nothing "
        "anonymous-target-gets-no-data forged-fields-let-nobody-write "
        "anonymous-body-is-not-read-first token-of-a-user-is-no-credential "
        "anonymous-mixed-form-gets-no-data kept-answer-is-not-for-everybody "
        "cookie-of-a-caller-is-no-credential forged-fields-let-nobody-in"
    ),
):
    """Lets in who sends no credentials at all."""

    def is_let_in(self, request: Request) -> bool:
        """Let in who has no Authorization field."""
        return request.header("Authorization") is None


class LetsXmlIn(LetsIn, breaks="anonymous-reading-is-challenged anonymous-target-changes-nothing"):
    """Has a route for .xml that does not authenticate."""

    def is_let_in(self, request: Request) -> bool:
        """Let in who forces XML."""
        return ".xml" in request.target and request.header("Authorization") is None


class LetsAcceptXmlIn(LetsIn, breaks="anonymous-accept-is-challenged"):
    """Does not authenticate callers who accept XML only."""

    def is_let_in(self, request: Request) -> bool:
        """Let in who asks for XML by Accept."""
        return request.header("Accept") == XML and request.header("Authorization") is None


class LetsDeletesIn(
    LetsIn,
    breaks="anonymous-is-challenged anonymous-parameter-form-is-challenged "
    "anonymous-changes-nothing anonymous-empty-body-is-challenged",
):
    """Does not authenticate DELETE."""

    def is_let_in(self, request: Request) -> bool:
        """Let in who deletes."""
        return request.method == "DELETE" and request.header("Authorization") is None


class LetsOverridesIn(
    LetsIn,
    breaks="anonymous-override-is-challenged anonymous-override-changes-nothing "
    "anonymous-target-changes-nothing anonymous-claim-gets-nothing "
    "forged-fields-let-nobody-in",
):
    """Overriding skips authentication."""

    def is_let_in(self, request: Request) -> bool:
        """Let in who overrides by the header."""
        overrides = request.header("X-HTTP-Method-Override") is not None
        return overrides and request.header("Authorization") is None


class LetsParameterFormIn(
    LetsIn, breaks="anonymous-parameter-form-is-challenged anonymous-changes-nothing"
):
    """Does not authenticate the parameter form of greetings."""

    def is_let_in(self, request: Request) -> bool:
        """Let in who names the greeting as a parameter."""
        form = "/customers/voicemail_greetings?" in request.target
        return form and request.header("Authorization") is None


class LetsASlashIn(
    LetsIn,
    breaks="anonymous-odd-spelling-gets-no-data anonymous-target-changes-nothing "
    "anonymous-target-gets-no-data",
):
    """Takes a path with a trailing slash for the path without, and does not authenticate it."""

    def is_let_in(self, request: Request) -> bool:
        """Let in who puts a slash behind the path."""
        return request.target.endswith("/")

    def path_segments(self, path: str) -> list[str]:
        """Drop the empty segment at the end."""
        return [each for each in super().path_segments(path) if each]


class ExecutesBeforeChallenging(
    Fault,
    breaks="anonymous-creates-nothing password-elsewhere-creates-nothing "
    "challenged-post-creates-exactly-one",
):
    """Answers a POST without credentials with 401, and executes it all the same."""

    def authenticate(self, request: Request) -> str:
        """Execute it as the first account, then challenge."""
        overridden = request.header("X-HTTP-Method-Override") or "_method" in request.target
        if request.method == "POST" and request.header("Authorization") is None and not overridden:
            with suppress(Refusal):
                self.perform(self.understood(request, seed.USERNAME))
        return super().authenticate(request)


class ChangesBeforeChallenging(
    Fault,
    breaks=(
        "anonymous-suffix-gets-nothing anonymous-changes-nothing "
        "wrong-credentials-change-nothing basic-changes-nothing "
        "other-version-asks-for-credentials walk-refused-caller-changes-nothing "
        "forged-digest-gets-nothing spent-nonce-executes-nothing "
        "field-changes-by-a-write-that-names-it anonymous-target-changes-nothing "
        "accepted-nonce-changes-nothing accepted-digest-changes-nothing"
    ),
):
    """Answers a PUT without valid credentials with 401, and executes it all the same."""

    def authenticate(self, request: Request) -> str:
        """Execute it as the first account, then challenge."""
        try:
            return super().authenticate(request)
        except Refusal as refusal:
            if request.method == "PUT" and refusal.status == HTTPStatus.UNAUTHORIZED:
                with suppress(Refusal):
                    self.perform(self.understood(request, seed.USERNAME))
            raise


class LeaksWithTheChallenge(
    Fault, breaks="anonymous-reading-is-challenged media-type-tells-the-body"
):
    """Sends the list of customers in XML along with the challenge."""

    def unauthorized_response(self, request: Request) -> Response:
        """Fill the body."""
        refused = super().unauthorized_response(request)
        asked = request.method == "GET" and request.target.endswith("/customers.xml")
        if asked and not request.header("Authorization"):
            answer = self.perform(self.understood(request, seed.USERNAME))
            return replace(refused, body=self.written(answer, XML))
        return refused


class ForgetsTheNonce(Fault, breaks="challenge-is-well-formed"):
    """Offers a second digest challenge, for SHA-256, that has no nonce."""

    def challenges(self, *, stale: bool) -> tuple[tuple[str, str], ...]:
        """Add a challenge without a nonce."""
        broken = ("WWW-Authenticate", f'Digest realm="{self.realm}", algorithm=SHA-256')
        return (*super().challenges(stale=stale), broken)


class ValidatesFirst(Fault, breaks="anonymous-empty-body-is-challenged"):
    """Refuses an empty PUT before it asks for credentials."""

    def check_address(self, request: Request) -> None:
        """Look at the body."""
        super().check_address(request)
        if request.method == "PUT" and not request.body and "/customers/" in request.target:
            raise Refusal(400, "There is no body")


class RoutesFirst(Fault, breaks="anonymous-is-challenged-before-anything"):
    """Answers 404 to an unknown path before it asks for credentials."""

    def check_address(self, request: Request) -> None:
        """Look at the path."""
        super().check_address(request)
        if "no_such_resource" in request.target:
            raise Refusal(404, "There is no such resource")


class LetsOldHttpIn(LetsIn, breaks="anonymous-message-gets-no-data", on_a_socket=True):
    """Lets in who speaks HTTP/1.0 and sends no credentials, as a check of its own does."""

    def is_let_in(self, request: Request) -> bool:
        """Look at the version of HTTP."""
        return request.http_version == "1.0" and request.header("Authorization") is None


class ServesOldHttpUnencrypted(
    LetsOldHttpIn,
    breaks="plain-http-message-shows-nothing anonymous-message-gets-no-data",
    on_a_socket=True,
):
    """Serves who speaks HTTP/1.0 and sends no credentials, encrypted or not."""

    def check_transport(self, request: Request) -> None:
        """Look at the version of HTTP first."""
        if not self.is_let_in(request):
            super().check_transport(request)
