"""Statements that no rule can check, each with the reason."""

UNOBSERVABLE = {
    "S22": "It binds the caller: that this suite keeps the credentials to itself is shown by its "
    "self-tests, not by any answer of a server.",
}
