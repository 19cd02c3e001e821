"""Two accounts, and what each has made for the other one to look for.

Everything is told by texts that the run has made up, never by an id: two accounts may number their
records each for itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote

from conformance.clients.once import once_per_run
from conformance.config.sampling import drawn
from conformance.spec.addressing import PING
from conformance.spec.resources import CUSTOMERS, RESOURCES
from conformance.verdicts import NotApplicable, SetupFailed, not_applicable, not_run
from conformance.wire.digest import authorization
from conformance.wire.records import record_with_id

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from conformance.clients.api import Api
    from conformance.clients.manual_digest import ManualDigest
    from conformance.spec.addressing import Identity
    from conformance.spec.resources import Record, Resource
    from conformance.wire.responses import Response

THEIRS, OURS = "the first at the second", "the second at the first"
DIRECTIONS = (THEIRS, OURS)
"""Which account looks at which."""

MOST_AGAIN = 4
"""How often what an account has is made again after it was deleted."""


@dataclass(frozen=True, slots=True)
class Belongings:
    """Records that an account has made for the other one to look for, all of one customer.

    `marks` are the texts by which each is known again; nothing that the other account sends
    contains one of them. `custnr` is that of the customer.
    """

    records: Mapping[Resource, Identity]
    marks: Mapping[Resource, str]
    custnr: str

    @property
    def customer(self) -> Identity:
        """The customer to which all others belong."""
        return self.records[CUSTOMERS]


@dataclass(frozen=True, slots=True)
class Accounts:
    """The caller of the account that looks, and that of the one that is looked at."""

    looking: Api
    owner: Api
    direction: str

    def theirs(self) -> Belongings:
        """Return what the owner has, made again where its customer is gone.

        Left out are records whose ids the looking account has as well. Not applicable where the
        customer is one of them: the accounts number theirs alike.
        """
        return _apart(self.looking, self.owner, self._present(CUSTOMERS)[0])[0]

    def present(self, resource: Resource) -> tuple[Identity, Record] | None:
        """Return the owner's record of a resource, as it is now; None where it has none."""
        attempt, record = self._present(resource)
        theirs = _apart(self.looking, self.owner, attempt)[0].records.get(resource)
        return None if theirs is None or record is None else (theirs, record)

    def _present(self, resource: Resource) -> tuple[int, Record | None]:
        """Return how often everything was made until a record is there, and the record."""
        for attempt in range(MOST_AGAIN):
            identity = _made(self.owner, attempt).records.get(resource)
            record = None if identity is None else self.owner.find(identity)
            if identity is None or record is not None:
                return attempt, record
        message = "what an account makes is gone again and again"
        raise SetupFailed(message)

    def first_looks(self) -> Mapping[Resource, Response]:
        """Return what the looking account was answered about each record by its path."""
        self.theirs()
        return _apart(self.looking, self.owner, 0)[1]


def accounts(api: Api, other: Api, direction: str) -> Accounts:
    """Return who looks at whom; NotRun where the second account cannot be used.

    It may have a base URL of its own, another list of addresses, or no right to write.
    """
    status = _status_of_ping(other)
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        not_run(f"needs a second account that this base URL admits: its ping is answered {status}")
    try:
        other.shared_record(CUSTOMERS)
    except SetupFailed as error:
        not_run(f"needs a second account that can make a customer: {error}")
    return Accounts(*((api, other) if direction == THEIRS else (other, api)), direction)


def namesakes(api: Api, other: Api) -> tuple[Identity, Identity, Record]:
    """Make a customer of the name and number of the second account's; return both, and the latter.

    Not applicable where the first account is refused them.
    """
    theirs = other.create_new(CUSTOMERS)
    shown = other.read(theirs)
    same = {each: str(shown[each]) for each in ("name", "custnr") if shown.get(each)}
    return api.create_new(CUSTOMERS, **same), theirs, shown


NAMINGS: Mapping[str, Callable[[str, str], str]] = {
    "before": lambda right, name: f'username="{name}", {right}',
    "behind": lambda right, name: f'{right}, username="{name}"',
    "encoded before": lambda right, name: f"username*=UTF-8''{quote(name, safe='')}, {right}",
    "encoded behind": lambda right, name: f"{right}, username*=UTF-8''{quote(name, safe='')}",
}
"""Where a digest may name a second user: the parameters of a right one, and the other's name."""


def get_naming_both(caller: ManualDigest, other: Api, path: str, place: str) -> Response:
    """GET a path with a right digest that names another account's user, too; see `NAMINGS`."""
    right = authorization(caller.fields(caller.challenge(path), "GET", path))
    scheme, _, parameters = right.partition(" ")
    both = NAMINGS[place](parameters, _user_of(other))
    return caller.get(path, headers={"Authorization": f"{scheme} {both}"})


def _user_of(api: Api) -> str:
    """Return the name of an account's user."""
    return "" if api.credentials is None else api.credentials.username


def get_with_the_same_nonce(first: ManualDigest, second: ManualDigest, path: str) -> Response:
    """GET a path with the digest of one account, and then with that of another for its nonce.

    Both come over the same connection; the second response is returned.
    """
    challenge = first.challenge(path)
    first.send_with("GET", path, first.fields(challenge, "GET", path))
    return first.send_with("GET", path, second.fields(challenge, "GET", path, count=2))


def get_under_the_name_of(owner: Api, looking: ManualDigest, path: str) -> Response:
    """GET a path as oneself, and then under the name of another, with one's own password.

    Both are for one nonce, over the same connection; the second response is returned.
    """
    challenge = looking.challenge(path)
    looking.send_with("GET", path, looking.fields(challenge, "GET", path))
    again = looking.fields(challenge, "GET", path, count=2)
    return looking.send_with("GET", path, {**again, "username": _user_of(owner)})


@once_per_run
def _status_of_ping(other: Api) -> int:
    return other.get(PING).status_code


@once_per_run
def _made(owner: Api, attempt: int) -> Belongings:
    """Make a customer, and records that belong to it.

    Of each other resource one; at the first account, which the second one looks at, of one of them.
    """
    del attempt
    custnr = owner.fresh()
    marks = {each: f"Belongs-{owner.fresh()}" for each in RESOURCES}
    customer = owner.create(CUSTOMERS, name=marks[CUSTOMERS], custnr=custnr)
    records = {CUSTOMERS: customer}
    first = owner.role == "api"
    for resource in drawn(RESOURCES[1:], 1 if first else len(RESOURCES), "belongings"):
        try:
            records[resource] = owner.create(resource, customer.id, name=marks[resource])
        except NotApplicable:
            continue
    return Belongings(records, marks, custnr)


@once_per_run
def _apart(
    looking: Api, owner: Api, attempt: int
) -> tuple[Belongings, Mapping[Resource, Response]]:
    """Return the records whose ids no record of the looking account has, and how that was seen."""
    made = _made(owner, attempt)
    looks = {resource: looking.get(each.path) for resource, each in made.records.items()}
    apart = {
        resource: identity
        for resource, identity in made.records.items()
        if record_with_id(looks[resource], identity) is None
        or made.marks[resource] in looks[resource].text
    }
    if CUSTOMERS not in apart:
        not_applicable("both accounts have a customer of the same id, each its own")
    return Belongings(apart, made.marks, made.custnr), looks
