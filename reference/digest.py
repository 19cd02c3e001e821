"""HTTP digest authentication, after RFC 7616 and the older RFCs that callers still follow."""

import hashlib
import hmac
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from functools import lru_cache
from random import Random
from typing import Final

from . import seed
from .message import Request
from .nonces import NonceMemory
from .refusal import Refusal
from .timestamps import Timestamps

PARAMETER = re.compile(
    r"""[\s,]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",;]+))\s*(?=,|$)"""
)
ESCAPED = re.compile(r"\\(.)")
COUNT = re.compile(r"[0-9A-Fa-f]{8}")
STAMP_DIGITS: Final = 16
SEAL_DIGITS: Final = 32


def octets(text: str) -> bytes:
    """The bytes that a header value had on the wire."""
    return text.encode("utf-8", "surrogateescape")


def md5(text: str) -> str:
    """The MD5 digest of a text."""
    return hashlib.md5(octets(text), usedforsecurity=False).hexdigest()


def sha256(text: str) -> str:
    """The SHA-256 digest of a text."""
    return hashlib.sha256(octets(text)).hexdigest()


HASHES: Final[Mapping[str, Callable[[str], str]]] = {"MD5": md5, "SHA-256": sha256}


def algorithm_of(name: str) -> str:
    """The algorithm behind a name, which may be that of its session variant."""
    return name.removesuffix("-sess")


@dataclass(frozen=True, slots=True)
class Credentials:
    """What an Authorization field says, in the words of the RFC."""

    username: str
    realm: str
    nonce: str
    uri: str
    response: str
    opaque: str | None = None
    algorithm: str = "MD5"
    qop: str | None = None
    nc: str | None = None
    cnonce: str | None = None


KNOWN: Final = tuple(each.name for each in fields(Credentials))


def credentials_in(header: str) -> Credentials | None:
    """What an Authorization field says; None when it is of another scheme or malformed."""
    scheme, _, rest = header.strip().partition(" ")
    if scheme.lower() != "digest":
        return None
    given: dict[str, str] = {}
    end = 0
    rest = rest.rstrip(", \t")
    while end < len(rest):
        match = PARAMETER.match(rest, end)
        if match is None or match[1].lower() in given:
            return None
        quoted, token = match[2], match[3]
        given[match[1].lower()] = token if quoted is None else ESCAPED.sub(r"\1", quoted)
        end = match.end()
    known = {name: given[name] for name in KNOWN if name in given}
    try:
        credentials = Credentials(**known)
    except TypeError:  # one of the five that have to be there is not
        return None
    return credentials if is_complete(credentials) else None


def is_complete(credentials: Credentials) -> bool:
    """Whether the count and the caller's nonce come with a qop, and only with one."""
    if credentials.qop is None:
        return credentials.nc is None
    return bool(credentials.cnonce and credentials.nc and COUNT.fullmatch(credentials.nc))


credentials_read: Final = lru_cache(8192)(credentials_in)
"""The same, read once: where requests are repeated to many servers, the same fields come again."""


class Digest(Timestamps):
    """Who is calling."""

    random: Random
    realm: str = "API"
    algorithms: tuple[str, ...] = ("MD5",)
    """One challenge each, in this order. MD5 alone is what every known client understands."""
    qop: str | None = "auth"
    opaque: str | None = "7265666572656e6365"
    nonce_lifetime: timedelta = timedelta(seconds=300)
    nonce_limit: int = 10_000
    count_window: int = 128

    def __init__(self) -> None:
        """Make a key for the nonces, and keep of each password no more than is needed."""
        super().__init__()
        self._key = self.random.randbytes(32)
        self.nonces = NonceMemory(self.nonce_limit)
        self._secrets = {
            (account, algorithm): digest(f"{account}:{self.realm}:{password}")
            for account, password in seed.PASSWORDS.items()
            for algorithm, digest in HASHES.items()
        }

    def authenticate(self, request: Request) -> str:
        """The account that calls. Nothing else about a request is looked at before this is known.

        The password comes before uri and nonce: who does not know it learns nothing else.
        """
        credentials = self.credentials(request)
        if credentials is None or not self.fits_challenge(credentials):
            raise self.unauthorized()
        secret = self.secret(credentials.username, credentials.algorithm)
        if secret is None or not self.response_fits(credentials, request.method, secret):
            raise self.unauthorized()
        if not self.uri_fits(credentials, request):
            raise self.other_uri()
        if not self.is_usable(credentials):
            raise self.unauthorized(stale=True)
        return credentials.username

    def credentials(self, request: Request) -> Credentials | None:
        """The digest credentials that a request carries."""
        header = request.header("Authorization")
        return None if header is None else credentials_read(header)

    def fits_challenge(self, credentials: Credentials) -> bool:
        """Whether the credentials answer a challenge of ours."""
        return (
            self.realm_fits(credentials.realm)
            and self.opaque_fits(credentials.opaque)
            and self.algorithm_fits(credentials.algorithm)
            and self.qop_fits(credentials.qop)
            and self.is_issued(credentials.nonce)
        )

    def realm_fits(self, realm: str) -> bool:
        """Whether the realm is ours."""
        return realm == self.realm

    def opaque_fits(self, opaque: str | None) -> bool:
        """Whether the caller returned the opaque value as it was given."""
        return opaque == self.opaque

    def algorithm_fits(self, algorithm: str) -> bool:
        """Whether the algorithm was offered."""
        return algorithm in self.algorithms

    def qop_fits(self, qop: str | None) -> bool:
        """Whether the protection was offered; callers after RFC 2069 name none."""
        return qop is None or qop == self.qop

    def secret(self, username: str, algorithm: str) -> str | None:
        """The digest of user name, realm and password; None for an unknown user."""
        return self._secrets.get((username, algorithm_of(algorithm)))

    def response_fits(self, credentials: Credentials, method: str, secret: str) -> bool:
        """Whether the caller knows the password."""
        expected = self.expected_response(credentials, method, secret)
        return hmac.compare_digest(octets(expected), octets(credentials.response))

    def expected_response(self, credentials: Credentials, method: str, secret: str) -> str:
        """The digest that only somebody with the password can tell."""
        secret = self.secret_of_session(credentials, secret)
        asked = self.digest_of_request(credentials, method)
        if credentials.qop is None:
            return self.hashed(credentials, f"{secret}:{credentials.nonce}:{asked}")
        return self.hashed(
            credentials,
            f"{secret}:{credentials.nonce}:{credentials.nc}:{credentials.cnonce}"
            f":{credentials.qop}:{asked}",
        )

    def hashed(self, credentials: Credentials, text: str) -> str:
        """The digest of a text, in the algorithm that the caller uses."""
        return HASHES[algorithm_of(credentials.algorithm)](text)

    def secret_of_session(self, credentials: Credentials, secret: str) -> str:
        """The secret that counts during a session: that of the account itself."""
        del credentials
        return secret

    def digest_of_request(self, credentials: Credentials, method: str) -> str:
        """The digest of what is asked for."""
        return self.hashed(credentials, f"{method}:{credentials.uri}")

    def uri_fits(self, credentials: Credentials, request: Request) -> bool:
        """Whether the credentials were made for this very request target."""
        return credentials.uri == request.target

    def other_uri(self) -> Refusal:
        """The refusal of credentials that were made for another target: RFC 7616 asks for 400."""
        return Refusal(400, "The uri of the Authorization field is not the request target")

    # Nonces: the moment of issue, something random, and a seal that only this server can make.

    def new_nonce(self) -> str:
        """A nonce that has not been before."""
        issued = int(self.now().timestamp() * 1_000_000)
        text = f"{issued:0{STAMP_DIGITS}x}{self.random.randbytes(STAMP_DIGITS // 2).hex()}"
        return text + self.seal(text)

    def seal(self, text: str) -> str:
        """The proof that a nonce is ours."""
        return hmac.digest(self._key, octets(text), "sha256").hex()[:SEAL_DIGITS]

    def is_issued(self, nonce: str) -> bool:
        """Whether a nonce is ours."""
        text, seal = nonce[:-SEAL_DIGITS], nonce[-SEAL_DIGITS:]
        return hmac.compare_digest(octets(self.seal(text)), octets(seal))

    def is_usable(self, credentials: Credentials) -> bool:
        """Whether the nonce can still be used, like this; otherwise another one is called for."""
        return self.is_fresh(credentials.nonce) and self.count_fits(credentials)

    def is_fresh(self, nonce: str) -> bool:
        """Whether a nonce has not expired."""
        age = self.now().timestamp() - self.issued(nonce) / 1_000_000
        return age <= self.nonce_lifetime.total_seconds()

    def issued(self, nonce: str) -> int:
        """When a nonce was issued, in microseconds."""
        return int(nonce[:STAMP_DIGITS], 16)

    def count_fits(self, credentials: Credentials) -> bool:
        """Whether this is the first request with this nonce and this count.

        A caller that does not count can use a nonce only once.
        """
        nonce = credentials.nonce
        window = self.nonces.window(nonce, self.issued(nonce), self.count_window)
        if window is None:
            return False
        return window.take_all() if credentials.nc is None else window.take(int(credentials.nc, 16))

    # The challenge.

    def unauthorized(self, *, stale: bool = False) -> Refusal:
        """The refusal of credentials; `stale` says that only the nonce was not good any more."""
        return Refusal(401, headers=self.challenges(stale=stale))

    def challenges(self, *, stale: bool) -> tuple[tuple[str, str], ...]:
        """The header fields that tell a caller how to authenticate."""
        return tuple(
            ("WWW-Authenticate", self.challenge(algorithm, stale=stale))
            for algorithm in self.algorithms
        )

    def challenge(self, algorithm: str, *, stale: bool) -> str:
        """One challenge."""
        parameters = self.challenge_parameters(algorithm, stale=stale)
        return "Digest " + ", ".join(f"{name}={value}" for name, value in parameters.items())

    def challenge_parameters(self, algorithm: str, *, stale: bool) -> dict[str, str]:
        """What a challenge says, with the quotation marks that each value has on the wire."""
        parameters = {"realm": f'"{self.realm}"', "nonce": f'"{self.new_nonce()}"'}
        if self.opaque is not None:
            parameters["opaque"] = f'"{self.opaque}"'
        if self.qop is not None:
            parameters["qop"] = f'"{self.qop}"'
        parameters["algorithm"] = algorithm
        if stale:
            parameters["stale"] = "true"
        return parameters
