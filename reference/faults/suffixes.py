"""Faults of suffixes in front of a query."""

from reference.faulty import Fault
from reference.message import Request

LEVELS = 3
"""How many slashes are in the path of a list: before the version, a customer's name and its id."""


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
    breaks="suffix-forces-type-of-parameter-forms combined-ways-answer-in-the-type "
    "suffix-wins-over-accept-of-parameter-forms",
):
    """Overlooks the suffix of greetings where the ids are parameters."""

    name = "voicemail_greetings"


class OverlooksSuffixesOfCustomers(
    OverlooksSuffixesBeforeIds,
    breaks="suffix-forces-type-of-parameter-forms suffix-wins-over-accept-of-parameter-forms",
):
    """Overlooks the suffix of customers where the id is a parameter."""

    name = "customers"


class TakesTheSuffixOfTheFirstName(Fault, breaks="suffix-of-a-sub-resource-is-not-ignored"):
    """Forces the type by a suffix on the first name of a path, and drops it from the others."""

    def forced_type(self, request: Request) -> str | None:
        """Look at what stands before an id."""
        path = request.target.partition("?")[0]
        names = [each for each in path.split("/") if each and not each[0].isdigit()]
        return self.split_suffix(names[0])[1] if names[1:] else super().forced_type(request)


class OverlooksSuffixesOfListsBelow(Fault, breaks="suffix-of-a-sub-resource-is-not-ignored"):
    """Overlooks the suffix of greetings where their list is asked for in the path."""

    def forced_type(self, request: Request) -> str | None:
        """Look for a customer's id, and for none of a greeting."""
        path = request.target.partition("?")[0]
        ends = path.endswith(("/voicemail_greetings.xml", "/voicemail_greetings.json"))
        return None if ends and path.count("/") > LEVELS else super().forced_type(request)
