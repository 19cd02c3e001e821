"""Statements that no rule can check, and rules that no fault can break, each with the reason."""

UNOBSERVABLE = {
    "S01": "Every run needs it: a target that is not reached under its https base URL ends the run "
    "with exit code 10, before the first rule.",
    "S22": "It binds the caller: that this suite keeps the credentials to itself is shown by its "
    "self-tests, not by any answer of a server.",
}

FAULTLESS = {
    "http10-answer-is-not-chunked": "the library that puts faults on a socket never answers "
    "HTTP/1.0 in chunks, whatever it is told",
    "missing-host-gets-no-data": "the library that puts faults on a socket refuses HTTP/1.1 "
    "without Host before a fault is asked",
}
