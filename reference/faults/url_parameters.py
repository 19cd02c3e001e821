"""Faults in filters: what the query string restricts."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from fnmatch import fnmatchcase

from reference import seed
from reference.faults.timestamps import later
from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.resources import CALL_RECORDS, GREETINGS, RESOURCES, SOURCES, USERS, Resource
from reference.response_types import XML


class HasNoCallRecords(Fault, breaks="call-records-are-there"):
    """Has left the call records out of its routes."""

    resources: Mapping[tuple[str, ...], Resource] = {
        each.path: each for each in RESOURCES if each is not CALL_RECORDS
    }


class IgnoresTheCustomerOfCalls(
    Fault,
    breaks="calls-by-customer page-keeps-the-filter "
    "calls-are-the-accounts-own numpages-of-nothing "
    "empty-filter-answers-empty-list",
):
    """Answers the calls of every customer, whichever is asked for."""

    def filters(self, operation: Operation) -> Mapping[str, str]:
        """Forget the customer."""
        filters = super().filters(operation)
        if operation.resource is CALL_RECORDS:
            return {name: value for name, value in filters.items() if name != "customer_id"}
        return filters


class IgnoresTheFilterOfCallsInXml(
    Fault,
    breaks="calls-by-customer xml-says-what-json-says xml-of-an-empty-list "
    "refusal-has-one-code-in-each-type",
):
    """Answers the calls of every customer in XML."""

    def filters(self, operation: Operation) -> Mapping[str, str]:
        """Forget the filter."""
        xml = self.media_type(operation.request) == XML
        return {} if xml and operation.resource is CALL_RECORDS else super().filters(operation)


class DropsTheSecondFilter(Fault, breaks="calls-by-customer-and-source filters-hold-together"):
    """Drops the source where a customer is asked for as well."""

    def filters(self, operation: Operation) -> Mapping[str, str]:
        """Keep one filter."""
        filters = dict(super().filters(operation))
        if operation.resource is CALL_RECORDS and "customer_id" in filters:
            filters.pop("source_id", None)
        return filters


class LeavesOutACustomersFirstCall(Fault, breaks="calls-by-customer"):
    """Leaves out the oldest call of the customer who is asked for."""

    def having(self, records: list[Record], name: str, wanted: str) -> list[Record]:
        """Leave one out."""
        found = super().having(records, name, wanted)
        calls = name == "customer_id" and any("duration" in each.values for each in found)
        return found[1:] if calls else found


class MovesTheEnd(Fault, breaks="calls-by-date calls-between-any-moments"):
    """Reads to_date as a moment a day later."""

    def not_after(self, records: list[Record], moment: datetime) -> list[Record]:
        """Add a day."""
        return super().not_after(records, later(moment, timedelta(days=1)))


class MovesTheBeginning(
    Fault,
    breaks="calls-by-date-leave-none-out call-starts-agree-with-filter calls-between-any-moments",
):
    """Reads from_date as a moment a day later."""

    def not_before(self, records: list[Record], moment: datetime) -> list[Record]:
        """Add a day."""
        return super().not_before(records, moment + timedelta(days=1))


class IgnoresTheOwner(
    Fault,
    breaks="owner-filter-restricts empty-filter-answers-empty-list "
    "customer-of-a-filter-is-no-custnr",
):
    """Answers the sources and users of every customer, whichever is asked for."""

    def filters(self, operation: Operation) -> Mapping[str, str]:
        """Forget the owner."""
        filters = super().filters(operation)
        if operation.resource in {SOURCES, USERS}:
            return {name: value for name, value in filters.items() if name != "customer_id"}
        return filters


class MatchesCustnrsByPrefix(
    Fault,
    breaks=(
        "custnr-filter-is-exact filter-holds-in-xml get-by-custnr-parameter "
        "custnr-filter-compares-whole-texts"
    ),
):
    """Finds customers by the beginning of their custnr."""

    def having(self, records: list[Record], name: str, wanted: str) -> list[Record]:
        """Compare the beginning."""
        if name == "custnr":
            return [each for each in records if str(each.values[name]).startswith(wanted)]
        return super().having(records, name, wanted)


class TakesUnderscoresForWildcards(Fault, breaks="custnr-filter-is-exact"):
    """Takes an underscore in a custnr for any character."""

    def having(self, records: list[Record], name: str, wanted: str) -> list[Record]:
        """Compare the rest."""
        if name != "custnr" or "_" not in wanted:
            return super().having(records, name, wanted)
        before, _, after = wanted.partition("_")
        found = [(each, str(each.values[name])) for each in records]
        return [
            each
            for each, custnr in found
            if len(custnr) == len(wanted) and custnr.startswith(before) and custnr.endswith(after)
        ]


class MindsNoLetterCase(Fault, breaks="custnr-filter-minds-letter-case"):
    """Finds customers by their custnr in whatever letter case."""

    def having(self, records: list[Record], name: str, wanted: str) -> list[Record]:
        """Compare in lower case."""
        if name == "custnr":
            folded = wanted.casefold()
            return [each for each in records if str(each.values[name]).casefold() == folded]
        return super().having(records, name, wanted)


class IgnoresFiltersInXml(
    Fault,
    breaks=(
        "filter-holds-in-xml calls-by-customer empty-filter-answers-empty-list "
        "xml-says-what-json-says xml-of-an-empty-list "
        "equal-records-are-each-on-one-page"
    ),
):
    """Answers whole lists in XML, whatever is asked for."""

    def filters(self, operation: Operation) -> Mapping[str, str]:
        """Keep ids only."""
        filters = super().filters(operation)
        known = {operation.resource.id_name}
        if self.media_type(operation.request) == XML:
            return {name: value for name, value in filters.items() if name in known}
        return filters


class ShowsForeignCalls(
    Fault,
    breaks="foreign-filter-shows-nothing calls-are-the-accounts-own foreign-record-is-refused "
    "calls-of-another-account-are-not-shown",
):
    """Answers the calls of another account's customer to whoever knows its id."""

    def is_visible(self, record: Record, account: str) -> bool:
        """Show them."""
        foreign = record.values.get("customer_id") == seed.FOREIGN_CUSTOMER_ID
        return (foreign and "duration" in record.values) or super().is_visible(record, account)


class DeletesAllByQuery(
    Fault,
    breaks="delete-parameters-name-one sub-resource-forms-delete "
    "override-deletes-in-parameter-form",
):
    """Deletes every greeting of the customer where the id is a parameter."""

    def remove_with_dependents(self, operation: Operation, record: Record) -> None:
        """Delete all."""
        super().remove_with_dependents(operation, record)
        if operation.resource is GREETINGS and not operation.ids:
            for other in self.candidates(operation):
                if other.values["customer_id"] is not None:
                    super().remove_with_dependents(operation, other)


class LeavesOutAnOwnersNewest(
    Fault,
    breaks="owner-filter-restricts walk-lists-agree-with-single-reads",
):
    """Leaves out the newest source of the customer who is asked for, if it has several."""

    def having(self, records: list[Record], name: str, wanted: str) -> list[Record]:
        """Leave one out."""
        found = super().having(records, name, wanted)
        sources = name == "customer_id" and any("destnr" in each.values for each in found)
        return found[:-1] if sources and len(found) > 1 else found


class TakesAsterisksForAnything(Fault, breaks="custnr-filter-tells-characters-apart"):
    """Takes an asterisk in a custnr for any text."""

    def having(self, records: list[Record], name: str, wanted: str) -> list[Record]:
        """Match the pattern."""
        if name != "custnr" or "*" not in wanted:
            return super().having(records, name, wanted)
        return [each for each in records if fnmatchcase(str(each.values[name]), wanted)]
