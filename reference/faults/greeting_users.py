"""Faults in which sources a greeting names as those that use it."""

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.representation import Value
from reference.resources import GREETINGS, SOURCES


class JoinsGreetingsByName(Fault, breaks="greeting-names-its-sources"):
    """Names for a greeting the sources of every greeting of its name, too."""

    def used_by(self, operation: Operation, greeting: Record) -> tuple[Value, ...]:
        """Look for greetings of the name."""
        greetings = self.visible_records(GREETINGS, operation.account)
        alike = {each.id for each in self.having(greetings, "name", str(greeting.values["name"]))}
        sources = self.visible_records(SOURCES, operation.account)
        return tuple(each.id for each in sources if each.values["vm_greeting_id"] in alike)


class CachesUsersOfGreetings(Fault, breaks="greeting-names-its-sources"):
    """Keeps which sources use a greeting from when that was first shown."""

    def used_by(self, operation: Operation, greeting: Record) -> tuple[Value, ...]:
        """Look once, and no more."""
        kept: dict[str, tuple[Value, ...]] = self.__dict__.setdefault("kept_users", {})
        if operation.method != "GET":
            return super().used_by(operation, greeting)
        return kept.setdefault(greeting.id, super().used_by(operation, greeting))


class CountsUsersOfNewGreetingsOnce(Fault, breaks="greeting-names-its-sources"):
    """Keeps which sources use a greeting from its creation on, when there were none."""

    def used_by(self, operation: Operation, greeting: Record) -> tuple[Value, ...]:
        """Look once, at the creation at the earliest, and no more."""
        kept: dict[str, tuple[Value, ...]] = self.__dict__.setdefault("kept_users", {})
        return kept.setdefault(greeting.id, super().used_by(operation, greeting))


class NamesEarlierUsers(Fault, breaks="greeting-names-its-sources"):
    """Goes on naming a source that uses another greeting by now."""

    def used_by(self, operation: Operation, greeting: Record) -> tuple[Value, ...]:
        """Add who was named once."""
        named: dict[str, dict[Value, None]] = self.__dict__.setdefault("named", {})
        known = named.setdefault(greeting.id, {})
        known.update(dict.fromkeys(super().used_by(operation, greeting)))
        return tuple(known)
