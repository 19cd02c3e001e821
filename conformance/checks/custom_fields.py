"""Custom fields: which are defined, and their values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from conformance.checks.violations import kind_in_json
from conformance.clients.explained import PLAIN, in_its_words
from conformance.clients.once import once_for_good
from conformance.spec.status_codes import OWN_REASONS
from conformance.verdicts import SetupFailed, not_applicable
from conformance.wire.recorder import observed
from conformance.wire.records import id_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from conformance.clients.api import Api
    from conformance.spec.addressing import Identity
    from conformance.spec.resources import Record, Resource
    from conformance.wire.responses import Response

CUSTOM_FIELD = re.compile(r"custom_[0-9]{1,9}")
MOST_FIELDS = 20
"""The greatest number of a custom field, according to the page on customers; the least is 1."""


def custom_values(record: Record) -> dict[str, object]:
    """Return the custom fields of a record with their values; null counts as empty."""
    return {field: value or "" for field, value in record.items() if CUSTOM_FIELD.fullmatch(field)}


def defined_fields(api: Api, resource: Resource) -> list[str]:
    """Return the custom fields that are defined: as claimed, or else those that records show.

    Fields with a value in some record come first. The records are read once in a run. Ends the case
    as not applicable where no field is defined.
    """
    known = _known(api, resource)
    fields = sorted(known, key=lambda field: not known[field])
    return fields or not_applicable(f"no custom field is defined for {resource.name}")


def text_fields(api: Api, resource: Resource) -> list[str]:
    """Return the defined fields that may hold any text; not applicable where there is none."""
    restricted = restricted_fields(api, resource)
    free = [field for field in defined_fields(api, resource) if field not in restricted]
    return free or not_applicable(f"no custom field of {resource.name} takes any text")


@once_for_good
def restricted_fields(api: Api, resource: Resource) -> frozenset[str]:
    """Return the custom fields that take certain values alone, as an account may define them.

    Each refuses a plain text, and takes a value that another record has.
    """
    made, refused = api.shared_record(resource), set()
    for field in _known(api, resource):
        try:
            put_value(api, made, field, PLAIN)
        except SetupFailed:
            refused.add(field)
    return frozenset(refused)


def unlisted_fields(api: Api, resource: Resource) -> dict[str, list[str]]:
    """Return, by what a few records are called, the custom fields that a list lacks of each.

    Records are left out whose custom fields the list does not show at all; not applicable where
    that is all of them.
    """
    alone = {each.id: custom_values(api.read(each)) for each in api.samples.of(resource)}
    listed = {id_of(resource, each): custom_values(each) for each in api.listed(resource)}
    shown = [id_ for id_ in alone if listed.get(id_)]
    observed("records with custom fields", len(shown))
    if not shown:
        not_applicable(f"the list of {resource.name} shows no custom field")
    lacking = {id_: sorted(alone[id_].keys() - listed[id_]) for id_ in shown}
    return {f"{resource.singular} {id_}": fields for id_, fields in lacking.items()}


def put_each(api: Api, made: Identity, fields: Iterable[str], text: str) -> None:
    """PUT one text to each of some custom fields, one by one, whether it is taken or refused."""
    for field in fields:
        api.put(made.path, data={field: text})


def fields_that_change(api: Api, resource: Resource) -> list[str]:
    """Return the custom fields that a PUT of them alone changes to any text."""
    made = api.shared_record(resource)
    sent = {field: api.fresh() for field in text_fields(api, resource)}
    for field, text in sent.items():
        api.put(made.path, data={field: text})
    record = api.read(made)
    return [field for field, text in sent.items() if record.get(field) == text]


def put_values(api: Api, made: Identity, sent: Mapping[str, str]) -> dict[str, Response]:
    """PUT the values of custom fields, each alone, as `put_value` does; return the responses."""
    return {field: put_value(api, made, field, text) for field, text in sent.items()}


def put_value(api: Api, made: Identity, field: str, text: str) -> Response:
    """PUT a value of a custom field; return the response.

    Ends the case as inconclusive where it is refused, and one that another record has is taken: a
    field may be defined with values of its own.
    """
    response = api.put(made.path, data={field: text})
    if response.status_code not in OWN_REASONS:
        return response
    needed = api.account.values(made.resource).get(field)
    values = [needed, *(each.get(field) for each in _of_others(api, made.resource))]
    for known in dict.fromkeys(str(value) for value in values if value):
        if api.put(made.path, data={field: known}).ok:
            raise SetupFailed(in_its_words(f"{text!r} as {field}", response))
    return response


def cleared_value(api: Api, resource: Resource) -> object:
    """Return what JSON shows of a custom field that had a value and was sent empty."""
    observed("fields", 1)
    return _cleared_value(api, resource)


def kind_when_cleared(api: Api, resource: Resource) -> str:
    """Return which kind of JSON value a custom field is that was sent empty: "null", "a string"."""
    return kind_in_json(cleared_value(api, resource))


@once_for_good
def _cleared_value(api: Api, resource: Resource) -> object:
    made, field = api.shared_record(resource), text_fields(api, resource)[0]
    api.update(made, {field: "something"})

    api.update(made, {field: ""})

    return api.read(made).get(field)


def last_field(api: Api, resource: Resource) -> str:
    """Return the last field for texts that is certainly defined, or else the last one shown."""
    fields, in_use = text_fields(api, resource), fields_in_use(api, resource)
    return next((field for field in reversed(fields) if field in in_use), fields[-1])


def fields_in_use(api: Api, resource: Resource) -> set[str]:
    """Return the custom fields that are certainly defined: claimed, or with a value in some record.

    A server may also show undefined fields, as null in every record.
    """
    return {field for field, is_certain in _known(api, resource).items() if is_certain}


def _known(api: Api, resource: Resource) -> dict[str, bool]:
    """Return the custom fields, claimed or shown, and whether each is certainly defined."""
    claimed = api.target.claims.custom_fields.get(resource.name)
    if claimed is not None:
        return dict.fromkeys(claimed, True)
    return _shown(api, resource)


@once_for_good
def _shown(api: Api, resource: Resource) -> dict[str, bool]:
    """Return the custom fields that records show, and whether one of them has a value there."""
    records = [api.read(api.shared_record(resource)), *_of_others(api, resource)]
    values = [each for record in records for each in custom_values(record).items()]
    used = {field for field, value in values if value}
    fields = sorted({field for field, _ in values}, key=lambda each: int(each.split("_")[1]))
    return {field: field in used for field in fields}


def _of_others(api: Api, resource: Resource) -> list[Record]:
    """Return records of the account that the run did not make.

    What its own ones hold depends on which of its cases have been run.
    """
    ledger, listed = api.ledger, api.listed_once(resource)
    made = ledger.made_ids(resource)
    others = [each for each in listed if id_of(resource, each) not in made]
    return [each for each in others if not ledger.bears_prefix(each)]


def undefined_fields(api: Api, resource: Resource) -> list[str]:
    """Return two custom fields that are not defined, with valid numbers.

    One of them begins like a defined one, if there is such a number.
    """
    defined = defined_fields(api, resource)
    numbered = [f"custom_{number}" for number in range(MOST_FIELDS, 0, -1)]
    free = [field for field in numbered if field not in defined]
    alike = [field for field in free if field.startswith(tuple(defined))]
    return list(dict.fromkeys([*alike[-1:], *free]))[:2]
