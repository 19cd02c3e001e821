"""Curl lines that repeat what led to a finding: the last request, or all of them as a script.

In a script the ids of records that a run made are variables of the shell, set by the lines that
make them: it works where the records of the run are gone, and on a server that has just started.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.config.credentials import RIGHT_IN_SHELL
from conformance.results.shell import Expansion, command
from conformance.spec.resources import RESOURCES
from conformance.wire.records import ids_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conformance.config.target import Target
    from conformance.results.shell import Part, Word
    from conformance.spec.resources import Resource
    from conformance.wire.exchanges import Exchange

QUIET_FIELDS = frozenset({"user-agent", "accept-encoding", "connection", "content-length"})
"""Header fields, in lower case, that any client sends."""

RIGHT_INSTEAD = (
    "  # the digest was made by hand, for a nonce that is spent: this sends the right one"
)

_RIGHT = Expansion(RIGHT_IN_SHELL)
_TOKEN = Expansion(f"$(printf %s \"{RIGHT_IN_SHELL}\" | base64 | tr -d '\\n')")
"""What the Basic scheme makes of the right credentials."""


@dataclass(frozen=True, slots=True)
class _Made:
    """A record, and the POST that made it."""

    resource: Resource
    id: str
    by: Exchange

    @property
    def variable(self) -> str:
        """The shell's variable for its id."""
        return f"{self.resource.singular}_{re.sub(r'[^A-Za-z0-9]', '_', self.id)}"

    @property
    def mention(self) -> str:
        """A regular expression for what names it in a URL or in a form; the id is group 1."""
        in_path = rf"/{self.resource.name}(?:\.\w+)?/"
        return rf"(?:{in_path}|\b{self.resource.id_field}=)({re.escape(self.id)})(?![\w.-])"

    def is_named_by(self, exchange: Exchange) -> bool:
        """Tell whether a request other than the one that made it names it."""
        text = f"{exchange.url} {exchange.request_body.decode('utf-8', 'replace')}"
        return exchange is not self.by and re.search(self.mention, text) is not None

    def in_word(self, word: Word) -> Word:
        """Return a word with the variable in place of the id, wherever it names the record."""
        parts: list[Part] = []
        for part in word:
            at = 0
            for found in re.finditer(self.mention, part) if isinstance(part, str) else ():
                parts += [found.string[at : found.start(1)], Expansion(f"${{{self.variable}}}")]
                at = found.end(1)
            parts.append(part[at:] if isinstance(part, str) else part)
        return tuple(parts)


def curl_line(exchange: Exchange, target: Target) -> str:
    """Return a curl command that repeats an exchange's request.

    Credentials are taken from the environment of the shell, wrong where those of the caller were. A
    digest that was made by hand cannot be repeated, since its nonce is spent: the command sends the
    right one instead, for comparison, and a comment says so.
    """
    comment = RIGHT_INSTEAD if _digest_by_hand(exchange) else ""
    return command(curl_words(exchange, target)) + comment


def script(shown: list[Exchange], before: Iterable[Exchange], target: Target) -> list[str]:
    """Return shell lines that repeat exchanges, first those that made the records they name.

    `before` is what the run has exchanged so far, in order.
    """
    made = _made([*before, *shown])
    needed = {id(each) for each in shown}
    for _ in RESOURCES:  # a record may name its owner, as often as there are kinds of them
        steps = [*(each.by for each in made if id(each.by) in needed), *shown]
        needed |= {id(each.by) for each in made if any(each.is_named_by(step) for step in steps)}
    makers = [each.by for each in made if id(each.by) in needed and each.by not in shown]
    used = [each for each in made if id(each.by) in needed]
    return [_line(step, used, target) for step in (*makers, *shown)]


def curl_words(exchange: Exchange, target: Target, *, show: str = "-i") -> list[Word]:
    """Return the words of a curl command; `show` is the option that says what it writes."""
    place: list[Part] = ["curl", show, "--path-as-is"]
    if re.search(r"[\[\]{}]", exchange.url):
        place.append("--globoff")
    if target.ca_bundle is not None and exchange.url.startswith("https"):
        place += ["--cacert", str(target.ca_bundle)]
    if target.proxy is not None:
        place += ["--proxy", target.proxy]
    if exchange.role == "outsider":
        place += ["--interface", target.denied_address or "127.0.0.2"]
    return [
        *((part,) for part in place),
        *_credentials_words(exchange, target),
        *((part,) for part in _request_parts(exchange)),
    ]


def _request_parts(exchange: Exchange) -> list[Part]:
    """Return the words for method, header fields, body and URL."""
    parts: list[Part] = []
    if exchange.method != "GET":
        parts += ["--head"] if exchange.method == "HEAD" else ["-X", exchange.method]
    for name, value in exchange.request_headers.items():
        if name.lower() not in QUIET_FIELDS | {"authorization"} and value != "*/*":
            parts += ["-H", f"{name}: {value}" if value else f"{name};"]
    body = exchange.request_body
    if body and "content-type" not in {name.lower() for name in exchange.request_headers}:
        parts += ["-H", "Content-Type:"]  # curl would call it a form
    if body:
        parts += ["--data-raw" if body.startswith(b"@") else "--data-binary", _text_of(body)]
    return [*parts, exchange.url]


def _credentials_words(exchange: Exchange, target: Target) -> list[Word]:
    """Return the words for the credentials of the caller, or for a field that was made by hand."""
    if exchange.user:
        return [("--digest",), ("-u",), (Expansion(exchange.user),)]
    if _digest_by_hand(exchange):
        return [("--digest",), ("-u",), (_RIGHT,)]
    value = exchange.request_headers.get("Authorization")
    if value is None:
        return []
    known = target.credentials
    token = base64.b64encode(f"{known.username}:{known.password}".encode()).decode()
    before, found, after = value.partition(token)
    if found and (before, after) == ("Basic ", ""):
        return [("--basic",), ("-u",), (_RIGHT,)]
    field = f"Authorization: {before}"
    return [("-H",), (field, _TOKEN, after) if found else (field,)]


def _digest_by_hand(exchange: Exchange) -> bool:
    """Tell whether the Authorization field is a digest that was made by hand for one nonce."""
    value = exchange.request_headers.get("Authorization", "").lower()
    return not exchange.user and value.startswith("digest ") and "nonce=" in value


def _text_of(body: bytes) -> str | bytes:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body


def _made(exchanges: Iterable[Exchange]) -> list[_Made]:
    found: dict[tuple[str, str], _Made] = {}
    for exchange in exchanges:
        if exchange.method != "POST" or exchange.response is None:
            continue
        for resource in RESOURCES:
            if exchange.url.endswith(f"/{resource.name}"):
                for id_ in ids_in(exchange.response, resource)[:1]:
                    found.setdefault((resource.name, id_), _Made(resource, id_, exchange))
    return [each for each in found.values() if each.id]


def _line(exchange: Exchange, used: list[_Made], target: Target) -> str:
    made = next((record for record in used if record.by is exchange), None)
    words = curl_words(exchange, target, show="-s" if made else "-i")
    for record in used:
        words = [record.in_word(word) for word in words]
    if made is None:
        return command(words)
    keep = rf"""sed -nE 's/.*"{made.resource.id_field}": *"?([^",}}]+).*/\1/p' | head -1"""
    return f"{made.variable}=$({command(words)} | {keep})"
