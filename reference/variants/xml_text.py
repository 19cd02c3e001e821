"""Freedoms of XML: declarations, white space, attributes, comments, escapes, names."""

import html
import re
from collections.abc import Mapping

from reference.faulty import Variant
from reference.representation import Answer, Wire

NOT_ASCII = re.compile(r"[^\x00-\x7f]")


class IndentsXml(Variant):
    """Has each element of XML on a line of its own, and ends with one (XML 1.0, 2.10)."""

    def xml_tagged(self, name: str, inside: str) -> str:
        """Break the lines between elements, never around text."""
        return super().xml_tagged(name, f"\n{inside}" if "<" in inside else inside) + "\n"

    def xml_nothing(self, name: str) -> str:
        """Break the line behind it."""
        return super().xml_nothing(name) + "\n"


class EndsXmlLinesAsWindowsDoes(IndentsXml):
    """Ends the lines of XML with carriage return and line feed (XML 1.0, 2.11)."""

    def xml_text(self, answer: Answer) -> str:
        """Replace the line ends."""
        return super().xml_text(answer).replace("\n", "\r\n")


class DeclaresNoXml(Variant):
    """Leaves the XML declaration out, which UTF-8 does without (XML 1.0, 2.8)."""

    def xml_text(self, answer: Answer) -> str:
        """Begin with the root."""
        return self.xml_root(answer)


class DeclaresXmlItsOwnWay(Variant):
    """Writes the XML declaration with apostrophes and `standalone` (XML 1.0, 2.8)."""

    xml_declaration = "<?xml version='1.0' encoding='utf-8' standalone='yes' ?>"


class BeginsXmlWithAByteOrderMark(Variant):
    """Begins XML with a byte order mark (XML 1.0, 4.3.3)."""

    def xml_text(self, answer: Answer) -> str:
        """Put the mark in front."""
        return "\ufeff" + super().xml_text(answer)


class DeclaresADocumentType(Variant):
    """Declares the document type of XML, without any entity (XML 1.0, 2.8)."""

    def xml_root(self, answer: Answer) -> str:
        """Declare it before the root."""
        return f"<!DOCTYPE {answer.name}>\n{super().xml_root(answer)}"


class CommentsXml(Variant):
    """Has comments and processing instructions wherever XML lets them be (XML 1.0, 2.5)."""

    def xml_root(self, answer: Answer) -> str:
        """Say where it comes from."""
        style = '<?xml-stylesheet type="text/css" href="api.css"?>'
        return f"<!-- made by the API -->{style}{super().xml_root(answer)}<!-- <customers/> -->\n"

    def xml_inside(self, name: str, value: Wire) -> str:
        """Comment on what is in every element, text among it."""
        inside = super().xml_inside(name, value)
        return f"<!-- {name} -->{inside}<?end {name}?>"


class AddsAttributes(Variant):
    """Has attributes on the root, on records and on fields: none are excluded."""

    def xml_root(self, answer: Answer) -> str:
        """Count what the root holds."""
        root = super().xml_root(answer)
        return root.replace(f"<{answer.name}", f'<{answer.name} version="2.4.9"', 1)

    def xml_tagged(self, name: str, inside: str) -> str:
        """Tell the type of each element."""
        kind = "object" if "<" in inside else "string"
        return f'<{name} type="{kind}" xml:lang="sv">{inside}</{name}>'


class NamesNothingAsSchemasDo(Variant):
    """Says of an element that is not set that it is nil (XML Schema 1, 2.6.2).

    Ambiguity: `null-in-xml`.
    """

    def xml_root(self, answer: Answer) -> str:
        """Declare the prefix, and where a schema can be found."""
        declared = (
            ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
            ' xsi:noNamespaceSchemaLocation="https://help.example/api.xsd"'
        )
        opening = f"<{answer.name}"
        return super().xml_root(answer).replace(opening, opening + declared, 1)

    def xml_nothing(self, name: str) -> str:
        """Say it."""
        return f'<{name} xsi:nil="true"/>'


class WritesEmptyElementsTheOtherWay(Variant):
    """Writes null as a pair of tags and an empty text as one tag.

    Ambiguity: `null-in-xml`.
    """

    def xml_nothing(self, name: str) -> str:
        """Write two tags."""
        return f"<{name}></{name}>"

    def xml_tagged(self, name: str, inside: str) -> str:
        """Write one tag around nothing."""
        return super().xml_tagged(name, inside) if inside else f"<{name} />"


class WritesCharacterData(Variant):
    """Writes text as CDATA sections (XML 1.0, 2.7)."""

    def xml_escaped(self, text: str) -> str:
        """Escape nothing but the end of a section and carriage returns, which go outside."""
        cut = text.replace("]]>", "]]]]><![CDATA[>").replace("\r", "]]>&#13;<![CDATA[")
        return f"<![CDATA[{cut}]]>"


class WritesReferences(Variant):
    """Writes all but ASCII, and every quote, as references (XML 1.0, 4.1).

    Ambiguity: `escaped-text`.
    """

    def xml_escaped(self, text: str) -> str:
        """Write references, by hexadecimal and by decimal numbers."""
        escaped = html.escape(text).replace("\r", "&#xD;").replace("&gt;", "&#62;")
        return NOT_ASCII.sub(lambda found: f"&#x{ord(found[0]):X};", escaped)


class DeclaresXmlAsAscii(WritesReferences):
    """Declares XML as ASCII, and writes nothing else: each such body is UTF-8 as well.

    Ambiguity: `escaped-text`.
    """

    xml_declaration = '<?xml version="1.0" encoding="us-ascii"?>'


class TellsPagesInAttributes(Variant):
    """Has the paging properties as attributes of the root in XML.

    Ambiguity: `paging-in-xml`.
    """

    def xml_root(self, answer: Answer) -> str:
        """Write them into the opening tag."""
        told = "".join(f' {name}="{value}"' for name, value in (answer.paging or {}).items())
        return f"<{answer.name}{told}>{self.xml_children(answer)}</{answer.name}>"


class TellsNoPagesInXml(Variant):
    """Leaves the paging properties out of XML.

    Ambiguity: `paging-in-xml`.
    """

    def xml_paging(self, paging: Mapping[str, int | str]) -> str:
        """Tell nothing."""
        del paging
        return ""


class TellsPagesTogether(Variant):
    """Has the paging properties in an element of their own, behind the records.

    Ambiguity: `paging-in-xml`.
    """

    def xml_content(self, answer: Answer) -> str:
        """Put them there."""
        paging = self.xml_paging(answer.paging or {})
        return f"{self.xml_children(answer)}<paging>{paging}</paging>"


class CallsRecordsItems(Variant):
    """Calls an element of an array an item where no sample shows its name.

    Ambiguities: `name-of-a-record-in-xml`, `arrays-in-xml`.
    """

    def singular(self, name: str) -> str:
        """Know the name of a customer only."""
        return "customer" if name == "customers" else "item"


class RepeatsTheName(Variant):
    """Repeats the name of an array for its elements where no sample shows it.

    Ambiguities: `name-of-a-record-in-xml`, `arrays-in-xml`.
    """

    def singular(self, name: str) -> str:
        """Know the name of a customer only."""
        return "customer" if name == "customers" else name


class RepeatsArrays(Variant):
    """Writes an array in a record as one element for each of its items.

    Ambiguity: `arrays-in-xml`.
    """

    def xml_element(self, name: str, value: Wire) -> str:
        """Write as many elements as there are items, none for an empty array."""
        if isinstance(value, list):
            return "".join(super(RepeatsArrays, self).xml_element(name, item) for item in value)
        return super().xml_element(name, value)


class WrapsPingsAndErrors(Variant):
    """Wraps a ping and errors in XML in a root element of another name.

    Ambiguity: `ping-and-errors-in-xml`.
    """

    def xml_root(self, answer: Answer) -> str:
        """Wrap what is no list of records."""
        root = super().xml_root(answer)
        return f"<response>{root}</response>" if answer.name in {"ping", "errors"} else root


class OrdersXmlFieldsOtherwise(Variant):
    """Has the fields of a record in XML in the order of their names: none is prescribed."""

    def xml_inside(self, name: str, value: Wire) -> str:
        """Sort them."""
        if isinstance(value, dict):
            value = dict(sorted(value.items()))
        return super().xml_inside(name, value)
