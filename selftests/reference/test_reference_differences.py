"""One thing can be done differently by overriding one small method."""

from collections.abc import Callable, Mapping, Sequence

import pytest
from asking import Knowing, ask, content, names

from reference import Request, Response
from reference.message import values_of
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Answer, Value, Wire
from reference.resources import Resource


class TakesNoJson(Knowing):
    """Takes forms only."""

    def takes_json(self, resource: Resource, method: str) -> bool:
        """Take it nowhere."""
        del resource, method
        return False


class RefusesUnknownParameters(Knowing):
    """Tells a caller about a parameter that it does not know."""

    def unknown_parameter(self, resource: Resource, method: str, name: str) -> None:
        """Refuse it."""
        del resource, method
        raise Refusal(400, f"{name} is unknown")


class KnowsPathsOnly(Knowing):
    """Answers an unknown id in the path with 404."""

    def nothing_found(self, operation: Operation) -> None:
        """Refuse it if it is in the path."""
        if operation.ids:
            self.unknown_record(operation)


class Creates(Knowing):
    """Creates with PUT, too."""

    def unknown_record(self, operation: Operation) -> Record:
        """Create the record."""
        self.create(operation)
        return self.addressed_record(operation)


class TellsNumbers(Knowing):
    """Shows ids as numbers."""

    def wire_value(self, name: str, value: Value) -> Wire:
        """Make numbers of digits."""
        shown = super().wire_value(name, value)
        return int(shown) if isinstance(shown, str) and shown.isdigit() else shown


class SaysNothing(Knowing):
    """Answers DELETE without a body."""

    def succeeded(self, operation: Operation, answer: Answer) -> Response:
        """Leave the body out."""
        response = super().succeeded(operation, answer)
        return Response(200) if operation.method == "DELETE" else response


class IsNotImplemented(Knowing):
    """Answers 501 instead of 405."""

    def method_not_allowed(self, resource: Resource, method: str, methods: tuple[str, ...]) -> None:
        """Refuse it otherwise."""
        del resource, method, methods
        raise Refusal(501, "not implemented")


class CutsLongValues(Knowing):
    """Cuts what is too long."""

    def too_long(self, field: object, text: str) -> str:
        """Keep the beginning."""
        del field
        return text[:60]


class ClampsThePageSize(Knowing):
    """Makes do with the largest page."""

    def invalid_pagesize(self, text: str) -> int:
        """Take the largest page."""
        del text
        return self.largest_pagesize


class ExplainsAtLength(Knowing):
    """Has errors that are objects."""

    def errors(self, refusal: Refusal) -> Sequence[str | Mapping[str, Value]]:
        """Wrap the explanations."""
        return [{"message": each} for each in refusal.explanations]


@pytest.mark.parametrize(
    ("kind", "method", "target", "body", "expected"),
    [
        (RefusesUnknownParameters, "GET", "/customers?x=1", "", 400),
        (RefusesUnknownParameters, "POST", "/customers?_method=PUT&customer_id=1", "name=x", 200),
        (KnowsPathsOnly, "GET", "/customers/999", "", 404),
        (KnowsPathsOnly, "GET", "/customers?customer_id=999", "", 200),
        (Creates, "PUT", "/customers/125", "name=x&custnr=n", 200),
        (SaysNothing, "DELETE", "/customers/1", "", 200),
        (IsNotImplemented, "PATCH", "/customers", "", 501),
        (CutsLongValues, "PUT", "/customers/1", f"name={'x' * 61}", 200),
        (ClampsThePageSize, "GET", "/customers?pagesize=1001", "", 200),
    ],
)
def test_a_small_override_changes_the_status(
    kind: type[Knowing], method: str, target: str, body: str, expected: int
) -> None:
    """The subclass answers otherwise than the reference server, which does the same elsewhere."""
    assert ask(kind(), method, target, body).status == expected
    assert ask(kind(), "GET", "/customers/1").status == 200


def test_a_small_override_changes_the_body() -> None:
    """Values and explanations can look different."""
    numbers = ask(TellsNumbers(), "GET", "/customers/1")
    objects = ask(ExplainsAtLength(), "POST", "/customers")
    as_json = ask(TakesNoJson(), "POST", "/customers", "{}", content_type="application/json")

    assert names(numbers, "customer_id") == [1]
    assert content(objects)["errors"] == [{"message": "name is missing or empty"}]
    assert "pairs" in content(as_json)["errors"][0]


def challenge_of(change: Callable[[Knowing], None]) -> str:
    """The challenge of a server that was changed."""
    server = Knowing()
    change(server)
    (value,) = values_of(server.unauthorized(stale=True).headers, "WWW-Authenticate")
    return value


def test_the_challenge_can_be_an_older_one() -> None:
    """Without qop and opaque the challenge is that of RFC 2069."""

    def age(server: Knowing) -> None:
        server.qop = server.opaque = None

    assert challenge_of(age).endswith(", algorithm=MD5, stale=true")
    assert "qop" not in challenge_of(age)
    assert "opaque" not in challenge_of(age)


def test_a_request_can_be_looked_at_first() -> None:
    """What was asked for is there in every operation, as it arrived."""

    class Remembers(Knowing):
        """Keeps what was asked for."""

        seen: Request | None = None

        def perform(self, operation: Operation) -> Answer:
            """Keep it."""
            self.seen = operation.request
            return super().perform(operation)

    server = Remembers()
    ask(server, "GET", "/customers")

    assert server.seen is not None
    assert server.seen.target == "/2.4.9/customers"
