"""Faults in verifying a digest."""

from dataclasses import replace

from reference import seed
from reference.digest import Credentials, md5
from reference.faulty import Fault
from reference.message import Request, Response
from reference.refusal import Refusal
from reference.response_types import JSON


class AcceptsAnyPassword(
    Fault,
    breaks="wrong-password-refused wrong-credentials-refused wrong-credentials-change-nothing "
    "wrong-credentials-create-nothing tampered-digest-refused "
    "tampered-digest-changes-nothing walk-refused-caller-changes-nothing "
    "forged-digest-gets-nothing other-version-asks-for-credentials "
    "accepted-nonce-changes-nothing accepted-nonce-shows-nothing "
    "used-nonce-opens-no-other-account",
):
    """Looks at the user name and not at the response."""

    def response_fits(self, credentials: Credentials, method: str, secret: str) -> bool:
        """Accept every response."""
        del credentials, method, secret
        return True


class AcceptsAnyUser(
    Fault,
    breaks="wrong-credentials-refused wrong-credentials-change-nothing "
    "wrong-credentials-create-nothing user-name-in-other-case-refused",
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


class ComparesTheBeginning(
    Fault,
    breaks="tampered-digest-refused forged-digest-gets-nothing "
    "accepted-nonce-changes-nothing accepted-nonce-shows-nothing",
):
    """Compares the first eight digits of the response only."""

    def expected_response(self, credentials: Credentials, method: str, secret: str) -> str:
        """Cut what is expected to what was given, eight digits at least."""
        expected = super().expected_response(credentials, method, secret)
        return expected[:8] + credentials.response[8:]


class AcceptsAnyUri(
    Fault,
    breaks=(
        "tampered-digest-refused forged-digest-gets-nothing "
        "digest-minds-the-letter-case-of-its-target"
    ),
):
    """Does not compare the uri of the credentials with the request."""

    def uri_fits(self, credentials: Credentials, request: Request) -> bool:
        """Accept every uri."""
        del credentials, request
        return True


class IgnoresTheQueryOfTheUri(
    Fault,
    breaks=(
        "tampered-digest-refused forged-digest-gets-nothing "
        "digest-minds-the-letter-case-of-its-target"
    ),
):
    """Compares the path of the uri only."""

    def uri_fits(self, credentials: Credentials, request: Request) -> bool:
        """Leave the query out."""
        return credentials.uri.partition("?")[0] == request.target.partition("?")[0]


class AcceptsAnyMethod(
    Fault,
    breaks="tampered-digest-changes-nothing tampered-digest-refused forged-digest-gets-nothing",
):
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


class AcceptsMadeUpNonces(Fault, breaks="tampered-digest-refused forged-digest-gets-nothing"):
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


class GoesOnAfterRefusing(
    Fault,
    breaks=(
        "tampered-digest-refused malformed-authorization-refused wrong-password-refused "
        "user-name-in-other-case-refused wrong-credentials-refused other-scheme-refused "
        "basic-refused-everywhere other-scheme-is-challenged denied-address-refused "
        "denied-address-cannot-borrow-a-nonce denied-address-cannot-be-forged "
        "anonymous-claim-gets-nothing forged-digest-gets-nothing password-opens-one-account "
        "accepted-nonce-shows-nothing other-version-asks-for-credentials "
        "token-of-a-user-is-no-credential used-nonce-opens-no-other-account"
    ),
):
    """Answers 401 to wrong credentials of a GET, and sends the data all the same."""

    def unauthorized_response(self, request: Request) -> Response:
        """Fill the body."""
        refused = super().unauthorized_response(request)
        if request.method != "GET" or request.header("Authorization") is None:
            return refused
        try:
            answer = self.perform(self.understood(request, seed.USERNAME))
        except Refusal:
            return refused
        return replace(refused, body=self.written(answer, JSON))


class ForbidsUnreadableCredentials(Fault, breaks="malformed-authorization-refused"):
    """Answers 403 to an Authorization field without a single parameter."""

    def credentials(self, request: Request) -> Credentials | None:
        """Look for one."""
        header = request.header("Authorization")
        if header is not None and "=" not in header and header.startswith("Digest"):
            raise Refusal(403, "The credentials cannot be read")
        return super().credentials(request)


class LocksOutAfterAWrongDigest(
    Fault, breaks="tampered-digest-refused challenge-after-refusal-works"
):
    """Refuses the first right digest after a wrong one."""

    locked = False

    def authenticate(self, request: Request) -> str:
        """Remember whether the last one was wrong."""
        try:
            username = super().authenticate(request)
        except Refusal:
            self.locked = self.locked or request.header("Authorization") is not None
            raise
        if self.locked:
            self.locked = False
            raise self.unauthorized()
        return username


class ReadsCountsAsDecimal(Fault, breaks="digest-of-any-count-is-accepted"):
    """Takes a count that has letters for none, as if it were no number."""

    def authenticate(self, request: Request) -> str:
        """Look at its digits."""
        credentials = self.credentials(request)
        if credentials is not None and not (credentials.nc or "0").isdecimal():
            raise self.unauthorized()
        return super().authenticate(request)
