"""Faults in what becomes of payloads with one thing wrong."""

from collections.abc import Iterable, Mapping

from reference.faulty import Fault
from reference.operation import Operation
from reference.resources import USERS, Field


class CreatesUsersWithoutAddress(Fault, breaks="missing-parameter-is-refused"):
    """Creates a user that has no address."""

    def mandatory(self, operation: Operation) -> tuple[str, ...]:
        """Do without it."""
        names = super().mandatory(operation)
        if operation.resource is USERS:
            return tuple(name for name in names if name != "email")
        return names


class StoresAnyReport(Fault, breaks="invalid-choice-is-not-stored"):
    """Stores whatever is sent as the monthly report or a flag."""

    def not_a_choice(self, field: Field, text: str) -> str:
        """Take it."""
        del field
        return text


class MarksWhatItCuts(Fault, breaks="too-long-is-refused-or-cut"):
    """Cuts a value that is too long, and puts three dots at its end."""

    def too_long(self, field: Field, text: str) -> str:
        """Cut it."""
        return text[: (field.limit or 0) - 3] + "..."


class JoinsRepeatedNames(Fault, breaks="repeated-parameter-is-one-of-both"):
    """Stores both values of a name that is given twice, a comma between them."""

    def joined(self, pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
        """Join them."""
        given = list(pairs)
        names = [value for name, value in given if name == "name"]
        return {**super().joined(given), **({"name": ",".join(names)} if names else {})}
