"""Updates as clients send them: a record is read, changed somewhere, and sent back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.checks.custom_fields import fields_in_use, restricted_fields
from conformance.checks.lasting import lasting
from conformance.checks.round_trips import BLANK, DERIVED, bound_of
from conformance.clients.once import once_per_run
from conformance.clients.ways import write_by
from conformance.spec.resources import CUSTOMERS, SOURCES, USERS
from conformance.verdicts import applicable_if, not_applicable
from conformance.wire.recorder import observed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from conformance.clients.api import Api
    from conformance.spec.addressing import Identity
    from conformance.spec.equal_ways import WriteWay
    from conformance.spec.resources import Record, Resource
    from conformance.wire.responses import Response

SETTABLE = {CUSTOMERS: ("name", "custnr", "corporateid", "email"), SOURCES: ("name", "media")}
"""The fields that callers write, in the order of the document; of others the name alone."""

BESIDE_THE_NAME = {
    CUSTOMERS: {"corporateid": "beside-the-name"},
    SOURCES: {"media": "beside the name"},
    USERS: {"receive_monthly_report": "2"},
}
"""A value of another field than the name, for each resource that has one."""

FLAGS_OF_SOURCES = (
    "notify_on_missed_call",
    "notify_on_new_voicemail",
    "vm_divert_all",
    "vm_divert_busy",
    "vm_divert_noanswer",
)
"""Fields of a source that samples show as 0 or 1."""

CLOCKS_OF_OURS = frozenset({"modified", "timestamp", "created", "expire"})
"""Fields that rules about timestamps judge."""

MANY = 40
"""How many fields that no server knows stand before the one that it knows."""


@dataclass(slots=True)
class Diary:
    """A record, and what a client knows of it: how it was first, before, and how it is now."""

    identity: Identity
    settable: tuple[str, ...]
    first: Record
    before: Record
    now: Record
    sent: Mapping[str, str]

    def as_it_is(self, record: Record) -> dict[str, str]:
        """Return the fields that callers write with the values of a record, empty ones left out."""
        return {name: str(record[name]) for name in self.settable if record.get(name)}


def all_anew(diary: Diary, fresh: str) -> dict[str, str]:
    """Return a new value for every field that callers write; a number where it has one.

    No two fields have the same, so that none can pass for another.
    """
    ends = {"email": "@example.com"}
    texts = {name: f"{fresh}-{at}{ends.get(name, '')}" for at, name in enumerate(diary.settable)}
    numbers = {
        name: str(int.from_bytes(fresh.encode()))
        for name in texts
        if str(diary.first.get(name)).isdecimal()
    }
    return {**texts, **numbers}


def all_read(diary: Diary, fresh: str) -> dict[str, str]:
    """Return all texts and nulls that a read shows, ids and clocks too, with a new name."""
    texts = {name: value or "" for name, value in diary.now.items()}
    return {**{name: each for name, each in texts.items() if isinstance(each, str)}, "name": fresh}


TAKEN: Mapping[str, Callable[[Diary, str], dict[str, str]]] = {
    "a new name and the number that it has": lambda diary, fresh: {
        "name": fresh,
        **{name: str(diary.now[name]) for name in ("custnr",) if name in diary.settable},
    },
    "all as it is but the name": lambda diary, fresh: {**diary.as_it_is(diary.now), "name": fresh},
    "all anew": all_anew,
    "all anew, the last first": lambda diary, fresh: dict(
        reversed(list(all_anew(diary, fresh).items()))
    ),
    "all anew but the name": lambda diary, fresh: {
        **all_anew(diary, fresh),
        "name": str(diary.now["name"]),
    },
    "what it had before": lambda diary, _: without_number(diary.as_it_is(diary.before)),
    "what it had first": lambda diary, _: without_number(diary.as_it_is(diary.first)),
}
"""Updates that every server has to take: what the document shows being written, and a change."""

PERHAPS_REFUSED: Mapping[str, Callable[[Diary, str], dict[str, str]]] = {
    "all that was read, with a new name": all_read,
    "all that was read but what is empty, with a new name": lambda diary, fresh: {
        name: text for name, text in all_read(diary, fresh).items() if text
    },
    "the name behind fields that nobody knows": lambda _, fresh: {
        **{f"unknown_{number}": fresh for number in range(MANY)},
        "name": fresh,
    },
    "nothing but what it has": lambda diary, _: diary.as_it_is(diary.now),
    "the same once more": lambda diary, _: {**(diary.sent or diary.as_it_is(diary.now))},
}
"""Updates that a server may refuse as a whole, or take as far as they are the caller's to make."""


def without_number(values: dict[str, str]) -> dict[str, str]:
    """Return values without the number of a customer, which may have been given to another."""
    return {name: value for name, value in values.items() if name != "custnr"}


@once_per_run
def diary_of(api: Api, resource: Resource) -> Diary:
    """Return the record of the run that clients update, with a value in each field."""
    api.offers.require(resource, "PUT")
    custom = _fields_for_texts(api, resource) if resource in (CUSTOMERS, SOURCES) else []
    optional = {"corporateid": "first", "email": "first@example.com"}
    given = {**dict.fromkeys(custom, "first"), **(optional if resource is CUSTOMERS else {})}
    made = api.create(resource, **given)
    record = api.read(made)
    shown = [name for name in (*SETTABLE.get(resource, ("name",)), *custom) if name in record]
    return Diary(made, tuple(shown), record, record, record, {})


def _fields_for_texts(api: Api, resource: Resource) -> list[str]:
    return sorted(fields_in_use(api, resource) - restricted_fields(api, resource))


def changed_diary(api: Api, resource: Resource) -> Diary:
    """Return the diary of a record whose name has been changed before."""
    diary = diary_of(api, resource)
    if diary.now.get("name") == diary.first.get("name"):
        form = api.offers.require(resource, "PUT")
        api.ask("PUT", diary.identity, form, data={"name": api.fresh()})
        diary.before, diary.now = diary.now, api.read(diary.identity)
    return diary


def updated(
    api: Api, diary: Diary, way: WriteWay, sent: dict[str, str]
) -> tuple[Response, list[str]]:
    """PUT values in a way that works, or natively; return the answer, and what is wrong then.

    What the document shows being written has to be stored, all else has to stay, and a refusal
    changes nothing.
    """
    usable = api.offers.usable(diary.identity.resource, way)
    if usable is None:
        not_applicable("no way of writing is offered")
    response = write_by(api, diary.identity, usable, sent)
    before = diary.now

    def wrong() -> list[str]:
        diary.now = api.read(diary.identity)
        return unlike_the_update(diary, before, sent if response.ok else {})

    found = lasting(api, wrong)
    observed("fields", len(before))
    diary.before, diary.sent = before, sent
    return response, found


def unlike_the_update(diary: Diary, before: Record, sent: Mapping[str, str]) -> list[str]:
    """Return the fields that are neither as they were nor as an accepted update says."""
    bound = {*bound_of(diary.identity.resource), *diary.settable[1:]}
    found = []
    for name, old in before.items():
        new = diary.now.get(name)
        taken = sent.get(name)
        if name in bound and taken:
            right = text_of(new) == taken or (name == "media" and new in (old, *BLANK))
        elif taken is not None:
            right = new == old or text_of(new) == taken or new in BLANK
        else:
            right = new == old
        if not right and name not in DERIVED | CLOCKS_OF_OURS:
            found.append(f"{name} was {old!r}, {taken!r} was sent, and it is {new!r}")
    return found


def text_of(value: object) -> object:
    """Return a number as its digits, and nothing as the empty text."""
    return "" if value is None else str(value) if type(value) is int else value


def flags_still_set(api: Api) -> list[str]:
    """Set the flags of a source that are not set, and unset them; return those that are still set.

    Not applicable where it shows none, or where callers set none.
    """
    form, made = api.offers.require(SOURCES, "PUT"), api.create(SOURCES)
    before = api.read(made)
    flags = [name for name in FLAGS_OF_SOURCES if before.get(name) == "0"]
    applicable_if(flags, "a source shows no flags")
    api.ask("PUT", made, form, data=dict.fromkeys(flags, "1"))
    changed = api.read(made)
    are_set = [name for name in flags if changed.get(name) == "1"]
    applicable_if(are_set, "no flag of a source is the caller's to set")
    response = api.ask("PUT", made, form, data=dict.fromkeys(are_set, "0"))
    applicable_if(response.ok, "flags that are set cannot be unset")
    observed("flags", len(are_set))
    after = api.read(made)
    return [name for name in are_set if after.get(name) == "1"]
