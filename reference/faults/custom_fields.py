"""Faults of custom fields."""

from collections.abc import Mapping

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.representation import Answer, Value
from reference.resources import CUSTOM_FIELD, CUSTOMERS, SOURCES, Field, Resource

SEVERAL = 2
"""How many fields a PUT has to name to be taken for the whole record."""


class CutsCustomValues(
    Fault, breaks="custom-value-of-full-length generated-custom-value-comes-back"
):
    """Keeps 64 characters of a custom value."""

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Cut what is longer."""
        value = super().value_sent(operation, field, text)
        return (
            value[:64] if CUSTOM_FIELD.fullmatch(field.name) and isinstance(value, str) else value
        )


class TakesCustomValuesForNumbers(Fault, breaks="custom-value-changes text-of-any-look-comes-back"):
    """Stores a custom value of digits as a number, without its leading zeros."""

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Take digits for a number."""
        value = super().value_sent(operation, field, text)
        custom = CUSTOM_FIELD.fullmatch(field.name)
        return str(int(text)) if custom and text.isdecimal() else value


class IgnoresCustomValuesOfSources(
    Fault,
    breaks="each-custom-value-changes custom-value-changes custom-value-of-full-length "
    "custom-value-at-creation custom-values-are-kept custom-values-in-the-list "
    "custom-fields-are-independent cleared-custom-value-is-not-null",
):
    """Writes the custom fields of customers only."""

    def custom_fields_sent(self, operation: Operation) -> list[Field]:
        """Find none for sources."""
        sent = super().custom_fields_sent(operation)
        return [] if operation.resource is SOURCES else sent


class WritesTheFirstCustomFieldOnly(Fault, breaks="each-custom-value-changes"):
    """Refuses to change any custom field but the first, though it shows all of them."""

    def custom_fields_sent(self, operation: Operation) -> list[Field]:
        """Look at all but the first."""
        for field in super().custom_fields_sent(operation):
            if field.name != self.defined_custom_fields(operation.resource)[0]:
                self.undefined_custom_field(operation, field.name)
        return super().custom_fields_sent(operation)


class LosesTheLastCustomField(
    Fault, breaks="update-as-a-client-sends-it-is-stored each-custom-value-changes"
):
    """Takes a value for the last custom field and forgets it."""

    def custom_fields_sent(self, operation: Operation) -> list[Field]:
        """Leave out the last that is defined."""
        defined = self.defined_custom_fields(operation.resource)
        return [each for each in super().custom_fields_sent(operation) if each.name != defined[-1]]


class StoresOneCustomValueOfSeveral(
    Fault, breaks="custom-values-at-once-are-stored update-as-a-client-sends-it-is-stored"
):
    """Stores the last of several custom values of a PUT that have changed, and drops the others."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Leave out all but the last."""
        changes = super().changed_values(operation, record, values)
        changed = [
            name
            for name, value in changes.items()
            if CUSTOM_FIELD.fullmatch(name) and value != record.values.get(name)
        ]
        return {name: value for name, value in changes.items() if name not in changed[:-1]}


class StoresTheLastCustomValueInAll(
    Fault, breaks="custom-values-at-once-are-stored update-as-a-client-sends-it-is-stored"
):
    """Stores the value of the last custom field that a PUT sends in all of those that it sends."""

    def values_sent(self, operation: Operation) -> dict[str, Value]:
        """Close over the last value."""
        values = super().values_sent(operation)
        custom = [name for name in values if CUSTOM_FIELD.fullmatch(name)]
        if operation.method != "PUT" or not custom:
            return values
        return {**values, **dict.fromkeys(custom, values[custom[-1]])}


class CannotClearCustomValues(
    Fault, breaks="custom-value-clears custom-value-clears-beside-a-name"
):
    """Takes an empty custom value for one that was not sent."""

    def custom_names(self, parameters: Mapping[str, str]) -> list[str]:
        """Leave out what is empty."""
        return [name for name in super().custom_names(parameters) if parameters[name]]


class StoresEmptyCustomValuesAsNull(Fault, breaks="cleared-custom-value-is-not-null"):
    """Stores null where an empty custom value is sent."""

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Take nothing for null."""
        value = super().value_sent(operation, field, text)
        return None if CUSTOM_FIELD.fullmatch(field.name) and not text else value


class IgnoresCustomValuesOfPost(Fault, breaks="custom-value-at-creation"):
    """Does not store the custom values of a new record."""

    def custom_fields_sent(self, operation: Operation) -> list[Field]:
        """Find none in a POST."""
        sent = super().custom_fields_sent(operation)
        return [] if operation.method == "POST" else sent


class ClearsTheOtherCustomValues(Fault, breaks="each-custom-value-changes custom-values-are-kept"):
    """Clears the custom fields that a PUT does not name, if it names one."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Reset them all first."""
        changes = super().changed_values(operation, record, values)
        if any(CUSTOM_FIELD.fullmatch(name) for name in changes):
            blank = dict.fromkeys(self.defined_custom_fields(operation.resource))
            return {**blank, **changes}
        return changes


class ReadsOneDigitOfANumber(
    Fault, breaks="undefined-custom-field-defines-nothing undefined-custom-field-is-not-created"
):
    """Takes custom_10 for custom_1."""

    def known(
        self, resource: Resource, method: str, parameters: Mapping[str, str]
    ) -> Mapping[str, str]:
        """Cut the number."""
        cut = {
            name[: len("custom_1")] if CUSTOM_FIELD.fullmatch(name) else name: value
            for name, value in parameters.items()
        }
        return super().known(resource, method, cut)


class DefinesByWriting(
    Fault,
    breaks="undefined-custom-field-defines-nothing custom-definitions-are-independent",
):
    """Stores a custom field that was not defined, when a PUT names it."""

    def custom_fields_sent(self, operation: Operation) -> list[Field]:
        """Take it for a defined one."""
        if operation.method == "PUT":
            return [Field(name) for name in self.custom_names(operation.parameters)]
        return super().custom_fields_sent(operation)


class ClearsCustomValuesBesideOthers(Fault, breaks="put-updates-any-subset-of-each"):
    """Clears the custom values of a source where a PUT names several other fields."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Take the record for sent as a whole."""
        changes = super().changed_values(operation, record, values)
        if operation.resource is not SOURCES or len(values) < SEVERAL:
            return changes
        return {**dict.fromkeys(self.defined_custom_fields(operation.resource)), **changes}


class DefinesByCreating(Fault, breaks="undefined-custom-field-is-not-created"):
    """Stores a custom field that was not defined, when a POST names it."""

    def custom_fields_sent(self, operation: Operation) -> list[Field]:
        """Take it for a defined one."""
        if operation.method == "POST":
            return [Field(name) for name in self.custom_names(operation.parameters)]
        return super().custom_fields_sent(operation)


class StoresUndefinedInTheLast(
    Fault,
    breaks="undefined-custom-field-defines-nothing undefined-custom-field-is-not-created",
):
    """Stores the value of a custom field that was not defined in the last one that is."""

    def values_sent(self, operation: Operation) -> dict[str, Value]:
        """Rename it."""
        defined = self.defined_custom_fields(operation.resource)
        sent = operation.parameters
        strays = [name for name in self.custom_names(sent) if name not in defined]
        values = super().values_sent(operation)
        return {**values, defined[-1]: sent[strays[0]]} if defined and strays else values

    def undefined_custom_field(self, operation: Operation, name: str) -> None:
        """Let it pass."""


class SharesDefinitions(
    Fault,
    breaks="custom-definitions-are-independent",
):
    """Takes the custom fields of customers for those of sources, too."""

    def custom_fields_sent(self, operation: Operation) -> list[Field]:
        """Look at both definitions."""
        names = self.custom_names(operation.parameters)
        if operation.resource is SOURCES and "custom_2" in names:
            return [Field(name) for name in names]
        return super().custom_fields_sent(operation)


class WritesThroughToTheCustomer(
    Fault, breaks="field-changes-by-a-write-that-names-it custom-fields-are-independent"
):
    """Writes the first custom field of a source to its customer as well."""

    def update(self, operation: Operation) -> Answer:
        """Update both."""
        answer = super().update(operation)
        sent = operation.parameters.get("custom_1")
        if operation.resource is SOURCES and sent is not None:
            source = self.addressed_record(operation)
            owner = self.customer(operation.account, str(source.values["customer_id"]))
            if owner is not None:
                self.replace(CUSTOMERS, owner, {"custom_1": sent})
        return answer


class ListsOldCustomValues(
    Fault, breaks="custom-values-in-the-list cleared-custom-value-reads-alike"
):
    """Lists a customer with the custom values that it was created with."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Show what was there first."""
        values = super().presented(operation, record)
        listed = operation.method == "GET" and operation.record_id is None
        if operation.resource is not CUSTOMERS or not listed:
            return values
        first: dict[str, Mapping[str, Value]] = self.__dict__.setdefault("first", {})
        old = first.setdefault(record.id, values)
        return {
            name: old.get(name) if CUSTOM_FIELD.fullmatch(name) else value
            for name, value in values.items()
        }


class DefinesWhatItRefuses(
    Fault,
    breaks="undefined-custom-field-defines-nothing undefined-custom-field-is-not-created",
):
    """Refuses a custom field that was not defined, and shows it from then on, without a value."""

    def undefined_custom_field(self, operation: Operation, name: str) -> None:
        """Remember it."""
        self.__dict__.setdefault("new", {})[name] = None
        super().undefined_custom_field(operation, name)

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Show it."""
        values = super().presented(operation, record)
        shown = self.__dict__.get("new", {}) if operation.resource.custom_fields else {}
        return {**values, **shown}


class ListsNoSecondCustomField(Fault, breaks="list-shows-all-custom-fields-or-none"):
    """Lists records without the second of their custom fields."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Leave it out where several may be shown."""
        values = super().presented(operation, record)
        unlisted = () if operation.record_id is not None else ("custom_2", "custom_4")
        return {name: value for name, value in values.items() if name not in unlisted}
