"""Ids that may go into the URL of a write."""

from __future__ import annotations

from urllib.parse import quote, unquote

LONGEST_ID = 256
"""Characters of an id that goes into a URL, at most."""

_SEPARATORS = frozenset("/\\?#%;&=")


def is_usable_id(id_: str) -> bool:
    """Tell whether an id stays one segment of a path, and one value of a query, for every server.

    Not where it is empty, very long, holds a separator or what cannot be printed, or is a step in
    a path.
    """
    return (
        0 < len(id_) <= LONGEST_ID
        and id_.isprintable()
        and _SEPARATORS.isdisjoint(id_)
        and id_.strip(". ") != ""
        and unquote(quote(id_, safe="")) == id_
    )
