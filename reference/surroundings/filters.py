"""Filters in front of a service: what they want to see in a request, and what they do not."""

import re
from functools import partial
from typing import ClassVar, Final
from urllib.parse import unquote_plus

from reference.message import Request, Response
from reference.server import Reference

from .busy import refusal
from .surrounding import Makers, Surrounding

MET: Final = (
    "suites/consuming/test_creating.py",
    "suites/test_base_url.py",
    "suites/test_charset.py",
    "suites/test_curl.py",
    "suites/test_custom_fields.py",
    "suites/test_legal_but_odd.py",
    "suites/test_request_data.py",
    "suites/test_request_headers.py",
    "suites/test_response_types.py",
    "suites/test_sizes.py",
    "suites/test_status_codes.py",
    "suites/test_texts.py",
    "suites/test_url_parameters.py",
    "suites/response_data",
)
"""The rules whose requests a filter may not like."""
BLOCKED: Final = 403
INVALID: Final = 400
ATTACKS: Final = re.compile(
    r"<\s*\w+[^>]*>|\bunion\s+select\b|'\s*or\b|\.\./|%00|\x00|\bdrop\s+table\b|\$\{|;--",
    re.IGNORECASE,
)
"""What rule sets of filters take for markup, SQL, a path or a template."""


class Filters(Surrounding):
    """Refuses with a page of its own what it does not like, before the service sees it."""

    options: ClassVar[tuple[str, ...]] = MET

    def respond(self, request: Request, connection: int) -> Response:
        """Look at a request that came over TLS."""
        if request.secure and self.dislikes(request):
            return refusal(self.status(request))
        return super().respond(request, connection)

    def dislikes(self, request: Request) -> bool:
        """Whether a request is refused."""
        raise NotImplementedError

    def status(self, request: Request) -> int:
        """The status code of a refusal."""
        del request
        return BLOCKED


class WantsAnAgent(Filters):
    """Answers 403 to requests without User-Agent, as filters against robots do."""

    name: ClassVar[str] = "User-Agent"

    def dislikes(self, request: Request) -> bool:
        """Look for the field, filled in."""
        return not request.header(self.name)


class WantsAnAccept(WantsAnAgent):
    """Answers 403 to requests without Accept: for them, the default type cannot be tried."""

    name: ClassVar[str] = "Accept"


class KeepsTheCoreRules(Filters):
    """Answers 403 as the core rules of a well-known filter do.

    It wants User-Agent and Accept, a type with each body, and no body with GET.
    """

    def dislikes(self, request: Request) -> bool:
        """Look at the fields."""
        lacks = not request.header("User-Agent") or not request.header("Accept")
        untyped = bool(request.body) and not request.header("Content-Type")
        return lacks or untyped or (bool(request.body) and request.method in {"GET", "HEAD"})


class BlocksAttacks(Filters):
    """Answers 403 to what looks like markup, SQL or a path upwards, in a target or a body."""

    def dislikes(self, request: Request) -> bool:
        """Look at the text, decoded once and twice."""
        once = unquote_plus(request.target + "\n" + request.body.decode("utf-8", "replace"))
        return bool(ATTACKS.search(once) or ATTACKS.search(unquote_plus(once)))


class BlocksMethods(Filters):
    """Answers 405 to methods other than the common ones, whoever asks, with a page."""

    def dislikes(self, request: Request) -> bool:
        """Look at the method."""
        return request.method not in {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"}

    def status(self, request: Request) -> int:
        """Say that it is not allowed."""
        del request
        return 405


class LimitsSizes(Filters):
    """Answers 400 to a target, or a body, that is longer than it takes."""

    def __init__(self, server: Reference, *, target: int, body: int) -> None:
        """Take so many bytes of each."""
        super().__init__(server)
        self.longest = target, body

    def dislikes(self, request: Request) -> bool:
        """Measure."""
        return len(request.target) > self.longest[0] or len(request.body) > self.longest[1]

    def status(self, request: Request) -> int:
        """Say that it is invalid."""
        del request
        return INVALID


class LimitsParameters(Filters):
    """Answers 400 to more parameters than it takes, or to any that comes twice."""

    most: ClassVar[int] = 10

    def dislikes(self, request: Request) -> bool:
        """Count them."""
        query = request.target.partition("?")[2]
        names = [each.partition("=")[0] for each in query.split("&") if each]
        return len(names) > self.most or len(set(names)) < len(names)

    def status(self, request: Request) -> int:
        """Say that it is invalid."""
        del request
        return INVALID


SURROUNDINGS: Makers = {
    "wants-a-user-agent": WantsAnAgent,
    "wants-an-accept-field": WantsAnAccept,
    "keeps-the-core-rules": KeepsTheCoreRules,
    "blocks-attacks": BlocksAttacks,
    "blocks-methods": BlocksMethods,
    "limits-sizes": partial(LimitsSizes, target=1500, body=4000),
    "limits-parameters": LimitsParameters,
}
