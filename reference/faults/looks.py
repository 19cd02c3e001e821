"""Faults in texts that some layer takes for something else than a text."""

import html
import re
import unicodedata

from reference.faulty import Fault
from reference.operation import Operation
from reference.representation import Answer, Value
from reference.resources import SOURCES, USERS, Field
from reference.response_types import XML

ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)Z")
GROUPED = re.compile(r"[0-9]{1,3}([, '_][0-9]{3})+")
TAG = re.compile(r"<[^>]+>")
HOLE = re.compile(r"\$\{[^}]*\}|\$[a-z(]\w*\)?|\{[^}]*\}|#\{[^}]*\}|%\(\w+\)s|%[0-9.]*[sdfnx@]")
MORE_DIGITS = 17
TYPED = {
    "LEFT DOUBLE QUOTATION MARK": '"',
    "RIGHT DOUBLE QUOTATION MARK": '"',
    "RIGHT SINGLE QUOTATION MARK": "'",
    "EN DASH": "-",
    "HORIZONTAL ELLIPSIS": "...",
    "EURO SIGN": "EUR",
}

ANY = "text-of-any-look-comes-back"


class ChangesText(Fault, abstract=True):
    """Stores some texts as others; the faults below say which."""

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Change what is a text, and stays one."""
        value = super().value_sent(operation, field, text)
        if not isinstance(value, str) or field.name.endswith("_id") or field.choices:
            return value
        return self.changed(operation, field, value)

    def changed(self, operation: Operation, field: Field, text: str) -> Value:
        """The text as it is stored."""
        del operation, field
        return text


class RewritesDates(ChangesText, breaks=f"{ANY} {ANY}-from-json {ANY}-elsewhere"):
    """Stores a name that is a moment in UTC in the way in which Americans write dates."""

    def changed(self, operation: Operation, field: Field, text: str) -> Value:
        """Write it anew."""
        del operation, field
        return ISO.sub(r"\2/\3/\1 \4", text)


class TakesWordsOfLanguagesForNothing(ChangesText, breaks="text-of-any-look-comes-back"):
    """Stores words like null and undefined as nothing, in fields other than the name."""

    def changed(self, operation: Operation, field: Field, text: str) -> Value:
        """Forget them."""
        del operation
        nothing = text.lower() in {"null", "none", "nil", "undefined", "(null)", "\\n", "void"}
        return None if nothing and field.name != "name" else text


class TakesWordsForFlags(
    ChangesText,
    breaks=(
        "every-way-of-writing-agrees generated-customer-comes-back "
        "generated-record-comes-back put-updates-any-subset-of-each "
        "text-of-any-look-comes-back text-of-any-look-comes-back-from-json "
        "text-like-the-one-before-is-stored"
    ),
):
    """Stores true and false, in any letter case, as 1 and 0."""

    def changed(self, operation: Operation, field: Field, text: str) -> Value:
        """Translate them."""
        del operation, field
        return {"true": "1", "false": "0"}.get(text.lower(), text)


class DropsGroups(
    ChangesText, breaks="text-of-any-look-comes-back text-of-any-look-comes-back-elsewhere"
):
    """Stores a number without what separates its thousands."""

    def changed(self, operation: Operation, field: Field, text: str) -> Value:
        """Leave the digits."""
        del operation, field
        return re.sub(r"\D", "", text) if GROUPED.fullmatch(text) else text


class RoundsLongNumbers(
    ChangesText, breaks=f"full-length-values-come-back {ANY} {ANY}-from-json {ANY}-elsewhere"
):
    """Stores a whole number of more than seventeen digits as a floating-point number."""

    def changed(self, operation: Operation, field: Field, text: str) -> Value:
        """Round it."""
        del operation, field
        is_long = text.isascii() and text.isdigit() and len(text) > MORE_DIGITS
        return repr(float(text)) if is_long else text


class StripsTags(
    ChangesText,
    breaks=(
        "custom-value-changes generated-customer-comes-back post-decodes-the-body-once "
        "put-decodes-the-body-once put-updates-any-subset text-comes-back "
        "text-of-any-look-comes-back generated-custom-value-comes-back "
        "text-of-any-look-comes-back-elsewhere text-of-any-look-comes-back-from-json"
    ),
):
    """Stores texts without what looks like a tag."""

    def changed(self, operation: Operation, field: Field, text: str) -> Value:
        """Take tags out, unless nothing would be left."""
        del operation, field
        return TAG.sub("", text) or text


class ResolvesEntities(
    ChangesText,
    breaks=f"custom-value-changes post-decodes-the-body-once put-decodes-the-body-once "
    f"text-comes-back {ANY} {ANY}-elsewhere {ANY}-from-json",
):
    """Stores the characters that references of HTML stand for."""

    def changed(self, operation: Operation, field: Field, text: str) -> Value:
        """Resolve them."""
        del operation, field
        return html.unescape(text)


class FillsTemplates(
    ChangesText,
    breaks=(
        "custom-value-clears put-clears-a-field text-of-any-look-comes-back "
        "text-of-any-look-comes-back-elsewhere any-character-comes-back "
        "text-of-any-look-comes-back-from-json custom-value-clears-beside-a-name"
    ),
):
    """Stores texts with nothing for each placeholder in them."""

    def changed(self, operation: Operation, field: Field, text: str) -> Value:
        """Fill them."""
        del operation, field
        return HOLE.sub("", text) or "-"


class StripsSlashes(
    ChangesText,
    breaks=f"any-character-comes-back post-decodes-the-body-once "
    f"put-decodes-the-body-once text-comes-back {ANY} {ANY}-elsewhere {ANY}-from-json",
):
    """Stores texts without their backslashes, but for doubled ones."""

    def changed(self, operation: Operation, field: Field, text: str) -> Value:
        """Take them out, unless nothing would be left."""
        del operation, field
        return re.sub(r"\\(.?)", r"\1", text) or text


class WritesDatesOfUsersBackwards(ChangesText, breaks="text-of-any-look-comes-back-elsewhere"):
    """Stores the name of a user that is a date with slashes as one with dashes."""

    def changed(self, operation: Operation, field: Field, text: str) -> Value:
        """Turn it round."""
        del field
        turned = re.sub(r"^(\d+)/(\d+)/(\d{4})$", r"\3-\2-\1", text)
        return turned if operation.resource is USERS else text


class ReadsEscapesOfSources(ChangesText, breaks="text-of-any-look-comes-back-elsewhere"):
    """Stores the characters that escapes in a text of a source stand for."""

    def changed(self, operation: Operation, field: Field, text: str) -> Value:
        """Read them."""
        del field
        if operation.resource is not SOURCES:
            return text
        return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)


class DropsFormats(
    ChangesText,
    breaks="any-blank-comes-back any-character-comes-back text-comes-back",
):
    """Stores texts without characters that only format, but for joiners."""

    def changed(self, operation: Operation, field: Field, text: str) -> Value:
        """Leave them out."""
        del operation, field
        return "".join(
            each for each in text if unicodedata.category(each) != "Cf" or each == "\u200d"
        )


class LosesPrivateUse(ChangesText, breaks="any-character-comes-back"):
    """Stores a question mark for each character of private use."""

    def changed(self, operation: Operation, field: Field, text: str) -> Value:
        """Replace them."""
        del operation, field
        return "".join("?" if unicodedata.category(each) == "Co" else each for each in text)


class FoldsCompatibleCharacters(
    ChangesText,
    breaks=(
        "any-character-comes-back text-comes-back text-of-any-look-comes-back "
        "any-blank-comes-back generated-custom-value-comes-back "
        "text-of-any-look-comes-back-elsewhere"
    ),
):
    """Stores the plain forms of ligatures, wide letters and the like."""

    def changed(self, operation: Operation, field: Field, text: str) -> Value:
        """Fold each that is the same as another one but for its look."""
        del operation, field
        return "".join(
            unicodedata.normalize("NFKC", each)
            if unicodedata.decomposition(each).startswith("<")
            else each
            for each in text
        )


class LosesLineSeparators(ChangesText, breaks="any-blank-comes-back"):
    """Stores a plain line feed for every kind of line break."""

    def changed(self, operation: Operation, field: Field, text: str) -> Value:
        """Replace them."""
        del operation, field
        return "\n".join(text.splitlines()) or text


class WritesXmlWithoutControls(
    Fault,
    breaks="any-character-comes-back",
):
    """Leaves characters beyond the basic plane that only format out of XML."""

    def written(self, answer: Answer, media_type: str) -> bytes:
        """Leave them out."""
        octets = super().written(answer, media_type)
        if media_type != XML:
            return octets
        text = octets.decode()
        return "".join(each for each in text if not "\U000e0000" <= each <= "\U000e0fff").encode()


class FindsNumbersByValue(Fault, breaks="custnr-of-any-look-is-found"):
    """Takes a sign or zeros in front of the number out of a filter by custnr."""

    def filter_value(self, name: str, text: str) -> str:
        """Take them out of what is a number."""
        value = super().filter_value(name, text)
        return re.sub(r"^(0+|[+-]0*)(?=[0-9]+$)", "", value) if name == "custnr" else value


class FindsNoFractions(Fault, breaks="custnr-of-any-look-is-found"):
    """Finds a custnr that looks like a number with a fraction or an exponent by its whole part."""

    def filter_value(self, name: str, text: str) -> str:
        """Leave the rest out."""
        value = super().filter_value(name, text)
        number = re.fullmatch(r"([0-9]+)(\.[0-9]*|[eE][+-]?[0-9]+)", value)
        return number[1] if number and name == "custnr" else value


class WritesTypographyInAscii(
    ChangesText, breaks=f"any-character-comes-back {ANY} {ANY}-from-json"
):
    """Stores typographic quotes, dashes and the euro sign as what a typewriter has."""

    def changed(self, operation: Operation, field: Field, text: str) -> Value:
        """Replace them."""
        del operation, field
        return "".join(TYPED.get(unicodedata.name(each, ""), each) for each in text)


class StripsAccentsOfCustnrs(ChangesText, breaks="custnr-of-any-look-is-found"):
    """Stores the letters of a custnr without their accents."""

    def changed(self, operation: Operation, field: Field, text: str) -> Value:
        """Take them off."""
        del operation
        if field.name != "custnr":
            return text
        parts = unicodedata.normalize("NFD", text)
        return "".join(each for each in parts if unicodedata.category(each) != "Mn")
