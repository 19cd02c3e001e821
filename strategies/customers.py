"""Customers: what a caller may send about them, and the limits of it."""

from __future__ import annotations

from hypothesis import strategies as st

NAME_LENGTH = 60
CORPORATEID_LENGTH = 40

_PRINTABLE = st.characters(exclude_categories=("C", "Z"))


def names() -> st.SearchStrategy[str]:
    """Names: one to 60 characters, none of them blank or a control character."""
    return st.text(_PRINTABLE, min_size=1, max_size=NAME_LENGTH)


def corporateids() -> st.SearchStrategy[str]:
    """Corporate ids: up to 40 letters, digits and hyphens; leading zeros count."""
    return st.text("0123456789-ABC", min_size=1, max_size=CORPORATEID_LENGTH)


def email_addresses() -> st.SearchStrategy[str]:
    """Addresses of a few hundred plain shapes, below the limit of 150 characters."""
    return st.builds(
        "{}{}@example.{}".format,
        st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=20),
        st.sampled_from(["", ".x", "+tag", "_9"]),
        st.sampled_from(["com", "org", "net"]),
    )


def changes() -> st.SearchStrategy[dict[str, str]]:
    """Parameters of a PUT: any subset of name, corporateid and email, at least one."""
    return st.fixed_dictionaries(
        {},
        optional={
            "name": names(),
            "corporateid": corporateids(),
            "email": email_addresses(),
        },
    ).filter(bool)
