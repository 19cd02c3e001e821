"""The dimensions of a request to write, and the combinations of them that a run tries.

A covering array has every combination of two of them at least once; in a thorough run, of three.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote_plus, urlencode

from covertable import make

from conformance.spec.addressing import Override, Request, overridden, with_suffix
from conformance.spec.media_types import (
    FORM_TYPE,
    JSON,
    JSON_TYPE,
    PRINTED_FORM_TYPE,
    XML,
    XML_TYPE,
)
from conformance.spec.resources import CUSTOMERS, GREETINGS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from conformance.spec.addressing import Identity, Options
    from conformance.spec.resources import Resource

_Row = TypeVar("_Row", bound="Update | Creation | Deletion")


class Address(Enum):
    """Where the ids of a request are."""

    PATH = "ids in the path"
    BODY = "ids in the body"
    QUERY = "ids in the query"


class Body(Enum):
    """How the values of a request are written, with their media type."""

    FORM = FORM_TYPE
    PRINTED_FORM = PRINTED_FORM_TYPE
    FORM_WITH_CHARSET = f"{FORM_TYPE}; charset=UTF-8"
    JSON = JSON_TYPE

    def written(self, values: Mapping[str, str]) -> bytes:
        """Return values as this body."""
        if self is Body.JSON:
            return json.dumps(values).encode()
        return urlencode(values, quote_via=quote_plus).encode()


class Wanted(Enum):
    """How a request says which representation answers it: a field, or a suffix, and the kind."""

    DEFAULT = ("", "", JSON)
    ACCEPT_XML = (XML_TYPE, "", XML)
    JSON_SUFFIX = ("", JSON, JSON)
    XML_SUFFIX = ("", XML, XML)

    @property
    def kind(self) -> str:
        """The kind of body that answers."""
        return self.value[2]


class Text(Enum):
    """What a name has behind what is unique: nothing, or what every coding has to spell out."""

    PLAIN = ""
    SPECIAL = " & Co = 1+1 %41 Å 📞"


@dataclass(frozen=True, slots=True)
class Update:
    """One way of a PUT; the plain one, unless told otherwise."""

    resource: Resource = CUSTOMERS
    address: Address = Address.PATH
    override: Override = Override.NATIVE
    body: Body = Body.FORM
    wanted: Wanted = Wanted.DEFAULT
    text: Text = Text.PLAIN

    def __repr__(self) -> str:
        """Return what is not plain in it, as evidence shows it."""
        return f"PUT of {self.resource.name}: {_told(self)}"

    def request(self, identity: Identity, name: str, place: int = 0) -> Request:
        """Return the request that gives a record a name, a suffix being in one of two places."""
        sent = {"name": name}
        ids = identity.parameters
        values = {**ids, **sent} if self.address is Address.BODY else sent
        path = identity.path if self.address is Address.PATH else identity.resource.collection
        options: Options = {"data": self.body.written(values)}
        if self.address is Address.QUERY:
            options["params"] = ids
        headers: dict[str, str | None] = {"Content-Type": self.body.value}
        asked = Request("PUT", path, {**options, "headers": headers})
        return overridden(_wanting(self.wanted, asked, place), self.override)


@dataclass(frozen=True, slots=True)
class Creation:
    """One way of a POST of a greeting, whose customer is in the path or in the body."""

    address: Address = Address.PATH
    body: Body = Body.FORM
    wanted: Wanted = Wanted.DEFAULT
    text: Text = Text.PLAIN

    def __repr__(self) -> str:
        """Return what is not plain in it, as evidence shows it."""
        return f"POST of a greeting: {_told(self)}"

    def request(self, parent_id: str, name: str, place: int = 0) -> Request:
        """Return the request that creates a greeting of a customer."""
        parent = {CUSTOMERS.id_field: parent_id}
        by_path = self.address is Address.PATH
        path = (
            f"/{CUSTOMERS.name}/{parent_id}/{GREETINGS.name}" if by_path else GREETINGS.collection
        )
        values = {"name": name} if by_path else {**parent, "name": name}
        headers: dict[str, str | None] = {"Content-Type": self.body.value}
        options: Options = {"data": self.body.written(values), "headers": headers}
        return _wanting(self.wanted, Request("POST", path, options), place)


@dataclass(frozen=True, slots=True)
class Deletion:
    """One way of a DELETE of a greeting."""

    address: Address = Address.PATH
    override: Override = Override.NATIVE
    wanted: Wanted = Wanted.DEFAULT

    def __repr__(self) -> str:
        """Return what is not plain in it, as evidence shows it."""
        return f"DELETE of a greeting: {_told(self)}"

    def request(self, identity: Identity, place: int = 0) -> Request:
        """Return the request that deletes a greeting."""
        by_path = self.address is Address.PATH
        path = identity.path if by_path else identity.resource.collection
        options: Options = {} if by_path else {"params": identity.parameters}
        asked = _wanting(self.wanted, Request("DELETE", path, options), place)
        return overridden(asked, self.override)


def may_be_refused(way: Update | Creation | Deletion) -> bool:
    """Tell whether the document offers less than each part of a way: some methods take JSON."""
    if isinstance(way, Deletion) or way.body is not Body.JSON:
        return False
    overrides = isinstance(way, Update) and way.override is not Override.NATIVE
    return overrides or way.address is Address.BODY


IN_JSON = (
    Update(override=Override.HEADER, body=Body.JSON),
    Update(body=Body.JSON, wanted=Wanted.XML_SUFFIX),
)
"""Pairs that an array may have only beside an id in a body of JSON, which may be refused."""

MADE_IN_JSON = (Creation(body=Body.JSON, wanted=Wanted.XML_SUFFIX),)
"""The same for creations."""

PLACES = 2
"""In how many places of a sub-resource's path a suffix may stand."""

UPDATES: Mapping[str, Sequence[object]] = {
    "resource": (CUSTOMERS, GREETINGS),
    "address": tuple(Address),
    "override": tuple(Override),
    "body": tuple(Body),
    "wanted": tuple(Wanted),
    "text": tuple(Text),
}
CREATIONS: Mapping[str, Sequence[object]] = {
    "address": (Address.PATH, Address.BODY),
    "body": tuple(Body),
    "wanted": (Wanted.DEFAULT, Wanted.XML_SUFFIX),
    "text": tuple(Text),
}
DELETIONS: Mapping[str, Sequence[object]] = {
    "address": (Address.PATH, Address.QUERY),
    "override": tuple(Override),
    "wanted": (Wanted.DEFAULT, Wanted.XML_SUFFIX),
}


def rows(kind: type[_Row], dimensions: Mapping[str, Sequence[object]], strength: int) -> list[_Row]:
    """Return a covering array of so many dimensions at once, as ways to write."""
    names = tuple(dimensions)
    table = _table(tuple(len(each) for each in dimensions.values()), strength)
    chosen: list[dict[str, Any]] = [
        {name: dimensions[name][at] for name, at in zip(names, row, strict=True)} for row in table
    ]
    return [kind(**each) for each in chosen]


def parts(way: _Row) -> list[_Row]:
    """Return the ways that differ from the plain one in one dimension, as this one does in all."""
    plain = _plain(way)
    differing = [
        each.name for each in fields(way) if _part(way, each.name) != _part(plain, each.name)
    ]
    return [type(way)(**{**_kept(way), name: _part(way, name)}) for name in differing]


def _plain(way: _Row) -> _Row:
    return type(way)(**_kept(way))


def _kept(way: Update | Creation | Deletion) -> dict[str, Any]:
    """Return what is no dimension of its own: a part is tried at the same resource."""
    return {"resource": way.resource} if isinstance(way, Update) else {}


def _part(way: object, name: str) -> Any:  # noqa: ANN401  (each dimension has a type of its own)
    return getattr(way, name)


def _told(way: Update | Creation | Deletion) -> str:
    plain = _plain(way)
    values = [_part(way, each.name) for each in fields(way)]
    others = [_part(plain, each.name) for each in fields(way)]
    named = [each for each, other in zip(values, others, strict=True) if each is not other]
    return ", ".join(_IN_WORDS.get(each, each.name.lower()) for each in named) or "the plain way"


_IN_WORDS: Mapping[Enum, str] = {
    **{each: each.value for each in Address},
    Override.QUERY: "overridden by _method",
    Override.HEADER: "overridden by the header field",
    Body.PRINTED_FORM: "a form of the type that is printed",
    Body.FORM_WITH_CHARSET: "a form with charset",
    Body.JSON: "data in JSON",
    Wanted.ACCEPT_XML: "Accept: application/xml",
    Wanted.JSON_SUFFIX: "the suffix .json",
    Wanted.XML_SUFFIX: "the suffix .xml",
    Text.SPECIAL: "special characters in the name",
}
"""What each part of a way is called, where it is not the plain one."""


def _wanting(wanted: Wanted, asked: Request, place: int) -> Request:
    """Return a request that asks for a representation."""
    accept, suffix, _ = wanted.value
    headers = {**asked.options.get("headers", {}), **({"Accept": accept} if accept else {})}
    path = (with_suffix(asked.path, suffix) * PLACES)[place] if suffix else asked.path
    return Request(asked.method, path, {**asked.options, "headers": headers})


@cache
def _table(sizes: tuple[int, ...], strength: int) -> list[list[int]]:
    """Return a covering array of the numbers below each size; the same one each time."""
    made: list[list[int]] = make([list(range(size)) for size in sizes], strength=strength)
    return made
