"""Freedoms of filters: how odd values are refused, and what a collation ignores."""

import unicodedata
from collections.abc import Iterable, Mapping

from reference.faulty import Variant
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal

LETTERS = "custnr-filter-minds-letter-case"


class CollatesCustnrs(Variant, deviates=LETTERS):
    """Compares custnrs as a database does, without regard to letter case, accents and form.

    Ambiguity: `collation-of-a-filter`.
    """

    def having(self, records: list[Record], name: str, wanted: str) -> list[Record]:
        """Compare what is left."""
        if name != "custnr":
            return super().having(records, name, wanted)
        meant = self.collated(wanted)
        return [each for each in records if self.collated(str(each.values[name])) == meant]

    def collated(self, text: str) -> str:
        """What a collation looks at."""
        decomposed = unicodedata.normalize("NFKD", text.casefold().rstrip())
        return "".join(each for each in decomposed if not unicodedata.combining(each))


class TrimsFilters(Variant):
    """Drops blanks around the value of a filter.

    Ambiguity: `collation-of-a-filter`.
    """

    def filter_value(self, name: str, text: str) -> str:
        """Strip them."""
        return super().filter_value(name, text.strip())


class RefusesOddFiltersWith403(Variant):
    """Answers 403 to a filter that is no id (a refusal that explains itself, S41)."""

    def malformed_id(self, name: str, text: str) -> str:
        """Refuse it so."""
        del text
        raise Refusal(403, f"{name} has to be an id")


class FindsEitherOfTwoCustomers(Variant):
    """Finds the calls of both customers that a filter names (either value was sent).

    Ambiguity: `repeated-parameter`.
    """

    def joined(self, pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
        """Keep both, or the one that is an id."""
        known = list(pairs)
        ids = [value for name, value in known if name == "customer_id" and value.isdigit()]
        found = super().joined(known)
        return {**found, "customer_id": ids[-1]} if ids and "customer_id" in found else found


class ForgetsFiltersBesideAnId(Variant, deviates="two-filters-both-hold"):
    """Answers the record whose id is asked for, whatever other filter there is."""

    def filters(self, operation: Operation) -> Mapping[str, str]:
        """Keep the id."""
        kept = super().filters(operation)
        id_name = operation.resource.id_name
        return {id_name: kept[id_name]} if id_name and id_name in kept else kept


class ListsCallsForAnEmptyCustomer(Variant, deviates="empty-customer-is-no-filter"):
    """Takes an empty filter for none (the document has no such case)."""

    def filters(self, operation: Operation) -> Mapping[str, str]:
        """Drop it."""
        names = [each for each in operation.resource.filters if operation.parameters.get(each)]
        return {each: self.filter_value(each, operation.parameters[each]) for each in names}
