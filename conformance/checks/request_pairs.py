"""Two requests on one connection: the first may leave nothing behind for the second.

The first ones are a table: all that may stay in a connection, a worker or a cache (parameters, a
body that was not read, a filter, a page, a type, a method, a user, a refusal).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.checks.histories import UNIQUE
from conformance.clients.once import once_per_run
from conformance.spec.addressing import PING, Form, Override, Request, overridden, request_for
from conformance.spec.media_types import ACCEPT, XML
from conformance.spec.resources import CUSTOMERS
from conformance.wire.documents import Unreadable
from conformance.wire.recorder import observed
from conformance.wire.records import ids_in, record_with_id

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from conformance.clients.api import Api
    from conformance.spec.addressing import Identity
    from conformance.spec.resources import Resource
    from conformance.wire.responses import Response

LONG_BODY = 20_000
"""Characters of a body that a server may refuse without reading it."""


CHALLENGED = "a POST that is challenged"
WITHOUT_CREDENTIALS = (CHALLENGED, "a long POST without credentials")
"""The first requests that nobody in particular sends, over the same connection."""


Answered = dict[str, object]


@dataclass(frozen=True, slots=True)
class Scene:
    """What the two requests are about: a record that the second reads, and another one."""

    asked: Identity
    number: str
    other: Identity
    others_number: str
    unknown: str
    fresh: str


def every_value(scene: Scene) -> dict[str, str]:
    """Return a new customer with a unique value in each field."""
    text = scene.fresh
    return {"name": text, "custnr": text, "corporateid": text, "email": f"{text}@example.com"}


FIRSTS: Mapping[str, Callable[[Scene], Request]] = {
    "a POST of many fields": lambda at: Request("POST", "/customers", {"data": every_value(at)}),
    "a POST of JSON": lambda at: Request("POST", "/customers", {"json": every_value(at)}),
    "a POST that is refused": lambda at: Request(
        "POST", "/customers", {"data": {"email": f"{at.fresh}@example.com", "name": ""}}
    ),
    "a POST for XML that is refused": lambda at: Request(
        "POST",
        "/customers",
        {"data": {"name": "", "custnr": at.fresh}, "headers": {"Accept": ACCEPT[XML]}},
    ),
    "a POST where there is none": lambda at: Request(
        "POST", PING, {"data": {"name": at.fresh, "email": "x" * LONG_BODY}}
    ),
    CHALLENGED: lambda at: Request("POST", "/customers", {"data": every_value(at)}),
    WITHOUT_CREDENTIALS[1]: lambda at: Request(
        "POST", "/customers", {"data": {"name": at.fresh, "email": "x" * LONG_BODY}}
    ),
    "a HEAD": lambda at: Request("HEAD", at.other.path, {}),
    "a PUT by _method": lambda at: overridden(put_of(at), Override.QUERY),
    "a PUT by the header": lambda at: overridden(put_of(at), Override.HEADER),
    "a PUT by parameters": lambda at: request_for(
        "PUT", at.other, Form.PARAMETERS, data={"name": at.fresh}
    ),
    "a filter": lambda at: Request("GET", "/customers", {"params": {"custnr": at.others_number}}),
    "a page far away": lambda _: Request(
        "GET", "/customers", {"params": {"page": "7", "pagesize": "3"}}
    ),
    "another record in XML by suffix": lambda at: Request(
        "GET", f"/customers.xml/{at.other.id}", {}
    ),
    "another record in XML by Accept": lambda at: Request(
        "GET", at.other.path, {"headers": {"Accept": ACCEPT[XML]}}
    ),
    "an id that nobody has": lambda at: Request("GET", f"/customers/{at.unknown}", {}),
    "a path that nothing is at": lambda _: Request("GET", "/nothing/here", {}),
    "another record by parameters": lambda at: request_for("GET", at.other, Form.PARAMETERS),
}
"""All that may come before."""

WITH_VALUES = (
    "a POST of many fields",
    CHALLENGED,
    "a PUT by _method",
    "a PUT by the header",
    "a POST that is refused",
    "a POST of JSON",
    "a POST where there is none",
    "a PUT by parameters",
)
"""Those that send values, which a POST after them could take for its own."""

SECONDS: Mapping[str, Callable[[Scene], Request]] = {
    "by path": lambda at: in_any_type(Request("GET", at.asked.path, {})),
    "by parameters": lambda at: in_any_type(request_for("GET", at.asked, Form.PARAMETERS)),
    "by number": lambda at: in_any_type(
        Request("GET", "/customers", {"params": {"custnr": at.number}})
    ),
}
"""The GETs that come second, each of one record."""


def in_any_type(asked: Request) -> Request:
    """Return a request that says nothing of the type of its answer."""
    return Request(asked.method, asked.path, {**asked.options, "headers": {"Accept": None}})


def put_of(scene: Scene) -> Request:
    """Return a PUT to the other record."""
    values = {**every_value(scene), "custnr": scene.others_number}
    return request_for("PUT", scene.other, Form.PATH, data=values)


@once_per_run
def _pair(api: Api) -> tuple[Identity, Identity]:
    return api.create(CUSTOMERS), api.create(CUSTOMERS)


def scene_of(api: Api) -> Scene:
    """Return the two customers of the run that pairs of requests are about."""
    asked, other = _pair(api)
    numbers = [_number(api, each) for each in (asked, other)]
    return Scene(asked, numbers[0], other, numbers[1], _unknown(api), api.fresh())


@once_per_run
def _unknown(api: Api) -> str:
    return api.samples.unused_id(CUSTOMERS)


@once_per_run
def _number(api: Api, identity: Identity) -> str:
    return str(api.read(identity).get("custnr"))


@once_per_run
def alone(api: Api, second: str) -> Answered:
    """Return what a second request is answered when the same one came before."""
    scene = scene_of(api)
    asked = SECONDS[second](scene)
    api.send(asked)
    return answered_about(scene, api.send(asked))


def after(api: Api, first: str, second: str) -> Answered:
    """Send two requests on one connection; return what the second one is answered."""
    scene = scene_of(api)
    observed("pairs of requests", 1)
    send_first(api, CUSTOMERS, first, FIRSTS[first](scene))
    return answered_about(scene, api.send(SECONDS[second](scene)))


def answered_about(scene: Scene, response: Response) -> Answered:
    """Return the status, the media type, what stands in JSON, and the record that was asked for."""
    return {
        "status": response.status_code,
        "media type": response.media_type,
        "keys": keys_of(response),
        f"customer {scene.asked.id}": record_with_id(response, scene.asked) or "not shown",
    }


def keys_of(response: Response) -> list[str]:
    """Return the keys of an answer in JSON, in order; none of any other."""
    try:
        value = response.json()
    except Unreadable:
        return []
    return sorted(value) if isinstance(value, dict) else []


def send_first(api: Api, resource: Resource, first: str, asked: Request) -> None:
    """Send a first request, and remember for the clean-up what it has created."""
    if first in WITHOUT_CREDENTIALS:
        api.lent_to("anonymous").attempt(asked.method, asked.path, **asked.options)
        return
    exchange = api.attempt(asked.method, asked.path, **asked.options)
    if asked.method == "POST" and exchange.response is not None:
        for id_ in ids_in(exchange.response, resource):
            api.adopt(resource, {resource.id_field: id_})


def left_behind(api: Api, resource: Resource, first: str) -> tuple[bool, list[str]]:
    """POST few values after a first request.

    Return whether that is taken, and the fields that show values of the first request.
    """
    scene = scene_of(api)
    values = api.values(resource)
    before = FIRSTS[first](scene)
    if resource is not CUSTOMERS and "data" in before.options and before.method == "POST":
        more = {"name": scene.fresh, "email": f"{scene.fresh}@example.com", "media": scene.fresh}
        before = Request("POST", resource.collection, {"data": {**values, **more}})
    send_first(api, resource if before.path == resource.collection else CUSTOMERS, first, before)
    response = api.post(resource.collection, data=values)
    if not response.ok:
        api.create_new(resource)  # says why none can be made at all
        return False, []
    record = api.read(api.created(resource, response, values))
    observed("fields", len(record))
    return True, [
        f"{name} is {value!r}"
        for name, value in record.items()
        if scene.fresh in UNIQUE.findall(str(value))
    ]
