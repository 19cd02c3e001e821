"""Payloads about users, and the limit of the e-mail address."""

from __future__ import annotations

from hypothesis import strategies as st

from strategies.customers import FLAGS, REPORTS, names

EMAIL_LENGTH = 60
"""The maximum length of a user's e-mail address, according to the page on users."""


def parameters() -> dict[str, st.SearchStrategy[str]]:
    """Return the parameters of a user that both POST and PUT accept, with valid values."""
    return {
        "name": names(),
        "write_access": st.sampled_from(FLAGS),
        "receive_monthly_report": st.sampled_from(REPORTS),
    }
