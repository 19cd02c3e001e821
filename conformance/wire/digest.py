"""The client's side of HTTP digest authentication (RFC 7616, and RFC 2617 and 2069 servers)."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from conformance.config.credentials import Credentials

_HASHES = {
    "MD5": "md5",
    "SHA-256": "sha256",
    "SHA-512-256": "sha512_256",
}
_PART = re.compile(
    r"""(?P<name>[\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<token>[^\s,"]+))
    | (?P<scheme>[\w!#$%&'*+.^`|~-]+)(?=[\s,]|$)""",
    re.VERBOSE,
)
LONGEST_FIELD = 16_384
"""The maximum number of characters of a header field to parse; servers and clients allow less."""

_QUOTED = ("username", "realm", "nonce", "uri", "response", "opaque", "cnonce")


@dataclass(frozen=True, slots=True)
class Challenge:
    """One challenge of a WWW-Authenticate field: its scheme (lower case) and parameters."""

    scheme: str
    parameters: dict[str, str]

    @property
    def algorithm(self) -> str:
        """The digest algorithm in upper case, without "-SESS"; MD5 where none is named."""
        return self.parameters.get("algorithm", "MD5").upper().removesuffix("-SESS")

    @property
    def session(self) -> bool:
        """Whether the algorithm is a session variant."""
        return self.parameters.get("algorithm", "").upper().endswith("-SESS")

    @property
    def qop(self) -> tuple[str, ...]:
        """The qualities of protection offered; empty for a server of RFC 2069."""
        return tuple(
            part.strip().lower() for part in self.parameters.get("qop", "").split(",") if part
        )

    @property
    def stale(self) -> bool:
        """Whether the server says that only the nonce was too old."""
        return self.parameters.get("stale", "").lower() == "true"

    @property
    def well_formed(self) -> bool:
        """Whether a digest challenge has all that RFC 7616 demands, with known values."""
        algorithm = self.parameters.get("algorithm", "MD5").upper().removesuffix("-SESS")
        return (
            "realm" in self.parameters
            and bool(self.parameters.get("nonce"))
            and algorithm in _HASHES
            and ("qop" not in self.parameters or bool({"auth", "auth-int"} & set(self.qop)))
            and self.parameters.get("stale", "false").lower() in ("true", "false")
        )

    @property
    def usable(self) -> bool:
        """Whether this client can answer it: digest, realm, nonce, known algorithm and qop."""
        return (
            self.scheme == "digest"
            and {"realm", "nonce"} <= self.parameters.keys()
            and self.algorithm in _HASHES
            and (not self.qop or "auth" in self.qop)
        )


def challenges(values: list[str]) -> list[Challenge]:
    """Parse WWW-Authenticate values, each of which may hold several challenges."""
    found: list[Challenge] = []
    for value in values:
        for part in _PART.finditer(value[:LONGEST_FIELD]):
            if part["scheme"]:
                found.append(Challenge(part["scheme"].lower(), {}))
            elif found:
                text = part["token"] or re.sub(r"\\(.)", r"\1", part["quoted"] or "")
                found[-1].parameters.setdefault(part["name"].lower(), text)
    return found


def usable_challenge(values: list[str]) -> Challenge | None:
    """Return the first challenge that this client can answer; None where there is none."""
    return next((found for found in challenges(values) if found.usable), None)


def digest_fields(
    challenge: Challenge, credentials: Credentials, method: str, uri: str, *, count: int = 1
) -> dict[str, str]:
    """Return the parameters of an Authorization field that answers a challenge.

    `uri` is the request target as it is on the request line; `count` is how often the nonce has
    been used, including this time.
    """

    def hashed(*parts: str) -> str:
        return hashlib.new(_HASHES[challenge.algorithm], ":".join(parts).encode()).hexdigest()

    given = challenge.parameters
    realm, nonce = given["realm"], given["nonce"]
    cnonce, nc = secrets.token_hex(8), f"{count:08x}"
    secret = hashed(credentials.username, realm, credentials.password)
    if challenge.session:
        secret = hashed(secret, nonce, cnonce)
    fields = {"username": credentials.username, "realm": realm, "nonce": nonce, "uri": uri}
    if challenge.qop:
        response = hashed(secret, nonce, nc, cnonce, "auth", hashed(method, uri))
        fields |= {"response": response, "qop": "auth", "nc": nc, "cnonce": cnonce}
    else:
        fields["response"] = hashed(secret, nonce, hashed(method, uri))
        if challenge.session:
            fields["cnonce"] = cnonce
    return fields | {name: given[name] for name in ("algorithm", "opaque") if name in given}


def authorization(fields: dict[str, str]) -> str:
    """Return the parameters as an Authorization value of the Digest scheme."""
    written = []
    for name, value in fields.items():
        if name == "username" and not value.isascii():
            written.append(f"username*=UTF-8''{quote(value, safe='')}")
        elif name in _QUOTED:
            escaped = value.replace("\\", "\\\\").replace('"', '\\"')
            written.append(f'{name}="{escaped}"')
        else:
            written.append(f"{name}={value}")
    return "Digest " + ", ".join(written)


class DigestSession:
    """Answers challenges for one caller on one thread, using a nonce as long as it is accepted."""

    def __init__(self, credentials: Credentials) -> None:
        """Start without a nonce, so that the first request will be challenged."""
        self.credentials = credentials
        self._challenge: Challenge | None = None
        self._count = 0

    @property
    def ready(self) -> bool:
        """Whether a challenge is known, so that requests can carry an answer to it."""
        return self._challenge is not None

    def answer(self, method: str, uri: str) -> str | None:
        """Return the Authorization value for a request; None while no challenge is known."""
        if self._challenge is None:
            return None
        self._count += 1
        return authorization(
            digest_fields(self._challenge, self.credentials, method, uri, count=self._count)
        )

    def learn(self, www_authenticate: list[str]) -> bool:
        """Take up the challenge of a 401 and tell whether to send the request again.

        It is sent again unless a nonce that had not been used before was refused as not stale: then
        the credentials are wrong.
        """
        challenge = usable_challenge(www_authenticate)
        if challenge is None:
            return False
        worth_it = self._challenge is None or self._count > 1 or challenge.stale
        self._challenge, self._count = challenge, 0
        return worth_it

    def follow(self, authentication_info: str) -> None:
        """Take up the next nonce, where an Authentication-Info field has one."""
        info = challenges(["info " + authentication_info])[0].parameters
        if "nextnonce" in info and self._challenge is not None:
            parameters = self._challenge.parameters | {"nonce": info["nextnonce"]}
            self._challenge, self._count = Challenge("digest", parameters), 0
