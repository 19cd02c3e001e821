"""Freedoms of an account: what it asks of records beside what the document says (S39, S41)."""

from collections.abc import Mapping

from reference.faulty import Variant
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Value
from reference.resources import CUSTOMERS, SOURCES, Field, Resource

ZIP_LENGTH = 5


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


class DemandsWhatARegulatorWants(DemandsCustomFields, in_a_whole_run=True):
    """Demands a form of address and a zip code of each new customer, and says what they may be."""

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Look at the two fields."""
        name = field.name if operation.resource is CUSTOMERS else ""
        if name == "custom_1" and text not in {"Firma", "Herr", "Frau"}:
            raise Refusal(400, "custom_1 has to be Firma, Herr or Frau")
        if name == "custom_2" and not (len(text) == ZIP_LENGTH and text.isdigit()):
            raise Refusal(400, "custom_2 is a zip code of five digits")
        return super().value_sent(operation, field, text)


class HasDefaultsOfCustomFields(Variant, in_a_whole_run=True):
    """Gives a new customer a value in a custom field that was defined with one."""

    def new_values(
        self, operation: Operation, record_id: str, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Start with the default."""
        values = super().new_values(operation, record_id, values)
        return {"custom_1": "standard", **values} if operation.resource is CUSTOMERS else values


class ShowsDefaultsForWhatIsUnset(Variant):
    """Shows "n/a" in each custom field that has no value, as it was defined."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Say so instead of null."""
        values = super().presented(operation, record)
        unset = [name for name in values if name.startswith("custom_") and values[name] is None]
        return {**values, **dict.fromkeys(unset, "n/a")}
