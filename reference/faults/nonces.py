"""Faults in what of a nonce, and of a response made with it, is looked at."""

from reference.digest import Credentials
from reference.faulty import Fault


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
