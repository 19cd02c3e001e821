"""Request bodies in every media type, and the values that are stored from them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

from conformance.checks.custom_fields import custom_values
from conformance.checks.text_differences import difference_of
from conformance.clients.raw_http import RawRequest
from conformance.spec.addressing import every_octet_encoded
from conformance.spec.media_types import FORM_TYPE, JSON_TYPE, XML_TYPE
from conformance.spec.resources import CUSTOMERS
from conformance.verdicts import SetupFailed, not_applicable
from conformance.wire.preparing import encoded
from conformance.wire.recorder import observed
from conformance.wire.records import record_with_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from conformance.clients.api import Api
    from conformance.clients.raw_http import RawHttp
    from conformance.spec.addressing import Identity, Request
    from conformance.spec.resources import Record, Resource
    from conformance.wire.responses import Response


WRITTEN_AS: Mapping[str, tuple[str, bool]] = {
    "a form with charset": (f"{FORM_TYPE}; charset=utf-8", False),
    "a form in capitals": (FORM_TYPE.upper(), False),
    "a form with charset in quotes": (f'{FORM_TYPE}; charset="utf-8"', False),
    "JSON with charset": (f"{JSON_TYPE}; charset=utf-8", True),
    "JSON in capitals": (JSON_TYPE.upper(), True),
}
"""Other spellings of a media type, and whether it is that of JSON."""


def put_written_as(api: Api, spelling: str, name: str) -> tuple[Response, Identity]:
    """PUT a name with a media type in another spelling; return the response, and of which record.

    Not applicable where JSON is not offered.
    """
    media_type, is_json = WRITTEN_AS[spelling]
    made = require_json_put(api) if is_json else api.shared_record(CUSTOMERS)
    values = {"name": name}
    body = json.dumps(values, ensure_ascii=False).encode() if is_json else encoded(values)
    return api.put(made.path, data=body, headers={"Content-Type": media_type}), made


@dataclass(frozen=True, slots=True)
class Stored:
    """The status of a POST or PUT, the value sent and the value stored."""

    method: str
    status_code: int
    sent: str
    name: object

    @property
    def done(self) -> bool:
        """Whether the request succeeded and stored the value sent."""
        return 200 <= self.status_code < 300 and self.name == self.sent  # noqa: PLR2004  (2xx)


def stored_by_type(api: Api, content_type: str, resource: Resource = CUSTOMERS) -> list[Stored]:
    """Create and update a record by a form of a given Content-Type; return what was stored."""
    headers = {"Content-Type": content_type}
    values, posted = api.post_new(
        resource,
        post=lambda sent: api.post(resource.collection, data=encoded(sent), headers=headers),
    )
    if not posted.ok:
        return [Stored("POST", posted.status_code, values["name"], None)]
    made = api.created(resource, posted, values)
    created, name = api.read(made), api.fresh()
    put = api.update(
        made,
        {"name": name},
        put=lambda other, sent: api.put(other.path, data=encoded(sent), headers=headers),
    )
    return [
        Stored("POST", posted.status_code, values["name"], created.get("name")),
        Stored("PUT", put.status_code, name, api.read(made).get("name")),
    ]


def with_name_written(written: str, values: Mapping[str, str]) -> bytes:
    """Return a form that begins with a name as it is already encoded, in place of the value's."""
    others = {field: value for field, value in values.items() if field != "name"}
    return f"name={written}&".encode() + encoded(others)


def answer_to_number(response: Response, stored: object, number: int) -> str:
    """Say what became of a number in JSON: refused, or what is stored of it."""
    if not response.ok:
        return f"refused with {response.status_code}"
    return "its digits" if str(stored) == str(number) else f"{stored!r}"


def answer_to_null(response: Response, before: object, stored: object) -> str:
    """Say what became of a null in JSON: refused, or what is stored instead."""
    if not response.ok:
        return "refused"
    if stored in (None, ""):
        return "unset"
    return "unchanged" if stored == before else f"{stored!r}"


def without_owner(values: Mapping[str, str]) -> dict[str, str]:
    """Return the parameters of a new record without the customer that it belongs to."""
    return {name: value for name, value in values.items() if name != CUSTOMERS.id_field}


def names_read_back_otherwise(
    api: Api, made: Identity, texts: Iterable[str]
) -> dict[str, dict[str, str]]:
    """PUT one name after another; return those that read back as something else.

    The result has, for each text, what JSON and XML show, and where that differs. A text that is
    refused is left out; not applicable where all are.
    """
    found, taken = {}, 0
    for text in texts:
        response = api.put(made.path, data={"name": text})
        if response.ok:
            taken += 1
            shown = shown_in_each_type(api, made, "name")
            wrong = {way: name for way, name in shown.items() if name != text}
            told: dict[str, list[str]] = {}
            for way, name in wrong.items():
                told.setdefault(f"{name!r}, {difference_of(text, name)}", []).append(way)
            by_ways = {" and ".join(ways): what for what, ways in told.items()}
            found.update({f"after PUT of name={text!r}": by_ways} if wrong else {})
    observed("texts", taken)
    return found if taken else not_applicable("such names are refused")


def require_json(api: Api, method: str, response: Response) -> None:
    """End the case as not applicable where JSON is refused and not claimed."""
    claimed = api.target.claims.json
    offered = claimed is None or CUSTOMERS.name in claimed
    if not response.ok and (claimed is None or not offered):
        not_applicable(f"{method} with JSON is refused with {response.status_code}")


def require_sign_of_json(api: Api, before: Record, after: Record) -> None:
    """End the case as not applicable where neither PUT nor POST accepts JSON and none is claimed.

    A server may parse every body as a form: JSON then has no parameter of a PUT, and lacks all that
    a POST needs.
    """
    claimed = CUSTOMERS.name in (api.target.claims.json or ())
    if after != before or claimed:
        return
    values = api.values(CUSTOMERS)
    posted = api.post(CUSTOMERS.collection, json=values)
    if not posted.ok:
        not_applicable("a PUT with JSON changes nothing, and a POST with JSON is refused")
    api.stored(CUSTOMERS, posted, "custnr", values["custnr"])


def put_json(api: Api, made: Identity, body: bytes, content_type: str = JSON_TYPE) -> Response:
    """PUT a JSON body unchanged; not applicable where JSON is refused."""
    response = api.put(made.path, data=body, headers={"Content-Type": content_type})
    require_json(api, "PUT", response)
    return response


def is_json_of(text: object, value: object) -> bool:
    """Tell whether a text is that of a value in JSON, however it is spaced."""
    try:
        return bool(json.loads(str(text)) == value)
    except ValueError:
        return False


def require_form_put(api: Api, made: Identity, values: Mapping[str, str]) -> None:
    """End the case as not applicable unless a PUT of a form stores the values."""
    api.put(made.path, data=values)
    stored = api.read(made)
    strays = [field for field, value in values.items() if stored.get(field) != value]
    if strays:
        not_applicable(f"no form stores {' and '.join(strays)} either")


def require_json_put(api: Api) -> Identity:
    """Return a customer to which a PUT of plain JSON works; end the case where it does not."""
    made, before = api.shared_record_with_values(CUSTOMERS)
    name = api.fresh()
    put_json(api, made, json.dumps({"name": name}).encode())
    after = api.read(made)
    require_sign_of_json(api, before, after)
    if after.get("name") != name:
        message = "PUT with JSON has no effect, so nothing follows from it"
        raise SetupFailed(message)
    return made


def custom_field(record: Record) -> str:
    """Return the name of a custom field of a record; not applicable where it has none."""
    names = sorted(custom_values(record))
    return names[0] if names else not_applicable("no custom field is defined for customers")


def shown_in_each_type(api: Api, made: Identity, field: str) -> dict[str, object]:
    """Return a field of a record in JSON and in XML, where they can be read."""
    asked = {each: api.get(made.path, headers={"Accept": each}) for each in READ_AS}
    found = {each: record_with_id(response, made) for each, response in asked.items()}
    shown = {each: record.get(field) for each, record in found.items() if record is not None}
    if not shown:
        message = f"the {made.resource.singular} {made.id} cannot be read"
        raise SetupFailed(message)
    return shown


def put_with_encoded_names(api: Api, made: Identity, values: Mapping[str, str]) -> Response:
    """PUT a form in which each character of a name is percent-encoded."""
    pairs = [f"{every_octet_encoded(name)}={quote_plus(values[name])}" for name in values]
    body = "&".join(pairs).encode()
    return api.put(made.path, data=body, headers={"Content-Type": FORM_TYPE})


READ_AS = (JSON_TYPE, XML_TYPE)


def typeless(raw: RawHttp, method: str, path: str, pairs: Mapping[str, str]) -> Response:
    """Send a form without a Content-Type."""
    body = encoded(pairs)
    return raw.send(RawRequest(method, path, fields=(length_of(body),), body=body))


def in_chunks(
    raw: RawHttp, asked: Request, pairs: Mapping[str, str], content_type: str = FORM_TYPE
) -> Response:
    """Send a form, or else JSON, with chunked transfer coding, in two chunks.

    What is asked has neither parameters in its query but an override, nor a body.
    """
    body = json.dumps(pairs).encode() if content_type == JSON_TYPE else encoded(pairs)
    halves = (body[:5], body[5:])
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(half), half) for half in halves) + b"0\r\n\r\n"
    headers = asked.options.get("headers", {})
    named = [(name, value) for name, value in headers.items() if value is not None]
    fields = (*named, ("Content-Type", content_type), ("Transfer-Encoding", "chunked"))
    query = "&".join(f"{name}={value}" for name, value in asked.options.get("params", {}).items())
    target = f"{asked.path}?{query}" if query else asked.path
    return raw.send(RawRequest(asked.method, target, fields=fields, body=chunks))


def length_of(body: bytes) -> tuple[str, str]:
    """Return the Content-Length field of a body."""
    return ("Content-Length", str(len(body)))
