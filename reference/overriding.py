"""Tips and tricks: PUT and DELETE for callers that can do no more than POST."""

from collections.abc import Mapping

from .message import Request
from .refusal import Refusal


class Overriding:
    """A POST may stand for another method."""

    override_parameter: str = "_method"
    override_header: str = "X-HTTP-Method-Override"

    def effective_method(self, request: Request, query: Mapping[str, str]) -> str:
        """The method that is meant."""
        if not self.may_be_overridden(request.method):
            return request.method
        override = self.override(request, query)
        if override is None:
            return request.method
        return override if self.may_override(override) else self.unknown_override(override)

    def may_be_overridden(self, method: str) -> bool:
        """Whether a method may stand for another."""
        return method == "POST"

    def override(self, request: Request, query: Mapping[str, str]) -> str | None:
        """The method that a request asks for instead of its own: what the URL says goes first."""
        in_url = self.override_in_url(query)
        return self.override_in_header(request) if in_url is None else in_url

    def override_in_url(self, query: Mapping[str, str]) -> str | None:
        """The method that the query string asks for."""
        return query.get(self.override_parameter)

    def override_in_header(self, request: Request) -> str | None:
        """The method that the header asks for."""
        return request.header(self.override_header)

    def may_override(self, method: str) -> bool:
        """Whether a POST may stand for this method, written like this."""
        return method in {"PUT", "DELETE"}

    def unknown_override(self, override: str) -> str:
        """Refuse a method that a POST cannot stand for, or an empty one."""
        del override
        raise Refusal(400, "A POST can stand for PUT or for DELETE only")
