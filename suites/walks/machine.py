"""Walks over an account: a state machine that creates, updates, deletes and reads in every way.

Each walk checks one aspect after each step. A finding that belongs to another aspect is ignored, so
that the rule of that aspect reports it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from conformance.runner.search_ends import at_once
from conformance.spec.addressing import Form
from conformance.spec.equal_ways import BODIES, FORM, READ_WAYS, WRITE_WAYS, WriteWay
from conformance.spec.resources import CUSTOMERS
from suites.walks.intruders import WRITING_METHODS, intruded
from suites.walks.lists import changed_neighbours, miscounts, unlike_single_reads
from suites.walks.model import Account
from suites.walks.rewrites import aimed_at_nothing, posted_again, sent_back, unlike_the_model

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from conformance.clients.api import Api
    from conformance.clients.client import Client
    from conformance.runner.stateful import Trail
    from conformance.spec.equal_ways import ReadWay
    from conformance.spec.resources import Resource
    from suites.walks.model import Entry

T = TypeVar("T")
MOST_FOLLOWED = 7
"""The maximum number of records that a walk follows."""


class Aspect(Enum):
    """The aspect that a walk checks after each step."""

    WRITTEN = "what was written reads back"
    OTHERS = "what was not written stays"
    LISTED = "lists show what single reads show"
    COUNTED = "totals and pages count what is listed"
    DELETED = "what was deleted stays away"
    REFUSED = "who is refused changes nothing"
    EVERYTHING = "everything of ours is as the model says"


def drawn_names() -> st.SearchStrategy[str]:
    """Draw names that no server has a reason to refuse or to change."""
    return st.text("abc", min_size=1, max_size=3).map("n{}".format)


def drawn_values() -> st.SearchStrategy[dict[str, str]]:
    """Draw the parameters of a PUT: any non-empty subset of the name and a few other fields."""
    fields = ("name", "code", "email", "custom")
    return st.dictionaries(st.sampled_from(fields), drawn_names(), min_size=1, max_size=3)


def positions() -> st.SearchStrategy[int]:
    """Draw the position of one of the records that a walk follows, counted modulo their number."""
    return st.integers(0, MOST_FOLLOWED)


def ways_of_writing() -> st.SearchStrategy[WriteWay]:
    """Draw ways of writing: form, override and body type."""
    return st.sampled_from([way for way in WRITE_WAYS if way.body != "escaped JSON"])


def ways_of_reading() -> st.SearchStrategy[ReadWay]:
    """Draw ways of reading: form, representation, suffix or Accept."""
    return st.sampled_from(READ_WAYS)


@dataclass(frozen=True, slots=True)
class Look:
    """The record to look at, the way of reading it, and whether in a list of all of its kind."""

    position: int
    way: ReadWay
    whole: bool


def looks() -> st.SearchStrategy[Look]:
    """Draw what to look at after a step."""
    return st.builds(Look, positions(), ways_of_reading(), st.booleans())


class Walk(RuleBasedStateMachine):
    """One walk: a customer with three records, and the steps that are taken with them."""

    def __init__(
        self,
        account: Account,
        aspect: Aspect,
        kinds: Sequence[Resource],
        intruders: Sequence[Client] = (),
    ) -> None:
        """Take an account without known records, and the kinds of records to walk over."""
        super().__init__()
        account.trail.begin()
        self.account = account
        self.aspect = aspect
        self.kinds = [each for each in kinds if each is not CUSTOMERS] or [CUSTOMERS]
        self.intruders = intruders

    @initialize(first=positions(), second=positions())
    @at_once()
    def begin(self, first: int, second: int) -> None:
        """Create a customer, and records of two kinds that belong to it."""
        kind = at(self.kinds, first)
        self.start(kind, kind, at(self.kinds, second))

    def start(self, *kinds: Resource) -> None:
        """Create a customer, and records of given kinds that belong to it."""
        self.kinds = [*dict.fromkeys((*kinds, CUSTOMERS))]
        for kind in (CUSTOMERS, *kinds):
            self._create(kind, 0, Form.PARAMETERS)

    @rule(
        kind=positions(),
        owner=positions(),
        form=st.sampled_from(Form),
        body=st.sampled_from(BODIES),
        look=looks(),
    )
    @at_once()
    def create(self, kind: int, owner: int, form: Form, body: str, look: Look) -> None:
        """POST a record."""
        if len(self.account.live) < MOST_FOLLOWED:
            self._create(self.kinds[kind % len(self.kinds)], owner, form, body)
            self._look(look)

    @rule(position=positions(), way=ways_of_writing(), sent=drawn_values(), look=looks())
    @at_once()
    def change(self, position: int, way: WriteWay, sent: dict[str, str], look: Look) -> None:
        """PUT values to a record."""
        if self.account.live:
            entry = self._pick(self.account.live, position)
            if self.aspect is Aspect.WRITTEN:
                self.account.settle(entry)
            if entry not in self.account.live:
                return
            self.account.change(entry, way, sent)
            self._settle(entry)
            self._look(look, entry)

    @rule(position=positions(), way=ways_of_writing(), look=looks())
    @at_once()
    def delete(self, position: int, way: WriteWay, look: Look) -> None:
        """DELETE a record."""
        entries = self._deletable(position)
        if entries:
            entry = self._pick(entries, position)
            if self.aspect is Aspect.DELETED:
                self.account.read(entry, look.way)
            self.account.delete(entry, way)
            self._look(look)

    @rule(position=positions(), look=looks())
    @at_once()
    def repeat(self, position: int, look: Look) -> None:
        """POST the data of a record again."""
        if 0 < len(self.account.live) < MOST_FOLLOWED:
            entry = self._pick(self.account.live, position)
            self._judge(Aspect.EVERYTHING, posted_again(self.account, entry))
            self._look(look)

    @rule(position=positions(), way=ways_of_writing(), look=looks())
    @at_once()
    def renew(self, position: int, way: WriteWay, look: Look) -> None:
        """DELETE a record, and POST another one at once."""
        if entries := self._deletable(position):
            entry = self._pick(entries, position)
            self.account.delete(entry, way)
            self._create(entry.resource, position, way.form)
            self._look(look)

    @rule(position=positions(), way=ways_of_writing(), look=looks())
    @at_once()
    def send_back(self, position: int, way: WriteWay, look: Look) -> None:
        """PUT a record as it is."""
        if self.account.live:
            sent_back(self.account, self._pick(self.account.live, position), way)
            self._look(look)

    @rule(position=positions(), way=ways_of_writing(), sent=drawn_values(), look=looks())
    @at_once()
    def miss(self, position: int, way: WriteWay, sent: dict[str, str], look: Look) -> None:
        """PUT to a record that is not there."""
        if self.account.live:
            aimed_at_nothing(self.account, self._pick(self.account.live, position), way, sent)
            self._look(look)

    @rule(position=positions(), way=ways_of_writing(), sent=drawn_values())
    @at_once()
    def write(self, position: int, way: WriteWay, sent: dict[str, str]) -> None:
        """PUT values, and read nothing afterwards."""
        if self.account.live:
            self.account.change(self._pick(self.account.live, position), way, sent)

    @precondition(lambda self: self.aspect is Aspect.REFUSED)
    @rule(
        caller=positions(),
        position=positions(),
        method=st.sampled_from(WRITING_METHODS),
        way=ways_of_writing(),
        sent=drawn_values(),
    )
    @at_once()
    def intrude(
        self, caller: int, position: int, method: str, way: WriteWay, sent: dict[str, str]
    ) -> None:
        """Send a write as a caller who must not write."""
        if self.account.live:
            entry, intruder = self._pick(self.account.live, position), at(self.intruders, caller)
            found = intruded(self.account, intruder, entry, (method, way), sent)
            self.account.trail.judge(found)

    def neighbour(self) -> None:
        """Create another customer, next to the first, and a record of it."""
        for kind in (CUSTOMERS, self.kinds[0]):
            self._create(kind, 1, Form.PARAMETERS)

    def raze(self, look: Look) -> None:
        """DELETE the first customer with all that it has."""
        if self.account.made:
            self.account.delete(self.account.made[0], WriteWay(Form.PATH))
            self._look(look)

    def _pick(self, entries: Sequence[Entry], position: int) -> Entry:
        """Return the record created at a position if it is among the entries, or else one of them.

        A step then keeps its meaning when an earlier step is left out.
        """
        made = self.account.made[position : position + 1]
        return made[0] if made and made[0] in entries else at(entries, position)

    def _deletable(self, position: int) -> list[Entry]:
        """Return the records that may be deleted; customers with records only now and then."""
        some = self.account.live if position != MOST_FOLLOWED else []
        owners = {each.owner for each in some}
        return [each for each in self.account.live if each not in owners]

    def _create(self, kind: Resource, owner: int, form: Form, body: str = FORM) -> None:
        customers = [each for each in self.account.live if each.resource is CUSTOMERS]
        if kind is CUSTOMERS or customers:
            owned = None if kind is CUSTOMERS else at(customers, owner)
            found = self.account.create(kind, owned, form, body)
            self._judge(Aspect.WRITTEN, found)

    def _settle(self, entry: Entry) -> None:
        """Read what was written and judge it, where the aspect of the walk depends on it."""
        if self.aspect in (Aspect.WRITTEN, Aspect.OTHERS):
            self._judge(Aspect.WRITTEN, self.account.settle(entry))

    def _judge(self, aspect: Aspect, found: list[str]) -> None:
        """End the walk if it has found something that belongs to its aspect."""
        if aspect is self.aspect:
            self.account.trail.judge(found)

    def _look(self, look: Look, written: Entry | None = None) -> None:
        """Look at the record written last, or at any other, for the aspect of this walk."""
        if self.aspect is Aspect.EVERYTHING:
            self._judge(self.aspect, unlike_the_model(self.account))
            return
        account = self.account
        known = account.gone if self.aspect is Aspect.DELETED else account.live
        if self.aspect is not Aspect.WRITTEN or written not in account.live:
            written = self._pick(known, look.position) if known else None
        found: list[str] = []
        if written is None:
            return
        match self.aspect:
            case Aspect.WRITTEN:
                found = account.read(written, look.way)
            case Aspect.OTHERS:
                found = changed_neighbours(account, written)
            case Aspect.LISTED:
                found = unlike_single_reads(account, written, look.way, whole=look.whole)
            case Aspect.COUNTED:
                found = miscounts(account, written)
            case Aspect.DELETED:
                found = account.ghost(written, look.way)
        self._judge(self.aspect, found)


def at(entries: Sequence[T], position: int) -> T:
    """Return the entry at a position, counted modulo their number."""
    return entries[position % len(entries)]


def machine(
    api: Api, aspect: Aspect, kinds: Sequence[Resource], intruders: Sequence[Client] = ()
) -> Callable[[Trail], Walk]:
    """Return a factory of walks of one aspect."""
    return lambda trail: Walk(Account(api, trail), aspect, kinds, intruders)
