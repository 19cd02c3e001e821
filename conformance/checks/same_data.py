"""Comparison of JSON and XML of the same records."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from xml.etree.ElementTree import canonicalize, tostring

from conformance.checks.representations import answered, in_representation, record_elements
from conformance.spec.media_types import JSON, XML
from conformance.spec.schemas import documented
from conformance.wire.recorder import observed
from conformance.wire.records import id_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree import ElementTree as ET

    from conformance.clients.api import Api
    from conformance.spec.resources import Record, Resource
    from conformance.wire.responses import Response

MOST_DIFFERENCES = 10
_UNWRITABLE = {chr(code) for code in range(0x20)} - {"\t", "\n", "\r"} | {"\ufffe", "\uffff"}
"""Characters that XML cannot represent."""


def differences(
    api: Api, resource: Resource, path: str, params: Mapping[str, str] | None = None
) -> list[str]:
    """Return how the XML response to a GET differs from the JSON response, record by record.

    Fields that nobody documents are left out: a server may show them where it likes. JSON is read
    before and, if there is a difference, after: records that changed in between are not compared.
    Counts the fields compared. Raises SetupFailed where a response is missing or unreadable.
    """
    before = _by_id(in_representation(api, JSON, path, params), resource)
    in_xml = in_representation(api, XML, path, params)
    elements = {
        (each.findtext(resource.id_field) or "").strip(): each
        for each in record_elements(in_xml, resource)
    }
    for each in elements.values():
        known = documented(resource, dict.fromkeys(child.tag for child in each))
        for child in [child for child in each if child.tag not in known]:
            each.remove(child)
    found = _differences(before, elements, before)
    if found:
        after = _by_id(in_representation(api, JSON, path, params), resource)
        found = _differences(before, elements, after)
    observed("records compared", len(elements))
    observed("fields compared", sum(len(each) for each in before.values()))
    return found[:MOST_DIFFERENCES]


def _differences(
    before: dict[str, Record], elements: dict[str, ET.Element], after: dict[str, Record]
) -> list[str]:
    lasting = before.keys() & after.keys()
    found = [f"{id_} is not in XML" for id_ in sorted(lasting - elements.keys())]
    found += [
        f"{id_} is in XML only" for id_ in sorted(elements.keys() - before.keys() - after.keys())
    ]
    for id_ in sorted(lasting & elements.keys()):
        if before[id_] == after[id_]:
            found += [f"{id_}: {text}" for text in field_differences(before[id_], elements[id_])]
    return found


def field_differences(record: Record, element: ET.Element) -> list[str]:
    """Return how a record's XML element differs from its fields in JSON.

    null and the empty string are both an empty element. The leaves of an array may have any
    structure and order; an empty array needs no element.
    """
    children: dict[str, list[ET.Element]] = {}
    for child in element:
        children.setdefault(child.tag, []).append(child)
    found = [f"{name} is in XML only" for name in children if name not in record]
    for name, value in record.items():
        shown = children.get(name, [])
        if isinstance(value, (list, dict)):
            expected, seen = Counter(_leaves(value)), Counter(_texts(shown))
            if expected != seen:
                found.append(f"{name} is {sorted(expected)} in JSON, {sorted(seen)} in XML")
        elif len(shown) != 1:
            found.append(f"{name} is in XML {len(shown)} times")
        elif not _equal(value, shown[0]):
            found.append(f"{name} is {value!r} in JSON, {shown[0].text!r} in XML")
    return found


def holds_the_same(one: Response, other: Response) -> bool:
    """Tell whether two answers of one type hold the same values in the same structure."""
    if one.looks_like_xml:
        trees = [tostring(each.xml(), "unicode") for each in (one, other)]
        return canonicalize(trees[0], strip_text=True) == canonicalize(trees[1], strip_text=True)
    return one.json() == other.json()


def _by_id(response: Response, resource: Resource) -> dict[str, Record]:
    records = answered(response).records(resource)
    return {id_of(resource, each): documented(resource, each) for each in records}


def _equal(value: object, element: ET.Element) -> bool:
    """Tell whether an element has the value of a JSON scalar, even of one with a wrong type."""
    text = element.text or ""
    if len(element):
        return False
    if isinstance(value, bool):
        return text in (("true", "1") if value else ("false", "0", ""))
    expected = "" if value is None else _newlines(str(value))
    return not _UNWRITABLE.isdisjoint(expected) or expected == _newlines(text)


def _newlines(text: str) -> str:
    """Return a text with its line ends normalised as an XML parser does."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _leaves(value: object) -> list[str]:
    """Return the scalars in an array or object as texts, without empty ones."""
    if isinstance(value, dict):
        return [leaf for each in value.values() for leaf in _leaves(each)]
    if isinstance(value, list):
        return [leaf for each in value for leaf in _leaves(each)]
    return [] if value in (None, "") else [_newlines(str(value))]


def _texts(elements: list[ET.Element]) -> list[str]:
    """Return the texts of the innermost elements, without empty ones."""
    inner = [leaf for each in elements for leaf in each.iter() if not len(leaf)]
    return [_newlines(leaf.text) for leaf in inner if leaf.text]
