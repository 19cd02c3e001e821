"""Faults in how answers are written, in JSON and in XML."""

import json

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.representation import Answer, Value, Wire
from reference.resources import CUSTOMERS, GREETINGS
from reference.response_types import XML


class KnowsItsMethod(Fault, abstract=True):
    """Remembers which method it carries out, and in which representation it answers."""

    method: str = ""
    in_xml: bool = False

    def perform(self, operation: Operation) -> Answer:
        """Note both."""
        self.method = operation.method
        self.in_xml = self.media_type(operation.request) == XML
        return super().perform(operation)


class CollapsesALoneRecord(
    Fault,
    breaks="json-envelope json-envelope-by-pattern json-envelope-of-writes list-of-one-is-an-array",
):
    """Answers an object in place of an array that holds one record."""

    def json_document(self, answer: Answer) -> dict[str, Wire]:
        """Take the record out of its array."""
        document = super().json_document(answer)
        content = document[answer.name]
        if isinstance(content, list) and len(content) == 1 and isinstance(content[0], dict):
            document[answer.name] = content[0]
        return document


class AnswersNullForNoMatch(
    Fault,
    breaks="json-envelope empty-filter-is-an-array",
):
    """Answers null where a filter on customers matches nothing."""

    def json_document(self, answer: Answer) -> dict[str, Wire]:
        """Replace the empty array of a page."""
        document = super().json_document(answer)
        if answer.paging and not answer.content:
            document[answer.name] = None
        return document


class NamesOneSourceInTheSingular(Fault, breaks="json-envelope json-envelope-of-writes"):
    """Uses the key `source` for one source."""

    def json_document(self, answer: Answer) -> dict[str, Wire]:
        """Rename the key."""
        document = super().json_document(answer)
        if answer.name == "sources" and len(answer.content) == 1 and not answer.paging:
            document["source"] = document.pop("sources")
        return document


class NamesGreetingsAfterTheirParent(
    Fault, breaks="json-envelope-by-pattern json-envelope-of-writes list-of-one-is-an-array"
):
    """Uses the key `customers` for greetings."""

    def json_document(self, answer: Answer) -> dict[str, Wire]:
        """Rename the key."""
        document = super().json_document(answer)
        if answer.name == GREETINGS.name:
            document[CUSTOMERS.name] = document.pop(GREETINGS.name)
        return document


class AnswersAnObjectToPost(KnowsItsMethod, breaks="json-envelope-of-writes"):
    """Answers an object in place of an array to POST."""

    def json_document(self, answer: Answer) -> dict[str, Wire]:
        """Take the record out of its array."""
        document = super().json_document(answer)
        content = document[answer.name]
        if self.method == "POST" and isinstance(content, list) and isinstance(content[0], dict):
            document[answer.name] = content[0]
        return document


class AnswersNoIdToPost(
    KnowsItsMethod,
    breaks="json-values-of-writes-are-strings post-answers-the-record",
):
    """Answers a new user with a null id."""

    def json_document(self, answer: Answer) -> dict[str, Wire]:
        """Forget the id."""
        document = super().json_document(answer)
        users = document[answer.name]
        if self.method == "POST" and answer.name == "users" and isinstance(users, list):
            blank: dict[str, Wire] = {"user_id": None}
            document["users"] = [each | blank for each in users if isinstance(each, dict)]
        return document


class ChangesJsonValues(Fault, abstract=True):
    """Writes some values of records in another way in JSON; the faults below say which."""

    def json_document(self, answer: Answer) -> dict[str, Wire]:
        """Look at every value."""
        document = super().json_document(answer)
        content = document[answer.name]
        if isinstance(content, list):
            document[answer.name] = [
                {name: self.changed(name, value) for name, value in each.items()}
                if isinstance(each, dict)
                else each
                for each in content
            ]
        return document

    def changed(self, name: str, value: Wire) -> Wire:
        """A value as it is written."""
        del name
        return value


class WritesIdsAsNumbers(
    ChangesJsonValues, breaks="json-values-are-strings json-values-of-writes-are-strings"
):
    """Writes the ids of users as numbers."""

    def changed(self, name: str, value: Wire) -> Wire:
        """Convert what is an id."""
        return int(value) if name == "user_id" and isinstance(value, str) else value


class WritesFlagsAsBooleans(
    ChangesJsonValues,
    breaks="json-values-are-strings json-values-of-writes-are-strings",
):
    """Writes flags of sources as true and false."""

    def changed(self, name: str, value: Wire) -> Wire:
        """Convert what is a flag."""
        return value == "1" if name.startswith(("vm_divert", "notify_on")) else value


class WritesDurationsAsNumbers(ChangesJsonValues, breaks="json-values-are-strings"):
    """Writes the duration of a call as a number."""

    def changed(self, name: str, value: Wire) -> Wire:
        """Convert the duration."""
        return int(value) if name == "duration" and isinstance(value, str) else value


class WritesNumbersInArrays(
    ChangesJsonValues,
    breaks="json-values-are-strings json-values-of-writes-are-strings greeting-names-its-sources",
):
    """Writes the ids of the sources that use a greeting as numbers."""

    def changed(self, name: str, value: Wire) -> Wire:
        """Convert what is in the array, and count one source where there is none."""
        return [1] if name == "used_by" and value == [] else value

    def used_by(self, operation: Operation, greeting: Record) -> tuple[Value, ...]:
        """Nothing else is in the array, so that XML can say the same."""
        del operation, greeting
        return ()

    def xml_element(self, name: str, value: Wire) -> str:
        """Say the same in XML."""
        return super().xml_element(name, ["1"] if name == "used_by" and value == [] else value)


class LosesLeadingZeros(
    Fault,
    breaks="json-digits-stay-text json-creates full-length-values-come-back "
    "put-updates-any-subset text-of-any-look-comes-back",
):
    """Keeps a corporateid of digits as a number."""

    def values_sent(self, operation: Operation) -> dict[str, Value]:
        """Take it for a number, and back."""
        values = super().values_sent(operation)
        text = values.get("corporateid")
        if isinstance(text, str) and text.isdigit():
            values["corporateid"] = str(int(text))
        return values


class ShowsNullAsTheEmptyString(ChangesJsonValues, breaks="json-unset-custom-field-is-null"):
    """Shows a custom field that was never set as the empty string."""

    def changed(self, name: str, value: Wire) -> Wire:
        """Hide what is null."""
        return "" if value is None and name.startswith("custom_") else value


class ShowsTheEmptyStringAsNull(ChangesJsonValues, breaks="json-unset-email-is-empty"):
    """Shows the empty string as null."""

    def changed(self, name: str, value: Wire) -> Wire:
        """Hide what is empty."""
        return None if value == "" and name == "email" else value


class LeavesNullOutOfJson(
    Fault,
    breaks="json-shows-null-fields xml-says-what-json-says xml-follows-updates "
    "xml-says-what-json-says-of-links xml-says-what-json-says-of-alternative-numbers",
):
    """Leaves fields out of JSON that are null."""

    def json_document(self, answer: Answer) -> dict[str, Wire]:
        """Drop them."""
        document = super().json_document(answer)
        content = document[answer.name]
        if isinstance(content, list):
            document[answer.name] = [
                {name: value for name, value in each.items() if value is not None}
                if isinstance(each, dict)
                else each
                for each in content
            ]
        return document


class BeginsWithAByteOrderMark(Fault, breaks="json-well-formed refusal-escapes-what-it-quotes"):
    """Begins JSON with a byte order mark."""

    def json_dumped(self, document: Wire) -> str:
        """Put it in front."""
        return "\ufeff" + super().json_dumped(document)


class EndsJsonWithAComma(Fault, breaks="json-well-formed refusal-escapes-what-it-quotes"):
    """Has a comma behind the last explanation of a refusal."""

    def json_dumped(self, document: Wire) -> str:
        """Put it there."""
        return super().json_dumped(document).replace('"]}', '",]}')


class AddsErrorsToUpdates(KnowsItsMethod, breaks="json-success-has-no-errors"):
    """Has an empty list of errors in what it answers to PUT."""

    def json_document(self, answer: Answer) -> dict[str, Wire]:
        """Add the list."""
        document = super().json_document(answer)
        if self.method == "PUT" and answer.name != "errors":
            document["errors"] = []
        return document


class ShowsOneGreetingBare(Fault, breaks="list-of-one-is-an-array"):
    """Shows a list of exactly one greeting as that greeting, not in an array."""

    def json_text(self, answer: Answer) -> str:
        """Take it out of the array."""
        text = super().json_text(answer)
        value = json.loads(text)
        listed = value.get("voicemail_greetings") if isinstance(value, dict) else None
        if not isinstance(listed, list) or len(listed) != 1:
            return text
        return json.dumps({**value, "voicemail_greetings": listed[0]})


class CreatesTwiceInXml(Fault, breaks="post-in-xml-creates-exactly-one"):
    """Creates a record once to answer it, and once more to write that answer in XML."""

    def perform(self, operation: Operation) -> Answer:
        """Create the other one first; of customers there is one for each number."""
        in_xml = self.media_type(operation.request) == XML
        if operation.method == "POST" and in_xml and operation.resource is not CUSTOMERS:
            super().perform(operation)
        return super().perform(operation)
