"""Faults that take out of a text what looks dangerous, or end it at a sign."""

import re

from reference.faults.looks import ChangesText
from reference.faulty import Fault
from reference.operation import Operation
from reference.representation import Answer, Value
from reference.resources import CUSTOMERS, SOURCES, Field, Resource


class TakesOut(Fault, abstract=True):
    """Takes something out of the texts of one resource; the faults below say what."""

    takes: re.Pattern[str]
    resource: Resource = CUSTOMERS

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Leave it out of what is stored."""
        value = super().value_sent(operation, field, text)
        reached = operation.resource is self.resource and self.reaches(field)
        return self.takes.sub("", value) if reached and isinstance(value, str) else value

    def reaches(self, field: Field) -> bool:
        """Whether it is done to a field: to every one."""
        del field
        return True


class TakesOutWordsOfSql(
    TakesOut, breaks="text-of-any-look-comes-back text-of-any-look-comes-back-from-json"
):
    """Takes out words of SQL."""

    takes = re.compile(r"\b(union|delete|drop)\b")


class CutsCustomFieldsAtCommas(
    TakesOut,
    breaks="text-of-any-look-comes-back generated-custom-value-comes-back",
):
    """Ends a custom field of a customer at the first comma."""

    takes = re.compile(",.*", re.DOTALL)

    def reaches(self, field: Field) -> bool:
        """Look at its name."""
        return field.name.startswith("custom_")


class CleansScripting(TakesOut, breaks="text-of-any-look-comes-back"):
    """Takes out what a script would do, in plain text as well."""

    takes = re.compile(r"(document|window)\.\w+|\.parentNode")


class ReadsOctalEscapes(ChangesText, breaks="text-of-any-look-comes-back"):
    """Takes a backslash with three octal digits for a character."""

    def changed(self, operation: Operation, field: Field, text: str) -> Value:
        """Put it in their place."""
        del operation, field
        return re.sub(r"\\([0-3][0-7]{2})", lambda found: chr(int(found[1], 8)), text)


class RepairsWhatIsWhole(ChangesText, breaks="text-of-any-look-comes-back"):
    """Decodes a text once more that could be UTF-8, taken for Latin-1."""

    def changed(self, operation: Operation, field: Field, text: str) -> Value:
        """Try it."""
        del operation, field
        try:
            return text.encode("latin-1").decode()
        except UnicodeError:
            return text


class TakesOutPlaceholdersOfSources(
    TakesOut,
    breaks="text-of-any-look-comes-back-elsewhere",
):
    """Takes placeholders out of the texts of a source."""

    takes = re.compile(r"\$\{[^}]*\}|\{\{[^}]*\}\}")
    resource = SOURCES


class TakesOutScriptsOfSources(
    TakesOut, breaks="text-of-any-look-comes-back-elsewhere generated-custom-value-comes-back"
):
    """Takes elements of markup out of the name of a source."""

    takes = re.compile("<[^<>]*>")
    resource = SOURCES


class LosesCreationsWithLongBodies(Fault, breaks="post-of-a-long-body-is-kept"):
    """Answers a POST whose body has more than 300 bytes, and keeps nothing of it."""

    longest = 300

    def create(self, operation: Operation) -> Answer:
        """Forget the record."""
        before = list(self.records(operation.resource))
        answer = super().create(operation)
        if len(operation.request.body or b"") > self.longest:
            for record in [each for each in self.records(operation.resource) if each not in before]:
                self.remove(operation.resource, record)
        return answer
