"""The representations, the media types of requests and responses, and how to ask for one."""

from typing import Final

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

XML_ALONE: Final = {
    "application/xml;q=0.9": "application/xml;q=0.9",
    "application/xml; charset=utf-8": "application/xml; charset=utf-8",
    "with a long parameter": f'application/xml; profile="{"x" * 120}"',
}
"""Accept fields that name XML and nothing else."""

SEVERAL_TYPES: Final = {
    "APPLICATION/XML": "in upper case",
    "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8": "of a browser",
    "application/xml, application/json;q=0.5": "that prefers XML",
    "application/json;q=0.5, application/xml": "that prefers XML, JSON first",
}
"""Accept fields that name several types, or one in capitals, with what they are."""

JSON_PREFERRED: Final = (
    "application/*",
    "application/json;q=0.9, application/xml;q=0.1",
    "application/json, application/xml;q=0",
)
"""Accept fields that prefer JSON, or leave the choice."""

OTHER_TYPES: Final = {
    "a script by a callback": ("?callback=cf&jsonp=cf", "*/*"),
    "a script by Accept": ("?callback=cf", "application/javascript, text/javascript"),
    "a sheet by a parameter": ("?format=csv&alt=csv", "*/*"),
    "a sheet by Accept": ("", "text/csv"),
    "a page by a parameter": ("?format=html&alt=html", "*/*"),
    "a page by Accept": ("", "text/html"),
    "another notation": ("", "application/x-yaml, application/yaml, application/msgpack"),
}
"""The query and the Accept field by which clients of other servers ask for another type."""
