"""Freedoms of parameters: where they may stand, what is unknown, twice, empty or too long."""

import re
from collections.abc import Iterable, Mapping

from reference.faulty import Variant
from reference.message import Request
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Value
from reference.resources import Field, Resource


class LetsThePathWin(Variant):
    """Lets an id in the path win over one among the parameters.

    Ambiguity: `conflicting-ids`.
    """

    def contradiction(self, name: str, given: str, addressed: str) -> None:
        """Ignore it: what is in the address counts."""


class LetsTheParameterWin(Variant):
    """Lets an id among the parameters win over one in the path.

    Ambiguity: `conflicting-ids`.
    """

    def united(self, given: Mapping[str, str], address: Mapping[str, str]) -> Mapping[str, str]:
        """Have the parameters say it last."""
        return {**address, **given}


class LooksForIdsOfPutsInTheBody(Variant):
    """Takes the id of a PUT from the path or the body, and from no query.

    Ambiguity: `id-of-a-put`.
    """

    def address_in_query(
        self, resource: Resource, method: str, query: Mapping[str, str]
    ) -> Mapping[str, str]:
        """Take ids from the query where parameters come from there."""
        found = super().address_in_query(resource, method, query)
        return found if method in {"GET", "DELETE"} else {}


class TakesDeletesFromTheQueryOnly(Variant):
    """Takes the parameters of a DELETE from the query string only.

    Ambiguity: `parameters-of-a-delete`.
    """

    def parameters_of_delete(self, request: Request, query: Mapping[str, str]) -> Mapping[str, str]:
        """Leave the body alone."""
        del request
        return query


class MergesQueryAndBody(Variant):
    """Takes the parameters of a POST or PUT from the query string as well.

    Ambiguity: `query-of-a-write`.
    """

    def parameters_of_writing(
        self, request: Request, resource: Resource, method: str, query: Mapping[str, str]
    ) -> Mapping[str, str]:
        """Let the body say it last."""
        return {**query, **super().parameters_of_writing(request, resource, method, query)}


class RefusesQueriesOfWrites(Variant):
    """Refuses a query string with a POST or PUT, but for an override.

    Ambiguities: `query-of-a-write`, `id-of-a-put`.
    """

    def parameters_of_writing(
        self, request: Request, resource: Resource, method: str, query: Mapping[str, str]
    ) -> Mapping[str, str]:
        """Look for anything else."""
        if set(query) - {self.override_parameter}:
            raise Refusal(400, "The parameters of this method belong into the body")
        return super().parameters_of_writing(request, resource, method, query)


class RefusesUnknownParameters(Variant, deviates="odd-query-is-served"):
    """Refuses parameters that a method does not know.

    Ambiguity: `unknown-parameter`.
    """

    def unknown_parameter(self, resource: Resource, method: str, name: str) -> None:
        """Name it."""
        del resource, method
        raise Refusal(400, f"{name[:40]} is not known")


class TakesTheFirstOfTwo(Variant):
    """Takes the first value of a parameter that comes twice.

    Ambiguity: `repeated-parameter`.
    """

    def joined(self, pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
        """Keep the first."""
        return super().joined(reversed(list(pairs)))


class RefusesRepeatedParameters(Variant, deviates="odd-query-is-served"):
    """Refuses a parameter that comes twice.

    Ambiguity: `repeated-parameter`.
    """

    def joined(self, pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
        """Count them."""
        known = list(pairs)
        names = {name for name, _ in known}
        if len(names) < len(known):
            raise Refusal(400, "A parameter is there twice")
        return super().joined(known)


class CutsLongValues(Variant):
    """Cuts values that are too long.

    Ambiguity: `too-long-value`.
    """

    def too_long(self, field: Field, text: str) -> str:
        """Keep the beginning."""
        return text[: field.limit]


class IgnoresUndefinedCustomFields(Variant):
    """Ignores custom fields that are not defined.

    Ambiguity: `undefined-custom-field`.
    """

    def undefined_custom_field(self, operation: Operation, name: str) -> None:
        """Say nothing."""


class FindsNothingByOddValues(Variant):
    """Finds nothing by an id that is none in a filter, and reads odd flags as 0.

    Ambiguity: `invalid-value`.
    """

    def malformed_id(self, name: str, text: str) -> str:
        """Take it for an id that nobody has."""
        del name, text
        return "0"

    def not_a_choice(self, field: Field, text: str) -> str:
        """Take the first choice."""
        del text
        return field.choices[0]


class RefusesTakenNumbersWith403(Variant):
    """Answers 403 to a custnr that another customer has.

    Ambiguity: `duplicate-custnr`.
    """

    def duplicate_custnr(self, operation: Operation) -> None:
        """Refuse it so."""
        del operation
        raise Refusal(403, "Another customer has this custnr")


class LetsCustomersShareNumbers(Variant):
    """Lets several customers have the same custnr.

    Ambiguity: `duplicate-custnr`.
    """

    def duplicate_custnr(self, operation: Operation) -> None:
        """Say nothing."""


class TakesEmptyNames(Variant):
    """Takes an empty value for a parameter that has to be there.

    Ambiguity: `empty-mandatory-value`.
    """

    def is_missing(self, value: str | None) -> bool:
        """Look whether it is there at all."""
        return value is None


class RefusesToClear(Variant):
    """Refuses an empty value for an address or a corporate id.

    Ambiguity: `empty-optional-value`.
    """

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Look at these two."""
        if not text and field.name in {"email", "corporateid"}:
            self.missing(field.name)
        return super().value_sent(operation, field, text)


class ReplacesWhatItCannotRead(Variant):
    """Replaces bytes that are not UTF-8, and reads odd percent signs as they are.

    Ambiguity: `malformed-encoding`.
    """

    def bad_charset(self, octets: bytes) -> str:
        """Replace them."""
        return octets.decode("utf-8", "replace")

    def bad_encoding(self) -> None:
        """Leave the percent sign alone."""


class RefusesPutsOfNothing(Variant):
    """Refuses a PUT that names nothing to change.

    Ambiguity: `put-without-changes`.
    """

    def nothing_to_change(self, operation: Operation, record: Record) -> None:
        """Refuse it as invalid."""
        del operation, record
        raise Refusal(400, "There is nothing to change")


class RefusesBodiesOfReads(Variant):
    """Refuses a GET that has a body (RFC 9110, 9.3.1)."""

    def parameters(
        self, request: Request, resource: Resource, method: str, query: Mapping[str, str]
    ) -> Mapping[str, str]:
        """Look for one."""
        if request.method == "GET" and request.body:
            raise Refusal(400, "A GET has no body")
        return super().parameters(request, resource, method, query)


class LooksAtAddresses(Variant):
    """Refuses an e-mail address that is none, and white space that it cannot keep."""

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Look at both."""
        if field.name == "email" and text and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[a-z]+", text):
            raise Refusal(400, "This is no e-mail address")
        if text != text.strip() or re.search(r"[\t\r\n]", text):
            raise Refusal(400, f"{field.name} has white space that cannot be kept")
        return super().value_sent(operation, field, text)


class TrimsValues(Variant, deviates="white-space-comes-back any-blank-comes-back"):
    """Trims white space off both ends of a value, as many a framework does."""

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Trim it."""
        return super().value_sent(operation, field, text.strip())
