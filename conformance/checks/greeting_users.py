"""Which sources use a greeting, as the greeting itself tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks.shared_greetings import users_of
from conformance.spec.resources import CUSTOMERS, GREETINGS, SOURCES
from conformance.verdicts import applicable_if
from conformance.wire.recorder import observed

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.addressing import Identity


def wrong_users(api: Api) -> list[str]:
    """Have two sources use greetings of one name; return what the greetings tell wrongly of that.

    They are read before and after each change. Not applicable where a source takes no greeting, or
    where neither a greeting that was not read before nor any of the account's names a source.
    """
    form, owner = api.offers.require(SOURCES, "PUT"), api.create(CUSTOMERS)
    name = api.fresh()
    first, twin, unread = (api.create(GREETINGS, owner.id, name=name) for _ in range(3))
    one, other = (api.create(SOURCES, owner.id) for _ in range(2))
    greetings = {"the greeting": first, "its twin": twin}
    found: list[str] = []

    def use(source: Identity, greeting: Identity, right: dict[str, set[str]]) -> None:
        api.ask("PUT", source, form, data={GREETINGS.id_field: greeting.id})
        shown = {which: users_of(api.read(each)) for which, each in greetings.items()}
        found.extend(
            f"after PUT of source {source.id} with {GREETINGS.id_field}={greeting.id}, {which} "
            f"{greetings[which].id} names {_sources(shown[which])}, not {_sources(right[which])}"
            for which in greetings
            if shown[which] != right[which]
        )

    use(one, unread, {"the greeting": set(), "its twin": set()})
    taken = str(api.read(one).get(GREETINGS.id_field)) == unread.id
    applicable_if(taken, "a source does not take a greeting")
    named = [users_of(api.read(unread)), *_named_by_others(api)]
    applicable_if(any(named), "a greeting does not name its sources")
    use(one, first, {"the greeting": {one.id}, "its twin": set()})
    use(other, first, {"the greeting": {one.id, other.id}, "its twin": set()})
    use(one, twin, {"the greeting": {other.id}, "its twin": {one.id}})
    observed("greetings", len(greetings))
    return found


def _sources(ids: set[str]) -> str:
    """Return the sources that a greeting names in words."""
    return f"source {' and '.join(sorted(ids))}" if ids else "no source"


def source_beside_a_namesake(api: Api) -> tuple[Identity, Identity, Identity]:
    """Return a source that uses one of two greetings of the same name, and both of these.

    Not applicable where a source takes no greeting.
    """
    form, owner, name = api.offers.require(SOURCES, "PUT"), api.create(CUSTOMERS), api.fresh()
    namesake = api.create(GREETINGS, owner.id, name=name)
    used = api.create(GREETINGS, owner.id, name=name)
    source = api.create(SOURCES, owner.id)
    api.ask("PUT", source, form, data={GREETINGS.id_field: used.id})
    taken = str(api.read(source).get(GREETINGS.id_field)) == used.id
    applicable_if(taken, "a source does not take a greeting")
    return source, used, namesake


def _named_by_others(api: Api) -> list[set[str]]:
    """Return which sources greetings that the run did not make name."""
    owner = api.shared_record(CUSTOMERS)
    return [users_of(each) for each in api.listed(GREETINGS, owner.id)]


def greetings_used(api: Api) -> list[str]:
    """Have a source use greetings, two of them of one name; return where it uses the other of both.

    Not applicable where a source does not take two greetings of different names one after another.
    """
    form, owner = api.offers.require(SOURCES, "PUT"), api.create(CUSTOMERS)
    source, other = api.create(SOURCES, owner.id), api.create(GREETINGS, owner.id)
    name = api.fresh()
    first, twin = (api.create(GREETINGS, owner.id, name=name) for _ in range(2))

    def used(greeting: Identity) -> str:
        """Return the id of the greeting that the source uses when it was to use a given one."""
        api.ask("PUT", source, form, data={GREETINGS.id_field: greeting.id})
        return str(api.read(source).get(GREETINGS.id_field))

    applicable_if(used(other) == other.id, "a source does not take a greeting")
    observed("greetings", 2)
    shown = {first.id: used(first), twin.id: used(twin)}
    applicable_if(other.id not in shown.values(), "a source keeps the greeting that it has")
    return [
        f"source {source.id} is to use greeting {asked} and uses its namesake {found}"
        for asked, found in shown.items()
        if found != asked and found in shown
    ]
