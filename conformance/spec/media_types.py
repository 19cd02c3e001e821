"""The representations, the media types of requests and responses, and how to ask for one."""

from conformance.spec.ambiguities import ambiguity

JSON, XML, HTML, TEXT, NOTHING = "JSON", "XML", "HTML", "text", "nothing"
"""The kinds of a body; the document has the first two."""

JSON_TYPE, XML_TYPE = "application/json", "application/xml"
JSON_TYPES = frozenset({JSON_TYPE})
XML_TYPES = frozenset(ambiguity("media-type-of-xml").answers)

FORM_TYPE = "application/x-www-form-urlencoded"
PRINTED_FORM_TYPE = FORM_TYPE.removesuffix("d")
"""The media type of forms as the document prints it."""

ACCEPT = {JSON: JSON_TYPE, XML: XML_TYPE}
SUFFIX = {JSON: ".json", XML: ".xml"}
