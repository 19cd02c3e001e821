"""Deleting what a run has made, and nothing else."""

from __future__ import annotations

import re
import time
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from conformance.clients.census import seems_older
from conformance.clients.dependents import Dependents
from conformance.clients.left_behind import Left, Unnamed, unnamed_records
from conformance.clients.ownership import NotReadable
from conformance.clients.usable_ids import is_usable_id
from conformance.clients.workers import on_threads
from conformance.spec.addressing import Form, Identity
from conformance.spec.resources import CUSTOMERS, RESOURCES
from conformance.spec.status_codes import UNSUPPORTED
from conformance.verdicts import OutcomeError
from conformance.wire.records import id_of, more_pages, readable_records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.clients.api import Api
    from conformance.clients.creations import SentCreation
    from conformance.spec.resources import Resource

MOST_SECONDS = 120.0
"""How long a clean-up goes on."""

LATE_SECONDS = 2.0
"""How long after its DELETE a record may still be read: by a replica that is behind, or a cache."""

DELETED = re.compile("DELETE was answered (2..|404|410)")
"""The reasons of records that were deleted, and could be read nevertheless."""

MOST_FAILURES = 5
"""After how many DELETEs in a row that get no answer it is given up."""

OVER = "the clean-up took too long, or got no answers"
"""Why nothing more was tried."""

LONGEST_REASON = 200
"""Characters that are shown of why a list could not be read."""

WORTH_A_LIST = 3
"""For how many records of a resource the first pages of its list are read."""

PAGES_LOOKED_AT = 2
"""How many pages of it are read."""


def clean_up(api: Api, most_seconds: float = MOST_SECONDS) -> list[Left | Unnamed]:
    """Delete what is ours, the last made first, sub-resources before their parents.

    Each record is looked at before its DELETE, in a list if it was seen alone before; what does not
    show a value of this run is left alone. Goes on after errors; a budget that is spent does not
    keep a guest from tidying up. Returns what may be left.
    """
    deadline = time.monotonic() + most_seconds
    cleaning = CleaningUp(api, deadline)
    with api.gate.exempt(deadline):
        api.ledger.forget_sightings()
        api.gate.settling.catch_up()
        cleaning.look_through_lists()
        if unsettled := [each for each in api.ledger.unsettled() if not each.ids]:
            cleaning.find_made_by(unsettled)  # before deletions that nobody may answer
        with api.gate.settling.paused():
            left = cleaning.delete_with_customers(api.ledger.left())
        api.gate.settling.catch_up()
        found = [each for each in cleaning.found_by_prefix() if each not in left]
        unknown = [each for each in found if not api.ledger.was_made(each)]
        for each in found:
            api.ledger.note_made(each)
        if found:  # of which one may have kept its owner from going
            left = cleaning.delete([*left, *found[::-1]], anew=True)
        left |= cleaning.shown_by_lists_alone(unknown)
        left = cleaning.left_after_a_while(left)
        known: list[Left | Unnamed] = [*left.values(), *cleaning.without_id()]
        known += unnamed_records(api, cleaning.unlisted)
        if not known and api.ledger.log is not None:
            api.ledger.log.note_clean()
        return known


class CleaningUp:
    """One clean-up, bounded in time and in failures."""

    def __init__(self, api: Api, deadline: float, workers: int | None = None) -> None:
        """Take who deletes, until when (`time.monotonic`), and how many do, else the target's."""
        self._api = api
        self._deadline = deadline
        self._failures = 0
        self._refused: dict[Resource, str] = {}
        self._unread: set[Identity] = set()
        self._unusable: Counter[Resource] = Counter()
        self.unlisted: dict[Resource, str] = {}
        """Why the lists of some resources could not be read when that was tried last."""
        self._workers = workers or api.target.workers
        self._gone = api.gate.is_shut
        self._stopped = api.gate.stopped

    def delete(self, made: list[Identity], *, anew: bool = False) -> dict[Identity, Left]:
        """Delete records; return those that may be left. `anew` looks at each once more."""
        ordered = [
            each for resource in reversed(RESOURCES) for each in made if each.resource is resource
        ]
        reasons: dict[Identity, str] = {}
        for resource in dict.fromkeys(each.resource for each in ordered):
            alike = [each for each in ordered if each.resource is resource]
            delete = partial(self._reason, anew=anew)
            reasons[alike[0]] = delete(alike[0])  # alone: it may be refused for all of them
            rest = on_threads(delete, alike[1:], self._workers)
            reasons |= zip(alike[1:], rest, strict=True)
        gone = [each for each, reason in reasons.items() if not reason]
        if self._workers > 1 and gone and not self._is_over:  # it may have been too much at a time
            again = [each for each in reasons if each not in gone]
            reasons |= {each: self._reason(each, anew=True) for each in again}
        return {each: Left(each, reason) for each, reason in reasons.items() if reason}

    def delete_with_customers(self, made: list[Identity]) -> dict[Identity, Left]:
        """Delete records, but those that go with a customer by that customer alone."""
        dependents = Dependents(self._api, made)
        with self._api.gate.settling.paused(paused=False):
            dependents.probe(partial(self._reason, anew=False))
        along = dependents.needing_none()
        done = [each for each in made if not self._api.ledger.is_alive(each)]
        left = self.delete([each for each in made if each not in along and each not in done])
        shown = self._shown({each.resource for each in along if each.resource.parent is None})
        for each, owner in along.items():
            if owner not in left and each not in shown:
                self._api.ledger.note_deleted(each)
        rest = [each for each in along if self._api.ledger.is_alive(each)]
        if not rest:
            return left
        return left | self.delete([*rest, *left])

    def _shown(self, resources: set[Resource]) -> set[Identity]:
        """Return the records of lists."""
        return {
            Identity(resource, id_of(resource, record))
            for resource in RESOURCES
            if resource in resources
            for record in self._listed(resource)
        }

    def look_through_lists(self) -> None:
        """Recognise, in few requests, records that are known to be ours from a look at each."""
        for resource in (each for each in RESOURCES if each.parent is None):
            self._recognise(resource, self._listed(resource))

    def look_at_first_pages(self, records: list[Identity]) -> None:
        """Recognise several records in one look, where the first pages of a list show them."""
        ledger = self._api.ledger
        for resource in (each for each in RESOURCES if each.parent is None):
            unseen = {
                each.id
                for each in records
                if each.resource is resource and not ledger.was_just_seen(each)
            }
            if len(unseen) >= WORTH_A_LIST and not self._is_over:
                self._recognise(resource, self._first_pages(resource))

    def _first_pages(self, resource: Resource) -> list[dict[str, object]]:
        found: list[dict[str, object]] = []
        for page in range(PAGES_LOOKED_AT):
            params = {"page": str(page)} if page else {}
            try:
                response = self._api.get(resource.collection, params=params)
            except OutcomeError:
                break
            found += readable_records(response, resource)
            if not more_pages(response, page):
                break
        return found

    def _recognise(self, resource: Resource, records: list[dict[str, object]]) -> None:
        ledger = self._api.ledger
        for record in records:
            identity = Identity(resource, id_of(resource, record))
            if ledger.is_alive(identity) and resource is not CUSTOMERS:
                ledger.note_owner(identity, str(record.get(CUSTOMERS.id_field)))
            known = ledger.is_alive(identity) and ledger.is_ours(identity)
            if known and ledger.bears_ours(identity, record):
                ledger.note_seen(identity)

    def left_after_a_while(self, left: dict[Identity, Left]) -> dict[Identity, Left]:
        """Return what is still left when reads that may be late had time to follow the DELETEs."""
        late = [identity for identity, each in left.items() if DELETED.fullmatch(each.reason)]
        if late and not self._is_over:
            time.sleep(LATE_SECONDS)
        gone = [identity for identity in late if self._is_gone(identity)]
        return {identity: each for identity, each in left.items() if identity not in gone}

    def _is_gone(self, identity: Identity) -> bool:
        try:
            return self._api.find(identity) is None
        except OutcomeError:
            return False

    def found_by_prefix(self) -> Iterator[Identity]:
        """Give the records in lists that show this run's prefix, whoever says that they are gone.

        So is found what a creation has made that was answered by an error, by nothing, or by the
        id of another record.
        """
        customers = [each for each in self._api.ledger.left() if each.resource is CUSTOMERS]
        for resource in (each for each in RESOURCES if each.parent is None):
            found = [*self._found_in(resource)]
            customers += found if resource is CUSTOMERS else []
            yield from found
        for resource in (each for each in RESOURCES if each.parent is CUSTOMERS):
            for customer in dict.fromkeys(customers):
                yield from self._found_in(resource, customer.id)

    def find_made_by(self, creations: list[SentCreation]) -> None:
        """Look for what creations have made, in the lists of their resources."""
        ledger = self._api.ledger
        owners = [each.id for each in ledger.left() if ledger.has_owned(each)]
        wanted = {each.resource for each in creations}
        for resource in (each for each in RESOURCES if each in wanted):
            parents = owners if resource.parent else [None]
            found = [each for one in parents for each in self._found_in(resource, one)]
            sent = [each.texts for each in creations if each.resource is resource]
            ledger.needed.note_found(found, frozenset().union(*sent))
            for each in found:
                ledger.note_made(each)
        self._unusable.clear()  # the last look counts them
        ledger.creations.note_listed(wanted - self.unlisted.keys())

    def shown_by_lists_alone(self, found: list[Identity]) -> dict[Identity, Left]:
        """Return those of records which only a list has shown that no read of their ids shows."""
        reason = "a list shows it, and no read of its id"
        return {each: Left(each, reason) for each in found if each in self._unread}

    def without_id(self) -> list[Unnamed]:
        """Return what lists show of this run under no id that a URL could have."""
        prefix, reason = self._api.ledger.prefix, "their ids cannot be used"
        return [Unnamed(each, prefix, most, reason) for each, most in self._unusable.items()]

    def _found_in(self, resource: Resource, parent_id: str | None = None) -> Iterator[Identity]:
        """Give the records of a list that show this run's prefix; count those without an id."""
        ledger = self._api.ledger
        for record in self._listed(resource, parent_id):
            found = Identity(resource, id_of(resource, record), parent_id)
            if not ledger.bears_prefix(record) or seems_older(self._api, found):
                continue
            ledger.creations.note_shown(ledger.fresh_in(record.values()))
            if is_usable_id(found.id):
                yield found
            else:
                self._unusable[resource] += 1

    def _listed(self, resource: Resource, parent_id: str | None = None) -> list[dict[str, object]]:
        if self._is_over:
            self.unlisted[resource] = OVER
            return []
        try:
            records = self._api.listed(resource, parent_id)
        except OutcomeError as error:
            self.unlisted[resource] = str(error).splitlines()[0][:LONGEST_REASON]
            return []
        self.unlisted.pop(resource, None)
        return records

    def _reason(self, identity: Identity, *, anew: bool) -> str:
        """Delete one record; return why it may be left, "" where it is gone."""
        resource = identity.resource
        if self._api.offers.form_of_delete(resource) is None:
            return "DELETE is not offered"
        if self._is_over:
            return OVER
        return self._refused.get(resource) or self._deleted(identity, anew=anew)

    def _deleted(self, identity: Identity, *, anew: bool) -> str:
        form = self._api.offers.form_of_delete(identity.resource)
        try:
            response = self._api.ask("DELETE", identity, form or Form.PATH)
            self._failures = 0
            if (response.ok and not anew) or self._api.find(identity) is None:
                self._api.ledger.note_deleted(identity)
                return ""
        except NotReadable:
            self._unread.add(identity)
            self._api.ledger.note_deleted(identity)  # as far as anybody can see
            return ""
        except OutcomeError as error:
            self._failures += "no answer" in str(error)
            return str(error)
        reason = f"DELETE was answered {response.status_code}"
        if response.status_code in UNSUPPORTED:
            self._refused[identity.resource] = reason
        return reason

    @property
    def _is_over(self) -> bool:
        gone = self._gone or self._api.gate.stopped is not self._stopped
        return gone or self._failures >= MOST_FAILURES or time.monotonic() > self._deadline
