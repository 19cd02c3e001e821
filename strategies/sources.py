"""Payloads about sources."""

from __future__ import annotations

from hypothesis import strategies as st

from strategies.customers import FLAGS, email_addresses, names
from strategies.texts import texts


def parameters() -> dict[str, st.SearchStrategy[str]]:
    """Return the parameters of a source that are texts or flags, after the samples on its pages."""
    flags = st.sampled_from(FLAGS)
    return {
        "name": names(),
        "media": texts(),
        "email": email_addresses(),
        "notify_on_missed_call": flags,
        "notify_on_new_voicemail": flags,
        "vm_divert_busy": flags,
        "vm_divert_noanswer": flags,
    }
