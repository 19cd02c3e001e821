"""Many texts in few requests: several fields of one record at once, and the guilty one if refused.

A text that is refused is not judged. Where a pack of texts is refused, its halves are sent alone,
so that one refused text does not hide its neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle
from typing import TYPE_CHECKING

from conformance.checks.custom_fields import custom_values
from conformance.clients.capabilities import GENERATED
from conformance.clients.explained import PLAIN
from conformance.clients.once import once_for_good
from conformance.clients.ways import read_by
from conformance.spec.addressing import Form, request_for
from conformance.spec.equal_ways import FORM, ReadWay, written_as
from conformance.spec.media_types import JSON, XML
from conformance.spec.resources import CUSTOMERS, GREETINGS, SOURCES, USERS
from conformance.verdicts import not_applicable
from conformance.wire.recorder import observed
from conformance.wire.records import record_with_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from conformance.clients.api import Api
    from conformance.spec.addressing import Identity
    from conformance.spec.resources import Record, Resource
    from conformance.wire.responses import Response

FREE_TEXTS = {
    CUSTOMERS: ("name", "corporateid"),
    GREETINGS: ("name",),
    SOURCES: ("name", "media"),
    USERS: ("name",),
}
"""The fields of each resource that hold any text, beside custom fields."""

IN_JSON, IN_XML = ReadWay(Form.PATH, JSON), ReadWay(Form.PATH, XML)


@dataclass(frozen=True, slots=True)
class Changed:
    """A text that reads back as something else: where it was sent, and what is shown instead."""

    field: str
    sent: str
    shown: object
    where: str

    def __repr__(self) -> str:
        """Return the finding in one line."""
        return f"{self.field}: {self.sent!r} reads back as {self.shown!r} ({self.where})"


def packs(texts: Sequence[str], fields: Sequence[str]) -> Iterator[dict[str, str]]:
    """Give the values of one PUT after another, each with a text for every field."""
    for at in range(0, len(texts), len(fields)):
        yield dict(zip(fields, texts[at : at + len(fields)], strict=False))


def texts_changed(
    api: Api,
    resource: Resource,
    texts: Sequence[str],
    ways: Iterable[ReadWay] = (IN_XML,),
    everywhere: Iterable[str] = (),
) -> list[Changed]:
    """PUT texts into the fields of a record; return those that read back as something else.

    Each goes into one field, or into all fields at once where it is to be `everywhere`. They are
    read in the answer to the PUT and in one of the ways, which take turns. Ends the case
    as not applicable where no field stores a plain text, or every text is refused.
    """
    fields = fields_for_texts(api, resource)
    made = api.shared_record(resource, GENERATED)
    in_all_fields = [dict.fromkeys(fields, text) for text in everywhere]
    found = _changed(api, made, (*in_all_fields, *packs(texts, fields)), ways)
    if resource is GREETINGS:  # without a text of ours it would not be known again as ours
        api.ask("PUT", made, api.offers.require(resource, "PUT"), data={"name": api.fresh()})
    return found


def like_texts_changed(
    api: Api, resource: Resource, pairs: Sequence[tuple[str, str]]
) -> list[Changed]:
    """PUT the first text of each pair into a record, then the other; return those not stored."""
    fields = fields_for_texts(api, resource)
    made = api.shared_record(resource, GENERATED)
    before, after = (packs([pair[at] for pair in pairs], fields) for at in (0, 1))
    found = []
    for old, new in zip(before, after, strict=True):
        observed("texts before", len(stored_names(api, made, old)))
        found += _changed(api, made, [new], (IN_JSON,))
    return found


def texts_changed_in_json(api: Api, texts: Sequence[str]) -> list[Changed]:
    """PUT texts into the fields of a customer, in JSON; return those that read back otherwise."""
    fields = fields_for_texts(api, CUSTOMERS)
    made = api.shared_record(CUSTOMERS, GENERATED)
    return _changed(api, made, packs(texts, fields), (IN_XML,), JSON)


def _changed(
    api: Api,
    made: Identity,
    sent: Iterable[Mapping[str, str]],
    ways: Iterable[ReadWay],
    body: str = FORM,
) -> list[Changed]:
    """PUT each group of texts, and read it in the next of the ways; return what has changed."""
    turns = cycle(ways)
    return [
        each
        for texts in sent
        for part, response in stored_parts(api, made, texts, body)
        for each in _differences(api, made, part, response, next(turns))
    ]


def changed_in_xml_alone(found: Iterable[Changed], but: str) -> list[Changed]:
    """Return what is shown as sent in JSON and otherwise in XML; texts with some characters not."""
    everything = list(found)
    elsewhere = {(each.field, each.sent) for each in everything if each.where != repr(IN_XML)}
    return [
        each
        for each in everything
        if (each.field, each.sent) not in elsewhere and not set(each.sent) & set(but)
    ]


def stored_parts(
    api: Api, made: Identity, sent: Mapping[str, str], body: str = FORM
) -> Iterator[tuple[dict[str, str], Response]]:
    """PUT values together or, where they are refused, in halves; give those that are accepted.

    A server or a gateway may also refuse a text by closing the connection.
    """
    form = api.offers.require(made.resource, "PUT")
    asked = written_as(body, request_for("PUT", made, form, data=dict(sent)))
    response = api.attempt(asked.method, asked.path, **asked.options).response
    if response is not None and response.ok:
        observed("texts", len(sent))
        yield dict(sent), response
    elif len(sent) > 1:
        names = list(sent)
        for half in (names[: len(names) // 2], names[len(names) // 2 :]):
            yield from stored_parts(api, made, {name: sent[name] for name in half}, body)
    else:
        observed("texts refused", 1)


def stored_names(api: Api, made: Identity, sent: Mapping[str, str]) -> set[str]:
    """PUT values as `stored_parts` does; return the names of those that are accepted."""
    return {name for part, _ in stored_parts(api, made, sent) for name in part}


@once_for_good
def fields_for_texts(api: Api, resource: Resource) -> tuple[str, ...]:
    """Return the fields of a resource in which a PUT stores a plain text; tried once.

    Not applicable where there is none. A custom field may be defined to hold something else.
    """
    made = api.shared_record(resource, GENERATED)
    record = api.read(made)
    names = [*FREE_TEXTS[resource], *sorted(custom_values(record))]
    sent = {name: f"{PLAIN} {number}" for number, name in enumerate(names) if name in record}
    taken = stored_names(api, made, sent)
    stored = api.read(made)
    kept = tuple(name for name in sent if name in taken and stored.get(name) == sent[name])
    return kept or not_applicable(f"no text of a {resource.singular} can be changed")


def _differences(
    api: Api, made: Identity, sent: Mapping[str, str], response: Response, way: ReadWay
) -> list[Changed]:
    shown = {
        "in the answer to PUT": record_with_id(response, made),
        repr(way): read_by(api, made, way),
    }
    return [
        Changed(name, text, record[name], where)
        for where, record in shown.items()
        for name, text in (sent.items() if record is not None else ())
        if record is not None and _differs(record, name, text)
    ]


def _differs(record: Record, name: str, text: str) -> bool:
    """Tell whether a record shows another text; a number counts as its digits."""
    value = record.get(name, text)
    return (str(value) if type(value) is int else value) != text


def customers_not_found(api: Api, shapes: Iterable[str]) -> list[str]:
    """PUT one custnr after another; return those that a filter by them does not find as they are.

    A shape has "{}" where digits go that no customer has. What is refused, in the PUT or as a
    filter, is left out. Each comes with what the filter shows of the customer, in words.
    """
    made = api.shared_record(CUSTOMERS, GENERATED)
    found: list[str] = []
    for shape in shapes:
        custnr = shape.replace("{}", api.ledger.fresh_number())
        for _ in stored_parts(api, made, {"custnr": custnr}):
            answer = api.get(CUSTOMERS.collection, params={"custnr": custnr})
            record = record_with_id(answer, made) or {}
            observed("filters", int(answer.ok))
            if answer.ok and not (record and record.get("custnr", custnr) == custnr):
                shown = f"it with {record.get('custnr')!r}" if record else "no customer"
                found.append(f"GET with custnr={custnr!r} shows {shown}")
    api.put(made.path, data={"custnr": api.fresh()})
    return found
