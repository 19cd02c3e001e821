"""Faults of what is no id: texts that are taken for the id of a record all the same."""

import re
from collections.abc import Mapping
from fnmatch import fnmatchcase
from urllib.parse import unquote

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.resources import CUSTOMERS, GREETINGS, Resource

JSON = "no-id-in-json-updates-nothing"
SPELLINGS = "number-of-an-id-has-one-spelling"
CHANGES = "field-changes-by-a-write-that-names-it record-shows-what-was-sent-to-it"
READS = "no-id-reads-nothing"
PARENTS = "no-parent-id-lists-nothing"
UPDATES = "no-id-updates-nothing"
BELOW = "nothing-is-made-below-what-is-not-there"
DELETES = "no-id-deletes-nothing"
RECORDS = "no-id-deletes-no-customer"

MOST_DIGITS = 1000
"""Digits of a number that is converted."""


class MisreadsIds(Fault, abstract=True):
    """Takes some texts for the ids of records; the faults below say which."""

    def meant(self, text: str) -> str:
        """The id that a text is taken for; itself, as long as a fault does not say otherwise."""
        return text

    def is_id(self, segment: str) -> bool:
        """Let what is taken for an id stand in a path."""
        return super().is_id(segment) or super().is_id(self.meant(segment))

    def known(
        self, resource: Resource, method: str, parameters: Mapping[str, str]
    ) -> Mapping[str, str]:
        """Read the ids of the address."""
        known = super().known(resource, method, parameters)
        names = resource.address_names
        return {
            name: self.meant(value) if name in names else value for name, value in known.items()
        }


class CutsIdsTo32Bits(
    MisreadsIds,
    breaks=f"{CHANGES} {READS} {PARENTS} {UPDATES} {DELETES} {RECORDS} "
    f"record-goes-by-its-own-delete",
):
    """Keeps 32 bits of an id."""

    def meant(self, text: str) -> str:
        """Wrap it, if it is no endless one."""
        is_number = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
        return str(int(text) % 2**32) if is_number else text


class CutsIdsTo64Bits(MisreadsIds, breaks=f"{READS} {UPDATES} {DELETES} {RECORDS}"):
    """Keeps 64 bits of an id."""

    def meant(self, text: str) -> str:
        """Wrap it, if it is no endless one."""
        is_number = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
        return str(int(text) % 2**64) if is_number else text


class DropsTheSignOfIds(
    MisreadsIds,
    breaks=f"{READS} {UPDATES} {DELETES} {CHANGES} {RECORDS} record-goes-by-its-own-delete",
):
    """Reads a negative id as the positive one."""

    def meant(self, text: str) -> str:
        """Drop the sign."""
        return text.removeprefix("-")


class ReadsTheBeginningOfIds(
    MisreadsIds,
    breaks=f"{READS} {PARENTS} {UPDATES} {DELETES} {JSON} {SPELLINGS} {BELOW} {RECORDS}",
):
    """Reads the digits that a text begins with, as a cast does."""

    def meant(self, text: str) -> str:
        """Stop at the first character that is no digit."""
        found = re.match("[0-9]+", text)
        return found[0] if found else text


class FindsIdsAnywhere(
    MisreadsIds,
    breaks=f"{READS} {PARENTS} {UPDATES} {DELETES} {JSON} {SPELLINGS} {BELOW} {RECORDS} "
    f"record-goes-by-its-own-delete {CHANGES} no-number-for-an-id",
):
    """Reads the first number in a text."""

    def meant(self, text: str) -> str:
        """Search for it."""
        found = re.search("[0-9]+", text)
        return found[0] if found else text


class DecodesIdsTwice(MisreadsIds, breaks=f"{READS} {PARENTS} {UPDATES} {DELETES}"):
    """Decodes an id that is decoded already."""

    def meant(self, text: str) -> str:
        """Decode it again."""
        return unquote(text)


class EndsIdsAtANul(
    MisreadsIds,
    breaks=f"{READS} {UPDATES} {DELETES} {CHANGES}",
):
    """Reads an id up to a NUL, as the text of a C program."""

    def meant(self, text: str) -> str:
        """Cut it there."""
        return re.sub(r"[\x00-\x1f\x7f].*", "", text, flags=re.DOTALL)


class StripsBracketsOffIds(MisreadsIds, breaks=f"{READS} {UPDATES} {DELETES}"):
    """Drops what is around an id."""

    def meant(self, text: str) -> str:
        """Strip brackets and quotes."""
        return text.strip("[](){}<>\"'")


class CutsFractionsOffIds(MisreadsIds, breaks=f"{READS} {UPDATES} {DELETES} {JSON}"):
    """Reads a number with a fraction as the whole number."""

    def meant(self, text: str) -> str:
        """Drop the fraction."""
        return re.sub(r"(?<=[0-9])[.,][0-9]+$", "", text)


class TakesIdsForPatterns(Fault, breaks=f"{READS} odd-customer-has-no-calls"):
    """Compares an id in a query as a pattern."""

    def id_value(self, name: str, text: str) -> str:
        """Leave it as it is."""
        del name
        return text

    def having(self, records: list[Record], name: str, wanted: str) -> list[Record]:
        """Match the pattern."""
        if not name.endswith("_id") or wanted.isdigit():
            return super().having(records, name, wanted)
        pattern = wanted.replace("%", "*").replace("_", "?")
        return [each for each in records if fnmatchcase(str(each.values[name]), pattern)]


class ListsAllForAWord(Fault, breaks=READS):
    """Forgets an id in a query that is a word, and answers the list."""

    def filters(self, operation: Operation) -> Mapping[str, str]:
        """Drop what is no number."""
        id_name = operation.resource.id_name if operation.resource is CUSTOMERS else None
        return {
            name: self.filter_value(name, operation.parameters[name])
            for name in operation.resource.filters
            if name in operation.parameters
            and not (name == id_name and operation.parameters[name].isalpha())
        }


class KeepsAPartOfParents(Fault, breaks=f"{PARENTS} {BELOW}"):
    """Finds the greetings of a customer by what its id is but for other characters."""

    def is_id(self, segment: str) -> bool:
        """Let any text with a digit into the path."""
        return super().is_id(segment) or segment[-1:].isdigit() or segment[:1].isdigit()

    def parent_id(self, operation: Operation) -> str:
        """Keep the digits."""
        return str(int("0" + re.sub("[^0-9]", "", operation.parent_id or "")) % 2**32)


class RoutesByTheBeginning(Fault, breaks="resembling-name-is-no-resource"):
    """Finds a resource by what the name in the path begins with."""

    def unknown_resource(self, names: tuple[str, ...]) -> Resource:
        """Compare the beginnings."""
        for path, resource in self.resources.items():
            if len(path) == len(names) and names[0] not in self.fresh_names(names):
                pairs = zip(names, path, strict=True)
                if all(name.startswith(known) for name, known in pairs):
                    return resource
        return super().unknown_resource(names)

    def fresh_names(self, names: tuple[str, ...]) -> frozenset[str]:
        """Names that are compared as a whole."""
        return frozenset(name for name in names[:1] if name.startswith("cf-"))


class RoutesByTheLastName(Fault, breaks="resembling-name-is-no-resource"):
    """Finds a resource by its name in any group."""

    def unknown_resource(self, names: tuple[str, ...]) -> Resource:
        """Compare the last names."""
        for path, resource in self.resources.items():
            if path[-1:] == names[-1:] and len(names) <= len(path):
                return resource
        return super().unknown_resource(names)


class ReadsExponentsOfIds(
    MisreadsIds,
    breaks="number-of-an-id-has-one-spelling no-id-deletes-no-customer no-id-updates-nothing",
):
    """Reads an id as a floating-point number."""

    def meant(self, text: str) -> str:
        """Convert it."""
        plain = re.fullmatch(r"[0-9]+([.][0-9]*)?[eE][+-]?[0-9]+|[0-9]+[.]0*|[+][0-9]+", text)
        return f"{float(text):.0f}" if plain else text


class ReadsIdsInAnyBase(MisreadsIds, breaks=f"{SPELLINGS} {UPDATES} {RECORDS}"):
    """Reads an id with the prefix of another base, or in other digits."""

    def meant(self, text: str) -> str:
        """Convert it."""
        other = re.fullmatch(r"0[xob][0-9a-f]+", text.lower()) or not text.isascii()
        try:
            return str(int(text, 0)) if other else text
        except ValueError:
            return text


class FindsTheFirstByAPaddedId(MisreadsIds, breaks="forgiven-spelling-names-the-record"):
    """Finds the first record where blanks or zeros are around an id."""

    def meant(self, text: str) -> str:
        """Fall back on it."""
        return "1" if re.fullmatch(r"0+[1-9][0-9]*|[0-9]+\s|\s[0-9]+", text) else text


class DeletesByNumber(
    Fault, breaks="no-id-deletes-no-customer number-like-a-deleted-id-is-not-written-to"
):
    """Deletes the customer with a custnr where none has that id."""

    def unknown_record(self, operation: Operation) -> Record:
        """Look for the number."""
        if operation.method == "DELETE" and operation.resource is CUSTOMERS:
            found = self.having(self.candidates(operation), "custnr", operation.record_id or "")
            if found:
                return found[0]
        return super().unknown_record(operation)

    def id_value(self, name: str, text: str) -> str:
        """Take any text."""
        return text if name == "customer_id" else super().id_value(name, text)

    def is_id(self, segment: str) -> bool:
        """Let any text stand in a path."""
        return True if segment.startswith("cf-") else super().is_id(segment)


class CountsFromTheEnd(Fault, breaks=f"{READS} odd-customer-has-no-calls"):
    """Answers the last customer for the id -1, the one before for -2, and so on."""

    def is_id(self, segment: str) -> bool:
        """Let negative numbers into the path."""
        return super().is_id(segment.removeprefix("-"))

    def id_value(self, name: str, text: str) -> str:
        """Let them into parameters."""
        return super().id_value(name, text.removeprefix("-")) and text

    def having(self, records: list[Record], name: str, wanted: str) -> list[Record]:
        """Count from the end."""
        if re.fullmatch("-[1-9]", wanted) and name == CUSTOMERS.id_name:
            return records[int(wanted) :][:1]
        return super().having(records, name, wanted)


class RoutesSubResourcesByTheBeginning(Fault, breaks="resembling-name-is-no-resource"):
    """Finds greetings below a customer by what the name in the path begins with."""

    def unknown_resource(self, names: tuple[str, ...]) -> Resource:
        """Compare the beginning of the last name."""
        if len(names) > 1 and names[-1].startswith(GREETINGS.name):
            return GREETINGS
        return super().unknown_resource(names)
