"""Faults of combined ways: each way works, and two of them do not work together."""

from collections.abc import Mapping

from reference.decoding import Decoding
from reference.faulty import Fault
from reference.message import Request
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Answer
from reference.resources import GREETINGS, Resource
from reference.response_types import XML

UPDATES = "combined-ways-update"
CREATIONS = "combined-ways-create"
DELETIONS = "combined-ways-delete"
TAKEN = "json-under-an-override-is-taken"


def by_query(request: Request) -> bool:
    """Whether a POST overrides its method in the query."""
    return request.method == "POST" and "_method=" in request.target


def by_header(request: Request) -> bool:
    """Whether a POST overrides its method in the header field."""
    return request.method == "POST" and request.header("X-HTTP-Method-Override") is not None


class LosesParameters(Fault, abstract=True):
    """Finds no parameters in some bodies, and answers as if there were nothing to change."""

    def loses(self, request: Request) -> bool:
        """Whether a body is lost; none, as long as a fault does not say so."""
        del request
        return False

    def body_parameters(
        self, request: Request, resource: Resource, method: str
    ) -> Mapping[str, str]:
        """Find nothing."""
        return {} if self.loses(request) else super().body_parameters(request, resource, method)


class LosesJsonUnderAnOverride(LosesParameters, breaks=f"{UPDATES} {TAKEN}"):
    """Loses a body of JSON where the method is overridden."""

    def loses(self, request: Request) -> bool:
        """Look at both."""
        return self.is_json(request) and (by_query(request) or by_header(request))


class LosesJsonUnderTheHeader(LosesParameters, breaks=UPDATES):
    """Loses a body of JSON where the header field overrides the method."""

    def loses(self, request: Request) -> bool:
        """Look at both."""
        return self.is_json(request) and by_header(request)


class LosesPrintedFormsUnderAnOverride(LosesParameters, breaks=UPDATES):
    """Loses a form of the printed type where the query overrides the method."""

    def loses(self, request: Request) -> bool:
        """Look at both."""
        return by_query(request) and self.request_type(request).endswith("urlencode")


class LosesJsonBehindASuffix(LosesParameters, breaks=f"{UPDATES} {CREATIONS}"):
    """Loses a body of JSON where a suffix asks for XML."""

    def loses(self, request: Request) -> bool:
        """Look at both."""
        return self.is_json(request) and self.forced_type(request) == XML


class LosesFormsThatAcceptXml(LosesParameters, breaks=UPDATES):
    """Loses a form under an override of a request that accepts XML."""

    def loses(self, request: Request) -> bool:
        """Look at all three."""
        return self.accepted_type(request) == XML and (by_query(request) or by_header(request))


class KnowsNoSuffixUnderAnOverride(
    Fault,
    breaks=f"{UPDATES} {DELETIONS} {TAKEN} "
    "refusal-has-one-code-in-each-type suffix-works-for-each-method",
):
    """Answers 404 to a suffix where the method is overridden."""

    def understood(self, request: Request, account: str) -> Operation:
        """Look at both."""
        if self.forced_type(request) and (by_query(request) or by_header(request)):
            raise Refusal(404, "There is no such resource")
        return super().understood(request, account)


class ReadsNoQueryUnderTheHeader(
    Fault, breaks=f"{UPDATES} {DELETIONS} override-deletes-in-parameter-form"
):
    """Finds no ids in the query where the header field overrides the method."""

    def understood(self, request: Request, account: str) -> Operation:
        """Refuse it for want of an id."""
        operation = super().understood(request, account)
        if by_header(request) and not operation.ids and "?" in request.target:
            raise Refusal(400, "An id is missing")
        return operation


class DecodesTwiceUnderAnOverride(Fault, breaks=f"{UPDATES} every-way-of-writing-agrees"):
    """Decodes a form twice where the method is overridden."""

    def body_parameters(
        self, request: Request, resource: Resource, method: str
    ) -> Mapping[str, str]:
        """Decode the values again."""
        found = super().body_parameters(request, resource, method)
        if not (by_query(request) or by_header(request)) or self.is_json(request):
            return found
        return {name: Decoding.decoded_word(self, text.encode()) for name, text in found.items()}


class DeletesNothingByASuffix(Fault, breaks=DELETIONS):
    """Answers a DELETE by parameters under a suffix as if it had been carried out."""

    def delete(self, operation: Operation) -> Answer:
        """Leave it there."""
        if self.forced_type(operation.request) and not operation.ids:
            return self.deleted(operation)
        return super().delete(operation)


class DeletesNothingInXmlByTheHeader(Fault, breaks=f"{DELETIONS} suffix-works-for-each-method"):
    """Answers a DELETE under the header field and a suffix, and deletes nothing."""

    def remove_with_dependents(self, operation: Operation, record: Record) -> None:
        """Leave it there."""
        if not (self.forced_type(operation.request) and by_header(operation.request)):
            super().remove_with_dependents(operation, record)


class CreatesNothingFromJsonWithItsParent(Fault, breaks=CREATIONS):
    """Answers a POST of JSON that names the customer, and stores nothing."""

    def create(self, operation: Operation) -> Answer:
        """Answer nothing."""
        json = self.is_json(operation.request)
        if operation.resource is GREETINGS and not operation.ids and json:
            return self.answer(operation, [])
        return super().create(operation)


class CreatesTwiceBehindASuffix(Fault, breaks=f"{CREATIONS} post-in-xml-creates-exactly-one"):
    """Creates two greetings where the path has a suffix, and not the customer."""

    def create(self, operation: Operation) -> Answer:
        """Create one more."""
        forced = self.forced_type(operation.request)
        if operation.resource is GREETINGS and not operation.ids and forced:
            super().create(operation)
        return super().create(operation)


class RefusesJsonUnderTheQuery(Fault, breaks=TAKEN):
    """Answers 400 to JSON where the query overrides the method."""

    def body_parameters(
        self, request: Request, resource: Resource, method: str
    ) -> Mapping[str, str]:
        """Refuse it."""
        if by_query(request) and self.is_json(request):
            raise Refusal(400, "This takes URL-encoded key/value pairs only")
        return super().body_parameters(request, resource, method)
