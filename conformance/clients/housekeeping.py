"""Deleting records of ours while the run goes on, so that few of them are alive at once."""

from __future__ import annotations

import math
import time
from collections import defaultdict
from contextvars import ContextVar
from typing import TYPE_CHECKING

from conformance.clients.clean_up import CleaningUp
from conformance.clients.once import forget
from conformance.clients.room import Room
from conformance.spec.resources import RESOURCES
from conformance.wire.context import within
from conformance.wire.recorder import recording

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.clients.creations import SentCreation
    from conformance.spec.addressing import Identity
    from conformance.spec.resources import Resource

FEW = 0.5
"""What part of the records that may be alive is left of them where some are deleted."""

MANY = 0.8
"""From what part on records are deleted between two cases, and what part may be left of them where
those are deleted that may be made again."""

UNCERTAIN = 0.2
"""What part of them may be uncertain until they are looked for."""

BATCH = 10
"""How many are deleted at a time between two cases, at least."""

MOST_SECONDS = 30.0
"""How long that goes on at a time."""

MOST_STARTS = 6
"""How often a run finds out anew what it knew, to make room for records."""


_at_work: ContextVar[bool] = ContextVar("at_work", default=False)


class Housekeeping:
    """Keeps the records of one account few; each case that runs beside others does its share."""

    def __init__(self, api: Api) -> None:
        """Take who deletes."""
        self._api = api
        self._most = api.target.budget.records
        self._kept: set[Identity] = set()
        self._not_found = 0
        self.room = Room(lambda: self._passing, lambda: self._going_on)
        self.most_alive = 0
        self._starts = 0

    @property
    def alive(self) -> int:
        """How many records of ours are there, also those that are not known by their ids."""
        ledger = self._api.ledger
        return len(ledger.left()) + len(ledger.uncertain())

    @property
    def _passing(self) -> int:
        """How many of them may still be deleted, so far as that is known."""
        ledger, offers = self._api.ledger, self._api.offers
        staying = {each for each in RESOURCES if offers.form_of_delete(each) is None}
        passing = (
            each.resource not in staying and each not in self._kept for each in ledger.left()
        )
        return sum(passing) + len(ledger.uncertain())

    @property
    def _going_on(self) -> int:
        """How many cases may still leave some of them; none where nothing more is sent."""
        gate = self._api.gate
        return 0 if gate.is_closed or gate.stopped else self._api.ledger.needed.running_cases

    @property
    def has_many(self) -> bool:
        """Whether more of them are there than are left where some are deleted."""
        return self.alive > self._most * FEW

    def tidy(self) -> None:
        """Delete the oldest records that nobody needs, between two cases."""
        if self.alive > self._most * MANY:
            self.free(leaving=int(self._most * FEW), at_least=BATCH)

    def make_room(self) -> None:
        """Delete what nobody needs before a record is made that would be one too many."""
        for make in (self._free_idle, self._free_shared, self._give_up_findings):
            if self.room.take(self._most):
                break
            make()
        else:
            if not self.room.wait(self._most, self._free_shared):
                self._give_up_findings(all_wait=True)
                self.room.take(math.inf)
        self.most_alive = max(self.most_alive, self.alive + self.room.coming)

    def _free_idle(self) -> None:
        """Delete what no case needs or shares."""
        self.find_uncertain()
        self.free(leaving=int(self._most * FEW))

    def _free_shared(self) -> None:
        """Delete what no case has of what they share."""
        self.free(leaving=int(self._most * MANY), shared=True)

    def _give_up_findings(self, *, all_wait: bool = False) -> None:
        """Delete what was kept for what was found out long ago."""
        ledger, too_many = self._api.ledger, self.alive - int(self._most * MANY)
        if ledger.needed.give_up_oldest_findings(ledger.left(), too_many, all_wait=all_wait):
            self._free_shared()

    def find_uncertain(self) -> None:
        """Look in lists for what creations have made that did not say so, once there are many.

        What is found there can be deleted; what is not does not count, unless it was granted.
        """
        uncertain = self._without_id()
        if len(uncertain) - self._not_found < max(1, self._most * UNCERTAIN) or _at_work.get():
            return
        with within(_at_work, value=True), recording():
            cleaning = CleaningUp(self._api, time.monotonic() + MOST_SECONDS, workers=1)
            cleaning.find_made_by(uncertain)
        self._not_found = len(self._without_id())

    def _without_id(self) -> list[SentCreation]:
        """Return the creations that were answered without an id."""
        return [each for each in self._api.ledger.uncertain() if not each.ids]

    def free_all(self, resource: Resource) -> bool:
        """Delete all that nobody needs, after a creation was refused; tell whether some went.

        From then on fewer are alive at once: the account takes no more.
        """
        before = len(self._of(resource))
        self.free(leaving=0)
        freed = len(self._of(resource)) < before
        if freed:
            self._most = min(self._most, max(2, before - 1))
        return freed

    def start_over(self, resource: Resource) -> bool:
        """Delete what later cases may come back to as well; tell whether some went.

        What was found out with it is found out anew. Nothing while other cases run, and a few times
        in a run.
        """
        if self._starts == MOST_STARTS or not self._api.ledger.needed.give_up_findings():
            return False
        self._starts += 1
        forget()
        return self.free_all(resource)

    def free(self, leaving: int, at_least: int = 1, *, shared: bool = False) -> None:
        """Delete idle records, the oldest first, until few are left; aside from the case.

        Nothing where fewer than `at_least` could go: a look at the lists is worth it for several.
        What cases share goes while others run only if that is said: they may make it again at once.
        """
        api, ledger, needed = self._api, self._api.ledger, self._api.ledger.needed
        if not api.target.allow_writes or _at_work.get():
            return
        alive = ledger.left()[::-1]
        may_be_shared = shared or leaving == 0 or needed.running_cases <= 1

        def choose(idle: list[Identity]) -> list[Identity]:
            may_go = [each for each in idle if may_be_shared or not needed.is_shared(each)]
            return self._chosen(alive, leaving, at_least, may_go)

        with (
            within(_at_work, value=True),
            needed.giving_up(alive, choose) as chosen,
            recording(),
        ):
            if chosen:
                cleaning = CleaningUp(api, time.monotonic() + MOST_SECONDS, workers=1)
                cleaning.look_at_first_pages(chosen)
                self._kept |= cleaning.delete(chosen[::-1]).keys()

    def _chosen(
        self, alive: list[Identity], leaving: int, at_least: int, idle: list[Identity]
    ) -> list[Identity]:
        """Return the idle records that are the share of the running case, none of too few.

        Of those that no cases share, those come first that need no look before their DELETE: a list
        shows the others later.
        """
        ledger, needed = self._api.ledger, self._api.ledger.needed
        idle = [each for each in idle if each not in self._kept and ledger.is_alive(each)]
        idle.sort(key=lambda each: needed.is_shared(each) or not ledger.was_just_seen(each))
        share = math.ceil((self.alive - leaving) / max(1, needed.running_cases))
        least = min(at_least, share)
        if len(idle) < least:
            return []
        chosen = self._without_parents(idle, alive, share)
        return chosen if len(chosen) >= least else []

    def _without_parents(
        self, idle: list[Identity], alive: list[Identity], count: int
    ) -> list[Identity]:
        """Return the first idle records, but no customer of a record that stays."""
        owned: dict[Identity | None, set[Identity]] = defaultdict(set)
        for each in alive:
            owned[self._api.ledger.owner_of(each)].add(each)
        chosen: dict[Identity, None] = {}
        for each in idle:
            if len(chosen) < count and owned[each] <= chosen.keys():
                chosen[each] = None
        return [*chosen]

    def _of(self, resource: Resource) -> list[Identity]:
        """Return the records of a resource that are alive."""
        return [each for each in self._api.ledger.left() if each.resource is resource]
