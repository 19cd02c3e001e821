"""Faults of filters: odd values that find what they should not."""

import re
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.representation import Answer
from reference.resources import CALL_RECORDS, CUSTOMERS, SOURCES, Resource

SEVERAL = 2
"""How many filters are joined."""

CALLS = "odd-customer-has-no-calls"
NUMBERS = "custnr-is-text-to-a-filter"
LENGTHS = "custnr-filter-compares-whole-texts"
CHARACTERS = "custnr-filter-tells-characters-apart"


class MisreadsFilters(Fault, abstract=True):
    """Misreads a filter by customer; the faults below say how."""

    misread: Resource = CALL_RECORDS

    def filters(self, operation: Operation) -> Mapping[str, str]:
        """Read the customer's id before it is looked at."""
        parameters = dict(operation.parameters)
        if operation.resource is self.misread and "customer_id" in parameters:
            meant = self.meant(parameters.pop("customer_id"))
            parameters |= {} if meant is None else {"customer_id": meant}
        names = [name for name in operation.resource.filters if name in parameters]
        return {name: self.filter_value(name, parameters[name]) for name in names}

    def meant(self, text: str) -> str | None:
        """The id that a text is taken for; None drops the filter."""
        return text


class DropsInvalidCustomers(
    MisreadsFilters,
    breaks=f"{CALLS} empty-customer-is-no-filter repeated-customer-is-one-of-both "
    "customer-of-a-filter-has-one-spelling",
):
    """Drops a filter by customer that is no number."""

    def meant(self, text: str) -> str | None:
        """Look for other characters."""
        return text if text.isdigit() else None


class ReadsTheBeginningOfCustomers(
    MisreadsFilters, breaks=f"{CALLS} customer-of-a-filter-has-one-spelling"
):
    """Reads the digits that a filter by customer begins with."""

    def meant(self, text: str) -> str | None:
        """Stop at the first character that is no digit."""
        found = re.match("[0-9]+", text)
        return found[0] if found else text


class ReadsDigitsOfScripts(MisreadsFilters, breaks="customer-of-a-filter-has-one-spelling"):
    """Reads digits of any script, signs and blanks in a filter by customer, as int() does."""

    def meant(self, text: str) -> str | None:
        """Convert it."""
        return str(int(text)) if text.strip("+").isdecimal() else text


class CutsCustomersTo32Bits(
    MisreadsFilters, breaks=f"{CALLS} customer-of-a-filter-has-one-spelling"
):
    """Keeps 32 bits of a filter by customer."""

    def meant(self, text: str) -> str | None:
        """Wrap it."""
        return str(int(text) % 2**32) if text.isdecimal() else text


class DropsZeroForACustomer(MisreadsFilters, breaks=CALLS):
    """Takes a filter by customer that is 0 for none, as languages do to which "0" is false."""

    def meant(self, text: str) -> str | None:
        """Look whether it is true."""
        return None if text == "0" else text


class DropsTheSignOfCustomers(MisreadsFilters, breaks=CALLS):
    """Reads the amount of a negative filter by customer."""

    def meant(self, text: str) -> str | None:
        """Drop the sign."""
        return text.lstrip("-")


class DropsFractionsOfCustomers(MisreadsFilters, breaks=CALLS):
    """Drops a filter by customer that has a fraction."""

    def meant(self, text: str) -> str | None:
        """Look for one."""
        return None if re.fullmatch("[0-9]+[.,][0-9]+", text) else text


class TakesCustomersForPatterns(Fault, breaks=CALLS):
    """Compares the customer of a call with a pattern."""

    def filter_value(self, name: str, text: str) -> str:
        """Leave it as it is."""
        return text if re.search("[%_*]", text) else super().filter_value(name, text)

    def having(self, records: list[Record], name: str, wanted: str) -> list[Record]:
        """Match the pattern."""
        calls = name == "customer_id" and any("duration" in each.values for each in records)
        if not calls:
            return super().having(records, name, wanted)
        pattern = wanted.replace("%", "*").replace("_", "?")
        return [each for each in records if fnmatchcase(str(each.values[name]), pattern)]


class DropsRepeatedFilters(Fault, breaks="repeated-customer-is-one-of-both"):
    """Drops a filter that comes twice."""

    def joined(self, pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
        """Keep what comes once."""
        known = list(pairs)
        names = [name for name, _ in known]
        return {
            name: value for name, value in known if name != "customer_id" or names.count(name) == 1
        }


class DropsEmptyCustomers(MisreadsFilters, breaks="empty-customer-is-no-filter"):
    """Answers all calls where the customer is empty."""

    def meant(self, text: str) -> str | None:
        """Look whether there is one."""
        return text or None


class DropsInvalidOwners(MisreadsFilters, breaks="odd-owner-has-no-records"):
    """Drops a filter of sources by a customer that is no number."""

    misread = SOURCES

    def meant(self, text: str) -> str | None:
        """Look for other characters."""
        return text if text.isdigit() else None


class MeansCustnrs(Fault, abstract=True):
    """Compares custnrs by what they mean to it; the faults below say what that is."""

    def having(self, records: list[Record], name: str, wanted: str) -> list[Record]:
        """Compare what both mean."""
        if name != "custnr":
            return super().having(records, name, wanted)
        meant = self.meaning(wanted)
        return [each for each in records if self.meaning(str(each.values[name])) == meant]

    def meaning(self, custnr: str) -> object:
        """What a custnr means; itself, as long as a fault does not say otherwise."""
        return custnr


class ComparesCustnrsLoosely(MeansCustnrs, breaks=f"{NUMBERS} long-number-of-a-filter-is-exact"):
    """Compares custnrs as numbers where both are."""

    def meaning(self, custnr: str) -> object:
        """Convert it, where it has ten digits or more."""
        try:
            return float(custnr) if len(custnr) > len("1002") else custnr
        except ValueError:
            return custnr


class ComparesTheBeginningOfCustnrs(
    MeansCustnrs, breaks=f"{NUMBERS} question-mark-in-a-query-is-data"
):
    """Compares the digits that custnrs begin with, as a cast does."""

    def meaning(self, custnr: str) -> object:
        """Stop at the first character that is no digit."""
        found = re.match("[0-9]{10,}", custnr)
        return found[0] if found else custnr


class ReadsCustnrsInAnyBase(MeansCustnrs, breaks=NUMBERS):
    """Compares custnrs as numbers in their base."""

    def meaning(self, custnr: str) -> object:
        """Convert it."""
        return str(int(custnr, 0)) if re.fullmatch("0[xb][0-9a-fA-F]+", custnr) else custnr


class ComparesTwentyCharacters(MeansCustnrs, breaks=LENGTHS):
    """Compares no more of custnrs than their first twenty characters."""

    def meaning(self, custnr: str) -> object:
        """Cut it."""
        return custnr[:20]


class DropsLongCustnrs(Fault, breaks=LENGTHS):
    """Drops a filter by custnr of more than 64 characters."""

    longest = 64

    def filters(self, operation: Operation) -> Mapping[str, str]:
        """Look how long it is."""
        found = super().filters(operation)
        return {
            name: value
            for name, value in found.items()
            if name != "custnr" or len(value) <= self.longest
        }


class KnowsNoPlanes(MeansCustnrs, breaks=CHARACTERS):
    """Takes all characters beyond 16 bits for the same."""

    def meaning(self, custnr: str) -> object:
        """Replace them."""
        return re.sub("[\U00010000-\U0010ffff]", "\ufffd", custnr)


class ComparesCustnrsInLatin1(MeansCustnrs, breaks=CHARACTERS):
    """Takes each character beyond Latin-1 for a question mark."""

    def meaning(self, custnr: str) -> object:
        """Encode it."""
        return custnr.encode("latin-1", "replace")


class FindsTheFirstByABlank(Fault, breaks="collated-custnr-finds-the-customer"):
    """Finds the first customer where a custnr has a blank at an end."""

    def having(self, records: list[Record], name: str, wanted: str) -> list[Record]:
        """Fall back on it."""
        found = super().having(records, name, wanted)
        return found if name != "custnr" or wanted == wanted.strip() else records[:1]


class KeepsTheLastFilter(Fault, breaks="two-filters-both-hold"):
    """Restricts customers by the last of two filters alone."""

    def filters(self, operation: Operation) -> Mapping[str, str]:
        """Drop the others."""
        kept = list(super().filters(operation).items())
        return dict(kept[-1:]) if operation.resource is CUSTOMERS else dict(kept)


class JoinsFiltersByOr(
    Fault,
    breaks="two-filters-both-hold second-filter-widens-nothing filters-hold-together "
    "calls-by-customer-and-source third-filter-holds",
):
    """Shows what any one of several filters finds."""

    def read(self, operation: Operation) -> Answer:
        """Put together what each finds."""
        filters = super().filters(operation)
        if len(filters) < SEVERAL:
            return super().read(operation)
        everything = self.candidates(operation)
        found = {
            record.id: record
            for name, wanted in filters.items()
            for record in self.having(everything, name, wanted)
        }
        return self.listing(operation, [*found.values()])


class SplitsFiltersAtCommas(Fault, breaks="custnr-filter-is-exact query-is-decoded-once"):
    """Takes a number with a comma for a list of numbers."""

    def having(self, records: list[Record], name: str, wanted: str) -> list[Record]:
        """Look for each."""
        parts = wanted.split(",") if name == "custnr" else [wanted]
        found = [super(SplitsFiltersAtCommas, self).having(records, name, each) for each in parts]
        return [each for some in found for each in some]


class TakesZeroForNoFilter(Fault, breaks=CALLS):
    """Does not restrict call records by a customer of the id 0."""

    def filters(self, operation: Operation) -> Mapping[str, str]:
        """Take zero for nothing."""
        filters = super().filters(operation)
        if operation.resource is not CALL_RECORDS:
            return filters
        return {name: value for name, value in filters.items() if value.strip("0")}
