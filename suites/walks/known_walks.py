"""Walks that once found a broken server, as short as possible: each run takes them first.

Positions count the customer as 0, and the other records that a walk starts with from 1 on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from conformance.spec.addressing import Form, Override
from conformance.spec.equal_ways import ReadWay, WriteWay
from conformance.spec.media_types import JSON, XML
from conformance.spec.resources import CUSTOMERS, GREETINGS, SOURCES, USERS
from suites.walks.machine import Aspect, Look

if TYPE_CHECKING:
    from conformance.spec.resources import Resource
    from suites.walks.machine import Walk

PLAIN = WriteWay(Form.PATH)
BY_PARAMETERS = WriteWay(Form.PARAMETERS)
IN_JSON = WriteWay(Form.PATH, body="JSON")
BY_QUERY = WriteWay(Form.PATH, Override.QUERY)
IMPOSTOR = 1
"""The position of the caller with a wrong password among those who must not write."""


def look(position: int, kind: str = JSON, form: Form = Form.PATH) -> Look:
    """Return a look at a record, or at the list of its customer's records."""
    return Look(position, ReadWay(form, kind), whole=False)


def change(
    position: int, name: str, way: WriteWay = PLAIN, then: Look | None = None, field: str = "name"
) -> tuple[str, dict[str, Any]]:
    """Return a step that updates one field of a record."""
    seen = look(position) if then is None else then
    return "change", {"position": position, "way": way, "sent": {field: name}, "look": seen}


def delete(
    position: int, way: WriteWay = PLAIN, then: Look | None = None
) -> tuple[str, dict[str, Any]]:
    """Return a step that deletes a record, by position among those that own no other."""
    return "delete", {"position": position, "way": way, "look": then or look(0)}


def step(name: str, position: int, **more: object) -> tuple[str, dict[str, Any]]:
    """Return any other step of a walk."""
    return name, {"position": position, "way": PLAIN, "look": look(0), **more}


@dataclass(frozen=True, slots=True)
class KnownWalk:
    """The kinds of records that a walk starts with, and its steps: rules with drawn values."""

    kinds: tuple[Resource, ...]
    steps: tuple[tuple[str, dict[str, Any]], ...]

    def __call__(self, walk: Walk) -> None:
        """Take the walk, unless the target does not offer its kinds of records."""
        if {*self.kinds} <= {*walk.kinds, CUSTOMERS}:
            walk.start(*self.kinds)
            for name, drawn in self.steps:
                getattr(walk, name)(**drawn)


def in_each_body(position: int) -> tuple[tuple[str, dict[str, Any]], ...]:
    """Return steps that update a record by a form and by JSON, and read it in XML after each."""
    in_xml = look(position, XML)
    return change(position, "na", then=in_xml), change(position, "nb", IN_JSON, in_xml)


OF_EVERYTHING = KnownWalk(
    (SOURCES, GREETINGS, USERS),
    (
        *(step("renew", position) for position in (1, 2, 3)),
        ("repeat", {"position": 4, "look": look(0)}),
        step("send_back", 0),
        ("write", {"position": 4, "way": PLAIN, "sent": {"name": "na"}}),
        step("miss", 4, sent={"name": "nb"}),
        ("neighbour", {}),
        ("raze", {"look": look(0)}),
    ),
)
"""A walk of each step, after which everything is compared."""

KNOWN = {
    Aspect.EVERYTHING: (OF_EVERYTHING,),
    Aspect.WRITTEN: (
        KnownWalk((SOURCES,), (*in_each_body(1), *in_each_body(0))),
        KnownWalk((USERS, GREETINGS), (*in_each_body(1), *in_each_body(2))),
        KnownWalk((), (change(0, "na", BY_PARAMETERS, field="code"), change(0, "nb"))),
    ),
    Aspect.OTHERS: (
        KnownWalk((USERS,), (change(1, "na"), change(0, "nb", then=look(1)))),
        KnownWalk((SOURCES, SOURCES), (change(1, "na"), change(1, "nb", then=look(2)))),
        KnownWalk((GREETINGS, GREETINGS), (change(1, "na"), delete(2, BY_QUERY, look(1)))),
    ),
    Aspect.LISTED: (
        KnownWalk((SOURCES, SOURCES), (change(1, "na"), delete(0, then=look(1)))),
        KnownWalk((USERS,), (change(1, "na"), change(1, "nb", IN_JSON))),
        KnownWalk((GREETINGS,), (change(1, "na"), change(1, "nb", then=look(1, XML)))),
    ),
    Aspect.COUNTED: (
        KnownWalk((SOURCES,) * 4, (change(1, "na"), delete(0), delete(0), delete(0, then=look(1)))),
    ),
    Aspect.DELETED: (
        KnownWalk((USERS,), (delete(0, BY_QUERY, look(0, form=Form.PARAMETERS)),)),
        KnownWalk((USERS, USERS), (delete(0), change(1, "na", then=look(0)))),
    ),
    Aspect.REFUSED: (
        KnownWalk(
            (SOURCES,),
            (
                change(1, "na"),
                change(1, "nb"),
                (
                    "intrude",
                    {
                        "caller": IMPOSTOR,
                        "position": 1,
                        "method": "PUT",
                        "way": PLAIN,
                        "sent": {"name": "nc"},
                    },
                ),
            ),
        ),
    ),
}
