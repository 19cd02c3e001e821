"""Which cases a server is shown to, where a fault meets its own rules and a part of the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import crc32

from conformance.rules import rule_of
from reference.faulty import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

    from reference.server import Reference


@dataclass(frozen=True, slots=True)
class Sample:
    """The cases of the rules that a server names, and one in so many of the others.

    Of the others server and case decide. Once a rule that a server names has noticed it, its
    further cases are others, too. What is no fault, but conforms or is a mutant, is shown to each
    case.
    """

    one_in: int = 1

    def has(self, kind: type[Reference], item: pytest.Item) -> bool:
        """Tell whether a case is one of those that a server is shown to."""
        rule = rule_of(item)
        is_named = rule is not None and rule.id in rules_named_by(kind)
        return is_named or self.draws(kind, item)

    def draws(self, kind: type[Reference], item: pytest.Item) -> bool:
        """Tell whether a server is shown to a case whatever the case's rule says of it."""
        if self.one_in == 1 or not rules_named_by(kind):
            return True
        return crc32(f"{kind.__name__} {item.name}".encode()) % self.one_in == 0

    def passive_of(
        self, kind: type[Reference], passive: Sequence[pytest.Item]
    ) -> Sequence[pytest.Item]:
        """Return the passive items that a server names, where it does not meet all cases anyway."""
        named = rules_named_by(kind) if self.one_in > 1 else frozenset()
        return [item for item in passive if (rule := rule_of(item)) and rule.id in named]


def rules_named_by(kind: type[Reference]) -> frozenset[str]:
    """Return the ids of the rules that have to notice a server, where it is a fault."""
    return kind.breaks if issubclass(kind, Fault) else frozenset()


def is_passive(item: pytest.Item) -> bool:
    """Tell whether an item judges the journal of all others."""
    return item.get_closest_marker("passive") is not None


def judges_whole_runs(item: pytest.Item) -> bool:
    """Tell whether a passive item judges the answers of one server in their order.

    What many servers have answered, each to one case, has no such order.
    """
    marker = item.get_closest_marker("passive")
    return marker is not None and bool(marker.kwargs.get("whole_run"))


def judges_each_answer(item: pytest.Item) -> bool:
    """Tell whether a passive item judges each answer by itself."""
    marker = item.get_closest_marker("passive")
    return marker is not None and bool(marker.kwargs.get("each_answer"))
