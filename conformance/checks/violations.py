"""Departures from a schema in words: where, by a JSON pointer or an XPath, and what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from jsonschema import ValidationError
    from xmlschema import XMLSchemaValidationError

MOST_OF_A_VALUE: Final = 40
"""Characters of a value that are told."""

MOST_OF_A_REASON: Final = 120
"""Characters of another validator's reason that are told."""

_TYPES: Final = {
    "dict": "an object",
    "list": "an array",
    "str": "a string",
    "int": "a number",
    "float": "a number",
    "bool": "a truth value",
    "NoneType": "null",
}
_DOCUMENTED: Final = {"object": "an object", "array": "an array", "boolean": "a truth value"}


def json_violation(error: ValidationError) -> str:
    """Return a departure from a JSON Schema: a pointer to the value, and what is wrong with it."""
    steps = [str(each).replace("~", "~0").replace("/", "~1") for each in error.absolute_path]
    place = "".join(f"/{each}" for each in steps) or "the whole"
    return f"{place} {_wrong(error)}"


def xml_violation(error: XMLSchemaValidationError) -> str:
    """Return a departure from an XML Schema: an XPath to the element, and what is wrong with it."""
    reason = " ".join(str(error.reason).split())
    path = str(error.path)
    if path.count("/") == 1 and "is not an element of the schema" in reason:
        return f"the root element is <{path[1:]}>, which no document of this kind has as its root"
    return f"{path}: {_cut(reason, MOST_OF_A_REASON)}"


def kind_in_json(value: object) -> str:
    """Return which kind of JSON value something is: "null", "an array"."""
    return _TYPES.get(type(value).__name__, "a value")


def _wrong(error: ValidationError) -> str:
    value: Any = error.instance
    wanted: Any = error.validator_value
    match error.validator:
        case "type":
            types = [wanted] if isinstance(wanted, str) else list(wanted)
            allowed = " or ".join(_DOCUMENTED.get(each, f"a {each}") for each in types)
            return f"is {_typed(value)}, not {allowed}".replace("a null", "null")
        case "required":
            missing = [each for each in wanted if each not in value]
            return f"lacks {', '.join(missing)}"
        case "pattern" | "format":
            return f"is {_typed(value)}, not of the form {_cut(str(wanted), MOST_OF_A_REASON)}"
        case "enum" | "const":
            allowed = ", ".join(map(str, wanted)) if isinstance(wanted, list) else str(wanted)
            return f"is {_typed(value)}, not one of {_cut(allowed, MOST_OF_A_REASON)}"
        case "minimum" | "maximum" | "minLength" | "maxLength" | "minItems" | "maxItems":
            return f"is {_typed(value)}, beyond {error.validator} {wanted}"
    told = error.message.replace(repr(value), "the value")
    return f"is {_typed(value)}: {_cut(told, MOST_OF_A_REASON)}"


def _typed(value: object) -> str:
    """Return a value with its type; of what holds others, the type alone."""
    kind = kind_in_json(value)
    return (
        kind if value is None or isinstance(value, dict | list) else f"{kind} {_cut(repr(value))}"
    )


def _cut(text: str, most: int = MOST_OF_A_VALUE) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
