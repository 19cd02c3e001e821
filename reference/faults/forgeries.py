"""Faults in what a digest proves: compared only sometimes, for other requests, or too late."""

from contextlib import suppress

from reference import seed
from reference.digest import HASHES, STAMP_DIGITS, Credentials, algorithm_of, md5
from reference.faulty import Fault
from reference.message import Request
from reference.refusal import Refusal


class ComparesOfferedAlgorithms(Fault, breaks="forged-digest-gets-nothing"):
    """Does not compare the response of an algorithm that it did not offer."""

    def algorithm_fits(self, algorithm: str) -> bool:
        """Take any."""
        del algorithm
        return True

    def secret(self, username: str, algorithm: str) -> str | None:
        """Find the user by name."""
        del algorithm
        return super().secret(username, "MD5")

    def response_fits(self, credentials: Credentials, method: str, secret: str) -> bool:
        """Compare only what was offered."""
        if credentials.algorithm not in self.algorithms:
            return True
        return super().response_fits(credentials, method, secret)


class LeavesIntegrityAlone(Fault, breaks="forged-digest-gets-nothing"):
    """Takes auth-int, which it does not offer, for checked."""

    def qop_fits(self, qop: str | None) -> bool:
        """Take any."""
        del qop
        return True

    def response_fits(self, credentials: Credentials, method: str, secret: str) -> bool:
        """Compare only what it can compute."""
        if credentials.qop not in {None, self.qop}:
            return True
        return super().response_fits(credentials, method, secret)


class ProtectsNoBody(Fault, breaks="forged-digest-gets-nothing"):
    """Takes auth-int, which it does not offer, and computes it as if no request had a body."""

    def qop_fits(self, qop: str | None) -> bool:
        """Take any."""
        del qop
        return True

    def digest_of_request(self, credentials: Credentials, method: str) -> str:
        """Add the digest of nothing."""
        if credentials.qop != "auth-int":
            return super().digest_of_request(credentials, method)
        nothing = self.hashed(credentials, "")
        return self.hashed(credentials, f"{method}:{credentials.uri}:{nothing}")


class ComparesCountedOnly(Fault, breaks="forged-digest-gets-nothing"):
    """Does not compare a response that comes without a quality of protection."""

    def response_fits(self, credentials: Credentials, method: str, secret: str) -> bool:
        """Look for the count."""
        return credentials.nc is None or super().response_fits(credentials, method, secret)


class HashesTheSecretOfNobody(Fault, breaks="forged-digest-gets-nothing"):
    """Computes the response of an unknown user from an empty secret, and lets that in."""

    def secret(self, username: str, algorithm: str) -> str | None:
        """Go on with nothing."""
        return super().secret(username, algorithm) or ""

    def authenticate(self, request: Request) -> str:
        """Take an unknown user for the first account."""
        username = super().authenticate(request)
        return username if username in seed.PASSWORDS else seed.USERNAME


class TakesZerosForARight(Fault, breaks="forged-digest-gets-nothing"):
    """Compares responses as numbers where they look like one, as a loose comparison does."""

    def response_fits(self, credentials: Credentials, method: str, secret: str) -> bool:
        """Take what is numerically nothing."""
        zero = set(credentials.response) == {"0"}
        return zero or super().response_fits(credentials, method, secret)


class ComparesWhatIsThere(Fault, breaks="forged-digest-gets-nothing"):
    """Compares as many digits as the caller sent, ten at least."""

    def response_fits(self, credentials: Credentials, method: str, secret: str) -> bool:
        """Cut what is expected."""
        given = credentials.response
        expected = self.expected_response(credentials, method, secret)
        return len(given) >= 10 and expected.startswith(given)  # noqa: PLR2004


class TakesDigestsOfPosts(Fault, breaks="forged-digest-gets-nothing"):
    """Accepts for every method a digest that was made for POST, which may stand for any."""

    def response_fits(self, credentials: Credentials, method: str, secret: str) -> bool:
        """Try POST as well."""
        fits = super().response_fits
        return fits(credentials, method, secret) or fits(credentials, "POST", secret)


class ProtectsThePathOnly(Fault, breaks="forged-digest-gets-nothing"):
    """Accepts a digest for the path of a target that has a query besides."""

    def uri_fits(self, credentials: Credentials, request: Request) -> bool:
        """Compare with the path, too."""
        path = request.target.partition("?")[0]
        return credentials.uri == path or super().uri_fits(credentials, request)


class ProtectsTheCollection(Fault, breaks="forged-digest-gets-nothing"):
    """Accepts a digest for a list for each record in it."""

    def uri_fits(self, credentials: Credentials, request: Request) -> bool:
        """Take what the target begins with, if it is about records."""
        above = credentials.uri.endswith("/customers")
        return (above and request.target.startswith(credentials.uri + "/")) or super().uri_fits(
            credentials, request
        )


class TakesAnEmptyNonce(Fault, breaks="forged-digest-gets-nothing"):
    """Takes a nonce that is too short to be one for its own."""

    def is_issued(self, nonce: str) -> bool:
        """Look at longer ones only."""
        return len(nonce) <= len(self.new_nonce()) // 2 or super().is_issued(nonce)

    def is_usable(self, credentials: Credentials) -> bool:
        """Look at longer ones only."""
        short = len(credentials.nonce) <= len(self.new_nonce()) // 2
        return short or super().is_usable(credentials)


class ExecutesThenRefuses(
    Fault,
    breaks="forged-digest-gets-nothing wrong-credentials-change-nothing "
    "walk-refused-caller-changes-nothing accepted-nonce-changes-nothing "
    "other-version-asks-for-credentials accepted-digest-changes-nothing",
):
    """Answers a write with a wrong response by 401, after it has been carried out."""

    def response_fits(self, credentials: Credentials, method: str, secret: str) -> bool:
        """Note that it did not fit."""
        self.wrong = not super().response_fits(credentials, method, secret)
        return not self.wrong

    wrong = False

    def authenticate(self, request: Request) -> str:
        """Carry it out if it writes."""
        self.wrong = False
        try:
            return super().authenticate(request)
        except Refusal:
            if self.wrong and request.method == "PUT":
                with suppress(Refusal):
                    self.perform(self.understood(request, seed.USERNAME))
            raise


class ExecutesWithSpentNonces(Fault, breaks="spent-nonce-executes-nothing"):
    """Looks at the age of a nonce only after the request was carried out."""

    stale = False

    def is_usable(self, credentials: Credentials) -> bool:
        """Note that it was not."""
        self.stale = not super().is_usable(credentials)
        return not self.stale

    def authenticate(self, request: Request) -> str:
        """Carry out what is answered by another challenge."""
        self.stale = False
        try:
            return super().authenticate(request)
        except Refusal:
            if self.stale:
                with suppress(Refusal):
                    self.perform(self.understood(request, seed.USERNAME))
            raise


class CreatesWithSpentNonces(ExecutesWithSpentNonces, breaks="spent-nonce-executes-nothing"):
    """Looks at the age of a nonce after a POST was carried out."""

    def authenticate(self, request: Request) -> str:
        """Look at the method first."""
        if request.method == "POST":
            return super().authenticate(request)
        return Fault.authenticate(self, request)


class TakesAnyRealm(Fault, breaks="digest-of-another-realm-refused"):
    """Computes the digest for the realm that the caller names."""

    def realm_fits(self, realm: str) -> bool:
        """Take any."""
        self.named = realm
        return True

    named = ""

    def secret(self, username: str, algorithm: str) -> str | None:
        """Compute the secret for it."""
        password = seed.PASSWORDS.get(username)
        if password is None or algorithm not in self.algorithms:
            return None
        return md5(f"{username}:{self.named}:{password}")


class TakesDigestsOfHead(Fault, breaks="forged-digest-gets-nothing"):
    """Accepts for GET a digest that was made for HEAD, and the other way round."""

    def response_fits(self, credentials: Credentials, method: str, secret: str) -> bool:
        """Try the other one as well."""
        fits = super().response_fits
        other = {"GET": "HEAD", "HEAD": "GET"}.get(method, method)
        return fits(credentials, method, secret) or fits(credentials, other, secret)


class HasAnEmptyPasswordForStrangers(Fault, breaks="forged-digest-gets-nothing"):
    """Looks up an empty password for a user who is none, and takes that user for the account."""

    def secret(self, username: str, algorithm: str) -> str | None:
        """Compute it."""
        known = super().secret(username, algorithm)
        return known or HASHES[algorithm_of(algorithm)](f"{username}:{self.realm}:")

    def authenticate(self, request: Request) -> str:
        """Serve the account."""
        username = super().authenticate(request)
        return username if username in seed.PASSWORDS else seed.USERNAME


class ChecksNoSeals(Fault, breaks="forged-digest-gets-nothing tampered-digest-refused"):
    """Reads the time of a nonce, and does not look whether its end is of this server."""

    def is_issued(self, nonce: str) -> bool:
        """Look at the time only."""
        return nonce[:STAMP_DIGITS].isalnum() and len(nonce) > STAMP_DIGITS


class IssuesAnyNonceUnderOverrides(Fault, breaks="forged-digest-gets-nothing"):
    """Takes any nonce where the method is overridden by the header field."""

    def authenticate(self, request: Request) -> str:
        """Look for the field."""
        self.__dict__["overridden"] = request.header("X-HTTP-Method-Override") is not None
        return super().authenticate(request)

    def is_issued(self, nonce: str) -> bool:
        """Believe it."""
        return self.__dict__.get("overridden") or super().is_issued(nonce)

    def is_usable(self, credentials: Credentials) -> bool:
        """Believe it."""
        return self.__dict__.get("overridden") or super().is_usable(credentials)
