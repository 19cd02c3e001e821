"""The equal ways of asking for the same thing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, TypedDict
from urllib.parse import quote

from conformance.spec.media_types import SUFFIX
from conformance.spec.resources import CDRS, RESOURCES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.spec.resources import Resource


_NAMES = frozenset(
    {each.name for each in (*RESOURCES, CDRS)} | {"statistics", "miscellaneous", "ping"}
)
"""The segments of a path that can have a suffix."""

PING = "/miscellaneous/ping"
"""The path of the resource that tells whether the service answers."""


class Options(TypedDict, total=False):
    """The optional parts of a request.

    `params` are URL-encoded behind the path. `data` is a form body: pairs to encode, or bytes to
    send unchanged; `json` is a value for a JSON body. An `Authorization` among the `headers` is
    sent unchanged, instead of the role's credentials; None leaves out a field that every request
    has, like `Accept`.
    """

    params: Mapping[str, str]
    data: Mapping[str, str] | bytes
    json: object
    headers: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Request:
    """A request before it is sent: method, path, and its optional parts."""

    method: str
    path: str
    options: Options


class Form(Enum):
    """How the ids of a record are given: in the path or as parameters."""

    PATH = "path form"
    PARAMETERS = "parameter form"

    @property
    def other(self) -> Form:
        """The form that is not this one."""
        return Form.PATH if self is Form.PARAMETERS else Form.PARAMETERS

    def __str__(self) -> str:
        """Return the name, as test ids show it."""
        return self.value


class Override(Enum):
    """How the method of a request is given: natively, or by an override."""

    NATIVE = "native"
    QUERY = "_method"
    HEADER = "X-HTTP-Method-Override"

    def __str__(self) -> str:
        """Return the name, as test ids show it."""
        return self.value


@dataclass(frozen=True, slots=True)
class Identity:
    """The record that is meant: its resource, its id, and the parent's id for a sub-resource."""

    resource: Resource
    id: str
    parent_id: str | None = None

    @property
    def path(self) -> str:
        """The path in path form: /customers/1, /customers/1/voicemail_greetings/2."""
        return f"{collection_path(self.resource, self.parent_id)}/{quote(self.id, safe='')}"

    @property
    def parameters(self) -> dict[str, str]:
        """The ids as named parameters, the parent's first."""
        return {**parent_parameters(self.resource, self.parent_id), self.resource.id_field: self.id}

    def with_id(self, id_: str) -> Identity:
        """Return another record of the same resource and parent."""
        return Identity(self.resource, id_, self.parent_id)


def every_octet_encoded(text: str) -> str:
    """URL-encode a text, letters and digits as well."""
    return "".join(f"%{octet:02X}" for octet in text.encode())


def versioned(base_url: str, version: str) -> str:
    """Return a base URL with another version as its last segment; "" for none."""
    before = base_url.rpartition("/")[0]
    return f"{before}/{quote(version)}" if version else before


def collection_path(resource: Resource, parent_id: str | None) -> str:
    """Return the path of a collection: /customers, /customers/1/voicemail_greetings."""
    if resource.parent is None or parent_id is None:
        return resource.collection
    return f"/{resource.parent.name}/{quote(parent_id, safe='')}/{resource.name}"


def parent_parameters(resource: Resource, parent_id: str | None) -> dict[str, str]:
    """Return the parent's id as a named parameter; nothing for a resource without a parent."""
    if resource.parent is None or parent_id is None:
        return {}
    return {resource.parent.id_field: parent_id}


def list_request(
    resource: Resource, parent_id: str | None = None, form: Form = Form.PARAMETERS
) -> Request:
    """Return a GET of the first page of a list, for a sub-resource of one parent, in either form.

    Without a parent's id it is the list of all.
    """
    if form is Form.PATH:
        return Request("GET", collection_path(resource, parent_id), {})
    return Request("GET", resource.collection, {"params": parent_parameters(resource, parent_id)})


def request_for(
    method: str,
    identity: Identity,
    form: Form = Form.PATH,
    override: Override = Override.NATIVE,
    data: Mapping[str, str] | None = None,
) -> Request:
    """Return a request for one record in one of the equal ways.

    GET and DELETE carry the ids of the parameter form in the query string, POST and PUT in the
    body. A POST goes to the collection of the record. `data` are the parameters of POST and PUT;
    GET and DELETE leave them out.
    """
    resource = identity.resource
    creates = method == "POST"
    in_query = method in ("GET", "DELETE")
    ids = parent_parameters(resource, identity.parent_id) if creates else identity.parameters
    options: Options = {}
    if form is Form.PATH:
        path = collection_path(resource, identity.parent_id) if creates else identity.path
        ids = {}
    else:
        path = resource.collection
        if in_query:
            options["params"] = ids
    if not in_query:
        options["data"] = {**ids, **(data or {})}
    return overridden(Request(method, path, options), override)


def overridden(asked: Request, override: Override) -> Request:
    """Return the POST that overrides to a request; the request itself for a native method."""
    options: Options = {**asked.options}
    if override is Override.NATIVE:
        return asked
    if override is Override.QUERY:
        options["params"] = {**options.get("params", {}), "_method": asked.method}
    else:
        options["headers"] = {**options.get("headers", {}), override.value: asked.method}
    return Request("POST", asked.path, options)


def with_suffix(path: str, kind: str) -> list[str]:
    """Return a path with a suffix on each resource's name in it, the last one first.

    A query behind the path stays as it is.
    """
    path, mark, query = path.partition("?")
    segments = path.split("/")
    places = [place for place, segment in enumerate(segments) if segment in _NAMES]
    return [
        "/".join([*segments[:place], segments[place] + SUFFIX[kind], *segments[place + 1 :]])
        + mark
        + query
        for place in reversed(places)
    ]
