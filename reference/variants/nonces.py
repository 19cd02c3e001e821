"""Freedoms of what a nonce looks like, and of how it is read."""

import base64
import re
from dataclasses import replace

from reference.digest import Credentials
from reference.faulty import Variant
from reference.message import Request

LENGTH = 64
"""Characters of a nonce before it is encoded."""


def decoded(nonce: str) -> str:
    """What a lenient decoder reads: it passes over all that is no base64, and over the end."""
    kept = re.sub("[^A-Za-z0-9+/]", "", nonce) + "A" * 2 * LENGTH
    octets = base64.b64decode(kept[: len(kept) // 4 * 4])[:LENGTH]
    return octets.decode("latin-1")


def encoded(text: str) -> str:
    """A nonce as it goes over the wire."""
    return base64.b64encode(text.encode("latin-1")).decode()


class DecodesNoncesLeniently(Variant):
    """Has nonces in base64, and passes over the padding when it reads one (RFC 7616, 3.3)."""

    def new_nonce(self) -> str:
        """Encode it."""
        return encoded(super().new_nonce())

    def credentials(self, request: Request) -> Credentials | None:
        """Take the nonce for the one that it decodes to."""
        known = super().credentials(request)
        if known is None:
            return None
        return replace(
            known, nonce=base64.b64encode(decoded(known.nonce).encode("latin-1")).decode()
        )

    def is_issued(self, nonce: str) -> bool:
        """Look at what is encoded."""
        return super().is_issued(decoded(nonce))

    def issued(self, nonce: str) -> int:
        """Read what is encoded."""
        return super().issued(decoded(nonce))


class CountsItsNonces(Variant):
    """Nonces are plain numbers, one after another; their form is the server's to choose."""

    def new_nonce(self) -> str:
        """Count on."""
        known: dict[str, int] = self.__dict__.setdefault("counted", {})
        nonce = str(len(known) + 1)
        known[nonce] = int(self.now().timestamp() * 1_000_000)
        return nonce

    def is_issued(self, nonce: str) -> bool:
        """Whether it was counted."""
        return nonce in self.__dict__.get("counted", {})

    def issued(self, nonce: str) -> int:
        """When it was counted."""
        counted: dict[str, int] = self.__dict__["counted"]
        return counted[nonce]
