"""Faults of suffixes in front of a query."""

from reference.faulty import Fault
from reference.message import Request


class OverlooksSuffixesBeforeIds(Fault, abstract=True):
    """Overlooks the suffix of one resource where the ids are parameters."""

    name: str

    def forced_type(self, request: Request) -> str | None:
        """Look for the last name of the path, and for an id behind it."""
        path, _, query = request.target.partition("?")
        last = path.rpartition("/")[2].partition(".")[0]
        return None if last == self.name and "_id=" in query else super().forced_type(request)


class OverlooksSuffixesOfGreetings(
    OverlooksSuffixesBeforeIds,
    breaks="suffix-forces-type-of-parameter-forms combined-ways-answer-in-the-type",
):
    """Overlooks the suffix of greetings where the ids are parameters."""

    name = "voicemail_greetings"


class OverlooksSuffixesOfCustomers(
    OverlooksSuffixesBeforeIds,
    breaks="suffix-forces-type-of-parameter-forms",
):
    """Overlooks the suffix of customers where the id is a parameter."""

    name = "customers"
