"""What every text of a run goes through on its way out: no secret is left in it, and none acts."""

from __future__ import annotations

import base64
import html
import json
import re
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote, quote_plus

from conformance.results.encoded import replaced_where
from conformance.results.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from conformance.config.credentials import Credentials
    from conformance.wire.exchanges import Exchange

REDACTED = "[redacted]"

SECRET_PARAMETERS = re.compile(
    r'\b(username\*?|response|cnonce)\s*=\s*("(?:[^"\\]|\\.)*"|[^\s,]+)', re.IGNORECASE
)
"""What is secret of an Authorization field: the name of a parameter, and its value."""

_ECHOED = re.compile(
    r"""((?:\b|(?<=%[0-9A-F]{2}))(?:response|cnonce)(?:=|%3D)
    (?:\\*["']|&quot;|&\#34;|%22)?)[\w+/=.-]{12,}""",
    re.IGNORECASE | re.VERBOSE,
)
"""A digest after its name; curl sends some that the journal does not have."""

_BEGINNING = 16
"""The number of characters by which a digest is recognized, also where it is cut."""

_HEXADECIMAL = re.compile(rf"[0-9a-f]{{{_BEGINNING},}}", re.IGNORECASE)
"""A text that may contain a digest that was sent."""

_SHORTEST = 4
"""The minimum length of a secret that is also looked for within words, and as hexadecimal."""

_SHORTEST_CORE = 8
"""The minimum length of a part of a base64 text that is looked for."""


class Sent(Protocol):
    """What a run has sent so far."""

    @property
    def exchanges(self) -> Sequence[Exchange]:
        """Every exchange so far, in order."""


@lru_cache(8)
def _secrets(*credentials: Credentials) -> re.Pattern[str]:
    """Return what finds all that is secret of credentials, the longest first."""
    known = {"", *(each.username for each in credentials)}
    found = set().union(*map(_secrets_of, credentials)) - known
    return re.compile("|".join(map(_pattern, sorted(found, key=len, reverse=True))) or "(?!)")


def _secrets_of(credentials: Credentials) -> set[str]:
    """Return what of credentials is secret, in each spelling."""
    pair = f"{credentials.username}:{credentials.password}".encode()
    return {base64.b64encode(pair).decode(), *spellings_of(credentials.password)}


class Redactor:
    """Removes a caller's credentials from texts, in each spelling in which they may appear.

    It also removes every digest that the run has sent so far, since passwords can be tried on it: a
    server may send it back in any later response.
    """

    def __init__(
        self,
        credentials: Credentials,
        sent: Sent | None = None,
        other: Credentials | None = None,
    ) -> None:
        """Take the credentials that must not be shown, and what tells the digests of the run."""
        both = [each for each in (credentials, other) if each is not None]
        self._secrets = _secrets(*both)
        self._passwords = [each.password for each in both]
        self._sent = sent
        self._seen = 0
        self._digests: dict[str, str] = {}

    def __call__(self, text: str) -> str:
        """Return a text without the credentials, printable; what is so already stays as it is."""
        if not text:
            return text
        self._learn()
        text = self._secrets.sub(REDACTED, text)
        text = _ECHOED.sub(rf"\1{REDACTED}", text)
        text = replaced_where(text, self._tells, REDACTED)
        return printable(_HEXADECIMAL.sub(lambda run: self._without_digests(run[0]), text))

    def _tells(self, text: str) -> bool:
        """Tell whether a text that is written in another way has a secret in it, or its start."""
        return (
            self._secrets.search(text) is not None
            or any(each.startswith(text) for each in self._passwords if len(text) >= _SHORTEST)
            or _ECHOED.search(text) is not None
            or any(self._without_digests(run) != run for run in _HEXADECIMAL.findall(text))
        )

    def _learn(self) -> None:
        """Take up the digests of what was sent since the last time."""
        exchanges = self._sent.exchanges if self._sent is not None else ()
        for exchange in exchanges[self._seen :]:
            sent = exchange.request_headers.get("Authorization", ""), *exchange.proofs
            for part in SECRET_PARAMETERS.finditer(", ".join(sent)):
                digest = part[2].strip('"').lower()
                if _HEXADECIMAL.fullmatch(digest):
                    self._digests[digest[:_BEGINNING]] = digest
        self._seen = len(exchanges)

    def _without_digests(self, run: str) -> str:
        """Return hexadecimal digits without the digests among them, wherever they begin."""
        digits, kept, at = run.lower(), "", 0
        beginnings = (digits[at : at + _BEGINNING] for at in range(len(digits) - _BEGINNING + 1))
        if self._digests.keys().isdisjoint(beginnings):
            return run
        while at < len(digits):
            digest = self._digests.get(digits[at : at + _BEGINNING], "")
            kept += REDACTED if digest else run[at]
            alike = zip(digits[at : at + len(digest)], digest, strict=False)
            at += len([*takewhile(lambda pair: pair[0] == pair[1], alike)]) or 1
        return kept


def spellings_of(secret: str) -> set[str]:
    """Return a secret as URLs, JSON, XML, HTML, Python, base64 and other encodings write it."""
    octets = secret.encode()
    once = {quote(secret), quote(secret, safe=""), quote_plus(secret)}
    percent_encoded = {*once, *(quote(each, safe="") for each in once)}
    return {
        secret,
        *percent_encoded,
        *(re.sub("%..", lambda each: each[0].lower(), each) for each in percent_encoded),
        json.dumps(secret)[1:-1],
        json.dumps(secret, ensure_ascii=False)[1:-1],
        html.escape(secret),
        html.escape(secret, quote=False),
        html.escape(secret, quote=False).replace('"', "&quot;"),
        html.escape(secret).encode("ascii", "xmlcharrefreplace").decode(),
        repr(secret)[1:-1],
        *(
            secret.encode(encoding, "replace").decode("utf-8", "backslashreplace")
            for encoding in ("latin-1", "utf-16-le", "utf-16-be")
            if encoding != "latin-1" or _fits_latin_1(secret)
        ),
        *((octets.hex(), octets.hex().upper()) if len(octets) >= _SHORTEST else ()),
        *_middles_in_base64(octets),
    }


def _pattern(secret: str) -> str:
    """Return a pattern of a secret; a very short one counts as a word of its own alone."""
    found = re.escape(secret)
    return found if len(secret) >= _SHORTEST else rf"(?<!\w){found}(?!\w)"


def _fits_latin_1(text: str) -> bool:
    return all(ord(char) <= 0xFF for char in text)  # noqa: PLR2004  (the last of Latin-1)


def _middles_in_base64(octets: bytes) -> Iterator[str]:
    """Yield the base64 of bytes within other bytes, as far as it does not depend on those."""
    for before, cut in ((0, 0), (1, 2), (2, 3)):
        whole = (before + len(octets)) * 8 // 6  # characters that nothing after them changes
        core = base64.b64encode(b"\0" * before + octets).decode()[cut:whole]
        if len(core) >= _SHORTEST_CORE:
            yield core
            yield core.replace("+", "-").replace("/", "_")
