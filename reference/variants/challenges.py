"""Freedoms of digest authentication: what a challenge says, and how long a nonce is good."""

import base64
import binascii

from reference.digest import Credentials, credentials_in
from reference.faulty import Variant
from reference.message import Request, Response
from reference.refusal import Refusal

from .connections import with_fields

USES = 7
"""How often a nonce that wears out can be used."""


class OffersNoQop(Variant):
    """Names no quality of protection, as before RFC 2617; a nonce is good for one request."""

    qop = None


class OffersNoQopAndKeepsNonces(Variant):
    """Names no quality of protection, and takes a nonce again and again (RFC 2069)."""

    qop = None

    def count_fits(self, credentials: Credentials) -> bool:
        """Let requests do without a count."""
        return credentials.nc is None or super().count_fits(credentials)


class OffersTwoQops(Variant):
    """Offers the integrity of the body as well (RFC 7616, 3.3)."""

    qop = "auth,auth-int"

    def authenticate(self, request: Request) -> str:
        """Keep the body in mind."""
        self.body = request.body
        return super().authenticate(request)

    def qop_fits(self, qop: str | None) -> bool:
        """Take either."""
        return qop in {None, "auth", "auth-int"}

    def digest_of_request(self, credentials: Credentials, method: str) -> str:
        """Include the body where that was chosen."""
        if credentials.qop != "auth-int":
            return super().digest_of_request(credentials, method)
        body = self.hashed(credentials, self.body.decode("utf-8", "surrogateescape"))
        return self.hashed(credentials, f"{method}:{credentials.uri}:{body}")


class OffersSha256First(Variant):
    """Offers SHA-256 and, for older callers, MD5, in a field each (RFC 7616, 3.7)."""

    algorithms = ("SHA-256", "MD5")


class OffersMd5First(Variant):
    """Offers MD5 and then SHA-256, in one field (RFC 9110, 11.6.1)."""

    algorithms = ("MD5", "SHA-256")

    def challenges(self, *, stale: bool) -> tuple[tuple[str, str], ...]:
        """Write all challenges into one field."""
        fields = super().challenges(stale=stale)
        return (("WWW-Authenticate", ", ".join(challenge for _, challenge in fields)),)


class OffersSha256Only(Variant):
    """Offers nothing but SHA-256: the document names no algorithm."""

    algorithms = ("SHA-256",)


class OffersSessions(Variant):
    """Offers MD5-sess only (RFC 7616, 3.4.2)."""

    algorithms = ("MD5-sess",)

    def secret_of_session(self, credentials: Credentials, secret: str) -> str:
        """Make the secret of a session out of that of the account."""
        parts = f"{secret}:{credentials.nonce}:{credentials.cnonce or ''}"
        return self.hashed(credentials, parts)


class IsOpaqueInAnyText(Variant):
    """Has an opaque value of commas, equals signs and a tab (RFC 9110, 5.6.4)."""

    opaque = "a=b, c;\t/+=="


class SaysLittle(Variant):
    """Names neither algorithm nor opaque in its challenge (RFC 7616, 3.3)."""

    opaque = None

    def challenge_parameters(self, algorithm: str, *, stale: bool) -> dict[str, str]:
        """Leave the algorithm out: it is MD5."""
        parameters = super().challenge_parameters(algorithm, stale=stale)
        del parameters["algorithm"]
        return parameters


class WritesChallengesItsOwnWay(Variant):
    """Writes a challenge in other case and order, and with more parameters (RFC 9110, 11)."""

    def challenge(self, algorithm: str, *, stale: bool) -> str:
        """Write what RFC 7616 allows, in ways that a parser has to be ready for."""
        given = self.challenge_parameters(algorithm, stale=stale)
        more = {
            "STALE": given.pop("stale", "FALSE"),
            "charset": "UTF-8",
            "userhash": "false",
            "domain": '"/2.4.9 /2.4.0"',
            "Qop": given.pop("qop"),
            "algorithm": f'"{given.pop("algorithm")}"',
            "x-extension": '"a, b=\\"c\\""',
        }
        return "DIGEST  " + " ,\t".join(
            f"{name}={value}" for name, value in {**more, **given}.items()
        )


class HasAnotherRealm(Variant):
    """Has a realm of several words, with an apostrophe, a comma, a colon and brackets in it."""

    realm = "Partner's API: level=2, (test)"


class HasOddNonces(Variant):
    """Has nonces in base64, of another length than usual: they are opaque (RFC 7616, 3.3)."""

    def new_nonce(self) -> str:
        """Write it in base64."""
        return base64.b64encode(super().new_nonce().encode()).decode()

    def is_issued(self, nonce: str) -> bool:
        """Read it from base64, as far as it is that."""
        try:
            return super().is_issued(base64.b64decode(nonce).decode())
        except (binascii.Error, UnicodeDecodeError, ValueError):
            return False

    def issued(self, nonce: str) -> int:
        """Read it from base64."""
        return super().issued(base64.b64decode(nonce).decode())


class TakesNoncesOnce(Variant, in_a_whole_run=True):
    """Takes each nonce once only, and says that it is stale afterwards (RFC 7616, 3.3).

    Ambiguity: `nonce-used-again`.
    """

    def count_fits(self, credentials: Credentials) -> bool:
        """Take the first count only."""
        return credentials.nc in {None, "00000001"} and super().count_fits(credentials)


class HasNoncesThatWearOut(Variant, in_a_whole_run=True):
    """Says of a nonce after seven requests that it is stale (RFC 7616, 3.3)."""

    def is_usable(self, credentials: Credentials) -> bool:
        """Count the requests, by the count that they carry themselves."""
        return int(credentials.nc or "1", 16) <= USES and super().is_usable(credentials)


class DoesNotSayStale(HasNoncesThatWearOut):
    """Refuses a nonce after seven requests, and does not say that it is stale (RFC 2069)."""

    def unauthorized(self, *, stale: bool = False) -> Refusal:
        """Say nothing of it."""
        del stale
        return super().unauthorized()


class NamesTheNextNonce(Variant):
    """Names the next nonce in each success, and knows the digest itself (RFC 7616, 3.5)."""

    def sent(self, request: Request, response: Response) -> Response:
        """Say so in Authentication-Info."""
        response = super().sent(request, response)
        given = credentials_in(request.header("Authorization") or "")
        if response.status == 401 or given is None or given.qop is None:  # noqa: PLR2004
            return response
        secret = self.secret(given.username, given.algorithm) or ""
        value = (
            f'nextnonce="{self.new_nonce()}", qop={given.qop}, nc={given.nc},'
            f' cnonce="{given.cnonce}", rspauth="{self.expected_response(given, "", secret)}"'
        )
        return with_fields(response, ("Authentication-Info", value))


class NamesTheOnlyNonce(NamesTheNextNonce, TakesNoncesOnce, in_a_whole_run=True):
    """Takes each nonce once, and names the next one in each success (RFC 7616, 3.5)."""


class CallsUnknownNoncesStale(Variant):
    """Says of a nonce that it has not given, with the right password, that it is stale.

    Ambiguity: `unknown-nonce`.
    """

    def is_issued(self, nonce: str) -> bool:
        """Leave that for later."""
        return bool(nonce)

    def is_usable(self, credentials: Credentials) -> bool:
        """Look at it only now."""
        return super().is_issued(credentials.nonce) and super().is_usable(credentials)


class AnswersOtherUrisWith401(Variant):
    """Answers a digest that was made for another target with 401, and not with 400.

    Ambiguity: `malformed-digest`.
    """

    def other_uri(self) -> Refusal:
        """Refuse it like any other."""
        return self.unauthorized()


class AnswersMalformedDigestsWith400(Variant):
    """Answers 400 where an Authorization field of digest cannot be read (RFC 9110, 15.5.1).

    Ambiguity: `malformed-digest`.
    """

    def credentials(self, request: Request) -> Credentials | None:
        """Refuse what is called a digest and is none."""
        found = super().credentials(request)
        if found is None and (request.header("Authorization") or "").lower().startswith("digest"):
            raise Refusal(400, "The Authorization field cannot be read")
        return found


class LetsDigestsBeRepeated(Variant):
    """Takes a count again, so that a request can be repeated (RFC 7616, 5.5: it need not look)."""

    def count_fits(self, credentials: Credentials) -> bool:
        """Take any count."""
        del credentials
        return True


class WantsCountsInOrder(Variant):
    """Takes a count only where it is one more than the last (RFC 7616, 3.4)."""

    def count_fits(self, credentials: Credentials) -> bool:
        """Compare it with the last one."""
        nonce = credentials.nonce
        window = self.nonces.window(nonce, self.issued(nonce), self.count_window)
        expected = window.highest + 1 if window else None
        return int(credentials.nc or "1", 16) == expected and super().count_fits(credentials)


class DoesNotLookAtOpaque(Variant):
    """Does not look at what the caller returns as opaque."""

    def opaque_fits(self, opaque: str | None) -> bool:
        """Take any."""
        del opaque
        return True


class LooksAtTheAddressLast(Variant):
    """Looks at the address after the credentials, without a challenge.

    Ambiguities: `order-of-checks`, `challenge-to-an-unlisted-address`.
    """

    def admit(self, request: Request) -> str:
        """Begin with the credentials."""
        self.check_transport(request)
        self.check_host(request)
        account = self.authenticate(request)
        self.check_address(request)
        return account

    def unlisted_address(self) -> Refusal:
        """Refuse an address for good."""
        return Refusal(401)


class RefusesAddressesWithoutAChallenge(Variant):
    """Answers an address that is not listed with 401 and no challenge.

    Ambiguity: `challenge-to-an-unlisted-address`.
    """

    def unlisted_address(self) -> Refusal:
        """Refuse an address for good."""
        return Refusal(401)
