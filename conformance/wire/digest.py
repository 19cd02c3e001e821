"""The client's side of HTTP digest authentication (RFC 7616, and RFC 2617 and 2069 servers)."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict, Unpack
from urllib.parse import quote

from conformance.wire import limits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.config.credentials import Credentials

_HASHES = {
    "MD5": "md5",
    "SHA-256": "sha256",
    "SHA-512-256": "sha512_256",
}
_WORD = re.compile(r"[\w!#$%&'*+.^`|~-]++", re.ASCII)
_EQUALS = re.compile(r"\s*+=\s*+")
_TEXT = re.compile(r"""(?:"(?P<quoted>(?:[^"\\]|\\.)*+)"|(?P<token>[^\s,"]++))""", re.DOTALL)
_END_OF_WORD = re.compile(r"[\s,]|$")
_NEXT = re.compile(r"[^\s,]*+[\s,]++")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")

_SENT_BACK = ("realm", "nonce", "opaque", "algorithm")
"""Parameters of a challenge that go into the answer as they are."""

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
        return not self.flaws

    @property
    def flaws(self) -> list[str]:
        """What a digest challenge lacks of what RFC 7616 demands, or has of other values."""
        algorithm, offered = self.parameters.get("algorithm", "MD5"), "qop" in self.parameters
        stale = self.parameters.get("stale", "false").lower()
        right = {
            "has no realm": "realm" in self.parameters,
            "has no nonce": bool(self.parameters.get("nonce")),
            "names no known algorithm": algorithm.upper().removesuffix("-SESS") in _HASHES,
            "names no known qop": not offered or bool({"auth", "auth-int"} & set(self.qop)),
            "has a stale that is neither true nor false": stale in ("true", "false"),
        }
        return [
            f"the challenge with the algorithm {algorithm} {flaw}"
            for flaw, is_right in right.items()
            if not is_right
        ]

    @property
    def usable(self) -> bool:
        """Whether this client can answer it: digest, realm, nonce, known algorithm and qop.

        Control characters are never sent back: they could end the header field. A tab is a blank.
        """
        return (
            self.scheme == "digest"
            and {"realm", "nonce"} <= self.parameters.keys()
            and not any(_CONTROL.search(self.parameters.get(name, "")) for name in _SENT_BACK)
            and self.algorithm in _HASHES
            and (not self.qop or "auth" in self.qop)
        )


def challenges(values: list[str]) -> list[Challenge]:
    """Read WWW-Authenticate values, each of which may hold several challenges.

    Only the first characters and the first challenges are read: a target may send any number.
    """
    found: list[Challenge] = []
    left = limits.LONGEST_CHALLENGE
    for value in values:
        for name, text in _parts(value[:left]):
            if text is None and len(found) == limits.MOST_CHALLENGES:
                return found
            if text is None:
                found.append(Challenge(name, {}))
            elif found:
                found[-1].parameters.setdefault(name, text)
        left -= len(value[:left])
    return found


def _parts(value: str) -> Iterator[tuple[str, str | None]]:
    """Give schemes (without a text) and parameters, in time that grows with the length alone.

    Quotes that are never closed end the reading: what they hold cannot be known.
    """
    position = 0
    while position < len(value):
        word = _WORD.match(value, position)
        equals = word and _EQUALS.match(value, word.end())
        text = equals and _TEXT.match(value, equals.end())
        if word and text:
            yield (
                word[0].lower(),
                text["token"] or re.sub(r"(?s)\\(.)", r"\1", text["quoted"] or ""),
            )
            position = text.end()
            continue
        if equals and value.startswith('"', equals.end()):
            return
        if word and _END_OF_WORD.match(value, word.end()):
            yield word[0].lower(), None
        after = _NEXT.match(value, position)
        position = after.end() if after else len(value)


def usable_challenge(values: list[str]) -> Challenge | None:
    """Return the first challenge that this client can answer; None where there is none."""
    return next((found for found in challenges(values) if found.usable), None)


MOST_ROUND_TRIPS = 3
"""How often to send one request: without a nonce, with a stale one, with a fresh one."""

MOST_STALE = 12
"""How often where each nonce is called stale: it may be good for one process alone."""


def calls_stale(values: list[str]) -> bool:
    """Tell whether the challenge of a refusal says that only the nonce was too old."""
    challenge = usable_challenge(values)
    return challenge is not None and challenge.stale


def may_answer_again(values: list[str], sent: int) -> bool:
    """Tell whether to answer the challenge of a request that was sent so many times."""
    return sent < MOST_ROUND_TRIPS or (sent < MOST_STALE and calls_stale(values))


class Chosen(TypedDict, total=False):
    """What a client chooses about a digest, or makes wrong.

    `count` is how often the nonce has been used, including this time; `cnonce` the client's own
    nonce; `secret` stands for the hash of user name, realm and password; `named_uri` for the
    target. With a `body` its quality of protection is auth-int, which covers that text.
    """

    count: int
    cnonce: str
    secret: str
    named_uri: str
    body: str


def digest_fields(
    challenge: Challenge,
    credentials: Credentials,
    method: str,
    uri: str,
    **chosen: Unpack[Chosen],
) -> dict[str, str]:
    """Return the parameters of an Authorization field that answers a challenge.

    `uri` is the request target as it is on the request line. What is not chosen is as it has to be
    for the first use of a nonce.
    """

    def hashed(*parts: str) -> str:
        octets = ":".join(parts).encode(errors="surrogateescape")
        return hashlib.new(_HASHES[challenge.algorithm], octets).hexdigest()

    given = challenge.parameters
    realm, nonce = given["realm"], given["nonce"]
    uri = chosen.get("named_uri", uri)
    cnonce, nc = chosen.get("cnonce", secrets.token_hex(8)), f"{chosen.get('count', 1):08x}"
    right = hashed(credentials.username, _octets_of(realm), credentials.password)
    secret = chosen.get("secret", right)
    if challenge.session:
        secret = hashed(secret, nonce, cnonce)
    fields = {"username": credentials.username, "realm": realm, "nonce": nonce, "uri": uri}
    if challenge.qop or "body" in chosen:
        qop, covered = "auth", hashed(method, uri)
        if "body" in chosen:
            qop, covered = "auth-int", hashed(method, uri, hashed(chosen["body"]))
        response = hashed(secret, nonce, nc, cnonce, qop, covered)
        fields |= {"response": response, "qop": qop, "nc": nc, "cnonce": cnonce}
    else:
        fields["response"] = hashed(secret, nonce, hashed(method, uri))
        if challenge.session:
            fields["cnonce"] = cnonce
    return fields | {name: given[name] for name in ("algorithm", "opaque") if name in given}


def _octets_of(realm: str) -> str:
    """Return a realm so that it is hashed as the bytes that came: HTTP reads them as Latin-1."""
    try:
        return realm.encode("latin-1").decode(errors="surrogateescape")
    except UnicodeEncodeError:  # it did not come through HTTP
        return realm


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

    def forget(self) -> None:
        """Give the nonce up, so that the next request will be challenged."""
        self._challenge, self._count = None, 0

    def answer(self, method: str, uri: str) -> str | None:
        """Return the Authorization value for a request; None while no challenge is known."""
        if self._challenge is None:
            return None
        self._count += 1
        return authorization(
            digest_fields(self._challenge, self.credentials, method, uri, count=self._count)
        )

    def learn(self, www_authenticate: list[str], *, sure: bool = False) -> bool:
        """Take up the challenge of a 401 and tell whether to send the request again.

        It is sent again unless a nonce that had not been used before was refused as not stale: then
        the credentials are wrong. Where the caller is `sure` of them, another process of the server
        has issued the nonce.
        """
        challenge = usable_challenge(www_authenticate)
        if challenge is None:
            return False
        worth_it = sure or self._challenge is None or self._count > 1 or challenge.stale
        self._challenge, self._count = challenge, 0
        return worth_it

    def follow(self, authentication_info: str) -> None:
        """Take up the next nonce, where an Authentication-Info field names one."""
        if self._challenge is None or not authentication_info:
            return
        (info, *_) = challenges(["info, " + authentication_info])
        if not info.parameters.get("nextnonce"):
            return
        parameters = self._challenge.parameters | {"nonce": info.parameters["nextnonce"]}
        following = Challenge("digest", parameters)
        if following.usable:
            self._challenge, self._count = following, 0
