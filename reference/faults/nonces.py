"""Faults in what of a nonce, and of a response made with it, is looked at."""

from string import hexdigits

from reference.digest import Credentials
from reference.faulty import Fault
from reference.message import Request
from reference.refusal import Refusal


class ComparesTheEnd(Fault, breaks="tampered-digest-refused"):
    """Compares all but the first eight digits of the response."""

    def expected_response(self, credentials: Credentials, method: str, secret: str) -> str:
        """Begin what is expected as what was given begins."""
        expected = super().expected_response(credentials, method, secret)
        return credentials.response[:8] + expected[8:]


class SealsPartOfTheNonce(Fault, breaks="tampered-digest-refused"):
    """Seals a nonce without its first four characters, which anybody may change."""

    def seal(self, text: str) -> str:
        """Leave them out."""
        return super().seal(text[4:])

    def is_issued(self, nonce: str) -> bool:
        """Want digits, whichever they are."""
        return set(nonce[:4]) <= set(hexdigits) and super().is_issued(nonce)


class ForbidsTheSecondUse(
    Fault,
    breaks=(
        "nonce-serves-again-or-is-renewed tampered-digest-refused reads-follow-the-last-write "
        "other-version-takes-updates refusal-has-one-code-in-each-type "
        "accept-selects-type-of-lists host-in-capitals-is-the-same "
        "browser-is-refused-as-others-are"
    ),
):
    """Answers 403 where the first request of a nonce is sent again, instead of a challenge."""

    def __init__(self, **settings: object) -> None:
        """Start without knowing what any nonce was used for."""
        super().__init__(**settings)  # type: ignore[arg-type]  # those of the reference server
        self._first: dict[str, str] = {}

    def authenticate(self, request: Request) -> str:
        """Compare the target of a GET with that of the first use."""
        found = self.credentials(request)
        first = "" if found is None else self._first.setdefault(found.nonce, found.uri)
        again = found is not None and found.nc == "00000002" and found.uri == first
        if again and request.method == "GET":
            raise Refusal(403, "This nonce was used before")
        return super().authenticate(request)
