"""Faults in reading bodies: forms and JSON."""

import json
from collections.abc import Mapping

from reference.faulty import Fault
from reference.message import Request
from reference.operation import Operation
from reference.refusal import Refusal
from reference.representation import Answer
from reference.resources import GREETINGS, Resource

FORM = "application/x-www-form-urlencoded"


class RefusesThePrintedType(Fault, breaks="form-as-printed"):
    """Refuses a form under the type name that the document prints."""

    def request_type(self, request: Request) -> str:
        """Refuse one name."""
        found = super().request_type(request)
        if found == FORM.removesuffix("d"):
            raise Refusal(400, "The type of the body is not known")
        return found


class ReadsNoPrintedForm(Fault, abstract=True):
    """Does not read some bodies under the type name that the document prints."""

    def is_unread(self, resource: Resource, method: str) -> bool:
        """Whether such a body is not read; the faults below say which."""
        raise NotImplementedError

    def body_parameters(
        self, request: Request, resource: Resource, method: str
    ) -> Mapping[str, str]:
        """Read nothing."""
        printed = self.request_type(request) == FORM.removesuffix("d")
        if printed and self.is_unread(resource, method):
            return {}
        return super().body_parameters(request, resource, method)


class ReadsNoPrintedPut(ReadsNoPrintedForm, breaks="form-as-printed"):
    """Does not read the body of a PUT under the type name that the document prints."""

    def is_unread(self, resource: Resource, method: str) -> bool:
        """Look at the method."""
        del resource
        return method == "PUT"


class ReadsNoPrintedFormOfGreetings(ReadsNoPrintedForm, breaks="form-as-printed"):
    """Does not read a greeting under the type name that the document prints."""

    def is_unread(self, resource: Resource, method: str) -> bool:
        """Look at the resource."""
        del method
        return resource is GREETINGS


class RefusesRegisteredPuts(
    Fault,
    breaks=(
        "each-custom-value-changes form-as-registered form-is-split-before-decoding "
        "cleared-custom-value-is-not-null put-decodes-the-body-once "
        "put-takes-the-id-as-parameter put-twice-keeps-the-last put-updates-what-was-sent "
        "custom-fields-are-independent custom-value-changes custom-value-of-full-length "
        "custom-values-are-kept custom-values-in-the-list each-method-succeeds-with-200 "
        "full-length-values-come-back unusual-fields-change-no-effect "
        "usual-fields-change-no-effect custom-value-clears-beside-a-name "
        "suffix-works-for-each-method write-after-a-refused-one-is-stored"
    ),
):
    """Refuses the registered type name in a PUT."""

    def body_parameters(
        self, request: Request, resource: Resource, method: str
    ) -> Mapping[str, str]:
        """Refuse it."""
        if method == "PUT" and request.header("Content-Type") == FORM:
            raise Refusal(400, "The type of the body is not known")
        return super().body_parameters(request, resource, method)


class RefusesACharset(Fault, breaks="form-with-charset"):
    """Refuses a form whose type has a parameter."""

    def body_parameters(
        self, request: Request, resource: Resource, method: str
    ) -> Mapping[str, str]:
        """Compare the whole field."""
        if ";" in (request.header("Content-Type") or "") and not self.is_json(request):
            raise Refusal(400, "The type of the body is not known")
        return super().body_parameters(request, resource, method)


class MindsTheCaseOfTypes(Fault, breaks="form-type-in-any-case"):
    """Refuses a form type that is not in lower case."""

    def body_parameters(
        self, request: Request, resource: Resource, method: str
    ) -> Mapping[str, str]:
        """Compare with case."""
        found = request.header("Content-Type") or ""
        if "WWW" in found:
            raise Refusal(400, "The type of the body is not known")
        return super().body_parameters(request, resource, method)


class DecodesBeforeSplitting(
    Fault,
    breaks=(
        "text-of-any-look-comes-back-elsewhere form-is-split-before-decoding "
        "text-comes-back put-decodes-the-body-once custom-value-changes "
        "every-way-of-writing-agrees put-updates-any-subset "
        "text-of-any-look-comes-back full-length-values-come-back"
    ),
):
    """Decodes the form of a PUT before it is split."""

    def body_parameters(
        self, request: Request, resource: Resource, method: str
    ) -> Mapping[str, str]:
        """Decode first."""
        if method != "PUT" or self.is_json(request):
            return super().body_parameters(request, resource, method)
        pairs = (part.partition("=") for part in self.decoded_word(request.body).split("&"))
        return {name: value for name, _, value in pairs}


class CreatesNamelessFromJson(Fault, breaks="json-creates"):
    """Reads two parameters of a new customer from JSON at most."""

    def body_parameters(
        self, request: Request, resource: Resource, method: str
    ) -> Mapping[str, str]:
        """Stop after two."""
        found = super().body_parameters(request, resource, method)
        if method == "POST" and self.is_json(request):
            return dict(list(found.items())[:2])
        return found


class IgnoresJsonOfPut(Fault, breaks="json-updates"):
    """Reads no JSON in a PUT, and answers as if it had."""

    def takes_json(self, resource: Resource, method: str) -> bool:
        """Remember which method it is."""
        self.__dict__["putting"] = method == "PUT"
        return super().takes_json(resource, method)

    def json_parameters(self, body: bytes) -> Mapping[str, str]:
        """Read it for a POST."""
        found = super().json_parameters(body)
        return {} if self.__dict__["putting"] else found


class ResetsByJson(Fault, breaks="json-updates"):
    """Resets the corporate id that JSON does not send."""

    def takes_json(self, resource: Resource, method: str) -> bool:
        """Remember which method it is."""
        self.__dict__["putting"] = method == "PUT"
        return super().takes_json(resource, method)

    def json_parameters(self, body: bytes) -> Mapping[str, str]:
        """Fill up with a blank."""
        found = super().json_parameters(body)
        return {"corporateid": "", **found} if self.__dict__["putting"] else found


class LosesEscapes(
    Fault,
    breaks="json-is-utf-8 every-way-of-writing-agrees combined-ways-create combined-ways-update "
    "text-is-whole-anywhere-in-a-request",
):
    r"""Replaces \u escapes in JSON beyond Latin-1."""

    def json_value(self, name: str, value: object) -> str:
        """Replace what was escaped."""
        found = super().json_value(name, value)
        if self.__dict__.get("escaped"):
            return found.encode("latin-1", "replace").decode("latin-1")
        return found

    def json_parameters(self, body: bytes) -> Mapping[str, str]:
        """Note whether there are escapes."""
        self.__dict__["escaped"] = b"\\u" in body
        return super().json_parameters(body)


class RefusesACharsetOfJson(Fault, breaks="json-with-charset"):
    """Refuses JSON whose type has a parameter."""

    def is_json(self, request: Request) -> bool:
        """Compare the whole field."""
        found = super().is_json(request)
        if found and ";" in (request.header("Content-Type") or ""):
            raise Refusal(400, "The type of the body is not known")
        return found


class StoresDoubles(Fault, breaks="json-numbers"):
    """Stores the numbers of JSON as doubles."""

    def json_parameters(self, body: bytes) -> Mapping[str, str]:
        """Add a fraction to each whole number."""
        try:
            members = json.loads(body)
        except (ValueError, RecursionError):
            members = None
        found = super().json_parameters(body)
        if not isinstance(members, dict):
            return found
        return {
            name: f"{value}.0" if isinstance(members.get(name), int) else value
            for name, value in found.items()
        }


class DropsCustomFieldsOfJson(
    Fault,
    breaks="json-stores-custom-fields text-of-any-look-comes-back-from-json "
    "text-is-whole-anywhere-in-a-request",
):
    """Does not read custom fields from JSON."""

    def json_parameters(self, body: bytes) -> Mapping[str, str]:
        """Leave them out."""
        found = super().json_parameters(body)
        return {name: value for name, value in found.items() if not name.startswith("custom_")}


class StoresNullAsText(Fault, breaks="json-null-is-no-text"):
    """Stores a null of JSON as the text null."""

    def no_text(self, name: str, value: object) -> str:
        """Make a text of it."""
        return "null" if value is None else super().no_text(name, value)


class FailsOnNestedJson(
    Fault,
    breaks="json-without-sense odd-bodies-cause-no-trouble nothing-causes-a-500",
):
    """Fails on JSON that holds more than texts and numbers."""

    def no_text(self, name: str, value: object) -> str:
        """Break down on an object."""
        if isinstance(value, dict | list) or value.__class__.__name__ == "Members":
            raise Refusal(500, "This cannot be stored")
        return super().no_text(name, value)


class StoresArraysAsText(Fault, breaks="nested-json-is-kept-or-left-out"):
    """Stores the word Array where JSON holds more than texts and numbers."""

    def no_text(self, name: str, value: object) -> str:
        """Make a text of it."""
        return "Array" if isinstance(value, list) else super().no_text(name, value)


class OverlooksTypesWithParameters(
    Fault,
    breaks="put-that-succeeds-is-done form-with-charset json-with-charset",
):
    """Finds no parameters in the body of a PUT whose media type has a charset, and is content."""

    def update(self, operation: Operation) -> Answer:
        """Look at the type first."""
        if ";" in (operation.request.header("Content-Type") or ""):
            return self.answer(operation, [self.addressed_record(operation)])
        return super().update(operation)


class OverlooksChunks(Fault, breaks="put-in-chunks-that-succeeds-is-done", on_a_socket=True):
    """Reads no body of a PUT that comes in chunks, and is content."""

    def update(self, operation: Operation) -> Answer:
        """Look how it comes."""
        if operation.request.header("Transfer-Encoding"):
            return self.answer(operation, [self.addressed_record(operation)])
        return super().update(operation)


class LosesTypesWithParametersUnderOverrides(Fault, breaks="combined-ways-update"):
    """Does not read an overriding form whose type has parameters."""

    def body_parameters(
        self, request: Request, resource: Resource, method: str
    ) -> Mapping[str, str]:
        """Compare the whole type."""
        whole = request.header("Content-Type") or FORM
        if request.method != method and FORM in whole and whole != FORM:
            return {}
        return super().body_parameters(request, resource, method)
