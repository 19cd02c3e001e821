"""Faults in text: how it is decoded, stored and written."""

import unicodedata
from collections.abc import Mapping

from reference.faulty import Fault
from reference.message import Request
from reference.operation import Operation
from reference.refusal import Refusal
from reference.representation import Value
from reference.resources import Field, Resource
from reference.response_types import JSON

FEW_OCTETS = 40


class ComposesText(
    Fault,
    breaks=(
        "text-comes-back generated-custom-value-comes-back any-character-comes-back "
        "custnr-of-any-look-is-found"
    ),
):
    """Stores text in the composed form of Unicode."""

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Normalise it."""
        value = super().value_sent(operation, field, text)
        return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


class MakesBlanksPlain(Fault, breaks="text-comes-back any-character-comes-back"):
    """Stores every kind of blank as a space."""

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Replace them."""
        value = super().value_sent(operation, field, text)
        return value.replace("\u00a0", " ") if isinstance(value, str) else value


class ReplacesPlanes(
    Fault,
    breaks=(
        "text-comes-back custom-value-changes xml-says-what-json-says "
        "full-length-values-come-back generated-custom-value-comes-back "
        "text-is-whole-anywhere-in-an-answer any-character-comes-back"
    ),
):
    """Shows a question mark for each character outside the basic plane, in XML only."""

    def xml_escaped(self, text: str) -> str:
        """Replace them."""
        return "".join(char if char < "\U00010000" else "?" for char in super().xml_escaped(text))


class TrimsText(Fault, breaks="white-space-comes-back any-blank-comes-back"):
    """Stores text without the blanks at both ends."""

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Trim it."""
        value = super().value_sent(operation, field, text)
        return value.strip() if isinstance(value, str) else value


class TrimsWideBlanks(Fault, breaks="any-blank-comes-back"):
    """Stores text without the blanks beyond ASCII at both ends."""

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Trim these alone."""
        value = super().value_sent(operation, field, text)
        return value.strip("\u00a0\u2003\u3000") if isinstance(value, str) else value


class SaysLatin1(
    Fault,
    breaks="answers-are-utf-8 bodies-are-utf-8",
):
    """Says that its JSON is Latin-1."""

    def content_type(self, media_type: str) -> str:
        """Name the wrong charset."""
        found = super().content_type(media_type)
        return found.replace("utf-8", "ISO-8859-1") if media_type == JSON else found


class DeclaresLatin1(
    Fault,
    breaks=(
        "answers-are-utf-8 refusals-are-utf-8 text-comes-back bodies-are-utf-8 "
        "custom-value-changes xml-escapes-values xml-says-what-json-says "
        "full-length-values-come-back generated-custom-value-comes-back "
        "text-is-whole-anywhere-in-an-answer text-of-any-look-comes-back "
        "any-character-comes-back any-blank-comes-back blank-is-the-same-in-xml "
        "text-of-any-look-comes-back-from-json"
    ),
):
    """Declares its XML to be Latin-1, and writes UTF-8."""

    xml_declaration = '<?xml version="1.0" encoding="ISO-8859-1"?>'


class RepeatsValuesInLatin1(
    Fault,
    breaks="refusals-are-utf-8 bodies-are-utf-8",
):
    """Repeats a wrong value in a refusal, in Latin-1."""

    def not_a_choice(self, field: Field, text: str) -> str:
        """Say which value it was."""
        raise Refusal(400, f"{field.name} cannot be {text}")

    def encoded(self, text: str) -> bytes:
        """Write refusals in Latin-1."""
        if '"errors"' in text or "<errors>" in text:
            return text.encode("latin-1", "replace")
        return super().encoded(text)


class DecodesTheQueryTwice(Fault, breaks="query-is-decoded-once"):
    """Decodes the values of the query string twice."""

    def decoded_query(self, query: str) -> Mapping[str, str]:
        """Decode once more, where that is possible."""
        found = super().decoded_query(query)
        return {name: value.replace("%41", "A") for name, value in found.items()}


class KeepsThePlusOfTheQuery(Fault, breaks="query-is-decoded-once"):
    """Takes a plus in the query string for itself."""

    def decoded_query(self, query: str) -> Mapping[str, str]:
        """Protect each plus."""
        return super().decoded_query(query.replace("+", "%2B"))


class DecodesTheQueryFirst(Fault, breaks="query-is-decoded-once"):
    """Takes an encoded ampersand in the query string for a separator."""

    def decoded_query(self, query: str) -> Mapping[str, str]:
        """Decode it before splitting."""
        return super().decoded_query(query.replace("%26", "&"))


class KnowsPlainNamesOnly(Fault, breaks="query-names-are-decoded"):
    """Does not decode the names of parameters in the query string."""

    def decoded_query(self, query: str) -> Mapping[str, str]:
        """Leave out what has an encoded name."""
        pairs = [pair for pair in query.split("&") if "%" not in pair.partition("=")[0]]
        return super().decoded_query("&".join(pairs))


class KnowsNoCharsetInQuotes(Fault, breaks="put-that-succeeds-is-done"):
    """Takes a form for Latin-1 whose charset stands in quotes."""

    quoted = False

    def body_parameters(
        self, request: Request, resource: Resource, method: str
    ) -> Mapping[str, str]:
        """Look for quotes."""
        self.quoted = 'charset="' in (request.header("Content-Type") or "")
        try:
            return super().body_parameters(request, resource, method)
        finally:
            self.quoted = False

    def decoded(self, octets: bytes) -> str:
        """Decode as it was found."""
        return octets.decode("latin-1") if self.quoted else super().decoded(octets)


class ReadsJsonAsLatin1(
    Fault,
    breaks="json-is-utf-8 text-of-any-look-comes-back-from-json put-that-succeeds-is-done "
    "text-is-whole-anywhere-in-a-request body-in-any-spelling-is-read",
):
    """Reads the bytes of JSON as Latin-1."""

    def json_parameters(self, body: bytes) -> Mapping[str, str]:
        """Decode wrongly."""
        return super().json_parameters(body.decode("latin-1").encode())


class DropsAByteOrderMark(Fault, breaks="any-blank-comes-back"):
    """Takes the mark U+FEFF at the beginning of a value for one of the whole body."""

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Leave it out."""
        return super().value_sent(operation, field, text.removeprefix("\ufeff"))


class CutsWhatItRepeats(Fault, breaks="refusals-are-utf-8"):
    """Repeats in a refusal the first octets of a name that is too long."""

    def too_long(self, field: Field, text: str) -> str:
        """Cut them anywhere."""
        octets = text.encode()[:FEW_OCTETS]
        raise Refusal(400, f"{field.name} is too long: {octets.decode('utf-8', 'surrogateescape')}")

    def encoded(self, text: str) -> bytes:
        """Write them as they are."""
        return text.encode("utf-8", "surrogateescape")
