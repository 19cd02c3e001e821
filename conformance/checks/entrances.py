"""What callers without credentials ask in odd ways, and what they get for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

from conformance.checks.places import LISTS
from conformance.checks.refusals import holds_data
from conformance.clients.once import once_per_run
from conformance.config.sampling import share
from conformance.spec import entrances
from conformance.spec.addressing import Override, Request, overridden
from conformance.spec.resources import CUSTOMERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from conformance.clients.api import Api
    from conformance.clients.client import Client
    from conformance.clients.roles import Roles
    from conformance.spec.addressing import Identity, Options
    from conformance.spec.resources import Record, Resource
    from conformance.wire.exchanges import Exchange

BAIT = "bait"
"""The purpose of the record at which requests aim that have to be refused."""

LONE: Options = {"headers": {"Connection": "close"}}
"""A connection of its own: who does not know a method may not know where its body ends."""

WITHOUT_BODY = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


@dataclass(frozen=True, slots=True)
class Bait:
    """A record that must stay as it is, and a text that nobody knows who has not read it."""

    identity: Identity
    before: Record
    sign: str = ""

    @property
    def may_be_written(self) -> bool:
        """Whether it is ours: a run that may not write has no sign of its own."""
        return bool(self.sign)

    def at(self, template: str) -> str:
        """Return a target for the record."""
        identity = self.identity
        return template.replace(entrances.RECORD, identity.path).replace(entrances.ID, identity.id)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to get in; its text is what was asked and what came of it."""

    asked: str
    exchange: Exchange
    sign: str

    def __repr__(self) -> str:
        """Return the request and the response in words."""
        response = self.exchange.response
        status = "no answer" if response is None else response.status_code
        return f"{self.asked}: {status}" + (", data" if self.shows_data else "")

    @property
    def succeeded(self) -> bool:
        """Whether it was answered by a success."""
        return self.exchange.response is not None and self.exchange.response.ok

    @property
    def shows_data(self) -> bool:
        """Whether the response holds data of the API, in whatever representation."""
        response = self.exchange.response
        told = bool(self.sign) and response is not None and self.sign in response.text
        return told or holds_data(response)


def bait(api: Api) -> Bait:
    """Return a customer to aim at: one of our own, where the run may write."""
    if not api.target.allow_writes:
        identity = api.samples.of(CUSTOMERS)[0]
        return Bait(identity, api.read(identity))
    made, before = api.shared_record_with_values(CUSTOMERS, BAIT)
    return Bait(made, before, str(before.get("name") or ""))


@once_per_run
def known_sign(api: Api) -> str:
    """Return a text that the list of customers shows, and that nobody else knows; "" for none."""
    return bait(api).sign


def entries(caller: Client, sign: str, asked: Iterable[Request]) -> list[Attempt]:
    """Send requests, and return what came of each."""
    return [
        Attempt(
            f"{each.method} {each.path}",
            caller.attempt(each.method, each.path, **each.options),
            sign,
        )
        for each in asked
    ]


def created_by(made: Iterable[Record], entered: Iterable[Attempt]) -> list[str]:
    """Return in words the customers that were made, and by which attempts: each has all values."""
    posted = [each for each in entered if each.exchange.request_body]
    asked = ", ".join(dict.fromkeys(each.asked for each in posted))
    statuses = ", ".join(sorted({repr(each).partition(": ")[2] for each in posted}))
    return [
        f"customer {each.get(CUSTOMERS.id_field)} was created by one of these requests, which were "
        f"answered {statuses}: {asked}"
        for each in made
    ]


def by_method(
    bait: Bait, stratum: str, values: dict[str, str], *, standard: int
) -> Iterable[Request]:
    """Return requests with the method tokens of a stratum, for each kind of place."""
    tokens = entrances.METHOD_TOKENS[stratum]
    turns = range(len(entrances.PLACES))
    pairs = [
        (token, place)
        for turn, (at, token) in product(turns, enumerate(tokens))
        for place in [entrances.place_of_turn(stratum, at, turn)]
        if place == entrances.RECORD or token.upper() not in entrances.MAY_REMOVE
    ]
    for token, place in share(pairs, standard=standard):
        reads = token.upper() in WITHOUT_BODY
        yield Request(token, bait.at(place), LONE if reads else {**LONE, "data": values})


def by_list_target(stratum: str, *, standard: int) -> Iterable[Request]:
    """Return GETs of the targets of a stratum."""
    for target in share(entrances.LIST_TARGETS[stratum], standard=standard):
        yield Request("GET", target, {})


def by_record_target(bait: Bait, name: str, *, standard: int) -> Iterable[Request]:
    """Return PUTs of a name, native and by override, and DELETEs of all targets of a record."""
    ways = (("PUT", Override.NATIVE), ("DELETE", Override.NATIVE), ("PUT", Override.HEADER))
    turns = range(len(ways))
    aims = [
        (template, ways[(at + turn) % len(ways)])
        for turn, (at, template) in product(turns, enumerate(entrances.RECORD_TARGETS))
    ]
    for template, (method, override) in share(aims, standard=standard):
        options: Options = {} if method == "DELETE" else {"data": {"name": name}}
        yield overridden(Request(method, bait.at(template), options), override)


def by_entrance(bait: Bait, name: str, *, standard: int) -> Iterable[Request]:
    """Return the rows of the covering array of methods, overrides, claims and representations."""
    for row in share(entrances.ENTRANCES, standard=standard):
        if row.asked.override is not Override.NATIVE and not bait.may_be_written:
            continue
        asked, headers = row.asked, {**row.claim, "Accept": row.accept}
        if asked.override is Override.HEADER:
            headers[asked.override.value] = asked.meant
        options: Options = {"headers": {**headers, "Connection": "close"}}
        if asked.override is Override.QUERY:
            options["params"] = {asked.override.value: asked.meant}
        if asked.method == "POST" or asked.meant == "PUT":
            options["data"] = {"name": name}
        yield Request(asked.method, bait.at(row.place), options)


def by_suffix(bait: Bait, values: dict[str, str]) -> Iterable[Request]:
    """Return requests by other methods than GET for what has a suffix."""
    for method, place in entrances.SUFFIXED:
        reads = method in WITHOUT_BODY or method == "DELETE"
        yield Request(method, bait.at(place), LONE if reads else {**LONE, "data": values})


def by_base(roles: Roles, sign: str, *, standard: int) -> list[Attempt]:
    """GET the list of customers without credentials, with something else for the version.

    Without any version, GET the other lists as well: each may have an address of its own.
    """
    before, _, version = roles.target.base_url.rpartition("/")
    found = []
    for base in share(entrances.BASES, standard=standard):
        segment = base.format(
            version=version,
            escaped=version.replace(".", "%2E"),
            coded=f"%{ord(version[0]):02x}{version[1:]}",
        )
        caller = roles.anonymous_at(f"{before}/{segment}" if segment else before)
        paths = LISTS if not segment else LISTS[:1]
        entered = entries(caller, sign, [Request("GET", path, {}) for path in paths])
        found += [
            replace(each, asked=f"GET {segment and f'/{segment}'}{path}")
            for each, path in zip(entered, paths, strict=True)
        ]
    return found


def parent_in(values: Mapping[str, str], resource: Resource) -> str | None:
    """Return the id of the customer below whom values create a record; None for no sub-resource."""
    return values[CUSTOMERS.id_field] if resource.parent else None
