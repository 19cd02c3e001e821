"""Faults in values and payloads that only certain ones bring to light."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from reference.faults.timestamps import later
from reference.faulty import Fault
from reference.message import Request, Response
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Answer, Value
from reference.resources import CUSTOM_FIELD, CUSTOMERS, SOURCES, USERS, Field, Resource
from reference.response_types import XML

ASTRAL = re.compile("[\U00020000-\U0003ffff]")
EXPONENT = re.compile(r"[0-9]+[eE][+-]?[0-9]+")
SIGNED = re.compile(r"(?<=>)\+(?=[0-9]{1,4}<)")
PAIR = re.compile(rb'"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}')


class LosesIdeographsOfShortTexts(
    Fault,
    breaks="put-updates-any-subset",
):
    """Loses the ideographs beyond the basic plane in texts of fewer than eight characters."""

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Leave them out, unless nothing would be left."""
        value = super().value_sent(operation, field, text)
        if isinstance(value, str) and len(value) < 8:  # noqa: PLR2004
            return ASTRAL.sub("", value) or value
        return value


class ReadsExponentsOfUsers(Fault, breaks="generated-record-comes-back"):
    """Stores the name of a user that looks like a number with an exponent as that number."""

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Work it out."""
        value = super().value_sent(operation, field, text)
        if operation.resource is USERS and field.name == "name" and EXPONENT.fullmatch(text):
            return str(float(text))
        return value


class CutsCustomValuesByBytes(Fault, breaks="generated-custom-value-comes-back"):
    """Cuts the value of a custom field after 510 bytes."""

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Cut it, and what is left of a character at its end."""
        value = super().value_sent(operation, field, text)
        if isinstance(value, str) and CUSTOM_FIELD.fullmatch(field.name):
            return value.encode()[:510].decode(errors="ignore")
        return value


class CutsNamesByBytes(Fault, breaks="full-length-values-come-back"):
    """Cuts a name after 160 bytes."""

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Cut it, and what is left of a character at its end."""
        value = super().value_sent(operation, field, text)
        if isinstance(value, str) and field.name == "name":
            return value.encode()[:160].decode(errors="ignore")
        return value


class ResetsTheReportForTwo(Fault, breaks="put-updates-any-subset"):
    """Resets the monthly report of a customer when a PUT names both address and corporate id."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Fill up with the default where both are named."""
        changes = super().changed_values(operation, record, values)
        if operation.resource is CUSTOMERS and {"email", "corporateid"} <= values.keys():
            return {"receive_monthly_report": "0", **changes}
        return changes


class LosesALeadingPair(
    Fault, breaks="every-way-of-writing-agrees text-is-whole-anywhere-in-a-request"
):
    """Loses an escaped surrogate pair with which a text in a JSON body begins."""

    def json_parameters(self, body: bytes) -> Mapping[str, str]:
        """Take it out."""
        return super().json_parameters(PAIR.sub(b'"', body))


class LosesThePlusInXml(Fault, breaks="generated-customer-comes-back text-of-any-look-comes-back"):
    """Shows a number of up to four digits without its plus sign in XML."""

    def xml_text(self, answer: Answer) -> str:
        """Take the sign out."""
        return SIGNED.sub("", super().xml_text(answer))


class MovesLeapDays(Fault, breaks="moment-reads-back moment-far-ahead-is-kept"):
    """Takes the 29th of February for the first of March."""

    def moment(self, name: str, text: str) -> datetime:
        """Go on to the next day."""
        found = super().moment(name, text)
        leap = (found.month, found.day) == (2, 29)
        return found + timedelta(days=1) if leap else found


A_SECOND = timedelta(seconds=1)


class RoundsTheYearUp(Fault, breaks="moment-reads-back moment-far-ahead-is-kept"):
    """Takes the last second of a year for the first of the next one."""

    def moment(self, name: str, text: str) -> datetime:
        """Go on to the next second."""
        found = super().moment(name, text)
        return later(found, A_SECOND) if text.endswith("12-31 23:59:59") else found


class MovesLeapDaysOfFilters(Fault, breaks="calls-between-any-moments"):
    """Takes a 29th of February for the first of March a year later where it restricts calls."""

    def date(self, operation: Operation, name: str) -> datetime:
        """Go on by a leap year."""
        found = super().date(operation, name)
        leap = (found.month, found.day) == (2, 29)
        return found + timedelta(days=366) if leap else found


class ShiftsHundredsBySuffix(Fault, breaks="page-is-the-same-in-every-way"):
    """Begins pages of a hundred records one record later where the path has a suffix."""

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Leave out the first record."""
        suffixed = self.forced_type(operation.request) is not None
        if suffixed and operation.parameters.get("pagesize") == "100":
            return super().listing(operation, records[1:])
        return super().listing(operation, records)


class UpdatesBeforeItRefuses(
    Fault,
    breaks="refused-put-changes-nothing refused-odd-value-changes-nothing "
    "refused-values-are-not-stored-later",
):
    """Stores the right values of a PUT before it refuses a report that is no choice."""

    def not_a_choice(self, field: Field, text: str) -> str:
        """Remember that there is something to refuse."""
        if field.name == "receive_monthly_report":
            self._refused = True
            return "0"
        return super().not_a_choice(field, text)

    def update(self, operation: Operation) -> Answer:
        """Refuse in the end."""
        self._refused = False
        answer = super().update(operation)
        if self._refused:
            raise Refusal(400, "receive_monthly_report has to be one of 0, 1, 2")
        return answer

    _refused = False


class StoresSourcesValueByValue(
    Fault,
    breaks="field-changes-by-a-write-that-names-it "
    "doubtful-update-is-taken-or-refused "
    "refused-odd-value-changes-nothing",
):
    """Stores each value of a PUT of a source before it looks at the next one."""

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Store it."""
        value = super().value_sent(operation, field, text)
        if operation.resource is SOURCES and operation.method == "PUT":
            self.replace(SOURCES, self.addressed_record(operation), {field.name: value})
        return value


class CreatesAndRefuses(Fault, breaks="refused-post-creates-nothing"):
    """Creates a customer whose flag is no choice, and refuses it afterwards."""

    def not_a_choice(self, field: Field, text: str) -> str:
        """Remember that there is something to refuse."""
        if field.name == "freespee_caller_id":
            self._refused = True
            return "0"
        return super().not_a_choice(field, text)

    def create(self, operation: Operation) -> Answer:
        """Refuse in the end."""
        self._refused = False
        answer = super().create(operation)
        if self._refused:
            raise Refusal(400, "freespee_caller_id has to be one of 0, 1")
        return answer

    _refused = False


class FallsOverHalfAPair(Fault, breaks="generated-bodies-cause-no-trouble nothing-causes-a-500"):
    """Falls over a text in JSON that has a whole surrogate pair and half of another one."""

    def json_value(self, name: str, value: object) -> str:
        """Fall over it."""
        text = super().json_value(name, value)
        if re.search("[\U00010000-\U0010ffff]", text) and re.search("[\ud800-\udfff]", text):
            raise Refusal(500, "surrogates not allowed")
        return text


class FallsOverAnEmptyName(
    Fault,
    breaks=(
        "generated-questions-cause-no-trouble odd-query-causes-no-trouble nothing-causes-a-500"
    ),
):
    """Falls over a parameter in the query string that has a value and no name."""

    def decoded_query(self, query: str) -> Mapping[str, str]:
        """Fall over it."""
        found = super().decoded_query(query)
        if found.get(""):
            raise Refusal(500, "Undefined offset: 0")
        return found


class LosesThePlusOfOverrides(Fault, breaks="every-way-of-writing-agrees combined-ways-update"):
    """Decodes a plus sign once more where _method overrides the method."""

    def parameters_of_writing(
        self, request: Request, resource: Resource, method: str, query: Mapping[str, str]
    ) -> Mapping[str, str]:
        """Make a blank of it."""
        found = super().parameters_of_writing(request, resource, method, query)
        if self.override_parameter not in query:
            return found
        return {name: value.replace("+", " ") for name, value in found.items()}


class EscapesTwiceBySuffix(Fault, breaks="generated-customer-comes-back"):
    """Escapes ampersands once more in XML that a suffix asks for."""

    def succeeded(self, operation: Operation, answer: Answer) -> Response:
        """Escape what has been escaped."""
        response = super().succeeded(operation, answer)
        if self.forced_type(operation.request) == XML:
            return replace(response, body=response.body.replace(b"&amp;", b"&amp;amp;"))
        return response


class TakesWordsForNothing(
    Fault,
    breaks="generated-record-comes-back",
):
    """Stores null for the word null, but for customers."""

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Store nothing."""
        value = super().value_sent(operation, field, text)
        if operation.resource is not CUSTOMERS and field.name == "name" and text == "null":
            return None
        return value


class DropsTheFractionOfANumber(Fault, breaks="generated-customer-comes-back"):
    """Stores a custnr that ends in ".0" without it."""

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Cut it off."""
        value = super().value_sent(operation, field, text)
        if field.name == "custnr" and isinstance(value, str):
            return re.sub(r"(?<=[0-9])\.0$", "", value)
        return value


class ReadsNamesAsTheyAreWritten(Fault, breaks="form-decodes-names"):
    """Decodes the values of a form, and takes the names as they are written."""

    def decoded_name(self, word: bytes) -> str:
        """Leave it as it is."""
        return word.decode("latin-1")
