"""Faults in moments that are far ahead, or at the edge of a calendar."""

from datetime import UTC, datetime, timedelta

from reference.faulty import Fault
from reference.operation import Operation
from reference.representation import Value
from reference.resources import Field

LAST = datetime(2038, 1, 19, 3, 14, 7, tzinfo=UTC)
SPAN = 2**32
LEAP_DAY = (2, 29)
SUMMER = range(4, 10)
YEARS = 100
NOON = 12
MARCH, LAST_BUT_A_WEEK, SUNDAY, GAP = 3, 24, 7, 2


class EndsIn2038(Fault, breaks="moment-far-ahead-is-kept"):
    """Stores a moment behind the last second of 31 bits as that second."""

    def moment(self, name: str, text: str) -> datetime:
        """Take the earlier one."""
        return min(super().moment(name, text), LAST)


class WrapsAround(Fault, breaks="moment-far-ahead-is-kept"):
    """Counts the seconds of a moment in 31 bits and a sign."""

    def moment(self, name: str, text: str) -> datetime:
        """Go back where they do not suffice."""
        found = super().moment(name, text)
        return found - timedelta(seconds=SPAN) if found > LAST else found


class TakesYearsForTwoDigits(Fault, breaks="moment-far-ahead-is-kept"):
    """Stores the years from 2069 on as those of the century before."""

    def moment(self, name: str, text: str) -> datetime:
        """Go back by a century."""
        found = super().moment(name, text)
        return found.replace(year=found.year - YEARS) if found.year > 2068 else found  # noqa: PLR2004


class KnowsEveryFourthLeapDay(Fault, breaks="moment-far-ahead-is-kept"):
    """Takes a moment of the first of March of 2100 for the 29th of February before."""

    def moment(self, name: str, text: str) -> datetime:
        """Go back by a day."""
        found = super().moment(name, text)
        return found - timedelta(days=1) if found.year >= 2100 else found  # noqa: PLR2004


class SwapsDayAndMonth(Fault, breaks="moment-far-ahead-is-kept"):
    """Takes the day for the month where both can be either."""

    def moment(self, name: str, text: str) -> datetime:
        """Swap them."""
        found = super().moment(name, text)
        swaps = found.day <= NOON and found.year > 2028  # noqa: PLR2004
        return found.replace(month=found.day, day=found.month) if swaps else found


class ForgetsNoon(Fault, breaks=("moment-far-ahead-is-kept moments-of-a-day-keep-their-distance")):
    """Keeps an expiry by a clock of twelve hours, without the half of the day."""

    def moment(self, name: str, text: str) -> datetime:
        """Forget it."""
        found = super().moment(name, text)
        afternoon = name == "expire" and found.hour >= NOON
        return (
            found.replace(hour=found.hour - NOON, second=(found.second + 1) % 60)
            if afternoon
            else found
        )


class ForgetsTheTime(Fault, breaks="moment-far-ahead-is-kept"):
    """Keeps nothing but the day of an expiry beyond 2035."""

    def moment(self, name: str, text: str) -> datetime:
        """Go to its beginning, and on by a minute."""
        found = super().moment(name, text)
        late = name == "expire" and found.year > 2035  # noqa: PLR2004
        return found.replace(hour=0, minute=1, second=0) if late else found


class StoresTwelveHours(
    Fault, breaks="moments-of-a-day-keep-their-distance calls-between-any-moments"
):
    """Reads the hours of a moment on a clock of twelve hours, which forgets the afternoon."""

    def moment(self, name: str, text: str) -> datetime:
        """Go back to the morning."""
        found = super().moment(name, text)
        return found.replace(hour=found.hour % NOON)


class FillsTheGap(Fault, breaks="moment-in-a-gap-keeps-its-distance"):
    """Reads a moment in a zone that has summer time, and shows it in that zone."""

    def moment(self, name: str, text: str) -> datetime:
        """Put the clock forward where the zone does."""
        found = super().moment(name, text)
        is_left_out = (found.month, found.day, found.hour) == (3, 30, 2)
        return found + timedelta(hours=1) if is_left_out else found


class ExpiresOutsideOfTheGap(Fault, breaks="moment-in-a-gap-keeps-its-distance"):
    """Moves an expiry out of the hour that the clocks of Europe leave out."""

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Put the clock forward where it is a Sunday at the end of March."""
        value = super().value_sent(operation, field, text)
        if field.name != "expire" or not isinstance(value, datetime):
            return value
        at_the_end = value.month == MARCH and value.day > LAST_BUT_A_WEEK
        is_left_out = at_the_end and value.isoweekday() == SUNDAY and value.hour == GAP
        return value + timedelta(hours=1) if is_left_out else value


class TakesTheEpochForNothing(Fault, breaks="moment-number-zero-is-a-moment"):
    """Stores nothing where the number of a moment is false."""

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Look at its number."""
        value = super().value_sent(operation, field, text)
        is_zero = isinstance(value, datetime) and not value.timestamp()
        return None if is_zero else value


class TakesNoonForMidnight(Fault, breaks="moments-of-a-day-keep-their-distance"):
    """Reads the hour of noon on a clock of twelve hours."""

    def moment(self, name: str, text: str) -> datetime:
        """Go back to midnight."""
        found = super().moment(name, text)
        return found.replace(hour=0) if found.hour == NOON else found
