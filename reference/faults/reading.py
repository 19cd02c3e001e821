"""Faults in reading: one record, and the list of all."""

from collections.abc import Mapping, Sequence

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.representation import Answer, Value
from reference.resources import CUSTOMERS, USERS, Resource
from reference.response_types import XML


class MatchesIdsByPrefix(
    Fault,
    breaks="get-one-answers-that-record get-by-id-parameter owner-filter-restricts",
):
    """Answers every customer whose id begins with the one asked for."""

    def having(self, records: list[Record], name: str, wanted: str) -> list[Record]:
        """Compare the beginning only."""
        if name == "customer_id":
            return [each for each in records if str(each.values[name]).startswith(wanted)]
        return super().having(records, name, wanted)


class TakesTheIdForAPosition(
    Fault,
    breaks=(
        "twin-is-read-alone get-one-answers-that-record versions-show-the-same-account "
        "xml-escapes-values unusual-fields-select-nothing-else accept-charset-changes-nothing "
        "condition-is-kept-or-ignored condition-hides-no-change usual-fields-change-no-answer "
        "range-changes-no-answer refused-login-opens-no-account other-version-takes-updates "
        "unusual-fields-change-no-answer number-like-an-id-hides-no-record "
        "charset-of-a-type-changes-nothing"
    ),
):
    """Takes the id in the path of customers for a position in the list."""

    def filters(self, operation: Operation) -> Mapping[str, str]:
        """Look up the id at that position."""
        filters = super().filters(operation)
        if operation.resource is CUSTOMERS and "customer_id" in operation.ids:
            ids = [record.id for record in self.candidates(operation)]
            position = int(operation.ids["customer_id"][:9]) - 1
            return {"customer_id": ids[position] if position < len(ids) else "0"}
        return filters


class IgnoresTheIdInTheQuery(
    Fault,
    breaks="get-by-id-parameter get-by-id-parameter-agrees-with-path get-unknown-id-answers-nobody",
):
    """Answers the whole list of customers when the id is a query parameter."""

    def filters(self, operation: Operation) -> Mapping[str, str]:
        """Take ids from the path only."""
        filters = dict(super().filters(operation))
        if operation.resource is CUSTOMERS and not operation.ids:
            filters.pop("customer_id", None)
        return filters


class IgnoresTheCustnrInTheQuery(
    Fault,
    breaks=(
        "get-by-custnr-parameter custnr-filter-is-exact "
        "custnr-filter-minds-letter-case empty-filter-answers-empty-list "
        "empty-filter-is-an-array filter-holds-in-xml write-shows-in-every-read "
        "odd-query-is-served other-version-filters"
    ),
):
    """Answers every customer when one custnr is asked for."""

    def filters(self, operation: Operation) -> Mapping[str, str]:
        """Forget the custnr."""
        filters = super().filters(operation)
        return {name: value for name, value in filters.items() if name != "custnr"}


class AnswersTheFirstForAnUnknownId(
    Fault,
    breaks="get-unknown-id-answers-nobody no-id-reads-nothing two-filters-both-hold "
    "forgiven-spelling-names-the-record",
):
    """Answers the first record when the one asked for does not exist."""

    def read(self, operation: Operation) -> Answer:
        """Fall back on the first record."""
        answer = super().read(operation)
        if operation.record_id is not None and not answer.content:
            return self.answer(operation, self.candidates(operation)[:1])
        return answer


class AnswersEverythingForAnUnknownId(
    Fault,
    breaks="get-unknown-id-answers-nobody second-filter-widens-nothing "
    "two-filters-both-hold forgiven-spelling-names-the-record no-id-reads-nothing",
):
    """Drops the filter when it matches nothing."""

    def read(self, operation: Operation) -> Answer:
        """Fall back on the whole list."""
        answer = super().read(operation)
        if operation.record_id is not None and not answer.content:
            return self.answer(operation, self.candidates(operation))
        return answer


class CutsNamesInLists(
    Fault,
    breaks=(
        "post-in-xml-creates-exactly-one equal-posts-create-two get-one-agrees-with-list "
        "put-shows-in-every-reading override-shows-in-every-reading condition-hides-no-change "
        "twin-is-read-as-it-is-listed list-shows-long-values-whole post-stores-what-was-sent "
        "filtered-list-follows-an-update challenged-post-creates-exactly-one"
    ),
):
    """Shows only the beginning of a name in lists of customers."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Cut the name at eight characters."""
        values = super().presented(operation, record)
        if operation.resource is CUSTOMERS and operation.method == "GET":
            return values if operation.record_id else {**values, "name": str(values["name"])[:8]}
        return values


class ListsOnlyTheFirstEight(
    Fault,
    breaks=(
        "post-in-xml-creates-exactly-one equal-posts-create-two list-holds-created "
        "total-follows-a-delete total-counts-namesakes list-of-an-account-holds-each-of-many "
        "other-version-lists-what-it-shows"
    ),
    in_a_whole_run=True,
):
    """Lists eight customers at most."""

    def ordered(self, operation: Operation, records: list[Record]) -> Sequence[Record]:
        """Leave out the rest."""
        records = list(super().ordered(operation, records))
        return records[:8] if operation.resource is CUSTOMERS else records


class LeavesOutTheNewest(
    Fault,
    breaks="post-in-xml-creates-exactly-one equal-posts-create-two list-holds-created "
    "pages-hold-each-record-once total-counts-every-match list-holds-each-readable-record "
    "list-of-an-account-holds-each-of-many other-version-lists-what-it-shows "
    "challenged-post-creates-exactly-one",
):
    """Lists a record only when a newer one has come."""

    def ordered(self, operation: Operation, records: list[Record]) -> Sequence[Record]:
        """Leave out the last record of a list."""
        records = list(super().ordered(operation, records))
        return records if operation.parameters else records[:-1]


class LeavesOutTheOldest(
    Fault,
    breaks="list-holds-each-readable-record pages-hold-each-record-once total-counts-every-match",
):
    """Leaves the oldest customer out of the list."""

    def ordered(self, operation: Operation, records: list[Record]) -> Sequence[Record]:
        """Leave out the first customer of a list."""
        records = list(super().ordered(operation, records))
        if operation.resource is CUSTOMERS and not operation.parameters:
            return records[1:]
        return records


class ListsTheNewestTwice(
    Fault,
    breaks="post-in-xml-creates-exactly-one list-holds-created list-each-once "
    "page-counts-from-zero pages-hold-each-record-once total-counts-every-match "
    "list-of-an-account-holds-each-of-many challenged-post-creates-exactly-one",
    in_a_whole_run=True,
):
    """Lists the newest record at both ends of the list."""

    def ordered(self, operation: Operation, records: list[Record]) -> Sequence[Record]:
        """Put the last record in front as well."""
        records = list(super().ordered(operation, records))
        return records if operation.parameters else [records[-1], *records]


class ListsDeletedRecords(
    Fault,
    breaks="list-forgets-deleted new-customer-has-nothing-of-a-deleted-one "
    "number-of-a-deleted-customer-brings-no-records-back users-go-from-every-reading "
    "deleted-customer-leaves-nothing-to-others",
):
    """Goes on listing users that were deleted."""

    def remove(self, resource: Resource, record: Record) -> None:
        """Remember a user."""
        super().remove(resource, record)
        if resource is USERS:
            self.__dict__.setdefault("ghosts", []).append(record)

    def ordered(self, operation: Operation, records: list[Record]) -> Sequence[Record]:
        """Put deleted users at the end of their list."""
        listed = super().ordered(operation, records)
        if operation.resource is not USERS or operation.record_id:
            return listed
        return [*listed, *self.__dict__.get("ghosts", [])]


class ServesDeletedRecordsById(
    Fault,
    breaks="list-forgets-deleted override-by-header-deletes override-by-query-deletes",
):
    """Takes a deleted customer off the list, but still answers it by its id."""

    def remove(self, resource: Resource, record: Record) -> None:
        """Remember the customer."""
        super().remove(resource, record)
        if resource is CUSTOMERS:
            self.__dict__.setdefault("ghosts", {})[record.id] = record

    def candidates(self, operation: Operation) -> list[Record]:
        """Bring the customer back for those who know its id."""
        records = super().candidates(operation)
        ghost = self.__dict__.get("ghosts", {}).get(operation.record_id)
        if operation.method == "GET" and operation.resource is CUSTOMERS and ghost:
            return [*records, ghost]
        return records


class ShowsForeignRecords(
    Fault,
    breaks="foreign-record-hidden foreign-record-hidden-everywhere "
    "list-holds-each-readable-record foreign-record-is-refused "
    "foreign-filter-shows-nothing other-account-is-not-shown nonce-belongs-to-no-account "
    "user-named-twice-gets-one-account",
):
    """Answers the customers of every account to whoever knows their ids."""

    def candidates(self, operation: Operation) -> list[Record]:
        """Forget the account when one customer is asked for by its id."""
        if operation.resource is CUSTOMERS and operation.record_id and operation.method == "GET":
            return list(self.records(CUSTOMERS))
        return super().candidates(operation)


class ListsForeignRecords(
    Fault,
    breaks="foreign-record-hidden foreign-record-hidden-everywhere foreign-record-is-not-written "
    "foreign-record-is-refused calls-are-the-accounts-own foreign-filter-shows-nothing "
    "post-for-a-foreign-customer-is-refused other-account-is-not-shown "
    "other-account-is-not-counted other-account-is-not-deleted "
    "calls-of-another-account-are-not-shown nothing-is-made-in-another-account "
    "nonce-belongs-to-no-account user-named-twice-gets-one-account",
):
    """Lists the customers of every account."""

    def is_visible(self, record: Record, account: str) -> bool:
        """Forget the account."""
        return "custnr" in record.values or super().is_visible(record, account)


class ListsForeignCustomers(Fault, breaks="foreign-record-hidden other-account-is-not-shown"):
    """Lists the customers of every account, and answers only the account's own by their ids."""

    def candidates(self, operation: Operation) -> list[Record]:
        """Forget the account where no filter asks for less than all."""
        if operation.resource is CUSTOMERS and not self.filters(operation):
            return list(self.records(CUSTOMERS))
        return super().candidates(operation)


class ShowsForeignRecordsInXml(
    Fault,
    breaks="foreign-record-hidden-everywhere foreign-record-is-refused other-account-is-not-shown",
):
    """Answers the customers of every account as XML."""

    def candidates(self, operation: Operation) -> list[Record]:
        """Forget the account when one customer is asked for as XML."""
        xml = self.media_type(operation.request) == XML and operation.record_id
        if operation.resource is CUSTOMERS and xml:
            return list(self.records(CUSTOMERS))
        return super().candidates(operation)


class UpdatesForeignRecords(
    Fault,
    breaks="foreign-record-hidden-everywhere foreign-record-is-not-written "
    "other-account-is-not-changed",
):
    """Lets the customers of every account be updated."""

    def candidates(self, operation: Operation) -> list[Record]:
        """Forget the account in a PUT."""
        if operation.resource is CUSTOMERS and operation.method == "PUT":
            return list(self.records(CUSTOMERS))
        return super().candidates(operation)
