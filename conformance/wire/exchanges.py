"""One request and its response, and the exchanges of one generated example."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING

from conformance.spec.media_types import JSON, JSON_TYPES, XML, XML_TYPES
from conformance.wire.outgoing import Outgoing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.wire.compared import Comparison, Unaccepted
    from conformance.wire.responses import Response

MOST_OF_A_TARGET = 80
"""Characters of a request target that the text of an exchange shows."""


@dataclass(frozen=True)
class Exchange:
    """One request as it was sent, and its response.

    `role` is the caller's (api, anonymous, ...). Where no response came, `response` is None and
    `failure` says why. `seconds` is the time to the last byte. `user` is how a shell spells the
    credentials that the caller has; "" where it has none, or has written them by hand. `version` is
    that of HTTP on the request line. `proofs` are Authorization fields that were sent and that its
    header fields do not show.
    """

    role: str
    method: str
    url: str
    request_headers: Mapping[str, str]
    request_body: bytes
    response: Response | None
    seconds: float
    failure: str = ""
    user: str = ""
    version: str = "HTTP/1.1"
    proofs: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Return the exchange in one line: "GET /2.4.9/customers: 200, JSON"."""
        target = "/" + self.url.split("/", 3)[-1]
        shown = target[:MOST_OF_A_TARGET] + "..." * (len(target) > MOST_OF_A_TARGET)
        return f"{self.method} {shown}: {self._answered}"

    @property
    def _answered(self) -> str:
        """The answer in a few words: status and representation, or why there is none."""
        if self.response is None:
            return self.failure or "no answer"
        named = self.response.media_type or "no media type"
        kinds = {**dict.fromkeys(JSON_TYPES, JSON), **dict.fromkeys(XML_TYPES, XML)}
        kind = kinds.get(named, named) if self.response.content else "no body"
        return f"{self.response.status_code}, {kind}"

    @property
    def answer(self) -> Response:
        """The response; raises ValueError where none came."""
        if self.response is None:
            message = f"{self!r}: there is no response"
            raise ValueError(message)
        return self.response

    @property
    def asked(self) -> tuple[str, str, str]:
        """The caller and the request: role, method and URL."""
        return self.role, self.method, self.url

    @property
    def authorized(self) -> bool:
        """Whether the request carried credentials of any kind."""
        return "Authorization" in self.request_headers

    @property
    def resent(self) -> bool:
        """Whether it was sent twice: the server had closed the idle connection."""
        return self.response is not None and self.response.resent

    @property
    def challenged(self) -> bool:
        """Whether the request had no credentials and was answered 401."""
        return (
            not self.authorized
            and self.response is not None
            and self.response.status_code == HTTPStatus.UNAUTHORIZED
        )

    @cached_property
    def outgoing(self) -> Outgoing:
        """The request as it was before it was sent."""
        return Outgoing(self.method, self.url, self.request_headers, self.request_body)

    def is_round_trip_of(self, following: Exchange) -> bool:
        """Tell whether this only fetched the challenge that the following exchange answers."""
        return self.challenged and following.authorized and self.asked == following.asked

    def asks_again(self, earlier: Exchange) -> bool:
        """Tell whether this is the same request as an earlier one, apart from its credentials."""
        return self.asked == earlier.asked and self.request_body == earlier.request_body

    def repeats(self, earlier: Exchange) -> bool:
        """Tell whether this is the same GET as an earlier one, for the same representation."""
        accepted = [each.request_headers.get("Accept") for each in (self, earlier)]
        return (
            accepted[0] == accepted[1]
            and self.method == "GET"
            and self.authorized == earlier.authorized
            and self.asked == earlier.asked
        )


@dataclass(frozen=True, slots=True)
class Example:
    """One set of generated values, as text, its exchanges, and what did not hold of it."""

    values: tuple[str, ...]
    exchanges: tuple[Exchange, ...]
    comparison: Comparison | None = None
    unaccepted: Unaccepted | None = None
