"""What a rule is called with where pytest does not prepare it: callers, and its parameters."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from conformance.clients.roles import Roles

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pytest

_ATTRIBUTES: Final = (
    "anonymous",
    "api",
    "courier",
    "curl",
    "journal",
    "other",
    "outsider",
    "plain",
    "plain_api",
    "plain_on_https",
    "raw_http",
    "second_session",
    "target",
)

CALLERS: Final[Mapping[str, Callable[[Roles], object]]] = {
    **{name: attrgetter(name) for name in _ATTRIBUTES},
    "roles": lambda roles: roles,
    "manual_digest": attrgetter("digest_by_hand"),
    "lone_manual_digest": Roles.manual_digest,
}
"""How each fixture of the suite is made of the callers of a run."""


def is_known(item: pytest.Function) -> bool:
    """Tell whether all that a rule asks for are callers and parameters."""
    return _names(item) <= CALLERS.keys() | _parameters(item).keys()


def arguments_of(item: pytest.Function, roles: Roles) -> dict[str, object]:
    """Return the arguments of a rule; raises the outcome where there is no such caller."""
    parameters = _parameters(item)
    return {
        name: parameters[name] if name in parameters else CALLERS[name](roles)
        for name in _names(item)
    }


def _names(item: pytest.Function) -> set[str]:
    return set(item._fixtureinfo.argnames)  # noqa: SLF001  (pytest tells it nowhere else)


def _parameters(item: pytest.Function) -> dict[str, Any]:
    callspec = getattr(item, "callspec", None)
    return callspec.params if callspec is not None else {}
