"""Requests whose id is none, and the records that they reach all the same."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from conformance.clients.once import once_for_good
from conformance.config.sampling import sampled, walks_everything
from conformance.spec.addressing import (
    Form,
    Identity,
    Override,
    Request,
    collection_path,
    overridden,
    parent_parameters,
)
from conformance.spec.equal_ways import WriteWay
from conformance.spec.no_ids import fractions, json_values, no_ids, same_number
from conformance.spec.resources import CUSTOMERS, GREETINGS, NOT_DESCRIBED
from conformance.verdicts import SetupFailed, not_applicable
from conformance.wire.recorder import observed
from conformance.wire.records import id_of, ids_in, readable_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from conformance.clients.api import Api
    from conformance.spec.no_ids import Spelling
    from conformance.spec.resources import Resource
    from conformance.wire.responses import Response

PURPOSE = "what is no id"
"""The purpose of the records that odd ids are made from."""

UNIQUE = ("custnr", "name", "destnr")
"""Fields whose value tells one record from all others, and is no id."""

FEW = 5
"""Where others are tried as well, one text of so many."""

LAST = "-1"
"""What many a language takes for the last of all."""

ZERO = "0"
"""What many a language takes for nothing at all."""

OF_ONE_RECORD = ("text behind", "cut to", "without its sign", "its ")
"""Strata of texts by which no other record can be meant."""

COMMONEST = 3
"""The first strata, which are always tried."""


def record_with_an_id(api: Api, resource: Resource, form: Form) -> Identity:
    """Return a record of our own that its id reads in a form, which is the twin of what is none.

    Ends the case as not applicable where parameters do not select the record.
    """
    made = api.shared_record(resource, "" if resource in NOT_DESCRIBED else PURPOSE)
    shown = ids_in(asked(api, made, form, "with its id"), resource)
    if shown == [made.id]:
        return made
    if form is Form.PARAMETERS and resource.parent is None:
        not_applicable(f"GET of {resource.name} selects no record by a parameter")
    message = f"the {resource.singular} {made.id} is not read by its id in {form}"
    raise SetupFailed(message)


def texts_of_no_id(api: Api, made: Identity, form: Form) -> list[str]:
    """Return texts that are not the id of a record, for one form: of each stratum one, or all."""
    strata = _strata(api, made, form)
    return sampled(strata if form is Form.PATH else {**strata, **fractions(made.id)})


def _strata(api: Api, made: Identity, form: Form) -> Spelling:
    """Return by strata the texts that are not the id of a record, its unique values among them."""
    return no_ids(made.id, _unique(api, made, form))


def _unique(api: Api, made: Identity, form: Form) -> dict[str, str]:
    """Return the values of a record that tell it from all others, without a sign before them."""
    (record,) = readable_records(asked(api, made, form, "with its id"), made.resource)
    return {field: str(record[field]).lstrip("+") for field in UNIQUE if record.get(field)}


def texts_of_ours(api: Api, made: Identity) -> list[str]:
    """Return texts that can only be taken for the id of one record, however they are misread."""
    strata = _strata(api, made, Form.PATH)
    named = {name: strata[name] for name in strata if name.startswith(OF_ONE_RECORD)}
    return plain_in(Form.PATH, [*sampled(named), *sampled(same_number(made.id))])


def half_of(found: list[str], form: Form, parts: int = 2) -> list[str]:
    """Return the texts to try in a form: one of so many, others than in the other form.

    In a thorough run all of them are tried everywhere.
    """
    return found if walks_everything() else found[list(Form).index(form) :: parts]


def texts_for(api: Api, made: Identity, form: Form) -> list[str]:
    """Return the texts to try for an id in a form: half of them, the rest in the other form.

    The commonest mistakes about a customer are looked for in both forms, and no others where the
    document does not describe the resource.
    """
    found = [ZERO, *(each for each in texts_of_no_id(api, made, form) if each != ZERO)]
    if made.resource in NOT_DESCRIBED and not walks_everything():
        numbers = {**_unique(api, made, form), "name": ZERO}
        return list(dict.fromkeys([*found[:COMMONEST], *numbers.values()]))
    if made.resource is GREETINGS:
        return [ZERO, *half_of(found[1:], form.other)]  # what customers are not asked for
    return [*found[:COMMONEST], *half_of(found[COMMONEST:], form)]


def spellings_for(made: Identity, form: Form) -> list[str]:
    """Return other spellings of the number of a customer's id to try in a form, half of them."""
    if made.resource is not CUSTOMERS:
        return []
    return half_of(other_spellings(made, form), form)


def other_spellings(made: Identity, form: Form) -> list[str]:
    """Return other spellings of the number of an id, one of each stratum; none where it is none."""
    return plain_in(form, sampled(same_number(made.id)))


@once_for_good
def asked(api: Api, identity: Identity, form: Form, _why: str = "") -> Response:
    """Return the answer to the GET of what need not be an id; asked once in a run."""
    return api.ask("GET", identity, form)


def taken(api: Api, made: Identity, form: Form, found: Iterable[str]) -> dict[str, list[str]]:
    """GET each text for an id; return the ids of what is shown for those that show records."""
    shown = {text: ids_in(asked(api, made.with_id(text), form), made.resource) for text in found}
    observed("texts that are no id", len(shown))
    return {text: ids for text, ids in shown.items() if set(ids) - {text}}


def shown_by_no_ids(taken: Mapping[str, list[str]], resource: Resource) -> list[str]:
    """Return in words which records were shown by texts that are the id of none."""
    return [
        f"GET with the id {text!r} shows {resource.singular} {', '.join(ids)}"
        for text, ids in taken.items()
    ]


def shown_for(text: str, ids: list[str] | None, made: Identity) -> str:
    """Say whether exactly a record is shown by a text, another one, or none."""
    others = f"GET with the id {text!r} shows {made.resource.singular} {', '.join(ids or [])}"
    return "none" if not ids else "that record" if ids == [made.id] else others


def parents_taken(api: Api, made: Identity, form: Form, found: Iterable[str]) -> list[str]:
    """GET the list of each parent that is none; return those under which the record is shown."""
    answered = {text: api.ask_list(made.resource, text, form) for text in found}
    observed("texts that are no id", len(answered))
    return [text for text, each in answered.items() if made.id in ids_in(each, made.resource)]


def may_be_written(api: Api, made: Identity, text: str, form: Form) -> bool:
    """Tell whether a form that reads records shows none but ours by a text, so that it can be hit.

    What shows other records is judged where it is read.
    """
    aim = made.with_id(text)
    shown = ids_in(asked(api, aim, form), aim.resource)
    if not shown:
        api.ledger.note_unclaimed(aim)
    return set(shown) <= {made.id}


def updated_by(api: Api, made: Identity, form: Form, found: Iterable[str]) -> list[str]:
    """PUT a name to each text that is no id; return those that are accepted or have an effect."""
    before = api.read(made)
    named = {api.fresh(): text for text in found if may_be_written(api, made, text, form)}
    wrong = [
        f"{text!r} is answered {response.status_code}"
        for name, text in named.items()
        if (response := api.ask("PUT", made.with_id(text), form, data={"name": name})).ok
    ]
    observed("texts that are no id", len(named))
    after = api.find(made) or {}
    if after.get("name") != before.get("name"):
        wrong.append(f"{named.get(str(after.get('name')), 'one of them')!r} changes the record")
    return wrong


def write_each(
    api: Api, method: str, made: Identity, form: Form, found: Iterable[str], **data: str
) -> list[int]:
    """Send a write to each text that is no id, but none that shows others; return the statuses."""
    aims = [text for text in found if may_be_written(api, made, text, form)]
    sent = [api.ask(method, made.with_id(text), form, data=data or None) for text in aims]
    observed("texts that are no id", len(sent))
    return [each.status_code for each in sent]


def updated_by_json(api: Api, made: Identity, name: str) -> list[str]:
    """PUT JSON whose id is none; return the values that are accepted or change the given name."""
    values = sampled(json_values(made.id))
    wrong = []
    for value in values:
        body = {**made.parameters, made.resource.id_field: value, "name": api.fresh()}
        response = api.put(made.resource.collection, json=body)
        wrong += [f"{json.dumps(value)} is answered {response.status_code}"] if response.ok else []
    observed("values", len(values))
    after = api.find(made) or {}
    return wrong if after.get("name") == name else [*wrong, "one of them changes the record"]


def named_by_json(api: Api, made: Identity) -> str:
    """PUT JSON with the right id, and return the name that it gives the record: the twin.

    Ends the case as not applicable where it has no effect.
    """
    name = api.fresh()
    response = api.put(made.resource.collection, json={**made.parameters, "name": name})
    if api.read(made).get("name") != name:
        not_applicable(f"JSON with an id is answered {response.status_code}, without effect")
    return name


def listed_ids(api: Api, made: Identity) -> list[str]:
    """Return the ids of the list that a record is in, which is that of its parent."""
    return [id_of(made.resource, each) for each in api.listed(made.resource, made.parent_id)]


def delete_without_an_id(api: Api, parent_id: str) -> list[int]:
    """DELETE greetings of a customer of our own by ids that are empty, or by none.

    Also by an override. Returns the statuses.
    """
    parent = parent_parameters(GREETINGS, parent_id)
    ways = [
        (GREETINGS.collection, {**parent, GREETINGS.id_field: ""}),
        (GREETINGS.collection, {**parent, GREETINGS.id_field: " "}),
        (f"{collection_path(GREETINGS, parent_id)}/", {}),
        (collection_path(GREETINGS, parent_id), {GREETINGS.id_field: ""}),
        (GREETINGS.collection, parent),
    ]
    asked = [Request("DELETE", path, {"params": params}) for path, params in ways]
    asked += [
        overridden(Request("DELETE", GREETINGS.collection, {"params": parent}), override)
        for override in (Override.QUERY, Override.HEADER)
    ]
    return [api.send(each).status_code for each in asked]


def created_for(api: Api, resource: Resource, owner: Identity, texts: Iterable[str]) -> list[str]:
    """POST a record for each text as its customer's id; return the texts taken for the id."""
    found = []
    for text in texts:
        values = {**api.values(resource, owner.id), CUSTOMERS.id_field: text}
        response = api.post(resource.collection, data=values)
        shown = readable_records(response, resource) if response.ok else []
        found += [text for each in shown if str(each.get(CUSTOMERS.id_field)) == owner.id]
        observed("texts", 1)
    return found


def plain_in(form: Form, found: list[str]) -> list[str]:
    """Return the texts that a form can have: behind a path, a point may begin a suffix."""
    return [text for text in found if form is Form.PARAMETERS or "." not in text]


def parent_of(api: Api, made: Identity) -> Identity:
    """Return the customer that a greeting of ours belongs to, which is read by its id as well."""
    parent = Identity(CUSTOMERS, str(made.parent_id))
    if ids_in(asked(api, parent, Form.PATH, "with its id"), CUSTOMERS) != [parent.id]:
        message = f"the customer {parent.id} is not read by its id"
        raise SetupFailed(message)
    return parent


def require_put(api: Api, resource: Resource, form: Form) -> None:
    """End the case as not applicable unless a PUT with the right id works in a form."""
    if not api.offers.writes(resource, WriteWay(form)):
        not_applicable(f"PUT has no effect in {form} on {resource.name}")
