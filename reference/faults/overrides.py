"""Faults in overriding the method of a POST."""

from collections.abc import Mapping

from reference.faulty import Fault
from reference.message import Request
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Answer, Value
from reference.resources import CUSTOMERS, GREETINGS, Field
from reference.response_types import JSON


def overrides(request: Request) -> bool:
    """Whether a request overrides its method in one of the two ways."""
    by_query = "_method=" in request.target
    return request.method == "POST" and (
        by_query or request.header("X-HTTP-Method-Override") is not None
    )


class IgnoresTheQueryOverride(
    Fault,
    breaks=(
        "override-by-query-puts override-by-query-deletes "
        "override-deletes-in-parameter-form override-puts-in-parameter-form "
        "json-put-creates-nothing readings-are-consistent "
        "suffix-works-for-each-method"
    ),
):
    """Does not know _method."""

    def override_in_url(self, query: Mapping[str, str]) -> str | None:
        """Find nothing."""
        del query
        return None


class IgnoresTheHeaderOverride(
    Fault,
    breaks="override-by-header-puts override-by-header-deletes "
    "override-deletes-in-parameter-form override-puts-in-parameter-form "
    "suffix-works-for-each-method",
):
    """Does not know X-HTTP-Method-Override."""

    def override_in_header(self, request: Request) -> str | None:
        """Find nothing."""
        del request
        return None


class DeletesByHeaderOnly(
    Fault,
    breaks=(
        "override-by-query-deletes override-deletes-in-parameter-form suffix-works-for-each-method"
    ),
):
    """Overrides to DELETE by the header only."""

    def override_in_url(self, query: Mapping[str, str]) -> str | None:
        """Refuse DELETE."""
        found = super().override_in_url(query)
        return None if found == "DELETE" else found


class DeletesByQueryOnly(
    Fault,
    breaks="override-by-header-deletes override-deletes-in-parameter-form "
    "suffix-works-for-each-method",
):
    """Overrides to DELETE by the query only."""

    def override_in_header(self, request: Request) -> str | None:
        """Refuse DELETE."""
        found = super().override_in_header(request)
        if found == "DELETE":
            raise Refusal(405, "This method is not allowed here")
        return found


class OverridesWithABodyOnly(
    Fault,
    breaks="override-by-header-deletes override-deletes-in-parameter-form "
    "suffix-works-for-each-method",
):
    """Looks at the override header only where there is a body."""

    def override_in_header(self, request: Request) -> str | None:
        """Want a body."""
        return super().override_in_header(request) if request.body else None


class KnowsOneSpellingOfTheHeader(Fault, breaks="override-header-in-any-case"):
    """Minds the letter case of the name of the override header."""

    def override_in_header(self, request: Request) -> str | None:
        """Compare the name as it is."""
        return dict(request.headers).get(self.override_header)


class OverridesFirstParameterOnly(
    Fault, breaks="override-deletes-in-parameter-form combined-ways-update"
):
    """Knows _method only where it is the first parameter of several."""

    def override_in_url(self, query: Mapping[str, str]) -> str | None:
        """Look at the first parameter."""
        first = next(iter(query), None)
        return super().override_in_url(query) if first == self.override_parameter else None


class OverridesInPathFormOnly(
    Fault,
    breaks="override-puts-in-parameter-form override-deletes-in-parameter-form "
    "combined-ways-update",
):
    """Refuses to override where the id of a greeting is a parameter."""

    def understood(self, request: Request, account: str) -> Operation:
        """Look for the id in the path."""
        operation = super().understood(request, account)
        if overrides(request) and operation.resource is GREETINGS and not operation.ids:
            raise Refusal(405, "This method is not allowed here")
        return operation


class OverridesCustomersOnly(
    Fault,
    breaks="override-by-query-puts override-by-query-deletes override-by-header-puts "
    "override-by-header-deletes override-deletes-in-parameter-form "
    "override-puts-in-parameter-form suffix-works-for-each-method",
):
    """Refuses to override on voicemail greetings."""

    def understood(self, request: Request, account: str) -> Operation:
        """Refuse it there."""
        operation = super().understood(request, account)
        if overrides(request) and operation.resource is GREETINGS:
            raise Refusal(405, "This method is not allowed here")
        return operation


class ResetsOnOverride(
    Fault,
    breaks="update-as-a-client-sends-it-is-stored "
    "field-changes-by-a-write-that-names-it "
    "doubtful-update-is-taken-or-refused "
    "override-keeps-what-was-not-sent",
):
    """Resets the e-mail address that an overriding PUT does not send."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Fill up with a blank."""
        changes = super().changed_values(operation, record, values)
        if operation.resource is CUSTOMERS and overrides(operation.request):
            return {"email": "", **changes}
        return changes


class StoresTheOverride(
    Fault,
    breaks="override-keeps-what-was-not-sent",
):
    """Stores _method as if it were a field of the customer."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Add a field."""
        changes = super().changed_values(operation, record, values)
        if operation.resource is CUSTOMERS and "_method=" in operation.request.target:
            return {**changes, "_method": "PUT"}
        return changes


class KeepsTheCacheOnOverride(
    Fault,
    breaks="update-as-a-client-sends-it-is-stored doubtful-update-is-taken-or-refused "
    "override-by-query-puts override-by-query-deletes override-by-header-puts "
    "override-by-header-deletes walk-record-is-as-written other-account-is-not-shown "
    "nonce-belongs-to-no-account user-named-twice-gets-one-account "
    "fields-count-wherever-the-id-stands suffix-works-for-each-method",
):
    """Keeps customers in a cache by path that an overriding request does not clear."""

    def perform(self, operation: Operation) -> Answer:
        """Answer from the cache; forget it when a native method changes something."""
        cache: dict[str, Answer] = self.__dict__.setdefault("cache", {})
        target = operation.request.target
        if operation.resource is not CUSTOMERS or not operation.ids:
            return super().perform(operation)
        if operation.method == "GET":
            if target not in cache:
                cache[target] = super().perform(operation)
            return cache[target]
        answer = super().perform(operation)
        if not overrides(operation.request):
            cache.clear()
        return answer


class ServesWhatWasOverridden(
    Fault,
    breaks="override-is-not-answered-from-before override-by-query-deletes "
    "override-by-header-deletes greetings-go-with-their-customer "
    "suffix-works-for-each-method",
):
    """Goes on answering a greeting in path form that was read before an overriding DELETE."""

    def perform(self, operation: Operation) -> Answer:
        """Answer from a cache that only a native DELETE clears."""
        cache: dict[str, Answer] = self.__dict__.setdefault("cache", {})
        path = operation.request.target.partition("?")[0]
        if operation.resource is not GREETINGS or "vm_greeting_id" not in operation.ids:
            return super().perform(operation)
        answer = cache.get(path) if operation.method == "GET" else None
        answer = super().perform(operation) if answer is None or answer.content else answer
        known = operation.method == "GET" and answer.content
        if known:
            cache[path] = answer
        elif operation.method == "DELETE" and not overrides(operation.request):
            cache.pop(path, None)
        return answer if operation.method != "GET" else cache.get(path, answer)


class AnswersCreatedToOverrides(
    Fault,
    breaks=(
        "override-answers-as-the-method only-listed-status-codes success-is-200 "
        "odd-override-carries-out-no-other-method"
    ),
):
    """Answers an overriding PUT as if it had created something."""

    def success_status(self, operation: Operation) -> int:
        """Answer 201."""
        overriding = operation.method == "PUT" and overrides(operation.request)
        return 201 if overriding else super().success_status(operation)


class AnswersNothingToOverrides(Fault, breaks="override-answers-as-the-method"):
    """Answers an overriding PUT without the record."""

    def updated(self, operation: Operation, record: Record) -> Answer:
        """Leave the record out."""
        return self.answer(operation, [] if overrides(operation.request) else [record])


class AnswersOverridingDeletesDifferently(
    Fault,
    breaks="override-deletes-answer-as-the-method only-listed-status-codes success-is-200",
):
    """Answers an overriding DELETE that it was accepted."""

    def success_status(self, operation: Operation) -> int:
        """Answer 202."""
        overriding = operation.method == "DELETE" and overrides(operation.request)
        return 202 if overriding else super().success_status(operation)


class AnswersOverridesInJson(
    Fault,
    breaks="override-keeps-the-response-type accept-selects-type-of-writes "
    "suffix-forces-type-of-writes refusal-is-no-json-where-xml-is-asked-for "
    "suffix-works-for-each-method suffix-wins-over-accept-of-writes",
):
    """Answers overriding requests in JSON, whatever was asked for."""

    def media_type(self, request: Request) -> str:
        """Forget what was asked for."""
        return JSON if overrides(request) else super().media_type(request)


class DropsCustomFieldsOnQueryOverride(
    Fault, breaks="update-as-a-client-sends-it-is-stored override-stores-as-the-method"
):
    """Does not store the custom fields of a PUT by _method."""

    def custom_fields_sent(self, operation: Operation) -> list[Field]:
        """Leave them out."""
        by_query = "_method=" in operation.request.target
        return [] if by_query else super().custom_fields_sent(operation)


class DropsCustomFieldsOnHeaderOverride(Fault, breaks="override-stores-as-the-method"):
    """Does not store the custom fields of a PUT by X-HTTP-Method-Override."""

    def custom_fields_sent(self, operation: Operation) -> list[Field]:
        """Leave them out."""
        by_header = operation.request.header("X-HTTP-Method-Override")
        return [] if by_header else super().custom_fields_sent(operation)
