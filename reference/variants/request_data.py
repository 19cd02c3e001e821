"""Freedoms of request bodies: which types are taken, and what JSON may have in it."""

import re
from collections.abc import Iterable, Mapping

from reference.faulty import Variant
from reference.message import Request
from reference.refusal import Refusal
from reference.resources import Resource
from reference.response_types import JSON

FORM = "application/x-www-form-urlencode"


class TakesNamedFormsOnly(Variant, deviates="form-without-type", on_a_socket=True):
    """Takes a form under its two names only, and refuses every other type.

    Ambiguity: `other-body-type`.
    """

    def body_parameters(
        self, request: Request, resource: Resource, method: str
    ) -> Mapping[str, str]:
        """Look at the type, if there is a body."""
        named = self.request_type(request) in {JSON, FORM, FORM + "d"}
        if request.body and not named:
            raise Refusal(400, "The body has to be URL-encoded key/value pairs")
        return super().body_parameters(request, resource, method)


class TakesNoJson(Variant):
    """Refuses JSON bodies: some methods take them, and no page says which.

    Ambiguity: `unsupported-json`.
    """

    def takes_json(self, resource: Resource, method: str) -> bool:
        """Take it nowhere."""
        del resource, method
        return False


class TakesJsonForAForm(Variant, deviates="broken-json-is-400"):
    """Takes every body for a form, JSON as well, and finds no parameters in it.

    Ambiguity: `unsupported-json`.
    """

    def is_json(self, request: Request) -> bool:
        """Ignore the type."""
        del request
        return False


class TakesJsonToCreate(Variant):
    """Takes JSON in a POST, and in no PUT (S25)."""

    def takes_json(self, resource: Resource, method: str) -> bool:
        """Take it in a POST."""
        del resource
        return method == "POST"


class TakesNoNumbers(Variant):
    """Refuses numbers in a JSON body.

    Ambiguity: `number-in-a-json-body`.
    """

    def json_parameters(self, body: bytes) -> Mapping[str, str]:
        """Look for a number behind a name, outside of text."""
        outside = re.sub(rb'"(?:[^"\\]|\\.)*"', b'""', body)
        if re.search(rb":\s*-?[0-9]", outside):
            raise Refusal(400, "Every value has to be text")
        return super().json_parameters(body)


class UnsetsByNull(Variant):
    """Takes null in a JSON body for the empty text.

    Ambiguity: `null-in-a-json-body`.
    """

    def no_text(self, name: str, value: object) -> str:
        """Take it so; anything else is refused."""
        return "" if value is None else super().no_text(name, value)


class IgnoresNestedJson(Variant):
    """Ignores what is neither text nor a number in a JSON body, null among it.

    Ambiguity: `null-in-a-json-body`.
    """

    def json_value(self, name: str, value: object) -> str:
        """Mark it, to be left out."""
        del name
        return value if isinstance(value, str) else "\0"

    def joined(self, pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
        """Leave out what is marked."""
        return super().joined((name, value) for name, value in pairs if value != "\0")
