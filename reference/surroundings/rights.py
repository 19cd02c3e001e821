"""What an account may do, by its contract: rights, quotas, and rules about its records.

The document knows refusals with 403 and an explanation, and leaves to each account what it is for.
"""

import json
import re
import time
from functools import partial
from threading import Lock
from typing import ClassVar, Final
from urllib.parse import parse_qs, urlsplit

from reference.message import Request, Response
from reference.server import Reference

from .busy import anonymous
from .lagging import is_read
from .surrounding import CONFORMANT, Ending, Makers, Surrounding

MET: Final = (
    "suites/consuming",
    "suites/test_curl.py",
    "suites/test_custom_fields.py",
    "suites/test_overrides.py",
    "suites/test_request_data.py",
    "suites/test_status_codes.py",
    "suites/test_texts.py",
    "suites/test_ties.py",
    "suites/test_timestamps.py",
    "suites/test_truth.py",
    "suites/response_data",
)
"""The rules that an account may not be permitted to try."""
FORBIDDEN: Final = 403
INVALID: Final = 400
OK: Final = 200


def explained(status: int, words: str) -> Response:
    """Return a refusal with an explanation."""
    body = json.dumps({"errors": [words]}).encode()
    return Response(status, (("Content-Type", "application/json; charset=utf-8"),), body)


def method_of(request: Request) -> str:
    """The method that is meant."""
    query = parse_qs(urlsplit(request.target).query)
    named = query.get("_method", [request.header("X-HTTP-Method-Override") or ""])[0]
    return named.upper() or request.method


def resource_of(request: Request) -> str:
    """The last name in a path that is no id, without a suffix."""
    names = [each for each in urlsplit(request.target).path.split("/") if each]
    named = [each.partition(".")[0] for each in names[1:] if not each.isdigit()]
    return "/".join(named)


class Refuses(Surrounding):
    """Refuses what the account may not do, to those whom the server lets in."""

    options: ClassVar[tuple[str, ...]] = MET

    def __init__(self, server: Reference, *, words: str, status: int = FORBIDDEN) -> None:
        """Explain a refusal in these words."""
        super().__init__(server)
        self.refusal = explained(status, words)
        self._lock = Lock()

    def respond(self, request: Request, connection: int) -> Response:
        """Let the server look at the credentials first."""
        with self._lock:
            if request.secure and self.is_refused(request) and self.is_known(request):
                return self.refusal
            response = super().respond(request, connection)
            self.learn(request, response)
            return response

    def is_refused(self, request: Request) -> bool:
        """Whether a request is one that the account may not send."""
        raise NotImplementedError

    def learn(self, request: Request, response: Response) -> None:
        """Take note of what was done."""

    def is_known(self, request: Request) -> bool:
        """Whether the caller has the right credentials: asked by a request that changes nothing."""
        try:
            self.server.admit(request)
        except Exception:  # noqa: BLE001 - whatever it says, the server answers it itself
            return False
        return True


class RefusesMethods(Refuses):
    """Refuses methods: the account may only read, or not delete."""

    def __init__(self, server: Reference, *methods: str, words: str) -> None:
        """Refuse these."""
        super().__init__(server, words=words)
        self.methods = methods

    def is_refused(self, request: Request) -> bool:
        """Look at the method."""
        return method_of(request) in self.methods


class OnlyReads(RefusesMethods):
    """Has an account that may only read."""

    ending: ClassVar[Ending] = Ending(11, ("this user may only read",))


class DeletesNothing(RefusesMethods):
    """Has an account that may not delete."""

    ending: ClassVar[Ending] = Ending(13, ("DELETE is not offered",))


class LacksAFeature(Refuses):
    """Refuses a resource that was not bought, whatever the method."""

    ending: ClassVar[Ending] = Ending(11, ("not part of your plan",))

    def __init__(self, server: Reference, *, name: str) -> None:
        """Refuse this one."""
        super().__init__(server, words="this feature is not part of your plan")
        self.name = name

    def is_refused(self, request: Request) -> bool:
        """Look at the path."""
        return self.name in resource_of(request).split("/")


class LacksWhatIsNotDescribed(LacksAFeature):
    """Refuses a resource that the document names without saying what it does."""

    ending: ClassVar[Ending] = CONFORMANT


class HasRoomFor(Refuses):
    """Takes new customers only as long as there are fewer than so many."""

    def __init__(self, server: Reference, *, most: int, status: int = FORBIDDEN) -> None:
        """Take so many."""
        super().__init__(server, words=f"{most} customers at most in your plan", status=status)
        self.most = most

    def is_refused(self, request: Request) -> bool:
        """Count the records that there are."""
        new = method_of(request) == "POST" and resource_of(request) == "customers"
        return new and len(self.server._tables["customers"]) >= self.most  # noqa: SLF001


class HasHardlyRoomFor(HasRoomFor):
    """Takes no more customers than a few, which is not enough to try everything."""

    ending: ClassVar[Ending] = Ending(11, ("customers at most in your plan",))


class HasRoomForGreetings(Refuses):
    """Takes only so many greetings of one customer."""

    owner: ClassVar[re.Pattern[str]] = re.compile(
        r"""customers(?:\.[a-z]+)?/(\d+)|customer_id"?[=:]\s?"?(\d+)"""
    )

    def __init__(self, server: Reference, *, most: int) -> None:
        """Take so many."""
        super().__init__(server, words=f"{most} greetings of a customer at most")
        self.most = most

    def is_refused(self, request: Request) -> bool:
        """Count those of the customer that is meant."""
        if method_of(request) != "POST" or "voicemail_greetings" not in resource_of(request):
            return False
        named = self.owner.search(f"{request.target} {request.body.decode('utf-8', 'replace')}")
        customer = (named[1] or named[2]) if named else None
        greetings = self.server._tables["voicemail_greetings"].values()  # noqa: SLF001
        return sum(each.values["customer_id"] == customer for each in greetings) >= self.most


class TakesACertainForm(Refuses):
    """Takes customer numbers of digits alone, and says so: odd ones cannot be tried."""

    def is_refused(self, request: Request) -> bool:
        """Look at the number."""
        sent = parse_qs(request.body.decode("utf-8", "replace"), keep_blank_values=True)
        numbers = sent.get("custnr", [])
        return any(each and not each.isdigit() for each in numbers)


class KeepsNames(Refuses):
    """Lets nobody change the name of a customer: that is done by the support."""

    ending: ClassVar[Ending] = Ending(11, ("names of customers are changed by the support",))

    def is_refused(self, request: Request) -> bool:
        """Look for a name in an update."""
        is_change = method_of(request) == "PUT" and resource_of(request) == "customers"
        return is_change and b"name" in request.body


class RefusesDoubles(Refuses):
    """Takes a POST that is equal to another one of the last seconds for sent by mistake."""

    seconds: ClassVar[float] = 5.0

    def __init__(self, server: Reference) -> None:
        """Start without any."""
        words = "the same request was sent a moment ago"
        super().__init__(server, words=words)
        self._sent: dict[tuple[str, bytes], float] = {}

    def is_refused(self, request: Request) -> bool:
        """Look for the same."""
        came = self._sent.get((request.target, request.body))
        is_new = method_of(request) == "POST"
        return is_new and came is not None and time.monotonic() - came < self.seconds

    def learn(self, request: Request, response: Response) -> None:
        """Keep what was done."""
        if method_of(request) == "POST" and response.status == OK:
            self._sent[request.target, request.body] = time.monotonic()


class SpendsItsRequests(Refuses):
    """Lets an account send so many requests in a day, and says afterwards that they are spent."""

    ending: ClassVar[Ending] = Ending(10, ("requests of this day are spent",))

    def __init__(self, server: Reference, *, most: int, status: int = FORBIDDEN) -> None:
        """Take so many."""
        words = "the requests of this day are spent"
        super().__init__(server, words=words, status=status)
        self._left = most

    def is_refused(self, request: Request) -> bool:
        """Count."""
        del request
        self._left -= 1
        return self._left < 0


class Holds(Surrounding):
    """Answers everybody 401 until so many seconds have passed since somebody changed anything."""

    def __init__(self, server: Reference, *, seconds: float) -> None:
        """Hold the account for so many seconds after a write."""
        super().__init__(server)
        self.seconds = seconds
        self._until = 0.0

    def respond(self, request: Request, connection: int) -> Response:
        """Hold, or answer."""
        if time.monotonic() < self._until:
            request = anonymous(request)
        response = super().respond(request, connection)
        if not is_read(request) and response.status == OK:
            self._until = time.monotonic() + self.seconds
        return response


SURROUNDINGS: Makers = {
    "account-only-reads": lambda server: OnlyReads(
        server, "POST", "PUT", "DELETE", words="this user may only read"
    ),
    "account-deletes-nothing": lambda server: DeletesNothing(
        server, "DELETE", words="this user has no right to delete"
    ),
    "greetings-not-bought": partial(LacksAFeature, name="voicemail_greetings"),
    "sources-not-bought": partial(LacksWhatIsNotDescribed, name="sources"),
    "statistics-not-bought": partial(LacksAFeature, name="statistics"),
    "users-not-bought": partial(LacksWhatIsNotDescribed, name="users"),
    "room-for-thirty": partial(HasRoomFor, most=30),
    "room-for-ten-greetings": partial(HasRoomForGreetings, most=10),
    "room-for-three-greetings": partial(HasRoomForGreetings, most=3),
    "room-for-twelve": partial(HasHardlyRoomFor, most=12),
    "room-for-none": partial(HasHardlyRoomFor, most=1),
    "room-for-sixty-400": partial(HasRoomFor, most=60, status=INVALID),
    "numbers-of-digits": partial(
        TakesACertainForm, words="custnr may have digits alone", status=INVALID
    ),
    "names-are-kept": partial(KeepsNames, words="names of customers are changed by the support"),
    "refuses-doubles": RefusesDoubles,
    "day-of-800-requests": partial(SpendsItsRequests, most=800),
}
