"""The status codes that the document lists, and their meaning."""

LISTED = frozenset({200, 400, 401, 403, 404, 405, 500, 501, 503})
"""The status codes that the document lists."""

EXPLAINED = frozenset({400, 403})
"""The status codes that have an explanation in most cases."""

TROUBLE = frozenset({500, 502, 504, 505})
"""The status codes of server errors, which no request may cause."""

UNSUPPORTED = frozenset({405, 501})
"""The status codes of a method that is not offered."""

REFUSING = frozenset({400, 403, 404, 405, 501})
"""The status codes that refuse an authorized request."""

THROTTLED = 429
"""The status code for a caller who asks too often; the document does not list it."""

BUSY = frozenset({THROTTLED, 502, 503, 504})
"""The status codes of a server, or of a gateway before it, that has no time for a request."""

SERVER_ERRORS = range(500, 600)
"""The class of status codes by which a server says that the trouble is its own."""

LETS_NOBODY_IN = frozenset({401, 403})
"""The status codes of credentials, or of an account, that are not accepted (any more)."""

OWN_REASONS = frozenset({400, 403, 409, 422})
"""The status codes by which a server refuses a write that its own rules do not permit."""
