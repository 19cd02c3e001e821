"""A caller who writes the Authorization field by hand, to make one thing wrong."""

from __future__ import annotations

import itertools
import secrets
from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Unpack

from conformance.clients.client import Client
from conformance.verdicts import SetupFailed
from conformance.wire.digest import (
    Challenge,
    authorization,
    challenges,
    digest_fields,
    may_answer_again,
    usable_challenge,
)
from conformance.wire.transport import target_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from conformance.clients.client import Where
    from conformance.config.credentials import Credentials
    from conformance.spec.addressing import Options
    from conformance.wire.digest import Chosen
    from conformance.wire.gate import Gate
    from conformance.wire.responses import Response
    from conformance.wire.transport import Transport


DIGITS_OF_COUNTERS = 10
"""Numbers with fewer digits than this may be nonces that a server has issued or will issue."""


class ManualDigest(Client):
    """A caller who knows the right credentials and can answer a challenge rightly or wrongly."""

    def __init__(
        self, gate: Gate, transport: Transport, credentials: Credentials, **where: Unpack[Where]
    ) -> None:
        """Make the caller, who sends no credentials unless told to."""
        super().__init__(gate, transport, role="manual digest", **where)
        self._known = credentials

    def challenge(self, path: str, algorithm: str | None = None) -> Challenge:
        """GET a path without credentials and return the challenge, of a given algorithm if any.

        Raises SetupFailed where there is none that a digest client can answer.
        """
        return challenge_of(self.get(path), path, algorithm)

    def next_challenge(self, response: Response | None, path: str) -> Challenge:
        """Return the challenge of a response; where it has none, that of a GET of a path."""
        values = [] if response is None else response.all("WWW-Authenticate")
        return usable_challenge(values) or self.challenge(path)

    def algorithms(self, path: str) -> list[str]:
        """Return the algorithms of the challenges for a path that a digest client can answer."""
        response = self.get(path)
        challenge_of(response, path)
        offered = challenges(response.all("WWW-Authenticate"))
        return [each.parameters.get("algorithm", "MD5") for each in offered if each.usable]

    def fields(
        self, challenge: Challenge, method: str, path: str, **chosen: Unpack[Chosen]
    ) -> dict[str, str]:
        """Return the parameters of the right digest for a challenge, but for what is chosen."""
        return digest_fields(challenge, self._known, method, target_of(self.url(path)), **chosen)

    def send_with(
        self, method: str, path: str, fields: dict[str, str], data: Mapping[str, str] | None = None
    ) -> Response:
        """Send a request that carries the given digest parameters, and a form if there is one."""
        options: Options = {"headers": {"Authorization": authorization(fields)}}
        if data is not None:
            options["data"] = data
        return self.request(method, path, **options)

    def answering(self, challenge: Challenge, path: str) -> Response:
        """GET a path with the right digest for a challenge.

        Where it is refused on a new connection, or since its nonce is stale, the challenge that
        comes with that is answered in its turn, within bounds: the request may have come to another
        process of the server, which has not issued the nonce.
        """
        algorithm = challenge.parameters.get("algorithm", "MD5")
        for sent in itertools.count(1):
            response = self.send_with("GET", path, self.fields(challenge, "GET", path))
            another = first_challenge(response, algorithm)
            if response.ok or another is None or not (response.anew or another.stale):
                break
            if not may_answer_again(response.all("WWW-Authenticate"), sent):
                break
            challenge = another
        return judged_where_it_belongs(response)

    def rightly_after(
        self, challenged: Response | None, method: str, path: str, data: Mapping[str, str]
    ) -> Response:
        """Send a form with the right digest for what a refusal asked for, within bounds."""
        for sent in itertools.count(1):
            fields = self.fields(self.next_challenge(challenged, path), method, path)
            response = challenged = self.send_with(method, path, fields, data)
            if response.ok or not may_answer_again(response.all("WWW-Authenticate"), sent):
                break
        return judged_where_it_belongs(response)

    def rightly(self, path: str, algorithm: str | None = None) -> Response:
        """GET a path with the right digest for a challenge of its own; see `answering`."""
        return self.answering(self.challenge(path, algorithm), path)

    def accepted(self, path: str, algorithms: Iterable[str]) -> list[str]:
        """Return those of some algorithms by whose right digest a GET of a path succeeds."""
        return [each for each in algorithms if self.rightly(path, each).ok]

    def authorized(self, path: str) -> Response:
        """GET a path with the right digest; raises SetupFailed where that fails."""
        response = self.rightly(path)
        if not response.ok:
            message = f"{path} was answered {response.status_code} to the right digest"
            raise SetupFailed(message)
        return response


def judged_where_it_belongs(response: Response) -> Response:
    """Return what a right digest was answered; raises SetupFailed where that says nothing.

    A server closes a connection without a word, and another of its processes need not know what
    came over that one.
    """
    if response.status_code == HTTPStatus.UNAUTHORIZED and response.moved:
        message = "the server closed the connection before the challenge that came over it was met"
        raise SetupFailed(message)
    return response


def challenge_of(response: Response, path: str, algorithm: str | None = None) -> Challenge:
    """Return the first usable challenge of a response; raises SetupFailed where there is none."""
    challenge = first_challenge(response, algorithm)
    if challenge is None:
        message = f"{path} was answered {response.status_code} without a digest challenge"
        raise SetupFailed(message)
    return challenge


def first_challenge(response: Response, algorithm: str | None = None) -> Challenge | None:
    """Return the first usable challenge of a response, of a given algorithm if any, or None."""
    for challenge in challenges(response.all("WWW-Authenticate")):
        if challenge.usable and algorithm in (None, challenge.parameters.get("algorithm", "MD5")):
            return challenge
    return None


def made_up(challenge: Challenge) -> Challenge:
    """Return a challenge with a random nonce of the same length."""
    length = len(challenge.parameters["nonce"])
    return with_nonce(challenge, secrets.token_hex(length // 2 + 1)[:length])


def with_nonce(challenge: Challenge, nonce: str) -> Challenge:
    """Return a challenge with another nonce; of short numbers one that no counter comes to."""
    if nonce.isdecimal() and len(nonce) < DIGITS_OF_COUNTERS:
        nonce = f"_{nonce[1:]}"
    return replace(challenge, parameters=challenge.parameters | {"nonce": nonce})
