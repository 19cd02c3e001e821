"""Freedoms of method overrides: which methods, in which letter case, which of two."""

from collections.abc import Mapping

from reference.faulty import Variant
from reference.message import Request
from reference.refusal import Refusal


class LetsEveryMethodBeOverridden(Variant, deviates="override-of-get-changes-nothing"):
    """Lets every method be overridden, GET among them.

    Ambiguity: `overridable-methods`.
    """

    def may_be_overridden(self, method: str) -> bool:
        """Let it be."""
        del method
        return True


class OverridesByAnyMethod(Variant):
    """Lets a POST stand for every method, written in any letter case.

    Ambiguities: `overriding-methods`, `letter-case-of-an-override`.
    """

    def override(self, request: Request, query: Mapping[str, str]) -> str | None:
        """Write it in capitals."""
        override = super().override(request, query)
        return override and override.upper()

    def may_override(self, method: str) -> bool:
        """Take every method that there is."""
        return method in {"GET", "POST", "PUT", "DELETE"}


class LetsTheHeaderWin(Variant):
    """Follows the header where query string and header override differently.

    Ambiguity: `conflicting-overrides`.
    """

    def override(self, request: Request, query: Mapping[str, str]) -> str | None:
        """Look at the header first."""
        in_header = self.override_in_header(request)
        return self.override_in_url(query) if in_header is None else in_header


class RefusesTwoOverrides(Variant):
    """Refuses query string and header that override differently.

    Ambiguity: `conflicting-overrides`.
    """

    def override(self, request: Request, query: Mapping[str, str]) -> str | None:
        """Compare them."""
        both = (self.override_in_url(query), self.override_in_header(request))
        if None not in both and both[0] != both[1]:
            raise Refusal(400, "Two different methods override this one")
        return super().override(request, query)


class AllowsNoOtherOverride(Variant):
    """Answers 405 to an override that names no method of ours.

    Ambiguity: `unknown-override`.
    """

    other_override_status = 405

    def unknown_override(self, override: str) -> str:
        """Refuse the method."""
        del override
        raise Refusal(self.other_override_status, "There is no such method")


class ImplementsNoOtherOverride(AllowsNoOtherOverride):
    """Answers 501 to an override that names no method of ours.

    Ambiguity: `unknown-override`.
    """

    other_override_status = 501


class IgnoresOtherOverrides(Variant):
    """Ignores an override that names no method of ours, or is empty.

    Ambiguities: `unknown-override`, `empty-override`.
    """

    def unknown_override(self, override: str) -> str:
        """Stay with the POST."""
        del override
        return "POST"


class OverridesInTheBody(Variant):
    """Takes an override from the body of a POST as well.

    Ambiguity: `override-in-the-body`.
    """

    def override(self, request: Request, query: Mapping[str, str]) -> str | None:
        """Look into the form last."""
        override = super().override(request, query)
        if override is not None or b"_method=" not in request.body:
            return override
        return self.decoded_form(request.body).get(self.override_parameter)
