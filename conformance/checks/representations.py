"""JSON and XML: which one a body is, whether it is well-formed, and whether it fits its schema."""

from __future__ import annotations

import io
import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, NoReturn
from xml.etree import ElementTree as ET

from jsonschema import Draft202012Validator

from conformance.checks.violations import json_violation, xml_violation
from conformance.spec.addressing import with_suffix
from conformance.spec.media_types import ACCEPT, HTML, JSON, NOTHING, TEXT, XML
from conformance.spec.schemas import SCHEMAS, documented, schema_of
from conformance.verdicts import SetupFailed, unobservable
from conformance.wire.documents import (
    BYTE_ORDER_MARK,
    Unreadable,
    has_too_many_values,
    without_document_type,
)
from conformance.wire.recorder import observed

if TYPE_CHECKING:
    from collections.abc import Mapping

    import xmlschema

    from conformance.clients.api import Api
    from conformance.spec.resources import Record, Resource
    from conformance.wire.responses import Response

MOST_VALIDATED = 100
"""The maximum number of records of a response to validate: the first and the last ones."""

_PATH_OF_A_RECORD = 2
"""The length of the path to a record in a JSON document: a key and a position."""


def body_kind(response: Response) -> str:
    """Return the representation of a body by its first characters, not by its Content-Type."""
    body = response.content.removeprefix(BYTE_ORDER_MARK).lstrip()
    if not body:
        return NOTHING
    if body[:1] == b"<":
        return HTML if body[:14].lower().startswith((b"<!doctype html", b"<html")) else XML
    return JSON if body[:1] in b'{["' or body.rstrip() in (b"null", b"true", b"false") else TEXT


def answered(response: Response) -> Response:
    """Return a successful response unchanged; raises SetupFailed for any other."""
    if not response.ok:
        message = f"refused with {response.status_code}: {response.text[:120]}"
        raise SetupFailed(message)
    return response


def json_problem(content: bytes) -> str:
    """Return why a body is not JSON, apart from invalid UTF-8; "" where it is.

    A body with more values than are read is not examined.
    """
    if content.startswith(BYTE_ORDER_MARK):
        return "begins with a byte order mark"
    if has_too_many_values(content):
        return ""
    try:
        json.loads(content.decode("utf-8", "replace"), parse_constant=_no_json)
    except (ValueError, RecursionError) as error:
        return str(error)
    return ""


def xml_problem(content: bytes) -> str:
    """Return why a body is not XML, apart from invalid UTF-8; "" where it is.

    A body that declares entities is not parsed.
    """
    readable = without_document_type(content)
    if readable is None:
        return ""
    try:
        ET.fromstring(readable.decode("utf-8", "replace").encode())  # noqa: S314  (no entities)
    except (ET.ParseError, ValueError, LookupError) as error:
        return str(error)
    return ""


def neither_type(response: Response) -> str:
    """Return the kind of a successful body that is neither JSON nor XML; "" of any other answer."""
    kind = body_kind(response)
    if not response.ok or kind in (XML, NOTHING):
        return ""
    if kind == JSON:
        return TEXT if json_problem(response.content) else ""
    return kind


def envelope_violations(response: Response, resource: Resource) -> list[str]:
    """Return where a response departs from the schema's object with an array of records."""
    observed("answers validated", 1)
    if body_kind(answered(response)) == NOTHING:
        return ["the body is empty"]
    found = _violations(response.json(), resource)
    return [text for path, text in found if len(path) <= _PATH_OF_A_RECORD]


def value_violations(response: Response, resource: Resource) -> list[str]:
    """Return the fields of a response's records whose values the schema does not allow.

    Left out are fields that are not documented: a server may have any, with values of any kind.
    """
    records = [documented(resource, each) for each in answered(response).records(resource)]
    observed("answers validated", 1)
    found = _violations({resource.name: records}, resource)
    return [text for path, text in found if len(path) > _PATH_OF_A_RECORD]


def xml_violations(response: Response, resource: Resource) -> list[str]:
    """Return where an XML response departs from the XSD of its resource."""
    answered(response).xml()  # refuses what declares entities
    content = without_document_type(response.content) or b""
    errors = _xsd(resource.name).iter_errors(io.BytesIO(content))
    return [xml_violation(error) for error in errors][:10]


def in_representation(
    api: Api, kind: str, path: str, params: Mapping[str, str] | None = None
) -> Response:
    """GET a path in one representation, by Accept or else by a suffix.

    Raises SetupFailed where neither returns it.
    """
    response = api.get(path, params=params or {}, headers={"Accept": ACCEPT[kind]})
    for suffixed in with_suffix(path, kind):
        if not response.ok or body_kind(response) == kind:
            break
        response = api.get(suffixed, params=params or {})
    if body_kind(answered(response)) != kind:
        message = f"{path} cannot be had as {kind}"
        raise SetupFailed(message)
    return response


def status_and_kind(response: Response) -> str:
    """Return the status and the representation of a response, as in "200 JSON"."""
    return f"{response.status_code} {body_kind(response)}"


def kind_by_suffix(api: Api, path: str, kind: str, accept: str = "*/*") -> str:
    """GET a path with a suffix; return status and representation.

    Where the path names two resources, the suffix may follow either: the better response counts.
    """
    seen = "no place for a suffix"
    for suffixed in with_suffix(path, kind):
        response = api.get(suffixed, headers={"Accept": accept})
        seen = status_and_kind(response)
        if response.ok and body_kind(response) == kind:
            break
    return seen


def is_blank(value: object) -> bool:
    """Tell whether a value stands for none, without being null: an account may define a default."""
    return value is not None and str(value).strip().lower() in BLANK


BLANK = frozenset({"", "0", "null", "nil", "none", "undefined", "false", "[]", "{}"})
"""Texts that programs show for what has no value; "n/a" or "-" are what people define for that."""


def unset_custom_fields(records: list[Record]) -> dict[str, object]:
    """Return the custom fields of records that were created without any, with their values.

    Ends the case as unobservable where there is none.
    """
    found = {
        name: value
        for record in records
        for name, value in record.items()
        if re.fullmatch(r"custom_\d+", name)
    }
    if not found:
        unobservable("no custom field is defined for customers")
    return found


def _violations(value: object, resource: Resource) -> list[tuple[list[object], str]]:
    return [
        (list(error.absolute_path), json_violation(error))
        for error in _validator(resource.name).iter_errors(_shortened(value, resource.name))
    ][:20]


def _shortened(value: object, key: str) -> object:
    """Return a document with only the first and the last of its records."""
    records = value.get(key) if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(records, list):
        return value
    half = MOST_VALIDATED // 2
    short = records if len(records) <= MOST_VALIDATED else records[:half] + records[-half:]
    return {**value, key: short}


@lru_cache(maxsize=16)
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(schema_of(name))


@lru_cache(maxsize=16)
def _xsd(name: str) -> xmlschema.XMLSchema11:
    import xmlschema  # noqa: PLC0415  (0.3 s, which most selections have no need of)

    return xmlschema.XMLSchema11(str(SCHEMAS / f"{name}.xsd"), allow="local")


def _no_json(constant: str) -> NoReturn:
    message = f"{constant} is no JSON"
    raise ValueError(message)


def errors_of_success(response: Response) -> str:
    """Return the errors of a JSON object in words; "" where it has none, or null."""
    try:
        value = response.json()
    except Unreadable:
        return ""
    errors = value.get("errors") if isinstance(value, dict) else None
    return "" if errors is None else f"errors: {errors!r:.80}"


def error_problem(response: Response) -> str:
    """Return where a JSON refusal departs from its schema; "" where it does not.

    A body that is not JSON, or null, is not judged.
    """
    try:
        value = response.json()
    except Unreadable:
        return ""
    errors = [] if value is None else list(_validator("errors").iter_errors(value))
    return "; ".join(json_violation(error) for error in errors)


def record_elements(response: Response, resource: Resource) -> list[ET.Element]:
    """Return the elements of an XML response that are records: those with the id as a child.

    The root itself may be a record, so that only the rule about the envelope fails for it. Raises
    Unreadable where none of the root's children is one.
    """
    root = answered(response).xml()
    if root.find(resource.id_field) is not None:
        return [root]
    found = [each for each in root if each.find(resource.id_field) is not None]
    if not found and any(len(each) for each in root):
        message = f"no element has a {resource.id_field}: {response.text[:80]!r}"
        raise Unreadable(message)
    return found
