"""Faults in timestamps."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl

from reference import seed
from reference.faults.representation import KnowsItsMethod
from reference.faulty import Fault
from reference.message import Request, Response
from reference.operation import Operation
from reference.records import Record
from reference.representation import Answer, Value, Wire
from reference.resources import GREETINGS, SOURCES

HOUR = timedelta(hours=1)
LAST = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)


def later(moment: datetime, by: timedelta = HOUR) -> datetime:
    """Return a moment that much later; the end of the calendar stays what it is."""
    return moment if moment > LAST - by else moment + by


class ShowsLocalTime(
    Fault,
    breaks=(
        "timestamp-of-creation-is-utc timestamp-of-update-is-utc "
        "call-starts-agree-with-filter calls-between-any-moments "
        "timestamp-is-utc-for-every-account time-of-creation-is-the-servers "
        "timestamp-of-custom-update-is-utc"
    ),
):
    """Shows every moment in a zone one hour ahead."""

    def timestamp(self, moment: datetime) -> str:
        """Put the clock forward."""
        return super().timestamp(later(moment))


class ShowsLocalTimeWithoutADate(
    ShowsLocalTime,
    breaks=(
        "timestamp-of-creation-is-utc timestamp-of-update-is-utc "
        "call-starts-agree-with-filter calls-between-any-moments "
        "timestamp-is-utc-for-every-account time-of-creation-is-the-servers "
        "timestamp-of-custom-update-is-utc"
    ),
):
    """Shows every moment in a zone one hour ahead, and sends no Date field."""

    def sent(self, request: Request, response: Response) -> Response:
        """Leave the field out."""
        return replace(super().sent(request, response), dated=False)


class ShowsSomeFieldInLocalTime(Fault, abstract=True):
    """Shows one field in a zone one hour ahead; the faults below say which."""

    local: str = ""

    def wire_value(self, name: str, value: Value) -> Wire:
        """Put the clock forward."""
        if name == self.local and isinstance(value, datetime):
            value += HOUR
        return super().wire_value(name, value)


class ShowsChangesInLocalTime(
    ShowsSomeFieldInLocalTime,
    breaks=(
        "timestamp-of-creation-is-utc timestamp-of-update-is-utc "
        "time-of-creation-is-the-servers timestamp-of-custom-update-is-utc"
    ),
):
    """Shows in local time when a source was changed."""

    local = "modified"


class ShowsCallsInLocalTime(
    ShowsSomeFieldInLocalTime, breaks="call-starts-agree-with-filter calls-between-any-moments"
):
    """Shows in local time when a call started."""

    local = "start"


class ShowsLocalTimeInXml(
    KnowsItsMethod,
    breaks=(
        "update-shows-one-clock timestamp-stays-with-an-update created-stays-with-an-update "
        "timestamp-of-creation-is-utc timestamp-of-update-is-utc timestamp-stays "
        "xml-says-what-json-says xml-follows-updates timestamp-is-utc-for-every-account "
        "xml-says-what-json-says-of-links xml-says-what-json-says-of-alternative-numbers "
        "time-of-creation-is-the-servers timestamp-of-custom-update-is-utc "
        "moment-to-come-is-the-same-in-xml"
    ),
):
    """Shows moments in local time in XML."""

    def timestamp(self, moment: datetime) -> str:
        """Put the clock forward."""
        return super().timestamp(moment + HOUR if self.in_xml else moment)


class AnswersWritesInLocalTime(
    KnowsItsMethod,
    breaks=(
        "timestamp-stays-with-an-update created-stays-with-an-update "
        "timestamp-of-creation-is-utc timestamp-of-update-is-utc "
        "timestamp-is-utc-for-every-account time-of-creation-is-the-servers "
        "timestamp-of-custom-update-is-utc"
    ),
):
    """Shows moments in local time in what POST and PUT answer."""

    def timestamp(self, moment: datetime) -> str:
        """Put the clock forward."""
        return super().timestamp(later(moment) if self.method in {"POST", "PUT"} else moment)


class ShowsTwelveHours(
    Fault,
    breaks="call-starts-agree-with-filter calls-by-date calls-by-date-leave-none-out "
    "calls-between-any-moments",
):
    """Shows the start of a call on a clock of twelve hours."""

    def wire_value(self, name: str, value: Value) -> Wire:
        """Take the clock of twelve hours."""
        if name == "start" and isinstance(value, datetime):
            return value.strftime("%Y-%m-%d %I:%M:%S")
        return super().wire_value(name, value)


class MovesTheStampOfAGreeting(Fault, breaks="timestamp-stays get-one-agrees-with-list"):
    """Shows a greeting as one second older in a list."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Move the moment."""
        values = super().presented(operation, record)
        moment = values.get("timestamp")
        moves = operation.resource is GREETINGS and operation.record_id is None
        if moves and operation.method == "GET" and isinstance(moment, datetime):
            return {**values, "timestamp": moment - timedelta(seconds=1)}
        return values


class WritesIsoTimestamps(Fault, breaks="timestamp-format"):
    """Writes moments with a T and a Z."""

    def timestamp(self, moment: datetime) -> str:
        """Take the format of ISO 8601."""
        return super().timestamp(moment).replace(" ", "T") + "Z"


class WritesFractions(Fault, breaks="timestamp-format"):
    """Writes the start of a call with a fraction of a second."""

    def wire_value(self, name: str, value: Value) -> Wire:
        """Add a fraction."""
        written = super().wire_value(name, value)
        return f"{written}.0" if name == "start" else written


class LeavesOutTheSeconds(Fault, breaks="timestamp-format"):
    """Writes the moment of a greeting without its seconds."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Cut them off."""
        values = super().presented(operation, record)
        moment = values.get("timestamp")
        if operation.resource is GREETINGS and isinstance(moment, datetime):
            return {**values, "timestamp": self.timestamp(moment)[:-3]}
        return values


class CountsSeconds(Fault, breaks=("timestamp-format moment-number-zero-is-a-moment")):
    """Writes moments as seconds since 1970."""

    def timestamp(self, moment: datetime) -> str:
        """Count."""
        return str(int(moment.timestamp()))


class ShowsTheTimeOfAnAccount(Fault, breaks="timestamp-is-utc-for-every-account"):
    """Shows moments to one account in a zone one hour ahead."""

    abroad = False

    def perform(self, operation: Operation) -> Answer:
        """Look who asks."""
        self.abroad = operation.account == seed.OTHER_USERNAME
        return super().perform(operation)

    def timestamp(self, moment: datetime) -> str:
        """Put the clock forward."""
        return super().timestamp(moment + HOUR if self.abroad else moment)


class ShowsTheTimeOfALanguage(
    Fault, breaks="usual-fields-change-no-answer language-changes-no-call"
):
    """Shows moments in a zone one hour ahead to callers who prefer Swedish."""

    abroad = False

    def perform(self, operation: Operation) -> Answer:
        """Look at the language that is asked for."""
        language = operation.request.header("Accept-Language") or ""
        self.abroad = language.startswith("sv")
        return super().perform(operation)

    def timestamp(self, moment: datetime) -> str:
        """Put the clock forward."""
        return super().timestamp(moment + HOUR if self.abroad else moment)


class TakesTheTimeOfCreationSent(Fault, breaks="time-of-creation-is-the-servers"):
    """Stores the time of creation that comes with a new greeting."""

    def new_values(
        self, operation: Operation, record_id: str, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Look for it."""
        new = super().new_values(operation, record_id, values)
        sent = dict(parse_qsl(operation.request.body.decode("utf-8", "replace"))).get("timestamp")
        if operation.resource is not GREETINGS or sent is None:
            return new
        return {**new, "timestamp": self.moment("timestamp", sent)}


class ShowsExtendedCallsInLocalTime(Fault, breaks="extended-calls-say-the-same"):
    """Shows the start of a call in local time where all its fields are asked for."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Move it."""
        values = super().presented(operation, record)
        start = values.get("start")
        if not isinstance(start, datetime) or operation.parameters.get("extended") != "1":
            return values
        return {**values, "start": start + timedelta(hours=1)}


class AnswersWithFractions(Fault, breaks="timestamp-format-of-writes"):
    """Answers a PUT of a source with the fractions of a second that it does not store."""

    def updated(self, operation: Operation, record: Record) -> Answer:
        """Show the moment as it was assigned."""
        modified = record.values.get("modified")
        if operation.resource is not SOURCES or not isinstance(modified, datetime):
            return super().updated(operation, record)
        fresh = {"modified": modified.replace(tzinfo=None).isoformat(" ", "milliseconds")}
        return self.answer(
            operation, [Record(record.id, record.account, {**record.values, **fresh})]
        )
