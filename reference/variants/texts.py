"""Freedoms of texts: which are refused, and how much is stored of one that is too long."""

import re
from datetime import datetime, timedelta

from reference.faulty import Variant
from reference.message import Request, Response
from reference.operation import Operation
from reference.refusal import Refusal
from reference.representation import Value
from reference.resources import GREETINGS, SOURCES, USERS, Field

CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
ODD = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ue000-\uf8ff]")
CODE = re.compile(r"<|&#|--|/\*|\.\./|\$\{|\bOR\b|SELECT|script", re.IGNORECASE)
LONGEST_NAME = 255
LONGEST_QUERY = 1500
LARGEST_BODY = 20_000
ZONE = timedelta(hours=2)
LAST_YEAR = 2037
BASIC_PLANE = 0xFFFF


class Refuses(Variant):
    """Refuses nothing more; the variants below say what else is invalid (S39)."""

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Refuse what is invalid."""
        if self.is_refused(operation, field, text):
            raise Refusal(400, f"{field.name} has characters that are not allowed")
        return super().value_sent(operation, field, text)

    def is_refused(self, operation: Operation, field: Field, text: str) -> bool:
        """Whether a text is invalid."""
        del operation, field, text
        return False


class RefusesControls(Refuses):
    """Refuses control characters and every line break in a text (S39)."""

    def is_refused(self, operation: Operation, field: Field, text: str) -> bool:
        """Look for one."""
        del operation, field
        return bool(CONTROLS.search(text))


class RefusesWhatLooksLikeCode(Refuses):
    """Refuses texts that look like code, as a firewall of applications does (S41)."""

    def is_refused(self, operation: Operation, field: Field, text: str) -> bool:
        """Look for signs of it."""
        del operation, field
        return bool(CODE.search(text))


class RefusesOddCharacters(Refuses):
    """Refuses characters of private use, and those that are not seen (S39)."""

    def is_refused(self, operation: Operation, field: Field, text: str) -> bool:
        """Look for one."""
        del operation, field
        return bool(ODD.search(text))


class RefusesOuterPlanes(Refuses, deviates="full-length-values-come-back"):
    """Refuses characters beyond the basic plane: its storage does not hold them (S39)."""

    def is_refused(self, operation: Operation, field: Field, text: str) -> bool:
        """Look for one."""
        del operation, field
        return any(ord(each) > BASIC_PLANE for each in text)


class RefusesOuterBlanks(Refuses):
    """Refuses a text that begins or ends with a blank (S39)."""

    def is_refused(self, operation: Operation, field: Field, text: str) -> bool:
        """Look at its ends."""
        del operation, field
        return text != text.strip()


class RefusesLongNames(Refuses):
    """Refuses a name of more than 255 characters, whatever it is the name of (S39)."""

    def is_refused(self, operation: Operation, field: Field, text: str) -> bool:
        """Count them."""
        del operation
        return field.name in {"name", "media"} and len(text) > LONGEST_NAME


class CutsNamesOfGreetings(Variant):
    """Stores no more than 255 characters of the name of a greeting.

    Ambiguity: `too-long-value`.
    """

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Cut it."""
        value = super().value_sent(operation, field, text)
        cut = operation.resource is GREETINGS and isinstance(value, str)
        return value[:LONGEST_NAME] if cut and isinstance(value, str) else value


class CutsShortNamesOfGreetings(Variant):
    """Stores no more than 60 characters of the name of a greeting, as of a customer's.

    Ambiguity: `too-long-value`.
    """

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Cut it."""
        value = super().value_sent(operation, field, text)
        cut = operation.resource is GREETINGS and isinstance(value, str)
        return value[:60] if cut and isinstance(value, str) else value


class RefusesLongRequests(Variant, deviates="long-request-is-answered"):
    """Refuses long URLs with 414 and large bodies with 413, as servers in front do (RFC 9110)."""

    def answered(self, request: Request) -> Response:
        """Look at the size first."""
        if len(request.target) > LONGEST_QUERY:
            return Response(414, (("Content-Type", "text/html"),), b"<html>too long</html>")
        if len(request.body) > LARGEST_BODY:
            return Response(413, (("Content-Type", "text/html"),), b"<html>too large</html>")
        return super().answered(request)


class TakesMomentsOfAZone(Variant):
    """Takes what callers write for the time two hours ahead of UTC, and shows it in UTC (S46)."""

    def moment(self, name: str, text: str) -> datetime:
        """Go back."""
        found = super().moment(name, text)
        return found - ZONE if name in MOMENTS else found


class RefusesFarMoments(Variant):
    """Refuses a moment that its storage cannot hold, with the year 2038 or later (S39)."""

    def moment(self, name: str, text: str) -> datetime:
        """Refuse it."""
        found = super().moment(name, text)
        return found if found.year <= LAST_YEAR else self.invalid_moment(name, text)


class TakesNoMoments(Variant):
    """Ignores what callers write for the moments of a source: a page names them as output."""

    def values_sent(self, operation: Operation) -> dict[str, Value]:
        """Leave them out."""
        values = super().values_sent(operation)
        if operation.resource is not SOURCES:
            return values
        return {name: value for name, value in values.items() if name not in MOMENTS}


MOMENTS = frozenset({"timestamp", "expire"})


class NamesUsersByTheirAddress(Refuses):
    """Refuses a user's name that no person has: digits and signs alone (S39)."""

    def is_refused(self, operation: Operation, field: Field, text: str) -> bool:
        """Look for a letter."""
        named = operation.resource is USERS and field.name == "name" and bool(text)
        return named and not any(each.isalpha() for each in text)
