"""Faults of what is no id: texts that are taken for the id of a record all the same."""

import json
import re
from collections.abc import Mapping
from fnmatch import fnmatchcase
from urllib.parse import unquote

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.representation import Answer
from reference.resources import CUSTOMERS, GREETINGS, Resource

JSON = "no-id-in-json-updates-nothing"
SPELLINGS = "number-of-an-id-has-one-spelling"
READS = "no-id-reads-nothing"
PARENTS = "no-parent-id-lists-nothing"
UPDATES = "no-id-updates-nothing"
DELETES = "no-id-deletes-nothing"


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


class CutsIdsTo32Bits(MisreadsIds, breaks=f"{READS} {PARENTS} {UPDATES} {DELETES} {JSON}"):
    """Keeps 32 bits of an id."""

    def meant(self, text: str) -> str:
        """Wrap it."""
        return str(int(text) % 2**32) if text.isascii() and text.isdigit() else text


class CutsIdsTo64Bits(MisreadsIds, breaks=f"{READS} {PARENTS} {UPDATES} {DELETES}"):
    """Keeps 64 bits of an id."""

    def meant(self, text: str) -> str:
        """Wrap it."""
        return str(int(text) % 2**64) if text.isascii() and text.isdigit() else text


class DropsTheSignOfIds(MisreadsIds, breaks=READS):
    """Reads a negative id as the positive one."""

    def meant(self, text: str) -> str:
        """Drop the sign."""
        return text.removeprefix("-")


class ReadsTheBeginningOfIds(
    MisreadsIds, breaks=f"{READS} {PARENTS} {UPDATES} {DELETES} {JSON} {SPELLINGS}"
):
    """Reads the digits that a text begins with, as a cast does."""

    def meant(self, text: str) -> str:
        """Stop at the first character that is no digit."""
        found = re.match("[0-9]+", text)
        return found[0] if found else text


class FindsIdsAnywhere(
    MisreadsIds,
    breaks=f"{READS} {PARENTS} {UPDATES} {DELETES} {JSON} {SPELLINGS} no-number-for-an-id",
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


class EndsIdsAtANul(MisreadsIds, breaks=f"{READS} {PARENTS} {UPDATES} {DELETES}"):
    """Reads an id up to a NUL, as the text of a C program."""

    def meant(self, text: str) -> str:
        """Cut it there."""
        return re.sub(r"[\x00-\x1f\x7f].*", "", text, flags=re.DOTALL)


class StripsBracketsOffIds(MisreadsIds, breaks=f"{READS} {UPDATES}"):
    """Drops what is around an id."""

    def meant(self, text: str) -> str:
        """Strip brackets and quotes."""
        return text.strip("[](){}<>\"'")


class CutsFractionsOffIds(MisreadsIds, breaks=f"{READS} {UPDATES} {JSON} {SPELLINGS}"):
    """Reads a number with a fraction as the whole number."""

    def meant(self, text: str) -> str:
        """Drop the fraction."""
        return re.sub(r"(?<=[0-9])[.,][0-9]+$", "", text)


class FindsByCustnrInPlaceOfAnId(MisreadsIds, breaks=f"{READS} {UPDATES}"):
    """Finds a customer by its custnr where an id should be."""

    def meant(self, text: str) -> str:
        """Look the number up."""
        named = (each.id for each in self.records(CUSTOMERS) if each.values["custnr"] == text)
        return next(named, text)


class TakesIdsForPatterns(Fault, breaks=READS):
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
        words = [name for name, text in operation.parameters.items() if text.isalpha()]
        kept = {k: v for k, v in operation.parameters.items() if k not in words}
        return {
            name: self.filter_value(name, kept[name])
            for name in operation.resource.filters
            if name in kept
        }


class UpdatesByTheBeginningOfAnId(Fault, breaks=f"{UPDATES} {JSON}"):
    """Reads ids strictly, but for those of a PUT, of which it takes the digits."""

    def is_id(self, segment: str) -> bool:
        """Let them into the path."""
        return segment[:1].isdigit()

    def addressed_record(self, operation: Operation) -> Record:
        """Find the record by the digits."""
        found = re.match("[0-9]+", operation.record_id or "")
        for record in self.candidates(operation):
            if operation.method == "PUT" and found and record.id == found[0]:
                return record
        return super().addressed_record(operation)


class UpdatesBy32Bits(Fault, breaks=UPDATES):
    """Keeps 32 bits of the id in a PUT of a customer."""

    def addressed_record(self, operation: Operation) -> Record:
        """Wrap it."""
        text = operation.record_id or ""
        if operation.method == "PUT" and operation.resource is CUSTOMERS and text.isdigit():
            for record in self.candidates(operation):
                if record.id == str(int(text) % 2**32):
                    return record
        return super().addressed_record(operation)


class DeletesAllByAnEmptyId(Fault, breaks="empty-id-deletes-nothing"):
    """Deletes all greetings of a customer where the id is empty."""

    def delete(self, operation: Operation) -> Answer:
        """Look whether there is an id."""
        if operation.resource is GREETINGS and operation.record_id == "":
            self.check_parent(operation)
            for record in self.candidates(operation):
                if record.values["customer_id"] == operation.parent_id:
                    self.remove(GREETINGS, record)
            return self.deleted(operation)
        return super().delete(operation)


class DeletesTheFirstForABlankId(Fault, breaks="empty-id-deletes-nothing"):
    """Deletes the first greeting of a customer where the id is blank."""

    def addressed_record(self, operation: Operation) -> Record:
        """Take the first of the customer's own."""
        if operation.method == "DELETE" and operation.record_id == " ":
            own = [r for r in self.candidates(operation) if r.values["customer_id"] is not None]
            return own[0]
        return super().addressed_record(operation)


class DeletesByTheBeginningOfAnId(Fault, breaks=DELETES):
    """Deletes the greeting whose id a text begins or ends with."""

    def addressed_record(self, operation: Operation) -> Record:
        """Compare the digits."""
        digits = re.sub("[^0-9]", "", operation.record_id or "")
        for record in self.candidates(operation):
            if operation.method == "DELETE" and record.id == digits:
                return record
        return super().addressed_record(operation)


class KeepsAPartOfParents(Fault, breaks=PARENTS):
    """Finds the greetings of a customer by what its id is but for other characters."""

    def is_id(self, segment: str) -> bool:
        """Let any text with a digit into the path."""
        return super().is_id(segment) or segment[-1:].isdigit() or segment[:1].isdigit()

    def parent_id(self, operation: Operation) -> str:
        """Keep the digits."""
        return str(int("0" + re.sub("[^0-9]", "", operation.parent_id or "")) % 2**32)


class ReadsIdsOutOfJson(
    Fault, breaks="no-id-in-json-updates-nothing json-without-sense json-null-is-no-text"
):
    """Takes the first scalar in a nested JSON value for the value."""

    def no_text(self, name: str, value: object) -> str:
        """Look into it."""
        del name
        found = re.search(r"[\w-]+", json.dumps(value))
        return found[0] if found else ""


class CutsNumbersInJson(Fault, breaks="no-id-in-json-updates-nothing"):
    """Reads an id in JSON as a whole number of 32 bits."""

    def json_value(self, name: str, value: object) -> str:
        """Convert it."""
        text = super().json_value(name, value)
        if not name.endswith("_id") or not re.fullmatch(r"[0-9]+(\.[0-9]+)?", text):
            return text
        return str(int(float(text)) % 2**32)


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


class ReadsExponentsOfIds(MisreadsIds, breaks="number-of-an-id-has-one-spelling"):
    """Reads an id as a floating-point number."""

    def meant(self, text: str) -> str:
        """Convert it."""
        plain = re.fullmatch(r"[0-9]+([.][0-9]*)?[eE][+-]?[0-9]+|[0-9]+[.]0*|[+][0-9]+", text)
        return f"{float(text):.0f}" if plain else text


class ReadsIdsInAnyBase(MisreadsIds, breaks=SPELLINGS):
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
