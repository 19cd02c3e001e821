"""Faults in what is taken for credentials, and for how long."""

from base64 import b64decode
from dataclasses import replace
from http import HTTPStatus
from urllib.parse import parse_qsl

from reference import seed
from reference.digest import Credentials, credentials_in, md5
from reference.faulty import Fault, LetsIn
from reference.message import Request, Response
from reference.refusal import Refusal
from reference.response_types import JSON, XML


class AcceptsBasic(
    Fault,
    breaks="other-scheme-refused other-scheme-is-challenged basic-refused-everywhere "
    "basic-changes-nothing",
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


def is_password_of(username: str | None, password: str | None) -> bool:
    """Whether somebody has this password; nobody has none."""
    return password is not None and seed.PASSWORDS.get(username or "") == password


class TakesPasswordsInParameters(LetsIn, breaks="password-elsewhere-creates-nothing"):
    """Looks for name and password among the parameters, wherever these are."""

    def is_let_in(self, request: Request) -> bool:
        """Compare what a form holds, or a query."""
        query = request.target.partition("?")[2]
        sent = dict(parse_qsl(f"{query}&{request.body.decode('latin-1')}"))
        return is_password_of(sent.get("username"), sent.get("password"))


class TakesPasswordsInFields(LetsIn, breaks="password-elsewhere-creates-nothing"):
    """Looks for name and password in fields of its own."""

    def is_let_in(self, request: Request) -> bool:
        """Compare these."""
        return is_password_of(request.header("X-Auth-User"), request.header("X-Auth-Password"))


class AcceptsTokens(
    Fault, breaks="other-scheme-refused other-scheme-is-challenged token-of-a-user-is-no-credential"
):
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


class ChallengesWithAnOldNonce(
    Fault, breaks="challenge-after-refusal-works tampered-digest-refused"
):
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


class TakesTheUriWithoutItsQuery(
    Fault,
    breaks="digest-covers-the-query query-is-decoded-once",
):
    """Wants the uri of the credentials decoded, which clients do not do."""

    def uri_fits(self, credentials: Credentials, request: Request) -> bool:
        """Compare with the decoded target."""
        return "%3" not in request.target and super().uri_fits(credentials, request)


class RemembersTheAddress(
    LetsIn,
    breaks=(
        "forged-fields-let-nobody-in password-elsewhere-creates-nothing "
        "anonymous-is-challenged anonymous-parameter-form-is-challenged "
        "anonymous-reading-is-challenged anonymous-accept-is-challenged "
        "anonymous-override-is-challenged anonymous-creates-nothing anonymous-changes-nothing "
        "anonymous-override-changes-nothing anonymous-odd-spelling-gets-no-data "
        "challenge-is-well-formed anonymous-empty-body-is-challenged "
        "anonymous-is-challenged-before-anything anonymous-base-url-gets-no-data "
        "anonymous-claim-gets-nothing anonymous-target-changes-nothing "
        "anonymous-target-gets-no-data forged-fields-let-nobody-write "
        "other-version-asks-for-credentials anonymous-body-is-not-read-first "
        "token-of-a-user-is-no-credential anonymous-mixed-form-gets-no-data "
        "kept-answer-is-not-for-everybody anonymous-suffix-gets-nothing "
        "cookie-of-a-caller-is-no-credential"
    ),
    in_a_whole_run=True,
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
    LetsIn, breaks="each-request-needs-its-digest cookie-is-no-credential", in_a_whole_run=True
):
    """Lets in without credentials who repeats the first request that a nonce was used for.

    On the same connection, and once.
    """

    def is_let_in(self, request: Request) -> bool:
        """Compare with the request before."""
        requests: dict[tuple[int, int], str] = self.__dict__.setdefault("requests", {})
        before = requests.pop((request.pool, request.connection), "")
        found = credentials_in(request.header("Authorization") or "")
        if found is not None and found.nc == "00000001":
            requests[request.pool, request.connection] = request.target
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


class IgnoresCaseInUserNames(Fault, breaks="user-name-in-other-case-refused"):
    """Looks up user names without regard to their case."""

    def secret(self, username: str, algorithm: str) -> str | None:
        """Compute the secret for the name as it was given."""
        if username.lower() == seed.USERNAME.lower() and algorithm == "MD5":
            return md5(f"{username}:{self.realm}:{seed.PASSWORD}")
        return super().secret(username, algorithm)

    def authenticate(self, request: Request) -> str:
        """Take it for the account's."""
        username = super().authenticate(request)
        return seed.USERNAME if username.lower() == seed.USERNAME.lower() else username


class CreatesWithBasic(AcceptsBasic, breaks="basic-changes-nothing"):
    """Accepts the Basic scheme in a POST."""

    def authenticate(self, request: Request) -> str:
        """Look at the method first."""
        if request.method == "POST":
            return super().authenticate(request)
        return Fault.authenticate(self, request)


class DeletesWithBasic(AcceptsBasic, breaks="basic-changes-nothing"):
    """Accepts the Basic scheme in a DELETE."""

    def authenticate(self, request: Request) -> str:
        """Look at the method first."""
        if request.method == "DELETE":
            return super().authenticate(request)
        return Fault.authenticate(self, request)


class ComparesEightCharacters(Fault, breaks="wrong-password-refused"):
    """Takes the first eight characters of a password for all of it."""

    def response_fits(self, credentials: Credentials, method: str, secret: str) -> bool:
        """Try the short password, too."""
        password = seed.PASSWORDS[credentials.username][:8]
        short = self.hashed(credentials, f"{credentials.username}:{self.realm}:{password}")
        fits = super().response_fits
        return fits(credentials, method, secret) or fits(credentials, method, short)


class ForbidsBasic(
    Fault,
    breaks="other-scheme-refused other-scheme-is-challenged basic-refused-everywhere",
):
    """Answers 403 to credentials of the Basic scheme."""

    def authenticate(self, request: Request) -> str:
        """Look for the scheme."""
        if (request.header("Authorization") or "").lower().startswith("basic "):
            raise Refusal(403, "Basic credentials are not safe")
        return super().authenticate(request)


class GreetsPasswords(Fault, breaks="password-elsewhere-creates-nothing"):
    """Answers a password in a field of its own with success, and does nothing."""

    def answered(self, request: Request) -> Response:
        """Look for the field."""
        if request.header("X-Auth-Password") is None:
            return super().answered(request)
        return Response(200, (("Content-Type", self.content_type(JSON)),), b"null")
