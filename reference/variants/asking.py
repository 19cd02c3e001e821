"""Freedoms in how a caller asks: types, suffixes, paths, versions, methods."""

import re
from collections.abc import Mapping
from typing import NoReturn

from reference.faulty import Variant
from reference.message import Request
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Answer, Value
from reference.resources import CUSTOMERS, GREETINGS, Resource
from reference.response_types import JSON, XML


class PrefersAccept(
    Variant,
    deviates="suffix-wins-over-accept suffix-wins-over-accept-everywhere "
    "suffix-wins-over-accept-of-parameter-forms suffix-wins-over-accept-of-writes",
):
    """Lets Accept win over a suffix.

    Ambiguity: `suffix-against-accept`.
    """

    def media_type(self, request: Request) -> str:
        """Look at Accept first."""
        return self.accepted_type(request) or super().media_type(request)


class TakesTheFirstType(Variant):
    """Takes the first type in Accept that it knows, whatever the qualities.

    Ambiguity: `accept-list`.
    """

    def accepted_type(self, request: Request) -> str | None:
        """Look for the first."""
        parts = (request.header("Accept") or "").split(",")
        named = [part.partition(";")[0].strip() for part in parts]
        return next((name for name in named if name in {JSON, XML}), None)


class TakesExactTypesOnly(Variant, deviates="xml-where-nothing-else-is-accepted"):
    """Answers XML only where Accept is exactly its type.

    Ambiguity: `accept-list`.
    """

    def accepted_type(self, request: Request) -> str | None:
        """Compare the whole field."""
        return XML if request.header("Accept") == XML else None


class RefusesOtherTypes(Variant):
    """Answers 406 where Accept names neither type (RFC 9110, 15.5.7).

    Ambiguity: `accept-with-neither-type`.
    """

    other_type_status = 406

    def perform(self, operation: Operation) -> Answer:
        """Look at Accept first, unless a suffix forces a type."""
        request = operation.request
        accept = request.header("Accept")
        named = self.forced_type(request) or self.accepted_type(request)
        if accept not in {None, "*/*"} and named is None:
            raise Refusal(self.other_type_status, "Accept names neither of the two types")
        return super().perform(operation)


class RefusesOtherTypesAsInvalid(RefusesOtherTypes):
    """Answers 400 where Accept names neither type.

    Ambiguity: `accept-with-neither-type`.
    """

    other_type_status = 400


class TakesSuffixesOnTheLastName(Variant):
    """Takes a suffix on the last name of a path only, and behind an id.

    Ambiguities: `place-of-a-suffix`, `suffix-behind-an-id`.
    """

    def path_segments(self, path: str) -> list[str]:
        """Refuse a suffix elsewhere."""
        segments = super().path_segments(path)
        place = len(segments) - 1 - self.is_id(segments[-1])
        if any(self.split_suffix(segment)[1] for segment in segments[:place]):
            raise Refusal(404, "There is no such resource")
        last, media_type = self.split_suffix(segments[-1])
        return [*segments[:-1], last] if media_type and self.is_id(last) else segments


class TakesSuffixesOnTheFirstName(Variant):
    """Takes a suffix on the first name of customers and of greetings only.

    Ambiguity: `place-of-a-suffix`.
    """

    def path_segments(self, path: str) -> list[str]:
        """Refuse a suffix elsewhere, but for what has two names anyway."""
        segments = super().path_segments(path)
        of_customers = CUSTOMERS.name in {self.split_suffix(each)[0] for each in segments[1:2]}
        late = segments[2:] if of_customers else []
        if any(self.split_suffix(segment)[1] for segment in late):
            raise Refusal(404, "There is no such resource")
        return segments


class KnowsNoOtherSuffix(Variant):
    """Takes an unknown suffix for none, and answers JSON.

    Ambiguity: `unknown-suffix`.
    """

    def split_suffix(self, segment: str) -> tuple[str, str | None]:
        """Leave whatever suffix there is out."""
        name, media_type = super().split_suffix(segment)
        return (re.sub(r"(?<=[a-z])\.[a-z]+$", "", name), media_type)


class RefusesWordsAsInvalid(Variant):
    """Answers 400 to an unknown suffix, and to a word in place of an id.

    Ambiguities: `unknown-suffix`, `word-for-an-id`.
    """

    def path_segments(self, path: str) -> list[str]:
        """Refuse what follows the name of customers and is neither an id nor a resource."""
        segments = super().path_segments(path)
        names = segments[1:] or [""]
        if names[0].startswith("customers.") and not self.split_suffix(names[0])[1]:
            raise Refusal(400, "A suffix is .json or .xml")
        word = self.split_suffix(names[-1])[0]
        if names[:-1] == ["customers"] and not self.is_id(word) and word != GREETINGS.name:
            raise Refusal(400, "An id has to consist of digits")
        return segments


class ToleratesSlashes(Variant):
    """Takes a slash more at the end of a path, or two instead of one.

    Ambiguity: `extra-slashes`.
    """

    def path_segments(self, path: str) -> list[str]:
        """Leave empty segments out."""
        return super().path_segments(re.sub("/+", "/", path).rstrip("/") or "/")


class DoesNotMindLetterCase(Variant):
    """Takes paths, and names of parameters in the query, in any letter case."""

    def path_segments(self, path: str) -> list[str]:
        """Make them small."""
        return super().path_segments(path.lower())

    def query_parameters(self, query: str) -> Mapping[str, str]:
        """Make the names small."""
        return {name.lower(): value for name, value in super().query_parameters(query).items()}


class ReadsAPageBehindAnAmpersand(Variant):
    """Reads parameters behind an ampersand where no question mark is.

    Ambiguity: `query-behind-an-ampersand`.
    """

    def split_target(self, target: str) -> tuple[str, str]:
        """Take the first ampersand for a question mark."""
        if "?" not in target:
            target = target.replace("&", "?", 1)
        return super().split_target(target)


class ServesAnyVersion(
    Variant, deviates="unknown-version-answers-no-data no-version-answers-no-data"
):
    """Answers as the latest version where none, or an unknown one, is named.

    Ambiguity: `missing-version`.
    """

    def is_served(self, version: str) -> bool:
        """Take any."""
        del version
        return True

    def path_segments(self, path: str) -> list[str]:
        """Put one in front where there is none."""
        segments = super().path_segments(path)
        known = {name for names in self.resources for name in names[:1]}
        return ["", *segments] if self.split_suffix(segments[0])[0] in known else segments


class ServesPartsOfVersions(Variant):
    """Takes the beginning of a version for it.

    Ambiguity: `beginning-of-a-version`.
    """

    def is_served(self, version: str) -> bool:
        """Compare as much as is given."""
        return any(f"{each}.".startswith(f"{version}.") for each in self.versions if version)


class RefusesUnknownVersions(Variant):
    """Answers 403 to a version that is not offered.

    Ambiguity: `unknown-version`.
    """

    def unknown_version(self, version: str) -> NoReturn:
        """Refuse it so."""
        del version
        raise Refusal(403, "This account may not use such a version")


class ShowsLessInOlderVersions(Variant):
    """Shows fewer fields of a customer, and no paging, in all versions but the first (S03)."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Show what was known then."""
        shown = super().presented(operation, record)
        if operation.resource is not CUSTOMERS or self.is_current(operation):
            return shown
        return {name: shown[name] for name in ("customer_id", "name", "custnr", "email")}

    def is_paged(self, operation: Operation) -> bool:
        """Page as it is done now only."""
        return super().is_paged(operation) and self.is_current(operation)

    def is_current(self, operation: Operation) -> bool:
        """Whether the newest version is asked for."""
        return operation.request.target.startswith(f"/{self.versions[0]}/")


class ChecksTheValuesFirst(Variant):
    """Looks at the values of a request before it looks for its record.

    Ambiguity: `order-of-checks`.
    """

    def addressed_record(self, operation: Operation) -> Record:
        """Check all that can be checked without the record."""
        self.check_mandatory(operation)
        self.values_sent(operation)
        return super().addressed_record(operation)


class CreatesAtARecord(Variant):
    """Takes a POST at a record for one at its collection, and ignores the id.

    Ambiguity: `post-at-a-record`.
    """

    def methods(self, resource: Resource, address: Mapping[str, str]) -> tuple[str, ...]:
        """Have the same methods at both."""
        del address
        return resource.methods


class RefusesPostsAtARecordAsInvalid(Variant):
    """Answers 400 to a POST at a record.

    Ambiguity: `post-at-a-record`.
    """

    def method_not_allowed(self, resource: Resource, method: str, methods: tuple[str, ...]) -> None:
        """Refuse it as invalid."""
        if method == "POST" and method in resource.methods:
            raise Refusal(400, "A record is created in a collection")
        super().method_not_allowed(resource, method, methods)


class HasNoPutInCollections(Variant):
    """Answers 405 to PUT and DELETE without an id.

    Ambiguities: `write-without-an-id`, `put-that-would-create`.
    """

    def missing_id(self, operation: Operation) -> Record:
        """Refuse the method, not the parameters."""
        del operation
        raise Refusal(405, "This needs an id", headers=self.allow(("GET", "POST")))
