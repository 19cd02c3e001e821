"""Faults of servers that judge a request by its company: cookies, keys, browsers."""

import re
from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus

from reference.faulty import Fault, LetsIn
from reference.message import Request, Response
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Answer
from reference.resources import SOURCES

SESSION = re.compile(r"(?:^|;)\s*PHPSESSID=([^;\s]+)")


class UpgradesPastTheGuard(LetsIn, breaks="forged-fields-let-nobody-in"):
    """Its proxy hands a request that asks for an upgrade to h2c on, past the guard."""

    def is_let_in(self, request: Request) -> bool:
        """Whether the request asks for HTTP/2 in clear text."""
        return (request.header("Upgrade") or "").strip().lower() == "h2c"


class AdoptsSessions(Fault, breaks="cookie-of-a-caller-is-no-credential"):
    """Keeps whom it knows in the session that the caller's own cookie names."""

    def __init__(self, **options: object) -> None:
        """Start without a session."""
        super().__init__(**options)  # type: ignore[arg-type]
        self.sessions: dict[str, str] = {}

    def authenticate(self, request: Request) -> str:
        """Take the account from the session, if there is one."""
        found = SESSION.search(request.header("Cookie") or "")
        name = found[1] if found else ""
        if request.header("Authorization") is None and name in self.sessions:
            return self.sessions[name]
        account = super().authenticate(request)
        if name:
            self.sessions[name] = account
        return account


class OverridesTwice(Fault, breaks="override-may-be-said-twice"):
    """Has a middleware for each way of overriding: the second finds no POST any more."""

    def override(self, request: Request, query: Mapping[str, str]) -> str | None:
        """Refuse what is overridden both ways, though both name the same method."""
        if None not in {self.override_in_url(query), self.override_in_header(request)}:
            raise Refusal(405, "Only a POST can be overridden")
        return super().override(request, query)


class FailsOnRaisedDigits(Fault, breaks="odd-query-causes-no-trouble"):
    """Asks `isdigit` what is a number, and fails on those that are none: a raised 2."""

    def number(self, text: str) -> None:
        """Make a number of what seems to be one."""
        if text.isdigit():
            try:
                int(text[:9])
            except ValueError:
                raise Refusal(500, "invalid literal for int() with base 10") from None

    def is_id(self, segment: str) -> bool:
        """Whether a path segment is an id."""
        self.number(segment)
        return super().is_id(segment)

    def id_value(self, name: str, text: str) -> str:
        """The id that a parameter tells."""
        self.number(text)
        return super().id_value(name, text)


class RemembersParents(Fault, breaks="nothing-is-made-below-what-is-not-there"):
    """Keeps customers whose greetings were asked for: POST creates below a deleted one."""

    def __init__(self, **options: object) -> None:
        """Start with nothing in the cache."""
        super().__init__(**options)  # type: ignore[arg-type]
        self.parents: dict[tuple[str, str], Record] = {}

    def parent(self, operation: Operation) -> Record | None:
        """The customer whose greetings are meant; for a POST, the cache will do."""
        found = super().parent(operation)
        key = operation.account, operation.parent_id or ""
        if found:
            self.parents[key] = found
        return found or (self.parents.get(key) if operation.method == "POST" else None)


class MergesWhatHasAnId(Fault, breaks="post-of-a-copy-leaves-the-original"):
    """POST of a source in JSON that names a source_id saves it over the record that has it."""

    def create(self, operation: Operation) -> Answer:
        """Save an entity: with an id, it is taken for one that is known."""
        if operation.resource is SOURCES and self.is_json(operation.request):
            for record in self.candidates(operation):
                if record.id == operation.record_id:
                    changes = self.changed_values(operation, record, self.values_sent(operation))
                    return self.updated(operation, self.replace(SOURCES, record, changes))
        return super().create(operation)


class CreatesOncePerKey(Fault, breaks="key-of-a-request-hides-no-other"):
    """Answers a POST as the first with the same Idempotency-Key, though it says other things."""

    def __init__(self, **options: object) -> None:
        """Start with no answer kept."""
        super().__init__(**options)  # type: ignore[arg-type]
        self.kept: dict[tuple[str, str], Answer] = {}

    def perform(self, operation: Operation) -> Answer:
        """Carry an operation out, unless its key was there before."""
        key = operation.request.header("Idempotency-Key")
        if operation.method != "POST" or key is None:
            return super().perform(operation)
        if (operation.account, key) not in self.kept:
            self.kept[operation.account, key] = super().perform(operation)
        return self.kept[operation.account, key]


class RefusesBrowsersInHtml(Fault, breaks="browser-is-refused-as-others-are"):
    """Refuses with an HTML page where the User-Agent begins like that of a browser."""

    def refused(self, request: Request, refusal: Refusal) -> Response:
        """The response to a request that was refused."""
        response = super().refused(request, refusal)
        browser = (request.header("User-Agent") or "").startswith("Mozilla/")
        if not browser or refusal.status == HTTPStatus.UNAUTHORIZED:
            return response
        page = f"<!DOCTYPE html><title>{refusal.status}</title><h1>{refusal.status}</h1>"
        headers = (("Content-Type", "text/html; charset=utf-8"), *refusal.headers)
        return replace(response, headers=headers, body=page.encode())
