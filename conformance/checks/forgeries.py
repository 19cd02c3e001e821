"""Digests that must not be accepted, whatever else they say, and what comes of requests with them.

A forgery is computed for the PUT or the GET that carries it, but for one thing. Each counts as a
failed attempt to log in, which some servers answer by locking an account: a standard run sends few.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from conformance.checks.entrances import Attempt, Bait
from conformance.checks.forging import (
    answering,
    as_user,
    edited,
    going_on_otherwise,
    made_for,
    of_body,
    of_nobody,
    of_nonce,
    of_uri,
    saying,
    under_name,
)
from conformance.clients.manual_digest import made_up
from conformance.config.sampling import share
from conformance.spec.addressing import Override
from conformance.verdicts import SetupFailed
from conformance.wire.digest import authorization

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from conformance.checks.forging import Make
    from conformance.clients.manual_digest import ManualDigest
    from conformance.spec.addressing import Options
    from conformance.wire.digest import Challenge

PATH = "/customers"
METHODS = ("PUT", "GET")
BY_HEADER = ((Override.HEADER.value, "PUT"),)
BY_QUERY = "?_method=PUT"
LONG = "?note=" + "long" * 128 + "&page="
"""What a query begins with whose end may be behind what a server compares."""


@dataclass(frozen=True, slots=True)
class Forgery:
    """One way to make a digest that does not prove anything.

    `query` goes behind the path of the request; `method` is that of the request, where it has to
    be a certain one; `fields` are its other header fields. `beside` names a parameter that is said
    once more, rightly: behind the others, or `before` them.
    """

    name: str
    make: Make
    query: str = ""
    method: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    beside: str = ""
    before: bool = False

    def written(self, digest: ManualDigest, challenge: Challenge, method: str, path: str) -> str:
        """Return the Authorization field for a request, whose path has the query already."""
        forged = authorization(self.make(digest, challenge, method, path))
        if not self.beside:
            return forged
        right = {self.beside: digest.fields(challenge, method, path)[self.beside]}
        both = (authorization(right), forged) if self.before else (forged, authorization(right))
        return f"{both[0]}, {both[1].partition(' ')[2]}"


OTHER_WORDS: Sequence[Mapping[str, str | None]] = (
    {"algorithm": "SHA-256"},
    {"qop": "auth-int"},
    {"algorithm": None},
    {"qop": None, "nc": None, "cnonce": None},
    {"algorithm": "MD5-sess"},
    {"algorithm": "FOO"},
    {"qop": "none"},
    {"userhash": "true"},
    {"algorithm": "SHA-512-256"},
    {"nc": "00000000"},
    {"cnonce": ""},
    {"nonce": ""},
    {"realm": ""},
    {"uri": ""},
    {"opaque": ""},
    {"algorithm": "SHA-256-sess"},
    {"algorithm": "none"},
    {"algorithm": "md5"},
    {"qop": "auth-conf"},
    {"nc": "ffffffff"},
    {"realm": "x"},
    {"stale": "true"},
    {"uri": "*"},
)
"""Parameters beside a wrong response."""

FORGERIES: Mapping[str, Sequence[Forgery]] = {
    "wrong response, other words": [
        Forgery(
            ", ".join(
                f"no {name}" if text is None else f"{name}={text}" for name, text in each.items()
            ),
            saying(**each),
        )
        for each in OTHER_WORDS
    ],
    "response that is none": [
        Forgery("response of zeros", answering(lambda text: "0" * len(text))),
        Forgery("first half of the response", answering(lambda text: text[: len(text) // 2])),
        Forgery("user without a secret", of_nobody("")),
        Forgery("unknown user without a password", as_user("nobody-at-all", "")),
        Forgery("no name and no password", as_user("", "")),
        Forgery("wildcard for a name", under_name("%")),
        Forgery("user whose secret is None", of_nobody("None")),
        Forgery("response of a number", answering(lambda _: "0")),
        Forgery("response of a wildcard", answering(lambda _: "%")),
        Forgery("response of an asterisk", answering(lambda _: "*")),
        Forgery("response that is true", answering(lambda _: "true")),
        Forgery("response that is null", answering(lambda _: "null")),
        Forgery("response in exponents", answering(lambda text: "0e" + "1" * (len(text) - 2))),
        Forgery("response in SQL", answering(lambda _: "' OR '1'='1")),
        Forgery("user whose secret is null", of_nobody("null")),
        Forgery("admin", as_user("admin", "admin")),
        Forgery("no name, without a secret", of_nobody("", "")),
        Forgery("wildcard for a name, without a secret", of_nobody("", "%")),
    ],
    "of another request": [
        Forgery("for GET or PUT, the other one", made_for("POST")),
        Forgery("without the query", made_for(), "?page=0"),
        Forgery("without the override", made_for(), "?_method=PUT", "POST"),
        Forgery("for the list", made_for(path=PATH)),
        Forgery("for an empty uri", of_uri("")),
        Forgery("for another end of a long query", made_for(path=f"{{path}}{LONG}1"), f"{LONG}2"),
        Forgery("for the query as one value", made_for(path="{path}?page=0%26a=1"), "?page=0&a=1"),
        Forgery("for HEAD", made_for("HEAD")),
        Forgery("for another body", of_body(""), method="PUT"),
        Forgery("for a slash", of_uri("/")),
        Forgery("with a query", made_for(path="{path}?page=0")),
        Forgery("for the other query", made_for(path="{path}?page=1"), "?page=0"),
        Forgery("for DELETE", made_for("DELETE")),
        Forgery("for no method", made_for("*")),
        Forgery("for an asterisk", of_uri("*")),
        Forgery("for a path below", made_for(path="{path}/voicemail_greetings")),
        Forgery("for the root", made_for(path="/")),
        Forgery("with a suffix", made_for(path="{path}.json")),
        Forgery("for a ping", made_for(path="/miscellaneous/ping")),
    ],
    "under an override": [
        Forgery("made-up nonce, by the header", of_nonce(made_up), "", "POST", BY_HEADER),
        Forgery("made-up nonce, by _method", of_nonce(made_up), BY_QUERY, "POST"),
        Forgery("for PUT, by the header", made_for("PUT"), "", "POST", BY_HEADER),
        Forgery("for PUT, by _method", made_for("PUT", f"{{path}}{BY_QUERY}"), BY_QUERY, "POST"),
        Forgery("wrong response, by the header", saying(), "", "POST", BY_HEADER),
        Forgery("wrong response, by _method", saying(), BY_QUERY, "POST"),
        Forgery("digest for GET, by the header", made_for("GET"), "", "POST", BY_HEADER),
        Forgery("no name and no password, by _method", as_user("", ""), BY_QUERY, "POST"),
    ],
    "a parameter said twice": [
        Forgery("the list's uri and then its own", made_for(path=PATH), beside="uri"),
        Forgery("its own uri and then the list's", made_for(path=PATH), beside="uri", before=True),
        Forgery("a made-up nonce and then a right one", of_nonce(made_up), beside="nonce"),
        Forgery(
            "a right nonce and then a made-up one",
            of_nonce(made_up),
            "",
            beside="nonce",
            before=True,
        ),
        Forgery("nobody and then the right user", as_user("nobody-at-all", ""), beside="username"),
    ],
    "with another nonce": [
        Forgery("made up", of_nonce(made_up)),
        Forgery("all but its beginning different", of_nonce(edited(going_on_otherwise))),
        Forgery("empty", of_nonce(edited(lambda _: ""))),
        Forgery("zero", of_nonce(edited(lambda _: "0"))),
        Forgery("its beginning alone", of_nonce(edited(lambda nonce: nonce[: len(nonce) // 8]))),
        Forgery("backwards", of_nonce(edited(lambda nonce: nonce[::-1] + "0"))),
        Forgery("first digit different", of_nonce(edited(lambda nonce: "_" + nonce[1:]))),
    ],
}
"""What makes a digest worthless; with the first of each, servers are known to have been entered."""


def forged_entries(
    digest: ManualDigest, bait: Bait, stratum: str, name: str, *, standard: int
) -> list[Attempt]:
    """Send forgeries of a stratum by PUT of a name and by GET, and return what came of each.

    Each has a nonce that was not used before. Raises SetupFailed where there is none.
    """
    turns = range(len(METHODS))
    pairs = [
        (forgery, METHODS[(at + turn) % len(METHODS)])
        for turn, (at, forgery) in product(turns, enumerate(FORGERIES[stratum]))
    ]
    challenge = digest.challenge(PATH)
    found = []
    for forgery, turn in share(pairs, standard=standard):
        method = forgery.method or turn
        path = bait.identity.path + forgery.query
        written = forgery.written(digest, challenge, method, path)
        headers: dict[str, str | None] = {"Authorization": written}
        options: Options = {"headers": {**headers, **dict(forgery.fields)}}
        if method != "GET":
            options["data"] = {"name": name}
        exchange = digest.attempt(method, path, **options)
        found.append(Attempt(f"{method} with {forgery.name}", exchange, bait.sign))
        challenge = digest.next_challenge(exchange.response, PATH)
    return found


def require_right_put(digest: ManualDigest, bait: Bait, refused: Attempt, name: str) -> None:
    """PUT a name with the right digest, after a refusal; raise SetupFailed where it is refused."""
    path, challenged = bait.identity.path, refused.exchange.response
    response = digest.rightly_after(challenged, "PUT", path, {"name": name})
    if not response.ok:
        message = f"PUT with the right digest is answered {response.status_code}, too"
        raise SetupFailed(message)
