"""What is stored of generated values, and whether every way of reading shows it as it was sent."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from conformance.checks.representations import ACCEPT, JSON, XML, with_suffix
from conformance.spec.addressing import Form, Override, Question, overridden, question
from conformance.spec.resources import CUSTOMERS, GREETINGS, SOURCES, USERS, Resource
from conformance.verdicts import SetupFailed
from conformance.wire.exchanges import observed
from conformance.wire.records import CLOCKS, id_of, readable_records, record_with_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from conformance.clients.api import Api
    from conformance.spec.addressing import Identity, Options
    from conformance.wire.responses import Record, Response

GENERATED = "generated"
"""The purpose of the records that rules with generated payloads write to."""

BLANK: tuple[object, ...] = (None, "", "0", [])
"""What a field shows that a server does not know, or does not let anybody write."""

DERIVED = frozenset({"status", "used_by", "alt_numbers", "token"}) | CLOCKS
"""Fields that may follow from others, or from the time."""

OF_CUSTOMERS = frozenset({"name", "custnr", "corporateid", "email"})
OF_OTHERS = frozenset({"name"})
"""Fields that every server has to store; others it may not know."""

UNUSUAL: dict[Resource, dict[str, str]] = {
    CUSTOMERS: {
        "name": "before",
        "email": "before@example.com",
        "corporateid": "before",
        "receive_monthly_report": "2",
        "freespee_caller_id": "1",
    },
    USERS: {"name": "before", "receive_monthly_report": "2", "write_access": "1"},
    GREETINGS: {"name": "before"},
    SOURCES: {"name": "before", "media": "before", "notify_on_missed_call": "1"},
}
"""Values that a record has before it is changed: other ones than those of a new record."""

MOST_KEPT = 10
"""Records of a kind that are made at most of generated values where they cannot be deleted."""

_KEPT: WeakKeyDictionary[Api, int] = WeakKeyDictionary()
_WORKING: WeakKeyDictionary[Api, dict[tuple[str, Writing], bool]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Reading:
    """A way of reading one record: how its ids are given, and how the representation is chosen."""

    form: Form
    kind: str
    by_suffix: bool = False

    def __repr__(self) -> str:
        """Return it in words, as evidence shows it."""
        return f"{self.kind} by {'suffix' if self.by_suffix else 'Accept'}, {self.form}"


READINGS = tuple(
    Reading(form, kind, by_suffix)
    for form in Form
    for kind in (JSON, XML)
    for by_suffix in (False, True)
)
ACCEPTING = (Reading(Form.PATH, JSON), Reading(Form.PATH, XML))


@dataclass(frozen=True, slots=True)
class Writing:
    """A way of writing one record: how its ids, the method, and the values are given."""

    form: Form
    override: Override = Override.NATIVE
    body: str = "form"

    def __repr__(self) -> str:
        """Return it in words, as evidence shows it."""
        return f"PUT by {self.override}, {self.form}, {self.body}"


FORM = "form"
BODIES = (FORM, "JSON", "escaped JSON")
"""How the values of a POST or a PUT can be written."""

WRITINGS = tuple(
    Writing(form, override, body) for form in Form for override in Override for body in BODIES
)


def read_by(api: Api, identity: Identity, way: Reading) -> Record | None:
    """Return a record as one way of reading shows it; None where that way is not answered."""
    asked = question("GET", identity, way.form)
    params = asked.options.get("params", {})
    if not way.by_suffix:
        headers = {"Accept": ACCEPT[way.kind]}
        return record_with_id(api.get(asked.path, params=params, headers=headers), identity)
    for path in with_suffix(asked.path, way.kind):
        record = record_with_id(api.get(path, params=params), identity)
        if record is not None:
            return record
    return None


def write_by(api: Api, identity: Identity, way: Writing, values: Mapping[str, str]) -> Response:
    """PUT values in one way."""
    asked = written_as(way.body, question("PUT", identity, way.form, data=values))
    asked = overridden(asked, way.override)
    return api.request(asked.method, asked.path, **asked.options)


def written_as(body: str, asked: Question) -> Question:
    """Return a question with its values written as one of the bodies."""
    if body == FORM:
        return asked
    text = json.dumps(asked.options["data"], ensure_ascii=body != "JSON")
    headers = {"Content-Type": "application/json"}
    options: Options = {**asked.options, "data": text.encode(), "headers": headers}
    return Question(asked.method, asked.path, options)


def unlike(sent: Mapping[str, str], record: Record, bound: Iterable[str]) -> dict[str, object]:
    """Return the fields of a record that show something else than was sent.

    `bound` are the fields that have to show it; any other may as well be blank.
    """
    return {
        name: record[name]
        for name, value in sent.items()
        if name in record
        and _text(record[name]) != value
        and (name in bound or record[name] not in BLANK)
    }


def _text(value: object) -> object:
    """Return the digits of a number: whether it has to be a text is another rule's business."""
    return str(value) if type(value) is int else value


def shown_wrongly(
    api: Api,
    identity: Identity | None,
    sent: Mapping[str, str],
    ways: Iterable[Reading] = ACCEPTING,
) -> dict[str, dict[str, object]]:
    """Return, by the way of reading, the fields that show something else than was sent.

    Nothing for None, which stands for a record that was refused.
    """
    found = {repr(way): read_by(api, identity, way) for way in ways if identity is not None}
    bound = bound_of(identity.resource) if identity is not None else ()
    shown = {way: record for way, record in found.items() if record is not None}
    wrong = {way: unlike(sent, record, bound) for way, record in shown.items()}
    observed("readings", len(wrong))
    return {way: fields for way, fields in wrong.items() if fields}


def put_changes(
    api: Api, identity: Identity, form: Form, sent: Mapping[str, str]
) -> dict[str, object]:
    """PUT values; return the fields that are not as they have to be afterwards.

    What was sent is stored, what was not sent stays; before, the record gets values that no new
    record has. A PUT that is refused stores nothing. A field
    that the document does not show being written may stay as well.
    """
    api.ask("PUT", identity, form, data=UNUSUAL[identity.resource])
    before = api.read(identity)
    response = api.ask("PUT", identity, form, data=sent)
    after = api.read(identity)
    observed("fields", len(before))
    if not response.ok:
        return changed(before, after)
    kept = {name: value for name, value in before.items() if name not in sent}
    free = sent.keys() - bound_of(identity.resource)
    ignored = {name for name in free if after.get(name) == before.get(name)}
    taken = {name: value for name, value in sent.items() if name not in ignored}
    return {**changed(kept, after), **unlike(taken, after, taken)}


def bound_of(resource: Resource) -> frozenset[str]:
    """Return the fields of a resource that every server has to store."""
    return OF_CUSTOMERS if resource is CUSTOMERS else OF_OTHERS


def changed(before: Record, after: Record) -> dict[str, object]:
    """Return the fields that have another value than before, clocks and the like aside."""
    return {
        name: after.get(name)
        for name in before
        if name not in DERIVED and after.get(name) != before[name]
    }


def made_of(api: Api, resource: Resource, sent: Mapping[str, str]) -> Identity | None:
    """POST values beside those that a record needs; return the record, or None where refused.

    Where records cannot be deleted, only a few are made: then a record of our own gets the values.
    """
    if api.working_form(resource, "DELETE") is None and _KEPT.get(api, 0) >= MOST_KEPT:
        made, form = api.reused(resource, GENERATED), api.require(resource, "PUT")
        return made if api.ask("PUT", made, form, data=sent).ok else None
    _KEPT[api] = _KEPT.get(api, 0) + 1
    values = {**api.values(resource), **sent}
    response = api.post(resource.collection, data=values)
    if not response.ok:
        return None
    parent_id = values[CUSTOMERS.id_field] if resource.parent else None
    answered = readable_records(response, resource)
    for record in answered or owned(api.listed(resource, parent_id), values):
        if id_of(resource, record):
            return api.adopt(resource, record, parent_id)
    message = f"the new {resource.singular} is neither in the answer nor in the list"
    raise SetupFailed(message)


def owned(records: list[Record], values: Mapping[str, str]) -> list[Record]:
    """Return the records that have the custnr, or the name and the owner, of values, newest first.

    The list is taken to be in the order in which the records were made.
    """
    names = ("custnr",) if "custnr" in values else ("name", CUSTOMERS.id_field)
    return [
        record
        for record in records[::-1]
        if all(str(record.get(name)) == values.get(name) for name in names)
    ]


def works(api: Api, identity: Identity, way: Writing) -> bool:
    """Tell whether a way of writing stores a plain name; tried once for each resource."""
    known = _WORKING.setdefault(api, {})
    key = (identity.resource.name, way)
    if key not in known:
        name = api.fresh()
        write_by(api, identity, way, {"name": name})
        known[key] = api.read(identity).get("name") == name
    return known[key]


def written_wrongly(
    api: Api, identity: Identity, way: Writing, sent: Mapping[str, str], ways: Iterable[Reading]
) -> dict[str, dict[str, object]]:
    """Write in one way and read in others; return what is shown wrongly, by the way of reading.

    Nothing where that way of writing does not work at all, or the values are refused.
    """
    if works(api, identity, way) and write_by(api, identity, way, sent).ok:
        return shown_wrongly(api, identity, sent, ways)
    observed("readings", 0)
    return {}
