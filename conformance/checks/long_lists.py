"""Long answers whose characters lie across the borders at which a piece of an answer may end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks.representations import in_representation
from conformance.clients.once import once_per_run
from conformance.config.sampling import walks_everything
from conformance.spec.addressing import Identity, parent_parameters
from conformance.spec.media_types import JSON, XML
from conformance.spec.resources import CUSTOMERS, GREETINGS
from conformance.verdicts import not_applicable
from conformance.wire.documents import Unreadable
from conformance.wire.recorder import observed
from conformance.wire.records import id_of

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Record
    from conformance.wire.responses import Response

SHAPES = ((2, 16_800, 16_800), (18, 720, 220), (18, 160, 40))
"""How many names, of how many bytes and characters at most, make a long list.

There are few and long ones where these are stored.
"""

FEW_NAMES, MORE_NAMES = 5, 8
"""How many names make a list of long ones: beyond 64 KiB, and in a thorough run beyond 128."""

CHARACTERS = ("📞", "&", "株", "å")
"""Characters of several bytes in every text, and one that is an entity in XML."""

BORDERS = (4096, 16384, 32768, 65536)
"""Bytes behind which a piece of an answer may end."""

MOST_LOST = 8
"""Characters that a name may lack without having been cut to a maximum length."""

MOST_LEFT_OUT = 120
"""Characters by which a name is made shorter at most."""

SHOWN_LENGTH = 60

CODINGS = "gzip, deflate;q=0.5"
"""Content codings that every client knows."""


def cut_in_answers(api: Api) -> list[tuple[str, str]]:
    """Read a long list in both types; return the names that are not shown as they were sent.

    Each comes with the representation and the place where it differs. Where no character lies
    across one of the borders, the list is moved by some bytes and read again. At last it is asked
    for compressed, which a server may do with long answers alone.
    """
    parent, names = _long_list(api)
    found: list[tuple[str, str]] = []
    for kind in (JSON, XML):
        answer = _read(api, kind, parent)
        found += _shown_otherwise(kind, answer, names)
        if not found and _has_clean_border(answer.content):
            _move(api, parent, names, answer)
            found += _shown_otherwise(kind, _read(api, kind, parent), names)
    parameters, headers = parent_parameters(GREETINGS, parent), {"Accept-Encoding": CODINGS}
    coded = api.get(GREETINGS.collection, params=parameters, headers=headers)
    return found + _shown_otherwise("compressed", coded, names)


def _long_names() -> int:
    return MORE_NAMES if walks_everything() else FEW_NAMES


@once_per_run
def _long_list(api: Api) -> tuple[str, dict[str, str]]:
    """Create greetings with long names; return their customer, and their names by id.

    Not applicable where names of no size are stored whole.
    """
    for count, size, longest in SHAPES:
        parent = api.create(CUSTOMERS).id
        wanted = _long_names() if count == SHAPES[0][0] else count
        names = {
            f"{api.fresh()}:": text * min(size // len(text.encode()), longest)
            for text in (CHARACTERS * wanted)[: max(count, wanted)]
        }
        stored = _stored(api, parent, dict(list(names.items())[:1]))
        if stored:
            return parent, {**stored, **_stored(api, parent, dict(list(names.items())[1:]))}
    return not_applicable("no long name of a greeting is stored whole")


def _stored(api: Api, parent: str, names: dict[str, str]) -> dict[str, str]:
    """POST greetings, whose names have a unique beginning; return those that were not cut, by id.

    A server may also refuse a long name by closing the connection.
    """
    for start, text in names.items():
        values = {CUSTOMERS.id_field: parent, "name": start + text}
        api.attempt("POST", GREETINGS.collection, data=values)
    found = {}
    for record in api.listed(GREETINGS, parent):
        shown = str(record.get("name"))
        start = shown.partition(":")[0] + ":"
        if start in names:
            identity = api.adopt(GREETINGS, record, parent)
            sent = start + names[start]
            is_cut = len(shown) <= len(sent) - MOST_LOST or (
                shown != sent and sent.startswith(shown)
            )
            found.update({} if is_cut else {identity.id: sent})
    return found


def _read(api: Api, kind: str, parent: str) -> Response:
    return in_representation(api, kind, GREETINGS.collection, parent_parameters(GREETINGS, parent))


def _shown_otherwise(kind: str, answer: Response, names: dict[str, str]) -> list[tuple[str, str]]:
    """Return the names that an answer does not show as they are, with where they differ."""
    try:
        records = answer.records(GREETINGS)
    except Unreadable as error:
        return [(kind, str(error))]
    shown = {id_of(GREETINGS, each): str(each.get("name")) for each in records}
    observed("long names", len(names))
    return [
        (kind, _difference(sent, shown[id_]))
        for id_, sent in names.items()
        if id_ in shown and shown[id_] != sent
    ]


def _difference(sent: str, shown: str) -> str:
    """Return a few characters from where two texts differ."""
    place = next((at for at, each in enumerate(sent) if shown[at : at + 1] != each), len(sent))
    around = slice(max(0, place - 1), place + 3)
    return f"character {place}: {sent[around]!r} is shown as {shown[around]!r}"[:SHOWN_LENGTH]


def _has_clean_border(body: bytes) -> bool:
    """Tell whether some border within a body lies between two characters."""
    return _divided(body) < sum(border < len(body) for border in BORDERS)


def _move(api: Api, parent: str, names: dict[str, str], answer: Response) -> None:
    """Give the first of our names in an answer another length, where PUT is offered.

    It is the length by which most borders come to lie within a character of the names behind it.
    """
    first: Record | None = next(
        (each for each in answer.records(GREETINGS) if id_of(GREETINGS, each) in names), None
    )
    form = api.offers.working_form(GREETINGS, "PUT")
    if first is None or form is None:
        return
    identity = Identity(GREETINGS, id_of(GREETINGS, first), parent)
    moved = _moved(names[identity.id], answer.content)
    if api.ask("PUT", identity, form, data={"name": moved}).ok:
        names[identity.id] = moved


def _moved(name: str, body: bytes) -> str:
    """Return a name of another length, for which most borders in a body divide a character."""
    start, _, text = name.partition(":")
    others = [
        f"{start}:{'x' * letters}{text[left_out:]}"
        for left_out in range(min(len(text), MOST_LEFT_OUT))
        for letters in (1, 2, 0)
    ]
    return max(others, key=lambda each: _divided(body.replace(name.encode(), each.encode(), 1)))


def _divided(body: bytes) -> int:
    """Return how many borders within a body lie within a character."""
    return sum(body[border] & 0xC0 == 0x80 for border in BORDERS if border < len(body))  # noqa: PLR2004
