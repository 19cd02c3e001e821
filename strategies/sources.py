"""Sources: what a caller may send about them."""

from __future__ import annotations

from hypothesis import strategies as st

from strategies.customers import FLAGS, email_addresses, names
from strategies.texts import texts


def parameters() -> dict[str, st.SearchStrategy[str]]:
    """The parameters of a source that are texts or flags, by the samples on its pages."""
    flags = st.sampled_from(FLAGS)
    return {
        "name": names(),
        "media": texts(),
        "email": email_addresses(),
        "notify_on_missed_call": flags,
        "notify_on_new_voicemail": flags,
    }


def changes() -> st.SearchStrategy[dict[str, str]]:
    """Parameters of a PUT: any subset, at least one."""
    return st.fixed_dictionaries({}, optional=parameters()).filter(bool)


def new_sources() -> st.SearchStrategy[dict[str, str]]:
    """Parameters of a POST apart from owner and phone number: name and media, others or not."""
    given = parameters()
    mandatory = {name: given.pop(name) for name in ("name", "media")}
    return st.fixed_dictionaries(mandatory, optional=given)
