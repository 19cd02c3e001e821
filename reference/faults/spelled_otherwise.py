"""Faults in reading what is legal, but written or ordered in another way."""

import contextlib
import json
import re
from collections.abc import Mapping
from dataclasses import replace

from reference.faulty import Fault
from reference.message import Request
from reference.operation import Operation
from reference.representation import Value
from reference.resources import CUSTOM_FIELD, Field, Resource
from reference.response_types import XML

ID_LINE = re.compile(r"([0-9]+)\n")

PIECE = 4096

IN_MEMORY = 16 * 1024


class ReadsAcceptToTheLetterInWrites(Fault, breaks="accept-selects-the-same-for-reads-and-writes"):
    """Answers a write in XML if Accept is application/xml to the letter, without more."""

    def accepted_type(self, request: Request) -> str | None:
        """Compare a text with a text."""
        if request.method == "GET":
            return super().accepted_type(request)
        return XML if request.header("Accept") == XML else None


class ReadsTheFirstLineOfAnId(
    Fault, breaks="no-id-reads-nothing no-id-updates-nothing odd-customer-has-no-calls"
):
    """Checks an id in a query or a body line by line, and reads the digits at its start."""

    def understood(self, request: Request, account: str) -> Operation:
        """Read what stands before a line feed."""
        operation = super().understood(request, account)
        ids = {
            name: found[1]
            for name, value in operation.parameters.items()
            if name.endswith("_id") and (found := ID_LINE.match(value))
        }
        return replace(operation, parameters={**operation.parameters, **ids})


class TakesAListOfOneForAnId(Fault, breaks="no-id-in-json-updates-nothing"):
    """Takes a JSON array that holds one id for that id."""

    def json_value(self, name: str, value: object) -> str:
        """Compare with two equals signs."""
        if name.endswith("_id") and isinstance(value, list) and len(value) == 1:
            return super().json_value(name, value[0])
        return super().json_value(name, value)


class LosesTheFieldsBeforeTheId(Fault, breaks="fields-count-wherever-the-id-stands"):
    """A PUT that names its record in the form ignores the fields that come before the id."""

    def body_parameters(
        self, request: Request, resource: Resource, method: str
    ) -> Mapping[str, str]:
        """Begin a record where its id is."""
        sent = super().body_parameters(request, resource, method)
        in_path = self.route(self.split_target(request.target)[0])[1]
        if method != "PUT" or self.is_json(request) or resource.id_name in in_path:
            return sent
        names = list(sent)
        if resource.id_name in names:
            names = names[names.index(resource.id_name) :]
        addresses = resource.address_names
        return {n: v for n, v in sent.items() if n in names or n in addresses}


class NormalizesGmailAddresses(Fault, breaks="address-of-any-look-comes-back"):
    """An e-mail address at gmail.com loses its dots and what comes after a plus sign."""

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Normalize an address as validator.js does."""
        local, _, domain = text.rpartition("@")
        if field.name == "email" and domain.lower() in {"gmail.com", "googlemail.com"}:
            text = local.partition("+")[0].replace(".", "").lower() + "@gmail.com"
        return super().value_sent(operation, field, text)


class KeepsTheBackslashOfASolidus(Fault, breaks="body-in-any-spelling-is-read"):
    r"""In a JSON body, the escape \/ that PHP writes for a solidus keeps its backslash."""

    def json_parameters(self, body: bytes) -> Mapping[str, str]:
        """Know every escape but this."""
        solidus = rb"\\/"
        return super().json_parameters(
            re.sub(rb"\\(.)", lambda m: solidus if m[1] == b"/" else m[0], body, flags=re.DOTALL)
        )


class KnowsUpperCaseEscapesOnly(Fault, breaks="body-in-any-spelling-is-read"):
    """In a form, a percent escape with a lower-case letter stays as it is: %c3%a5."""

    def form_parameters(self, body: bytes) -> Mapping[str, str]:
        """Decode %0-9A-F only."""
        lower = rb"%(?=[0-9A-Fa-f]{2})(?![0-9A-F]{2})"
        return super().form_parameters(re.sub(lower, b"%25", body))


class KeepsCustomFieldsAsJson(Fault, breaks="text-of-any-look-comes-back"):
    """A custom value that is a JSON array or object comes back with other blanks and order."""

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Store what is JSON as jsonb does."""
        if CUSTOM_FIELD.fullmatch(field.name) and text.lstrip()[:1] in {"{", "["}:
            with contextlib.suppress(ValueError, RecursionError):
                text = json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True)
        return super().value_sent(operation, field, text)


class LosesTheLastByteOfFullPieces(
    Fault, breaks="form-of-any-length-is-read-whole long-form-under-an-override-is-read"
):
    """A form whose length is a multiple of 4096 bytes loses its last byte."""

    def form_parameters(self, body: bytes) -> Mapping[str, str]:
        """Terminate a buffer that is full."""
        return super().form_parameters(body if len(body) % PIECE else body[:-1])


class OverridesWithoutALongBody(Fault, breaks="long-form-under-an-override-is-read"):
    """A POST that stands for a PUT changes nothing when its body has more than 16 KiB."""

    def body_parameters(
        self, request: Request, resource: Resource, method: str
    ) -> Mapping[str, str]:
        """Hand on the body that is in memory, as a proxy does that rewrites the method."""
        if request.method != method and len(request.body) > IN_MEMORY:
            return {}
        return super().body_parameters(request, resource, method)


class KeepsThePlus(
    Fault,
    breaks=(
        "post-decodes-the-body-once post-reads-plus-and-percent-alike "
        "put-decodes-the-body-once custom-fields-are-independent custom-value-at-creation "
        "custom-value-changes text-comes-back white-space-comes-back "
        "generated-customer-comes-back put-updates-any-subset curl-creates-a-customer "
        "put-that-succeeds-is-done full-length-values-come-back body-in-any-spelling-is-read "
        "charset-of-a-type-changes-nothing other-version-stores-what-it-takes"
    ),
    on_a_socket=True,
):
    """Takes a plus sign for itself."""

    def decoded_word(self, word: bytes) -> str:
        """Leave plus signs as they are."""
        return self.unescaped(word)
