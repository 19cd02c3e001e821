"""Moments as callers write them: at the edges of days, months, years and daylight saving time."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

WRITTEN = "%Y-%m-%d %H:%M:%S"
"""The format of a moment, in UTC."""

EDGES = (
    "2024-02-29 00:00:00",
    "2024-02-29 23:59:59",
    "2028-02-29 12:00:00",
    "2023-02-28 23:59:59",
    "2024-03-01 00:00:00",
    "2023-12-31 23:59:59",
    "2024-12-31 23:59:59",
    "2025-01-01 00:00:00",
    "2025-03-30 00:59:59",
    "2025-03-30 01:00:00",
    "2025-03-30 02:30:00",
    "2025-10-26 00:59:59",
    "2025-10-26 01:00:00",
    "2025-10-26 02:30:00",
    "2025-03-09 07:00:00",
    "2025-11-02 06:00:00",
    "2027-01-03 23:59:59",
    "2038-01-19 03:14:07",
)
"""Leap days, first and last seconds, and the clock changes of Europe and America."""

A_DAY = ("2024-01-17 03:04:05", "2024-01-17 12:30:05", "2024-01-17 21:04:05")
A_COMING_DAY = ("2029-01-17 03:04:05", "2029-01-17 12:30:05", "2029-01-17 21:04:05")
"""A morning, a noon and an evening without a change of clocks between them."""

GAPS = {
    "Europe": ("2025-03-29 02:30:00", "2025-03-30 02:30:00", "2025-03-31 02:30:00"),
    "America": ("2025-03-08 02:30:00", "2025-03-09 02:30:00", "2025-03-10 02:30:00"),
}
"""A time of day that clocks leave out on the second of three days."""

COMING_GAPS = {
    "Europe": ("2029-03-24 02:30:00", "2029-03-25 02:30:00", "2029-03-26 02:30:00"),
    "America": ("2029-03-10 02:30:00", "2029-03-11 02:30:00", "2029-03-12 02:30:00"),
}
"""The same in a year to come."""

FOLDS = {
    "Europe": (
        "2025-10-25 00:30:00",
        "2025-10-26 00:30:00",
        "2025-10-26 01:30:00",
        "2025-10-27 01:30:00",
    ),
    "America": (
        "2025-11-01 05:30:00",
        "2025-11-02 05:30:00",
        "2025-11-02 06:30:00",
        "2025-11-03 06:30:00",
    ),
    "New Zealand": (
        "2025-04-04 12:30:00",
        "2025-04-05 13:30:00",
        "2025-04-05 14:30:00",
        "2025-04-06 18:30:00",
    ),
    "Australia": (
        "2025-04-04 12:30:00",
        "2025-04-05 15:30:00",
        "2025-04-05 16:30:00",
        "2025-04-06 18:30:00",
    ),
}
"""Two moments that clocks show alike, an hour apart, with the days before and after, in UTC."""

EPOCH = "1970-01-01 00:00:00"
"""The moment from which many clocks count: it is number 0, which some layers take for nothing."""


def moments() -> st.SearchStrategy[str]:
    """Draw moments of this century, in whole seconds of UTC."""
    some = st.datetimes(dt.datetime(2001, 1, 1), dt.datetime(2037, 12, 31))  # noqa: DTZ001  (UTC)
    return st.one_of(st.sampled_from(EDGES), some.map(lambda moment: moment.strftime(WRITTEN)))
