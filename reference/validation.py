"""Request data: which values may be written."""

import re
from collections.abc import Mapping
from typing import Final

from .operation import Operation
from .refusal import Refusal
from .representation import Value
from .resources import CUSTOM_FIELD, Field, Resource

CUSTOM_FIELD_LIMIT: Final = 255
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""The characters that XML has no way to write."""


class Validation:
    """What a POST or a PUT sends is checked field by field; unknown parameters are ignored."""

    def check_mandatory(self, operation: Operation) -> None:
        """What a method cannot do without has to be there."""
        for name in self.mandatory(operation):
            if self.is_missing(operation.parameters.get(name)):
                self.missing(name)

    def mandatory(self, operation: Operation) -> tuple[str, ...]:
        """The parameters that a method cannot do without."""
        return operation.resource.mandatory.get(operation.method, ())

    def is_missing(self, value: str | None) -> bool:
        """Whether a parameter says nothing."""
        return not value

    def missing(self, name: str) -> None:
        """Refuse a request without a mandatory parameter."""
        raise Refusal(400, f"{name} is missing or empty")

    def values_sent(self, operation: Operation) -> dict[str, Value]:
        """The values that a request writes."""
        fields = [*self.writable(operation), *self.custom_fields_sent(operation)]
        return {
            field.name: self.value_sent(operation, field, operation.parameters[field.name])
            for field in fields
            if field.name in operation.parameters
        }

    def writable(self, operation: Operation) -> tuple[Field, ...]:
        """The fields that a method writes; those of no such field are ignored."""
        return operation.resource.writable.get(operation.method, ())

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """The value that a parameter gives to a field."""
        del operation
        if field.fillable and self.is_missing(text):
            self.missing(field.name)
        if field.nullable and not text:
            return None
        if UNWRITABLE.search(text):
            self.unwritable(field.name)
        if field.choices and text not in field.choices:
            return self.not_a_choice(field, text)
        if field.limit is not None and self.length(text) > field.limit:
            return self.too_long(field, text)
        return text

    def length(self, text: str) -> int:
        """The length of a value: the number of its characters."""
        return len(text)

    def too_long(self, field: Field, text: str) -> str:
        """Refuse a value that is too long."""
        del text
        raise Refusal(400, f"{field.name} can have {field.limit} characters at most")

    def not_a_choice(self, field: Field, text: str) -> str:
        """Refuse a value that is not one of those that a field can have."""
        del text
        raise Refusal(400, f"{field.name} has to be one of {', '.join(field.choices)}")

    def unwritable(self, name: str) -> None:
        """Refuse characters that could not be shown in every response type."""
        raise Refusal(400, f"{name} has a character that cannot be shown in XML")

    # Custom fields

    def defined_custom_fields(self, resource: Resource) -> tuple[str, ...]:
        """The custom fields that were defined at delivery, for each resource on its own."""
        return resource.custom_fields

    def custom_fields_sent(self, operation: Operation) -> list[Field]:
        """The custom fields that a request writes."""
        defined = self.defined_custom_fields(operation.resource)
        sent = self.custom_names(operation.parameters) if defined else []
        for name in sent:
            if name not in defined:
                self.undefined_custom_field(operation, name)
        return [Field(name, limit=CUSTOM_FIELD_LIMIT) for name in sent if name in defined]

    def custom_names(self, parameters: Mapping[str, str]) -> list[str]:
        """The parameters that are named like custom fields."""
        return [name for name in parameters if CUSTOM_FIELD.fullmatch(name)]

    def undefined_custom_field(self, operation: Operation, name: str) -> None:
        """Refuse a custom field that was not defined: it cannot be defined like this."""
        del operation
        raise Refusal(400, f"{name[:40]} is not defined")
