"""Calls and recordings of another account, which no rule can make."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from conformance.checks.two_accounts import OURS, THEIRS
from conformance.clients.once import once_per_run
from conformance.config.sampling import drawn
from conformance.spec.addressing import Form, Identity, request_for
from conformance.spec.resources import CDRS, RECORDINGS
from conformance.verdicts import not_applicable
from conformance.wire.documents import Unreadable
from conformance.wire.recorder import observed
from conformance.wire.records import id_of, more_pages, readable_records

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.checks.two_accounts import Accounts
    from conformance.clients.api import Api
    from conformance.spec.resources import Record
    from conformance.wire.responses import Response

MOST_FILTERS = {THEIRS: 4, OURS: 1}
CALL_FILTERS = ("customer_id", "source_id", "custnr", CDRS.id_field)

FEW_RECORDINGS = 3

SAME_QUERIES: Mapping[str, Mapping[str, str]] = {
    "extended": {"extended": "1"},
    "a small page": {"page": "0", "pagesize": "3"},
    "a time": {"from_date": "2000-01-01 00:00:00", "to_date": "2100-01-01 00:00:00"},
}
"""Queries of calls that an answer may be kept for, longer than for one account."""


def calls_in_common(accounts: Accounts) -> list[str]:
    """Return the calls of both accounts' lists that are the same in every field.

    Compared are the first and the last page of each, and what the looking account is answered
    about a customer, a source and a call of the other one. Ends the case as not applicable
    where the account that is looked at has no calls.
    """
    looking, owner = accounts.looking, accounts.owner
    theirs = pages_of_calls(owner)
    if not theirs:
        not_applicable("the account that is looked at has no calls")
    mine = {*pages_of_calls(looking), *_filtered(accounts, dict(theirs[0]))}
    observed("calls", len(theirs))
    return [f"call {dict(each).get(CDRS.id_field)}" for each in theirs if each in mine][:10]


def pages_of_calls(api: Api) -> list[tuple[tuple[str, str], ...]]:
    """Return the calls on the first and on the last page of the unfiltered list."""
    api.offers.require_path(CDRS.collection)
    return _pages_of_calls(api)


@once_per_run
def _pages_of_calls(api: Api) -> list[tuple[tuple[str, str], ...]]:
    first = api.get(CDRS.collection)
    found = readable_records(first, CDRS)
    if more_pages(first, 0):
        value = first.json()
        last = int(str(value["numpages"])) - 1 if isinstance(value, dict) else 0
        found += readable_records(api.get(CDRS.collection, params={"page": str(last)}), CDRS)
    return [as_text(each) for each in found]


def _filtered(accounts: Accounts, call: dict[str, str]) -> list[tuple[tuple[str, str], ...]]:
    """Ask for a call of the other account by its path, and by fields that are ids or numbers."""
    names = [name for name in CALL_FILTERS if call.get(name)]
    looking, id_ = accounts.looking, call.get(CDRS.id_field)
    answers = [looking.get(Identity(CDRS, id_).path)] if id_ else []
    answers += [
        looking.get(CDRS.collection, params={name: call[name]})
        for name in drawn(names, MOST_FILTERS[accounts.direction], accounts.direction)
    ]
    both = {name: call[name] for name in ("customer_id", "source_id") if call.get(name)}
    answers.append(looking.get(CDRS.collection, params=both))
    return [as_text(record) for each in answers for record in readable_records(each, CDRS)]


def calls_of_both(accounts: Accounts, query: Mapping[str, str]) -> list[str]:
    """GET calls by the same query as each account, one after the other; return those of both.

    Not applicable where the account that asks first is shown none, or where both have the same
    calls without a query.
    """
    looking, owner = accounts.looking, accounts.owner
    if {*pages_of_calls(owner)} & {*pages_of_calls(looking)}:
        not_applicable("both accounts have the same calls anyway")
    theirs, mine = (
        [as_text(record) for record in readable_records(answer, CDRS)]
        for answer in [each.get(CDRS.collection, params=query) for each in (owner, looking)]
    )
    if not theirs:
        not_applicable("the account that asks first has no such calls")
    observed("calls", len(theirs))
    return [f"call {dict(each).get(CDRS.id_field)}" for each in theirs if each in mine][:10]


def recordings_in_common(accounts: Accounts) -> list[str]:
    """GET a recording of the other account by its id, in both forms; return those that show it.

    Ends the case as not applicable where the looking account has a recording of each such id, or
    the other one lists none.
    """
    looking = accounts.looking
    own = _recordings(looking.get(RECORDINGS.collection))
    theirs = sorted(_recordings(accounts.owner.get(RECORDINGS.collection)) - own)
    if not theirs:
        not_applicable("the account that is looked at lists no recordings of its own")
    forms = {form: request_for("GET", Identity(RECORDINGS, theirs[-1]), form) for form in Form}
    answers = {form: looking.send(request) for form, request in forms.items()}
    observed("answers", len(answers))
    return [
        f"GET of a recording by {form.value}: {answer.status_code} with the other account's"
        for form, answer in answers.items()
        if theirs[-1] in _recordings(answer)
    ]


def _recordings(response: Response) -> set[str]:
    """Return the ids of the recordings that an answer holds; none where it is refused."""
    with suppress(Unreadable):
        found = response.records(RECORDINGS) if response.ok else []
        return {id_of(RECORDINGS, each) for each in found} - {""}
    return set()


def as_text(record: Record) -> tuple[tuple[str, str], ...]:
    """Return a record as its names and values, in the order of the names."""
    return tuple(sorted((name, str(value)) for name, value in record.items()))


def recordings_after_another(accounts: Accounts) -> list[str]:
    """GET recordings right after the other account; return those of it that are shown.

    They are in both lists, and the account that asks cannot read them by their ids. Not applicable
    where one of the two is shown none.
    """
    looking, owner = accounts.looking, accounts.owner
    theirs, shown = (
        _recordings(answer)
        for answer in [each.get(RECORDINGS.collection) for each in (owner, looking)]
    )
    if not theirs or not shown:
        not_applicable("one of the accounts lists no recordings")
    observed("recordings", len(shown))
    few = sorted(theirs & shown)[:FEW_RECORDINGS]
    alone = {id_: _recordings(looking.get(Identity(RECORDINGS, id_).path)) for id_ in few}
    return [f"recording {id_}" for id_ in few if id_ not in alone[id_]]
