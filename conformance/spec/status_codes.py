"""The status codes that the document lists, and what they stand for."""

LISTED = frozenset({200, 400, 401, 403, 404, 405, 500, 501, 503})
"""The status codes that the document lists."""

EXPLAINED = frozenset({400, 403})
"""The status codes that come with an explanation in most cases."""

TROUBLE = frozenset({500, 502, 504, 505})
"""The status codes of trouble on the service's side that a request may not cause."""

UNSUPPORTED = frozenset({405, 501})
"""The status codes that say that a method is not offered."""

REFUSING = frozenset({400, 403, 404, 405, 501})
"""The status codes that refuse what a caller who is let in asks for."""
