"""The two representations: which one a body is, whether it is well-formed, and its schema."""

from __future__ import annotations

import io
import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, NoReturn
from xml.etree import ElementTree as ET

import xmlschema
from jsonschema import Draft202012Validator

from conformance.spec.addressing import with_suffix
from conformance.spec.media_types import ACCEPT, HTML, JSON, NOTHING, TEXT, XML
from conformance.spec.schemas import SCHEMAS, schema_of
from conformance.verdicts import SetupFailed, unobservable
from conformance.wire.documents import (
    BYTE_ORDER_MARK,
    Unreadable,
    has_too_many_values,
    without_document_type,
)
from conformance.wire.exchanges import observed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.clients.api import Api
    from conformance.spec.resources import Resource
    from conformance.wire.responses import Record, Response

MOST_VALIDATED = 100
"""How many records of one answer are held against a schema at most: the first and the last."""

_PATH_OF_A_RECORD = 2
"""How long a path in a JSON document is that leads to a record: the key and a position."""

_DECLARED_ENCODING = re.compile(rb"""\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")


def kind_of(response: Response) -> str:
    """Tell by the first characters of a body which representation it is, whatever it is called."""
    body = response.content.removeprefix(BYTE_ORDER_MARK).lstrip()
    if not body:
        return NOTHING
    if body[:1] == b"<":
        return HTML if body[:14].lower().startswith((b"<!doctype html", b"<html")) else XML
    return JSON if body[:1] in b'{["' or body.rstrip() in (b"null", b"true", b"false") else TEXT


def answered(response: Response) -> Response:
    """Return a response that was handled; raises SetupFailed for any other."""
    if not response.ok:
        message = f"refused with {response.status_code}: {response.text[:120]}"
        raise SetupFailed(message)
    return response


def json_problem(content: bytes) -> str:
    """Say what keeps a body from being JSON, bad UTF-8 aside; "" where nothing does.

    What has more values than are read is not looked at.
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
    """Say what keeps a body from being XML, bad UTF-8 aside; "" where nothing does.

    What declares entities is not looked at.
    """
    readable = without_document_type(content)
    if readable is None:
        return ""
    try:
        ET.fromstring(readable.decode("utf-8", "replace").encode())  # noqa: S314  (no entities)
    except (ET.ParseError, ValueError, LookupError) as error:
        return str(error)
    return ""


def declared_encoding(content: bytes) -> str:
    """Return the encoding that an XML declaration names, in lower case; "" where none does."""
    found = _DECLARED_ENCODING.match(content.removeprefix(BYTE_ORDER_MARK))
    return found[1].decode("latin-1").lower() if found else ""


def charset_of(response: Response) -> str:
    """Return the charset parameter of a media type, in lower case; "" where there is none."""
    parameters = response.headers.get("Content-Type", "").split(";")[1:]
    values = dict(each.strip().partition("=")[::2] for each in parameters)
    named = {name.strip().lower(): value for name, value in values.items()}
    return named.get("charset", "").strip(' "').lower()


def envelope_violations(response: Response, resource: Resource) -> list[str]:
    """Return where an answer is not the object that holds an array of records, by its schema."""
    observed("answers validated", 1)
    if kind_of(answered(response)) == NOTHING:
        return ["the body is empty"]
    found = _violations(response.json(), resource)
    return [text for path, text in found if len(path) <= _PATH_OF_A_RECORD]


def value_violations(response: Response, resource: Resource) -> list[str]:
    """Return which fields of an answer's records have values that the schema does not allow."""
    records = answered(response).records(resource)
    observed("answers validated", 1)
    found = _violations({resource.name: records}, resource)
    return [text for path, text in found if len(path) > _PATH_OF_A_RECORD]


def xml_violations(response: Response, resource: Resource) -> list[str]:
    """Return where an XML answer departs from the XSD of a resource."""
    answered(response).xml()  # refuses what declares entities
    content = without_document_type(response.content) or b""
    errors = _xsd(resource.name).iter_errors(io.BytesIO(content))
    return [f"{error.path}: {error.reason}" for error in errors][:10]


def in_representation(
    api: Api, kind: str, path: str, params: Mapping[str, str] | None = None
) -> Response:
    """Return the answer to a GET in one representation, however that can be had.

    Raises SetupFailed where neither Accept nor a suffix gives it.
    """
    response = api.get(path, params=params or {}, headers={"Accept": ACCEPT[kind]})
    for suffixed in with_suffix(path, kind):
        if not response.ok or kind_of(response) == kind:
            break
        response = api.get(suffixed, params=params or {})
    if kind_of(answered(response)) != kind:
        message = f"{path} cannot be had as {kind}"
        raise SetupFailed(message)
    return response


def kind_by_suffix(api: Api, path: str, kind: str, accept: str = "*/*") -> str:
    """Return what a GET answers whose path has a suffix: status and representation.

    Where the path names two resources, the suffix may stand behind either: the better answer
    counts.
    """
    seen = "no place for a suffix"
    for suffixed in with_suffix(path, kind):
        response = api.get(suffixed, headers={"Accept": accept})
        seen = f"{response.status_code} {kind_of(response)}"
        if response.ok and kind_of(response) == kind:
            break
    return seen


def unset_custom_fields(records: list[Record]) -> dict[str, object]:
    """Return the custom fields of records that were made without any, with their values.

    Ends the case as unobservable where the account has defined none.
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
        (list(error.absolute_path), f"{error.json_path}: {error.message[:120]}")
        for error in _validator(resource.name).iter_errors(_shortened(value, resource.name))
    ][:20]


def _shortened(value: object, key: str) -> object:
    """Return a document with the first and the last of its records only."""
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
    return xmlschema.XMLSchema11(str(SCHEMAS / f"{name}.xsd"), allow="local")


def _no_json(constant: str) -> NoReturn:
    message = f"{constant} is no JSON"
    raise ValueError(message)


def errors_of_success(response: Response) -> str:
    """Say that a JSON object has errors other than null; "" where it has none."""
    try:
        value = response.json()
    except Unreadable:
        return ""
    errors = value.get("errors") if isinstance(value, dict) else None
    return "" if errors is None else f"errors: {errors!r:.80}"


def error_problem(response: Response) -> str:
    """Say what keeps a JSON body from being a refusal that clients can read; "" where nothing does.

    A body that is no JSON, and a null, explain nothing and are not looked at.
    """
    try:
        value = response.json()
    except Unreadable:
        return ""
    errors = [] if value is None else list(_validator("errors").iter_errors(value))
    return "; ".join(f"{error.json_path}: {error.message[:100]}" for error in errors)


def record_elements(response: Response, resource: Resource) -> list[ET.Element]:
    """Return the elements of an XML answer that are records: those with the id as a child.

    Lenient, so that another rule fails for it: the root itself may be one. Raises Unreadable
    where the root has children of which none is one.
    """
    root = answered(response).xml()
    if root.find(resource.id_field) is not None:
        return [root]
    found = [each for each in root if each.find(resource.id_field) is not None]
    if not found and any(len(each) for each in root):
        message = f"no element has a {resource.id_field}: {response.text[:80]!r}"
        raise Unreadable(message)
    return found
