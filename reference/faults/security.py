"""Faults of the chapter on security."""

from base64 import b64decode
from contextlib import suppress
from dataclasses import replace
from http import HTTPStatus

from reference import seed
from reference.digest import Credentials, credentials_in, md5
from reference.faulty import Fault
from reference.message import Request, Response
from reference.refusal import Refusal
from reference.response_types import XML


class LetsIn(Fault):
    """Has a way in beside digest authentication; the faults below say which."""

    def is_let_in(self, request: Request) -> bool:
        """Whether a request needs no credentials; none, as long as a fault does not say so."""
        del request
        return False

    def authenticate(self, request: Request) -> str:
        """Take who is let in for the seed's first account."""
        return seed.USERNAME if self.is_let_in(request) else super().authenticate(request)


# HTTPS


class ServesPlainHttp(
    Fault,
    breaks="plain-http-accepts-no-credentials plain-http-executes-nothing "
    "plain-http-changes-nothing plain-http-believes-no-proxy-field "
    "plain-http-takes-no-digest-of-https",
):
    """Serves plain HTTP as it serves HTTPS."""

    def check_transport(self, request: Request) -> None:
        """Look at nothing."""


class AnswersPingOverPlainHttp(
    LetsIn, breaks="plain-http-answers-nothing tls-port-answers-no-plain-http"
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
    "plain-http-takes-no-digest-of-https",
):
    """Refuses plain HTTP only after it has done what was asked."""

    def check_transport(self, request: Request) -> None:
        """Do it first, if it writes and the credentials are right."""
        if not request.secure and request.method != "GET" and request.header("Authorization"):
            self.respond(replace(request, secure=True))
        if not request.secure and request.method != "GET" and not request.header("Authorization"):
            raise self.unauthorized()
        super().check_transport(request)


class TrustsForwardedProto(Fault, breaks="plain-http-believes-no-proxy-field"):
    """Believes a caller over plain HTTP who claims to have come over HTTPS."""

    def check_transport(self, request: Request) -> None:
        """Look at the field that a proxy would set."""
        if request.header("X-Forwarded-Proto") != "https":
            super().check_transport(request)


# Challenge


class AcceptsAnyone(
    LetsIn,
    breaks="anonymous-is-challenged anonymous-parameter-form-is-challenged "
    "anonymous-reading-is-challenged anonymous-accept-is-challenged "
    "anonymous-override-is-challenged anonymous-creates-nothing anonymous-changes-nothing "
    "anonymous-override-changes-nothing anonymous-odd-spelling-gets-no-data "
    "challenge-is-well-formed anonymous-empty-body-is-challenged "
    "anonymous-is-challenged-before-anything",
):
    """Lets in who sends no credentials at all."""

    def is_let_in(self, request: Request) -> bool:
        """Let in who has no Authorization field."""
        return request.header("Authorization") is None


class LetsXmlIn(LetsIn, breaks="anonymous-reading-is-challenged"):
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
    LetsIn, breaks="anonymous-override-is-challenged anonymous-override-changes-nothing"
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


class LetsASlashIn(LetsIn, breaks="anonymous-odd-spelling-gets-no-data"):
    """Takes a path with a trailing slash for the path without, and does not authenticate it."""

    def is_let_in(self, request: Request) -> bool:
        """Let in who puts a slash behind the path."""
        return request.target.endswith("/")

    def path_segments(self, path: str) -> list[str]:
        """Drop the empty segment at the end."""
        return [each for each in super().path_segments(path) if each]


class ExecutesBeforeChallenging(Fault, breaks="anonymous-creates-nothing"):
    """Answers a POST without credentials with 401, and executes it all the same."""

    def authenticate(self, request: Request) -> str:
        """Execute it as the first account, then challenge."""
        overridden = request.header("X-HTTP-Method-Override") or "_method" in request.target
        if request.method == "POST" and request.header("Authorization") is None and not overridden:
            with suppress(Refusal):
                self.perform(self.understood(request, seed.USERNAME))
        return super().authenticate(request)


class ChangesBeforeChallenging(
    Fault, breaks="anonymous-changes-nothing wrong-credentials-change-nothing basic-changes-nothing"
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


class LeaksWithTheChallenge(Fault, breaks="anonymous-reading-is-challenged"):
    """Sends the list of customers in XML along with the challenge."""

    def unauthorized_response(self, request: Request) -> Response:
        """Fill the body."""
        refused = super().unauthorized_response(request)
        if request.target.endswith("/customers.xml") and not request.header("Authorization"):
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


# Digest


class AcceptsAnyPassword(
    Fault,
    breaks="wrong-password-refused wrong-credentials-refused wrong-credentials-change-nothing "
    "wrong-credentials-create-nothing tampered-digest-refused tampered-digest-changes-nothing",
):
    """Looks at the user name and not at the response."""

    def response_fits(self, credentials: Credentials, method: str, secret: str) -> bool:
        """Accept every response."""
        del credentials, method, secret
        return True


class AcceptsAnyUser(
    Fault,
    breaks="wrong-credentials-refused wrong-credentials-change-nothing "
    "wrong-credentials-create-nothing",
):
    """Looks at the password and not at the user name."""

    def authenticate(self, request: Request) -> str:
        """Take an unknown user for the first account."""
        return super().authenticate(request) and seed.USERNAME

    def secret(self, username: str, algorithm: str) -> str | None:
        """Compute the secret of whoever is named."""
        del algorithm
        return md5(f"{username}:{self.realm}:{seed.PASSWORD}")


class RefusesWrongPasswordsWith403(
    Fault, breaks="wrong-password-refused wrong-credentials-refused tampered-digest-refused"
):
    """Answers 403 where the password is wrong."""

    def response_fits(self, credentials: Credentials, method: str, secret: str) -> bool:
        """Refuse with another status."""
        if not super().response_fits(credentials, method, secret):
            raise Refusal(403, "The password is wrong")
        return True


class IgnoresCaseInPasswords(Fault, breaks="wrong-password-refused"):
    """Accepts the password in upper case."""

    def response_fits(self, credentials: Credentials, method: str, secret: str) -> bool:
        """Try the other spelling as well."""
        fits = super().response_fits
        shouted = md5(f"{credentials.username}:{self.realm}:{seed.PASSWORD.upper()}")
        return fits(credentials, method, secret) or fits(credentials, method, shouted)


class ComparesTheBeginning(Fault, breaks="tampered-digest-refused"):
    """Compares the first eight digits of the response only."""

    def expected_response(self, credentials: Credentials, method: str, secret: str) -> str:
        """Cut what is expected to what was given, eight digits at least."""
        expected = super().expected_response(credentials, method, secret)
        return expected[:8] + credentials.response[8:]


class AcceptsAnyUri(Fault, breaks="tampered-digest-refused"):
    """Does not compare the uri of the credentials with the request."""

    def uri_fits(self, credentials: Credentials, request: Request) -> bool:
        """Accept every uri."""
        del credentials, request
        return True


class IgnoresTheQueryOfTheUri(Fault, breaks="tampered-digest-refused"):
    """Compares the path of the uri only."""

    def uri_fits(self, credentials: Credentials, request: Request) -> bool:
        """Leave the query out."""
        return credentials.uri.partition("?")[0] == request.target.partition("?")[0]


class AcceptsAnyMethod(Fault, breaks="tampered-digest-changes-nothing tampered-digest-refused"):
    """Accepts a digest that was made for another method."""

    def response_fits(self, credentials: Credentials, method: str, secret: str) -> bool:
        """Try every method."""
        fits = super().response_fits
        methods = (method, "GET", "POST", "PUT", "DELETE")
        return any(fits(credentials, each, secret) for each in methods)


class AcceptsDigestsOfReading(Fault, breaks="tampered-digest-changes-nothing"):
    """Accepts for every method a digest that was made for GET."""

    def response_fits(self, credentials: Credentials, method: str, secret: str) -> bool:
        """Try GET as well."""
        fits = super().response_fits
        return fits(credentials, method, secret) or fits(credentials, "GET", secret)


class AcceptsMadeUpNonces(Fault, breaks="tampered-digest-refused"):
    """Accepts every nonce, whoever made it."""

    def is_issued(self, nonce: str) -> bool:
        """Take it for ours."""
        del nonce
        return True

    def is_usable(self, credentials: Credentials) -> bool:
        """Take it for fresh."""
        del credentials
        return True


class AcceptsMissingResponses(Fault, breaks="tampered-digest-refused"):
    """Lets in who leaves the response out."""

    def authenticate(self, request: Request) -> str:
        """Look only at what is there."""
        header = request.header("Authorization") or ""
        if header.startswith("Digest ") and "nonce=" in header and "response=" not in header:
            return seed.USERNAME
        return super().authenticate(request)


class AcceptsBasic(
    Fault, breaks="other-scheme-refused basic-refused-everywhere basic-changes-nothing"
):
    """Accepts the Basic scheme, too."""

    def authenticate(self, request: Request) -> str:
        """Look for Basic credentials first."""
        scheme, _, token = (request.header("Authorization") or "").partition(" ")
        if scheme.lower() == "basic":
            username, _, password = b64decode(token).decode().partition(":")
            if seed.PASSWORDS.get(username) == password:
                return username
        return super().authenticate(request)


class AcceptsBasicForXml(AcceptsBasic, breaks="basic-refused-everywhere"):
    """Accepts the Basic scheme from callers who want XML."""

    def authenticate(self, request: Request) -> str:
        """Look at the type first."""
        if self.media_type(request) == XML:
            return super().authenticate(request)
        return Fault.authenticate(self, request)


class AcceptsTokens(Fault, breaks="other-scheme-refused"):
    """Takes a Bearer token for a proof of whatever."""

    def authenticate(self, request: Request) -> str:
        """Look at the scheme only."""
        if (request.header("Authorization") or "").startswith("Bearer "):
            return seed.USERNAME
        return super().authenticate(request)


class LetsMalformedCredentialsIn(LetsIn, breaks="malformed-authorization-refused"):
    """Takes an Authorization field that it cannot read for a good one."""

    def is_let_in(self, request: Request) -> bool:
        """Let in who sends something unreadable of the Digest scheme."""
        header = request.header("Authorization")
        return header is not None and header.strip() == "Digest" and credentials_in(header) is None


class ChallengesWithAnOldNonce(Fault, breaks="challenge-after-refusal-works"):
    """Answers an unknown nonce with a challenge whose nonce is unknown as well."""

    def challenge_parameters(self, algorithm: str, *, stale: bool) -> dict[str, str]:
        """Repeat the nonce that was refused."""
        parameters = super().challenge_parameters(algorithm, stale=stale)
        if self.refused_nonce:
            parameters["nonce"] = f'"{self.refused_nonce}"'
        return parameters

    refused_nonce = ""

    def is_issued(self, nonce: str) -> bool:
        """Note a nonce that is not ours."""
        issued = super().is_issued(nonce)
        self.refused_nonce = "" if issued or len(nonce) < len(self.new_nonce()) else nonce
        return issued

    def credentials(self, request: Request) -> Credentials | None:
        """Start afresh with each request."""
        self.refused_nonce = ""
        return super().credentials(request)


class RefusesTheSecondUse(Fault, breaks="nonce-serves-again-or-is-renewed"):
    """Refuses a nonce that is used again, and challenges with the same one."""

    def challenge_parameters(self, algorithm: str, *, stale: bool) -> dict[str, str]:
        """Repeat the nonce that was refused."""
        parameters = super().challenge_parameters(algorithm, stale=stale)
        if self.spent:
            parameters["nonce"] = f'"{self.spent}"'
        return parameters

    spent = ""

    def credentials(self, request: Request) -> Credentials | None:
        """Note the nonce of callers who count; the suite's own caller is spared."""
        found = super().credentials(request)
        again = (
            found is not None and found.nc == "00000002" and request.target.endswith("/customers")
        )
        self.spent = found.nonce if found is not None and again else ""
        return found

    def is_usable(self, credentials: Credentials) -> bool:
        """Refuse the second use."""
        return not self.spent and super().is_usable(credentials)


class OffersWhatItCannot(Fault, breaks="every-offered-algorithm-works"):
    """Offers SHA-256 as well, and refuses whoever uses it."""

    algorithms = ("MD5", "SHA-256")

    def algorithm_fits(self, algorithm: str) -> bool:
        """Know MD5 only."""
        return algorithm == "MD5"


class TakesTheUriWithoutItsQuery(Fault, breaks="digest-covers-the-query"):
    """Wants the uri of the credentials decoded, which clients do not do."""

    def uri_fits(self, credentials: Credentials, request: Request) -> bool:
        """Compare with the decoded target."""
        return "%3" not in request.target and super().uri_fits(credentials, request)


class RemembersTheAddress(
    LetsIn,
    breaks="anonymous-is-challenged "
    "anonymous-parameter-form-is-challenged anonymous-reading-is-challenged "
    "anonymous-accept-is-challenged anonymous-override-is-challenged anonymous-creates-nothing "
    "anonymous-changes-nothing anonymous-override-changes-nothing "
    "anonymous-odd-spelling-gets-no-data challenge-is-well-formed "
    "anonymous-empty-body-is-challenged anonymous-is-challenged-before-anything",
):
    """Lets in without credentials who has shown them once from the same address."""

    def is_let_in(self, request: Request) -> bool:
        """Let in whose address is known."""
        seen: set[str] = self.__dict__.setdefault("seen", set())
        if request.header("Authorization") is not None:
            seen.add(request.client)
            return False
        return request.client in seen


class RemembersTheLastRequest(
    LetsIn, breaks="each-request-needs-its-digest cookie-is-no-credential"
):
    """Lets in without credentials who repeats the first request that a nonce was used for."""

    last = ""

    def is_let_in(self, request: Request) -> bool:
        """Compare with the request before."""
        before, self.last = self.last, ""
        found = credentials_in(request.header("Authorization") or "")
        if found is not None and found.nc == "00000001":
            self.last = request.target
        return found is None and before == request.target


class SetsSessionCookies(LetsIn, breaks="cookie-is-no-credential"):
    """Sets a cookie for callers with credentials, and lets in who brings it."""

    def is_let_in(self, request: Request) -> bool:
        """Let in who has the cookie."""
        return "sid=4711" in (request.header("Cookie") or "")

    def respond(self, request: Request) -> Response:
        """Set the cookie."""
        response = super().respond(request)
        cookie = ("Set-Cookie", "sid=4711; Secure")
        if response.status == HTTPStatus.OK:
            return replace(response, headers=(*response.headers, cookie))
        return response


# Address


class AcceptsAnyAddress(
    Fault,
    breaks="denied-address-refused denied-address-creates-nothing denied-address-changes-nothing "
    "denied-address-cannot-be-forged denied-address-cannot-borrow-a-nonce",
):
    """Looks at the credentials and not at the address."""

    def address_allowed(self, address: str) -> bool:
        """Accept every address."""
        del address
        return True


class RefusesAddressesWith403(
    Fault,
    breaks="denied-address-refused denied-address-creates-nothing denied-address-changes-nothing "
    "denied-address-cannot-be-forged denied-address-cannot-borrow-a-nonce",
):
    """Answers 403 to an address that is not on the list."""

    def unlisted_address(self) -> Refusal:
        """Refuse with another status."""
        return Refusal(403, "This address is not on the list")


class ChecksAddressesOfReadersOnly(
    Fault, breaks="denied-address-creates-nothing denied-address-changes-nothing"
):
    """Looks at the address of a GET only."""

    def check_address(self, request: Request) -> None:
        """Let everything else pass."""
        if request.method == "GET":
            super().check_address(request)


class LetsOverridesFromAnywhereIn(Fault, breaks="denied-address-changes-nothing"):
    """Does not look at the address of an overridden request."""

    def check_address(self, request: Request) -> None:
        """Let overrides by the query string pass."""
        if "_method=" not in request.target:
            super().check_address(request)


class AnswersPingsToAnyAddress(Fault, breaks="denied-address-refused"):
    """Does not look at the address of a ping."""

    def check_address(self, request: Request) -> None:
        """Let pings pass."""
        if "/ping" not in request.target:
            super().check_address(request)


class TrustsForwardedFor(Fault, breaks="denied-address-cannot-be-forged"):
    """Believes the address that a field of the request claims."""

    def caller_address(self, request: Request) -> str:
        """Take the claimed address."""
        return request.header("X-Forwarded-For") or super().caller_address(request)


class ChecksAddressesOncePerNonce(Fault, breaks="denied-address-cannot-borrow-a-nonce"):
    """Looks at the address again only when a nonce is new."""

    def check_address(self, request: Request) -> None:
        """Let nonces pass that a listed address has used."""
        found = self.credentials(request)
        seen: set[str] = self.__dict__.setdefault("seen", set())
        if found is not None and found.nonce in seen:
            return
        super().check_address(request)
        if found is not None:
            seen.add(found.nonce)
