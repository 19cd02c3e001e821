"""Faults of XML, and of the encoding of bodies."""

import html
from collections.abc import Mapping, Sequence
from dataclasses import replace

from reference.faults.representation import KnowsItsMethod
from reference.faulty import Fault
from reference.message import Response
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Answer, Value, Wire
from reference.resources import GREETINGS
from reference.response_types import XML


class NamesEveryRootResponse(
    Fault,
    breaks="xml-customers xml-by-pattern other-versions-answer xml-of-nothing-has-its-root "
    "xml-of-nothing-by-pattern",
):
    """Names the root of XML `response`."""

    def xml_text(self, answer: Answer) -> str:
        """Rename it."""
        text = super().xml_text(answer)
        name = answer.name
        return text.replace(f"<{name}>", "<response>", 1)[: -len(name) - 1] + "response>"


class NamesTheRootOfOneInTheSingular(KnowsItsMethod, breaks="xml-customers"):
    """Names the root of XML for one customer after the record."""

    def xml_text(self, answer: Answer) -> str:
        """Rename it."""
        text = super().xml_text(answer)
        if answer.name != "customers" or answer.paging or not answer.content:
            return text
        return text.replace("<customers>", "<customer>").replace("</customers>", "</customer>")


class CallsEveryRecordAnItem(Fault, breaks="xml-customers"):
    """Names the elements of records `item`."""

    def singular(self, name: str) -> str:
        """Forget the name."""
        del name
        return "item"


class RepeatsThePluralForOddRecords(Fault, breaks="xml-by-pattern"):
    """Names the elements of users `row`."""

    def singular(self, name: str) -> str:
        """Rename them."""
        return "row" if name == "users" else super().singular(name)


class EscapesNothing(
    Fault,
    breaks=(
        "xml-escapes-values xml-well-formed custom-value-changes other-versions-answer "
        "text-of-any-look-comes-back any-blank-comes-back generated-custom-value-comes-back "
        "text-is-whole-anywhere-in-an-answer text-of-any-look-comes-back-elsewhere"
    ),
):
    """Writes values into XML as they are."""

    def xml_escaped(self, text: str) -> str:
        """Leave the text alone."""
        return text


class EscapesTwice(
    Fault,
    breaks=(
        "xml-escapes-values xml-says-what-json-says custom-value-changes "
        "text-comes-back every-way-of-writing-agrees generated-customer-comes-back "
        "generated-custom-value-comes-back text-of-any-look-comes-back "
        "text-of-any-look-comes-back-elsewhere text-of-any-look-comes-back-from-json "
        "full-length-values-come-back text-is-whole-anywhere-in-an-answer"
    ),
):
    """Escapes values of XML twice."""

    def xml_escaped(self, text: str) -> str:
        """Escape once more."""
        return super().xml_escaped(html.escape(text, quote=False))


class LeavesNullOutOfXml(
    Fault,
    breaks="xml-says-what-json-says xml-follows-updates xml-says-what-json-says-of-links "
    "xml-says-what-json-says-of-alternative-numbers",
):
    """Leaves fields out of XML that are null."""

    def xml_nothing(self, name: str) -> str:
        """Write nothing at all."""
        del name
        return ""


class WritesNullAsAWord(
    Fault,
    breaks="xml-says-what-json-says xml-says-what-json-says-of-links "
    "xml-says-what-json-says-of-alternative-numbers",
):
    """Writes the word null into XML where a source has nothing."""

    def xml_nothing(self, name: str) -> str:
        """Write the word."""
        return f"<{name}>null</{name}>" if name == "smsnumber" else super().xml_nothing(name)


class ShowsXmlAsItWas(
    KnowsItsMethod,
    breaks="xml-follows-updates every-way-of-writing-agrees walk-record-is-as-written "
    "write-shows-in-every-read text-is-whole-anywhere-in-an-answer "
    "text-of-any-look-comes-back-elsewhere",
):
    """Shows a greeting in XML as it was when it was first asked for in XML."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Remember what was shown."""
        values = super().presented(operation, record)
        if operation.resource is not GREETINGS or not self.in_xml or self.method != "GET":
            return values
        shown: dict[object, Mapping[str, Value]] = self.__dict__.setdefault("shown", {})
        return shown.setdefault((record.id, "sounddata" in values), values)


class LosesTheFilterInXml(
    KnowsItsMethod,
    breaks="xml-says-what-json-says empty-filter-answers-empty-list filter-holds-in-xml "
    "xml-of-an-empty-list",
):
    """Drops filters that are no ids when XML is asked for."""

    def filters(self, operation: Operation) -> Mapping[str, str]:
        """Keep the ids."""
        filters = super().filters(operation)
        if not self.in_xml:
            return filters
        return {name: value for name, value in filters.items() if name.endswith("_id")}


class LosesThePageInXml(
    KnowsItsMethod,
    breaks=(
        "xml-says-what-json-says pages-hold-each-record-once xml-of-an-empty-list "
        "xml-says-which-page equal-records-are-each-on-one-page "
        "refusal-has-one-code-in-each-type"
    ),
    in_a_whole_run=True,
):
    """Answers the first page of calls whenever XML is asked for."""

    def page(self, parameters: Mapping[str, str]) -> int:
        """Forget the page."""
        return 0 if self.in_xml else super().page(parameters)


class CountsThePageInXml(Fault, breaks="xml-says-which-page"):
    """Says for a total in XML how many records the page has."""

    def xml_content(self, answer: Answer) -> str:
        """Count what is there."""
        if answer.paging is None:
            return super().xml_content(answer)
        paging = {**answer.paging, "total": len(answer.content)}
        return super().xml_content(replace(answer, paging=paging))


class BeginsWithPageOneInXml(Fault, breaks="xml-says-which-page"):
    """Says in XML that the first page is page 1."""

    def xml_paging(self, paging: Mapping[str, int | str]) -> str:
        """Add one."""
        shifted = {"page": int(paging["page"]) + 1} if paging else {}
        return super().xml_paging({**paging, **shifted})


class LosesTheLastRecordInXml(
    KnowsItsMethod, breaks=("xml-says-what-json-says equal-records-are-each-on-one-page")
):
    """Leaves the last source out of a list in XML."""

    def ordered(self, operation: Operation, records: list[Record]) -> Sequence[Record]:
        """Drop it."""
        records = list(super().ordered(operation, records))
        lists = operation.resource.name == "sources" and not operation.record_id
        return records[:-1] if self.in_xml and lists else records


class WritesXmlInLatin1(
    Fault,
    breaks="bodies-are-utf-8 answers-are-utf-8 other-versions-answer "
    "text-is-whole-anywhere-in-an-answer text-of-any-look-comes-back",
):
    """Encodes XML in ISO 8859-1."""

    def encoded(self, text: str) -> bytes:
        """Take the wrong encoding."""
        if text.startswith("<?xml"):
            return text.encode("latin-1", "xmlcharrefreplace")
        return super().encoded(text)


class CallsJsonLatin1(
    Fault,
    breaks="bodies-are-utf-8 answers-are-utf-8",
):
    """Calls the charset of JSON ISO 8859-1."""

    def content_type(self, media_type: str) -> str:
        """Name the wrong charset."""
        return f"{media_type}; charset={'utf-8' if media_type == XML else 'iso-8859-1'}"


class ExplainsInLatin1(
    Fault,
    breaks="bodies-are-utf-8 refusals-are-utf-8",
):
    """Repeats a value that it refuses, in ISO 8859-1."""

    def error_answer(self, refusal: Refusal) -> Answer:
        """Name the value."""
        return Answer("errors", [f"Ogiltigt värde: {refusal.status}"])

    def response(self, media_type: str, status: int, answer: Answer) -> Response:
        """Take the wrong encoding."""
        response = super().response(media_type, status, answer)
        if answer.name == "errors":
            return replace(response, body=response.body.decode().encode("latin-1", "replace"))
        return response


class TrimsTextsInXml(
    Fault, breaks="blank-is-the-same-in-xml any-blank-comes-back white-space-comes-back"
):
    """Leaves out the blanks around a text in XML."""

    def xml_escaped(self, text: str) -> str:
        """Trim it."""
        return super().xml_escaped(text.strip(" \u2003\u3000"))


class LeavesListsOutOfXml(Fault, breaks="xml-says-what-json-says xml-says-what-json-says-of-links"):
    """Writes no list within a record in XML."""

    def xml_element(self, name: str, value: Wire) -> str:
        """Leave it out."""
        return "" if name == "used_by" else super().xml_element(name, value)


class EmptiesListsInXml(Fault, breaks="xml-says-what-json-says xml-says-what-json-says-of-links"):
    """Writes a list within a record as an element with nothing in it."""

    def xml_element(self, name: str, value: Wire) -> str:
        """Leave the values out."""
        return self.xml_nothing(name) if name == "used_by" else super().xml_element(name, value)
