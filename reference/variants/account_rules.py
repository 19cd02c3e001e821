"""Freedoms of an account: what it asks of records beside what the document says (S39, S41)."""

from collections.abc import Mapping

from reference.faulty import Variant
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Value
from reference.resources import CUSTOMERS, SOURCES, USERS, Field, Resource


class DemandsCustomFields(Variant, in_a_whole_run=True):
    """Demands two custom fields of each new customer."""

    demanded: Mapping[Resource, tuple[str, ...]] = {CUSTOMERS: ("custom_1", "custom_2")}

    def mandatory(self, operation: Operation) -> tuple[str, ...]:
        """What the account demands comes after what everybody does."""
        more = self.demanded.get(operation.resource, ()) if operation.method == "POST" else ()
        return (*super().mandatory(operation), *more)


class DemandsAnAddressAndAnId(DemandsCustomFields, in_a_whole_run=True):
    """Demands an e-mail address and a corporate id of each customer, and says so in other words."""

    demanded: Mapping[Resource, tuple[str, ...]] = {CUSTOMERS: ("email", "corporateid")}
    words: Mapping[str, str] = {
        "email": "Please tell an E-Mail address",
        "corporateid": "A corporate id has to be given",
    }

    def missing(self, name: str) -> None:
        """Say it as people do."""
        raise Refusal(400, self.words.get(name, f"{name} is missing or empty"))


class DemandsInSilence(DemandsCustomFields, in_a_whole_run=True):
    """Demands a custom field of customers and of sources, and does not say which."""

    demanded: Mapping[Resource, tuple[str, ...]] = {
        CUSTOMERS: ("custom_1",),
        SOURCES: ("custom_3",),
    }

    def missing(self, name: str) -> None:
        """Say no more than that it is invalid."""
        del name
        raise Refusal(400, "The request was invalid")


class TakesDefinedValuesOnly(DemandsCustomFields, in_a_whole_run=True):
    """Demands a custom field that has to be one of a few values."""

    demanded: Mapping[Resource, tuple[str, ...]] = {CUSTOMERS: ("custom_2",)}
    values = ("", "a \"b\" & 'c'", "retail")

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Compare it with those."""
        if (operation.resource, field.name) == (CUSTOMERS, "custom_2") and text not in self.values:
            raise Refusal(400, "custom_2 is no value of the list")
        return super().value_sent(operation, field, text)


class HasDefaultsOfCustomFields(Variant, in_a_whole_run=True):
    """Gives a new customer a value in a custom field that was defined with one."""

    def new_values(
        self, operation: Operation, record_id: str, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Start with the default."""
        values = super().new_values(operation, record_id, values)
        return {"custom_1": "standard", **values} if operation.resource is CUSTOMERS else values


class TakesNamesOnce(Variant, in_a_whole_run=True):
    """Takes no name, e-mail address or corporate id of customers and users a second time."""

    fields = ("name", "email", "corporateid")

    def check_unique(
        self, operation: Operation, values: Mapping[str, Value], record: Record | None
    ) -> None:
        """Look for another record that has it."""
        super().check_unique(operation, values, record)
        others = [each for each in self.candidates(operation) if each is not record]
        for name in self.fields if operation.resource in (CUSTOMERS, USERS) else ():
            if values.get(name) and any(each.values.get(name) == values[name] for each in others):
                raise Refusal(400, f"Another {operation.resource.name} has this {name}")


class TakesPlainTextsOnly(Variant, in_a_whole_run=True):
    """Takes letters, digits, blanks and a few marks in names of sources and users."""

    marks = " -.,"
    bound: tuple[Resource, ...] = (SOURCES, USERS)

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Look at each character."""
        if operation.resource in self.bound and field.name == "name":
            strange = [each for each in text if not each.isalnum() and each not in self.marks]
            if strange:
                raise Refusal(400, "name has a character that is not permitted")
        return super().value_sent(operation, field, text)


class NamesAreShort(Variant, in_a_whole_run=True):
    """Takes names of customers of 24 characters at most."""

    longest = 24

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Count them."""
        if operation.resource is CUSTOMERS and field.name == "name" and len(text) > self.longest:
            raise Refusal(400, "The name is too long")
        return super().value_sent(operation, field, text)
