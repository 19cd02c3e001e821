"""Users: what a caller may send about them, and the limits of it."""

from __future__ import annotations

from hypothesis import strategies as st

from strategies.customers import FLAGS, REPORTS, names

EMAIL_LENGTH = 60
"""The most characters of the address of a user, as the page on users says."""


def parameters() -> dict[str, st.SearchStrategy[str]]:
    """The parameters of a user that POST and PUT both take, each with its valid values."""
    return {
        "name": names(),
        "write_access": st.sampled_from(FLAGS),
        "receive_monthly_report": st.sampled_from(REPORTS),
    }
