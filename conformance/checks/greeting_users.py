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

    They are read before and after each change. Not applicable where a greeting names no source.
    """
    form, owner = api.offers.require(SOURCES, "PUT"), api.create(CUSTOMERS)
    name = api.fresh()
    first, twin = (api.create(GREETINGS, owner.id, name=name) for _ in range(2))
    one, other = (api.create(SOURCES, owner.id) for _ in range(2))
    greetings = {"the greeting": first, "its twin": twin}
    found: list[str] = []

    def use(source: Identity, greeting: Identity, right: dict[str, set[str]]) -> None:
        api.ask("PUT", source, form, data={GREETINGS.id_field: greeting.id})
        shown = {which: users_of(api.read(each)) for which, each in greetings.items()}
        found.extend(
            f"{which} names {sorted(shown[which])}, not {sorted(right[which])}"
            for which in greetings
            if shown[which] != right[which]
        )

    use(one, first, {"the greeting": {one.id}, "its twin": set()})
    applicable_if(one.id in users_of(api.read(first)), "a greeting does not name its sources")
    use(other, first, {"the greeting": {one.id, other.id}, "its twin": set()})
    use(one, twin, {"the greeting": {other.id}, "its twin": {one.id}})
    observed("greetings", len(greetings))
    return found
