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


def changes() -> st.SearchStrategy[dict[str, str]]:
    """Parameters of a PUT: any subset, at least one."""
    return st.fixed_dictionaries({}, optional=parameters()).filter(bool)


def new_users() -> st.SearchStrategy[dict[str, str]]:
    """Parameters of a POST apart from the address and the owner: each present or absent."""
    return st.fixed_dictionaries({}, optional=parameters())
