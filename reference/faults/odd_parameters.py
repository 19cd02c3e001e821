"""Faults that show with parameters in odd spellings."""

from collections.abc import Mapping

from reference.faulty import Fault
from reference.message import Request
from reference.operation import Operation
from reference.refusal import Refusal


class FailsOnPagesInBrackets(Fault, breaks="odd-query-causes-no-trouble nothing-causes-a-500"):
    """Breaks down over a page in brackets."""

    def query_parameters(self, query: str) -> Mapping[str, str]:
        """Look for them."""
        if "page[" in query:
            raise Refusal(500, "Array to string conversion")
        return super().query_parameters(query)


class StoresTheWordArray(Fault, breaks="odd-value-stores-no-other"):
    """Stores the word Array for a name in brackets."""

    def form_parameters(self, body: bytes) -> Mapping[str, str]:
        """Look for brackets."""
        found = super().form_parameters(body)
        return (
            {**found, "name": "Array"} if any(each.startswith("name[") for each in found) else found
        )


class TakesTwoOverridesForADelete(Fault, breaks="odd-override-carries-out-no-other-method"):
    """Takes two overrides for a DELETE."""

    def effective_method(self, request: Request, query: Mapping[str, str]) -> str:
        """Count them."""
        if request.method == "POST" and request.target.count("_method=") > 1:
            return "DELETE"
        return super().effective_method(request, query)


class FindsAcceptInOneSpelling(Fault, breaks="field-names-in-lower-case"):
    """Finds Accept in its usual spelling alone."""

    def accepted_type(self, request: Request) -> str | None:
        """Compare names to the letter."""
        if "Accept" not in dict(request.headers):
            return None
        return super().accepted_type(request)


class FailsOnKeysWithoutValues(
    Fault,
    breaks="generated-questions-cause-no-trouble odd-override-carries-out-no-other-method "
    "odd-query-causes-no-trouble nothing-causes-a-500 odd-questions-cause-no-trouble",
):
    """Breaks down over a key without a value."""

    def query_parameters(self, query: str) -> Mapping[str, str]:
        """Look for the sign."""
        if any(part and "=" not in part for part in query.split("&")):
            raise Refusal(500, "not enough values to unpack")
        return super().query_parameters(query)


class FailsOnAHugeNumberOfAField(
    Fault,
    breaks="nothing-causes-a-500 odd-values-cause-no-trouble",
):
    """Fails where the number of a custom field does not fit into 64 bits."""

    def undefined_custom_field(self, operation: Operation, name: str) -> None:
        """Convert it."""
        digits = name.removeprefix("custom_")
        if digits.isdecimal() and int(digits) >= 2**63:
            raise Refusal(500, "The request met a fault of the server")
        super().undefined_custom_field(operation, name)
