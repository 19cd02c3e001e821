"""Faults in updating."""

import re
from collections.abc import Mapping, Sequence

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.representation import Answer, Value
from reference.resources import CUSTOMERS, SOURCES, USERS, Field, Resource


class StoresNothing(
    Fault,
    breaks=(
        "each-custom-value-changes put-updates-what-was-sent put-updates-any-subset "
        "put-clears-a-field put-takes-the-id-as-parameter put-twice-keeps-the-last "
        "put-decodes-the-body-once put-shows-in-every-reading put-updates-each-resource "
        "sub-resource-forms-update custom-fields-are-independent custom-value-changes "
        "custom-value-of-full-length custom-values-are-kept custom-values-in-the-list "
        "form-as-printed form-as-registered form-is-split-before-decoding form-decodes-names "
        "form-type-in-any-case form-with-charset json-updates override-by-header-puts "
        "override-by-query-puts override-conflict-is-decided text-comes-back "
        "white-space-comes-back full-length-values-come-back put-updates-any-subset-of-each "
        "put-follows-put unusual-fields-change-no-effect condition-hides-no-change "
        "usual-fields-change-no-effect write-shows-in-every-read "
        "text-is-whole-anywhere-in-an-answer cleared-custom-value-is-not-null "
        "put-that-succeeds-is-done custnr-of-any-look-is-found alternative-numbers-come-back "
        "put-keeps-what-was-put-since-a-read delete-moves-no-id "
        "custom-value-clears-beside-a-name put-answers-the-number-of-a-read "
        "number-that-was-given-up-is-free semicolon-in-a-form-is-data "
        "body-in-any-spelling-is-read address-of-any-look-comes-back "
        "suffix-works-for-each-method write-after-a-refused-one-is-stored "
        "filtered-list-follows-an-update other-version-stores-what-it-takes"
    ),
):
    """Answers a PUT with the new state and stores nothing."""

    def replace(self, resource: Resource, record: Record, changes: Mapping[str, Value]) -> Record:
        """Make the new state up."""
        del resource
        return Record(record.id, record.account, {**record.values, **changes})


class UpdatesTheFirstFieldOnly(
    Fault,
    breaks="custom-values-at-once-are-stored put-updates-any-subset "
    "update-as-a-client-sends-it-is-stored zero-beside-a-name-is-stored "
    "custom-value-clears-beside-a-name fields-count-wherever-the-id-stands",
):
    """Updates one field of those that a PUT names."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Keep the first."""
        changes = super().changed_values(operation, record, values)
        if operation.resource is CUSTOMERS:
            return dict(list(changes.items())[:1])
        return changes


class TakesZeroForNothing(
    Fault,
    breaks="put-updates-any-subset every-way-of-writing-agrees generated-custom-value-comes-back "
    "put-updates-any-subset-of-each zero-beside-a-name-is-stored "
    "flag-that-was-set-is-unset",
):
    """Does not store the value 0."""

    def values_sent(self, operation: Operation) -> dict[str, Value]:
        """Leave out what looks false."""
        values = super().values_sent(operation)
        if operation.method == "PUT":
            return {name: value for name, value in values.items() if value != "0"}
        return values


class CannotClear(
    Fault,
    breaks="put-clears-a-field custom-value-clears custom-value-clears-beside-a-name "
    "json-empties-a-field",
):
    """Takes an empty value for one that was not sent."""

    def values_sent(self, operation: Operation) -> dict[str, Value]:
        """Leave out what is empty."""
        return {name: value for name, value in super().values_sent(operation).items() if value}


class ForgetsUsers(
    Fault,
    breaks=(
        "put-updates-each-resource put-shows-in-every-reading put-updates-any-subset-of-each "
        "put-follows-put put-keeps-what-was-put-since-a-read delete-moves-no-id "
        "filtered-list-follows-an-update"
    ),
):
    """Answers the update of a user and does not store it."""

    def replace(self, resource: Resource, record: Record, changes: Mapping[str, Value]) -> Record:
        """Make a user's new state up."""
        if resource is USERS:
            return Record(record.id, record.account, {**record.values, **changes})
        return super().replace(resource, record, changes)


class UpdatesTheNeighbour(
    Fault,
    breaks="put-leaves-other-records record-shows-what-was-sent-to-it twin-is-changed-alone "
    "field-changes-by-a-write-that-names-it",
):
    """Updates the next newer user as well."""

    def replace(self, resource: Resource, record: Record, changes: Mapping[str, Value]) -> Record:
        """Update two."""
        if resource is USERS:
            for other in list(self.records(USERS)):
                if int(other.id) == int(record.id) + 1:
                    super().replace(resource, other, changes)
        return super().replace(resource, record, changes)


class ListsTheOldState(
    Fault,
    breaks=(
        "put-shows-in-every-reading custom-values-in-the-list override-shows-in-every-reading "
        "condition-hides-no-change write-shows-in-every-read custnr-of-any-look-is-found "
        "cleared-custom-value-reads-alike filtered-list-follows-an-update"
    ),
):
    """Keeps the list of customers in a cache that an update does not clear."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Show a customer in lists as it was listed first."""
        values = super().presented(operation, record)
        if operation.resource is not CUSTOMERS or operation.record_id or operation.method != "GET":
            return values
        cache: dict[str, Mapping[str, Value]] = self.__dict__.setdefault("cache", {})
        return cache.setdefault(record.id, values)


class ServesTheOldStateByParameter(Fault, breaks="put-shows-in-every-reading"):
    """Keeps sources that were asked for by parameter in a cache that an update does not clear."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Show a source as it was asked for first."""
        values = super().presented(operation, record)
        if operation.resource is not SOURCES or operation.ids or operation.method != "GET":
            return values
        cache: dict[str, Mapping[str, Value]] = self.__dict__.setdefault("cache", {})
        return cache.setdefault(record.id, values) if operation.record_id else values


class AnswersTheOldStateToPut(
    Fault,
    breaks=(
        "odd-value-stores-no-other put-answers-the-record override-answers-as-the-method "
        "any-blank-comes-back text-of-any-look-comes-back "
        "text-of-any-look-comes-back-elsewhere any-character-comes-back "
        "text-of-any-look-comes-back-from-json alternative-numbers-come-back "
        "text-like-the-one-before-is-stored put-answers-the-number-of-a-read"
    ),
):
    """Answers a PUT with the record as it was."""

    def update(self, operation: Operation) -> Answer:
        """Remember the old state."""
        before = [each for each in self.candidates(operation) if each.id == operation.record_id]
        super().update(operation)
        return self.answer(operation, before)


class KnowsNoIdInTheBody(Fault, breaks="put-takes-the-id-as-parameter"):
    """Wants the id of a customer in the path of a PUT."""

    def addressed_record(self, operation: Operation) -> Record:
        """Take the id from the path only."""
        if operation.resource is CUSTOMERS and operation.method == "PUT" and not operation.ids:
            return self.missing_id(operation)
        return super().addressed_record(operation)


class KeepsTheFirstUpdate(
    Fault,
    breaks=(
        "override-answers-as-the-method form-of-any-length-is-read-whole "
        "put-twice-keeps-the-last text-comes-back "
        "white-space-comes-back json-is-utf-8 json-with-charset every-way-of-writing-agrees "
        "full-length-values-come-back put-updates-any-subset walk-record-is-as-written "
        "any-blank-comes-back text-of-any-look-comes-back any-character-comes-back "
        "text-of-any-look-comes-back-from-json update-as-a-client-sends-it-is-stored "
        "put-that-succeeds-is-done text-like-the-one-before-is-stored "
        "text-is-whole-anywhere-in-a-request body-in-any-spelling-is-read "
        "fields-count-wherever-the-id-stands suffix-works-for-each-method "
        "long-form-under-an-override-is-read encoded-letter-is-whole-in-a-long-form"
    ),
):
    """Updates a customer's name once, and never again."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Drop the second change of a name."""
        changes = dict(super().changed_values(operation, record, values))
        seen: set[str] = self.__dict__.setdefault("seen", set())
        if operation.resource is CUSTOMERS and "name" in changes:
            if record.id in seen:
                del changes["name"]
            seen.add(record.id)
        return changes


class CutsLongPuts(
    Fault,
    breaks=(
        "custom-value-changes json-is-utf-8 text-comes-back every-way-of-writing-agrees "
        "full-length-values-come-back generated-custom-value-comes-back "
        "text-is-whole-anywhere-in-an-answer any-character-comes-back "
        "custnr-of-any-look-is-found put-updates-any-subset "
        "text-is-whole-anywhere-in-a-request"
    ),
):
    """Cuts a name at its first character outside the basic plane of Unicode."""

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Cut where a four-byte character begins."""
        value = super().value_sent(operation, field, text)
        if isinstance(value, str) and operation.method == "PUT":
            return re.split("[\U00010000-\U0010ffff]", value)[0]
        return value


class UnlistsWhatIsUpdated(
    Fault,
    breaks="put-shows-in-every-reading walk-lists-agree-with-single-reads",
):
    """Leaves a user out of the list from its first update on."""

    def replace(self, resource: Resource, record: Record, changes: Mapping[str, Value]) -> Record:
        """Remember the user."""
        if resource is USERS:
            self.__dict__.setdefault("unlisted", set()).add(record.id)
        return super().replace(resource, record, changes)

    def ordered(self, operation: Operation, records: list[Record]) -> Sequence[Record]:
        """Leave it out."""
        unlisted = self.__dict__.get("unlisted", set())
        if operation.resource is USERS and not operation.record_id:
            records = [each for each in records if each.id not in unlisted]
        return super().ordered(operation, records)
